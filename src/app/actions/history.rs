//! Undo and redo.

use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::budget::edit::Edit;
use crate::diagnostics::Level;
use crate::words;

/// Undoes the last step.
pub(in crate::app) fn undo(state: &mut State) {
    let Some(step) = state.project.undo(&state.session) else { return };
    state.view.selection = Selection::of(step.line);
    state.keep_cursor();
    state.say(Level::Note, words::notice_undone(step.label));
}

/// Redoes the last undone step.
pub(in crate::app) fn redo(state: &mut State) {
    let Some(step) = state.project.redo(&state.session) else { return };
    // An imported list may renumber the old lines before it adds its own.
    state.view.selection = match step.edits.iter().find(|edit| !matches!(edit, Edit::Position { .. })) {
        Some(Edit::Insert { index, .. } | Edit::Move { to: index, .. }) => Selection::Line(*index),
        _ => Selection::of(step.line),
    };
    state.keep_cursor();
    state.say(Level::Note, words::notice_redone(step.label));
}
