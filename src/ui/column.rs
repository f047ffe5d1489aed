//! The column of the deliverables' subtotals with the buffer below it: only visible figures are formatted.

use super::canvas::FrameInput;
use super::text::width;
use crate::app::Selection;
use crate::cost::base::money::Decimal;
use crate::cost::estimate::line::LineEstimate;
use crate::figures::{Amount, Sums, text};
use crate::words;

/// A line's subtotal as shown.
pub(super) fn subtotal(input: &FrameInput, line: usize) -> String {
    of_line(input, input.state.estimate().lines.get(line), |line| line.subtotal)
}

/// Subtotal, buffer and total of the project.
pub(super) fn of_project(input: &FrameInput) -> Sums {
    Sums::of_project(&input.state.budget().shown, input.state.estimate())
}

/// An amount of a line as shown, or the word for an unknown one.
fn of_line(input: &FrameInput, line: Option<&LineEstimate>, usd: impl Fn(&LineEstimate) -> Option<Decimal>) -> String {
    let is_approximate = line.is_some_and(LineEstimate::is_approximate);
    let amount = |usd| Amount::of(&input.state.budget().shown, usd).about_if(is_approximate).to_string();
    line.and_then(usd).map_or_else(|| words::unknown().to_owned(), amount)
}

/// An amount of the project as shown, or the word for an unknown one.
fn or_unknown(amount: Option<Amount>) -> String {
    amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string())
}

/// The project's subtotal as shown.
pub(super) fn subtotal_of_project(input: &FrameInput) -> String {
    or_unknown(of_project(input).subtotal)
}

/// The selected deliverable's subtotal, or the project's.
pub(super) fn selected(input: &FrameInput) -> String {
    match input.state.view.selection {
        Selection::Line(index) if index < input.state.estimate().lines.len() => subtotal(input, index),
        _ => subtotal_of_project(input),
    }
}

/// The selected deliverable's buffer, or the project's.
pub(super) fn selected_buffer(input: &FrameInput) -> String {
    let estimate = input.state.estimate();
    match input.state.view.selection {
        Selection::Line(index) if index < estimate.lines.len() => {
            of_line(input, estimate.lines.get(index), |line| line.buffer)
        }
        _ => or_unknown(of_project(input).buffer),
    }
}

/// The difference between the sum of all lines and the sum of the lines as shown; `None` if they add up or a line is unknown. It
/// visits every line, so call it only if all are visible.
pub(super) fn rounding_of_lines(input: &FrameInput) -> Option<Amount> {
    let shown = &input.state.budget().shown;
    let lines = input.state.estimate().lines.iter().map(|line| Some(Amount::of(shown, line.subtotal?)));
    of_project(input).subtotal?.rest_of(lines.collect::<Option<Vec<Amount>>>()?)
}

/// Columns of the widest figure. A larger amount is never narrower, so only the largest has to be formatted, and no line visited.
pub(super) fn widest(input: &FrameInput) -> usize {
    let (estimate, shown) = (&input.state.estimate(), &input.state.budget().shown);
    let buffer = estimate.totals.buffer;
    let columns = |usd: Option<Decimal>| width(&text(shown, usd));
    let largest = estimate.largest().max(buffer).map(|most| columns(Some(most)));
    let unknown = (estimate.has_unknown() || buffer.is_none()).then(|| columns(None));
    let largest = largest.map(|columns| columns + usize::from(estimate.totals.approximate));
    largest.into_iter().chain(unknown).max().unwrap_or(0)
}
