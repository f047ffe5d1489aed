//! Files that are no project of ours: another program's settings, a list, a picture. They are said once, not key by key.

use super::problem::{At, Report, Sentence};
use super::schema::{Form, Section};
use crate::cost::base::near::near_miss;
use crate::diagnostics::{Code, Problem};
use crate::words;
use std::path::Path;
use toml::de::DeTable;

/// The one problem of such a file.
pub(super) fn problem(text: &str, file: Option<&Path>) -> Vec<Problem> {
    // Its own lines say nothing: the beginning is place enough.
    let mut report = Report::new(&text[..0], file);
    report.say(Code::NotAProject, &At::TOP, &(0..0), |_| {
        Sentence::new(words::not_a_project()).remedy(words::not_a_project_remedy())
    });
    let in_field = |problem: Problem| problem.with_field_remedy(words::not_a_project_field_remedy());
    report.finish().into_iter().map(in_field).collect()
}

/// Whether a text that is not TOML has no line of a project either.
pub(super) fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && !text.lines().any(begins_ours)
}

fn begins_ours(line: &str) -> bool {
    let line = line.trim_start_matches(['\u{feff}', ' ', '\t', '"', '\'']);
    match line.strip_prefix('[') {
        Some(header) => tables().any(|name| {
            let rest = header.trim_start_matches(['[', ' ', '"']).strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(['.', ']', '"', ' ']))
        }),
        None => line
            .strip_prefix("retake")
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')),
    }
}

/// Whether a TOML file has the keys of something else and none that only a project has, rightly spelled or nearly so.
pub(super) fn is_toml(top: &DeTable<'_>) -> bool {
    let known = |key: &str| Section::Top.row(key).is_some();
    let ours = |key: &str| near_miss(key, tables().chain(["retake", "extends"])).is_some();
    top.keys().any(|key| !known(key.get_ref())) && !top.keys().any(|key| ours(key.get_ref()))
}

/// The tables that a project has at its top.
fn tables() -> impl Iterator<Item = &'static str> {
    let rows = Section::Top.rows().iter().filter(|row| row.form == Form::Table);
    rows.map(|row| row.key)
}
