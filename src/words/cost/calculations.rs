//! Each step of a calculation: its formula, its numbers, and their source.

use super::knobs::factor_number;
use super::{
    call_count, exact_usd, final_count, image_count, listed, meter_label, percent, plain, repeated_finals, size, term,
    token_count,
};
use crate::cost::base::count::{Count, Expected};
use crate::cost::base::retry::{Factor, Pick};
use crate::cost::estimate::calculation::Step;
use crate::cost::estimate::invoice_steps::Term;
use crate::cost::rates::rate_card::Provenance;
use crate::words::{beside_of, step_measured_formula, step_measured_source};

catalogue! { CALCULATIONS;
    /// The token formula; w, h, B and u are the symbols for the numbers beside it.
    step_grid_formula(offset, divisor) = "tokens = ⌈B × u × ({offset} + w × h) / {divisor}⌉, u = B × short / long, rounded, halves to even";
    /// The token formula with its numbers.
    step_grid(what, edge, cells, offset, pixels, divisor, tokens) = "{what}: ⌈{edge} × {cells} × ({offset} + {pixels}) / {divisor}⌉ = {tokens}";
    /// A published table.
    step_listed_formula() = "tokens = entry of the published table";
    /// The entry of the table.
    step_listed(size, quality, tokens) = "{size} {quality}: {tokens}";
    /// Streamed partials.
    step_partials_formula() = "partials = partial images × tokens of each";
    /// Streamed partials with their numbers.
    step_partials(partials, each, tokens) = "{partials} × {each} = {tokens} per image";
    /// Reference images.
    step_references_formula() = "references = sum of the tokens of each image";
    /// One reference image.
    step_reference(size, tokens) = "{size}: {tokens}";
    /// Several reference images.
    step_references_sum(pictures, tokens) = "{pictures}, together {tokens}";
    /// Prompt tokens.
    step_text_formula() = "prompt = tokens of the text + overhead";
    /// Prompt tokens with their numbers.
    step_text(prompt, overhead, tokens) = "{prompt} + {overhead} = {tokens}";
    /// The cached share.
    step_cached_formula() = "input = share at the cached rate + rest at the plain rate";
    /// The cached share with its numbers.
    step_cached(cached, rest) = "{cached} at the cached rate, {rest} at the plain rate";
    /// One image a call.
    step_images_formula() = "images = finals × factor";
    /// Several images per call, any of which may be kept.
    step_pool_formula() = "calls = ⌈finals × factor / n⌉, images = calls × n";
    /// Several images per call, at most one of which is kept.
    step_each_formula() = "calls = finals / (1 − (1 − 1/factor)ⁿ), images = calls × n: a lower bound";
    /// A count with its numbers.
    step_images(finals, factor, images) = "{finals} × {factor} = {images}";
    /// Several images a call.
    step_calls(finals, factor, n, calls, images) = "{finals} × {factor}, {n} images a call: {calls}, {images}";
    /// A count whose decimals do not end.
    about_count(count) = "≈{count}";
    /// The same as a short fraction and as a decimal.
    fraction_count(fraction, count) = "{fraction} (≈{count})";
    /// Drafts.
    step_drafts_formula() = "drafts = finals × drafts each";
    /// Drafts with their numbers.
    step_drafts(finals, drafts, images) = "{finals} × {drafts} = {images}";
    /// One part of the bill.
    step_meter_formula(meter, service) = "{meter} = images × tokens × {service} rate";
    /// One part of the bill with its numbers.
    step_meter(images, tokens, rate, cost) = "{images} × {tokens} × {rate} per 1M = {cost}";
    /// The image itself if its official price applies.
    step_image_formula() = "image output = images × official price of an image";
    /// The same with its numbers.
    step_image_cost(images, price, cost) = "{images} × {price} = {cost}";
    /// A part without a price.
    step_unknown_formula(meter) = "{meter} = unknown";
    /// The reason.
    step_unknown() = "no price is published, so it counts as unknown and not as 0";
    /// All parts.
    step_subtotal_formula() = "subtotal = sum of the parts";
    /// The buffer.
    step_buffer_formula() = "buffer = subtotal × share";
    /// The total.
    step_total_formula() = "total = subtotal + buffer";
    /// A product.
    step_product(first, second, result) = "{first} × {second} = {result}";
    /// A sum.
    step_sum(parts, result) = "{parts} = {result}";
    /// A sum without parts.
    step_nothing(result) = "nothing to pay = {result}";
    /// Source of a number.
    source_named(source) = "{source}";
    /// As above with the day it was checked.
    source_checked(source, day) = "{source}, checked {day}";
    /// As above with the grade of the evidence.
    source_checked_graded(source, day, grade) = "{source}, checked {day}, grade {grade}";
    /// A grade without a day.
    source_graded(source, grade) = "{source}, grade {grade}";
    /// A price pinned in the project.
    source_pinned(source) = "pinned in the project: {source}";
}

/// One step in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// The rule, in names.
    pub formula: String,
    /// The rule with its numbers and result.
    pub numbers: String,
    /// Source of the rule or its price, with day and grade; `None` for plain arithmetic.
    pub source: Option<String>,
}

/// The source of a fact, the day it was checked, and its grade, as far as each is known.
#[must_use]
pub fn provenance(provenance: &Provenance) -> String {
    let source = &provenance.source;
    match (provenance.checked, provenance.grade) {
        (Some(day), Some(grade)) => source_checked_graded(source, day, grade),
        (Some(day), None) => source_checked(source, day),
        (None, Some(grade)) => source_graded(source, grade),
        (None, None) => source_named(source),
    }
}

/// A step of a calculation in words.
#[must_use]
pub fn step(step: &Step) -> Calculation {
    let (formula, numbers, source) = match step {
        Step::Images { .. } | Step::Drafts { .. } => counted(step),
        Step::Invoice(step) => {
            let (formula, numbers) = crate::words::invoice::invoice_step(step);
            (formula, numbers, None)
        }
        Step::MeterCost { .. }
        | Step::ImageCost { .. }
        | Step::Unknown { .. }
        | Step::Subtotal { .. }
        | Step::Buffer { .. }
        | Step::Total { .. } => paid(step),
        Step::GridTokens { .. }
        | Step::ListedTokens { .. }
        | Step::MeasuredTokens { .. }
        | Step::PartialTokens { .. }
        | Step::ReferenceTokens { .. }
        | Step::TextTokens { .. }
        | Step::CachedShare { .. } => metered(step),
    };
    Calculation { formula, numbers, source }
}

type Parts = (String, String, Option<String>);

/// Steps that compute tokens; `None` for any other step.
fn metered(step: &Step) -> Parts {
    match step {
        Step::GridTokens {
            size: px,
            quality,
            edge,
            short_cells,
            area_offset,
            area_divisor,
            tokens,
            approximate,
            provenance: from,
        } => {
            let (offset, divisor) = (plain(*area_offset), plain(*area_divisor));
            let tokens = token_count(about_if(*approximate, plain(*tokens)));
            let pixels = plain(px.pixels());
            let numbers =
                step_grid(format!("{} {quality}", size(*px)), edge, short_cells, &offset, pixels, &divisor, tokens);
            (step_grid_formula(&offset, &divisor), numbers, Some(provenance(from)))
        }
        Step::ListedTokens { size: px, quality, tokens, approximate, provenance: from } => {
            let numbers = step_listed(size(*px), quality, token_count(about_if(*approximate, plain(*tokens))));
            (step_listed_formula().to_owned(), numbers, Some(provenance(from)))
        }
        Step::MeasuredTokens { meter, beside: figures, source } => {
            let source = source.as_ref().map_or_else(|| step_measured_source().to_owned(), source_named);
            (step_measured_formula(meter_label(*meter)), beside_of(*meter, *figures), Some(source))
        }
        Step::PartialTokens { partials, each, provenance: from } => {
            let tokens = token_count(plain(partials.saturating_mul(*each)));
            let numbers = step_partials(partials, token_count(plain(*each)), tokens);
            (step_partials_formula().to_owned(), numbers, Some(provenance(from)))
        }
        Step::ReferenceTokens { pictures, provenance: from } => {
            let each = pictures.iter().map(|(px, tokens)| step_reference(size(*px), token_count(plain(*tokens))));
            let all = listed(each);
            let sum = pictures.iter().fold(0_u64, |sum, (_, tokens)| sum.saturating_add(*tokens));
            let numbers = if pictures.len() > 1 { step_references_sum(all, token_count(plain(sum))) } else { all };
            (step_references_formula().to_owned(), numbers, Some(provenance(from)))
        }
        Step::TextTokens { prompt, overhead, provenance: from } => {
            let tokens = token_count(plain(prompt.saturating_add(*overhead)));
            let numbers = step_text(plain(*prompt), plain(*overhead), tokens);
            (step_text_formula().to_owned(), numbers, Some(provenance(from)))
        }
        Step::CachedShare { percent: share } => {
            let rest = crate::cost::Decimal::ONE_HUNDRED.checked_sub(*share).unwrap_or_default();
            let numbers = step_cached(percent(plain(*share)), percent(plain(rest)));
            (step_cached_formula().to_owned(), numbers, None)
        }
        _ => (String::new(), String::new(), None),
    }
}

/// Steps that count images; `None` for any other step.
fn counted(step: &Step) -> Parts {
    match step {
        Step::Images { finals, repeat, factor, images_per_call, pick, count } => {
            let (formula, numbers) = counted_images(kept(*finals, *repeat), *factor, *images_per_call, *pick, count);
            (formula.to_owned(), numbers, None)
        }
        Step::Drafts { finals, repeat, drafts, images } => {
            let numbers = step_drafts(kept(*finals, *repeat), plain(*drafts), image_count(exact_count(images)));
            (step_drafts_formula().to_owned(), numbers, None)
        }
        _ => (String::new(), String::new(), None),
    }
}

/// `24 finals`, `40 × 30 finals`.
fn kept(finals: u64, repeat: u64) -> String {
    match repeat {
        1 => final_count(plain(finals)),
        repeat => repeated_finals(plain(finals), plain(repeat)),
    }
}

/// A count exactly: its decimals if they end, a short fraction beside its first decimals, else those alone.
fn exact_count(count: &Expected) -> String {
    if count.is_decimal() {
        return plain(count.number());
    }
    let about = plain(count.to_six_decimals());
    count.short_fraction().map_or_else(|| about_count(&about), |fraction| fraction_count(fraction, &about))
}

/// A number, marked if it is approximate.
fn about_if(is_approximate: bool, count: String) -> String {
    if is_approximate { about_count(count) } else { count }
}

fn counted_images(finals: String, factor: Factor, n: u64, pick: Pick, count: &Count) -> (&'static str, String) {
    let (number, made) = (factor_number(factor), image_count(exact_count(&count.images)));
    if n <= 1 {
        return (step_images_formula(), step_images(finals, number, made));
    }
    let formula = match pick {
        Pick::One => step_each_formula(),
        Pick::Many => step_pool_formula(),
    };
    (formula, step_calls(finals, number, n, call_count(exact_count(&count.calls)), made))
}

/// Steps that compute money; `None` for any other step.
fn paid(step: &Step) -> Parts {
    match step {
        Step::MeterCost { meter, images, tokens, rate, service, cost, approximate, provenance: from, pinned } => {
            let numbers = step_meter(
                image_count(exact_count(images)),
                token_count(about_if(*approximate, plain(*tokens))),
                exact_usd(*rate),
                term(&Term { usd: *cost, approximate: *approximate }),
            );
            let source = if *pinned { source_pinned(provenance(from)) } else { provenance(from) };
            (step_meter_formula(meter_label(*meter), service.name()), numbers, Some(source))
        }
        Step::ImageCost { images, price, cost, provenance: from } => {
            let numbers = step_image_cost(image_count(exact_count(images)), exact_usd(*price), exact_usd(*cost));
            (step_image_formula().to_owned(), numbers, Some(provenance(from)))
        }
        Step::Unknown { meter } => (step_unknown_formula(meter_label(*meter)), step_unknown().to_owned(), None),
        Step::Subtotal { parts, subtotal } => {
            let numbers = match &parts[..] {
                [] => step_nothing(term(subtotal)),
                parts => step_sum(parts.iter().map(term).collect::<Vec<_>>().join(" + "), term(subtotal)),
            };
            (step_subtotal_formula().to_owned(), numbers, None)
        }
        Step::Buffer { subtotal, percent: share, buffer } => {
            let numbers = step_product(term(subtotal), percent(plain(*share)), term(buffer));
            (step_buffer_formula().to_owned(), numbers, None)
        }
        Step::Total { subtotal, buffer, total } => {
            let parts = format!("{} + {}", term(subtotal), term(buffer));
            (step_total_formula().to_owned(), step_sum(parts, term(total)), None)
        }
        _ => (String::new(), String::new(), None),
    }
}
