//! Named risks, as the form shows and changes them.

use crate::app::actions::project_values::{Whose, checked};
use crate::app::actions::risk::RISKS_LISTED;
use crate::app::model::form::{Form, FormRow, Typing};
use crate::app::model::project::HowSure;
use crate::app::model::state::State;
use crate::cost::base::limits::{NAME_MAX, NOTE_MAX, RISKS_MAX};
use crate::cost::base::number_text::{NumberKind, narrowed};
use crate::cost::budget::edit::Edit;
use crate::cost::budget::refusal::Refusal;
use crate::cost::budget::scenario::{ChangePath, Changes};
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::budget::{Keyed, NamedRisk, RiskKey, risk_text};
use crate::cost::estimate::named_risks::{counting, not_counting};
use crate::figures;
use crate::words;
use std::collections::BTreeMap;

/// The name of a deliverable, by its key.
fn deliverable(state: &State, key: &str) -> String {
    let line = state.budget().lines.iter().find(|line| line.key == key);
    line.map_or(key, |line| line.title()).to_owned()
}

/// Why a risk that is on does not count, in a few words; `None` if it counts.
#[must_use]
pub fn fault(state: &State, name: &str) -> Option<String> {
    let faults = not_counting(state.budget());
    faults.iter().find(|(key, _)| key == name).map(|(_, fault)| words::risk_fault_short(fault))
}

/// The keys of the named risks that count.
pub(in crate::app) fn counted(state: &State) -> Vec<String> {
    counting(state.budget()).into_iter().map(|risk| risk.key).collect()
}

/// Which of the risks that counted before a change no longer do, though they are on; `None` if all still do.
pub(in crate::app) fn stopped(state: &State, before: &[String]) -> Option<String> {
    if before.is_empty() {
        return None;
    }
    let faults = not_counting(state.budget());
    let stopped: Vec<_> = faults.iter().filter(|(key, _)| before.contains(key)).collect();
    match stopped[..] {
        [] => None,
        [(key, fault)] => Some(words::risk_stopped(title(state, key), words::risk_fault_short(fault))),
        _ => Some(words::risks_stopped(stopped.len())),
    }
}

/// The keys of all risks in the order of the risk screen, the largest share first; by key while that is not known.
pub(in crate::app) fn order_on_screen(state: &State) -> Vec<String> {
    let HowSure::Known(risk) = state.how_sure() else {
        return state.budget().all_risks().into_keys().map(str::to_owned).collect();
    };
    let counted = &state.project.risk_parts(risk, RISKS_LISTED).named;
    figures::named_rows(state.budget(), state.estimate(), counted).into_iter().map(|row| row.key).collect()
}

/// The display name of a risk.
pub(in crate::app) fn title(state: &State, key: &str) -> String {
    state.budget().risk(key).map_or_else(|| key.to_owned(), |risk| risk.title(key).to_owned())
}

/// A risk's row, or a key of it, as the form shows it.
#[must_use]
pub fn shown(state: &State, form: &Form, row: &FormRow) -> (String, Whose) {
    let budget = state.budget();
    match row {
        FormRow::Risk(name) => {
            let risk = budget.risk(name).unwrap_or_default();
            let told = words::risk_detail(figures::chance_of(&risk), figures::brings(budget, &risk));
            let text = match (risk.is_on(), fault(state, name)) {
                (false, _) => words::fee_detail_off(told),
                (true, Some(why)) => words::risk_detail(words::risk_not_counted(why), told),
                (true, None) => told,
            };
            (text, whose(state, name, RiskKey::ALL.as_slice()))
        }
        FormRow::RiskKey(key) => {
            let name = form.open_risk(budget).unwrap_or_default();
            let risk = budget.risk(name).unwrap_or_default();
            let text = match (key, &risk.deliverable) {
                (RiskKey::Off, _) if risk.is_on() && fault(state, name).is_some() => {
                    words::risk_not_counted(fault(state, name).unwrap_or_default())
                }
                (RiskKey::Off, _) if !risk.says(*key) => words::fee_on().to_owned(),
                (RiskKey::Deliverable, Some(key)) => deliverable(state, key),
                (key, _) => words::risk_value(&risk, *key),
            };
            (words::in_one_line(&text), whose(state, name, &[*key]))
        }
        _ => (String::new(), Whose::Nobody),
    }
}

/// Whose the given keys of a risk are: the nearest layer that says one of them.
fn whose(state: &State, name: &str, keys: &[RiskKey]) -> Whose {
    let budget = state.budget();
    let says = |risks: &BTreeMap<String, NamedRisk>| {
        risks.get(name).is_some_and(|risk| keys.iter().any(|key| risk.says(*key)))
    };
    let patched = |changes: &Changes| keys.iter().any(|key| changes.says(&ChangePath::Risk(name.to_owned(), *key)));
    match () {
        () if state.project.scenario_changes().is_some_and(patched) => Whose::Scenario,
        () if says(&budget.risks) => Whose::Project,
        () if says(&budget.team_risks) => Whose::Team,
        () => Whose::Nobody,
    }
}

/// A key of the open risk as it is typed.
#[must_use]
pub fn typed(state: &State, form: &Form, row: &FormRow) -> Option<String> {
    let FormRow::RiskKey(key) = row else { return None };
    let budget = state.budget();
    let risk = budget.risk(form.open_risk(budget)?)?;
    match (key, &risk.deliverable) {
        (RiskKey::Deliverable, Some(key)) => Some(deliverable(state, key)),
        (RiskKey::Note, _) => risk.note.as_deref().map(words::in_one_line),
        (key, _) if risk.says(*key) => Some(words::number::typed(&words::risk_value(&risk, *key))),
        _ => None,
    }
}

/// The edit of one key of a risk; an empty text leaves it to the team file.
///
/// # Errors
/// The rule that the text breaks.
pub(in crate::app) fn changed(
    state: &State,
    name: &str,
    key: RiskKey,
    text: &str,
) -> Result<(String, Vec<Edit>), String> {
    let Some(now) = state.budget().risk(name) else { return Ok((String::new(), Vec::new())) };
    let said = if text.is_empty() { NamedRisk::default() } else { read(state, key, text)? };
    if said.says(key) && now.same_at(key, &said) {
        return Ok((String::new(), Vec::new()));
    }
    let before = state.budget().risks.get(name).cloned();
    let mut after = before.clone().unwrap_or_default();
    after.take(key, &said);
    // The other effect goes in the same step: a risk brings finals or money.
    if let Some(other) = NamedRisk::instead(key).filter(|_| said.says(key)) {
        after.take(other, &NamedRisk::default());
        match key {
            RiskKey::Finals if now.deliverable.is_none() => after.deliverable = selected_line(state).map(|line| line.0),
            RiskKey::Amount if state.project.scenario().is_none() => {
                after.take(RiskKey::Deliverable, &NamedRisk::default());
            }
            _ => {}
        }
    }
    Ok(step(name, before, Some(after)))
}

/// The key and the name of the deliverable that extra finals most likely belong to: the selected one, else the first.
fn selected_line(state: &State) -> Option<(String, String)> {
    let lines = &state.budget().lines;
    let selected = state.line().and_then(|line| lines.iter().find(|other| other.key == line.key));
    selected.or(lines.first()).map(|line| (line.key.clone(), line.title().to_owned()))
}

/// A risk that says a typed text at a key, and nothing else.
fn read(state: &State, key: RiskKey, text: &str) -> Result<NamedRisk, String> {
    let wrong = |allowed: &str| words::in_sentences(&words::risk_value_refused(key, text), allowed, "");
    let narrow = narrowed(text);
    let number = |allowed| words::number::marks().normalized(&narrow, NumberKind::Fraction).map_err(|_| wrong(allowed));
    let mut risk = NamedRisk::default();
    match key {
        RiskKey::Name => risk.name = checked(key.name(), Some(text.to_owned()), NAME_MAX)?,
        RiskKey::Note => risk.note = checked(key.name(), Some(words::in_lines(text)), NOTE_MAX)?,
        RiskKey::Chance => {
            let allowed = words::risk_chance_allowed();
            if text.is_empty() {
                return Err(words::risk_chance_empty().to_owned());
            }
            let chance = risk_text::chance(&number(allowed)?, true);
            risk.chance = Some(chance.map_err(|refusal| match refusal {
                Refusal::BareShare { percent } => words::bare_share(text, percent),
                _ => wrong(allowed),
            })?);
        }
        RiskKey::Finals => {
            let allowed = words::risk_finals_allowed();
            risk.finals = Some(risk_text::finals(&number(allowed)?).map_err(|_| wrong(allowed))?);
        }
        RiskKey::Amount => {
            let allowed = words::risk_amount_allowed();
            risk.amount = Some(risk_text::amount(&number(allowed)?).map_err(|_| wrong(allowed))?);
        }
        RiskKey::Deliverable if text.is_empty() => return Err(words::risk_deliverable_empty().to_owned()),
        RiskKey::Deliverable => {
            let named = state.budget().lines.iter().find(|line| line.key == text || line.title() == text);
            let unknown = || words::in_sentences(&words::cli_set_deliverable_unknown(text), "", "");
            risk.deliverable = Some(named.ok_or_else(unknown)?.key.clone());
        }
        RiskKey::Off => risk.off = Some(text == words::fee_off()),
    }
    Ok(risk)
}

/// The edit from what the project said of a risk to what it says now, with its name in the history.
fn step(name: &str, before: Option<NamedRisk>, after: Option<NamedRisk>) -> (String, Vec<Edit>) {
    let after = after.filter(|risk| !risk.is_empty());
    if before == after {
        return (String::new(), Vec::new());
    }
    let edit = Edit::Risk { key: name.to_owned(), before: before.map(Box::new), after: after.map(Box::new) };
    (words::risk_named(name), vec![edit])
}

/// The fields of a new risk: its name, its chance, and what it brings, extra finals of a deliverable or an amount.
pub(in crate::app) fn new_fields(state: &State) -> [(FormRow, String); 5] {
    let deliverable = selected_line(state).map(|line| line.1).unwrap_or_default();
    [
        (FormRow::NewRisk, String::new()),
        (FormRow::NewRiskKey(RiskKey::Chance), String::new()),
        (FormRow::NewRiskKey(RiskKey::Finals), String::new()),
        (FormRow::NewRiskKey(RiskKey::Deliverable), deliverable),
        (FormRow::NewRiskKey(RiskKey::Amount), String::new()),
    ]
}

/// A new risk, and its key.
///
/// # Errors
/// The row whose text is refused, and the rule that it breaks.
pub(in crate::app) fn added(state: &State, typing: &Typing) -> Result<(String, Vec<Edit>), (FormRow, String)> {
    let text = |row: &FormRow| typing.text(row).unwrap_or_default();
    let all = state.budget().all_risks();
    let name = checked(words::risk_label_name(), Some(text(&FormRow::NewRisk).to_owned()), NAME_MAX);
    let name = name.map_err(|why| (FormRow::NewRisk, why))?.unwrap_or_default();
    if name.is_empty() {
        return Err((FormRow::NewRisk, words::form_risk_unnamed().to_owned()));
    }
    if all.len() >= RISKS_MAX {
        let message = words::risks_too_many(all.len() + 1, RISKS_MAX);
        return Err((FormRow::NewRisk, words::in_sentences(&message, "", words::risks_too_many_remedy())));
    }
    let given = |key| Some(text(&FormRow::NewRiskKey(key))).filter(|text| !text.is_empty());
    let chance = read(state, RiskKey::Chance, given(RiskKey::Chance).unwrap_or_default());
    let chance = chance.map_err(|why| (FormRow::NewRiskKey(RiskKey::Chance), why))?;
    let (finals, amount) = (given(RiskKey::Finals), given(RiskKey::Amount));
    if finals.is_some() == amount.is_some() {
        return Err((FormRow::NewRiskKey(RiskKey::Finals), words::form_risk_one_effect().to_owned()));
    }
    let key = new_key(state, typing);
    let mut risk = NamedRisk { name: Some(name).filter(|name| *name != key), ..chance };
    let finals: &[RiskKey] =
        if finals.is_some() { &[RiskKey::Finals, RiskKey::Deliverable] } else { &[RiskKey::Amount] };
    for key in finals.iter().copied() {
        let said = read(state, key, given(key).unwrap_or_default());
        risk.take(key, &said.map_err(|why| (FormRow::NewRiskKey(key), why))?);
    }
    let edit = Edit::Risk { key: key.clone(), before: None, after: Some(Box::new(risk)) };
    Ok((words::step_added(words::risk_named(key)), vec![edit]))
}

/// The key of a new risk in the file, made from the name that is typed.
pub(in crate::app) fn new_key(state: &State, typing: &Typing) -> String {
    let keys: Vec<String> = state.budget().all_risks().into_keys().map(str::to_owned).collect();
    FreeKeys::among(keys.iter()).take(typing.text(&FormRow::NewRisk).unwrap_or_default())
}

/// The edits that give a risk, or one key of it, back to the team file; `None` if the project says nothing there, or no team file
/// has the risk.
#[must_use]
pub fn reset(state: &State, name: &str, key: Option<RiskKey>) -> Option<(String, Vec<Edit>)> {
    let budget = state.budget();
    let before = budget.risks.get(name)?.clone();
    let Some(key) = key else {
        budget.team_risks.get(name)?;
        return Some(step(name, Some(before), None));
    };
    if !before.says(key) {
        return None;
    }
    let mut after = before.clone();
    after.take(key, &NamedRisk::default());
    Some(step(name, Some(before), Some(after)))
}

/// The edits that switch a risk off, or on again.
#[must_use]
pub fn toggled(state: &State, name: &str) -> (String, Vec<Edit>) {
    let Some(risk) = state.budget().risk(name) else { return (String::new(), Vec::new()) };
    let off = risk.is_on();
    // It says so in the project's own part only where the team does not say it already.
    let team = state.budget().team_risks.get(name).is_some_and(|team| team.off == Some(true));
    let before = state.budget().risks.get(name).cloned();
    let mut after = before.clone().unwrap_or_default();
    after.take(RiskKey::Off, &NamedRisk { off: (off != team).then_some(off), ..NamedRisk::default() });
    step(name, before, Some(after))
}

/// Whether another file, or the project below a scenario, has the risk too, so that it can be switched off and not removed.
#[must_use]
pub fn comes_back(state: &State, name: &str) -> bool {
    state.budget().team_risks.contains_key(name)
        || (state.project.scenario().is_some() && state.base().risks.contains_key(name))
}

/// The edits that remove a risk: it is switched off where another layer would bring it back.
#[must_use]
pub fn removed(state: &State, name: &str) -> (String, Vec<Edit>) {
    if !comes_back(state, name) {
        return step(name, state.budget().risks.get(name).cloned(), None);
    }
    match state.budget().risk(name) {
        Some(risk) if risk.is_on() => toggled(state, name),
        _ => (String::new(), Vec::new()),
    }
}
