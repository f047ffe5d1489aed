//! A save, from the budget on screen to the file, and what can stop it.
//!
//! 1. Without edits nothing is written, and "saved" is said only if the file still holds what is on screen.
//! 2. `write::pins` adds the built-in prices of models in use that are not pinned yet. `write::updated` compares the budget as
//!    it was read with the one on screen and splices the differences into the text that was read. `check::check` compares the
//!    outlines of both texts: a difference that no edit asked for refuses the save.
//! 3. [`Workspace::reads_back`] reads the new text as a project: its budget must equal the one on screen, or the save is refused.
//! 4. `store::save_keeping` replaces the file, unless another program changed it. It asks for the verdict of step 3 once the disk
//!    has shown the same bytes, so that a file in the way or gone is reported first.
//! 5. If another program changed the file, it is merged (`changes`), and the save starts again on top of the disk's content.
//! 6. The text that was written becomes the base of the next save; the journal is deleted, and the lock follows the file.

use super::extend::{inheriting, text_of};
use super::unsaved::holds_restored;
use super::{Workspace, expanded};
use crate::app::model::outcome::{OnDisk, Outcome};
use crate::app::{Action, State};
use crate::cost::Budget;
use crate::diagnostics::{Code, Problem};
use crate::project::Reading;
use crate::project::card_write;
use crate::project::open::{self, Open};
use crate::project::store::{Expected, Saved, StoreError, StoreErrorKind, load, save_keeping};
use crate::project::write::{self, Differs};
use crate::runtime::document::{Document, OpenFile};
use crate::runtime::shared_file::SharedCopy;
use crate::words;
use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

/// The target of a save.
#[derive(Clone, Copy)]
enum Target {
    /// The open file.
    Same,
    /// A file that does not exist yet.
    New,
    /// Another file, which the user agreed to replace.
    Replace,
}

impl Workspace {
    /// Writes the changes to the open file, unless another program changed it meanwhile.
    pub fn save(&mut self, state: &State) -> Outcome {
        let Some(file) = self.document.file() else {
            return Outcome::NotSaved(Problem::new(Code::NoFile, words::save_no_file(state.reach(Action::SaveAs))));
        };
        if !state.is_dirty() {
            return still_there(file, state);
        }
        let path = file.path.clone();
        self.write(state, path, Target::Same)
    }

    /// Writes the whole project to another file and continues with that one.
    pub fn save_as(&mut self, state: &State, path: PathBuf, replace: bool) -> Outcome {
        let path = expanded(path);
        let gone = matches!(std::fs::symlink_metadata(&path), Err(error) if error.kind() == io::ErrorKind::NotFound);
        // Compare real paths: another spelling of the open file must not skip the check for changes.
        let real = std::fs::canonicalize(&path).ok();
        let same = real.is_some() && real.as_ref() == self.document.file().map(|file| &file.base.loaded.real_path);
        let target = match (same, replace) {
            (true, _) => Target::Same,
            (false, true) if !gone => Target::Replace,
            (false, _) => Target::New,
        };
        self.write(state, path, target)
    }

    fn write(&mut self, state: &State, path: PathBuf, target: Target) -> Outcome {
        let read_only = self.document.file().and_then(|file| file.base.read_only.clone());
        if let (Target::Same, Some(why)) = (target, read_only) {
            return refused(why);
        }
        let catalog = self.basis.catalog;
        let mut after = state.base().clone();
        after.pins = write::pins(state.base(), state.project.base_estimate(), catalog);
        after.cards = card_write::pinned(state.base(), catalog);
        let (text, before) = self.document.base();
        let extends = state.base().extends.as_deref();
        let new = match text_of(text, before, &mut after, |text| self.read_here(text, extends, state).budget) {
            Ok(new) => new,
            Err(error) => return refused(words::save_no_place(error)),
        };
        let wanted = self.wanted(&after, &new, state);
        let (mut saved, mut reading) = match self.put(&path, target, &new, &wanted) {
            Ok(written) => written,
            Err(outcome) => return *outcome,
        };
        let (durable, in_place, pins) = (saved.durable, saved.in_place, wanted.pins.clone());
        let not_kept = self.not_kept(&mut saved);
        reading.keep_counts(&after);
        // The next edits start from the screen's values, though a team's file may differ by now.
        reading.budget = Budget { pins: pins.clone(), ..after };
        let file = path.display().to_string();
        self.recovery.saved(holds_restored(state));
        self.go_on_with(path, Open::of(saved.loaded, reading));
        Outcome::Saved { file, pins, durable, in_place, not_kept }
    }

    /// Replaces the file with a text. The budget in the text is known in advance, because the store writes exactly these bytes.
    fn put(&self, path: &Path, target: Target, new: &[u8], wanted: &Budget) -> Result<(Saved, Reading), Box<Outcome>> {
        let copy = self
            .put_extended(path, target, wanted.extends.as_deref())
            .map_err(|problem| Box::new(Outcome::NotSaved(*problem)))?;
        let read = self.reads_back(path, new, wanted);
        let verdict = |_: &[u8]| read.as_ref().map(|_| ()).map_err(|problem| problem.message.clone());
        let expected = match (target, self.document.file()) {
            (Target::Same, Some(file)) => Expected::Unchanged(&file.base.loaded),
            (Target::Replace, _) => Expected::Anything,
            _ => Expected::Nothing,
        };
        let keep = self.keeps(path);
        let saved = save_keeping(path, expected, new, &verdict, Some(&keep)).inspect_err(|_| copy.take_away());
        match (saved, read) {
            (Ok(saved), Ok(reading)) => Ok((saved, reading)),
            (Ok(_) | Err(StoreError { kind: StoreErrorKind::Refused { .. }, .. }), Err(problem)) => {
                Err(Box::new(Outcome::NotSaved(*problem)))
            }
            (Err(error), _) => Err(Box::new(not_saved(path, error))),
        }
    }

    /// Continues with the saved file, which may be another one than before.
    fn go_on_with(&mut self, path: PathBuf, base: Open) {
        self.remember(&path);
        // If someone else has it open, that was said on opening, or is told to whoever opens it second.
        let (lock, _somebody_else) = self.lock(&base.loaded.real_path);
        self.document = Document::File(Box::new(OpenFile::new(path, base, lock)));
    }

    /// Writes the file that a sample extends beside the new project, which still `extends` it; not if the user is asked about
    /// that project's file first.
    fn put_extended(&self, path: &Path, target: Target, extends: Option<&str>) -> Result<SharedCopy, Box<Problem>> {
        match &self.document {
            Document::Untitled(draft) if matches!(target, Target::Replace) || !path.exists() => {
                let shared = draft.extends.filter(|_| extends.is_some() && extends == draft.budget.extends.as_deref());
                shared.map_or_else(|| Ok(SharedCopy::default()), |shared| SharedCopy::beside(path, shared))
            }
            _ => Ok(SharedCopy::default()),
        }
    }

    /// The budget that the new text must have: the screen's own values, and the inherited values as they are now. A team's file
    /// may have changed while the project was open, and that must not block the save.
    fn wanted<'a>(&self, after: &'a Budget, new: &[u8], state: &State) -> Cow<'a, Budget> {
        if after.extends != self.document.base().1.extends && after.extends.is_some() {
            let reading = self.read_here(&String::from_utf8_lossy(new), after.extends.as_deref(), state);
            return Cow::Owned(inheriting(after, state.base(), &reading));
        }
        match self.document.file() {
            Some(OpenFile { path, base, .. }) if !base.reading.extends.is_empty() => {
                let text = std::str::from_utf8(&base.loaded.bytes).unwrap_or_default();
                let now = open::read_text(text, path, self.basis.catalog).budget;
                Cow::Owned(write::inheriting(after, &base.reading.budget, now))
            }
            _ => Cow::Borrowed(after),
        }
    }

    /// The budget in the new text, if it equals the one on screen; else why the save is refused.
    fn reads_back(&self, path: &Path, bytes: &[u8], wanted: &Budget) -> Result<Reading, Box<Problem>> {
        let unlike = |reason: String| {
            let kind = StoreErrorKind::Refused { reason };
            Box::new(open::store_problem(path, &StoreError { path: path.to_owned(), kind, cause: None }))
        };
        let text = std::str::from_utf8(bytes).map_err(|error| unlike(error.to_string()))?;
        let reading = self.basis.read(text, path, wanted);
        match write::difference(wanted, &reading.budget) {
            None => Ok(reading),
            Some(Differs::Value(key)) => Err(unlike(words::save_differs(key))),
            // The file or the folder causes this, not a fault of the program.
            Some(Differs::Unreadable(key)) => Err(Box::new(not_saved_because(words::save_unreadable(key)))),
            Some(Differs::Extends) => Err(Box::new(not_saved_because(words::save_extends().to_owned()))),
        }
    }
}

/// Nothing to write; but "saved" is said only if the file exists and holds what is on screen.
fn still_there(file: &OpenFile, state: &State) -> Outcome {
    let path = &file.path;
    let (on_disk, kind) = match load(path) {
        Ok(now) if now.bytes == file.base.loaded.bytes => {
            let file = path.display().to_string();
            return Outcome::Saved {
                file,
                pins: state.base().pins.clone(),
                durable: true,
                in_place: false,
                not_kept: None,
            };
        }
        Err(error) if matches!(error.kind, StoreErrorKind::Missing | StoreErrorKind::DanglingLink { .. }) => {
            (OnDisk::Deleted, StoreErrorKind::Deleted)
        }
        Err(error) if !matches!(error.kind, StoreErrorKind::TooLarge { .. } | StoreErrorKind::NotUtf8 { .. }) => {
            return Outcome::NotSaved(open::store_problem(path, &error));
        }
        Ok(_) | Err(_) => (OnDisk::Changed, StoreErrorKind::ChangedOnDisk),
    };
    let error = StoreError { path: path.to_owned(), kind, cause: None };
    Outcome::Conflict(on_disk, open::store_problem(path, &error))
}

fn refused(message: String) -> Outcome {
    Outcome::NotSaved(not_saved_because(message))
}

fn not_saved_because(message: String) -> Problem {
    Problem::new(Code::NotSaved, message)
}

/// The outcome of a failed save: a question if an answer would help, else the reason.
fn not_saved(path: &Path, error: StoreError) -> Outcome {
    let conflict = |on_disk| Outcome::Conflict(on_disk, open::store_problem(path, &error));
    match error.kind {
        StoreErrorKind::ChangedOnDisk => conflict(OnDisk::Changed),
        StoreErrorKind::LedElsewhere { .. } => conflict(OnDisk::LedElsewhere),
        StoreErrorKind::Deleted => conflict(OnDisk::Deleted),
        // A folder or a pipe cannot be replaced, so do not offer it.
        StoreErrorKind::Exists if !path.is_file() => {
            let refusal = load(path).err().unwrap_or(error);
            Outcome::NotSaved(open::store_problem(path, &refusal))
        }
        StoreErrorKind::Exists => Outcome::Exists { path: path.to_owned() },
        _ => Outcome::NotSaved(open::store_problem(path, &error)),
    }
}
