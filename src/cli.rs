//! Commands: what the dashboard shows, without a screen.
//!
//! A command is a function from arguments to an [`Answer`]; only [`main`] touches stdout and stderr, so that a closed pipe or
//! a full disk is handled in one place.

mod answer;
mod args;
mod check;
mod compare;
mod completions;
mod dashboard;
mod estimate;
mod guard;
mod import;
mod keys;
mod levers;
mod merge;
mod new;
mod open;
mod picture;
mod places;
mod rates;
mod rates_import;
mod risk;
mod scenario;
mod set;
mod set_fee;
mod set_lines;
mod set_risk;
mod size;
mod spelling;
mod templates;
mod themes;
mod tokens;
mod where_;

use crate::config::paths::Paths;
use crate::system::files::survive_file_limit;
use clap::ArgMatches;
use jiff::Zoned;
use jiff::civil::Date;
use std::ffi::OsString;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

pub use answer::{Answer, Exit};

/// Everything that a command may read besides its arguments.
pub struct Env<'a> {
    /// The stream that `-` reads.
    pub stdin: &'a mut dyn Read,
    /// The day used to judge the age of prices.
    pub today: Date,
    /// The user's own folders.
    pub paths: Paths,
}

/// The outcome of parsing the arguments.
pub enum Outcome {
    /// The answer of a command that has run.
    Answer(Answer),
    /// Open the dashboard, with a project or without.
    Dashboard(Option<PathBuf>),
}

/// Runs the program with the process's arguments and streams.
#[must_use]
pub fn main() -> ExitCode {
    survive_file_limit();
    // Not locked: the dashboard reads keys from the same stream.
    let mut stdin = std::io::stdin();
    let paths = Paths::of_user();
    let mut env = Env { stdin: &mut stdin, today: Zoned::now().date(), paths };
    match dispatch(std::env::args_os(), &mut env) {
        Outcome::Answer(answer) => answer.print(),
        Outcome::Dashboard(file) => dashboard::show(file, &mut env),
    }
}

/// Runs the command in the arguments (the program's name first), except the dashboard.
pub fn dispatch(args: impl IntoIterator<Item = OsString>, env: &mut Env<'_>) -> Outcome {
    let args = spelling::with_help(args.into_iter().collect());
    if let Some(problem) = spelling::misspelled(&args) {
        return Outcome::Answer(Answer::refused(&[problem], Exit::BadInput));
    }
    let matches = match args::command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return Outcome::Answer(Answer::usage(&error)),
    };
    let answer = match matches.subcommand() {
        Some(("estimate", args)) => estimate::run(args, env),
        Some(("check", args)) => check::run(args, env),
        Some(("levers", args)) => levers::levers(args, env),
        Some(("goal", args)) => levers::goal(args, env),
        Some(("risk", args)) => risk::run(args, env),
        Some(("compare", args)) => compare::run(args, env),
        Some(("size", args)) => size::run(args),
        Some(("rates", args)) => rates::run(args, env),
        Some(("tokens", args)) => tokens::run(args, env),
        Some(("new", args)) => new::run(args),
        Some(("import", args)) => import::run(args, env),
        Some(("merge", args)) => merge::run(args),
        Some(("keys", args)) => keys::run(args, &env.paths),
        Some(("themes", args)) => themes::run(args, &env.paths),
        Some(("where", args)) => where_::run(args, &env.paths),
        Some(("completions", args)) => completions::completions(args),
        Some(("man", _)) => completions::man(),
        _ => match path(&matches, "file").map(|file| open::find(&file)).transpose() {
            Ok(file) => return Outcome::Dashboard(file),
            Err(refused) => refused.answer(),
        },
    };
    Outcome::Answer(answer)
}

fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(name).cloned()
}
