//! `retake estimate`: prints a project's estimate.

use super::answer::{Answer, Exit};
use super::{Env, open};
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
