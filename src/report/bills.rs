//! The bills by other rate cards, for printed estimates and scripts.

use super::Report;
use super::amounts::{Money, unknown};
use super::exchange::{ExchangeRow, foreign};
use crate::cost::base::money::Decimal;
use crate::cost::base::tokens::Quality;
use crate::cost::bill::pay::{Month, Way};
use crate::cost::bill::{AboutWork, Bill, Bills, Card, CardBills, Fraction, Kind, Part, break_even, mix};
use crate::cost::rates::card::Route;
use crate::figures::{Amount, BillColumn, BillMoney, BillTable, Bound, Credits, credits_text, text_of_fraction_if};
use crate::words;
use serde::Serialize;

/// One bill in words, ready for a table.
pub(super) struct Row {
    pub(super) card: String,
    pub(super) kind: &'static str,
    pub(super) credits: String,
    pub(super) total: String,
    /// The lines below: why it differs, what is missing, what is bought.
    pub(super) remarks: Vec<String>,
}

/// Every bill, the official bill first; empty if the project compares with no card.
pub(super) fn rows(report: &Report<'_>, money: &Money<'_>) -> Vec<Row> {
    let bills = Bills::of(report.budget, report.estimate, report.catalog);
    if bills.cards.is_empty() {
        return Vec::new();
    }
    let table = BillTable::of(money.shown(), report.estimate, &bills, None);
    let mut columns = table.columns.iter();
    let official = columns.next().map(|column| Row {
        card: official_card(report),
        kind: Kind::Tokens.name(),
        credits: String::new(),
        total: column.total_text(),
        remarks: Vec::new(),
    });
    let others = columns.zip(&bills.cards).map(|(column, one)| row(report, money, column, one));
    official.into_iter().chain(others).collect()
}

/// The notes on all bills together: the cheapest mix.
pub(super) fn notes(report: &Report<'_>, money: &Money<'_>) -> Vec<String> {
    let bills = Bills::of(report.budget, report.estimate, report.catalog);
    let mut notes = Vec::new();
    if let Some(found) = mix::best(&bills).filter(|found| !found.finals.usd.is_zero()) {
        let approximate = report.estimate.totals.approximate || found.is_approximate(&bills);
        let text = |usd: &Fraction| text_of_fraction_if(money.shown(), usd, approximate);
        notes.push(words::best_mix(&bills, &found, text));
        notes.extend(words::mix_remarks(&bills, &found));
    }
    let on_top = report.estimate.totals.invoice.has.on_top_of_bills() && !bills.cards.is_empty();
    notes.extend(on_top.then(|| words::bills_without_charges().to_owned()));
    notes
}

fn row(report: &Report<'_>, money: &Money<'_>, column: &BillColumn, one: &CardBills) -> Row {
    let (card, bill) = (one.card(), &one.bill);
    let shown = BillMoney::of(money.shown(), card, bill, AboutWork::of_project(&report.estimate.totals));
    let mut remarks = Vec::from_iter(difference(column, bill));
    remarks.extend(bill.auto_as.map(|quality| words::auto_billed_as(quality.name())));
    if card.route == Some(Route::Unofficial) {
        remarks.push(words::unofficial_meaning().to_owned());
    }
    remarks.extend(words::converted_at(card, money.shown()));
    if !bill.missing.is_empty() {
        remarks.push(words::all_missing(&bill.missing));
    }
    if let (None, Some(known)) = (&bill.total, bill.known.as_ref().filter(|known| !known.is_zero())) {
        remarks.push(words::bill_known(each(shown, known)));
    }
    if let Some(bought) = bill.ways.first() {
        remarks.push(words::purchase(&card.pay, bought, |usd| shown.told(usd), credits_text));
        remarks.extend(words::over_time(&card.pay, bought, MONTHS_SHOWN, credits_text));
    }
    let found = break_even::of_work(one, &report.estimate.lines, report.budget, report.catalog);
    remarks.extend(words::break_evens(card, &found));
    Row {
        card: column.name.clone(),
        kind: card.kind().name(),
        credits: column.credits.as_ref().map(credits).unwrap_or_default(),
        total: column.sums.total.map_or_else(unknown, |total| total_of(bill, shown, total)),
        remarks,
    }
}

/// Months listed one by one.
const MONTHS_SHOWN: usize = 12;

/// A total, with its uncertainty in words.
fn total_of(bill: &Bill, money: BillMoney<'_>, total: Amount) -> String {
    let (bound, total) = total.split_bound();
    let is_decimal = bill.total.as_ref().is_some_and(|total| money.ends(total));
    let shown = if is_decimal { total } else { total.about() }.to_string();
    bounded(bound, shown)
}

/// Credits, with their uncertainty in words.
fn credits(credits: &Credits) -> String {
    bounded(credits.bound, words::credit_count(credits.told()))
}

fn bounded(bound: Bound, shown: String) -> String {
    match bound {
        Bound::None => shown,
        Bound::AtMost => words::at_most(shown),
        Bound::AtLeast => words::at_least(shown),
    }
}

/// A unit price that is a fraction.
fn each(money: BillMoney<'_>, usd: &Fraction) -> String {
    let amount = money.amount(usd, 2).map(|amount| amount.about_if(!money.ends(usd)));
    amount.map_or_else(unknown, |amount| amount.to_string())
}

/// The difference and its parts.
fn difference(column: &BillColumn, bill: &Bill) -> Option<String> {
    let difference = column.difference.as_ref().filter(|difference| !difference.parts.is_empty())?;
    let parts = difference.told().into_iter();
    let rounding =
        difference.rounding().map(|rest| words::bill_part(words::figures_rounding_of_parts(), rest.signed()));
    let parts: Vec<String> = parts.chain(rounding).collect();
    let amount = difference.amount.signed();
    let against = if bill.official_complete { words::bill_against(amount) } else { words::bill_against_known(amount) };
    Some(format!("{against}: {}", parts.join(", ")))
}

/// The official bill's name: its card if one model is in use.
fn official_card(report: &Report<'_>) -> String {
    let mut models = report.estimate.models();
    match (models.next(), models.next()) {
        (Some(model), None) => model.card_id(),
        _ => "openai".to_owned(),
    }
}

/// One bill for scripts: amounts in USD, unrounded, as decimals; if digits do not end, also as a fraction.
#[derive(Serialize)]
pub(super) struct BillRow {
    pub(super) card: String,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits_with_buffer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtotal: Option<String>,
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_fraction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    official: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_quality: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differs: Vec<Differs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchase: Option<Bought>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'static str>,
    /// Of money in another currency than USD.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange: Option<ExchangeRow>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

#[derive(Serialize)]
struct Differs {
    why: &'static str,
    amount: String,
    /// The price that it is a share of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fraction: Option<String>,
}

#[derive(Serialize)]
struct Bought {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<String>,
    months: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    packs: Vec<BoughtPack>,
    leftover_credits: String,
    leftover_worth: String,
    lost_credits: String,
    /// Whether it is proven that no choice of packs is cheaper.
    proven: bool,
    /// Month by month, if the work takes more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    over_time: Vec<MonthRow>,
}

/// Credits of one month, as decimals.
#[derive(Serialize)]
struct MonthRow {
    month: u32,
    bought: String,
    used: String,
    overage: String,
    lost: String,
    left: String,
}

fn month_row(month: &Month) -> MonthRow {
    let about = |count: &Fraction| number(count.nearest().unwrap_or_default());
    MonthRow {
        month: month.month,
        bought: number(month.bought),
        used: about(&month.used),
        overage: about(&month.overage),
        lost: about(&month.lost),
        left: about(&month.left),
    }
}

#[derive(Serialize)]
struct BoughtPack {
    pack: String,
    count: u64,
}

/// The whole project's bills for scripts, the official bill first.
pub(super) fn for_scripts(report: &Report<'_>, bills: &Bills) -> Vec<BillRow> {
    let totals = &report.estimate.totals;
    let own = totals.invoice.official;
    let official = BillRow {
        subtotal: own.map(|(subtotal, _)| number(subtotal)),
        total: own.map(|(_, total)| number(total)),
        known: None,
        approximate: totals.approximate,
        ..empty(official_card(report), "tokens")
    };
    let others = bills.cards.iter().map(|one| BillRow {
        differs: one.bill.parts.iter().map(differs).collect(),
        official: Some(number(one.bill.official)),
        purchase: one.bill.ways.first().map(|bought| bought_row(one.card(), bought)),
        name: Some(one.card().name.clone()),
        basis: Some(one.card().kind().name()),
        checked: one.card().provenance.checked.map(|day| day.to_string()),
        source: Some(one.card().provenance.source.clone()),
        grade: one.card().provenance.grade.map(|grade| grade.to_string()),
        route: one.card().route.map(Route::name),
        currency: foreign(one.card()).map(|currency| currency.code().to_owned()),
        exchange: one.card().money.rate(&report.budget.shown).map(ExchangeRow::of),
        ..bill_row(one.card(), &one.bill, AboutWork::of_project(totals))
    });
    std::iter::once(official).chain(others).collect()
}

/// One line's bills for scripts.
pub(super) fn of_line(report: &Report<'_>, bills: &Bills, index: usize) -> Vec<BillRow> {
    let one = |(at, card): (usize, &CardBills)| {
        let work = AboutWork::of_line(report.estimate.lines.get(index)?);
        Some(bill_row(card.card(), &bills.line(at, index, report.estimate)?, work))
    };
    bills.cards.iter().enumerate().filter_map(one).collect()
}

fn bill_row(card: &Card, bill: &Bill, work: AboutWork) -> BillRow {
    let about = |fraction: &Fraction| fraction.nearest().map(number);
    let unpriced = bill.total.is_none();
    BillRow {
        credits: bill.credits.as_ref().and_then(about),
        credits_with_buffer: bill.credits_total.as_ref().and_then(about),
        subtotal: bill.subtotal.as_ref().and_then(about),
        total: bill.total.as_ref().and_then(about),
        total_fraction: bill.total.as_ref().and_then(fraction),
        share_about: bill.share.as_ref().and_then(about),
        known: bill.known.as_ref().filter(|_| unpriced).and_then(about),
        approximate: bill.certainty(card, work).is_about_in_usd(),
        auto_quality: bill.auto_as.map(Quality::name),
        unknown: (!bill.missing.is_empty()).then(|| words::all_missing(&bill.missing)),
        ..empty(card.id.clone(), kind(card.kind()))
    }
}

fn empty(card: String, kind: &'static str) -> BillRow {
    BillRow {
        card,
        kind,
        name: None,
        basis: None,
        credits: None,
        credits_with_buffer: None,
        subtotal: None,
        total: None,
        total_fraction: None,
        share_about: None,
        known: None,
        unknown: None,
        official: None,
        auto_quality: None,
        differs: Vec::new(),
        purchase: None,
        checked: None,
        source: None,
        grade: None,
        route: None,
        currency: None,
        exchange: None,
        approximate: false,
    }
}

/// The unit of a bill, in a word for scripts.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Tokens => "tokens",
        Kind::CreditsPerToken | Kind::CreditsPerImage => "credits",
        Kind::PerImage => "per-image",
        Kind::Internal => "internal-credits",
    }
}

fn differs(part: &Part) -> Differs {
    let amount = part.usd.nearest().map(number).unwrap_or_default();
    let of = part.of.as_ref().and_then(|of| of.nearest().map(number));
    Differs { why: words::differs(part.why), amount, of, fraction: fraction(&part.usd) }
}

fn bought_row(card: &Card, bought: &crate::cost::bill::Purchase) -> Bought {
    let packs = card.pay.packs.iter().enumerate().filter_map(|(at, pack)| {
        let count: u64 = bought.packs.iter().filter_map(|packs| packs.counts.get(at)).sum();
        (count > 0).then(|| BoughtPack { pack: pack.name.clone(), count })
    });
    let (by, plan) = match bought.offer.way {
        Way::Rate => ("credit", None),
        Way::Packs => ("packs", None),
        Way::Plan(at) => ("plan", card.pay.plans.get(at).map(|plan| plan.name.clone())),
    };
    let months = bought.over_time(&card.pay);
    Bought {
        by,
        plan,
        months: bought.months,
        packs: packs.collect(),
        leftover_credits: number(bought.leftover),
        leftover_worth: bought.leftover_worth().nearest().map(number).unwrap_or_default(),
        lost_credits: number(bought.lost),
        proven: bought.proven,
        over_time: if bought.months > 1 { months.iter().map(month_row).collect() } else { Vec::new() },
    }
}

/// The fraction itself if it is not a decimal.
fn fraction(usd: &Fraction) -> Option<String> {
    usd.exact().is_none().then(|| usd.to_string())
}

fn number(usd: Decimal) -> String {
    usd.normalize().to_string()
}
