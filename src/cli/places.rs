//! An estimate's issues as problems of a file: at the place of the value that each is about, each cause once.

use crate::app::model::issues::untold;
use crate::cost::base::near::near_miss;
use crate::cost::estimate::heirs::{Grouped, layer};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Estimate, Knob, Layer};
use crate::diagnostics::{Code, Level, Origin, Problem};
use crate::figures;
use crate::project::Origins;
use crate::words::{self, Explanation};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the position of the value that an issue is about.
pub(super) struct Places<'a> {
    pub(super) origins: &'a Origins,
    /// The scenario that was applied, by its key.
    pub(super) scenario: Option<&'a str>,
    /// Knobs changed by `--set`: their place is the command line.
    pub(super) changed: &'a [(Option<String>, Knob)],
    pub(super) estimate: &'a Estimate,
    pub(super) lines: BTreeMap<&'a str, &'a LineEstimate>,
    pub(super) budget: &'a Budget,
}

impl<'a> Places<'a> {
    /// The places of an estimate's values, under the scenario that it was computed with.
    pub(super) fn of(
        origins: &'a Origins,
        scenario: Option<&'a str>,
        changed: &'a [(Option<String>, Knob)],
        (budget, estimate): (&'a Budget, &'a Estimate),
    ) -> Places<'a> {
        let lines = estimate.lines.iter().map(|line| (line.key.as_str(), line)).collect();
        Places { origins, scenario, changed, estimate, lines, budget }
    }
}

impl Places<'_> {
    /// The issues that the file's own problems do not report yet. Where those report an inherited value that cannot be read,
    /// they are told its heirs.
    pub(super) fn all(&self, problems: &mut [Problem]) -> Vec<Problem> {
        let untold = untold(self.estimate, problems);
        for (index, heirs) in &untold.heirs {
            if let Some(problem) = problems.get_mut(*index) {
                problem.message = words::issue_inherited(&problem.message, heirs);
            }
        }
        untold.groups.iter().map(|group| self.problem(group)).collect()
    }

    fn problem(&self, group: &Grouped<'_>) -> Problem {
        let kind = &group.issue.kind;
        let told = self.left_without(group.issue).unwrap_or_else(|| figures::issue(group.issue, &self.budget.shown));
        let told = words::with_heirs(told, group);
        let problem = Problem::new(kind.code(), told.message).with_allowed(told.allowed).with_remedy(told.remedy);
        let origin = self.origin(group.issue);
        let (file, position) = origin.map_or((None, None), |origin| (origin.file, origin.position));
        problem.with_key(words::grouped_key(group)).at(file.as_deref(), position)
    }

    /// A fee whose deliverables the scenario took out, which the fee itself still names.
    fn left_without(&self, issue: &Issue) -> Option<Explanation> {
        let (IssueKind::FeeNamesNone { fee }, Some(scenario)) = (&issue.kind, self.scenario) else { return None };
        let listed = format!("{}.{}", words::scenario_key(scenario), words::issue_key(issue));
        let told = || words::fee_left_without(scenario, fee);
        self.origins.field(&listed).is_none().then(told)
    }

    fn origin(&self, issue: &Issue) -> Option<Origin> {
        let Some(knob) = issue.knob else {
            return self.of_table(issue);
        };
        if knob == Knob::Cap {
            let own = self.budget.assumptions.get(knob).is_some();
            return self.at(None, knob, if own { Layer::Project } else { Layer::Team });
        }
        let line = match (&issue.deliverable, &issue.kind) {
            (Some(key), _) => self.lines.get(key.as_str()).copied(),
            (None, IssueKind::ModelShutDown { model, .. } | IssueKind::ModelShutsDown { model, .. }) => {
                self.estimate.lines.iter().find(|line| line.deliverable.model.value.id == *model)
            }
            (None, _) => None,
        }?;
        self.at(Some(&line.key), knob, layer(&line.deliverable, knob))
    }

    /// The place of an issue about no single value of a deliverable: a fee's key, or the table of a deliverable. A scenario may
    /// change that key, or add the fee or the deliverable.
    fn of_table(&self, issue: &Issue) -> Option<Origin> {
        let key = words::issue_key(issue);
        let table = self.scenario.map(words::scenario_key);
        let of_scenario = |table: &String| self.origins.field(&format!("{table}.{key}")).cloned();
        let line = || issue.deliverable.as_deref().and_then(|key| self.origins.deliverable(key));
        let own = table.as_ref().and_then(of_scenario).or_else(line).or_else(|| self.origins.field(&key).cloned());
        let may_be_added = issue.deliverable.is_some() || key.starts_with("fee.") || key.starts_with("risk.");
        own.or_else(|| table.filter(|_| may_be_added).and_then(|table| self.origins.field(&table).cloned()))
    }

    fn at(&self, line: Option<&str>, knob: Knob, layer: Layer) -> Option<Origin> {
        let place = if layer == Layer::Deliverable { line } else { None };
        let set = self.changed.iter().any(|(changed, k)| changed.as_deref() == place && *k == knob);
        let ours = matches!(layer, Layer::Deliverable | Layer::Project);
        (!(set && ours)).then(|| self.origins.knob_under(self.scenario, line, knob, layer))
    }

    /// What counts nothing: a project without deliverables, a deliverable without finals. A slip in the name of either is the
    /// cause then, and told already.
    pub(super) fn uncounted(&self, problems: &[Problem]) -> Vec<Problem> {
        if self.estimate.lines.is_empty() {
            // Of an empty file the first thing that it lacks is enough.
            let unversioned = problems.iter().any(|problem| problem.code == Code::VersionMissing);
            if unversioned && *self.budget == Budget::default() {
                return Vec::new();
            }
            let unread = |problem: &Problem| problem.key == "deliverable" && problem.level == Level::Error;
            let told = problems.iter().any(|problem| unread(problem) || slips(problem, "", "deliverable"));
            let problem = Problem::new(Code::NoDeliverables, words::no_deliverables());
            return if told { Vec::new() } else { vec![problem.with_remedy(words::no_deliverables_remedy())] };
        }
        let near = problems.iter().filter(|problem| problem.code == Code::KeyNear);
        let slipped: BTreeSet<&str> = near
            .filter_map(|problem| problem.key.rsplit_once('.'))
            .filter(|(_, key)| near_miss(key, ["finals"]).is_some())
            .map(|(table, _)| table)
            .collect();
        let without = self.estimate.lines.iter().filter(|line| {
            let finals = &line.deliverable.finals;
            finals.readable && finals.value == 0
        });
        let without = without.map(|line| (&line.key, words::deliverable_key(&line.key)));
        without
            .filter(|(_, key)| !slipped.contains(key.as_str()))
            .map(|(line, key)| self.no_finals(line, key))
            .collect()
    }

    fn no_finals(&self, line: &str, key: String) -> Problem {
        let origin = self.origins.deliverable(line);
        let (file, position) = origin.map_or((None, None), |origin| (origin.file, origin.position));
        let problem = Problem::new(Code::NoFinals, words::no_finals(&key)).with_remedy(words::no_finals_remedy());
        problem.with_key(format!("{key}.finals")).at(file.as_deref(), position)
    }
}

/// Whether a problem is a slip in a key of a table (the top: "") that misses this one.
pub(super) fn slips(problem: &Problem, table: &str, key: &str) -> bool {
    let (above, last) = problem.key.rsplit_once('.').unwrap_or(("", &problem.key));
    problem.code == Code::KeyNear && above == table && near_miss(last, [key]).is_some()
}
