//! Where the keyboard goes: between panes, fields and deliverables, and through texts.

use crate::app::model::field::Field;
use crate::app::model::screen::{Screen, TABS};
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Selection};
use crate::cost::{Knob, Pane};

/// Rows of a page.
pub(in crate::app) const PAGE: isize = 10;

/// Up or down in what lies on top, or else where the focus is.
pub(in crate::app) fn go(state: &mut State, by: isize) {
    if let Some(kind) = state.overlays.kind() {
        return (kind.go)(state, by);
    }
    state.session.notice = None;
    move_inside(state, by);
}

/// The focused pane by itself, or all again.
pub(in crate::app) fn zoom(state: &mut State) {
    state.view.zoomed = !state.view.zoomed;
}

/// Scrolls the text on top as far as the last frame says that it goes.
pub(in crate::app) fn scroll(state: &mut State, by: isize) {
    state.overlays.scroll_by(by, state.view.furthest_scroll);
}

/// To the next pane, and from the last one around to the first.
pub(in crate::app) fn focus_around(state: &mut State, by: isize) {
    move_focus(state, |now| (now + by).rem_euclid(5));
}

/// To the pane beside, as far as there is one.
pub(in crate::app) fn focus_beside(state: &mut State, by: isize) {
    move_focus(state, |now| (now + by).clamp(0, 4));
}

/// To another deliverable, wherever the focus is.
pub(in crate::app) fn line(state: &mut State, by: isize) {
    if state.overlays.is_empty() {
        state.session.notice = None;
        select(state, by);
    }
}

fn move_focus(state: &mut State, next: impl FnOnce(isize) -> isize) {
    if !state.overlays.is_empty() {
        return;
    }
    state.session.notice = None;
    let now = match state.view.focus {
        Focus::Beside => 0,
        Focus::Pane(pane) => pane as isize + 1,
    };
    let pane = usize::try_from(next(now) - 1).ok().and_then(|index| Pane::ALL.get(index));
    match pane {
        Some(pane) => state.view.focus = Focus::Pane(*pane),
        None => stand_beside(state),
    }
}

fn move_inside(state: &mut State, by: isize) {
    match state.view.focus {
        Focus::Beside => (state.view.screen.row().go)(state, by),
        Focus::Pane(pane) => {
            let last = state.fields(pane).len().saturating_sub(1);
            let at = &mut state.view.field_at[pane as usize];
            *at = (*at).min(last).saturating_add_signed(by).min(last);
        }
    }
}

/// The row of the whole project stands before the first deliverable; lines that the filter hides are passed over.
pub(in crate::app) fn select(state: &mut State, by: isize) {
    let shown = state.shown_lines();
    let now = match state.view.selection {
        Selection::Project => 0,
        Selection::Line(index) => shown.before(index.saturating_add(1)),
    };
    let row = now.saturating_add_signed(by).min(shown.len());
    let line = row.checked_sub(1).and_then(|row| shown.get(row));
    state.view.choose(line.map_or(Selection::Project, Selection::Line));
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
        state.view.choose(first.map_or(Selection::Project, Selection::Line));
    }
}

/// Shows another screen. A table gets the keyboard, and the worksheet gets it back where it was.
pub(in crate::app) fn show(state: &mut State, screen: Screen) {
    state.session.notice = None;
    if state.view.screen == screen {
        return;
    }
    if state.view.screen == Screen::Worksheet {
        state.view.worksheet_focus = state.view.focus;
    }
    state.view.screen = screen;
    if screen == Screen::Worksheet {
        state.view.focus = state.view.worksheet_focus;
    } else {
        stand_beside(state);
    }
}

/// Shows the screen `by` tabs further, wrapping around from the last to the first.
pub(in crate::app) fn turn(state: &mut State, by: usize) {
    if let Some(tab) = TABS.get((state.view.screen as usize + by) % TABS.len()) {
        show(state, tab.screen);
    }
}

/// Moves the focus to the list or panel beside the panes, and remembers the pane that it leaves.
pub(in crate::app) fn stand_beside(state: &mut State) {
    if let Focus::Pane(pane) = state.view.focus {
        state.view.last_pane = pane;
    }
    state.view.focus = Focus::Beside;
}

/// Puts the keyboard into the pane whose knob is stepped from beside the panes, where the screen has it so.
pub(in crate::app) fn to_last_pane(state: &mut State) {
    if state.view.focus == Focus::Beside && state.view.screen.row().steps_last_pane {
        state.view.focus = Focus::Pane(state.view.last_pane);
        state.session.notice = None;
    }
}

/// To a row of the worksheet's list: a deliverable, or all of them.
pub(in crate::app) fn to_row(state: &mut State, selection: Selection) {
    show(state, Screen::Worksheet);
    state.session.notice = None;
    // A filter that hides the deliverable would lead to another one.
    if selection != state.view.selection {
        state.view.filter.clear();
    }
    state.view.choose(selection);
}

/// To a field of a row; a field that the row does not show leaves the keyboard on its pane.
pub(in crate::app) fn to_field(state: &mut State, selection: Selection, knob: Knob) {
    to_row(state, selection);
    let pane = knob.row().pane;
    state.view.focus = Focus::Pane(pane);
    let at = state.fields(pane).iter().position(|field| *field == Field::Knob(knob));
    state.view.field_at[pane as usize] = at.unwrap_or(0);
}
