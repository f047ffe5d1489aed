//! Every size of window: nothing outside it, no number cut, the total visible, the focus marked by more than colour.

use crate::desk::{Desk, SIZES, TODAY, TWO_LINES, row_of, text_of, words_of};
use crate::scenes::{Scene, WIDE_FIGURES, all, every, with_bills, with_dialog, without_dialog};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use retake::app::Focus;
use retake::cost::Pane;
use retake::figures;
use retake::ui::draw;
use std::collections::BTreeSet;

const SENTINEL: &str = "Z";

/// Draws inside a larger buffer and checks that nothing around the window changed.
fn assert_inside(scene: &Scene, width: u16, height: u16) {
    let outer = Rect::new(0, 0, width + 5, height + 4);
    let inner = Rect::new(2, 2, width, height);
    let mut buffer = Buffer::empty(outer);
    for cell in &mut buffer.content {
        cell.set_symbol(SENTINEL);
    }
    let cursor = draw(&scene.desk.view(), inner, &mut buffer);
    for y in 0..outer.height {
        for x in 0..outer.width {
            let outside = !inner.contains((x, y).into());
            let kept = buffer[(x, y)].symbol() == SENTINEL && buffer[(x, y)].modifier.is_empty();
            assert!(!outside || kept, "{} wrote at {x},{y} outside of {width}x{height}", scene.name);
        }
    }
    if let Some(cursor) = cursor {
        assert!(inner.contains(cursor), "{}: the cursor left {width}x{height}", scene.name);
    }
}

#[test]
fn nothing_is_written_outside_of_the_smallest_windows() {
    for scene in all(TWO_LINES) {
        for width in 0..=20 {
            for height in 0..=10 {
                assert_inside(&scene, width, height);
                // A terminal's own buffer ends with the window, and may have rows and no columns.
                scene.desk.frame(width, height);
            }
        }
    }
}

#[test]
fn nothing_is_written_outside_of_windows_of_any_size() {
    let scenes = every();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    for _ in 0..1000 {
        let (at, width, height) = (0..scenes.len(), 0_u16..=300, 0_u16..=100).new_tree(&mut runner).unwrap().current();
        assert_inside(&scenes[at], width, height);
    }
}

/// Runs of digits with the other characters of a figure, without a dot or comma that ends a sentence.
pub(crate) fn figures(screen: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in screen.lines().flat_map(|row| row.split(FRAMES)) {
        // The number of lines or keys that do not fit depends on the size.
        let words = piece.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        for (at, word) in words.iter().enumerate() {
            if counts_what_is_left_out(&words, at) || !word.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            // A range too long for its line goes on after a dash: its numbers are whole.
            let part = |c: char| c.is_ascii_digit() || ".,:×/%$≈".contains(c);
            for run in word.split(|c| !part(c)) {
                let run = run.trim_end_matches(['.', ',', ':']).trim_matches('/');
                if run.contains(|c: char| c.is_ascii_digit()) {
                    found.insert(run.to_owned());
                }
            }
        }
    }
    found
}

/// The lines at which a dialog or a pane ends beside another.
const FRAMES: [char; 8] = ['│', '┃', '┏', '┓', '┗', '┛', '┌', '└'];

/// Whether a word is the count in "4 more" or "… 4 more", the end of which a dialog may cover.
fn counts_what_is_left_out(words: &[&str], at: usize) -> bool {
    let is_marked = at.checked_sub(1).is_some_and(|before| words[before] == "…");
    let is_count = words[at].bytes().all(|byte| byte.is_ascii_digit());
    match words.get(at + 1) {
        Some(next) => {
            next.starts_with("more") || (is_marked && is_count && at + 2 == words.len() && "more".starts_with(next))
        }
        None => is_marked && is_count,
    }
}

#[test]
fn a_count_of_rows_that_are_left_out_is_no_figure_and_any_other_number_is() {
    let none: [&str; 6] = ["… 4 more", "… 4 more: w", "4 more steps", "│… 12 mo┃ names", "│… 12 ┃ names", "… 4 ┏━━━"];
    for row in none {
        assert_eq!(figures(row), BTreeSet::new(), "{row}");
    }
    for (row, figure) in
        [("… 4 finals", "4"), ("… $4 ┃", "$4"), ("… 4 m² in all", "4"), ("12 mo┃", "12"), ("12 ┃", "12")]
    {
        assert!(figures(row).contains(figure), "{row}");
    }
}

/// The figures of a scene if there is room for all.
pub(crate) fn whole_figures(desk: &mut Desk) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    // A dialog is widest in the widest window that it still fills.
    let wide = [(300, 100), (160, 60), (118, 60), (115, 60), (111, 60), (109, 60), (87, 60)];
    for (width, height) in wide.into_iter().chain([(79, 60), (79, 23)]) {
        whole.extend(figures(&desk.screen(width, height)));
    }
    // And those that a dialog covers.
    let open = std::mem::take(&mut desk.state.overlays);
    if !open.is_empty() {
        whole.extend(whole_figures(desk));
        desk.state.overlays = open;
    }
    whole
}

#[test]
fn no_figure_is_ever_cut() {
    let mut scenes = without_dialog(WIDE_FIGURES);
    scenes.extend(with_dialog(WIDE_FIGURES).into_iter().filter(|scene| !scene.name.contains('?')));
    let mut scenes: Vec<Scene> = scenes.into_iter().step_by(2).collect();
    scenes.extend(with_bills(WIDE_FIGURES));
    let mut wrong = BTreeSet::new();
    for (at, Scene { name, mut desk }) in scenes.into_iter().enumerate() {
        let whole = whole_figures(&mut desk);
        let typed = desk.state.view.input.as_ref().map(|typing| typing.entry.text().to_owned()).unwrap_or_default();
        for height in [5, 7, 12, 16, 24, 28, 36] {
            // Scenes share their panes: two neighbours share the widths too, every other one for each.
            let step = if height == 24 || height == 36 { 7 } else { 19 };
            for width in (20..=180).step_by(step).skip(at % 2).step_by(2) {
                let screen = desk.screen(width, height);
                for figure in figures(&screen).difference(&whole) {
                    // A field scrolls sideways with its cursor.
                    if typed.contains(figure.as_str()) {
                        continue;
                    }
                    let row = screen.lines().find(|row| row.contains(figure.as_str())).unwrap_or_default();
                    wrong.insert(format!("{figure} at {width}x{height}, {name}: {row}"));
                }
                for row in screen.lines() {
                    let cut = row.split('…').rev().skip(1).any(|before| before.ends_with(|c: char| c.is_ascii_digit()));
                    let half = [" =", " +", " ×"].iter().any(|sign| row.trim_end().ends_with(sign));
                    assert!(!half, "half a sentence at {width}x{height}, {name}: {row}");
                    assert!(!cut, "a digit stands before … at {width}x{height}, {name}: {row}");
                }
            }
        }
    }
    let listed: Vec<_> = wrong.iter().take(30).cloned().collect();
    assert!(wrong.is_empty(), "{} figures cut:\n{}", wrong.len(), listed.join("\n"));
}

/// An empty project has a card that says how to begin, and no figures.
fn has_figures(scene: &Scene) -> bool {
    !scene.desk.state.budget().lines.is_empty()
}

#[test]
fn the_total_is_in_sight_at_every_size_that_shows_figures() {
    for text in [TWO_LINES, WIDE_FIGURES] {
        let scenes = without_dialog(text).into_iter().filter(has_figures);
        let scenes = scenes.chain(with_bills(text).into_iter().step_by(2));
        for (at, Scene { name, desk }) in scenes.enumerate() {
            let total = figures::text(&desk.state.budget().shown, desk.state.estimate().totals.total);
            for (row, height) in [5, 6, 8, 13, 19, 23, 24, 28, 36].into_iter().enumerate() {
                // Like the squares of a chessboard, the other colour for every other scene.
                for width in [20, 33, 50, 79, 80, 110].into_iter().skip((at + row) % 2).step_by(2) {
                    let screen = desk.screen(width, height);
                    assert!(screen.contains(&total), "no {total} at {width}x{height}, {name}\n{screen}");
                }
            }
        }
    }
}

#[test]
fn at_80x24_the_four_panes_stand_beside_each_other_with_the_total() {
    for Scene { name, desk } in without_dialog(TWO_LINES).into_iter().filter(has_figures) {
        for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 45)] {
            let screen = desk.screen(width, height);
            let titles = ["Output spec", "Finals", "Retry factor", "Buffer"];
            let row = screen.lines().find(|row| titles.iter().all(|title| row.contains(title)));
            assert!(row.is_some() && screen.contains("TOTAL"), "{width}x{height}, {name}\n{screen}");
        }
    }
}

#[test]
fn a_window_without_room_asks_for_it() {
    let desk = Desk::of(TWO_LINES);
    for (width, height) in [(19, 5), (20, 4), (12, 1)] {
        assert!(desk.screen(width, height).contains("Needs 20×5"), "{width}x{height}");
    }
}

#[test]
fn the_focused_pane_is_marked_by_a_sign_and_by_its_frame() {
    for (focus, title) in [
        (Focus::Beside, "Deliverables"),
        (Focus::Pane(Pane::OutputSpec), "Output spec"),
        (Focus::Pane(Pane::Finals), "Finals"),
        (Focus::Pane(Pane::Retry), "Retry factor"),
        (Focus::Pane(Pane::Buffer), "Buffer"),
    ] {
        for typing in ["", "e", "5x"] {
            let mut desk = Desk::of(TWO_LINES);
            desk.state.view.focus = focus;
            if focus != Focus::Beside {
                desk.keys(typing);
            }
            for (width, height) in [(160, 45), (120, 36), (100, 30), (80, 24), (50, 16), (30, 9)] {
                let frame = desk.frame(width, height);
                let screen = text_of(&frame);
                let heavy = screen.matches('┏').count();
                assert_eq!(heavy, 1, "one focused frame at {width}x{height}\n{screen}");
                assert!(screen.contains(&format!("▸ {title}")), "{title} at {width}x{height}\n{screen}");
            }
        }
    }
}

#[test]
fn a_dialog_takes_the_mark_of_focus_and_gives_it_back() {
    for Scene { name, desk } in with_dialog(TWO_LINES) {
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            assert_eq!(screen.matches('┏').count(), 1, "{name} at {width}x{height}\n{screen}");
        }
    }
}

#[test]
fn the_field_that_is_typed_in_is_in_sight_at_every_size() {
    for pane in Pane::ALL {
        let mut desk = Desk::of(WIDE_FIGURES);
        desk.state.view.focus = Focus::Pane(pane);
        for field in 0..desk.state.fields(pane).len() {
            desk.state.view.field_at[pane as usize] = field;
            let mut typed = Desk::of(WIDE_FIGURES);
            typed.state = desk.state.clone();
            typed.keys("e <ctrl-u> qz");
            for (width, height) in [(160, 45), (120, 36), (100, 30), (80, 24), (50, 16), (30, 9), (24, 6), (20, 5)] {
                let (frame, cursor) = typed.frame_and_cursor(width, height);
                let cursor = cursor.unwrap_or_else(|| panic!("no cursor at {width}x{height} in {field} of {pane:?}"));
                let row = row_of(&frame, cursor.y);
                assert!(row.contains("qz"), "{field} of {pane:?} at {width}x{height}\n{}", text_of(&frame));
            }
        }
    }
}

#[test]
fn the_same_state_draws_the_same_frame() {
    for (at, Scene { name, desk }) in every().into_iter().enumerate() {
        for (width, height) in SIZES.into_iter().skip(at % 2).step_by(2) {
            assert!(desk.frame(width, height) == desk.frame(width, height), "{name} at {width}x{height}");
        }
    }
    assert_eq!(TODAY, Desk::of(TWO_LINES).state.session.today);
}

#[test]
fn an_amount_that_a_pane_has_room_for_is_shown() {
    let desk = Desk::of(WIDE_FIGURES);
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let screen = desk.screen(width, height);
        let buffer = desk.state.line().unwrap().buffer.unwrap();
        let words = words_of(&screen);
        // Its cents go where pane and label leave them no room.
        let whole = words.contains("cap $123,456.78") || (width < 160 && words.contains("cap ≈$123,457"));
        assert!(whole, "the cap at {width}x{height}\n{screen}");
        assert!(screen.contains(&figures::text(&desk.state.budget().shown, Some(buffer))), "{screen}");
        assert!(screen.contains("54,321") && !screen.contains("54321"), "{screen}");
    }
}
