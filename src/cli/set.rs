//! `--set KNOB=VALUE`: changes for one run, in the grammar of a project's scenarios.

use super::set_fee;
use crate::cost::base::near::near_miss;
use crate::cost::base::number_text::two_wholes;
use crate::cost::base::retry::Retry;
use crate::cost::budget::Setting;
use crate::cost::budget::knob::{Form, Scope, TABLE};
use crate::cost::budget::knob_text::{nearest_word, read};
use crate::cost::{Budget, Catalog, Decimal, Knob, Value};
use crate::diagnostics::{Level, Problem};
use crate::words;

/// One change whose place has been parsed.
struct Change<'a> {
    /// As typed, for messages.
    path: &'a str,
    /// The line's index; `None` for the assumptions.
    line: Option<usize>,
    knob: Knob,
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
    for typed in changes {
        if let Some((path, text)) = typed.split_once('=').filter(|(path, _)| path.trim().starts_with("fee.")) {
            problems.extend(set_fee::apply(budget, path.trim(), text.trim()).err().map(|problem| *problem));
            continue;
        }
        match change(typed, budget) {
            Ok(change) => understood.push(change),
            Err(problem) => problems.push(*problem),
        }
    }
    // The model decides which sizes and qualities are valid, whatever the order of the options.
    understood.sort_by_key(|change| !matches!(change.knob, Knob::Model | Knob::Preset));
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
    (changed, problems)
}

pub(super) fn problem(code: &'static str, path: &str, message: String) -> Problem {
    Problem::new(Level::Error, code, message).with_key(path)
}

fn change<'a>(typed: &'a str, budget: &Budget) -> Result<Change<'a>, Box<Problem>> {
    let Some((path, text)) = typed.split_once('=') else {
        let found = problem("set-form", "", words::cli_set_form(typed));
        return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
    };
    let path = path.trim();
    if let Some(rest) = path.strip_prefix("deliverable.") {
        let Some((key, name)) = key_and_knob(rest) else {
            let found = problem("set-form", path, words::cli_set_form(typed));
            return Err(Box::new(found.with_remedy(words::cli_set_form_remedy())));
        };
        let Some(line) = budget.lines.iter().position(|line| line.key == key) else {
            return Err(Box::new(unknown_line(path, &key, budget)));
        };
        let knob = knob(path, name, |scope| scope != Scope::Project)?;
        return Ok(Change { path, line: Some(line), knob, text });
    }
    if let Some(meant) = path_meant(path, budget) {
        let found = problem("set-unknown", path, words::cli_set_path_unknown(path));
        return Err(Box::new(found.with_remedy(words::did_you_mean(meant))));
    }
    let name = path.strip_prefix("assumptions.").unwrap_or(path);
    let knob = knob(path, name, |scope| scope != Scope::Deliverable)?;
    Ok(Change { path, line: None, knob, text })
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

fn unknown_line(path: &str, key: &str, budget: &Budget) -> Problem {
    let keys = || budget.lines.iter().map(|line| line.key.as_str());
    let found = problem("set-deliverable-unknown", path, words::cli_set_deliverable_unknown(key));
    match nearest_word(key, keys()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None => found.with_allowed(keys().take(20).collect::<Vec<_>>().join(", ")),
    }
}

fn knob(path: &str, name: &str, fits: impl Fn(Scope) -> bool) -> Result<Knob, Box<Problem>> {
    let row = TABLE.iter().find(|row| row.name == name);
    if let Some(row) = row {
        if fits(row.scope) {
            return Ok(row.knob);
        }
        let found = problem("set-misplaced", path, words::cli_set_misplaced(name));
        return Err(Box::new(found.with_remedy(match row.scope {
            Scope::Project => words::cli_set_on_project(name),
            Scope::Deliverable | Scope::Both => words::cli_set_on_deliverable(name),
        })));
    }
    let names = || TABLE.iter().filter(|row| fits(row.scope)).map(|row| row.name);
    let found = problem("set-unknown", path, words::cli_set_unknown(name));
    Err(Box::new(match nearest_word(name, names()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None => found.with_allowed(names().collect::<Vec<_>>().join(", ")),
    }))
}

fn value(change: &Change<'_>, budget: &Budget, catalog: &Catalog) -> Result<Value, Box<Problem>> {
    let text = change.text.trim();
    if change.knob == Knob::Retry && budget.profiles.contains_key(text) {
        return Ok(Value::Retry(Retry::Profile(text.to_owned())));
    }
    if let Some((few, many)) = two_wholes(text).filter(|_| change.knob.row().form == Form::Count) {
        let message = words::cli_set_refused(change.path, words::intake_ambiguous(text, few, &many));
        return Err(Box::new(problem("set-refused", change.path, message).with_remedy(words::write_one(few, many))));
    }
    let line = change.line.and_then(|line| budget.lines.get(line));
    let Some(now) = budget.resolve(line, catalog) else {
        return Err(Box::new(problem("set-form", change.path, words::cli_set_form(change.path))));
    };
    let value = read(change.knob, text, &now, catalog).map_err(|refusal| {
        let told = words::refusal(change.knob, text, &refusal);
        let found = problem("set-refused", change.path, words::cli_set_refused(change.path, told.message));
        Box::new(found.with_allowed(told.allowed).with_remedy(told.remedy))
    })?;
    match &value {
        Value::Percent(percent) if !text.ends_with('%') => Err(Box::new(without_sign(change.path, text, *percent))),
        _ => Ok(value),
    }
}

/// A percentage needs its sign here as in a file: 0.2 may be meant as 20 %. (The dashboard's field shows the sign itself.)
fn without_sign(path: &str, text: &str, percent: Decimal) -> Problem {
    let found = problem("percent-bare", path, words::cli_set_refused(path, words::cli_percent_bare(text)));
    found.with_remedy(match percent.checked_mul(Decimal::ONE_HUNDRED) {
        Some(share) if percent > Decimal::ZERO && percent <= Decimal::ONE => {
            words::cli_write_share(share.normalize(), percent.normalize())
        }
        _ => words::cli_write_percent(percent.normalize()),
    })
}
