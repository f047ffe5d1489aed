//! What came of a list: as problems, a line each, and as JSON.

use crate::cost::SharedLine;
use crate::cost::base::limits::PROBLEMS_MAX;
use crate::diagnostics::{Code, Problem};
use crate::tables::{ListRow, ParsedList, Reason, RowOutcome};
use crate::words::{self, Explanation};
use serde::Serialize;
use std::path::Path;

/// The JSON of an import; keys are only ever added.
#[derive(Serialize)]
pub(super) struct Outcome<'a> {
    schema: u32,
    list: String,
    into: Option<String>,
    refused: Option<Told>,
    notes: &'a [String],
    columns: Vec<Column<'a>>,
    deliverables: Vec<Taken<'a>>,
    rows_refused: Vec<Refused<'a>>,
    rows_skipped: Vec<Skipped<'a>>,
    project: Option<&'a str>,
}

#[derive(Serialize)]
struct Told {
    message: String,
    allowed: String,
    remedy: String,
}

#[derive(Serialize)]
struct Column<'a> {
    title: &'a str,
    used: bool,
    meaning: String,
}

#[derive(Serialize)]
struct Taken<'a> {
    row: usize,
    key: &'a str,
    name: &'a str,
    unsure: bool,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Refused<'a> {
    row: usize,
    name: &'a str,
    reasons: Vec<Why<'a>>,
}

#[derive(Serialize)]
struct Why<'a> {
    cell: Option<String>,
    column: Option<&'a str>,
    written: &'a str,
    #[serde(flatten)]
    told: Told,
}

#[derive(Serialize)]
struct Skipped<'a> {
    row: usize,
    name: &'a str,
    why: &'a str,
}

impl Told {
    fn of(explanation: &Explanation) -> Told {
        let Explanation { message, allowed, remedy } = explanation.clone();
        Told { message, allowed, remedy }
    }
}

impl<'a> Outcome<'a> {
    /// `lines` are the deliverables that were added, `text` is the project with them.
    pub(super) fn new(
        list: &'a ParsedList,
        shown: &Path,
        into: Option<&Path>,
        lines: &'a [SharedLine],
        text: &'a str,
    ) -> Outcome<'a> {
        let mut outcome = Outcome {
            schema: 1,
            list: shown.display().to_string(),
            into: into.map(|path| path.display().to_string()),
            refused: list.refused.as_ref().map(Told::of),
            notes: &list.notes,
            columns: Vec::new(),
            deliverables: Vec::new(),
            rows_refused: Vec::new(),
            rows_skipped: Vec::new(),
            project: Some(text).filter(|text| into.is_none() && !text.is_empty()),
        };
        let column = |column: &'a crate::tables::Column| {
            let (used, meaning) = (column.kind().is_some(), column.sentence());
            Column { title: &column.title, used, meaning }
        };
        outcome.columns.extend(list.columns.iter().map(column));
        let mut added = lines.iter();
        for row in &list.rows {
            outcome.row(list, row, &mut added);
        }
        outcome
    }

    fn row(&mut self, list: &ParsedList, row: &'a ListRow, added: &mut std::slice::Iter<'a, SharedLine>) {
        let (number, name) = (row.number, row.name.as_str());
        match &row.outcome {
            RowOutcome::Parsed(_) => {
                let taken = added.next().map(|line| Taken {
                    row: number,
                    key: &line.key,
                    name: line.title(),
                    unsure: row.unsure,
                    notes: &row.notes,
                });
                self.deliverables.extend(taken);
            }
            RowOutcome::Refused(reasons) => {
                let why = |reason: &'a Reason| Why {
                    cell: list.cell(number, reason),
                    column: reason.column.as_deref(),
                    written: &reason.written,
                    told: Told::of(&reason.explanation),
                };
                self.rows_refused.push(Refused { row: number, name, reasons: reasons.iter().map(why).collect() });
            }
            RowOutcome::Skipped(why) => self.rows_skipped.push(Skipped { row: number, name, why }),
        }
    }
}

/// A line for the list, for each note on it, each column and each row with something to say.
pub(super) fn problems(list: &ParsedList, shown: &Path) -> Vec<Problem> {
    let of = |code, message: String| Problem::new(code, message).at(Some(shown), None);
    if let Some(Explanation { message, allowed, remedy }) = &list.refused {
        let problem = of(Code::ListRefused, message.clone());
        return vec![problem.with_allowed(allowed.as_str()).with_remedy(remedy.as_str())];
    }
    let mut problems = vec![of(Code::List, list.summary())];
    problems.extend(list.notes.iter().map(|note| of(Code::ListNote, note.clone())));
    problems.extend(list.columns.iter().map(|column| of(Code::ListColumn, column.sentence())));
    for row in &list.rows {
        let called = words::import_row(row.number, &row.name);
        let called = called.trim_end();
        let at = |code, message: &str| of(code, format!("{called}: {message}"));
        match &row.outcome {
            RowOutcome::Parsed(_) => {}
            RowOutcome::Skipped(why) => problems.push(at(Code::ListRowSkipped, why)),
            RowOutcome::Refused(reasons) => problems.extend(reasons.iter().map(|reason| {
                let place: Vec<String> =
                    list.cell(row.number, reason).into_iter().chain(reason.column.clone()).collect();
                let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(" ")) };
                let Explanation { message, allowed, remedy } = &reason.explanation;
                let problem = at(Code::ListRowRefused, &format!("{place}{message}"));
                problem.with_allowed(allowed.as_str()).with_remedy(remedy.as_str())
            })),
        }
        problems.extend(row.notes.iter().map(|note| at(Code::ListRowNote, note)));
    }
    let more = problems.len().saturating_sub(PROBLEMS_MAX);
    problems.truncate(PROBLEMS_MAX);
    problems.extend((more > 0).then(|| of(Code::ListMore, words::cli_import_more(more))));
    problems
}
