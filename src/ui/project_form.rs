//! The form of the project: each row with its value and whose that is, then a sentence about the selected row.

use crate::app::Action;
use crate::app::actions::project_values::{Whose, explained, shown};
use crate::app::model::form::{Form, FormRow};
use crate::cost::base::money::Currency;
use crate::ui::canvas::{Align, Canvas, FrameInput, wrap};
use crate::ui::dialogs::{boxed, list_end};
use crate::ui::layout::layout;
use crate::ui::panes::entry;
use crate::ui::picker::whole_parts;
use crate::ui::scene;
use crate::ui::text::{fit, safe, width};
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::{Position, Rect};

/// Columns of the box, its frame included.
const COLUMNS: u16 = 76;
/// Rows of the sentence about the selected row.
const SENTENCE: u16 = 2;
/// Least rows of the list.
const ROWS_LEAST: u16 = 4;

/// What stands where.
struct Places {
    /// The box, its frame included.
    place: Rect,
    /// Rows above the list: a line while a scenario is on screen.
    head: u16,
    /// Rows of the list.
    rows: u16,
    /// The first row in sight.
    first: usize,
}

impl Places {
    fn of(input: &FrameInput, area: Rect, form: &Form, rows: &[FormRow]) -> Places {
        let area = below_headline(input, area);
        let columns = usize::from(COLUMNS.min(area.width).saturating_sub(4));
        let head = scenario_lines(input, columns).len();
        let head = u16::try_from(head).unwrap_or(0);
        let foot = u16::try_from(sentence(input, form, columns).len()).unwrap_or(SENTENCE).max(SENTENCE);
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        // The frame, a blank line above the sentence, and the keys.
        let others = head + foot + 4;
        let height = wanted.saturating_add(others).min(area.height);
        let room = height.saturating_sub(others).max(ROWS_LEAST.min(height.saturating_sub(3)));
        let at = form.row(input.state.budget()).and_then(|row| rows.iter().position(|other| *other == row));
        let at = at.unwrap_or(0);
        let first = at.saturating_sub(usize::from(room) / 2);
        let first = first.min(rows.len().saturating_sub(usize::from(room)));
        let width = if COLUMNS.saturating_add(12) > area.width { area.width } else { COLUMNS };
        let place =
            Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
        Places { place, head, rows: room, first }
    }
}

/// The part of the window that leaves the headline and the notice in sight, where it is high enough for the form.
fn below_headline(input: &FrameInput, area: Rect) -> Rect {
    let window = Rect { height: area.height.saturating_add(1), ..area };
    let places = layout(window, &scene(input));
    let top = places.headline.bottom().max(area.y) - area.y;
    let height = area.height.saturating_sub(top + 1);
    if height < 16 || places.headline.is_empty() { area } else { Rect { y: area.y + top, height, ..area } }
}

fn scenario_lines(input: &FrameInput, columns: usize) -> Vec<String> {
    let Some(key) = input.state.project.scenario() else { return Vec::new() };
    let named = input.state.base().scenarios.get(key).and_then(|scenario| scenario.name.clone());
    wrap(&words::form_scenario(named.as_deref().unwrap_or(key)), columns)
}

/// What the selected row is for, or why its text is refused.
fn sentence(input: &FrameInput, form: &Form, columns: usize) -> Vec<String> {
    if let Some(refused) = form.typing.as_ref().and_then(|typing| typing.refused.as_ref()) {
        return wrap(refused, columns);
    }
    let row = form.row(input.state.budget());
    row.map_or_else(Vec::new, |row| wrap(&explained(input.state, form, &row), columns))
}

/// Draws the form.
pub(super) fn draw(canvas: &mut Canvas, input: &FrameInput, area: Rect, form: &Form) {
    let rows = form.rows(input.state.budget());
    let places = Places::of(input, area, form, &rows);
    let budget = input.state.budget();
    let page = form.open_fee(budget).map(words::dialog_fee).or_else(|| form.open_risk(budget).map(words::dialog_risk));
    let title = page.unwrap_or_else(|| words::dialog_project().to_owned());
    let inside = boxed(canvas, places.place, places.place.width, places.place.height, &title);
    let columns = usize::from(inside.width);
    for (row, line) in (0..places.head).zip(scenario_lines(input, columns)) {
        canvas.text(inside, row, &line, Role::Warn);
    }
    let list = list_of(inside, &places);
    let labels = label_width(input, form, &rows, columns);
    for (row, item) in (0..list.height).zip(rows.iter().skip(places.first)) {
        let line = Rect { y: list.y + row, height: 1, ..list };
        draw_row(canvas, input, form, (item, labels), line);
    }
    let last = inside.height.saturating_sub(1);
    let refused = form.typing.as_ref().is_some_and(|typing| typing.refused.is_some());
    let role = if refused { Role::Bad } else { Role::Dim };
    for (row, line) in (places.head + list.height + 1..last).zip(sentence(input, form, columns)) {
        canvas.text(inside, row, &line, role);
    }
    let below = rows.len().saturating_sub(places.first + usize::from(list.height));
    let keys: &[Action] = match &form.typing {
        Some(typing) if typing.fields.len() > 1 => &[Action::Accept, Action::Down, Action::Cancel],
        Some(_) => &[Action::Accept, Action::Cancel],
        None => &[Action::EditRow, Action::ResetRow, Action::Undo, Action::Cancel],
    };
    list_end(canvas, input, inside, (places.first, below), keys);
}

fn list_of(inside: Rect, places: &Places) -> Rect {
    let height = places.rows.min(inside.height.saturating_sub(places.head));
    Rect { y: inside.y + places.head, height, ..inside }
}

/// The currency that a rate is for: the chosen one until its rate is known.
fn currency(input: &FrameInput, form: &Form) -> Currency {
    let chosen = form.typing.as_ref().and_then(|typing| typing.currency);
    chosen.unwrap_or(input.state.budget().shown.currency)
}

fn label(input: &FrameInput, form: &Form, row: &FormRow) -> String {
    let indent = if row.is_part() { "  " } else { "" };
    format!("{indent}{}", safe(&row.label(currency(input, form))))
}

/// Columns of the labels: as wide as the widest, within a third of the box.
fn label_width(input: &FrameInput, form: &Form, rows: &[FormRow], columns: usize) -> usize {
    let widest = rows.iter().map(|row| width(&label(input, form, row))).max().unwrap_or(0);
    widest.min(columns / 3)
}

fn draw_row(canvas: &mut Canvas, input: &FrameInput, form: &Form, (row, labels): (&FormRow, usize), line: Rect) {
    let selected = form.row(input.state.budget()).as_ref() == Some(row);
    let sign = match (selected, input.ascii) {
        (true, false) => "▸",
        (true, true) => ">",
        _ => " ",
    };
    let name = fit(&label(input, form, row), labels, Align::Left, canvas.ellipsis());
    let used = canvas.text(line, 0, &format!("{sign} {name}  "), Role::Label);
    let rest = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
    if let Some(typed) = form.field(row) {
        if selected {
            canvas.tint(rest, 0, Role::Edit);
            let role = if typed.is_offered() { Role::Selection } else { Role::Edit };
            entry(canvas, rest, typed.split(), role);
        } else {
            canvas.text(rest, 0, typed.text(), Role::Value);
        }
        return;
    }
    let (value, whose) = shown(input.state, form, row);
    let (role, origin) = match whose {
        Whose::Project => (Role::Value, ""),
        Whose::Team => (Role::Dim, words::layer_team()),
        Whose::Scenario => (Role::Value, words::footer_scenario()),
        Whose::Nobody => (Role::Dim, ""),
    };
    let kept = if origin.is_empty() { 0 } else { u16::try_from(width(origin) + 2).unwrap_or(0) };
    let room = rest.width.saturating_sub(kept);
    canvas.text(Rect { width: room, ..rest }, 0, &whole_parts(&value, usize::from(room), input.ascii), role);
    canvas.text_right(rest, 0, origin, Role::Dim);
    if selected && form.typing.is_none() {
        canvas.tint(line, 0, Role::Selection);
    }
}

/// The row at a cell of the window, by its index.
pub(super) fn row_at(input: &FrameInput, area: Rect, form: &Form, at: Position) -> Option<usize> {
    let rows = form.rows(input.state.budget());
    let places = Places::of(input, area, form, &rows);
    let inside = Rect {
        x: places.place.x + 1,
        y: places.place.y + 1,
        width: places.place.width.saturating_sub(2),
        height: places.place.height.saturating_sub(2),
    };
    let list = list_of(inside, &places);
    let index = list.contains(at).then(|| places.first + usize::from(at.y - list.y))?;
    (index < rows.len()).then_some(index)
}
