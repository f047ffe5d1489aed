//! View: draws the frame from the state and changes nothing.
//!
//! From top to bottom: header.rs the title and the two last lines, tabs.rs the screens; headline.rs the total against the cap,
//! digits.rs in large digits; list.rs and list_columns.rs the deliverables; panes.rs the knobs, facts.rs what follows from
//! them, little_bars.rs and chart.rs their ranges; formula_line.rs the sentence; panels.rs, bill_panels.rs and band.rs parts,
//! notes and pictures of the money; risk_chart.rs the distribution of the total, risk_lines.rs the text beside it; welcome.rs the card of an empty project.

pub mod ascii;
mod band;
mod bill_panels;
pub mod canvas;
mod chart;
mod column;
mod conflict;
mod dialogs;
mod digits;
mod facts;
mod formula_line;
mod header;
mod headline;
mod help;
pub mod hit;
mod import;
pub mod layout;
mod list;
mod list_columns;
mod little_bars;
mod panels;
mod panes;
mod picker;
mod project_form;
mod recovery;
mod risk_chart;
mod risk_lines;
mod risk_named;
mod risk_table;
pub mod sanitize;
mod screens;
pub mod svg;
mod tabs;
pub mod text;
pub mod theme;
mod under_cap;
mod welcome;

use crate::app::{Focus, Screen};
use crate::cost::Pane;
use crate::words;
use canvas::Canvas;
pub use canvas::FrameInput;
use layout::{Scene, Shape, layout};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use theme::Role;

/// Draws the whole window, or as much of it as the buffer holds, and says so; returns where the terminal's cursor goes while
/// text is typed.
pub fn draw(input: &FrameInput, window: Rect, buf: &mut Buffer) -> Option<Position> {
    let area = window.intersection(buf.area);
    let mut places = layout(area, &scene(input));
    let refusal = refusal_place(&mut places, input);
    let mut canvas = Canvas::new(buf, input);
    canvas.clear(area);
    if places.shape == Shape::TooSmall {
        canvas.text(area, 0, &words::window_too_small(layout::LEAST.0, layout::LEAST.1), Role::Text);
    } else {
        frame(&mut canvas, input, &places);
        match refusal {
            Some(place) if place.height >= 3 => panels::refused(&mut canvas, input, place),
            Some(_) => panels::refused_in_a_line(&mut canvas, input, places.footer),
            None => {}
        }
        dialogs::overlay(&mut canvas, input, body_of(area));
    }
    if (area.width, area.height) != (window.width, window.height) {
        // Over the right end of the footer, where the window is far wider than its keys.
        let said = words::window_too_large(area.width, area.height);
        canvas.text_right(area, area.height.saturating_sub(1), &said, Role::Warn);
    }
    let cursor = canvas.cursor;
    sanitize::sweep(buf);
    if input.ascii {
        ascii::plain(buf);
    }
    cursor
}

/// The inputs of the layout, from the state.
fn scene(input: &FrameInput) -> Scene {
    let state = input.state;
    let focused = match state.view.focus {
        Focus::Beside => None,
        Focus::Pane(pane) => Some(pane),
    };
    // Without a card one line says how to choose one.
    let others = if state.bills().cards.is_empty() { 1 } else { state.bills().cards.len() + 1 };
    let arrangement = &screens::drawn(state.view.screen).arrangement;
    // Whoever types, or goes to another pane, sees the panes.
    let at_start = matches!(state.view.focus, Focus::Beside | Focus::Pane(Pane::Finals)) && !state.view.zoomed;
    let empty = at_start
        && state.budget().lines.is_empty()
        && state.view.input.is_none()
        && state.view.screen == Screen::Worksheet;
    Scene {
        arrangement,
        focused,
        zoomed: state.view.zoomed,
        empty,
        curves: state.line().is_some(),
        rows: list::rows_wanted(state),
        others,
        walk: bill_panels::walk_lines(input),
    }
}

/// How far the text that lies over the screen, or else the table of the screen, scrolls in a window of this size; without limit
/// while there is neither.
#[must_use]
pub fn furthest_scroll(input: &FrameInput, area: Rect) -> usize {
    scrolled(input, area).1
}

/// The first line in sight of the text that lies over the screen, and [`furthest_scroll`].
#[must_use]
pub fn scrolled(input: &FrameInput, area: Rect) -> (usize, usize) {
    if !input.state.overlays.is_empty() {
        return dialogs::scrolled(input, body_of(area));
    }
    let places = layout(area, &scene(input));
    let furthest = (screens::drawn(input.state.view.screen).furthest_scroll)(input, &places);
    (screens::first_line(input, &places), furthest)
}

/// The window without its footer, which stays in sight below a dialog.
fn body_of(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(1), ..area }
}

/// Where a refused entry says its rule when no panel of notes has room for it: over the shares, else below the one pane that
/// is shown, which gives way as far as its field stays in sight.
fn refusal_place(places: &mut layout::Layout, input: &FrameInput) -> Option<Rect> {
    let objects = panels::objection(input).is_some();
    if !objects || places.notes.height >= 3 {
        return None;
    }
    if places.shares.height >= 3 {
        return Some(places.shares);
    }
    if places.table.height >= 9 {
        let rows = 6;
        places.table.height -= rows;
        return Some(Rect { y: places.table.y + places.table.height, height: rows, ..places.table });
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

/// Draws the parts that every screen has, and the screen's own.
fn frame(canvas: &mut Canvas, input: &FrameInput, places: &layout::Layout) {
    header::header(canvas, input, places.header);
    if !places.tabs.is_empty() {
        tabs::tabs(canvas, input, places.tabs);
    }
    if !places.headline.is_empty() {
        headline::headline(canvas, input, places.headline);
    }
    for place in &places.panes {
        panes::pane(canvas, input, *place, places.shape);
    }
    if !places.strip.is_empty() {
        formula_line::strip(canvas, input, places.strip);
    }
    (screens::drawn(input.state.view.screen).draw)(canvas, input, places);
    if !places.notice.is_empty() {
        header::notice(canvas, input, places.notice);
    }
    header::footer(canvas, input, places.footer);
}
