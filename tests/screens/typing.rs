//! Typing into fields: every form, live figures, refusals that keep the text, and the ways out.

use crate::desk::{Desk, TWO_LINES, text_of, words_of};
use retake::app::{Field, Focus};
use retake::cost::base::retry::Retry;
use retake::cost::base::size::{Ratio, Size, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::{QualityChoice, SizeChoice};
use retake::cost::{Budget, Decimal, Knob, Pane, Value};

fn at(desk: &mut Desk, knob: Knob) {
    let pane = knob.row().pane;
    desk.state.view.focus = Focus::Pane(pane);
    let fields = desk.state.fields(pane);
    desk.state.view.field_at[pane as usize] = fields.iter().position(|f| *f == Field::Knob(knob)).unwrap();
}

fn typed(knob: Knob, text: &str) -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, knob);
    desk.keys("e").retype(text).keys("<enter>");
    desk
}

#[test]
fn the_forms_that_people_type_are_understood() {
    let size = |w, h| Value::Size(SizeChoice::Exact(Size::new(w, h).unwrap()));
    let percent = |n| Value::Percent(Decimal::from(n));
    let accepted = |n| Value::Retry(Retry::Accepted { percent: Decimal::from(n), confidence: None });
    let cases = [
        (Knob::Finals, "24", Value::Count(24)),
        (Knob::Finals, "1,200", Value::Count(1200)),
        (Knob::Ratio, "16:9", Value::Ratio(Ratio::parse("16:9").unwrap())),
        (Knob::Size, "2k", Value::Size(SizeChoice::Tier(Tier::parse("2k").unwrap()))),
        (Knob::Size, "1024x1280", size(1024, 1280)),
        (Knob::Size, "1024×1280", size(1024, 1280)),
        (Knob::Quality, "low", Value::Quality(QualityChoice::Exact(Quality::Low))),
        (Knob::Buffer, "15%", percent(15)),
        (Knob::Buffer, "15", percent(15)),
        (Knob::Buffer, "15 %", percent(15)),
        (Knob::Retry, "1.6x", Value::Retry(Retry::plain(Decimal::new(16, 1)))),
        (Knob::Retry, "1.6×", Value::Retry(Retry::plain(Decimal::new(16, 1)))),
        (Knob::Retry, "1.6", Value::Retry(Retry::plain(Decimal::new(16, 1)))),
        (Knob::Retry, "40% ok", accepted(40)),
        (Knob::Retry, "40%", accepted(40)),
    ];
    for (knob, text, value) in cases {
        let desk = typed(knob, text);
        assert_eq!(desk.state.view.input, None, "{text} is accepted for {knob:?}");
        assert_eq!(desk.state.budget().lines[0].settings.value(knob), Some(&value), "{text} for {knob:?}");
        desk.assert_sound();
    }
    let desk = typed(Knob::Retry, "1.5/2/3");
    let range = desk.state.budget().lines[0].settings.value(Knob::Retry);
    assert!(matches!(range, Some(Value::Retry(Retry::Range { .. }))));
    for text in ["$500", "500", "500 USD", "$ 500"] {
        let desk = typed(Knob::Cap, text);
        assert!(words_of(&desk.screen(120, 36)).contains("cap $500.00"), "{text}:\n{}", desk.screen(120, 36));
    }
}

#[test]
fn the_total_moves_with_each_key_while_typing_and_escape_restores_exactly() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Finals);
    let (before, start) = (desk.state.budget().clone(), desk.total());
    let totals: Vec<String> = "1234".chars().map(|c| desk.type_text(&c.to_string()).total()).collect();
    let mut all = totals.clone();
    all.push(start.clone());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 5, "{start} {totals:?}");
    assert!(!desk.state.is_dirty() || desk.state.view.input.is_some());
    desk.keys("<esc>");
    assert_eq!((desk.state.budget(), desk.total()), (&before, start));
    assert!(!desk.state.is_dirty());
    assert!(!desk.state.project.history().can_undo());
    desk.assert_sound();
}

#[test]
fn escape_restores_an_empty_project_and_what_could_be_redone() {
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("7 <enter> u");
    assert!(desk.state.project.history().can_redo());
    desk.keys("24 <esc>");
    assert_eq!(*desk.state.budget(), Budget::default());
    assert!(!desk.state.is_dirty());
    desk.keys("<ctrl-r>");
    assert_eq!(desk.state.estimate().totals.finals, 7, "a field that was left does not eat what could be redone");
}

#[test]
fn a_refused_text_stays_with_its_rule_and_the_value_from_before_counts() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Size);
    let before = desk.total();
    desk.keys("e").retype("1024x1024");
    assert_ne!(desk.total(), before, "what is typed counts at once");
    desk.keys("<backspace>").type_text("7");
    assert_eq!(desk.total(), before, "1024x1027 is no size: nothing that was typed counts");
    for (width, height) in [(160, 45), (120, 36), (100, 30), (80, 24), (50, 16), (40, 12)] {
        let screen = desk.screen(width, height);
        assert!(screen.contains("1024x1027"), "{width}x{height}\n{screen}");
        assert!(words_of(&screen).contains("multiple"), "the rule at {width}x{height}\n{screen}");
    }
    desk.keys("<enter>");
    assert!(desk.state.view.input.is_some(), "Enter keeps the text");
    desk.keys("<tab>");
    assert!(desk.state.view.input.is_some(), "Tab keeps the text");
    desk.keys("<esc>");
    assert!(!desk.state.is_dirty());
    for (knob, wrong) in [
        (Knob::Finals, "2.5"),
        (Knob::Finals, "-3"),
        (Knob::Finals, "99999999999"),
        (Knob::Finals, "nan"),
        (Knob::Buffer, "1e9"),
        (Knob::Buffer, "1001%"),
        (Knob::Retry, "0.5"),
        (Knob::Retry, "0%"),
        (Knob::Retry, "3/2/1"),
        (Knob::Quality, "hihg"),
        (Knob::Ratio, "4:"),
        (Knob::Ratio, "9:1"),
        (Knob::Model, "gpt-image-99"),
        (Knob::Cap, "$0"),
        (Knob::References, "17 images"),
        (Knob::ServiceTier, "flex"),
    ] {
        let desk = typed(knob, wrong);
        let typing = desk.state.view.input.as_ref().unwrap_or_else(|| panic!("{wrong} was taken for {knob:?}"));
        assert_eq!(typing.entry.text(), wrong);
        let screen = desk.screen(120, 36);
        assert!(screen.contains("Not accepted") && screen.contains("Allowed"), "{wrong} for {knob:?}:\n{screen}");
    }
}

#[test]
fn enter_tab_and_arrows_accept_and_go_on() {
    for (key, pane) in [("<enter>", Pane::Finals), ("<tab>", Pane::Retry), ("<shift-tab>", Pane::OutputSpec)] {
        let mut desk = Desk::of(TWO_LINES);
        at(&mut desk, Knob::Finals);
        desk.keys("31").keys(key);
        assert_eq!(desk.state.view.focus, Focus::Pane(pane), "{key}");
        assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(31)));
        desk.keys("u");
        assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(24)), "one step");
    }
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Size);
    desk.keys("2k <down>");
    assert_eq!(desk.state.field(), Some(Field::Knob(Knob::Quality)));
    desk.keys("e <ctrl-u> low <up>");
    assert_eq!(desk.state.field(), Some(Field::Knob(Knob::Size)));
}

#[test]
fn an_empty_field_inherits_and_the_same_value_is_no_step() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Ratio);
    desk.keys("e <ctrl-u> <enter>");
    assert!(desk.state.budget().lines[0].settings.get(Knob::Ratio).is_none());
    desk.keys("u e <enter>");
    assert!(!desk.state.is_dirty(), "what was there already is no edit");
}

#[test]
fn the_text_is_edited_where_the_cursor_is() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Finals);
    desk.keys("135 <left> <left> 2 <end> <backspace> 4 <home> <delete> <enter>");
    assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(234)));
    desk.keys("9 <ctrl-w> 8 <enter>");
    assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(8)));
}

#[test]
fn pasted_text_is_data_and_one_line() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Finals);
    desk.paste("36\n");
    assert!(desk.state.view.input.is_some(), "a line break does not accept");
    desk.keys("<enter>");
    assert_eq!(desk.state.budget().lines[0].settings.value(Knob::Finals), Some(&Value::Count(36)));
    desk.paste("\u{1b}[2J\r\nq\nx");
    assert_eq!(desk.state.budget().lines.len(), 2, "keys in a paste are no keys");
    assert!(!desk.screen(120, 36).contains('\u{1b}'));
    desk.keys("<esc>");
    let before = desk.state.budget().clone();
    for nothing in ["", "\n", "\r\n\r\n"] {
        desk.paste(nothing);
        assert_eq!((&desk.state.view.input, desk.state.budget()), (&None, &before), "{nothing:?}");
    }
    desk.paste(&"9".repeat(1_000_000));
    assert_eq!(*desk.state.budget(), before, "a megabyte of digits is no number, and no wish to inherit");
    let screen = desk.screen(120, 36);
    assert!(screen.contains("Not accepted"), "{screen}");
    desk.keys("<esc>");
    assert_eq!(*desk.state.budget(), before);
}

#[test]
fn the_cursor_stands_behind_what_was_typed_however_long() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Knob::Quality);
    desk.keys("e");
    for text in [
        "x",
        "a long text that no field has room for at all",
        "発表発表発表発表発表発表発表",
        "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻",
    ] {
        desk.retype("").paste(text);
        for (width, height) in [(160, 45), (80, 24), (50, 16), (24, 8)] {
            let (frame, cursor) = desk.frame_and_cursor(width, height);
            let cursor = cursor.unwrap_or_else(|| panic!("no cursor at {width}x{height}"));
            assert!(frame.area.contains(cursor));
            let shown = text_of(&frame);
            assert!(!shown.contains('\u{fffd}'), "a cluster was cut apart at {width}x{height}:\n{shown}");
        }
    }
}

/// 0.2 may be meant as 20 %: as in a file and on the command line, a percentage below 1 needs its sign.
#[test]
fn a_share_is_not_taken_as_a_percentage() {
    for knob in [Knob::Buffer, Knob::CachedInput, Knob::Surcharge] {
        let mut desk = Desk::of(TWO_LINES);
        at(&mut desk, knob);
        let before = desk.state.budget().clone();
        desk.keys("0 . 2 <enter>");
        let told = words_of(&desk.screen(160, 45));
        assert!(told.contains("0.2 needs a percent sign"), "{knob:?}\n{told}");
        assert_eq!(desk.state.view.input.as_ref().map(|input| input.entry.text()), Some("0.2"), "{knob:?}");
        desk.keys("<esc>");
        assert_eq!(*desk.state.budget(), before, "{knob:?}");
        desk.keys("0 . 2 % <enter>");
        let set = desk.state.deliverable().unwrap().get(knob).unwrap().value;
        assert_eq!(set, Value::Percent("0.2".parse().unwrap()), "{knob:?}");
        // What is there is not asked about again.
        desk.keys("<enter> <enter>");
        assert!(desk.state.view.input.is_none(), "{knob:?}\n{}", desk.screen(120, 36));
    }
}
