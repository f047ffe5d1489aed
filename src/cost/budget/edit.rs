//! Edits as values that can be reversed, and the undo history.

use crate::cost::base::money::Shown;
use crate::cost::budget::budget::Budget;
use crate::cost::budget::fee::Fee;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::line::Line;
use crate::cost::budget::named_risk::NamedRisk;
use crate::cost::budget::scenario::{Baseline, Scenario};
use crate::cost::budget::settings::Setting;
use crate::cost::rates::card::Inputs;
use crate::cost::rates::rate_card::TokenCard;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which settings an edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The project's assumptions.
    Assumptions,
    /// A deliverable, by its index.
    Line(usize),
}

/// A text that the user can edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// The project's name.
    ProjectName,
    /// The client.
    Client,
    /// The project's notes.
    Notes,
    /// A deliverable's name.
    LineName(usize),
}

/// One change, with the values needed to reverse it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A knob was set or unset.
    Knob {
        /// Whose settings.
        scope: Scope,
        /// Which knob.
        knob: Knob,
        /// The setting before.
        before: Option<Setting>,
        /// The setting after.
        after: Option<Setting>,
    },
    /// A text was changed.
    Text {
        /// Which text.
        field: TextField,
        /// The text before.
        before: Option<String>,
        /// The text after.
        after: Option<String>,
    },
    /// A deliverable was added.
    Insert {
        /// Its index.
        index: usize,
        /// The deliverable.
        line: Box<Line>,
    },
    /// A deliverable was removed.
    Remove {
        /// Its index.
        index: usize,
        /// The deliverable.
        line: Box<Line>,
    },
    /// A deliverable was moved.
    Move {
        /// Its old index.
        from: usize,
        /// Its new index.
        to: usize,
    },
    /// A deliverable's position in the file was changed.
    Position {
        /// Its index.
        index: usize,
        /// The position before.
        before: Option<i64>,
        /// The position after.
        after: Option<i64>,
    },
    /// Another program's version replaced the whole budget; prices that a save pinned meanwhile are kept.
    Whole {
        /// The budget before.
        before: Arc<Budget>,
        /// The budget after.
        after: Arc<Budget>,
    },
    /// Some pinned prices were replaced; the others are kept, also those that a save pins meanwhile.
    Pins {
        /// The pinned prices before.
        before: BTreeMap<String, TokenCard>,
        /// The pinned prices after.
        after: BTreeMap<String, TokenCard>,
    },
    /// The compared rate cards were changed.
    Compare {
        /// The names of the compared cards before.
        before: Vec<String>,
        /// The names of the compared cards after.
        after: Vec<String>,
    },
    /// The project's own part of a fee was changed.
    Fee {
        /// The fee.
        name: String,
        /// What the project said of it before; `None` if nothing.
        before: Option<Box<Fee>>,
        /// What the project says of it after; `None` if nothing.
        after: Option<Box<Fee>>,
    },
    /// The project's own part of a named risk was changed.
    Risk {
        /// The risk.
        key: String,
        /// What the project said of it before; `None` if nothing.
        before: Option<Box<NamedRisk>>,
        /// What the project says of it after; `None` if nothing.
        after: Option<Box<NamedRisk>>,
    },
    /// A scenario was added, changed or removed.
    Scenario {
        /// The scenario.
        key: String,
        /// The scenario before; `None` if there was none.
        before: Option<Arc<Scenario>>,
        /// The scenario after; `None` if there is none.
        after: Option<Arc<Scenario>>,
    },
    /// What scenarios are compared with was changed.
    Baseline {
        /// The baseline before.
        before: Box<Baseline>,
        /// The baseline after.
        after: Box<Baseline>,
    },
    /// What a card of the project says about reference images and prompts was changed.
    Inputs {
        /// The card, by name in files.
        card: String,
        /// What it said before; `None` if nothing.
        before: Option<Inputs>,
        /// What it says after; `None` if nothing.
        after: Option<Inputs>,
    },
    /// The duration of the work was changed.
    Months {
        /// The months before; `None` if not set.
        before: Option<u32>,
        /// The months after; `None` if not set.
        after: Option<u32>,
    },
    /// The currency of totals was changed, or its rate.
    Shown {
        /// The currency and its rate before.
        before: Shown,
        /// The currency and its rate after.
        after: Shown,
    },
    /// Another team file was named. What that says is not part of this edit: only a reader of files knows it.
    Extends {
        /// The path before; `None` for no team file.
        before: Option<String>,
        /// The path after; `None` for no team file.
        after: Option<String>,
    },
}

/// What must be computed again after an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// No figure.
    Nothing,
    /// The comparison of the total with the cap and what is said of named risks, but no figure.
    Cap,
    /// The bills by other cards and their notes, but no figure of the estimate.
    Bills,
    /// One line and the sums.
    Line(usize),
    /// The sums, and the line inserted at this index.
    Inserted(usize),
    /// The sums, without the line removed from this index.
    Removed(usize),
    /// The order of the lines, but no figure.
    Moved {
        /// Its old index.
        from: usize,
        /// Its new index.
        to: usize,
    },
    /// Everything.
    All,
}

impl Touched {
    /// What must be computed again after both edits.
    #[must_use]
    pub fn and(self, other: Touched) -> Touched {
        match (self, other) {
            (Touched::Nothing, touched) | (touched, Touched::Nothing) => touched,
            (Touched::Bills, Touched::Bills) => self,
            (Touched::Line(a), Touched::Line(b)) if a == b => self,
            _ => Touched::All,
        }
    }
}

impl Edit {
    /// The edit that reverses this one.
    #[must_use]
    pub fn reversed(self) -> Edit {
        match self {
            Edit::Knob { scope, knob, before, after } => Edit::Knob { scope, knob, before: after, after: before },
            Edit::Text { field, before, after } => Edit::Text { field, before: after, after: before },
            Edit::Insert { index, line } => Edit::Remove { index, line },
            Edit::Remove { index, line } => Edit::Insert { index, line },
            Edit::Move { from, to } => Edit::Move { from: to, to: from },
            Edit::Position { index, before, after } => Edit::Position { index, before: after, after: before },
            Edit::Whole { before, after } => Edit::Whole { before: after, after: before },
            Edit::Pins { before, after } => Edit::Pins { before: after, after: before },
            Edit::Compare { before, after } => Edit::Compare { before: after, after: before },
            Edit::Fee { name, before, after } => Edit::Fee { name, before: after, after: before },
            Edit::Risk { key, before, after } => Edit::Risk { key, before: after, after: before },
            Edit::Scenario { key, before, after } => Edit::Scenario { key, before: after, after: before },
            Edit::Baseline { before, after } => Edit::Baseline { before: after, after: before },
            Edit::Inputs { card, before, after } => Edit::Inputs { card, before: after, after: before },
            Edit::Months { before, after } => Edit::Months { before: after, after: before },
            Edit::Shown { before, after } => Edit::Shown { before: after, after: before },
            Edit::Extends { before, after } => Edit::Extends { before: after, after: before },
        }
    }

    /// Applies the edit. An index out of range changes nothing.
    pub fn apply(&self, budget: &mut Budget) -> Touched {
        match self {
            Edit::Knob { scope: Scope::Assumptions, knob, after, .. } => {
                budget.assumptions.put(*knob, after.clone());
                // No line depends on the cap.
                if *knob == Knob::Cap { Touched::Cap } else { Touched::All }
            }
            Edit::Knob { scope: Scope::Line(index), knob, after, .. } => match budget.lines.get_mut(*index) {
                Some(line) => {
                    line.settings.put(*knob, after.clone());
                    Touched::Line(*index)
                }
                None => Touched::Nothing,
            },
            Edit::Text { field, after, .. } => put_text(budget, *field, after.as_ref()),
            Edit::Insert { index, line } => {
                let index = (*index).min(budget.lines.len());
                budget.lines.insert(index, (**line).clone().into());
                Touched::Inserted(index)
            }
            Edit::Remove { index, .. } if *index < budget.lines.len() => {
                budget.lines.remove(*index);
                Touched::Removed(*index)
            }
            Edit::Move { from, to } if *from < budget.lines.len() && *to < budget.lines.len() => {
                let line = budget.lines.remove(*from);
                budget.lines.insert(*to, line);
                Touched::Moved { from: *from, to: *to }
            }
            Edit::Remove { .. } | Edit::Move { .. } => Touched::Nothing,
            Edit::Position { index, after, .. } => {
                if let Some(line) = budget.lines.get_mut(*index) {
                    line.position = *after;
                }
                Touched::Nothing
            }
            Edit::Whole { before, after } => {
                let pinned = std::mem::replace(budget, (**after).clone()).pins;
                let known = |card: &String| before.pins.contains_key(card) || after.pins.contains_key(card);
                budget.pins.extend(pinned.into_iter().filter(|(card, _)| !known(card)));
                Touched::All
            }
            Edit::Pins { before, after } => {
                budget.pins.retain(|card, _| !before.contains_key(card));
                budget.pins.extend(after.clone());
                Touched::All
            }
            Edit::Compare { after, .. } => {
                budget.bills.compare.clone_from(after);
                Touched::Bills
            }
            Edit::Fee { name, after, .. } => put(&mut budget.fees, name, after.as_deref(), Touched::All),
            Edit::Risk { key, after, .. } => put(&mut budget.risks, key, after.as_deref(), Touched::Cap),
            Edit::Scenario { key, after, .. } => put_scenario(budget, key, after.as_ref()),
            Edit::Baseline { after, .. } => {
                budget.baseline = (**after).clone();
                Touched::Nothing
            }
            Edit::Inputs { card, after, .. } => put_inputs(budget, card, *after),
            Edit::Months { after, .. } => {
                budget.bills.months = *after;
                Touched::Bills
            }
            Edit::Shown { after, .. } => {
                budget.shown.clone_from(after);
                Touched::All
            }
            Edit::Extends { after, .. } => put_extends(budget, after.as_ref()),
        }
    }
}

/// Names another team file; what that says is not part of the edit.
fn put_extends(budget: &mut Budget, path: Option<&String>) -> Touched {
    budget.extends = path.cloned();
    Touched::Nothing
}

/// Replaces a text; no figure depends on one.
fn put_text(budget: &mut Budget, field: TextField, text: Option<&String>) -> Touched {
    match field {
        TextField::ProjectName => budget.name = text.cloned(),
        TextField::Client => budget.client = text.cloned(),
        TextField::Notes => budget.notes = text.cloned(),
        TextField::LineName(index) => {
            if let Some(line) = budget.lines.get_mut(index) {
                line.name = text.cloned();
            }
        }
    }
    Touched::Nothing
}

/// Replaces the project's own part of a fee or a named risk.
fn put<T: Clone>(all: &mut BTreeMap<String, T>, name: &str, said: Option<&T>, touched: Touched) -> Touched {
    match said {
        Some(said) => all.insert(name.to_owned(), said.clone()),
        None => all.remove(name),
    };
    touched
}

/// Replaces a scenario. No figure of the project itself depends on one.
fn put_scenario(budget: &mut Budget, key: &str, scenario: Option<&Arc<Scenario>>) -> Touched {
    match scenario {
        Some(scenario) => {
            let mut scenario = Arc::clone(scenario);
            if !scenario.is_pruned() {
                Arc::make_mut(&mut scenario).prune();
            }
            budget.scenarios.insert(key.to_owned(), scenario)
        }
        None => budget.scenarios.remove(key),
    };
    Touched::Nothing
}

/// Sets what a card says about reference images and prompts.
fn put_inputs(budget: &mut Budget, card: &str, inputs: Option<Inputs>) -> Touched {
    let Some(Some(card)) = budget.cards.get_mut(card) else { return Touched::Nothing };
    Arc::make_mut(card).inputs = inputs;
    Touched::Bills
}

/// One action of the user; it is undone as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// A description for the undo notice.
    pub label: String,
    /// The edits, in the order they were applied.
    pub edits: Vec<Edit>,
    /// The line selected before this step; undo selects it again.
    pub line: Option<usize>,
    /// The scenario on screen before this step, and after it; undo and redo show it again.
    pub scenario: [Option<String>; 2],
    /// Whether it moved the edits before it into a scenario.
    pub keeps: bool,
}

/// All steps done and undone, and which of them the file on disk holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    saved: Option<usize>,
    /// Edits that were applied and not yet written to the journal: those of a step, or those that reversed one.
    log: Vec<Vec<Edit>>,
}

impl Default for History {
    fn default() -> History {
        History { done: Vec::new(), undone: Vec::new(), saved: Some(0), log: Vec::new() }
    }
}

impl History {
    /// Records a step that was applied; undone steps can no longer be redone.
    pub fn record(&mut self, step: Step) {
        if self.saved.is_some_and(|saved| saved > self.done.len()) {
            self.saved = None;
        }
        self.undone.clear();
        self.log.push(step.edits.clone());
        self.done.push(step);
    }

    /// Removes the last step from the done ones, for the caller to reverse.
    pub fn pop_done(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.log.push(step.edits.iter().rev().map(|edit| edit.clone().reversed()).collect());
        self.undone.push(step.clone());
        Some(step)
    }

    /// Forgets the last undone step, which can then not be redone.
    pub fn forget_undone(&mut self) {
        self.undone.pop();
    }

    /// The last step that is done and not undone.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.done.last()
    }

    /// Number of steps that are done and not undone.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether no step is done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Removes the last undone step, for the caller to apply again.
    pub fn pop_undone(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.log.push(step.edits.clone());
        self.done.push(step.clone());
        Some(step)
    }

    /// Edits applied since the last call of this function, for the journal.
    pub fn take_log(&mut self) -> Vec<Vec<Edit>> {
        std::mem::take(&mut self.log)
    }

    /// The steps done since the last one that moved edits into a scenario, or that replaced the whole budget.
    #[must_use]
    pub fn since_kept(&self) -> &[Step] {
        let is_start = |step: &Step| step.keeps || matches!(&step.edits[..], [Edit::Whole { .. }]);
        let start = self.done.iter().rposition(is_start).map_or(0, |at| at + 1);
        self.done.get(start..).unwrap_or_default()
    }

    /// Whether a step of this description is done and not undone.
    #[must_use]
    pub fn has_done(&self, label: &str) -> bool {
        self.done.iter().any(|step| step.label == label)
    }

    /// Whether there is a step to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The file on disk now holds what is on screen.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done.len());
    }

    /// The file on disk matches no step of the history.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the screen differs from the file on disk.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.done.len())
    }
}
