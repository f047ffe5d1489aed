//! The answer of a command, and the only place that prints it.

use crate::diagnostics::Problem;
use crate::words;
use crate::words::safe::{safe, safe_lines};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: could not do it.
    Failed,
    /// 2: the input cannot be used.
    BadInput,
    /// 3: over the cap, or not known to be within it.
    OverBudget,
}

impl Exit {
    /// The process's exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// The texts for both streams and the exit status of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer itself.
    pub stdout: String,
    /// Everything else.
    pub stderr: String,
    /// The problems that stderr lists, whose codes it does not print.
    pub problems: Vec<Problem>,
    /// How it ended.
    pub exit: Exit,
}

impl Answer {
    /// A successful answer with nothing on stderr.
    #[must_use]
    pub fn done(stdout: String) -> Answer {
        Answer { stdout, stderr: String::new(), problems: Vec::new(), exit: Exit::Done }
    }

    /// An answer that lists these problems on stderr.
    #[must_use]
    pub fn refused(problems: &[Problem], exit: Exit) -> Answer {
        Answer { exit, ..Answer::done(String::new()).telling(problems) }
    }

    /// The same answer, with these problems listed on stderr before everything that is there.
    #[must_use]
    pub(super) fn telling(self, problems: &[Problem]) -> Answer {
        let stderr = listed(problems) + &self.stderr;
        let problems = [problems, &self.problems].concat();
        Answer { stderr, problems, ..self }
    }

    /// The argument parser's answer: help and version succeed, all else is bad input.
    pub(super) fn usage(error: &clap::Error) -> Answer {
        // Arguments are quoted in the message, so it is no safer than they are.
        let text = safe_lines(&error.to_string()).into_owned();
        match error.exit_code() {
            0 => Answer::done(text),
            _ => Answer { stderr: text, exit: Exit::BadInput, ..Answer::done(String::new()) },
        }
    }

    /// Writes both texts to the process's streams. A reader that closes early (`| head -1`) is not an error.
    #[must_use]
    pub fn print(&self) -> ExitCode {
        let written = write_all(&mut std::io::stdout().lock(), &self.stdout);
        // There is no way left to report that stderr is closed.
        _ = write_all(&mut std::io::stderr().lock(), &self.stderr);
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let problem = words::cli_not_written(error);
                _ = write_all(&mut std::io::stderr().lock(), &format!("{problem}\n"));
                ExitCode::from(Exit::Failed.code())
            }
            _ => ExitCode::from(self.exit.code()),
        }
    }
}

fn write_all(stream: &mut dyn Write, text: &str) -> std::io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Problems one per line as compilers print them, so that editors find the places.
fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{}\n", safe(&problem.one_line()))).collect()
}
