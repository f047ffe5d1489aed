//! Whole tables: inserted at their sorted place, removed with everything that belongs to them.

use crate::{assert_edit, edit, insert, remove, set};

#[test]
fn a_table_goes_to_its_sorted_place() {
    let old = "[d.a]\nx = 1\n\n[d.a.explore]\ny = 1\n\n# about c\n[d.c]\nx = 3\n\n[rates]\n";
    let new = "[d.a]\nx = 1\n\n[d.a.explore]\ny = 1\n\n[d.b]\nx = 2\n\n# about c\n[d.c]\nx = 3\n\n[rates]\n";
    assert_edit(old, &[insert("d.b", &[("x", "2")])], new);
    let first = "[d.\"0\"]\n\n[d.a]\n";
    assert_edit("[d.a]\n", &[insert("d.0", &[])], &first.replace("\"0\"", "0"));
    let old = "# file\n\n# about b\n[d.b]\nx = 1\n";
    assert_edit(old, &[insert("d.a", &[("x", "0")])], "# file\n\n[d.a]\nx = 0\n\n# about b\n[d.b]\nx = 1\n");
    let last = edit(old, &[insert("d.c", &[("x", "0")])]);
    assert_eq!(last, "# file\n\n# about b\n[d.b]\nx = 1\n\n[d.c]\nx = 0\n");
    // Compares characters, not the spelling of the key.
    let old = "[d.a]\n\n[d.\"\u{767a}\"]\n";
    assert_edit(old, &[insert("d.z", &[])], "[d.a]\n\n[d.z]\n\n[d.\"\u{767a}\"]\n");
}

#[test]
fn unsorted_files_get_it_after_the_nearest_smaller_one() {
    let old = "[d.z]\n\n[d.a]\n\n[d.k]\n\n[d.k.sub]\n\n[d.b]\n";
    let new = "[d.z]\n\n[d.a]\n\n[d.k]\n\n[d.k.sub]\n\n[d.m]\n\n[d.b]\n";
    assert_edit(old, &[insert("d.m", &[])], new);
}

#[test]
fn the_first_of_its_kind_goes_behind_its_family_or_to_the_end() {
    assert_edit("a = 1\n", &[insert("d.a", &[("x", "1")])], "a = 1\n\n[d.a]\nx = 1\n");
    assert_edit("", &[insert("d.a", &[])], "[d.a]\n");
    assert_edit("a = 1\n\n\n", &[insert("d.a", &[])], "a = 1\n\n[d.a]\n\n\n");
    assert_edit("[d]\nk = 1\n\n[z]\n", &[insert("d.a", &[])], "[d]\nk = 1\n\n[d.a]\n\n[z]\n");
    let old = "[d]\nm = { x = 1 }\n\n[z]\ny = 1";
    assert_edit(old, &[insert("d.a", &[("x", "2")])], "[d]\nm = { x = 1 }\n\n[d.a]\nx = 2\n\n[z]\ny = 1");
    assert_edit(
        "d = { m = 1 }\n",
        &[insert("d.a", &[("x", "2"), ("y.z", "3")])],
        "d = { m = 1, a = { x = 2, y.z = 3 } }\n",
    );
    assert_edit("d = {}\n", &[insert("d.a", &[])], "d = { a = {} }\n");
    assert_edit("a = 1\n# tail\n", &[insert("t", &[])], "a = 1\n# tail\n\n[t]\n");
    assert_edit("a = 1", &[insert("t", &[("k", "1")])], "a = 1\n\n[t]\nk = 1");
}

#[test]
fn many_tables_at_once_land_like_one_by_one() {
    let old = "[d.b]\nx = 1\n\n[d.m]\nx = 1\n\n[z]\n";
    let changes: Vec<_> = ["d.k", "d.a", "d.c", "d.z", "d.d"].iter().map(|at| insert(at, &[("x", "9")])).collect();
    let one_by_one = changes.iter().fold(old.to_owned(), |text, change| edit(&text, std::slice::from_ref(change)));
    assert_edit(old, &changes, &one_by_one);
    let heads: Vec<&str> = one_by_one.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(heads, ["[d.a]", "[d.b]", "[d.c]", "[d.d]", "[d.k]", "[d.m]", "[d.z]", "[z]"]);
}

#[test]
fn spacing_and_indentation_follow_the_file() {
    assert_edit("[a]\nx = 1\n[c]\n", &[insert("b", &[])], "[a]\nx = 1\n[b]\n[c]\n");
    let old = "[d]\n\n  [d.a]\n    x = 1\n\n  [d.c]\n    x = 1\n";
    let new = "[d]\n\n  [d.a]\n    x = 1\n\n  [d.b]\n    x = 2\n\n  [d.c]\n    x = 1\n";
    assert_edit(old, &[insert("d.b", &[("x", "2")])], new);
    assert_edit("[d.a]\r\n\r\n[d.c]\r\n", &[insert("d.b", &[])], "[d.a]\r\n\r\n[d.b]\r\n\r\n[d.c]\r\n");
}

#[test]
fn a_removed_table_takes_its_own_comments_only() {
    let old = "# file\n\n# about a\n# more\n[a] # h\n# in a\nx = 1 # x\n# y = 2\n\n# loose\n\n# about b\n[b]\ny = 2\n";
    assert_edit(old, &[remove("a")], "# file\n\n# loose\n\n# about b\n[b]\ny = 2\n");
    assert_edit(old, &[remove("b")], "# file\n\n# about a\n# more\n[a] # h\n# in a\nx = 1 # x\n# y = 2\n\n# loose\n");
    assert_edit("[a]\nx = 1\n# about b\n[b]\n", &[remove("a")], "# about b\n[b]\n");
}

#[test]
fn a_removed_table_takes_its_family_wherever_it_stands() {
    let old = "[a]\nx = 1\n\n[b]\ny = 1\n\n[a.c]\nz = 1\n\n[ab]\nw = 1\n\n[[a.list]]\nq = 1\n";
    assert_edit(old, &[remove("a")], "[b]\ny = 1\n\n[ab]\nw = 1\n");
    let old = "[f]\napple.color = 1\nk = 2\napple.taste = 3\n\n[f.apple.texture]\ns = 1\n\n[g]\n";
    assert_edit(old, &[remove("f.apple")], "[f]\nk = 2\n\n[g]\n");
    assert_edit("[d]\na = { x = 1 } # a\nb = { x = 1 }\n", &[remove("d.a")], "[d]\nb = { x = 1 }\n");
    assert_edit("d = { a.x = 1, b = 2, a.y = 3 }\n", &[remove("d.a")], "d = { b = 2 }\n");
    assert_edit("a = 1\n[t]\nx = 1", &[remove("t")], "a = 1");
}

#[test]
fn blank_lines_are_neither_doubled_nor_eaten() {
    let old = "[a]\n\n[b]\n\n\n[c]\n\n[e]\n";
    assert_edit(old, &[remove("b")], "[a]\n\n\n[c]\n\n[e]\n");
    assert_edit(old, &[remove("a")], "[b]\n\n\n[c]\n\n[e]\n");
    assert_edit(old, &[remove("c")], "[a]\n\n[b]\n\n\n[e]\n");
    assert_edit(old, &[remove("e")], "[a]\n\n[b]\n\n\n[c]\n");
    assert_edit(old, &[remove("b"), remove("c")], "[a]\n\n[e]\n");
    assert_edit(old, &[remove("c"), remove("e")], "[a]\n\n[b]\n");
    assert_edit("[a]\n[b]\n[c]\n", &[remove("b")], "[a]\n[c]\n");
    assert_edit("[a]\n\n[b]\n\n\n", &[remove("b")], "[a]\n\n\n");
}

#[test]
fn insert_then_remove_gives_the_text_back() {
    for text in [
        "[d.a]\nx = 1\n\n# about c\n[d.c]\nx = 3\n\n[rates]\n",
        "a = 1\n\n[d.a]\nx = 1\n",
        "[d.x]\n\n[d.y]",
        "# file\n\n[d.z]\r\nx = 1\r\n",
    ] {
        let there = edit(text, &[insert("d.b", &[("k", "1"), ("l.m", "2")])]);
        assert_edit(&there, &[remove("d.b")], text);
    }
}

#[test]
fn arrays_of_tables_are_left_alone() {
    let old = "[[log]]\nd = 1\n\n[[log]]\nd = 2\n[log.sub]\ne = 1\n\n[t]\nx = 1\n";
    let new = edit(old, &[set("t.x", "2"), insert("u", &[]), set("top", "1")]);
    assert_eq!(new, "top = 1\n\n[[log]]\nd = 1\n\n[[log]]\nd = 2\n[log.sub]\ne = 1\n\n[t]\nx = 2\n\n[u]\n");
}
