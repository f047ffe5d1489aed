//! The runtime's own state: the open project, and its way to the disk and back.
//!
//! [`Workspace::carry_out`] does what an effect asks of the disk and returns the outcome. `save` writes, `changes` answers what
//! other programs do to the file, `conflict` a merge that git left unfinished, `unsaved` keeps edits that are not saved, and
//! `versions` what a save replaced.

mod changes;
mod conflict;
mod extend;
mod save;
mod unsaved;
mod versions;

use self::changes::Why;
use super::document::{Document, Draft, Held, OpenFile};
use super::recovery::Recovery;
use crate::app::State;
use crate::app::model::outcome::{Effect, Opened, Outcome};
use crate::config::paths::Paths;
use crate::config::welcome::EmbeddedFiles;
use crate::config::{state, welcome};
use crate::cost::{Budget, Catalog, estimate};
use crate::diagnostics::{Code, Problem};
use crate::figures;
use crate::project::lock::{self, Holder, Taken};
use crate::project::open;
use crate::project::store::sweep;
use crate::project::{DiskPrompts, Reading, read};
use crate::system::folders;
use crate::words;
use jiff::civil::Date;
use std::mem;
use std::path::{Path, PathBuf};

/// The open project, as the runtime knows it.
pub struct Workspace {
    basis: Basis,
    document: Document,
    paths: Option<Paths>,
    lists_recent: bool,
    recovery: Recovery,
    /// Whether the user was told that other sessions cannot see this one.
    said_untold: bool,
}

/// The inputs for reading and estimating a text.
#[derive(Clone, Copy)]
struct Basis {
    catalog: &'static Catalog,
    today: Date,
}

impl Basis {
    /// Reads a text, with the prompt tokens of `shown`: a changed prompt file is not a change of the project.
    fn read(self, text: &str, path: &Path, shown: &Budget) -> Reading {
        let mut reading = open::read_text(text, path, self.catalog);
        reading.keep_counts(shown);
        reading
    }

    /// The total of a text, and why it is no project, if it is none.
    fn weigh(self, text: &str, path: &Path, shown: &Budget) -> (String, Option<String>) {
        let reading = self.read(text, path, shown);
        if reading.unparsable() {
            let why = reading.problems.first().map(Problem::one_line).unwrap_or_default();
            return (words::unknown().to_owned(), Some(words::resolve_no_project(why)));
        }
        (self.total(&reading.budget), None)
    }

    fn total(self, budget: &Budget) -> String {
        figures::total_text(&budget.shown, &estimate(budget, self.catalog, self.today).totals)
    }
}

impl Workspace {
    /// A workspace with a new project.
    #[must_use]
    pub fn new(catalog: &'static Catalog, today: Date) -> Workspace {
        Workspace {
            basis: Basis { catalog, today },
            document: Document::Untitled(Box::default()),
            paths: None,
            lists_recent: false,
            recovery: Recovery::default(),
            said_untold: false,
        }
    }

    /// The same workspace with the user's own folders: it keeps the list of recent projects there, edits that are not saved,
    /// earlier versions of files, and which of them are open.
    #[must_use]
    pub fn remembering(self, paths: Paths) -> Workspace {
        Workspace { recovery: Recovery::new(paths.journals()), paths: Some(paths), lists_recent: true, ..self }
    }

    /// The same workspace, leaving the list of recent projects alone until [`Workspace::list_recent`]: it waits for the disk.
    #[must_use]
    pub fn not_listing_yet(self) -> Workspace {
        Workspace { lists_recent: false, ..self }
    }

    /// Puts the open project on the list of recent ones, and from now on each that is opened or saved.
    pub fn list_recent(&mut self) {
        self.lists_recent = true;
        if let Some(file) = self.document.file() {
            self.remember(&file.path);
        }
    }

    /// Adds the project to the recent list; write errors are ignored.
    fn remember(&self, path: &Path) {
        if let Some(paths) = self.paths.as_ref().filter(|_| self.lists_recent) {
            _ = state::remember(paths, path);
        }
    }

    /// Built-in prices and starting points.
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.basis.catalog
    }

    /// The day that stale prices are measured from.
    #[must_use]
    pub fn today(&self) -> Date {
        self.basis.today
    }

    /// The files whose changes matter: the project, and those that it extends.
    #[must_use]
    pub fn watched(&self) -> Vec<PathBuf> {
        self.document.watched()
    }

    /// Does what an effect asks of the disk. `None` if it asks nothing of it, or there is nothing to say.
    pub fn carry_out(&mut self, state: &State, effect: Effect) -> Option<Outcome> {
        Some(match effect {
            Effect::Save => {
                let outcome = self.save(state);
                self.merge_if_changed(state, outcome)
            }
            Effect::SaveAs { path, replace } => {
                let outcome = self.save_as(state, path, replace);
                match self.merge_if_changed(state, outcome) {
                    Outcome::NotSaved(problem) => Outcome::NotSaved(problem.in_field()),
                    outcome => outcome,
                }
            }
            Effect::Open(path) => {
                outcome(self.open(path).map_err(|problems| problems.into_iter().map(Problem::in_field).collect()))
            }
            Effect::Versions => self.versions(),
            Effect::OpenVersion(path) => outcome(self.open_version(&path)),
            Effect::Reload => outcome(self.reload()),
            Effect::New => Outcome::Opened(Box::new(self.new_untitled())),
            Effect::Sample(name) => outcome(self.new_from_sample(&name)),
            Effect::Look => return self.look(state, false),
            Effect::AskAgain => return self.look_because(state, Why::Asked),
            Effect::Extend(wanted) => self.extend(state, wanted),
            Effect::Retrace => return self.retrace(state),
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
            Effect::RememberTheme(name) => {
                if let Some(paths) = &self.paths {
                    _ = state::remember_theme(paths, &name);
                }
                return None;
            }
            Effect::Quit => {
                self.close();
                return None;
            }
            Effect::ReadList(_) | Effect::UnderCap(_) | Effect::Copy(_) | Effect::Suspend => return None,
        })
    }

    /// A new project that has no file yet.
    pub fn new_untitled(&mut self) -> Opened {
        self.leave_for(Draft::default());
        Opened::default()
    }

    /// A new project that starts as a sample does; saved, it keeps the sample's comments, and what the sample extends is
    /// put beside it.
    ///
    /// # Errors
    /// If no sample has this name.
    pub fn new_from_sample(&mut self, sample: &str) -> Result<Opened, Vec<Problem>> {
        let Some(found) = welcome::samples().find(|known| known.name == sample) else {
            return Err(vec![Problem::new(Code::NoSample, words::no_sample(sample))]);
        };
        let file = Path::new(sample);
        let reading = read(found.text, Some(file), self.basis.catalog, &mut EmbeddedFiles, &mut DiskPrompts::new(file));
        let (text, budget) = (found.text.to_owned(), reading.budget.clone());
        self.leave_for(Draft { text, budget, extends: found.extends, gone: None });
        let along = found.extends.map(|shared| words::sample_extends(shared.path));
        let along = along.map(|text| Problem::new(Code::SampleExtends, text));
        let problems = reading.problems.into_iter().chain(along).collect();
        Ok(Opened { budget: reading.budget, problems, ..Opened::default() })
    }

    /// Goes on with a project without a file. What was open is left on purpose: its edits are saved or dropped.
    fn leave_for(&mut self, draft: Draft) {
        self.recovery.end();
        self.document = Document::Untitled(Box::new(draft));
    }

    /// Opens a file. If that fails, the project that is open stays open. A file that is gone comes back if a session left edits
    /// of it.
    ///
    /// # Errors
    /// Why the file cannot be read, or that it is no TOML.
    pub fn open(&mut self, path: PathBuf) -> Result<Opened, Vec<Problem>> {
        let path = open::find(&expanded(path)).map_err(|problem| vec![*problem])?;
        let base = match open::open(&path, self.basis.catalog) {
            Ok(base) => base,
            Err(problem) => return self.open_gone(&path).map_err(|waiting| with_note(vec![*problem], waiting)),
        };
        if base.reading.unparsable() {
            return self.open_conflicted(path, base);
        }
        self.remember(&path);
        self.recovery.end();
        let real_path = &base.loaded.real_path;
        if let Some(folder) = real_path.parent() {
            sweep(folder);
        }
        let (lock, notice) = self.lock(real_path);
        let file = OpenFile::new(path, base, lock);
        let mut opened = Opened { notice, ..file.opened(file.base.reading.budget.clone()) };
        if opened.read_only.is_none() {
            self.offer_unsaved(&file, &mut opened);
        } else {
            let waiting = self.waiting(&file.base.loaded.real_path, words::recovery_waits_newer);
            opened.notice = waiting.or(opened.notice);
        }
        self.document = Document::File(Box::new(file));
        Ok(opened)
    }

    /// The lock of a file, which stays locked if the open document holds its lock already; else who has it open.
    fn lock(&mut self, real_path: &Path) -> (Option<Held>, Option<String>) {
        if let Some(held) = self.held(real_path) {
            return (Some(held), None);
        }
        let Some(folder) = self.paths.as_ref().and_then(Paths::locks) else { return (None, None) };
        match lock::take(&folder, real_path) {
            Taken::Ours(lock) => (Some((real_path.to_owned(), lock)), None),
            Taken::Theirs(Holder { pid: 0, .. }) => (None, Some(words::open_elsewhere_unnamed().to_owned())),
            Taken::Theirs(holder) => (None, Some(words::open_elsewhere(holder.pid, &holder.host))),
            Taken::None => (None, None),
            Taken::Blocked(error) => {
                let first = !mem::replace(&mut self.said_untold, true);
                (None, first.then(|| words::open_untold(error)))
            }
        }
    }

    /// The open document's lock, if it is this file's; any other one is let go.
    fn held(&mut self, real_path: &Path) -> Option<Held> {
        self.document.take_lock().filter(|(held, _)| held == real_path)
    }

    /// Reads the open project's file again.
    ///
    /// # Errors
    /// As for opening; what is on screen stays.
    pub fn reload(&mut self) -> Result<Opened, Vec<Problem>> {
        let path = match &self.document {
            Document::Untitled(_) => return Ok(self.new_untitled()),
            Document::File(file) => file.path.clone(),
            Document::Conflicted(conflicted) => conflicted.path.clone(),
        };
        self.open(path)
    }

    /// The project is left on purpose, with everything in it saved or dropped.
    pub fn close(&mut self) {
        self.recovery.end();
        drop(self.document.take_lock());
    }
}

fn outcome(result: Result<Opened, Vec<Problem>>) -> Outcome {
    match result {
        Ok(opened) => Outcome::Opened(Box::new(opened)),
        Err(problems) => Outcome::NotOpened(problems),
    }
}

/// Why a file cannot be opened, and that unsaved edits of it are kept all the same.
fn with_note(mut problems: Vec<Problem>, waiting: Option<String>) -> Vec<Problem> {
    problems.extend(waiting.map(|text| Problem::new(Code::UnsavedEdits, text)));
    problems
}

/// A leading `~/` is the home folder, as people type it where no shell is there to expand it.
pub(super) fn expanded(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), folders::home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}
