//! From a parsed list to one step that can be undone.

use crate::{catalog, fresh};
use retake::cost::budget::edit::Edit;
use retake::cost::budget::slugs::{FreeKeys, free_key, slug};
use retake::cost::{Budget, Line};
use retake::project::write;
use retake::tables::{apply, read};

fn line(key: &str, position: Option<i64>) -> Line {
    Line { key: key.to_owned(), position, ..Line::default() }
}

fn with(lines: &[Line]) -> Budget {
    Budget { lines: lines.iter().cloned().map(Into::into).collect(), ..Budget::default() }
}

const LIST: &str = "Name,Qty\nTile,3\nHero,4\nTile,5\n???,6\n";

fn apply_all(edits: &[Edit], budget: &mut Budget) {
    for edit in edits {
        edit.apply(budget);
    }
}

/// Adds the list, undoes it, and returns the budget as it was in between.
fn added(budget: &Budget) -> Budget {
    let mut now = budget.clone();
    let edits = apply(&read(LIST, budget, catalog()), budget);
    apply_all(&edits, &mut now);
    let after = now.clone();
    let back: Vec<Edit> = edits.into_iter().rev().map(Edit::reversed).collect();
    apply_all(&back, &mut now);
    assert_eq!(now, *budget, "undo");
    after
}

fn placed(budget: &Budget) -> Vec<(&str, Option<i64>)> {
    budget.lines.iter().map(|line| (line.key.as_str(), line.position)).collect()
}

#[test]
fn rows_go_below_what_is_there_in_their_order() {
    let none = added(&Budget::default());
    let keys = [("tile", Some(10)), ("hero", Some(20)), ("tile-2", Some(30)), ("item-4", Some(40))];
    assert_eq!(placed(&none), keys);
    assert_eq!(none.lines[3].title(), "???");
    let some = added(&with(&[line("hero", Some(7)), line("z", Some(15))]));
    assert_eq!(
        placed(&some)[2..],
        [("tile", Some(25)), ("hero-2", Some(35)), ("tile-2", Some(45)), ("item-6", Some(55))]
    );
    let unplaced = added(&with(&[line("a", None), line("b", None)]));
    assert_eq!(placed(&unplaced)[..3], [("a", None), ("b", None), ("tile", Some(10))]);
}

#[test]
fn where_no_number_is_left_all_are_numbered_anew() {
    let full = added(&with(&[line("a", Some(5)), line("b", Some(1_000_000_000))]));
    assert_eq!(placed(&full)[..3], [("a", Some(10)), ("b", Some(20)), ("tile", Some(30))]);
    let mixed = added(&with(&[line("a", Some(50)), line("b", Some(40))]));
    assert_eq!(placed(&mixed)[..3], [("a", Some(10)), ("b", Some(20)), ("tile", Some(30))]);
}

#[test]
fn what_was_added_reads_back_from_the_file() {
    let text = "retake = 1\n\n[deliverable.hero]\nfinals = 1 # the first\n";
    let open = |text: &str| retake::project::open::read_text(text, std::path::Path::new("p.toml"), catalog());
    let before = open(text);
    let hostile = std::fs::read_to_string("tests/intake/lists/hostile.csv").unwrap();
    let mut after = before.budget.clone();
    for list in [LIST, &hostile] {
        let edits = apply(&read(list, &after, catalog()), &after);
        assert!(edits.iter().all(|edit| matches!(edit, Edit::Insert { .. })));
        apply_all(&edits, &mut after);
    }
    let new = String::from_utf8(write::updated(text.as_bytes(), &before.budget, &mut after.clone()).unwrap()).unwrap();
    assert!(new.contains("finals = 1 # the first\n"));
    assert_eq!(open(&new).budget, after);
}

#[test]
fn a_name_that_is_there_already_is_said() {
    let budget = with(&[Line { name: Some("Tile".to_owned()), ..line("square", None) }]);
    let intake = read(LIST, &budget, catalog());
    assert_eq!(intake.rows[0].notes, ["the project already has a deliverable called Tile"]);
    assert_eq!(intake.rows[2].notes.len(), 2);
    assert_eq!(fresh(LIST).rows[2].notes, ["another row is also called Tile"]);
}

#[test]
fn keys_are_those_that_a_single_new_deliverable_gets() {
    let names = ["Hero", "hero", "HERO!", "発表", "発表", "???", "…", "Hero 2", "hero-2", "Ärger ß"];
    let (mut budget, mut keys) = (Budget::default(), FreeKeys::default());
    for name in names {
        let key = free_key(&budget, name);
        assert_eq!(keys.take(name), key, "{name}");
        assert!(key.starts_with(&slug(name)));
        budget.lines.push(line(&key, None).into());
    }
}
