//! Hostile text in every string of a file, in its name and in the settings: what commands print is harmless.

use crate::budgets::assert_harmless;
use crate::commands::{folder_with, run};
use crate::texts::{Dice, anything, cases, everywhere, known, random};
use retake::cli::{Answer, Exit};
use retake::config::paths::Paths;
use std::path::Path;

const FORMATS: [&str; 4] = ["text", "json", "csv", "markdown"];

fn ask(folder: &Path, words: &[&str], file: Option<&str>) -> Answer {
    let file = file.map(|file| folder.join(file).into_os_string());
    run(words.iter().map(|word| (*word).into()).chain(file), "", Paths::default())
}

fn assert_tame(answer: &Answer) {
    for said in [&answer.stdout, &answer.stderr] {
        assert_harmless(said);
    }
}

/// Puts the text where a project allows it, and once where it does not, and runs one of the commands that print it.
fn assert_printed(text: &str, turn: usize) {
    let folder = folder_with(&[("anything.toml", &anything(text)), ("everywhere.toml", &everywhere(text))]);
    // A text too long for a name is an error too.
    let read = if text.chars().count() > 190 { Exit::BadInput } else { Exit::Done };
    for (file, exit) in [("anything.toml", read), ("everywhere.toml", Exit::BadInput)] {
        let set = format!("deliverable.{text}.model={text}");
        let format = FORMATS[turn % FORMATS.len()];
        let (answer, exit) = match turn % 6 {
            4 => (ask(folder.path(), &["check"], Some(file)), exit),
            5 => (ask(folder.path(), &["estimate", "--set", &set], Some(file)), Exit::BadInput),
            _ => (ask(folder.path(), &["estimate", "--format", format], Some(file)), exit),
        };
        assert_tame(&answer);
        assert_eq!(answer.exit, exit, "{:?} in {file}", text.chars().take(50).collect::<String>());
        if format == "json" && turn % 6 < 4 {
            serde_json::from_str::<serde_json::Value>(&answer.stdout).unwrap();
        }
    }
}

#[test]
fn known_payloads_are_printed_harmless() {
    for (turn, text) in known().iter().enumerate() {
        assert_printed(text, turn);
    }
}

/// `RETAKE_CASES` sets a larger number of cases.
#[test]
fn random_payloads_are_printed_harmless() {
    for seed in 0..cases(150) {
        let mut dice = Dice::new(seed);
        assert_printed(&random(&mut dice), dice.below(6));
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_printed_harmless() {
    let folder = folder_with(&[]);
    let usable = |text: &String| !text.is_empty() && text.len() < 200 && !text.contains(['/', '\0']);
    for text in known().into_iter().filter(usable) {
        let name = format!("{text}.toml");
        let asked = |words: &[&str]| {
            let answer = ask(folder.path(), words, Some(&name));
            assert_tame(&answer);
            answer.exit
        };
        assert_ne!(asked(&["check"]), Exit::Done, "{name:?} is not there");
        std::fs::write(folder.path().join(&name), "retake = 1\nsky_colour = 1\n[deliverable.a]\nfinals = 1\n").unwrap();
        assert_eq!(asked(&["check"]), Exit::Done, "{name:?}");
        assert_eq!(asked(&["new"]), Exit::Failed, "{name:?} is there");
        asked(&["tokens"]);
        asked(&["size"]);
    }
}
