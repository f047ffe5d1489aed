//! `docs/json.md` and the program have the same keys: a key without a row fails, and so does a row without a key.

use crate::markdown::{bare, fences};
use crate::session::{folder, run, write_files};
use crate::{none, text_of};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/json.md";

/// The keys that a command prints, each with the kinds of its values.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// Keys of a table, each with the kinds that it says.
type Rows = BTreeMap<String, BTreeSet<String>>;

/// The commands of the page's sessions that print JSON, below the heading of their section.
fn commands() -> Vec<(String, String)> {
    let text = text_of(PAGE);
    let mut found = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap().to_owned();
        for fence in fences(section).iter().filter(|fence| fence.kind == "console") {
            let lines = fence.body.lines().filter_map(|line| line.strip_prefix("$ "));
            found
                .extend(lines.filter(|line| line.contains("--format json")).map(|line| (heading.clone(), line.into())));
        }
    }
    found
}

/// The rows of each section's table of keys: a key and the kinds that it may have.
fn rows() -> BTreeMap<String, Rows> {
    let text = text_of(PAGE);
    let section = |section: &str| {
        let heading = section.lines().next().unwrap().to_owned();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
        let keys = cells.map(|cells| {
            let kinds = cells[1].split(" or ").map(str::to_owned).collect();
            (bare(cells[0]), kinds)
        });
        (heading, keys.collect())
    };
    text.split("\n## ").skip(1).map(section).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(text) if text.parse::<rust_decimal::Decimal>().is_ok() => "decimal",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn collect(path: &str, value: &Value, keys: &mut Keys) {
    // Bills and issues have the same keys wherever they stand; the page describes them once.
    let path = path.strip_prefix("deliverables[].").filter(|rest| rest.starts_with("bills[]")).unwrap_or(path);
    let path = path.strip_prefix("files[].").filter(|rest| rest.starts_with("issues[]")).unwrap_or(path);
    if !path.is_empty() {
        keys.entry(path.to_owned()).or_default().insert(kind(value).to_owned());
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| match item {
            // A list of plain values is described by its own row.
            Value::Object(_) | Value::Array(_) => collect_members(&format!("{path}[]"), item, keys),
            _ => {}
        }),
        Value::Object(_) => collect_members(path, value, keys),
        _ => {}
    }
}

fn collect_members(path: &str, value: &Value, keys: &mut Keys) {
    for (key, member) in value.as_object().unwrap() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        collect(&path, member, keys);
    }
}

/// Whether a row describes a key: a part in capitals stands for any name.
fn describes(row: &str, key: &str) -> bool {
    let (row, key): (Vec<&str>, Vec<&str>) = (row.split('.').collect(), key.split('.').collect());
    let is_any = |part: &str| part.chars().all(|c| c.is_ascii_uppercase());
    row.len() == key.len() && row.iter().zip(&key).all(|(row, key)| row == key || is_any(row))
}

/// Whether a value of this kind is what the row says. A text may read like a number (a project called "2026").
fn fits(kinds: &BTreeSet<String>, kind: &str) -> bool {
    kinds.contains(kind) || kind == "decimal" && kinds.contains("text")
}

fn complaints(section: &str, rows: &Rows, keys: &Keys) -> Vec<String> {
    let mut complaints = Vec::new();
    for (key, kinds) in keys {
        let exact = rows.get_key_value(key);
        match exact.or_else(|| rows.iter().find(|(row, _)| describes(row, key))) {
            None => complaints.push(format!("{section}: no row for {key} ({kinds:?})")),
            Some((_, said)) => {
                let wrong = kinds.iter().filter(|kind| !fits(said, kind));
                complaints.extend(wrong.map(|kind| format!("{section}: {key} is also {kind}")));
            }
        }
    }
    complaints
}

/// The rows of a section, and those of issues and of the risk, which the page describes once.
fn with_shared(rows: &BTreeMap<String, Rows>, section: &str) -> Rows {
    let issues = rows["estimate"].iter().filter(|(key, _)| key.starts_with("issues[]"));
    // What `estimate` says of the risk is described there.
    let risk = rows["risk"].iter().filter(|(key, _)| section == "estimate" && key.starts_with("risk."));
    issues.chain(risk).chain(&rows[section]).map(|(key, kinds)| (key.clone(), kinds.clone())).collect()
}

/// The commands that print JSON of each sample.
fn of_samples(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder.join("sample-projects")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let lines = |name: String| {
        ["estimate", "check"]
            .map(|command| (command.to_owned(), format!("retake {command} sample-projects/{name} --format json")))
    };
    let commands: Vec<_> = names.flat_map(lines).collect();
    assert!(commands.len() >= 14, "{commands:?}");
    commands
}

fn printed(line: &str, folder: &Path) -> Value {
    let output = run(line, folder);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn the_keys_of_the_page_are_those_of_the_program() {
    let folder = folder();
    write_files(PAGE, folder.path());
    let rows = rows();
    let mut seen: BTreeMap<String, Keys> = BTreeMap::new();
    for (section, line) in commands().into_iter().chain(of_samples(folder.path())) {
        collect("", &printed(&line, folder.path()), seen.entry(section).or_default());
    }
    assert!(seen.len() >= 9, "{} commands", seen.len());
    let mut found = Vec::new();
    for (section, keys) in &seen {
        found.extend(complaints(section, &with_shared(&rows, section), keys));
        let rows = &rows[section];
        let unused = rows.keys().filter(|row| !keys.keys().any(|key| key == *row || describes(row, key)));
        found.extend(unused.map(|row| format!("{section}: no output has {row}")));
    }
    none(&found);
}

#[test]
fn a_key_that_differs_is_found() {
    let rows: Rows = [("a[].b".to_owned(), BTreeSet::from(["decimal".to_owned(), "null".to_owned()]))].into();
    let keys = |json: &str| {
        let mut keys = Keys::new();
        collect("", &serde_json::from_str(json).unwrap(), &mut keys);
        keys.remove("a");
        complaints("x", &rows, &keys)
    };
    assert_eq!(keys(r#"{"a": [{"b": "1.5"}, {"b": null}]}"#), Vec::<String>::new());
    assert_eq!(keys(r#"{"a": [{"b": 1.5}]}"#).len(), 1);
    assert_eq!(keys(r#"{"a": [{"c": "1.5"}]}"#).len(), 1);
    assert!(describes("rates[].usd.METER", "rates[].usd.image_output"));
    assert!(!describes("rates[].usd.METER", "rates[].usd"));
}
