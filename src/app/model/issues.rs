//! What is wrong, without repetition: the issues of an estimate that the problems of its file do not report already, those with
//! one cause together.

use crate::cost::Estimate;
use crate::cost::estimate::heirs::{Grouped, grouped};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::diagnostics::{Level, Problem};
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

/// What the problems of a file already report.
struct Said<'p> {
    /// Code and key of each.
    all: BTreeSet<(&'static str, &'p str)>,
    has_errors: bool,
}

impl Said<'_> {
    fn reports(&self, issue: &Issue) -> bool {
        let code = issue.kind.code();
        if issue.kind == IssueKind::Unreadable && self.has_errors {
            return true;
        }
        // Few codes are in both lists: of a hundred thousand issues hardly one has its key spelled out.
        let anywhere = self.all.range((code, "")..).next().is_some_and(|(said, _)| *said == code);
        anywhere && (issue.deliverable.is_none() || self.all.contains(&(code, words::issue_key(issue).as_str())))
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
    for group in all {
        if said.reports(group.issue) {
            untold.heirs.extend(reported(&group, problems).map(|index| (index, group.heirs)));
        } else if !(wrong && matches!(group.issue.kind, IssueKind::TotalUnknown { .. })) {
            untold.groups.push(group);
        }
    }
    untold
}

/// The problem of the inherited value that deliverables share and that cannot be read.
fn reported(group: &Grouped<'_>, problems: &[Problem]) -> Option<usize> {
    if !group.is_shared() || group.layer.is_none() {
        return None;
    }
    let key = words::grouped_key(group);
    problems.iter().position(|problem| problem.key == key && problem.level == Level::Error)
}
