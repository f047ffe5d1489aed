//! The row of chances on the screen of scenarios: at each size, computed within a frame or awaited.

use crate::desk::{Desk, catalog};
use retake::app::flows::lifecycle;
use retake::app::model::outcome::Outcome;
use retake::config::welcome::samples;
use retake::project::open::read_text;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const ROW: &str = "cheaper than the baseline";

fn sample() -> Desk {
    let text = samples().find(|sample| sample.name == "product-launch").unwrap().text;
    Desk::new(read_text(text, Path::new("launch.retake.toml"), catalog()).budget)
}

/// The cells of a row of the table.
fn cells(desk: &Desk, label: &str, (width, height): (u16, u16)) -> Vec<String> {
    let screen = desk.screen(width, height);
    let row = screen.lines().find(|row| row.contains(label)).unwrap_or_else(|| panic!("{label}: {screen}"));
    let cells = row.split(label).nth(1).unwrap().split("  ").map(|cell| cell.trim_matches([' ', '┃', '│']));
    cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_row_is_in_sight_at_every_size() {
    let mut desk = sample();
    desk.keys("<alt-4>");
    for size in [(160, 45), (120, 36), (80, 24)] {
        assert_eq!(cells(&desk, ROW, size), ["–", "fewer than 1 of 100", "100 of 100"], "{size:?}");
    }
    desk.assert_sound();
}

#[test]
fn another_baseline_and_every_edit_make_it_another_chance() {
    let mut desk = sample();
    // The second column becomes the baseline: the project is cheaper than that, in nearly all cases.
    desk.keys("<alt-4> <right> B");
    assert_eq!(cells(&desk, ROW, (160, 45)), ["–", "more than 99 of 100", "100 of 100"]);
    desk.keys("u");
    assert_eq!(cells(&desk, ROW, (160, 45)), ["–", "fewer than 1 of 100", "100 of 100"]);
    // A scenario that changes nothing yet costs the same.
    desk.keys("<alt-1> 3 0 <enter> v <enter> <alt-4>");
    let before = cells(&desk, ROW, (160, 45));
    assert_eq!(before.last().map(String::as_str), Some("100 of 100"), "{before:?}");
    assert_eq!(before.len(), 4);
}

/// More prices than are compared within a frame.
fn large() -> Desk {
    let line = |at: u32| format!("[deliverable.row-{at}]\nfinals = 3\nretry = {}.{at:02}\n", 1 + at % 3);
    let scenario = |at: u32| format!("[scenario.draft-{at}]\nassumptions.quality = \"low\"\n");
    let lines = (1..=70).map(line).collect::<String>();
    Desk::of(&format!("retake = 1\n{lines}{}", (1..=5).map(scenario).collect::<String>()))
}

#[test]
fn what_takes_long_is_awaited_and_a_late_answer_is_none() {
    let mut desk = large();
    assert!(desk.state.project.awaited_differences(&desk.state.session).is_none(), "no screen has asked for it");
    desk.keys("<alt-4>");
    assert_eq!(cells(&desk, ROW, (160, 45))[..2], ["–", "…"]);
    let awaited = desk.state.project.awaited_differences(&desk.state.session).unwrap();
    let change = awaited.change;
    let columns = awaited.compute(&AtomicBool::new(false)).unwrap();
    let late = Outcome::Differences { change, columns };
    lifecycle::apply_outcome(&mut desk.state, late.clone());
    assert_eq!(cells(&desk, ROW, (160, 45))[..2], ["–", "100 of 100"]);
    assert!(desk.state.project.awaited_differences(&desk.state.session).is_none());
    desk.keys("+");
    assert_eq!(cells(&desk, ROW, (160, 45))[..2], ["–", "…"]);
    lifecycle::apply_outcome(&mut desk.state, late);
    assert_eq!(cells(&desk, ROW, (160, 45))[..2], ["–", "…"], "it belongs to the values before the edit");
}
