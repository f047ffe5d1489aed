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
    /// Draws one frame and writes what differs from the last one in a single write; all of it after a resize or a stop. What
    /// `render` gives back is where the cursor is shown. Dropped while the terminal is not ours. If it is gone the program ends
    /// here, as after [`super::End::TerminalGone`].
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> Option<Position>) {
        let area = self.current_area();
        let whole = guard::take_stale() || area != self.shown.area;
        if area == self.next.area {
            self.next.reset();
        } else {
            self.next = Buffer::empty(area);
        }
        let cursor = render(&mut self.next);
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

    fn current_area(&self) -> Rect {
        let last = self.shown.area;
        let known = if last.is_empty() { USUAL_SIZE } else { (last.width, last.height) };
        let (width, height) = tty::size().unwrap_or(known);
        Rect::new(0, 0, width, height)
    }
}
