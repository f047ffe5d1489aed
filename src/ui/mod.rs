//! View: draws the frame from the state and changes nothing.

pub mod amounts;
mod ascii;
pub mod canvas;
mod chart;
mod chooser;
mod column;
mod dialogs;
mod header;
mod help;
pub mod hit;
mod importing;
pub mod layout;
mod list;
mod lower;
mod panes;
mod recovery;
mod resolving;
mod strip;
pub mod sweep;
pub mod text;
pub mod theme;

use crate::app::{Focus, State};
use crate::cost::Pane;
use crate::words;
use canvas::Canvas;
pub use canvas::View;
use layout::{Shape, Zoom, layout};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use theme::Role;

/// Draws the whole window; gives back where the terminal's cursor goes while text is typed.
pub fn draw(view: &View, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let area = area.intersection(buf.area);
    let focused = match view.state.focus {
        Focus::Pane(pane) => pane,
        Focus::List => Pane::Finals,
    };
    let mut places = layout(area, focused, zoom(view.state));
    let refusal = refusal_place(&mut places, view);
    let mut canvas = Canvas::new(buf, view);
    canvas.clear(area);
    if places.shape == Shape::TooSmall {
        canvas.text(area, 0, &words::window_too_small(layout::LEAST.0, layout::LEAST.1), Role::Text);
    } else {
        worksheet(&mut canvas, view, &places);
        match refusal {
            Some(place) if place.height >= 3 => lower::refused(&mut canvas, view, place),
            Some(_) => lower::refused_in_a_line(&mut canvas, view, places.footer),
            None => {}
        }
        dialogs::dialog(&mut canvas, view, body_of(area));
    }
    let cursor = canvas.cursor;
    sweep::sweep(buf);
    if view.ascii {
        ascii::plain(buf);
    }
    cursor
}

/// What has the window to itself, if something has.
fn zoom(state: &State) -> Option<Zoom> {
    state.zoomed.then_some(match state.focus {
        Focus::List => Zoom::List,
        Focus::Pane(pane) => Zoom::Pane(pane),
    })
}

/// How far the text that lies over the worksheet scrolls in a window of this size; without limit while there is none.
#[must_use]
pub fn furthest_scroll(view: &View, area: Rect) -> usize {
    dialogs::furthest_scroll(view, body_of(area))
}

/// The window without its footer, which stays in sight below a dialog.
fn body_of(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(1), ..area }
}

/// Where a refused entry says its rule when no panel of notes has room for it: over the shares, else below the one pane that
/// is shown, which gives way as far as its field stays in sight.
fn refusal_place(places: &mut layout::Layout, view: &View) -> Option<Rect> {
    let refused = view.state.typing.as_ref().is_some_and(|typing| typing.refused.is_some());
    if !refused || places.notes.height >= 3 {
        return None;
    }
    if places.shares.height >= 3 {
        return Some(places.shares);
    }
    let Some((_, pane)) = places.panes.first_mut() else { return Some(Rect::ZERO) };
    let room = pane.height + places.strip.height + places.notice.height;
    let wanted = 6.min(room.saturating_sub(3));
    if places.shape != Shape::OnePane || wanted < 3 {
        return Some(Rect::ZERO);
    }
    (places.strip, places.notice) = (Rect::ZERO, Rect::ZERO);
    pane.height = room - wanted;
    Some(Rect { y: pane.y + pane.height, height: wanted, ..*pane })
}

fn worksheet(canvas: &mut Canvas, view: &View, places: &layout::Layout) {
    header::header(canvas, view, places.header);
    if !places.list.is_empty() {
        list::list(canvas, view, places.list);
    }
    if !places.fold.is_empty() {
        list::fold(canvas, view, places.fold);
    }
    for (pane, area) in &places.panes {
        panes::pane(canvas, view, *pane, *area);
    }
    if !places.strip.is_empty() {
        strip::strip(canvas, view, places.strip);
    }
    if !places.total.is_empty() {
        let inner = Rect { x: places.total.x + 1, width: places.total.width.saturating_sub(2), ..places.total };
        let top = u16::from(inner.height >= 3);
        list::total_line(canvas, view, inner, top);
        list::cap_line(canvas, view, inner, top + 1);
    }
    if places.shares.height >= 3 {
        lower::shares(canvas, view, places.shares);
    }
    if places.notes.height >= 3 {
        lower::notes(canvas, view, places.notes);
    }
    if !places.why.is_empty() {
        lower::why(canvas, view, places.why);
    }
    if !places.notice.is_empty() {
        header::notice(canvas, view, places.notice);
    }
    header::footer(canvas, view, places.footer);
}
