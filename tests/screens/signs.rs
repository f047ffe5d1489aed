//! No sign is lost: minus and plus of every width at every knob of numbers, typed in every way.

use crate::desk::{Desk, TWO_LINES, words_of};
use retake::app::{Field, Focus};
use retake::cost::budget::Cap;
use retake::cost::budget::knob::{Form, Scope, TABLE};
use retake::cost::{Decimal, Knob, Value};

const MINUS: [&str; 4] = ["-", "−", "－", "﹣"];
const PLUS: [&str; 3] = ["+", "＋", "﹢"];

/// The knobs of numbers, each with a number in its range.
fn knobs() -> Vec<(Knob, &'static str)> {
    let number = |form| match form {
        Form::Percent => Some("15%"),
        Form::Count | Form::Cap | Form::Measured => Some("3"),
        Form::Retry => Some("2.5"),
        Form::Preset | Form::Model | Form::Service | Form::Pick | Form::Ratio | Form::Size | Form::Quality => None,
        Form::Sizes | Form::Flag => None,
    };
    TABLE.iter().filter_map(|row| Some((row.knob, number(row.form)?))).collect()
}

/// A dashboard with the keyboard on a knob.
fn at(knob: Knob) -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    if knob.row().scope == Scope::Project {
        desk.keys("[ [ [");
    }
    let pane = knob.row().pane;
    desk.state.view.focus = Focus::Pane(pane);
    let fields = desk.state.fields(pane);
    desk.state.view.field_at[pane as usize] = fields.iter().position(|f| *f == Field::Knob(knob)).unwrap();
    desk
}

/// The number in a value, with its sign.
fn number_in(value: &Value) -> Decimal {
    match value {
        Value::Count(count) => Decimal::from(*count),
        Value::Percent(percent) => *percent,
        Value::Cap(Cap { amount, .. }) => *amount,
        Value::Measured(measured) => Decimal::from(measured.output.unwrap()),
        other => panic!("{other:?} is no number"),
    }
}

/// Types a text at a knob: into its open field, over its value, and with the keyboard on the list.
fn ways(knob: Knob, text: &str) -> [Desk; 2] {
    let (mut opened, mut over) = (at(knob), at(knob));
    opened.keys("e").retype(text).keys("<enter>");
    over.type_text(text).keys("<enter>");
    [opened, over]
}

#[test]
fn a_minus_of_any_width_is_kept_or_refused_with_the_range() {
    for (knob, number) in knobs() {
        for sign in MINUS {
            let text = format!("{sign}{number}");
            for desk in ways(knob, &text) {
                if knob == Knob::Markup {
                    let set = desk.state.budget().assumptions.value(knob).map(number_in);
                    assert_eq!(set, Some(Decimal::from(-15)), "{text} at {knob:?}");
                    continue;
                }
                let input = desk.state.view.input.as_ref();
                let input = input.unwrap_or_else(|| panic!("{text} was taken for {knob:?}"));
                assert_eq!(input.entry.text(), text, "at {knob:?}");
                let screen = words_of(&desk.screen(120, 36));
                assert!(screen.contains("Not accepted") && screen.contains("Allowed"), "{text} at {knob:?}:\n{screen}");
            }
        }
    }
}

#[test]
fn escape_after_a_sign_leaves_everything_as_it_was() {
    for (knob, number) in knobs() {
        let mut desk = at(knob);
        let before = desk.state.budget().clone();
        desk.type_text(&format!("-{number}")).keys("<esc>");
        assert_eq!(*desk.state.budget(), before, "{knob:?}: the step of the minus is taken back");
        assert!(!desk.state.is_dirty() && !desk.state.project.history().can_redo(), "{knob:?}");
        desk.assert_sound();
    }
}

#[test]
fn a_plus_of_any_width_changes_nothing_of_the_number() {
    for (knob, number) in knobs() {
        for sign in PLUS {
            for desk in ways(knob, &format!("{sign}{number}")) {
                assert_eq!(desk.state.view.input, None, "{sign}{number} at {knob:?}");
                let bare = ways(knob, number);
                assert_eq!(desk.state.budget(), bare[0].state.budget(), "{sign}{number} at {knob:?}");
            }
        }
    }
}

#[test]
fn from_the_list_a_minus_begins_the_number_too() {
    let mut desk = Desk::of(TWO_LINES);
    desk.state.view.focus = Focus::Beside;
    let before = desk.state.budget().clone();
    desk.type_text("-3").keys("<enter>");
    assert_eq!(desk.state.view.input.as_ref().map(|input| input.entry.text()), Some("-3"));
    assert_eq!(*desk.state.budget(), before);
}

#[test]
fn a_step_alone_stays_a_step_and_full_width_digits_are_digits() {
    let mut desk = at(Knob::Finals);
    desk.keys("- -");
    assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(22)));
    desk.keys("u u");
    desk.type_text("３６").keys("<enter>");
    assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(36)));
}
