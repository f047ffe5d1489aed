//! The names of the screens, with a mark at the current one.

use super::canvas::{Canvas, FrameInput};
use super::text::width;
use super::theme::Role;
use crate::app::Action;
use crate::app::model::screen::{TABS, Tab};
use ratatui::layout::Rect;

/// Columns between two names.
const GAP: u16 = 3;

/// Each name with its first column and the column after its last, the mark before it included.
fn places(area: Rect) -> impl Iterator<Item = (&'static Tab, u16, u16)> {
    let mut column = 0;
    TABS.iter().filter_map(move |tab| {
        let end = column + 1 + u16::try_from(width((tab.name)())).unwrap_or(u16::MAX);
        let place = (tab, column, end);
        column = end + GAP - 1;
        (end <= area.width).then_some(place)
    })
}

/// Columns of the whole row, with a blank one at its end.
pub(super) fn columns() -> u16 {
    places(Rect { width: u16::MAX, ..Rect::ZERO }).last().map_or(0, |(.., end)| end + 1)
}

/// The row of names.
pub(super) fn tabs(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    for (tab, column, _) in places(area) {
        let present = tab.screen == input.state.view.screen;
        if present {
            canvas.text_at(area, column, 0, if input.ascii { ">" } else { "▸" }, Role::TabActive);
        }
        canvas.text_at(area, column + 1, 0, (tab.name)(), if present { Role::TabActive } else { Role::Tab });
    }
}

/// The action of a click on a column of the row.
pub(super) fn tab_at(area: Rect, x: u16) -> Option<Action> {
    let column = x.checked_sub(area.x)?;
    let mut places = places(area);
    places.find(|(_, first, end)| (*first..*end).contains(&column)).map(|(tab, ..)| tab.action)
}
