//! The screens of a project, and going from one to another.

use super::action::Action;
use super::state::{Focus, State};
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

/// Shows another screen. A focused pane stays focused; what is beside the panes gives the keyboard to what is in its place.
pub(super) fn show(state: &mut State, screen: Screen) {
    state.screen = screen;
    state.notice = None;
    if !matches!(state.focus, Focus::Pane(_)) {
        state.focus = beside(screen);
    }
}

/// What stands beside the panes of a screen.
pub(super) fn beside(screen: Screen) -> Focus {
    match screen {
        Screen::Worksheet => Focus::List,
        Screen::Bills => Focus::Bills,
    }
}

/// Carries out an action that changes the screen.
pub(super) fn go(state: &mut State, action: Action) {
    let now = TABS.iter().position(|tab| tab.screen == state.screen).unwrap_or(0);
    let wanted = match action {
        Action::ScreenNext => TABS.get((now + 1) % TABS.len()),
        Action::ScreenPrevious => TABS.get((now + TABS.len() - 1) % TABS.len()),
        _ => TABS.iter().find(|tab| tab.action == action),
    };
    if let Some(tab) = wanted {
        show(state, tab.screen);
    }
}
