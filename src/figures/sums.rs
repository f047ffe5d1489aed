//! Subtotal, buffer and total as shown below each other, and the rounding between them.

use super::Amount;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::estimate::Estimate;

/// A subtotal, the buffer on it, what else is paid, and their sum as shown; what is `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Before the buffer; `None` if a part is unknown.
    pub subtotal: Option<Amount>,
    /// The buffer.
    pub buffer: Option<Amount>,
    /// The extra for packs or a plan; `None` also if nothing is bought.
    pub extra: Option<Amount>,
    /// All of them.
    pub total: Option<Amount>,
}

impl Sums {
    /// Amounts of USD, each rounded for itself.
    #[must_use]
    pub fn of(shown: &Shown, [subtotal, buffer, total]: [Option<Decimal>; 3]) -> Sums {
        let amount = |usd: Option<Decimal>| usd.map(|usd| Amount::of(shown, usd));
        Sums { subtotal: amount(subtotal), buffer: amount(buffer), extra: None, total: amount(total) }
    }

    /// Fractions of USD, each rounded for itself; the buffer is what the total has beyond the subtotal and the extra.
    #[must_use]
    pub fn of_fractions(shown: &Shown, subtotal: &Fraction, total: &Fraction, extra: Option<&Fraction>) -> Sums {
        let amount = |usd: &Fraction| Amount::of_fraction(shown, usd, 0);
        let before = extra.map_or_else(|| total.clone(), |extra| total - extra);
        let buffer = &before - subtotal;
        Sums {
            subtotal: amount(subtotal),
            buffer: amount(&buffer),
            extra: extra.and_then(amount),
            total: amount(total),
        }
    }

    /// Subtotal, buffer and total of a project, each marked as approximate where it is.
    #[must_use]
    pub fn of_project(shown: &Shown, estimate: &Estimate) -> Sums {
        let totals = &estimate.totals;
        let sums = Sums::of(shown, [totals.subtotal, totals.buffer, totals.total]);
        let marked = if totals.approximate { sums.about() } else { sums };
        let buffer = sums.buffer.map(|buffer| buffer.about_if(totals.about.buffer));
        Sums { buffer, ..marked }
    }

    /// The same amounts, each marked as approximate.
    #[must_use]
    pub fn about(self) -> Sums {
        self.each(Amount::about)
    }

    /// The same amounts, each changed.
    #[must_use]
    pub fn each(self, change: impl Fn(Amount) -> Amount) -> Sums {
        let change = |amount: Option<Amount>| amount.map(&change);
        Sums {
            subtotal: change(self.subtotal),
            buffer: change(self.buffer),
            extra: change(self.extra),
            total: change(self.total),
        }
    }

    /// The rounding between the total and its parts as shown; `None` if they add up or one is unknown.
    #[must_use]
    pub fn rounding(&self) -> Option<Amount> {
        self.total?.rest_of([self.subtotal?, self.buffer?].into_iter().chain(self.extra))
    }
}
