//! Keys: set, added, removed; every other byte stays.

use retake::project::outline::Outline;
use retake::project::splice::{Change, SpliceError, apply, render_key, render_string};

use crate::corpus::CORPUS;
use crate::{assert_edit, edit, path, remove, set, try_edit};

#[test]
fn no_change_is_byte_identical() {
    for text in CORPUS {
        assert_eq!(apply(text.as_bytes(), &[]).unwrap(), text.as_bytes());
    }
}

#[test]
fn setting_every_value_to_itself_is_byte_identical() {
    for text in CORPUS {
        let outline = Outline::parse(text).unwrap();
        let in_array = |path: &[&str]| path[0] == "aot";
        let entries = outline.entries().filter(|entry| !entry.raw_value().starts_with('[') && !in_array(&entry.path()));
        let changes: Vec<Change> = entries
            .map(|entry| Change::Set {
                path: entry.path().into_iter().map(str::to_owned).collect(),
                value: entry.raw_value().to_owned(),
            })
            .collect();
        assert_eq!(edit(text, &changes), *text);
    }
}

#[test]
fn one_set_changes_one_line() {
    for text in CORPUS {
        let outline = Outline::parse(text).unwrap();
        for entry in outline.entries() {
            let path: Vec<String> = entry.path().into_iter().map(str::to_owned).collect();
            if entry.raw_value().contains('\n') || entry.raw_value().starts_with('[') || path[0] == "aot" {
                continue;
            }
            let new = edit(text, &[Change::Set { path, value: "\"other\"".to_owned() }]);
            let old_lines: Vec<&str> = text.split_inclusive('\n').collect();
            let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
            assert_eq!(old_lines.len(), new_lines.len());
            let changed = old_lines.iter().zip(&new_lines).filter(|(old, new)| old != new).count();
            assert_eq!(changed, 1, "{new}");
        }
    }
}

#[test]
fn a_comment_keeps_its_column_when_the_value_fits() {
    let text = "finals = 24                         # how many\nretry = 2.0                         # factor\n";
    let new = "finals = 1000                       # how many\nretry = 2.0                         # factor\n";
    assert_edit(text, &[set("finals", "1000")], new);
    assert_edit(new, &[set("finals", "24")], text);
    let wide = edit(text, &[set("finals", "\"a value that is longer than the gap\"")]);
    assert!(wide.starts_with("finals = \"a value that is longer than the gap\" # how many\n"));
    // One space is not an alignment, unless a neighbouring line shows that it is.
    assert_edit("a = 100 # x\n", &[set("a", "1")], "a = 1 # x\n");
    assert_edit("a = 100 # x\nb = 2   # y\n", &[set("a", "1")], "a = 1   # x\nb = 2   # y\n");
    assert_edit("a = { b = 100 }   # x\n", &[set("a.b", "1")], "a = { b = 1 }     # x\n");
    assert_edit("a = { b = 1 }       # x\n", &[set("a.c", "2")], "a = { b = 1, c = 2 } # x\n");
    assert_edit("a = \"\u{767a}\u{8868}\"   # x\n", &[set("a", "\"wide\"")], "a = \"wide\"   # x\n");
    assert_edit("a = 1\t\t# x\n", &[set("a", "12345")], "a = 12345\t\t# x\n");
    assert_edit("a = 1# x\n", &[set("a", "12345")], "a = 12345# x\n");
}

#[test]
fn a_new_key_follows_the_last_one_of_its_table() {
    assert_edit("[a.b]\nx = 1 # c\n# tail\n\n[c]\n", &[set("a.b.y", "2")], "[a.b]\nx = 1 # c\ny = 2\n# tail\n\n[c]\n");
    assert_edit("  [a]\n    x = 1\n", &[set("a.y", "2")], "  [a]\n    x = 1\n    y = 2\n");
    assert_edit("[a] # h\n\n[b]\n", &[set("a.y", "2")], "[a] # h\ny = 2\n\n[b]\n");
    assert_edit("[a]\nx = [\n 1,\n]\n[b]\n", &[set("a.y", "2")], "[a]\nx = [\n 1,\n]\ny = 2\n[b]\n");
    assert_edit("[a]\r\nx = 1", &[set("a.y", "2"), set("a.z", "3")], "[a]\r\nx = 1\r\ny = 2\r\nz = 3");
    assert_edit("[a]\n", &[set("a.two words", "1")], "[a]\n\"two words\" = 1\n");
    assert_edit("\u{feff}[a]\nx = 1\n", &[set("a.x", "2"), set("a.y", "3")], "\u{feff}[a]\nx = 2\ny = 3\n");
}

#[test]
fn a_new_key_joins_dotted_keys() {
    assert_edit("[x]\na.b.c = 1\nz = 1\n", &[set("x.a.b.d", "2")], "[x]\na.b.c = 1\na.b.d = 2\nz = 1\n");
    assert_edit("a.b.c = 1\n[t]\n", &[set("a.d", "2")], "a.b.c = 1\na.d = 2\n[t]\n");
    assert_edit("a.x = 1\nb.x = 2\na.y = 3\n", &[set("a.z", "4")], "a.x = 1\nb.x = 2\na.y = 3\na.z = 4\n");
    let fruit = "[fruit]\napple.color = 1\n[fruit.apple.texture]\nsmooth = true\n";
    let new = "[fruit]\napple.color = 1\napple.size = 2\n[fruit.apple.texture]\nsmooth = true\n";
    assert_edit(fruit, &[set("fruit.apple.size", "2")], new);
}

#[test]
fn a_new_key_joins_an_inline_table() {
    for (old, new) in [
        ("a = { b = 1 } # x\n", "a = { b = 1, c = 2 } # x\n"),
        ("a = {b=1}\n", "a = {b=1, c = 2}\n"),
        ("a = {}\n", "a = { c = 2 }\n"),
        ("a = { }\n", "a = { c = 2 }\n"),
        ("a = { b = 1, }\n", "a = { b = 1, c = 2, }\n"),
        ("a = {\n  b = 1, # one\n}\n", "a = {\n  b = 1, # one\n  c = 2,\n}\n"),
        ("a = {\n  b = 1  # one\n}\n", "a = {\n  b = 1, # one\n  c = 2\n}\n"),
        ("a = {\r\n  b = 1\r\n}\r\n", "a = {\r\n  b = 1,\r\n  c = 2\r\n}\r\n"),
        ("a = {\n  b = 1 }\n", "a = {\n  b = 1, c = 2 }\n"),
        ("a = { # none\n}\n", "a = { c = 2 # none\n}\n"),
        ("a = {\n  b = 1 # one\n  ,\n}\n", "a = {\n  b = 1 # one\n  , c = 2,\n}\n"),
        ("a = { b = [\n 1, # x\n] }\n", "a = { b = [\n 1, # x\n], c = 2 }\n"),
    ] {
        assert_edit(old, &[set("a.c", "2")], new);
    }
    assert_edit("a = { b = { c = 1 }, d = 1 }\n", &[set("a.b.e", "2")], "a = { b = { c = 1, e = 2 }, d = 1 }\n");
    assert_edit("a = { b.c = 1, d = 1 }\n", &[set("a.b.e", "2")], "a = { b.c = 1, d = 1, b.e = 2 }\n");
    assert_edit("a = { d = 1 }\n", &[set("a.b.e", "2"), set("a.b.f", "3")], "a = { d = 1, b.e = 2, b.f = 3 }\n");
}

#[test]
fn a_new_key_at_the_top() {
    for (old, new) in [
        ("", "k = 1\n"),
        ("# only\n", "# only\nk = 1\n"),
        ("# only", "# only\nk = 1"),
        ("a = 1\n\n[t]\n", "a = 1\nk = 1\n\n[t]\n"),
        ("# file\n\n[t]\n", "# file\n\nk = 1\n\n[t]\n"),
        ("# about t\n[t]\n", "k = 1\n\n# about t\n[t]\n"),
        ("# file\n\n# about t\n[t]\n", "# file\n\nk = 1\n\n# about t\n[t]\n"),
        ("[t]\n", "k = 1\n\n[t]\n"),
        ("\u{feff}[t]\r\n", "\u{feff}k = 1\r\n\r\n[t]\r\n"),
    ] {
        assert_edit(old, &[set("k", "1")], new);
    }
    assert_edit("# f\n\n[t]\n", &[set("a", "1"), set("b", "2")], "# f\n\na = 1\nb = 2\n\n[t]\n");
}

#[test]
fn a_missing_table_is_made() {
    assert_edit("[a.b.c]\nx = 1\n", &[set("a.b.k", "1")], "[a.b]\nk = 1\n\n[a.b.c]\nx = 1\n");
    let old = "x = 1\n\n# about c\n[a.b.c]\nx = 1\n";
    assert_edit(old, &[set("a.b.k", "1")], "x = 1\n\n[a.b]\nk = 1\n\n# about c\n[a.b.c]\nx = 1\n");
    assert_edit("x = 1\n", &[set("a.b.k", "1"), set("a.b.l", "2")], "x = 1\n\n[a.b]\nk = 1\nl = 2\n");
    assert_edit("x = 1", &[set("a.k", "1")], "x = 1\n\n[a]\nk = 1");
    assert_edit("", &[set("a.k", "1")], "[a]\nk = 1\n");
}

#[test]
fn a_value_replaces_whatever_stood_there() {
    assert_edit("retry = { low = 1, high = 2 } # r\n", &[set("retry", "2.0")], "retry = 2.0 # r\n");
    let old = "[d.a]\nx = 1\n\n[d.a.retry]\nlow = 1\n\n[d.b]\n";
    assert_edit(old, &[set("d.a.retry", "2.0")], "[d.a]\nx = 1\nretry = 2.0\n\n[d.b]\n");
    assert_edit("[d]\nretry.low = 1\nx = 1\nretry.high = 2\n", &[set("d.retry", "2")], "[d]\nx = 1\nretry = 2\n");
    assert_edit("a = { b.c = 1, b.d = 2 }\n", &[set("a.b", "3")], "a = { b = 3 }\n");
    assert_edit("r = 1 # x\n", &[set("r", "{ low = 1 }")], "r = { low = 1 } # x\n");
}

#[test]
fn a_removed_key_takes_its_line_and_nothing_else() {
    assert_edit("# above\na = 1 # own\n# below\nb = 2\n", &[remove("a")], "# above\n# below\nb = 2\n");
    assert_edit("a = [\n 1, # x\n]\nb = 2\n", &[remove("a")], "b = 2\n");
    assert_edit("a = 1\nb = 2", &[remove("b")], "a = 1");
    assert_edit("a = 1", &[remove("a")], "");
    assert_edit("[t]\na = 1\n", &[remove("t.a")], "[t]\n");
    for (old, new) in [
        ("a = { b = 1, c = 2, d = 3 }\n", "a = { c = 2, d = 3 }\n"),
        ("a = { c = 2, b = 1, d = 3 }\n", "a = { c = 2, d = 3 }\n"),
        ("a = { c = 2, d = 3, b = 1 }\n", "a = { c = 2, d = 3 }\n"),
        ("a = { c = 2, b = 1, } # x\n", "a = { c = 2, } # x\n"),
        ("a = { b = 1 }\n", "a = { }\n"),
        ("a = { b = 1, }\n", "a = { }\n"),
        ("a = {b=1}\n", "a = {}\n"),
        ("a = {\n  b = 1, # one\n  c = 2 # two\n}\n", "a = {\n  c = 2 # two\n}\n"),
        ("a = {\n  c = 2, # two\n  # up\n  b = 1 # one\n}\n", "a = {\n  c = 2, # two\n  # up\n}\n"),
        ("a = {\n  c = 2 # two\n  , b = 1 # one\n}\n", "a = {\n  c = 2 # two\n   # one\n}\n"),
        ("a = { c = 2, # two\n  b = 1 }\n", "a = { c = 2 # two\n   }\n"),
        ("a = { b = 1 # one\n, c = 2 }\n", "a = {  # one\nc = 2 }\n"),
    ] {
        assert_edit(old, &[remove("a.b")], new);
    }
    assert_edit("a = { b = 1, c = 2 }   # x\n", &[remove("a.b")], "a = { c = 2 }          # x\n");
}

#[test]
fn errors_name_the_path() {
    let at = |dotted: &str| path(dotted);
    let cases = [
        ("a = 1\n", set("a.b", "1"), SpliceError::NotATable { path: at("a") }),
        ("[[a]]\n", set("a.b", "1"), SpliceError::ArrayOfTables { path: at("a") }),
        ("[[a]]\n", remove("a"), SpliceError::ArrayOfTables { path: at("a") }),
        ("[[a]]\n[a.b]\n", set("a.b.c", "1"), SpliceError::ArrayOfTables { path: at("a") }),
        ("a = 1\n", remove("b"), SpliceError::Missing { path: at("b") }),
        ("[a.b]\n", crate::insert("a", &[]), SpliceError::Exists { path: at("a") }),
        ("", set("a", "1\nb = 2"), SpliceError::InvalidValue { path: at("a") }),
        ("", set("a", "1 # c"), SpliceError::InvalidValue { path: at("a") }),
        ("", set("a", "1\n[t]"), SpliceError::InvalidValue { path: at("a") }),
        ("", set("a", "red"), SpliceError::InvalidValue { path: at("a") }),
        ("", set("a", ""), SpliceError::InvalidValue { path: at("a") }),
        ("", crate::insert("a", &[("k", "1"), ("k", "2")]), SpliceError::InvalidValue { path: at("a") }),
        ("", Change::Remove { path: Vec::new() }, SpliceError::EmptyPath),
    ];
    for (text, change, wanted) in cases {
        assert_eq!(try_edit(text, &[change]), Err(wanted), "{text}");
    }
    assert_eq!(apply(b"\xff", &[set("a", "1")]), Err(SpliceError::NotUtf8));
    assert!(matches!(try_edit("a = \n", &[set("a", "1")]), Err(SpliceError::Unreadable(_))));
}

#[test]
fn changes_are_made_in_order() {
    assert_edit("a = 1\n", &[set("a", "2"), set("a", "3"), remove("a"), set("b.c", "1"), remove("b")], "");
    let changes = [crate::insert("t", &[("a", "1")]), set("t.b", "2"), set("t.u.c", "3"), remove("t.a")];
    assert_edit("", &changes, "[t]\nb = 2\n\n[t.u]\nc = 3\n");
    assert_edit("[a]\nx = 1\n", &[remove("a"), set("a.b.c", "1"), remove("a.b.c")], "[a.b]\n");
}

#[test]
fn strings_and_keys_are_escaped() {
    let nasty = "a\"b\\c\n\t\u{1b}[2J\u{7f}\u{9b}\u{767a}\u{0}";
    let rendered = render_string(nasty);
    assert!(!rendered.chars().any(char::is_control));
    let table: toml::Table = format!("k = {rendered}\n{} = 1", render_key(nasty)).parse().unwrap();
    assert_eq!(table["k"].as_str(), Some(nasty));
    assert!(table.contains_key(nasty));
    assert_eq!(render_key("pdp-hero_2"), "pdp-hero_2");
    assert_eq!(render_key(""), "\"\"");
    assert_eq!(render_key("\u{767a}\u{8868}"), "\"\u{767a}\u{8868}\"");
}
