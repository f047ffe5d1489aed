//! `retake import`: a list of deliverables becomes a new project on stdout, or is added to a project's file; stderr says what
//! was understood and what was not.
//!
//! Exit 0: every row that a person would count was taken. 1: some rows or all counts were not, the rest is written. 2: nothing is written.

mod outcome;
mod target;

use super::Env;
use super::answer::{Answer, Exit};
use super::open::{STDIN, catalog, refused};
use super::rates::wants_json;
use crate::cost::Decimal;
use crate::cost::base::limits::FILE_SIZE_MAX;
use crate::diagnostics::{Code, Problem};
use crate::project::open::list_problem;
use crate::project::store::{StoreError, StoreErrorKind, load_bytes};
use crate::report::pretty;
use crate::tables::{ParsedList, apply, read_file};
use crate::words;
use crate::words::number::grouped;
use crate::words::safe::safe;
use clap::ArgMatches;
use outcome::{Outcome, problems};
use std::io::Read;
use std::path::{Path, PathBuf};
use target::Target;

/// Runs `retake import`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    imported(args, env).unwrap_or_else(|answer| *answer)
}

fn imported(args: &ArgMatches, env: &mut Env<'_>) -> Result<Answer, Box<Answer>> {
    let catalog = catalog()?;
    let (bytes, shown) = bytes(&super::path(args, "list").unwrap_or_default(), env)?;
    let target = Target::of(super::path(args, "into"), catalog)?;
    let sheet = args.get_one::<String>("sheet").map(String::as_str);
    let list = read_file(&bytes, sheet, target.budget(), catalog);
    let json = wants_json(args);
    let after = target.with(&apply(&list, target.budget()));
    if after.lines.len() == target.budget().lines.len() {
        return Ok(nothing(&list, &shown, target.path(), json));
    }
    let written = target.write(after, env, catalog)?;
    // JSON holds the report itself.
    let mut said = if json { Vec::new() } else { problems(&list, &shown) };
    said.extend(written.notes);
    let exit =
        if list.refused_rows() > 0 || list.unsure_rows() > 0 || list.lost_counts() { Exit::Failed } else { Exit::Done };
    let stdout = match (json, target.path()) {
        (true, into) => pretty(&Outcome::new(&list, &shown, into, &written.lines, &written.text)),
        (false, None) => written.text,
        (false, Some(path)) => {
            let file = safe(&path.display().to_string()).into_owned();
            format!("{}\n", words::cli_import_added(grouped(Decimal::from(list.lines().count())), file))
        }
    };
    Ok(Answer { exit, ..Answer::done(stdout).telling(&said) })
}

/// The answer if no row can be added: nothing is written.
fn nothing(list: &ParsedList, shown: &Path, into: Option<&Path>, json: bool) -> Answer {
    let mut said = problems(list, shown);
    if list.refused.is_none() {
        said.push(Problem::new(Code::ListNothing, words::cli_import_nothing()).at(Some(shown), None));
    }
    let stdout = if json { pretty(&Outcome::new(list, shown, into, &[], "")) } else { String::new() };
    Answer { exit: Exit::BadInput, ..Answer::done(stdout).telling(&said) }
}

/// The bytes of the list, and its name in messages.
fn bytes(list: &Path, env: &mut Env<'_>) -> Result<(Vec<u8>, PathBuf), Box<Answer>> {
    if list.as_os_str() != "-" {
        let bytes = load_bytes(list).map_err(|error| Box::new(refused(list_problem(list, &error))))?;
        return Ok((bytes, list.to_owned()));
    }
    let file = PathBuf::from(STDIN);
    let mut bytes = Vec::new();
    env.stdin.take(FILE_SIZE_MAX + 1).read_to_end(&mut bytes).map_err(|error| {
        let problem = Problem::new(Code::Failed, words::cli_stdin_failed(error));
        Box::new(Answer::refused(&[problem.at(Some(&file), None)], Exit::Failed))
    })?;
    let size = bytes.len() as u64;
    if size > FILE_SIZE_MAX {
        let kind = StoreErrorKind::TooLarge { size, limit: FILE_SIZE_MAX };
        let error = StoreError { path: file.clone(), kind, cause: None };
        return Err(Box::new(refused(list_problem(&file, &error))));
    }
    Ok((bytes, file))
}
