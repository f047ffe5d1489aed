//! Windows of sizes that no screen has: a size is a number from outside, and sums and products of it must fit.

use crate::desk::{TWO_LINES, row_of};
use crate::scenes::{Scene, WIDE_FIGURES, with_bills, with_dialog, without_dialog};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use retake::figures;
use retake::terminal::drawn;
use retake::ui::{draw, furthest_scroll, hit};

/// Both sides of each size that changes the layout, of each that three or ten times it goes past 16 bits, and the last ones.
const SIDES: [u16; 40] = [
    0, 1, 4, 5, 6, 7, 10, 12, 15, 19, 20, 24, 28, 33, 79, 80, 109, 110, 132, 300, 1000, 6553, 6554, 13_107, 13_108,
    16_384, 21_845, 21_846, 22_000, 30_000, 32_767, 32_768, 43_690, 43_691, 65_525, 65_530, 65_532, 65_533, 65_534,
    65_535,
];

/// Each screen with the list, a pane, and every kind of what lies over it.
fn scenes() -> Vec<Scene> {
    let mut scenes: Vec<Scene> = without_dialog(WIDE_FIGURES).into_iter().step_by(14).collect();
    scenes.extend(with_bills(WIDE_FIGURES));
    scenes.extend(with_dialog(WIDE_FIGURES).into_iter().step_by(4));
    scenes
}

#[test]
fn every_place_of_a_window_of_any_size_is_found() {
    for (at, Scene { name, desk }) in scenes().into_iter().enumerate() {
        for (nth, width) in SIDES.into_iter().enumerate() {
            // Each scene has every width and every height, and two scenes in a row other pairs of them.
            for height in SIDES.into_iter().skip((at + nth) % 8).step_by(8) {
                let area = Rect::new(0, 0, width, height);
                _ = furthest_scroll(&desk.view(), area);
                let (right, bottom) = (width.saturating_sub(1), height.saturating_sub(1));
                for (x, y) in [(0, 0), (right, bottom), (width / 2, height / 2), (right / 3, bottom)] {
                    let found = hit::target(&desk.view(), area, x, y);
                    // What lies over the screen takes every click above the footer.
                    let covered = !desk.state.overlays.is_empty() && y < bottom && width >= 20 && height >= 5;
                    assert!(found.is_some() || !covered, "{x},{y} at {width}x{height}, {name}");
                }
            }
        }
    }
}

/// Windows of at most a million cells: the widest and the highest of each layout.
const WIDE: [(u16, u16); 12] = [
    (21_846, 28),
    (22_000, 28),
    (32_768, 30),
    (30_000, 33),
    (43_691, 12),
    (65_533, 8),
    (65_535, 1),
    (65_535, 5),
    (65_534, 6),
    (65_535, 10),
    (65_535, 15),
    (20, 65_535),
];

#[test]
fn the_total_is_in_sight_in_the_widest_and_highest_windows() {
    let groups = [without_dialog(WIDE_FIGURES), with_bills(WIDE_FIGURES), with_dialog(WIDE_FIGURES)];
    for (at, (columns, rows)) in WIDE.into_iter().enumerate() {
        // The worksheet, and in turn the bills or a dialog; other ones at each size.
        for group in [&groups[0], &groups[1 + at % 2]] {
            let Scene { name, desk } = &group[at * 5 % group.len()];
            let (width, height) = drawn(columns, rows);
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            draw(&desk.view(), Rect::new(0, 0, columns, rows), &mut buffer);
            let total = figures::text(&desk.state.budget().shown, desk.state.estimate().totals.total);
            let shows = width >= 20 && height >= 5 && desk.state.overlays.is_empty() && !name.contains("empty");
            let seen = || (0..height).any(|y| row_of(&buffer, y).contains(&total));
            assert!(!shows || seen(), "no {total} at {columns}x{rows}, {name}");
        }
    }
}

/// 65535x65535 cells would take 171 GB.
#[test]
fn a_window_of_any_size_is_drawn_as_far_as_it_goes_and_says_so() {
    let mut scenes = without_dialog(TWO_LINES);
    scenes.truncate(1);
    scenes.extend(with_dialog(TWO_LINES).into_iter().take(1));
    for (columns, rows) in [(u16::MAX, u16::MAX), (u16::MAX, 20), (40, u16::MAX), (u16::MAX, 1), (1001, 1000)] {
        for Scene { name, desk } in &scenes {
            let (width, height) = drawn(columns, rows);
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            draw(&desk.view(), Rect::new(0, 0, columns, rows), &mut buffer);
            let said = row_of(&buffer, height - 1).trim_end().ends_with(&format!("{width}×{height} drawn"));
            assert_eq!(said, (width, height) != (columns, rows), "{name} at {columns}x{rows}");
        }
    }
}
