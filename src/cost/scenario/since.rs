//! What became of the total that was locked as the baseline, and the part of it that prices changed.

use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::base::wide;
use crate::cost::budget::{Budget, Catalog};
use crate::cost::estimate::{Estimate, Totals, estimate};
use crate::cost::rates::rate_card::{Model, TokenCard};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The change of a total since it was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The day of the lock.
    pub on: Date,
    /// The locked total, in `currency`.
    pub locked: Decimal,
    /// The currency of all amounts here.
    pub currency: Currency,
    /// The project's total, at the prices that it is counted with, less the locked one; `None` if it is unknown, or in another
    /// currency.
    pub change: Option<Decimal>,
    /// The part of the change that prices made; `None` if the prices of the lock are not known any more.
    pub by_prices: Option<Decimal>,
}

/// What became of the locked total in this budget; `None` if none is locked.
#[must_use]
pub fn since(budget: &Budget, estimate_of_it: &Estimate, catalog: &Catalog, today: Date) -> Option<Since> {
    let with = |pins| estimate(&Budget { pins, ..budget.clone() }, catalog, today).totals.total;
    since_of(budget, &estimate_of_it.totals, &mut estimate_of_it.models(), with)
}

/// The same of a project whose lines are elsewhere: from its totals and the models in use. `with` tells its total at other
/// pinned prices.
pub(super) fn since_of(
    budget: &Budget,
    totals: &Totals,
    models: &mut dyn Iterator<Item = &Arc<Model>>,
    with: impl FnOnce(Pins) -> Option<Decimal>,
) -> Option<Since> {
    let baseline = &budget.baseline;
    let (on, locked) = (baseline.on?, baseline.total?);
    let currency = baseline.currency.unwrap_or(budget.shown.currency);
    let amount = |usd: Option<Decimal>| in_currency(&budget.shown, currency, usd?);
    let own = amount(totals.total);
    let difference = |a: Option<Decimal>, b: Option<Decimal>| wide::difference(a?, b?).ok();
    let by_prices = match prices_of(baseline.prices, budget, models) {
        Prices::Same => difference(own, own),
        Prices::BuiltIn(pins) => difference(own, amount(with(pins))),
        Prices::Gone => None,
    };
    Some(Since { on, locked, currency, change: difference(own, Some(locked)), by_prices })
}

/// Pinned prices, by card.
pub(super) type Pins = BTreeMap<String, TokenCard>;

/// The prices of the lock, seen from today.
enum Prices {
    /// The project is still counted with them.
    Same,
    /// The built-in ones, which the project's pins replaced: the pins of the lock.
    BuiltIn(Pins),
    /// Neither the project nor the program has them any more.
    Gone,
}

/// Prices are those of the lock if they were checked on the day that the baseline names.
fn prices_of(day: Option<Date>, budget: &Budget, models: &mut dyn Iterator<Item = &Arc<Model>>) -> Prices {
    let Some(day) = day else { return Prices::Gone };
    let is_of_lock = |card: &TokenCard| card.provenance.checked == Some(day);
    let models: Vec<&Arc<Model>> = models.collect();
    if models.iter().all(|model| is_of_lock(budget.card(model))) {
        return Prices::Same;
    }
    let mut then = budget.bare();
    then.pins.retain(|_, card| is_of_lock(card));
    if models.iter().all(|model| is_of_lock(then.card(model))) { Prices::BuiltIn(then.pins) } else { Prices::Gone }
}

fn in_currency(shown: &Shown, currency: Currency, usd: Decimal) -> Option<Decimal> {
    match currency {
        Currency::USD => Some(usd),
        _ if currency == shown.currency => shown.from_usd(usd),
        _ => None,
    }
}
