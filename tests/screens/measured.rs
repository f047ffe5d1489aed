//! Measured tokens and returned sizes in the dashboard: typed, removed, undone, marked by a word, and never followed by advice.

use crate::desk::{Desk, TWO_LINES, words_of};
use retake::app::{Action, Field, Focus};
use retake::cost::budget::measured::write;
use retake::cost::{Knob, Value};

fn at(desk: &mut Desk, knob: Knob) {
    let pane = knob.row().pane;
    desk.state.view.focus = Focus::Pane(pane);
    let fields = desk.state.fields(pane);
    desk.state.view.field_at[pane as usize] = fields.iter().position(|f| *f == Field::Knob(knob)).unwrap();
}

fn own(desk: &Desk) -> Option<String> {
    match desk.state.setting(Knob::Measured) {
        Some(retake::cost::Setting::Value(Value::Measured(measured))) => Some(write(measured)),
        _ => None,
    }
}

/// The first deliverable with measured tokens typed.
fn measured() -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Measured);
    desk.keys("6204 <enter>");
    desk
}

#[test]
fn a_number_typed_counts_at_once_and_empty_removes_it() {
    let mut desk = Desk::of(TWO_LINES);
    let (before, start) = (desk.state.budget().clone(), desk.total());
    at(&mut desk, Knob::Measured);
    assert_ne!(desk.total_after("6"), start, "the total follows each digit");
    desk.keys("204 <enter>");
    assert_eq!(own(&desk).as_deref(), Some("output=6204"));
    assert!(desk.state.estimate().lines[0].is_measured());
    desk.assert_sound();
    // Typed again, with all that can be said.
    desk.keys("<enter>").retype("output=6300, reference=7, quality=high, source=usage").keys("<enter>");
    assert_eq!(own(&desk).as_deref(), Some("output=6300, reference=7, quality=high, source=usage"));
    desk.keys("6400 <enter>");
    assert_eq!(own(&desk).as_deref(), Some("output=6400, reference=7, quality=high"), "the old source is not its");
    desk.keys("<enter> <ctrl-u> <enter>");
    assert_eq!((own(&desk), desk.total()), (None, start.clone()));
    desk.keys("u");
    assert_eq!(own(&desk).as_deref(), Some("output=6400, reference=7, quality=high"));
    while desk.state.is_dirty() {
        desk.keys("u");
    }
    assert_eq!((desk.state.budget(), desk.total()), (&before, start));
    desk.assert_sound();
}

#[test]
fn what_is_refused_stays_with_its_reason() {
    for (typed, reason) in [("0", "10,000,000"), ("6.5", "whole"), ("many", "number"), ("ouput=5", "output")] {
        let mut desk = Desk::of(TWO_LINES);
        at(&mut desk, Knob::Measured);
        desk.keys("<enter>").retype(typed).keys("<enter>");
        assert!(desk.state.view.input.is_some(), "{typed}");
        let screen = words_of(&desk.screen(160, 45));
        assert!(screen.contains(reason), "{typed}: {screen}");
    }
}

#[test]
fn a_word_marks_a_measured_line_at_every_size() {
    let desk = measured();
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let screen = desk.screen(width, height);
        assert!(screen.contains("measured"), "{width}x{height}:\n{screen}");
    }
    assert!(words_of(&desk.screen(80, 24)).contains("measured 6,204 tok"), "no price is cut:\n{}", desk.screen(80, 24));
    let wide = desk.screen(160, 45);
    assert!(wide.contains("$0.18612 each") && wide.contains("formula 6,119 tok"), "{wide}");
    assert_eq!(wide.matches("6,204 tok ").count(), 1, "the field says it, and nothing once more: {wide}");
    let row = wide.lines().find(|line| line.contains("Hero shot") && line.contains('$')).unwrap();
    assert!(row.contains("measured"), "in the list: {row}");
    let other = wide.lines().find(|line| line.contains("Paid social") && line.contains('$')).unwrap();
    assert!(!other.contains("measured"), "{other}");
}

#[test]
fn turning_size_or_quality_leaves_the_price_and_says_so() {
    for (knob, name) in [(Knob::Quality, "quality"), (Knob::Size, "size"), (Knob::Ratio, "size")] {
        let mut desk = measured();
        let total = desk.total();
        at(&mut desk, knob);
        let back = if knob == Knob::Quality { "<minus>" } else { "+" };
        assert_eq!(desk.total_after(back), total, "{knob:?}");
        let said = format!("Measured tokens ignore the {name}");
        for (width, height) in [(160, 45), (120, 36), (80, 24)] {
            assert!(words_of(&desk.screen(width, height)).contains(&said), "{knob:?} {}", desk.screen(width, height));
        }
        desk.assert_sound();
    }
    let mut named = measured();
    at(&mut named, Knob::Measured);
    named.keys("<enter>").retype("output=6204, quality=high").keys("<enter>");
    let total = named.total();
    at(&mut named, Knob::Quality);
    assert_ne!(named.total_after("<minus>"), total, "the formula is used");
    assert!(words_of(&named.screen(120, 36)).contains("measured with another quality: the formula is used"));
    at(&mut named, Knob::Measured);
    assert!(named.screen(160, 45).contains("unused"));
}

#[test]
fn no_cheaper_size_is_offered_beside_measured_tokens() {
    let open = Desk::of(TWO_LINES);
    assert!(open.state.advice().is_some());
    let mut desk = measured();
    assert!(desk.state.advice().is_none());
    let why = (Action::Advice.row().can)(&desk.state).unwrap_err();
    assert!(why.contains("do not depend on the size"), "{why}");
    at(&mut desk, Knob::Size);
    desk.keys("<enter>");
    let screen = desk.screen(120, 36);
    assert!(!screen.contains("saves") && screen.contains("measured 6,204 tok"), "{screen}");
}

#[test]
fn the_calculation_shows_both_figures() {
    let mut desk = measured();
    desk.keys("w");
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let screen = words_of(&desk.screen(width, height));
        assert!(screen.contains("measured 6,204, formula 6,119"), "{width}x{height}: {screen}");
    }
}

#[test]
fn assumptions_name_what_is_in_force_there() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("[");
    at(&mut desk, Knob::Measured);
    desk.keys("6204 <enter>");
    let named = "output=6204, model=gpt-image-2, size=1024x1024, quality=high";
    assert_eq!(own(&desk).as_deref(), Some(named));
    assert_eq!(desk.state.estimate().lines.iter().filter(|line| line.is_measured()).count(), 0, "other shapes");
}

#[test]
fn a_returned_size_is_typed_once_it_is_said_to_be_one() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Size);
    desk.keys("e").retype("1402x1122").keys("<enter>");
    assert!(desk.state.view.input.is_some(), "not a multiple of 16");
    desk.keys("<esc>");
    at(&mut desk, Knob::Returned);
    desk.keys("<enter>").keys("yes <enter>");
    assert_eq!(desk.state.setting(Knob::Returned), Some(&retake::cost::Setting::Value(Value::Flag(true))));
    at(&mut desk, Knob::Size);
    desk.keys("e").retype("1402x1122").keys("<enter>");
    at(&mut desk, Knob::Quality);
    desk.keys("e").retype("low").keys("<enter>");
    let tokens = desk.state.line().unwrap().final_stage().unwrap().meters[0].tokens;
    assert_eq!(tokens, Some(186.into()));
    desk.assert_sound();
}
