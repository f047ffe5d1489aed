//! The card of an empty project: the four ways to begin.

use super::canvas::{Canvas, FrameInput};
use super::text::width;
use super::theme::Role;
use crate::app::Action;
use crate::words;
use ratatui::layout::Rect;

/// Most columns of the card.
const COLUMNS: u16 = 64;

/// The card in the middle of an area.
pub(super) fn card(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let ways = [
        (words::footer_digits().to_owned(), words::begin_finals()),
        (state.reach(Action::Add), words::begin_name()),
        (state.reach(Action::Import), words::begin_paste()),
        (state.reach(Action::Projects), words::begin_sample()),
    ];
    let framed = area.width >= 44 && area.height >= 10;
    let columns = area.width.min(COLUMNS);
    let height = area.height.min(if framed { 10 } else { 4 });
    let place =
        Rect { x: area.x + (area.width - columns) / 2, y: area.y + (area.height - height) / 2, width: columns, height };
    let mut inside = Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place };
    if framed {
        let frame = canvas.frame(place, "", false);
        inside =
            Rect { x: frame.x + 2, y: frame.y + 1, width: frame.width.saturating_sub(4), height: frame.height - 2 };
        canvas.text(inside, 0, words::begin_title(), Role::Header);
        inside = Rect { y: inside.y + 2, height: inside.height - 2, ..inside };
    }
    let keys = ways.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let keys = u16::try_from(keys).unwrap_or(0);
    for (row, (key, way)) in (0..inside.height).zip(&ways) {
        canvas.text(Rect { width: keys.min(inside.width), ..inside }, row, key, Role::Key);
        canvas.text_at(inside, keys + 2, row, way, Role::Text);
    }
}
