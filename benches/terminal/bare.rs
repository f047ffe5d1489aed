//! A bare ratatui program that draws as much as the dashboard and does nothing else: the minimum cost of any program of this
//! kind.
//!
//! The same crates, modes and number of cells, frames in one write, pending keys drained before drawing. No files, no prices, no
//! themes, no keymap, no threads, no error handling.

use crossterm::event::{self, Event, KeyCode};
use crossterm::{cursor, execute, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

const GROUND: Color = Color::Rgb(24, 26, 31);
const TEXT: Color = Color::Rgb(205, 209, 217);
const DIM: Color = Color::Rgb(140, 147, 160);
const ACCENT: Color = Color::Rgb(122, 182, 255);

struct State {
    names: Vec<String>,
    counts: Vec<u64>,
    selected: usize,
}

/// Draws rows in a list and their figures beside it, until `q` is pressed.
pub(crate) fn run(rows: usize) -> io::Result<()> {
    let mut state = State {
        names: (0..rows).map(|row| format!("Deliverable number {row}")).collect(),
        counts: (0..rows).map(|row| 1 + row as u64 % 97).collect(),
        selected: 0,
    };
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), terminal::EnterAlternateScreen, event::EnableMouseCapture, event::EnableBracketedPaste)?;
    let bytes = Bytes::default();
    let (width, height) = terminal::size()?;
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let mut screen = Terminal::with_options(CrosstermBackend::new(bytes.clone()), options)?;
    'running: loop {
        bytes.0.borrow_mut().clear();
        bytes.0.borrow_mut().extend_from_slice(b"\x1b[?2026h");
        screen.draw(|frame| draw(frame, &state))?;
        bytes.0.borrow_mut().extend_from_slice(b"\x1b[?2026l");
        let mut out = io::stdout().lock();
        out.write_all(&bytes.0.borrow())?;
        out.flush()?;
        drop(out);
        let mut wait = true;
        while wait || event::poll(Duration::ZERO)? {
            wait = false;
            if let Event::Key(key) = event::read()? {
                match key.code {
                    KeyCode::Char('q') => break 'running,
                    KeyCode::Char('+') => state.counts[state.selected] += 1,
                    KeyCode::Char('-') => state.counts[state.selected] -= 1,
                    KeyCode::Down => state.selected = (state.selected + 1).min(rows - 1),
                    _ => {}
                }
            }
        }
    }
    execute!(io::stdout(), event::DisableBracketedPaste, event::DisableMouseCapture, cursor::Show)?;
    execute!(io::stdout(), terminal::LeaveAlternateScreen)?;
    terminal::disable_raw_mode()
}

fn money(cents: u64) -> String {
    format!("${}.{:02}", cents / 100, cents % 100)
}

fn draw(frame: &mut Frame<'_>, state: &State) {
    let area = frame.area();
    frame.render_widget(Block::new().style(Style::new().bg(GROUND).fg(TEXT)), area);
    let list = Rect { y: 1, width: area.width * 3 / 10, height: area.height - 3, ..area };
    let rest = Rect { x: list.width, width: area.width - list.width, ..list };
    line(frame, Rect { height: 1, ..area }, " retake · Spring launch · Acme · gpt-image-2 · standard · USD", TEXT);
    rows(frame, list, state);
    let one = state.counts[state.selected];
    for pane in 0..4 {
        let width = rest.width / 4;
        figures(frame, Rect { x: rest.x + pane * width, width, height: 16, ..rest }, one * u64::from(pane + 1));
    }
    let lower = Rect { y: rest.y + 16, height: rest.height - 16, ..rest };
    line(frame, Rect { height: 1, ..lower }, &format!("{one} finals × 2.0 = {} images", one * 2), ACCENT);
    line(frame, Rect { y: lower.y + 1, height: 1, ..lower }, &format!("× $0.13 = {}", money(one * 13)), DIM);
    let texts = Rect { y: lower.y + 3, height: lower.height - 3, ..lower };
    for half in 0..2 {
        let height = texts.height / 2;
        steps(frame, Rect { y: texts.y + half * height, height, ..texts }, one);
    }
    let foot = Rect { y: area.height - 1, height: 1, ..area };
    line(frame, foot, " ↑↓ field  +- change  a add  d delete  u undo  s save  / find  ? help  q quit", DIM);
}

fn line(frame: &mut Frame<'_>, area: Rect, text: &str, color: Color) {
    frame.render_widget(Paragraph::new(text).style(Style::new().fg(color)), area);
}

/// Pieces of a row, one after another, each in its colour.
fn pieces(frame: &mut Frame<'_>, area: Rect, pieces: &[(&str, Color)]) {
    let spans: Vec<Span<'_>> =
        pieces.iter().map(|(text, color)| Span::styled(*text, Style::new().fg(*color))).collect();
    frame.render_widget(Paragraph::new(Line::from(spans)), area);
}

fn boxed(frame: &mut Frame<'_>, area: Rect, title: &str) -> Rect {
    let block = Block::bordered().title(title).border_style(Style::new().fg(DIM));
    let inside = block.inner(area);
    frame.render_widget(block, area);
    inside
}

fn rows(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let inside = boxed(frame, area, " Deliverables ");
    let first = state.selected.saturating_sub(usize::from(inside.height) / 2);
    for (y, row) in (0..inside.height.saturating_sub(3)).zip(first..state.names.len()) {
        let (name, count) = (&state.names[row], state.counts[row]);
        let place = Rect { y: inside.y + y, height: 1, ..inside };
        pieces(
            frame,
            place,
            &[
                (&format!(" {name:<22}"), TEXT),
                (&format!("{count:>4} "), DIM),
                (&"▇".repeat(1 + row % 7), ACCENT),
                (&"─".repeat(7 - row % 7), DIM),
                (&format!(" {:>9}", money(count * 26)), TEXT),
            ],
        );
        if row == state.selected {
            frame.buffer_mut().set_style(place, Style::new().bg(ACCENT).fg(GROUND));
        }
    }
    let total: u64 = state.counts.iter().sum();
    let sum = Rect { y: inside.bottom() - 2, height: 1, ..inside };
    let style = Style::new().fg(ACCENT).add_modifier(Modifier::BOLD);
    frame.render_widget(Paragraph::new(format!(" TOTAL {:>38}", money(total * 26))).style(style), sum);
}

/// A pane: labelled figures, and a chart in eighths.
fn figures(frame: &mut Frame<'_>, area: Rect, one: u64) {
    let inside = boxed(frame, area, " Finals ");
    for (row, label) in ["Finals", "Preset", "Ratio", "Size", "Quality", "Retry", "Buffer"].into_iter().enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        let value = format!("{:>7}", one + row as u64);
        pieces(frame, place, &[(&format!(" {label:<8}"), DIM), (&value, TEXT), (" own from here", TEXT)]);
    }
    for row in 8..inside.height {
        let place = Rect { y: inside.y + row, height: 1, ..inside };
        let bar = if (one + u64::from(row)).is_multiple_of(2) { "▆ █ " } else { "█ ▆ " };
        pieces(frame, place, &[(&bar.repeat(4), ACCENT)]);
    }
}

fn steps(frame: &mut Frame<'_>, area: Rect, one: u64) {
    let inside = boxed(frame, area, " Why ");
    for row in 0..inside.height {
        let place = Rect { y: inside.y + row, height: 1, ..inside };
        pieces(
            frame,
            place,
            &[
                (" image output ", DIM),
                ("1,372 tokens", TEXT),
                (" × ", DIM),
                (&one.to_string(), ACCENT),
                (" × ", DIM),
                ("$30.00 / 1,000,000", TEXT),
                (" = ", DIM),
                (&format!("{:>9}", money(one * 41)), ACCENT),
                ("  developers.example.com", DIM),
                (", 2026-11-21", TEXT),
                (", grade", DIM),
                (" A", ACCENT),
                (", of list", DIM),
            ],
        );
    }
}

/// The frame in progress, sent in one write.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
