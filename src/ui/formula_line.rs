//! The figures as a formula: finals × tries = images × price = subtotal + buffer = total.

use crate::cost::Knob;
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Pick;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::figures;
use crate::figures::{InvoiceRows, bracket_text, text_if, unit_price};
use crate::ui::canvas::{Canvas, FrameInput};
use crate::ui::column;
use crate::ui::text::width;
use crate::ui::theme::Role;
use crate::words;
use crate::words::number::{grouped, plain};
use ratatui::layout::Rect;

type Piece = (String, Role);

/// The selected deliverable's formula, its explore stage on its own line; for the project, the sums.
pub(super) fn strip(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(line) = input.state.line() else {
        project(canvas, input, (area, u16::from(area.height >= 3)));
        return;
    };
    // The price of an image leads to the images alone; surcharge and fees follow.
    let images_cost = || text_if(&input.state.budget().shown, line.images_cost, line.is_approximate());
    let subtotal = if line.charged.any() { images_cost() } else { column::selected(input) };
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    if let Some(explore) = line.stages.iter().find(|stage| stage.kind == StageKind::Explore) {
        rows.push(explore_sentence(input, line, explore));
    }
    if let Some(stage) = line.final_stage() {
        let mut sentence = final_sentence(line, stage, rows.is_empty().then(|| subtotal.clone()));
        let ending = ending(input, line, &subtotal);
        if width_of(&sentence) + width_of(&ending) > usize::from(area.width) {
            rows.push(sentence);
            rows.push(ending);
        } else {
            sentence.extend(ending);
            rows.push(sentence);
        }
    }
    if rows.len() > usize::from(area.height) || rows.iter().any(|row| width_of(row) > usize::from(area.width)) {
        rows = vec![in_a_row(input, line, subtotal, area.width)];
    }
    // One free row above the formula if there are three and it leaves one.
    let top = u16::from(area.height >= 3 && rows.len() < usize::from(area.height));
    for (row, pieces) in (top..).zip(&rows) {
        draw(canvas, area, row, pieces);
    }
}

/// One row of it: without what comes out on the way, or without the buffer, if that fits; else only its result, not half of it.
fn in_a_row(input: &FrameInput, line: &LineEstimate, subtotal: String, columns: u16) -> Vec<Piece> {
    if let ([stage], false) = (line.stages.as_slice(), line.charged.any()) {
        let product = product(input, line, stage);
        if !product.is_empty() && width_of(&product) <= usize::from(columns) {
            return product;
        }
        let whole = final_sentence(line, stage, Some(subtotal.clone()));
        if width_of(&whole) <= usize::from(columns) {
            return whole;
        }
    }
    with_room(short_sentence(input, line, subtotal), 2, columns)
}

fn draw(canvas: &mut Canvas, area: Rect, row: u16, pieces: &[Piece]) {
    let borrowed: Vec<(&str, Role)> = pieces.iter().map(|(text, role)| (text.as_str(), *role)).collect();
    canvas.pieces(area, row, &borrowed);
}

/// The formula without its first pieces, or else its last piece alone: half a formula would break off before its end.
fn with_room(mut pieces: Vec<Piece>, first: usize, columns: u16) -> Vec<Piece> {
    if width_of(&pieces) > usize::from(columns) {
        pieces.drain(..first);
    }
    if width_of(&pieces) > usize::from(columns) {
        pieces.drain(..pieces.len().saturating_sub(1));
    }
    pieces
}

fn width_of(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| width(text)).sum()
}

fn number(count: u64) -> String {
    grouped(Decimal::from(count))
}

fn value(text: String) -> Piece {
    (text, Role::Value)
}

/// A word between two figures.
fn word(text: impl std::fmt::Display) -> Piece {
    (format!(" {text} "), Role::Dim)
}

fn images_of(count: Option<Decimal>) -> String {
    count.map_or_else(|| words::unknown().to_owned(), figures::count)
}

fn images_of_stage(stage: &Stage) -> String {
    let images = stage.count.as_ref().map(|count| count.images.number());
    images
        .map_or_else(|| words::unknown().to_owned(), |images| figures::checkable_count(images, stage.each, stage.total))
}

/// The price of one image of a stage.
fn each(line: &LineEstimate, stage: &Stage) -> String {
    unit_price(stage.each, stage.is_approximate(&line.deliverable.model.value))
}

/// If the whole formula does not fit: only its result, not half of it.
fn short_sentence(input: &FrameInput, line: &LineEstimate, subtotal: String) -> Vec<Piece> {
    let shown = &input.state.budget().shown;
    if line.charged.any() {
        let mut pieces = vec![value(words::image_count(images_of(line.images()))), word("="), value(subtotal)];
        pieces.extend(charges(input, line));
        pieces.extend([word("="), (text_if(shown, line.total, line.is_approximate()), Role::Accent)]);
        return pieces;
    }
    vec![
        value(words::image_count(images_of(line.images()))),
        word("="),
        value(subtotal),
        word("+"),
        value(words::percent(plain(line.deliverable.buffer.value))),
        word("="),
        (text_if(shown, line.total, line.is_approximate()), Role::Accent),
    ]
}

/// Without its end, the subtotal, if a formula about drafts comes before it.
fn final_sentence(line: &LineEstimate, stage: &Stage, subtotal: Option<String>) -> Vec<Piece> {
    let deliverable = &line.deliverable;
    let finals = figures::finals(deliverable);
    let factor = deliverable.factor.map_or_else(|| words::unknown().to_owned(), words::factor_number);
    let images = images_of_stage(stage);
    let mut pieces = vec![
        (if subtotal.is_none() { "+ ".to_owned() } else { String::new() }, Role::Dim),
        value(finals.clone()),
        word(words::strip_finals(finals)),
        value(factor.clone()),
        (format!(" {}{} ", words::strip_tries(factor), becomes(deliverable, stage)), Role::Dim),
    ];
    pieces.extend([value(images.clone()), word(words::strip_images(&images)), value(each(line, stage))]);
    if let Some(subtotal) = subtotal {
        pieces.push(word("="));
        pieces.push(value(subtotal));
    }
    pieces
}

/// The formula without images and subtotal, which come out on the way; of several images a call it is no product and has none.
fn product(input: &FrameInput, line: &LineEstimate, stage: &Stage) -> Vec<Piece> {
    let deliverable = &line.deliverable;
    if deliverable.images_per_call.value > 1 {
        return Vec::new();
    }
    let finals = figures::finals(deliverable);
    let factor = deliverable.factor.map_or_else(|| words::unknown().to_owned(), words::factor_number);
    let mut pieces = vec![value(finals.clone()), word(words::strip_finals(finals)), value(factor.clone())];
    pieces.push((format!(" {} × ", words::strip_tries(factor)), Role::Dim));
    pieces.push(value(each(line, stage)));
    pieces.extend(ending(input, line, ""));
    pieces
}

/// From tries to images: equal for one image a call. Of whole calls the number is named; if one image of a call is kept at most,
/// the number of images is a lower bound.
fn becomes(deliverable: &Deliverable, stage: &Stage) -> String {
    let n = deliverable.images_per_call.value;
    match (&stage.count, deliverable.pick.value) {
        (Some(_), Pick::One) if n > 1 => words::strip_each(n),
        (Some(count), Pick::Many) if n > 1 => {
            format!(" {}", words::strip_pool(figures::count(count.calls.number()), n))
        }
        _ => " =".to_owned(),
    }
}

fn explore_sentence(input: &FrameInput, line: &LineEstimate, stage: &Stage) -> Vec<Piece> {
    let finals = figures::finals(&line.deliverable);
    let drafts = number(line.deliverable.explore.as_ref().map_or(0, |explore| explore.drafts_per_final.value));
    let images = images_of_stage(stage);
    vec![
        value(finals.clone()),
        word(words::strip_finals(finals)),
        value(drafts.clone()),
        word(words::strip_drafts(drafts)),
        value(images.clone()),
        word(words::strip_images(&images)),
        value(each(line, stage)),
        word("="),
        value(text_if(&input.state.budget().shown, stage.total, stage.is_approximate(&line.deliverable.model.value))),
    ]
}

fn ending(input: &FrameInput, line: &LineEstimate, subtotal: &str) -> Vec<Piece> {
    let shown = &input.state.budget().shown;
    let percent = words::percent(plain(line.deliverable.buffer.value));
    let several = line.stages.len() > 1;
    let mut pieces = Vec::new();
    if several {
        pieces.push(word("="));
        pieces.push(value(subtotal.to_owned()));
    }
    match line.charged.any() {
        true => pieces.extend(charges(input, line)),
        false => pieces.extend([word("+"), value(percent)]),
    }
    pieces.push(word("="));
    match (line.total, line.bracket) {
        (None, Some(bracket)) => pieces.push((bracket_text(shown, &bracket), Role::Warn)),
        (total, _) => pieces.push((text_if(shown, total, line.is_approximate()), Role::Accent)),
    }
    pieces
}

/// What a line is charged beside images, each with its name, and the buffer as an amount: it is no share of every fee.
fn charges(input: &FrameInput, line: &LineEstimate) -> Vec<Piece> {
    let amount = |usd, is_about| text_if(&input.state.budget().shown, usd, is_about);
    let about = line.is_approximate();
    let surcharge = (words::knob_label(Knob::Surcharge), line.surcharge, line.charged.surcharge, about);
    let fees = (words::invoice_fees(), line.fees, line.charged.fees, false);
    let buffer = (words::knob_label(Knob::Buffer), line.buffer, true, about);
    let there = [surcharge, fees, buffer].into_iter().filter(|(_, _, is_there, _)| *is_there);
    there.flat_map(|(name, usd, _, about)| [word(format!("+ {name}")), value(amount(usd, about))]).collect()
}

fn project(canvas: &mut Canvas, input: &FrameInput, (area, row): (Rect, u16)) {
    let totals = &input.state.estimate().totals;
    let shown = &input.state.budget().shown;
    let images = images_of(totals.images);
    let finals = number(totals.finals);
    let about = |usd| text_if(shown, usd, totals.approximate);
    let mut pieces = vec![
        value(finals.clone()),
        word(words::strip_project_finals(finals)),
        value(images.clone()),
        word(words::strip_project_images(images)),
        value(about(totals.subtotal)),
        word(words::strip_project_buffer()),
        value(text_if(shown, totals.buffer, totals.about.buffer)),
    ];
    let rounding = InvoiceRows::short(input.state.budget(), input.state.estimate()).rounding;
    let (invoice, rounding) = (&totals.invoice, rounding.filter(|_| totals.total.is_some()));
    let on_top = [
        (words::invoice_fees(), text_if(shown, invoice.project_fees, false), invoice.has.project_fees),
        (words::knob_label(Knob::Markup), about(invoice.markup), invoice.has.markup),
        (words::knob_label(Knob::Tax), about(invoice.tax), invoice.has.tax),
    ];
    let there = on_top.iter().filter(|(.., is_there)| *is_there);
    pieces.extend(there.flat_map(|(name, amount, _)| [word(format!("+ {name}")), value(amount.clone())]));
    pieces.extend(rounding.map(|rest| word(words::figures_rounding_line(rest.signed()))));
    pieces.push(word("="));
    pieces.push(match (totals.total, &totals.bracket) {
        (None, Some(bracket)) => (bracket_text(shown, bracket), Role::Warn),
        (total, _) => (about(total), Role::Accent),
    });
    let mut told = with_room(pieces.clone(), 4, area.width);
    if told.len() == 1 {
        // Without the amounts of its parts, which the list has below its rows, but with their names: images alone cost less.
        let mut held = vec![words::knob_label(Knob::Buffer)];
        held.extend(on_top.iter().filter(|(.., is_there)| *is_there).map(|(name, ..)| *name));
        let names = word(words::strip_project_with(held.join(", ")));
        told = with_room([&pieces[..3], &[names], &told[..]].concat(), 4, area.width);
    }
    draw(canvas, area, row, &told);
}
