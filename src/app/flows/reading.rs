//! Texts that are read: the keys, what is doubtful, why the figures are what they are.

use crate::app::actions::navigation;
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::state::State;
use crate::words;

const TEXT: Kind = Kind { waits: false, go: navigation::scroll, ..PLAIN };

/// The help.
pub(in crate::app) const HELP: Kind = Kind {
    name: |_| words::dialog_issues().to_owned(),
    purpose: |_| words::help_issues(),
    // What lies below is there again as it was.
    cancel: |state| drop(state.overlays.close()),
    ..TEXT
};

/// What is wrong or doubtful.
pub(in crate::app) const ISSUES: Kind =
    Kind { name: |_| words::dialog_issues().to_owned(), purpose: |_| words::help_issues(), ..TEXT };

/// Why the figures are what they are.
pub(in crate::app) const WHY: Kind =
    Kind { name: |_| words::dialog_why().to_owned(), purpose: |_| words::help_why(), ..TEXT };

/// Shows why the figures are what they are.
pub(in crate::app) fn why(state: &mut State) {
    state.overlays.show(Overlay::Why);
}

/// Shows what is wrong or doubtful.
pub(in crate::app) fn issues(state: &mut State) {
    state.overlays.show(Overlay::Issues);
}

/// Opens the help over whatever is open, or closes it.
pub(in crate::app) fn help(state: &mut State) {
    if matches!(state.overlays.top(), Some(Overlay::Help)) {
        state.overlays.close();
    } else {
        state.overlays.cover(Overlay::Help);
    }
}
