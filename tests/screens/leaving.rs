//! Saving, leaving, opening, reloading: nothing is lost without a question, and every question has its ways out.

use crate::desk::{Desk, SIZES, TWO_LINES, catalog};
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::model::outcome::{Effect, OnDisk, Opened, Outcome};
use retake::app::model::overlay::{Ask, Leaving, Overlay};
use retake::cost::{Budget, Decimal};
use retake::diagnostics::{Code, Position, Problem};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn edited() -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+");
    desk
}

fn problem(text: &str) -> Problem {
    Problem::new(Code::ChangedOnDisk, text)
}

fn saved(desk: &Desk) -> Outcome {
    let pins = desk.state.budget().pins.clone();
    Outcome::Saved { file: "spring.retake.toml".to_owned(), pins, durable: true, in_place: false, not_kept: None }
}

fn take(desk: &mut Desk) -> Vec<Effect> {
    std::mem::take(&mut desk.effects)
}

/// A value that was only previewed in a list is not an edit: it does not count, nor is it saved when quitting closes the list.
#[test]
fn quitting_from_a_list_takes_back_what_was_looked_at() {
    for over in ["", "<f1>"] {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("+ h <enter>");
        let before = desk.state.budget().clone();
        desk.keys("<down> <down>").keys(over).keys("<ctrl-c>");
        assert!(*desk.state.budget() == before, "the question to save is asked about other values than were set");
        desk.keys("<esc>");
        assert!(*desk.state.budget() == before && desk.state.overlays.is_empty());
        desk.assert_sound();
    }
}

#[test]
fn saving_writes_the_open_file_and_asks_for_a_name_where_there_is_none() {
    let mut desk = edited();
    desk.keys("<ctrl-s>");
    assert_eq!(take(&mut desk), [Effect::Save]);
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("24 <ctrl-s>");
    assert!(take(&mut desk).is_empty());
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Ask { ask: Ask::SaveAs, .. })));
    assert!(desk.screen(80, 24).contains("project.retake.toml"));
    desk.keys("<ctrl-u> <enter>");
    assert!(desk.screen(80, 24).contains("type a file name"), "an empty name is refused");
    desk.type_text("a b.retake.toml").keys("<enter>");
    assert_eq!(take(&mut desk), [Effect::SaveAs { path: PathBuf::from("a b.retake.toml"), replace: false }]);
    assert!(desk.state.is_dirty(), "until the disk says that it is written");
}

#[test]
fn a_field_that_is_open_is_saved_as_it_stands_or_refused() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("31 <ctrl-s>");
    assert_eq!(take(&mut desk), [Effect::Save]);
    assert_eq!(desk.state.estimate().totals.finals, 91);
    desk.keys("<ctrl-u>");
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("3x <ctrl-s>");
    assert!(take(&mut desk).is_empty() && desk.state.view.input.is_some(), "nothing is saved that was not accepted");
}

#[test]
fn quitting_asks_only_when_something_would_be_lost() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("q");
    assert_eq!(take(&mut desk), [Effect::Quit]);
    for keys in ["q", "<ctrl-c>", "? <ctrl-c>", "a n <ctrl-c>", "5 <ctrl-c>", "9x <ctrl-c>"] {
        let mut desk = edited();
        desk.keys(keys);
        assert!(take(&mut desk).is_empty(), "{keys}");
        assert_eq!(desk.state.overlays.top(), Some(&Overlay::Unsaved(Leaving::Quit)), "{keys}");
        let before = desk.state.budget().clone();
        desk.keys("<ctrl-c> <ctrl-c> <ctrl-c>");
        assert!(take(&mut desk).is_empty(), "a second Ctrl-C drops nothing");
        assert!(desk.screen(80, 24).contains("answer the question"), "{}", desk.screen(80, 24));
        desk.keys("<esc>");
        assert_eq!((desk.state.overlays.top(), desk.state.budget()), (None, &before));
        desk.keys("q d");
        assert_eq!(take(&mut desk), [Effect::Quit], "{keys}");
    }
}

#[test]
fn the_ways_out_of_a_question_are_in_sight_at_every_size() {
    for (width, height) in SIZES {
        let mut desk = edited();
        desk.keys("q");
        let screen = desk.screen(width, height);
        for key in ["s", "d", "Esc"] {
            assert!(screen.split([' ', '┃']).any(|word| word == key), "{key} at {width}x{height}\n{screen}");
        }
    }
}

#[test]
fn new_and_open_ask_first_and_go_on_after_a_save() {
    for (keys, leaving, effect) in [
        ("<ctrl-n>", Leaving::New, Effect::New),
        ("<ctrl-o> b <enter>", Leaving::Open(PathBuf::from("b")), Effect::Open(PathBuf::from("b"))),
        ("q", Leaving::Quit, Effect::Quit),
    ] {
        let mut clean = Desk::of(TWO_LINES);
        clean.keys(keys);
        assert_eq!(take(&mut clean), std::slice::from_ref(&effect));
        let mut desk = edited();
        desk.keys(keys);
        assert_eq!(desk.state.overlays.top(), Some(&Overlay::Unsaved(leaving)));
        desk.keys("s");
        assert_eq!(take(&mut desk), [Effect::Save]);
        let outcome = saved(&desk);
        assert_eq!(apply_outcome(&mut desk.state, outcome), [effect], "after the save the leaving goes on");
    }
}

#[test]
fn save_first_without_a_file_asks_for_one_and_then_leaves() {
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("24 <enter> q s");
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Ask { ask: Ask::SaveAs, .. })));
    desk.keys("<enter>");
    let path = PathBuf::from("project.retake.toml");
    assert_eq!(take(&mut desk), [Effect::SaveAs { path: path.clone(), replace: false }]);
    assert!(apply_outcome(&mut desk.state, Outcome::Exists { path: path.clone() }).is_empty());
    assert!(desk.screen(80, 24).contains("already exists"));
    desk.keys("r");
    assert_eq!(take(&mut desk), [Effect::SaveAs { path, replace: true }]);
    let outcome = saved(&desk);
    assert_eq!(apply_outcome(&mut desk.state, outcome), [Effect::Quit]);
}

#[test]
fn leaving_given_up_is_not_taken_up_by_a_later_save() {
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("24 <enter> q s <esc> <ctrl-s> <enter>");
    assert_eq!(take(&mut desk).len(), 1);
    let outcome = saved(&desk);
    assert!(apply_outcome(&mut desk.state, outcome).is_empty(), "the program stays");
}

#[test]
fn a_file_that_may_not_be_written_offers_another() {
    let read_only = Some("the file is of a newer version".to_owned());
    let budget = crate::desk::budget(TWO_LINES);
    let mut desk = Desk::opened(Opened { budget, file: Some("a.toml".to_owned()), read_only, ..Opened::default() });
    assert!(desk.screen(80, 24).contains("newer version"));
    desk.keys("+ <ctrl-s>");
    assert!(take(&mut desk).is_empty());
    assert!(desk.screen(80, 24).contains("newer version"));
    desk.keys("q s");
    assert!(
        matches!(desk.state.overlays.top(), Some(Overlay::Ask { ask: Ask::SaveAs, .. })),
        "save first offers another file"
    );
    assert!(desk.screen(80, 24).contains("newer version"));
    desk.keys("<ctrl-u> b <enter>");
    assert_eq!(take(&mut desk), [Effect::SaveAs { path: PathBuf::from("b.retake.toml"), replace: false }]);
    let outcome = saved(&desk);
    assert_eq!(apply_outcome(&mut desk.state, outcome), [Effect::Quit]);
}

#[test]
fn failures_keep_the_edits_and_say_why() {
    for outcome in [
        Outcome::NotSaved(problem("no space left")),
        Outcome::NotOpened(vec![problem("no space left")]),
        Outcome::Conflict(OnDisk::Changed, problem("no space left")),
    ] {
        let mut desk = edited();
        let before = desk.state.budget().clone();
        desk.keys("q s");
        take(&mut desk);
        assert!(apply_outcome(&mut desk.state, outcome).is_empty());
        assert!(desk.screen(80, 24).contains("no space left"), "{}", desk.screen(80, 24));
        assert_eq!(*desk.state.budget(), before);
        assert!(desk.state.is_dirty() && desk.state.project.history().can_undo());
        desk.keys("<esc>");
        let outcome = saved(&desk);
        assert!(apply_outcome(&mut desk.state, outcome).is_empty(), "the leaving was given up with the failure");
    }
}

/// A place used to be what stood before the first colon and blank of the printed line.
#[test]
fn a_refusal_names_its_whole_place_whatever_the_path_holds() {
    for file in ["spring.retake.toml", "spring: final.toml", ": .toml"] {
        let place = Position { line: 3, column: 5 };
        let not_text = problem("not text").at(Some(Path::new(file)), Some(place)).with_remedy("open another file");
        let mut desk = Desk::of(TWO_LINES);
        apply_outcome(&mut desk.state, Outcome::NotOpened(vec![not_text]));
        let said = desk.state.session.notice.map(|notice| notice.text);
        assert_eq!(said, Some(format!("{file}:3:5: not text. Open another file.")));
    }
}

#[test]
fn a_conflict_offers_another_file_or_the_other_version() {
    let mut desk = edited();
    desk.keys("<ctrl-s>");
    apply_outcome(&mut desk.state, Outcome::Conflict(OnDisk::Changed, problem("changed on disk")));
    let screen = desk.screen(80, 24);
    assert!(screen.contains("a save as") && screen.contains("r reload") && screen.contains("Esc"), "{screen}");
    take(&mut desk);
    desk.keys("r");
    assert_eq!(take(&mut desk), [Effect::Reload]);
    assert!(desk.state.is_dirty(), "the edits stay until the file was read");
    let opened = Opened {
        budget: crate::desk::budget(TWO_LINES),
        problems: Vec::new(),
        file: Some("spring.retake.toml".to_owned()),
        ..Opened::default()
    };
    apply_outcome(&mut desk.state, Outcome::Opened(Box::new(opened)));
    assert!(!desk.state.is_dirty() && desk.state.overlays.is_empty());
    let mut desk = edited();
    apply_outcome(&mut desk.state, Outcome::Conflict(OnDisk::Changed, problem("changed on disk")));
    desk.keys("a <ctrl-u> c <enter>");
    assert_eq!(take(&mut desk), [Effect::SaveAs { path: PathBuf::from("c.retake.toml"), replace: false }]);
}

#[test]
fn a_save_without_confirmation_of_the_disk_says_so() {
    let mut desk = edited();
    let pins = BTreeMap::new();
    apply_outcome(
        &mut desk.state,
        Outcome::Saved { file: "a.toml".to_owned(), pins, durable: false, in_place: false, not_kept: None },
    );
    assert!(desk.screen(120, 36).contains("did not confirm"));
    assert!(!desk.state.is_dirty());
}

/// The budget with its only price pinned at double the built-in one.
fn repriced() -> Budget {
    let mut budget = crate::desk::budget(TWO_LINES);
    let model = catalog().model("gpt-image-2").unwrap();
    let mut card = model.card.clone();
    if let Some(rates) = &mut card.standard {
        let meter = retake::cost::rates::rate_card::Meter::ImageOutput;
        *rates = rates.with(meter, rates.get(meter).unwrap() * Decimal::TWO);
    }
    budget.pins.insert(model.card_id(), card);
    budget
}

#[test]
fn differing_prices_are_said_at_open_shown_with_their_effect_and_adopted_in_one_step() {
    let mut desk = Desk::new(repriced());
    assert!(desk.screen(120, 36).contains("1 pinned price differs"), "{}", desk.screen(120, 36));
    let pinned = desk.total();
    let adopted = Desk::of(TWO_LINES).total();
    desk.keys("$");
    let screen = desk.screen(120, 36);
    for text in ["image_output", "$60.00 → $30.00", &format!("{pinned} → {adopted}")] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    desk.keys("<esc>");
    assert!(!desk.state.is_dirty() && desk.total() == pinned, "Esc adopts nothing");
    desk.keys("$ a");
    assert_eq!(desk.total(), adopted);
    assert!(desk.state.overlays.is_empty());
    desk.keys("$");
    assert!(desk.screen(120, 36).contains("already uses the built-in prices"));
    desk.keys("u");
    assert_eq!((desk.total(), desk.state.budget()), (pinned, &repriced()));
    assert!(!desk.state.is_dirty());
}

#[test]
fn prices_pinned_by_a_save_outlive_what_is_undone_and_redone() {
    let mut desk = Desk::new(repriced());
    desk.keys("$ a <ctrl-s>");
    let mut pins = desk.state.budget().pins.clone();
    let other = catalog().models.iter().find(|model| !pins.contains_key(&model.card_id())).unwrap();
    pins.insert(other.card_id(), other.card.clone());
    apply_outcome(
        &mut desk.state,
        Outcome::Saved { file: "a".to_owned(), pins: pins.clone(), durable: true, in_place: false, not_kept: None },
    );
    desk.keys("u <ctrl-r>");
    assert!(!desk.state.is_dirty());
    assert_eq!(desk.state.budget().pins, pins, "what is said to be saved is what was saved");
}
