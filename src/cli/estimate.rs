//! `retake estimate`: prints a project's estimate.

use super::answer::{Answer, Exit};
use super::{Env, open, picture};
use crate::diagnostics::Level;
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
    let errors = counted.problems.iter().filter(|problem| problem.level == Level::Error).count();
    if errors > 0 {
        answer.stderr.push_str(&words::cli_estimate_incomplete(errors));
        answer.stderr.push('\n');
    }
    answer
}

/// A picture of the screen; what is wrong with the file is told beside it.
fn drawn(counted: open::EstimatedProject) -> Answer {
    let exit = if counted.has_errors() { Exit::BadInput } else { Exit::Done };
    if counted.unparsable {
        return Answer::refused(&counted.problems, exit);
    }
    let problems = counted.problems.clone();
    let answer = Answer { exit, ..Answer::done(picture::write(counted)) };
    answer.telling(&problems)
}
