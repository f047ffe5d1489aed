//! The project read again: another program's change of its file, another team file, the places of values.

use super::Project;
use crate::app::model::outcome::Opened;
use crate::app::model::session::Session;
use crate::cost::Budget;
use crate::cost::budget::edit::{Edit, Step, Touched};
use crate::words;
use std::sync::Arc;

impl Project {
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
            let scenario = [None, None];
            let label = words::step_reloaded().to_owned();
            self.history.record(Step { label, edits: vec![edit], line, scenario, keeps: false });
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

    /// Replaces the project by the one with another team file, as one step.
    pub(in crate::app) fn extend(
        &mut self,
        opened: &mut Opened,
        label: String,
        line: Option<usize>,
        session: &Session,
    ) {
        let before = Arc::new(std::mem::replace(&mut self.budget, std::mem::take(&mut opened.budget)));
        let edit = Edit::Whole { before, after: Arc::new(self.budget.clone()) };
        let key = self.scenario().map(str::to_owned);
        self.history.record(Step { label, edits: vec![edit], line, scenario: [key.clone(), key], keeps: false });
        self.retrace(opened);
        self.recompute(Touched::All, session);
    }

    /// Takes the places of values and the problems of a text that says what is on screen.
    pub(in crate::app) fn retrace(&mut self, opened: &mut Opened) {
        self.problems = std::mem::take(&mut opened.problems);
        self.origins = opened.origins.take();
    }
}
