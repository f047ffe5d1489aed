//! `retake levers` and `retake goal`: what you can change, and what fits a cap.

use super::Env;
use super::answer::{Answer, Exit};
use super::check::limit as parsed_cap;
use super::open::{self, EstimatedProject};
use crate::cost::Knob;
use crate::cost::budget::Cap;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::estimate::Limit;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::cut;
use crate::cost::levers::goal::{Target, goals};
use crate::cost::levers::measure::ExactTotal;
use crate::cost::levers::moves::{all, first_three};
use crate::cost::levers::table::Reach;
use crate::cost::levers::under_cap::ways;
use crate::diagnostics::{Code, Problem};
use crate::report::{Format, Formulas, Goals, Levers};
use crate::{figures, words};
use clap::ArgMatches;

/// What both commands begin with: the project, and the only deliverable that is asked about.
struct Asked {
    project: EstimatedProject,
    only: Option<usize>,
    format: Format,
}

/// Runs `retake levers`.
pub(super) fn levers(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    asked(args, env).map_or_else(|refused| *refused, |asked| asked.levers())
}

/// Runs `retake goal`.
pub(super) fn goal(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    // Accepting a percentile and answering for the total would be a wrong answer.
    if args.get_one::<String>("confidence").is_some() {
        let problem = Problem::new(Code::ConfidenceUnavailable, words::goal_no_confidence()).with_key("--confidence");
        return Answer::refused(&[problem.with_remedy(words::goal_no_confidence_remedy())], Exit::BadInput);
    }
    let max = match args.get_one::<String>("max").map(|typed| parsed_cap(typed)).transpose() {
        Ok(max) => max,
        Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
    };
    let goal = asked(args, env).and_then(|asked| asked.goal(max));
    goal.unwrap_or_else(|refused| *refused)
}

fn asked(args: &ArgMatches, env: &mut Env<'_>) -> Result<Asked, Box<Answer>> {
    let (project, format) = open::asked_for(args, env)?;
    let named = args.get_one::<String>("deliverable");
    let only = named.map(|key| deliverable(key, &project)).transpose().map_err(|problem| {
        let refused = Answer::refused(&[*problem], Exit::BadInput);
        Box::new(refused)
    })?;
    Ok(Asked { project, only, format })
}

fn deliverable(key: &str, project: &EstimatedProject) -> Result<usize, Box<Problem>> {
    let keys = || project.estimate.lines.iter().map(|line| line.key.as_str());
    if let Some(index) = keys().position(|known| known == key) {
        return Ok(index);
    }
    let found =
        Problem::new(Code::DeliverableUnknown, words::cli_set_deliverable_unknown(key)).with_key("--deliverable");
    Err(Box::new(match nearest_word(key, keys()) {
        Some(nearest) => found.with_remedy(words::did_you_mean(nearest)),
        None => found.with_allowed(keys().take(20).collect::<Vec<_>>().join(", ")),
    }))
}

impl Asked {
    fn levers(&self) -> Answer {
        let EstimatedProject { budget, catalog, estimate, .. } = &self.project;
        let trials = Trials::new(budget, catalog, estimate);
        let moves = all(&trials, self.only, Reach::Near, &|| true).unwrap_or_default();
        let together = first_three(&moves, &trials);
        let report = self.project.report();
        let levers = Levers { report, trials: &trials, moves: &moves, together: together.as_ref() };
        self.answer(levers.write(self.format, Formulas::Defanged))
    }

    fn goal(&self, max: Option<Cap>) -> Result<Answer, Box<Answer>> {
        let refused = |problem| Box::new(Answer::refused(&[problem], Exit::BadInput));
        let EstimatedProject { budget, catalog, estimate, .. } = &self.project;
        let Some(cap) = max.or_else(|| budget.cap()) else { return Err(refused(self.no_cap())) };
        let limit = Limit::of(&budget.shown, cap).map_err(|currency| {
            let kind = IssueKind::CapCurrency { cap: currency, project: budget.shown.currency };
            let issue = Issue { deliverable: None, knob: Some(Knob::Cap), kind };
            let told = figures::issue(&issue, &budget.shown);
            let problem =
                Problem::new(issue.kind.code(), told.message).with_key(if max.is_some() { "--max" } else { "cap" });
            refused(problem.with_allowed(told.allowed).with_remedy(told.remedy))
        })?;
        let trials = Trials::new(budget, catalog, estimate);
        let target = Target { trials: &trials, limit, measure: &ExactTotal };
        let going = &|| true;
        // Nothing stops a command but the user, who ends the whole program.
        let stopped = || Box::new(Answer::done(String::new()));
        let goals = goals(target, self.only, going).ok_or_else(stopped)?;
        let ways = ways(target, self.only, going).ok_or_else(stopped)?;
        let cut = cut::line(&trials, &limit, going).ok_or_else(stopped)?;
        let report = self.project.report();
        let found = Goals { report, trials: &trials, limit, goals: &goals, only: self.only, ways: &ways, cut: &cut };
        Ok(self.answer(found.write(self.format, Formulas::Defanged)))
    }

    fn no_cap(&self) -> Problem {
        let unreadable = self.project.budget.cap_is_unreadable();
        let message = if unreadable { words::goal_cap_unreadable() } else { words::goal_no_cap() };
        Problem::new(Code::NoCap, message).with_key("cap").with_remedy(words::goal_no_cap_remedy())
    }

    /// The answer with the problems beside it: JSON has them in it.
    fn answer(&self, stdout: String) -> Answer {
        let exit = if self.project.has_errors() { Exit::BadInput } else { Exit::Done };
        let answer = Answer { exit, ..Answer::done(stdout) };
        if self.format == Format::Json { answer } else { answer.telling(&self.project.problems) }
    }
}
