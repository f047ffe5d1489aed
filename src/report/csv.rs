//! The estimate for a spreadsheet: one row for each stage of each deliverable, and the total.
//!
//! Columns of counts and amounts add up to the total row. Numbers are bare; a text that a spreadsheet would run as a formula is
//! turned into plain text (OWASP's list, also behind blanks and in full width).

use super::Report;
use super::amounts::{Amounts, Money};
use super::charges;
use super::exchange::{ExchangeRow, foreign};
use crate::cost::base::money::{Decimal, Shown, times};
use crate::cost::bill::pay::Month;
use crate::cost::bill::{AboutWork, Bills, Card, Fraction, Purchase, Why};
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::cost::rates::rate_card::Meter;
use crate::figures::{Amount, credits_text, text_of_fraction};
use crate::words;
use crate::words::formula::defused;
use crate::words::safe::safe;
use csv::{QuoteStyle, WriterBuilder};

/// The number of columns.
const WIDTH: usize = 52;

/// The columns, in order; names are stable. A bill's amounts have their own columns, so that the others add up.
const COLUMNS: [&str; WIDTH] = [
    "row",
    "deliverable",
    "name",
    "model",
    "service_tier",
    "stage",
    "size",
    "quality",
    "finals",
    "retry",
    "images",
    "calls",
    "image_output_tokens",
    "image_input_tokens",
    "image_input_cached_tokens",
    "text_input_tokens",
    "text_input_cached_tokens",
    "image_output_usd",
    "image_input_usd",
    "image_input_cached_usd",
    "text_input_usd",
    "text_input_cached_usd",
    "each_usd",
    "known_subtotal_usd",
    "subtotal_usd",
    "buffer_percent",
    "buffer_usd",
    "total_usd",
    "shown_currency",
    "shown_subtotal",
    "card",
    "kind",
    "credits",
    "credits_with_buffer",
    "bill_usd",
    "differs_why",
    "differs_usd",
    "unknown",
    "bought",
    "month",
    "credits_bought",
    "credits_used",
    "credits_overage",
    "credits_lost",
    "credits_left",
    "formula_output_tokens",
    "formula_input_tokens",
    "approximate",
    "card_currency",
    "exchange_rate",
    "exchange_as_of",
    "exchange_source",
];

const METERS: [Meter; 5] =
    [Meter::ImageOutput, Meter::ImageInput, Meter::ImageInputCached, Meter::TextInput, Meter::TextInputCached];

/// Whether texts that look like formulas are made harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formulas {
    /// A `'` before them keeps spreadsheets from running them.
    Defanged,
    /// Unchanged, for programs that read the file as data.
    Raw,
}

/// The estimate as CSV with a header row. An empty cell is unknown, or has no meaning in its row.
#[must_use]
pub fn csv(report: &Report<'_>, formulas: Formulas) -> String {
    // Every text is quoted: a semicolon in a name must not open a new cell in locales that separate cells with it.
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    let money = Money::of(report);
    let amounts = Amounts::of(report, &money);
    let mut shown = amounts.stages.iter();
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for (line, name) in report.lines() {
        for stage in &line.stages {
            let part = shown.next().copied().filter(|_| stage.total.is_some());
            rows.push(stage_row((line, name), stage, part, &money, formulas));
        }
    }
    let mut parts = amounts.stages.clone();
    for (row, part) in charges::of_lines(report, &money, formulas) {
        rows.push(named(row));
        parts.extend(part);
    }
    let rounding = amounts.subtotal.rest_of(parts);
    rows.extend(rounding.filter(|_| amounts.sums.total.is_some()).map(|rest| rounding_row(rest, &money)));
    rows.extend(charges::of_project(report, formulas).into_iter().map(named));
    rows.push(total_row(report, &amounts, &money));
    rows.extend(bill_rows(report, formulas));
    // One more column, and only under a scenario: without one, files keep their columns.
    let scenario = report.scenario.map(|scenario| ["scenario".to_owned(), cell(&scenario.key, formulas)]);
    for (at, mut row) in rows.into_iter().map(Vec::from).enumerate() {
        row.extend(scenario.as_ref().map(|[head, key]| if at == 0 { head.clone() } else { key.clone() }));
        // Memory accepts every write, and the type gives each row the same number of cells.
        _ = writer.write_record(&row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

pub(super) fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

pub(super) fn maybe(value: Option<Decimal>) -> String {
    value.map(number).unwrap_or_default()
}

fn stage_row(
    (line, name): (&LineEstimate, &str),
    stage: &Stage,
    part: Option<Amount>,
    money: &Money<'_>,
    formulas: Formulas,
) -> [String; WIDTH] {
    let deliverable = &line.deliverable;
    let is_final = stage.kind == StageKind::Final;
    let meter = |index: usize| stage.meters.iter().find(|meter| meter.meter == METERS[index]);
    let tokens = |index| maybe(meter(index).and_then(|meter| meter.tokens));
    let usd = |index| maybe(meter(index).and_then(|meter| meter.cost));
    let percent = deliverable.buffer.value;
    let buffer = stage.total.filter(|_| line.total.is_some());
    let buffer = buffer.and_then(|total| times(total, times(percent, Decimal::new(1, 2)).ok()?).ok());
    let total = stage.total.zip(buffer).and_then(|(total, buffer)| crate::cost::base::money::plus(total, buffer).ok());
    let finals = is_final && deliverable.finals.readable && deliverable.repeat.readable;
    let retry = deliverable.factor.filter(|_| is_final && deliverable.retry.readable);
    let of_stage = [
        "stage".to_owned(),
        cell(&line.key, formulas),
        cell(name, formulas),
        cell(&deliverable.model.value.id, formulas),
        deliverable.service.value.name().to_owned(),
        stage.kind.name().to_owned(),
        stage.size.map_or_else(|| "auto".to_owned(), |size| size.to_string()),
        stage.quality.map_or("auto", |quality| quality.name()).to_owned(),
        if finals { deliverable.all_finals().to_string() } else { String::new() },
        maybe(retry.map(|factor| factor.to_decimal())),
        maybe(stage.count.as_ref().map(|count| count.images.number())),
        maybe(stage.count.as_ref().map(|count| count.calls.number())),
        tokens(0),
        tokens(1),
        tokens(2),
        tokens(3),
        tokens(4),
        usd(0),
        usd(1),
        usd(2),
        usd(3),
        usd(4),
        maybe(stage.each),
        number(stage.known),
        maybe(stage.total),
        if deliverable.buffer.readable { number(percent) } else { String::new() },
        maybe(buffer),
        maybe(total),
        money.currency.code().to_owned(),
        part.map(|part| part.value().to_string()).unwrap_or_default(),
    ];
    // The columns after those belong to bills.
    let mut row = [const { String::new() }; WIDTH];
    row.iter_mut().zip(of_stage).for_each(|(cell, text)| *cell = text);
    mark(&mut row, stage.is_approximate(&deliverable.model.value));
    // Beside measured tokens, what the formula has.
    for (index, column) in [(0, "formula_output_tokens"), (1, "formula_input_tokens")] {
        let formula = meter(index).and_then(|meter| meter.beside?.formula);
        if let (Some(formula), Some(at)) = (formula, COLUMNS.iter().position(|name| *name == column)) {
            row[at] = formula.to_string();
        }
    }
    row
}

/// The rounding between the shown subtotal and its shown parts, so that the column adds up.
fn rounding_row(rest: Amount, money: &Money<'_>) -> [String; WIDTH] {
    let currency = money.currency.code().to_owned();
    named([("row", "rounding".to_owned()), ("shown_currency", currency), ("shown_subtotal", rest.value().to_string())])
}

fn total_row(report: &Report<'_>, amounts: &Amounts, money: &Money<'_>) -> [String; WIDTH] {
    let totals = &report.estimate.totals;
    let known = totals.total.is_some();
    let cells = [
        ("row", "total".to_owned()),
        ("finals", totals.finals.to_string()),
        ("images", maybe(totals.images)),
        ("known_subtotal_usd", number(totals.known_subtotal)),
        ("subtotal_usd", maybe(totals.subtotal)),
        ("buffer_usd", maybe(totals.buffer.filter(|_| known))),
        ("total_usd", maybe(totals.total)),
        ("shown_currency", money.currency.code().to_owned()),
        ("shown_subtotal", if known { amounts.subtotal.value().to_string() } else { String::new() }),
    ];
    let mut row = named(cells);
    mark(&mut row, totals.approximate);
    row
}

/// Marks a row whose amounts rest on figures that are only about right; other rows leave the cell empty, as JSON leaves out the key.
fn mark(row: &mut [String; WIDTH], is_approximate: bool) {
    if let Some((_, cell)) = COLUMNS.iter().zip(row).find(|(column, _)| **column == "approximate") {
        approximate_cell(is_approximate).clone_into(cell);
    }
}

/// What says in a cell whether amounts are approximate, in every CSV.
pub(super) fn approximate_cell(is_approximate: bool) -> &'static str {
    if is_approximate { "true" } else { "" }
}

/// A row with these named cells.
fn named(cells: impl IntoIterator<Item = (&'static str, String)>) -> [String; WIDTH] {
    let mut row = [const { String::new() }; WIDTH];
    for (name, value) in cells {
        if let Some(at) = COLUMNS.iter().position(|column| *column == name) {
            row[at] = value;
        }
    }
    row
}

/// One row for each other bill, and one for each part of its difference from the official bill.
fn bill_rows(report: &Report<'_>, formulas: Formulas) -> Vec<[String; WIDTH]> {
    let bills = Bills::of(report.budget, report.estimate, report.catalog);
    let mut rows = Vec::new();
    for one in &bills.cards {
        let (card, bill) = (one.card(), &one.bill);
        let about = |exact: &Option<Fraction>| maybe(exact.as_ref().and_then(Fraction::nearest));
        let head = || [("card", cell(&card.id, formulas)), ("kind", card.kind().name().to_owned())];
        let unknown =
            if bill.missing.is_empty() { String::new() } else { cell(&words::all_missing(&bill.missing), formulas) };
        let figures = [
            ("row", "bill".to_owned()),
            ("name", cell(&card.name, formulas)),
            ("credits", about(&bill.credits)),
            ("credits_with_buffer", about(&bill.credits_total)),
            ("bill_usd", about(&bill.total)),
            ("unknown", unknown),
            ("bought", bill.ways.first().map_or_else(String::new, |bought| bought_text(card, bought, formulas))),
        ];
        let rate = exchange_cells(card, &report.budget.shown, formulas);
        let mut row = named(head().into_iter().chain(figures).chain(rate));
        let work = AboutWork::of_project(&report.estimate.totals);
        mark(&mut row, bill.certainty(card, work).is_about_in_usd());
        rows.push(row);
        for part in &bill.parts {
            let auto_as = bill.auto_as.filter(|_| part.why == Why::AutoChargedAs);
            let figures = [
                ("row", "differs".to_owned()),
                ("quality", auto_as.map_or_else(String::new, |quality| quality.name().to_owned())),
                ("differs_why", words::differs(part.why).to_owned()),
                ("differs_usd", about(&Some(part.usd.clone()))),
            ];
            let mut row = named(head().into_iter().chain(figures));
            mark(&mut row, bill.are_parts_about(card, work));
            rows.push(row);
        }
        let months = bill.ways.first().filter(|bought| bought.months > 1).map(|bought| bought.over_time(&card.pay));
        rows.extend(months.iter().flatten().map(|month| named(head().into_iter().chain(month_figures(month)))));
    }
    rows
}

/// The currency of a card's money if it is not USD, and the rate that it is converted at.
fn exchange_cells(card: &Card, shown: &Shown, formulas: Formulas) -> Vec<(&'static str, String)> {
    let currency = foreign(card).map(|currency| ("card_currency", currency.code().to_owned()));
    let rate = card.money.rate(shown).map(ExchangeRow::of).map(|ExchangeRow { rate, as_of, source }| {
        let source = source.map(|source| cell(&source, formulas)).unwrap_or_default();
        [("exchange_rate", rate), ("exchange_as_of", as_of), ("exchange_source", source)]
    });
    currency.into_iter().chain(rate.into_iter().flatten()).collect()
}

/// The purchase in words, amounts in USD.
fn bought_text(card: &Card, bought: &Purchase, formulas: Formulas) -> String {
    cell(&words::purchase(&card.pay, bought, |usd| text_of_fraction(&Shown::usd(), usd), credits_text), formulas)
}

/// Credits that arrive, are used, expire and remain in a month.
fn month_figures(month: &Month) -> [(&'static str, String); 7] {
    let about = |count: &Fraction| maybe(count.nearest());
    [
        ("row", "month".to_owned()),
        ("month", month.month.to_string()),
        ("credits_bought", maybe(Some(month.bought))),
        ("credits_used", about(&month.used)),
        ("credits_overage", about(&month.overage)),
        ("credits_lost", about(&month.lost)),
        ("credits_left", about(&month.left)),
    ]
}

/// A text cell: harmless on a terminal, and not a formula.
pub(super) fn cell(text: &str, formulas: Formulas) -> String {
    match formulas {
        Formulas::Defanged => defused(text),
        Formulas::Raw => safe(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_kept_for_programs_only() {
        assert_eq!(cell("=1", Formulas::Defanged), "'=1");
        assert_eq!(cell("=1", Formulas::Raw), "=1");
    }
}
