//! A frame as an SVG picture: text as text, frames and bars as shapes, each cell in its place whatever font a reader has.

use crate::words::safe::{MARK, safe};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Units of a cell; eighths of both are whole.
const CELL: (u32, u32) = (8, 16);
/// The baseline of text below the top of its cell.
const BASELINE: u32 = 12;
/// The size of letters, whose width is about that of a cell.
const FONT: u32 = 13;
/// Units around the frame.
const MARGIN: u32 = 8;

/// The two colours of a terminal that a theme leaves to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// The colour of text.
    pub text: Color,
    /// The colour behind it.
    pub back: Color,
}

impl Ground {
    /// Light text on a dark ground.
    pub const DARK: Ground = Ground { text: Color::Rgb(0xd8, 0xd8, 0xd8), back: Color::Rgb(0x18, 0x1a, 0x1f) };
}

/// How a run of cells looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    text: Color,
    back: Color,
    modifier: Modifier,
}

/// The frame as an SVG document with a line break at its end; `title` is read by screen readers.
#[must_use]
pub fn write(frame: &Buffer, ground: Ground, title: &str) -> String {
    // A theme that paints the whole window is its own ground.
    let back = frame.content.first().map_or(Color::Reset, |cell| cell.bg);
    let ground = if back == Color::Reset { ground } else { Ground { back, ..ground } };
    let (width, height) = (u32::from(frame.area.width) * CELL.0, u32::from(frame.area.height) * CELL.1);
    let (whole, high) = (width + 2 * MARGIN, height + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {high}\" width=\"{whole}\" height=\"{high}\" role=\"img\">\n"
    );
    put(&mut out, format_args!("<title>{}</title>\n", escaped(&safe(title))));
    put(
        &mut out,
        format_args!("<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n", hex(ground.back, ground)),
    );
    put(
        &mut out,
        format_args!(
            "<g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', \
             'Noto Sans Mono CJK JP', monospace\" font-size=\"{FONT}\" xml:space=\"preserve\" \
             shape-rendering=\"crispEdges\">\n"
        ),
    );
    let columns = usize::from(frame.area.width).max(1);
    for (cells, y) in frame.content.chunks(columns).zip(0u32..) {
        row(&mut out, cells, y * CELL.1, ground);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Writing to a String never fails.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    _ = out.write_fmt(text);
}

fn row(out: &mut String, cells: &[Cell], y: u32, ground: Ground) {
    for (at, length, look) in runs(cells, |cell| look(cell, ground)) {
        if look.back != ground.back {
            let (x, width) = (at * CELL.0, length * CELL.0);
            let fill = hex(look.back, ground);
            put(
                out,
                format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{fill}\"/>\n", CELL.1),
            );
        }
    }
    let mut text = Text { out, y, ground, at: 0, columns: 0, letters: String::new(), look: None };
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        let columns = usize::from(cell.cell_width().max(1));
        text.cell(cell, u32::try_from(at).unwrap_or(u32::MAX), u32::try_from(columns).unwrap_or(1));
        at += columns;
    }
    text.flush();
}

/// Runs of cells that are alike: where each begins, how long it is, and its look.
fn runs<L: PartialEq>(cells: &[Cell], look: impl Fn(&Cell) -> L) -> Vec<(u32, u32, L)> {
    let mut runs: Vec<(u32, u32, L)> = Vec::new();
    for (cell, at) in cells.iter().zip(0u32..) {
        let look = look(cell);
        match runs.last_mut() {
            Some((_, length, last)) if *last == look => *length += 1,
            _ => runs.push((at, 1, look)),
        }
    }
    runs
}

fn look(cell: &Cell, ground: Ground) -> Look {
    let text = if cell.fg == Color::Reset { ground.text } else { cell.fg };
    let back = if cell.bg == Color::Reset { ground.back } else { cell.bg };
    let (text, back) = if cell.modifier.contains(Modifier::REVERSED) { (back, text) } else { (text, back) };
    Look { text, back, modifier: cell.modifier }
}

/// The letters of a run, until another look, a wide character or a shape ends it.
struct Text<'a> {
    out: &'a mut String,
    y: u32,
    ground: Ground,
    at: u32,
    columns: u32,
    letters: String,
    look: Option<Look>,
}

impl Text<'_> {
    fn cell(&mut self, cell: &Cell, at: u32, columns: u32) {
        let now = look(cell, self.ground);
        let symbol = cell.symbol();
        if let Some(shape) = shape(symbol, at * CELL.0, self.y) {
            self.flush();
            let colour = hex(now.text, self.ground);
            put(self.out, format_args!("{}\n", shape.replace('@', &colour)));
            return;
        }
        // A wide character has a run of its own, so that the next one begins in its cell.
        if columns > 1 || self.look != Some(now) || self.at + self.columns != at {
            self.flush();
            (self.at, self.look) = (at, Some(now));
        }
        self.letters.push_str(symbol);
        self.columns += columns;
        if columns > 1 {
            self.flush();
        }
    }

    /// Writes the run; its length is given, so that every font fills its cells.
    fn flush(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        let columns = std::mem::take(&mut self.columns);
        let kept = letters.trim_end_matches(' ');
        let trailing = u32::try_from(letters.len() - kept.len()).unwrap_or(0);
        let bare = kept.trim_start_matches(' ');
        let leading = u32::try_from(kept.len() - bare.len()).unwrap_or(0);
        let Some(look) = self.look.take().filter(|_| !bare.is_empty()) else { return };
        let (x, y) = ((self.at + leading) * CELL.0, self.y + BASELINE);
        let length = columns.saturating_sub(leading + trailing) * CELL.0;
        let mut style = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.65\""),
        ] {
            if look.modifier.contains(modifier) {
                style.push_str(attribute);
            }
        }
        put(
            self.out,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{style}>{}</text>\n",
                hex(look.text, self.ground),
                escaped(bare)
            ),
        );
    }
}

/// A character that fills a part of its cell or joins lines, as a shape in the colour `@`.
fn shape(symbol: &str, x: u32, y: u32) -> Option<String> {
    let mut chars = symbol.chars();
    let c = chars.next().filter(|_| chars.as_str().is_empty())?;
    let eighths = |first: char| u32::from(c) - u32::from(first) + 1;
    let rect = |x: u32, y: u32, width: u32, height: u32| {
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"@\"/>")
    };
    match c {
        '\u{2581}'..='\u{2588}' => {
            let high = eighths('\u{2581}') * CELL.1 / 8;
            Some(rect(x, y + CELL.1 - high, CELL.0, high))
        }
        '\u{2589}'..='\u{258f}' => Some(rect(x, y, CELL.0 - eighths('\u{2589}') * CELL.0 / 8, CELL.1)),
        // A shade is its colour, thinner.
        '\u{2591}'..='\u{2593}' => {
            let share = eighths('\u{2591}') * 25;
            Some(rect(x, y, CELL.0, CELL.1).replace("/>", &format!(" fill-opacity=\"0.{share}\"/>")))
        }
        c => line(c, x, y),
    }
}

/// Lines of frames: which of left, right, up and down a character reaches, and whether it is thick.
const LINES: [(char, [bool; 4], bool); 17] = [
    ('─', [true, true, false, false], false),
    ('│', [false, false, true, true], false),
    ('┌', [false, true, false, true], false),
    ('┐', [true, false, false, true], false),
    ('└', [false, true, true, false], false),
    ('┘', [true, false, true, false], false),
    ('├', [false, true, true, true], false),
    ('┤', [true, false, true, true], false),
    ('┬', [true, true, false, true], false),
    ('┴', [true, true, true, false], false),
    ('┼', [true, true, true, true], false),
    ('━', [true, true, false, false], true),
    ('┃', [false, false, true, true], true),
    ('┏', [false, true, false, true], true),
    ('┓', [true, false, false, true], true),
    ('┗', [false, true, true, false], true),
    ('┛', [true, false, true, false], true),
];

fn line(c: char, x: u32, y: u32) -> Option<String> {
    let (_, reaches, thick) = LINES.iter().find(|(known, ..)| *known == c)?;
    let (middle, centre) = (x + CELL.0 / 2, y + CELL.1 / 2);
    let ends = [(x, centre), (x + CELL.0, centre), (middle, y), (middle, y + CELL.1)];
    let mut path = String::new();
    for ((to_x, to_y), _) in ends.into_iter().zip(reaches).filter(|(_, reaches)| **reaches) {
        put(&mut path, format_args!("M{middle} {centre}L{to_x} {to_y}"));
    }
    let width = if *thick { 2 } else { 1 };
    Some(format!("<path d=\"{path}\" stroke=\"@\" stroke-width=\"{width}\" stroke-linecap=\"square\"/>"))
}

/// Text for XML: signs of markup as entities, and characters that XML has no place for as marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push(MARK),
            c => out.push(c),
        }
    }
    out
}

/// A colour as `#rrggbb`; the sixteen named ones as most terminals show them.
fn hex(colour: Color, ground: Ground) -> String {
    let (red, green, blue) = match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Reset if colour != ground.text => return hex(ground.text, ground),
        Color::Black => (0, 0, 0),
        Color::Red => (0xcd, 0x31, 0x31),
        Color::Green => (0x0d, 0xbc, 0x79),
        Color::Yellow => (0xe5, 0xe5, 0x10),
        Color::Blue => (0x24, 0x72, 0xc8),
        Color::Magenta => (0xbc, 0x3f, 0xbc),
        Color::Cyan => (0x11, 0xa8, 0xcd),
        Color::Gray | Color::Reset => (0xe5, 0xe5, 0xe5),
        Color::DarkGray => (0x66, 0x66, 0x66),
        Color::LightRed => (0xf1, 0x4c, 0x4c),
        Color::LightGreen => (0x23, 0xd1, 0x8b),
        Color::LightYellow => (0xf5, 0xf5, 0x43),
        Color::LightBlue => (0x3b, 0x8e, 0xea),
        Color::LightMagenta => (0xd6, 0x70, 0xd6),
        Color::LightCyan => (0x29, 0xb8, 0xdb),
        Color::White | Color::Indexed(_) => (0xff, 0xff, 0xff),
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn drawn(rows: &[&str]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, u16::try_from(rows.len()).unwrap_or(1)));
        for (row, y) in rows.iter().zip(0..) {
            buffer.set_string(0, y, row, Style::default());
        }
        write(&buffer, Ground::DARK, "a <title>")
    }

    #[test]
    fn text_is_text_and_markup_is_escaped() {
        let svg = drawn(&["a <b> & \"c\""]);
        assert!(svg.contains(">a &lt;b&gt; &amp; &quot;c&quot;</text>"), "{svg}");
        assert!(svg.contains("<title>a &lt;title&gt;</title>"), "{svg}");
    }

    #[test]
    fn wide_characters_keep_what_follows_in_its_cells() {
        let svg = drawn(&["発表 12", "abcd 12"]);
        for x in [0, 16] {
            assert!(svg.contains(&format!("<text x=\"{x}\" y=\"12\" textLength=\"16\"")), "{x}: {svg}");
        }
        // What follows wide characters has a place of its own; a row of narrow ones is one text up to the same column.
        assert!(svg.contains("<text x=\"40\" y=\"12\" textLength=\"16\""), "{svg}");
        assert!(svg.contains("<text x=\"0\" y=\"28\" textLength=\"56\""), "{svg}");
    }

    #[test]
    fn bars_and_frames_are_shapes() {
        let svg = drawn(&["┌▏▁█"]);
        assert!(svg.contains("<path d=\"M4 8L8 8M4 8L4 16\""), "{svg}");
        assert!(svg.contains("<rect x=\"8\" y=\"0\" width=\"1\" height=\"16\""), "{svg}");
        assert!(svg.contains("<rect x=\"16\" y=\"14\" width=\"8\" height=\"2\""), "{svg}");
        assert!(svg.contains("<rect x=\"24\" y=\"0\" width=\"8\" height=\"16\""), "{svg}");
        assert!(!svg.contains("<text"), "{svg}");
    }
}
