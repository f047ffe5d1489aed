//! The screens of a project, and going from one to another.

use crate::app::keys::action::Action;
use crate::app::keys::keymap::Context;
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
    /// The focus on what stands beside the panes.
    pub beside: Focus,
    /// The keys on what stands beside the panes.
    pub context: Context,
    /// The keys on a field of a pane.
    pub pane_context: Context,
    /// Whether Esc leads from the panes to what stands beside them.
    pub esc_to_table: bool,
}

/// Every screen, in the order of the tabs.
pub const TABS: &[Tab] = &[
    Tab {
        screen: Screen::Worksheet,
        name: words::tab_worksheet,
        action: Action::Worksheet,
        beside: Focus::List,
        context: Context::List,
        pane_context: Context::Pane,
        esc_to_table: false,
    },
    Tab {
        screen: Screen::Bills,
        name: words::tab_bills,
        action: Action::Bills,
        beside: Focus::Bills,
        context: Context::Bills,
        pane_context: Context::BillsPane,
        esc_to_table: true,
    },
];

impl Screen {
    /// The screen's row.
    #[must_use]
    pub fn row(self) -> &'static Tab {
        // In the order of the variants; a test holds it.
        &TABS[self as usize]
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
    match screen {
        Screen::Worksheet => state.view.focus = state.view.worksheet_focus,
        Screen::Bills => stand_beside(state),
    }
}

/// Shows the screen so many tabs further, from the last one around to the first.
pub(in crate::app) fn turn(state: &mut State, by: usize) {
    if let Some(tab) = TABS.get((state.view.screen as usize + by) % TABS.len()) {
        show(state, tab.screen);
    }
}

/// Puts the keyboard on what stands beside the panes, and remembers the pane that it leaves.
pub(in crate::app) fn stand_beside(state: &mut State) {
    if let Focus::Pane(pane) = state.view.focus {
        state.view.last_pane = pane;
    }
    state.view.focus = state.view.screen.row().beside;
}

/// Puts the keyboard from the table of bills into the pane whose knob is stepped from there.
pub(in crate::app) fn to_last_pane(state: &mut State) {
    if state.view.focus == Focus::Bills {
        state.view.focus = Focus::Pane(state.view.last_pane);
        state.session.notice = None;
    }
}

#[test]
fn each_screen_finds_its_row() {
    assert!(TABS.iter().all(|tab| tab.screen.row().screen == tab.screen));
}
