//! The screens of a project, and going from one to another.

use crate::app::keys::action::Action;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::words;

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list, the knobs and what follows from them.
    Worksheet,
    /// The same work on other rate cards, below the same knobs.
    Bills,
}

/// One row of the table of screens.
pub struct Tab {
    /// Which screen.
    pub screen: Screen,
    /// What it is called.
    pub name: fn() -> &'static str,
    /// The action that goes there.
    pub action: Action,
}

/// Every screen, in the order of the tabs.
pub const TABS: &[Tab] = &[
    Tab { screen: Screen::Worksheet, name: words::tab_worksheet, action: Action::Worksheet },
    Tab { screen: Screen::Bills, name: words::tab_bills, action: Action::Bills },
];

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
    match screen {
        Screen::Worksheet => state.view.focus = state.view.worksheet_focus,
        Screen::Bills => stand_beside(state),
    }
}

/// Puts the keyboard on what stands beside the panes, and remembers the pane that it leaves.
pub(in crate::app) fn stand_beside(state: &mut State) {
    if let Focus::Pane(pane) = state.view.focus {
        state.view.last_pane = pane;
    }
    state.view.focus = match state.view.screen {
        Screen::Worksheet => Focus::List,
        Screen::Bills => Focus::Bills,
    };
}

/// Puts the keyboard from the table of bills into the pane whose knob is turned from there.
pub(in crate::app) fn to_last_pane(state: &mut State) {
    if state.view.focus == Focus::Bills {
        state.view.focus = Focus::Pane(state.view.last_pane);
        state.session.notice = None;
    }
}

/// Carries out an action that changes the screen.
pub(in crate::app) fn go(state: &mut State, action: Action) {
    let now = TABS.iter().position(|tab| tab.screen == state.view.screen).unwrap_or(0);
    let wanted = match action {
        Action::ScreenNext => TABS.get((now + 1) % TABS.len()),
        Action::ScreenPrevious => TABS.get((now + TABS.len() - 1) % TABS.len()),
        _ => TABS.iter().find(|tab| tab.action == action),
    };
    if let Some(tab) = wanted {
        show(state, tab.screen);
    }
}
