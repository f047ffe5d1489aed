//! Cells as bytes for a terminal: positions, styles, text. Nothing is sent that the terminal already shows.
//!
//! Not ratatui's writer, which leaves the second half of a wide character to the terminal when the first is overwritten, and
//! writes both colours when one changes. Colours are written as crossterm writes them, the sixteen named ones by their numbers in
//! the palette of 256. All changes between two cells go into one sequence.
//!
//! Measured for a first frame of 160x45 with its modes (`cargo bench --bench terminal`, 2026-11-29): 27.3 KB, while the bare program,
//! with ratatui's `Terminal` and 3 % fewer changes of colour, writes 38.8 KB. The second buffer is created after that frame.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// Writes the difference between the terminal's content and a frame of the same size; the whole frame if the screen is blank.
pub fn write(shown: Option<&Buffer>, frame: &Buffer, out: &mut Vec<u8>) {
    let mut writer = AnsiWriter { out, next: None, fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
    let width = usize::from(frame.area.width).max(1);
    let mut rows = shown.map(|shown| shown.content.chunks(width));
    for (cells, y) in frame.content.chunks(width).zip(0..) {
        let before = rows.as_mut().and_then(Iterator::next);
        writer.row(before.unwrap_or_default(), cells, y);
    }
    writer.look(Color::Reset, Color::Reset, Modifier::empty());
}

/// Puts the cursor on a cell and shows it.
pub(super) fn cursor(x: u16, y: u16, out: &mut Vec<u8>) {
    place(x, y, out);
    out.extend_from_slice(b"\x1b[?25h");
}

fn place(x: u16, y: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    number(u32::from(y) + 1, out);
    out.push(b';');
    number(u32::from(x) + 1, out);
    out.push(b'H');
}

fn number(number: u32, out: &mut Vec<u8>) {
    if number >= 10 {
        self::number(number / 10, out);
    }
    out.push(b'0' + u8::try_from(number % 10).unwrap_or_default());
}

/// A code and the sign that ends it.
fn byte(code: u8, end: u8, out: &mut Vec<u8>) {
    let digits = [b'0' + code / 100, b'0' + code / 10 % 10, b'0' + code % 10, end];
    let leading = if code >= 100 {
        0
    } else if code >= 10 {
        1
    } else {
        2
    };
    out.extend_from_slice(digits.get(leading..).unwrap_or_default());
}

/// Requests the coloured form of a character that also has a plain form.
const EMOJI_STYLE: char = '\u{FE0F}';

fn columns(cell: &Cell) -> usize {
    // One byte, or a line or a block (U+2500 to U+259F): nearly every cell, without a look into the tables of widths.
    let is_plain = matches!(cell.symbol().as_bytes(), [_] | [0xE2, 0x94 | 0x95, _] | [0xE2, 0x96, 0x80..=0x9F]);
    if is_plain { 1 } else { cell.cell_width().max(1).into() }
}

/// The modifiers that show on a blank cell.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The codes that begin and end each modifier. Two that end with one code end together.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Whether the symbol asks for the look of an emoji. The length decides for nearly every cell: the selector alone has three bytes.
fn has_emoji_style(symbol: &str) -> bool {
    symbol.len() > EMOJI_STYLE.len_utf8() && symbol.contains(EMOJI_STYLE)
}

/// Writes cells, and tracks where the terminal would put the next character, and in which style.
struct AnsiWriter<'a> {
    out: &'a mut Vec<u8>,
    next: Option<(u16, u16)>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl AnsiWriter<'_> {
    /// Writes the difference in a row. Cells that a wide character covered are written too: terminals differ in what they leave
    /// of a half that is not overwritten.
    fn row(&mut self, shown: &[Cell], cells: &[Cell], y: u16) {
        let (mut covered, mut torn) = (0, 0);
        let mut is_written = false;
        for (at, (cell, x)) in cells.iter().zip(0..).enumerate() {
            let before = shown.get(at).unwrap_or(&Cell::EMPTY);
            if at >= covered {
                is_written = at < torn || cell != before;
                covered = at + columns(cell);
                if is_written {
                    self.cell(x, y, cell);
                }
            }
            if is_written {
                torn = torn.max(at + columns(before));
            }
        }
    }

    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        if self.next != Some((x, y)) {
            place(x, y, self.out);
        }
        let (mut fg, mut modifier) = (cell.fg, cell.modifier);
        if cell.symbol() == " " && !(modifier | self.modifier).intersects(ON_BLANKS) {
            // Nobody sees what a blank would be written with: half of all changes of colour.
            (fg, modifier) = (self.fg, self.modifier);
        }
        self.look(fg, cell.bg, modifier);
        if has_emoji_style(cell.symbol()) {
            // Such a character is wide on some terminals and narrow on others: on those, its second column would keep the old
            // content.
            self.out.resize(self.out.len() + columns(cell), b' ');
            place(x, y, self.out);
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        // Send the position again after a wide character: if the terminal disagrees on its width, the damage ends here.
        self.next = Some((x.saturating_add(1), y));
    }

    fn look(&mut self, fg: Color, bg: Color, modifier: Modifier) {
        if (fg, bg, modifier) == (self.fg, self.bg, self.modifier) {
            return;
        }
        self.out.extend_from_slice(b"\x1b[");
        self.modifiers(modifier);
        if fg != self.fg {
            self.colour(fg, 38);
        }
        if bg != self.bg {
            self.colour(bg, 48);
        }
        // Replace the trailing `;` with `m`.
        self.out.pop();
        self.out.push(b'm');
        (self.fg, self.bg, self.modifier) = (fg, bg, modifier);
    }

    /// Ends the modifiers that are no longer wanted, and begins those that are new, without sending the colours again.
    fn modifiers(&mut self, wanted: Modifier) {
        if wanted == self.modifier {
            return;
        }
        let (dropped, mut kept) = (self.modifier - wanted, self.modifier);
        for (one, _, end) in MODIFIERS {
            if (dropped & kept).contains(one) {
                self.code(end);
                MODIFIERS.iter().filter(|(_, _, code)| *code == end).for_each(|(other, ..)| kept.remove(*other));
            }
        }
        for (_, begin, _) in MODIFIERS.iter().filter(|(one, ..)| (wanted - kept).contains(*one)) {
            self.code(*begin);
        }
    }

    fn code(&mut self, code: u8) {
        byte(code, b';', self.out);
    }

    /// `ground` is 38 for the foreground and 48 for the background; plus one is the terminal's default colour.
    fn colour(&mut self, colour: Color, ground: u8) {
        let codes = match colour {
            Color::Reset => return self.code(ground + 1),
            Color::Rgb(red, green, blue) => {
                return [ground, 2, red, green, blue].into_iter().for_each(|code| self.code(code));
            }
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        [ground, 5, codes].into_iter().for_each(|code| self.code(code));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::terminal::ansi::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const AREA: Rect = Rect { x: 0, y: 0, width: 12, height: 4 };

    fn colours() -> impl Strategy<Value = Color> {
        prop_oneof![
            Just(Color::Reset),
            Just(Color::Red),
            Just(Color::White),
            any::<u8>().prop_map(Color::Indexed),
            any::<[u8; 3]>().prop_map(|[red, green, blue]| Color::Rgb(red, green, blue)),
        ]
    }

    fn modifiers() -> impl Strategy<Value = Modifier> {
        let known = [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
        proptest::sample::subsequence(known.to_vec(), 0..=known.len()).prop_map(|some| some.into_iter().collect())
    }

    /// Texts, narrow and wide, in all styles and positions.
    fn frames() -> impl Strategy<Value = Buffer> {
        let texts = ["a", " ", "$12.40", "日本", "é", "─┐", "ひa", "…", "✔\u{FE0F}"].map(str::to_owned);
        let texts = proptest::sample::select(texts.to_vec());
        let one = (0..AREA.width, 0..AREA.height, texts, colours(), colours(), modifiers());
        proptest::collection::vec(one, 0..20).prop_map(|pieces| {
            let mut frame = Buffer::empty(AREA);
            for (x, y, text, fg, bg, modifier) in pieces {
                frame.set_string(x, y, &text, Style::new().fg(fg).bg(bg).add_modifier(modifier));
            }
            frame
        })
    }

    fn in_vt100(colour: Color) -> vt100::Color {
        match colour {
            Color::Reset => vt100::Color::Default,
            Color::Red => vt100::Color::Idx(1),
            Color::White => vt100::Color::Idx(15),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
            _ => vt100::Color::Idx(255),
        }
    }

    fn assert_shows(terminal: &vt100::Parser, frame: &Buffer) {
        for y in 0..AREA.height {
            let (mut covered, mut emoji) = (0, false);
            for x in 0..AREA.width {
                let (cell, there) = (&frame[(x, y)], terminal.screen().cell(y, x).unwrap());
                if covered > 0 {
                    covered -= 1;
                    // This terminal treats them as narrow.
                    let blank = emoji && !there.is_wide() && matches!(there.contents(), "" | " ");
                    assert!(blank || there.is_wide_continuation(), "{x} {y}");
                    continue;
                }
                (covered, emoji) = (cell.cell_width().saturating_sub(1), cell.symbol().contains(EMOJI_STYLE));
                let shown = if there.contents().is_empty() { " " } else { there.contents() };
                let has = |modifier| cell.modifier.contains(modifier);
                assert_eq!(shown, cell.symbol(), "{x} {y}");
                assert_eq!(there.bgcolor(), in_vt100(cell.bg), "{x} {y}");
                assert_eq!(there.underline(), has(Modifier::UNDERLINED), "{x} {y}");
                assert_eq!(there.inverse(), has(Modifier::REVERSED), "{x} {y}");
                if shown == " " && !has(Modifier::REVERSED) && !has(Modifier::UNDERLINED) {
                    // The other modifiers cannot be seen, and neither can the remains of a wide character.
                    continue;
                }
                assert_eq!(there.fgcolor(), in_vt100(cell.fg), "{x} {y}");
                assert_eq!(there.italic(), has(Modifier::ITALIC), "{x} {y}");
                // In vt100 a cell is either bold or dim: the last one set.
                let weight = (there.bold(), there.dim());
                let both = has(Modifier::BOLD) && has(Modifier::DIM);
                assert!(both || weight == (has(Modifier::BOLD), has(Modifier::DIM)), "{x} {y} {weight:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_terminal_shows_every_frame_as_it_was_drawn(frames in proptest::collection::vec(frames(), 1..5)) {
            let mut terminal = vt100::Parser::new(AREA.height, AREA.width, 0);
            let mut shown: Option<&Buffer> = None;
            for frame in &frames {
                let mut bytes = Vec::new();
                write(shown, frame, &mut bytes);
                terminal.process(&bytes);
                assert_shows(&terminal, frame);
                shown = Some(frame);
            }
        }
    }

    #[test]
    fn only_what_changes_is_written() {
        let mut frame = Buffer::empty(AREA);
        let style = Style::new().fg(Color::Rgb(1, 20, 255)).bg(Color::DarkGray).add_modifier(Modifier::BOLD);
        frame.set_string(3, 1, "ab", style);
        frame.set_string(5, 1, "c", style.fg(Color::Indexed(100)));
        frame.set_string(6, 1, "d", style.remove_modifier(Modifier::BOLD));
        let bytes = |shown: Option<&Buffer>, frame: &Buffer| {
            let mut bytes = Vec::new();
            write(shown, frame, &mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        let looks = "\x1b[1;38;2;1;20;255;48;5;8mab\x1b[38;5;100mc\x1b[22;38;2;1;20;255md\x1b[39;49m";
        assert_eq!(bytes(None, &frame), format!("\x1b[2;4H{looks}"));
        assert_eq!(bytes(Some(&frame), &frame), "");
        let mut next = frame.clone();
        next.set_string(4, 1, "x", style);
        assert_eq!(bytes(Some(&frame), &next), "\x1b[2;5H\x1b[1;38;2;1;20;255;48;5;8mx\x1b[22;39;49m");
    }
}
