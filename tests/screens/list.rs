//! The list of deliverables: adding, duplicating, deleting, moving, renaming, and an order that the saved file preserves.

use crate::desk::{Desk, TWO_LINES, budget, catalog};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use retake::app::{Chord, Focus, Selection};
use retake::cost::base::limits::{DELIVERABLES_MAX, NAME_MAX};
use retake::cost::{Budget, Line};
use retake::project::open::read_text;
use retake::project::write::updated;
use retake::ui::canvas::Canvas;
use retake::ui::text::{Ellipsis, truncate};
use retake::ui::theme::Role;
use std::collections::BTreeSet;
use std::path::Path;

fn titles(desk: &Desk) -> Vec<&str> {
    desk.state.budget().lines.iter().map(|line| line.title()).collect()
}

fn assert_keys_are_sound(budget: &Budget) {
    let keys: BTreeSet<&str> = budget.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys.len(), budget.lines.len(), "keys are unique");
    for key in keys {
        assert!(!key.is_empty() && key.chars().count() <= NAME_MAX, "{key:?}");
    }
}

#[test]
fn add_asks_for_a_name_and_goes_to_the_finals_of_the_new_line() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("a").type_text("Product detail").keys("<enter>");
    assert_eq!(titles(&desk), ["Hero shot", "Product detail", "Paid social"]);
    assert_eq!(desk.state.budget().lines[1].key, "product-detail");
    assert_eq!(desk.state.view.selection, Selection::Line(1));
    desk.keys("12 <enter>");
    assert!(desk.screen(120, 36).contains("12"));
    assert_eq!(desk.state.estimate().totals.finals, 96);
    desk.keys("a <enter>");
    assert_eq!(titles(&desk)[2], "Deliverable 4");
    desk.keys("u u u");
    assert_eq!(titles(&desk), ["Hero shot", "Paid social"]);
    assert!(!desk.state.is_dirty());
    desk.keys("a x y <esc>");
    assert!(!desk.state.is_dirty(), "Esc adds nothing");
}

#[test]
fn duplicate_delete_move_and_rename_do_what_they_say() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("D");
    assert_eq!(titles(&desk), ["Hero shot", "Hero shot copy", "Paid social"]);
    assert_eq!(desk.state.budget().lines[0].settings, desk.state.budget().lines[1].settings);
    desk.keys("J");
    assert_eq!(titles(&desk), ["Hero shot", "Paid social", "Hero shot copy"]);
    assert_eq!(desk.state.view.selection, Selection::Line(2), "the selection goes with the line");
    desk.keys("J");
    assert!(desk.screen(120, 36).contains("cannot move further"));
    desk.keys("K K K");
    assert_eq!(titles(&desk), ["Hero shot copy", "Hero shot", "Paid social"]);
    desk.keys("x");
    assert_eq!(titles(&desk), ["Hero shot", "Paid social"]);
    assert!(desk.screen(120, 36).contains("deleted Hero shot copy"));
    desk.keys("r <ctrl-u>").type_text("Key visual").keys("<enter>");
    assert_eq!(titles(&desk)[0], "Key visual");
    assert_eq!(desk.state.budget().lines[0].key, "hero", "the key stays");
    desk.keys("R <ctrl-u>").type_text("Summer").keys("<enter>");
    assert!(desk.screen(120, 36).lines().next().unwrap().contains("Summer"));
    desk.assert_sound();
    while desk.state.project.history().can_undo() {
        desk.keys("u");
    }
    assert_eq!(*desk.state.budget(), budget(TWO_LINES));
}

#[test]
fn nothing_can_be_done_to_a_line_while_the_project_is_selected() {
    let mut desk = Desk::of(TWO_LINES);
    for key in ["D", "x", "J", "K"] {
        desk.keys("[ [").keys(key);
        assert_eq!(*desk.state.budget(), budget(TWO_LINES), "{key}");
        assert!(desk.screen(120, 36).contains("all deliverables are selected"), "{key}");
    }
}

#[test]
fn names_of_every_script_make_unique_keys() {
    let mut desk = Desk::untitled(Budget::default());
    let long = "Long name ".repeat(20);
    let names = [
        "発表会",
        "発表会",
        "🎨🎨",
        "…!?",
        "",
        "",
        "Ünïcödé — Ñame",
        "a",
        "A",
        "a-2",
        "إعلان",
        "a\u{301}",
        "\u{202e}evil\u{200b}",
        "İİİ",
        long.trim(),
        long.trim(),
        "deliverable-1",
    ];
    for name in names {
        desk.keys("a <ctrl-u>").paste(name).keys("<enter>");
        assert!(desk.state.overlays.is_empty(), "{name:?} was refused");
        assert_keys_are_sound(desk.state.budget());
    }
    assert_eq!(desk.state.budget().lines.len(), names.len());
    for _ in 0..30 {
        desk.keys("D");
        assert_keys_are_sound(desk.state.budget());
    }
    assert_reopens(&Budget::default(), "retake = 1\n", desk.state.budget());
}

#[test]
fn a_name_longer_than_a_file_may_hold_is_refused_and_kept_in_the_field() {
    for keys in ["a", "r", "R"] {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys(keys).keys("<ctrl-u>").paste(&"n".repeat(201)).keys("<enter>");
        assert!(!desk.state.overlays.is_empty() && !desk.state.is_dirty(), "{keys}");
        assert!(desk.screen(80, 24).contains("at most 200"), "{}", desk.screen(80, 24));
        desk.keys("<backspace> <enter>");
        assert!(desk.state.overlays.is_empty() && desk.state.is_dirty(), "{keys}");
    }
}

#[test]
fn an_empty_name_leaves_the_key_to_serve_and_the_project_to_its_file() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("r <ctrl-u> <enter>");
    assert_eq!(titles(&desk)[0], "hero");
    desk.keys("R <ctrl-u> <enter>");
    assert!(desk.screen(120, 36).lines().next().unwrap().contains("spring.retake.toml"));
}

#[test]
fn the_selected_line_is_in_sight_in_a_list_of_any_length() {
    let mut desk = Desk::untitled(Budget::default());
    for _ in 0..60 {
        desk.keys("a <enter>");
    }
    desk.state.view.focus = Focus::Beside;
    for keys in ["g", "j", "<pagedown>", "<pagedown>", "<pagedown>", "<pagedown>", "G", "k", "<pageup>", "g"] {
        desk.keys(keys);
        let name = match desk.state.view.selection {
            Selection::Project => "All deliverables".to_owned(),
            Selection::Line(at) => titles(&desk)[at].to_owned(),
        };
        for (width, height) in [(160, 45), (120, 36), (110, 28), (100, 30), (80, 24), (50, 16)] {
            let screen = desk.screen(width, height);
            assert!(screen.contains(&format!("▸{name}")) || screen.contains(&name), "{keys} {name}\n{screen}");
            assert!(width < 110 || height < 28 || screen.contains(&format!("▸{name} ")), "{keys} {name}\n{screen}");
        }
    }
}

/// The file of a save reads back as the budget on screen, line for line.
fn assert_reopens(before: &Budget, text: &str, after: &Budget) {
    let mut after = after.clone();
    let saved = String::from_utf8(updated(text.as_bytes(), before, &mut after).unwrap()).unwrap();
    let again = read_text(&saved, Path::new("test.retake.toml"), catalog()).budget;
    let keys = |budget: &Budget| budget.lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&again), keys(&after), "the order on screen is the order of the reopened file\n{saved}");
    assert_eq!(again, after, "{saved}");
}

/// Projects whose tables are in the order of their keys, as added tables are.
fn sorted_projects() -> impl Strategy<Value = String> {
    let line = prop::option::weighted(0.5, prop_oneof![-20_i64..20, Just(1_000_000_000), Just(-1_000_000_000)]);
    prop::collection::vec(line, 0..6).prop_map(|lines| {
        let mut text = "retake = 1\n".to_owned();
        for (at, position) in lines.iter().enumerate() {
            let position = position.map_or_else(String::new, |position| format!("position = {position}\n"));
            text.push_str(&format!("\n[deliverable.m{at}]\n{position}finals = {at}\n"));
        }
        text
    })
}

fn reordering() -> impl Strategy<Value = Vec<&'static str>> {
    let keys = ["a a <enter>", "a z <enter>", "a m <enter>", "D", "x", "J", "K", "[", "]", "u", "<ctrl-r>"];
    prop::collection::vec(prop::sample::select(keys.to_vec()), 0..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_on_screen_is_the_order_of_the_reopened_file(text in sorted_projects(), keys in reordering()) {
        let mut desk = Desk::of(&text);
        let before = desk.state.budget().clone();
        for key in keys {
            desk.keys(key);
            assert_keys_are_sound(desk.state.budget());
            let positions: Vec<i64> = desk.state.budget().lines.iter().map(|line| line.position.unwrap_or(0)).collect();
            prop_assert!(positions.is_sorted(), "{positions:?}");
        }
        desk.assert_sound();
        assert_reopens(&before, &text, desk.state.budget());
    }

    #[test]
    fn any_name_can_be_typed(name in "\\PC{0,60}", again in any::<bool>()) {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("a").type_text(&name).press(Chord::parse("enter").unwrap());
        if again {
            desk.keys("a").type_text(&name).press(Chord::parse("enter").unwrap());
        }
        assert_keys_are_sound(desk.state.budget());
        assert_reopens(&budget(TWO_LINES), TWO_LINES, desk.state.budget());
    }
}

/// A project with this many lines, each with another count; some have no price.
fn many(lines: usize, currency: &str) -> Desk {
    let mut text = format!("retake = 1\nname = \"Many\"\n{currency}\n");
    for line in 0..lines {
        let size = if line % 7 == 3 { "size = \"1001x1001\"\n" } else { "" };
        text.push_str(&format!("[deliverable.row-{line}]\nfinals = {}\n{size}", (line * 7919) % 5000));
    }
    Desk::new(read_text(&text, Path::new("many.retake.toml"), catalog()).budget)
}

/// Visible rows look as if every row were formatted: each figure, and the start of the column.
#[test]
fn rows_in_sight_show_what_all_rows_together_would() {
    let yen = "currency = \"JPY\"\nexchange = { rate = 155.3, as_of = 2026-11-20 }";
    for (lines, currency) in [(0, ""), (3, ""), (200, ""), (200, yen), (998, ""), (999, ""), (1000, ""), (1200, yen)] {
        let mut desk = many(lines, currency);
        for keys in ["h h h h", "G", "<pageup>", "g"] {
            desk.keys(keys);
            let estimate = desk.state.estimate();
            let usd: Vec<_> = estimate.lines.iter().map(|line| line.subtotal).chain([estimate.totals.buffer]).collect();
            let shown = &desk.state.budget().shown;
            let all: Vec<String> = usd.iter().map(|usd| retake::figures::text(shown, *usd)).collect();
            let sum = estimate.totals.subtotal.map(|sum| retake::figures::text(shown, Some(sum)));
            let in_column = all.iter().cloned().chain([sum.clone().unwrap_or_else(|| "unknown".to_owned())]);
            let widest = in_column.map(|text| retake::ui::text::width(&text)).max().unwrap().max(6);
            let screen = desk.screen(160, 45);
            let mut seen = 0;
            for row in screen.lines() {
                let Some((_, rest)) = row.split_once("row-") else { continue };
                let Some((inside, _)) = rest.split_once(['│', '┃']) else { continue };
                if inside.contains("row-") || inside.contains('─') || inside.contains("no finals") {
                    // The band of shares names several in a row, and titles name what they are about.
                    continue;
                }
                let Ok(line) = inside.split_whitespace().next().unwrap().parse::<usize>() else { continue };
                let figure = retake::ui::text::pad_left(&all[line], widest);
                assert!(inside.ends_with(&format!(" {figure} ")), "{lines} lines: {figure:?} in {row}");
                seen += 1;
            }
            assert_eq!(seen >= 20, lines >= 20, "{lines} lines, {seen} seen\n{screen}");
            assert!(lines == 0 || sum.is_none_or(|sum| screen.contains(&sum)), "{lines} lines");
        }
    }
}

proptest! {
    #[test]
    fn what_is_looked_for_is_found_in_any_case(title in "[a-zA-ZäÄßİ ]{0,8}", wanted in "[a-zA-ZäÄßi ]{0,3}") {
        let mut named = budget(TWO_LINES);
        named.lines[0].name = Some(title.clone());
        let mut desk = Desk::new(named);
        desk.state.view.filter = wanted.clone();
        let holds = |text: &str| text.to_lowercase().contains(&wanted.to_lowercase());
        prop_assert_eq!(desk.state.shows(&desk.state.budget().lines[0]), holds(&title) || holds("hero"));
        let shown = desk.state.shown_lines();
        prop_assert_eq!(shown.get(0) == Some(0), desk.state.shows(&desk.state.budget().lines[0]));
    }

    /// Plain text takes a fast path to the screen, with the same result as the slow one.
    #[test]
    fn plain_text_is_drawn_as_any_text_is(text in "[ -~]{0,30}", x in 0_u16..24, room in 0_u16..24) {
        let desk = Desk::of(TWO_LINES);
        let view = desk.view();
        let mut own = Buffer::empty(Rect::new(2, 1, 24, 2));
        let mut theirs = own.clone();
        let area = Rect { x: 2 + x, y: 2, width: room.min(24 - x), height: 1 };
        let used = Canvas::new(&mut own, &view).text(area, 0, &text, Role::Value);
        if area.width > 0 {
            let cut = truncate(&text, usize::from(area.width), Ellipsis::Unicode);
            let (end, _) = theirs.set_stringn(area.x, area.y, &cut, usize::from(area.width), view.styles.of(Role::Value));
            prop_assert_eq!(used, end - area.x);
        }
        prop_assert_eq!(own, theirs);
    }
}

/// With one more line, a project could not be saved.
#[test]
fn a_full_project_takes_no_further_deliverable() {
    let line = |n: usize| Line { key: format!("d{n}"), ..Line::default() };
    let mut desk =
        Desk::new(Budget { lines: (1..DELIVERABLES_MAX).map(line).map(Into::into).collect(), ..Budget::default() });
    desk.keys("D");
    assert_eq!(desk.state.budget().lines.len(), DELIVERABLES_MAX);
    for keys in ["D", "a <enter>"] {
        desk.keys(keys);
        assert_eq!(desk.state.budget().lines.len(), DELIVERABLES_MAX, "{keys}");
        let said = desk.state.session.notice.as_ref().map_or("", |notice| &notice.text);
        assert_eq!(said, "a project holds at most 100,000 deliverables; split it into several files", "{keys}");
        desk.keys("<esc>");
    }
    desk.keys("x D");
    assert_eq!(desk.state.budget().lines.len(), DELIVERABLES_MAX);
}

/// The 0 that stands for a number which cannot be read is nobody's figure: it is shown nowhere.
#[test]
fn finals_that_cannot_be_read_are_no_zero() {
    let text = "retake = 1\n[deliverable.a]\nfinals = \"many\"\n[deliverable.b]\nfinals = 3\n";
    let desk = Desk::new(read_text(text, Path::new("a.retake.toml"), catalog()).budget);
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let screen = desk.screen(width, height);
        let row = screen.lines().find(|row| row.contains("▸a ")).unwrap_or_else(|| panic!("{screen}"));
        assert!(row.split_whitespace().any(|cell| cell == "?"), "{width}x{height}: {row}");
        assert!(screen.contains(" ? finals ×") && !screen.contains(" 0 finals"), "{width}x{height}\n{screen}");
    }
}
