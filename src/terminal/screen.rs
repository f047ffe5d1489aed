//! Frames: the rendered views, each sent in one write.

use crate::terminal::{ansi, guard, tty};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Terminals that know this mode show no half-written frames, which look like flicker; others ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Plain attributes first, as some terminals clear to the current background.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// The size to assume if a terminal does not report its own.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// The most cells in a frame. A terminal reports its window's size freely, up to 65535 each way: such a frame would take 171 GB,
/// and a program that runs out of memory aborts without restoring the terminal. A screen of 7680×4320 pixels holds this many
/// characters of 5×7.
pub const CELLS_MAX: u32 = 1_000_000;
/// The length to keep of both sides if both are too long.
const SIDE: u16 = 1_000;

/// The columns and rows of a window that are drawn: all, or the first ones of the longer side.
#[must_use]
pub fn drawn(columns: u16, rows: u16) -> (u16, u16) {
    if u32::from(columns) * u32::from(rows) <= CELLS_MAX {
        return (columns, rows);
    }
    let most = |other: u16| u16::try_from(CELLS_MAX / u32::from(other.max(1))).unwrap_or(u16::MAX);
    let columns = columns.min(most(rows).max(SIDE));
    (columns, rows.min(most(columns)))
}

/// The full-screen surface of a [`super::Session`].
///
/// Not ratatui's `Terminal`, which allocates two whole buffers before the first frame, asks crossterm for the size (which opens
/// /dev/tty, and starts `tput` when the terminal is gone) and for the cursor's position (the input thread would read the answer).
#[derive(Default)]
pub struct Screen {
    /// The terminal's content.
    shown: Buffer,
    /// The frame in progress; empty until there is a second frame.
    next: Buffer,
    bytes: Vec<u8>,
}

impl Screen {
    /// Draws one frame and sends its difference from the last one in a single write; the whole frame after a resize or a stop.
    /// `render` gets the window and the frame, which is smaller if the window has more than [`CELLS_MAX`] cells, and returns
    /// where to show the cursor. The frame is dropped while the terminal is not ours. If the terminal is gone, the program ends
    /// here, as after [`super::End::TerminalGone`].
    pub fn draw(&mut self, render: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) {
        let window = self.window();
        let (width, height) = drawn(window.width, window.height);
        let area = Rect { width, height, ..window };
        let whole = guard::take_stale() || area != self.shown.area;
        if area == self.next.area {
            self.next.reset();
        } else {
            // Drop the old buffer first: there are never three.
            self.next = Buffer::default();
            self.next = Buffer::empty(area);
        }
        let cursor = render(window, &mut self.next);
        self.bytes.clear();
        self.bytes.extend_from_slice(BEGIN);
        if whole {
            self.bytes.extend_from_slice(CLEAR);
        }
        ansi::write((!whole).then_some(&self.shown), &self.next, &mut self.bytes);
        match cursor {
            Some(Position { x, y }) => ansi::cursor(x, y, &mut self.bytes),
            None => self.bytes.extend_from_slice(HIDE_CURSOR),
        }
        self.bytes.extend_from_slice(END);
        std::mem::swap(&mut self.shown, &mut self.next);
        guard::write_frame(&self.bytes);
    }

    /// The size of the last frame, in cells.
    #[must_use]
    pub fn area(&self) -> Rect {
        self.shown.area
    }

    fn window(&self) -> Rect {
        let last = self.shown.area;
        let known = if last.is_empty() { USUAL_SIZE } else { (last.width, last.height) };
        let (width, height) = tty::size().unwrap_or(known);
        Rect::new(0, 0, width, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_the_window_or_its_first_million_cells() {
        let sides = [0, 1, 2, 15, 16, 80, 999, 1_000, 1_001, 1_999, 30_000, u16::MAX - 1, u16::MAX];
        for (columns, rows) in sides.into_iter().flat_map(|columns| sides.map(|rows| (columns, rows))) {
            let (width, height) = drawn(columns, rows);
            let cells = |width, height| u32::from(width) * u32::from(height);
            assert!(width <= columns && height <= rows && cells(width, height) <= CELLS_MAX, "{columns}x{rows}");
            let fits = cells(columns, rows) <= CELLS_MAX;
            assert_eq!(fits, (width, height) == (columns, rows), "{columns}x{rows}");
            // As much as fits: a short side stays whole.
            assert!(fits || cells(width, height) > CELLS_MAX - CELLS_MAX / 10, "{columns}x{rows}: {width}x{height}");
            assert!(columns > SIDE || width == columns, "{columns}x{rows}: {width}x{height}");
            assert!(rows > SIDE || height == rows, "{columns}x{rows}: {width}x{height}");
        }
    }
}
