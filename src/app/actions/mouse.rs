//! The mouse, in terms of its target: a click, a turn of the wheel, a drag along a chart.

use crate::app::actions::{choose, knob_edit, navigation, update};
use crate::app::flows::conflict;
use crate::app::flows::conflict::Keep;
use crate::app::flows::{import, project_form, under_cap};
use crate::app::keys::action::Action;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::Overlay;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Selection};
use crate::cost::{Knob, Pane, Setting, Value};

/// The target under the mouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A row of the list: the assumptions, or a deliverable by its index.
    Row(Selection),
    /// A field of a pane, by its index from the top.
    Field(Pane, usize),
    /// A pane outside its fields.
    Pane(Pane),
    /// A point of a pane's chart: the knob, the chart's values, and the index of the point's value.
    Chart(Pane, Knob, Vec<Value>, usize),
    /// A key in the footer, or a screen's name: a click runs the action.
    Key(Action),
    /// A column of the table of bills, or the table outside its columns.
    Bill(Option<usize>),
    /// A column of the table of scenarios, or the table outside its columns.
    Scenario(Option<usize>),
    /// What the risk screen has below the panes.
    Risk,
    /// An entry of an open list, by its index among the filtered entries.
    Entry(usize),
    /// One side of a dispute, by the dispute's index.
    Side(usize, Keep),
    /// A column of the list that is looked at, by its index.
    Column(usize),
    /// A text that scrolls.
    Text,
}

/// A drag along a chart: the knob, and its setting when the drag began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drag {
    /// The knob.
    pub knob: Knob,
    /// The setting to restore.
    pub before: Option<Setting>,
    /// The chart's values when the drag began: the chart does not move during the drag.
    pub values: Vec<Value>,
}

/// The button goes down.
pub fn press(state: &mut State, target: Target) -> Vec<Effect> {
    release(state);
    (state.view.pending_key, state.view.pending_sign) = (None, None);
    let lines = state.project.budget().lines.len();
    if state.view.input.is_some() && state.overlays.is_empty() && !knob_edit::accept(state) {
        knob_edit::cancel(state);
    }
    // The unfinished new line was removed with its text: its charts are not those of the current selection.
    let line_went = state.project.budget().lines.len() < lines;
    match target {
        Target::Row(selection) if state.overlays.is_empty() => {
            navigation::stand_beside(state);
            // The target may be the line that was removed with the typed text.
            let is_there = |selection: &Selection| match selection {
                Selection::Line(index) => *index < state.project.budget().lines.len(),
                Selection::Project => true,
            };
            state.view.choose(Some(selection).filter(is_there).unwrap_or(Selection::Project));
            state.session.notice = None;
        }
        Target::Field(pane, at) if state.overlays.is_empty() => {
            let again = state.view.focus == Focus::Pane(pane) && state.view.field_at[pane as usize] == at;
            focus(state, pane, Some(at));
            if again {
                return update::update(state, Action::Edit);
            }
        }
        Target::Pane(pane) if state.overlays.is_empty() => focus(state, pane, None),
        Target::Chart(pane, ..) if state.overlays.is_empty() && line_went => focus(state, pane, None),
        Target::Chart(pane, knob, values, at) if state.overlays.is_empty() => {
            focus(state, pane, None);
            let field = state.fields(pane).iter().position(|field| field.knob() == knob);
            state.view.field_at[pane as usize] = field.unwrap_or(0);
            let value = values.get(at).cloned();
            state.view.drag = Some(Drag { knob, before: state.setting(knob).cloned(), values });
            if let Some(value) = value {
                knob_edit::put(state, knob, Some(Setting::Value(value)));
            }
        }
        Target::Bill(column) if state.overlays.is_empty() => {
            navigation::stand_beside(state);
            state.session.notice = None;
            if let Some(column) = column {
                state.view.selected_bill = column.min(state.project.bills().cards.len());
            }
        }
        Target::Scenario(column) if state.overlays.is_empty() => {
            navigation::stand_beside(state);
            state.session.notice = None;
            state.view.scenario_column = column.unwrap_or(state.view.scenario_column);
        }
        Target::Risk if state.overlays.is_empty() => {
            navigation::stand_beside(state);
            state.session.notice = None;
        }
        Target::Key(action) => return update::update(state, action),
        Target::Side(at, keep) => return conflict::choose(state, at, keep),
        Target::Column(at) => import::mark_at(state, at),
        Target::Entry(at) if matches!(state.overlays.top(), Some(Overlay::UnderCap(_))) => under_cap::click(state, at),
        Target::Entry(at) if matches!(state.overlays.top(), Some(Overlay::Project(_))) => {
            return project_form::click(state, at);
        }
        Target::Entry(at) => {
            return choose::take(state, at);
        }
        _ => {}
    }
    Vec::new()
}

/// The mouse moves with the button down: matters only for a drag that began on a chart.
pub fn drag(state: &mut State, target: Option<Target>) {
    if let (Some(drag), Some(Target::Chart(_, knob, values, at))) = (&state.view.drag, target)
        && drag.knob == knob
        && let Some(value) = values.get(at).cloned()
    {
        knob_edit::put(state, knob, Some(Setting::Value(value)));
    }
}

/// The button comes up: the dragged value becomes one step of the history. A key, or anything else that is not part of the drag,
/// ends it too: the key may go to another field, and terminals lose a release outside their window.
pub fn release(state: &mut State) {
    if let Some(drag) = state.view.drag.take() {
        let after = state.setting(drag.knob).cloned();
        knob_edit::put(state, drag.knob, drag.before);
        knob_edit::set(state, drag.knob, after);
    }
}

/// The wheel turns: rows and texts scroll, the field under it changes.
pub fn wheel(state: &mut State, target: Option<Target>, up: bool) -> Vec<Effect> {
    release(state);
    let scroll = if up { Action::Up } else { Action::Down };
    if import::wheel(state, if up { -1 } else { 1 }) {
        return Vec::new();
    }
    if !state.overlays.is_empty() {
        return update::update(state, scroll);
    }
    let Some(target) = target.filter(|_| state.view.input.is_none()) else { return Vec::new() };
    let step = if up { Action::More } else { Action::Less };
    match target {
        Target::Row(_) if state.view.screen == Screen::Worksheet => {
            state.view.focus = Focus::Beside;
            update::update(state, scroll)
        }
        Target::Bill(_) | Target::Scenario(_) | Target::Risk => {
            navigation::stand_beside(state);
            update::update(state, scroll)
        }
        Target::Field(pane, at) => {
            focus(state, pane, Some(at));
            update::update(state, step)
        }
        Target::Pane(pane) | Target::Chart(pane, ..) => {
            focus(state, pane, None);
            update::update(state, step)
        }
        _ => Vec::new(),
    }
}

fn focus(state: &mut State, pane: Pane, at: Option<usize>) {
    state.view.focus = Focus::Pane(pane);
    state.session.notice = None;
    if let Some(at) = at {
        state.view.field_at[pane as usize] = at;
    }
}
