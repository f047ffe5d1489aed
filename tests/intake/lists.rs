//! A folder of lists as spreadsheets write them, each with its expected result beside it: NAME.csv, .tsv, .txt or .xlsx and
//! NAME.expected. `workbook.xlsx` is what `workbook.py` there writes with openpyxl.
//!
//! `UPDATE_EXPECTED=1` rewrites the results; read them as the person who pasted the list would.

use crate::{catalog, fresh_file};
use retake::cost::Line;
use retake::tables::{ParsedList, RowOutcome};
use retake::words;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/lists");
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let lists = ["csv", "tsv", "txt", "xlsx"];
    let mut files: Vec<_> = all.filter(|path| lists.iter().any(|end| path.extension().unwrap() == *end)).collect();
    files.sort();
    files
}

fn values(line: &Line) -> String {
    let values = line.settings.iter().map(|(knob, setting)| match setting {
        retake::cost::Setting::Value(value) => format!("{} {}", words::knob_label(knob), words::value(value)),
        retake::cost::Setting::Unreadable => panic!("an import never sets what cannot be read"),
    });
    values.collect::<Vec<_>>().join(" · ")
}

fn answer(intake: &ParsedList) -> String {
    let mut out = format!("{} · {:?} · titles in {:?}\n", intake.summary(), intake.separator, intake.title_row);
    if let Some(why) = &intake.refused {
        writeln!(out, "refused: {} | {} | {}", why.message, why.allowed, why.remedy).unwrap();
    }
    for column in &intake.columns {
        writeln!(out, "| {}", words::safe::safe(&column.sentence())).unwrap();
    }
    for note in &intake.notes {
        writeln!(out, "! {note}").unwrap();
    }
    for row in &intake.rows {
        let name = words::safe::safe(&row.name);
        match &row.outcome {
            RowOutcome::Parsed(line) => {
                writeln!(out, "{:>3} {name} [{}] {}", row.number, words::safe::safe(&line.key), values(line)).unwrap();
                if let Some(note) = &line.note {
                    writeln!(out, "    note: {}", words::safe::safe(note)).unwrap();
                }
            }
            RowOutcome::Skipped(why) => writeln!(out, "{:>3} skipped: {why}", row.number).unwrap(),
            RowOutcome::Refused(reasons) => {
                writeln!(out, "{:>3} {name} refused", row.number).unwrap();
                for reason in reasons {
                    let column = reason.column.as_deref().map_or(String::new(), |column| format!("{column}: "));
                    let told =
                        [reason.explanation.message.as_str(), &reason.explanation.allowed, &reason.explanation.remedy];
                    let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
                    writeln!(out, "    {column}{}", told.join(" | ")).unwrap();
                }
            }
        }
        for note in &row.notes {
            writeln!(out, "    {note}").unwrap();
        }
    }
    out
}

#[test]
fn every_list_gets_its_whole_answer() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let found = answer(&fresh_file(&std::fs::read(&path).unwrap()));
        let expected = path.with_extension("expected");
        if update {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        if found != wanted {
            wrong.push(format!("== {}\n-- expected\n{wanted}-- found\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_a_list_says_is_fit_for_a_terminal() {
    for path in files() {
        let intake = fresh_file(&std::fs::read(&path).unwrap());
        let sentences = intake.columns.iter().map(|column| column.sentence()).chain(intake.notes.iter().cloned());
        let of_rows = intake.rows.iter().flat_map(|row| {
            row.notes.iter().cloned().chain(match &row.outcome {
                RowOutcome::Refused(reasons) => {
                    reasons.iter().map(|reason| reason.explanation.message.clone()).collect()
                }
                RowOutcome::Skipped(why) => vec![why.clone()],
                RowOutcome::Parsed(_) => Vec::new(),
            })
        });
        for sentence in sentences.chain(of_rows) {
            assert!(!sentence.chars().any(words::safe::is_hostile), "{}: {sentence:?}", path.display());
            assert!(sentence.chars().count() < 400, "{}: {sentence}", path.display());
        }
    }
}

/// A list cut anywhere never panics, and each row that still parses is a deliverable that resolves.
#[test]
fn no_list_panics_cut_anywhere() {
    for path in files() {
        let bytes = std::fs::read(&path).unwrap();
        let budget = retake::cost::Budget::default();
        let step = 7.max(bytes.len() / 300);
        for end in (0..bytes.len()).step_by(step) {
            let intake = fresh_file(&bytes[..end]);
            for line in intake.lines() {
                assert!(budget.resolve(Some(line), catalog()).is_some());
            }
        }
    }
}
