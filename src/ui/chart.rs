//! The small chart below a knob: the deliverable's total across the knob's range, with a mark at the current value.

use super::canvas::Canvas;
use super::text::width;
use super::theme::Role;
use ratatui::layout::Rect;

/// Eighths of a cell, from nothing to a full one.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The layout of a chart's columns: the first column's left edge, and the width of each.
pub(super) fn grid(area: Rect, count: usize) -> Option<(u16, u16)> {
    let count = u16::try_from(count).ok().filter(|count| *count > 0 && area.width >= *count && area.height >= 2)?;
    // A few values as wide blocks would draw more attention than every figure on the screen.
    let column = (area.width / count).min(6);
    Some(((area.width - column * count) / 2, column))
}

/// The columns that stand out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// The current value's.
    pub(super) present: usize,
    /// The first one over the cap; `None` if none is.
    pub(super) over: Option<usize>,
}

/// Draws columns of the given heights, the largest filling the area, with labels at both ends of the row below: each in full and
/// short. A column without a height is an unknown total. `roles` are the styles of the columns up to the cap and over it: the
/// current one stands out.
pub(super) fn chart(
    canvas: &mut Canvas,
    area: Rect,
    heights: &[Option<u64>],
    marks: Marks,
    labels: (&[String; 2], &[String; 2]),
    roles: (Role, Role),
) {
    let count = u16::try_from(heights.len()).unwrap_or(0);
    let Some((left, pitch)) = grid(area, heights.len()) else { return };
    let area = Rect { x: area.x + left, width: pitch * count, ..area };
    let rows = area.height - 1;
    let most = heights.iter().flatten().copied().max().unwrap_or(0);
    // Without colours a filled chart would be one white block that hides the current value: then the other columns are grey
    // below their tops.
    let coloured = canvas.has_colours();
    let wide = if pitch > 2 { pitch - 1 } else { pitch };
    for (index, height) in (0..count).zip(heights) {
        let is_present = usize::from(index) == marks.present;
        let is_over = marks.over.is_some_and(|first| usize::from(index) >= first);
        let role = match (is_present, is_over) {
            (true, _) => Role::Marker,
            (false, true) => roles.1,
            (false, false) => roles.0,
        };
        let x = index * pitch;
        match height {
            Some(height) => {
                let is_grey = !is_present && !coloured;
                column(canvas, area, Column { x, width: wide, rows, height: *height, most, is_grey }, role);
            }
            None => {
                canvas.text_at(area, x, rows - 1, "?", Role::Dim);
            }
        }
    }
    let middle = |index: usize| u16::try_from(index).unwrap_or(0) * pitch + (wide - 1) / 2;
    below(canvas, area, (middle(marks.present), marks.over.map(middle)), labels);
}

/// The row below the columns: labels as far as they leave the marks free, the one of the cap too.
fn below(canvas: &mut Canvas, area: Rect, (present, over): (u16, Option<u16>), labels: (&[String; 2], &[String; 2])) {
    let row = area.height - 1;
    let fits = |text: &&String, room: u16| width(text) <= usize::from(room);
    let first = over.map_or(present, |over| over.min(present));
    let left = labels.0.iter().find(|text| fits(text, first.saturating_sub(1)));
    if let Some(low) = left {
        canvas.text(area, row, low, Role::Dim);
    }
    let last = over.map_or(present, |over| over.max(present));
    let right = labels.1.iter().find(|text| fits(text, area.width.saturating_sub(last + 2)));
    if let Some(high) = right {
        canvas.text_right(area, row, high, Role::Dim);
    }
    canvas.text_at(area, present, row, if canvas.is_ascii() { "^" } else { "▲" }, Role::Marker);
    if let Some(over) = over.filter(|over| *over != present) {
        canvas.text_at(area, over, row, "!", Role::Bad);
    }
}

/// A column of a chart.
pub(super) struct Column {
    /// Its first column of cells.
    pub(super) x: u16,
    /// How many it takes.
    pub(super) width: u16,
    /// Rows of the chart.
    pub(super) rows: u16,
    /// Its height, in the unit of `most`.
    pub(super) height: u64,
    /// The height that fills the chart.
    pub(super) most: u64,
    /// Whether it is grey below its top.
    pub(super) is_grey: bool,
}

/// Draws a column in eighths of a cell; one that is there is an eighth high at least.
pub(super) fn column(canvas: &mut Canvas, area: Rect, of: Column, role: Role) {
    let Column { x, width, rows, height, most, is_grey } = of;
    let levels = u128::from(rows) * 8;
    let filled = (u128::from(height) * levels).checked_div(u128::from(most)).unwrap_or(0);
    let mut filled = usize::try_from(filled).unwrap_or(0).max(usize::from(height > 0));
    for row in (0..rows).rev() {
        let level = filled.min(8);
        filled -= level;
        if level == 0 {
            break;
        }
        let cell = match (is_grey && filled > 0, canvas.is_ascii()) {
            (true, true) => ":",
            (true, false) => "▒",
            (false, true) => "#",
            (false, false) => EIGHTHS[level],
        };
        canvas.text_at(area, x, row, &cell.repeat(usize::from(width)), role);
    }
}
