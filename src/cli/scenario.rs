//! `--scenario NAME`: a scenario of the project put on its budget, with what is doubtful about it.

use crate::cost::budget::Scenario;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::scenario::content::Lookup;
use crate::cost::scenario::{Finding, FindingKind, apply};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Code, Level, Origin, Problem};
use crate::project::Origins;
use crate::report::{ReportedChange, ReportedScenario};
use crate::words;
use std::sync::Arc;

/// The scenario that a budget was put under.
pub(super) struct Under {
    /// Its key.
    pub(super) key: String,
    told: ReportedScenario,
}

impl Under {
    pub(super) fn reported(&self) -> &ReportedScenario {
        &self.told
    }
}

/// Applies a scenario to the budget and adds what is doubtful about it to the problems.
///
/// # Errors
/// If the project has no scenario of this key.
pub(super) fn put_under(
    budget: &mut Budget,
    problems: &mut Vec<Problem>,
    origins: &Origins,
    key: &str,
    catalog: &Catalog,
) -> Result<Under, Box<Problem>> {
    let Some(scenario) = budget.scenarios.get(key).cloned() else { return Err(Box::new(unknown(key, budget))) };
    let applied = apply(budget, &scenario, catalog);
    problems.extend(applied.findings.iter().map(|finding| problem(key, finding, origins)));
    let (before, after) = (Lookup::new(budget, catalog), Lookup::new(&applied.budget, catalog));
    let changes = scenario.changes.effective_paths().into_iter().map(|path| ReportedChange {
        from: before.content(&path),
        to: after.content(&path),
        place: origins.change(key, &path).map(|origin| place(&origin)).unwrap_or_default(),
        path,
    });
    let (name, note) = (scenario.name.clone(), scenario.note.clone());
    let told = ReportedScenario { key: key.to_owned(), name, note, changes: changes.collect() };
    *budget = applied.budget;
    Ok(Under { key: key.to_owned(), told })
}

fn place(origin: &Origin) -> String {
    match (&origin.file, origin.position) {
        (Some(file), Some(position)) => format!("{}:{}", file.display(), position.line),
        _ => String::new(),
    }
}

/// The problem with an unknown scenario: the nearest one, or all.
pub(super) fn unknown(key: &str, budget: &Budget) -> Problem {
    let keys = || budget.scenarios.keys().map(String::as_str);
    let found = Problem::new(Code::ScenarioUnknown, words::scenario_unknown(key)).with_key("--scenario");
    match nearest_word(key, keys()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None if budget.scenarios.is_empty() => found.with_remedy(words::scenario_unknown_remedy()),
        None => found.with_allowed(keys().collect::<Vec<_>>().join(", ")),
    }
}

/// What is doubtful about all scenarios of a project that is counted without one. No figure lacks anything for it, so nothing is
/// an error.
pub(super) fn doubts(budget: &Budget, origins: &Origins, catalog: &Catalog) -> Vec<Problem> {
    let of_one = |(key, scenario): (&String, &Arc<Scenario>)| {
        let told = apply(budget, scenario, catalog).findings;
        told.iter().map(|finding| problem(key, finding, origins)).collect::<Vec<_>>()
    };
    let all = budget.scenarios.iter().flat_map(of_one);
    all.map(|problem| Problem { level: problem.level.max(Level::Warning), ..problem }).collect()
}

/// What is doubtful about a change, as a problem at its place.
pub(super) fn problem(scenario: &str, finding: &Finding, origins: &Origins) -> Problem {
    let code = match finding.kind {
        FindingKind::Gone => Code::ScenarioGone,
        FindingKind::Moved { .. } => Code::ScenarioMoved,
        FindingKind::Same { .. } => Code::ScenarioSame,
    };
    let told = words::finding(finding);
    let origin = origins.change(scenario, &finding.path);
    let (file, position) = origin.map_or((None, None), |origin| (origin.file, origin.position));
    Problem::new(code, told.message)
        .with_remedy(told.remedy)
        .with_key(words::change_key(scenario, &finding.path))
        .at(file.as_deref(), position)
}
