//! The deliverables and the project's fees as parts of one band: how the cost before the buffer is shared out.

use super::canvas::{Canvas, FrameInput};
use super::screens::bills::{columns_of, inner};
use super::text::{Ellipsis, safe, truncate};
use super::theme::Role;
use crate::cost::base::money::{Decimal, plus};
use crate::figures::{bar_units, percent_of};
use crate::words;
use crate::words::number::grouped;
use ratatui::layout::Rect;

/// Most deliverables with a part of their own.
const PARTS: usize = 5;
/// Least columns of a part with its name.
const NAMED: u16 = 10;
/// What tells neighbours apart without colours.
const FILLS: [&str; 2] = ["█", "▓"];
const FILLS_ASCII: [&str; 2] = ["#", "="];

/// One part: its name, its amount and its columns.
struct Part {
    name: String,
    amount: Decimal,
    columns: u16,
}

/// The panel: names and percentages above the band, each where its part begins.
pub(super) fn band(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let room = inner(area);
    let Some((parts, sum)) = parts(input, room.width) else { return };
    canvas.frame(area, &words::titled(words::pane_share_of_cost(), words::whole_project()), false);
    let mut x = 0;
    let fills = if input.ascii { FILLS_ASCII } else { FILLS };
    for (at, part) in parts.iter().enumerate() {
        let place = Rect { x: room.x + x, width: part.columns, ..room };
        let percent = percent_of(part.amount, sum).map_or_else(String::new, |percent| words::percent(grouped(percent)));
        let label = Rect { width: part.columns.saturating_sub(1), ..place };
        if part.columns >= NAMED && columns_of(&percent) <= label.width {
            let ellipsis = if input.ascii { Ellipsis::Ascii } else { Ellipsis::Unicode };
            canvas.text(label, 0, &truncate(&safe(&part.name), usize::from(label.width), ellipsis), Role::Label);
            canvas.text(label, 1, &percent, Role::Value);
        }
        let role = if at % 2 == 0 { Role::Bar } else { Role::BarRest };
        for row in 2..room.height {
            canvas.text(place, row, &fills[at % 2].repeat(usize::from(part.columns)), role);
        }
        x += part.columns;
    }
}

/// The largest deliverables in their order and the rest as one, over the whole width, with their sum; `None` if a cost is unknown
/// or there is nothing to share out.
fn parts(input: &FrameInput, width: u16) -> Option<(Vec<Part>, Decimal)> {
    let state = input.state;
    let (lines, totals) = (&state.estimate().lines, &state.estimate().totals);
    let of_lines = totals.subtotal?;
    let fees = if totals.invoice.has.project_fees { totals.invoice.project_fees? } else { Decimal::ZERO };
    let sum = plus(of_lines, fees).ok()?;
    if sum <= Decimal::ZERO || (lines.len() < 2 && fees.is_zero()) || width < NAMED {
        return None;
    }
    let mut places: Vec<usize> = (0..lines.len()).collect();
    let cost = |at: usize| lines[at].subtotal.unwrap_or_default();
    if places.len() > PARTS {
        places.select_nth_unstable_by(PARTS - 1, |a, b| cost(*b).cmp(&cost(*a)).then(a.cmp(b)));
        places.truncate(PARTS);
        places.sort_unstable();
    }
    let named = |at: &usize| (state.budget().lines[*at].title().to_owned(), cost(*at));
    let mut amounts: Vec<(String, Decimal)> = places.iter().map(named).collect();
    let rest = amounts.iter().try_fold(of_lines, |rest, (_, amount)| plus(rest, -*amount)).ok()?;
    if lines.len() > places.len() {
        amounts.push((words::other_deliverables(lines.len() - places.len()), rest));
    }
    if !fees.is_zero() {
        amounts.push((words::invoice_project_fees().to_owned(), fees));
    }
    let whole = u128::from(bar_units(sum));
    let edge = |units: u64| u16::try_from((u128::from(units) * u128::from(width)).checked_div(whole)?).ok();
    let (mut until, mut left) = (0_u64, 0);
    let mut parts = Vec::with_capacity(amounts.len());
    for (name, amount) in amounts {
        until = until.saturating_add(bar_units(amount));
        let right = edge(until)?.min(width);
        parts.push(Part { name, amount, columns: right.saturating_sub(left) });
        left = right.max(left);
    }
    // What rounding leaves over belongs to the last part.
    if let Some(last) = parts.last_mut() {
        last.columns += width - left;
    }
    Some((parts, sum))
}
