//! The scenarios side by side: the values that differ, then what each costs; the baseline is the first column.

use super::Drawn;
use crate::app::actions::mouse::Target;
use crate::app::actions::scenarios;
use crate::app::{Action, Screen};
use crate::figures::ComparedRow;
use crate::ui::canvas::{Align, Canvas, FrameInput};
use crate::ui::layout::{Layout, ONE_TABLE};
use crate::ui::screens::bills::inner;
use crate::ui::text::{Ellipsis, fit, safe, truncate, width};
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// The screen's row.
pub(super) const SCREEN: Drawn = Drawn { arrangement: ONE_TABLE, draw, furthest_scroll, target };

/// Columns between two columns.
const GAP: u16 = 2;
/// Most and least columns of a scenario, and most of the rows' names.
const CELLS: (u16, u16) = (24, 10);
const LABELS: u16 = 34;
/// What stands between a deliverable and its field in the name of a row.
const FIELD: &str = " · ";
/// Least columns of the deliverable beside its field.
const NAMED: usize = 8;

fn columns_of(text: &str) -> u16 {
    u16::try_from(width(&safe(text))).unwrap_or(u16::MAX)
}

/// The table: its columns' names, the rows that scroll, the rows below them.
struct Table {
    names: Vec<String>,
    /// The values that differ, then images and subtotal.
    rows: Vec<ComparedRow>,
    /// How many of them are values.
    values: usize,
    /// The totals and what they are compared with.
    totals: Vec<ComparedRow>,
    /// The columns in sight: which, where it begins, how wide it is.
    placed: Vec<(usize, u16, u16)>,
    labels: u16,
    /// Whether there are more on the left and on the right.
    more: (bool, bool),
}

/// How the rows share a height.
struct Parts {
    /// How many rows scroll, and how many of them are in sight.
    scrolling: usize,
    in_sight: usize,
    /// Whether a blank row stands behind the values.
    blank: bool,
    /// Whether the totals stay below what scrolls.
    pinned: bool,
}

/// A row in sight.
struct Line<'t> {
    /// Its line, from the top.
    at: usize,
    /// Whether it is a value, not a sum.
    is_value: bool,
    row: &'t ComparedRow,
}

impl Parts {
    fn furthest(&self) -> usize {
        self.scrolling.saturating_sub(self.in_sight)
    }
}

fn table(input: &FrameInput, room: Rect) -> Table {
    let state = input.state;
    let compared = scenarios::table(state);
    let names = compared.comparison.columns.iter().map(|column| {
        let (key, shown) = (column.scenario.as_deref(), state.project.scenario());
        let name = scenarios::title(state, key);
        // Keys such as + change what is on screen, which need not be the selected column.
        if key == shown { words::column_on_screen(name) } else { name }
    });
    let names: Vec<String> = names.collect();
    let mut rows = compared.values();
    let values = rows.len();
    rows.extend(compared.parts());
    let totals = compared.totals();
    let mut table = Table { names, rows, values, totals, placed: Vec::new(), labels: 0, more: (false, false) };
    table.place(state.view.scenario_column, room.width);
    table
}

impl Table {
    fn all(&self) -> impl Iterator<Item = &ComparedRow> {
        self.rows.iter().chain(&self.totals)
    }

    /// How the rows share a height without the names and the note. The totals are what one looks for: they stay in sight,
    /// and come first where nothing else has room.
    fn parts(&self, height: u16) -> Parts {
        let (height, pinned, scrolling) = (usize::from(height), self.totals.len(), self.rows.len());
        if height <= pinned {
            return Parts { scrolling: pinned + scrolling, in_sight: height, blank: false, pinned: false };
        }
        let in_sight = scrolling.min(height - pinned);
        let blank = self.values > 0 && scrolling + pinned < height;
        Parts { scrolling, in_sight, blank, pinned: true }
    }

    /// The rows in sight.
    fn in_sight(&self, parts: &Parts, scrolled: usize) -> Vec<Line<'_>> {
        let rows = (0..).zip(&self.rows).map(|(at, row)| (at < self.values, row));
        let totals = self.totals.iter().map(|row| (false, row));
        let first = scrolled.min(parts.furthest());
        let line = |(at, (is_value, row))| {
            // All rows are in sight where there is a blank one among them.
            let at = at + usize::from(parts.blank && at >= self.values);
            Line { at, is_value, row }
        };
        match parts.pinned {
            true => (0..).zip(rows.skip(first).take(parts.in_sight).chain(totals)).map(line).collect(),
            false => (0..parts.in_sight).zip(totals.chain(rows).skip(first)).map(line).collect(),
        }
    }

    /// Places the baseline, and beside it as many columns as fit, the selected one among them.
    fn place(&mut self, selected: usize, room: u16) {
        let cell = |at: usize| {
            let cells = self.all().filter_map(|(_, cells)| cells.get(at)).map(|cell| columns_of(cell));
            cells.chain([columns_of(&self.names[at]).saturating_add(1), CELLS.1]).max().unwrap_or(0).min(CELLS.0)
        };
        let widths: Vec<u16> = (0..self.names.len()).map(cell).collect();
        let selected = selected.min(widths.len().saturating_sub(1));
        let longest = self.all().map(|(label, _)| columns_of(label)).max().unwrap_or(0);
        // Two columns have room at any width: the rows' names give way first.
        let two = widths.first().copied().unwrap_or(0).saturating_add(CELLS.0).saturating_add(2 * GAP);
        self.labels = longest.min(LABELS).min(room.saturating_sub(two).max(room / 4));
        let needed = |at: usize| widths[at].saturating_add(GAP);
        let left = self.labels.saturating_add(widths.first().map_or(0, |_| needed(0)));
        let until = |first: usize| {
            let (mut used, mut end) = (left, first);
            while end < widths.len() && used.saturating_add(needed(end)) <= room {
                used += needed(end);
                end += 1;
            }
            end
        };
        let first = (1..=selected.max(1)).find(|first| until(*first) > selected).unwrap_or(selected.max(1));
        let mut x = self.labels;
        for at in std::iter::once(0).chain(first..until(first)).filter(|at| *at < widths.len()) {
            self.placed.push((at, x + GAP, widths[at]));
            x += needed(at);
        }
        self.more = (first > 1, until(first) < widths.len());
    }
}

/// How far the table scrolls; without limit if there is no table.
fn furthest_scroll(input: &FrameInput, places: &Layout) -> usize {
    if places.table.height < 4 {
        return usize::MAX;
    }
    let room = inner(places.table);
    table(input, room).parts(below(input, room).height).furthest()
}

/// The room below the names and above the note.
fn below(input: &FrameInput, room: Rect) -> Rect {
    Rect { y: room.y + 1, height: room.height.saturating_sub(1 + notes(input, room)), ..room }
}

/// Rows for the selected scenario's note.
fn notes(input: &FrameInput, room: Rect) -> u16 {
    u16::from(room.height > 8 && note(input).is_some())
}

fn note(input: &FrameInput) -> Option<String> {
    let key = scenarios::selected(input.state)?;
    let scenario = input.state.base().scenarios.get(&key)?;
    Some(words::scenarios_note(scenario.title(&key), scenario.note.as_ref()?))
}

fn target(input: &FrameInput, places: &Layout, at: Position) -> Option<Target> {
    if !places.table.contains(at) {
        return None;
    }
    let room = inner(places.table);
    let column = at.x.saturating_sub(room.x);
    let placed = table(input, room).placed;
    let hit = placed.into_iter().find(|(_, x, width)| (*x..x + width).contains(&column)).map(|(at, ..)| at);
    Some(Target::Scenario(hit))
}

fn draw(canvas: &mut Canvas, input: &FrameInput, places: &Layout) {
    let state = input.state;
    if places.table.height < 4 {
        return;
    }
    let focused = state.view.is_beside(Screen::Scenarios) && state.overlays.is_empty();
    canvas.frame(places.table, words::tab_scenarios(), focused);
    let room = inner(places.table);
    if state.base().scenarios.is_empty() {
        canvas.wrapped(room, 0, &words::scenarios_empty(state.reach(Action::KeepScenario)), Role::Dim);
        return;
    }
    let table = table(input, room);
    heads(canvas, input, room, &table, focused);
    let below = below(input, room);
    let parts = table.parts(below.height);
    for line in table.in_sight(&parts, state.view.scenarios_scroll) {
        draw_row(canvas, below, &table, &line);
    }
    if state.view.scenarios_scroll < parts.furthest() {
        let y = below.y + u16::try_from(parts.in_sight.saturating_sub(1)).unwrap_or(0);
        let edge = Rect { x: places.table.right().saturating_sub(1), y, width: 1, height: 1 };
        canvas.text(edge, 0, if input.ascii { "v" } else { "↓" }, Role::Key);
    }
    if let (1, Some(note)) = (notes(input, room), note(input)) {
        canvas.text(room, room.height.saturating_sub(1), &note, Role::Dim);
    }
}

/// The names of the columns, the selected one marked; signs where there are more.
fn heads(canvas: &mut Canvas, input: &FrameInput, room: Rect, table: &Table, focused: bool) {
    let selected = input.state.view.scenario_column.min(table.names.len().saturating_sub(1));
    for (at, x, width) in &table.placed {
        let sign = match (*at == selected, input.ascii) {
            (true, false) => "▸",
            (true, true) => ">",
            (false, _) => "",
        };
        let name = format!("{sign}{}", table.names[*at]);
        let name = fit(&safe(&name), usize::from(*width), Align::Right, canvas.ellipsis());
        canvas.text_at(room, *x, 0, &name, if *at == selected { Role::TabActive } else { Role::Title });
        if *at == selected && focused {
            canvas.tint(Rect { x: room.x + x, width: *width, ..room }, 0, Role::Selection);
        }
    }
    if let (true, Some((_, x, _))) = (table.more.0, table.placed.get(1)) {
        canvas.text_at(room, x.saturating_sub(1), 0, if input.ascii { "<" } else { "‹" }, Role::Key);
    }
    if table.more.1 {
        canvas.text(Rect { x: room.right(), width: 1, ..room }, 0, if input.ascii { ">" } else { "›" }, Role::Key);
    }
}

/// A row's name without room: what it is about, such as a deliverable, gives way before what of it changes.
fn shortened(label: &str, columns: usize, ellipsis: Ellipsis) -> Cow<'_, str> {
    let Some((of, field)) = label.rsplit_once(FIELD).filter(|_| width(label) > columns) else { return label.into() };
    let room = columns.saturating_sub(width(FIELD) + width(field));
    if room < NAMED {
        return label.into();
    }
    format!("{}{FIELD}{field}", truncate(of, room, ellipsis)).into()
}

fn draw_row(canvas: &mut Canvas, room: Rect, table: &Table, line: &Line<'_>) {
    let (label, cells) = line.row;
    let is_total = !line.is_value && label == words::total();
    let at = u16::try_from(line.at).unwrap_or(u16::MAX);
    let whole = safe(label);
    let fitted = fit(
        &shortened(&whole, usize::from(table.labels), canvas.ellipsis()),
        usize::from(table.labels),
        Align::Left,
        canvas.ellipsis(),
    );
    canvas.text_at(room, 0, at, &fitted, if is_total { Role::Total } else { Role::Label });
    let baseline = cells.first();
    for (column, x, width) in &table.placed {
        let Some(cell) = cells.get(*column) else { continue };
        let role = match (is_total, line.is_value && Some(cell) == baseline && *column > 0) {
            (true, _) => Role::Total,
            (false, true) => Role::Dim,
            (false, false) => Role::Value,
        };
        let text = fit(&safe(cell), usize::from(*width), Align::Right, canvas.ellipsis());
        canvas.text_at(room, *x, at, &text, role);
    }
}
