//! Requests to the runtime, and its answers.

use crate::app::flows::conflict::{Keep, Resolving};
use crate::app::flows::recovery::Recovered;
use crate::app::model::list_request::{ListRequest, ReadList};
use crate::app::model::picker::Offer;
use crate::app::model::under_cap::{Found, Search};
use crate::cost::budget::edit::Edit;
use crate::cost::rates::rate_card::TokenCard;
use crate::cost::risk::{Missing, Risk};
use crate::cost::scenario::LikelyColumn;
use crate::cost::{Budget, Knob, Layer};
use crate::diagnostics::{Level, Origin, Problem};
use crate::words::clip::Clip;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A request to the runtime: everything that touches the outside world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the project to its file.
    Save,
    /// Write the project to another file.
    SaveAs {
        /// The target.
        path: PathBuf,
        /// Whether an existing file may be replaced.
        replace: bool,
    },
    /// Open a project.
    Open(PathBuf),
    /// Start a new project without a file.
    New,
    /// Start from a sample, by its name.
    Sample(String),
    /// Read a list of deliverables on a thread of its own; stop reading an earlier one. The runtime gives it up as soon as the
    /// state waits for no list; see [`State::awaits_list`](crate::app::State::awaits_list).
    ReadList(ListRequest),
    /// Search for what gets under the cap, on a thread of its own. The runtime gives it up as soon as the state no longer waits
    /// for it; see [`State::awaits_under_cap`](crate::app::State::awaits_under_cap).
    UnderCap(Search),
    /// List the file's earlier versions.
    Versions,
    /// Open a copy of an earlier version as a project without a file.
    OpenVersion(PathBuf),
    /// The offered edits belong to this session now: delete their record once this session's own record has them.
    HoldRecovered,
    /// Delete the record of the offered edits, on the user's request.
    DropRecovered,
    /// Open the earlier session's whole budget as a project without a file; its record stays.
    OpenRecovered,
    /// Read the project's file again and drop the edits.
    Reload,
    /// Check whether the file changed since it was read, and merge if so.
    Look,
    /// The same, and ask the question about two versions again, though it was put off.
    AskAgain,
    /// Read the project with another team file, or with none.
    Extend(Option<String>),
    /// Find the places of values and the problems again: an undone step changed the team file.
    Retrace,
    /// Compute the total for these choices, one for each dispute.
    Weigh(Vec<Keep>),
    /// Apply these choices.
    Resolve(Vec<Keep>),
    /// Keep the name of a theme for the next sessions.
    RememberTheme(String),
    /// Copy a text to the clipboard.
    Copy(Clip),
    /// Return the terminal to the shell until the program is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// The place of a value: the deliverable's key or `None` for the assumptions, the knob, the layer that sets it.
type FindOrigin = dyn Fn(Option<&str>, Knob, Layer) -> Origin + Send + Sync;

/// The look-up of places in files, built by the reader of the file.
#[derive(Clone)]
pub struct OriginOf(Arc<FindOrigin>);

impl OriginOf {
    /// Wraps a look-up.
    pub fn new(find: impl Fn(Option<&str>, Knob, Layer) -> Origin + Send + Sync + 'static) -> OriginOf {
        OriginOf(Arc::new(find))
    }

    /// The place of a value.
    #[must_use]
    pub fn find(&self, deliverable: Option<&str>, knob: Knob, layer: Layer) -> Origin {
        (self.0)(deliverable, knob, layer)
    }
}

impl std::fmt::Debug for OriginOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OriginOf")
    }
}

impl PartialEq for OriginOf {
    fn eq(&self, other: &OriginOf) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for OriginOf {}

/// A project from the runtime.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// Its values.
    pub budget: Budget,
    /// The problems in the file.
    pub problems: Vec<Problem>,
    /// The file's name as the title line shows it; `None` for a project without a file.
    pub file: Option<String>,
    /// Why the file cannot be saved to, if so.
    pub read_only: Option<String>,
    /// The places of values in the files; `None` for a project without a file.
    pub origins: Option<OriginOf>,
    /// The sides of an unfinished merge in the file; the budget is then the first side's.
    pub disputed: Option<Box<Resolving>>,
    /// Edits that an earlier session did not save.
    pub recovered: Option<Box<Recovered>>,
    /// The first message, if any.
    pub notice: Option<String>,
}

/// An open project after another program changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalChange {
    /// The project to show.
    pub opened: Opened,
    /// Whether it differs from the file, because it includes edits made here.
    pub dirty: bool,
    /// Whose changes are on screen now.
    pub how: How,
}

/// Whose changes an open project shows after another program changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The other program's alone.
    Reloaded,
    /// Both sides'; what was chosen for the values that both changed.
    Merged(Vec<Keep>),
}

/// Another program's change of the open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDisk {
    /// Its content changed.
    Changed,
    /// It was deleted or moved.
    Deleted,
    /// Its path leads to another file.
    LedElsewhere,
}

/// The outcome of an effect, or of a task that nobody asked for by a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A project is open.
    Opened(Box<Opened>),
    /// An earlier session's starting budget, as a project without a file, and its edits.
    Copied {
        /// The starting budget.
        opened: Box<Opened>,
        /// All its edits.
        edits: Vec<Edit>,
    },
    /// So many rows of a list have been read.
    ListRows(usize),
    /// A list of deliverables is read.
    List(Box<ReadList>),
    /// What was found under the cap.
    UnderCap(Box<Found>),
    /// How sure the total is after a change of the values, where that takes long.
    HowSure {
        /// The change.
        change: u64,
        /// Its distribution, or why there is none.
        answer: Result<Box<Risk>, Missing>,
    },
    /// How the scenarios differ from the baseline after a change of the values, where that takes long.
    Differences {
        /// The change.
        change: u64,
        /// One for each column of the comparison.
        columns: Vec<LikelyColumn>,
    },
    /// The file's earlier versions, the latest first.
    Versions(Vec<Offer>),
    /// The project or the list was not opened; the problems say why.
    NotOpened(Vec<Problem>),
    /// The project is on disk.
    Saved {
        /// The file's name as the title line shows it.
        file: String,
        /// Prices that the save pinned.
        pins: BTreeMap<String, TokenCard>,
        /// Whether the system confirmed that it survives a power cut.
        durable: bool,
        /// Whether the file has several names and was written in place.
        in_place: bool,
        /// Why the previous version could not be kept, if so.
        not_kept: Option<String>,
    },
    /// Another program changed the file: nothing was written.
    Conflict(OnDisk, Problem),
    /// A file of that name exists: nothing was written.
    Exists {
        /// The target.
        path: PathBuf,
    },
    /// Nothing was written.
    NotSaved(Problem),
    /// Another program changed the file, or a file that it extends.
    ExternalChange {
        /// The project to show.
        change: Box<ExternalChange>,
        /// Whether a save waits for it.
        then_save: bool,
    },
    /// Two sides changed the same values.
    Disputed {
        /// The question.
        resolving: Box<Resolving>,
        /// Why the file cannot be saved to, if so.
        read_only: Option<String>,
    },
    /// The total for the choices.
    Weighed {
        /// The total, as shown.
        total: String,
        /// Why the choices cannot be applied, if so.
        refused: Option<String>,
    },
    /// An unfinished merge in the file is resolved, and the file is saved.
    Resolved {
        /// The number of disputes.
        count: usize,
        /// The file's name as the title line shows it.
        file: String,
        /// Whether the system confirmed that it survives a power cut, and whether the file was written in place.
        how: (bool, bool),
        /// Why the previous version could not be kept, if so.
        not_kept: Option<String>,
        /// The result on screen: the file, merged with the edits made meanwhile.
        then: Box<Outcome>,
    },
    /// The project with another team file.
    Extended(Box<Opened>),
    /// Why there is no project with that team file.
    NotExtended(String),
    /// The places of values and the problems of what is on screen.
    Retraced(Box<Opened>),
    /// Nothing changed on screen, but there is a message.
    Said(Level, String),
}
