//! Knobs, deliverables and single values as the file spells them, and the changes from one to another.

use super::key_order::rank;
use super::measured_write::{measured_changes, rendered_measured};
use super::splice::{Change, render_string};
use crate::cost::Knob;
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Confidence, Retry};
use crate::cost::budget::knob_text;
use crate::cost::budget::{Cap, Line, Setting, Settings, SharedLine, Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn path(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

pub(super) fn change(changes: &mut Vec<Change>, keys: &[&str], old: Option<String>, new: Option<String>) {
    match new {
        _ if old == new => {}
        Some(value) => changes.push(Change::Set { path: path(keys), value }),
        None => changes.push(Change::Remove { path: path(keys) }),
    }
}

pub(super) fn text_change(changes: &mut Vec<Change>, keys: &[&str], old: Option<&String>, new: Option<&String>) {
    change(changes, keys, old.map(|text| render_string(text)), new.map(|text| render_string(text)));
}

pub(super) fn settings_changes(changes: &mut Vec<Change>, table: &[&str], before: &Settings, after: &Settings) {
    for knob in in_file_order(before.iter().chain(after.iter()).map(|(knob, _)| knob)) {
        let (old, new) = (before.get(knob), after.get(knob));
        if old == new {
            continue;
        }
        let mut keys = table.to_vec();
        for key in knob.path() {
            keys.push(key);
        }
        match (old, new) {
            (Some(Setting::Value(Value::Measured(old))), Some(Setting::Value(Value::Measured(new)))) => {
                measured_changes(changes, &keys, old, new);
            }
            (_, Some(Setting::Value(value))) => {
                changes.push(Change::Set { path: path(&keys), value: rendered(value) });
            }
            (_, Some(Setting::Unreadable)) => {}
            (_, None) => changes.push(Change::Remove { path: path(&keys) }),
        }
    }
}

/// Knobs in the order that people write their keys.
fn in_file_order(knobs: impl Iterator<Item = Knob>) -> Vec<Knob> {
    let mut knobs: Vec<Knob> = knobs.collect::<BTreeSet<_>>().into_iter().collect();
    knobs.sort_by_key(|knob| knob.path().last().and_then(rank));
    knobs
}

pub(super) fn line_changes(changes: &mut Vec<Change>, before: &[SharedLine], after: &[SharedLine]) {
    let old: BTreeMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), &**line)).collect();
    let kept: BTreeSet<&str> = after.iter().map(|line| line.key.as_str()).collect();
    for key in old.keys().filter(|key| !kept.contains(*key)) {
        changes.push(Change::Remove { path: path(&["deliverable", key]) });
    }
    for line in after {
        let Some(before) = old.get(line.key.as_str()) else {
            insert_line(changes, line);
            continue;
        };
        field_changes(changes, &["deliverable", &line.key], before, line);
    }
}

/// The differences between two versions of a deliverable, below the table of this path.
pub(super) fn field_changes(changes: &mut Vec<Change>, table: &[&str], before: &Line, after: &Line) {
    if before == after {
        return;
    }
    let Line { key: _, name, position, note, settings } = after;
    let below = |key: &'static str| [table, &[key]].concat();
    text_change(changes, &below("name"), before.name.as_ref(), name.as_ref());
    let written = |position: Option<i64>| position.map(|position| position.to_string());
    change(changes, &below("position"), written(before.position), written(*position));
    settings_changes(changes, table, &before.settings, settings);
    text_change(changes, &below("note"), before.note.as_ref(), note.as_ref());
}

fn insert_line(changes: &mut Vec<Change>, line: &Line) {
    let mut entries = Vec::new();
    let mut explore = Vec::new();
    let mut put = |key: &str, value: String| entries.push((vec![key.to_owned()], value));
    let Line { key, name, position, note, settings } = line;
    if let Some(name) = name {
        put("name", render_string(name));
    }
    if let Some(position) = position {
        put("position", position.to_string());
    }
    for knob in in_file_order(settings.iter().map(|(knob, _)| knob)) {
        let Some(value) = settings.value(knob) else { continue };
        match knob.path().collect::<Vec<_>>()[..] {
            [_, inner] => explore.push((vec![inner.to_owned()], rendered(value))),
            _ => put(knob.row().name, rendered(value)),
        }
    }
    if let Some(note) = note {
        put("note", render_string(note));
    }
    changes.push(Change::InsertTable { path: path(&["deliverable", key]), entries });
    if !explore.is_empty() {
        let path = path(&["deliverable", key, "explore"]);
        changes.push(Change::InsertTable { path, entries: explore });
    }
}

/// A value as the file spells it.
pub(super) fn rendered(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Retry(retry) => rendered_retry(retry),
        Value::Sizes(sizes) => {
            let listed: Vec<String> = sizes.iter().map(|size| render_string(&size.to_string())).collect();
            format!("[{}]", listed.join(", "))
        }
        Value::Cap(Cap { amount, currency: None }) => number(*amount),
        Value::Measured(measured) => rendered_measured(measured),
        Value::Flag(yes) => yes.to_string(),
        other => render_string(&knob_text::write(other)),
    }
}

/// Files show a factor with a decimal, so that it does not look like a count.
fn factor(factor: Decimal) -> String {
    let mut factor = factor.normalize();
    factor.rescale(factor.scale().max(1));
    factor.to_string()
}

pub(super) fn number(number: Decimal) -> String {
    number.normalize().to_string()
}

fn rendered_retry(retry: &Retry) -> String {
    match retry {
        Retry::Factor { factor: of, confidence: None } => factor(*of),
        Retry::Factor { factor: of, confidence: Some(confidence) } => {
            format!("{{ factor = {}, confidence = {} }}", factor(*of), rendered_confidence(*confidence))
        }
        Retry::Accepted { percent, confidence } => {
            let accepted = render_string(&format!("{}%", percent.normalize()));
            match confidence {
                None => format!("{{ accepted = {accepted} }}"),
                Some(confidence) => {
                    format!("{{ accepted = {accepted}, confidence = {} }}", rendered_confidence(*confidence))
                }
            }
        }
        Retry::Kept { kept, made } => format!("{{ kept = {kept}, made = {made} }}"),
        Retry::Range { low, likely, high } => {
            format!("{{ low = {}, likely = {}, high = {} }}", factor(*low), factor(*likely), factor(*high))
        }
        Retry::Profile(name) => render_string(name),
    }
}

fn rendered_confidence(confidence: Confidence) -> String {
    let word = Confidence::WORDS.iter().find(|(_, known)| *known == confidence).map(|(word, _)| render_string(word));
    match (word, confidence) {
        (None, Confidence::Worth(finals)) => number(finals),
        (word, _) => word.unwrap_or_default(),
    }
}
