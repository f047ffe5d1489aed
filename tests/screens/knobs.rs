//! The four knobs and every field of their panes: stepping, big steps, inheriting, and the total in the frame of the key.

use crate::desk::{Desk, SIZES, TWO_LINES};
use retake::app::{Field, Focus, Selection};
use retake::cost::base::size::Ratio;
use retake::cost::{Budget, Knob, Pane, Setting, Value};
use retake::figures;

fn at(desk: &mut Desk, pane: Pane, field: Field) {
    desk.state.view.focus = Focus::Pane(pane);
    let place = desk.state.fields(pane).iter().position(|f| *f == field).unwrap_or_else(|| panic!("no {field:?}"));
    desk.keys("g");
    for _ in 0..place {
        desk.keys("j");
    }
    assert_eq!(desk.state.field(), Some(field));
}

fn finals(desk: &Desk, line: usize) -> Option<&Value> {
    desk.state.budget().lines[line].settings.value(Knob::Finals)
}

#[test]
fn each_of_the_four_knobs_moves_the_total_with_every_step() {
    for (pane, field) in [
        (Pane::OutputSpec, Knob::Size),
        (Pane::Finals, Knob::Finals),
        (Pane::Retry, Knob::Retry),
        (Pane::Buffer, Knob::Buffer),
    ] {
        let mut desk = Desk::of(TWO_LINES);
        at(&mut desk, pane, Field::Knob(field));
        let start = desk.total();
        let up = desk.total_after("+");
        assert_ne!(start, up, "{field:?}");
        assert_eq!(desk.total_after("<minus>"), start, "{field:?} goes back");
        let ten: Vec<String> = (0..10).map(|_| desk.total_after("+")).collect();
        let (single, mut big) = (ten.last().unwrap(), Desk::of(TWO_LINES));
        at(&mut big, pane, Field::Knob(field));
        assert_eq!(&big.total_after(">"), single, "one big step is ten steps of {field:?}");
        big.assert_sound();
        desk.assert_sound();
    }
}

#[test]
fn the_total_on_every_size_of_screen_follows_each_key() {
    let mut desk = Desk::of(TWO_LINES);
    for keys in ["+", "<pageup>", "<minus>", "3", "0", "<enter>", "<tab> +", "<tab> +", "u"] {
        desk.keys(keys);
        let total = figures::text(&desk.state.budget().shown, desk.state.estimate().totals.total);
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            assert!(screen.contains(&total), "{total} is missing at {width}x{height} after {keys}:\n{screen}");
        }
    }
}

#[test]
fn a_step_changes_the_selected_line_alone_and_says_where_it_stops() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Pane::Finals, Field::Knob(Knob::Finals));
    desk.keys("+ + <minus> <pagedown> <pagedown>");
    assert_eq!(finals(&desk, 0), Some(&Value::Count(5)));
    assert_eq!(finals(&desk, 1), Some(&Value::Count(60)));
    desk.keys("<pagedown> <minus>");
    assert_eq!(finals(&desk, 0), Some(&Value::Count(0)));
    assert!(desk.screen(120, 36).contains("no further step"));
    desk.keys("] +");
    assert_eq!(finals(&desk, 1), Some(&Value::Count(61)));
}

#[test]
fn inheriting_takes_the_project_value_again_and_says_when_there_is_nothing_to_take() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Pane::Retry, Field::Knob(Knob::Retry));
    let inherited = desk.total();
    assert!(desk.screen(120, 36).contains("2.00× p") || desk.screen(120, 36).contains("2.00×"), "the letter");
    desk.keys("+");
    assert_ne!(desk.total(), inherited);
    desk.keys("<backspace>");
    assert_eq!(desk.total(), inherited);
    assert!(desk.state.budget().lines[0].settings.get(Knob::Retry).is_none());
    desk.keys("<backspace>");
    assert!(desk.screen(120, 36).contains("already inherited"));
}

#[test]
fn the_accepted_share_is_the_twin_of_the_factor() {
    let mut desk = Desk::of(TWO_LINES);
    at(&mut desk, Pane::Retry, Field::Accepted);
    desk.keys("+");
    assert!(desk.screen(120, 36).contains("51 %"), "{}", desk.screen(120, 36));
    desk.keys("<pagedown> <minus>");
    assert!(desk.screen(120, 36).contains("40 %"));
    assert!(desk.screen(120, 36).contains("2.50×"));
    desk.assert_sound();
}

#[test]
fn every_knob_can_be_reached_and_changed_from_the_keyboard() {
    let mut reached = Vec::new();
    for project in [false, true] {
        let mut desk = Desk::of(&TWO_LINES.replace("finals = 24", "finals = 24\nexplore.drafts_per_final = 2"));
        if project {
            desk.keys("[");
            assert_eq!(desk.state.view.selection, Selection::Project);
        }
        for pane in Pane::ALL {
            desk.state.view.focus = Focus::Pane(pane);
            desk.keys("g");
            for _ in 0..desk.state.fields(pane).len() {
                let knob = desk.state.field().unwrap().knob();
                let (before, total) = (desk.state.budget().clone(), desk.total());
                if knob == Knob::Measured {
                    // A step from nothing would make up a measurement.
                    desk.keys("+");
                    assert_eq!(desk.state.setting(knob), None);
                    desk.keys("5000 <enter>");
                }
                if desk.state.can_turn(knob).is_ok() {
                    desk.keys("+ <minus> <minus>");
                    let changed = desk.state.setting(knob).cloned();
                    assert!(matches!(changed, Some(Setting::Value(_))), "{knob:?} {changed:?}");
                    reached.push(knob);
                    desk.assert_sound();
                    while desk.state.is_dirty() {
                        desk.keys("u");
                    }
                }
                assert_eq!((desk.state.budget(), desk.total()), (&before, total), "{knob:?} undone");
                desk.keys("j");
            }
        }
    }
    let missing: Vec<_> = retake::cost::budget::knob::TABLE.iter().filter(|row| !reached.contains(&row.knob)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_row_of_the_project_turns_the_assumptions_that_lines_inherit() {
    let mut desk = Desk::of(TWO_LINES);
    let before = desk.total();
    desk.keys("[");
    assert!(desk.screen(120, 36).contains("All deliverables"));
    at(&mut desk, Pane::Buffer, Field::Knob(Knob::Buffer));
    desk.keys("35 <enter>");
    assert_ne!(desk.total(), before);
    assert!(desk.state.budget().assumptions.value(Knob::Buffer).is_some());
    at(&mut desk, Pane::Finals, Field::Knob(Knob::Finals));
    let with_buffer = desk.total();
    desk.keys("9");
    assert_eq!(desk.total(), with_buffer, "finals belong to deliverables");
    assert!(desk.screen(120, 36).contains("each deliverable"));
}

#[test]
fn finals_on_an_empty_project_start_the_first_deliverable_in_one_step() {
    for keys in ["24 <enter>", "<pageup> <pageup> + + + +", "+", "<enter> <ctrl-u> 24 <enter>"] {
        let mut desk = Desk::untitled(Budget::default());
        desk.keys(keys);
        assert_eq!(desk.state.budget().lines.len(), 1, "{keys}");
        assert!(matches!(finals(&desk, 0), Some(Value::Count(n)) if *n > 0), "{keys}");
        desk.assert_sound();
        while desk.state.is_dirty() {
            desk.keys("u");
        }
        assert_eq!(*desk.state.budget(), Budget::default(), "{keys}");
    }
    let mut typed = Desk::untitled(Budget::default());
    typed.keys("24 <enter> u");
    assert_eq!(*typed.state.budget(), Budget::default(), "one key takes back what one entry did");
    typed.keys("<ctrl-r>");
    assert_eq!(finals(&typed, 0), Some(&Value::Count(24)));
}

#[test]
fn a_ratio_chosen_beside_an_exact_size_takes_its_own_size_in_one_step() {
    let mut desk = Desk::of("retake = 1\n[deliverable.a]\nratio = \"4:5\"\nsize = \"1600x2000\"\nfinals = 3\n");
    let before = desk.state.budget().clone();
    desk.keys("h <enter> 16:9 <enter>");
    let settings = &desk.state.budget().lines[0].settings;
    assert_eq!(settings.value(Knob::Ratio), Some(&Value::Ratio(Ratio { w: 16, h: 9 })));
    assert_eq!(settings.get(Knob::Size), None, "1600x2000 is no 16:9");
    assert!(desk.screen(120, 36).contains("1536×864"));
    desk.keys("u");
    assert_eq!(*desk.state.budget(), before);
}

#[test]
fn a_profile_of_the_project_can_be_typed() {
    let text = "retake = 1\n[retry_profile.house]\nfactor = 3\n[deliverable.a]\nfinals = 2\n";
    let mut desk = Desk::of(text);
    desk.keys("l e <ctrl-u>");
    desk.type_text("house");
    desk.keys("<enter>");
    assert_eq!(desk.state.line().and_then(|line| line.images()), Some(6.into()));
}

#[test]
fn the_help_of_every_knob_is_whole_in_the_least_window_of_four_panes() {
    for row in retake::cost::budget::knob::TABLE {
        let help = retake::words::knob_help(row.knob);
        assert!(retake::ui::text::width(&help) <= 78, "{:?}: {help}", row.knob);
    }
}
