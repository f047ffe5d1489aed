//! The cards that the project is compared with, and the selected bill.

use crate::app::actions::scenarios;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::{PendingKey, View};
use crate::cost::budget::edit::Edit;
use crate::cost::rates::card::Inputs;
use crate::diagnostics::Level;
use crate::words;

/// The name of a card, or what files call it.
pub(in crate::app) fn name(state: &State, id: &str) -> String {
    state.project.budget().bill_card(id, state.session.catalog).map_or_else(|| id.to_owned(), |card| card.name.clone())
}

/// Removes the selected card from the comparison; its neighbour gets the keyboard.
pub(in crate::app) fn take_out(state: &mut State) {
    let at = state.view.selected_bill.checked_sub(1).and_then(|at| state.project.bills().cards.get(at));
    if let Some(id) = at.map(|card| card.card().id.clone()) {
        let label = name(state, &id);
        let before = state.project.budget().bills.compare.clone();
        let after = before.iter().filter(|other| **other != id).cloned().collect();
        state.session.notice = None;
        state.carry_out(words::step_not_compared(&label), vec![Edit::Compare { before, after }]);
        state.say(Level::Note, words::notice_taken_out(label, state.reach(crate::app::Action::Undo)));
    }
}

/// Says on each card that lacks it that its prices cover reference images.
pub(in crate::app) fn include_inputs(state: &mut State) {
    let cards: Vec<String> = state.unsaid_inputs().map(|(card, _)| card.to_owned()).collect();
    let names = cards.join(", ");
    let edit = |card| Edit::Inputs { card, before: None, after: Some(Inputs::Included) };
    state.carry_out(words::step_include_inputs(&names), cards.into_iter().map(edit).collect());
    state.say(Level::Note, words::notice_inputs_included(names, state.reach(crate::app::Action::Undo)));
}

/// Moves the selected card among the compared cards.
pub(in crate::app) fn shift(state: &mut State, by: isize) {
    let card = state
        .view
        .selected_bill
        .checked_sub(1)
        .and_then(|at| state.project.bills().cards.get(at))
        .map(|card| card.card().id.clone());
    let next = state
        .view
        .selected_bill
        .saturating_add_signed(by)
        .checked_sub(1)
        .and_then(|at| state.project.bills().cards.get(at));
    let (Some(id), Some(other)) = (card, next.map(|card| card.card().id.clone())) else { return };
    let before = state.project.budget().bills.compare.clone();
    let place = |wanted: &str| before.iter().position(|name| name == wanted);
    if let (Some(one), Some(two)) = (place(&id), place(&other)) {
        let mut after = before.clone();
        after.swap(one, two);
        let label = words::step_card_moved(name(state, &id));
        state.session.notice = None;
        state.carry_out(label, vec![Edit::Compare { before, after }]);
        state.view.selected_bill = state.view.selected_bill.saturating_add_signed(by);
    }
}

/// Moves to a bill on the left or the right.
pub(in crate::app) fn go(state: &mut State, by: isize) {
    if state.view.screen == Screen::Scenarios {
        return scenarios::go(state, by);
    }
    state.session.notice = None;
    let last = state.project.bills().cards.len();
    state.view.selected_bill = state.view.selected_bill.min(last).saturating_add_signed(by).min(last);
}

/// Scrolls the table of bills, at most as far as the last frame measured.
pub(in crate::app) fn scroll(state: &mut State, by: isize) {
    let furthest = state.view.furthest_scroll;
    let now = state.view.bills_scroll.min(furthest);
    state.view.bills_scroll = if by == isize::MAX { furthest } else { now.saturating_add_signed(by).min(furthest) };
}

/// Remembers the first key of a two-key sequence, with the cursor before it.
pub(in crate::app) fn pending(state: &State, first: char) -> PendingKey {
    let View { selection, field_at, selected_bill, bills_scroll, .. } = state.view;
    PendingKey { first, selection, field_at, selected_bill, bills_scroll }
}

/// Restores the cursor from before the first key of a two-key sequence.
pub(in crate::app) fn put_back(state: &mut State, pending: PendingKey) {
    (state.view.selection, state.view.field_at) = (pending.selection, pending.field_at);
    (state.view.selected_bill, state.view.bills_scroll) = (pending.selected_bill, pending.bills_scroll);
}
