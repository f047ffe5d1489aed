//! The four knob panes: a headline figure, its fields below, and the facts that follow from them.

use super::canvas::{Align, Canvas, FrameInput};
use super::column;
use super::facts::facts;
use super::layout::Shape;
use super::little_bars;
use super::text::{fit, width};
use super::theme::Role;
use crate::app::{Field, Focus, Selection, State};
use crate::cost::base::money::Decimal;
use crate::cost::budget::knob::Unit;
use crate::cost::{Deliverable, Knob, Layer, Pane, Value};
use crate::figures;
use crate::words;
use crate::words::number::grouped;
use ratatui::layout::{Position, Rect};

/// One pane.
pub(super) fn pane(canvas: &mut Canvas, input: &FrameInput, (pane, area): (Pane, Rect), shape: Shape) {
    let state = input.state;
    let focused = state.view.focus == Focus::Pane(pane) && state.overlays.is_empty();
    // Four panes stand beside each other: the first one says for all of them what they turn.
    let alone = shape == Shape::OnePane || pane == Pane::OutputSpec;
    let title = if alone { words::titled(title(pane), scope(state)) } else { title(pane).to_owned() };
    let Some(deliverable) = state.deliverable() else {
        canvas.frame(area, &title, focused);
        return;
    };
    if area.height < 3 {
        frameless(canvas, input, &title, (pane, area), deliverable);
        return;
    }
    canvas.frame(area, &title, focused);
    let fields = state.fields(pane);
    let at = state.view.field_at[pane as usize].min(fields.len().saturating_sub(1));
    let buffer = if pane == Pane::Buffer { column::selected_buffer(input) } else { String::new() };
    let facts = facts(input, pane, deliverable, (usize::from(body_of(area).width), buffer));
    let places = Places::of(pane, area, fields.len(), facts.len());
    let leads = places.headline.height > 0;
    if leads {
        headline(canvas, input, places.headline, fields[0], deliverable, focused && at == 0);
    }
    for (row, (text, role)) in (0..places.facts.height).zip(&facts) {
        if leads {
            canvas.text_centred(places.facts, row, text, *role);
        } else {
            canvas.text(places.facts, row, text, *role);
        }
    }
    let listed = &fields[usize::from(leads)..];
    let cursor = if leads { at.checked_sub(1) } else { Some(at) };
    let (above, below) = field_rows(canvas, input, places.list, listed, cursor.filter(|_| focused), deliverable);
    // On the frame's lower edge, so that the arrows hide no figure and break no vertical line.
    let edge = Rect { x: area.x + area.width.saturating_sub(4), y: area.bottom() - 1, width: 2, height: 1 };
    let role = if focused { Role::FocusBorder } else { Role::Border };
    for (column, shown, sign, plain) in [(0, above, "↑", "^"), (1, below, "↓", "v")] {
        if shown {
            canvas.text_at(edge, column, 0, if input.ascii { plain } else { sign }, role);
        }
    }
    if places.chart.height >= 2 {
        little_bars::draw(canvas, input, pane, places.chart);
    }
}

/// Least columns for a text that is typed beside its label.
const TYPED: u16 = 4;
/// Least columns in which the beginning of a value still tells it.
const READABLE: u16 = 6;
/// Least rows inside a pane with little bars: there are none where rows are few.
const LITTLE_BARS: u16 = 10;

/// The layout of a framed pane; a part without room is empty.
pub(super) struct Places {
    /// The headline figure.
    pub(super) headline: Rect,
    /// The facts that follow from the fields.
    pub(super) facts: Rect,
    /// The fields below the headline, or all of them.
    pub(super) list: Rect,
    /// The total across the knob's range.
    pub(super) chart: Rect,
}

fn body_of(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) }
}

impl Places {
    /// Divides a pane's area: the headline with blank rows if they fit, facts, fields, and a chart in the rest.
    pub(super) fn of(pane: Pane, area: Rect, fields: usize, facts: usize) -> Places {
        let body = body_of(area);
        // In less height every row is needed for the fields, including the headline's.
        let leads = pane != Pane::OutputSpec && body.height >= 3;
        let head = match (leads, body.height) {
            (false, _) => 0,
            (true, 13..) => 3,
            (true, _) => 1,
        };
        let listed = u16::try_from(fields).unwrap_or(u16::MAX).saturating_sub(u16::from(leads));
        // What is derived gives way to the fields of the output spec; elsewhere it belongs to the headline.
        let room = if leads { body.height.saturating_sub(head + 1) } else { body.height.saturating_sub(listed) };
        let facts = u16::try_from(facts).unwrap_or(0).min(room).min(2 + body.height / 5);
        let rows = body.height.saturating_sub(head + facts);
        let gap = u16::from(leads && rows > listed);
        let list_rows = rows.saturating_sub(gap).min(listed);
        let free = rows.saturating_sub(gap + list_rows);
        // One row of bars or two with their labels, and a blank row above them: the first to give way.
        let chart_rows = match free {
            _ if body.height < LITTLE_BARS => 0,
            0..=1 => 0,
            2..=3 => 2,
            _ => 3,
        };
        let row = |y: u16, height: u16| Rect { y: body.y + y, height, ..body };
        // On the last rows of each, so that the charts of four panes stand on one line.
        let chart = row(body.height - chart_rows, chart_rows);
        if leads {
            Places { headline: row(0, head), facts: row(head, facts), list: row(head + facts + gap, list_rows), chart }
        } else {
            Places { headline: row(0, 0), facts: row(list_rows, facts), list: row(0, list_rows), chart }
        }
    }
}

/// The number of fact lines of a pane.
pub(super) fn facts_count(input: &FrameInput, pane: Pane, area: Rect) -> usize {
    let columns = usize::from(body_of(area).width);
    input.state.deliverable().map_or(0, |deliverable| facts(input, pane, deliverable, (columns, String::new())).len())
}

/// The first visible field below the headline.
pub(super) fn first_field(input: &FrameInput, pane: Pane, places: &Places) -> usize {
    let focused = input.state.view.focus == Focus::Pane(pane);
    let leads = usize::from(places.headline.height > 0);
    let at = input.state.view.field_at[pane as usize].min(input.state.fields(pane).len().saturating_sub(1));
    match at.checked_sub(leads).filter(|_| focused) {
        Some(at) => (at + 1).saturating_sub(usize::from(places.list.height)),
        None => 0,
    }
}

/// A pane too low for a frame: the focused field only, with the pane's name above it if there is a row for it.
fn frameless(
    canvas: &mut Canvas,
    input: &FrameInput,
    title: &str,
    (pane, area): (Pane, Rect),
    deliverable: &Deliverable,
) {
    let state = input.state;
    let body = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let named = u16::from(area.height >= 2);
    if named == 1 {
        let marker = if input.ascii { ">" } else { "▸" };
        canvas.text(body, 0, &format!("{marker} {title}"), Role::FocusTitle);
    }
    let fields = state.fields(pane);
    let at = state.view.field_at[pane as usize].min(fields.len().saturating_sub(1));
    let list = Rect { y: body.y + named, height: body.height.saturating_sub(named), ..body };
    let focused = state.view.focus == Focus::Pane(pane) && state.overlays.is_empty();
    let one = fields.get(at..=at).unwrap_or_default();
    field_rows(canvas, input, list, one, Some(0).filter(|_| focused), deliverable);
}

/// What the knobs turn and the panels tell of: a deliverable's name, or all of them.
pub(super) fn scope(state: &State) -> &str {
    let line = state.view.selection.line().and_then(|index| state.budget().lines.get(index));
    match line {
        Some(line) => line.title(),
        None => words::scope_all(),
    }
}

/// A pane's name.
pub(super) fn title(pane: Pane) -> &'static str {
    match pane {
        Pane::OutputSpec => words::pane_output_spec(),
        Pane::Finals => words::pane_finals(),
        Pane::Retry => words::pane_retry_factor(),
        Pane::Buffer => words::pane_buffer(),
    }
}

fn headline(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    field: Field,
    deliverable: &Deliverable,
    focused: bool,
) {
    let row = area.height / 2;
    if let Some(typing) = input.state.view.input.as_ref().filter(|typing| typing.field == field && focused) {
        let needed = u16::try_from(width(typing.entry.text()) + 1).unwrap_or(u16::MAX).min(area.width);
        let start = (area.width - needed) / 2;
        type_in(canvas, input, Rect { x: area.x + start, y: area.y + row, width: area.width - start, height: 1 });
        return;
    }
    let (text, layer) = shown(input, field, deliverable);
    let letter = letter(canvas, layer);
    let turns = focused && input.state.can_turn(field.knob()).is_ok();
    // The figure in hand is never cut for its own signs.
    let text = if turns && width(&text) + 4 <= usize::from(area.width) { format!("‹ {text} ›") } else { text };
    canvas.text_centred(area, row, &text, value_role(input.state, layer));
    if focused {
        canvas.tint(area, row, Role::Selection);
    }
    if !letter.is_empty() {
        canvas.text_right(area, row, letter, if focused { Role::Selection } else { Role::Dim });
    }
}

/// The fields one per row, the focused one visible; returns whether there are more above and below.
fn field_rows(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    fields: &[Field],
    at: Option<usize>,
    deliverable: &Deliverable,
) -> (bool, bool) {
    let height = usize::from(area.height);
    let first = at.map_or(0, |at| (at + 1).saturating_sub(height));
    for (row, (index, field)) in (0..area.height).zip(fields.iter().enumerate().skip(first)) {
        let focused = at == Some(index);
        let usable = input.state.can_turn(field.knob()).is_ok();
        let label = label(*field);
        let label_width = canvas.text(area, row, label, if usable { Role::Label } else { Role::Dim });
        let value_area = Rect {
            x: area.x + label_width + 1,
            y: area.y + row,
            width: area.width.saturating_sub(label_width).saturating_sub(1),
            height: 1,
        };
        if focused {
            canvas.tint(area, row, Role::Selection);
            if input.state.view.input.is_some() {
                // A long label gives its row to what is typed.
                let is_short = value_area.width < TYPED;
                let whole = Rect { y: area.y + row, height: 1, ..area };
                if is_short {
                    canvas.text(whole, 0, &" ".repeat(usize::from(label_width)), Role::Selection);
                }
                type_in(canvas, input, if is_short { whole } else { value_area });
                continue;
            }
        }
        let whole = Rect { y: area.y + row, height: 1, ..area };
        value_beside(canvas, input, (whole, label, label_width), (*field, focused), deliverable);
    }
    (first > 0, fields.len() > first + height)
}

/// A field's value at the right of its row, its letter in the blank column at the frame. A value says nothing once it is cut to
/// a letter or two: there the label gives way, and for a figure always.
fn value_beside(
    canvas: &mut Canvas,
    input: &FrameInput,
    (row, label, label_width): (Rect, &str, u16),
    (field, focused): (Field, bool),
    deliverable: &Deliverable,
) {
    let (text, layer) = shown(input, field, deliverable);
    let beside = row.width.saturating_sub(label_width).saturating_sub(1);
    // A long value without a letter uses the letter's column too.
    let letter = letter(canvas, layer);
    let is_long = letter.is_empty() && width(&text) >= usize::from(beside);
    let kept = u16::from(!canvas.has_colours() && !is_long);
    let (all, room) = (row.width.saturating_sub(kept), beside.saturating_sub(kept));
    let role = if focused { Role::Selection } else { value_role(input.state, layer) };
    let mut text = fitting(text, field, room, input.state, deliverable);
    if width(&text) > usize::from(room) {
        text = fitting(text, field, row.width, input.state, deliverable);
    }
    let needed = u16::try_from(width(&text)).unwrap_or(u16::MAX);
    let is_figure = matches!(field, Field::Knob(Knob::Cap | Knob::Surcharge | Knob::Measured));
    let mut value = Rect { x: row.x + (row.width - beside), width: room, ..row };
    if needed > room && (is_figure || (room < READABLE && needed <= all)) {
        canvas.text(row, 0, &" ".repeat(usize::from(label_width)), role);
        let left = all.saturating_sub(needed).saturating_sub(1);
        if left >= TYPED {
            let label = fit(label, usize::from(left), Align::Left, canvas.ellipsis());
            canvas.text(row, 0, &label, if focused { role } else { Role::Label });
        }
        value = if needed <= all { Rect { width: all, ..row } } else { row };
    }
    canvas.text_right(value, 0, &text, role);
    let margin = Rect { width: row.width + 1, ..row };
    canvas.text_right(margin, 0, letter, if focused { Role::Selection } else { Role::Dim });
}

/// A shorter form for too little room: a model's family matters more than its vendor prefix, a size class as much as its pixels,
/// and the cents of a large cap can go.
fn fitting(text: String, field: Field, columns: u16, state: &State, deliverable: &Deliverable) -> String {
    if width(&text) <= usize::from(columns) {
        return text;
    }
    let shorter = match deliverable.get(field.knob()).map(|from| from.value) {
        None if field == Field::Knob(Knob::Cap) => {
            let cap =
                state.budget().cap().and_then(|cap| figures::cap_without_cents(cap, state.budget().shown.currency));
            cap.map(|cap| cap.to_string()).filter(|short| width(short) <= usize::from(columns))
        }
        Some(Value::Percent(_)) => Some(text.replace(' ', "")),
        Some(Value::Word(_)) => text.strip_prefix("gpt-image-").map(|rest| format!("…{rest}")),
        Some(Value::Sizes(sizes)) => Some(grouped(Decimal::from(sizes.len()))),
        Some(value @ Value::Size(_)) if field == Field::Knob(Knob::DraftSize) => Some(words::value(&value)),
        _ => None,
    };
    shorter.unwrap_or(text)
}

/// The typed text with its end visible, and the terminal's cursor in it.
fn type_in(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let Some(typing) = &input.state.view.input else { return };
    let role = match (typing.refused.is_some(), typing.entry.is_offered()) {
        (true, _) => Role::Bad,
        (false, true) => Role::Selection,
        (false, false) => Role::Edit,
    };
    entry(canvas, area, typing.entry.split(), role);
}

/// Text before and after the cursor, with the cursor always visible.
pub(super) fn entry(canvas: &mut Canvas, area: Rect, (before, after): (&str, &str), role: Role) {
    if area.width == 0 || area.height == 0 {
        return;
    }
    let clean = super::text::safe(before);
    let room = usize::from(area.width.saturating_sub(1));
    let start = super::text::suffix(&clean, room);
    let column = canvas.text(area, 0, start, role);
    canvas.text_at(area, column, 0, after, role);
    canvas.cursor = Some(Position { x: (area.x + column).min(area.right() - 1), y: area.y });
}

fn label(field: Field) -> &'static str {
    match field {
        Field::Knob(Knob::Drafts) => words::field_drafts(),
        Field::Knob(Knob::DraftQuality) => words::field_draft_quality(),
        Field::Knob(Knob::DraftSize) => words::field_draft_size(),
        Field::Knob(knob) => words::knob_label(knob),
        Field::Accepted => words::field_accepted(),
    }
}

/// Own values are bright, inherited ones dim.
fn value_role(state: &State, layer: Option<Layer>) -> Role {
    let own = if state.view.selection == Selection::Project { Layer::Project } else { Layer::Deliverable };
    if layer.is_none_or(|layer| layer == own) { Role::Value } else { Role::Dim }
}

/// The origin of a value as a letter, where no colour tells it; the deliverable's own values have none.
fn letter(canvas: &Canvas, layer: Option<Layer>) -> &'static str {
    match layer.filter(|_| !canvas.has_colours()) {
        Some(Layer::BuiltIn) => words::letter_built_in(),
        Some(Layer::Team) => words::letter_team(),
        Some(Layer::Project) => words::letter_project(),
        Some(Layer::Preset) => words::letter_preset(),
        Some(Layer::Deliverable) | None => "",
    }
}

/// A field's value as shown, and its layer.
fn shown(input: &FrameInput, field: Field, deliverable: &Deliverable) -> (String, Option<Layer>) {
    let state = input.state;
    let unknown = || words::unknown().to_owned();
    let Field::Knob(knob) = field else {
        let accepted = deliverable.factor.map(figures::accepted);
        return (accepted.unwrap_or_else(unknown), Some(deliverable.retry.layer));
    };
    if knob == Knob::Finals && state.view.selection == Selection::Project {
        return (grouped(Decimal::from(state.estimate().totals.finals)), None);
    }
    let Some(from) = deliverable.get(knob) else {
        let cap = state.budget().cap().filter(|_| knob == Knob::Cap);
        let same = knob == Knob::DraftSize && deliverable.explore.is_some();
        let none = if same { words::same() } else { words::none_listed() };
        return (cap.map_or_else(|| none.to_owned(), |cap| words::cap(cap, state.budget().shown.currency)), None);
    };
    if knob == Knob::Preset {
        return (words::value(&from.value), None);
    }
    let text = match &from.value {
        _ if !from.readable => words::unreadable().to_owned(),
        Value::Size(choice) => deliverable.exact_size(*choice).map_or_else(|| words::value(&from.value), words::size),
        Value::Measured(_) if !deliverable.measured_differs().is_empty() => {
            words::measured_unused(words::value(&from.value))
        }
        Value::Sizes(sizes) if sizes.is_empty() => words::none_listed().to_owned(),
        Value::Sizes(sizes) => words::image_count(sizes.len()),
        Value::Count(tokens) if knob.row().unit == Unit::Tokens => words::tokens_short(grouped(Decimal::from(*tokens))),
        Value::Count(_) if knob == Knob::Finals => figures::finals(deliverable),
        Value::Count(count) => grouped(Decimal::from(*count)),
        Value::Retry(_) => deliverable.factor.map_or_else(unknown, figures::factor),
        value => words::value(value),
    };
    (text, Some(from.layer))
}
