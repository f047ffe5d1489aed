//! Making problems: what may be wrong with a project file, and the list that collects it in the order of the text.

use crate::cost::Decimal;
use crate::cost::base::limits::{DELIVERABLES_MAX, NAME_MAX, PROBLEMS_MAX, QUOTED_MAX};
use crate::cost::base::number_text::grouped;
use crate::diagnostics::{Level, LineIndex, Position, Problem};
use crate::words;
use std::fmt;
use std::ops::Range;
use std::path::Path;

/// Declares the codes with their names and levels, one row each.
macro_rules! codes {
    ($( $(#[$doc:meta])+ $code:ident = $name:literal, $level:ident; )*) => {
        /// What may be wrong with a project file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $( $(#[$doc])+ $code ),* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$( Code::$code ),*];

            /// The fixed short name that scripts may rely on.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Code::$code => $name ),* }
            }

            /// How bad it is, always the same for one code.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $( Code::$code => Level::$level ),* }
            }
        }
    };
}

codes! {
    /// More bytes than are read.
    FileTooLarge = "file-too-large", Error;
    /// More of something than is read.
    LimitExceeded = "limit-exceeded", Error;
    /// The text is no TOML.
    Syntax = "syntax-error", Error;
    /// A file of something else.
    NotAProject = "not-a-project", Error;
    /// git left an unfinished merge.
    Conflict = "conflict-markers", Error;
    /// A key stands twice.
    KeyTwice = "key-twice", Error;
    /// More problems than are listed.
    Unlisted = "problems-unlisted", Note;
    /// No version.
    VersionMissing = "version-missing", Error;
    /// No version that ever was.
    VersionWrong = "version-wrong", Error;
    /// A version to come.
    VersionNewer = "version-newer", Warning;
    /// A key that nothing knows.
    KeyUnknown = "key-unknown", Warning;
    /// A key that misses a known one by a slip; a guard refuses it.
    KeyNear = "key-near-miss", Warning;
    /// A key that would change the money and is not counted; a guard refuses it.
    KeyUncounted = "key-not-counted", Warning;
    /// Scenarios, which are kept and not read.
    ScenarioUnread = "scenario-not-read", Note;
    /// A key that belongs elsewhere.
    KeyMisplaced = "key-misplaced", Error;
    /// A key that holds a secret by its name.
    KeySecret = "key-secret", Warning;
    /// A deliverable without a key.
    KeyEmpty = "key-empty", Error;
    /// A value of the wrong kind.
    TypeWrong = "type-wrong", Error;
    /// Something else than a table.
    TableExpected = "table-expected", Error;
    /// `[[deliverable]]`.
    DeliverableList = "deliverable-list", Error;
    /// More deliverables than a project holds.
    DeliverablesTooMany = "deliverables-too-many", Error;
    /// nan or an infinity.
    NumberNotFinite = "number-not-finite", Error;
    /// More digits than are computed with exactly.
    NumberTooLong = "number-too-long", Error;
    /// Hexadecimal, octal or binary.
    NumberNotDecimal = "number-not-decimal", Error;
    /// Decimals where only whole numbers count.
    NumberNotWhole = "number-not-whole", Error;
    /// Less or more than allowed.
    OutOfRange = "out-of-range", Error;
    /// A percentage without its sign.
    PercentBare = "percent-bare", Error;
    /// No percentage at all.
    PercentWrong = "percent-wrong", Error;
    /// None of the words that the key takes.
    WordUnknown = "word-unknown", Error;
    /// No such model.
    ModelUnknown = "model-unknown", Error;
    /// No such preset.
    PresetUnknown = "preset-unknown", Error;
    /// No such retry profile.
    ProfileUnknown = "profile-unknown", Error;
    /// No such currency.
    CurrencyUnknown = "currency-unknown", Error;
    /// No shape.
    RatioWrong = "ratio-wrong", Error;
    /// A shape that no model draws.
    RatioTooLong = "ratio-too-long", Error;
    /// No size.
    SizeWrong = "size-wrong", Error;
    /// More reference pictures than a call takes.
    ReferencesTooMany = "references-too-many", Error;
    /// Neither a factor, nor an accepted share, nor a range.
    RetryForm = "retry-form", Error;
    /// Measured tokens without a number.
    TokensEmpty = "tokens-empty", Error;
    /// Inherited tokens that do not say what was measured.
    TokensUnnamed = "tokens-unnamed", Error;
    /// low, likely and high out of order.
    RetryOrder = "retry-order", Error;
    /// A confidence that nothing uses.
    ConfidenceUnused = "confidence-unused", Warning;
    /// No amount of money.
    CapWrong = "cap-wrong", Error;
    /// An inherited cap in another currency.
    CapInherited = "cap-inherited", Error;
    /// No amount of money of a fee.
    FeeAmountWrong = "fee-amount-wrong", Error;
    /// A fee without its amount or its unit.
    FeeIncomplete = "fee-incomplete", Error;
    /// A fee for a deliverable that does not exist.
    FeeDeliverable = "fee-deliverable-unknown", Error;
    /// More fees than a project may have.
    FeesTooMany = "fees-too-many", Error;
    /// No date.
    DateWrong = "date-wrong", Error;
    /// A currency without a rate.
    ExchangeMissing = "exchange-missing", Error;
    /// A rate without its number or its day.
    ExchangeIncomplete = "exchange-incomplete", Error;
    /// A rate that nothing uses.
    ExchangeUnused = "exchange-unused", Warning;
    /// A text beyond its limit.
    TextTooLong = "text-too-long", Error;
    /// Characters that hide or turn text around.
    TextHidden = "text-hidden", Note;
    /// A prompt that this build cannot count.
    PromptNotCounted = "prompt-not-counted", Warning;
    /// A prompt that the API refuses for its length.
    PromptTooLong = "prompt-too-long", Error;
    /// Prompts that are too much to count together.
    PromptsTooMany = "prompts-too-many", Error;
    /// A prompt file that cannot be read.
    PromptFile = "prompt-file", Error;
    /// Both a text and a file.
    PromptTwice = "prompt-twice", Error;
    /// A number of tokens beside a prompt that has another.
    PromptDiffers = "prompt-differs", Note;
    /// A number of tokens beside a prompt that cannot be counted.
    PromptNotCompared = "prompt-not-compared", Note;
    /// An explore stage without drafts.
    ExploreEmpty = "explore-empty", Warning;
    /// `extends` in a project that has no file yet.
    ExtendsNoPlace = "extends-no-place", Error;
    /// `extends` that is no relative path.
    ExtendsPath = "extends-path", Error;
    /// `extends` that leaves the project.
    ExtendsOutside = "extends-outside", Error;
    /// The extended file cannot be read.
    ExtendsUnreadable = "extends-unreadable", Error;
    /// Files that extend each other.
    ExtendsCircle = "extends-circle", Error;
    /// A chain of files without end.
    ExtendsTooLong = "extends-too-long", Error;
    /// A card in `compare` that does not exist.
    BillUnknown = "bill-unknown", Error;
    /// More bills than are compared.
    CompareTooMany = "compare-too-many", Error;
    /// More cards than a file may hold.
    CardsTooMany = "cards-too-many", Error;
    /// A card without what its kind needs.
    CardIncomplete = "card-incomplete", Error;
    /// A key that means nothing in a card of this kind.
    CardKeyMisfit = "card-key-misfit", Error;
    /// Two ways to say the same price.
    CardPriceTwice = "card-price-twice", Error;
    /// Prices of calls with reference pictures that leave out sizes which the card has.
    EditGaps = "edit-gaps", Warning;
    /// Two classes of size with one end.
    TierOverlap = "tier-overlap", Error;
    /// `auto` is charged as a class or size that the card does not have.
    TierUnknown = "tier-unknown", Error;
    /// Deliverables of an extended file.
    TeamDeliverables = "team-deliverables", Note;
}

/// A message with what is allowed and what to do, either of which may be empty.
#[derive(Default)]
pub(super) struct Sentence {
    message: String,
    allowed: String,
    remedy: String,
}

impl Sentence {
    pub(super) fn new(message: impl Into<String>) -> Sentence {
        Sentence { message: message.into(), ..Sentence::default() }
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn allowed(mut self, allowed: impl Into<String>) -> Sentence {
        self.allowed = allowed.into();
        self
    }

    pub(super) fn remedy(mut self, remedy: impl Into<String>) -> Sentence {
        self.remedy = remedy.into();
        self
    }
}

/// The dotted path of a value, as a chain on the stack: it is spelled out only for a problem.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    above: Option<&'a At<'a>>,
    /// The last key of the path.
    pub(super) key: &'a str,
}

impl<'a> At<'a> {
    /// The file itself.
    pub(super) const TOP: At<'static> = At { above: None, key: "" };

    /// Whether the value stands right below the assumptions.
    pub(super) fn is_assumption(&self) -> bool {
        self.above.is_some_and(|above| above.key == "assumptions" && above.above.is_some_and(|top| top.above.is_none()))
    }

    /// The path of a key below this one.
    pub(super) fn below<'b>(&'b self, key: &'b str) -> At<'b>
    where
        'a: 'b,
    {
        // Nobody needs the rest of a longer key to find it, and a message has to fit.
        let end = key.char_indices().nth(NAME_MAX).map_or(key.len(), |(end, _)| end);
        At { above: Some(self), key: &key[..end] }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(above) = self.above else { return Ok(()) };
        if above.above.is_some() {
            write!(f, "{above}.")?;
        }
        f.write_str(&quoted_key(self.key))
    }
}

/// A key as TOML spells it: bare where that is allowed, else in quotes with every hidden character escaped.
pub(super) fn quoted_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) {
        return key.to_owned();
    }
    let mut text = String::from("\"");
    for c in key.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if words::safe::is_hostile(c) => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// The problems of one file.
pub(super) struct Report<'a> {
    file: Option<&'a Path>,
    text: &'a str,
    index: LineIndex<'a>,
    /// Where the part of the text begins that places are given in.
    base: usize,
    /// Each with the byte that it stands at.
    found: Vec<(usize, Problem)>,
    errors: usize,
    others: usize,
    /// Near misses and keys that are not counted have a count of their own: no crowd of other warnings may hide one from a guard.
    near: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str, file: Option<&'a Path>) -> Report<'a> {
        Report { file, text, index: LineIndex::new(text), base: 0, found: Vec::new(), errors: 0, others: 0, near: 0 }
    }

    /// From here on places are those of the part that begins at this byte.
    pub(super) fn enter(&mut self, base: usize) {
        self.base = base;
    }

    pub(super) fn position(&self, span: &Range<usize>) -> Position {
        self.index.position(self.base + span.start)
    }

    /// What stands in the file at `span`, cut short to one line that fits a message.
    pub(super) fn written(&self, span: &Range<usize>) -> String {
        let text = self.text.get(self.base + span.start..self.base + span.end).unwrap_or_default();
        shortened(text.lines().next().unwrap_or_default(), text.contains('\n'))
    }

    /// How many errors were found so far, listed or not.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Whether problems with this code are only counted from here on.
    pub(super) fn is_full(&self, code: Code) -> bool {
        PROBLEMS_MAX
            <= match (code, code.level()) {
                (Code::KeyNear | Code::KeyUncounted, _) => self.near,
                (_, Level::Error) => self.errors,
                (_, Level::Warning | Level::Note) => self.others,
            }
    }

    /// Adds a problem at `span`; `sentence` is given what is written there, and is not asked once the list is full.
    pub(super) fn say(
        &mut self,
        code: Code,
        at: &At<'_>,
        span: &Range<usize>,
        sentence: impl FnOnce(&str) -> Sentence,
    ) {
        let counted = match (code, code.level()) {
            (Code::KeyNear | Code::KeyUncounted, _) => &mut self.near,
            (_, Level::Error) => &mut self.errors,
            (_, Level::Warning | Level::Note) => &mut self.others,
        };
        *counted += 1;
        if *counted > PROBLEMS_MAX {
            return;
        }
        let Sentence { message, allowed, remedy } = sentence(&self.written(span));
        let problem = Problem::new(code.level(), code.name(), message)
            .at(self.file, Some(self.position(span)))
            .with_key(at.to_string())
            .with_allowed(allowed)
            .with_remedy(remedy);
        self.found.push((self.base + span.start, problem));
    }

    /// Adds a problem of the file as a whole, which has no place in it.
    pub(super) fn say_of_file(&mut self, code: Code, sentence: Sentence) {
        self.errors += usize::from(code.level() == Level::Error);
        let Sentence { message, allowed, remedy } = sentence;
        let problem = Problem::new(code.level(), code.name(), message).at(self.file, None);
        self.found.push((0, problem.with_allowed(allowed).with_remedy(remedy)));
    }

    /// There are so many deliverables; at `beyond` stands the key of the first that is too many.
    pub(super) fn too_many_deliverables(&mut self, count: usize, beyond: &Range<usize>) {
        let in_figures = |count: usize| grouped(Decimal::from(count));
        self.say(Code::DeliverablesTooMany, &At::TOP.below("deliverable"), beyond, |_| {
            Sentence::new(words::deliverables_too_many(in_figures(count)))
                .allowed(words::deliverables_allowed(in_figures(DELIVERABLES_MAX)))
                .remedy(words::text_too_large_remedy())
        });
    }

    /// The list in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|(offset, _)| *offset);
        let beyond = [self.errors, self.others, self.near].map(|count| count.saturating_sub(PROBLEMS_MAX));
        let unlisted: usize = beyond.iter().sum();
        let mut problems: Vec<Problem> = self.found.into_iter().map(|(_, problem)| problem).collect();
        if unlisted > 0 {
            let count = crate::words::number::grouped(Decimal::from(unlisted));
            let note = Problem::new(Code::Unlisted.level(), Code::Unlisted.name(), words::problems_unlisted(count));
            problems.push(note.at(self.file, None).with_remedy(words::problems_unlisted_remedy()));
        }
        problems
    }
}

pub(super) fn shortened(line: &str, more: bool) -> String {
    let line = line.trim_end();
    match line.char_indices().nth(QUOTED_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if more => format!("{line}…"),
        None => line.to_owned(),
    }
}
