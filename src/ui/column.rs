//! The column of the deliverables' subtotals with the buffer below it: only visible figures are formatted.

use super::canvas::FrameInput;
use super::text::width;
use crate::app::Selection;
use crate::cost::base::money::Decimal;
use crate::figures::{Amount, Sums, text};

/// A line's subtotal as shown.
pub(super) fn subtotal(input: &FrameInput, line: usize) -> String {
    text(&input.state.budget().shown, input.state.estimate().lines.get(line).and_then(|line| line.subtotal))
}

/// Subtotal, buffer and total of the project.
pub(super) fn of_project(input: &FrameInput) -> Sums {
    let totals = &input.state.estimate().totals;
    Sums::of(&input.state.budget().shown, [totals.subtotal, totals.buffer, totals.total])
}

/// The selected deliverable's subtotal, or the project's.
pub(super) fn selected(input: &FrameInput) -> String {
    match input.state.view.selection {
        Selection::Line(index) if index < input.state.estimate().lines.len() => subtotal(input, index),
        _ => text(&input.state.budget().shown, input.state.estimate().totals.subtotal),
    }
}

/// The selected deliverable's buffer, or the project's.
pub(super) fn selected_buffer(input: &FrameInput) -> String {
    let estimate = input.state.estimate();
    let line = match input.state.view.selection {
        Selection::Line(index) => estimate.lines.get(index),
        Selection::Project => None,
    };
    text(&input.state.budget().shown, line.map_or(estimate.totals.buffer, |line| line.buffer))
}

/// The difference between the sum of all lines and the sum of the lines as shown; `None` if they add up or a line is unknown. It
/// visits every line, so call it only if all are visible.
pub(super) fn rounding_of_lines(input: &FrameInput) -> Option<Amount> {
    let shown = &input.state.budget().shown;
    let lines = input.state.estimate().lines.iter().map(|line| Some(Amount::of(shown, line.subtotal?)));
    of_project(input).subtotal?.rest_of(lines.collect::<Option<Vec<Amount>>>()?)
}

/// Columns of the widest figure. A larger amount is never narrower, so only the largest has to be formatted.
pub(super) fn widest(input: &FrameInput) -> usize {
    let (estimate, shown) = (&input.state.estimate(), &input.state.budget().shown);
    let usd = || estimate.lines.iter().map(|line| line.subtotal).chain([estimate.totals.buffer]);
    let columns = |usd: Option<Decimal>| width(&text(shown, usd));
    let largest = usd().flatten().max().map(|most| columns(Some(most)));
    let unknown = usd().any(|usd| usd.is_none()).then(|| columns(None));
    largest.into_iter().chain(unknown).max().unwrap_or(0)
}
