//! The folder of themes and the list of those that come with the program are the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use retake::diagnostics::Code;
use retake::ui::theme::{Source, Theme, Themes};

#[test]
fn every_file_in_the_folder_is_shipped_and_can_be_copied_to_be_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        copies.push(Source { name, text: std::fs::read_to_string(&file).unwrap(), file });
    }
    let found: BTreeSet<String> = copies.iter().map(|copy| copy.name.clone()).collect();
    assert_eq!(found, Theme::names().map(str::to_owned).collect());

    // A user's copy of every one, under its own name: the same looks, and nothing to complain of.
    let own = Themes::with_own(copies);
    assert_eq!(own.problems(), []);
    for name in Theme::names() {
        assert_eq!(own.get(name), Theme::built_in(name), "{name}");
    }
}

/// Wrong themes, with the codes of what is wrong.
fn wrong() -> Vec<(&'static str, String, Vec<Code>)> {
    let sixteen: String = (0..16).map(|n| format!("base{n:02X}: \"ffffff\"\n")).collect();
    let many: String = (0..60).map(|n| format!("key{n} = 1\n")).collect();
    vec![
        ("a name", String::new(), vec![Code::ThemeName]),
        ("large", " ".repeat(1 << 20), vec![Code::ThemeSize]),
        ("syntax", "roles = [".to_owned(), vec![Code::ThemeType, Code::ThemeSyntax]),
        ("key", "rolls = 1".to_owned(), vec![Code::ThemeKey]),
        ("type", "roles = 1".to_owned(), vec![Code::ThemeType]),
        ("base", "inherits = \"nothing\"".to_owned(), vec![Code::ThemeBase]),
        ("ground", "ground = \"grey\"".to_owned(), vec![Code::ThemeGround]),
        ("colour", format!("{sixteen}base10: \"no colour\"\n"), vec![Code::ThemeColour]),
        ("twice", format!("{sixteen}base00: \"000000\"\n"), vec![Code::ThemeKey]),
        ("scheme", "base00: \"000000\"\n".to_owned(), vec![Code::ThemeScheme]),
        ("many", many, [vec![Code::ThemeKey; 50], vec![Code::ThemeUnlisted]].concat()),
    ]
}

#[test]
fn every_code_of_a_theme_is_made_by_a_wrong_one() {
    let mut unlike = Vec::new();
    for (name, text, expected) in wrong() {
        let name = if expected == [Code::ThemeName] { "a\u{1b}b" } else { name };
        let themes = Themes::with_own([Source { name: name.to_owned(), text, file: "own.toml".into() }]);
        let found: Vec<Code> = themes.problems().iter().map(|problem| problem.code).collect();
        if found != expected {
            unlike.push((name.to_owned(), found));
        }
    }
    assert!(unlike.is_empty(), "{unlike:?}");
}
