//! ARCHITECTURE names every folder, the same arrows as the test, and functions that exist; tests/README every test binary; Cargo.toml
//! says of every dependency why it is there.

use crate::markdown::{bare, spans, table};
use crate::rules::{ARROWS, MAX_FILE_LINES, MAX_FUNCTION_LINES, functions};
use crate::{none, path, text_of};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn names(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// ARCHITECTURE.md has fewer lines than this: it is read as a whole.
const ARCHITECTURE_LINES: usize = 250;

#[test]
fn every_part_of_the_house_is_named() {
    let text = text_of("ARCHITECTURE.md");
    let mut complaints = Vec::new();
    if text.lines().count() >= ARCHITECTURE_LINES {
        complaints.push(format!(
            "ARCHITECTURE.md has {ARCHITECTURE_LINES} lines or more: move details to the `//!` of their folder"
        ));
    }
    for name in names("src") {
        let part = if path("src").join(&name).is_dir() { format!("src/{name}/") } else { format!("src/{name}") };
        if !text.contains(&part) {
            complaints.push(format!("{part} is not in ARCHITECTURE.md"));
        }
    }
    none(&complaints);
}

#[test]
fn every_test_binary_is_named() {
    let rows: Vec<String> = table(&text_of("tests/README.md"), "Binary").iter().map(|row| bare(&row[0])).collect();
    let mut complaints = Vec::new();
    for name in names("tests") {
        let binary = path("tests").join(&name).join("main.rs").is_file();
        let single = name.ends_with(".rs");
        if (binary || single) && !rows.contains(&format!("tests/{name}")) {
            complaints.push(format!("tests/{name} is not in the table of test binaries"));
        }
    }
    none(&complaints);
}

/// A dependency without a reason right above it.
fn without_reason(manifest: &str) -> Vec<String> {
    let (mut section, mut above, mut found) = (String::new(), "", Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']).to_owned();
        }
        let name = line.split_once(" = ").map(|(name, _)| name).filter(|_| section.ends_with("dependencies"));
        if let Some(name) = name.filter(|_| !above.starts_with("# ")) {
            found.push(format!("Cargo.toml does not say why {name} is there"));
        }
        above = line;
    }
    found
}

#[test]
fn every_dependency_has_a_reason() {
    none(&without_reason(&text_of("Cargo.toml")));
    let bare = "[dev-dependencies]\n# Folders.\ntempfile = \"3\"\nvt100 = \"0.16\"\n[lints]\na = 1\n";
    assert_eq!(without_reason(bare), ["Cargo.toml does not say why vt100 is there"]);
}

#[test]
fn the_arrows_are_those_of_the_test() {
    let written: BTreeSet<(String, BTreeSet<String>)> = table(&text_of("ARCHITECTURE.md"), "Module")
        .iter()
        .map(|row| {
            let allowed = row[1].split(", ").filter(|name| *name != "nothing of ours").map(str::to_owned);
            (bare(&row[0]), allowed.collect())
        })
        .collect();
    let held: BTreeSet<(String, BTreeSet<String>)> = ARROWS
        .iter()
        .filter(|(name, _)| *name != "lib")
        .map(|(name, allowed)| ((*name).to_owned(), allowed.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(written, held);
    let text = text_of("ARCHITECTURE.md");
    assert!(text.contains(&format!("at most {MAX_FILE_LINES} lines, a function {MAX_FUNCTION_LINES}")));
}

/// Every Rust source below a folder.
pub(crate) fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            sources(&entry.path(), into);
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            into.push(fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// `module::function` and `Type::method` in prose are existing functions or variants.
#[test]
fn the_functions_on_the_way_exist() {
    let mut texts = Vec::new();
    sources(&path("src"), &mut texts);
    let known: BTreeSet<String> = texts.iter().flat_map(|text| functions(text)).map(|(name, ..)| name).collect();
    let code = texts.concat();
    let mut seen = 0;
    let mut complaints = Vec::new();
    for span in spans(&text_of("ARCHITECTURE.md")) {
        let Some((owner, last)) = span.rsplit_once("::").filter(|(owner, _)| *owner != "std") else { continue };
        seen += 1;
        let variant = last.starts_with(char::is_uppercase) && code.contains(&format!("{owner}::{last}"));
        let field = code.contains(&format!("pub {last}: "));
        // Messages are rows of a table from which a macro makes the functions.
        let example = span == "words::name";
        if !(known.contains(last) || variant || field || example) {
            complaints.push(format!("{span} is nowhere in src/"));
        }
    }
    assert!(seen >= 15, "{seen} names");
    none(&complaints);
}

/// A test named by its binary and its name exists.
#[test]
fn the_tests_against_faults_exist() {
    let text = text_of("tests/SAFETY.md");
    let named: BTreeSet<String> = spans(&text).into_iter().filter(|span| span.contains("::")).collect();
    let mut complaints = Vec::new();
    for test in &named {
        let (binary, name) = test.split_once("::").unwrap();
        let folder = if binary == "unit" { path("src") } else { path("tests").join(binary) };
        let mut found = Vec::new();
        sources(&folder, &mut found);
        if !found.iter().any(|source| source.contains(&format!("fn {name}("))) {
            complaints.push(format!("{test} is not there"));
        }
    }
    assert!(named.len() > 60, "{}", named.len());
    none(&complaints);
}

/// A code in brackets behind a promise is a row of the table of faults.
#[test]
fn the_promises_name_rows_of_faults() {
    let rows: BTreeSet<String> = text_of("tests/SAFETY.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|codes| codes.split(", ").map(str::to_owned))
        .collect();
    let text = text_of("docs/promises.md");
    let code = |word: &str| -> Option<String> {
        let word = word.trim_matches(['(', ')', ',', '.']);
        let (letter, number) = word.split_at_checked(1)?;
        (matches!(letter, "D" | "G" | "S" | "T" | "N") && number.parse::<u8>().is_ok()).then(|| word.to_owned())
    };
    let named: Vec<String> = text.split_whitespace().filter_map(code).collect();
    assert!(named.len() >= 20, "{named:?}");
    none(
        &named.into_iter().filter(|code| !rows.contains(code)).map(|code| format!("no row {code}")).collect::<Vec<_>>(),
    );
}
