//! Text of knob values: parse typed text, format a value, and step up or down.

use crate::cost::base::limits::MONEY_MAX;
use crate::cost::base::money::{Currency, Decimal, plus};
use crate::cost::base::number_text::{narrowed, parse_decimal, parse_grouped, two_amounts};
use crate::cost::base::retry::{Pick, Retry};
use crate::cost::base::size::{Ratio, Size, SizeRules, Tier, common_ratios};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::fee::Charge;
use crate::cost::budget::knob::{Form, Knob, Row};
use crate::cost::budget::measured;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::retry_text;
use crate::cost::budget::settings::{Cap, Measured, QualityChoice, SizeChoice, Value};
use crate::cost::rates::rate_card::{ServiceTier, Status};
use std::sync::Arc;

pub use crate::cost::budget::refusal::{Refusal, nearest_word, unknown_word};
pub use crate::cost::budget::retry_text::{accepted_retry, kept_of_made, retry_factor, retry_range, without_kept};

/// Parses what the user typed for a knob of `line`, the deliverable with its present values. Full-width letters, digits and
/// signs count as their usual twins.
///
/// # Errors
/// The rule that the text breaks.
pub fn read(knob: Knob, text: &str, line: &Deliverable, catalog: &Catalog) -> Result<Value, Refusal> {
    let typed = text.trim();
    let text = &*narrowed(typed);
    let row = knob.row();
    match row.form {
        Form::Preset => {
            let known = || catalog.presets.iter().map(|preset| preset.name.clone()).collect();
            let preset = catalog.preset(text).ok_or_else(|| unknown_word(text, known()))?;
            Ok(Value::Word(preset.name.clone()))
        }
        Form::Model => {
            let known = || catalog.models.iter().map(|model| model.id.clone()).collect();
            catalog.model(text).ok_or_else(|| unknown_word(text, known()))?;
            Ok(Value::Word(text.to_owned()))
        }
        Form::Ratio => ratio(text, &line.model.value.sizes).map(Value::Ratio),
        Form::Size if knob == Knob::Size => size_of_finals(text, line).map(Value::Size),
        Form::Size => size(text, &line.model.value.sizes).map(Value::Size),
        Form::Quality => quality(text, &line.model.value.qualities).map(Value::Quality),
        Form::Service => {
            word(text, &[ServiceTier::Standard, ServiceTier::Batch], ServiceTier::name).map(Value::Service)
        }
        Form::Pick => word(text, &[Pick::One, Pick::Many], Pick::name).map(Value::Pick),
        Form::Sizes => references(text, catalog.extras.references_max).map(Value::Sizes),
        Form::Retry => retry_text::read(text, catalog).map(Value::Retry),
        Form::Percent => percent(text, row).map(Value::Percent),
        Form::Cap => cap(text).map(Value::Cap),
        Form::Count => whole(parse_grouped(text)?, row).map(Value::Count),
        Form::Measured => {
            // A source is anybody's text.
            let text = if typed.contains('=') { typed } else { text };
            let read = measured::read(text, measured::kept(line), catalog);
            read.map(|measured| Value::Measured(Arc::new(measured)))
        }
        Form::Flag => {
            let spelt =
                [("yes", "true"), ("no", "false")].into_iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
            word(spelt.map_or(text, |(_, spelt)| spelt), &[true, false], flag).map(Value::Flag)
        }
    }
}

/// As files spell it.
fn flag(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

fn word<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, Refusal> {
    all.iter()
        .copied()
        .find(|value| name(*value).eq_ignore_ascii_case(text))
        .ok_or_else(|| unknown_word(text, all.iter().map(|value| name(*value).to_owned()).collect()))
}

/// A whole number within a knob's range.
///
/// # Errors
/// If it has decimals or is outside the range.
pub fn whole(number: Decimal, row: &Row) -> Result<u64, Refusal> {
    if !number.normalize().fract().is_zero() {
        return Err(Refusal::NotWhole);
    }
    within(number, row)?;
    u64::try_from(number).map_err(|_| out_of_range(row))
}

/// A number within a knob's range.
///
/// # Errors
/// If it is outside the range.
pub fn within(number: Decimal, row: &Row) -> Result<Decimal, Refusal> {
    let fits = (Decimal::from(row.range.0)..=Decimal::from(row.range.1)).contains(&number);
    let below_zero = number.is_zero() && number.is_sign_negative();
    match below_zero {
        true if row.range.0 >= 0 => Err(out_of_range(row)),
        true => Ok(Decimal::ZERO),
        false if fits => Ok(number),
        false => Err(out_of_range(row)),
    }
}

fn out_of_range(row: &Row) -> Refusal {
    Refusal::OutOfRange { min: Decimal::from(row.range.0), max: Decimal::from(row.range.1) }
}

fn percent(text: &str, row: &Row) -> Result<Decimal, Refusal> {
    within(parse_decimal(text.strip_suffix('%').unwrap_or(text).trim_end())?, row)
}

/// A ratio that the model accepts.
///
/// # Errors
/// If it is not `W:H`, or too long.
pub fn ratio(text: &str, sizes: &SizeRules) -> Result<Ratio, Refusal> {
    let ratio = Ratio::parse(text).ok_or(Refusal::Form)?;
    match sizes {
        SizeRules::Grid(grid) if !ratio.within(grid.max_aspect) => Err(Refusal::RatioTooLong { max: grid.max_aspect }),
        _ => Ok(ratio),
    }
}

/// A size that the model accepts: pixels, a class, or `auto`.
///
/// # Errors
/// If it is not a size, or the rules that it breaks.
pub fn size(text: &str, rules: &SizeRules) -> Result<SizeChoice, Refusal> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(SizeChoice::Auto);
    }
    if let Some(tier) = Tier::parse(text) {
        return Ok(SizeChoice::Tier(tier));
    }
    let size = Size::parse(text).ok_or(Refusal::Form)?;
    let broken = rules.broken(size);
    if broken.is_empty() {
        return Ok(SizeChoice::Exact(size));
    }
    Err(Refusal::IllegalSize { size, rules: broken, nearest: rules.nearest(size) })
}

/// The same for the finals of a line, whose size may be free of some rules.
fn size_of_finals(text: &str, line: &Deliverable) -> Result<SizeChoice, Refusal> {
    let Err(Refusal::IllegalSize { size, nearest, .. }) = size(text, &line.model.value.sizes) else {
        return size(text, &line.model.value.sizes);
    };
    let rules = line.broken_rules(size);
    if rules.is_empty() { Ok(SizeChoice::Exact(size)) } else { Err(Refusal::IllegalSize { size, rules, nearest }) }
}

/// A quality that the model supports, or `auto`.
///
/// # Errors
/// The qualities that the model supports.
pub fn quality(text: &str, known: &[Quality]) -> Result<QualityChoice, Refusal> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(QualityChoice::Auto);
    }
    word(text, known, Quality::name).map(QualityChoice::Exact)
}

fn references(text: &str, max: usize) -> Result<Vec<Size>, Refusal> {
    let parts = text.split([',', ' ', '+']).filter(|part| !part.is_empty() && *part != "none");
    let sizes: Vec<Size> = parts.map(|part| Size::parse(part).ok_or(Refusal::Form)).collect::<Result<_, _>>()?;
    if sizes.len() > max { Err(Refusal::TooMany { max }) } else { Ok(sizes) }
}

/// A cap: `25`, `$25`, `25 USD`, `¥2,500`.
///
/// # Errors
/// If it is not an amount above 0, or the currency is unknown.
pub fn cap(text: &str) -> Result<Cap, Refusal> {
    let (amount, currency) = money(text)?;
    if amount > Decimal::ZERO {
        return Ok(Cap { amount, currency });
    }
    Err(Refusal::OutOfRange { min: Decimal::new(1, 2), max: Decimal::from(MONEY_MAX) })
}

/// The same of a command's argument, whose reader is unknown: `1.000` is refused, which is a thousand where the comma is the
/// decimal sign. (A dashboard knows the reader's signs, and a file has the grammar of TOML.)
///
/// # Errors
/// As for [`cap`], and if the amount may be a thousand times larger.
pub fn argument_cap(text: &str) -> Result<Cap, Refusal> {
    unambiguous(text).and_then(cap)
}

/// [`charge`] of a command's argument.
///
/// # Errors
/// As for [`charge`], and if the amount may be a thousand times larger.
pub fn argument_charge(text: &str) -> Result<Charge, Refusal> {
    unambiguous(text).and_then(charge)
}

fn unambiguous(text: &str) -> Result<&str, Refusal> {
    two_amounts(text).map_or(Ok(text), |(fraction, whole)| Err(Refusal::Ambiguous { fraction, whole }))
}

/// What one unit of a fee costs: `4.50`, `$4.50`, `4.50 USD`.
///
/// # Errors
/// If it is not an amount from 0 on, or the currency is unknown.
pub fn charge(text: &str) -> Result<Charge, Refusal> {
    let (amount, currency) = money(text)?;
    let (min, max) = (Decimal::ZERO, Decimal::from(MONEY_MAX));
    let fits = (min..=max).contains(&amount) && !(amount.is_zero() && amount.is_sign_negative());
    if fits { Ok(Charge { amount, currency }) } else { Err(Refusal::OutOfRange { min, max }) }
}

/// An amount with its currency, if it names one.
fn money(text: &str) -> Result<(Decimal, Option<Currency>), Refusal> {
    let symbols = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY"), ('₩', "KRW"), ('₹', "INR")];
    let mut currency = None;
    let text = narrowed(text.trim());
    let mut number = &*text;
    for (symbol, code) in symbols {
        if let Some(rest) = number.strip_prefix(symbol) {
            (currency, number) = (Currency::parse(code), rest.trim());
        }
    }
    let words = number.rsplit_once(' ').filter(|(_, last)| last.len() == 3);
    if let Some((amount, code)) = words {
        let named = Currency::parse(code).ok_or(Refusal::Form)?;
        if currency.is_some_and(|symbol| symbol != named) {
            return Err(Refusal::Form);
        }
        (currency, number) = (Some(named), amount);
    }
    Ok((parse_grouped(number)?, currency))
}

/// Formats a value as text that [`read`] parses to the same value, and as files spell it (without quotes).
#[must_use]
pub fn write(value: &Value) -> String {
    match value {
        Value::Word(word) => word.clone(),
        Value::Service(tier) => tier.name().to_owned(),
        Value::Ratio(ratio) => ratio.to_string(),
        Value::Size(SizeChoice::Exact(size)) => size.to_string(),
        Value::Size(SizeChoice::Tier(tier)) => tier.name().to_owned(),
        Value::Size(SizeChoice::Auto) | Value::Quality(QualityChoice::Auto) => "auto".to_owned(),
        Value::Quality(QualityChoice::Exact(quality)) => quality.name().to_owned(),
        Value::Count(count) => count.to_string(),
        Value::Percent(percent) => format!("{}%", percent.normalize()),
        Value::Retry(Retry::Factor { factor, .. }) => factor.normalize().to_string(),
        Value::Retry(Retry::Accepted { percent, .. }) => format!("{}%", percent.normalize()),
        Value::Retry(Retry::Kept { kept, made }) => format!("{kept}/{made}"),
        Value::Retry(Retry::Range { low, likely, high }) => {
            format!("{}/{}/{}", low.normalize(), likely.normalize(), high.normalize())
        }
        Value::Retry(Retry::Profile(name)) => name.clone(),
        Value::Pick(pick) => pick.name().to_owned(),
        Value::Sizes(sizes) if sizes.is_empty() => "none".to_owned(),
        Value::Sizes(sizes) => sizes.iter().map(Size::to_string).collect::<Vec<_>>().join(", "),
        Value::Measured(of) => measured::write(of),
        Value::Flag(yes) => flag(*yes).to_owned(),
        Value::Cap(Cap { amount, currency: None }) => amount.normalize().to_string(),
        Value::Cap(Cap { amount, currency: Some(currency) }) => format!("{} {}", amount.normalize(), currency.code()),
    }
}

/// The value `steps` steps away from the present value of `line`, kept within the knob's range; `None` if there is no such
/// value.
#[must_use]
pub fn step(knob: Knob, line: &Deliverable, cap: Option<Cap>, catalog: &Catalog, steps: i32) -> Option<Value> {
    if steps == 0 {
        return None;
    }
    let row = knob.row();
    let now = line.get(knob).map(|from| from.value);
    match row.form {
        Form::Count => {
            let now = if let Some(Value::Count(count)) = now { count } else { 0 };
            stepped(Decimal::from(now), row, steps).and_then(|d| u64::try_from(d).ok().map(Value::Count))
        }
        Form::Percent => {
            let Some(Value::Percent(now)) = now else { return None };
            stepped(now, row, steps).map(Value::Percent)
        }
        Form::Retry => {
            let now = line.factor.map_or(Decimal::ONE, crate::cost::base::retry::Factor::to_decimal);
            // 5/3 has endless decimals and is rounded; a decimal factor keeps its digits, so that a step back restores it.
            let now = if now.scale() > 6 { crate::cost::base::money::rounded(now, 2) } else { now };
            let confidence = match line.retry.value {
                Retry::Factor { confidence, .. } | Retry::Accepted { confidence, .. } => confidence,
                Retry::Kept { .. } | Retry::Range { .. } | Retry::Profile(_) => None,
            };
            stepped(now, row, steps).map(|factor| Value::Retry(Retry::Factor { factor, confidence }))
        }
        Form::Cap => {
            let now = cap.unwrap_or(Cap { amount: Decimal::ZERO, currency: None });
            let amount = plus(now.amount, Decimal::from(steps)).ok()?;
            (amount > Decimal::ZERO).then_some(Value::Cap(Cap { amount, ..now }))
        }
        Form::Sizes => {
            let mut sizes = line.references.value.clone();
            let wanted = usize::try_from(i64::try_from(sizes.len()).ok()? + i64::from(steps)).unwrap_or(0);
            let like = sizes.last().copied().or_else(|| Size::new(1024, 1024))?;
            sizes.resize(wanted.min(catalog.extras.references_max), like);
            Some(Value::Sizes(sizes))
        }
        Form::Preset => {
            let names: Vec<&str> = catalog.presets.iter().map(|preset| preset.name.as_str()).collect();
            let now = line.preset.as_deref();
            neighbour(&names, |name| Some(*name) == now, steps).map(|name| Value::Word(name.to_owned()))
        }
        Form::Model => next_model(line, catalog, steps),
        Form::Service => {
            let tiers = [ServiceTier::Standard, ServiceTier::Batch];
            neighbour(&tiers, |tier| *tier == line.service.value, steps).map(Value::Service)
        }
        Form::Measured => next_measured(line, row, steps),
        Form::Flag => neighbour(&[false, true], |flag| *flag == line.returned.value, steps).map(Value::Flag),
        Form::Pick => neighbour(&[Pick::One, Pick::Many], |pick| *pick == line.pick.value, steps).map(Value::Pick),
        Form::Ratio => {
            let sizes = &line.model.value.sizes;
            let drawn = |ratio: &Ratio| Tier::ALL.into_iter().any(|tier| sizes.of_ratio(*ratio, tier).is_some());
            let ratios: Vec<Ratio> = common_ratios().into_iter().filter(drawn).collect();
            neighbour(&ratios, |r| *r == line.ratio.value, steps).map(Value::Ratio)
        }
        Form::Size => next_size(knob, line, now, steps),
        Form::Quality => {
            let Some(Value::Quality(now)) = now else { return None };
            next_quality(line, now, steps)
        }
    }
}

fn stepped(now: Decimal, row: &Row, steps: i32) -> Option<Decimal> {
    let change =
        crate::cost::base::money::times(Decimal::new(i64::from(row.step_hundredths), 2), Decimal::from(steps)).ok()?;
    let (min, max) = (Decimal::from(row.range.0), Decimal::from(row.range.1));
    Some(plus(now, change).ok()?.clamp(min, max).normalize())
}

/// The entry some steps away from the present one, stopping at the ends of the list; the first entry if none is present.
fn neighbour<T: Clone>(all: &[T], is_now: impl Fn(&T) -> bool, steps: i32) -> Option<T> {
    let Some(now) = all.iter().position(is_now) else { return all.first().cloned() };
    let last = i64::try_from(all.len()).ok()? - 1;
    let to = (i64::try_from(now).ok()? + i64::from(steps)).clamp(0, last);
    all.get(usize::try_from(to).ok()?).cloned()
}

/// Only from a number that is there: a step from nothing would make up a measurement.
fn next_measured(line: &Deliverable, row: &Row, steps: i32) -> Option<Value> {
    let measured = line.measured.value.as_ref()?;
    let output = u64::try_from(stepped(Decimal::from(measured.output?), row, steps)?.max(Decimal::ONE)).ok();
    Some(Value::Measured(Arc::new(Measured { output, ..Measured::clone(measured) })))
}

fn next_model(line: &Deliverable, catalog: &Catalog, steps: i32) -> Option<Value> {
    let now = &line.model.value.id;
    let models: Vec<_> =
        catalog.models.iter().filter(|model| model.status == Status::Active || model.id == *now).collect();
    neighbour(&models, |model| model.id == *now, steps).map(|model| Value::Word(model.id.clone()))
}

fn next_size(knob: Knob, line: &Deliverable, now: Option<Value>, steps: i32) -> Option<Value> {
    let choice = match now {
        Some(Value::Size(now)) if knob == Knob::Size => line.class(next_class(line, now, steps)?)?,
        // A class of drafts has the shape of the finals; drafts are as large as finals until they have a size of their own.
        Some(Value::Size(now)) => SizeChoice::Tier(next_class(line, now, steps)?),
        _ => SizeChoice::Tier(line.explore.as_ref().and_then(|_| next_class(line, line.size.value, steps))?),
    };
    Some(Value::Size(choice))
}

fn next_class(line: &Deliverable, now: SizeChoice, steps: i32) -> Option<Tier> {
    let exact = line.exact_size(now);
    let mut tiers: Vec<(Tier, Size)> = Tier::ALL
        .into_iter()
        .filter_map(|tier| Some((tier, line.model.value.sizes.of_ratio(line.ratio.value, tier)?)))
        .collect();
    // A model with few sizes has one size for several classes: a step that changes nothing would look like a stuck key.
    tiers.dedup_by_key(|(_, size)| *size);
    let (tier, _) = match tiers.iter().position(|(_, size)| Some(*size) == exact) {
        Some(_) => neighbour(&tiers, |(_, size)| Some(*size) == exact, steps)?,
        None if exact.is_none() => *tiers.first()?,
        // A custom size lies between two classes: one step selects the next class in that direction.
        None if steps > 0 => *tiers.iter().find(|(_, size)| exact.is_some_and(|e| size.pixels() > e.pixels()))?,
        None => *tiers.iter().rev().find(|(_, size)| exact.is_some_and(|e| size.pixels() < e.pixels()))?,
    };
    Some(tier)
}

fn next_quality(line: &Deliverable, now: QualityChoice, steps: i32) -> Option<Value> {
    let choices: Vec<QualityChoice> = line.model.value.qualities.iter().copied().map(QualityChoice::Exact).collect();
    neighbour(&choices, |choice| *choice == now, steps).map(Value::Quality)
}
