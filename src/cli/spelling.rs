//! Words where a command is expected: `help`, and commands that are misspelled.

use super::args;
use super::open::find;
use crate::cost::base::near::near_miss;
use crate::diagnostics::{Code, Problem};
use crate::words;
use std::ffi::OsString;
use std::path::Path;

/// `retake help [COMMAND]` as `retake [COMMAND] --help`.
pub(super) fn with_help(args: Vec<OsString>) -> Vec<OsString> {
    match args.as_slice() {
        [program, first, rest @ ..] if first == "help" => {
            let rest = rest.iter().filter(|word| *word != "help" && *word != "--help");
            [program].into_iter().chain(rest).cloned().chain([OsString::from("--help")]).collect()
        }
        _ => args,
    }
}

/// The problem of a first word that is nearly a command. A file of that name wins: it is what the word names.
pub(super) fn misspelled(args: &[OsString]) -> Option<Problem> {
    let word = args.get(1)?.to_str()?;
    let command = args::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    if word.starts_with('-') || names.contains(&word) {
        return None;
    }
    let near = near_miss(word, names.iter().copied().chain(["help"]))?;
    let is_file = find(Path::new(word)).map_or(true, |path| path.symlink_metadata().is_ok());
    let problem = || Problem::new(Code::CommandUnknown, words::command_unknown(word));
    (!is_file).then(|| problem().with_remedy(words::did_you_mean(near)))
}
