//! The bills of the selection: their table, the facts about the selected bill, and its calculation.

use crate::app::actions::why::WhyLine;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::bill::{AboutWork, Bill, Card, Fraction, break_even, mix};
use crate::cost::rates::card::Route;
use crate::figures::{
    BillBrief, BillColumn, BillMoney, BillTable, Percent, credits_text, exact_usd, text_of_fraction_if,
};
use crate::words;
use crate::words::number;
use std::sync::Arc;

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
    match state.view.of_bills() {
        Selection::Line(index) => state.project.budget().lines.get(index).map_or("", |line| line.title()).to_owned(),
        Selection::Project => words::whole_project().to_owned(),
    }
}

/// The bills of the selection on their own screen, which is in their title there; elsewhere those of the whole project.
#[must_use]
pub fn in_sight(state: &State) -> BillTable {
    let scope = if state.view.screen == Screen::Bills { state.view.of_bills() } else { Selection::Project };
    table_of(state, scope)
}

/// The table for the selection.
#[must_use]
pub fn table(state: &State) -> BillTable {
    table_of(state, state.view.of_bills())
}

fn table_of(state: &State, scope: Selection) -> BillTable {
    let line = match scope {
        Selection::Line(index) => Some(index),
        Selection::Project => None,
    };
    BillTable::of(&state.project.budget().shown, state.project.estimate(), state.project.bills(), line)
}

/// The bills of the whole project, one per line, the official bill first.
#[must_use]
pub fn of_project(state: &State) -> Vec<BillBrief> {
    table_of(state, Selection::Project).briefs()
}

/// The selected bill of the selection, in a line.
#[must_use]
pub fn selected_brief(state: &State) -> Option<BillBrief> {
    table(state).briefs().into_iter().nth(state.view.selected_bill)
}

/// A sentence about each bill of the selection, the official one first, with as many of its causes as `fits` allows.
#[must_use]
pub fn sentences(state: &State, table: &BillTable, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
    let official = words::official_meaning().to_owned();
    let of_card = |(at, column): (usize, &BillColumn)| {
        let bill = bill(state, state.view.of_bills(), at)?;
        Some(match &column.difference {
            Some(difference) => difference.sentence(&column.name, column.percent, bill.official_complete, fits),
            None => words::bill_unknown_because(&column.name, words::all_missing(&bill.missing)),
        })
    };
    let cards = table.columns.iter().skip(1).enumerate().map(|card| of_card(card).unwrap_or_default());
    std::iter::once(official).chain(cards).collect()
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
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let Some((at, card)) = selected(state) else {
        told.push((words::bill_official(), words::official_meaning().to_owned()));
        for model in models(state) {
            told.push((words::card_source(), words::provenance(&state.project.budget().card(&model).provenance)));
        }
        told.extend(best(state));
        told.extend(on_top(state));
        return told;
    };
    let bill = bill(state, state.view.of_bills(), at);
    let work = work(state);
    let money = bill.as_ref().map(|bill| BillMoney::of(&state.project.budget().shown, card, bill, work));
    let worth = |usd: &Fraction| money.map_or_else(|| words::unknown().to_owned(), |money| money.told(usd));
    if let Some(bill) = bill.as_ref().filter(|bill| !bill.missing.is_empty()) {
        told.push((words::card_missing(), words::all_missing(&bill.missing)));
        if let Some(known) = bill.known.as_ref().filter(|known| !known.is_zero()) {
            told.push((words::card_known(), worth(known)));
        }
    }
    if bill.as_ref().is_some_and(|bill| bill.share.is_some()) {
        told.push((words::card_share(), words::share_meaning().to_owned()));
    }
    if bill.as_ref().is_some_and(|bill| !bill.official_complete) {
        told.push((words::bill_row_difference(), words::against_known_meaning().to_owned()));
    }
    if let Some(quality) = bill.as_ref().and_then(|bill| bill.auto_as) {
        told.push((words::card_auto(), words::auto_billed_as(quality.name())));
    }
    let whole = state.project.bills().cards.get(at).and_then(|card| card.bill.ways.first());
    if let Some(bought) = whole {
        told.push((words::card_pays(), words::purchase(&card.pay, bought, worth, credits_text)));
        let months = words::over_time(&card.pay, bought, months_shown, credits_text);
        told.extend(
            months.into_iter().enumerate().map(|(at, text)| (if at == 0 { words::card_months() } else { "" }, text)),
        );
    }
    told.push((words::card_price(), format!("{} · {}", card.kind().name(), words::card_prices(card))));
    told.extend(words::converted_at(card, &state.budget().shown).map(|text| ("", text)));
    told.extend(cheaper(state, at).into_iter().map(|text| (words::card_even(), text)));
    told.extend(best(state));
    told.extend(on_top(state));
    if card.route == Some(Route::Unofficial) {
        told.push((words::bill_row_route(), words::unofficial_meaning().to_owned()));
    }
    told.push((words::card_found(), words::found(card.found).to_owned()));
    told.push((words::card_source(), words::provenance(&card.provenance)));
    told.retain(|(_, text)| !text.is_empty());
    told.extend(card.notes.iter().map(|notes| (words::card_notes(), notes.clone())));
    told.push((words::card_failed(), words::failed(card.failed).to_owned()));
    told
}

/// What of the work of the selection is only about right.
fn work(state: &State) -> AboutWork {
    state.line().map_or_else(|| AboutWork::of_project(&state.estimate().totals), AboutWork::of_line)
}

/// For which images a card is cheaper, on the terms of the selection.
fn cheaper(state: &State, at: usize) -> Vec<String> {
    let Some(card) = state.project.bills().cards.get(at) else { return Vec::new() };
    let lines = state.line().map_or(&state.project.estimate().lines[..], std::slice::from_ref);
    let found = break_even::of_work(card, lines, state.project.budget(), state.session.catalog);
    words::break_evens(card.card(), &found)
}

fn models(state: &State) -> Vec<Arc<crate::cost::rates::rate_card::Model>> {
    match state.line() {
        Some(line) => vec![Arc::clone(&line.deliverable.model.value)],
        None => state.project.estimate().models().cloned().collect(),
    }
}

/// What no bill holds, if the project has any of it.
fn on_top(state: &State) -> Option<(&'static str, String)> {
    let has = state.project.estimate().totals.invoice.has.on_top_of_bills();
    has.then(|| ("", words::bills_without_charges().to_owned()))
}

/// The cheapest mix for the whole project, if there is something to compare.
fn best(state: &State) -> Option<(&'static str, String)> {
    let found = mix::best(state.project.bills()).filter(|found| !found.finals.usd.is_zero())?;
    let (shown, bills) = (&state.budget().shown, state.project.bills());
    let approximate = state.estimate().totals.approximate || found.is_approximate(bills);
    let saving = |usd: &_| text_of_fraction_if(shown, usd, approximate);
    let told = words::best_mix(bills, &found, saving);
    // Beside the bills of one deliverable it is about more than they are.
    let is_wider = state.line().is_some() && state.estimate().lines.len() > 1;
    Some((words::card_best(), if is_wider { words::advice_of_project(told) } else { told }))
}

/// The calculation of the selected bill, each amount exact.
#[must_use]
pub fn derivation(state: &State) -> Vec<WhyLine> {
    let Some((at, card)) = selected(state) else { return Vec::new() };
    let Some(bill) = bill(state, state.view.of_bills(), at) else { return Vec::new() };
    let source = || Some(words::provenance(&card.provenance));
    let step = |formula: &str, numbers: String, source: Option<String>| WhyLine::Step {
        formula: formula.to_owned(),
        numbers,
        source,
    };
    let work = work(state);
    let is_about = bill.certainty(card, work).is_about_in_usd();
    let about = |is_about: bool, text: String| if is_about { format!("≈{text}") } else { text };
    let mut lines = vec![WhyLine::Heading(words::bill_derivation(&card.name))];
    if let Some(count) = &bill.credits_total {
        let count = count.exact().map_or_else(|| count.to_string(), number::plain);
        lines.push(step(
            words::bill_step_credits(),
            words::credit_count(about(bill.has_about_credits(card, work), count)),
            source(),
        ));
    }
    if let Some(bought) = bill.ways.first() {
        lines.push(step(
            words::bill_step_unit(),
            about(bill.certainty(card, AboutWork::default()).is_about_in_usd(), exact_usd(&bought.offer.unit)),
            source(),
        ));
    }
    if let Some(total) = &bill.total {
        lines.push(step(words::bill_step_total(), about(is_about, exact_usd(total)), source()));
    }
    lines.push(step(
        words::bill_step_official(),
        about(work.official, exact_usd(&Fraction::from(bill.official))),
        None,
    ));
    if let Some(difference) = bill.difference() {
        lines.push(step(
            words::bill_step_difference(),
            about(bill.is_difference_about(card, work), exact_usd(&difference)),
            None,
        ));
    }
    for part in &bill.parts {
        let rests = bill.are_parts_about(card, work);
        let (name, usd) = (words::differs(part.why), about(rests, exact_usd(&part.usd)));
        let share = part.of.as_ref().and_then(|of| Some((Percent::of(&part.usd, of)?, of)));
        let numbers = match share {
            Some((share, of)) => words::bill_part_of(name, usd, share.signed(), about(rests, exact_usd(of))),
            None => words::bill_part(name, usd),
        };
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
    table(state).columns.get(state.view.selected_bill).map_or_else(String::new, BillColumn::total_text)
}
