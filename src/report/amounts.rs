//! The amounts of a printed estimate: its parts, its sums, and the rounding between them.

use super::Report;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::estimate::line::{LineEstimate, Stage};
use crate::cost::estimate::{CapState, against_cap};
use crate::figures::{Amount, CapMoney, InvoiceRows, Sums, cap_as_set, percent_of};
use crate::words;
use std::sync::Arc;

/// The text for an unknown figure.
pub(super) fn unknown() -> String {
    words::unknown().to_owned()
}

/// The currency of shown amounts, and their conversion.
#[derive(Clone, Copy)]
pub(super) struct Money<'a> {
    report: Report<'a>,
    /// The project's currency, or USD if it has no rate.
    pub(super) currency: Currency,
}

impl<'a> Money<'a> {
    pub(super) fn of(report: &Report<'a>) -> Money<'a> {
        let shown = &report.budget.shown;
        let currency = if shown.exchange.is_some() { shown.currency } else { Currency::USD };
        Money { report: *report, currency }
    }

    /// Whether amounts are converted and therefore approximate.
    pub(super) fn is_converted(&self) -> bool {
        self.currency != Currency::USD
    }

    /// The project's settings for shown amounts.
    pub(super) fn shown(&self) -> &'a Shown {
        &self.report.budget.shown
    }

    /// A unit price in USD as shown: with two more decimals than totals.
    pub(super) fn each(&self, usd: Option<Decimal>, is_approximate: bool) -> String {
        let amount = |usd| Amount::finer(self.shown(), usd, 2).about_if(is_approximate);
        usd.map_or_else(unknown, |usd| amount(usd).to_string())
    }
}

/// The shown amounts of a report, one part for each stage of each line, in order.
pub(super) struct Amounts {
    /// The known amount of each stage.
    pub(super) stages: Vec<Amount>,
    /// The sum of the stages, complete or the known part.
    pub(super) subtotal: Amount,
    /// The rounding between the subtotal and the stages as shown; `None` if they add up.
    pub(super) stages_rounding: Option<Amount>,
    /// All buffers together and the total; `None` if a line has no price.
    pub(super) sums: Sums,
    /// The other rows of the invoice.
    pub(super) invoice: InvoiceRows,
}

impl Amounts {
    pub(super) fn of(report: &Report<'_>, money: &Money<'_>) -> Amounts {
        let totals = &report.estimate.totals;
        let of_line = |line: &LineEstimate| {
            let model = Arc::clone(&line.deliverable.model.value);
            let amount =
                move |stage: &Stage| Amount::of(money.shown(), stage.known).about_if(stage.is_approximate(&model));
            line.stages.iter().map(amount).collect::<Vec<_>>()
        };
        let stages: Vec<Amount> = report.estimate.lines.iter().flat_map(of_line).collect();
        let approximate = totals.approximate;
        let subtotal = Amount::of(money.shown(), totals.known_subtotal).about_if(approximate);
        let invoice = InvoiceRows::of(report.budget, report.estimate);
        // Stages are the images' cost alone.
        let images = match invoice.before.is_empty() {
            true => Some(subtotal),
            false => totals.invoice.images.map(|images| Amount::of(money.shown(), images).about_if(approximate)),
        };
        let stages_rounding = images.and_then(|images| images.rest_of(stages.iter().copied()));
        let sums = Sums::of_project(money.shown(), report.estimate);
        let sums = Sums { buffer: sums.buffer.filter(|_| totals.total.is_some()), ..sums };
        Amounts { stages, subtotal, stages_rounding, sums, invoice }
    }
}

/// The line of the cap: its label, and the total's share of it or the amount over it; `None` without a cap, or with nothing to
/// compare.
pub(super) fn cap(report: &Report<'_>) -> Option<(String, String)> {
    let approximate = report.estimate.totals.approximate;
    let money = |currency| CapMoney::of(&report.budget.shown, currency, approximate);
    let over = |total, cap, currency| money(currency).beside(total, cap).over;
    Some(match against_cap(report.budget, &report.estimate.totals) {
        CapState::Within { total, cap, currency } => (words::report_cap(cap_as_set(currency, cap)), share(total, cap)),
        CapState::Over { total, cap, currency } => {
            (words::report_cap_over(cap_as_set(currency, cap)), words::cap_over(over(total, cap, currency)))
        }
        CapState::OverAtLeast { known, cap, currency } => {
            (words::report_cap_over(cap_as_set(currency, cap)), words::cap_over_at_least(over(known, cap, currency)))
        }
        CapState::Unknown => {
            let cap = report.budget.cap()?;
            let currency = cap.currency.unwrap_or(report.budget.shown.currency);
            (words::report_cap(cap_as_set(currency, cap.amount)), unknown())
        }
        CapState::None | CapState::WrongCurrency { .. } => return None,
    })
}

/// `total` as a percentage of `cap`.
fn share(total: Decimal, cap: Decimal) -> String {
    percent_of(total, cap).map_or_else(unknown, words::percent)
}
