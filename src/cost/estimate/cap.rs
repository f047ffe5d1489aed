//! The total compared with the project's cap.

use crate::cost::base::money::{Currency, Decimal, exceeds};
use crate::cost::budget::Budget;
use crate::cost::estimate::totals::Totals;

/// The total compared with the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapState {
    /// There is no cap.
    None,
    /// The total is unknown, or cannot be converted to the cap's currency.
    Unknown,
    /// At or under the cap.
    Within {
        /// In the cap's currency, unrounded unless converted.
        total: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// Over the cap.
    Over {
        /// In the cap's currency, unrounded unless converted.
        total: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// Part of the total is unknown, and the known part alone is over the cap.
    OverAtLeast {
        /// The least that the total can be, in the cap's currency: the known part, before the buffer of lines
        /// without a price.
        known: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// The cap is in a currency that is neither USD nor the project's.
    WrongCurrency {
        /// The cap's currency.
        cap: Currency,
        /// The project's.
        project: Currency,
    },
}

/// Compares the unrounded total with the project's cap; what a conversion leaves over is not over.
#[must_use]
pub fn against_cap(budget: &Budget, totals: &Totals) -> CapState {
    let Some(cap) = budget.cap() else { return CapState::None };
    let project = budget.shown.currency;
    let currency = cap.currency.unwrap_or(project);
    if currency != Currency::USD && currency != project {
        return CapState::WrongCurrency { cap: currency, project };
    }
    let converted = |usd| if currency == Currency::USD { Some(usd) } else { budget.shown.from_usd(usd) };
    match totals.total.and_then(converted) {
        None => match totals.invoice.least.and_then(converted) {
            Some(known) if exceeds(known, cap.amount) => CapState::OverAtLeast { known, cap: cap.amount, currency },
            _ => CapState::Unknown,
        },
        Some(total) if exceeds(total, cap.amount) => CapState::Over { total, cap: cap.amount, currency },
        Some(total) => CapState::Within { total, cap: cap.amount, currency },
    }
}
