//! The table of the risk screen, from buffer to confidence and back: so many of 100 projects cost at most an amount, and the
//! buffer that reaches it.

use super::risk_lines::{Line, columns_of};
use super::theme::Role;
use crate::cost::Knob;
use crate::figures::{ReachOf, ReachRow, distinct_rows};
use crate::words;

/// Columns between two cells.
const GAP: u16 = 2;
/// Fewest and most columns of a bar.
const BAR: (u16, u16) = (8, 40);

/// The rows that a table of so many lines has room for, its heading among them: of rows that repeat another one there is one, and
/// usual buffers give way, since the percentiles name theirs.
pub(super) fn fitting(rows: &[ReachRow], lines: usize) -> Vec<ReachRow> {
    let mut shown = distinct_rows(rows);
    while shown.len() + 1 > lines {
        let Some(at) = shown.iter().rposition(|row| row.of == ReachOf::Buffer) else { break };
        shown.remove(at);
    }
    shown
}

/// Columns of the table without its bars.
pub(super) fn columns(rows: &[ReachRow]) -> u16 {
    Cells::of(rows).ends[2]
}

/// Where the cells of a table stand.
struct Cells {
    names: u16,
    /// Ends of share, amount and buffer.
    ends: [u16; 3],
}

/// Headings of share, amount and buffer.
fn heads() -> [&'static str; 3] {
    [words::risk_projects(), words::risk_cost_at_most(), words::knob_label(Knob::Buffer)]
}

impl Cells {
    fn of(rows: &[ReachRow]) -> Cells {
        let widest = |text: &dyn Fn(&ReachRow) -> &str| rows.iter().map(|row| columns_of(text(row))).max().unwrap_or(0);
        let [projects, at_most, buffer] = heads().map(columns_of);
        let names = widest(&|row| &row.name);
        let share = names + GAP + widest(&|row| &row.short).max(projects);
        let amount = share + GAP + widest(&|row| &row.amount).max(at_most);
        Cells { names, ends: [share, amount, amount + GAP + widest(&|row| &row.buffer).max(buffer)] }
    }
}

/// The table's lines, a heading first; each with its confidence as a bar, where there is room for one.
pub(super) fn table(rows: &[ReachRow], room: u16) -> Vec<Line> {
    let Cells { names, ends } = Cells::of(rows);
    let right = |end: u16, text: &str, role: Role| (end.saturating_sub(columns_of(text)), text.to_owned(), role);
    let head = ends.into_iter().zip(heads()).map(|(end, head)| right(end, head, Role::Dim));
    let mut lines = vec![Line::of(head.collect())];
    for row in rows {
        let (name, figure) = match row.of {
            ReachOf::Total => (Role::Total, Role::Total),
            ReachOf::Cap => (Role::Bad, Role::Value),
            ReachOf::Percentile(_) => (Role::Label, Role::Value),
            ReachOf::Buffer => (Role::Label, Role::Dim),
        };
        let mut spans = vec![(0, row.name.clone(), name)];
        if row.usd.is_none() {
            spans.push((names + GAP, words::risk_withheld().to_owned(), Role::Warn));
        } else {
            let cells = [&row.short, &row.amount, &row.buffer];
            spans.extend(ends.into_iter().zip(cells).map(|(end, cell)| right(end, cell, figure)));
        }
        let from = ends[2] + GAP + 1;
        let bar = room.saturating_sub(from).min(BAR.1);
        lines.push(Line::of(spans).with_bar((bar >= BAR.0).then_some((from, bar, row.within))));
    }
    lines
}
