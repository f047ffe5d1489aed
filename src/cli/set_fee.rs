//! `--set fee.NAME.KEY=VALUE`: a fee changed, switched off or added for one run.

use super::set::{key_and_knob, problem};
use crate::cost::Budget;
use crate::cost::base::limits::FEES_MAX;
use crate::cost::budget::Keyed;
use crate::cost::budget::fee::{Fee, FeeKey, Per};
use crate::cost::budget::knob_text::{Refusal, argument_charge, nearest_word};
use crate::cost::budget::other_words::meant_of_fee;
use crate::diagnostics::{Code, Problem};
use crate::words;

/// Applies one change; `path` begins with `fee.`.
///
/// # Errors
/// What is wrong with the path or the value.
pub(super) fn apply(budget: &mut Budget, path: &str, text: &str) -> Result<(), Box<Problem>> {
    let rest = path.strip_prefix("fee.").unwrap_or(path);
    let Some((name, key)) = key_and_knob(rest) else {
        let found = problem(Code::SetForm, path, words::cli_set_form(path));
        return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
    };
    let Some(key) = FeeKey::parse(key) else {
        let known = || FeeKey::ALL.into_iter().map(FeeKey::name);
        let found = problem(Code::SetUnknown, path, words::cli_set_unknown(key));
        let meant = meant_of_fee(key).map(FeeKey::name);
        return Err(Box::new(match meant.or_else(|| nearest_word(key, known())) {
            Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
            None => found.with_allowed(known().collect::<Vec<_>>().join(", ")),
        }));
    };
    let said = said(budget, path, key, text)?;
    let count = budget.all_fees().len();
    if budget.fee(&name).is_none() && count >= FEES_MAX {
        let found = problem(Code::FeesTooMany, path, words::fees_too_many(count + 1, FEES_MAX));
        return Err(Box::new(found.with_remedy(words::fees_too_many_remedy())));
    }
    budget.fees.entry(name).or_default().take(key, &said);
    Ok(())
}

/// A fee that says this at the key and nothing else.
fn said(budget: &Budget, path: &str, key: FeeKey, text: &str) -> Result<Fee, Box<Problem>> {
    let refused = |message: String, allowed: String| {
        let found = problem(Code::SetRefused, path, words::cli_set_refused(path, message));
        Box::new(found.with_allowed(allowed))
    };
    let mut fee = Fee::default();
    match key {
        FeeKey::Amount => {
            fee.amount = Some(argument_charge(text).map_err(|refusal| match refusal {
                Refusal::Ambiguous { fraction, whole } => {
                    let message = words::intake_ambiguous(text, &fraction, &whole);
                    Box::new(refused(message, String::new()).with_remedy(words::write_one(fraction, whole)))
                }
                _ => refused(words::fee_amount_wrong(key.name(), text), words::fee_amount_allowed().to_owned()),
            })?);
        }
        FeeKey::Per => {
            let known = || Per::ALL.map(Per::name).join(", ");
            let per = Per::parse(text).ok_or_else(|| refused(words::word_unknown(key.name(), text), known()))?;
            fee.per = Some(per);
        }
        FeeKey::Deliverables => {
            let keys: Vec<String> =
                text.split(',').map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect();
            let known = |key: &&String| budget.lines.iter().any(|line| line.key == **key);
            if let Some(key) = keys.iter().find(|key| !known(key)) {
                return Err(refused(words::cli_set_deliverable_unknown(key), String::new()));
            }
            fee.deliverables = Some(keys);
        }
        FeeKey::Note => fee.note = Some(text.to_owned()),
        FeeKey::Off => {
            let off = text.parse();
            let allowed = || words::allowed_flag().to_owned();
            fee.off = Some(off.map_err(|_| refused(words::word_unknown(key.name(), text), allowed()))?);
        }
    }
    Ok(fee)
}

/// The fees that the options add and that lack their amount or their unit; `before` are the names of the others. A fee of which an
/// option was refused (`told`) lacks that for the reason told there.
pub(super) fn incomplete(budget: &Budget, before: &[String], told: &[Problem]) -> Vec<Problem> {
    let fees = budget.all_fees();
    let is_told = |name: &str| {
        let path = words::fee_key(name, None);
        told.iter().any(|problem| problem.key.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')))
    };
    let added = fees.iter().filter(|(name, _)| !before.iter().any(|known| known == *name) && !is_told(name));
    added.filter_map(|(name, fee)| lacking(name, fee, before)).collect()
}

/// What a fee lacks that no file has: a slip in the name of one that exists, or a key.
fn lacking(name: &str, fee: &Fee, before: &[String]) -> Option<Problem> {
    let missing: Vec<FeeKey> = [FeeKey::Amount, FeeKey::Per].into_iter().filter(|key| !fee.says(*key)).collect();
    let path = words::fee_key(name, None);
    missing.first()?;
    let found = problem(Code::SetFeeUnknown, &path, words::fee_unknown(name));
    if let Some(nearest) = nearest_word(name, before.iter().map(String::as_str)) {
        return Some(found.with_remedy(words::did_you_mean(nearest)));
    }
    let options = missing.iter().map(|key| words::set_fee_key(words::fee_key(name, Some(*key)), *key));
    let needed = options.reduce(words::set_fee_both).unwrap_or_default();
    let allowed = if missing.contains(&FeeKey::Per) { Per::ALL.map(Per::name).join(", ") } else { String::new() };
    Some(found.with_allowed(allowed).with_remedy(words::set_fee_new(needed)))
}
