//! Drawing on the frame: text, frames, bars. Nothing is ever drawn outside its own area.

use super::text::{Ellipsis, columns_of_simple, fit, prefix, safe, truncate, width};
use super::theme::{Role, Styles};
use crate::app::actions::bills;
use crate::app::{Keymap, State};
use crate::figures::BillTable;
use crate::words;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use std::cell::OnceCell;

pub use super::text::Align;

/// The inputs that every region is drawn from.
pub struct FrameInput<'a> {
    /// The state to show.
    pub state: &'a State,
    /// The live keys.
    pub keymap: &'a Keymap,
    /// The look.
    pub styles: &'a Styles,
    /// Whether the terminal shows nothing but ASCII.
    pub ascii: bool,
    /// The bills in sight, made for whoever asks first: several panels show them.
    bills: OnceCell<BillTable>,
}

impl<'a> FrameInput<'a> {
    /// What one frame shows.
    #[must_use]
    pub fn new(state: &'a State, keymap: &'a Keymap, styles: &'a Styles, ascii: bool) -> FrameInput<'a> {
        FrameInput { state, keymap, styles, ascii, bills: OnceCell::new() }
    }

    /// The bills of the selection on their own screen, elsewhere those of the whole project.
    #[must_use]
    pub fn bills(&self) -> &BillTable {
        self.bills.get_or_init(|| bills::in_sight(self.state))
    }
}

/// The frame being drawn, and where the terminal's cursor goes.
pub struct Canvas<'a> {
    /// The cells.
    pub buf: &'a mut Buffer,
    /// Where text is being typed.
    pub cursor: Option<Position>,
    styles: &'a Styles,
    ascii: bool,
}

impl<'a> Canvas<'a> {
    /// A canvas over the frame's cells.
    pub fn new(buf: &'a mut Buffer, input: &FrameInput<'a>) -> Canvas<'a> {
        Canvas { buf, cursor: None, styles: input.styles, ascii: input.ascii }
    }

    /// Whether nothing but ASCII may be shown.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// Whether colours tell parts of the screen apart.
    #[must_use]
    pub fn has_colours(&self) -> bool {
        let colour = |role| self.styles.of(role).fg.filter(|fg| *fg != Color::Reset);
        colour(Role::Dim) != colour(Role::Value)
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.of(role)
    }

    /// The sign for cut text.
    #[must_use]
    pub fn ellipsis(&self) -> Ellipsis {
        if self.ascii { Ellipsis::Ascii } else { Ellipsis::Unicode }
    }

    /// Writes text into a row of `area`, truncated if it does not fit; returns the columns used.
    pub fn text(&mut self, area: Rect, row: u16, text: &str, role: Role) -> u16 {
        self.text_at(area, 0, row, text, role)
    }

    /// Like [`Canvas::text`], some columns from the left.
    pub fn text_at(&mut self, area: Rect, column: u16, row: u16, text: &str, role: Role) -> u16 {
        if row >= area.height || column >= area.width {
            return 0;
        }
        let room = area.width - column;
        let clean = safe(text);
        let cut = truncate(&clean, usize::from(room), self.ellipsis());
        let style = self.styles.of(role);
        let (x, y) = (area.x + column, area.y + row);
        if let Some(used) = self.plain(x, y, &cut, room, style) {
            return used;
        }
        let (end, _) = self.buf.set_stringn(x, y, &cut, usize::from(room), style);
        end.saturating_sub(x)
    }

    /// Writes text of simple characters (most text), one per cell; returns `None` and writes nothing if there are others.
    fn plain(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> Option<u16> {
        let within = x < self.buf.area.right() && self.buf.area.top() <= y && y < self.buf.area.bottom();
        if !within || x < self.buf.area.left() {
            return None;
        }
        let columns = columns_of_simple(text)?;
        let used = columns.min(usize::from(room.min(self.buf.area.right() - x)));
        let first = self.buf.index_of(x, y);
        let cells = self.buf.content.get_mut(first..first + used)?;
        for (cell, c) in cells.iter_mut().zip(text.chars()) {
            cell.set_char(c).set_style(style);
        }
        u16::try_from(used).ok()
    }

    /// Writes text so that it ends at the right edge of `area`; returns the columns used.
    pub fn text_right(&mut self, area: Rect, row: u16, text: &str, role: Role) -> u16 {
        let clean = safe(text);
        let needed = u16::try_from(width(&clean)).unwrap_or(u16::MAX).min(area.width);
        self.text_at(area, area.width - needed, row, &clean, role)
    }

    /// Writes a name at the left of a row and its figure at the right: the figure in full or not at all, the name in the rest.
    pub fn pair(&mut self, area: Rect, row: u16, left: (&str, Role), right: (&str, Role)) {
        let needed = u16::try_from(width(&safe(right.0))).unwrap_or(u16::MAX);
        let mut room = area.width;
        if needed <= area.width {
            self.text_right(area, row, right.0, right.1);
            room = area.width.saturating_sub(needed).saturating_sub(1);
        }
        self.text(Rect { width: room, ..area }, row, left.0, left.1);
    }

    /// Writes text in the middle of a row.
    pub fn text_centred(&mut self, area: Rect, row: u16, text: &str, role: Role) {
        let padded = fit(&safe(text), usize::from(area.width), Align::Centre, self.ellipsis());
        self.text(area, row, &padded, role);
    }

    /// Writes pieces one after another, each in its role; a piece that does not fit is left out as a whole.
    pub fn pieces(&mut self, area: Rect, row: u16, pieces: &[(&str, Role)]) -> u16 {
        let mut column = 0;
        for (text, role) in pieces {
            let needed = u16::try_from(width(&safe(text))).unwrap_or(u16::MAX);
            if needed > area.width - column {
                break;
            }
            column += self.text_at(area, column, row, text, *role);
        }
        column
    }

    /// Gives a row of `area` the style of a role, whatever it shows.
    pub fn tint(&mut self, area: Rect, row: u16, role: Role) {
        if row < area.height {
            let line = Rect { y: area.y + row, height: 1, ..area };
            self.buf.set_style(line, self.styles.of(role));
        }
    }

    /// Clears an area to the window's background.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        // A window may have rows and no columns, so no first cell.
        if area.is_empty() {
            return;
        }
        let mut empty = Cell::EMPTY;
        empty.set_style(self.styles.of(Role::Background)).set_style(self.styles.of(Role::Text));
        for y in area.top()..area.bottom() {
            let first = self.buf.index_of(area.left(), y);
            if let Some(row) = self.buf.content.get_mut(first..first + usize::from(area.width)) {
                row.fill(empty.clone());
            }
        }
    }

    /// Clears an area that covers others. A figure that it would cut is removed as a whole: half a number is a wrong number.
    pub fn cover(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        for y in area.top()..area.bottom() {
            if area.left() > self.buf.area.left() && self.is_figure(area.left(), y) {
                self.erase_figure((self.buf.area.left()..area.left()).rev(), y);
            }
            if self.is_figure(area.right().saturating_sub(1), y) {
                self.erase_figure(area.right()..self.buf.area.right(), y);
            }
        }
        self.clear(area);
    }

    fn is_figure(&self, x: u16, y: u16) -> bool {
        let symbol = self.buf.cell((x, y)).and_then(|cell| cell.symbol().chars().next());
        let marks = words::number::marks();
        symbol.is_some_and(|c| c.is_ascii_digit() || ".,:×/–$€£¥₩₹≈".contains(c) || marks.is_group(c))
    }

    fn erase_figure(&mut self, columns: impl Iterator<Item = u16>, y: u16) {
        for x in columns {
            if !self.is_figure(x, y) {
                break;
            }
            if let Some(cell) = self.buf.cell_mut((x, y)) {
                cell.set_symbol(" ");
            }
        }
    }

    /// A frame with a title; returns the area inside. Focus shows in the weight of the lines and a sign, not in colour alone.
    pub fn frame(&mut self, area: Rect, title: &str, focused: bool) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect { height: 0, ..area };
        }
        let lines: [&str; 6] = match (self.ascii, focused) {
            (true, true) => ["#", "#", "#", "#", "=", "#"],
            (true, false) => ["+", "+", "+", "+", "-", "|"],
            (false, true) => ["┏", "┓", "┗", "┛", "━", "┃"],
            (false, false) => ["┌", "┐", "└", "┘", "─", "│"],
        };
        let style = self.styles.of(if focused { Role::FocusBorder } else { Role::Border });
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.left()..=right {
            self.put(x, area.top(), lines[4], style);
            self.put(x, bottom, lines[4], style);
        }
        for y in area.top()..=bottom {
            self.put(area.left(), y, lines[5], style);
            self.put(right, y, lines[5], style);
        }
        for (x, y, corner) in
            [(area.left(), area.top(), 0), (right, area.top(), 1), (area.left(), bottom, 2), (right, bottom, 3)]
        {
            self.put(x, y, lines[corner], style);
        }
        let sign = match (focused, self.ascii) {
            (true, false) => "▸ ",
            (true, true) => "> ",
            _ => "",
        };
        let head = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        if !title.is_empty() && head.width > 4 {
            let titled = safe(&format!("{sign}{title}")).into_owned();
            let room = usize::from(head.width.saturating_sub(2));
            let name = titled.split(" · ").next().unwrap_or_default();
            // Blanks keep it off the corners. What a pane is about is cut for them; its own name matters more than blanks.
            // A name that has no room even without them keeps them: it is cut anyway.
            let is_whole_without = (room + 1..=room + 2).contains(&width(name));
            let cut = match width(&titled) > room && is_whole_without {
                true => truncate(&titled, usize::from(head.width), self.ellipsis()).into_owned(),
                false => format!(" {} ", truncate(&titled, room, self.ellipsis())),
            };
            self.text(head, 0, &cut, if focused { Role::FocusTitle } else { Role::Title });
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buf.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }

    /// A bar of `columns` columns, filled for `part` of `whole` in whole columns; a part of less than half a column is a thin
    /// stroke, one under an eighth of a column nothing: a cent must not look like a dollar. It is a little
    /// lower than its row, so that bars below each other stay apart.
    pub fn bar(&mut self, area: Rect, column: u16, row: u16, columns: u16, (part, whole): (u64, u64), role: Role) {
        let whole = u128::from(whole);
        let cells = (u128::from(part) * u128::from(columns) + whole / 2).checked_div(whole).unwrap_or(0);
        let filled = usize::try_from(cells).unwrap_or(usize::MAX).min(usize::from(columns));
        let is_speck = u128::from(part) * u128::from(columns) * 8 < whole;
        let bar = match (filled, is_speck || part == 0 || columns == 0, self.ascii) {
            (_, true, _) => String::new(),
            (0, false, false) => "▏".to_owned(),
            (_, _, true) => "#".repeat(filled.max(1)),
            (_, _, false) => "▇".repeat(filled),
        };
        self.text_at(area, column, row, &bar, role);
    }

    /// Wraps text at blanks into the rows of `area` from `row` on; returns the first free row.
    pub fn wrapped(&mut self, area: Rect, row: u16, text: &str, role: Role) -> u16 {
        let mut row = row;
        for line in wrap(text, usize::from(area.width)) {
            if row >= area.height {
                break;
            }
            self.text(area, row, &line, role);
            row += 1;
        }
        row
    }
}

/// Whether a line may end at a character: no-break blanks hold a figure together.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The part of a word that ends its line, without the number that would be broken there: Japanese has no blanks around numbers.
fn whole_numbers<'w>(word: &str, start: &'w str) -> &'w str {
    let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}');
    if !word[start.len()..].starts_with(in_number) {
        return start;
    }
    let before = start.trim_end_matches(in_number);
    if before.is_empty() { start } else { before }
}

/// Wraps text at blanks into lines of at most `columns` columns; a longer word is split at the end of the line.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let clean = safe(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean.split(breaks).filter(|word| !word.is_empty()) {
        let mut word = word;
        loop {
            let gap = usize::from(!line.is_empty());
            if width(&line) + gap + width(word) <= columns {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                break;
            }
            if line.is_empty() {
                // An address is split after a slash, so that its numbers stay whole.
                let start = prefix(word, columns);
                let start = start.rfind('/').map_or_else(|| whole_numbers(word, start), |at| &start[..=at]);
                if start.is_empty() {
                    return lines;
                }
                lines.push(start.to_owned());
                word = &word[start.len()..];
            } else {
                lines.push(std::mem::take(&mut line));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
