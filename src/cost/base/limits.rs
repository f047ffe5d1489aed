//! Every limit on what the program reads and holds, in one list: files, lists, texts, names, numbers.
//!
//! A limit has its unit in its comment, and the reason for its value. `tests/tidy/limits.rs` holds that no other file defines
//! one; the ranges of knobs are in the table of knobs. `docs/file-format.md` lists those of a project file.

// A project file and the texts beside it.

/// Bytes of a project file, a team file or a list to import. A project of 100,000 deliverables has about a quarter of it.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// [`FILE_BYTES_MAX`] as the system counts the bytes of a file.
pub const FILE_SIZE_MAX: u64 = FILE_BYTES_MAX as u64;
/// Lines of a project file. With the five limits below, whatever 64 MiB hold stays below a gigabyte in memory, as
/// `tests/headless/amplify.rs` measures: the parser keeps some 50 bytes for each token and event.
pub const FILE_LINES_MAX: usize = 2_000_000;
/// Keys with a value in a project file.
pub const KEYS_MAX: usize = 1_000_000;
/// Commas of a project file, between the entries of lists and of inline tables.
pub const ITEMS_MAX: usize = 1_000_000;
/// Names, values and signs of a project file, each a token of the parser.
pub const PIECES_MAX: usize = 7_000_000;
/// Tables in a tree, those of dotted names included: one of one key takes 1.3 KiB. Deliverables that are read by parts have a
/// tree for each part.
pub const TABLES_MAX: usize = 300_000;
/// Lists and tables inside one another. The parser recurses; the `toml` crate has the same limit.
pub const NESTING_MAX: u32 = 80;
/// Team files that extend one another in a row: each is read at every start.
pub const TEAM_FILES_MAX: usize = 16;
/// Errors of a project file that are listed, and as many warnings and notes; the rest is counted. Nobody reads a
/// longer list, and a generated file may hold millions.
pub const PROBLEMS_MAX: usize = 1000;
/// Characters of a value that a message quotes: about half of a line.
pub const QUOTED_MAX: usize = 60;
/// Characters of a prompt: the API refuses a longer one, so a price for it would mean nothing.
pub const PROMPT_MAX: usize = 32_000;
/// Bytes of a prompt file: [`PROMPT_MAX`] characters have 128,000 at most, and the message about a somewhat longer text says
/// how long it is.
pub const PROMPT_BYTES_MAX: usize = 1024 * 1024;

/// Characters of all the different prompts of a project: a tokenizer takes a second for four million, and a text that many
/// deliverables have is counted once.
pub const PROMPTS_MAX: usize = 4_000_000;
/// Different names of prompt files in a project: each is looked up on the disk.
pub const PROMPT_FILES_MAX: usize = 10_000;
/// Bytes of prompts whose tokens are remembered while the program runs: those of any one project.
pub const PROMPTS_KEPT_BYTES_MAX: usize = 4 * PROMPTS_MAX;

// A project.

/// Deliverables of a project, and rows of a list to import.
pub const DELIVERABLES_MAX: usize = 100_000;
/// Characters of a name, a client or a deliverable's key, which is made of its name.
pub const NAME_MAX: usize = 200;
/// Characters of a note: about a printed page.
pub const NOTE_MAX: usize = 4000;
/// Bytes of a text that is typed or pasted, those of the longest note in any script: a paste of a whole file must not freeze a
/// field.
pub const TYPED_BYTES_MAX: usize = 4 * NOTE_MAX;
/// The highest position of a deliverable; the lowest is minus this.
pub const POSITION_MAX: i64 = 1_000_000_000;
/// Names among which a misspelled one is looked for: each is compared letter by letter.
pub const SIMILAR_AMONG_MAX: usize = 1000;
/// Fees of a project, those of its team files included: each is looked at for every deliverable.
pub const FEES_MAX: usize = 200;
/// Images made that a retry factor may rest on.
pub const MADE_MAX: u64 = 10_000_000;
/// Finals that a named risk may bring, as many as a deliverable may have.
pub const EXTRA_FINALS_MAX: u64 = 10_000_000;
/// Named risks of one file; each makes the distribution of the total a product longer.
pub const RISKS_MAX: usize = 200;
/// Scenarios of a project: a comparison estimates the whole project once for each.
pub const SCENARIOS_MAX: usize = 200;
/// An amount of a fee, in any currency: more is a slip.
pub const MONEY_MAX: u64 = 1_000_000_000_000;
/// Rate cards of one file; the lists that are imported have a few dozen of them.
pub const CARDS_MAX: usize = 1000;
/// Rate cards that a project is compared with: each change computes a bill for every one.
pub const COMPARED_MAX: usize = 16;
/// Months of work that plans are computed for: ten years.
pub const MONTHS_MAX: u32 = 120;

/// Deliverables whose moves are paired under a cap, and whose knobs are sought at a percentile, the costliest: pairs grow with the
/// number of moves, and each look at a percentile takes a distribution.
pub const PAIRED_DELIVERABLES_MAX: usize = 60;
/// Moves that are measured by their distributions: each takes a millisecond or more, ten on a large project.
pub const MEASURED_MOVES_MAX: usize = 600;
/// Values of characteristic functions that are kept from one answer about risk to the next, in blocks of a kibibyte: 16 MiB, and
/// the same again with worse factors.
pub const KEPT_BLOCKS_MAX: usize = 16 * 1024;
/// Deliverables, counted in each scenario, whose differences from the baseline are looked for while somebody waits for a frame.
pub const FOLLOWED_AT_ONCE_MAX: usize = 400;
/// Kinds of price whose part of those differences is computed within a frame, of all scenarios; more go to a thread.
pub const DIFFERING_AT_ONCE_MAX: usize = 256;
/// Kinds of price whose part of a distribution is computed while somebody waits for a frame; more go to a thread.
pub const AT_ONCE_MAX: usize = 64;
/// Deliverables in which what varies is looked for while somebody waits for a frame: a third of a microsecond each.
pub const DESCRIBED_AT_ONCE_MAX: usize = 1_000;

// Numbers.

/// Significant digits of a number: as many as an exact decimal always holds.
pub const DIGITS_MAX: usize = 28;
/// Tries per final: a factor beyond it is a slip.
pub const FACTOR_MAX: u32 = 1000;
/// Images made, in a cell of a list that says `20/60`: a number beyond it is rather the year of a date.
pub const MADE_IN_CELL_MAX: u32 = 1000;
/// Pixels of an edge that is parsed: keeps every product of a size within 64 bits.
pub const EDGE_MAX: u32 = 1_000_000;
/// A part of a ratio that is parsed; the reason is that of [`EDGE_MAX`].
pub const RATIO_PART_MAX: u32 = 1_000_000;
/// Units of a currency for 1 USD: far above any of today.
pub const EXCHANGE_MAX: u32 = 1_000_000_000;
/// Credits in a pack or of a picture: more is a slip.
pub const CREDITS_MAX: u64 = 1_000_000_000;
/// Decimals of a price that is a multiple of a step: one with more is the result of a division.
pub const STEP_DIGITS_MAX: u32 = 6;
/// Millions of pixels that bound a class of sizes: more than any model draws.
pub const MEGAPIXELS_MAX: u32 = 1_000_000;
/// Reference images that one price of a call covers: more than any model takes.
pub const REFERENCES_MAX: u64 = 1_000;
/// USD for a picture or a credit: more is a slip, not a price.
pub const UNIT_USD_MAX: u32 = 10_000;
/// USD for a pack or a plan: more is a slip, not a price.
pub const PACK_USD_MAX: u32 = 10_000_000;
/// USD or credits for 1,000,000 tokens: 1,000 for one token is a slip.
pub const RATE_MAX: u32 = 1_000_000_000;

// A list to import from a spreadsheet.

/// Lines of a list, blank ones included, ended by `\n`, `\r\n` or `\r`.
pub const LIST_LINES_MAX: usize = 1_000_000;
/// Cells of a row: what lies behind is left out.
pub const ROW_CELLS_MAX: usize = 1000;
/// Cells of a list in all, the blank ones at the ends of rows aside: 100,000 rows of 30 columns. More take seconds to look at.
pub const LIST_CELLS_MAX: usize = 3_000_000;
/// Bytes of a cell as it stands in the list: a prompt of [`PROMPT_MAX`] characters, the most that a spreadsheet holds in a cell too,
/// has half of it.
pub const LIST_CELL_BYTES_MAX: usize = 256 * 1024;
/// Bytes of a cell that is parsed as a value; no value is half as long.
pub const CELL_BYTES_MAX: usize = 200;
/// Bytes that the parts of a workbook may have unpacked, together: a packed megabyte can become a gigabyte. A sheet of 100,000 rows
/// has some 30 MiB.
pub const UNPACKED_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Parts of a workbook; those with pictures have some hundreds.
pub const ARCHIVE_PARTS_MAX: usize = 10_000;
/// Texts that the cells of a workbook share; an empty one takes five bytes there and a hundred here.
pub const SHEET_TEXTS_MAX: usize = 1_000_000;
/// Cells of a list with something to know that are named; further ones are counted.
pub const PLACES_MAX: usize = 1000;

// A public price list.

/// Objects and lists of a price list: an object of one entry takes 640 bytes. The public lists have some ten thousand.
pub const PRICE_TABLES_MAX: usize = 300_000;
/// Entries of the objects and lists of a price list.
pub const PRICE_ENTRIES_MAX: usize = 1_000_000;
/// Characters of a price list's notes that a card keeps.
pub const CARD_NOTES_MAX: usize = 600;

// The user's own folders.

/// Bytes of the settings file; it has a few thousand.
pub const SETTINGS_BYTES_MAX: usize = 1024 * 1024;
/// Problems of a settings file that are listed; further ones are counted.
pub const SETTINGS_PROBLEMS_MAX: usize = 100;
/// Bytes of a theme; the longest published ones have a few thousand.
pub const THEME_BYTES_MAX: usize = 256 * 1024;
/// Bytes of all files that are read in the folder of themes, and in that of cards: the first frame waits for both.
pub const OWN_FOLDER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Theme files that are read, so that a folder of something else does not delay the start.
pub const THEMES_MAX: usize = 1000;
/// Card files that are read, so that a folder of something else does not delay the start.
pub const CARD_FILES_MAX: usize = 200;
/// Bytes of a file of the user's own cards: a card has some hundred.
pub const CARD_FILE_BYTES_MAX: usize = 1024 * 1024;
/// Cards of the user's own: the list of cards computes a bill for each.
pub const OWN_CARDS_MAX: usize = 1000;
/// Projects in the list of recent ones.
pub const RECENT_MAX: usize = 20;
/// Bytes of the list of recent projects: twenty of the longest paths, every byte escaped, are fewer.
pub const RECENT_BYTES_MAX: u64 = 1024 * 1024;
/// Bytes of a journal. The largest project, escaped, and the edits until it is written again, shorter, stay below it.
pub const JOURNAL_BYTES_MAX: u64 = 160 * 1024 * 1024;
/// Bytes of a lock file that are looked at: it holds the number of a process.
pub const LOCK_BYTES_MAX: u64 = 1024;
/// Earlier contents that are kept of each project.
pub const VERSIONS_MAX: usize = 20;
/// Deliverables that the sum of a project names one by one; the others are one row.
pub const WHY_DELIVERABLES_MAX: usize = 200;
