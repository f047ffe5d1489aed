//! `retake new`: creates a project from the built-in template or a team's.

use super::answer::{Answer, Exit};
use super::open::{Refused, catalog, find, name_of, refused};
use super::templates::{Draft, copied, errors, extending};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Code, Problem};
use crate::project::open::{read_text, store_problem};
use crate::project::splice::render_string;
use crate::project::store::{Expected, StoreErrorKind, save};
use crate::project::write;
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// The built-in template; `{name}` is replaced by the project's name as a TOML string.
const STARTER: &str = include_str!("starter.toml");

/// Runs `retake new`.
pub(super) fn run(args: &ArgMatches) -> Answer {
    made(args).unwrap_or_else(|answer| *answer)
}

fn made(args: &ArgMatches) -> Result<Answer, Box<Answer>> {
    let catalog = catalog()?;
    let file = with_ending(super::path(args, "file").unwrap_or_default());
    if file.as_os_str() == "-.retake.toml" {
        let problem = Problem::new(Code::NotAFile, words::cli_new_needs_name());
        return Err(Box::new(Answer::refused(&[problem], Exit::BadInput)));
    }
    let found = |name: &str| super::path(args, name).map(|path| find(&path)).transpose();
    let (from, extends) = (found("from"), found("extends"));
    let of_team = |path| Box::new(Refused::answer(&path));
    let Draft { bytes, told } = match (from.map_err(of_team)?, extends.map_err(of_team)?) {
        (Some(from), _) => copied(&from, &file, catalog)?,
        (None, Some(team)) => extending(&team, &title(&file), &file, catalog)?,
        (None, None) => Draft { bytes: starter(&title(&file), &file, catalog).into_bytes(), told: None },
    };
    let reads = |written: &[u8]| {
        let text = std::str::from_utf8(written).map_err(|error| error.to_string())?;
        let errors = errors(read_text(text, &file, catalog).problems);
        errors.first().map_or(Ok(()), |problem| Err(problem.one_line()))
    };
    save(&file, Expected::Nothing, &bytes, &reads).map_err(|error| {
        let problem = store_problem(&file, &error);
        let there = error.kind == StoreErrorKind::Exists;
        Box::new(refused(if there { problem.with_remedy(words::cli_new_exists_remedy()) } else { problem }))
    })?;
    let shown = safe(&file.display().to_string()).into_owned();
    let told = told.map_or_else(String::new, |told| format!("{told}\n"));
    Ok(Answer::done(format!("{}\n{told}", words::cli_new_written(shown))))
}

/// Adds the usual ending to a name that does not end in `.toml`.
pub(super) fn with_ending(file: PathBuf) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    match name {
        Some(name) if !name.to_lowercase().ends_with(".toml") => file.with_file_name(format!("{name}.retake.toml")),
        _ => file,
    }
}

/// The title made from a project's file name: `spring-launch.retake.toml` is "Spring launch".
fn title(file: &Path) -> String {
    let words = name_of(file).replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The built-in template with its name and today's prices pinned.
fn starter(title: &str, file: &Path, catalog: &Catalog) -> String {
    let text = STARTER.replace("{name}", &render_string(title));
    let before = read_text(&text, file, catalog).budget;
    // The day only affects issues about prices, and those are not shown here.
    let estimate = crate::cost::estimate(&before, catalog, Date::ZERO);
    let mut after = Budget { pins: write::pins(&before, &estimate, catalog), ..before.clone() };
    let pinned =
        write::updated(text.as_bytes(), &before, &mut after).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    pinned.unwrap_or(text)
}
