//! Edits as values that can be taken back, and the history of them.

use crate::cost::budget::budget::{Budget, Line};
use crate::cost::budget::knob::Knob;
use crate::cost::budget::settings::Setting;
use crate::cost::rates::rate_card::TokenCard;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which settings an edit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The project's assumptions.
    Assumptions,
    /// A deliverable, by its place in the list.
    Line(usize),
}

/// A text that a person may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// The project's name.
    ProjectName,
    /// A deliverable's name.
    LineName(usize),
}

/// One change, with what it takes to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A knob set or opened.
    Knob {
        /// Where.
        scope: Scope,
        /// Which.
        knob: Knob,
        /// What stood there.
        before: Option<Setting>,
        /// What stands there now.
        after: Option<Setting>,
    },
    /// A text changed.
    Text {
        /// Which.
        field: TextField,
        /// What stood there.
        before: Option<String>,
        /// What stands there now.
        after: Option<String>,
    },
    /// A deliverable added.
    Insert {
        /// Its place in the list.
        index: usize,
        /// The deliverable.
        line: Box<Line>,
    },
    /// A deliverable taken out.
    Remove {
        /// Its place in the list.
        index: usize,
        /// The deliverable.
        line: Box<Line>,
    },
    /// A deliverable moved.
    Move {
        /// Its old place.
        from: usize,
        /// Its new place.
        to: usize,
    },
    /// A deliverable's place as the file holds it.
    Position {
        /// Its place in the list.
        index: usize,
        /// What the file held.
        before: Option<i64>,
        /// What it will hold.
        after: Option<i64>,
    },
    /// Everything replaced by what another program made of it; prices that a save pinned meanwhile stay.
    Whole {
        /// What was on screen.
        before: Arc<Budget>,
        /// What is on screen now.
        after: Arc<Budget>,
    },
    /// Some pinned prices replaced; the others stay, also those that a save pins meanwhile.
    Pins {
        /// What was pinned.
        before: BTreeMap<String, TokenCard>,
        /// What is pinned now.
        after: BTreeMap<String, TokenCard>,
    },
    /// Other rate cards to compare with.
    Compare {
        /// The cards that were compared, by name.
        before: Vec<String>,
        /// The cards that are compared now.
        after: Vec<String>,
    },
    /// Another number of months that the work takes.
    Months {
        /// What was said; none where nobody said it.
        before: Option<u32>,
        /// What is said now.
        after: Option<u32>,
    },
}

/// What has to be computed again after an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// No figure.
    Nothing,
    /// How the total stands to the cap, but no figure.
    Cap,
    /// The bills by other cards and what is said of those, but no figure of the estimate.
    Bills,
    /// One line and the sums.
    Line(usize),
    /// The sums, and this line that was put in.
    Inserted(usize),
    /// The sums, without the line that was here.
    Removed(usize),
    /// The order of the lines, but no figure.
    Moved {
        /// Its old place.
        from: usize,
        /// Its new place.
        to: usize,
    },
    /// Everything.
    All,
}

impl Touched {
    /// What two edits touch together.
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
    /// The edit that takes this one back.
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
            Edit::Months { before, after } => Edit::Months { before: after, after: before },
        }
    }

    /// Carries the edit out. A place beyond the list changes nothing.
    pub fn apply(&self, budget: &mut Budget) -> Touched {
        match self {
            Edit::Knob { scope: Scope::Assumptions, knob, after, .. } => {
                budget.assumptions.put(*knob, after.clone());
                // No line has to do with the cap.
                if *knob == Knob::Cap { Touched::Cap } else { Touched::All }
            }
            Edit::Knob { scope: Scope::Line(index), knob, after, .. } => match budget.lines.get_mut(*index) {
                Some(line) => {
                    line.settings.put(*knob, after.clone());
                    Touched::Line(*index)
                }
                None => Touched::Nothing,
            },
            Edit::Text { field, after, .. } => {
                match field {
                    TextField::ProjectName => budget.name.clone_from(after),
                    TextField::LineName(index) => {
                        if let Some(line) = budget.lines.get_mut(*index) {
                            line.name.clone_from(after);
                        }
                    }
                }
                Touched::Nothing
            }
            Edit::Insert { index, line } => {
                let index = (*index).min(budget.lines.len());
                budget.lines.insert(index, (**line).clone());
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
            Edit::Months { after, .. } => {
                budget.bills.months = *after;
                Touched::Bills
            }
        }
    }
}

/// One thing that a person did; it is undone as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it was, as a notice names it.
    pub label: String,
    /// The edits, in the order they were carried out.
    pub edits: Vec<Edit>,
    /// Where the eye was, to go back there.
    pub line: Option<usize>,
}

/// Everything done and taken back, and where the file on disk stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    saved: Option<usize>,
    /// What was carried out and is not written down yet: the edits of a step, or those that took one back.
    log: Vec<Vec<Edit>>,
}

impl Default for History {
    fn default() -> History {
        History { done: Vec::new(), undone: Vec::new(), saved: Some(0), log: Vec::new() }
    }
}

impl History {
    /// Remembers a step that was carried out; what was taken back before is gone.
    pub fn record(&mut self, step: Step) {
        if self.saved.is_some_and(|saved| saved > self.done.len()) {
            self.saved = None;
        }
        self.undone.clear();
        self.log.push(step.edits.clone());
        self.done.push(step);
    }

    /// Takes the last step out of what is done, for the caller to reverse.
    pub fn take_back(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.log.push(step.edits.iter().rev().map(|edit| edit.clone().reversed()).collect());
        self.undone.push(step.clone());
        Some(step)
    }

    /// Takes the last undone step, for the caller to carry out again.
    pub fn take_again(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.log.push(step.edits.clone());
        self.done.push(step.clone());
        Some(step)
    }

    /// What was carried out since this was asked last, for whoever writes it down.
    pub fn take_log(&mut self) -> Vec<Vec<Edit>> {
        std::mem::take(&mut self.log)
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The file on disk now holds what is on screen.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done.len());
    }

    /// The file on disk holds nothing that any step of the history led to.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the screen differs from the file on disk.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.done.len())
    }
}
