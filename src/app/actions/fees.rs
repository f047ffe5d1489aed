//! Fees: each with its sum, as the form shows and changes it.

use crate::app::actions::project_values::{Whose, checked};
use crate::app::model::form::{Form, FormRow, Typing};
use crate::app::model::state::State;
use crate::cost::base::limits::{FEES_MAX, NAME_MAX, NOTE_MAX};
use crate::cost::base::number_text::{NumberKind, narrowed};
use crate::cost::budget::Keyed;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::fee::{Charge, Fee, FeeKey, Per};
use crate::cost::budget::knob_text;
use crate::cost::budget::scenario::{ChangePath, Changes};
use crate::cost::estimate::fees::FeeCost;
use crate::figures::{count, text};
use crate::words;
use std::collections::BTreeMap;

fn detail(state: &State, fee: &Fee, cost: Option<&FeeCost>) -> String {
    let each = words::fee_each(words::fee_value(fee, FeeKey::Amount), words::fee_value(fee, FeeKey::Per));
    let Some(cost) = cost else { return words::fee_detail_off(each) };
    let units = cost.units.map_or_else(|| words::unknown().to_owned(), count);
    let units = cost.per.map_or_else(|| units.clone(), |per| words::fee_units(per, &units));
    words::fee_detail(text(&state.budget().shown, cost.usd), each, units)
}

/// Switches a fee off or on; it says so in the project's own part only where the team does not say it already.
fn switch(fee: &mut Fee, state: &State, name: &str, off: bool) {
    let team = state.budget().team_fees.get(name).is_some_and(|team| team.off == Some(true));
    fee.take(FeeKey::Off, &Fee { off: (off != team).then_some(off), ..Fee::default() });
}

/// A fee's row, a key of it, or a field of a new one, as the form shows it.
#[must_use]
pub fn shown(state: &State, form: &Form, row: &FormRow) -> (String, Whose) {
    let budget = state.budget();
    match row {
        FormRow::Fee(name) => {
            let fee = budget.fee(name).unwrap_or_default();
            let costs = state.estimate().fees(budget);
            let cost = costs.iter().find(|cost| cost.name == name.as_str());
            (detail(state, &fee, cost), whose(state, name, &FeeKey::ALL))
        }
        FormRow::FeeKey(key) => {
            let name = form.open_fee(budget).unwrap_or_default();
            let fee = budget.fee(name).unwrap_or_default();
            let text = match key {
                FeeKey::Deliverables if !fee.says(*key) => words::form_all_deliverables().to_owned(),
                FeeKey::Off if !fee.says(*key) => words::fee_on().to_owned(),
                key => words::fee_value(&fee, *key),
            };
            (words::in_one_line(&text), whose(state, name, &[*key]))
        }
        _ => (String::new(), Whose::Nobody),
    }
}

/// Whose the given keys of a fee are: the nearest layer that says one of them.
fn whose(state: &State, name: &str, keys: &[FeeKey]) -> Whose {
    let budget = state.budget();
    let says = |fees: &BTreeMap<String, Fee>| fees.get(name).is_some_and(|fee| keys.iter().any(|key| fee.says(*key)));
    let patched = |changes: &Changes| keys.iter().any(|key| changes.says(&ChangePath::Fee(name.to_owned(), *key)));
    match () {
        () if state.project.scenario_changes().is_some_and(patched) => Whose::Scenario,
        () if says(&budget.fees) => Whose::Project,
        () if says(&budget.team_fees) => Whose::Team,
        () => Whose::Nobody,
    }
}

/// A key of the open fee as it is typed.
#[must_use]
pub fn typed(state: &State, form: &Form, row: &FormRow) -> Option<String> {
    let FormRow::FeeKey(key) = row else { return None };
    let budget = state.budget();
    let fee = budget.fee(form.open_fee(budget)?)?;
    match key {
        FeeKey::Amount => fee.amount.map(|amount| words::number::typed(&words::charge(amount))),
        FeeKey::Per => fee.per.map(|per| per.name().to_owned()),
        FeeKey::Deliverables => fee.deliverables.map(|keys| keys.join(", ")),
        FeeKey::Note => fee.note.as_deref().map(words::in_one_line),
        FeeKey::Off => None,
    }
}

/// Whether a fee has to say a key itself: it has no figure without an amount and a unit, and no team file brings this one.
fn is_needed(state: &State, name: &str, key: FeeKey) -> bool {
    let team = state.budget().team_fees.get(name);
    matches!(key, FeeKey::Amount | FeeKey::Per) && team.is_none_or(|team| !team.says(key))
}

/// The edit of one key of a fee; an empty text leaves it to the team file.
///
/// # Errors
/// The rule that the text breaks.
pub(in crate::app) fn changed(
    state: &State,
    name: &str,
    key: FeeKey,
    text: &str,
) -> Result<(String, Vec<Edit>), String> {
    if state.budget().fee(name).is_none() {
        return Ok((String::new(), Vec::new()));
    }
    let mut said = Fee::default();
    if text.is_empty() && is_needed(state, name, key) {
        return Err(if key == FeeKey::Per { words::form_unit_needed() } else { words::form_amount_needed() }.to_owned());
    }
    let given = Some(text).filter(|text| !text.is_empty());
    match key {
        FeeKey::Amount => said.amount = given.map(charge).transpose()?,
        FeeKey::Per => said.per = given.map(unit).transpose()?,
        FeeKey::Deliverables => {
            said.deliverables = given.map(|text| deliverables(state, name, text)).transpose()?.flatten();
        }
        FeeKey::Note => {
            let note = checked(key.name(), given.map(words::in_lines), NOTE_MAX)?;
            said.note = note;
        }
        FeeKey::Off => said.off = given.map(|text| text == words::fee_off()),
    }
    let before = state.budget().fees.get(name).cloned();
    let now = state.budget().fee(name).unwrap_or_default();
    let mut after = before.clone().unwrap_or_default();
    // What was offered and left as it is stays inherited.
    if said.says(key) && now.same_at(key, &said) {
        return Ok((String::new(), Vec::new()));
    }
    after.take(key, &said);
    Ok(step(name, before, Some(after)))
}

/// The edit from what the project said of a fee to what it says now, with its name in the history.
fn step(name: &str, before: Option<Fee>, after: Option<Fee>) -> (String, Vec<Edit>) {
    let after = after.filter(|fee| !fee.is_empty());
    if before == after {
        return (String::new(), Vec::new());
    }
    let edit = Edit::Fee { name: name.to_owned(), before: before.map(Box::new), after: after.map(Box::new) };
    (words::fee_named(name), vec![edit])
}

fn charge(text: &str) -> Result<Charge, String> {
    let wrong = || words::form_amount_wrong(text, words::number::typed("4.50"));
    let narrow = narrowed(text);
    let understood = words::number::marks().normalized(&narrow, NumberKind::Fraction).map_err(|_| wrong())?;
    knob_text::charge(&understood).map_err(|_| wrong())
}

fn unit(text: &str) -> Result<Per, String> {
    Per::parse(text).ok_or_else(|| words::form_unit_wrong(text))
}

/// The keys of the named deliverables; `None` for all of them.
fn deliverables(state: &State, fee: &str, text: &str) -> Result<Option<Vec<String>>, String> {
    if text.eq_ignore_ascii_case(words::form_all_deliverables()) {
        return Ok(None);
    }
    let lines = &state.budget().lines;
    let named = |name: &str| lines.iter().find(|line| line.key == name || line.title() == name);
    let mut keys: Vec<String> = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(line) = named(name) else {
            let message = words::fee_deliverable_unknown(fee, name);
            return Err(words::in_sentences(&message, "", words::form_deliverables_remedy()));
        };
        if !keys.contains(&line.key) {
            keys.push(line.key.clone());
        }
    }
    // Only commas: a fee of no deliverable at all would cost nothing.
    match keys.is_empty() {
        true => {
            Err(words::in_sentences(&words::fee_deliverable_unknown(fee, text), "", words::form_deliverables_remedy()))
        }
        false => Ok(Some(keys)),
    }
}

/// A new fee, by its name, amount and unit.
///
/// # Errors
/// The row whose text is refused, and the rule that it breaks.
pub(in crate::app) fn added(state: &State, typing: &Typing) -> Result<(String, Vec<Edit>), (FormRow, String)> {
    let text = |row: &FormRow| typing.text(row).unwrap_or_default();
    let name = new_name(state, text(&FormRow::NewFee)).map_err(|why| (FormRow::NewFee, why))?;
    let amount = charge(text(&FormRow::NewAmount)).map_err(|why| (FormRow::NewAmount, why))?;
    let per = unit(text(&FormRow::NewUnit)).map_err(|why| (FormRow::NewUnit, why))?;
    let after = Fee { amount: Some(amount), per: Some(per), ..Fee::default() };
    let edit = Edit::Fee { name: name.clone(), before: None, after: Some(Box::new(after)) };
    Ok((words::step_added(words::fee_named(name)), vec![edit]))
}

fn new_name(state: &State, text: &str) -> Result<String, String> {
    let fees = state.budget().all_fees();
    let given = Some(text.to_owned()).filter(|text| !text.is_empty());
    match checked(words::form_new_name(), given, NAME_MAX)? {
        None => Err(words::form_fee_unnamed().to_owned()),
        Some(name) if fees.contains_key(name.as_str()) => Err(words::form_fee_exists(name)),
        Some(_) if fees.len() >= FEES_MAX => {
            Err(words::in_sentences(&words::fees_too_many(fees.len() + 1, FEES_MAX), "", words::fees_too_many_remedy()))
        }
        Some(name) => Ok(name),
    }
}

/// The edits that give a fee, or one key of it, back to the team file; `None` if the project says nothing there, or no team file
/// has the fee.
#[must_use]
pub fn reset(state: &State, name: &str, key: Option<FeeKey>) -> Option<(String, Vec<Edit>)> {
    let budget = state.budget();
    let before = budget.fees.get(name)?.clone();
    let team = budget.team_fees.get(name);
    let Some(key) = key else {
        team?;
        return Some(step(name, Some(before), None));
    };
    if is_needed(state, name, key) || !before.says(key) {
        return None;
    }
    let mut after = before.clone();
    after.take(key, &Fee::default());
    Some(step(name, Some(before), Some(after)))
}

/// The edits that switch a fee off, or on again.
#[must_use]
pub fn toggled(state: &State, name: &str) -> (String, Vec<Edit>) {
    let Some(fee) = state.budget().fee(name) else { return (String::new(), Vec::new()) };
    let is_on = fee.is_on();
    let before = state.budget().fees.get(name).cloned();
    let mut after = before.clone().unwrap_or_default();
    switch(&mut after, state, name, is_on);
    step(name, before, Some(after))
}

/// Whether another file, or the project below a scenario, has the fee too, so that it can be switched off and not removed.
#[must_use]
pub fn comes_back(state: &State, name: &str) -> bool {
    state.budget().team_fees.contains_key(name)
        || (state.project.scenario().is_some() && state.base().fees.contains_key(name))
}

/// The edits that remove a fee: it is switched off where another layer would bring it back.
#[must_use]
pub fn removed(state: &State, name: &str) -> (String, Vec<Edit>) {
    if !comes_back(state, name) {
        return step(name, state.budget().fees.get(name).cloned(), None);
    }
    match state.budget().fee(name) {
        Some(fee) if fee.is_on() => toggled(state, name),
        _ => (String::new(), Vec::new()),
    }
}
