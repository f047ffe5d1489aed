//! Frames: what the views rendered, written at once.

use super::{guard, tty};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// A terminal that shows half-written frames calls it flicker; one that knows this mode shows none, others ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Plain attributes first, as some terminals clear to the current background.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
/// Assumed while a terminal does not tell its size.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// The full-screen surface of a [`super::Session`].
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Bytes>>,
    area: Rect,
    bytes: Bytes,
}

impl Screen {
    pub(super) fn new() -> io::Result<Self> {
        // Under NO_COLOR crossterm 0.29 writes each colour as an empty SGR, which resets bold and reverse; so it must not
        // try, and views draw without colours instead.
        crossterm::style::force_color_output(true);
        let bytes = Bytes::default();
        // Of no size: the first frame finds another one and makes the buffers that it needs.
        let area = Rect::ZERO;
        Ok(Screen { terminal: blank(&bytes, area)?, area, bytes })
    }

    /// Draws one frame and writes what differs from the last one in a single write; all of it after a resize or a stop.
    /// Dropped without error while the terminal is not ours. If it is gone the program ends here, as after
    /// [`super::End::TerminalGone`]; the errors that ratatui's signatures speak of have no cause left.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let known = if self.area.is_empty() { USUAL_SIZE } else { (self.area.width, self.area.height) };
        let area = current_area(known);
        self.bytes.clear();
        self.bytes.write_all(BEGIN)?;
        if guard::take_stale() || area != self.area {
            // A new ratatui terminal believes the screen to be blank, as it is then. `Terminal::clear` would ask for the
            // cursor's position and wait for an answer that the input thread reads; `resize` would ask for the size.
            self.terminal = blank(&self.bytes, area)?;
            self.bytes.clear();
            self.bytes.write_all(BEGIN)?;
            self.bytes.write_all(CLEAR)?;
            self.area = area;
        }
        self.terminal.draw(render)?;
        self.bytes.write_all(END)?;
        guard::write_frame(&self.bytes.0.borrow());
        Ok(())
    }

    /// The size of the last frame, in cells.
    pub fn area(&self) -> Rect {
        self.area
    }
}

fn current_area(otherwise: (u16, u16)) -> Rect {
    let (width, height) = tty::size().unwrap_or(otherwise);
    Rect::new(0, 0, width, height)
}

/// Fixed, so that ratatui never asks crossterm for the size: that opens /dev/tty for every frame, and starts `tput` when
/// the terminal is gone.
fn blank(bytes: &Bytes, area: Rect) -> io::Result<Terminal<CrosstermBackend<Bytes>>> {
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    Terminal::with_options(CrosstermBackend::new(bytes.clone()), options)
}

/// The frame being made. ratatui flushes after every cursor command, and panics on drop when a write fails: this one
/// neither writes early nor fails.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Bytes {
    fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
