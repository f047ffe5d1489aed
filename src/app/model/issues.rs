//! What is wrong, without repetition: the issues of an estimate that the problems of its file do not report already, those with
//! one cause together.

use crate::cost::Estimate;
use crate::cost::estimate::heirs::{Grouped, grouped};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::risk_fault::RiskFault;
use crate::diagnostics::{Code, Level, Problem};
use crate::words;
use std::collections::BTreeSet;

/// The issues beside the problems of a file.
#[derive(Clone, Debug, Default)]
pub struct Untold<'a> {
    /// Issues that no problem reports, each cause once.
    pub groups: Vec<Grouped<'a>>,
    /// Problems of inherited values that cannot be read: the index of each, and how many deliverables inherit it (2 or more).
    pub heirs: Vec<(usize, usize)>,
}

/// The codes and keys that the problems of a file already report.
struct Said<'p> {
    /// Code and key of each.
    all: BTreeSet<(Code, &'p str)>,
    has_errors: bool,
}

impl Said<'_> {
    fn reports(&self, issue: &Issue) -> bool {
        let code = Code::from(issue.kind.code());
        let unreadable = matches!(
            issue.kind,
            IssueKind::Unreadable
                | IssueKind::FeeUnreadable { .. }
                | IssueKind::Risk { fault: RiskFault::Unreadable(_), .. }
        );
        if unreadable && self.has_errors {
            return true;
        }
        if issue.kind == IssueKind::Unreadable {
            // A misspelt key within the value is a warning, and that the value cannot be read follows from it.
            return self.is_within(&words::issue_key(issue));
        }
        if let IssueKind::FeeUnreadable { fee, .. } = &issue.kind {
            // A key of the fee under another word is a warning too, and that the amount or unit is missing follows from it.
            return self.is_within(&words::fee_key(fee, None));
        }
        if let IssueKind::Risk { risk, fault: RiskFault::Unreadable(_) } = &issue.kind {
            return self.is_within(&words::risk_key(risk, None));
        }
        // Few codes are in both lists: of a hundred thousand issues hardly one has its key spelled out.
        let anywhere = self.all.range((code, "")..).next().is_some_and(|(said, _)| *said == code);
        let has_place = issue.deliverable.is_some() || is_of_a_table(&issue.kind);
        anywhere && (!has_place || self.all.contains(&(code, words::issue_key(issue).as_str())))
    }
}

/// Whether an issue is about one of several fees or named risks.
fn is_of_a_table(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::FeeIncomplete { .. }
            | IssueKind::FeeDeliverable { .. }
            | IssueKind::FeeKeyUnused { .. }
            | IssueKind::FeeNamesNone { .. }
            | IssueKind::Risk { .. }
    )
}

impl Said<'_> {
    /// Whether a problem is about a key within the value at this one.
    fn is_within(&self, key: &str) -> bool {
        self.all.iter().any(|(_, said)| said.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
    }
}

/// The issues that the file's own problems do not report yet.
#[must_use]
pub fn untold<'a>(estimate: &'a Estimate, problems: &[Problem]) -> Untold<'a> {
    let said = Said {
        all: problems.iter().map(|problem| (problem.code, problem.key.as_str())).collect(),
        has_errors: problems.iter().any(|problem| problem.level == Level::Error),
    };
    let all = grouped(estimate);
    // Each line without a price says why; where a value is wrong, that the total is unknown only follows.
    let wrong = said.has_errors || all.iter().any(|group| group.issue.kind.level() == Level::Error);
    let mut untold = Untold::default();
    let broken = broken_profiles(&all, problems);
    for group in all {
        let of_profile = |(_, name, _): &(usize, &str, usize)| is_of_profile(group.issue, name);
        if broken.iter().any(of_profile) {
            continue;
        }
        if said.reports(group.issue) {
            untold.heirs.extend(reported(&group, problems).map(|index| (index, group.heirs)));
        } else if !(wrong && matches!(group.issue.kind, IssueKind::TotalUnknown { .. })) {
            untold.groups.push(group);
        }
    }
    untold.heirs.extend(broken.iter().filter(|(.., heirs)| *heirs > 1).map(|(index, _, heirs)| (*index, *heirs)));
    untold
}

/// The first problem of each retry profile that cannot be read, the profile's name, and how many deliverables use it.
fn broken_profiles<'a>(groups: &[Grouped<'a>], problems: &[Problem]) -> Vec<(usize, &'a str, usize)> {
    let mut broken: Vec<(usize, &str, usize)> = Vec::new();
    for group in groups {
        let IssueKind::ProfileUnknown { name } = &group.issue.kind else { continue };
        if let Some((.., heirs)) = broken.iter_mut().find(|(_, known, _)| known == name) {
            *heirs += group.heirs;
            continue;
        }
        let table = words::retry_profile_key(name);
        let below = |problem: &Problem| {
            let rest = problem.key.strip_prefix(table.as_str());
            problem.level == Level::Error && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        broken.extend(problems.iter().position(below).map(|index| (index, name.as_str(), group.heirs)));
    }
    broken
}

fn is_of_profile(issue: &Issue, profile: &str) -> bool {
    matches!(&issue.kind, IssueKind::ProfileUnknown { name } if name == profile)
}

/// The problem of the inherited value that deliverables share and that cannot be read.
fn reported(group: &Grouped<'_>, problems: &[Problem]) -> Option<usize> {
    if !group.is_shared() || group.layer.is_none() {
        return None;
    }
    let key = words::grouped_key(group);
    problems.iter().position(|problem| problem.key == key && problem.level == Level::Error)
}
