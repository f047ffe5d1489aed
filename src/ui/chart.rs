//! The small chart below a knob: the deliverable's total across the knob's range, with a mark at the current value.

use super::canvas::Canvas;
use super::theme::Role;
use ratatui::layout::Rect;
use ratatui::style::Color;

/// Eighths of a cell, from nothing to a full one.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The layout of a chart's columns: the first column's left edge, and the width of each.
pub(super) fn grid(area: Rect, count: usize) -> Option<(u16, u16)> {
    let count = u16::try_from(count).ok().filter(|count| *count > 0 && area.width >= *count && area.height >= 2)?;
    // A few values as wide blocks would draw more attention than every figure on the screen.
    let column = (area.width / count).min(6);
    Some(((area.width - column * count) / 2, column))
}

/// Draws columns of the given heights, the largest filling the area, with `labels` at both ends of the row below. A column
/// without a height is an unknown total. `role` is the style of the columns: the current one stands out.
pub(super) fn chart(
    canvas: &mut Canvas,
    area: Rect,
    heights: &[Option<u64>],
    present: usize,
    labels: (&str, &str),
    role: Role,
) {
    let count = u16::try_from(heights.len()).unwrap_or(0);
    let Some((left, column)) = grid(area, heights.len()) else { return };
    let area = Rect { x: area.x + left, width: column * count, ..area };
    let rows = area.height - 1;
    let most = heights.iter().flatten().copied().max().unwrap_or(0);
    // Without colours a filled chart would be one white block that hides the current value: then only the tops of the other
    // columns are drawn.
    let coloured = canvas.style(role).fg.is_some_and(|fg| fg != Color::Reset);
    for (index, height) in (0..count).zip(heights) {
        let is_present = usize::from(index) == present;
        let role = if is_present { Role::Marker } else { role };
        let x = index * column;
        let width = if column > 2 { column - 1 } else { column };
        match height {
            Some(height) => bar(canvas, area, (x, width, rows), (*height, most), role, is_present || coloured),
            None => {
                canvas.text_at(area, x, rows - 1, "?", Role::Dim);
            }
        }
        if is_present {
            let sign = if canvas.is_ascii() { "^" } else { "▲" };
            canvas.text_at(area, x + (width - 1) / 2, rows, sign, Role::Marker);
        }
    }
    let mark = u16::try_from(present).unwrap_or(0) * column;
    let (low, high) = labels;
    let room_left = mark.saturating_sub(1);
    if usize::from(room_left) >= super::text::width(low) {
        canvas.text(area, rows, low, Role::Dim);
    }
    let room_right = area.width.saturating_sub(mark + column + 1);
    if usize::from(room_right) >= super::text::width(high) {
        canvas.text_right(area, rows, high, Role::Dim);
    }
}

fn bar(
    canvas: &mut Canvas,
    area: Rect,
    (x, width, rows): (u16, u16, u16),
    (height, most): (u64, u64),
    role: Role,
    is_filled: bool,
) {
    let levels = u128::from(rows) * 8;
    let filled = (u128::from(height) * levels).checked_div(u128::from(most)).unwrap_or(0);
    let mut filled = usize::try_from(filled).unwrap_or(0).max(usize::from(height > 0));
    for row in (0..rows).rev() {
        let level = filled.min(8);
        filled -= level;
        if level == 0 {
            break;
        }
        if !is_filled && filled > 0 {
            continue;
        }
        let cell = if canvas.is_ascii() { "#" } else { EIGHTHS[level] };
        canvas.text_at(area, x, row, &cell.repeat(usize::from(width)), role);
    }
}
