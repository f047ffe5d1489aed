//! The project that is open: the bytes it was read from, the budget they held, and the way back to the disk.

use crate::app::State;
use crate::app::outcome::{Opened, OriginOf, Outcome};
use crate::cost::{Budget, Catalog};
use crate::place::{Level, Problem};
use crate::project::open::{self, Open};
use crate::project::store::{Expected, StoreErrorKind, save};
use crate::project::write;
use crate::words;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What the runtime knows of the open project beside the screen.
pub(super) struct Desk {
    catalog: &'static Catalog,
    today: Date,
    path: Option<PathBuf>,
    open: Option<Open>,
}

impl Desk {
    pub(super) fn new(catalog: &'static Catalog, today: Date) -> Desk {
        Desk { catalog, today, path: None, open: None }
    }

    pub(super) fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// A new project that has no file yet.
    pub(super) fn begin(&mut self) -> Opened {
        (self.path, self.open) = (None, None);
        Opened::default()
    }

    /// Opens a file; the project that was open stays where this fails.
    pub(super) fn open(&mut self, path: PathBuf) -> Result<Opened, Vec<Problem>> {
        let path = expanded(path);
        let open = open::open(&path, self.catalog).map_err(|problem| vec![*problem])?;
        if open.reading.unparsable() {
            return Err(open.reading.problems);
        }
        let origins = open.reading.origins.clone();
        let opened = Opened {
            budget: open.reading.budget.clone(),
            problems: open.reading.problems.clone(),
            file: Some(path.display().to_string()),
            read_only: open.read_only.clone(),
            origins: Some(OriginOf::new(move |key, knob, layer| origins.knob(key, knob, layer))),
        };
        (self.path, self.open) = (Some(path), Some(open));
        Ok(opened)
    }

    /// Reads the open project's file again.
    pub(super) fn reload(&mut self) -> Result<Opened, Vec<Problem>> {
        match self.path.clone() {
            Some(path) => self.open(path),
            None => Ok(self.begin()),
        }
    }

    /// Writes what changed into the file that was opened, unless somebody else changed it meanwhile.
    pub(super) fn save(&mut self, state: &State) -> Outcome {
        let Some(path) = self.path.clone() else {
            return Outcome::NotSaved(Problem::new(Level::Error, "no-file", words::save_no_file()));
        };
        if !state.is_dirty() {
            let file = path.display().to_string();
            return Outcome::Saved { file, pins: state.budget.pins.clone(), durable: true };
        }
        self.write(state, path, Target::Same)
    }

    /// Writes the whole project to another file and goes on with that one.
    pub(super) fn save_as(&mut self, state: &State, path: PathBuf, replace: bool) -> Outcome {
        let path = expanded(path);
        let same = self.path.as_ref().is_some_and(|open| *open == path);
        let target = match (same, replace) {
            (true, false) => Target::Same,
            (_, true) => Target::Replace,
            (false, false) => Target::New,
        };
        self.write(state, path, target)
    }

    fn write(&mut self, state: &State, path: PathBuf, target: Target) -> Outcome {
        let mut after = state.budget.clone();
        after.pins = write::pins(&state.budget, &state.estimate, self.catalog);
        let empty = Budget::default();
        let (text, before) = match &self.open {
            Some(open) => (open.loaded.bytes.as_slice(), &open.reading.budget),
            None => (write::EMPTY.as_bytes(), &empty),
        };
        let refused = |message: String| Outcome::NotSaved(Problem::new(Level::Error, "not-saved", message));
        let new = match write::updated(text, before, &after) {
            Ok(new) => new,
            Err(error) => return refused(words::save_no_place(error)),
        };
        let verify = |bytes: &[u8]| self.reads_back(&path, bytes, &after);
        let expected = match (target, &self.open) {
            (Target::Same, Some(open)) => Expected::Unchanged(&open.loaded),
            (Target::Replace, _) => Expected::Anything,
            _ => Expected::Nothing,
        };
        match save(&path, expected, &new, &verify) {
            Ok(saved) => {
                let durable = saved.durable;
                match open::read_again(saved.loaded, &path, self.catalog) {
                    Ok(mut open) => {
                        open.reading.keep_counts(&after);
                        self.open = Some(open);
                    }
                    Err(problem) => return Outcome::NotSaved(*problem),
                }
                let file = path.display().to_string();
                self.path = Some(path);
                Outcome::Saved { file, pins: after.pins, durable }
            }
            Err(error) => {
                let problem = open::store_problem(&path, &error);
                match error.kind {
                    StoreErrorKind::ChangedOnDisk | StoreErrorKind::Deleted => Outcome::Conflict(problem),
                    StoreErrorKind::Exists => Outcome::Exists { path },
                    _ => Outcome::NotSaved(problem),
                }
            }
        }
    }

    /// Whether the new text says exactly what is on screen: a save that does not read back is refused.
    fn reads_back(&self, path: &Path, bytes: &[u8], wanted: &Budget) -> Result<(), String> {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut reading = open::read_text(text, path, self.catalog);
        reading.keep_counts(wanted);
        let read = reading.budget;
        let differing = read.lines.iter().zip(&wanted.lines).find(|(read, wanted)| read != wanted);
        match differing {
            Some((_, line)) => Err(words::save_differs(&line.key)),
            None if read.lines.len() != wanted.lines.len() => Err(words::save_differs("deliverable")),
            None if read.assumptions != wanted.assumptions => Err(words::save_differs("assumptions")),
            None if read.pins != wanted.pins => Err(words::save_differs("rates")),
            None if read.name != wanted.name || read.shown != wanted.shown => Err(words::save_differs("name")),
            None => Ok(()),
        }
    }
}

#[derive(Clone, Copy)]
enum Target {
    Same,
    New,
    Replace,
}

/// A leading `~/` is the home folder, as people type it where no shell is there to expand it.
fn expanded(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path,
    }
}
