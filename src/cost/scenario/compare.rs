//! Scenarios side by side: which values differ between them, and what each costs.

use crate::cost::budget::scenario::ChangePath;
use crate::cost::budget::{Budget, Catalog};
use crate::cost::estimate::{Estimate, Totals, estimate};
use crate::cost::scenario::apply::apply;
use crate::cost::scenario::content::{Content, Lookup};
use crate::cost::scenario::finding::Finding;
use crate::cost::scenario::since::{Since, since};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// One scenario, or the project itself. Its budget and its lines are not kept: many scenarios of many lines would fill memory.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The baseline first.
    pub columns: Vec<Column>,
    /// The values that differ in any column: assumptions, deliverables in their order on screen, fees.
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
        let scenarios = keys.iter().flatten().filter_map(|key| base.scenarios.get(*key));
        let paths: BTreeSet<ChangePath> = scenarios.flat_map(|scenario| scenario.changes.effective_paths()).collect();
        let mut rows: Vec<Row> = paths.into_iter().map(|path| Row { path, contents: Vec::new() }).collect();
        let places: HashMap<&str, usize> =
            base.lines.iter().zip(0..).map(|(line, at)| (line.key.as_str(), at)).collect();
        rows.sort_by_key(|row| match &row.path {
            ChangePath::Assumption(_) => (0, 0),
            ChangePath::Line(key, _) => (1, places.get(key.as_str()).copied().unwrap_or(usize::MAX)),
            ChangePath::Fee(..) => (2, 0),
        });
        let columns = keys.iter().filter_map(|key| column(base, own, *key, &mut rows, (catalog, today))).collect();
        rows.retain(|row| row.contents.iter().any(|content| Some(content) != row.contents.first()));
        Comparison { columns, rows }
    }
}

/// The column of a scenario; adds its values to the rows.
fn column(
    base: &Budget,
    own: &Estimate,
    key: Option<&str>,
    rows: &mut [Row],
    (catalog, today): (&Catalog, Date),
) -> Option<Column> {
    let scenario = key.map(|key| base.scenarios.get(key)).map_or(Some(None), |found| found.map(Some))?;
    let applied = scenario.map(|scenario| apply(base, scenario, catalog));
    let (budget, findings) = match &applied {
        Some(applied) => (&applied.budget, applied.findings.clone()),
        None => (base, Vec::new()),
    };
    let mut estimate = own.clone();
    if let Some(applied) = &applied {
        applied.refresh(&mut estimate, catalog, today);
    }
    let lookup = Lookup::new(budget, catalog);
    rows.iter_mut().for_each(|row| row.contents.push(lookup.content(&row.path)));
    let is_baseline = key == base.baseline.scenario.as_deref();
    let since = is_baseline.then(|| since(budget, &estimate, catalog, today)).flatten();
    Some(Column { scenario: key.map(str::to_owned), totals: estimate.totals, findings, since })
}
