//! `--set risk.NAME.KEY=VALUE`: a named risk changed, switched off or added for one run.

use super::set::{key_and_knob, problem};
use crate::cost::Budget;
use crate::cost::base::limits::RISKS_MAX;
use crate::cost::budget::knob_text::{Refusal, nearest_word};
use crate::cost::budget::named_risk::{NamedRisk, RiskKey};
use crate::cost::budget::other_words::meant_of_risk;
use crate::cost::budget::{Keyed, risk_text};
use crate::diagnostics::{Code, Problem};
use crate::words;

/// Applies one change; `path` begins with `risk.`.
///
/// # Errors
/// What is wrong with the path or the value.
pub(super) fn apply(budget: &mut Budget, path: &str, text: &str) -> Result<(), Box<Problem>> {
    let rest = path.strip_prefix("risk.").unwrap_or(path);
    let Some((name, key)) = key_and_knob(rest) else {
        let found = problem(Code::SetForm, path, words::cli_set_form(path));
        return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
    };
    let Some(key) = RiskKey::parse(key) else {
        let known = || RiskKey::ALL.into_iter().map(RiskKey::name);
        let found = problem(Code::SetUnknown, path, words::cli_set_unknown(key));
        let meant = meant_of_risk(key).map(RiskKey::name);
        return Err(Box::new(match meant.or_else(|| nearest_word(key, known())) {
            Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
            None => found.with_allowed(known().collect::<Vec<_>>().join(", ")),
        }));
    };
    let said = said(budget, path, key, text)?;
    let count = budget.all_risks().len();
    if budget.risk(&name).is_none() && count >= RISKS_MAX {
        let found = problem(Code::RisksTooMany, path, words::risks_too_many(count + 1, RISKS_MAX));
        return Err(Box::new(found.with_remedy(words::risks_too_many_remedy())));
    }
    budget.risks.entry(name).or_default().patch(&said);
    Ok(())
}

/// A risk that says this at the key and nothing else.
fn said(budget: &Budget, path: &str, key: RiskKey, text: &str) -> Result<NamedRisk, Box<Problem>> {
    let refused = |message: String, allowed: &str| {
        let found = problem(Code::SetRefused, path, words::cli_set_refused(path, message));
        Box::new(found.with_allowed(allowed))
    };
    let wrong = |refusal: Refusal, allowed: &'static str| match refusal {
        Refusal::Ambiguous { fraction, whole } => {
            let message = words::intake_ambiguous(text, &fraction, &whole);
            Box::new(refused(message, "").with_remedy(words::write_one(fraction, whole)))
        }
        _ => refused(words::risk_value_refused(key, text), allowed),
    };
    let mut risk = NamedRisk::default();
    match key {
        RiskKey::Name => risk.name = Some(text.to_owned()),
        RiskKey::Chance => {
            let chance = risk_text::chance(text, false);
            risk.chance = Some(chance.map_err(|refusal| wrong(refusal, words::risk_chance_allowed()))?);
        }
        RiskKey::Finals => {
            let finals = risk_text::finals(text);
            risk.finals = Some(finals.map_err(|refusal| wrong(refusal, words::risk_finals_allowed()))?);
        }
        RiskKey::Deliverable => {
            if !budget.lines.iter().any(|line| line.key == text) {
                return Err(refused(words::cli_set_deliverable_unknown(text), ""));
            }
            risk.deliverable = Some(text.to_owned());
        }
        RiskKey::Amount => {
            let amount = risk_text::amount(text);
            risk.amount = Some(amount.map_err(|refusal| wrong(refusal, words::risk_amount_allowed()))?);
        }
        RiskKey::Note => risk.note = Some(text.to_owned()),
        RiskKey::Off => {
            let off = text.parse();
            let allowed = words::allowed_flag();
            risk.off = Some(off.map_err(|_| refused(words::word_unknown(key.name(), text), allowed))?);
        }
    }
    Ok(risk)
}

/// The risks that the options add without a chance or an effect; `before` are the keys of the others. A risk of which an option
/// was refused (`told`) lacks that for the reason told there.
pub(super) fn incomplete(budget: &Budget, before: &[String], told: &[Problem]) -> Vec<Problem> {
    let is_told = |name: &str| {
        let path = words::risk_key(name, None);
        told.iter().any(|problem| problem.key.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')))
    };
    let lacks =
        |risk: &NamedRisk| !risk.says(RiskKey::Chance) || !(risk.says(RiskKey::Finals) || risk.says(RiskKey::Amount));
    let all = budget.all_risks();
    let added = all.iter().filter(|(name, _)| !before.iter().any(|known| known == *name) && !is_told(name));
    let unknown = |(name, _): (&&str, &NamedRisk)| {
        let found = problem(Code::SetRiskUnknown, &words::risk_key(name, None), words::risk_unknown(name));
        let nearest = nearest_word(name, before.iter().map(String::as_str));
        let path = |key| words::risk_key(name, Some(key));
        found.with_remedy(match nearest {
            Some(nearest) => words::did_you_mean(nearest),
            None => words::set_risk_new(path(RiskKey::Chance), path(RiskKey::Amount)),
        })
    };
    added.filter(|(_, risk)| lacks(risk)).map(unknown).collect()
}
