//! Starts the dashboard; without a suitable terminal, answers with the nearest alternative.

use super::answer::{Answer, Exit};
use super::{Env, Outcome, open};
use crate::config;
use crate::config::paths::Paths;
use crate::diagnostics::{Code, Level, Problem};
use crate::runtime::{MEMORY_MIB, RunError, Start, has_memory, run};
use crate::terminal::TerminalError;
use crate::ui::theme::{Theme, default_theme};
use crate::words;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Opens the dashboard with a project or without one, and runs it until the user quits.
pub(super) fn show(file: Option<PathBuf>, env: &mut Env<'_>) -> ExitCode {
    if !has_memory() {
        return failed(words::no_memory(MEMORY_MIB)).print();
    }
    let mut settings = config::load(&env.paths);
    let look = initial_theme(&settings, &env.paths);
    let (catalog, of_cards) = match open::catalog_with(&env.paths) {
        Ok(found) => found,
        Err(answer) => return answer.print(),
    };
    settings.problems.extend(of_cards);
    let start = Start {
        file: file.clone(),
        today: env.today,
        catalog,
        keymap: settings.keymap,
        themes: settings.themes,
        look,
        theme_is_set: settings.theme.is_some(),
        mouse: settings.mouse,
        numbers: settings.numbers,
        problems: settings.problems,
        paths: env.paths.clone(),
    };
    match run(start) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(Exit::Failed.code())),
        Err(RunError::Project(problems)) => open_failed(&problems).print(),
        Err(RunError::Terminal(error)) => without_terminal(&error, file, env).print(),
    }
}

/// The theme to start with, and its name: the setting, else the one that was chosen on the screen last.
fn initial_theme(settings: &config::Settings, paths: &Paths) -> (String, Theme) {
    let known = |name: &&str| settings.themes.names().any(|known| known == *name);
    let chosen = config::state::theme(paths);
    let named = settings.theme.as_deref().filter(known).or_else(|| chosen.as_deref().filter(known));
    let name = default_theme(named, std::env::var("COLORFGBG").ok().as_deref()).to_owned();
    let theme = settings.themes.get(&name).unwrap_or_else(|| Theme::read("", None).0);
    (name, theme)
}

/// A single problem without a position concerns the file itself; problems with positions concern its text. Notes may follow.
fn open_failed(problems: &[Problem]) -> Answer {
    match problems {
        [problem, notes @ ..] if problem.position.is_none() && notes.iter().all(|note| note.level == Level::Note) => {
            Answer::refused(problems, open::refused(problem.clone()).exit)
        }
        problems => Answer::refused(problems, Exit::BadInput),
    }
}

/// The answer without a screen. A terminal that cannot place text can still print the project.
fn without_terminal(error: &TerminalError, file: Option<PathBuf>, env: &mut Env<'_>) -> Answer {
    match (error, file) {
        (TerminalError::DumbTerminal, Some(file)) => {
            let args = ["retake", "estimate", "--"].map(OsString::from).into_iter().chain([file.into_os_string()]);
            match super::dispatch(args, env) {
                Outcome::Answer(answer) => answer,
                Outcome::Dashboard(_) => refused(words::needs_terminal().to_owned(), Exit::BadInput),
            }
        }
        (TerminalError::NotATerminal { .. } | TerminalError::DumbTerminal, _) => {
            refused(words::needs_terminal().to_owned(), Exit::BadInput)
        }
        (TerminalError::AlreadyRunning | TerminalError::Io(_), _) => failed(words::cli_terminal_failed(error)),
    }
}

fn failed(message: String) -> Answer {
    refused(message, Exit::Failed)
}

fn refused(message: String, exit: Exit) -> Answer {
    Answer::refused(&[Problem::new(Code::NoTerminal, message)], exit)
}
