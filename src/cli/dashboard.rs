//! The way to the dashboard: it needs a terminal, and says so where there is none.

use super::answer::{Answer, Exit};
use super::open::{self, catalog};
use crate::config::keys::default_keymap;
use crate::place::{Level, Problem};
use crate::runtime::{RunError, Start, run};
use crate::terminal::TerminalError;
use crate::words;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// Opens the dashboard on a project, or without one.
pub(super) fn start(file: Option<PathBuf>, today: Date) -> ExitCode {
    let catalog = match catalog() {
        Ok(catalog) => catalog,
        Err(answer) => return answer.give(),
    };
    match run(Start { file, today, catalog, keymap: default_keymap(), theme: None }) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(Exit::Failed.code())),
        Err(error) => refused(&error).give(),
    }
}

fn refused(error: &RunError) -> Answer {
    let one = |code, message: String, exit| Answer::refused(&[Problem::new(Level::Error, code, message)], exit);
    match error {
        RunError::Project(problems) => match &problems[..] {
            // One problem without a place is the file itself; what has a place is in its text.
            [problem] if problem.position.is_none() => open::refused(problem.clone()),
            problems => Answer::refused(problems, Exit::BadInput),
        },
        RunError::Terminal(TerminalError::Io(error)) => one("terminal", words::terminal_failed(error), Exit::Failed),
        RunError::Terminal(_) => one("no-terminal", words::needs_terminal().to_owned(), Exit::BadInput),
    }
}
