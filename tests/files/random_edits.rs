//! Random documents and random changes, compared with the same changes made to a plain model of tables.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use retake::project::splice::{Change, SpliceError, apply, render_path};
use toml::{Table, Value};

const KEYS: [&str; 6] = ["a", "b", "c", "k 1", "\u{767a}", "d"];
const VALUES: [&str; 9] = [
    "1",
    "2.50",
    "\"x # y\"",
    "'[t]'",
    "[1, [2]]",
    "[\n  1, # cN\n  2,\n]",
    "\"\"\"\n# s\n[x]\n\"\"\"",
    "true",
    "2026-11-21",
];

#[derive(Clone, Debug)]
enum Line {
    Header { path: Vec<usize>, array: bool },
    Key { path: Vec<usize>, value: usize, inline: Option<Vec<(Vec<usize>, usize)>>, style: usize },
    Comment,
    Blank,
}

fn key_path(longest: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..KEYS.len(), 1..=longest)
}

fn line() -> impl Strategy<Value = Line> {
    let inline = prop::collection::vec((key_path(2), 0..VALUES.len()), 0..4);
    prop_oneof![
        3 => (key_path(3), prop::bool::weighted(0.1)).prop_map(|(path, array)| Line::Header { path, array }),
        6 => (key_path(3), 0..VALUES.len(), prop::option::weighted(0.3, inline), 0..6usize)
            .prop_map(|(path, value, inline, style)| Line::Key { path, value, inline, style }),
        1 => Just(Line::Comment),
        1 => Just(Line::Blank),
    ]
}

fn names(path: &[usize]) -> Vec<String> {
    path.iter().map(|key| KEYS[*key].to_owned()).collect()
}

/// Comments are numbered, so that each can be found afterwards.
fn render_line(line: &Line, number: usize) -> String {
    match line {
        Line::Header { path, array: false } => format!("[{}] # c{number}h\n", render_path(&names(path))),
        Line::Header { path, array: true } => format!("[[{}]]\n", render_path(&names(path))),
        Line::Comment => format!("# c{number}o\n"),
        Line::Blank => "\n".to_owned(),
        Line::Key { path, value, inline, style } => {
            let key = render_path(&names(path));
            let value = match inline {
                None => VALUES[*value].to_owned(),
                Some(entries) => {
                    let entries: Vec<String> = entries
                        .iter()
                        .map(|(key, value)| format!("{} = {}", render_path(&names(key)), VALUES[*value]))
                        .collect();
                    match style {
                        0 => format!("{{{}}}", entries.join(",")),
                        1 if !entries.is_empty() => format!("{{\n  {}, # e{number}\n}}", entries.join(",\n  ")),
                        2 if !entries.is_empty() => format!("{{ {}, }}", entries.join(" , ")),
                        3 if !entries.is_empty() => {
                            format!("{{ # c{number}i\n  {} # e{number}\n }}", entries.join(", # f\n"))
                        }
                        _ => format!("{{ {} }}", entries.join(", ")),
                    }
                }
            };
            match style {
                0 => format!("{key}={value}\n"),
                1 => format!("  {key} = {value}      # c{number}k\n"),
                2 => format!("{key}\t=\t{value}\t# c{number}k\n"),
                _ => format!("{key} = {value} # c{number}k\n"),
            }
        }
    }
}

/// Lines that do not fit the ones before are dropped, so that the document is valid.
fn document() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(line(), 0..24);
    (lines, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(lines, mark, crlf, bare, mixed)| {
        let mut text = String::new();
        for (number, line) in lines.iter().enumerate() {
            let longer = format!("{text}{}", render_line(line, number));
            if longer.parse::<Table>().is_ok() {
                text = longer;
            }
        }
        if crlf {
            text = text.replace('\n', "\r\n");
            if mixed {
                text = text.replacen("\r\n", "\n", 2);
            }
        }
        if bare {
            text.truncate(text.trim_end().len());
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

#[derive(Clone, Debug)]
enum Plan {
    SetKnown(Index, usize),
    SetNew(Vec<usize>, usize),
    SetBeside(Index, usize, usize),
    RemoveKnown(Index, usize),
    Insert(Vec<usize>, Vec<(Vec<usize>, usize)>),
}

fn plan() -> impl Strategy<Value = Plan> {
    prop_oneof![
        (any::<Index>(), 0..NEW_VALUES.len()).prop_map(|(at, value)| Plan::SetKnown(at, value)),
        (key_path(4), 0..NEW_VALUES.len()).prop_map(|(path, value)| Plan::SetNew(path, value)),
        (any::<Index>(), 0..KEYS.len(), 0..NEW_VALUES.len())
            .prop_map(|(at, key, value)| Plan::SetBeside(at, key, value)),
        (any::<Index>(), 0..3usize).prop_map(|(at, up)| Plan::RemoveKnown(at, up)),
        (key_path(3), prop::collection::vec((key_path(2), 0..NEW_VALUES.len()), 0..3))
            .prop_map(|(path, entries)| Plan::Insert(path, entries)),
    ]
}

const NEW_VALUES: [&str; 5] = ["7", "\"a rather longer value\"", "[3]", "{ p = 1, q.r = 2 }", "{}"];

fn all_paths(prefix: &[String], table: &Table, out: &mut Vec<Vec<String>>) {
    for (key, value) in table {
        let path = [prefix, std::slice::from_ref(key)].concat();
        if let Value::Table(inner) = value {
            all_paths(&path, inner, out);
        }
        out.push(path);
    }
}

fn change(plan: &Plan, model: &Table) -> Option<Change> {
    let mut known = Vec::new();
    all_paths(&[], model, &mut known);
    let pick = |at: &Index| (!known.is_empty()).then(|| at.get(&known).clone());
    let value = |value: &usize| NEW_VALUES[*value].to_owned();
    Some(match plan {
        Plan::SetKnown(at, new) => Change::Set { path: pick(at)?, value: value(new) },
        Plan::SetNew(path, new) => Change::Set { path: names(path), value: value(new) },
        Plan::SetBeside(at, key, new) => {
            let mut path = pick(at)?;
            *path.last_mut()? = KEYS[*key].to_owned();
            Change::Set { path, value: value(new) }
        }
        Plan::RemoveKnown(at, up) => {
            let path = pick(at)?;
            Change::Remove { path: path[..path.len().saturating_sub(*up).max(1)].to_vec() }
        }
        Plan::Insert(path, entries) => Change::InsertTable {
            path: names(path),
            entries: entries.iter().map(|(key, new)| (names(key), value(new))).collect(),
        },
    })
}

fn parse_value(text: &str) -> Value {
    format!("x = {text}").parse::<Table>().unwrap().remove("x").unwrap()
}

fn table_at<'m>(model: &'m mut Table, path: &[String]) -> Option<&'m mut Table> {
    path.iter().try_fold(model, |table, key| {
        table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new())).as_table_mut()
    })
}

/// The same change on the model; `None` if it makes no sense.
fn mutate(model: &mut Table, change: &Change) -> Option<()> {
    let path = change.path();
    let (key, above) = path.split_last()?;
    match change {
        Change::Set { value, .. } => {
            table_at(model, above)?.insert(key.clone(), parse_value(value));
        }
        Change::Remove { .. } => {
            table_at(model, above)?.remove(key)?;
        }
        Change::InsertTable { entries, .. } => {
            let text: String = entries.iter().map(|(key, value)| format!("{} = {value}\n", render_path(key))).collect();
            let table = text.parse::<Table>().ok()?;
            let above = table_at(model, above)?;
            (!above.contains_key(key)).then(|| above.insert(key.clone(), Value::Table(table)))?;
        }
    }
    Some(())
}

/// A table without a header is gone with its last key; the model keeps it, empty.
fn prune(table: &mut Table) {
    let keys: Vec<String> = table.keys().cloned().collect();
    for key in keys {
        if let Some(Value::Table(inner)) = table.get_mut(&key) {
            prune(inner);
            if inner.is_empty() {
                table.remove(&key);
            }
        }
    }
}

/// Whether there are only empty tables at the path.
fn is_hollow(model: &Table, path: &[String]) -> bool {
    let Some(Value::Table(mut table)) =
        path.iter().try_fold(Value::Table(model.clone()), |value, key| value.get(key).cloned())
    else {
        return false;
    };
    prune(&mut table);
    table.is_empty()
}

fn comments(text: &str, mark: &str) -> BTreeSet<String> {
    let found = text.split("# ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    found.filter(|word| word.starts_with('c') && word.ends_with(mark)).map(str::to_owned).collect()
}

fn is_array_of_tables(error: &SpliceError) -> bool {
    matches!(error, SpliceError::ArrayOfTables { .. })
}

fn run(text: &str, plans: &[Plan]) -> Result<(), TestCaseError> {
    let body = text.trim_start_matches('\u{feff}');
    let mut model: Table = body.parse().unwrap();
    let (mut changes, mut removes_tables) = (Vec::new(), false);
    for plan in plans {
        let mut next = model.clone();
        let Some(change) = change(plan, &model) else { continue };
        let possible = mutate(&mut next, &change).is_some();
        let single = apply(text.as_bytes(), &[changes.as_slice(), std::slice::from_ref(&change)].concat());
        match single {
            Ok(_) if !possible && is_hollow(&model, change.path()) => continue,
            Ok(_) => prop_assert!(possible, "should have failed: {change:?}"),
            // A table without a header may be gone from the text, but still be in the model.
            Err(SpliceError::Missing { .. }) => continue,
            Err(error) if is_array_of_tables(&error) => continue,
            Err(error) => {
                prop_assert!(!possible, "{error}: {change:?}");
                continue;
            }
        }
        let stood = table_at(&mut model.clone(), &change.path()[..change.path().len() - 1])
            .and_then(|above| above.get(change.path().last()?).map(|value| value.is_table() || value.is_array()));
        removes_tables |= stood.unwrap_or(false);
        model = next;
        changes.push(change);
    }
    let new = String::from_utf8(apply(text.as_bytes(), &changes).unwrap()).unwrap();
    let mut parsed: Table = match new.trim_start_matches('\u{feff}').parse() {
        Ok(parsed) => parsed,
        Err(error) => return Err(TestCaseError::fail(format!("{error} in\n{new}\nfrom\n{text}\nby {changes:?}"))),
    };
    let full = parsed.clone();
    prune(&mut model);
    prune(&mut parsed);
    prop_assert_eq!(&parsed, &model, "from\n{}\nto\n{}\nby {:?}", text, new, changes);
    prop_assert_eq!(text.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
    prop_assert_eq!(changes.is_empty() && new != text, false);
    if !body.is_empty() && !new.trim_start_matches('\u{feff}').is_empty() {
        prop_assert_eq!(body.ends_with('\n'), new.ends_with('\n'), "{:?} to {:?}", text, new);
    }
    // Comments stay unless their subject was removed; without removed tables that is a key's own line.
    if !removes_tables {
        prop_assert_eq!(comments(text, "h"), comments(&new, "h"), "{} to {}", text, &new);
        prop_assert_eq!(comments(text, "o"), comments(&new, "o"), "{} to {}", text, &new);
        if !changes.iter().any(|change| matches!(change, Change::Remove { .. })) {
            prop_assert_eq!(comments(text, "k"), comments(&new, "k"), "{} to {}", text, &new);
        }
    }
    // Explicit headers survive, even those of empty tables.
    for change in &changes {
        if let Change::InsertTable { path, .. } = change {
            let gone = changes.iter().any(|other| other != change && path.starts_with(other.path()));
            let there = path.iter().try_fold(&Value::Table(full.clone()), |value, key| value.get(key)).is_some();
            prop_assert!(gone || there, "{:?}\n{}", change, new);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_say_the_same_in_text_and_model(text in document(), plans in prop::collection::vec(plan(), 0..6)) {
        run(&text, &plans)?;
    }

    #[test]
    fn one_new_value_changes_one_line(text in document(), at in any::<Index>(), value in select(&["7", "\"longer text\""][..])) {
        let outline = retake::project::outline::Outline::parse(&text).unwrap();
        let single: Vec<Vec<String>> = outline
            .entries()
            .filter(|entry| !entry.raw_value().contains('\n') && !entry.raw_value().starts_with('['))
            .map(|entry| entry.path().into_iter().map(str::to_owned).collect())
            .collect();
        if single.is_empty() {
            return Ok(());
        }
        let change = Change::Set { path: at.get(&single).clone(), value: value.to_owned() };
        let new = match apply(text.as_bytes(), &[change]) {
            Ok(new) => String::from_utf8(new).unwrap(),
            Err(error) => {
                prop_assert!(is_array_of_tables(&error), "{}", error);
                return Ok(());
            }
        };
        let (old, new): (Vec<_>, Vec<_>) = (text.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
        prop_assert_eq!(old.len(), new.len());
        prop_assert!(old.iter().zip(&new).filter(|(old, new)| old != new).count() <= 1);
    }
}

/// 300 unless the environment asks for another number.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}
