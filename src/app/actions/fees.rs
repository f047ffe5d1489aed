//! The list of fees: each with its sum; Enter asks for its amount, or for on and off.

use crate::app::actions::choose;
use crate::app::flows::ask::ask;
use crate::app::model::overlay::Ask;
use crate::app::model::picker::{Choice, Item};
use crate::app::model::state::State;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::fee::{Fee, FeeKey};
use crate::cost::budget::knob_text;
use crate::cost::estimate::fees::FeeCost;
use crate::figures::{count, text};
use crate::words;

/// An entry for each fee of the project and its team, with its units and amount.
pub(in crate::app) fn items(state: &State) -> Vec<Item> {
    let budget = state.budget();
    let costs = state.estimate().fees(budget);
    let item = |(name, fee): (&str, Fee)| {
        let cost = costs.iter().find(|cost| cost.name == name);
        Item { label: name.to_owned(), detail: detail(state, &fee, cost), choice: Choice::Fee(name.to_owned()) }
    };
    budget.all_fees().into_iter().map(item).collect()
}

fn detail(state: &State, fee: &Fee, cost: Option<&FeeCost>) -> String {
    let each = words::fee_each(words::fee_value(fee, FeeKey::Amount), words::fee_value(fee, FeeKey::Per));
    let Some(cost) = cost else { return words::fee_detail_off(each) };
    let units = cost.units.map_or_else(|| words::unknown().to_owned(), count);
    let units = cost.per.map_or_else(|| units.clone(), |per| words::fee_units(per, &units));
    words::fee_detail(text(&state.budget().shown, cost.usd), each, units)
}

/// Asks for the amount of a fee.
pub(in crate::app) fn edit(state: &mut State, name: &str) {
    let fees = state.budget().all_fees();
    let Some(at) = fees.keys().position(|other| *other == name) else { return };
    let offered = fees.get(name).map_or_else(String::new, offered);
    ask(state, Ask::Fee(at), offered);
}

/// The text that stands in the field before anything is typed: the amount, empty without one.
fn offered(fee: &Fee) -> String {
    fee.amount.map_or_else(String::new, words::charge)
}

/// The title of the field: which fee it is about, and whether that is off.
#[must_use]
pub fn title(state: &State, at: usize) -> String {
    match state.budget().all_fees().into_iter().nth(at) {
        Some((name, fee)) if fee.is_on() => words::ask_fee_of(name),
        Some((name, _)) => words::ask_fee_off(name),
        None => words::ask_fee().to_owned(),
    }
}

/// Takes a typed amount, or `on` or `off`, as one step, and shows the list again.
///
/// # Errors
/// Why the text is no amount.
pub(in crate::app) fn set(state: &mut State, at: usize, typed: &str) -> Result<(), String> {
    let found = state.budget().all_fees().into_iter().nth(at);
    let Some((name, is_unchanged)) = found.map(|(name, fee)| (name.to_owned(), offered(&fee) == typed)) else {
        return Ok(());
    };
    if is_unchanged {
        choose::open_fees_at(state, at);
        return Ok(());
    }
    let before = state.budget().fees.get(&name).cloned();
    let mut after = before.clone().unwrap_or_default();
    match typed.to_lowercase().as_str() {
        "off" => switch(&mut after, state, &name, true),
        "on" => switch(&mut after, state, &name, false),
        _ => {
            let amount = knob_text::charge(typed).map_err(|_| words::ask_fee_wrong(typed))?;
            after.take(FeeKey::Amount, &Fee { amount: Some(amount), ..Fee::default() });
            // Who gives an amount wants it to count.
            switch(&mut after, state, &name, false);
        }
    }
    let after = Some(after).filter(|fee| !fee.is_empty());
    if after != before {
        let edit = Edit::Fee { name: name.clone(), before: before.map(Box::new), after: after.map(Box::new) };
        state.session.notice = None;
        state.carry_out(words::fee_named(&name), vec![edit]);
    }
    choose::open_fees_at(state, at);
    Ok(())
}

/// Switches a fee off or on; it says so in the project's own part only where the team does not say it already.
fn switch(fee: &mut Fee, state: &State, name: &str, off: bool) {
    let team = state.budget().team_fees.get(name).is_some_and(|team| team.off == Some(true));
    fee.take(FeeKey::Off, &Fee { off: (off != team).then_some(off), ..Fee::default() });
}
