//! What became of the total that was locked as the baseline: at today's prices, and the part that prices changed.

use crate::cost::base::money::{Currency, Decimal, Shown, plus};
use crate::cost::budget::{Budget, Catalog};
use crate::cost::estimate::{Estimate, estimate};
use jiff::civil::Date;

/// The change of a total since it was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The day of the lock.
    pub on: Date,
    /// The locked total, in `currency`.
    pub locked: Decimal,
    /// The currency of all amounts here.
    pub currency: Currency,
    /// Today's total at today's built-in prices less the locked one; `None` if it is unknown, or in another currency.
    pub change: Option<Decimal>,
    /// The part of the change that prices made; `None` if the prices of the lock are not known any more.
    pub by_prices: Option<Decimal>,
}

/// What became of the locked total in this budget; `None` if none is locked.
///
/// Prices: the pinned ones of the project count as those of the lock if they all were checked on the day that the baseline
/// names. Today's are the built-in ones.
#[must_use]
pub fn since(budget: &Budget, estimate_of_it: &Estimate, catalog: &Catalog, today: Date) -> Option<Since> {
    let baseline = &budget.baseline;
    let (on, locked) = (baseline.on?, baseline.total?);
    let currency = baseline.currency.unwrap_or(budget.shown.currency);
    let amount = |usd: Option<Decimal>| in_currency(&budget.shown, currency, usd?);
    let own = amount(estimate_of_it.totals.total);
    let repriced = if budget.pins.is_empty() {
        own
    } else {
        let unpinned = Budget { pins: Default::default(), ..budget.clone() };
        amount(estimate(&unpinned, catalog, today).totals.total)
    };
    let difference = |a: Option<Decimal>, b: Option<Decimal>| plus(a?, -b?).ok();
    let prices_of_lock = baseline
        .prices
        .is_some_and(|day| estimate_of_it.models().all(|model| budget.card(model).provenance.checked == Some(day)));
    let by_prices = difference(repriced, own).filter(|_| prices_of_lock);
    Some(Since { on, locked, currency, change: difference(repriced, Some(locked)), by_prices })
}

fn in_currency(shown: &Shown, currency: Currency, usd: Decimal) -> Option<Decimal> {
    match currency {
        Currency::USD => Some(usd),
        _ if currency == shown.currency => shown.from_usd(usd),
        _ => None,
    }
}
