//! Undo and redo of every edit, the mark of what is saved, and any keys in any order.

use crate::desk::{Desk, TWO_LINES, every_chord};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestRng, TestRunner};
use retake::app::dialog::Dialog;
use retake::app::outcome::{Effect, Outcome};
use retake::app::{Chord, Keymap, leaving};
use retake::cost::Budget;

/// Plays a disk that always works: what a save would have written.
struct Played {
    desk: Desk,
    saved: Budget,
    done: usize,
}

impl Played {
    fn new(desk: Desk) -> Played {
        Played { saved: desk.state.budget.clone(), desk, done: 0 }
    }

    /// Answers what the last keys asked for.
    fn answer(&mut self) {
        while let Some(effect) = self.desk.effects.get(self.done).cloned() {
            self.done += 1;
            if let Effect::Save | Effect::SaveAs { .. } = effect {
                let pins = self.desk.state.budget.pins.clone();
                self.saved = self.desk.state.budget.clone();
                let outcome = Outcome::Saved { file: "a.retake.toml".to_owned(), pins, durable: true, in_place: false };
                let more = leaving::settle(&mut self.desk.state, outcome);
                self.desk.effects.extend(more);
            }
        }
    }

    fn assert_honest(&self) {
        let state = &self.desk.state;
        self.desk.assert_sound();
        // What is typed, or looked at in a list, counts before it is taken; help may lie over the list.
        let under_help = |dialog: &Dialog| matches!(dialog, Dialog::Help { over: Some(under), .. } if matches!(**under, Dialog::Picker(_)));
        let list =
            state.dialog.as_ref().is_some_and(|dialog| matches!(dialog, Dialog::Picker(_)) || under_help(dialog));
        let tried = state.typing.is_some() || list;
        if !tried && !state.is_dirty() {
            assert!(state.budget == self.saved, "said to be saved, but differs from the file");
        }
    }
}

fn edits() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "+",
        "<minus>",
        ">",
        "<",
        "5 <enter>",
        "31 <tab>",
        "7 <esc>",
        "1.6x <enter>",
        "<backspace>",
        "e <ctrl-u> <enter>",
        "<enter>",
        "h c",
        "w",
        ": <enter>",
        "/ o <enter>",
        "j",
        "k",
        "g",
        "G",
        "<tab>",
        "<shift-tab>",
        "h",
        "l",
        "[",
        "]",
        "a <enter>",
        "a n e w <enter>",
        "D",
        "x",
        "J",
        "K",
        "r z <enter>",
        "R z <enter>",
        "u",
        "u u",
        "<ctrl-r>",
        "<ctrl-s>",
        "99999999999 <enter>",
        "<esc>",
        "T",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_can_be_taken_back_and_done_again(empty in any::<bool>(), steps in prop::collection::vec(edits(), 0..40)) {
        let start = if empty { Desk::new(Budget::default()) } else { Desk::of(TWO_LINES) };
        let original = start.state.budget.clone();
        let mut played = Played::new(start);
        for step in steps {
            played.desk.keys(step);
            played.answer();
            played.assert_honest();
        }
        played.desk.keys("<esc> <esc> <esc>");
        let last = played.desk.state.budget.clone();
        let mut redone = 0;
        while played.desk.state.history.can_redo() {
            played.desk.keys("<ctrl-r>");
            redone += 1;
            played.assert_honest();
        }
        while played.desk.state.history.can_undo() {
            played.desk.keys("u");
            played.assert_honest();
        }
        prop_assert_eq!(&played.desk.state.budget, &original);
        while played.desk.state.history.can_redo() {
            played.desk.keys("<ctrl-r>");
            played.assert_honest();
        }
        for _ in 0..redone {
            played.desk.keys("u");
        }
        prop_assert_eq!(&played.desk.state.budget, &last);
    }
}

fn cases(usual: u32) -> u32 {
    std::env::var("RETAKE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Random keys, from a seed that is the same on every run; `RETAKE_KEYS` asks for more of them.
#[test]
fn any_keys_in_any_order_leave_a_sound_state() {
    let wanted: usize = std::env::var("RETAKE_KEYS").ok().and_then(|keys| keys.parse().ok()).unwrap_or(10_000);
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig::default(),
        TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
    );
    let chords = every_chord(&Desk::of(TWO_LINES).keymap);
    let mut pick = |among: usize| (0..among).new_tree(&mut runner).unwrap().current();
    let mut played = Played::new(Desk::of(TWO_LINES));
    let mut pressed = Vec::new();
    let sizes = [(120, 36), (80, 24), (41, 13), (20, 5), (7, 3)];
    for count in 0..wanted {
        // A long history would make the run slow, not thorough.
        if count % 500 == 0 {
            played =
                Played::new(if count % 1000 == 0 { Desk::of(TWO_LINES) } else { Desk::untitled(Budget::default()) });
            pressed.clear();
        }
        pressed.push(chords[pick(chords.len())]);
        played.desk.press(*pressed.last().unwrap());
        played.answer();
        let (width, height) = sizes[count % sizes.len()];
        let view = played.desk.view();
        let area = ratatui::layout::Rect::new(0, 0, width, height);
        let furthest = retake::ui::furthest_scroll(&view, area);
        played.desk.frame(width, height);
        played.desk.state.furthest_scroll = furthest;
        if count % 7 == 0 {
            let honest = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| played.assert_honest()));
            let keys: Vec<String> = pressed.iter().map(|chord| format!("<{}>", chord.spelled())).collect();
            assert!(honest.is_ok(), "after key {count}: {}", keys.join(" "));
        }
    }
}

#[test]
fn undo_goes_back_across_a_save_and_the_mark_follows() {
    let mut played = Played::new(Desk::of(TWO_LINES));
    let original = played.saved.clone();
    played.desk.keys("+ +").keys("<ctrl-s>");
    played.answer();
    assert!(!played.desk.state.is_dirty());
    assert!(!played.desk.screen(120, 36).contains("unsaved"));
    played.desk.keys("u");
    assert!(played.desk.state.is_dirty(), "before the save point");
    assert!(played.desk.screen(120, 36).contains("● unsaved"));
    played.desk.keys("<ctrl-r>");
    assert!(!played.desk.state.is_dirty(), "at the save point again");
    played.desk.keys("u +");
    assert!(played.desk.state.is_dirty(), "another way than the saved one");
    played.desk.keys("u");
    assert!(played.desk.state.is_dirty(), "the save point cannot be reached any more");
    played.desk.keys("u");
    assert_eq!(played.desk.state.budget, original);
    assert!(played.desk.state.is_dirty(), "what is on disk is another state");
}

#[test]
fn undo_says_what_it_took_back_and_goes_where_it_happened() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ ] ]").keys("u");
    assert!(desk.screen(120, 36).contains("undone: finals 25"), "{}", desk.screen(120, 36));
    assert_eq!(desk.state.selection, retake::app::Selection::Line(0));
    desk.keys("u");
    assert!(desk.screen(120, 36).contains("nothing to undo"));
    desk.keys("<ctrl-r>");
    assert!(desk.screen(120, 36).contains("redone: finals 25"));
}

#[test]
fn an_unbound_key_does_nothing() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keymap = Keymap::default();
    let before = desk.state.budget.clone();
    desk.press(Chord::parse("ctrl-s").unwrap()).keys("q x z <esc> <f5>");
    assert!(desk.effects.is_empty() && desk.state.budget == before && desk.state.dialog.is_none());
}

#[test]
fn a_search_left_over_hides_no_line_that_typing_starts_with() {
    let mut played = Played::new(Desk::new(Budget::default()));
    played.desk.keys("a <enter>").keys("/ o <enter>").keys("u").keys("<enter> 5 <enter>");
    assert_eq!(played.desk.state.selection, retake::app::Selection::Line(0));
    assert_eq!(played.desk.state.estimate.totals.finals, 5);
    played.desk.keys("u");
    played.assert_honest();
}
