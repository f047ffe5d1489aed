//! Texts to read: the keys, the issues, the calculation.

use crate::app::actions::navigation;
use crate::app::flows::leads;
use crate::app::model::notes::collected;
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::words;

const TEXT: Kind = Kind { waits: false, go: navigation::scroll, ..PLAIN };

/// The help.
pub(in crate::app) const HELP: Kind = Kind {
    name: |_| words::dialog_issues().to_owned(),
    purpose: |_| words::help_issues(),
    // The overlay below is shown again, unchanged.
    cancel: |state| drop(state.overlays.close()),
    ..TEXT
};

/// The issues.
pub(in crate::app) const ISSUES: Kind = Kind {
    context: Context::Issues,
    name: |_| words::dialog_issues().to_owned(),
    purpose: |_| words::help_issues(),
    go: mark,
    enter: |_| words::enter_go(),
    accept: leads::follow,
    ..TEXT
};

/// The calculation.
pub(in crate::app) const WHY: Kind =
    Kind { name: |_| words::dialog_why().to_owned(), purpose: |_| words::help_why(), ..TEXT };

/// Shows the calculation.
pub(in crate::app) fn why(state: &mut State) {
    state.overlays.show(Overlay::Why);
}

/// Marks another issue.
fn mark(state: &mut State, by: isize) {
    let last = collected(state).len().saturating_sub(1);
    if let Some(Overlay::Issues(at)) = state.overlays.top_mut() {
        *at = (*at).min(last).saturating_add_signed(by).min(last);
    }
}

/// Shows the issues.
pub(in crate::app) fn issues(state: &mut State) {
    state.overlays.show(Overlay::Issues(0));
}

/// Opens the help over the current overlay, or closes it.
pub(in crate::app) fn help(state: &mut State) {
    if matches!(state.overlays.top(), Some(Overlay::Help)) {
        state.overlays.close();
    } else {
        state.overlays.cover(Overlay::Help);
    }
}
