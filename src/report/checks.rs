//! The outcome of checked files for scripts and for GitHub's annotations.

use super::json::{Issue, issue, pretty};
use super::risk_row::float;
use crate::cost::Decimal;
use crate::cost::budget::Cap;
use crate::diagnostics::{Level, Problem};
use crate::words::safe::safe;
use serde::Serialize;
use std::collections::BTreeSet;

/// The version of the keys below; it rises only if one ever has to change its meaning.
const SCHEMA: u32 = 1;

/// A file that was checked.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The file as named, or `<stdin>`.
    pub file: String,
    /// The scenario that it was checked under, by its key.
    pub scenario: Option<String>,
    /// The exit code of this file alone.
    pub exit: u8,
    /// The total in USD, unrounded; `None` if it is unknown.
    pub total: Option<Decimal>,
    /// The cap that the total was compared with, and its currency.
    pub cap: Option<(Cap, String)>,
    /// The percentile of `--confidence`, and its amount in USD; the amount is `None` if it is not known.
    pub percentile: Option<(String, Option<Decimal>)>,
    /// Everything that was found, each with a file.
    pub problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    scenario: Option<&'a str>,
    exit: u8,
    total: Option<String>,
    cap: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cap_currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile: Option<Percentile<'a>>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct Percentile<'a> {
    name: &'a str,
    amount: Option<f64>,
}

/// All files as JSON; totals are decimal strings in USD, caps in their own currency.
#[must_use]
pub fn json(files: &[Checked]) -> String {
    pretty(&Root { schema: SCHEMA, files: files.iter().map(file).collect() })
}

fn file(one: &Checked) -> File<'_> {
    File {
        file: &one.file,
        scenario: one.scenario.as_deref(),
        exit: one.exit,
        total: one.total.map(|total| total.normalize().to_string()),
        cap: one.cap.as_ref().map(|(cap, _)| cap.amount.normalize().to_string()),
        cap_currency: one.cap.as_ref().map(|(_, currency)| currency.as_str()),
        percentile: one.percentile.as_ref().map(|(name, amount)| Percentile { name, amount: amount.map(float) }),
        issues: one.problems.iter().map(issue).collect(),
    }
}

/// A workflow command of GitHub for each problem, which becomes an annotation at its line. What several files share is told
/// once.
#[must_use]
pub fn github(files: &[Checked]) -> String {
    let mut told = BTreeSet::new();
    let mut text = String::new();
    for problem in files.iter().flat_map(|file| &file.problems) {
        let line = annotation(problem);
        if !told.contains(&line) {
            text.push_str(&line);
            text.push('\n');
            told.insert(line);
        }
    }
    text
}

fn annotation(problem: &Problem) -> String {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(file) = &problem.file {
        properties.push(format!("file={}", property(&file.display().to_string())));
    }
    if let Some(position) = problem.position {
        properties.push(format!("line={},col={}", position.line, position.column));
    }
    let space = if properties.is_empty() { "" } else { " " };
    format!("::{level}{space}{}::{}", properties.join(","), data(&problem.sentence()))
}

/// A text as the data of a command: `%` and line breaks would end or change it.
fn data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    safe(&escaped).into_owned()
}

/// A text as a property of a command, where a colon or a comma ends it too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
