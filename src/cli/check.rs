//! `retake check`: whether a project's file is valid and its total within the cap.

use super::Env;
use super::answer::{Answer, Exit, listed};
use super::open::{self, EstimatedProject};
use crate::cost::budget::knob_text;
use crate::cost::budget::{Cap, Setting, Value};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::{CapState, against_cap};
use crate::cost::{Budget, Knob};
use crate::diagnostics::{Level, Problem};
use crate::figures::{self, Amount};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;

/// Runs `retake check`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let max = match args.get_one::<String>("max").map(|typed| limit(typed)).transpose() {
        Ok(max) => max,
        Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
    };
    let mut counted = match open::open_estimated(args, env) {
        Ok(counted) => counted,
        Err(answer) => return *answer,
    };
    if let Some(version) = counted.newer {
        // A value from a newer version, which this program does not know, could change the total.
        let problem = Problem::new(Level::Error, "newer-unproven", words::check_newer(version));
        counted.problems.push(problem.with_key("retake"));
    }
    let mut states = vec![against_cap(&counted.budget, &counted.estimate.totals)];
    if let Some(max) = max {
        let state = against_cap(&limited(&counted.budget, max), &counted.estimate.totals);
        counted.problems.extend(max_problem(state, &counted.budget));
        states.push(state);
    }
    if states.contains(&CapState::Unknown) {
        counted.problems.push(Problem::new(Level::Warning, "cap-unproven", words::cli_cap_unproven()));
    }
    let over = states
        .iter()
        .any(|state| matches!(state, CapState::Over { .. } | CapState::OverAtLeast { .. } | CapState::Unknown));
    let exit = match (counted.has_errors(), over) {
        (true, _) => Exit::BadInput,
        (false, true) => Exit::OverBudget,
        (false, false) => Exit::Done,
    };
    let mut stderr = listed(&counted.problems);
    let mut stdout = String::new();
    if exit == Exit::Done {
        stdout = format!("{}\n", sound(args, &counted, states.last().copied()));
    } else {
        stderr.push_str(&format!("{}\n", words::check_problem_count(counted.problems.len())));
    }
    Answer { stdout, stderr, exit }
}

fn limit(typed: &str) -> Result<Cap, Box<Problem>> {
    knob_text::cap(typed).map_err(|refusal| {
        let told = words::refusal(Knob::Cap, typed, &refusal);
        let found = Problem::new(Level::Error, "max-refused", told.message).with_key("--max");
        Box::new(found.with_allowed(told.allowed).with_remedy(told.remedy))
    })
}

fn limited(budget: &Budget, max: Cap) -> Budget {
    let mut limited = budget.clone();
    limited.assumptions.put(Knob::Cap, Some(Setting::Value(Value::Cap(max))));
    limited
}

/// The problem with `--max`, if any; the file's own cap is among the estimate's issues.
fn max_problem(state: CapState, budget: &Budget) -> Option<Problem> {
    let (level, kind) = match state {
        CapState::Over { total, cap, currency } => (Level::Warning, IssueKind::OverCap { total, cap, currency }),
        CapState::OverAtLeast { known, cap, currency } => {
            (Level::Warning, IssueKind::OverCapAtLeast { known, cap, currency })
        }
        CapState::WrongCurrency { cap, project } => (Level::Error, IssueKind::CapCurrency { cap, project }),
        CapState::None | CapState::Unknown | CapState::Within { .. } => return None,
    };
    let issue = Issue { deliverable: None, knob: Some(Knob::Cap), kind };
    let told = figures::issue(&issue, &budget.shown);
    let problem = Problem::new(level, issue.kind.code(), told.message).with_key("--max");
    Some(problem.with_allowed(told.allowed).with_remedy(told.remedy))
}

fn sound(args: &ArgMatches, counted: &EstimatedProject, state: Option<CapState>) -> String {
    let file = super::path(args, "file").unwrap_or_default();
    let file = safe(&file.display().to_string()).into_owned();
    match (state, counted.estimate.totals.total) {
        (Some(CapState::Within { total, cap, currency }), _) => words::check_within(
            file,
            Amount::in_currency(currency, total),
            words::cap(Cap { amount: cap, currency: None }, currency),
        ),
        (_, Some(total)) => words::check_total(file, Amount::of(&counted.budget.shown, total)),
        (_, None) => words::check_sound(file),
    }
}
