//! `--scenario NAME`: a scenario of the project put on its budget, with what is doubtful about it.

use super::open::EstimatedProject;
use super::places::Places;
use crate::cost::budget::Scenario;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::budget::scenario::ChangePath;
use crate::cost::scenario::content::Lookup;
use crate::cost::scenario::{Applied, Finding, FindingKind, Target, apply};
use crate::cost::{Budget, Catalog, Estimate};
use crate::diagnostics::{Code, Level, Origin, Problem};
use crate::project::Origins;
use crate::report::{ReportedChange, ReportedScenario};
use crate::words;
use jiff::civil::Date;
use std::collections::HashSet;
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

    /// Notes which of its changes `--set` has replaced in this budget.
    pub(super) fn note_set(&mut self, budget: &Budget, catalog: &Catalog) {
        let now = Lookup::new(budget, catalog);
        for change in &mut self.told.changes {
            let content = now.content(&change.path);
            change.set = (!now.same(&change.path, &content, &change.to)).then_some(content);
        }
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
    let gone = applied.findings.iter().filter(|found| found.kind == FindingKind::Gone);
    let gone: HashSet<Target<'_>> = gone.filter_map(|found| Target::of(&found.path)).collect();
    let counts = |path: &ChangePath| Target::of(path).is_none_or(|target| !gone.contains(&target));
    let changes = scenario.changes.effective_paths().into_iter().filter(counts).map(|path| ReportedChange {
        from: before.content(&path),
        to: after.content(&path),
        set: None,
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

/// What is doubtful about all scenarios of a project that is counted without one, and what is wrong under each. No figure of the
/// project lacks anything for it, so nothing is an error.
pub(super) fn doubts(counted: &EstimatedProject) -> Vec<Problem> {
    let EstimatedProject { budget, estimate, catalog, problems, of_file, today, origins, .. } = counted;
    let file = problems.get(..*of_file).unwrap_or_default();
    let read = Read { budget, estimate, origins, problems: file, catalog, today: *today };
    let own = read.own_errors();
    let of_one = |(key, scenario): (&String, &Arc<Scenario>)| {
        let applied = apply(budget, scenario, catalog);
        let told = applied.findings.iter().map(|finding| problem(key, finding, origins));
        let errors = read.errors(key, &applied, &own).into_iter().filter(|problem| !own.contains(problem));
        told.chain(errors).collect::<Vec<_>>()
    };
    let all = budget.scenarios.iter().flat_map(of_one);
    all.map(|problem| Problem { level: problem.level.max(Level::Warning), ..problem }).collect()
}

/// A project as it was read, with its estimate.
pub(super) struct Read<'a> {
    pub(super) budget: &'a Budget,
    pub(super) estimate: &'a Estimate,
    pub(super) origins: &'a Origins,
    /// The problems of the file.
    pub(super) problems: &'a [Problem],
    pub(super) catalog: &'a Catalog,
    pub(super) today: Date,
}

impl Read<'_> {
    /// The errors of the project itself.
    pub(super) fn own_errors(&self) -> Vec<Problem> {
        self.errors_of(None, self.budget, self.estimate)
    }

    /// The errors under a scenario; those that the project itself does not have name the scenario.
    pub(super) fn errors(&self, key: &str, applied: &Applied, own: &[Problem]) -> Vec<Problem> {
        let mut estimate = self.estimate.clone();
        applied.refresh(&mut estimate, self.catalog, self.today);
        let all = self.errors_of(Some(key), &applied.budget, &estimate).into_iter();
        let named = |problem: Problem| Problem {
            message: words::scenario_error(key, &problem.message),
            key: format!("{}.{}", words::scenario_key(key), problem.key),
            ..problem
        };
        all.map(|problem| if own.contains(&problem) { problem } else { named(problem) }).collect()
    }

    fn errors_of(&self, scenario: Option<&str>, budget: &Budget, estimate: &Estimate) -> Vec<Problem> {
        let places = Places::of(self.origins, scenario, &[], (budget, estimate));
        let all = places.all(&mut self.problems.to_vec()).into_iter();
        all.filter(|problem| problem.level == Level::Error).collect()
    }
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
