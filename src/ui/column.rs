//! The column of the deliverables' subtotals with the buffer below it: worked out for all of them, written for those in sight.

use super::amounts::{MAX_PARTS, amount, part};
use super::canvas::View;
use super::text::width;
use crate::app::Selection;
use crate::cost::base::money::{Decimal, plus, rounded, rounded_parts};

/// The figures of the column, rounded so that they add up on screen where they are few enough for that.
pub(super) struct Column {
    /// Each line's subtotal, the buffer last; none where the column does not add up and each figure is rounded by itself.
    rounded: Option<Vec<Option<Decimal>>>,
}

impl Column {
    /// The column of the project.
    pub(super) fn of(view: &View) -> Column {
        let (estimate, shown) = (view.state.estimate(), &view.state.budget().shown);
        if estimate.lines.len() >= MAX_PARTS {
            return Column { rounded: None };
        }
        let usd: Vec<Option<Decimal>> =
            estimate.lines.iter().map(|line| line.subtotal).chain([estimate.totals.buffer]).collect();
        let converted: Option<Vec<Decimal>> = usd.iter().flatten().map(|part| shown.from_usd(*part)).collect();
        let rounded = converted.and_then(|parts| rounded_parts(&parts, shown.currency.digits()).ok()).map(|parts| {
            let mut parts = parts.into_iter();
            usd.iter().map(|part| part.and_then(|_| parts.next())).collect()
        });
        Column { rounded }
    }

    /// A line's subtotal as it is shown.
    pub(super) fn text(&self, view: &View, line: usize) -> String {
        let usd = || view.state.estimate().lines.get(line).and_then(|line| line.subtotal);
        self.at(view, line, usd)
    }

    /// The buffer of the project as it is shown.
    pub(super) fn buffer(&self, view: &View) -> String {
        self.rest(view, Selection::Project)
    }

    /// The buffer of what is selected: it takes the rest, so that subtotal and buffer add up to the total wherever they are
    /// shown, in the table of bills too.
    pub(super) fn selected_buffer(&self, view: &View) -> String {
        self.rest(view, view.state.view.selection)
    }

    fn rest(&self, view: &View, selection: Selection) -> String {
        let (estimate, shown) = (view.state.estimate(), &view.state.budget().shown);
        let line = match selection {
            Selection::Line(index) => estimate.lines.get(index).map(|line| (index, line)),
            Selection::Project => None,
        };
        let (listed, subtotal, total, buffer) = match line {
            Some((at, line)) => (self.rounded_at(at), line.subtotal, line.total, line.buffer),
            None => (self.rounded_sum(), estimate.totals.subtotal, estimate.totals.total, estimate.totals.buffer),
        };
        let shown_as = |usd: Option<Decimal>| Some(rounded(shown.from_usd(usd?)?, shown.currency.digits()));
        let rest = || plus(shown_as(total)?, -listed.or_else(|| shown_as(subtotal))?).ok();
        match buffer.and_then(|_| rest()) {
            Some(rest) => part(shown, Some(rest)),
            None => amount(shown, buffer),
        }
    }

    fn rounded_at(&self, line: usize) -> Option<Decimal> {
        self.rounded.as_ref()?.get(line).copied().flatten()
    }

    /// The sum of the lines on screen; none where one of them is not known, or where they do not add up there.
    fn rounded_sum(&self) -> Option<Decimal> {
        let known: Option<Vec<Decimal>> = self.rounded.as_ref()?.iter().copied().collect();
        let known = known?;
        let (_, lines) = known.split_last()?;
        lines.iter().try_fold(Decimal::ZERO, |sum, line| plus(sum, *line).ok())
    }

    fn at(&self, view: &View, at: usize, usd: impl Fn() -> Option<Decimal>) -> String {
        let shown = &view.state.budget().shown;
        match &self.rounded {
            Some(rounded) => part(shown, rounded.get(at).copied().flatten()),
            None => amount(shown, usd()),
        }
    }

    /// The sum of the lines as it is shown; where they do not add up on screen, the exact sum rounded.
    pub(super) fn sum(&self, view: &View) -> String {
        let (totals, shown) = (&view.state.estimate().totals, &view.state.budget().shown);
        self.rounded_sum().map_or_else(|| amount(shown, totals.subtotal), |sum| part(shown, Some(sum)))
    }

    /// The selected line's subtotal exactly as the list shows it, the sum for the project: one figure must not read two ways
    /// on one screen.
    pub(super) fn selected(&self, view: &View) -> String {
        match view.state.view.selection {
            Selection::Line(index) if index < view.state.estimate().lines.len() => self.text(view, index),
            _ => self.sum(view),
        }
    }

    /// Columns of the widest figure. A larger amount is never narrower, so only the largest has to be written.
    pub(super) fn widest(&self, view: &View) -> usize {
        let (estimate, shown) = (view.state.estimate(), &view.state.budget().shown);
        let usd = || estimate.lines.iter().map(|line| line.subtotal).chain([estimate.totals.buffer]);
        let widest = |text: String| width(&text);
        match &self.rounded {
            Some(rounded) => {
                let largest = rounded.iter().copied().flatten().max().map(|most| widest(part(shown, Some(most))));
                largest.into_iter().chain(rounded.contains(&None).then(|| widest(part(shown, None)))).max().unwrap_or(0)
            }
            None => {
                let largest = usd().flatten().max().map(|most| widest(amount(shown, Some(most))));
                let unknown = usd().any(|usd| usd.is_none()).then(|| widest(amount(shown, None)));
                largest.into_iter().chain(unknown).max().unwrap_or(0)
            }
        }
    }
}
