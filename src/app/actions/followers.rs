//! A value for all deliverables: how many follow it, who keeps another, and the action that makes the others follow.

use crate::app::keys::action::{Action, Availability};
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::budget::edit::Scope;
use crate::cost::budget::knob::Scope as KnobScope;
use crate::cost::estimate::{follow_all, keepers};
use crate::cost::{Knob, Value};
use crate::diagnostics::Level;
use crate::figures;
use crate::words;

impl State {
    /// How many deliverables follow the value that is typed for all of them, and who keeps another; `None` while nothing is
    /// typed, or it is typed for one deliverable.
    #[must_use]
    pub fn told_while_typing(&self) -> Option<String> {
        let input = self.view.input.as_ref().filter(|input| input.refused.is_none())?;
        let knob = input.field.knob();
        if self.scope_of(knob) != Scope::Assumptions {
            return None;
        }
        figures::followers(self.budget(), self.estimate(), knob, self.session.catalog)
    }

    /// Whether the value in hand is one for all deliverables that some of them do not follow.
    pub(in crate::app) fn can_follow_all(&self) -> Availability {
        if self.view.selection != Selection::Project {
            return Err(words::why_not_for_all(self.reach(Action::First)));
        }
        let Some(field) = self.stepped_field() else {
            return Err(words::why_no_field(self.reach(Action::FocusNext)));
        };
        let knob = field.knob();
        if knob.row().scope != KnobScope::Both {
            return Err(words::why_not_inherited(words::knob_label(knob)));
        }
        let some_keep = !keepers(self.budget(), self.estimate(), knob, self.session.catalog).is_empty();
        if some_keep { Ok(()) } else { Err(words::why_all_follow().to_owned()) }
    }
}

/// Says how many deliverables follow the knob's new value, if it was set for all of them.
pub(in crate::app) fn say_who_follows(state: &mut State, knob: Knob) {
    if state.scope_of(knob) != Scope::Assumptions {
        return;
    }
    let Some(mut text) = figures::followers(state.budget(), state.estimate(), knob, state.session.catalog) else {
        return;
    };
    if state.can_follow_all().is_ok() {
        text = words::follows_unless(text, state.reach(Action::FollowAll));
    }
    state.say(Level::Note, text);
}

/// Gives the value in hand to the deliverables that keep another one, as one step.
pub(in crate::app) fn set_for_all(state: &mut State) {
    let Some(knob) = state.stepped_field().map(|field| field.knob()) else { return };
    let edits = follow_all(state.budget(), state.estimate(), knob, state.session.catalog);
    let value = state.deliverable().and_then(|shared| shared.get(knob)).map(|from| from.value);
    let shown = match (&value, state.deliverable().and_then(|shared| shared.factor)) {
        (Some(Value::Retry(_)), Some(factor)) => figures::factor(factor),
        (value, _) => value.as_ref().map_or_else(|| words::bill_none().to_owned(), words::value),
    };
    state.session.notice = None;
    if state.carry_out(words::step_for_all(words::knob_label(knob), &shown), edits) {
        let count = state.estimate().lines.len();
        let text = words::notice_set_for_all(words::knob_label(knob), shown, count, state.reach(Action::Undo));
        state.say(Level::Note, text);
    }
}
