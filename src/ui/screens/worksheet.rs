//! The worksheet: the list of deliverables, and the panels below the panes.

use super::Drawn;
use crate::ui::canvas::{Canvas, FrameInput};
use crate::ui::layout::{self, Arrangement, Layout};
use crate::ui::{band, bill_panels, list, little_bars, panels, welcome};

/// The screen's row.
pub(super) const SCREEN: Drawn = Drawn {
    arrangement: Arrangement {
        small: layout::list_small,
        alone: layout::list_alone,
        below: layout::list_below,
        full: layout::full,
    },
    draw: worksheet,
    furthest_scroll: |_, _| usize::MAX,
    target: list::target,
};

fn worksheet(canvas: &mut Canvas, input: &FrameInput, places: &Layout) {
    if !places.card.is_empty() {
        welcome::card(canvas, input, places.card);
    }
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
        bill_panels::others(canvas, input, places.others);
    }
    if places.walk.height >= 3 {
        bill_panels::walk(canvas, input, places.walk);
    }
    if places.band.height >= 5 {
        band::band(canvas, input, places.band);
    }
    if places.why.height >= 3 {
        panels::why(canvas, input, places.why);
    }
    if places.curve.height >= 5 {
        little_bars::panel(canvas, input, places.curve);
    }
}
