//! The worksheet: the list of deliverables, and the panels below the panes.

use super::{Drawn, bills};
use crate::ui::canvas::{Canvas, FrameInput};
use crate::ui::layout::{self, Arrangement, Layout};
use crate::ui::{list, panels};

/// The screen's row.
pub(super) const SCREEN: Drawn = Drawn {
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
