//! Scenarios in the difference between two budgets: as edits, as rows in words, and carried over change by change.

use crate::app::flows::recovery::Row;
use crate::cost::Budget;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::scenario::ChangePath;
use crate::cost::budget::{Baseline, Changes, Scenario, Scenarios};
use crate::cost::scenario::content::said;
use crate::words;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The edits that lead from the scenarios and the baseline of one budget to those of another.
pub(super) fn scenario_edits(edits: &mut Vec<Edit>, before: &Budget, scenarios: &Scenarios, baseline: &Baseline) {
    for key in keys(&before.scenarios, scenarios) {
        let (before, after) = (before.scenarios.get(key).cloned(), scenarios.get(key).cloned());
        if before != after {
            edits.push(Edit::Scenario { key: key.clone(), before, after });
        }
    }
    if before.baseline != *baseline {
        let (before, after) = (Box::new(before.baseline.clone()), Box::new(baseline.clone()));
        edits.push(Edit::Baseline { before, after });
    }
}

fn keys<'a>(a: &'a Scenarios, b: &'a Scenarios) -> BTreeSet<&'a String> {
    a.keys().chain(b.keys()).collect()
}

fn paths(a: &Changes, b: &Changes) -> BTreeSet<ChangePath> {
    a.paths().into_iter().chain(b.paths()).collect()
}

/// One edit of a scenario in words: each change by itself.
pub(super) fn scenario_rows(key: &str, before: Option<&Scenario>, after: Option<&Scenario>) -> Vec<Row> {
    let place = words::scenario_named(key);
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(after)) => return vec![Row::plain(&place, words::scenario_added(after.changes.paths().len()))],
        (_, None) => return vec![Row::plain(&place, words::recovered_deleted())],
    };
    let mut rows = Vec::new();
    let texts = [(words::field_name(), &before.name, &after.name), (words::field_note(), &before.note, &after.note)];
    let changed = texts.into_iter().filter(|(_, before, after)| before != after);
    rows.extend(changed.map(|(what, before, after)| Row::texts(&place, what, before, after)));
    let differs = |path: &ChangePath| !before.changes.same_at(path, &after.changes);
    let changed = paths(&before.changes, &after.changes).into_iter().filter(differs);
    rows.extend(changed.map(|path| change_row(&place, &path, &before.changes, &after.changes)));
    rows
}

fn change_row(place: &str, path: &ChangePath, before: &Changes, after: &Changes) -> Row {
    let told = |changes| Some(words::content(&said(changes, path)));
    Row::texts(place, &words::change_path(path), &told(before), &told(after))
}

/// The edit of the baseline in words.
pub(super) fn baseline_rows(before: &Baseline, after: &Baseline) -> Vec<Row> {
    let rows = parts(before).into_iter().zip(parts(after)).filter(|(before, after)| before != after);
    let project = words::recovered_project();
    rows.map(|((key, before), (_, after))| Row::texts(project, &words::baseline_part(key), &before, &after)).collect()
}

/// Each key of a baseline with its value in words.
fn parts(baseline: &Baseline) -> [(&'static str, Option<String>); 7] {
    let Baseline { scenario, total, mean, currency, on, prices, lines } = baseline;
    let locked = lines.iter().map(|(key, total)| format!("{key} {total}")).collect::<Vec<_>>().join(", ");
    [
        ("scenario", scenario.clone()),
        ("total", total.map(|total| total.to_string())),
        ("mean", mean.map(|mean| mean.to_string())),
        ("currency", currency.map(|currency| currency.code().to_owned())),
        ("on", on.map(|day| day.to_string())),
        ("prices", prices.map(|day| day.to_string())),
        ("lines", (!lines.is_empty()).then_some(locked)),
    ]
}

/// Carries scenarios over change by change, and the baseline as a whole; what does not fit is added to `left`.
pub(super) fn carry_scenarios(before: &Budget, mine: &Budget, merged: &mut Budget, left: &mut Vec<Row>) {
    for key in keys(&before.scenarios, &mine.scenarios) {
        let [old, ours, theirs] = [before, mine, merged].map(|budget| budget.scenarios.get(key).cloned());
        if old == ours || ours == theirs {
            continue;
        }
        if old == theirs {
            match ours {
                Some(ours) => drop(merged.scenarios.insert(key.clone(), ours)),
                None => drop(merged.scenarios.remove(key)),
            }
            continue;
        }
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let both = carried(key, &old.unwrap_or_default(), &ours, &theirs, left);
                merged.scenarios.insert(key.clone(), Arc::new(both));
            }
            (ours, theirs) => left.extend(scenario_rows(key, theirs.as_deref(), ours.as_deref())),
        }
    }
    if before.baseline == mine.baseline || mine.baseline == merged.baseline {
        return;
    }
    if before.baseline == merged.baseline {
        merged.baseline.clone_from(&mine.baseline);
    } else {
        left.extend(baseline_rows(&merged.baseline, &mine.baseline));
    }
}

/// A scenario that both sides changed.
fn carried(key: &str, old: &Scenario, ours: &Scenario, theirs: &Scenario, left: &mut Vec<Row>) -> Scenario {
    let place = words::scenario_named(key);
    let mut merged = theirs.clone();
    let mut text = |what: &str, old: &Option<String>, ours: &Option<String>, now: &mut Option<String>| {
        if old == ours || ours == now {
            return;
        }
        if old == now {
            now.clone_from(ours);
        } else {
            left.push(Row::texts(&place, what, now, ours));
        }
    };
    text(words::field_name(), &old.name, &ours.name, &mut merged.name);
    text(words::field_note(), &old.note, &ours.note, &mut merged.note);
    for path in paths(&old.changes, &ours.changes) {
        let is_ours = ours.changes.same_at(&path, &merged.changes);
        if is_ours || old.changes.same_at(&path, &ours.changes) {
            continue;
        }
        if old.changes.same_at(&path, &merged.changes) {
            merged.changes.take(&path, &ours.changes);
            merged.was.take(&path, &ours.was);
        } else {
            left.push(change_row(&place, &path, &merged.changes, &ours.changes));
        }
    }
    merged
}
