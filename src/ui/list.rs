//! The list of deliverables: its rows with their columns, and the sums below them.

use super::canvas::{Align, Canvas, FrameInput};
use super::column;
use super::layout::Layout;
use super::list_columns::{Cells, Columns};
use super::text::{fit, width};
use super::theme::Role;
use crate::app::actions::mouse::Target;
use crate::app::model::view::ShownLines;
use crate::app::{Action, Screen, Selection, State};
use crate::cost::Knob;
use crate::figures::{Amount, InvoiceRows, bar_units, bracket_text, text_if};
use crate::words;
use ratatui::layout::{Position, Rect};

/// Rows below the list beside those of [`InvoiceRows::after`]: a line, subtotal, buffer, total, per final.
const SUMS: usize = 5;
/// Rows of deliverables that the sums leave, if there are as many.
const LEAST_LINES: usize = 4;
/// Rows above the deliverables: the headings, and all deliverables.
const HEAD: usize = 2;

/// The list with its frame.
pub(super) fn list(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    if area.height < 3 {
        return in_a_line(canvas, input, area);
    }
    let focused = state.view.is_beside(Screen::Worksheet) && state.overlays.is_empty();
    let lines = state.shown_lines();
    let title = match state.view.filter.is_empty() {
        true => words::list_title().to_owned(),
        false => words::list_narrowed(&state.view.filter, lines.len(), state.budget().lines.len()),
    };
    let inside = canvas.frame(area, &title, focused);
    let on_top = on_top(input);
    let places = Places::of(inside, on_top.after.len(), state.budget().lines.len());
    let (first, in_sight) = window(state, &lines, places.rows.height);
    let last = (first + in_sight).min(lines.len());
    let all = Cells::of_project(input);
    let shown: Vec<usize> = (first..last).filter_map(|place| lines.get(place)).collect();
    let rows: Vec<Cells> = shown.iter().map(|line| Cells::of_line(input, *line)).collect();
    let columns = Columns::of(input, places.rows.width, &rows, &all);
    if places.headings.height > 0 {
        columns.headings(canvas, places.headings);
    }
    columns.draw(canvas, places.all, 0, &all, state.view.selection == Selection::Project);
    for (row, (line, cells)) in (0..places.rows.height).zip(shown.iter().zip(&rows)) {
        columns.draw(canvas, places.rows, row, cells, state.view.selection == Selection::Line(*line));
    }
    scroll_marks(canvas, input, area, (first, lines.len() - last), focused);
    if places.sums.height > 0 {
        let all_in_sight = state.view.filter.is_empty() && first == 0 && last == lines.len();
        sums_below(canvas, input, &on_top, places.sums, all_in_sight);
    }
}

/// Where the parts of the list stand inside its frame.
struct Places {
    headings: Rect,
    all: Rect,
    rows: Rect,
    sums: Rect,
}

impl Places {
    fn of(inside: Rect, on_top: usize, lines: usize) -> Places {
        let has_sums = usize::from(inside.height) >= HEAD + lines.min(LEAST_LINES) + SUMS + on_top;
        let sums = if has_sums { u16::try_from(SUMS + on_top).unwrap_or(0) } else { 0 };
        let headings = u16::from(inside.height >= 4);
        let all = (inside.height - headings).min(1);
        let wanted = u16::try_from(lines).unwrap_or(u16::MAX);
        let rows = (inside.height - headings - all - sums).min(if has_sums { wanted } else { u16::MAX });
        let row = |y: u16, height: u16| Rect { y: inside.y + y, height, ..inside };
        Places {
            headings: row(0, headings),
            all: row(headings, all),
            rows: row(headings + all, rows),
            sums: row(headings + all + rows, sums),
        }
    }
}

/// Rows that show all of the list with its headings and sums.
pub(super) fn rows_wanted(state: &State) -> usize {
    let on_top = InvoiceRows::short(state.budget(), state.estimate()).after.len();
    HEAD + state.budget().lines.len() + SUMS + on_top
}

/// The first line in sight, by its place among those that are shown, and how many there is room for.
fn window(state: &State, lines: &ShownLines, height: u16) -> (usize, usize) {
    let selected = match state.view.selection {
        Selection::Project => 0,
        Selection::Line(index) => lines.before(index),
    };
    let height = usize::from(height);
    (selected.saturating_sub(height / 2).min(lines.len().saturating_sub(height)), height)
}

/// The target of a click on a cell of the list, or of the panel of other bills.
pub(super) fn target(input: &FrameInput, places: &Layout, at: Position) -> Option<Target> {
    let state = input.state;
    if places.others.contains(at) || places.walk.contains(at) {
        return Some(Target::Key(if state.bills().cards.is_empty() { Action::Cards } else { Action::Bills }));
    }
    let area = places.list;
    if area.height < 3 {
        return area.contains(at).then_some(Target::Row(state.view.selection));
    }
    let inside = Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 };
    let places = Places::of(inside, on_top(input).after.len(), state.budget().lines.len());
    if places.all.contains(at) {
        return Some(Target::Row(Selection::Project));
    }
    if !places.rows.contains(at) {
        return None;
    }
    let lines = state.shown_lines();
    let (first, _) = window(state, &lines, places.rows.height);
    lines.get(first + usize::from(at.y - places.rows.y)).map(|line| Target::Row(Selection::Line(line)))
}

/// On the frame's lower edge, how many rows are above and below.
fn scroll_marks(canvas: &mut Canvas, input: &FrameInput, area: Rect, (above, below): (usize, usize), focused: bool) {
    let mut marks = Vec::new();
    if above > 0 {
        marks.push(words::list_above(above));
    }
    if below > 0 {
        marks.push(words::list_below(below));
    }
    let text = format!(" {} ", marks.join(if input.ascii { ", " } else { " · " }));
    let edge = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    if !marks.is_empty() && width(&text) <= usize::from(edge.width) {
        canvas.text_right(edge, 0, &text, if focused { Role::FocusTitle } else { Role::Dim });
    }
}

/// The selected row if no frame has room: its name and cost.
fn in_a_line(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let selected = input.state.view.selection;
    let cells = selected.line().map_or_else(|| Cells::of_project(input), |line| Cells::of_line(input, line));
    let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let named = usize::from(room.width).saturating_sub(width(&cells.cost) + 1);
    let marker = if input.ascii { ">" } else { "▸" };
    let name = fit(&format!("{marker}{}", cells.name), named, Align::Left, canvas.ellipsis());
    canvas.pair(room, 0, (&name, Role::Text), (&cells.cost, Role::Value));
    canvas.tint(area, 0, Role::Selection);
}

/// What comes on subtotal and buffer.
fn on_top(input: &FrameInput) -> InvoiceRows {
    InvoiceRows::short(input.state.budget(), input.state.estimate())
}

/// A line, then subtotal, buffer, what comes on them, the total, and the total per final.
fn sums_below(canvas: &mut Canvas, input: &FrameInput, on_top: &InvoiceRows, area: Rect, all_in_sight: bool) {
    let state = input.state;
    let (shown, totals) = (&state.budget().shown, &state.estimate().totals);
    canvas.text(area, 0, &"─".repeat(usize::from(area.width)), Role::Border);
    // A reader cannot add up rows that are not visible, so their rounding is not shown.
    if let Some(rounding) = all_in_sight.then(|| column::rounding_of_lines(input)).flatten() {
        canvas.text_right(area, 0, &format!(" {} ", words::figures_rounding_line(rounding.signed())), Role::Dim);
    }
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let label = words::report_subtotal();
    canvas.pair(inner, 1, (label, Role::Label), (&column::subtotal_of_project(input), Role::Value));
    let label = words::knob_label(Knob::Buffer);
    let buffer = text_if(shown, totals.buffer, totals.about.buffer);
    canvas.pair(inner, 2, (label, Role::Label), (&buffer, Role::Value));
    if let Some(rounding) = on_top.rounding {
        let said = words::figures_rounding_line(rounding.signed());
        let beside = usize::from(inner.width).saturating_sub(width(&buffer) + 2);
        if width(label) + 2 + width(&said) <= beside {
            let room = Rect { width: u16::try_from(beside).unwrap_or(inner.width), ..inner };
            canvas.text_right(room, 2, &said, Role::Dim);
        }
    }
    let mut row = 3;
    for charge in &on_top.after {
        let amount = charge.amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string());
        canvas.pair(inner, row, (&charge.label, Role::Label), (&amount, Role::Value));
        row += 1;
    }
    let room = usize::from(inner.width).saturating_sub(width(words::total()) + 1);
    let (total, role) = match (totals.total, &totals.bracket) {
        (Some(total), _) => (Amount::of(shown, total).about_if(totals.approximate).to_string(), Role::Total),
        (None, Some(bracket)) => {
            let ends = bracket_text(shown, bracket);
            let both = words::unknown_between(&ends);
            (if width(&both) <= room { both } else { ends }, Role::Warn)
        }
        (None, None) => {
            let known = Amount::of(shown, totals.known_part()).about_if(totals.approximate);
            (words::unknown_beyond(known), Role::Warn)
        }
    };
    canvas.pair(inner, row, (words::total(), Role::Label), (&total, role));
    if let Some(per_final) = totals.per_final {
        let each = Amount::finer(shown, per_final, 2).about_if(totals.approximate).to_string();
        canvas.pair(inner, row + 1, (words::per_final(), Role::Dim), (&each, Role::Dim));
    }
}

/// The length of a line's bar.
pub(super) fn units(input: &FrameInput, line: usize) -> u64 {
    input.state.estimate().lines.get(line).and_then(|line| line.subtotal).map_or(0, bar_units)
}
