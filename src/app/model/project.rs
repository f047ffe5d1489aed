//! The open project: its values, the figures computed from them, its history and its file.
//!
//! The fields are private, so that the figures always match the values and every change of the values goes through here:
//! [`carry_out`](Project::carry_out) records a step, [`try_out`](Project::try_out) does not, and both recompute what they
//! touched.

use crate::app::model::outcome::{Opened, OriginOf};
use crate::app::model::session::Session;
use crate::cost::bill::Bills;
use crate::cost::budget::edit::{Edit, History, Step, Touched};
use crate::cost::rates::rate_card::TokenCard;
use crate::cost::{Budget, Estimate, estimate};
use crate::diagnostics::Problem;
use crate::words;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The project on screen.
#[derive(Debug, Clone)]
pub struct Project {
    budget: Budget,
    estimate: Estimate,
    bills: Bills,
    history: History,
    problems: Vec<Problem>,
    file: Option<String>,
    list: Option<PathBuf>,
    read_only: Option<String>,
    origins: Option<OriginOf>,
    disputed: bool,
}

/// Reading.
impl Project {
    /// Every setting.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The estimate of these values.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// The bills on the compared rate cards.
    #[must_use]
    pub fn bills(&self) -> &Bills {
        &self.bills
    }

    /// The history.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The problems in the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The file's name; `None` for a project without a file.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The path of the last list with rows in the project; `None` if that was pasted.
    #[must_use]
    pub fn list(&self) -> Option<&Path> {
        self.list.as_deref()
    }

    /// Why the file cannot be saved to, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The places of values in the files.
    #[must_use]
    pub fn origins(&self) -> Option<&OriginOf> {
        self.origins.as_ref()
    }

    /// Whether two sides disagree and nothing was chosen yet.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.disputed
    }
}

/// Changing.
impl Project {
    /// A project without values and without a file.
    pub(in crate::app) fn untitled(session: &Session) -> Project {
        let budget = Budget::default();
        Project {
            estimate: estimate(&budget, session.catalog, session.today),
            budget,
            bills: Bills::default(),
            history: History::default(),
            problems: Vec::new(),
            file: None,
            list: None,
            read_only: None,
            origins: None,
            disputed: false,
        }
    }

    /// Remembers the list whose rows were added.
    pub(in crate::app) fn took_list(&mut self, path: Option<PathBuf>) {
        self.list = path;
    }

    /// Replaces the project by the one in `opened`. The figures are computed in the memory of the old ones.
    pub(in crate::app) fn show(&mut self, opened: &mut Opened, session: &Session) {
        self.list = None;
        self.budget = std::mem::take(&mut opened.budget);
        self.take_file(opened);
        self.disputed = opened.disputed.is_some();
        self.history = History::default();
        self.recompute(Touched::All, session);
    }

    fn take_file(&mut self, opened: &mut Opened) {
        self.problems = std::mem::take(&mut opened.problems);
        (self.file, self.read_only) = (opened.file.take(), opened.read_only.take());
        self.origins = opened.origins.take();
    }

    /// Applies edits and records them as one step; `line` is the line selected before, which undo selects again.
    pub(in crate::app) fn carry_out(
        &mut self,
        label: String,
        edits: Vec<Edit>,
        line: Option<usize>,
        session: &Session,
    ) {
        if edits.is_empty() {
            return;
        }
        self.apply(&edits, session);
        self.history.record(Step { label, edits, line });
    }

    /// Applies an edit without a step in the history: a value that applies while it is typed or previewed.
    pub(in crate::app) fn try_out(&mut self, edit: &Edit, session: &Session) {
        self.apply([edit], session);
    }

    /// Undoes the last step and returns it; `None` if there is none.
    pub(in crate::app) fn undo(&mut self, session: &Session) -> Option<Step> {
        let step = self.history.pop_done()?;
        self.apply(step.edits.iter().rev().map(|edit| edit.clone().reversed()), session);
        Some(step)
    }

    /// Takes back the last step as if it had not been done: it cannot be redone.
    pub(in crate::app) fn take_back(&mut self, session: &Session) {
        if self.undo(session).is_some() {
            self.history.forget_undone();
        }
    }

    /// Redoes the last undone step and returns it; `None` if there is none.
    pub(in crate::app) fn redo(&mut self, session: &Session) -> Option<Step> {
        let step = self.history.pop_undone()?;
        self.apply(&step.edits, session);
        Some(step)
    }

    /// Applies the disk's budget as one step that can be undone; returns the budget before.
    pub(in crate::app) fn show_external_change(
        &mut self,
        opened: &mut Opened,
        dirty: bool,
        line: Option<usize>,
        session: &Session,
    ) -> Arc<Budget> {
        let before = Arc::new(std::mem::replace(&mut self.budget, std::mem::take(&mut opened.budget)));
        if *before != self.budget {
            let edit = Edit::Whole { before: Arc::clone(&before), after: Arc::new(self.budget.clone()) };
            self.history.record(Step { label: words::step_reloaded().to_owned(), edits: vec![edit], line });
        }
        if dirty {
            self.history.mark_unsaved();
        } else {
            self.history.mark_saved();
        }
        self.take_file(opened);
        self.disputed = false;
        self.recompute(Touched::All, session);
        before
    }

    /// Records a save: the project is in the file of this name, with these prices pinned.
    pub(in crate::app) fn saved(&mut self, file: String, pins: BTreeMap<String, TokenCard>, session: &Session) {
        if self.budget.pins != pins {
            self.budget.pins = pins;
            self.recompute(Touched::All, session);
        }
        self.history.mark_saved();
        (self.file, self.read_only) = (Some(file), None);
    }

    /// Marks the project as disputed between two sides; `read_only` says why its file cannot be saved to, if so.
    pub(in crate::app) fn dispute(&mut self, read_only: Option<String>) {
        (self.disputed, self.read_only) = (true, read_only);
    }

    /// The steps since the last call, for the journal.
    pub fn take_log(&mut self) -> Vec<Vec<Edit>> {
        self.history.take_log()
    }

    fn apply(&mut self, edits: impl IntoIterator<Item = impl Borrow<Edit>>, session: &Session) {
        let mut touched = Touched::Nothing;
        for edit in edits {
            touched = touched.and(edit.borrow().apply(&mut self.budget));
        }
        self.recompute(touched, session);
    }

    /// Recomputes what an edit touched.
    fn recompute(&mut self, touched: Touched, session: &Session) {
        let (estimate, budget, catalog, today) = (&mut self.estimate, &self.budget, session.catalog, session.today);
        match touched {
            Touched::Nothing => {}
            Touched::Cap | Touched::Bills => estimate.refresh_issues(budget, catalog, today),
            Touched::Line(index) => estimate.refresh_line(index, budget, catalog, today),
            Touched::Inserted(index) => estimate.insert_line(index, budget, catalog, today),
            Touched::Removed(index) => estimate.remove_line(index, budget, catalog, today),
            Touched::Moved { from, to } => estimate.move_line(from, to),
            Touched::All => estimate.refresh(budget, catalog, today),
        }
        match touched {
            Touched::Nothing | Touched::Cap => {}
            Touched::Line(index) => self.bills.refresh_line(index, budget, &self.estimate, catalog),
            Touched::Inserted(index) => self.bills.insert_line(index, budget, &self.estimate, catalog),
            Touched::Removed(index) => self.bills.remove_line(index, budget, &self.estimate, catalog),
            Touched::Moved { from, to } => self.bills.move_line(from, to),
            Touched::Bills | Touched::All => self.bills = Bills::of(budget, &self.estimate, catalog),
        }
    }
}
