//! The list of rate cards: what the project costs on each, the cheapest first, and which of them it is to be compared with.
//!
//! Choosing changes a copy; what was chosen becomes one step when the list is left with Enter.

use crate::app::actions::cards;
use crate::app::keys::action::Action;
use crate::app::keys::chord::Chord;
use crate::app::model::overlay::Overlay;
use crate::app::model::picker::{Before, Choice, Item};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::values::aligned;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::limits::COMPARED_MAX;
use crate::cost::bill::{Bills, Card, CardBills};
use crate::cost::budget::edit::Edit;
use crate::diagnostics::Level;
use crate::figures::{BillColumn, BillTable};
use crate::words;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

/// A card of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    id: String,
    name: String,
    /// USD of the project's bill; `None` if the card cannot price it.
    usd: Option<Fraction>,
    /// The total, the difference from the official bill, and the same in percent, as shown.
    figures: [String; 3],
    /// Why it cannot price the project; empty if it can.
    missing: String,
    /// The kind of card, and its prices in a few words.
    prices: String,
}

/// The open list: figures from when it was opened, and the choice so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardList {
    /// The official total as shown.
    pub official: String,
    rows: Arc<Vec<Row>>,
    /// The cards that are chosen, by name in files.
    compare: Vec<String>,
}

/// Every card that the project could be compared with.
fn known(state: &State) -> Vec<Arc<Card>> {
    let own = state.project.budget().cards.values().flatten();
    let mut cards: Vec<Arc<Card>> = own.map(Arc::clone).collect();
    let mut seen: HashSet<&str> = state.project.budget().cards.keys().map(String::as_str).collect();
    // Of two cards of one name the later counts.
    let others = state.session.catalog.cards.iter().rev().filter(|card| seen.insert(&card.id));
    cards.extend(others.map(Arc::clone));
    cards
}

impl Row {
    fn of(column: &BillColumn, one: &CardBills) -> Row {
        let (card, bill) = (one.card(), &one.bill);
        let difference = column.difference.as_ref().map(|difference| difference.amount.signed());
        let percent = column.percent.map(|percent| percent.signed());
        let total = column.sums.total.map(|total| total.to_string());
        let figures = [total, difference, percent].map(Option::unwrap_or_default);
        let unpriced = bill.total.is_none().then(|| words::all_missing(&bill.missing));
        let prices = format!("{} · {}", card.kind().name(), words::card_prices(card));
        let (id, name) = (card.id.clone(), card.name.clone());
        Row { id, name, usd: bill.total.clone(), figures, missing: unpriced.unwrap_or_default(), prices }
    }

    /// What prices the project comes first, by total; the rest, and equals, by name.
    fn order(&self, other: &Row) -> Ordering {
        let by_total = match (&self.usd, &other.usd) {
            (Some(one), Some(two)) => one.cmp(two),
            (one, two) => one.is_none().cmp(&two.is_none()),
        };
        by_total.then_with(|| self.name.to_lowercase().cmp(&other.name.to_lowercase()))
    }
}

impl CardList {
    /// The list of a project: bills that are on screen are taken from there, the others are computed once.
    pub(in crate::app) fn of(state: &State) -> CardList {
        let (budget, estimate, own) = (state.project.budget(), state.project.estimate(), state.project.bills());
        let compared = |card: &Card| own.cards.iter().any(|one| one.card().id == card.id);
        let others = known(state).into_iter().filter(|card| !compared(card));
        let others = Bills::new(others, budget.bills.months(), budget, estimate, state.session.catalog);
        let (mut rows, mut official) = (Vec::new(), String::new());
        for bills in [own, &others] {
            let table = BillTable::of(&budget.shown, estimate, bills, None);
            let mut columns = table.columns.iter();
            official = columns.next().map_or(official, BillColumn::total_text);
            rows.extend(columns.zip(&bills.cards).map(|(column, one)| Row::of(column, one)));
        }
        rows.sort_by(Row::order);
        CardList { official, rows: Arc::new(rows), compare: budget.bills.compare.clone() }
    }

    /// The entries: total, difference and percentage in columns, then the card's prices; or why there is no total.
    pub(in crate::app) fn items(&self) -> Vec<Item> {
        let aligned = aligned(&self.rows.iter().map(|row| row.figures.clone()).collect::<Vec<_>>());
        let item = |(row, figures): (&Row, String)| {
            let figures = if row.missing.is_empty() { figures } else { row.missing.clone() };
            let detail = format!("{figures} · {}", row.prices);
            Item { label: row.name.clone(), detail, choice: Choice::Card(row.id.clone()) }
        };
        self.rows.iter().zip(aligned).map(item).collect()
    }

    /// Whether a card is chosen.
    #[must_use]
    pub fn is_chosen(&self, id: &str) -> bool {
        self.compare.iter().any(|chosen| chosen == id)
    }

    /// Whether a card can price the project.
    #[must_use]
    pub fn is_priced(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.id == id && row.usd.is_some())
    }
}

/// Whether a key is a blank in a filter that has text already: it belongs to the text, so that "fal flux" can be typed.
pub(in crate::app) fn is_blank_in_filter(state: &State, chord: Chord) -> bool {
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return false };
    chord == Chord::char(' ') && matches!(picker.before, Before::Cards(_)) && !picker.filter.text().is_empty()
}

/// Whether Enter means the card under the cursor: it was found by a filter, no tick was changed, and it is not compared yet.
pub(in crate::app) fn is_found_by_name(state: &State) -> bool {
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return false };
    let Before::Cards(list) = &picker.before else { return false };
    let item = crate::app::model::picker::filtered(state, picker).into_iter().nth(picker.at);
    let Some(Choice::Card(id)) = item.map(|item| item.choice) else { return false };
    let is_same = list.compare == state.project.budget().bills.compare;
    is_same && !picker.filter.text().trim().is_empty() && !list.is_chosen(&id)
}

/// Ticks the card under the cursor of the open list, or removes its tick.
pub(in crate::app) fn toggle(state: &mut State) {
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return };
    let item = crate::app::model::picker::filtered(state, picker).into_iter().nth(picker.at);
    let Some(Choice::Card(id)) = item.map(|item| item.choice) else { return };
    let Before::Cards(list) = &picker.before else { return };
    let (chosen, full) = (list.is_chosen(&id), list.compare.len() >= COMPARED_MAX);
    if !chosen && full {
        let key = state.reach_in(Context::ChoosingCards, Action::Toggle);
        state.say(Level::Warning, words::why_cards_full(COMPARED_MAX, key));
        return;
    }
    state.session.notice = None;
    let Some(Overlay::Picker(picker)) = state.overlays.top_mut() else { return };
    if let Before::Cards(list) = &mut picker.before {
        match chosen {
            true => list.compare.retain(|other| *other != id),
            false => list.compare.push(id),
        }
    }
}

/// Makes the choice of the list that was left one step.
pub(in crate::app) fn apply(state: &mut State, list: CardList) {
    let before = state.project.budget().bills.compare.clone();
    let after = list.compare;
    let added: Vec<&String> = after.iter().filter(|id| !before.contains(id)).collect();
    let gone: Vec<&String> = before.iter().filter(|id| !after.contains(id)).collect();
    let label = match (&added[..], &gone[..]) {
        ([], []) => return,
        ([id], []) => words::step_compared(cards::name(state, id)),
        ([], [id]) => words::step_not_compared(cards::name(state, id)),
        _ => words::step_cards_chosen().to_owned(),
    };
    state.session.notice = None;
    state.carry_out(label, vec![Edit::Compare { before, after }]);
}
