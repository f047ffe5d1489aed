//! The project that is open: the bytes it was read from, the budget they held, and the way back to the disk.

mod keeping;
mod outside;

use super::recovery::Recovery;
use crate::app::model::outcome::{Opened, Outcome};
use crate::app::{Action, State};
use crate::config::paths::Paths;
use crate::config::welcome::{OnBoard, Shared};
use crate::config::{state, welcome};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Level, Problem};
use crate::project::Reading;
use crate::project::card_write;
use crate::project::lock::Lock;
use crate::project::open::{self, Open};
use crate::project::store::{Expected, StoreError, StoreErrorKind, load, save_keeping};
use crate::project::versions;
use crate::project::write::{self, Differs};
use crate::project::{DiskPrompts, read};
use crate::runtime::external_change::Brought;
use crate::system::folders;
use crate::words;
use jiff::civil::Date;
use std::borrow::Cow;
use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

/// What the runtime knows of the open project beside the screen.
pub struct Desk {
    catalog: &'static Catalog,
    today: Date,
    paths: Option<Paths>,
    path: Option<PathBuf>,
    open: Option<Open>,
    /// What a project without a file started from.
    start: Option<Start>,
    /// Two versions between which nothing is decided yet.
    pending: Option<outside::Pending>,
    /// What the file said when it could not be used.
    changed_bytes: Option<Vec<u8>>,
    /// Whether the file was gone at the last look.
    gone: bool,
    /// Whether the last look came upon a file that was being written.
    unsettled: bool,
    lists_recent: bool,
    recovery: Recovery,
    /// Says to other sessions that this one has the file open.
    lock: Option<(PathBuf, Lock)>,
}

/// A sample that has been opened and not been saved yet.
struct Start {
    text: String,
    budget: Budget,
    extends: Option<Shared>,
}

impl Desk {
    /// A desk with nothing on it.
    #[must_use]
    pub fn new(catalog: &'static Catalog, today: Date) -> Desk {
        Desk {
            catalog,
            today,
            paths: None,
            path: None,
            open: None,
            start: None,
            pending: None,
            changed_bytes: None,
            gone: false,
            unsettled: false,
            lists_recent: false,
            recovery: Recovery::default(),
            lock: None,
        }
    }

    /// The same desk with the user's own folders: it keeps the list of recent projects there, edits that are not saved,
    /// earlier versions of files, and which of them are open.
    #[must_use]
    pub fn remembering(self, paths: Paths) -> Desk {
        Desk { recovery: Recovery::new(paths.journals()), paths: Some(paths), lists_recent: true, ..self }
    }

    /// The same desk, leaving the list of recent projects alone until [`Desk::list_recent`]: it waits for the disk.
    #[must_use]
    pub fn not_listing_yet(self) -> Desk {
        Desk { lists_recent: false, ..self }
    }

    /// Puts the open project on the list of recent ones, and from now on each that is opened or saved.
    pub fn list_recent(&mut self) {
        self.lists_recent = true;
        if let Some(path) = &self.path {
            self.remember(path);
        }
    }

    /// Built-in prices and starting points.
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// The day that stale prices are measured from.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// A new project that has no file yet.
    pub fn begin(&mut self) -> Opened {
        self.close();
        (self.path, self.open, self.start, self.pending) = (None, None, None, None);
        Opened::default()
    }

    /// A new project that starts as a sample does; saved, it keeps the sample's comments, and what the sample extends is
    /// put beside it.
    ///
    /// # Errors
    /// That there is no sample of this name.
    pub fn begin_with(&mut self, sample: &str) -> Result<Opened, Vec<Problem>> {
        let Some(found) = welcome::samples().find(|known| known.name == sample) else {
            return Err(vec![Problem::new(Level::Error, "no-sample", words::no_sample(sample))]);
        };
        self.begin();
        let file = Path::new(sample);
        let reading = read(found.text, Some(file), self.catalog, &mut OnBoard, &mut DiskPrompts::new(file));
        let (text, budget) = (found.text.to_owned(), reading.budget.clone());
        self.start = Some(Start { text, budget, extends: found.extends });
        let along = found.extends.map(|shared| words::sample_extends(shared.path));
        let along = along.map(|text| Problem::new(Level::Note, "sample-extends", text));
        let problems = reading.problems.into_iter().chain(along).collect();
        Ok(Opened { budget: reading.budget, problems, ..Opened::default() })
    }

    /// Opens a file; the project that was open stays where this fails. A file that is gone is brought back where a session left
    /// edits of it.
    ///
    /// # Errors
    /// Why the file cannot be read, or that it is no TOML.
    pub fn open(&mut self, path: PathBuf) -> Result<Opened, Vec<Problem>> {
        let path = expanded(path);
        let open = match open::open(&path, self.catalog) {
            Ok(open) => open,
            Err(problem) => return self.of_a_gone_file(&path).ok_or_else(|| vec![*problem]),
        };
        if open.reading.unparsable() {
            return self.open_marked(path, open);
        }
        let budget = open.reading.budget.clone();
        let mut opened = outside::opened_as(&path, &open.reading, budget, open.read_only.clone());
        self.remember(&path);
        self.recovery.end();
        self.open = Some(open);
        self.settle_in(&path, &mut opened);
        (self.path, self.start) = (Some(path), None);
        (self.pending, self.changed_bytes, self.gone) = (None, None, false);
        Ok(opened)
    }

    /// Puts the project on the list of recent ones; a list that cannot be written is nobody's trouble while budgeting.
    fn remember(&self, path: &Path) {
        if let Some(paths) = self.paths.as_ref().filter(|_| self.lists_recent) {
            _ = state::remember(paths, path);
        }
    }

    /// Reads the open project's file again.
    ///
    /// # Errors
    /// As for opening; what is on screen stays.
    pub fn reload(&mut self) -> Result<Opened, Vec<Problem>> {
        match self.path.clone() {
            Some(path) => self.open(path),
            None => Ok(self.begin()),
        }
    }

    /// Reads a list of deliverables; refused as a project's file would be.
    #[must_use]
    pub fn read_list(&self, path: PathBuf) -> Outcome {
        let path = expanded(path);
        let text = load(&path).map(|loaded| String::from_utf8_lossy(&loaded.bytes).into_owned());
        match text {
            Ok(text) => Outcome::List { text },
            Err(error) => Outcome::NotOpened(vec![open::store_problem(&path, &error)]),
        }
    }

    /// Writes what changed into the file that was opened, unless somebody else changed it meanwhile.
    pub fn save(&mut self, state: &State) -> Outcome {
        let Some(path) = self.path.clone() else {
            return Outcome::NotSaved(Problem::new(
                Level::Error,
                "no-file",
                words::save_no_file(state.reach(Action::SaveAs)),
            ));
        };
        if !state.is_dirty() {
            return self.still_there(state, &path);
        }
        self.write(state, path, Target::Same)
    }

    /// Nothing to write; but "saved" is said only of a file that is there and holds what is on screen.
    fn still_there(&self, state: &State, path: &Path) -> Outcome {
        let base = self.open.as_ref().map(|open| open.loaded.bytes.as_slice());
        let kind = match load(path) {
            Ok(now) if Some(now.bytes.as_slice()) == base => {
                let file = path.display().to_string();
                return Outcome::Saved { file, pins: state.budget().pins.clone(), durable: true, in_place: false };
            }
            Err(error) if matches!(error.kind, StoreErrorKind::Missing | StoreErrorKind::DanglingLink { .. }) => {
                StoreErrorKind::Deleted
            }
            Err(error) if !matches!(error.kind, StoreErrorKind::TooLarge { .. } | StoreErrorKind::NotUtf8 { .. }) => {
                return Outcome::NotSaved(open::store_problem(path, &error));
            }
            Ok(_) | Err(_) => StoreErrorKind::ChangedOnDisk,
        };
        Outcome::Conflict(open::store_problem(path, &StoreError { path: path.to_owned(), kind, cause: None }))
    }

    /// Writes the whole project to another file and goes on with that one.
    pub fn save_as(&mut self, state: &State, path: PathBuf, replace: bool) -> Outcome {
        let path = expanded(path);
        let gone = matches!(std::fs::symlink_metadata(&path), Err(error) if error.kind() == io::ErrorKind::NotFound);
        // However it is spelled: the open file is replaced only while nobody else has changed it.
        let real = std::fs::canonicalize(&path).ok();
        let same = real.is_some() && real.as_ref() == self.open.as_ref().map(|open| &open.loaded.real_path);
        let target = match (same, replace) {
            (true, _) => Target::Same,
            (false, true) if !gone => Target::Replace,
            (false, _) => Target::New,
        };
        self.write(state, path, target)
    }

    fn write(&mut self, state: &State, path: PathBuf, target: Target) -> Outcome {
        let read_only = self.open.as_ref().and_then(|open| open.read_only.clone());
        if let (Target::Same, Some(why)) = (target, read_only) {
            return refused(why);
        }
        let mut after = state.budget().clone();
        after.pins = write::pins(state.budget(), state.estimate(), self.catalog);
        after.cards = card_write::pinned(state.budget(), self.catalog);
        let empty = Budget::default();
        let (text, before) = match &self.open {
            Some(open) => (open.loaded.bytes.as_slice(), &open.reading.budget),
            None => match &self.start {
                Some(start) => (start.text.as_bytes(), &start.budget),
                None => (write::EMPTY.as_bytes(), &empty),
            },
        };
        let new = match write::updated(text, before, &mut after) {
            Ok(new) => new,
            Err(error) => return refused(words::save_no_place(error)),
        };
        let wanted = self.wanted(&after);
        let (differs, read) = (RefCell::new(None), RefCell::new(None));
        let verify = |bytes: &[u8]| {
            *read.borrow_mut() = Some(self.reads_back(&path, bytes, &wanted, &differs)?);
            Ok(())
        };
        let expected = match (target, &self.open) {
            (Target::Same, Some(open)) => Expected::Unchanged(&open.loaded),
            (Target::Replace, _) => Expected::Anything,
            _ => Expected::Nothing,
        };
        let place = self.version_place(&path);
        let keep = |bytes: &[u8]| match &place {
            Some((all, real)) => versions::keep(all, real, bytes, jiff::Timestamp::now()),
            None => Err(io::ErrorKind::NotFound.into()),
        };
        let saved = match self.extended(&path, target) {
            Ok(brought) => {
                save_keeping(&path, expected, &new, &verify, Some(&keep)).inspect_err(|_| brought.take_away())
            }
            Err(problem) => return Outcome::NotSaved(*problem),
        };
        match saved {
            Ok(saved) => {
                let (durable, in_place, pins) = (saved.durable, saved.in_place, wanted.pins.clone());
                // What was just written has just been read; reading it once more would say the same.
                let opened = match read.take().filter(|_| saved.loaded.bytes == new) {
                    Some(reading) => Ok(Open::of(saved.loaded, reading)),
                    None => open::read_again(saved.loaded, &path, self.catalog),
                };
                match opened {
                    Ok(mut open) => {
                        open.reading.keep_counts(&after);
                        // What the screen shows is what the next edits start from, though a team's file may say otherwise by now.
                        open.reading.budget = Budget { pins: pins.clone(), ..after };
                        self.open = Some(open);
                    }
                    Err(problem) => return Outcome::NotSaved(*problem),
                }
                self.remember(&path);
                self.recovery.end();
                self.lock_saved();
                let file = path.display().to_string();
                self.path = Some(path);
                Outcome::Saved { file, pins, durable, in_place }
            }
            Err(error) => not_saved(path, error, differs.take()),
        }
    }

    /// Puts what a sample extends beside the file that it becomes; not where that file will be asked about first.
    fn extended(&self, path: &Path, target: Target) -> Result<Brought, Box<Problem>> {
        let extends = self.start.as_ref().filter(|_| self.open.is_none()).and_then(|start| start.extends);
        match extends {
            Some(shared) if matches!(target, Target::Replace) || !path.exists() => Brought::beside(path, shared),
            _ => Ok(Brought::default()),
        }
    }

    /// What the new text has to say: the screen's own values, and what is inherited as it is inherited at this moment. A team's
    /// file may have changed while the project was open, and that must not keep the project from being saved.
    fn wanted<'a>(&self, after: &'a Budget) -> Cow<'a, Budget> {
        match (&self.open, &self.path) {
            (Some(open), Some(path)) if !open.reading.extends.is_empty() => {
                let text = std::str::from_utf8(&open.loaded.bytes).unwrap_or_default();
                let now = open::read_text(text, path, self.catalog).budget;
                Cow::Owned(write::inheriting(after, &open.reading.budget, now))
            }
            _ => Cow::Borrowed(after),
        }
    }

    /// What the new text says, which is exactly what is on screen: a save that does not read back is refused.
    fn reads_back(
        &self,
        path: &Path,
        bytes: &[u8],
        wanted: &Budget,
        differs: &RefCell<Option<Differs>>,
    ) -> Result<Reading, String> {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut reading = open::read_text(text, path, self.catalog);
        reading.keep_counts(wanted);
        *differs.borrow_mut() = write::difference(wanted, &reading.budget);
        match &*differs.borrow() {
            Some(Differs::Value(key) | Differs::Unreadable(key)) => Err(words::save_differs(key)),
            Some(Differs::Extends) => Err(words::save_extends().to_owned()),
            None => Ok(reading),
        }
    }
}

fn refused(message: String) -> Outcome {
    Outcome::NotSaved(Problem::new(Level::Error, "not-saved", message))
}

/// What became of a save that failed: a question where an answer would help, else why.
fn not_saved(path: PathBuf, error: StoreError, differs: Option<Differs>) -> Outcome {
    match (error.kind.clone(), differs) {
        // The file's or the folder's doing, not a fault of the program.
        (_, Some(Differs::Unreadable(key))) => refused(words::save_unreadable(key)),
        (_, Some(Differs::Extends)) => refused(words::save_extends().to_owned()),
        (StoreErrorKind::ChangedOnDisk | StoreErrorKind::LedElsewhere { .. } | StoreErrorKind::Deleted, _) => {
            Outcome::Conflict(open::store_problem(&path, &error))
        }
        // Offering to replace a folder or a pipe would offer what is then refused.
        (StoreErrorKind::Exists, _) if !path.is_file() => {
            let refusal = load(&path).err().unwrap_or(error);
            Outcome::NotSaved(open::store_problem(&path, &refusal))
        }
        (StoreErrorKind::Exists, _) => Outcome::Exists { path },
        _ => Outcome::NotSaved(open::store_problem(&path, &error)),
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
    match (path.strip_prefix("~"), folders::home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}
