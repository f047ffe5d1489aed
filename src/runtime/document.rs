//! The open project, in one of three states; each state holds exactly the data that it has.
//!
//! A new project, a sample and a copy of an earlier version are [`Document::Untitled`] until a save gives them a file. A readable
//! file is [`Document::File`]. A file in which git left conflict markers is [`Document::Conflicted`] until the user chooses a
//! side for every conflict and the file is written without markers.

use super::recovery::Base;
use crate::app::model::outcome::{Opened, OriginOf};
use crate::config::welcome::Shared;
use crate::cost::Budget;
use crate::project::Reading;
use crate::project::journal::Start;
use crate::project::lock::Lock;
use crate::project::markers::Marked;
use crate::project::merge::Merged;
use crate::project::open::Open;
use crate::project::store::Loaded;
use crate::project::write;
use std::path::{Path, PathBuf};

/// The open project.
pub(super) enum Document {
    /// A project without a file.
    Untitled(Box<Draft>),
    /// A file on the disk.
    File(Box<OpenFile>),
    /// A file with both sides of an unfinished merge.
    Conflicted(Box<Conflicted>),
}

/// A text without a file; the first save starts from it.
pub(super) struct Draft {
    /// The text.
    pub(super) text: String,
    /// The budget in the text.
    pub(super) budget: Budget,
    /// The file that a sample extends; the first save writes it beside the new file.
    pub(super) extends: Option<Shared>,
    /// The file that it is the content of, which is gone: its edits stay those of that file.
    pub(super) gone: Option<PathBuf>,
}

/// A project file that can be read.
pub(super) struct OpenFile {
    /// The path given when it was opened; each look follows its links again.
    pub(super) path: PathBuf,
    /// The bytes that were last read or written, with their budget: the base of the next save and the next merge.
    pub(super) base: Open,
    /// Tells other sessions that this one has the file open.
    pub(super) lock: Option<Held>,
    /// The differences between screen and disk, while the question about them is open.
    pub(super) unmerged: Option<Unmerged>,
    /// The message that the last look led to.
    pub(super) told: Told,
    /// Whether the file was being written at the last look.
    pub(super) being_written: bool,
}

/// A file with conflict markers.
pub(super) struct Conflicted {
    /// The path by which it was opened.
    pub(super) path: PathBuf,
    /// Its bytes, markers included.
    pub(super) loaded: Loaded,
    /// The bytes, split at the markers.
    pub(super) marked: Marked,
    /// The file as it would be with the first side of each conflict, which the screen shows: what its edits start from.
    pub(super) first_side: Open,
    /// Tells other sessions that this one has the file open.
    pub(super) lock: Option<Held>,
    /// The message that the last look led to.
    pub(super) told: Told,
}

/// A lock and the real path of its file.
pub(super) type Held = (PathBuf, Lock);

/// Two changed versions of a file, the screen's and the disk's.
pub(super) struct Unmerged {
    /// The merge of both, with its conflicts.
    pub(super) merged: Box<Merged>,
    /// The file on the disk.
    pub(super) theirs: Box<Open>,
    /// Whether a save waits for the answer.
    pub(super) then_save: bool,
}

/// The last message about the file, so that each message is said once and not at every look.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Told {
    /// No message: the file can be used.
    #[default]
    Nothing,
    /// The file is gone.
    Gone,
    /// These bytes cannot be used.
    Unusable(Vec<u8>),
}

impl Default for Draft {
    fn default() -> Draft {
        Draft { text: write::EMPTY.to_owned(), budget: Budget::default(), extends: None, gone: None }
    }
}

impl Draft {
    /// A text that was read as a project; an empty text is a new project.
    pub(super) fn of(text: String, budget: Budget) -> Draft {
        if text == write::EMPTY { Draft::default() } else { Draft { text, budget, ..Draft::default() } }
    }
}

impl OpenFile {
    /// A file that was just read or written.
    pub(super) fn new(path: PathBuf, base: Open, lock: Option<Held>) -> OpenFile {
        OpenFile { path, base, lock, unmerged: None, told: Told::Nothing, being_written: false }
    }

    /// The file for the screen, with `budget` instead of its own.
    pub(super) fn opened(&self, budget: Budget) -> Opened {
        opened(&self.path, &self.base.reading, budget, self.base.read_only.clone())
    }
}

impl Document {
    /// The open file, if it can be read.
    pub(super) fn file(&self) -> Option<&OpenFile> {
        match self {
            Document::File(file) => Some(file),
            Document::Untitled(_) | Document::Conflicted(_) => None,
        }
    }

    /// The text that a save starts from, and its budget.
    pub(super) fn base(&self) -> (&[u8], &Budget) {
        match self {
            Document::File(file) => (&file.base.loaded.bytes, &file.base.reading.budget),
            Document::Untitled(draft) => (draft.text.as_bytes(), &draft.budget),
            Document::Conflicted(conflicted) => {
                let Open { loaded, reading, .. } = &conflicted.first_side;
                (&loaded.bytes, &reading.budget)
            }
        }
    }

    /// The key that tells this project's journal from others.
    pub(super) fn journal_base(&self) -> Base {
        let stamp = match self {
            Document::Untitled(_) => None,
            Document::File(file) => Some(file.base.loaded.stamp),
            Document::Conflicted(conflicted) => Some(conflicted.loaded.stamp),
        };
        Base { path: self.edits_of().map(Path::to_owned), stamp }
    }

    /// The file that edits are offered for when a session ends without saving them.
    fn edits_of(&self) -> Option<&Path> {
        match self {
            Document::Untitled(draft) => draft.gone.as_deref(),
            Document::File(file) => Some(&file.base.loaded.real_path),
            Document::Conflicted(conflicted) => Some(&conflicted.loaded.real_path),
        }
    }

    /// The first line of a journal: the whole text that the edits start from.
    pub(super) fn journal_start(&self) -> Start {
        Start::new(self.edits_of(), String::from_utf8_lossy(self.base().0).into_owned())
    }

    /// The files to watch: the project's own, and the files that it extends.
    pub(super) fn watched(&self) -> Vec<PathBuf> {
        match self {
            Document::Untitled(_) => Vec::new(),
            Document::Conflicted(conflicted) => vec![conflicted.path.clone(), conflicted.loaded.real_path.clone()],
            Document::File(file) => {
                let own = [file.path.clone(), file.base.loaded.real_path.clone()];
                own.into_iter().chain(file.base.reading.extends.iter().cloned()).collect()
            }
        }
    }

    /// Takes the lock out of the document; its successor keeps the lock or releases it.
    pub(super) fn take_lock(&mut self) -> Option<Held> {
        match self {
            Document::Untitled(_) => None,
            Document::File(file) => file.lock.take(),
            Document::Conflicted(conflicted) => conflicted.lock.take(),
        }
    }
}

/// A file that was read, for the screen.
pub(super) fn opened(path: &Path, reading: &Reading, budget: Budget, read_only: Option<String>) -> Opened {
    let origins = reading.origins.clone();
    Opened {
        budget,
        problems: reading.problems.clone(),
        file: Some(path.display().to_string()),
        read_only,
        origins: Some(OriginOf::new(move |key, knob, layer| origins.knob(key, knob, layer))),
        ..Opened::default()
    }
}
