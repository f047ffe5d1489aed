//! Project files: from a file's text to a budget and back, without losing a byte that was not changed.
//!
//! Reading goes from [`read()`] down, floor by floor (`tests/tidy/floors.rs`): [`extends`] follows the files above, `sections`,
//! `lines`, `scenarios` and [`bills`] read tables, [`prompts`] counts text, `values`, `retry`, `measured`, `vocabulary`
//! and `numbers` read values, `reader` has what
//! all of them need, `syntax` makes a tree, `schema` has a row for each key, [`problem`] collects what is wrong, [`origin`]
//! where values stand, and [`other_files`] is what a project asks of the files beside it.
//!
//! Writing goes from [`write`] down: it compares two budgets, [`splice`] turns the differences into a new text in which
//! comments, order, spacing and line endings stay, [`outline`] finds the place of each key, and [`store`] replaces the file in
//! one step. [`open`] ties both to a path. Beside the files themselves, in the user's own folder, stand [`journal`] (edits
//! that are not saved yet), [`versions`] (what saves replaced) and [`lock`] (which files are open).

mod baseline;
pub mod bills;
pub mod bounds;
mod card_parts;
mod card_prices;
mod card_unused;
pub mod card_write;
mod cards;
mod checksum;
mod chunks;
mod exchange;
pub mod extends;
mod fees;
mod foreign;
pub mod journal;
mod key_order;
mod keyed_write;
mod lines;
pub mod lock;
pub mod markers;
mod measured;
mod measured_write;
pub mod merge;
mod numbers;
pub mod open;
pub mod origin;
pub mod other_files;
mod other_words;
pub mod outline;
pub mod problem;
pub mod prompts;
pub mod read;
mod reader;
mod retry;
mod risks;
mod scenario_write;
mod scenarios;
mod schema;
mod sections;
mod settings_write;
pub mod splice;
pub mod store;
mod syntax;
pub mod team;
mod unknown_keys;
mod unread;
mod values;
pub mod versions;
mod vocabulary;
pub mod write;

pub use origin::Origins;
pub use other_files::{PromptCounter, TeamError, TeamFile, TeamFiles};
pub use prompts::DiskPrompts;
pub use read::{Reading, read};
pub use schema::known_keys;
pub use sections::VERSION;
pub use team::DiskTeam;
