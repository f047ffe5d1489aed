//! After a change of what all deliverables inherit: how many follow, and who keeps a value of its own.

use crate::app::model::state::State;
use crate::cost::budget::edit::Scope;
use crate::cost::budget::knob::Scope as KnobScope;
use crate::cost::{Deliverable, Knob, Layer};
use crate::diagnostics::Level;
use crate::figures;
use crate::words;

/// Says how many deliverables follow the knob's new value, if it was set for all of them.
pub(in crate::app) fn say_who_follows(state: &mut State, knob: Knob) {
    if state.scope_of(knob) != Scope::Assumptions || knob.row().scope != KnobScope::Both {
        return;
    }
    let lines = &state.estimate().lines;
    let keeps = |deliverable: &Deliverable| {
        let layer = deliverable.get(knob).map(|from| from.layer);
        matches!(layer, Some(Layer::Deliverable | Layer::Preset))
    };
    let kept: Vec<usize> = (0..lines.len()).filter(|at| keeps(&lines[*at].deliverable)).collect();
    let text = match kept[..] {
        _ if lines.is_empty() => return,
        [] => words::notice_all_follow(lines.len()),
        [one] => {
            let title = state.budget().lines.get(one).map_or("", |line| line.title());
            words::notice_one_keeps(lines.len() - 1, lines.len(), title, value(knob, &lines[one].deliverable))
        }
        [..] => words::notice_some_follow(lines.len() - kept.len(), lines.len(), kept.len()),
    };
    state.say(Level::Note, text);
}

fn value(knob: Knob, deliverable: &Deliverable) -> String {
    if let (Knob::Retry, Some(factor)) = (knob, deliverable.factor) {
        return figures::factor(factor);
    }
    deliverable.get(knob).map_or_else(String::new, |from| words::value(&from.value))
}
