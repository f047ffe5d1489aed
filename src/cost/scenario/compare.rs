//! Scenarios side by side: which values differ between them, and what each costs.

use crate::cost::budget::scenario::ChangePath;
use crate::cost::budget::{Budget, Catalog, Knob, SharedLine};
use crate::cost::estimate::{Estimate, Summed, Totals, estimate};
use crate::cost::scenario::apply::{Applied, apply};
use crate::cost::scenario::content::{Content, Lookup};
use crate::cost::scenario::finding::Finding;
use crate::cost::scenario::since::{Since, since, since_of};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One scenario, or the project itself. Its budget and its lines are not kept: many scenarios of many lines would fill memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The scenario's key; `None` for the project itself.
    pub scenario: Option<String>,
    /// What the whole project costs.
    pub totals: Totals,
    /// What is doubtful about the scenario.
    pub findings: Vec<Finding>,
    /// What became of the locked total; `None` if none is locked, or in another column than the baseline's.
    pub since: Option<Since>,
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where the value stands.
    pub path: ChangePath,
    /// The value in each column.
    pub contents: Vec<Content>,
}

/// Scenarios beside the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The baseline first.
    pub columns: Vec<Column>,
    /// The values that differ in any column: assumptions, deliverables in their order on screen, fees, risks.
    pub rows: Vec<Row>,
}

/// The columns of a comparison: the baseline, then the project itself and all scenarios that are not the baseline.
#[must_use]
pub fn columns(budget: &Budget) -> Vec<Option<&str>> {
    let baseline = budget.baseline.scenario.as_deref().filter(|key| budget.scenarios.contains_key(*key));
    let all = std::iter::once(None).chain(budget.scenarios.keys().map(|key| Some(key.as_str())));
    std::iter::once(baseline).chain(all.filter(|key| *key != baseline)).collect()
}

impl Comparison {
    /// Compares these scenarios (`None`: the project itself) with the first of them. Keys of unknown scenarios are left out.
    #[must_use]
    pub fn of(base: &Budget, keys: &[Option<&str>], catalog: &Catalog, today: Date) -> Comparison {
        Comparison::from(base, &estimate(base, catalog, today), keys, catalog, today)
    }

    /// The same from the estimate of the project itself.
    #[must_use]
    pub fn from(base: &Budget, own: &Estimate, keys: &[Option<&str>], catalog: &Catalog, today: Date) -> Comparison {
        Comparing::default().compare(base, own, keys, catalog, today)
    }
}

/// What a comparison is made from, kept from edit to edit: an edit computes its own line in each column, and the totals follow by
/// the difference. A column whose assumptions, fees or prices changed is computed as a whole.
#[derive(Debug, Clone, Default)]
pub struct Comparing {
    /// The project that the columns were computed from.
    before: Budget,
    columns: BTreeMap<String, Summed>,
}

/// What a comparison is made from this time.
#[derive(Clone, Copy)]
struct Now<'a> {
    base: &'a Budget,
    own: &'a Estimate,
    /// The project with those of its lines alone that a scenario names or that changed, as they were and as they are.
    parts: (&'a Budget, &'a Budget),
    catalog: &'a Catalog,
    today: Date,
}

impl Comparing {
    /// Compares these scenarios (`None`: the project itself) with the first of them. Keys of unknown scenarios are left out.
    pub fn compare(
        &mut self,
        base: &Budget,
        own: &Estimate,
        keys: &[Option<&str>],
        catalog: &Catalog,
        today: Date,
    ) -> Comparison {
        let changed = changed(&self.before.lines, &base.lines);
        if changed.is_none() {
            self.columns.clear();
        }
        let mut named = changed.unwrap_or_default();
        for scenario in self.before.scenarios.values().chain(base.scenarios.values()) {
            named.extend(scenario.changes.lines.keys().map(String::as_str));
        }
        let part = |budget: &Budget| {
            let lines = budget.lines.iter().filter(|line| named.contains(line.key.as_str()));
            Budget { lines: lines.cloned().collect(), baseline: budget.baseline.clone(), ..budget.bare() }
        };
        let (before, now) = (part(&self.before), part(base));
        drop(named);
        let now = Now { base, own, parts: (&before, &now), catalog, today };
        let mut rows = rows(base, keys, now.parts.1);
        let columns = keys.iter().filter_map(|key| self.column(now, *key, &mut rows)).collect();
        rows.retain(|row| row.contents.iter().any(|content| Some(content) != row.contents.first()));
        self.columns.retain(|key, _| keys.contains(&Some(key)));
        self.follow(base);
        Comparison { columns, rows }
    }

    /// The column of a scenario; adds its values to the rows.
    fn column(&mut self, now: Now<'_>, key: Option<&str>, rows: &mut [Row]) -> Option<Column> {
        let Now { base, own, parts, catalog, today } = now;
        let is_baseline = key == base.baseline.scenario.as_deref();
        let Some(key) = key else {
            let lookup = Lookup::new(parts.1, catalog);
            rows.iter_mut().for_each(|row| row.contents.push(lookup.content(&row.path)));
            let since = is_baseline.then(|| since(base, own, catalog, today)).flatten();
            return Some(Column { scenario: None, totals: own.totals.clone(), findings: Vec::new(), since });
        };
        let scenario = base.scenarios.get(key)?;
        let Applied { budget, findings, .. } = apply(parts.1, scenario, catalog);
        let lookup = Lookup::new(&budget, catalog);
        rows.iter_mut().for_each(|row| row.contents.push(lookup.content(&row.path)));
        let whole = || {
            let applied = apply(base, scenario, catalog);
            let mut estimate = own.clone();
            applied.refresh(&mut estimate, catalog, today);
            (applied.budget, estimate)
        };
        let with = |pins| {
            let then = Budget { pins, ..whole().0 };
            estimate(&then, catalog, today).totals.total
        };
        let summed = self.summed(now, key, &budget);
        let (totals, since) = match summed.and_then(|summed| Some((summed.totals()?, summed))) {
            Some((totals, summed)) => {
                let since = || since_of(&budget, &totals, &mut summed.models(), with);
                let since = is_baseline.then(since).flatten();
                self.columns.insert(key.to_owned(), summed);
                (totals, since)
            }
            // Only all the lines tell.
            None => {
                let (budget, estimate) = whole();
                let since = is_baseline.then(|| since(&budget, &estimate, catalog, today)).flatten();
                (estimate.totals, since)
            }
        };
        Some(Column { scenario: Some(key.to_owned()), totals, findings, since })
    }

    /// The sums of a scenario's lines. `applied`: the part of the project with the scenario's changes.
    fn summed(&mut self, now: Now<'_>, key: &str, applied: &Budget) -> Option<Summed> {
        let Now { base, own, parts, catalog, .. } = now;
        let bare = figures_of(applied);
        let kept = self.columns.remove(key).filter(|kept| kept.is_with(&bare));
        let kept = kept.and_then(|mut kept| {
            let was = apply(parts.0, self.before.scenarios.get(key)?, catalog).budget;
            kept.exchange(&was.lines, &applied.lines, catalog)?;
            Some(kept)
        });
        if kept.is_some() {
            return kept;
        }
        let mut summed = match figures_of(base) == bare {
            true => Summed::like(bare, own, catalog)?,
            false => Summed::of(bare, &base.lines, catalog)?,
        };
        summed.exchange(&parts.1.lines, &applied.lines, catalog)?;
        Some(summed)
    }

    /// Remembers the project for the next time.
    fn follow(&mut self, base: &Budget) {
        let (lines, scenarios) = (base.lines.clone(), base.scenarios.clone());
        self.before = Budget { lines, scenarios, ..base.bare() };
    }
}

/// What the figures of a project's lines depend on beside the lines. None depends on the cap or on named risks.
fn figures_of(budget: &Budget) -> Budget {
    let mut bare = budget.bare();
    bare.assumptions.put(Knob::Cap, None);
    bare.risks.clear();
    bare.team_risks.clear();
    bare
}

/// More lines than these are not followed one by one.
const FOLLOWED: usize = 256;

/// The keys of lines that are not on both sides alike: on both in their places, or between what both begin and end with. `None`
/// if they are many.
fn changed<'a>(before: &'a [SharedLine], now: &'a [SharedLine]) -> Option<HashSet<&'a str>> {
    let mut keys = HashSet::new();
    let mut note = |line: &'a SharedLine| {
        keys.insert(line.key.as_str());
        keys.len() <= FOLLOWED
    };
    let few = if before.len() == now.len() {
        let mut differing = before.iter().zip(now).filter(|(before, now)| before != now);
        differing.all(|(before, now)| note(before) && note(now))
    } else {
        let same = before.iter().zip(now).take_while(|(before, now)| before == now).count();
        let (before, now) = (&before[same..], &now[same..]);
        let end = before.iter().rev().zip(now.iter().rev()).take_while(|(before, now)| before == now).count();
        before[..before.len() - end].iter().chain(&now[..now.len() - end]).all(note)
    };
    few.then_some(keys)
}

/// A row for each value that one of these scenarios changes; the lines that they name are in `part`.
fn rows(base: &Budget, keys: &[Option<&str>], part: &Budget) -> Vec<Row> {
    let scenarios = keys.iter().flatten().filter_map(|key| base.scenarios.get(*key));
    let paths: BTreeSet<ChangePath> = scenarios.flat_map(|scenario| scenario.changes.effective_paths()).collect();
    let mut rows: Vec<Row> = paths.into_iter().map(|path| Row { path, contents: Vec::new() }).collect();
    let places: HashMap<&str, usize> = part.lines.iter().zip(0..).map(|(line, at)| (line.key.as_str(), at)).collect();
    rows.sort_by_key(|row| match &row.path {
        ChangePath::Assumption(_) => (0, 0),
        ChangePath::Line(key, _) => (1, places.get(key.as_str()).copied().unwrap_or(usize::MAX)),
        ChangePath::Fee(..) => (2, 0),
        ChangePath::Risk(..) => (3, 0),
    });
    rows
}
