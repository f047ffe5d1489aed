//! Frames: what the views rendered, written at once.

use crate::terminal::{ansi, guard, tty};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A terminal that shows half-written frames calls it flicker; one that knows this mode shows none, others ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Plain attributes first, as some terminals clear to the current background.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// Assumed while a terminal does not tell its size.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Cells of a frame at most. A window's size is what a terminal says, up to 65535 each way: its frame would take 171 GB, and a
/// program that asks for more memory than there is ends without giving the terminal back. A screen of 7680×4320 pixels holds as
/// many characters of 5×7.
pub const CELLS_MAX: u32 = 1_000_000;
/// What is left of both sides when both are too long.
const SIDE: u16 = 1_000;

/// The columns and rows of a window that are drawn: all of them, or the first ones of the longer side.
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
/// Its own frames, not ratatui's `Terminal`: that makes two whole buffers before the first frame, asks crossterm for the size
/// (which opens /dev/tty, and starts `tput` when the terminal is gone) and for the cursor's place (whose answer the input
/// thread would read).
#[derive(Default)]
pub struct Screen {
    /// What the terminal shows.
    shown: Buffer,
    /// The frame being made; of no size until there is a second one.
    next: Buffer,
    bytes: Vec<u8>,
}

impl Screen {
    /// Draws one frame and writes what differs from the last one in a single write; all of it after a resize or a stop. `render`
    /// gets the window and the frame, which is smaller where the window has more than [`CELLS_MAX`] cells, and returns where the
    /// cursor is shown. Dropped while the terminal is not ours. If it is gone the program ends here, as after
    /// [`super::End::TerminalGone`].
    pub fn draw(&mut self, render: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) {
        let window = self.window();
        let (width, height) = drawn(window.width, window.height);
        let area = Rect { width, height, ..window };
        let whole = guard::take_stale() || area != self.shown.area;
        if area == self.next.area {
            self.next.reset();
        } else {
            // The old one first: there are never three.
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
