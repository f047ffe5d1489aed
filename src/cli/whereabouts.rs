//! `retake where`: every path that is read or written, and what is there.

use super::answer::Answer;
use crate::config::paths::Paths;
use crate::words;
use crate::words::safe::safe;
use std::fs;
use std::path::Path;

/// Answers `retake where`.
pub(super) fn run(paths: &Paths) -> Answer {
    let rows = [
        (words::where_config(), paths.config.clone()),
        (words::where_themes(), paths.themes()),
        (words::where_state(), paths.state.clone()),
        (words::where_data(), paths.data.clone()),
        (words::where_samples(), Some("sample-projects".into())),
    ];
    let mut out = String::new();
    for (name, path) in rows {
        let (path, state) = match path {
            Some(path) => (safe(&path.display().to_string()).into_owned(), what_is_there(&path)),
            None => (words::where_no_home().to_owned(), String::new()),
        };
        out.push_str(format!("{name:<9} {path}  {state}").trim_end());
        out.push('\n');
    }
    Answer::done(out)
}

fn what_is_there(path: &Path) -> String {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => match fs::read_dir(path) {
            Ok(entries) => words::where_folder(entries.count()),
            Err(_) => words::where_closed().to_owned(),
        },
        Ok(_) => words::where_no_folder().to_owned(),
        Err(_) => words::where_nothing().to_owned(),
    }
}
