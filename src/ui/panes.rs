//! The four knob panes: a headline figure, its fields below, and the facts that follow from them.

use super::canvas::{Canvas, FrameInput};
use super::chart::chart;
use super::column;
use super::text::width;
use super::theme::Role;
use crate::app::{Field, Focus, Selection, State};
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::budget::QualityChoice;
use crate::cost::budget::knob::Unit;
use crate::cost::estimate::advisor;
use crate::cost::estimate::advisor::{cheaper, output_rate};
use crate::cost::estimate::sensitivity;
use crate::cost::estimate::sensitivity::Curve;
use crate::cost::{Deliverable, Knob, Layer, Pane, Setting, Value};
use crate::figures::{self, bar_units, unit_price};
use crate::words;
use crate::words::number::{grouped, plain};
use ratatui::layout::{Position, Rect};

/// One pane.
pub(super) fn pane(canvas: &mut Canvas, input: &FrameInput, pane: Pane, area: Rect) {
    let state = input.state;
    let focused = state.view.focus == Focus::Pane(pane) && state.overlays.is_empty();
    let Some(deliverable) = state.deliverable() else {
        canvas.frame(area, title(pane), focused);
        return;
    };
    if area.height < 3 {
        frameless(canvas, input, pane, area, deliverable);
        return;
    }
    canvas.frame(area, title(pane), focused);
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
        sensitivity(canvas, input, pane, places.chart);
    }
}

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
    // A narrow pane needs the column that would be blank on its right.
    let margin = if area.width < 26 { 3 } else { 4 };
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(margin),
        height: area.height.saturating_sub(2),
    }
}

impl Places {
    /// Divides a pane's area: the headline with blank rows if they fit, facts, fields, and a chart in the rest.
    pub(super) fn of(pane: Pane, area: Rect, fields: usize, facts: usize) -> Places {
        let body = body_of(area);
        // In less height every row is needed for the fields, including the headline's.
        let leads = pane != Pane::OutputSpec && body.height >= 3;
        let head = match (leads, body.height) {
            (false, _) => 0,
            (true, 12..) => 3,
            (true, _) => 1,
        };
        let room = usize::from(body.height.saturating_sub(head + 1));
        let facts = facts.min(room).min(2 + usize::from(body.height / 5));
        let facts = u16::try_from(facts).unwrap_or(0);
        let listed = u16::try_from(fields).unwrap_or(u16::MAX).saturating_sub(u16::from(leads));
        let rows = body.height.saturating_sub(head + facts);
        let gap = u16::from(leads && rows > listed);
        let list_rows = rows.saturating_sub(gap).min(listed);
        let free = rows.saturating_sub(gap + list_rows);
        let chart_rows = match free {
            0..=2 => 0,
            3 => 3,
            // A blank row above the chart, and above the facts if they are below the fields.
            _ => (free - if leads { 1 } else { 2 }).min(10),
        };
        let row = |y: u16, height: u16| Rect { y: body.y + y, height, ..body };
        let bottom = body.height - chart_rows;
        // The last column has the letters for the origin of values; bars there would touch the frame.
        let chart = Rect { width: body.width.saturating_sub(1), ..row(bottom, chart_rows) };
        if leads {
            Places { headline: row(0, head), facts: row(head, facts), list: row(head + facts + gap, list_rows), chart }
        } else {
            Places {
                headline: row(0, 0),
                facts: row(bottom - facts - u16::from(chart_rows > 0 && free > chart_rows), facts),
                list: row(0, list_rows),
                chart,
            }
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

/// The knob whose range a pane's chart shows.
pub(super) fn charted(pane: Pane) -> Knob {
    match pane {
        Pane::OutputSpec => Knob::Quality,
        Pane::Finals => Knob::Finals,
        Pane::Retry => Knob::Retry,
        Pane::Buffer => Knob::Buffer,
    }
}

/// The curve of a pane's knob for the selected deliverable, with one point for each column of the chart.
pub(super) fn curve_of(input: &FrameInput, pane: Pane, columns: u16) -> Option<Curve> {
    let state = input.state;
    let line = state.line()?;
    let written = state.budget().lines.iter().find(|other| other.key == line.key)?;
    let knob = charted(pane);
    if let Some(drag) = state.view.drag.as_ref().filter(|drag| drag.knob == knob) {
        let now = state.setting(knob);
        let present = drag.values.iter().position(|value| now == Some(&Setting::Value(value.clone())))?;
        let values = drag.values.iter().cloned();
        let points = sensitivity::over(knob, values, written, state.budget(), state.session.catalog);
        return Some(Curve { points, present });
    }
    // As many points as fill the chart with whole columns, and no more than one key press has time for.
    let points = usize::from(columns / columns.div_ceil(24).max(1));
    sensitivity::curve(knob, written, line, state.budget(), state.session.catalog, points)
}

fn sensitivity(canvas: &mut Canvas, input: &FrameInput, pane: Pane, area: Rect) {
    let Some(curve) = curve_of(input, pane, area.width) else { return };
    let heights: Vec<Option<u64>> = curve.points.iter().map(|point| point.total.map(bar_units)).collect();
    let ends = (curve.points.first(), curve.points.last());
    let (Some(low), Some(high)) = ends else { return };
    let labels = (words::value(&low.value), words::value(&high.value));
    // Four charts in full colour would draw more attention than the total: only the focused pane's chart has it.
    let focused = input.state.view.focus == Focus::Pane(pane);
    let role = if focused { Role::Bar } else { Role::BarRest };
    chart(canvas, area, &heights, curve.present, (&labels.0, &labels.1), role);
}

/// A pane too low for a frame: the focused field only, with the pane's name above it if there is a row for it.
fn frameless(canvas: &mut Canvas, input: &FrameInput, pane: Pane, area: Rect, deliverable: &Deliverable) {
    let state = input.state;
    let body = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let named = u16::from(area.height >= 2);
    if named == 1 {
        let marker = if input.ascii { ">" } else { "▸" };
        canvas.text(body, 0, &format!("{marker} {}", title(pane)), Role::FocusTitle);
    }
    let fields = state.fields(pane);
    let at = state.view.field_at[pane as usize].min(fields.len().saturating_sub(1));
    let list = Rect { y: body.y + named, height: body.height.saturating_sub(named), ..body };
    let focused = state.view.focus == Focus::Pane(pane) && state.overlays.is_empty();
    let one = fields.get(at..=at).unwrap_or_default();
    field_rows(canvas, input, list, one, Some(0).filter(|_| focused), deliverable);
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
    let letter = letter(layer);
    let turns = focused && input.state.can_turn(field.knob()).is_ok();
    let text = if turns { format!("‹ {text} ›") } else { text };
    canvas.text_centred(area, row, &text, Role::Value);
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
                type_in(canvas, input, value_area);
                continue;
            }
        }
        let (text, layer) = shown(input, *field, deliverable);
        // A long value without a letter uses the letter's column too.
        let letter = letter(layer);
        let kept = if letter.is_empty() && width(&text) + 2 > usize::from(value_area.width) { 0 } else { 2 };
        let value_only = Rect { width: value_area.width.saturating_sub(kept), ..value_area };
        let role = if focused { Role::Selection } else { Role::Value };
        let text = fitting(text, *field, value_only.width, input.state, deliverable);
        if matches!(field, Field::Knob(Knob::Cap | Knob::Surcharge)) && width(&text) > usize::from(value_only.width) {
            // The figure matters more than its name.
            let whole = Rect { y: area.y + row, height: 1, ..area };
            canvas.text(whole, 0, &" ".repeat(usize::from(label_width)), role);
            canvas.text_right(whole, 0, &text, role);
            continue;
        }
        canvas.text_right(value_only, 0, &text, role);
        canvas.text_right(value_area, 0, letter, if focused { Role::Selection } else { Role::Dim });
    }
    (first > 0, fields.len() > first + height)
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

/// The origin of a value as a letter; the deliverable's own values have none.
fn letter(layer: Option<Layer>) -> &'static str {
    match layer {
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
        let none = if same { words::same() } else { words::no_references() };
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
        Value::Sizes(sizes) if sizes.is_empty() => words::no_references().to_owned(),
        Value::Sizes(sizes) => words::image_count(sizes.len()),
        Value::Count(tokens) if knob.row().unit == Unit::Tokens => words::tokens_short(grouped(Decimal::from(*tokens))),
        Value::Count(_) if knob == Knob::Finals => figures::finals(deliverable),
        Value::Count(count) => grouped(Decimal::from(*count)),
        Value::Retry(_) => deliverable.factor.map_or_else(unknown, figures::factor),
        value => words::value(value),
    };
    (text, Some(from.layer))
}

/// The facts that follow from a pane's fields, the most important first.
fn facts(
    input: &FrameInput,
    pane: Pane,
    deliverable: &Deliverable,
    (columns, buffer): (usize, String),
) -> Vec<(String, Role)> {
    match pane {
        Pane::OutputSpec => output_facts(input, deliverable, columns),
        Pane::Finals => {
            let state = input.state;
            let images = match state.line() {
                Some(line) => line.images(),
                None => state.estimate().totals.images,
            };
            let number = images.map_or_else(String::new, figures::count);
            let text = match images {
                Some(_) => words::image_count(&number),
                None => words::unknown().to_owned(),
            };
            vec![(if width(&text) <= columns { text } else { number }, Role::Dim)]
        }
        Pane::Retry => retry_facts(deliverable, columns),
        Pane::Buffer => {
            let text = words::on_top(&buffer);
            vec![(if width(&text) <= columns { text } else { buffer }, Role::Dim)]
        }
    }
}

/// Measured tokens with their price, and what the formula has beside them.
fn measured_facts(
    input: &FrameInput,
    deliverable: &Deliverable,
    (tokens, columns): (u64, usize),
) -> Vec<(String, Role)> {
    let model = &deliverable.model.value;
    let rate = output_rate(input.state.budget(), model, deliverable.service.value);
    let each = unit_price(advisor::price(tokens, rate), false);
    let drawn = match deliverable.quality.value {
        QualityChoice::Exact(quality) => deliverable.exact_size(deliverable.size.value).zip(Some(quality)),
        QualityChoice::Auto => None,
    };
    let formula = drawn.and_then(|(size, quality)| model.output.count(size, quality));
    let formula = formula.map(|tokens| words::formula_each(grouped(Decimal::from(tokens))));
    let beside = formula.unwrap_or_else(|| words::formula_unknown().to_owned());
    let tokens = grouped(Decimal::from(tokens));
    let both = words::measured_each(&tokens, each);
    // The word matters more than the price, which the formula of the line has too.
    let measured = if width(&both) <= columns { both } else { words::measured_tokens(tokens) };
    vec![(measured, Role::Dim), (beside, Role::Dim)]
}

fn output_facts(input: &FrameInput, deliverable: &Deliverable, columns: usize) -> Vec<(String, Role)> {
    if let Some(tokens) = deliverable.measured_output() {
        return measured_facts(input, deliverable, (tokens, columns));
    }
    let (Some(size), QualityChoice::Exact(quality)) =
        (deliverable.exact_size(deliverable.size.value), deliverable.quality.value)
    else {
        return vec![(words::price_not_beforehand().to_owned(), Role::Warn)];
    };
    let model = &deliverable.model.value;
    let Some(tokens) = model.output.count(size, quality).filter(|_| deliverable.broken_rules(size).is_empty()) else {
        return vec![(words::tokens_unknown().to_owned(), Role::Warn)];
    };
    let rate = output_rate(input.state.budget(), model, deliverable.service.value);
    let each = advisor::price(tokens, rate);
    let each = unit_price(each, model.output.is_approximate(size, quality));
    let mut facts = vec![(words::tokens_each(grouped(Decimal::from(tokens)), each), Role::Dim)];
    if let Some(best) = cheaper(model, size, quality, None).first() {
        let percent = figures::whole_percent(best.saving_percent);
        let saving = figures::about_if(best.approximate, words::saves(percent));
        facts.push((words::cheaper_size(words::size(best.size), saving), Role::Good));
    }
    facts
}

fn retry_facts(deliverable: &Deliverable, columns: usize) -> Vec<(String, Role)> {
    let Some(factor) = deliverable.factor else { return vec![(words::unknown().to_owned(), Role::Warn)] };
    let mut facts = Vec::new();
    match &deliverable.retry.value {
        Retry::Range { likely, .. } => {
            let mean = figures::mean(factor);
            let both = words::likely_and_mean(plain(*likely), mean);
            // The mean is the headline already: if both do not fit, keep the likely value.
            let fits = width(&both) <= columns;
            facts.push((if fits { both } else { words::likely(plain(*likely)) }, Role::Dim));
        }
        Retry::Profile(name) => facts.push((name.clone(), Role::Dim)),
        Retry::Factor { .. } | Retry::Accepted { .. } if !figures::is_short(factor) => {
            facts.push((words::exactly(words::factor_number(factor)), Role::Dim));
        }
        Retry::Factor { .. } | Retry::Accepted { .. } => facts.push((words::no_range().to_owned(), Role::Dim)),
    }
    facts
}
