//! The project that is open, in one of its three states; each holds what that state has, and nothing else.
//!
//! A new project, a sample and a copy of an earlier version are [`Document::Untitled`] until a save gives them a file. A file
//! that can be read is [`Document::File`]. One in which git left conflict markers is [`Document::Conflicted`] until a side
//! is chosen for every conflict and the file is written without markers.

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
    /// It has no file yet.
    Untitled(Box<Draft>),
    /// It is a file on the disk.
    File(Box<OpenFile>),
    /// Its file holds the two sides of an unfinished merge.
    Conflicted(Box<Conflicted>),
}

/// A text without a file, which the first save starts from.
pub(super) struct Draft {
    /// The text.
    pub(super) text: String,
    /// What the text says.
    pub(super) budget: Budget,
    /// What a sample extends; the first save puts it beside the new file.
    pub(super) extends: Option<Shared>,
}

/// A project file that can be read.
pub(super) struct OpenFile {
    /// The path by which it was opened; links are followed at each look.
    pub(super) path: PathBuf,
    /// The bytes that were last read or written, and what they say: what the next save and the next merge start from.
    pub(super) base: Open,
    /// Tells other sessions that this one has the file open.
    pub(super) lock: Option<Held>,
    /// What the screen and the disk disagree on, while the question about it is open.
    pub(super) unmerged: Option<Unmerged>,
    /// What the last look found that a person was told about.
    pub(super) told: Told,
    /// Whether somebody was writing the file at the last look.
    pub(super) being_written: bool,
}

/// A file with conflict markers.
pub(super) struct Conflicted {
    /// The path by which it was opened.
    pub(super) path: PathBuf,
    /// Its bytes, markers included.
    pub(super) loaded: Loaded,
    /// The bytes taken apart at the markers.
    pub(super) marked: Marked,
    /// The text with the first side of each conflict, which the screen shows.
    pub(super) first_side: Draft,
    /// The lock, if the file was open before the markers came.
    pub(super) lock: Option<Held>,
}

/// A lock and the real path of its file.
pub(super) type Held = (PathBuf, Lock);

/// Two changed versions of a file, the screen's and the disk's.
pub(super) struct Unmerged {
    /// Both together, and where they disagree.
    pub(super) merged: Box<Merged>,
    /// The file as the disk has it.
    pub(super) theirs: Box<Open>,
    /// Whether a save waits for the answer.
    pub(super) then_save: bool,
}

/// What a person was told about the file, so that it is said once and not at every look.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing: it can be used.
    #[default]
    Nothing,
    /// It is gone.
    Gone,
    /// These bytes cannot be used.
    Unusable(Vec<u8>),
}

impl Default for Draft {
    fn default() -> Draft {
        Draft { text: write::EMPTY.to_owned(), budget: Budget::default(), extends: None }
    }
}

impl Draft {
    /// A text that was read as a project; a text that says nothing is a new project.
    pub(super) fn of(text: String, budget: Budget) -> Draft {
        if text == write::EMPTY { Draft::default() } else { Draft { text, budget, extends: None } }
    }
}

impl OpenFile {
    /// A file that was just read or written.
    pub(super) fn new(path: PathBuf, base: Open, lock: Option<Held>) -> OpenFile {
        OpenFile { path, base, lock, unmerged: None, told: Told::Nothing, being_written: false }
    }

    /// The file as the screen takes it, with `budget` in place of its own.
    pub(super) fn opened(&self, budget: Budget) -> Opened {
        opened(&self.path, &self.base.reading, budget, self.base.read_only.clone())
    }
}

impl Document {
    /// The file that is open, if it can be read.
    pub(super) fn file(&self) -> Option<&OpenFile> {
        match self {
            Document::File(file) => Some(file),
            Document::Untitled(_) | Document::Conflicted(_) => None,
        }
    }

    /// The text that a save starts from, and what it says.
    pub(super) fn base(&self) -> (&[u8], &Budget) {
        match self {
            Document::File(file) => (&file.base.loaded.bytes, &file.base.reading.budget),
            Document::Untitled(draft) => (draft.text.as_bytes(), &draft.budget),
            Document::Conflicted(conflicted) => (conflicted.first_side.text.as_bytes(), &conflicted.first_side.budget),
        }
    }

    /// What tells the journal of this project from another one's.
    pub(super) fn journal_base(&self) -> Base {
        let loaded = self.file().map(|file| &file.base.loaded);
        Base { path: loaded.map(|loaded| loaded.real_path.clone()), stamp: loaded.map(|loaded| loaded.stamp) }
    }

    /// The first line of a journal: the whole text that the edits start from.
    pub(super) fn journal_start(&self) -> Start {
        let real_path = self.file().map(|file| file.base.loaded.real_path.as_path());
        Start::new(real_path, String::from_utf8_lossy(self.base().0).into_owned())
    }

    /// The files whose changes matter: the project's own, and those that it extends.
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

    /// Takes the lock out of the document; what follows it keeps the lock or lets go of it.
    pub(super) fn take_lock(&mut self) -> Option<Held> {
        match self {
            Document::Untitled(_) => None,
            Document::File(file) => file.lock.take(),
            Document::Conflicted(conflicted) => conflicted.lock.take(),
        }
    }
}

/// A reading of a file as the screen takes it.
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
