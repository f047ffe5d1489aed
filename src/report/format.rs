//! The formats of an estimate, as a table: the command line, its help and its completions read it.

use super::{Formulas, Report, csv, json, markdown, text};

/// A format of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal, mail and chat.
    Text,
    /// The contract with scripts.
    Json,
    /// For a spreadsheet.
    Csv,
    /// For a pull request.
    Markdown,
}

impl Format {
    /// All of them, the default first.
    pub const ALL: [Format; 4] = [Format::Text, Format::Json, Format::Csv, Format::Markdown];

    /// Their names, in the same order.
    pub const NAMES: &'static [&'static str] = &{
        let mut names = [""; Format::ALL.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Format::ALL[at].name();
            at += 1;
        }
        names
    };

    /// As the command line spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether the problems stand in it. CSV has no place for them.
    #[must_use]
    pub fn tells_problems(self) -> bool {
        match self {
            Format::Text | Format::Json | Format::Markdown => true,
            Format::Csv => false,
        }
    }

    /// Whether it can be made of a file that cannot be read: a script gets an answer in the form that it expects.
    #[must_use]
    pub fn of_anything(self) -> bool {
        match self {
            Format::Json => true,
            Format::Text | Format::Csv | Format::Markdown => false,
        }
    }

    /// The whole answer. `formulas` says what cells that begin like a formula become in CSV.
    #[must_use]
    pub fn write(self, report: &Report<'_>, formulas: Formulas) -> String {
        match self {
            Format::Text => text(report),
            Format::Json => json(report),
            Format::Csv => csv(report, formulas),
            Format::Markdown => markdown(report),
        }
    }
}
