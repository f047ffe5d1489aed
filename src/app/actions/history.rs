//! Undo and redo.

use crate::app::model::outcome::Effect;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::budget::edit::{Edit, Step};
use crate::diagnostics::Level;
use crate::words;

/// Undoes the last step.
pub(in crate::app) fn undo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.project.undo(&state.session) else { return Vec::new() };
    state.view.selection = Selection::of(step.line);
    state.keep_cursor();
    let effects = retraces(&step);
    state.say(Level::Note, words::notice_undone(step.label));
    effects
}

/// Redoes the last undone step.
pub(in crate::app) fn redo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.project.redo(&state.session) else { return Vec::new() };
    // An imported list may renumber the old lines before it adds its own.
    state.view.selection = match step.edits.iter().find(|edit| !matches!(edit, Edit::Position { .. })) {
        Some(Edit::Insert { index, .. } | Edit::Move { to: index, .. }) => Selection::Line(*index),
        _ => Selection::of(step.line),
    };
    state.keep_cursor();
    let effects = retraces(&step);
    state.say(Level::Note, words::notice_redone(step.label));
    effects
}

/// With another team file, values stand in other places.
fn retraces(step: &Step) -> Vec<Effect> {
    let changes = |edit: &Edit| matches!(edit, Edit::Whole { before, after } if before.extends != after.extends);
    if step.edits.iter().any(changes) { vec![Effect::Retrace] } else { Vec::new() }
}
