//! Importing lists of deliverables: shown first, then added as one step, or dropped without a trace.

use crate::app::actions::{lines, navigation};
use crate::app::flows::ask::ask;
use crate::app::flows::paths;
use crate::app::keys::action::{Action, Availability};
use crate::app::model::list_request::{ListRequest, ListSource, ReadList};
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Ask, Kind, Overlay, PLAIN, Running};
use crate::app::model::preview::{Meaning, Preview};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::{Decimal, estimate};
use crate::diagnostics::Level;
use crate::figures::{self, Against, Headline};
use crate::tables::{ListText, ParsedList, apply};
use crate::words;
use crate::words::number::grouped;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that the notice of an import names.
const NAMED_ROWS: usize = 4;

/// Whether a pasted text is a list rather than a value: two rows that are not empty. Terminals paste a line break as the carriage
/// return of the Enter key.
pub(in crate::app) fn is_list(text: &str) -> bool {
    text.split(['\n', '\r']).filter(|row| !row.trim().is_empty()).nth(1).is_some()
}

/// The endings of files that are taken for lists where they are dropped on the screen.
const ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "xlsx", "xlsm", "md"];

/// The path of a list that a pasted text is, as terminals hand on a dropped file: a whole path, or a name without blanks.
fn dropped(text: &str) -> Option<String> {
    let text = text.trim();
    let path = paths::given(text);
    let ending = Path::new(&path).extension().and_then(OsStr::to_str)?.to_ascii_lowercase();
    let is_whole = path != text || text.starts_with(['/', '~', '.', '\\']) || text.get(1..3) == Some(":\\");
    (ENDINGS.contains(&ending.as_str()) && (is_whole || !text.contains(char::is_whitespace))).then_some(path)
}

/// The effects of a text pasted where no text is typed, if it is a list or the path of one.
pub(in crate::app) fn pasted_or_dropped(state: &mut State, text: &str) -> Option<Vec<Effect>> {
    if is_list(text) {
        return Some(pasted(state, text));
    }
    let path = dropped(text)?;
    // A path that cannot be read is asked for again.
    state.session.asked = Some((Ask::Import, path.clone()));
    Some(from_file(state, PathBuf::from(path)))
}

/// Whether the path of a list is being asked for.
pub(in crate::app) fn is_asked(state: &State) -> bool {
    matches!(state.overlays.top(), Some(Overlay::Ask { ask: Ask::Import, .. }))
}

/// Whether a text pasted instead of a path is the list itself: several rows, or the cells of a row.
pub(in crate::app) fn is_list_or_cells(text: &str) -> bool {
    is_list(text) || text.trim().contains('\t')
}

/// Whether a list is being read whose preview is not there yet.
pub(in crate::app) fn is_running(state: &State) -> bool {
    matches!(state.overlays.top(), Some(Overlay::ImportRunning(_)))
}

/// Asks for a pasted list to be read.
pub(in crate::app) fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    // A path that was typed before it would be asked for again if the list cannot be read.
    state.session.asked = None;
    run(state, words::import_pasted().to_owned(), None, ListSource::Text(Arc::new(ListText::pasted(text))))
}

/// Asks for the list in a file to be read, a text or a workbook.
pub(in crate::app) fn from_file(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    run(state, name, Some(path.clone()), ListSource::File(path))
}

/// Asks for the path of a list; the last one is offered.
pub(in crate::app) fn ask_path(state: &mut State) {
    let path = state.session.list_path.clone().unwrap_or_default();
    ask(state, Ask::Import, path);
}

fn run(state: &mut State, name: String, path: Option<PathBuf>, source: ListSource) -> Vec<Effect> {
    state.overlays.show(Overlay::ImportRunning(Running { name, path, rows: 0 }));
    state.session.notice = None;
    vec![Effect::ReadList(ListRequest::new(source))]
}

/// How far the list is read that the state waits for.
pub(in crate::app) fn progress(state: &mut State, rows: usize) {
    for overlay in state.overlays.iter_mut() {
        if let Overlay::ImportRunning(running) = overlay {
            running.rows = rows;
        } else if let Overlay::Import(preview) = overlay {
            preview.progress(rows);
        }
    }
}

/// Whether this overlay waits for a list: for its first reading, or for one with other columns or another sheet.
fn awaits_list(overlay: &Overlay) -> bool {
    if let Overlay::Import(preview) = overlay {
        return preview.rows_again().is_some();
    }
    matches!(overlay, Overlay::ImportRunning(_))
}

/// Shows the list that the state waits for, with what its rows do to the total; drops one that it no longer waits for.
pub(in crate::app) fn arrived(state: &mut State, read: ReadList) {
    take_in(state, read);
    count(state);
}

fn take_in(state: &mut State, read: ReadList) {
    let Some(overlay) = state.overlays.iter_mut().find(|overlay| awaits_list(overlay)) else { return };
    state.session.asked = None;
    state.session.notice = None;
    if let Overlay::ImportRunning(running) = overlay {
        let path = running.path.take();
        if let Some(path) = &path {
            state.session.list_path = Some(path.to_string_lossy().into_owned());
        }
        *overlay = Overlay::Import(Box::new(Preview::new(read, path)));
        return;
    }
    let Overlay::Import(preview) = overlay else { return };
    let sheet = read.text.sheet().filter(|sheet| Some(*sheet) != preview.sheet()).map(str::to_owned);
    if let Err(why) = preview.take(read) {
        let told = sheet.map(|sheet| words::notice_sheet_refused(sheet, &why.message));
        state.say(Level::Warning, told.unwrap_or(why.message));
    }
}

/// Computes what the total becomes with the rows of the list that is looked at.
fn count(state: &mut State) {
    let preview = state.overlays.iter().find_map(|overlay| {
        let Overlay::Import(preview) = overlay else { return None };
        Some(preview)
    });
    let total = preview.and_then(|preview| total_with(state, preview.list()));
    for overlay in state.overlays.iter_mut() {
        if let Overlay::Import(preview) = overlay {
            preview.count(total.clone());
        }
    }
}

/// The total before and after the rows are added, and what that leaves of the cap.
fn total_with(state: &State, list: &ParsedList) -> Option<String> {
    let edits = apply(list, state.budget());
    if edits.is_empty() {
        return None;
    }
    let mut budget = state.budget().clone();
    for edit in &edits {
        edit.apply(&mut budget);
    }
    let estimate = estimate(&budget, state.session.catalog, state.session.today);
    let shown = &budget.shown;
    let before = figures::total_text(shown, &state.estimate().totals);
    let after = figures::total_text(shown, &estimate.totals);
    Some(match Headline::of(&budget, &estimate.totals, None).against {
        Against::Left { left, .. } => words::import_total_left(before, after, left),
        Against::Over { over, .. } => words::import_total_over(before, after, over),
        Against::None | Against::Unknown | Against::WrongCurrency { .. } | Against::OverAtLeast { .. } => {
            words::import_total(before, after)
        }
    })
}

/// Waits for no list any more, because it cannot be read.
pub(in crate::app) fn give_up(state: &mut State) {
    state.overlays.retain(|overlay| !matches!(overlay, Overlay::ImportRunning(_)));
    for overlay in state.overlays.iter_mut() {
        if let Overlay::Import(preview) = overlay {
            preview.stop();
        }
    }
}

/// The message that a list is being read.
pub(in crate::app) const RUNNING: Kind = Kind {
    context: Context::ImportRunning,
    name: |_| words::ask_import().to_owned(),
    purpose: |_| words::help_import_running(),
    cancel: |state| {
        state.session.asked = None;
        (PLAIN.cancel)(state);
    },
    ..PLAIN
};

/// The preview.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Importing,
    name: |_| words::ask_import().to_owned(),
    purpose: |_| words::help_importing(),
    go: navigation::scroll,
    cancel: |state| {
        if !stop(state) {
            (PLAIN.cancel)(state);
        }
    },
    ..PLAIN
};

/// The preview while one of its columns is marked: up and down go from column to column too, as they stand below each other.
pub(in crate::app) const COLUMNS: Kind = Kind {
    context: Context::ImportingColumn,
    purpose: |_| words::help_importing_column(),
    go: mark,
    cancel: |state| {
        if !stop(state) {
            with_preview(state, Preview::unmark);
        }
    },
    ..KIND
};

/// Esc while the list is read again: it stays as it was.
fn stop(state: &mut State) -> bool {
    let Some(Overlay::Import(preview)) = state.overlays.top_mut() else { return false };
    preview.stop()
}

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

/// The wheel scrolls the text even where a column is marked. False if no list is looked at.
pub(in crate::app) fn wheel(state: &mut State, by: isize) -> bool {
    let previews = matches!(state.overlays.top(), Some(Overlay::Import(_)));
    if previews {
        scroll_freely(state);
        navigation::scroll(state, by);
    }
    previews
}

/// From here on the text stays where the last frame shows it.
fn scroll_freely(state: &mut State) {
    let first = state.view.first_line;
    let Some(Overlay::Import(preview)) = state.overlays.top_mut() else { return };
    let followed = preview.follows_mark();
    preview.scroll_freely();
    if followed {
        state.overlays.scroll_to(first);
    }
}

/// Marks this column, which is under the mouse: the text stays where it is.
pub(in crate::app) fn mark_at(state: &mut State, column: usize) {
    state.session.notice = None;
    scroll_freely(state);
    with_preview(state, |preview| preview.mark_at(column));
}

/// Gives a column of the list another meaning: the list is read again.
pub(in crate::app) fn give(state: &mut State, column: usize, meaning: Meaning) -> Vec<Effect> {
    let Some(Overlay::Import(preview)) = state.overlays.top_mut() else { return Vec::new() };
    state.session.notice = None;
    vec![Effect::ReadList(preview.choose(column, meaning))]
}

/// Asks for another sheet of the workbook in place of the one that is shown.
pub(in crate::app) fn give_sheet(state: &mut State, sheet: &str) -> Vec<Effect> {
    let Some(Overlay::Import(preview)) = state.overlays.top_mut() else { return Vec::new() };
    state.session.notice = None;
    preview.choose_sheet(sheet).map(Effect::ReadList).into_iter().collect()
}

impl State {
    /// Whether a list is being read for this state.
    #[must_use]
    pub fn awaits_list(&self) -> bool {
        self.overlays.iter().any(awaits_list)
    }

    fn offered_list(&self) -> Option<&Preview> {
        let Some(Overlay::Import(preview)) = self.overlays.below_help() else { return None };
        Some(preview)
    }

    /// Whether a list is looked at of which some row can be added.
    pub(in crate::app) fn can_add_rows(&self) -> Availability {
        self.is_project()?;
        let preview = self.offered_list().ok_or_else(|| words::why_no_list().to_owned())?;
        if preview.rows_again().is_some() {
            return Err(words::why_reading_again().to_owned());
        }
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

    /// Whether the list is one of several sheets.
    pub(in crate::app) fn has_sheets(&self) -> Availability {
        let sheet = self.offered_list().ok_or_else(|| words::why_no_list().to_owned())?.sheet();
        if sheet.is_some() { Ok(()) } else { Err(words::why_no_sheets().to_owned()) }
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
    let (count, path) = (intake.lines().count(), preview.path().map(Path::to_owned));
    let rows = first_refused(intake);
    if !lines::has_room(state, count) {
        return;
    }
    state.overlays.clear();
    state.view.filter.clear();
    let again = match &path {
        Some(_) => words::notice_shows_why(state.reach(Action::Import)),
        None => words::notice_paste_again().to_owned(),
    };
    state.project.took_list(path);
    let number = |count: usize| grouped(Decimal::from(count));
    state.carry_out(words::step_imported(number(count)), edits);
    state.view.choose(Selection::Line(first));
    let undo = state.reach(Action::Undo);
    match refused {
        0 => state.say(Level::Note, words::notice_imported(number(count), undo)),
        _ => {
            let told = words::notice_imported_in_part(number(count), number(refused), rows, again, undo);
            state.say(Level::Warning, told);
        }
    }
}

/// The numbers of the first rows that are left out, as many as a notice has room for.
fn first_refused(list: &ParsedList) -> String {
    let mut numbers = list.refused_numbers();
    let first: Vec<String> = numbers.by_ref().take(NAMED_ROWS).map(|row| row.to_string()).collect();
    let first = first.join(", ");
    if numbers.next().is_some() { words::notice_rows_more(first) } else { first }
}
