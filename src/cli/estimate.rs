//! `retake estimate`: prints a project's estimate.

use super::answer::{Answer, Exit};
use super::open::EstimatedProject;
use super::{Env, open, picture};
use crate::diagnostics::{Level, Problem};
use crate::report::{Format, Formulas};
use crate::words;
use clap::ArgMatches;

/// Runs `retake estimate`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let (catalog, of_cards) = match open::catalog_with(&env.paths) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let file = super::path(args, "file").unwrap_or_default();
    let opened = open::find(&file).and_then(|file| open::open_estimated(&file, args, env, catalog));
    let mut counted = match opened {
        Ok(counted) => counted,
        Err(refused) => return refused.answer(),
    };
    counted.problems.extend(of_cards);
    if args.get_one::<String>("format").is_some_and(|name| name == picture::NAME) {
        return drawn(counted);
    }
    let format = args.get_one::<String>("format").and_then(|name| Format::named(name)).unwrap_or(Format::Text);
    let exit = if counted.has_errors() { Exit::BadInput } else { Exit::Done };
    if counted.unparsable && !format.of_anything() {
        return Answer::refused(&counted.problems, exit);
    }
    let formulas = if args.get_flag("raw-csv") { Formulas::Raw } else { Formulas::Defanged };
    let stdout = format.write(&counted.report(), formulas);
    let answer = Answer { exit, ..Answer::done(stdout) };
    let mut answer = if format.tells_problems() { answer } else { answer.telling(&counted.problems) };
    let errors = counted.problems.iter().filter(|problem| problem.level == Level::Error);
    let (here, elsewhere): (Vec<&Problem>, _) = errors.partition(|problem| concerns(problem, &counted));
    let told = match (here.len(), elsewhere.len()) {
        (0, 0) => return answer,
        (0, count) => words::cli_estimate_errors_elsewhere(count),
        (count, _) => words::cli_estimate_incomplete(count),
    };
    answer.stderr.push_str(&told);
    answer.stderr.push('\n');
    answer
}

/// A picture of the screen; what is wrong with the file is told beside it.
fn drawn(counted: EstimatedProject) -> Answer {
    let exit = if counted.has_errors() { Exit::BadInput } else { Exit::Done };
    if counted.unparsable {
        return Answer::refused(&counted.problems, exit);
    }
    let problems = counted.problems.clone();
    let answer = Answer { exit, ..Answer::done(picture::write(counted)) };
    answer.telling(&problems)
}

/// Whether a problem may concern the figures: not one of another scenario, or of what scenarios are compared with.
fn concerns(problem: &Problem, counted: &EstimatedProject) -> bool {
    let within =
        |table: &str| problem.key.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let own = counted.under.as_ref().map(|under| words::scenario_key(&under.key));
    own.is_some_and(|table| within(&table)) || !(within("scenario") || within("baseline"))
}
