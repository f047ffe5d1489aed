//! The money of a rate card: its currency with the exchange rate, and how credits are bought.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Currency, Decimal, Exchange, Shown};

/// A number of credits sold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The card's name for it.
    pub name: String,
    /// Its price, in the card's currency.
    pub price: Decimal,
    /// Credits in it; above 0.
    pub credits: u64,
    /// Months until its unused credits are lost; `None` if they never expire.
    pub months: Option<u32>,
}

/// How often a plan's fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Each month.
    Month,
    /// Each year; a year that has begun is paid in full.
    Year,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The seller's name for it.
    pub name: String,
    /// The fee of one period, in the card's currency.
    pub price: Decimal,
    /// The period of the fee.
    pub per: Period,
    /// Credits that come with each month and are lost at its end.
    pub credits: u64,
    /// The price of each credit beyond the plan's; `None` if only packs, or nothing, can be added.
    pub overage: Option<Decimal>,
}

/// The ways to pay for credits; empty if nothing is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pay {
    /// (money, credits): credits are sold in any number at this rate.
    pub rate: Option<(Decimal, Decimal)>,
    /// Packs, bought whole.
    pub packs: Vec<Pack>,
    /// Plans.
    pub plans: Vec<Plan>,
}

impl Pay {
    /// The price of one credit if credits are sold in any number.
    #[must_use]
    pub fn per_credit(&self) -> Option<Fraction> {
        self.rate.and_then(|(usd, credits)| Fraction::of(usd, credits))
    }

    /// Whether the price depends on the months of work: plans are paid by the month, and packs may expire.
    #[must_use]
    pub fn depends_on_months(&self) -> bool {
        !self.plans.is_empty() || self.packs.iter().any(|pack| pack.months.is_some())
    }

    /// Whether the price depends on the sum of all work: then only the whole project has an exact price.
    #[must_use]
    pub fn is_pooled(&self) -> bool {
        !self.packs.is_empty() || !self.plans.is_empty()
    }
}

/// A currency with the card's own rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// Units of it for 1 USD, with date and source.
    pub exchange: Option<Exchange>,
}

impl Money {
    /// US dollars.
    #[must_use]
    pub fn usd() -> Money {
        Money { currency: Currency::USD, exchange: None }
    }

    /// The dated rate that it is converted at: the card's own, else that of a project in the same currency; `None` for USD, or
    /// without a rate.
    #[must_use]
    pub fn rate<'a>(&'a self, shown: &'a Shown) -> Option<&'a Exchange> {
        let of_project = shown.exchange.as_ref().filter(|_| shown.currency == self.currency);
        self.exchange.as_ref().or(of_project).filter(|_| self.currency != Currency::USD)
    }

    /// Units for 1 USD; `None` without a rate.
    #[must_use]
    pub fn per_usd(&self, shown: &Shown) -> Option<Decimal> {
        if self.currency == Currency::USD { Some(Decimal::ONE) } else { Some(self.rate(shown)?.rate) }
    }

    /// USD for one unit; `None` without a rate.
    #[must_use]
    pub fn in_usd(&self, shown: &Shown) -> Option<Fraction> {
        Fraction::of(Decimal::ONE, self.per_usd(shown)?)
    }
}
