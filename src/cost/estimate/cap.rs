//! The total compared with the project's cap.

use crate::cost::base::money::{Currency, Decimal, Shown, exceeds};
use crate::cost::budget::{Budget, Cap};
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

/// A cap with the conversion that amounts of USD need before they can be compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<'a> {
    /// The most that may be spent.
    pub cap: Decimal,
    /// Its currency.
    pub currency: Currency,
    shown: &'a Shown,
}

impl<'a> Limit<'a> {
    /// A cap of a project.
    ///
    /// # Errors
    /// The cap's currency if it is neither USD nor the project's.
    pub fn of(shown: &'a Shown, cap: Cap) -> Result<Limit<'a>, Currency> {
        let currency = cap.currency.unwrap_or(shown.currency);
        let comparable = currency == Currency::USD || currency == shown.currency;
        if comparable { Ok(Limit { cap: cap.amount, currency, shown }) } else { Err(currency) }
    }

    /// An amount of USD in the cap's currency; `None` if the exchange rate is missing.
    #[must_use]
    pub fn convert(&self, usd: Decimal) -> Option<Decimal> {
        if self.currency == Currency::USD { Some(usd) } else { self.shown.from_usd(usd) }
    }

    /// The cap in USD, to 28 digits: for a first look only. `None` if the exchange rate is missing.
    #[must_use]
    pub fn usd(&self) -> Option<Decimal> {
        self.cap.checked_div(self.convert(Decimal::ONE)?)
    }

    /// Whether an amount of USD is at or under the cap; `None` if the exchange rate is missing. What a conversion leaves over is
    /// not over.
    #[must_use]
    pub fn admits(&self, usd: Decimal) -> Option<bool> {
        self.convert(usd).map(|amount| !exceeds(amount, self.cap))
    }
}

/// Compares the unrounded total with the project's cap.
#[must_use]
pub fn against_cap(budget: &Budget, totals: &Totals) -> CapState {
    let Some(cap) = budget.cap() else { return CapState::None };
    let project = budget.shown.currency;
    let limit = match Limit::of(&budget.shown, cap) {
        Ok(limit) => limit,
        Err(currency) => return CapState::WrongCurrency { cap: currency, project },
    };
    let currency = limit.currency;
    let converted = |usd| limit.convert(usd);
    match totals.total.and_then(converted) {
        None => match totals.invoice.least.and_then(converted) {
            Some(known) if exceeds(known, cap.amount) => CapState::OverAtLeast { known, cap: cap.amount, currency },
            _ => CapState::Unknown,
        },
        Some(total) if exceeds(total, cap.amount) => CapState::Over { total, cap: cap.amount, currency },
        Some(total) => CapState::Within { total, cap: cap.amount, currency },
    }
}
