//! `retake risk`, and the percentile that `retake check --confidence` compares with a cap.

use super::Env;
use super::answer::{Answer, Exit};
use super::open::{self, EstimatedProject};
use crate::cost::Decimal;
use crate::cost::budget::Cap;
use crate::cost::estimate::Limit;
use crate::cost::risk::Risk;
use crate::diagnostics::{Code, Problem};
use crate::report::{Format, Formulas, RiskReport};
use crate::{figures, words};
use clap::ArgMatches;

/// Runs `retake risk`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    answered(args, env).unwrap_or_else(|refused| *refused)
}

fn answered(args: &ArgMatches, env: &mut Env<'_>) -> Result<Answer, Box<Answer>> {
    let (project, format) = open::asked_for(args, env)?;
    let risk = Risk::of(&project.budget, &project.estimate, project.catalog);
    let told = RiskReport { report: project.report(), risk: risk.as_ref().map_err(|missing| *missing) };
    let exit = if project.has_errors() { Exit::BadInput } else { Exit::Done };
    let answer = Answer { exit, ..Answer::done(told.write(format, Formulas::Defanged)) };
    Ok(if format == Format::Json { answer } else { answer.telling(&project.problems) })
}

/// The percentile of `--confidence`, from 1 to 99.
///
/// # Errors
/// What it has to look like.
pub(super) fn confidence(args: &ArgMatches) -> Result<Option<u8>, Box<Problem>> {
    let Some(typed) = args.get_one::<String>("confidence") else { return Ok(None) };
    let number = typed.strip_prefix(['P', 'p']).unwrap_or_default();
    let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match number.parse::<u8>().ok().filter(|percent| is_plain && (1..=99).contains(percent)) {
        Some(percent) => Ok(Some(percent)),
        None => {
            let found = Problem::new(Code::ConfidenceRefused, words::check_confidence_form(typed));
            let found = found.with_key("--confidence").with_allowed(words::check_confidence_allowed());
            Err(Box::new(found.with_remedy(words::check_confidence_remedy())))
        }
    }
}

/// A percentile of a project compared with a cap.
pub(super) struct Percentile {
    /// Its name, `P80`.
    pub(super) name: String,
    /// USD; `None` if it is not known or withheld.
    pub(super) amount: Option<Decimal>,
    /// Whether it is over the cap, or not known to be within.
    pub(super) over: bool,
    /// The last line of its file, without the file, if it is within.
    pub(super) within: Option<Within>,
}

/// The parts of the last line.
pub(super) struct Within {
    pub(super) share: String,
    pub(super) amount: String,
    pub(super) cap: String,
}

/// Compares a percentile with `max`, or with the file's own cap; what is wrong joins the project's problems.
pub(super) fn against(percent: u8, max: Option<Cap>, counted: &mut EstimatedProject) -> Percentile {
    let name = figures::percentile_name(percent);
    let unknown = |over| Percentile { name: name.clone(), amount: None, over, within: None };
    let Some(cap) = max.or_else(|| counted.budget.cap()) else {
        let problem = Problem::new(Code::NoCap, words::check_confidence_no_cap(&name)).with_key("--confidence");
        counted.problems.push(problem.with_remedy(words::goal_no_cap_remedy()));
        return unknown(false);
    };
    let risk = Risk::of(&counted.budget, &counted.estimate, counted.catalog);
    let told = risk.ok().filter(|risk| risk.withheld(percent).is_none()).map(|risk| risk.percentile(percent));
    let limit = Limit::of(&counted.budget.shown, cap).ok();
    let compared = told.zip(limit).and_then(|(usd, limit)| Some((usd, limit.admits(usd)?, limit.currency)));
    let Some((usd, admitted, currency)) = compared else {
        let problem = Problem::new(Code::PercentileUnproven, words::check_percentile_unproven(&name));
        counted.problems.push(problem.with_key("--confidence"));
        return unknown(true);
    };
    let approximate = counted.estimate.totals.approximate;
    let share = figures::share_below(percent);
    let amount = figures::Amount::of(&counted.budget.shown, usd).about_if(approximate).to_string();
    let cap = words::cap(cap, currency).to_string();
    if !admitted {
        let told = words::check_over_at(&name, &share, &amount, &cap);
        counted.problems.push(Problem::new(Code::OverAtConfidence, told).with_key("--confidence"));
    }
    let within = admitted.then_some(Within { share, amount, cap });
    Percentile { name, amount: Some(usd), over: !admitted, within }
}
