//! The last check of a finished frame: no cell may hold a character that controls the terminal or reorders text.
//!
//! Text is made harmless when it is laid out ([`crate::words::safe`]); this catches widgets that forget it, and symbols set by
//! hand.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};

use crate::ui::text::{is_drawing, width};
use crate::words::safe::{MARK, is_hostile, picture, safe};

/// Makes every cell of `buffer` harmless and returns how many were not. Cells of plain ASCII or of a frame cost one comparison.
///
/// A cell with a hostile character shows that character's replacement only: a cell has no room for more.
pub fn sweep(buffer: &mut Buffer) -> usize {
    let (mut swept, mut plain) = (0, true);
    for cell in &mut buffer.content {
        if !is_plain(cell) {
            plain = false;
            swept += usize::from(clean(cell));
        }
    }
    if !plain {
        part(buffer);
    }
    swept
}

/// Nearly all cells of nearly all frames: one character, one column wide, and harmless.
fn is_plain(cell: &Cell) -> bool {
    matches!(cell.symbol().as_bytes(), [b' '..=b'~']) || is_drawing(cell.symbol())
}

/// Removes a wide character whose second half was drawn over, as by a dialog's frame: a terminal would draw it over that frame.
fn part(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for at in 0..row.len() {
            let symbol = row[at].symbol();
            if symbol.is_ascii() || is_drawing(symbol) {
                continue;
            }
            let columns = width(symbol).max(1);
            let hidden = row.get(at + 1..at + columns);
            if hidden.is_none_or(|cells| cells.iter().any(|cell| cell.symbol() != " ")) {
                row[at].set_symbol(" ");
            }
        }
    }
}

fn clean(cell: &mut Cell) -> bool {
    let Cow::Owned(mut shown) = safe(cell.symbol()) else { return false };
    if let Some(hostile) = cell.symbol().chars().find(|c| is_hostile(*c)) {
        shown = picture(hostile).to_string();
    } else if width(&shown) > width(cell.symbol()) {
        shown = MARK.to_string();
    }
    let changed = shown != cell.symbol();
    if changed {
        cell.set_symbol(&shown);
    }
    changed
}

#[cfg(test)]
mod tests {
    use crate::ui::sanitize::*;
    use ratatui::layout::Rect;
    use ratatui::text::{Line, Span};
    use ratatui::widgets::{Block, List, Paragraph, Row, Table, Widget};

    fn buffer() -> Buffer {
        Buffer::empty(Rect::new(0, 0, 20, 4))
    }

    fn hostile_cells(buffer: &Buffer) -> usize {
        buffer.content.iter().filter(|cell| cell.symbol().chars().any(is_hostile)).count()
    }

    #[test]
    fn a_clean_frame_is_left_as_it_is() {
        let mut frame = buffer();
        frame.set_string(0, 0, "TOTAL $17.12 発表 ❤️ 👩‍💻 é ▁▂█", ratatui::style::Style::new());
        let before = frame.clone();
        assert_eq!(sweep(&mut frame), 0);
        assert_eq!(frame, before);
    }

    #[test]
    fn a_bad_symbol_becomes_one_picture() {
        let cases = [
            ("\u{1b}[2J", "␛"),
            ("a\u{202e}", "\u{fffd}"),
            ("\u{9b}31m", "\u{fffd}"),
            ("漢\u{2066}", "\u{fffd}"),
            ("\u{7}", "␇"),
            ("\u{200b}", "\u{fffd}"),
            ("\n", "␊"),
        ];
        for (symbol, shown) in cases {
            let mut frame = buffer();
            frame[(3, 1)].set_symbol(symbol);
            assert_eq!(sweep(&mut frame), 1, "{symbol:?}");
            assert_eq!(frame[(3, 1)].symbol(), shown);
            assert_eq!(sweep(&mut frame), 0);
        }
    }

    #[test]
    fn stacks_of_marks_are_cut() {
        let mut frame = buffer();
        frame[(0, 0)].set_symbol(&format!("a{}", "\u{301}".repeat(50)));
        assert_eq!(sweep(&mut frame), 1);
        assert_eq!(frame[(0, 0)].symbol(), format!("a{}", "\u{301}".repeat(8)));
    }

    #[test]
    fn whatever_a_widget_lets_through_is_swept() {
        let text = "a\u{1b}[31m\u{202e}b\u{200b}c\u{9b}\u{7}d";
        let draw: [fn(&str, &mut Buffer); 6] = [
            |text, frame| Span::raw(text.to_owned()).render(frame.area, frame),
            |text, frame| Line::raw(text.to_owned()).render(frame.area, frame),
            |text, frame| Paragraph::new(text.to_owned()).render(frame.area, frame),
            |text, frame| Widget::render(List::new([text.to_owned()]), frame.area, frame),
            |text, frame| Widget::render(Table::new([Row::new([text.to_owned()])], [18]), frame.area, frame),
            |text, frame| Block::bordered().title(text.to_owned()).render(frame.area, frame),
        ];
        let mut seen = 0;
        for draw in draw {
            let mut frame = buffer();
            draw(text, &mut frame);
            // The promise of the required version of ratatui: an older one let control characters through.
            assert!(!frame.content.iter().any(|cell| cell.symbol().chars().any(char::is_control)));
            seen += hostile_cells(&frame);
            sweep(&mut frame);
            assert_eq!(hostile_cells(&frame), 0);
        }
        assert!(seen > 0, "the widgets let nothing through; the sample no longer tests the sweep");
    }
}
