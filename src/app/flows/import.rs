//! Importing lists of deliverables: shown first, then added as one step, or dropped without a trace.

use crate::app::actions::{lines, navigation};
use crate::app::keys::action::Action;
use crate::app::keys::keymap::Context;
use crate::app::model::overlay::{Ask, Kind, Overlay, PLAIN};
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::diagnostics::Level;
use crate::tables::{ParsedList, apply, read, read_file};
use crate::words;

/// Whether a pasted text is a list rather than a value: two rows that are not empty. Terminals paste a line break as the carriage
/// return of the Enter key.
pub(in crate::app) fn is_list(text: &str) -> bool {
    text.split(['\n', '\r']).filter(|row| !row.trim().is_empty()).nth(1).is_some()
}

/// Whether the path of a list is being asked for.
pub(in crate::app) fn is_asked(state: &State) -> bool {
    matches!(state.overlays.top(), Some(Overlay::Ask { ask: Ask::Import, .. }))
}

/// Whether a text that was pasted in place of a path is the list itself: several rows, or cells of one.
pub(in crate::app) fn is_list_or_cells(text: &str) -> bool {
    is_list(text) || text.trim().contains('\t')
}

/// Shows a pasted list; nothing is applied yet.
pub(in crate::app) fn preview(state: &mut State, text: &str) {
    let list = read(text, state.project.budget(), state.session.catalog);
    show(state, list);
}

/// Shows the list in a file, a text or a workbook.
pub(in crate::app) fn preview_file(state: &mut State, bytes: &[u8]) {
    let list = read_file(bytes, None, state.project.budget(), state.session.catalog);
    show(state, list);
}

fn show(state: &mut State, list: ParsedList) {
    state.overlays.show(Overlay::Import(Box::new(list)));
    state.session.notice = None;
}

/// The preview.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Importing,
    name: |_| words::ask_import().to_owned(),
    purpose: |_| words::help_importing(),
    go: navigation::scroll,
    accept: |state| {
        accept(state);
        Vec::new()
    },
    ..PLAIN
};

/// Adds the parsed rows as one step and selects the first of them.
fn accept(state: &mut State) {
    let Some(Overlay::Import(intake)) = state.overlays.top() else { return };
    let edits = apply(intake, state.project.budget());
    if edits.is_empty() {
        state.say(Level::Warning, words::notice_nothing_imported(state.reach_in(Context::Importing, Action::Cancel)));
        return;
    }
    let (first, refused) = (state.project.budget().lines.len(), intake.refused_rows());
    let count = intake.lines().count();
    if !lines::has_room(state, count) {
        return;
    }
    state.overlays.clear();
    state.view.filter.clear();
    state.carry_out(words::step_imported(count), edits);
    state.view.selection = Selection::Line(first);
    let undo = state.reach(Action::Undo);
    match refused {
        0 => state.say(Level::Note, words::notice_imported(count, undo)),
        _ => state.say(Level::Warning, words::notice_imported_in_part(count, refused, undo)),
    }
}
