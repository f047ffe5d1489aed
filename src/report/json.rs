//! The estimate for scripts. Amounts are decimal strings in USD, unrounded; unknown amounts are null, never 0.

use super::bills::{BillRow, for_scripts, of_line};
use super::brackets::BracketRow;
use super::exchange::ExchangeRow;
use super::risk::missing_code;
use super::risk_row::{RiskRow, row};
use super::{Report, sources};
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::bill::Bills;
use crate::cost::budget::resolve::{Deliverable, Sourced};
use crate::cost::budget::{Per, QualityChoice, SizeChoice};
use crate::cost::estimate::fees::FeeCost;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::cost::estimate::{CapState, Estimate, against_cap};
use crate::cost::rates::rate_card::Meter;
use crate::cost::risk::Risk;
use crate::diagnostics::Problem;
use crate::figures;
use crate::words::safe::is_hostile;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the keys below; it rises only if one ever has to change its meaning.
const SCHEMA: u32 = 2;

type Amount = Option<String>;

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
    amounts_in: &'a str,
    currency: &'a str,
    exchange: Option<ExchangeRow>,
    deliverables: Vec<Line<'a>>,
    fees: Vec<FeeRow>,
    totals: Sums,
    bills: Vec<BillRow>,
    risk: Option<RiskRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    risk_unknown: Option<&'static str>,
    shown: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cap: Option<Cap<'a>>,
    rates: Vec<Card<'a>>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    key: &'a str,
    name: &'a str,
    service_tier: Option<&'a str>,
    model: Option<&'a str>,
    finals: Option<u64>,
    repeat: Option<u64>,
    retry: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_range: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_profile: Option<&'a str>,
    buffer_percent: Amount,
    stages: Vec<StageRow>,
    images_cost: Amount,
    surcharge: Amount,
    fees: Amount,
    subtotal: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_subtotal: Amount,
    buffer: Amount,
    total: Amount,
    /// Whether it rests on an approximate number of tokens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bracket: Option<BracketRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bills: Vec<BillRow>,
}

#[derive(Serialize)]
struct Range {
    low: String,
    likely: String,
    high: String,
}

#[derive(Serialize)]
struct StageRow {
    stage: &'static str,
    size: Amount,
    quality: Option<&'static str>,
    images: Amount,
    calls: Amount,
    tokens_per_image: Tokens,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured_tokens: Option<MeasuredTokens>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_per_image: Amount,
    cost: Cost,
}

#[derive(Serialize)]
struct Tokens {
    image_output: Option<Count>,
    image_input: Option<Count>,
    image_input_cached: Option<Count>,
    text_input: Option<Count>,
    text_input_cached: Option<Count>,
}

/// Measured tokens that count, with what the formula has beside them: of one image, without streamed partial images.
#[derive(Serialize)]
struct MeasuredTokens {
    #[serde(skip_serializing_if = "Option::is_none")]
    image_output: Option<Beside>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_input: Option<Beside>,
    source: Option<String>,
}

#[derive(Serialize)]
struct Beside {
    measured: u64,
    formula: Option<u64>,
}

/// A count is an integer; a cached share can make it fractional, and then it is a decimal string.
#[derive(Serialize)]
#[serde(untagged)]
enum Count {
    Whole(u64),
    Share(String),
}

/// The meters with a cost differ by stage, so the parts are a list that serialises as keys, in the order of a bill.
struct Cost {
    parts: Vec<(Meter, Amount)>,
    total: Amount,
    known_subtotal: Amount,
}

impl Serialize for Cost {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let total = std::iter::once(("total", &self.total));
        let known = self.known_subtotal.is_some().then_some(("known_subtotal", &self.known_subtotal));
        let parts = self.parts.iter().map(|(meter, amount)| (meter.name(), amount));
        serializer.collect_map(parts.chain(total).chain(known))
    }
}

/// A fee over the whole project.
#[derive(Serialize)]
struct FeeRow {
    fee: String,
    per: Option<&'static str>,
    units: Amount,
    amount: Amount,
}

#[derive(Serialize)]
struct Sums {
    /// Whether a part rests on an approximate number of tokens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    finals: u64,
    images: Amount,
    images_cost: Amount,
    surcharge: Amount,
    fees: Amount,
    subtotal: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_subtotal: Amount,
    buffer: Amount,
    project_fees: Amount,
    markup: Amount,
    tax: Amount,
    total: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    bracket: Option<BracketRow>,
    per_final: Amount,
}

#[derive(Serialize)]
struct Shown<'a> {
    currency: &'a str,
    total: Amount,
}

#[derive(Serialize)]
struct Cap<'a> {
    amount: String,
    currency: String,
    total: Amount,
    state: &'a str,
}

#[derive(Serialize)]
struct Card<'a> {
    card: String,
    service_tier: &'static str,
    pinned: bool,
    checked: Option<String>,
    source: &'a str,
    grade: Option<String>,
    usd_per_million_tokens: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
pub(super) struct Issue<'a> {
    level: &'static str,
    code: &'static str,
    key: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    allowed: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    remedy: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// The place of a problem, in every JSON that lists problems.
#[derive(Serialize)]
pub struct Place {
    /// The file, if there is one.
    file: Option<String>,
    /// The line in it, from 1.
    line: Option<u32>,
    /// The column in characters, from 1.
    column: Option<u32>,
}

impl From<&Problem> for Place {
    fn from(problem: &Problem) -> Place {
        Place {
            file: problem.file.as_deref().map(|file| file.display().to_string()),
            line: problem.position.map(|position| position.line),
            column: problem.position.map(|position| position.column),
        }
    }
}

/// The estimate as JSON, indented, with a line break at its end. Valid whatever the names contain, and harmless on a terminal.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let budget = report.budget;
    let bills = Bills::of(budget, report.estimate, report.catalog);
    let risk = Risk::of(budget, report.estimate, report.catalog);
    let root = Root {
        schema: SCHEMA,
        name: report.name,
        client: budget.client.as_deref(),
        scenario: report.scenario.map(|scenario| scenario.key.as_str()),
        amounts_in: "USD",
        currency: budget.shown.currency.code(),
        exchange: budget.shown.exchange.as_ref().map(ExchangeRow::of),
        deliverables: report
            .lines()
            .enumerate()
            .map(|(at, (line, name))| Line { bills: of_line(report, &bills, at), ..line_row(line, name) })
            .collect(),
        fees: report.estimate.fees(budget).into_iter().map(fee_row).collect(),
        totals: sums(report.estimate),
        bills: for_scripts(report, &bills),
        risk: risk.as_ref().ok().map(|risk| row(report, risk)),
        risk_unknown: risk.err().map(missing_code),
        shown: shown(report),
        cap: cap(report),
        rates: cards(report),
        issues: report.problems.iter().map(issue).collect(),
    };
    pretty(&root)
}

/// Any value as JSON, indented, with a line break at its end, harmless on a terminal.
#[must_use]
pub fn pretty<T: Serialize>(value: &T) -> String {
    // Strings, numbers and string keys can always be serialised.
    let plain = serde_json::to_string_pretty(value).unwrap_or_default();
    harmless(&plain) + "\n"
}

/// The same JSON with every character that could control a terminal or hide from a reader as a `\u` escape: once parsed, the data
/// are byte for byte the same.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        // Line breaks occur only between values: inside strings the serialiser has escaped them.
        if c != '\n' && (is_hostile(c) || matches!(c, '\u{200d}' | '\u{e0000}'..='\u{e007f}')) {
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

pub(super) fn amount(usd: Decimal) -> String {
    usd.normalize().to_string()
}

fn if_readable<T, U>(sourced: &Sourced<T>, read: impl FnOnce(&T) -> U) -> Option<U> {
    sourced.readable.then(|| read(&sourced.value))
}

fn line_row<'a>(line: &'a LineEstimate, name: &'a str) -> Line<'a> {
    let deliverable = &line.deliverable;
    let (range, profile) = match &deliverable.retry.value {
        Retry::Range { low, likely, high } => {
            (Some(Range { low: amount(*low), likely: amount(*likely), high: amount(*high) }), None)
        }
        Retry::Profile(profile) => (None, Some(profile.as_str())),
        _ => (None, None),
    };
    let readable = deliverable.retry.readable;
    Line {
        key: &line.key,
        name,
        service_tier: if_readable(&deliverable.service, |tier| tier.name()),
        model: deliverable.model.readable.then_some(deliverable.model.value.id.as_str()),
        finals: if_readable(&deliverable.finals, |finals| *finals),
        repeat: if_readable(&deliverable.repeat, |repeat| *repeat),
        retry: deliverable.factor.filter(|_| readable).map(|factor| amount(factor.to_decimal())),
        retry_range: range.filter(|_| readable),
        retry_profile: profile.filter(|_| readable),
        buffer_percent: if_readable(&deliverable.buffer, |percent| amount(*percent)),
        stages: line.stages.iter().map(|stage| stage_row(stage, deliverable)).collect(),
        images_cost: line.images_cost.map(amount),
        surcharge: line.surcharge.map(amount),
        fees: line.fees.map(amount),
        subtotal: line.subtotal.map(amount),
        known_subtotal: line.total.is_none().then(|| amount(line.known_subtotal)),
        buffer: line.buffer.filter(|_| line.total.is_some()).map(amount),
        total: line.total.map(amount),
        approximate: line.has_approximate_tokens(),
        bracket: line.bracket.as_ref().map(BracketRow::from),
        bills: Vec::new(),
    }
}

fn stage_row(stage: &Stage, deliverable: &Deliverable) -> StageRow {
    let (size, quality) = match (stage.kind, &deliverable.explore) {
        (StageKind::Explore, Some(explore)) => (explore.size.as_ref().unwrap_or(&deliverable.size), &explore.quality),
        _ => (&deliverable.size, &deliverable.quality),
    };
    let auto_size = size.value == SizeChoice::Auto;
    let exact = stage.size.map(|size| size.to_string()).or_else(|| auto_size.then(|| "auto".to_owned()));
    let drawn = match quality.value {
        QualityChoice::Exact(quality) => quality.name(),
        QualityChoice::Auto => "auto",
    };
    StageRow {
        stage: stage.kind.name(),
        size: exact.filter(|_| size.readable),
        quality: quality.readable.then_some(drawn),
        images: stage.count.as_ref().map(|count| amount(count.images.number())),
        calls: stage.count.as_ref().map(|count| amount(count.calls.number())),
        tokens_per_image: tokens(stage),
        measured_tokens: measured_tokens(stage, deliverable),
        price_per_image: stage.meters.iter().find_map(|meter| meter.image_price).map(amount),
        cost: cost(stage),
    }
}

fn tokens(stage: &Stage) -> Tokens {
    let of = |meter| {
        let tokens = stage.meters.iter().find(|line| line.meter == meter)?.tokens?.normalize();
        Some(
            u64::try_from(tokens)
                .ok()
                .filter(|_| tokens.is_integer())
                .map_or_else(|| Count::Share(tokens.to_string()), Count::Whole),
        )
    };
    Tokens {
        image_output: of(Meter::ImageOutput),
        image_input: of(Meter::ImageInput),
        image_input_cached: of(Meter::ImageInputCached),
        text_input: of(Meter::TextInput),
        text_input_cached: of(Meter::TextInputCached),
    }
}

fn measured_tokens(stage: &Stage, deliverable: &Deliverable) -> Option<MeasuredTokens> {
    let of = |meter| {
        let beside = stage.meters.iter().find(|line| line.meter == meter)?.beside?;
        Some(Beside { measured: beside.measured, formula: beside.formula })
    };
    let (image_output, image_input) = (of(Meter::ImageOutput), of(Meter::ImageInput));
    let source = deliverable.measured.value.as_ref().and_then(|measured| measured.source.clone());
    (image_output.is_some() || image_input.is_some()).then_some(MeasuredTokens { image_output, image_input, source })
}

fn cost(stage: &Stage) -> Cost {
    let listed = stage.meters.iter().filter(|meter| meter.tokens.is_none_or(|tokens| !tokens.is_zero()));
    Cost {
        parts: listed.map(|meter| (meter.meter, meter.cost.map(amount))).collect(),
        total: stage.total.map(amount),
        known_subtotal: stage.total.is_none().then(|| amount(stage.known)),
    }
}

fn fee_row(fee: FeeCost) -> FeeRow {
    FeeRow { fee: fee.name, per: fee.per.map(Per::name), units: fee.units.map(amount), amount: fee.usd.map(amount) }
}

fn sums(estimate: &Estimate) -> Sums {
    let totals = &estimate.totals;
    Sums {
        approximate: estimate.totals.about.tokens,
        finals: totals.finals,
        images: totals.images.map(amount),
        images_cost: totals.invoice.images.map(amount),
        surcharge: totals.invoice.surcharge.map(amount),
        fees: totals.invoice.fees.map(amount),
        subtotal: totals.subtotal.map(amount),
        known_subtotal: totals.total.is_none().then(|| amount(totals.known_subtotal)),
        buffer: totals.buffer.filter(|_| totals.total.is_some()).map(amount),
        project_fees: totals.invoice.project_fees.map(amount),
        markup: totals.invoice.markup.map(amount),
        tax: totals.invoice.tax.map(amount),
        total: totals.total.map(amount),
        bracket: totals.bracket.as_ref().map(BracketRow::from),
        per_final: totals.per_final.map(amount),
    }
}

/// The total in the project's currency. Without a rate there is no total: USD under another name would be a wrong figure.
fn shown<'a>(report: &Report<'a>) -> Shown<'a> {
    let shown = &report.budget.shown;
    let total = report.estimate.totals.total.and_then(|usd| shown.from_usd(usd));
    Shown {
        currency: shown.currency.code(),
        total: total.map(|total| figures::Amount::in_currency(shown.currency, total).value().to_string()),
    }
}

fn cap(report: &Report<'_>) -> Option<Cap<'static>> {
    let cap = report.budget.cap()?;
    let (state, total) = match against_cap(report.budget, &report.estimate.totals) {
        CapState::Within { total, .. } => ("within", Some(total)),
        CapState::Over { total, .. } => ("over", Some(total)),
        CapState::OverAtLeast { .. } => ("over", None),
        CapState::None | CapState::Unknown | CapState::WrongCurrency { .. } => ("unknown", None),
    };
    let currency = cap.currency.unwrap_or(report.budget.shown.currency).code().to_owned();
    Some(Cap { amount: cap.amount.to_string(), currency, total: total.map(amount), state })
}

fn cards<'a>(report: &Report<'a>) -> Vec<Card<'a>> {
    let mut cards = Vec::new();
    for price in sources::prices(report) {
        for (tier, rates) in &price.tiers {
            let rate = |meter: Meter| Some((meter.name(), amount(rates.as_ref()?.get(meter)?)));
            cards.push(Card {
                card: price.card.clone(),
                service_tier: tier.name(),
                pinned: price.pinned,
                checked: price.provenance.checked.map(|day| day.to_string()),
                source: &price.provenance.source,
                grade: price.provenance.grade.map(|grade| grade.to_string()),
                usd_per_million_tokens: Meter::ALL.into_iter().filter_map(rate).collect(),
            });
        }
    }
    cards
}

pub(super) fn issue(problem: &Problem) -> Issue<'_> {
    Issue {
        level: problem.level.code(),
        code: problem.code.name(),
        key: (!problem.key.is_empty()).then_some(problem.key.as_str()),
        message: &problem.message,
        allowed: &problem.allowed,
        remedy: &problem.remedy,
        place: problem.into(),
    }
}
