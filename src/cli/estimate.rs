//! `retake estimate`: prints a project's estimate.

use super::answer::{Answer, Exit, listed};
use super::{Env, open};
use crate::diagnostics::Level;
use crate::report::{self, Formulas};
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
    let format = args.get_one::<String>("format").map_or("text", String::as_str);
    let exit = if counted.has_errors() { Exit::BadInput } else { Exit::Done };
    if counted.unparsable && format != "json" {
        return Answer::refused(&counted.problems, exit);
    }
    let report = counted.report();
    let formulas = if args.get_flag("raw-csv") { Formulas::Raw } else { Formulas::Defanged };
    let stdout = match format {
        "json" => report::json(&report),
        "csv" => report::csv(&report, formulas),
        "markdown" => report::markdown(&report),
        _ => report::text(&report),
    };
    // CSV has no place for problems; the other formats include them all.
    let mut stderr = if format == "csv" { listed(&counted.problems) } else { String::new() };
    let errors = counted.problems.iter().filter(|problem| problem.level == Level::Error).count();
    if errors > 0 {
        stderr.push_str(&words::cli_estimate_incomplete(errors));
        stderr.push('\n');
    }
    Answer { stdout, stderr, exit }
}
