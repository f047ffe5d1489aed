//! What a column of a list may mean, how its meaning was found, and why a column is left out.

use crate::cost::Knob;
use crate::cost::budget::knob::{Scope, TABLE};
use crate::words;
use std::collections::BTreeMap;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The deliverable's name.
    Name,
    /// What rows that follow one another belong to; it begins the name. A blank cell repeats the one above, as merged cells do.
    Group,
    /// A note.
    Note,
    /// The text of the prompt.
    Prompt,
    /// The acceptance rate.
    Accepted,
    /// Units, such as products, each of which gets several finals.
    Units,
    /// Finals of each unit; by itself the finals.
    PerUnit,
    /// Finals of a deliverable of its own: each row gives one for each such column that counts, called by the row and the title.
    Across,
    /// What one of the counted is: an image, a set of images, or an hour, which is none.
    UnitOfCount,
    /// How far the work is: what is done, dropped or on hold is not counted.
    Status,
    /// The width in pixels; with a height it is the size.
    Width,
    /// The height in pixels.
    Height,
    /// A knob's value; the ratio and size columns may hold each other's values.
    Knob(Knob),
}

/// The meanings that most lists have, the most frequent first.
const COMMON: [Kind; 17] = [
    Kind::Name,
    Kind::Knob(Knob::Finals),
    Kind::Knob(Knob::Size),
    Kind::Knob(Knob::Ratio),
    Kind::Knob(Knob::Quality),
    Kind::Prompt,
    Kind::Note,
    Kind::Group,
    Kind::Units,
    Kind::PerUnit,
    Kind::Across,
    Kind::UnitOfCount,
    Kind::Status,
    Kind::Width,
    Kind::Height,
    Kind::Accepted,
    Kind::Knob(Knob::References),
];

impl Kind {
    /// Every meaning that a column can be given, in the order in which a list offers them: the common ones first.
    pub fn all() -> impl Iterator<Item = Kind> {
        let knobs = TABLE.iter().filter(|row| row.scope != Scope::Project).map(|row| Kind::Knob(row.knob));
        COMMON.into_iter().chain(knobs.filter(|kind| !COMMON.contains(kind)))
    }

    /// The meaning's name in a list of meanings, where it stands alone.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Name => words::field_name(),
            Kind::Group => words::meaning_group(),
            Kind::Note => words::field_note(),
            Kind::Prompt => words::meaning_prompt(),
            Kind::Accepted => words::meaning_accepted(),
            Kind::Units => words::meaning_units(),
            Kind::PerUnit => words::meaning_per_unit(),
            Kind::Across => words::meaning_across(),
            Kind::UnitOfCount => words::meaning_unit_of_count(),
            Kind::Status => words::meaning_status(),
            Kind::Width => words::meaning_width(),
            Kind::Height => words::meaning_height(),
            Kind::Knob(knob) => words::meaning_knob(knob),
        }
    }

    /// The meaning's name in sentences.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Kind::Name => words::intake_kind_name().to_owned(),
            Kind::Group => words::intake_kind_group().to_owned(),
            Kind::Note => words::intake_kind_note().to_owned(),
            Kind::Prompt => words::intake_kind_prompt().to_owned(),
            Kind::Accepted => words::intake_kind_accepted().to_owned(),
            Kind::Units => words::intake_kind_units().to_owned(),
            Kind::PerUnit => words::intake_kind_per_unit().to_owned(),
            Kind::Across => words::intake_kind_across().to_owned(),
            Kind::UnitOfCount => words::intake_kind_unit_of_count().to_owned(),
            Kind::Status => words::intake_kind_status().to_owned(),
            Kind::Width => words::intake_kind_width().to_owned(),
            Kind::Height => words::intake_kind_height().to_owned(),
            Kind::Knob(knob) => words::intake_kind_knob(words::knob_label(knob)),
        }
    }

    /// The knob that it sets: acceptance and factor both set the retry knob, a prompt and its tokens the same one.
    pub(super) fn sets(self) -> Kind {
        match self {
            Kind::Accepted => Kind::Knob(Knob::Retry),
            Kind::Prompt => Kind::Knob(Knob::PromptTokens),
            kind => kind,
        }
    }

    /// Whether it counts pictures, alone or multiplied with another count.
    pub(super) fn counts(self) -> bool {
        matches!(self, Kind::Knob(Knob::Finals) | Kind::Units | Kind::PerUnit | Kind::Across)
    }

    /// Whether several columns may have it.
    pub(super) fn is_shared(self) -> bool {
        matches!(self, Kind::Across | Kind::Status)
    }

    /// Whether any text is valid.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Kind::Name | Kind::Group | Kind::Note | Kind::Prompt | Kind::UnitOfCount | Kind::Status)
    }
}

/// How the meaning of a column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By its title.
    Title,
    /// By a title that is close to a known one.
    NearTitle,
    /// By its contents.
    Contents,
    /// The person chose it.
    Choice,
}

/// Why a column is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// It holds prices, which are computed here.
    Price,
    /// Its title is unknown.
    UnknownTitle,
    /// Its title is unknown, and it holds whole numbers that may be counts, of which the list has no others.
    Uncounted,
    /// Its contents are ambiguous.
    Unclear,
    /// It numbers the rows.
    Numbering,
    /// Another column has the same meaning.
    Second(Kind),
    /// It is the sum of the columns across beside it.
    Sum,
    /// Another column counts what was decided later; it counts in rows where that one is empty.
    Earlier,
    /// It is empty.
    Empty,
    /// Its cells cannot be read as what its title says; [`Column::failure`] tells more.
    Failed(Kind),
    /// The person left it out.
    Choice,
}

/// Whether and how a column is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUse {
    /// With this meaning, found this way.
    As(Kind, FoundBy),
    /// Not used, for this reason.
    Unused(Unused),
}

/// Why the cells of a column cannot be read as its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Number of cells that are not empty.
    pub filled: usize,
    /// How many of them cannot be read.
    pub failed: usize,
    /// The row of the first of them, from 1.
    pub row: usize,
    /// Why that one cannot be read, as a sentence.
    pub reason: String,
}

/// One column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title, or its letters in a spreadsheet.
    pub title: String,
    /// Whether and how it is used.
    pub taken: ColumnUse,
    /// Why its cells cannot be read, if it is left out for that.
    pub failure: Option<Failure>,
    /// The first of its cells that are not empty, shortened. Exactly as in the list: the code that shows them makes them safe.
    pub sample: Vec<String>,
}

impl Column {
    /// How the column is used, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let title = &self.title;
        match self.taken {
            ColumnUse::As(kind, FoundBy::Title) => words::intake_column(title, kind.label()),
            ColumnUse::As(kind, FoundBy::NearTitle) => words::intake_column_near(title, kind.label()),
            ColumnUse::As(kind, FoundBy::Contents) => words::intake_column_guessed(title, kind.label()),
            ColumnUse::As(kind, FoundBy::Choice) => words::intake_column_chosen(title, kind.label()),
            ColumnUse::Unused(Unused::Price) => words::intake_column_price(title),
            ColumnUse::Unused(Unused::UnknownTitle) => words::intake_column_unknown(title),
            ColumnUse::Unused(Unused::Uncounted) => words::intake_column_uncounted(title),
            ColumnUse::Unused(Unused::Unclear) => words::intake_column_unclear(title),
            ColumnUse::Unused(Unused::Numbering) => words::intake_column_numbering(title),
            ColumnUse::Unused(Unused::Second(kind)) => words::intake_column_second(title, kind.label()),
            ColumnUse::Unused(Unused::Sum) => words::intake_column_sum(title),
            ColumnUse::Unused(Unused::Earlier) => words::intake_column_earlier(title),
            ColumnUse::Unused(Unused::Empty) => words::intake_column_empty(title),
            ColumnUse::Unused(Unused::Choice) => words::intake_column_left_out(title),
            ColumnUse::Unused(Unused::Failed(kind)) => self.failed_sentence(kind),
        }
    }

    fn failed_sentence(&self, kind: Kind) -> String {
        let (title, label) = (&self.title, kind.label());
        match &self.failure {
            Some(Failure { filled, failed, row, reason }) if filled == failed => {
                words::intake_column_failed(title, label, row, reason)
            }
            Some(Failure { filled, failed, row, reason }) => {
                words::intake_column_mostly_failed(title, failed, filled, label, row, reason)
            }
            None => words::intake_column_unclear(title),
        }
    }

    /// The meaning of the column, if it is used.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self.taken {
            ColumnUse::As(kind, _) => Some(kind),
            ColumnUse::Unused(_) => None,
        }
    }
}

/// The meanings that a person gave to columns, in place of those that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices(BTreeMap<usize, Option<Kind>>);

impl Choices {
    /// Gives the column at this index (from 0, as in [`ParsedList::columns`](super::ParsedList::columns)) a meaning, or none:
    /// it is then left out. Another column that was found to have this meaning gives way; of two chosen ones the first stays.
    pub fn set(&mut self, column: usize, meaning: Option<Kind>) {
        self.0.insert(column, meaning);
    }

    /// Takes a choice back: the column's meaning is found again.
    pub fn forget(&mut self, column: usize) {
        self.0.remove(&column);
    }

    /// The choice for a column; `None` if there is none, `Some(None)` if it is left out.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<Option<Kind>> {
        self.0.get(&column).copied()
    }

    /// Whether nothing was chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
