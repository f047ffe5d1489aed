//! The notes on the figures: problems of the file and issues of the estimate, in the order in which they are told.

use crate::app::model::issues::untold;
use crate::app::model::state::State;
use crate::cost::budget::resolve::Sourced;
use crate::cost::estimate::heirs::Grouped;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::scenario::finding::Finding;
use crate::diagnostics::{Level, Problem};
use crate::figures;
use crate::words;

/// A note. Its sentence is made when it is shown, because a project may have a hundred thousand notes.
#[derive(Clone, Copy)]
pub enum Told<'a> {
    /// A problem of the file, and how many deliverables inherit the value.
    Problem(&'a Problem, usize),
    /// An issue of the project, of the selected deliverable, or of a value that several inherit.
    Here(Grouped<'a>),
    /// An issue of another deliverable, with its key.
    Elsewhere(Grouped<'a>, &'a str),
    /// What is doubtful about a change of the scenario on screen.
    Scenario(&'a Finding),
    /// Deliverables without finals: the index of the first, and how many there are.
    NoFinals(usize, usize),
    /// How many named risks are on: the total is without them.
    NamedRisks(usize),
}

impl Told<'_> {
    /// Its level.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Told::Problem(problem, _) => problem.level,
            Told::Here(group) | Told::Elsewhere(group, _) => group.issue.kind.level(),
            Told::Scenario(finding) => finding.kind.level(),
            Told::NoFinals(..) | Told::NamedRisks(_) => Level::Note,
        }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self, state: &State) -> String {
        match self {
            Told::Problem(problem, 0) => problem.one_line(),
            Told::Problem(problem, heirs) => words::issue_inherited(problem.one_line(), heirs),
            Told::Here(group) => heirs_told(group, state),
            Told::Scenario(finding) => {
                let told = words::finding(finding);
                words::in_sentences(&told.message, &told.allowed, &told.remedy)
            }
            Told::NoFinals(first, count) => {
                let name = state.budget().lines.get(*first).map_or("", |line| line.title());
                if *count == 1 { words::issue_no_finals(name) } else { words::issue_no_finals_of(name, count - 1) }
            }
            Told::NamedRisks(count) => words::risk_without_named(count),
            Told::Elsewhere(group, key) => {
                // By its name, as the list on screen has it: its key may be that of a profile too.
                let line = state.budget().lines.iter().find(|line| line.key == *key);
                words::issue_of(line.map_or(*key, |line| line.title()), heirs_told(group, state))
            }
        }
    }
}

/// The deliverables that count nothing.
fn without_finals(state: &State) -> Option<Told<'_>> {
    let is_without = |finals: &Sourced<u64>| finals.readable && finals.value == 0;
    let lines = state.estimate().lines.iter().enumerate();
    let mut without = lines.filter(|(_, line)| is_without(&line.deliverable.finals)).map(|(at, _)| at);
    let first = without.next()?;
    Some(Told::NoFinals(first, 1 + without.count()))
}

/// The named risks that are on.
fn without_risks(state: &State) -> Option<Told<'_>> {
    let count = state.budget().all_risks().values().filter(|risk| risk.is_on()).count();
    (count > 0).then_some(Told::NamedRisks(count))
}

fn heirs_told(group: &Grouped<'_>, state: &State) -> String {
    if let Some(told) = left_without(group.issue, state) {
        return told;
    }
    words::with_heirs(figures::issue(group.issue, &state.budget().shown), group).message
}

/// A fee whose deliverables the scenario on screen took out, which the project's fee still names.
fn left_without(issue: &Issue, state: &State) -> Option<String> {
    let (IssueKind::FeeNamesNone { fee }, Some(scenario)) = (&issue.kind, state.project.scenario()) else {
        return None;
    };
    let own = state.base().scenarios.get(scenario).and_then(|scenario| scenario.changes.fees.get(fee));
    let is_taken = own.is_none_or(|fee| fee.deliverables.is_none());
    let named = state.base().fee(fee).is_some_and(|fee| fee.deliverables.is_some_and(|listed| !listed.is_empty()));
    (is_taken && named).then(|| words::fee_left_without(scenario, fee).message)
}

/// Problems of the file, then issues of the selected line, then of the project and the other lines.
#[must_use]
pub fn collected(state: &State) -> Vec<Told<'_>> {
    let line = state.line();
    let own = line.map(|line| line.key.as_str());
    let untold = untold(state.estimate(), state.project.problems());
    let is_own = |issue: &Issue| {
        let issues = line.into_iter().flat_map(|line| &line.issues);
        issues.into_iter().any(|other| (other.knob, &other.kind) == (issue.knob, &issue.kind))
    };
    let (first, rest): (Vec<Grouped<'_>>, Vec<Grouped<'_>>) =
        untold.groups.into_iter().partition(|group| match group.is_shared() {
            true => is_own(group.issue),
            false => own.is_some() && group.issue.deliverable.as_deref() == own,
        });
    let issues = first.into_iter().chain(rest).map(|group| match group.issue.deliverable.as_deref() {
        Some(key) if Some(key) != own && !group.is_shared() => Told::Elsewhere(group, key),
        _ => Told::Here(group),
    });
    let heirs = |index: usize| untold.heirs.iter().find(|(at, _)| *at == index).map_or(0, |(_, heirs)| *heirs);
    let problems = state.project.problems().iter().enumerate();
    let problems = problems.map(|(index, problem)| Told::Problem(problem, heirs(index)));
    let findings = state.project.findings().iter().map(Told::Scenario);
    let left_out = without_finals(state).into_iter().chain(without_risks(state));
    let mut told: Vec<Told<'_>> = problems.chain(findings).chain(issues).chain(left_out).collect();
    let weight = |level: Level| match level {
        Level::Error => 0,
        Level::Warning => 1,
        Level::Note => 2,
    };
    // Notes on the file, the project and the selection come before those on other deliverables.
    told.sort_by_key(|told| (matches!(told, Told::Elsewhere(..)), weight(told.level())));
    told
}
