//! `--set KNOB=VALUE`: changes for one run, in the grammar of a project's scenarios.

use super::{set_fee, set_lines, set_risk};
use crate::cost::base::near::near_miss;
use crate::cost::base::number_text::{narrowed, two_wholes};
use crate::cost::base::retry::Retry;
use crate::cost::budget::knob::{Form, Scope, TABLE};
use crate::cost::budget::knob_text::{Refusal, argument_cap, nearest_word, read};
use crate::cost::budget::measured;
use crate::cost::budget::other_words::{Meant, meant};
use crate::cost::budget::{Layer, Measured, Setting};
use crate::cost::estimate::keepers;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Catalog, Decimal, Estimate, Knob, Value};
use crate::diagnostics::{Code, Problem};
use crate::figures;
use crate::words;
use std::sync::Arc;

/// One change whose place has been parsed.
struct Change<'a> {
    /// As typed, for messages.
    path: &'a str,
    /// The line's index; `None` for the assumptions.
    line: Option<usize>,
    knob: Knob,
    /// A part of the knob: `output` of `tokens.output`.
    part: Option<&'a str>,
    text: &'a str,
}

/// Applies every valid change. Returns the changed knobs with their deliverables (`None` for the assumptions), and the
/// problems of the other changes.
pub(super) fn apply<'a>(
    budget: &mut Budget,
    catalog: &Catalog,
    changes: impl IntoIterator<Item = &'a String>,
) -> (Vec<(Option<String>, Knob)>, Vec<Problem>) {
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    let mut understood = Vec::new();
    let mut removed = Vec::new();
    let fees_before: Vec<String> = budget.all_fees().into_keys().map(str::to_owned).collect();
    let risks_before: Vec<String> = budget.all_risks().into_keys().map(str::to_owned).collect();
    let changes: Vec<&String> = changes.into_iter().collect();
    set_lines::add(budget, &changes);
    for typed in changes {
        if let Some(removal) = set_lines::removal(typed, budget) {
            match removal {
                Ok(key) => removed.extend(key),
                Err(problem) => problems.push(*problem),
            }
            continue;
        }
        if let Some((path, text)) = typed.split_once('=').filter(|(path, _)| path.trim().starts_with("fee.")) {
            problems.extend(set_fee::apply(budget, path.trim(), text.trim()).err().map(|problem| *problem));
            continue;
        }
        if let Some((path, text)) = typed.split_once('=').filter(|(path, _)| path.trim().starts_with("risk.")) {
            problems.extend(set_risk::apply(budget, path.trim(), text.trim()).err().map(|problem| *problem));
            continue;
        }
        match change(typed, budget) {
            Ok(change) => understood.push(change),
            Err(problem) => problems.push(*problem),
        }
    }
    problems.extend(set_fee::incomplete(budget, &fees_before, &problems));
    problems.extend(set_risk::incomplete(budget, &risks_before, &problems));
    // The model and measured tokens decide which sizes are valid, whatever the order of the options; a number comes before
    // what was measured.
    understood.sort_by_key(|change| {
        let of_model = matches!(change.knob, Knob::Model | Knob::Preset);
        let frees_sizes = matches!(change.knob, Knob::Returned | Knob::Measured);
        (!of_model, !frees_sizes, !matches!(change.part, None | Some("output" | "reference")))
    });
    for change in understood {
        match value(&change, budget, catalog) {
            Ok(value) => {
                let line = change.line.and_then(|line| budget.lines.get_mut(line));
                changed.push((line.as_ref().map(|line| line.key.clone()), change.knob));
                let settings = line.map_or(&mut budget.assumptions, |line| &mut line.settings);
                settings.put(change.knob, Some(Setting::Value(value)));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    name_measured(budget, catalog, &changed);
    set_lines::take_out(budget, removed, catalog);
    (changed, problems)
}

/// Says in the assumptions what was measured: what is in force there.
fn name_measured(budget: &mut Budget, catalog: &Catalog, changed: &[(Option<String>, Knob)]) {
    let Some(Value::Measured(measured)) = budget.assumptions.value(Knob::Measured).cloned() else { return };
    if let Some(now) = budget.resolve(None, catalog).filter(|_| changed.contains(&(None, Knob::Measured))) {
        let named = Value::Measured(Arc::new(Arc::unwrap_or_clone(measured).named_after(&now)));
        budget.assumptions.put(Knob::Measured, Some(Setting::Value(named)));
    }
}

/// Notes on the changed knobs that leave a price because it rests on measured tokens, which do not follow them.
pub(super) fn without_effect(changed: &[(Option<String>, Knob)], estimate: &Estimate) -> Vec<Problem> {
    let follows = |knob: Knob, measured: &Measured| {
        let of_size = matches!(knob, Knob::Ratio | Knob::Size) && measured.size.is_none();
        let of_quality = knob == Knob::Quality && measured.quality.is_none();
        !of_size && !of_quality
    };
    let mut notes = Vec::new();
    for (key, knob) in changed {
        let layer = if key.is_some() { Layer::Deliverable } else { Layer::Project };
        let stays = |line: &&LineEstimate| {
            let own = &line.deliverable;
            let here = key.as_ref().is_none_or(|key| *key == line.key);
            let measured = own.measured.value.as_deref().filter(|_| own.measured_output().is_some());
            here && measured.is_some_and(|measured| !follows(*knob, measured))
                && own.get(*knob).is_some_and(|value| value.layer == layer)
        };
        let lines: Vec<String> = estimate.lines.iter().filter(stays).map(|line| line.key.clone()).collect();
        if !lines.is_empty() {
            let message = words::set_measured_stays(words::knob_label(*knob), words::some_of(&lines));
            let note = Problem::new(Code::SetNoEffect, message).with_key(knob.row().name);
            notes.push(note.with_remedy(words::set_measured_stays_remedy()));
        }
    }
    notes
}

/// Notes on the assumptions that were changed and that some deliverables do not inherit, unless those were changed too.
pub(super) fn kept(
    changed: &[(Option<String>, Knob)],
    budget: &Budget,
    estimate: &Estimate,
    catalog: &Catalog,
) -> Vec<Problem> {
    let for_all = changed.iter().filter(|(key, _)| key.is_none());
    let notes = for_all.filter_map(|(_, knob)| {
        let keys = keepers(budget, estimate, *knob, catalog).into_iter();
        let keys = keys.filter_map(|keeper| estimate.lines.get(keeper.line)).map(|line| Some(line.key.clone()));
        let key = keys.into_iter().find(|key| !changed.contains(&(key.clone(), *knob)))??;
        let message = figures::followers(budget, estimate, *knob, catalog)?;
        let path = format!("{}.{}", words::deliverable_key(&key), knob.row().name);
        let note = Problem::new(Code::SetKept, words::cli_set_refused(knob.row().name, message));
        Some(note.with_remedy(words::set_kept_remedy(path)))
    });
    notes.collect()
}

pub(super) fn problem(code: Code, path: &str, message: String) -> Problem {
    Problem::new(code, message).with_key(path)
}

fn change<'a>(typed: &'a str, budget: &Budget) -> Result<Change<'a>, Box<Problem>> {
    let Some((path, text)) = typed.split_once('=') else {
        let found = problem(Code::SetForm, "", words::cli_set_form(typed));
        return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
    };
    let path = path.trim();
    if let Some(rest) = path.strip_prefix("deliverable.") {
        let Some((key, name)) = key_and_knob(rest) else {
            let found = problem(Code::SetForm, path, words::cli_set_form(typed));
            return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
        };
        let Some(line) = budget.lines.iter().position(|line| line.key == key) else {
            return Err(Box::new(unknown_line(path, &key, budget)));
        };
        let (knob, part) = knob(path, name, |scope| scope != Scope::Project)?;
        return Ok(Change { path, line: Some(line), knob, part, text });
    }
    if let Some(meant) = path_meant(path, budget) {
        let found = problem(Code::SetUnknown, path, words::cli_set_path_unknown(path));
        return Err(Box::new(found.with_remedy(words::did_you_mean(meant))));
    }
    let name = path.strip_prefix("assumptions.").unwrap_or(path);
    let (knob, part) = knob(path, name, |scope| scope != Scope::Deliverable)?;
    Ok(Change { path, line: None, knob, part, text })
}

/// The path that must be meant by one with a slip in its first part, or without it: `deliverables.a.finals`, `a.finals`.
fn path_meant(path: &str, budget: &Budget) -> Option<String> {
    let (first, rest) = path.split_once('.')?;
    match near_miss(first, ["deliverable", "assumptions"]) {
        Some("assumptions") if first != "assumptions" => Some(format!("assumptions.{rest}")),
        Some("deliverable") => key_and_knob(rest).map(|_| format!("deliverable.{rest}")),
        _ => {
            let (key, _) = key_and_knob(path)?;
            budget.lines.iter().any(|line| line.key == key).then(|| format!("deliverable.{path}"))
        }
    }
}

/// A deliverable's key, bare or in quotes, and the knob after it.
pub(super) fn key_and_knob(rest: &str) -> Option<(String, &str)> {
    let Some(quoted) = rest.strip_prefix('"') else {
        return rest.split_once('.').map(|(key, name)| (key.to_owned(), name));
    };
    let mut key = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '\\' => key.push(chars.next()?),
            '"' => return chars.as_str().strip_prefix('.').map(|name| (key, name)),
            c => key.push(c),
        }
    }
}

pub(super) fn unknown_line(path: &str, key: &str, budget: &Budget) -> Problem {
    let keys = || budget.lines.iter().map(|line| line.key.as_str());
    let found = problem(Code::SetDeliverableUnknown, path, words::cli_set_deliverable_unknown(key));
    match nearest_word(key, keys()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None => found.with_allowed(keys().take(20).collect::<Vec<_>>().join(", ")),
    }
}

/// A knob by its name, and which part of it.
fn knob<'a>(path: &str, name: &'a str, fits: impl Fn(Scope) -> bool) -> Result<(Knob, Option<&'a str>), Box<Problem>> {
    let parted = name.split_once('.').and_then(|(name, part)| Some((Knob::named(name)?, part)));
    if let Some((Knob::Measured, part)) = parted {
        let known = measured::KEYS.contains(&part);
        return if known { Ok((Knob::Measured, Some(part))) } else { Err(unknown(path, part, measured::KEYS)) };
    }
    let row = TABLE.iter().find(|row| row.name == name);
    if let Some(row) = row {
        if fits(row.scope) {
            return Ok((row.knob, None));
        }
        let found = problem(Code::SetMisplaced, path, words::cli_set_misplaced(name));
        return Err(Box::new(found.with_remedy(match row.scope {
            Scope::Project => words::cli_set_on_project(name),
            Scope::Deliverable | Scope::Both => words::cli_set_on_deliverable(name),
        })));
    }
    if let Some(instead) = meant(name).and_then(|meant| instead(meant, &fits)) {
        return Err(Box::new(problem(Code::SetUnknown, path, words::cli_set_unknown(name)).with_remedy(instead)));
    }
    Err(unknown(path, name, TABLE.iter().filter(|row| fits(row.scope)).map(|row| row.name)))
}

/// What to write instead of another word for something known; `None` for a knob that has no place there.
fn instead(meant: Meant, fits: impl Fn(Scope) -> bool) -> Option<String> {
    match meant {
        Meant::Knob(knob) if fits(knob.row().scope) => Some(words::did_you_mean(knob.row().name)),
        Meant::Knob(knob) => Some(match knob.row().scope {
            Scope::Project => words::cli_set_on_project(knob.row().name),
            Scope::Deliverable | Scope::Both => words::cli_set_on_deliverable(knob.row().name),
        }),
        Meant::Fee => Some(words::set_fee_instead().to_owned()),
        Meant::Discount => Some(words::set_discount_instead().to_owned()),
    }
}

fn unknown(path: &str, name: &str, known: impl IntoIterator<Item = &'static str>) -> Box<Problem> {
    let names: Vec<&str> = known.into_iter().collect();
    let found = problem(Code::SetUnknown, path, words::cli_set_unknown(name));
    Box::new(match nearest_word(name, names.iter().copied()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None => found.with_allowed(names.join(", ")),
    })
}

fn value(change: &Change<'_>, budget: &Budget, catalog: &Catalog) -> Result<Value, Box<Problem>> {
    let text = change.text.trim();
    if change.knob == Knob::Retry && budget.profiles.contains_key(text) {
        return Ok(Value::Retry(Retry::Profile(text.to_owned())));
    }
    if let Some((few, many)) = two_wholes(text).filter(|_| change.knob.row().form == Form::Count) {
        let message = words::cli_set_refused(change.path, words::intake_ambiguous(text, few, &many));
        return Err(Box::new(problem(Code::SetRefused, change.path, message).with_remedy(words::write_one(few, many))));
    }
    let line = change.line.and_then(|line| budget.lines.get(line)).map(|line| &**line);
    let Some(now) = budget.resolve(line, catalog) else {
        return Err(Box::new(problem(Code::SetForm, change.path, words::cli_set_form(change.path))));
    };
    let read = match change.part {
        Some(part) => {
            let own = line.map_or(&budget.assumptions, |line| &line.settings).value(Knob::Measured);
            with_part(own, part, text, catalog)
        }
        None if change.knob == Knob::Cap => argument_cap(text).map(Value::Cap),
        None => read(change.knob, text, &now, catalog),
    };
    let value = read.map_err(|refusal| {
        let told = words::refusal(change.knob, text, &refusal);
        let found = problem(Code::SetRefused, change.path, words::cli_set_refused(change.path, told.message));
        Box::new(found.with_allowed(told.allowed).with_remedy(told.remedy))
    })?;
    match &value {
        Value::Percent(percent) if !narrowed(text).ends_with('%') => {
            Err(Box::new(without_sign(change.path, text, *percent)))
        }
        _ => Ok(value),
    }
}

/// Measured tokens with one part changed; the first has to be a number.
fn with_part(own: Option<&Value>, part: &str, text: &str, catalog: &Catalog) -> Result<Value, Refusal> {
    let mut measured = match own {
        Some(Value::Measured(measured)) => Measured::clone(measured),
        _ => Measured::default(),
    };
    measured.put(part, text, catalog)?;
    let counts = measured.output.is_some() || measured.reference.is_some();
    if counts { Ok(Value::Measured(Arc::new(measured))) } else { Err(Refusal::Form) }
}

/// A percentage needs its sign here as in a file: 0.2 may be meant as 20 %. (The dashboard's field shows the sign itself.)
fn without_sign(path: &str, text: &str, percent: Decimal) -> Problem {
    let found = problem(Code::PercentBare, path, words::cli_set_refused(path, words::cli_percent_bare(text)));
    found.with_remedy(match percent.checked_mul(Decimal::ONE_HUNDRED) {
        Some(share) if percent > Decimal::ZERO && percent <= Decimal::ONE => {
            words::cli_write_share(share.normalize(), percent.normalize())
        }
        _ => words::cli_write_percent(percent.normalize()),
    })
}
