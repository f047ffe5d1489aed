//! The amounts of a printed estimate: its parts, its sums, and what they miss each other by as they are shown.

use super::Report;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::estimate::{CapState, against_cap};
use crate::figures::{Amount, Sums, percent_of, text};
use crate::words;

/// What stands for a figure that nobody knows.
pub(super) fn unknown() -> String {
    words::unknown().to_owned()
}

/// The currency that amounts are shown in, and how they get there.
#[derive(Clone, Copy)]
pub(super) struct Money<'a> {
    report: Report<'a>,
    /// The project's currency, or USD where it has no rate.
    pub(super) currency: Currency,
}

impl<'a> Money<'a> {
    pub(super) fn of(report: &Report<'a>) -> Money<'a> {
        let shown = &report.budget.shown;
        let currency = if shown.exchange.is_some() { shown.currency } else { Currency::USD };
        Money { report: *report, currency }
    }

    /// Whether amounts are converted and so approximate.
    pub(super) fn is_converted(&self) -> bool {
        self.currency != Currency::USD
    }

    /// How the project shows its amounts.
    pub(super) fn shown(&self) -> &'a Shown {
        &self.report.budget.shown
    }

    /// A total in USD as it is shown.
    pub(super) fn total(&self, usd: Option<Decimal>) -> String {
        text(self.shown(), usd)
    }

    /// A price of one thing in USD as it is shown: two digits more than totals have.
    pub(super) fn each(&self, usd: Option<Decimal>) -> String {
        usd.map_or_else(unknown, |usd| Amount::finer(self.shown(), usd, 2).to_string())
    }
}

/// The shown amounts of a report, one part for each stage of each line, in their order.
pub(super) struct Amounts {
    /// What is known of each stage.
    pub(super) stages: Vec<Amount>,
    /// The sum of the stages, known or in part.
    pub(super) subtotal: Amount,
    /// What the subtotal is above the stages as they are shown; `None` if they add up.
    pub(super) stages_rounding: Option<Amount>,
    /// All buffers together and the total; `None` if a line has no price.
    pub(super) sums: Sums,
}

impl Amounts {
    pub(super) fn of(report: &Report<'_>, money: &Money<'_>) -> Amounts {
        let totals = &report.estimate.totals;
        let stages = report.estimate.lines.iter().flat_map(|line| &line.stages);
        let stages: Vec<Amount> = stages.map(|stage| Amount::of(money.shown(), stage.known)).collect();
        let subtotal = Amount::of(money.shown(), totals.known_subtotal);
        let stages_rounding = subtotal.rest_of(stages.iter().copied());
        let buffer = totals.buffer.filter(|_| totals.total.is_some());
        let sums = Sums::of(money.shown(), [totals.subtotal, buffer, totals.total]);
        Amounts { stages, subtotal, stages_rounding, sums }
    }
}

/// The line of the cap: its label, and the share of it that the total takes or the money that it is over; `None` if there is no
/// cap or nothing to compare.
pub(super) fn cap(report: &Report<'_>) -> Option<(String, String)> {
    let over = |total, cap, currency| words::over_by(total, cap, currency, &report.budget.shown);
    Some(match against_cap(report.budget, &report.estimate.totals) {
        CapState::Within { total, cap, currency } => (words::report_cap(currency.show(cap)), share(total, cap)),
        CapState::Over { total, cap, currency } => {
            (words::report_cap_over(currency.show(cap)), words::cap_over(over(total, cap, currency)))
        }
        CapState::OverAtLeast { known, cap, currency } => {
            (words::report_cap_over(currency.show(cap)), words::cap_over_at_least(over(known, cap, currency)))
        }
        CapState::Unknown => {
            let cap = report.budget.cap()?;
            let currency = cap.currency.unwrap_or(report.budget.shown.currency);
            (words::report_cap(currency.show(cap.amount)), unknown())
        }
        CapState::None | CapState::WrongCurrency { .. } => return None,
    })
}

/// `total` as a percentage of `cap`.
fn share(total: Decimal, cap: Decimal) -> String {
    percent_of(total, cap).map_or_else(unknown, words::percent)
}
