//! Starts the dashboard; without a suitable terminal, answers with the nearest alternative.

use super::answer::{Answer, Exit};
use super::{Asked, Surroundings, open};
use crate::config;
use crate::diagnostics::{Level, Problem};
use crate::runtime::{MEMORY_MIB, RunError, Start, has_memory, run};
use crate::terminal::TerminalError;
use crate::ui::theme::{Theme, default_theme};
use crate::words;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Opens the dashboard with a project or without one, and runs it until the user quits.
pub(super) fn show(file: Option<PathBuf>, around: &mut Surroundings<'_>) -> ExitCode {
    if !has_memory() {
        return failed(words::no_memory(MEMORY_MIB)).give();
    }
    let mut settings = config::load(&around.paths);
    let look = first_look(&settings);
    let (catalog, of_cards) = match open::catalog_with(&around.paths) {
        Ok(found) => found,
        Err(answer) => return answer.give(),
    };
    settings.problems.extend(of_cards);
    let start = Start {
        file: file.clone(),
        today: around.today,
        catalog,
        keymap: settings.keymap,
        themes: settings.themes,
        look,
        mouse: settings.mouse,
        numbers: settings.numbers,
        problems: settings.problems,
        paths: around.paths.clone(),
    };
    match run(start) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(Exit::Failed.code())),
        Err(RunError::Project(problems)) => unopened(&problems).give(),
        Err(RunError::Terminal(error)) => without(&error, file, around).give(),
    }
}

/// The theme to start with, and its name.
fn first_look(settings: &config::Settings) -> (String, Theme) {
    let known = |name: &&str| settings.themes.names().any(|known| known == *name);
    let named = settings.theme.as_deref().filter(known);
    let name = default_theme(named, std::env::var("COLORFGBG").ok().as_deref()).to_owned();
    let theme = settings.themes.get(&name).unwrap_or_else(|| Theme::read("", None).0);
    (name, theme)
}

/// A single problem without a position concerns the file itself; problems with positions concern its text.
fn unopened(problems: &[Problem]) -> Answer {
    match problems {
        [problem] if problem.position.is_none() => open::refused(problem.clone()),
        problems => Answer::refused(problems, Exit::BadInput),
    }
}

/// The answer without a screen. A terminal that cannot place text can still print the project.
fn without(error: &TerminalError, file: Option<PathBuf>, around: &mut Surroundings<'_>) -> Answer {
    match (error, file) {
        (TerminalError::DumbTerminal, Some(file)) => {
            let args = ["retake", "estimate", "--"].map(OsString::from).into_iter().chain([file.into_os_string()]);
            match super::ask(args, around) {
                Asked::Answer(answer) => answer,
                Asked::Dashboard(_) => refused(words::needs_terminal().to_owned(), Exit::BadInput),
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
    Answer::refused(&[Problem::new(Level::Error, "no-terminal", message)], exit)
}
