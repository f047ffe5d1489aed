//! Two versions of one value: both visible, a choice for each by key and by mouse, and always a way out.

use crate::desk::{Desk, SIZES, TWO_LINES, words_of};
use ratatui::layout::Rect;
use retake::app::actions::mouse::{Target, press};
use retake::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::model::outcome::{Effect, ExternalChange, How, Opened, Outcome};
use retake::app::model::overlay::Overlay;
use retake::app::{Context, Selection};
use retake::ui::hit;

fn dispute(place: &str, mine: &str, theirs: Option<&str>, base: Option<&str>) -> Dispute {
    let own = |text: &str| text.to_owned();
    Dispute { place: own(place), mine: Some(own(mine)), theirs: theirs.map(own), base: base.map(own) }
}

fn asked(between: Between) -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    let disputes = vec![
        dispute("deliverable.hero.finals", "25", Some("12"), Some("24")),
        dispute("deliverable.social", "finals = 60\nquality = \"low\"", None, Some("finals = 60")),
        dispute("assumptions.buffer", "\"30%\"", Some("\"10%\""), None),
    ];
    let mut resolving = Resolving::new(between, ["mine".to_owned(), "theirs".to_owned()], disputes);
    resolving.total = "$12.34".to_owned();
    apply_outcome(&mut desk.state, Outcome::Disputed { resolving: Box::new(resolving), read_only: None });
    desk
}

fn open(desk: &Desk) -> &Resolving {
    let Some(Overlay::Resolve(open)) = desk.state.overlays.top() else { panic!("no question") };
    open
}

#[test]
fn both_versions_stand_side_by_side_with_what_was_there_and_the_total() {
    let desk = asked(Between::ScreenAndDisk);
    let screen = words_of(&desk.screen(120, 36));
    for wanted in [
        "Changed here and on disk: 3 values",
        "▸ deliverable.hero.finals",
        "before: 24",
        "○ 25 ○ 12",
        "○ finals = 60 ○ (removed)",
        "Total with these choices $12.34",
        "3 choices are still open",
        "← keep mine → take theirs o as before",
        "M all mine T all theirs Enter apply Esc back",
    ] {
        assert!(screen.contains(wanted), "{wanted}\n{}", desk.screen(120, 36));
    }
    assert!(!screen.contains("b both"), "one field holds one value\n{screen}");
    let screen = words_of(&asked(Between::Markers).screen(120, 36));
    assert!(screen.contains("Unfinished merge: 3 conflicts") && screen.contains("b both"), "{screen}");
}

#[test]
fn each_dispute_is_chosen_by_key_and_nothing_is_taken_before_all_are() {
    let mut desk = asked(Between::ScreenAndDisk);
    desk.keys("t");
    assert_eq!(desk.effects, [Effect::Weigh(vec![Keep::Theirs, Keep::Mine, Keep::Mine])]);
    assert_eq!(open(&desk).at, 1, "on to the next");
    desk.effects.clear();
    desk.keys("b <enter>");
    assert!(desk.effects.is_empty(), "{:?}", desk.effects);
    assert!(desk.screen(120, 36).contains("2 choices are still open"));
    desk.keys("o <left>");
    assert_eq!(open(&desk).choices, [Some(Keep::Theirs), Some(Keep::Base), Some(Keep::Mine)]);
    desk.keys("o");
    assert_eq!(open(&desk).choices[2], Some(Keep::Mine), "what stood there is not known");
    desk.keys("k k m <enter>");
    let chosen = vec![Keep::Mine, Keep::Base, Keep::Mine];
    assert_eq!(desk.effects.pop(), Some(Effect::Resolve(chosen)));
    desk.keys("T");
    assert_eq!(open(&desk).kept(), [Keep::Theirs; 3]);
    desk.keys("M");
    assert_eq!(open(&desk).kept(), [Keep::Mine; 3]);
}

#[test]
fn choices_that_cannot_be_taken_say_why_and_are_not_asked_for_again() {
    let mut desk = asked(Between::Markers);
    desk.keys("M");
    let refused = Some("with these choices the file cannot be read: x".to_owned());
    apply_outcome(&mut desk.state, Outcome::Weighed { total: "unknown".to_owned(), refused });
    desk.effects.clear();
    desk.keys("<enter>");
    assert!(desk.effects.is_empty());
    assert!(desk.screen(120, 36).contains("the file cannot be read: x"));
    desk.keys("t");
    assert!(!desk.screen(120, 36).contains("the file cannot be read: x"));
}

#[test]
fn a_click_on_a_version_takes_it() {
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let mut desk = asked(Between::ScreenAndDisk);
        let screen = desk.screen(width, height);
        let row = screen.lines().position(|line| line.contains("○ 12")).unwrap();
        let line = screen.lines().nth(row).unwrap();
        let signs: Vec<u16> = (0..).zip(line.chars()).filter(|(_, c)| *c == '○').map(|(x, _)| x).collect();
        let (left, right) = (signs[0], signs[1]);
        let area = Rect::new(0, 0, width, height);
        let at = |x: u16| hit::target(&desk.view(), area, x, u16::try_from(row).unwrap());
        assert_eq!(at(left + 2), Some(Target::Side(0, Keep::Mine)), "{screen}");
        let target = at(right).unwrap();
        assert_eq!(target, Target::Side(0, Keep::Theirs), "{screen}");
        assert_eq!(press(&mut desk.state, target), [Effect::Weigh(vec![Keep::Theirs, Keep::Mine, Keep::Mine])]);
    }
}

#[test]
fn the_way_out_is_in_sight_at_every_size_and_leads_back_to_the_question() {
    for between in [Between::ScreenAndDisk, Between::Markers] {
        for (width, height) in SIZES {
            let mut desk = asked(between);
            let screen = desk.screen(width, height);
            assert!(screen.split([' ', '┃']).any(|word| word == "Esc"), "{width}x{height}\n{screen}");
            desk.keys("<esc>");
            assert!(desk.state.overlays.is_empty());
            desk.keys("m");
            assert_eq!(desk.effects, [Effect::AskAgain]);
        }
    }
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("m");
    assert!(desk.effects.is_empty() && desk.screen(80, 24).contains("no versions to choose"));
}

/// A project in which the second deliverable comes first and has other finals.
fn moved() -> Opened {
    let text = TWO_LINES.replace("[deliverable.hero]", "[deliverable.banner]\nfinals = 1\n\n[deliverable.hero]");
    let budget = crate::desk::budget(&text.replace("finals = 60", "finals = 62"));
    Opened { budget, file: Some("spring.retake.toml".to_owned()), ..Opened::default() }
}

#[test]
fn what_the_disk_brings_is_one_step_and_the_eye_stays_where_it_was() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("] + <ctrl-s>");
    let pins = desk.state.budget().pins.clone();
    apply_outcome(
        &mut desk.state,
        Outcome::Saved { file: "spring.retake.toml".to_owned(), pins, durable: true, in_place: false, not_kept: None },
    );
    let before = desk.state.budget().clone();
    assert_eq!(desk.state.view.selection, Selection::Line(1));
    let change = Box::new(ExternalChange { opened: moved(), dirty: false, how: How::Reloaded });
    assert!(apply_outcome(&mut desk.state, Outcome::ExternalChange { change, then_save: false }).is_empty());
    assert_eq!(desk.state.view.selection, Selection::Line(2), "the same deliverable");
    assert!(!desk.state.is_dirty());
    let screen = desk.screen(120, 36);
    assert!(screen.contains("reloaded: 1 deliverable changed, 1 added; total $"), "{screen}");
    desk.assert_sound();
    desk.keys("u");
    assert_eq!(*desk.state.budget(), before);
    assert!(desk.state.is_dirty(), "the file says something else");
    desk.keys("u");
    assert_eq!(*desk.state.budget(), crate::desk::budget(TWO_LINES), "older steps are still there");
    desk.keys("<ctrl-r> <ctrl-r>");
    assert_eq!(*desk.state.budget(), moved().budget);
    assert!(!desk.state.is_dirty());
    desk.assert_sound();
}

#[test]
fn a_merge_that_a_save_waited_for_is_saved_at_once() {
    let mut desk = Desk::of(TWO_LINES);
    let change = Box::new(ExternalChange { opened: moved(), dirty: true, how: How::Merged(Vec::new()) });
    assert_eq!(apply_outcome(&mut desk.state, Outcome::ExternalChange { change, then_save: true }), [Effect::Save]);
    assert!(desk.state.is_dirty());
    desk.keys("u");
    assert!(desk.state.is_dirty(), "no step of the history is what the file holds");
}

#[test]
fn nothing_is_taken_in_while_something_is_half_done() {
    for (keys, at_rest) in [("", true), ("?", true), ("w", true), ("3", false), ("a", false), (":", false), ("q", true)]
    {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys(keys);
        assert_eq!(desk.state.is_at_rest(), at_rest, "{keys}");
    }
    assert!(!asked(Between::Markers).state.is_at_rest());
    assert_eq!(asked(Between::Markers).state.context(), Context::Resolving);
}

#[test]
fn prices_pinned_by_a_save_outlive_the_undoing_of_what_the_disk_brought() {
    let mut desk = Desk::of(TWO_LINES);
    let change = Box::new(ExternalChange { opened: moved(), dirty: true, how: How::Merged(Vec::new()) });
    apply_outcome(&mut desk.state, Outcome::ExternalChange { change, then_save: false });
    let model = crate::desk::catalog().model("gpt-image-2").unwrap();
    let pins = std::collections::BTreeMap::from([(model.card_id(), model.card.clone())]);
    apply_outcome(
        &mut desk.state,
        Outcome::Saved { file: "a".to_owned(), pins: pins.clone(), durable: true, in_place: false, not_kept: None },
    );
    desk.keys("u");
    assert_eq!(desk.state.budget().pins, pins);
    assert_eq!(desk.state.budget().lines, crate::desk::budget(TWO_LINES).lines);
    desk.keys("<ctrl-r>");
    assert_eq!((&desk.state.budget().pins, desk.state.is_dirty()), (&pins, false));
}
