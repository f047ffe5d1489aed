//! What may lie over the worksheet, and what its keys mean there.

use crate::app::flows::conflict::Resolving;
use crate::app::flows::recovery::Recovered;
use crate::app::model::entry::Entry;
use crate::app::model::palette::Palette;
use crate::app::model::picker::Picker;
use crate::cost::Decimal;
use crate::cost::rates::age::RateDifference;
use crate::diagnostics::Problem;
use crate::tables::Intake;
use std::path::PathBuf;

/// What a line of text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The name of a deliverable to add.
    NewLine,
    /// A deliverable's new name.
    LineName(usize),
    /// The project's new name.
    ProjectName,
    /// The file to save to.
    SaveAs,
    /// The file to open.
    Open,
    /// The list of deliverables to read.
    Import,
    /// What deliverables are looked for.
    Find,
    /// How many months the work takes.
    Months,
}

/// What goes on after unsaved edits were dropped on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// The program ends.
    Quit,
    /// A new project.
    New,
    /// Another project.
    Open(PathBuf),
    /// A sample, by its name.
    Sample(String),
    /// A copy of an earlier version.
    Version(PathBuf),
}

/// Prices that differ from the built-in ones, and what they would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repricing {
    /// Each differing rate.
    pub differences: Vec<RateDifference>,
    /// Total with the pinned prices, in USD.
    pub now: Option<Decimal>,
    /// Total with the built-in prices, in USD.
    pub then: Option<Decimal>,
}

/// What lies over the worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// The keys of where the keyboard was, then the others.
    Help {
        /// First line shown.
        scroll: usize,
        /// What was open and is again when the help is closed.
        over: Option<Box<Dialog>>,
    },
    /// What is wrong or doubtful.
    Issues {
        /// First line shown.
        scroll: usize,
    },
    /// Why the figures are what they are.
    Why {
        /// First line shown.
        scroll: usize,
    },
    /// What was understood of a list, before anything of it counts.
    Import {
        /// The list, row by row.
        intake: Box<Intake>,
        /// First line shown.
        scroll: usize,
    },
    /// A list to choose from.
    Picker(Box<Picker>),
    /// Every action by name.
    Palette(Palette),
    /// A line of text.
    Ask {
        /// What for.
        ask: Ask,
        /// What has been typed.
        entry: Entry,
        /// Why it was refused.
        refused: Option<String>,
    },
    /// Unsaved edits are about to be left.
    Unsaved(Leaving),
    /// The file was changed by somebody else.
    Conflict(Problem),
    /// Two sides changed the same values.
    Resolve(Box<Resolving>),
    /// A file of the chosen name exists.
    Replace(PathBuf),
    /// An earlier session left edits that are not saved.
    Recover {
        /// What they come to.
        recovered: Box<Recovered>,
        /// The total as the project is, and with the edits, in USD.
        totals: (Option<Decimal>, Option<Decimal>),
        /// First line shown.
        scroll: usize,
    },
    /// Pinned and built-in prices differ.
    Rates(Box<Repricing>),
}
