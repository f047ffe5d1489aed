//! What other programs do to the open file, and to those that it extends, while the project is on screen.
//!
//! Whatever is found, nothing of the screen is dropped and nothing of the disk overwritten: changes are reloaded, merged
//! field by field with the edits made here, or shown as disputes.

use super::super::watch::QUIET;
use super::{Desk, Start};
use crate::app::State;
use crate::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use crate::app::model::outcome::{Brought, Effect, Opened, OriginOf, Outcome};
use crate::cost::{Budget, estimate};
use crate::diagnostics::{Level, Problem};
use crate::project::Reading;
use crate::project::merge::markers::{self, Marked};
use crate::project::merge::{Merged, Side, markers::Keep as Kept, merge};
use crate::project::open::{self, Open};
use crate::project::splice::render_path;
use crate::project::store::{Expected, Loaded, StoreErrorKind, load, save};
use crate::project::write;
use crate::words;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Two versions between which nothing is decided yet.
pub(super) enum Pending {
    /// The screen's and the file's.
    Screen { merged: Box<Merged>, theirs: Box<Open>, then_save: bool },
    /// The two sides of an unfinished merge in the file.
    Markers { path: PathBuf, loaded: Loaded, marked: Marked },
}

impl Desk {
    /// Does what an effect asks of the disk; none where it asks nothing of it, or nothing came of it. A save that finds the file
    /// changed merges first.
    pub fn carry_out(&mut self, state: &State, effect: Effect) -> Option<Outcome> {
        Some(match effect {
            Effect::Save => {
                let outcome = self.save(state);
                self.or_merged(state, outcome)
            }
            Effect::SaveAs { path, replace } => {
                let outcome = self.save_as(state, path, replace);
                self.or_merged(state, outcome)
            }
            Effect::Open(path) => opened(self.open(path)),
            Effect::ReadList(path) => self.read_list(path),
            Effect::Versions => self.versions(),
            Effect::OpenVersion(path) => opened(self.open_version(&path)),
            Effect::Reload => opened(self.reload()),
            Effect::New => Outcome::Opened(Box::new(self.begin())),
            Effect::Sample(name) => opened(self.begin_with(&name)),
            Effect::Look => return self.look(state, false),
            Effect::Weigh(choices) => return self.weigh(state, &choices),
            Effect::Resolve(choices) => return self.resolve(state, &choices),
            Effect::OpenRecovered => self.open_recovered(),
            Effect::HoldRecovered => {
                self.recovery.hold_offered();
                return None;
            }
            Effect::DropRecovered => {
                self.recovery.drop_offered();
                return None;
            }
            Effect::Quit => {
                self.close();
                return None;
            }
            Effect::Copy(_) | Effect::Suspend => return None,
        })
    }

    /// What is to be done about a save that found the file changed.
    fn or_merged(&mut self, state: &State, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Conflict(problem) if problem.code == "changed-on-disk" => {
                self.look(state, true).unwrap_or(Outcome::Conflict(problem))
            }
            outcome => outcome,
        }
    }

    /// Whether the last look came upon a file that was being written, so that another one is due.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.unsettled
    }

    /// The files whose changes matter: the project, and those that it extends.
    #[must_use]
    pub fn watched(&self) -> Vec<PathBuf> {
        if let Some(Pending::Markers { path, loaded, .. }) = &self.pending {
            return vec![path.clone(), loaded.real_path.clone()];
        }
        let own = self.path.iter().cloned().chain(self.open.iter().map(|open| open.loaded.real_path.clone()));
        own.chain(self.open.iter().flat_map(|open| open.reading.extends.clone())).collect()
    }

    /// Looks at the disk; none where it says what was read. With `then_save`, a save waits for the answer.
    pub fn look(&mut self, state: &State, then_save: bool) -> Option<Outcome> {
        self.unsettled = false;
        if let Some(Pending::Markers { path, loaded, marked }) = &self.pending {
            return match load(path) {
                Ok(now) if now.bytes == loaded.bytes => {
                    Some(Outcome::Disputed(Box::new(self.of_markers(path, marked))))
                }
                Ok(_) => Some(opened(self.open(path.clone()))),
                Err(_) => None,
            };
        }
        let (path, base) = (self.path.clone()?, &self.open.as_ref()?.loaded.bytes);
        let now = match load(&path) {
            Ok(now) => now,
            Err(error) => {
                let gone = matches!(error.kind, StoreErrorKind::Missing | StoreErrorKind::DanglingLink { .. });
                let said = gone != self.gone;
                self.gone = gone;
                return (said || !gone).then(|| {
                    let problem = open::store_problem(&path, &error);
                    let text =
                        if gone { words::disk_gone(path.display()) } else { words::disk_unreadable(problem.message) };
                    Outcome::Said(Level::Warning, text)
                });
            }
        };
        self.gone = false;
        if now.bytes == *base {
            self.changed_bytes = None;
            return self.look_above(state, &path);
        }
        if !then_save && is_being_written(&now) {
            self.unsettled = true;
            return None;
        }
        // What cannot be used now is said once, not at every look.
        let again = self.changed_bytes.as_ref() == Some(&now.bytes) && !then_save;
        self.changed_bytes = Some(now.bytes.clone());
        let theirs = match open::read_again(now, &path, self.catalog) {
            // The first thing that most programs do to a file is to empty it.
            Ok(open) if open.loaded.bytes.trim_ascii().is_empty() => {
                return (!again).then(|| broken(&path, None, then_save));
            }
            Ok(open) if !open.reading.unparsable() => open,
            Ok(open) if !state.is_dirty() && markers_of(&open).is_some() => {
                return Some(opened(self.open(path)));
            }
            Ok(open) => return (!again).then(|| broken(&path, open.reading.problems.first(), then_save)),
            Err(problem) => return (!again).then(|| broken(&path, Some(&problem), then_save)),
        };
        if state.is_dirty() {
            return Some(self.merge(state, theirs, then_save));
        }
        let budget = theirs.reading.budget.clone();
        // There was nothing to save: what was read is what the file holds.
        Some(self.bring(&path, theirs, budget, false, false))
    }

    /// The files above may have changed while the project's own did not.
    fn look_above(&mut self, state: &State, path: &Path) -> Option<Outcome> {
        let open = self.open.as_mut().filter(|open| !open.reading.extends.is_empty())?;
        let text = std::str::from_utf8(&open.loaded.bytes).unwrap_or_default();
        let mut reading = open::read_text(text, path, self.catalog);
        reading.keep_counts(&open.reading.budget);
        if reading.budget == open.reading.budget {
            return None;
        }
        let budget = write::inheriting(state.budget(), &open.reading.budget, reading.budget.clone());
        open.reading = reading;
        let opened = opened_as(path, &open.reading, budget, open.read_only.clone());
        let brought = Box::new(Brought { opened, dirty: state.is_dirty(), merged: false });
        Some(Outcome::Brought { brought, then_save: false })
    }

    /// From now on the file is what `theirs` says; the screen shows `budget`.
    fn bring(&mut self, path: &Path, theirs: Open, budget: Budget, merged: bool, then_save: bool) -> Outcome {
        let dirty = budget != theirs.reading.budget;
        let opened = opened_as(path, &theirs.reading, budget, theirs.read_only.clone());
        self.open = Some(theirs);
        (self.pending, self.changed_bytes) = (None, None);
        let brought = Box::new(Brought { opened, dirty, merged });
        Outcome::Brought { brought, then_save }
    }

    fn merge(&mut self, state: &State, theirs: Open, then_save: bool) -> Outcome {
        let changed = |path: &Path| {
            Problem::new(Level::Error, "changed-on-disk", words::store_changed(path.display()))
                .with_remedy(words::store_changed_remedy())
        };
        let (Some(path), Some(base)) = (self.path.clone(), &self.open) else {
            return Outcome::Said(Level::Warning, String::new());
        };
        let mine = write::updated(&base.loaded.bytes, &base.reading.budget, &mut state.budget().clone());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let merged =
            mine.ok().and_then(|mine| merge(&text(&base.loaded.bytes), &text(&mine), &text(&theirs.loaded.bytes)).ok());
        let Some(merged) = merged else { return Outcome::Conflict(changed(&path)) };
        if merged.conflicts.is_empty() {
            let reading = self.read(&merged.text, &path, state);
            // Each side may be well and both together more than a project holds: what cannot be read is no project without lines.
            if reading.unparsable() {
                return Outcome::Conflict(changed(&path));
            }
            return self.bring(&path, theirs, reading.budget, true, then_save);
        }
        let disputes = merged.conflicts.iter().map(|conflict| Dispute {
            place: render_path(conflict.path()),
            mine: conflict.said_by(Side::Mine),
            theirs: conflict.said_by(Side::Theirs),
            base: conflict.said_by(Side::Base),
        });
        let names = [words::side_screen(), words::side_disk()].map(str::to_owned);
        let mut resolving = Resolving::new(Between::ScreenAndDisk, names, disputes.collect());
        resolving.total = self.weighed(&merged.text, &path, state).0;
        self.pending = Some(Pending::Screen { merged: Box::new(merged), theirs: Box::new(theirs), then_save });
        Outcome::Disputed(Box::new(resolving))
    }

    /// What these choices come to.
    pub fn weigh(&self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        let path = match &self.pending {
            Some(Pending::Markers { path, .. }) => path.clone(),
            _ => self.path.clone()?,
        };
        let (total, refused) = match self.chosen(choices) {
            Some(text) => self.weighed(&text, &path, state),
            None => (words::unknown().to_owned(), Some(words::resolve_not_by_field().to_owned())),
        };
        Some(Outcome::Weighed { total, refused })
    }

    /// Takes the choices: the screen goes on with them, or the file gets rid of its markers.
    pub fn resolve(&mut self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        let text = self.chosen(choices);
        match self.pending.take()? {
            Pending::Screen { merged, theirs, then_save } => {
                let path = self.path.clone()?;
                let Some(text) = text else {
                    self.pending = Some(Pending::Screen { merged, theirs, then_save });
                    return self.weigh(state, choices);
                };
                // The disk may have moved on while the question stood: then it is asked anew.
                if load(&path).map(|now| now.bytes).ok().as_ref() != Some(&theirs.loaded.bytes) {
                    return self.look(state, then_save);
                }
                let reading = self.read(&text, &path, state);
                if reading.unparsable() {
                    self.pending = Some(Pending::Screen { merged, theirs, then_save });
                    return self.weigh(state, choices);
                }
                Some(self.bring(&path, *theirs, reading.budget, true, then_save))
            }
            Pending::Markers { path, loaded, marked } => {
                let saved = self.unmarked(&path, &loaded, &text.unwrap_or_default());
                if let Err(problem) = saved {
                    self.pending = Some(Pending::Markers { path, loaded, marked });
                    return Some(Outcome::Weighed {
                        total: words::unknown().to_owned(),
                        refused: Some(problem.message),
                    });
                }
                Some(match self.open(path) {
                    Ok(opened) => Outcome::Resolved { opened: Box::new(opened), count: marked.regions().count() },
                    Err(problems) => Outcome::NotOpened(problems),
                })
            }
        }
    }

    /// Writes a file that held markers, if nobody wrote it since and it can be read now.
    fn unmarked(&self, path: &Path, loaded: &Loaded, text: &str) -> Result<(), Box<Problem>> {
        let reading = open::read_text(text, path, self.catalog);
        if let (true, Some(problem)) = (reading.unparsable(), reading.problems.first()) {
            return Err(Box::new(problem.clone()));
        }
        let saved = save(path, Expected::Unchanged(loaded), text.as_bytes(), &|_| Ok(()));
        saved.map(|_| ()).map_err(|error| Box::new(open::store_problem(path, &error)))
    }

    fn chosen(&self, choices: &[Keep]) -> Option<String> {
        match &self.pending {
            Some(Pending::Screen { merged, .. }) => {
                let side = |keep: &Keep| match keep {
                    Keep::Mine | Keep::Both => Side::Mine,
                    Keep::Theirs => Side::Theirs,
                    Keep::Base => Side::Base,
                };
                merged.resolved(&choices.iter().map(side).collect::<Vec<_>>()).ok()
            }
            Some(Pending::Markers { marked, .. }) => {
                let kept = |keep: &Keep| match keep {
                    Keep::Mine => Kept::Ours,
                    Keep::Theirs => Kept::Theirs,
                    Keep::Both => Kept::Both,
                    Keep::Base => Kept::Base,
                };
                Some(marked.resolved(&choices.iter().map(kept).collect::<Vec<_>>()))
            }
            None => None,
        }
    }

    fn read(&self, text: &str, path: &Path, state: &State) -> Reading {
        let mut reading = open::read_text(text, path, self.catalog);
        reading.keep_counts(state.budget());
        reading
    }

    /// The total of a text, and why it is no project, if it is none.
    fn weighed(&self, text: &str, path: &Path, state: &State) -> (String, Option<String>) {
        let reading = self.read(text, path, state);
        if reading.unparsable() {
            let why = reading.problems.first().map(Problem::one_line).unwrap_or_default();
            return (words::unknown().to_owned(), Some(words::resolve_no_project(why)));
        }
        let total = estimate(&reading.budget, self.catalog, self.today).totals.total;
        let shown = &reading.budget.shown;
        (total.map_or_else(|| words::unknown().to_owned(), |usd| words::number::shown(shown, usd)), None)
    }

    /// Opens a file in which git left conflict markers: its first side on screen, and the question which lines to keep.
    pub(super) fn open_marked(&mut self, path: PathBuf, open: Open) -> Result<Opened, Vec<Problem>> {
        let Some(marked) = markers_of(&open) else { return Err(open.reading.problems) };
        let ours = marked.resolved(&[]);
        let reading = open::read_text(&ours, &path, self.catalog);
        let mut resolving = self.of_markers(&path, &marked);
        let state = State::new(Opened::default(), self.catalog, self.today, Vec::new());
        (resolving.total, resolving.refused) = self.weighed(&ours, &path, &state);
        let read_only = Some(words::read_only_markers().to_owned());
        let mut opened = opened_as(&path, &reading, reading.budget.clone(), read_only);
        opened.disputed = Some(Box::new(resolving));
        (self.path, self.open) = (None, None);
        self.start = Some(Start { text: ours, budget: reading.budget, extends: None });
        self.pending = Some(Pending::Markers { path, loaded: open.loaded, marked });
        Ok(opened)
    }

    fn of_markers(&self, path: &Path, marked: &Marked) -> Resolving {
        let lines = |text: &str| (!text.trim().is_empty()).then(|| text.trim_matches(['\r', '\n']).to_owned());
        let disputes = marked.regions().map(|region| Dispute {
            place: match &region.table {
                Some(table) => words::dispute_in_table(table, region.line),
                None => words::dispute_line(region.line),
            },
            mine: lines(&region.ours),
            theirs: lines(&region.theirs),
            base: region.base.as_deref().map(|base| lines(base).unwrap_or_default()),
        });
        let first = marked.regions().next();
        let name = |label: Option<&String>, name: &str| {
            label
                .filter(|label| !label.is_empty() && *label != name)
                .map_or(name.to_owned(), |label| format!("{name} ({label})"))
        };
        let names = [
            name(first.map(|region| &region.ours_label), words::side_ours()),
            name(first.map(|region| &region.theirs_label), words::side_theirs()),
        ];
        let mut resolving = Resolving::new(Between::Markers, names, disputes.collect());
        let state = State::new(Opened::default(), self.catalog, self.today, Vec::new());
        (resolving.total, resolving.refused) = self.weighed(&marked.resolved(&[]), path, &state);
        resolving
    }
}

fn opened(result: Result<Opened, Vec<Problem>>) -> Outcome {
    match result {
        Ok(opened) => Outcome::Opened(Box::new(opened)),
        Err(problems) => Outcome::NotOpened(problems),
    }
}

fn markers_of(open: &Open) -> Option<Marked> {
    markers::parse(std::str::from_utf8(&open.loaded.bytes).ok()?)
}

/// Whether a file changed just now, or while it was read: the rest may be on its way. A time to come is another clock's.
fn is_being_written(loaded: &Loaded) -> bool {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified());
    let Ok(changed) = changed(&loaded.real_path) else { return true };
    let as_read = changed.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let moved = i128::try_from(as_read).is_ok_and(|now| now != loaded.stamp.mtime_ns);
    moved || changed.elapsed().is_ok_and(|ago| ago < QUIET)
}

/// The file cannot be used as it is now: somebody may be in the middle of writing it.
fn broken(path: &Path, problem: Option<&Problem>, then_save: bool) -> Outcome {
    let why = problem.map_or_else(|| words::disk_empty().to_owned(), |problem| problem.message.clone());
    if then_save {
        let problem = Problem::new(Level::Error, "changed-on-disk", words::disk_broken(path.display(), why));
        return Outcome::Conflict(problem.with_remedy(words::disk_broken_remedy()));
    }
    Outcome::Said(Level::Warning, words::disk_broken(path.display(), why))
}

/// A reading of a file as the screen takes it.
pub(super) fn opened_as(path: &Path, reading: &Reading, budget: Budget, read_only: Option<String>) -> Opened {
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
