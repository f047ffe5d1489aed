//! Large digits, three rows high: half blocks, or lines of ASCII. A currency's sign stands small at their top, as on a price tag.

use super::canvas::Canvas;
use super::text::width;
use super::theme::Role;
use ratatui::layout::Rect;

/// Rows of a digit.
pub(super) const ROWS: u16 = 3;

/// The digits in half blocks: 3 columns, 5 rows of half height.
const BLOCKS: [[&str; 3]; 10] = [
    ["█▀█", "█ █", "▀▀▀"],
    ["▄█ ", " █ ", "▀▀▀"],
    ["▀▀█", "█▀▀", "▀▀▀"],
    ["▀▀█", "▀▀█", "▀▀▀"],
    ["█ █", "▀▀█", "  ▀"],
    ["█▀▀", "▀▀█", "▀▀▀"],
    ["█▀▀", "█▀█", "▀▀▀"],
    ["▀▀█", "  █", "  ▀"],
    ["█▀█", "█▀█", "▀▀▀"],
    ["█▀█", "▀▀█", "▀▀▀"],
];

/// The same in ASCII, as on a pocket calculator.
const LINES: [[&str; 3]; 10] = [
    [" _ ", "| |", "|_|"],
    ["   ", "  |", "  |"],
    [" _ ", " _|", "|_ "],
    [" _ ", " _|", " _|"],
    ["   ", "|_|", "  |"],
    [" _ ", "|_ ", " _|"],
    [" _ ", "|_ ", "|_|"],
    [" _ ", "  |", "  |"],
    [" _ ", "|_|", "|_|"],
    [" _ ", "|_|", " _|"],
];

/// The signs that a figure is made of, as far as they are large.
fn glyph(c: char, ascii: bool) -> Option<[&'static str; 3]> {
    let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    match (digit, c) {
        (Some(digit), _) => Some(if ascii { LINES[digit] } else { BLOCKS[digit] }),
        (None, '.') => Some(if ascii { [" ", " ", "."] } else { [" ", " ", "▀"] }),
        (None, ',') => Some(if ascii { [" ", " ", ","] } else { [" ", " ", "█"] }),
        (None, ' ' | '\u{a0}' | '\u{202f}') => Some([" ", " ", " "]),
        (None, _) => None,
    }
}

/// The figure's signs before its first digit, the figure, and what follows it; `None` if it is no single figure.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (sign, figure, unit) = (&text[..first], &text[first..last], &text[last..]);
    figure.chars().all(|c| glyph(c, false).is_some()).then_some((sign, figure, unit))
}

/// Columns of a figure in large digits; `None` if it is no single figure.
pub(super) fn columns(text: &str) -> Option<u16> {
    let (sign, figure, unit) = split(text)?;
    let large = figure.chars().filter_map(|c| glyph(c, false)).map(|rows| width(rows[0]) + 1).sum::<usize>();
    u16::try_from(width(sign) + 1 + large + width(unit)).ok()
}

/// Draws a figure in large digits from the left of an area, if it is a single one.
pub(super) fn draw(canvas: &mut Canvas, area: Rect, text: &str, role: Role) {
    let Some((sign, figure, unit)) = split(text) else { return };
    let mut column = canvas.text(area, 0, sign, role).saturating_add(1);
    let ascii = canvas.is_ascii();
    for rows in figure.chars().filter_map(|c| glyph(c, ascii)) {
        for (row, part) in (0..ROWS).zip(rows) {
            canvas.text_at(area, column, row, part, role);
        }
        column = column.saturating_add(u16::try_from(width(rows[0])).unwrap_or(0)).saturating_add(1);
    }
    canvas.text_at(area, column, 0, unit, role);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_as_wide_in_each_row_and_unlike_the_others() {
        for font in [BLOCKS, LINES] {
            for (at, glyph) in font.iter().enumerate() {
                assert!(glyph.iter().all(|row| width(row) == 3), "{at}");
                assert!(!font[..at].contains(glyph), "{at}");
            }
        }
    }

    #[test]
    fn a_single_figure_is_large_and_a_sentence_is_not() {
        for (text, parts) in [
            ("$35.61", Some(("$", "35.61", ""))),
            ("≈€1.234,50", Some(("≈€", "1.234,50", ""))),
            ("1\u{202f}234,50 €", Some(("", "1\u{202f}234,50", " €"))),
            ("$12.30 + unknown", Some(("$", "12.30", " + unknown"))),
            ("$1 to $2", None),
            ("unknown", None),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }
}
