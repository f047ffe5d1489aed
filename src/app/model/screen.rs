//! The places that the keyboard can be in: the screens of a project, a row for each, and the contexts in which keys are
//! looked up. Both tables are in one file because a new screen has a row in each.

use crate::app::actions::why::WhyLine;
use crate::app::actions::{bills, cards, clipboard, navigation, risk, scenarios};
use crate::app::keys::action::Action;
use crate::app::model::state::State;
use crate::words;

/// A view that fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list, the knobs and what follows from them.
    Worksheet,
    /// The same work on other rate cards, below the same knobs.
    Bills,
    /// How sure the total is.
    Risk,
    /// The project and its scenarios side by side.
    Scenarios,
}

/// One row of the table of screens.
pub struct Tab {
    /// Which screen.
    pub screen: Screen,
    /// The name of its tab.
    pub name: fn() -> &'static str,
    /// The action that goes there.
    pub action: Action,
    /// The context of keys on the list or table beside the panes.
    pub context: Context,
    /// The context of keys on a field of a pane.
    pub pane_context: Context,
    /// The name of the list or table beside the panes.
    pub beside: fn() -> &'static str,
    /// Its purpose, for the help.
    pub purpose: fn() -> &'static str,
    /// Up or down on it.
    pub go: fn(&mut State, isize),
    /// The figure on it that is copied.
    pub figure: fn(&State) -> String,
    /// Why that figure is what it is; `None` if the selected deliverable answers.
    pub why: fn(&State) -> Option<Vec<WhyLine>>,
    /// Whether a step on it changes the field of the last focused pane.
    pub steps_last_pane: bool,
    /// Whether Esc moves the focus from the panes to the table beside them.
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
    Tab {
        screen: Screen::Risk,
        name: words::tab_risk,
        action: Action::Risk,
        context: Context::Risk,
        pane_context: Context::RiskPane,
        beside: words::tab_risk,
        purpose: words::help_risk,
        go: risk::go,
        figure: risk::figure,
        why: risk::why,
        steps_last_pane: true,
        esc_to_table: true,
    },
    Tab {
        screen: Screen::Scenarios,
        name: words::tab_scenarios,
        action: Action::Scenarios,
        context: Context::Scenarios,
        pane_context: Context::ScenariosPane,
        beside: words::tab_scenarios,
        purpose: words::help_scenarios,
        go: scenarios::scroll,
        figure: scenarios::figure,
        why: |_| None,
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

/// The effect of a key without a binding in a context, or in some part of a context that covers several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbound {
    /// Nothing.
    Nothing,
    /// Types the character into the open text.
    Text,
    /// A digit begins to type the focused knob's value.
    Knob,
    /// The same, from a list or table.
    List,
    /// A digit begins to type an amount.
    Amount,
    /// Begins to type the selected row.
    Row,
}

/// One row of the table of contexts.
#[derive(Clone, Copy)]
pub struct Place {
    /// The context.
    pub context: Context,
    /// The name of its table in the key file.
    pub name: &'static str,
    /// The contexts to look a key up in, the narrowest first.
    pub path: &'static [Context],
    /// The effect of a key without a binding.
    pub unbound: Unbound,
    /// The name for moving up and down there.
    pub up_down: fn() -> &'static str,
}

macro_rules! contexts {
    ($( $(#[$doc:meta])+ $context:ident = $name:literal, [$($step:ident),+], $unbound:ident, $up_down:ident; )+) => {
        /// The place that has the keyboard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Context { $( $(#[$doc])+ $context, )+ }

        const PLACES: &[Place] = &[
            $( Place {
                context: Context::$context,
                name: $name,
                path: &[$(Context::$step),+],
                unbound: Unbound::$unbound,
                up_down: words::$up_down,
            } ),+
        ];

        impl Context {
            /// All contexts with the name of their table in the key file.
            pub const ALL: [(Context, &'static str); PLACES.len()] = [$( (Context::$context, $name) ),+];
        }
    };
}

contexts! {
    /// In every context.
    Everywhere = "everywhere", [Everywhere], Text, footer_field;
    /// On a screen of the project: on the list, in the panes, on a table.
    Worksheet = "worksheet", [Worksheet, Everywhere], List, footer_field;
    /// On the list of deliverables.
    List = "list", [List, Worksheet, Everywhere], List, footer_line;
    /// On a field of a pane.
    Pane = "pane", [Pane, Worksheet, Everywhere], Knob, footer_field;
    /// On the table of bills.
    Bills = "bills", [Bills, Worksheet, Everywhere], List, footer_scroll;
    /// On a field of a pane above the table of bills.
    BillsPane = "bills-pane", [BillsPane, Pane, Worksheet, Everywhere], Knob, footer_field;
    /// On the risk screen.
    Risk = "risk", [Risk, Worksheet, Everywhere], List, footer_scroll;
    /// On a field of a pane above it.
    RiskPane = "risk-pane", [RiskPane, Pane, Worksheet, Everywhere], Knob, footer_field;
    /// On the table of scenarios.
    Scenarios = "scenarios", [Scenarios, Worksheet, Everywhere], List, footer_scroll;
    /// On a field of a pane above the table of scenarios.
    ScenariosPane = "scenarios-pane", [ScenariosPane, Pane, Worksheet, Everywhere], Knob, footer_field;
    /// In a field's text.
    Typing = "typing", [Typing, Everywhere], Text, footer_field;
    /// In a line of text that the program asks for.
    Ask = "ask", [Ask, Everywhere], Text, footer_field;
    /// On a row of the project's form.
    ProjectForm = "project-form", [ProjectForm, Everywhere], Row, footer_field;
    /// In the text of such a row.
    ProjectField = "project-field", [ProjectField, Everywhere], Text, footer_field;
    /// In a list to choose from.
    Choosing = "choosing", [Choosing, Everywhere], Text, footer_entry;
    /// In the list of rate cards, of which any number can be chosen.
    ChoosingCards = "choosing-cards", [ChoosingCards, Choosing, Everywhere], Text, footer_entry;
    /// While a list to import is read.
    ImportRunning = "import-running", [ImportRunning, Everywhere], Nothing, footer_scroll;
    /// In the preview of a list to import.
    Importing = "importing", [Importing, Everywhere], Nothing, footer_scroll;
    /// On a column of it.
    ImportingColumn = "importing-column", [ImportingColumn, Everywhere], Nothing, footer_column;
    /// In a text that scrolls.
    Reading = "reading", [Reading, Everywhere], Nothing, footer_scroll;
    /// In the list of issues.
    Issues = "issues", [Issues, Everywhere], Nothing, footer_entry;
    /// On the question about unsaved edits.
    Unsaved = "unsaved", [Unsaved, Everywhere], Nothing, footer_field;
    /// On the message that another program changed the file.
    Conflict = "conflict", [Conflict, Everywhere], Nothing, footer_field;
    /// On the values that two sides changed.
    Resolving = "resolving", [Resolving, Everywhere], Nothing, footer_entry;
    /// On the question whether to replace a file.
    Replace = "replace", [Replace, Everywhere], Nothing, footer_field;
    /// On the offer of an earlier session's edits.
    Recovering = "recovering", [Recovering, Everywhere], Nothing, footer_scroll;
    /// On the comparison of prices.
    Rates = "rates", [Rates, Everywhere], Nothing, footer_field;
    /// On the list of what gets under the cap.
    UnderCap = "under-cap", [UnderCap, Everywhere], Amount, footer_entry;
}

impl Context {
    /// The context's row.
    #[must_use]
    pub fn row(self) -> &'static Place {
        // The macro writes rows in the order of the variants, so a variant's number is the index of its row.
        &PLACES[self as usize]
    }

    /// The context's table in the key file.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The context of a table in the key file.
    #[must_use]
    pub fn named(name: &str) -> Option<Context> {
        PLACES.iter().find(|place| place.name == name).map(|place| place.context)
    }

    /// Whether the keyboard is on a field of a pane.
    #[must_use]
    pub fn is_pane(self) -> bool {
        self.path().contains(&Context::Pane)
    }

    /// The contexts to look a key up in, the narrowest first.
    #[must_use]
    pub fn path(self) -> &'static [Context] {
        self.row().path
    }
}

#[test]
fn each_screen_finds_its_row() {
    assert!(TABS.iter().all(|tab| tab.screen.row().screen == tab.screen));
}
