//! What the runtime is asked to do, and what it answers.

use crate::cost::Budget;
use crate::cost::rate_card::TokenCard;
use crate::place::Problem;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Work for the runtime: everything that touches the world outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the project to its file.
    Save,
    /// Write the project to another file.
    SaveAs {
        /// Where.
        path: PathBuf,
        /// Whether an existing file may be replaced.
        replace: bool,
    },
    /// Open a project.
    Open(PathBuf),
    /// Start a new project without a file.
    New,
    /// Read the project's file again and drop the edits.
    Reload,
    /// Hand the terminal back to the shell until the program is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// A project as the runtime hands it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its values.
    pub budget: Budget,
    /// What is wrong in the file.
    pub problems: Vec<Problem>,
    /// The file's name as the title line shows it; none for a project without a file.
    pub file: Option<String>,
    /// Why the file cannot be saved to, if it cannot.
    pub read_only: Option<String>,
}

/// What came of an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A project is open.
    Opened(Box<Opened>),
    /// The project was not opened, for these reasons.
    NotOpened(Vec<Problem>),
    /// The project is on disk.
    Saved {
        /// The file's name as the title line shows it.
        file: String,
        /// Prices that were pinned with it.
        pins: BTreeMap<String, TokenCard>,
        /// Whether the system confirmed that it survives a power cut.
        durable: bool,
    },
    /// The file was changed by somebody else: nothing was written.
    Conflict(Problem),
    /// A file of that name exists: nothing was written.
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// Nothing was written.
    NotSaved(Problem),
}
