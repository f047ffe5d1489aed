//! How each screen is laid out, drawn, scrolled and clicked: a row for each.

use super::canvas::{Canvas, FrameInput};
use super::layout::{self, Arrangement, Layout};
use super::{bills, list, panels};
use crate::app::Screen;
use crate::app::actions::mouse::Target;
use ratatui::layout::Position;

/// One row of the table.
pub(super) struct Drawn {
    /// How it stands in a window.
    pub(super) arrangement: Arrangement,
    /// Draws what it has beside the panes.
    pub(super) draw: fn(&mut Canvas, &FrameInput, &Layout),
    /// How far its table scrolls; without limit where it has none.
    pub(super) furthest_scroll: fn(&FrameInput, &Layout) -> usize,
    /// What lies at a cell that it drew.
    pub(super) target: fn(&FrameInput, &Layout, Position) -> Option<Target>,
}

const WORKSHEET: Drawn = Drawn {
    arrangement: Arrangement {
        small: layout::one_pane,
        alone: layout::list_alone,
        folded: layout::folded,
        full: layout::full,
    },
    draw: worksheet,
    furthest_scroll: |_, _| usize::MAX,
    target: list::target,
};

const BILLS: Drawn = Drawn {
    arrangement: Arrangement {
        small: bills::alone,
        alone: bills::alone,
        folded: bills::below_panes,
        full: bills::below_panes,
    },
    draw: bills::bills,
    furthest_scroll: bills::furthest_scroll,
    target: bills::target,
};

/// The screen's row.
pub(super) fn drawn(screen: Screen) -> &'static Drawn {
    match screen {
        Screen::Worksheet => &WORKSHEET,
        Screen::Bills => &BILLS,
    }
}

/// The list, and the panels below the panes.
fn worksheet(canvas: &mut Canvas, input: &FrameInput, places: &Layout) {
    if !places.list.is_empty() {
        list::list(canvas, input, places.list);
    }
    if places.shares.height >= 3 {
        panels::shares(canvas, input, places.shares);
    }
    if places.notes.height >= 3 {
        panels::notes(canvas, input, places.notes);
    }
    if places.others.height >= 3 {
        bills::others(canvas, input, places.others);
    }
    if !places.why.is_empty() {
        panels::why(canvas, input, places.why);
    }
}
