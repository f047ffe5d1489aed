//! The distribution of the total as columns, with the percentiles, the worksheet's total and the cap marked below them.

use super::canvas::Canvas;
use super::chart::{Column, column};
use super::text::width;
use super::theme::Role;
use crate::cost::base::money::Decimal;
use crate::cost::risk::{Risk, SURE_OF};
use crate::figures::{ReachOf, ReachRow, bar_units};
use ratatui::layout::Rect;

/// Fewest rows with a second row of names, and with anything at all.
const TWO_ROWS: u16 = 7;
const LEAST: u16 = 4;

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
    let heights: Vec<u64> = slices.iter().map(|slice| bar_units((*slice).max(Decimal::ZERO))).collect();
    let most = heights.iter().take(usize::from(told) + 1).copied().max().unwrap_or(0);
    for (x, height) in (0..=told.min(area.width.saturating_sub(1))).zip(&heights) {
        let is_over = cap.is_some_and(|cap| x > cap);
        let is_covered = total.is_none_or(|total| x <= total);
        let role = match (is_over, is_covered) {
            (true, _) => Role::Bad,
            (false, true) => Role::Bar,
            (false, false) => Role::BarRest,
        };
        let is_grey = !canvas.has_colours() && (is_over || !is_covered);
        column(canvas, area, Column { x, width: 1, rows: columns, height: *height, most, is_grey }, role);
    }
    axis(canvas, area, columns, &marks);
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
        ReachOf::Percentile(50) => 3,
        ReachOf::Percentile(90) => 4,
        ReachOf::Percentile(10) => 5,
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
    let mut taken: Vec<(u16, u16, u16)> = Vec::new();
    for mark in order.iter().rev() {
        let (sign, role) = sign(mark.row.of, ascii);
        canvas.text_at(area, mark.at, row, sign, role);
    }
    for mark in order {
        let role = sign(mark.row.of, ascii).1;
        let full = format!("{} {}", mark.row.name, mark.row.amount);
        let rows = || row + 1..area.height;
        let texts = [full.as_str(), mark.row.name.as_str()];
        let place = texts.into_iter().flat_map(|text| rows().map(move |row| (text, row))).find_map(|(text, row)| {
            let columns = u16::try_from(width(text)).ok().filter(|columns| *columns <= area.width)?;
            let left = mark.at.saturating_sub(columns / 2).min(area.width - columns);
            // A blank column at least between two names.
            let is_free = |(other, from, to): &(u16, u16, u16)| *other != row || left > *to || left + columns < *from;
            taken.iter().all(is_free).then_some((text, row, left, columns))
        });
        if let Some((text, row, left, columns)) = place {
            canvas.text_at(area, left, row, text, if role == Role::Marker { Role::Label } else { role });
            taken.push((row, left, left + columns));
        }
    }
}
