//! The output of a file has the same bytes in every locale, so that saved reports can be compared anywhere.

use crate::streams::{output_under, program};
use std::path::{Path, PathBuf};

const LOCALES: [&str; 5] = ["C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"];

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-projects");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

#[test]
fn reports_are_the_same_bytes_in_every_locale() {
    let home = tempfile::tempdir().unwrap();
    for file in samples() {
        for format in ["text", "json", "csv", "markdown"] {
            let mut reports = LOCALES.map(|locale| {
                let mut command = program(home.path());
                command.args(["estimate", "--today", "2026-11-22", "--format", format]).arg(&file);
                output_under(&mut command, &["LANG", "LC_ALL", "LC_NUMERIC", "LC_CTYPE"].map(|name| (name, locale)))
            });
            assert!(!reports[0].is_empty());
            reports.sort();
            assert!(reports[0] == reports[LOCALES.len() - 1], "{} as {format}", file.display());
        }
    }
}

#[test]
fn other_answers_are_the_same_bytes_in_every_locale() {
    let home = tempfile::tempdir().unwrap();
    let file = samples().remove(0);
    let file = file.to_str().unwrap();
    for args in [&["check", file, "--max", "1.50"][..], &["size", "1024x1280"], &["keys"], &["man"], &["--help"]] {
        let [plain, others @ ..] = LOCALES.map(|locale| {
            let mut command = program(home.path());
            output_under(command.args(args), &["LANG", "LC_ALL"].map(|name| (name, locale)))
        });
        assert!(!plain.is_empty() && others.iter().all(|other| *other == plain), "{args:?}");
    }
}

/// Percentiles are from binary floats, whose functions differ from system to system unless they are brought along.
#[test]
fn how_sure_a_total_is_has_the_same_bytes_in_every_locale() {
    let home = tempfile::tempdir().unwrap();
    for file in samples() {
        let mut answers = LOCALES.map(|locale| {
            let mut command = program(home.path());
            command.args(["risk", "--format", "json"]).arg(&file);
            output_under(&mut command, &["LANG", "LC_ALL", "LC_NUMERIC", "LC_CTYPE"].map(|name| (name, locale)))
        });
        assert!(!answers[0].is_empty(), "{}", file.display());
        answers.sort();
        assert!(answers[0] == answers[LOCALES.len() - 1], "{}", file.display());
    }
}
