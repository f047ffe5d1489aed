//! Project files: outlines, edits that keep every other byte, and saves that are all or nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod corpus;
mod edits;
#[cfg(target_os = "linux")]
mod faults;
mod merge_model;
mod merging;
mod outlines;
#[cfg(target_os = "linux")]
mod power;
#[cfg(unix)]
mod races;
mod random_edits;
#[cfg(unix)]
mod state;
#[cfg(unix)]
mod store;
#[cfg(unix)]
mod store_children;
mod tables;

use retake::project::splice::{Change, SpliceError, apply};

/// Keys of a dotted path without quoting.
pub(crate) fn path(dotted: &str) -> Vec<String> {
    dotted.split('.').map(str::to_owned).collect()
}

pub(crate) fn set(at: &str, value: &str) -> Change {
    Change::Set { path: path(at), value: value.to_owned() }
}

pub(crate) fn remove(at: &str) -> Change {
    Change::Remove { path: path(at) }
}

pub(crate) fn insert(at: &str, entries: &[(&str, &str)]) -> Change {
    let entries = entries.iter().map(|(key, value)| (path(key), (*value).to_owned())).collect();
    Change::InsertTable { path: path(at), entries }
}

pub(crate) fn try_edit(text: &str, changes: &[Change]) -> Result<String, SpliceError> {
    apply(text.as_bytes(), changes).map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Applies the changes and checks that the result is TOML.
#[track_caller]
pub(crate) fn edit(text: &str, changes: &[Change]) -> String {
    let new = try_edit(text, changes).unwrap_or_else(|error| panic!("{error} in\n{text}"));
    if let Err(error) = new.trim_start_matches('\u{feff}').parse::<toml::Table>() {
        panic!("{error} in\n{new}");
    }
    new
}

#[track_caller]
pub(crate) fn assert_edit(text: &str, changes: &[Change], expected: &str) {
    let new = edit(text, changes);
    assert!(new == expected, "--- got\n{new}\n--- wanted\n{expected}");
}
