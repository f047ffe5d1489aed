//! The distribution of the total as columns, with the percentiles, the worksheet's total and the cap marked below them.

use super::canvas::Canvas;
use super::text::width;
use super::theme::Role;
use crate::cost::base::money::Decimal;
use crate::cost::risk::{Risk, SURE_OF};
use crate::figures::{ReachOf, ReachRow, bar_units};
use ratatui::layout::Rect;

/// Fewest rows with a second row of names, and with anything at all.
const TWO_ROWS: u16 = 5;
const LEAST: u16 = 4;
/// Eighths of a cell, from nothing to a full one, and how ASCII comes near them.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_EIGHTHS: [&str; 9] = [" ", ".", ".", ":", ":", "|", "|", "#", "#"];

/// What is marked: the row of the table, its sign, and whether it matters more than the percentiles.
struct Mark<'r> {
    row: &'r ReachRow,
    at: u16,
}

/// Draws the picture; `rows` are those of the table of confidence.
pub(super) fn distribution(canvas: &mut Canvas, area: Rect, risk: &Risk, rows: &[ReachRow]) {
    let Some((from, to)) = range(risk, rows).filter(|_| area.height >= LEAST && area.width > 0) else { return };
    let names = if area.height >= TWO_ROWS { 2 } else { 1 };
    let columns = area.height - 1 - names;
    let marks = marks(rows, (from, to), area.width);
    let place = |wanted: ReachOf| marks.iter().find(|mark| mark.row.of == wanted).map(|mark| mark.at);
    let (total, cap) = (place(ReachOf::Total), place(ReachOf::Cap));
    // What is withheld is not drawn either.
    let told = match risk.withheld(99) {
        Some(_) => column_of(risk.percentile(SURE_OF), (from, to), area.width).unwrap_or(area.width),
        None => area.width,
    };
    let slices = risk.slices((from, to), area.width);
    let floor = risk.floor();
    // Nothing costs less than the least possible total, though slices are spread a little.
    let is_below = |x: u16| end_of(x, (from, to), area.width).is_some_and(|end| end <= floor);
    let height = |(x, slice): (u16, &Decimal)| if is_below(x) { 0 } else { bar_units((*slice).max(Decimal::ZERO)) };
    let heights: Vec<u64> = (0..area.width).zip(&slices).map(height).collect();
    let most = heights.iter().take(usize::from(told) + 1).copied().max().unwrap_or(0);
    for (x, height) in (0..=told.min(area.width.saturating_sub(1))).zip(&heights) {
        let part = match (cap.is_some_and(|cap| x > cap), total.is_none_or(|total| x <= total)) {
            (true, _) => Part::OverCap,
            (false, true) => Part::Covered,
            (false, false) => Part::Uncovered,
        };
        column(canvas, area, (x, columns), eighths(*height, most, columns), part);
    }
    axis(canvas, area, columns, &marks);
}

/// Which part of the hill a column is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What the worksheet's total is enough for.
    Covered,
    /// What it is not enough for.
    Uncovered,
    /// What costs more than the cap.
    OverCap,
}

/// A height in eighths of a cell, the nearest: what is less than half of one draws nothing.
fn eighths(height: u64, most: u64, rows: u16) -> usize {
    let levels = u128::from(rows) * 8;
    let doubled = (u128::from(height) * levels * 2).checked_div(u128::from(most)).unwrap_or(0);
    usize::try_from(doubled.div_ceil(2).min(levels)).unwrap_or(0)
}

/// Draws a column. Without colours the parts differ by their signs, and what is not covered is drawn in whole cells.
fn column(canvas: &mut Canvas, area: Rect, (x, rows): (u16, u16), mut filled: usize, part: Part) {
    let is_ascii = canvas.is_ascii();
    let shade = match (canvas.has_colours(), part, is_ascii) {
        (true, _, _) | (false, Part::Covered, _) => None,
        (false, Part::Uncovered, false) => Some("▒"),
        (false, Part::OverCap, false) => Some("░"),
        (false, Part::Uncovered, true) => Some(":"),
        (false, Part::OverCap, true) => Some("."),
    };
    let role = match (canvas.has_colours(), part) {
        (false, _) => Role::Value,
        (true, Part::Covered) => Role::Bar,
        (true, Part::Uncovered) => Role::BarRest,
        (true, Part::OverCap) => Role::Bad,
    };
    for row in (0..rows).rev() {
        let level = filled.min(8);
        filled -= level;
        let cell = match (shade, is_ascii) {
            (Some(_), _) if level < 4 => " ",
            (Some(shade), _) => shade,
            (None, true) => ASCII_EIGHTHS[level],
            (None, false) => EIGHTHS[level],
        };
        if level == 0 {
            break;
        }
        canvas.text_at(area, x, row, cell, role);
    }
}

/// From the first to the last amount in sight: nearly all of the distribution, the worksheet's total, and a cap that is not far
/// away.
fn range(risk: &Risk, rows: &[ReachRow]) -> Option<(Decimal, Decimal)> {
    let most = if risk.withheld(99).is_some() { risk.percentile(SURE_OF) } else { risk.percentile(99) };
    let usd = |of: ReachOf| rows.iter().find(|row| row.of == of).and_then(|row| row.usd);
    let (mut from, mut to) = (risk.percentile(1), most);
    let near = to.checked_add(to.checked_sub(from)?)?;
    for amount in [usd(ReachOf::Total), usd(ReachOf::Cap).filter(|cap| *cap <= near)].into_iter().flatten() {
        (from, to) = (from.min(amount), to.max(amount));
    }
    // Air on both sides, for the marks.
    let air = to.checked_sub(from)?.checked_div(Decimal::from(20))?;
    let from = from.checked_sub(air)?.max(Decimal::ZERO);
    (air > Decimal::ZERO).then_some((from, to.checked_add(air)?))
}

/// The amount at the right edge of a column.
fn end_of(x: u16, (from, to): (Decimal, Decimal), width: u16) -> Option<Decimal> {
    let part = to.checked_sub(from)?.checked_mul(Decimal::from(x + 1))?.checked_div(Decimal::from(width))?;
    from.checked_add(part)
}

/// The column that an amount lies in; `None` if it is out of sight.
fn column_of(usd: Decimal, (from, to): (Decimal, Decimal), width: u16) -> Option<u16> {
    let part = usd.checked_sub(from)?.checked_mul(Decimal::from(width))?.checked_div(to.checked_sub(from)?)?;
    u16::try_from(part.floor().mantissa().checked_div(10_i128.checked_pow(part.floor().scale())?)?)
        .ok()
        .filter(|column| *column < width)
}

fn marks(rows: &[ReachRow], range: (Decimal, Decimal), width: u16) -> Vec<Mark<'_>> {
    let marked = rows.iter().filter(|row| row.of != ReachOf::Buffer);
    marked.filter_map(|row| Some(Mark { row, at: column_of(row.usd?, range, width)? })).collect()
}

/// The sign of a mark, in ASCII too, and its role.
fn sign(of: ReachOf, ascii: bool) -> (&'static str, Role) {
    match (of, ascii) {
        (ReachOf::Total, true) => ("*", Role::Total),
        (ReachOf::Total, false) => ("●", Role::Total),
        (ReachOf::Cap, _) => ("!", Role::Bad),
        (ReachOf::Percentile(_) | ReachOf::Buffer, true) => ("^", Role::Marker),
        (ReachOf::Percentile(_) | ReachOf::Buffer, false) => ("▲", Role::Marker),
    }
}

/// The names that are placed first: of two that collide the other one gives way.
fn weight(of: ReachOf) -> u8 {
    match of {
        ReachOf::Total => 0,
        ReachOf::Cap => 1,
        ReachOf::Percentile(80) => 2,
        ReachOf::Percentile(90) => 3,
        ReachOf::Percentile(50) => 4,
        ReachOf::Percentile(95) => 5,
        ReachOf::Percentile(_) => 6,
        ReachOf::Buffer => 7,
    }
}

/// The row of signs, and the names below them as far as they leave each other room: with the amount, or without it.
fn axis(canvas: &mut Canvas, area: Rect, row: u16, marks: &[Mark<'_>]) {
    let ascii = canvas.is_ascii();
    canvas.text(area, row, &(if ascii { "-" } else { "─" }).repeat(usize::from(area.width)), Role::Border);
    let mut order: Vec<&Mark<'_>> = marks.iter().collect();
    order.sort_by_key(|mark| weight(mark.row.of));
    for mark in order.iter().rev() {
        let (sign, role) = sign(mark.row.of, ascii);
        canvas.text_at(area, mark.at, row, sign, role);
    }
    for Name { text, row, left, of, .. } in names(&order, (row + 1, area.height), area.width) {
        let role = sign(of, ascii).1;
        canvas.text_at(area, left, row, &text, if role == Role::Marker { Role::Label } else { role });
    }
}

/// A name below its mark.
struct Name {
    text: String,
    row: u16,
    left: u16,
    columns: u16,
    of: ReachOf,
}

impl Name {
    fn of(mark: &Mark<'_>, text: &str, row: u16, width_of_all: u16) -> Option<Name> {
        let columns = u16::try_from(width(text)).ok().filter(|columns| *columns <= width_of_all)?;
        let left = mark.at.saturating_sub(columns / 2).min(width_of_all - columns);
        Some(Name { text: text.to_owned(), row, left, columns, of: mark.row.of })
    }

    /// Whether there is a blank column at least between two names.
    fn is_clear_of(&self, other: &Name) -> bool {
        self.row != other.row || self.left > other.left + other.columns || self.left + self.columns < other.left
    }
}

/// The names of marks in their order of weight: first each short, as far as it finds room, then with their amounts where the others
/// leave them room.
fn names(order: &[&Mark<'_>], (first, end): (u16, u16), room: u16) -> Vec<Name> {
    let mut placed: Vec<Name> = Vec::new();
    for mark in order {
        let mut tried = (first..end).filter_map(|row| Name::of(mark, &mark.row.name, row, room));
        let free = tried.find(|name| placed.iter().all(|other| name.is_clear_of(other)));
        placed.extend(free);
    }
    for mark in order {
        let Some(at) = placed.iter().position(|name| name.of == mark.row.of) else { continue };
        let full = format!("{} {}", mark.row.name, mark.row.amount);
        let mut tried = (first..end).filter_map(|row| Name::of(mark, &full, row, room));
        let is_free = |name: &Name| placed.iter().all(|other| other.of == mark.row.of || name.is_clear_of(other));
        if let Some(longer) = tried.find(is_free) {
            placed[at] = longer;
        }
    }
    placed
}
