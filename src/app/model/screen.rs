//! The screens of a project, and going from one to another.

use crate::app::actions::why::WhyLine;
use crate::app::actions::{bills, cards, clipboard, navigation};
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
    /// The keys on what stands beside the panes.
    pub context: Context,
    /// The keys on a field of a pane.
    pub pane_context: Context,
    /// What stands beside the panes is called.
    pub beside: fn() -> &'static str,
    /// What it is for.
    pub purpose: fn() -> &'static str,
    /// Up or down on it.
    pub go: fn(&mut State, isize),
    /// The figure on it that is copied.
    pub figure: fn(&State) -> String,
    /// Why that figure is what it is; `None` if the selected deliverable answers.
    pub why: fn(&State) -> Option<Vec<WhyLine>>,
    /// Whether a step on it turns the field of the pane that was left last.
    pub steps_last_pane: bool,
    /// Whether Esc leads from the panes to what stands beside them.
    pub esc_to_table: bool,
}

/// Every screen, in the order of the tabs.
pub const TABS: &[Tab] = &[
    Tab {
        screen: Screen::Worksheet,
        name: words::tab_worksheet,
        action: Action::Worksheet,
        context: Context::List,
        pane_context: Context::Pane,
        beside: words::pane_deliverables,
        purpose: words::help_list,
        go: navigation::select,
        figure: clipboard::total,
        why: |_| None,
        steps_last_pane: false,
        esc_to_table: false,
    },
    Tab {
        screen: Screen::Bills,
        name: words::tab_bills,
        action: Action::Bills,
        context: Context::Bills,
        pane_context: Context::BillsPane,
        beside: words::tab_bills,
        purpose: words::help_bills,
        go: cards::scroll,
        figure: bills::figure,
        why: bills::why,
        steps_last_pane: true,
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
    if screen == Screen::Worksheet {
        state.view.focus = state.view.worksheet_focus;
    } else {
        stand_beside(state);
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
    state.view.focus = Focus::Beside;
}

/// Puts the keyboard into the pane whose knob is stepped from beside the panes, where the screen has it so.
pub(in crate::app) fn to_last_pane(state: &mut State) {
    if state.view.focus == Focus::Beside && state.view.screen.row().steps_last_pane {
        state.view.focus = Focus::Pane(state.view.last_pane);
        state.session.notice = None;
    }
}

#[test]
fn each_screen_finds_its_row() {
    assert!(TABS.iter().all(|tab| tab.screen.row().screen == tab.screen));
}
