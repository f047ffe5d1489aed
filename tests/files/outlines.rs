//! The outline has the same content as the TOML reader's tree, and never panics.

use proptest::prelude::*;
use retake::project::outline::{Kind, Outline, line_column};

use crate::corpus::CORPUS;

fn leaves(prefix: &mut Vec<String>, table: &toml::Table, out: &mut Vec<Vec<String>>) {
    for (key, value) in table {
        prefix.push(key.clone());
        match value {
            toml::Value::Table(inner) => leaves(prefix, inner, out),
            // An array of tables has no single place.
            toml::Value::Array(items) if items.iter().any(|item| item.is_table()) => {}
            _ => out.push(prefix.clone()),
        }
        prefix.pop();
    }
}

#[test]
fn every_value_of_the_corpus_has_its_place() {
    for text in CORPUS {
        let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap();
        let outline = Outline::parse(text).unwrap();
        let mut paths = Vec::new();
        leaves(&mut Vec::new(), &table, &mut paths);
        for path in &paths {
            let entry = outline.find(path).unwrap_or_else(|| panic!("{path:?} in\n{text}"));
            assert_eq!(entry.kind(), Kind::Value);
            assert_eq!(entry.path(), *path);
            assert_eq!(&text[entry.value_span()], entry.raw_value());
            let alone: toml::Table = format!("x = {}", entry.raw_value()).parse().unwrap();
            let there = path.iter().skip(1).fold(&table[&path[0]], |value, key| &value[key.as_str()]);
            assert_eq!(&alone["x"], there, "{path:?}");
            assert!(entry.line_span().start <= entry.key_span().start);
            assert!(entry.line_span().end >= entry.value_span().end);
        }
    }
}

#[test]
fn lines_cover_whole_lines() {
    for text in CORPUS {
        for entry in Outline::parse(text).unwrap().entries() {
            let line = entry.line_span();
            let start = text[..line.start].trim_start_matches('\u{feff}');
            assert!(start.is_empty() || start.ends_with('\n'), "{:?}", &text[line]);
            assert!(line.end == text.len() || text[..line.end].ends_with('\n'), "{:?}", &text[line]);
        }
    }
}

#[test]
fn spans_of_a_small_text() {
    let text = "a.b = { c = 1 } # x\n[t . u]\nk = 'v'\n";
    let outline = Outline::parse(text).unwrap();
    let seen: Vec<_> = outline
        .entries()
        .map(|entry| (entry.kind(), entry.path().join("/"), &text[entry.key_span()], entry.raw_value()))
        .collect();
    let wanted = [
        (Kind::Inline, "a/b".to_owned(), "a.b", "{ c = 1 }"),
        (Kind::Value, "a/b/c".to_owned(), "c", "1"),
        (Kind::Table, "t/u".to_owned(), "t . u", "[t . u]"),
        (Kind::Value, "t/u/k".to_owned(), "k", "'v'"),
    ];
    assert_eq!(seen, wanted);
    assert!(outline.contains(&["a"]) && outline.find(&["a"]).is_none());
    assert_eq!(outline.find(&["a", "b", "c"]).unwrap().line_span(), 0..20);
}

#[test]
fn broken_texts_are_errors_with_a_place() {
    for (text, offset) in
        [("a = ", 4), ("a = 1\nb\n", 7), ("[a\n", 2), ("a = { b = 1", 4), ("a = 1 2 = 3", 0), ("= 1", 0)]
    {
        let error = Outline::parse(text).unwrap_err();
        assert!(error.offset >= offset && error.offset <= text.len(), "{text:?}: {error}");
    }
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(Outline::parse(&deep).is_err());
}

#[test]
fn lines_and_columns_count_characters() {
    let text = "\u{feff}\u{767a}\u{8868} = 1\r\n  b = 2";
    let at = |needle: &str| line_column(text, text.find(needle).unwrap());
    assert_eq!(at("\u{767a}"), (1, 1));
    assert_eq!(at("1"), (1, 6));
    assert_eq!(at("b"), (2, 3));
    assert_eq!(line_column(text, 10_000), (2, 8));
}

proptest! {
    #[test]
    fn any_text_is_an_outline_or_an_error(text in "[\\[\\]{}=.,#\"'\\\\\\r\\n\\t ab1\u{feff}é]{0,60}") {
        let outline = Outline::parse(&text);
        if text.trim_start_matches('\u{feff}').parse::<toml::Table>().is_ok() && !text.starts_with("\u{feff}\u{feff}") {
            let outline = outline.unwrap();
            for entry in outline.entries() {
                prop_assert!(text.get(entry.value_span()).is_some() && text.get(entry.line_span()).is_some());
            }
        }
    }
}
