//! Sentences of the catalogues that nobody says: a reader takes them for something that the program tells.

use crate::lexer::tokens;
use std::collections::HashMap;

/// The name that a line of a catalogue gives to a sentence: `    name(values) = "…";`.
fn named(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("    ")?.split_once('(')?;
    let is_name =
        !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || "_0123456789".contains(sign));
    let (_, after) = rest.split_once(')')?;
    (is_name && after.starts_with(" = \"")).then_some(name)
}

/// Every sentence in `words/` whose name occurs nowhere else.
pub(crate) fn unused(files: &[(String, String)]) -> Vec<String> {
    let mut known: HashMap<String, usize> = HashMap::new();
    for token in files.iter().flat_map(|(_, source)| tokens(source)) {
        *known.entry(token.text).or_default() += 1;
    }
    let mut complaints = Vec::new();
    for (file, source) in files.iter().filter(|(file, _)| file.starts_with("words/")) {
        for (at, name) in source.lines().enumerate().filter_map(|(at, line)| Some((at, named(line)?))) {
            if known.get(name).is_none_or(|count| *count < 2) {
                complaints.push(format!("src/{file}:{}: nobody says {name}", at + 1));
            }
        }
    }
    complaints
}

#[test]
fn sentences_that_nobody_says_are_found() {
    let catalogue = "catalogue! { X;\n    /// One.\n    one(a) = \"{a}\";\n    two() = \"two\";\n}\n";
    let files =
        |rest: &str| vec![("words/x.rs".to_owned(), catalogue.to_owned()), ("ui/x.rs".to_owned(), rest.to_owned())];
    assert_eq!(unused(&files("fn f() { words::one(1); words::two() }")), Vec::<String>::new());
    assert_eq!(unused(&files("fn f() { words::one(1) } // two")), ["src/words/x.rs:4: nobody says two"]);
}
