//! `retake where`: every path that is read or written, and its state.

use crate::cli::answer::Answer;
use crate::config::paths::Paths;
use crate::config::{self, Found, Settings, cards, state, themes, welcome};
use crate::diagnostics::{Level, Problem};
use crate::project::open::store_problem;
use crate::project::store::{self, StoreErrorKind};
use crate::project::{journal, versions};
use crate::report::{Place, pretty};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use serde::Serialize;
use std::io::ErrorKind;
use unicode_width::UnicodeWidthStr;

/// One file or folder that is read or written.
#[derive(Serialize)]
struct Row {
    what: &'static str,
    /// Null if the system defines no folder, and for built-in items.
    path: Option<String>,
    /// A fixed word for scripts: `there`, `missing`, `unreadable`, `nowhere`, `built-in`.
    state: &'static str,
    /// Number of items in it, if known.
    count: Option<usize>,
    /// The state and count for people.
    found: String,
}

#[derive(Serialize)]
struct Whereabouts<'a> {
    paths: &'a [Row],
    problems: Vec<Trouble<'a>>,
}

#[derive(Serialize)]
struct Trouble<'a> {
    level: &'static str,
    code: &'static str,
    key: &'a str,
    message: &'a str,
    allowed: &'a str,
    remedy: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// Runs `retake where`; problems of the settings go to stderr, or into the JSON.
pub(super) fn run(args: &ArgMatches, paths: &Paths) -> Answer {
    let mut settings = config::load(paths);
    // The dashboard loads only the chosen theme; this command reports the problems of all themes.
    let of_others = settings.themes.problems().into_iter().filter(|problem| !settings.problems.contains(problem));
    let of_others: Vec<Problem> = of_others.collect();
    settings.problems.extend(of_others);
    let rows = [
        of_settings(paths, &settings),
        of_keys(paths, &settings),
        of_themes(paths, &settings),
        of_cards(paths),
        of_state(paths),
        of_versions(paths),
        of_journals(paths),
        samples(),
    ];
    if args.get_one::<String>("format").is_some_and(|format| format == "json") {
        let problems = settings.problems.iter().map(trouble).collect();
        return Answer::done(pretty(&Whereabouts { paths: &rows, problems }));
    }
    Answer::done(text(&rows)).telling(&settings.problems)
}

fn trouble(problem: &Problem) -> Trouble<'_> {
    Trouble {
        level: problem.level.code(),
        code: problem.code.name(),
        key: &problem.key,
        message: &problem.message,
        allowed: &problem.allowed,
        remedy: &problem.remedy,
        place: problem.into(),
    }
}

fn text(rows: &[Row]) -> String {
    let path = |row: &Row| match (&row.path, row.state) {
        (Some(path), _) => safe(path).into_owned(),
        (None, "built-in") => words::where_built_in().to_owned(),
        (None, _) => words::where_no_home().to_owned(),
    };
    let what_columns = rows.iter().map(|row| row.what.width()).max().unwrap_or(0);
    let path_columns = rows.iter().map(|row| path(row).width()).max().unwrap_or(0);
    let pad = |text: &str, columns: usize| format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())));
    let line = |row: &Row| {
        let line = format!("{}  {}  {}", pad(row.what, what_columns), pad(&path(row), path_columns), safe(&row.found));
        line.trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn nowhere(what: &'static str) -> Row {
    Row { what, path: None, state: "nowhere", count: None, found: String::new() }
}

fn missing(what: &'static str, path: Option<String>) -> Row {
    Row { what, path, state: "missing", count: None, found: words::where_nothing().to_owned() }
}

fn of_settings(paths: &Paths, settings: &Settings) -> Row {
    let what = words::where_config();
    let Some(file) = paths.settings() else { return nowhere(what) };
    let path = Some(file.display().to_string());
    let own = || settings.problems.iter().filter(|problem| problem.file.as_ref() == Some(&file));
    let warnings = own().filter(|problem| problem.level != Level::Note).count();
    match settings.found {
        Found::Nothing => missing(what, path),
        Found::Unusable => {
            let why = own().next().map_or_else(String::new, |problem| problem.message.clone());
            Row { what, path, state: "unreadable", count: Some(warnings), found: words::where_unusable(why) }
        }
        Found::File if own().next().is_none() => {
            Row { what, path, state: "there", count: Some(0), found: words::where_sound().to_owned() }
        }
        Found::File => {
            let found = words::where_problems(warnings, own().count() - warnings);
            Row { what, path, state: "there", count: Some(warnings), found }
        }
    }
}

/// Keys are part of the settings: a row of their own shows how many the user changed.
fn of_keys(paths: &Paths, settings: &Settings) -> Row {
    let what = words::where_keys();
    let Some(file) = paths.settings().filter(|_| settings.rebound > 0) else {
        return Row {
            what,
            path: None,
            state: "built-in",
            count: Some(0),
            found: words::where_default_keys().to_owned(),
        };
    };
    let (count, found) = (Some(settings.rebound), words::where_rebound(settings.rebound));
    Row { what, path: Some(file.display().to_string()), state: "there", count, found }
}

fn of_themes(paths: &Paths, settings: &Settings) -> Row {
    let what = words::where_themes();
    let Some(folder) = paths.themes() else { return nowhere(what) };
    let path = Some(folder.display().to_string());
    let inside = |problem: &&Problem| problem.file.as_ref().is_some_and(|file| file.starts_with(&folder));
    match themes::folder(paths) {
        Ok(files) => {
            let found = match settings.problems.iter().filter(inside).count() {
                0 => words::where_theme_count(files.len()),
                problems => words::where_theme_problems(files.len(), problems),
            };
            Row { what, path, state: "there", count: Some(files.len()), found }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => missing(what, path),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Row { what, path, state: "unreadable", count: None, found: words::where_no_folder().to_owned() }
        }
        Err(error) => Row { what, path, state: "unreadable", count: None, found: words::where_closed(error) },
    }
}

fn of_cards(paths: &Paths) -> Row {
    let what = words::where_cards();
    let Some(folder) = paths.cards() else { return nowhere(what) };
    let path = Some(folder.display().to_string());
    match cards::folder(paths) {
        Ok(_) => {
            let found = crate::rates::built_in().map(|catalog| cards::all(paths, catalog)).unwrap_or_default();
            let (count, wrong) = (found.0.len(), found.1.len());
            let found =
                if wrong == 0 { words::where_card_count(count) } else { words::where_card_problems(count, wrong) };
            Row { what, path, state: "there", count: Some(count), found }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => missing(what, path),
        Err(error) => Row { what, path, state: "unreadable", count: None, found: words::where_closed(error) },
    }
}

fn of_state(paths: &Paths) -> Row {
    let what = words::where_state();
    let Some(list) = paths.recent() else { return nowhere(what) };
    let path = Some(list.display().to_string());
    match store::load(&list) {
        Ok(_) => {
            let (all, there) = (state::remembered(paths).len(), state::recent(paths).len());
            let found = match all - there {
                0 => words::where_recent(all),
                gone => words::where_recent_gone(all, gone),
            };
            Row { what, path, state: "there", count: Some(all), found }
        }
        Err(error) if error.kind == StoreErrorKind::Missing => missing(what, path),
        Err(error) => {
            let found = words::where_closed(store_problem(&list, &error).message);
            Row { what, path, state: "unreadable", count: None, found }
        }
    }
}

/// Files replaced by saves: one folder for each project.
fn of_versions(paths: &Paths) -> Row {
    let what = words::where_versions();
    let Some(folder) = paths.versions() else { return nowhere(what) };
    let path = Some(folder.display().to_string());
    match versions::count(&folder) {
        (0, _) => missing(what, path),
        (files, count) => {
            Row { what, path, state: "there", count: Some(count), found: words::where_version_count(count, files) }
        }
    }
}

/// Edits of sessions that are running or were cut off.
fn of_journals(paths: &Paths) -> Row {
    let what = words::where_journals();
    let Some(folder) = paths.journals() else { return nowhere(what) };
    let path = Some(folder.display().to_string());
    match journal::count(&folder) {
        0 => missing(what, path),
        count => Row { what, path, state: "there", count: Some(count), found: words::where_journal_count(count) },
    }
}

fn samples() -> Row {
    let count = welcome::samples().count();
    let found = words::where_sample_count(count);
    Row { what: words::where_samples(), path: None, state: "built-in", count: Some(count), found }
}
