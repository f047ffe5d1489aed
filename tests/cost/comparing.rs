//! A comparison that follows edits equals one that is made from nothing, and both equal full estimates of the scenarios.

use crate::refresh::{edit, lines};
use crate::support::{budget, catalog, computed, dec, line, one_in, settings, today};
use proptest::prelude::*;
use proptest::sample::Index;
use retake::cost::budget::{Baseline, Changes, Charge, Fee, LinePatch, Per, Scenario};
use retake::cost::scenario::{Comparing, Comparison, apply, columns, since};
use retake::cost::{Budget, Decimal, Knob, Line, Setting};
use std::sync::Arc;

type Step = (u8, Index, Index, (Knob, Option<Setting>));

/// One change of a project with scenarios, of each kind that there is.
fn change(budget: &mut Budget, (kind, at, other, (knob, setting)): Step, fresh: usize) {
    let count = budget.lines.len();
    let (line, scenario) = ((**at.get(&budget.lines)).clone(), ["a", "b", "c"][other.index(3)]);
    let scenarios = &mut budget.scenarios;
    match kind {
        0..6 => _ = budget.lines[at.index(count)].settings.put(knob, setting),
        6 => budget.lines.insert(other.index(count + 1), Line { key: format!("fresh-{fresh}"), ..line }.into()),
        7 if count > 1 => drop(budget.lines.remove(at.index(count))),
        8 => budget.lines.swap(at.index(count), other.index(count)),
        9 => _ = budget.assumptions.put(knob, setting),
        10 => {
            let fee = Fee {
                amount: Some(Charge { amount: Decimal::from(fresh), currency: None }),
                per: Some(Per::Final),
                deliverables: fresh.is_multiple_of(2).then(|| [line.key].into()),
                ..Fee::default()
            };
            budget.fees.insert("review".to_owned(), fee);
        }
        11 => {
            let changes = &mut Arc::make_mut(scenarios.entry(scenario.to_owned()).or_default()).changes;
            changes.assumptions.put(knob, setting);
        }
        12 => _ = scenarios.remove(scenario),
        13 => {
            let patch = LinePatch { remove: Some(true), ..LinePatch::of(&line.key) };
            Arc::make_mut(scenarios.entry(scenario.to_owned()).or_default()).changes.lines.insert(line.key, patch);
        }
        14 => {
            budget.baseline = Baseline {
                scenario: fresh.is_multiple_of(2).then(|| scenario.to_owned()),
                total: (!fresh.is_multiple_of(3)).then(|| dec("3")),
                on: Some(today()),
                ..Baseline::default()
            };
        }
        _ => {
            let key = if other.index(4) == 0 { format!("new-{}", fresh % 3) } else { line.key };
            let lines = &mut Arc::make_mut(scenarios.entry(scenario.to_owned()).or_default()).changes.lines;
            let patch = lines.entry(key.clone()).or_insert_with(|| LinePatch::of(&key));
            patch.line.settings.put(knob, setting);
        }
    }
}

fn check(comparing: &mut Comparing, budget: &Budget) -> Result<(), TestCaseError> {
    let (keys, own) = (columns(budget), computed(budget));
    let followed = comparing.compare(budget, &own, &keys, catalog(), today());
    prop_assert_eq!(&followed, &Comparison::of(budget, &keys, catalog(), today()));
    for column in &followed.columns {
        let scenario = column.scenario.as_ref().map(|key| &budget.scenarios[key]);
        let applied = scenario.map(|scenario| apply(budget, scenario, catalog()));
        let whole = applied.as_ref().map_or(budget, |applied| &applied.budget);
        let estimate = computed(whole);
        prop_assert_eq!(&column.totals, &estimate.totals, "{:?}", column.scenario);
        prop_assert_eq!(&column.findings, &applied.as_ref().map_or(Vec::new(), |applied| applied.findings.clone()));
        let is_baseline = column.scenario == budget.baseline.scenario;
        let locked = is_baseline.then(|| since(whole, &estimate, catalog(), today())).flatten();
        prop_assert_eq!(&column.since, &locked);
    }
    Ok(())
}

proptest! {
    #![proptest_config(one_in(2))]

    #[test]
    fn a_comparison_that_follows_edits_is_the_whole_one(
        lines in lines(),
        steps in prop::collection::vec(
            (0_u8..20, any::<Index>(), any::<Index>(), edit()), 1..16),
    ) {
        let mut budget = budget(lines);
        let mut comparing = Comparing::default();
        check(&mut comparing, &budget)?;
        for (fresh, step) in steps.into_iter().enumerate() {
            change(&mut budget, step, fresh);
            check(&mut comparing, &budget)?;
        }
    }
}

/// A project whose every line has a price, so that totals follow by the difference.
fn priced(lines: usize) -> Budget {
    let one = |at: usize| line(&format!("l{at}"), &[(Knob::Finals, &(1 + at % 7).to_string())]);
    let scenario = |assumed: &[(Knob, &str)], patched: &[(Knob, &str)]| {
        let patch = LinePatch { remove: None, line: line("l3", patched) };
        let lines = if patched.is_empty() { Changes::default().lines } else { [("l3".to_owned(), patch)].into() };
        let changes = Changes { assumptions: settings(assumed), lines, ..Changes::default() };
        Arc::new(Scenario { changes, ..Scenario::default() })
    };
    let scenarios = [
        ("slow".to_owned(), scenario(&[(Knob::Retry, "2.5")], &[])),
        ("one".to_owned(), scenario(&[], &[(Knob::Quality, "high")])),
        ("both".to_owned(), scenario(&[(Knob::Buffer, "10%")], &[(Knob::Finals, "50")])),
    ];
    Budget {
        assumptions: settings(&[(Knob::Quality, "low"), (Knob::Size, "1024x1024")]),
        scenarios: scenarios.into(),
        ..budget((0..lines).map(one).collect())
    }
}

#[test]
fn edits_of_priced_lines_are_followed_near_and_far_apart() {
    let mut budget = priced(2_500);
    let mut comparing = Comparing::default();
    let mut next = |budget: &Budget| check(&mut comparing, budget).unwrap();
    next(&budget);
    let set = |budget: &mut Budget, at: usize, text: &str| {
        budget.lines[at].settings =
            budget.lines[at].settings.clone().with(Knob::Finals, retake::cost::Value::Count(text.parse().unwrap()));
    };
    // One alone, two far apart, the one that scenarios name, a move, lines that come and go, very many at once.
    set(&mut budget, 7, "9");
    next(&budget);
    set(&mut budget, 0, "100");
    set(&mut budget, 2_499, "0");
    next(&budget);
    set(&mut budget, 3, "8");
    next(&budget);
    budget.lines.swap(3, 4);
    next(&budget);
    let gone = budget.lines.remove(4);
    next(&budget);
    budget.lines.insert(10, gone);
    budget.lines.insert(11, line("fresh", &[(Knob::Finals, "3"), (Knob::Quality, "medium")]).into());
    next(&budget);
    (100..1_000).for_each(|at| set(&mut budget, at, "2"));
    next(&budget);
    budget.assumptions = budget
        .assumptions
        .clone()
        .with(Knob::Cap, retake::cost::Value::Cap(retake::cost::budget::Cap { amount: dec("5"), currency: None }));
    next(&budget);
    // A line without a price, and its price again.
    budget.lines[5].settings.put(Knob::Finals, Some(Setting::Unreadable));
    next(&budget);
    set(&mut budget, 5, "4");
    next(&budget);
    budget.assumptions.put(Knob::Quality, settings(&[(Knob::Quality, "medium")]).get(Knob::Quality).cloned());
    next(&budget);
}
