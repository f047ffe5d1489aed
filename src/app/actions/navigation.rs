//! Where the keyboard goes: between panes, fields and deliverables, and through texts.

use crate::app::actions::{cards, choose};
use crate::app::keys::action::Action;
use crate::app::model::overlay::Dialog;
use crate::app::model::screen;
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Selection};
use crate::cost::Pane;

/// Moves the focus, the selection, or the text that is read.
pub(in crate::app) fn go(state: &mut State, action: Action) {
    if let (Some(Dialog::Picker(_) | Dialog::Palette(_)), Some(by)) = (&state.dialog, choose::movement(action)) {
        choose::move_by(state, by);
        return;
    }
    let furthest = state.view.furthest_scroll;
    if let Some(
        Dialog::Help { scroll, .. }
        | Dialog::Issues { scroll }
        | Dialog::Why { scroll }
        | Dialog::Import { scroll, .. }
        | Dialog::Recover { scroll, .. },
    ) = &mut state.dialog
    {
        let now = (*scroll).min(furthest);
        *scroll = match action {
            Action::Up => now.saturating_sub(1),
            Action::Down => now.saturating_add(1),
            Action::PageUp => now.saturating_sub(10),
            Action::PageDown => now.saturating_add(10),
            Action::First => 0,
            Action::Last => furthest,
            _ => now,
        }
        .min(furthest);
        return;
    }
    state.session.notice = None;
    match action {
        Action::FocusNext | Action::FocusRight => move_focus(state, 1, action == Action::FocusNext),
        Action::FocusPrevious | Action::FocusLeft => move_focus(state, -1, action == Action::FocusPrevious),
        Action::LineNext => select(state, 1),
        Action::LinePrevious => select(state, -1),
        Action::Up => move_inside(state, -1),
        Action::Down => move_inside(state, 1),
        Action::PageUp => move_inside(state, -10),
        Action::PageDown => move_inside(state, 10),
        Action::First => move_inside(state, isize::MIN),
        Action::Last => move_inside(state, isize::MAX),
        Action::ColumnNext => cards::go(state, 1),
        Action::ColumnPrevious => cards::go(state, -1),
        Action::Worksheet | Action::Bills | Action::ScreenNext | Action::ScreenPrevious => screen::go(state, action),
        _ => {}
    }
}

fn move_focus(state: &mut State, by: isize, around: bool) {
    let now = match state.view.focus {
        Focus::List | Focus::Bills => 0,
        Focus::Pane(pane) => pane as isize + 1,
    };
    let next = if around { (now + by).rem_euclid(5) } else { (now + by).clamp(0, 4) };
    let pane = usize::try_from(next - 1).ok().and_then(|index| Pane::ALL.get(index));
    match pane {
        Some(pane) => state.view.focus = Focus::Pane(*pane),
        None => screen::stand_beside(state),
    }
}

fn move_inside(state: &mut State, by: isize) {
    match state.view.focus {
        Focus::List => select(state, by),
        Focus::Bills => cards::scroll(state, by),
        Focus::Pane(pane) => {
            let last = state.fields(pane).len().saturating_sub(1);
            let at = &mut state.view.field_at[pane as usize];
            *at = (*at).min(last).saturating_add_signed(by).min(last);
        }
    }
}

/// The row of the whole project stands before the first deliverable; lines that the filter hides are passed over.
fn select(state: &mut State, by: isize) {
    let shown = state.shown_lines();
    let now = match state.view.selection {
        Selection::Project => 0,
        Selection::Line(index) => shown.partition_point(|line| *line <= index),
    };
    let row = now.saturating_add_signed(by).min(shown.len());
    let line = row.checked_sub(1).and_then(|row| shown.get(row));
    state.view.selection = line.map_or(Selection::Project, |line| Selection::Line(*line));
}

/// Goes to the first line that the list shows where it hides the selected one.
pub(in crate::app) fn into_sight(state: &mut State) {
    if state.view.filter.is_empty() {
        return;
    }
    if let Selection::Line(index) = state.view.selection
        && !state.project.budget().lines.get(index).is_some_and(|line| state.shows(line))
    {
        let first = state.project.budget().lines.iter().position(|line| state.shows(line));
        state.view.selection = first.map_or(Selection::Project, Selection::Line);
    }
}
