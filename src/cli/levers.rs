//! `retake levers` and `retake goal`: what you can change, and what fits a cap.

use super::Env;
use super::answer::{Answer, Exit};
use super::check::limit as parsed_cap;
use super::open::{self, EstimatedProject};
use super::risk;
use crate::cost::Knob;
use crate::cost::budget::Cap;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::estimate::Limit;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::cut;
use crate::cost::levers::goal::{Target, goals};
use crate::cost::levers::moves::{all_by, first_three};
use crate::cost::levers::sure::ComparedBy;
use crate::cost::levers::under_cap::ways;
use crate::cost::risk::Risk;
use crate::diagnostics::{Code, Problem};
use crate::report::{At, Format, Formulas, Goals, Levers};
use crate::{figures, words};
use clap::ArgMatches;

/// What both commands begin with: the project, and the only deliverable that is asked about.
struct Asked {
    project: EstimatedProject,
    only: Option<usize>,
    format: Format,
    /// The percentile that is compared in place of the total.
    percent: Option<u8>,
}

/// Runs `retake levers`.
pub(super) fn levers(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let levers = asked(args, env).and_then(|asked| asked.levers(args.get_flag("over-cap")));
    levers.unwrap_or_else(|refused| *refused)
}

/// Runs `retake goal`.
pub(super) fn goal(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let max = match args.get_one::<String>("max").map(|typed| parsed_cap(typed)).transpose() {
        Ok(max) => max,
        Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
    };
    let goal = asked(args, env).and_then(|asked| asked.goal(max));
    goal.unwrap_or_else(|refused| *refused)
}

fn asked(args: &ArgMatches, env: &mut Env<'_>) -> Result<Asked, Box<Answer>> {
    let refused = |problem: Box<Problem>| Box::new(Answer::refused(&[*problem], Exit::BadInput));
    let percent = risk::confidence(args).map_err(refused)?;
    let (project, format) = open::asked_for(args, env)?;
    let named = args.get_one::<String>("deliverable");
    let only = named.map(|key| deliverable(key, &project)).transpose().map_err(refused)?;
    Ok(Asked { project, only, format, percent })
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
    fn levers(&self, over_cap: bool) -> Result<Answer, Box<Answer>> {
        let EstimatedProject { budget, catalog, estimate, .. } = &self.project;
        let cap = over_cap.then(|| self.cap(None)).transpose()?;
        let compared = cap.map_or_else(|| self.compared(), |(cap, _)| ComparedBy::OverCap(cap));
        let risk = self.risk(compared);
        let over = cap.zip(risk.as_ref()).and_then(|((cap, _), risk)| risk.over(budget, cap));
        let at = At { compared, risk: risk.as_ref(), over };
        let trials = Trials::new(budget, catalog, estimate);
        let measure = compared.measure();
        let is_told = at.is_total() || at.before().is_some();
        let found = is_told.then(|| all_by(&trials, self.only, &*measure, &|| true)).flatten();
        let (moves, more) = found.unwrap_or_default();
        let together = first_three(&moves, &trials, &*measure);
        let report = self.project.report();
        let levers = Levers { report, trials: &trials, moves: &moves, together: together.as_ref(), more, at };
        Ok(self.answer(levers.write(self.format, Formulas::Defanged), is_told))
    }

    fn compared(&self) -> ComparedBy {
        self.percent.map_or(ComparedBy::Total, ComparedBy::Percentile)
    }

    /// How sure the total is, where that is asked for and known.
    fn risk(&self, compared: ComparedBy) -> Option<Risk> {
        let EstimatedProject { budget, catalog, estimate, .. } = &self.project;
        (compared != ComparedBy::Total).then(|| Risk::of(budget, estimate, catalog).ok()).flatten()
    }

    /// The cap of the command, or of the project, and the limit that it is.
    fn cap(&self, max: Option<Cap>) -> Result<(Cap, Limit<'_>), Box<Answer>> {
        let refused = |problem| Box::new(Answer::refused(&[problem], Exit::BadInput));
        let shown = &self.project.budget.shown;
        let Some(cap) = max.or_else(|| self.project.budget.cap()) else { return Err(refused(self.no_cap())) };
        let limit = Limit::of(shown, cap).map_err(|currency| {
            let kind = IssueKind::CapCurrency { cap: currency, project: shown.currency };
            let issue = Issue { deliverable: None, knob: Some(Knob::Cap), kind };
            let told = figures::issue(&issue, shown);
            let problem =
                Problem::new(issue.kind.code(), told.message).with_key(if max.is_some() { "--max" } else { "cap" });
            refused(problem.with_allowed(told.allowed).with_remedy(told.remedy))
        })?;
        Ok((cap, limit))
    }

    fn goal(&self, max: Option<Cap>) -> Result<Answer, Box<Answer>> {
        let EstimatedProject { budget, catalog, estimate, .. } = &self.project;
        let (_, limit) = self.cap(max)?;
        let compared = self.compared();
        let risk = self.risk(compared);
        let at = At { compared, risk: risk.as_ref(), over: None };
        let measure = compared.measure();
        let trials = Trials::new(budget, catalog, estimate);
        let target = Target { trials: &trials, limit, measure: &*measure };
        let going = &|| true;
        // Nothing stops a command but the user, who ends the whole program.
        let stopped = || Box::new(Answer::done(String::new()));
        let goals = goals(target, self.only, going).ok_or_else(stopped)?;
        let ways = ways(target, self.only, going).ok_or_else(stopped)?;
        let cut = cut::line(target, going).ok_or_else(stopped)?;
        let report = self.project.report();
        let found =
            Goals { report, trials: &trials, limit, goals: &goals, only: self.only, ways: &ways, cut: &cut, at };
        let is_told = at.is_total() || at.before().is_some();
        Ok(self.answer(found.write(self.format, Formulas::Defanged), is_told))
    }

    fn no_cap(&self) -> Problem {
        let unreadable = self.project.budget.cap_is_unreadable();
        let message = if unreadable { words::goal_cap_unreadable() } else { words::goal_no_cap() };
        Problem::new(Code::NoCap, message).with_key("cap").with_remedy(words::goal_no_cap_remedy())
    }

    /// The answer with the problems beside it: JSON has them in it. What is not told is within no cap, as `retake check` says.
    fn answer(&self, stdout: String, is_told: bool) -> Answer {
        let exit = match (self.project.has_errors(), is_told) {
            (true, _) => Exit::BadInput,
            (false, false) => Exit::OverBudget,
            (false, true) => Exit::Done,
        };
        let answer = Answer { exit, ..Answer::done(stdout) };
        if self.format == Format::Json { answer } else { answer.telling(&self.project.problems) }
    }
}
