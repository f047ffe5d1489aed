//! What the runtime is asked to do, and what it answers.

use crate::app::flows::conflict::{Keep, Resolving};
use crate::app::flows::recovery::Recovered;
use crate::app::model::picker::Offer;
use crate::cost::budget::edit::Edit;
use crate::cost::rates::rate_card::TokenCard;
use crate::cost::{Budget, Knob, Layer};
use crate::diagnostics::{Level, Origin, Problem};
use crate::words::clip::Clip;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// Start from a sample, by its name.
    Sample(String),
    /// Read a list of deliverables.
    ReadList(PathBuf),
    /// List the file's earlier versions.
    Versions,
    /// Open a copy of an earlier version as a project without a file.
    OpenVersion(PathBuf),
    /// The offered edits are edits of this session now: delete their record once this session's own one holds them.
    HoldRecovered,
    /// Delete the record of the edits that were offered: a person said so.
    DropRecovered,
    /// Open what the earlier session had on screen as a project without a file; its record stays.
    OpenRecovered,
    /// Read the project's file again and drop the edits.
    Reload,
    /// Look whether the file says something else than what was read, and put both together.
    Look,
    /// Say what these choices come to, one for each dispute.
    Weigh(Vec<Keep>),
    /// Take these choices.
    Resolve(Vec<Keep>),
    /// Put a text on the clipboard.
    Copy(Clip),
    /// Hand the terminal back to the shell until the program is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// Where a value stands: the deliverable's key or none for the assumptions, the knob, the layer that sets it.
type FindOrigin = dyn Fn(Option<&str>, Knob, Layer) -> Origin + Send + Sync;

/// The look-up of places in files, as the reader of the file made it.
#[derive(Clone)]
pub struct OriginOf(Arc<FindOrigin>);

impl OriginOf {
    /// Wraps a look-up.
    pub fn new(find: impl Fn(Option<&str>, Knob, Layer) -> Origin + Send + Sync + 'static) -> OriginOf {
        OriginOf(Arc::new(find))
    }

    /// Where a value stands.
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

/// A project as the runtime hands it over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// Its values.
    pub budget: Budget,
    /// What is wrong in the file.
    pub problems: Vec<Problem>,
    /// The file's name as the title line shows it; none for a project without a file.
    pub file: Option<String>,
    /// Why the file cannot be saved to, if it cannot.
    pub read_only: Option<String>,
    /// Where values stand in the files; none for a project without a file.
    pub origins: Option<OriginOf>,
    /// The sides of an unfinished merge that the file holds; the budget is then that of the first.
    pub disputed: Option<Box<Resolving>>,
    /// Edits that an earlier session did not save.
    pub recovered: Option<Box<Recovered>>,
    /// What to say first, if anything.
    pub notice: Option<String>,
}

/// An open project as it is after somebody else changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What to show now.
    pub opened: Opened,
    /// Whether that differs from the file, because it holds edits made here.
    pub dirty: bool,
    /// Whether edits made here and changes made elsewhere were put together.
    pub merged: bool,
}

/// What somebody else did to the file that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDisk {
    /// It says something else.
    Changed,
    /// It is gone.
    Deleted,
    /// Its path leads to another file.
    LedElsewhere,
}

/// What came of an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A project is open.
    Opened(Box<Opened>),
    /// What an earlier session started from, as a project without a file, and its edits.
    Copied {
        /// What it started from.
        opened: Box<Opened>,
        /// All its edits.
        edits: Vec<Edit>,
    },
    /// A list of deliverables is read.
    List {
        /// What stands in the file.
        text: String,
    },
    /// The file's earlier versions, the latest first.
    Versions(Vec<Offer>),
    /// The project or the list was not opened, for these reasons.
    NotOpened(Vec<Problem>),
    /// The project is on disk.
    Saved {
        /// The file's name as the title line shows it.
        file: String,
        /// Prices that were pinned with it.
        pins: BTreeMap<String, TokenCard>,
        /// Whether the system confirmed that it survives a power cut.
        durable: bool,
        /// Whether the file has several names and was written in place.
        in_place: bool,
        /// Why the previous version could not be kept, if it could not.
        not_kept: Option<String>,
    },
    /// The file was changed by somebody else: nothing was written.
    Conflict(OnDisk, Problem),
    /// A file of that name exists: nothing was written.
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// Nothing was written.
    NotSaved(Problem),
    /// The file, or one that it extends, was changed by somebody else.
    Brought {
        /// What to show.
        brought: Box<Brought>,
        /// Whether a save waits for it.
        then_save: bool,
    },
    /// Two sides changed the same values.
    Disputed(Box<Resolving>),
    /// What choices come to.
    Weighed {
        /// The total, as shown.
        total: String,
        /// Why they cannot be taken, if they cannot.
        refused: Option<String>,
    },
    /// An unfinished merge in the file is settled, and the file saved.
    Resolved {
        /// What it says now.
        opened: Box<Opened>,
        /// How many disputes there were.
        count: usize,
    },
    /// Nothing changed on screen, but something is to be said.
    Said(Level, String),
}
