//! Writing scenarios and the baseline as the changes from one budget to another: a changed value touches its own line.

use super::keyed_write::{self, Rendered};
use super::settings_write::{change, field_changes, path, rendered, settings_changes, text_change};
use super::splice::{Change, render_path, render_string};
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::scenario::{ChangePath, LineField};
use crate::cost::budget::{Baseline, Changes, LinePatch, Scenario, Scenarios, Settings};
use std::collections::BTreeSet;

/// The differences between the scenarios of two projects.
pub(super) fn scenario_changes(changes: &mut Vec<Change>, before: &Scenarios, after: &Scenarios) {
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        changes.push(Change::Remove { path: path(&["scenario", key]) });
    }
    for (key, new) in after {
        match before.get(key) {
            Some(old) => fields(changes, key, old, new),
            None => insert(changes, key, new),
        }
    }
}

/// A new scenario is one table with dotted keys, so that its changes read as a list.
fn insert(changes: &mut Vec<Change>, key: &str, new: &Scenario) {
    let mut lines = Vec::new();
    fields(&mut lines, key, &Scenario::default(), new);
    let entry = |change: Change| match change {
        Change::Set { path, value } => Some((path.get(2..)?.to_vec(), value)),
        Change::Remove { .. } | Change::InsertTable { .. } => None,
    };
    let entries = lines.into_iter().filter_map(entry).collect();
    changes.push(Change::InsertTable { path: path(&["scenario", key]), entries });
}

fn fields(changes: &mut Vec<Change>, key: &str, before: &Scenario, after: &Scenario) {
    if before == after {
        return;
    }
    let Scenario { name, note, changes: new, was } = after;
    let table = ["scenario", key];
    let below = |keys: &[&'static str]| [&table[..], keys].concat();
    text_change(changes, &below(&["name"]), before.name.as_ref(), name.as_ref());
    text_change(changes, &below(&["note"]), before.note.as_ref(), note.as_ref());
    let old = &before.changes;
    settings_changes(changes, &below(&["assumptions"]), &old.assumptions, &new.assumptions);
    patch_changes(changes, &table, old, new);
    keyed_write::patch_changes(changes, &table, &old.fees, &new.fees);
    keyed_write::patch_changes(changes, &table, &old.risks, &new.risks);
    was_changes(changes, &table, &before.was, was);
}

fn patch_changes(changes: &mut Vec<Change>, table: &[&str], old: &Changes, new: &Changes) {
    for key in old.lines.keys().filter(|key| !new.lines.contains_key(*key)) {
        changes.push(Change::Remove { path: path(&[table, &["deliverable", key]].concat()) });
    }
    for (key, patch) in &new.lines {
        let nothing = LinePatch::of(key);
        let before = old.lines.get(key).unwrap_or(&nothing);
        let table = [table, &["deliverable", key]].concat();
        let LinePatch { remove, line } = patch;
        let written = |remove: Option<bool>| remove.map(|remove| remove.to_string());
        change(changes, &[&table[..], &["remove"]].concat(), written(before.remove), written(*remove));
        field_changes(changes, &table, &before.line, line);
    }
}

/// `was` is an inline table of dotted paths in quotes: entry by entry where there is one, else as a whole.
fn was_changes(changes: &mut Vec<Change>, table: &[&str], before: &Changes, after: &Changes) {
    if before == after {
        return;
    }
    let at = [table, &["was"]].concat();
    let entries = |was: &Changes| -> Vec<(ChangePath, String)> {
        was.paths().into_iter().filter_map(|path| Some((path.clone(), value(was, &path)?))).collect()
    };
    let new = entries(after);
    if new.is_empty() {
        return changes.push(Change::Remove { path: path(&at) });
    }
    if before.is_empty() {
        let listed: Vec<String> =
            new.iter().map(|(path, value)| format!("{} = {value}", render_string(&dotted(path)))).collect();
        let value = format!("{{ {} }}", listed.join(", "));
        return changes.push(Change::Set { path: path(&at), value });
    }
    let old = entries(before);
    let find = |all: &[(ChangePath, String)], path: &ChangePath| {
        all.iter().find(|(other, _)| other == path).map(|(_, value)| value.clone())
    };
    for path in old.iter().chain(&new).map(|(path, _)| path).collect::<BTreeSet<_>>() {
        change(changes, &[&at[..], &[&dotted(path)]].concat(), find(&old, path), find(&new, path));
    }
}

/// A path as a key of `was`.
fn dotted(path: &ChangePath) -> String {
    let keys: Vec<&str> = match path {
        ChangePath::Assumption(knob) => std::iter::once("assumptions").chain(knob.path()).collect(),
        ChangePath::Line(key, field) => {
            let field: Vec<&str> = match field {
                LineField::Exists => vec!["remove"],
                LineField::Name => vec!["name"],
                LineField::Position => vec!["position"],
                LineField::Knob(knob) => knob.path().collect(),
                LineField::Note => vec!["note"],
            };
            ["deliverable", key].into_iter().chain(field).collect()
        }
        ChangePath::Fee(name, key) => vec!["fee", name, key.name()],
        ChangePath::Risk(name, key) => vec!["risk", name, key.name()],
    };
    render_path(&keys)
}

/// The value at a path as a file spells it; `None` if no value can be written.
fn value(changes: &Changes, path: &ChangePath) -> Option<String> {
    let knob = |settings: &Settings, knob| settings.value(knob).map(rendered);
    match path {
        ChangePath::Assumption(of) => knob(&changes.assumptions, *of),
        ChangePath::Line(key, field) => {
            let LinePatch { remove, line } = changes.lines.get(key)?;
            match field {
                LineField::Exists => remove.map(|remove| remove.to_string()),
                LineField::Name => line.name.as_deref().map(render_string),
                LineField::Position => line.position.map(|position| position.to_string()),
                LineField::Knob(of) => knob(&line.settings, *of),
                LineField::Note => line.note.as_deref().map(render_string),
            }
        }
        ChangePath::Fee(name, key) => changes.fees.get(name)?.rendered(*key),
        ChangePath::Risk(name, key) => changes.risks.get(name)?.rendered(*key),
    }
}

/// The differences between two baselines.
pub(super) fn baseline_changes(changes: &mut Vec<Change>, before: &Baseline, after: &Baseline) {
    if before == after {
        return;
    }
    if *after == Baseline::default() {
        return changes.push(Change::Remove { path: path(&["baseline"]) });
    }
    let Baseline { scenario, total, mean, currency, on, prices, lines } = after;
    let digits = currency.map_or(2, |currency| currency.digits());
    let amount = |number: Decimal| amount(number, digits);
    let texts = [
        ("scenario", before.scenario.clone(), scenario.clone()),
        ("total", before.total.map(amount), total.map(amount)),
        ("mean", before.mean.map(amount), mean.map(amount)),
        ("currency", before.currency.map(code), currency.map(code)),
    ];
    for (key, old, new) in texts {
        text_change(changes, &["baseline", key], old.as_ref(), new.as_ref());
    }
    for (key, old, new) in [("on", before.on, on), ("prices", before.prices, prices)] {
        change(changes, &["baseline", key], old.map(|day| day.to_string()), new.map(|day| day.to_string()));
    }
    if lines.is_empty() && !before.lines.is_empty() {
        return changes.push(Change::Remove { path: path(&["baseline", "lines"]) });
    }
    if before.lines.is_empty() && !lines.is_empty() {
        let listed: Vec<String> = lines
            .iter()
            .map(|(key, total)| format!("{} = {}", render_path(&[key]), render_string(&amount(*total))))
            .collect();
        let value = format!("{{ {} }}", listed.join(", "));
        return changes.push(Change::Set { path: path(&["baseline", "lines"]), value });
    }
    for key in before.lines.keys().chain(lines.keys()).collect::<BTreeSet<_>>() {
        let quoted = |total: Option<&Decimal>| total.map(|total| render_string(&amount(*total)));
        change(changes, &["baseline", "lines", key], quoted(before.lines.get(key)), quoted(lines.get(key)));
    }
}

fn code(currency: Currency) -> String {
    currency.code().to_owned()
}

/// An amount with the decimals of its currency, or more if it has more.
fn amount(amount: Decimal, digits: u32) -> String {
    let mut number = amount.normalize();
    number.rescale(number.scale().max(digits));
    number.to_string()
}
