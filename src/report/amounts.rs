//! Amounts as people see them: in the project's currency, rounded so that the shown parts add up to the shown total.

use super::Report;
use crate::cost::base::money::{Currency, Decimal, plus, quotient, rounded, rounded_parts, times};
use crate::cost::estimate::{CapState, against_cap};
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

    /// USD in the shown currency, unrounded.
    pub(super) fn convert(&self, usd: Decimal) -> Option<Decimal> {
        if self.is_converted() { self.report.budget.shown.from_usd(usd) } else { Some(usd) }
    }

    /// An amount of the shown currency with its symbol, `≈` before it where it was converted.
    pub(super) fn show(&self, amount: Decimal, digits: u32) -> String {
        let sign = if self.is_converted() { "≈" } else { "" };
        format!("{sign}{}", self.currency.show_with_digits(amount, digits))
    }

    /// A total in USD as it is shown.
    pub(super) fn total(&self, usd: Option<Decimal>) -> String {
        let amount = usd.and_then(|usd| self.convert(usd));
        amount.map_or_else(unknown, |amount| self.show(amount, self.currency.digits()))
    }

    /// A price of one thing in USD as it is shown: two digits more than totals have.
    pub(super) fn each(&self, usd: Option<Decimal>) -> String {
        let amount = usd.and_then(|usd| self.convert(usd));
        amount.map_or_else(unknown, |amount| self.show(amount, self.currency.digits() + 2))
    }
}

/// The shown amounts of a report, one part for each stage of each line, in their order.
pub(super) struct Amounts {
    /// What is known of each stage, rounded.
    pub(super) stages: Vec<Decimal>,
    /// The sum of `stages`.
    pub(super) subtotal: Decimal,
    /// All buffers together; none where a line has no price.
    pub(super) buffer: Option<Decimal>,
    /// Subtotal and buffer; none where a line has no price.
    pub(super) total: Option<Decimal>,
    /// False where digits ran out, so that parts were rounded one by one.
    pub(super) adds_up: bool,
}

impl Amounts {
    pub(super) fn of(report: &Report<'_>, money: &Money<'_>) -> Amounts {
        let digits = money.currency.digits();
        let shown = |usd: Decimal| money.convert(usd).unwrap_or_default();
        let stages = report.estimate.lines.iter().flat_map(|line| &line.stages);
        let mut parts: Vec<Decimal> = stages.map(|stage| shown(stage.known)).collect();
        let totals = &report.estimate.totals;
        let buffer = totals.buffer.filter(|_| totals.total.is_some());
        parts.extend(buffer.map(shown));
        let together = rounded_parts(&parts, digits).ok();
        let adds_up = together.is_some();
        let mut parts = together.unwrap_or_else(|| parts.iter().map(|part| rounded(*part, digits)).collect());
        let buffer = buffer.and_then(|_| parts.pop());
        let sum = |parts: &[Decimal]| parts.iter().try_fold(Decimal::ZERO, |sum, part| plus(sum, *part).ok());
        let own = |usd: Decimal| rounded(shown(usd), digits);
        let subtotal = sum(&parts).filter(|_| adds_up).unwrap_or_else(|| own(totals.known_subtotal));
        let total = buffer.and_then(|buffer| plus(subtotal, buffer).ok()).filter(|_| adds_up);
        let total = total.or_else(|| totals.total.map(own));
        Amounts { stages: parts, subtotal, buffer, total, adds_up }
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
    let percent = quotient(total, cap).and_then(|share| times(share.round_dp(12), Decimal::ONE_HUNDRED).ok());
    percent.map_or_else(unknown, |percent| words::percent(rounded(percent, 0)))
}
