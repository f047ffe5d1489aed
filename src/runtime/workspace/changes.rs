//! How changes by other programs are handled, in the open file and in the files that it extends.
//!
//! 1. The watch wakes the loop, or the terminal gets the focus; on systems without notices the loop looks every three seconds.
//!    Once the file is quiet and no input is half done on screen, the loop asks for a look.
//! 2. [`OpenFile::look`] compares bytes. Equal: only the files above may have changed. Just written: the next look is due soon.
//!    Broken, empty or gone: a message says so, once.
//! 3. Without edits here, the disk's budget goes on screen as one step, and older steps stay valid.
//! 4. With edits, `write::updated` makes the text that a save would write, and `merge` combines three texts: the common base,
//!    this one and the disk's. The disk's text becomes the base of the next save; only a save writes.
//! 5. Values that both sides changed become a question ([`Resolving`]). Its choices are weighed, and applied once every value has
//!    one.
//!
//! In every case, no edit on screen is dropped and no change on the disk is overwritten.

use super::conflict::{markers_of, weighed};
use super::extend::text_of;
use super::{Basis, Workspace, outcome};
use crate::app::State;
use crate::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use crate::app::model::outcome::{ExternalChange, How, OnDisk, Outcome};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Code, Level, Problem};
use crate::project::merge::{Side, merge};
use crate::project::open::{self, Open};
use crate::project::splice::render_path;
use crate::project::store::{Loaded, StoreError, StoreErrorKind, load};
use crate::project::write;
use crate::runtime::document::{Document, OpenFile, Told, Unmerged};
use crate::system::watch::QUIET;
use crate::words;
use std::mem;
use std::path::Path;
use std::time::SystemTime;

/// The reason for a look at the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The file may have changed. A postponed question is asked again only if the file or the edits changed since.
    Changed,
    /// A person wants to be asked again.
    Asked,
    /// A save waits for the answer.
    Save,
}

/// The result of a look at a file.
enum Found {
    /// The bytes that were read last.
    Same,
    /// A project with other values.
    Changed(Box<Open>),
    /// A merge that git left unfinished.
    Conflicted,
    /// Nothing to go on with, and the message about it, unless it was said before.
    Nothing(Option<Box<Outcome>>),
}

/// The result of the user's choices between screen and disk.
pub(super) enum Answer {
    /// They are applied, or cannot be.
    Outcome(Box<Outcome>),
    /// The disk changed while the question was open: look at the file again.
    Late {
        /// Whether a save waits for the answer.
        then_save: bool,
    },
}

impl Workspace {
    /// Looks at the disk. `None` if the file is as it was read. With `then_save`, a save waits for the answer.
    pub fn look(&mut self, state: &State, then_save: bool) -> Option<Outcome> {
        self.look_because(state, if then_save { Why::Save } else { Why::Changed })
    }

    /// The same, with what the look is for.
    pub(super) fn look_because(&mut self, state: &State, why: Why) -> Option<Outcome> {
        let (basis, then_save) = (self.basis, why == Why::Save);
        let file = match &mut self.document {
            Document::Untitled(_) => return None,
            Document::Conflicted(_) => return self.look_at_conflicted(state, why),
            Document::File(file) => file,
        };
        match file.look(state.is_dirty(), then_save, basis.catalog) {
            Found::Same => file.look_above(state, basis),
            Found::Changed(theirs) if state.is_dirty() => {
                let put_off = why == Why::Changed && file.has_asked_about(&theirs);
                let outcome = file.merge(state, *theirs, then_save, basis);
                (!put_off || !matches!(outcome, Outcome::Disputed { .. })).then_some(outcome)
            }
            Found::Changed(theirs) => {
                let budget = theirs.reading.budget.clone();
                // There was nothing to save: the file holds what was read.
                Some(file.take_over(*theirs, budget, How::Reloaded, false))
            }
            Found::Conflicted => {
                let path = file.path.clone();
                Some(outcome(self.open(path)))
            }
            Found::Nothing(said) => said.map(|said| *said),
        }
    }

    /// Merges if a save found the file changed; other outcomes pass through.
    pub(super) fn merge_if_changed(&mut self, state: &State, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Conflict(OnDisk::Changed, problem) => {
                self.look(state, true).unwrap_or(Outcome::Conflict(OnDisk::Changed, problem))
            }
            outcome => outcome,
        }
    }

    /// Whether the file was being written at the last look, so that another look is due.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.document.file().is_some_and(|file| file.being_written)
    }
}

impl OpenFile {
    fn look(&mut self, dirty: bool, then_save: bool, catalog: &Catalog) -> Found {
        self.being_written = false;
        let now = match load(&self.path) {
            Ok(now) => now,
            Err(error) => return Found::Nothing(self.not_loaded(&error).map(Box::new)),
        };
        if self.told == Told::Gone {
            self.told = Told::Nothing;
        }
        if now.bytes == self.base.loaded.bytes {
            self.told = Told::Nothing;
            return Found::Same;
        }
        if !then_save && is_being_written(&now) {
            self.being_written = true;
            return Found::Nothing(None);
        }
        let bytes = now.bytes.clone();
        let problem = match open::read_again(now, &self.path, catalog) {
            // Most programs empty a file before they write it.
            Ok(open) if open.loaded.bytes.trim_ascii().is_empty() => None,
            Ok(open) if !open.reading.unparsable() => {
                self.told = Told::Nothing;
                return Found::Changed(Box::new(open));
            }
            Ok(open) if !dirty && markers_of(&open).is_some() => return Found::Conflicted,
            Ok(open) => open.reading.problems.into_iter().next(),
            Err(problem) => Some(*problem),
        };
        // Say it once, not at every look.
        let unusable = Told::Unusable(bytes);
        let again = mem::replace(&mut self.told, unusable) == self.told && !then_save;
        Found::Nothing((!again).then(|| Box::new(broken(&self.path, problem.as_ref(), then_save))))
    }

    /// Whether the question about this content is open, or was put off.
    fn has_asked_about(&self, theirs: &Open) -> bool {
        self.unmerged.as_ref().is_some_and(|unmerged| unmerged.theirs.loaded.bytes == theirs.loaded.bytes)
    }

    /// Reports a file that is gone, once.
    fn not_loaded(&mut self, error: &StoreError) -> Option<Outcome> {
        let gone = matches!(error.kind, StoreErrorKind::Missing | StoreErrorKind::DanglingLink { .. });
        let text = match (gone, &self.told) {
            (true, Told::Gone) => return None,
            (true, _) => {
                self.told = Told::Gone;
                words::disk_gone(self.path.display())
            }
            (false, told) => {
                if *told == Told::Gone {
                    self.told = Told::Nothing;
                }
                words::disk_unreadable(open::store_problem(&self.path, error).message)
            }
        };
        Some(Outcome::Said(Level::Warning, text))
    }

    /// The files above may have changed although the project's own did not.
    fn look_above(&mut self, state: &State, basis: Basis) -> Option<Outcome> {
        if self.base.reading.extends.is_empty() {
            return None;
        }
        let text = std::str::from_utf8(&self.base.loaded.bytes).unwrap_or_default();
        let before = &self.base.reading.budget;
        let reading = basis.read(text, &self.path, before);
        if reading.budget == *before {
            return None;
        }
        let budget = write::inheriting(state.base(), before, reading.budget.clone());
        self.base.reading = reading;
        let change =
            Box::new(ExternalChange { opened: self.opened(budget), dirty: state.is_dirty(), how: How::Reloaded });
        Some(Outcome::ExternalChange { change, then_save: false })
    }

    /// Makes `theirs` the file's content from now on; the screen shows `budget`.
    fn take_over(&mut self, theirs: Open, budget: Budget, how: How, then_save: bool) -> Outcome {
        let dirty = budget != theirs.reading.budget;
        self.base = theirs;
        self.unmerged = None;
        let change = Box::new(ExternalChange { opened: self.opened(budget), dirty, how });
        Outcome::ExternalChange { change, then_save }
    }

    /// Merges the edits made here with the changes made elsewhere, or asks about those that exclude each other.
    pub(super) fn merge(&mut self, state: &State, theirs: Open, then_save: bool, basis: Basis) -> Outcome {
        let changed = |path: &Path| {
            Outcome::Conflict(
                OnDisk::Changed,
                Problem::new(Code::ChangedOnDisk, words::store_changed(path.display()))
                    .with_remedy(words::store_changed_remedy()),
            )
        };
        let base = &self.base;
        let read = |text: &str| basis.read(text, &self.path, state.base()).budget;
        let mine = text_of(&base.loaded.bytes, &base.reading.budget, &mut state.base().clone(), read);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let merged =
            mine.ok().and_then(|mine| merge(&text(&base.loaded.bytes), &text(&mine), &text(&theirs.loaded.bytes)).ok());
        let Some(merged) = merged else { return changed(&self.path) };
        if merged.conflicts.is_empty() {
            let reading = basis.read(&merged.text, &self.path, state.base());
            // Each side may be valid and the merge still exceed a project's limits: an unreadable text is not an empty project.
            if reading.unparsable() {
                return changed(&self.path);
            }
            return self.take_over(theirs, reading.budget, How::Merged(Vec::new()), then_save);
        }
        let disputes = merged.conflicts.iter().map(|conflict| Dispute {
            place: render_path(conflict.path()),
            mine: conflict.said_by(Side::Mine),
            theirs: conflict.said_by(Side::Theirs),
            base: conflict.said_by(Side::Base),
        });
        let names = [words::side_screen(), words::side_disk()].map(str::to_owned);
        let mut resolving = Resolving::new(Between::ScreenAndDisk, names, disputes.collect());
        resolving.total = basis.weigh(&merged.text, &self.path, state.base()).0;
        self.unmerged = Some(Unmerged { merged: Box::new(merged), theirs: Box::new(theirs), then_save });
        Outcome::Disputed { resolving: Box::new(resolving), read_only: self.base.read_only.clone() }
    }

    /// The total that these choices lead to.
    pub(super) fn weigh(&self, state: &State, choices: &[Keep], basis: Basis) -> Outcome {
        weighed(match self.unmerged.as_ref().and_then(|unmerged| unmerged.chosen(choices)) {
            Some(text) => basis.weigh(&text, &self.path, state.base()),
            None => (words::unknown().to_owned(), Some(words::resolve_not_by_field().to_owned())),
        })
    }

    /// Applies the choices to the screen. `None` if there is no question.
    pub(super) fn resolve(&mut self, state: &State, choices: &[Keep], basis: Basis) -> Option<Answer> {
        let unmerged = self.unmerged.take()?;
        if let Some(text) = unmerged.chosen(choices) {
            if load(&self.path).map(|now| now.bytes).ok().as_ref() != Some(&unmerged.theirs.loaded.bytes) {
                return Some(Answer::Late { then_save: unmerged.then_save });
            }
            let reading = basis.read(&text, &self.path, state.base());
            if !reading.unparsable() {
                let how = How::Merged(choices.to_vec());
                let taken = self.take_over(*unmerged.theirs, reading.budget, how, unmerged.then_save);
                return Some(Answer::Outcome(Box::new(taken)));
            }
        }
        self.unmerged = Some(unmerged);
        Some(Answer::Outcome(Box::new(self.weigh(state, choices, basis))))
    }
}

impl Unmerged {
    /// The text that these choices lead to. `None` if the conflict cannot be decided value by value.
    fn chosen(&self, choices: &[Keep]) -> Option<String> {
        let side = |keep: &Keep| match keep {
            Keep::Mine | Keep::Both => Side::Mine,
            Keep::Theirs => Side::Theirs,
            Keep::Base => Side::Base,
        };
        self.merged.resolved(&choices.iter().map(side).collect::<Vec<_>>()).ok()
    }
}

/// Whether a file changed just now, or while it was read: the rest may still be coming. A time in the future is from another
/// clock.
fn is_being_written(loaded: &Loaded) -> bool {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified());
    let Ok(changed) = changed(&loaded.real_path) else { return true };
    let as_read = changed.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let moved = i128::try_from(as_read).is_ok_and(|now| now != loaded.stamp.mtime_ns);
    moved || changed.elapsed().is_ok_and(|ago| ago < QUIET)
}

/// The file cannot be used as it is now: another program may be in the middle of writing it.
fn broken(path: &Path, problem: Option<&Problem>, then_save: bool) -> Outcome {
    let why = problem.map_or_else(|| words::disk_empty().to_owned(), |problem| problem.message.clone());
    if then_save {
        let problem = Problem::new(Code::ChangedOnDisk, words::disk_broken(path.display(), why));
        return Outcome::Conflict(OnDisk::Changed, problem.with_remedy(words::disk_broken_remedy()));
    }
    Outcome::Said(Level::Warning, words::disk_broken(path.display(), why))
}
