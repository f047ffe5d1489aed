//! Where the deliverables go: a new project that is printed, a new file, or a file that is there.

use super::super::Env;
use super::super::answer::{Answer, Exit};
use super::super::new::with_ending;
use super::super::open::{find, refused};
use crate::cost::budget::edit::Edit;
use crate::cost::{Budget, Catalog, SharedLine, estimate};
use crate::diagnostics::{Code, Level, Problem};
use crate::project::lock::{self, Taken};
use crate::project::open::{Open, open, read_text, store_problem};
use crate::project::store::{Expected, Saved, StoreErrorKind, save_keeping};
use crate::project::write::{self, Differs};
use crate::project::{card_write, versions};
use crate::words;
use crate::words::safe::is_hostile;
use std::path::{Path, PathBuf};

/// The project that a list is added to.
pub(super) struct Target {
    path: Option<PathBuf>,
    /// The file, if it is there.
    file: Option<Box<Open>>,
    budget: Budget,
}

/// A new project's text for a terminal: hostile characters of names, which all stand in quotes, as TOML's escapes.
fn printable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_hostile(c) {
            plain.push_str(&format!("\\u{:04X}", u32::from(c)));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A project with the list added.
pub(super) struct Written {
    /// Its text.
    pub(super) text: String,
    /// The deliverables that were added.
    pub(super) lines: Vec<SharedLine>,
    /// What the save has to say.
    pub(super) notes: Vec<Problem>,
}

impl Target {
    /// The target that `--into` names.
    ///
    /// # Errors
    /// If the file is there and cannot be written to.
    pub(super) fn of(into: Option<PathBuf>, catalog: &Catalog) -> Result<Target, Box<Answer>> {
        let into = match into.filter(|path| path.as_os_str() != "-") {
            Some(named) => Some(find(&named).map_err(|refused| Box::new(refused.answer()))?),
            None => None,
        };
        let there = into.as_ref().is_some_and(|path| path.symlink_metadata().is_ok());
        let Some(path) = into.as_ref().filter(|_| there) else {
            return Ok(Target { path: into.map(with_ending), file: None, budget: Budget::default() });
        };
        let file = open(path, catalog).map_err(|problem| Box::new(refused(*problem)))?;
        let unversioned = |problem: &Problem| problem.code == Code::VersionMissing;
        if !write::is_blank(&file.loaded.bytes) && file.reading.problems.iter().any(unversioned) {
            let mut problems = file.reading.problems;
            problems.retain(|problem| problem.level == Level::Error);
            return Err(Box::new(Answer::refused(&problems, Exit::BadInput)));
        }
        if let Some(why) = &file.read_only {
            let mut problems: Vec<Problem> = file.reading.problems.clone();
            problems.retain(|problem| problem.level == Level::Error);
            if problems.is_empty() {
                problems.push(Problem::new(Code::NotWritten, why.clone()).at(Some(path), None));
            }
            return Err(Box::new(Answer::refused(&problems, Exit::BadInput)));
        }
        let budget = file.reading.budget.clone();
        Ok(Target { path: into, file: Some(Box::new(file)), budget })
    }

    /// The file that is written, if one is.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The project as it is.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The project with these edits.
    pub(super) fn with(&self, edits: &[Edit]) -> Budget {
        let mut after = self.budget.clone();
        for edit in edits {
            edit.apply(&mut after);
        }
        after
    }

    /// Writes the project with its new deliverables, as a save of the dashboard would.
    ///
    /// # Errors
    /// If the text has no place for them, or the file cannot be written; it is then as it was.
    pub(super) fn write(&self, mut after: Budget, env: &Env<'_>, catalog: &Catalog) -> Result<Written, Box<Answer>> {
        let old = self.file.as_ref().map_or(write::EMPTY.as_bytes(), |file| &file.loaded.bytes);
        after.pins = write::pins(&after, &estimate(&after, catalog, env.today), catalog);
        after.cards = card_write::pinned(&after, catalog);
        let not_saved = |message: String| {
            let problem = Problem::new(Code::NotSaved, message).at(self.path(), None);
            Box::new(Answer::refused(&[problem], Exit::BadInput))
        };
        let new =
            write::updated(old, &self.budget, &mut after).map_err(|error| not_saved(words::save_no_place(error)))?;
        let text = String::from_utf8_lossy(&new).into_owned();
        let text = if self.path.is_some() { text } else { printable(&text) };
        let path = self.path().unwrap_or(Path::new(""));
        let reads = |_: &[u8]| {
            let mut reading = read_text(&text, path, catalog);
            reading.keep_counts(&after);
            match write::difference(&after, &reading.budget) {
                None => Ok(()),
                Some(Differs::Value(key)) => Err(words::save_differs(key)),
                Some(Differs::Unreadable(key)) => Err(words::save_unreadable(key)),
                Some(Differs::Extends) => Err(words::save_extends().to_owned()),
            }
        };
        let notes = match self.path() {
            Some(path) => self.save(path, &new, &reads, env)?,
            None => reads(&new).map(|()| Vec::new()).map_err(not_saved)?,
        };
        let lines = after.lines.iter().skip(self.budget.lines.len()).cloned().collect();
        Ok(Written { text, lines, notes })
    }

    fn save(
        &self,
        path: &Path,
        new: &[u8],
        reads: &dyn Fn(&[u8]) -> Result<(), String>,
        env: &Env<'_>,
    ) -> Result<Vec<Problem>, Box<Answer>> {
        let real = self.file.as_ref().map_or(path, |file| &file.loaded.real_path);
        // Held until the file is written. Another session merges what it finds, so its lock stops nothing.
        let lock = env.paths.locks().filter(|_| self.file.is_some()).map(|folder| lock::take(&folder, real));
        let all = env.paths.versions();
        let keep = |bytes: &[u8]| match &all {
            Some(all) => versions::keep(all, real, bytes, jiff::Timestamp::now()),
            None => Err(std::io::Error::other(words::version_nowhere())),
        };
        let expected = self.file.as_ref().map_or(Expected::Nothing, |file| Expected::Unchanged(&file.loaded));
        let saved = save_keeping(path, expected, new, reads, Some(&keep)).map_err(|error| {
            let problem = store_problem(path, &error);
            let ours = matches!(error.kind, StoreErrorKind::Refused { .. } | StoreErrorKind::ChangedOnDisk);
            let problem = if ours { problem.with_remedy(words::cli_import_again()) } else { problem };
            Box::new(match error.kind {
                // Nothing but another file, or another list, helps.
                StoreErrorKind::Refused { .. } | StoreErrorKind::ReadOnlyFile => {
                    Answer::refused(&[problem], Exit::BadInput)
                }
                _ => refused(problem),
            })
        })?;
        let Saved { durable, not_kept, .. } = saved;
        let shown = path.display();
        let mut notes = Vec::new();
        let mut note = |text: String| notes.push(Problem::new(Code::Saved, text).at(Some(path), None));
        if let Some(Taken::Theirs(holder)) = &lock {
            note(words::open_elsewhere(holder.pid, &holder.host));
        }
        if !durable {
            note(words::notice_saved_not_durable(shown));
        } else if let Some(why) = not_kept.filter(|_| all.is_some()) {
            note(words::notice_saved_not_kept(words::notice_saved(shown), why));
        }
        Ok(notes)
    }
}
