//! Undo and redo of every edit, the mark for unsaved edits, and any keys in any order.

use crate::desk::{Desk, TWO_LINES, every_chord};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestRng, TestRunner};
use ratatui::layout::Rect;
use retake::app::actions::mouse;
use retake::app::flows::lifecycle;
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::model::overlay::Overlay;
use retake::app::{Chord, Key, Keymap, Selection};
use retake::cost::{Budget, Knob, Pane, Value};
use retake::ui::hit;

/// Simulates a disk that always works: the result of each save.
struct Played {
    desk: Desk,
    saved: Budget,
    done: usize,
}

impl Played {
    fn new(desk: Desk) -> Played {
        Played { saved: desk.state.base().clone(), desk, done: 0 }
    }

    /// Answers the effects of the last keys.
    fn answer(&mut self) {
        while let Some(effect) = self.desk.effects.get(self.done).cloned() {
            self.done += 1;
            if let Effect::Save | Effect::SaveAs { .. } = effect {
                let pins = self.desk.state.base().pins.clone();
                self.saved = self.desk.state.base().clone();
                let outcome = Outcome::Saved {
                    file: "a.retake.toml".to_owned(),
                    pins,
                    durable: true,
                    in_place: false,
                    not_kept: None,
                };
                let more = lifecycle::apply_outcome(&mut self.desk.state, outcome);
                self.desk.effects.extend(more);
            }
        }
    }

    fn assert_honest(&self) {
        let state = &self.desk.state;
        self.desk.assert_sound();
        // A typed or previewed value applies before it is accepted; help may cover the list.
        let list = state.overlays.iter().any(|overlay| matches!(overlay, Overlay::Picker(_)));
        let tried = state.view.input.is_some() || list || state.view.drag.is_some();
        if !tried && !state.is_dirty() {
            assert!(*state.base() == self.saved, "said to be saved, but differs from the file");
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
        "v <enter>",
        "v x <enter>",
        "}",
        "{",
        "<alt-4> l x",
        "<alt-4> D L",
        "<alt-4> B",
        "<alt-1>",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_can_be_taken_back_and_done_again(empty in any::<bool>(), steps in prop::collection::vec(edits(), 0..40)) {
        let start = if empty { Desk::new(Budget::default()) } else { Desk::of(TWO_LINES) };
        let original = start.state.base().clone();
        let mut played = Played::new(start);
        for step in steps {
            played.desk.keys(step);
            played.answer();
            played.assert_honest();
        }
        played.desk.keys("<esc> <esc> <esc>");
        let last = played.desk.state.base().clone();
        let mut redone = 0;
        while played.desk.state.project.history().can_redo() {
            played.desk.keys("<ctrl-r>");
            redone += 1;
            played.assert_honest();
        }
        while played.desk.state.project.history().can_undo() {
            played.desk.keys("u");
            played.assert_honest();
        }
        prop_assert_eq!(played.desk.state.base(), &original);
        while played.desk.state.project.history().can_redo() {
            played.desk.keys("<ctrl-r>");
            played.assert_honest();
        }
        for _ in 0..redone {
            played.desk.keys("u");
        }
        prop_assert_eq!(played.desk.state.base(), &last);
    }
}

fn cases(usual: u32) -> u32 {
    std::env::var("RETAKE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Random keys, from a seed that is the same on every run; `RETAKE_KEYS` asks for more of them.
/// One input by the user.
#[derive(Clone, Debug)]
enum Hand {
    Key(Chord),
    Press(u16, u16),
    Drag(u16, u16),
    Release,
    Wheel(u16, u16, bool),
    Paste(&'static str),
}

/// Pasted texts: values, lists, and texts that no field accepts.
const PASTED: [&str; 9] = [
    "12",
    "1.6x",
    "40% ok",
    "4:5\n",
    "name,finals\nHero,12\nBanner,3\n",
    "name\tfinals\tretry\nA\t1\t\n",
    "\u{1b}[2J\u{202e}",
    "   \n",
    "Sommer\u{301} 発🎨",
];

impl Hand {
    /// Mostly keys; a third is the mouse, a few are pastes.
    fn any(chords: &[Chord], (width, height): (u16, u16), pick: &mut impl FnMut(usize) -> usize) -> Hand {
        let cell = |pick: &mut dyn FnMut(usize) -> usize| {
            let at = |among: u16, pick: &mut dyn FnMut(usize) -> usize| u16::try_from(pick(among.into())).unwrap();
            (at(width + 1, pick), at(height + 1, pick))
        };
        match pick(24) {
            0..=3 => {
                let (x, y) = cell(pick);
                Hand::Press(x, y)
            }
            4 => {
                let (x, y) = cell(pick);
                Hand::Drag(x, y)
            }
            5 => Hand::Release,
            6 | 7 => {
                let (x, y) = cell(pick);
                Hand::Wheel(x, y, pick(2) == 0)
            }
            8 => Hand::Paste(PASTED[pick(PASTED.len())]),
            _ => Hand::Key(chords[pick(chords.len())]),
        }
    }

    fn act(&self, desk: &mut Desk, (width, height): (u16, u16)) {
        let area = Rect::new(0, 0, width, height);
        let target = |desk: &Desk, x, y| hit::target(&desk.view(), area, x, y);
        let effects = match self {
            Hand::Key(chord) => {
                desk.press(*chord);
                Vec::new()
            }
            Hand::Press(x, y) => {
                target(desk, *x, *y).map_or_else(Vec::new, |target| mouse::press(&mut desk.state, target))
            }
            Hand::Drag(x, y) => {
                let target = target(desk, *x, *y);
                mouse::drag(&mut desk.state, target);
                Vec::new()
            }
            Hand::Release => {
                mouse::release(&mut desk.state);
                Vec::new()
            }
            Hand::Wheel(x, y, up) => {
                let target = target(desk, *x, *y);
                mouse::wheel(&mut desk.state, target, *up)
            }
            Hand::Paste(text) => {
                desk.paste(text);
                Vec::new()
            }
        };
        desk.effects.extend(effects);
    }
}

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
    let mut done = Vec::new();
    let sizes = [(120, 36), (80, 24), (41, 13), (20, 5), (7, 3)];
    for count in 0..wanted {
        // A long history would make the run slow, not thorough.
        if count % 500 == 0 {
            played =
                Played::new(if count % 1000 == 0 { Desk::of(TWO_LINES) } else { Desk::untitled(Budget::default()) });
            done.clear();
        }
        let (width, height) = sizes[count % sizes.len()];
        // An open help takes nearly every key for itself, and is the longest text to draw: it is closed before long.
        let helped = matches!(played.desk.state.overlays.top(), Some(Overlay::Help)) && pick(4) == 0;
        let hand = match helped {
            true => Hand::Key(Chord::plain(Key::Esc)),
            false => Hand::any(&chords, (width, height), &mut pick),
        };
        done.push(hand.clone());
        let sound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            hand.act(&mut played.desk, (width, height));
            played.answer();
            let view = played.desk.view();
            let furthest = retake::ui::furthest_scroll(&view, Rect::new(0, 0, width, height));
            played.desk.frame(width, height);
            played.desk.state.view.furthest_scroll = furthest;
            if let Selection::Line(index) = played.desk.state.view.selection {
                assert!(index < played.desk.state.budget().lines.len(), "{index} is selected and not there");
            }
            if count % 7 == 0 {
                played.assert_honest();
            }
        }));
        assert!(sound.is_ok(), "after {count}: {done:?}");
    }
}

/// The first deliverable exists while its finals are typed, and is removed with a text that is not a number.
#[test]
fn a_click_on_the_line_that_goes_selects_none() {
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("7 $");
    mouse::press(&mut desk.state, mouse::Target::Row(Selection::Line(0)));
    assert_eq!((desk.state.base().lines.len(), desk.state.view.selection), (0, Selection::Project));
    desk.keys("a <enter>");
    assert_eq!((desk.state.base().lines.len(), desk.state.view.selection), (1, Selection::Line(0)));
    // Nor does a click on a chart of that line change the whole project's knob.
    let mut desk = Desk::untitled(Budget::default());
    desk.keys("7 $");
    let chart = mouse::Target::Chart(Pane::Finals, Knob::Finals, vec![Value::Count(40)], 0);
    mouse::press(&mut desk.state, chart);
    mouse::release(&mut desk.state);
    assert_eq!(*desk.state.base(), Budget::default());
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
    assert_eq!(*played.desk.state.base(), original);
    assert!(played.desk.state.is_dirty(), "what is on disk is another state");
}

#[test]
fn undo_says_what_it_took_back_and_goes_where_it_happened() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ ] ]").keys("u");
    assert!(desk.screen(120, 36).contains("undone: finals 25"), "{}", desk.screen(120, 36));
    assert_eq!(desk.state.view.selection, Selection::Line(0));
    desk.keys("u");
    assert!(desk.screen(120, 36).contains("nothing to undo"));
    desk.keys("<ctrl-r>");
    assert!(desk.screen(120, 36).contains("redone: finals 25"));
}

#[test]
fn an_unbound_key_does_nothing() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keymap = Keymap::default();
    let before = desk.state.base().clone();
    desk.press(Chord::parse("ctrl-s").unwrap()).keys("q x z <esc> <f5>");
    assert!(desk.effects.is_empty() && *desk.state.base() == before && desk.state.overlays.is_empty());
}

#[test]
fn a_search_left_over_hides_no_line_that_typing_starts_with() {
    let mut played = Played::new(Desk::new(Budget::default()));
    played.desk.keys("a <enter>").keys("/ o <enter>").keys("u").keys("<enter> 5 <enter>");
    assert_eq!(played.desk.state.view.selection, Selection::Line(0));
    assert_eq!(played.desk.state.estimate().totals.finals, 5);
    played.desk.keys("u");
    played.assert_honest();
}
