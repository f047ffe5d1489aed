//! The bills as a table of texts: a column for each card, the official bill first, and rows that lead from the official total to
//! each bill's.

use crate::app::actions::why::WhyLine;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::base::money::{Decimal, rounded};
use crate::cost::bill::break_even::break_even;
use crate::cost::bill::{Bill, Card, Fraction, Why, mix};
use crate::cost::estimate::line::LineEstimate;
use crate::figures::{Amount, Difference};
use crate::words;
use crate::words::number;
use std::sync::Arc;

/// Decimals of an amount per final beyond those of the currency.
const FINER: u32 = 2;

/// The tone of a row or a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// An ordinary figure.
    Plain,
    /// A less important figure.
    Less,
    /// The bill's total.
    Total,
    /// An unknown figure.
    Unknown,
    /// Less than the official bill.
    Cheaper,
}

/// One row: its label, and a text with its tone for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row's label.
    pub label: String,
    /// The row's tone.
    pub tone: Tone,
    /// A cell for each column; an empty text if there is nothing to show.
    pub cells: Vec<(String, Tone)>,
}

/// The bills of the selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns' names, the official bill first.
    pub names: Vec<String>,
    /// From credits to the parts of the difference.
    pub rows: Vec<Row>,
}

/// A card's bill for the selected deliverable, or for the project.
fn bill(state: &State, scope: Selection, card: usize) -> Option<Bill> {
    match scope {
        Selection::Line(index) => state.project.bills().line(card, index, state.project.estimate()),
        Selection::Project => state.project.bills().cards.get(card).map(|card| card.bill.clone()),
    }
}

/// The name of the selection.
#[must_use]
pub fn scope(state: &State) -> String {
    match state.view.selection {
        Selection::Line(index) => state.project.budget().lines.get(index).map_or("", |line| line.title()).to_owned(),
        Selection::Project => words::whole_project().to_owned(),
    }
}

/// An amount of USD, with this many decimals beyond the currency's.
fn shown(state: &State, usd: &Fraction, finer: u32) -> String {
    let amount = Amount::of_fraction(&state.project.budget().shown, usd, finer);
    amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string())
}

/// One column, from top to bottom.
#[derive(Default)]
struct Column {
    credits: Option<String>,
    /// Subtotal, buffer, the extra for packs or a plan, and the rounding between these as shown and the total.
    sums: [Option<String>; 4],
    total: Option<String>,
    per_final: Option<String>,
    difference: Option<(String, bool)>,
    percent: Option<String>,
    parts: Vec<(Why, String)>,
    parts_rounding: Option<String>,
    official: bool,
}

/// The table for the selection.
#[must_use]
pub fn table(state: &State) -> Table {
    table_of(state, state.view.selection)
}

fn table_of(state: &State, scope: Selection) -> Table {
    let finals = Decimal::from(match line(state, scope) {
        Some(line) => line.deliverable.finals.value,
        None => state.project.estimate().totals.finals,
    });
    let mut names = vec![words::bill_official().to_owned()];
    let mut columns = vec![official(state, scope, finals)];
    for (at, card) in state.project.bills().cards.iter().enumerate() {
        names.push(card.card().name.clone());
        columns.push(
            bill(state, scope, at).map_or_else(Column::default, |bill| column(state, card.card(), &bill, finals)),
        );
    }
    Table { names, rows: rows(&columns) }
}

fn line(state: &State, scope: Selection) -> Option<&LineEstimate> {
    match scope {
        Selection::Line(index) => state.project.estimate().lines.get(index),
        Selection::Project => None,
    }
}

fn official(state: &State, scope: Selection, finals: Decimal) -> Column {
    let totals = &state.project.estimate().totals;
    let (subtotal, total) = match line(state, scope) {
        Some(line) => (line.subtotal, line.total),
        None => (totals.subtotal, totals.total),
    };
    let mut column = Column { official: true, ..Column::default() };
    if let (Some(subtotal), Some(total)) = (subtotal, total) {
        column.sums = sums(state, &subtotal.into(), &total.into(), None);
        column.total = Some(Amount::of(&state.project.budget().shown, total).to_string());
        column.per_final = per_final(state, &total.into(), finals);
    }
    column
}

/// Subtotal, buffer and the extra for packs or a plan, each rounded for itself, and their rounding against the total.
fn sums(state: &State, subtotal: &Fraction, total: &Fraction, extra: Option<&Fraction>) -> [Option<String>; 4] {
    let amount = |usd: &Fraction| Amount::of_fraction(&state.project.budget().shown, usd, 0);
    let before = extra.map_or_else(|| total.clone(), |extra| total - extra);
    let parts = [amount(subtotal), amount(&(&before - subtotal)), extra.and_then(amount)];
    let rounding = amount(total).and_then(|total| total.rest_of(parts.into_iter().flatten()));
    let [subtotal, buffer, extra] = parts.map(|part| part.map(|part| part.to_string()));
    [subtotal, buffer, extra, rounding.map(|rest| rest.signed())]
}

/// Subtotal and buffer at the list price of a credit, and the extra for packs or a plan.
fn sums_of(state: &State, card: &Card, bill: &Bill, total: &Fraction) -> [Option<String>; 4] {
    if let Some(subtotal) = &bill.subtotal {
        return sums(state, subtotal, total, None);
    }
    let bought = bill.ways.first().zip(bill.credits.as_ref()).zip(bill.credits_total.as_ref());
    let Some(((bought, credits), all)) = bought else { return Default::default() };
    let unit = &bought.offer.unit;
    let extra = card.pay.is_pooled().then(|| total - &(unit * all));
    sums(state, &(unit * credits), total, extra.as_ref())
}

fn per_final(state: &State, total: &Fraction, finals: Decimal) -> Option<String> {
    total.checked_div(&Fraction::from(finals)).map(|each| shown(state, &each, FINER))
}

fn column(state: &State, card: &Card, bill: &Bill, finals: Decimal) -> Column {
    let mut column = Column { credits: credits_of(bill), ..Column::default() };
    if let Some(share) = &bill.share {
        let amount =
            |usd: &Fraction, finer| Amount::of_fraction(&state.project.budget().shown, usd, finer).map(Amount::about);
        column.total = amount(share, 0).map(|share| share.to_string());
        let each = share.checked_div(&Fraction::from(finals)).and_then(|each| amount(&each, FINER));
        column.per_final = each.map(|each| each.to_string());
        if bill.official_complete {
            let difference = share - &Fraction::from(bill.official);
            column.difference = amount(&difference, FINER).map(|amount| (amount.signed(), difference.is_negative()));
            column.percent = percent(&difference, bill).map(|percent| format!("≈{percent}"));
        }
        return column;
    }
    let (Some(total), Some(exact)) = (&bill.total, bill.difference()) else { return column };
    column.sums = sums_of(state, card, bill, total);
    let proven = bill.ways.first().is_none_or(|bought| bought.proven);
    let amount = Amount::of_fraction(&state.project.budget().shown, total, 0);
    column.total = amount.map(|amount| if proven { amount } else { amount.at_most() }.to_string());
    column.per_final = per_final(state, total, finals);
    if let Some(difference) = Difference::of(&state.project.budget().shown, bill) {
        column.parts = difference.parts.iter().map(|(why, part)| (*why, part.signed())).collect();
        column.parts_rounding = difference.rounding().map(|rest| rest.signed());
        column.difference = Some((difference.amount.signed(), exact.is_negative()));
    }
    column.percent = percent(&exact, bill).filter(|_| bill.official_complete);
    column
}

fn percent(difference: &Fraction, bill: &Bill) -> Option<String> {
    let hundredfold = difference * &Fraction::from(Decimal::ONE_HUNDRED);
    let percent = hundredfold.checked_div(&Fraction::from(bill.official))?.nearest()?;
    // A tenth of a percent matters only in small percentages.
    let digits = u32::from(!percent.is_zero() && percent.abs() < Decimal::TEN);
    let percent = rounded(percent, digits);
    let plus = if percent > Decimal::ZERO { "+" } else { "" };
    Some(words::percent(format!("{plus}{}", number::grouped(percent))))
}

/// Credits of all the work, or a lower bound if a part has no price.
fn credits_of(bill: &Bill) -> Option<String> {
    let shown = number::plain(rounded(bill.credits_total.as_ref()?.nearest()?, 2));
    Some(if bill.credits_complete() { shown } else { format!("≥{shown}") })
}

fn rows(columns: &[Column]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |label: &str, tone: Tone, cell: &dyn Fn(&Column) -> (String, Tone)| {
        let cells = columns.iter().map(cell).collect();
        rows.push(Row { label: label.to_owned(), tone, cells });
    };
    let or_none = |text: &Option<String>, tone: Tone| match text {
        Some(text) => (text.clone(), tone),
        None => (words::bill_none().to_owned(), Tone::Less),
    };
    if columns.iter().any(|column| column.credits.is_some()) {
        add(words::bill_row_credits(), Tone::Plain, &|column| or_none(&column.credits, Tone::Plain));
    }
    let buffer = words::knob_label(crate::cost::Knob::Buffer);
    let labels = [words::report_subtotal(), buffer, words::bill_row_extra()];
    for (at, label) in labels.into_iter().enumerate() {
        if at < 2 || columns.iter().any(|column| column.sums[at].is_some()) {
            add(label, Tone::Plain, &|column| or_none(&column.sums[at], Tone::Plain));
        }
    }
    let less = |text: &Option<String>| (text.clone().unwrap_or_default(), Tone::Less);
    if columns.iter().any(|column| column.sums[3].is_some()) {
        add(words::differs(Why::Rounding), Tone::Less, &|column| less(&column.sums[3]));
    }
    add(words::total(), Tone::Total, &|column| match &column.total {
        Some(total) => (total.clone(), Tone::Total),
        None => (words::unknown().to_owned(), Tone::Unknown),
    });
    add(words::per_final(), Tone::Less, &|column| or_none(&column.per_final, Tone::Less));
    if columns.len() == 1 {
        return rows;
    }
    let anchored = |column: &Column, text: Option<&String>, cheaper: bool| match (column.official, text) {
        (true, _) => (words::bill_anchor().to_owned(), Tone::Less),
        (_, text) => or_none(&text.cloned(), if cheaper { Tone::Cheaper } else { Tone::Plain }),
    };
    let is_cheaper = |column: &Column| column.difference.as_ref().is_some_and(|(_, cheaper)| *cheaper);
    add(words::bill_row_percent(), Tone::Plain, &|column| {
        anchored(column, column.percent.as_ref(), is_cheaper(column))
    });
    add(words::bill_row_difference(), Tone::Plain, &|column| {
        anchored(column, column.difference.as_ref().map(|(text, _)| text), is_cheaper(column))
    });
    let occurs = |why: &Why| columns.iter().any(|column| column.parts.iter().any(|(part, _)| part == why));
    if columns.iter().any(|column| !column.parts.is_empty()) {
        add(words::bill_row_parts(), Tone::Less, &|_| (String::new(), Tone::Less));
    }
    for why in Why::ALL.into_iter().filter(occurs) {
        let part = |column: &Column| column.parts.iter().find(|(part, _)| *part == why).map(|(_, text)| text.clone());
        add(&format!("· {}", words::differs(why)), Tone::Less, &|column| {
            (part(column).unwrap_or_default(), Tone::Plain)
        });
    }
    if columns.iter().any(|column| column.parts_rounding.is_some()) {
        let label = format!("· {}", words::figures_rounding_of_parts());
        add(&label, Tone::Less, &|column| less(&column.parts_rounding));
    }
    rows
}

/// One bill in a line: its card, its figure with the tone, the difference in percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The card's name.
    pub name: String,
    /// The project's total: money, or credits if a credit has no price.
    pub figure: String,
    /// The figure's tone.
    pub tone: Tone,
    /// The difference from the official bill.
    pub percent: String,
}

/// The bills of the whole project, one per line, the official bill first.
#[must_use]
pub fn of_project(state: &State) -> Vec<Brief> {
    briefs(table_of(state, Selection::Project))
}

/// The selected bill of the selection, in a line.
#[must_use]
pub fn selected_brief(state: &State) -> Option<Brief> {
    briefs(table(state)).into_iter().nth(state.view.selected_bill)
}

fn briefs(Table { names, rows }: Table) -> Vec<Brief> {
    let cell = |label: &str, at: usize| {
        let row = rows.iter().find(|row| row.label == label);
        row.map_or_else(|| (words::bill_none().to_owned(), Tone::Less), |row| row.cells[at].clone())
    };
    let one = |(at, name): (usize, String)| {
        let (total, credits) = (cell(words::total(), at), cell(words::bill_row_credits(), at));
        let (figure, tone) = match (total.1, credits.1) {
            (Tone::Unknown, Tone::Plain) => (words::credits_short(credits.0), Tone::Plain),
            _ => total,
        };
        let percent = if at == 0 { words::bill_anchor().to_owned() } else { cell(words::bill_row_percent(), at).0 };
        Brief { name, figure, tone, percent }
    };
    names.into_iter().enumerate().map(one).collect()
}

/// The selected card; `None` for the official bill.
fn selected(state: &State) -> Option<(usize, &Arc<Card>)> {
    let at = state.view.selected_bill.checked_sub(1)?;
    state.project.bills().cards.get(at).map(|card| (at, card.card()))
}

/// The details of the selected bill: labels with their sentences; a text without a label continues the one above.
#[must_use]
pub fn about(state: &State) -> Vec<(&'static str, String)> {
    told(state, MONTHS_SHOWN)
}

/// Months listed one by one beside the table; the calculation lists them all.
const MONTHS_SHOWN: usize = 6;

fn told(state: &State, months_shown: usize) -> Vec<(&'static str, String)> {
    let show = |usd: &Fraction| shown(state, usd, 0);
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let Some((at, card)) = selected(state) else {
        told.push((words::bill_official(), words::official_meaning().to_owned()));
        for model in models(state) {
            told.push((words::card_source(), words::provenance(&state.project.budget().card(&model).provenance)));
        }
        told.extend(best(state));
        return told;
    };
    let bill = bill(state, state.view.selection, at);
    if let Some(bill) = bill.as_ref().filter(|bill| !bill.missing.is_empty()) {
        told.push((words::card_missing(), words::all_missing(&bill.missing)));
        if let Some(known) = bill.known.as_ref().filter(|known| !known.is_zero()) {
            told.push((words::card_known(), show(known)));
        }
    }
    if bill.as_ref().is_some_and(|bill| bill.share.is_some()) {
        told.push((words::card_share(), words::share_meaning().to_owned()));
    }
    if bill.as_ref().is_some_and(|bill| !bill.official_complete) {
        told.push((words::bill_row_difference(), words::against_known_meaning().to_owned()));
    }
    let whole = state.project.bills().cards.get(at).and_then(|card| card.bill.ways.first());
    if let Some(bought) = whole {
        told.push((words::card_pays(), words::purchase(&card.pay, bought, show)));
        let months = words::over_time(&card.pay, bought, months_shown);
        told.extend(
            months.into_iter().enumerate().map(|(at, text)| (if at == 0 { words::card_months() } else { "" }, text)),
        );
    }
    told.push((words::card_price(), format!("{} · {}", card.kind().name(), words::card_prices(card))));
    let models = models(state);
    let even = |model: &_| break_even(card, model, state.project.budget(), state.session.catalog);
    let found: Vec<_> = models.iter().filter_map(|model| Some((model.id.as_str(), even(model)?))).collect();
    told.extend(words::break_evens(card, &found).into_iter().map(|text| (words::card_even(), text)));
    told.extend(best(state));
    told.push((words::card_found(), words::found(card.found).to_owned()));
    told.push((words::card_source(), words::provenance(&card.provenance)));
    told.retain(|(_, text)| !text.is_empty());
    told.extend(card.notes.iter().map(|notes| (words::card_notes(), notes.clone())));
    told.push((words::card_failed(), words::failed(card.failed).to_owned()));
    told
}

fn models(state: &State) -> Vec<Arc<crate::cost::rates::rate_card::Model>> {
    match state.line() {
        Some(line) => vec![Arc::clone(&line.deliverable.model.value)],
        None => state.project.estimate().models().cloned().collect(),
    }
}

/// The cheapest mix for the whole project, if there is something to compare.
fn best(state: &State) -> Option<(&'static str, String)> {
    let found = mix::best(state.project.bills()).filter(|found| !found.finals.usd.is_zero())?;
    Some((words::card_best(), words::best_mix(state.project.bills(), &found, |usd| shown(state, usd, 0))))
}

/// An amount with all its digits, as a fraction if they do not end.
fn exactly(usd: &Fraction) -> String {
    match usd.exact() {
        Some(usd) => words::usd_whole(usd),
        None => {
            let about = usd.nearest().map_or_else(String::new, |usd| words::usd_whole(rounded(usd, 6)));
            words::exact_fraction(usd.to_string().replace('-', "−"), about)
        }
    }
}

/// The calculation of the selected bill, each amount exact.
#[must_use]
pub fn derivation(state: &State) -> Vec<WhyLine> {
    let Some((at, card)) = selected(state) else { return Vec::new() };
    let Some(bill) = bill(state, state.view.selection, at) else { return Vec::new() };
    let source = || Some(words::provenance(&card.provenance));
    let step = |formula: &str, numbers: String, source: Option<String>| WhyLine::Step {
        formula: formula.to_owned(),
        numbers,
        source,
    };
    let mut lines = vec![WhyLine::Heading(words::bill_derivation(&card.name))];
    if let Some(count) = &bill.credits_total {
        let count = count.exact().map_or_else(|| count.to_string(), number::plain);
        lines.push(step(words::bill_step_credits(), words::credit_count(count), source()));
    }
    if let Some(bought) = bill.ways.first() {
        lines.push(step(words::bill_step_unit(), exactly(&bought.offer.unit), source()));
    }
    if let Some(total) = &bill.total {
        lines.push(step(words::bill_step_total(), exactly(total), source()));
    }
    lines.push(step(words::bill_step_official(), exactly(&Fraction::from(bill.official)), None));
    if let Some(difference) = bill.difference() {
        lines.push(step(words::bill_step_difference(), exactly(&difference), None));
    }
    for part in &bill.parts {
        let numbers = words::bill_part(words::differs(part.why), exactly(&part.usd));
        lines.push(step(words::differs_formula(part.why), numbers, None));
    }
    for (label, text) in told(state, usize::MAX) {
        lines.push(WhyLine::Input { name: label.to_owned(), value: text, origin: String::new() });
    }
    lines
}

/// How the selected bill comes about; `None` on the official one, which the estimate derives.
pub(in crate::app) fn why(state: &State) -> Option<Vec<WhyLine>> {
    (state.view.selected_bill > 0).then(|| derivation(state))
}

/// The selected bill's total as the table shows it.
#[must_use]
pub fn figure(state: &State) -> String {
    let table = table(state);
    let total = table.rows.iter().find(|row| row.tone == Tone::Total);
    total.and_then(|row| row.cells.get(state.view.selected_bill)).map_or_else(String::new, |(text, _)| text.clone())
}
