//! Frames: what the views rendered, made safe and written at once.

use super::visible::picture;
use super::{ColorDepth, guard, is_unsafe, tty};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
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
    colors: ColorDepth,
}

impl Screen {
    pub(super) fn new(colors: ColorDepth) -> io::Result<Self> {
        // Under NO_COLOR crossterm 0.29 writes each colour as an empty SGR, which resets bold and reverse; so it must not
        // try, and `finish` takes the colours out instead.
        crossterm::style::force_color_output(true);
        let bytes = Bytes::default();
        // Of no size: the first frame finds another one and makes the buffers that it needs.
        let area = Rect::ZERO;
        Ok(Screen { terminal: blank(&bytes, area)?, area, bytes, colors })
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
        let colors = self.colors;
        self.terminal.draw(|frame| {
            render(frame);
            finish(frame.buffer_mut(), colors);
        })?;
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

/// The last line of defence: whatever a view forgot, no cell commands the terminal or reorders text.
fn finish(buffer: &mut Buffer, colors: ColorDepth) {
    for cell in &mut buffer.content {
        let plain = matches!(cell.symbol().as_bytes(), [b' '..=b'~']);
        if !plain && cell.symbol().chars().any(is_unsafe) {
            let safe: String = cell.symbol().chars().map(picture).collect();
            cell.set_symbol(&safe);
        }
        if colors == ColorDepth::None {
            uncolor(cell);
        }
    }
}

fn uncolor(cell: &mut Cell) {
    cell.fg = Color::Reset;
    cell.bg = Color::Reset;
    cell.underline_color = Color::Reset;
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

#[cfg(test)]
mod tests {
    use super::{Buffer, Color, ColorDepth, Rect, finish};
    use ratatui::style::{Modifier, Style};

    #[test]
    fn a_finished_frame_has_no_unsafe_character() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.content[0].set_symbol("\u{1b}]0;x\u{7}");
        buffer.content[1].set_symbol("a\u{202e}");
        buffer.content[2].set_symbol("👩\u{200d}🎨");
        finish(&mut buffer, ColorDepth::True);
        assert_eq!(buffer.content[0].symbol(), "␛]0;x␇");
        assert_eq!(buffer.content[1].symbol(), "a\u{fffd}");
        assert_eq!(buffer.content[2].symbol(), "👩\u{200d}🎨");
    }

    #[test]
    fn without_colours_only_modifiers_remain() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let style = Style::new().fg(Color::Red).bg(Color::Blue).add_modifier(Modifier::BOLD | Modifier::REVERSED);
        buffer.content[0].set_symbol("x").set_style(style);
        finish(&mut buffer, ColorDepth::None);
        let cell = &buffer.content[0];
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        assert_eq!(cell.modifier, Modifier::BOLD | Modifier::REVERSED);
    }
}
