//! The list of deliverables with its sums, and the same folded into one line.

use super::canvas::{Align, Canvas, FrameInput};
use super::column;
use super::layout::Layout;
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::app::actions::mouse::Target;
use crate::app::{Action, Screen, Selection, State};
use crate::cost::Knob;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::{CapState, against_cap};
use crate::figures;
use crate::figures::{Amount, BesideCap, InvoiceRows, bar_units, bracket_text, cap_as_set, percent_of, text_if};
use crate::words;
use crate::words::number::grouped;
use ratatui::layout::{Position, Rect};

/// Least columns of the finals in a row.
const FINALS: usize = 4;
/// Least columns of a name beside figures; without them the finals give way.
const NAME: usize = 8;
/// Longest bar of the cap: a longer one would shout.
const CAP_BAR: u16 = 28;
/// Rows below the list: a line, deliverables, buffer, total, cap, per final.
const SUMS: u16 = 6;

/// The list beside the panes.
pub(super) fn list(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let focused = state.view.is_beside(Screen::Worksheet) && state.overlays.is_empty();
    let lines = state.shown_lines();
    let title = match state.view.filter.is_empty() {
        true => words::pane_deliverables().to_owned(),
        false => words::list_narrowed(&state.view.filter, lines.len(), state.budget().lines.len()),
    };
    let inside = canvas.frame(area, &title, focused);
    let on_top = on_top(input);
    let rows = rows_of(area, on_top.after.len());
    let sums = inside.height.saturating_sub(rows.height);
    let below = Rect { y: inside.y + rows.height, height: sums, ..inside };
    draw_rows(canvas, input, rows, &lines);
    canvas.text(below, 0, &"─".repeat(usize::from(below.width)), Role::Border);
    // A reader cannot add up rows that are not visible, so their rounding is not shown.
    let all_in_sight = state.view.filter.is_empty() && lines.len() < usize::from(rows.height);
    if let Some(rounding) = all_in_sight.then(|| column::rounding_of_lines(input)).flatten() {
        canvas.text_right(below, 0, &format!(" {} ", words::figures_rounding_line(rounding.signed())), Role::Dim);
    }
    sums_below(canvas, input, &on_top, Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below });
}

/// The first row in sight and the selected one; the row of the assumptions is 0.
fn window(state: &State, lines: &[usize], height: u16) -> (usize, usize) {
    let selected = match state.view.selection {
        Selection::Project => 0,
        Selection::Line(index) => lines.partition_point(|line| *line <= index),
    };
    let height = usize::from(height);
    (selected.saturating_sub(height / 2).min((lines.len() + 1).saturating_sub(height)), selected)
}

/// The rows of the list inside its frame.
fn rows_of(area: Rect, on_top: usize) -> Rect {
    let inside = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let sums = SUMS.saturating_add(u16::try_from(on_top).unwrap_or(u16::MAX));
    Rect { height: inside.height - sums.min(inside.height.saturating_sub(2)), ..inside }
}

/// The target of a click on a cell of the list, or of the panel of other bills.
pub(super) fn target(input: &FrameInput, places: &Layout, at: Position) -> Option<Target> {
    let state = input.state;
    if places.others.contains(at) {
        return Some(Target::Key(if state.bills().cards.is_empty() { Action::Cards } else { Action::Bills }));
    }
    let rows = rows_of(places.list, on_top(input).after.len());
    if places.list.is_empty() || !rows.contains(at) {
        return None;
    }
    let lines = state.shown_lines();
    let (first, _) = window(state, &lines, rows.height);
    match first + usize::from(at.y - rows.y) {
        0 => Some(Target::Row(Selection::Project)),
        row => lines.get(row - 1).map(|line| Target::Row(Selection::Line(*line))),
    }
}

fn draw_rows(canvas: &mut Canvas, input: &FrameInput, area: Rect, lines: &[usize]) {
    let state = input.state;
    let (first, selected) = window(state, lines, area.height);
    let in_sight: Vec<String> =
        (first..=lines.len()).take(usize::from(area.height)).map(|row| money_of(input, lines, row)).collect();
    // Visible amounts are never cut, whatever the largest amount is: half a figure is a wrong figure.
    let widest = in_sight.iter().map(|text| width(text)).max().unwrap_or(0).max(column::widest(input));
    let money = widest.max(7);
    let finals = |line: &LineEstimate| width(&figures::finals(&line.deliverable));
    let finals_columns = state.estimate().lines.iter().map(finals).max().unwrap_or(0).max(FINALS);
    let beside = usize::from(area.width).saturating_sub(money + 3);
    let finals_columns = if beside < finals_columns + 1 + NAME { 0 } else { finals_columns };
    let marker = if input.ascii { ">" } else { "▸" };
    for ((row, index), money_text) in (0..area.height).zip(first..=lines.len()).zip(&in_sight) {
        let is_selected = index == selected;
        let sign = if is_selected { marker } else { " " };
        let (name, finals) =
            match index.checked_sub(1).and_then(|row| Some((lines[row], state.budget().lines.get(lines[row])?))) {
                None => (words::row_assumptions().to_owned(), String::new()),
                Some((at, line)) => (line.title().to_owned(), figures::finals(&state.estimate().lines[at].deliverable)),
            };
        let finals = match finals_columns {
            0 => String::new(),
            columns => format!(" {}", fit(&finals, columns, Align::Right, canvas.ellipsis())),
        };
        let room = beside.saturating_sub(width(&finals));
        let of_line = index.checked_sub(1).and_then(|row| state.estimate().lines.get(lines[row]));
        let name = match of_line {
            Some(line) if line.is_measured() => with_word(&safe(&name), words::knob_measured(), room),
            _ => safe(&name).into_owned(),
        };
        let name = fit(&name, beside.saturating_sub(width(&finals)), Align::Left, canvas.ellipsis());
        let text = format!("{sign}{name}{finals} {} ", fit(money_text, money, Align::Right, canvas.ellipsis()));
        canvas.text(area, row, &text, if index == 0 { Role::Dim } else { Role::Text });
        if is_selected {
            canvas.tint(area, row, Role::Selection);
        }
    }
    if state.estimate().lines.is_empty() && area.height > 2 {
        canvas.wrapped(
            Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area },
            2,
            &words::list_empty(state.reach(Action::Add), state.reach(Action::Import), state.reach(Action::Projects)),
            Role::Dim,
        );
    }
}

/// A name with a word at the end of its column, if both fit.
fn with_word(name: &str, word: &str, room: usize) -> String {
    match room.checked_sub(width(name) + width(word) + 1) {
        Some(blank) => format!("{name} {}{word}", " ".repeat(blank)),
        None => name.to_owned(),
    }
}

/// The amount of a row of the list; empty for the assumptions in the first row.
fn money_of(input: &FrameInput, lines: &[usize], row: usize) -> String {
    row.checked_sub(1).map_or_else(String::new, |row| column::subtotal(input, lines[row]))
}

/// What comes on subtotal and buffer.
fn on_top(input: &FrameInput) -> InvoiceRows {
    InvoiceRows::short(input.state.budget(), input.state.estimate())
}

fn sums_below(canvas: &mut Canvas, input: &FrameInput, on_top: &InvoiceRows, area: Rect) {
    let state = input.state;
    let totals = &state.estimate().totals;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let count = words::deliverable_count(grouped(Decimal::from(state.budget().lines.len())));
    let label = words::knob_label(Knob::Buffer);
    canvas.pair(inner, 0, (&count, Role::Label), (&column::subtotal_of_project(input), Role::Value));
    let buffer = text_if(&state.budget().shown, totals.buffer, totals.approximate);
    canvas.pair(inner, 1, (label, Role::Label), (&buffer, Role::Value));
    if let Some(rounding) = on_top.rounding {
        let said = words::figures_rounding_line(rounding.signed());
        let beside = usize::from(inner.width).saturating_sub(width(&buffer) + 2);
        if width(label) + 2 + width(&said) <= beside {
            let room = Rect { width: u16::try_from(beside).unwrap_or(inner.width), ..inner };
            canvas.text_right(room, 1, &said, Role::Dim);
        }
    }
    let mut row = 2;
    for charge in &on_top.after {
        let amount = charge.amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string());
        canvas.pair(inner, row, (&charge.label, Role::Label), (&amount, Role::Value));
        row += 1;
    }
    total_line(canvas, input, inner, row);
    cap_line(canvas, input, inner, row + 1);
    if let Some(per_final) = totals.per_final {
        canvas.pair(
            inner,
            row + 2,
            (words::per_final(), Role::Dim),
            (
                &Amount::finer(&state.budget().shown, per_final, 2)
                    .about_if(state.estimate().totals.approximate)
                    .to_string(),
                Role::Dim,
            ),
        );
    }
}

/// The total: what the eye should meet first. Where a part is left to the model, its bracket; where one is unknown, the known
/// part, named as such.
pub(super) fn total_line(canvas: &mut Canvas, input: &FrameInput, area: Rect, row: u16) {
    let state = input.state;
    let totals = &state.estimate().totals;
    let shown = &state.budget().shown;
    let room = usize::from(area.width).saturating_sub(width(words::total()) + 1);
    let (text, role) = match (totals.total, &totals.bracket) {
        (Some(total), _) => {
            let total = Amount::of(shown, total).about_if(state.estimate().totals.approximate);
            (total.to_string(), Role::Total)
        }
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
    canvas.pair(area, row, (words::total(), Role::Total), (&text, role));
}

/// The cap with a bar and a percentage, or with the money that the total is over it; nothing without a cap.
pub(super) fn cap_line(canvas: &mut Canvas, input: &FrameInput, area: Rect, row: u16) {
    let state = input.state;
    let approximate = state.estimate().totals.approximate;
    let over = |total, cap, currency| BesideCap::of(&state.budget().shown, total, cap, currency, approximate).over;
    match against_cap(state.budget(), &state.estimate().totals) {
        CapState::None => {}
        CapState::Unknown => _ = canvas.text(area, row, words::cap_unknown(), Role::Warn),
        CapState::WrongCurrency { cap, project } => {
            canvas.text(area, row, &words::cap_wrong_currency(cap.code(), project.code()), Role::Bad);
        }
        CapState::OverAtLeast { known, cap, currency } => {
            let over = words::cap_over_at_least(over(known, cap, currency));
            canvas.pair(area, row, (&words::cap_of(cap_as_set(currency, cap)), Role::Label), (&over, Role::Bad));
        }
        CapState::Within { total, cap, currency } => {
            let percent = percent_of(total, cap).unwrap_or_default();
            cap_bar(canvas, input, area, row, (total, cap, currency), (&words::percent(grouped(percent)), Role::Good));
        }
        CapState::Over { total, cap, currency } => {
            let over = over(total, cap, currency);
            let label = words::cap_of(cap_as_set(currency, cap));
            let beside = words::cap_over(over);
            if width(&label) + 1 + width(&beside) > usize::from(area.width) {
                canvas.text(area, row, &words::cap_over_alone(over), Role::Bad);
            } else {
                cap_bar(canvas, input, area, row, (total, cap, currency), (&beside, Role::Bad));
            }
        }
    }
}

/// The cap, a bar for the part of it that the total takes, and the text to the right of it.
fn cap_bar(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    row: u16,
    (total, cap, currency): (Decimal, Decimal, Currency),
    (beside, role): (&str, Role),
) {
    let label = words::cap_of(cap_as_set(currency, cap));
    let left = canvas.text(area, row, &label, Role::Label).saturating_add(1);
    let bar_end = Rect { width: area.width.min(left.saturating_add(CAP_BAR + 20)), ..area };
    let right = canvas.text_right(bar_end, row, beside, role).saturating_add(1);
    let room = bar_end.width.saturating_sub(left.saturating_add(right));
    if room >= 4 {
        let rest = if input.ascii { "." } else { "░" }.repeat(usize::from(room));
        canvas.text_at(area, left, row, &rest, Role::BarRest);
        let role = if role == Role::Bad { role } else { Role::Bar };
        canvas.bar(area, left, row, room, (bar_units(total), bar_units(cap)), role);
    }
}

/// The list in one line: which of how many, its name, finals and subtotal.
pub(super) fn fold(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let count = state.budget().lines.len();
    let (place, name, figures) = match (state.view.selection, state.line()) {
        (Selection::Line(index), Some(line)) => {
            let title = state.budget().lines.get(index).map_or("", |line| line.title());
            let finals = words::final_count(figures::finals(&line.deliverable));
            let subtotal = column::selected(input);
            (words::place_of(index + 1, count), title.to_owned(), format!("{finals}  {subtotal} "))
        }
        _ => (words::place_of(0, count), words::row_assumptions().to_owned(), words::deliverable_count(count) + " "),
    };
    let focused = state.view.is_beside(Screen::Worksheet) && state.overlays.is_empty();
    if focused {
        canvas.text(area, 0, if input.ascii { ">" } else { "▸" }, Role::FocusTitle);
    }
    let left = canvas.text_at(area, 1, 0, &place, Role::Dim) + 2;
    let room = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    canvas.pair(room, 0, (&name, Role::Header), (&figures, Role::Value));
    if focused {
        canvas.tint(area, 0, Role::Selection);
    }
}
