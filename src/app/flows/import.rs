//! Importing lists of deliverables: shown first, then added as one step, or dropped without a trace.

use crate::app::actions::{lines, navigation};
use crate::app::keys::action::{Action, Availability};
use crate::app::model::overlay::{Ask, Kind, Overlay, PLAIN};
use crate::app::model::preview::{Meaning, Preview};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::diagnostics::Level;
use crate::tables::{ListText, apply};
use crate::words::{self, Explanation};

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
    show(state, Ok(ListText::pasted(text)));
}

/// Shows the list in a file, a text or a workbook.
pub(in crate::app) fn preview_file(state: &mut State, bytes: &[u8]) {
    show(state, ListText::of_file(bytes, None));
}

fn show(state: &mut State, text: Result<ListText, Explanation>) {
    let preview = Preview::new(text, state.project.budget(), state.session.catalog);
    state.overlays.show(Overlay::Import(Box::new(preview)));
    state.session.notice = None;
}

/// The preview.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Importing,
    name: |_| words::ask_import().to_owned(),
    purpose: |_| words::help_importing(),
    go: navigation::scroll,
    ..PLAIN
};

/// The preview while one of its columns is marked: up and down go from column to column too, as they stand below each other.
pub(in crate::app) const COLUMNS: Kind = Kind {
    context: Context::ImportingColumn,
    purpose: |_| words::help_importing_column(),
    go: mark,
    cancel: |state| with_preview(state, Preview::unmark),
    ..KIND
};

fn with_preview(state: &mut State, change: impl FnOnce(&mut Preview)) {
    if let Some(Overlay::Import(preview)) = state.overlays.top_mut() {
        change(preview);
    }
}

/// Marks another column.
pub(in crate::app) fn mark(state: &mut State, by: isize) {
    state.session.notice = None;
    with_preview(state, |preview| preview.mark(by));
}

/// Gives a column of the list another meaning, and reads the list again.
pub(in crate::app) fn give(state: &mut State, column: usize, meaning: Meaning) {
    let Some(Overlay::Import(preview)) = state.overlays.top_mut() else { return };
    match preview.choose(column, meaning, state.project.budget(), state.session.catalog) {
        Ok(()) => state.session.notice = None,
        Err(why) => state.say(Level::Warning, why.message),
    }
}

impl State {
    fn offered_list(&self) -> Option<&Preview> {
        let Some(Overlay::Import(preview)) = self.overlays.below_help() else { return None };
        Some(preview)
    }

    /// Whether a list is looked at of which some row can be added.
    pub(in crate::app) fn can_add_rows(&self) -> Availability {
        let preview = self.offered_list().ok_or_else(|| words::why_no_list().to_owned())?;
        match preview.list().lines().next() {
            Some(_) => Ok(()),
            None => Err(words::notice_nothing_imported(self.reach_in(Context::Importing, Action::Cancel))),
        }
    }

    /// Whether a list is looked at that has columns.
    pub(in crate::app) fn has_columns(&self) -> Availability {
        let columns = self.offered_list().map_or(0, |preview| preview.list().columns.len());
        if columns > 0 { Ok(()) } else { Err(words::why_no_list().to_owned()) }
    }

    /// Whether a column is marked.
    pub(in crate::app) fn has_marked_column(&self) -> Availability {
        let marked = self.offered_list().and_then(Preview::marked);
        if marked.is_some() { Ok(()) } else { Err(words::why_no_column().to_owned()) }
    }
}

/// Adds the parsed rows as one step and selects the first of them.
pub(in crate::app) fn add_rows(state: &mut State) {
    let Some(Overlay::Import(preview)) = state.overlays.top() else { return };
    let intake = preview.list();
    let edits = apply(intake, state.project.budget());
    if edits.is_empty() {
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
