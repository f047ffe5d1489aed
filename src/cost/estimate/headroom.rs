//! How far a deliverable's total may rise before the project crosses its cap.

use crate::cost::base::money::{Currency, Decimal, plus, quotient};
use crate::cost::budget::Budget;
use crate::cost::estimate::estimate::Estimate;

/// What a deliverable's total may still rise before the last total crosses the cap, in USD; below 0 if it is over already. `None`
/// without a cap, or where the total or what comes on it is unknown.
#[must_use]
pub fn headroom(budget: &Budget, estimate: &Estimate) -> Option<Decimal> {
    let cap = budget.cap()?;
    let shown = &budget.shown;
    let cap = match cap.currency.unwrap_or(shown.currency) {
        Currency::USD => cap.amount,
        currency if currency == shown.currency => quotient(cap.amount, shown.exchange.as_ref()?.rate)?,
        _ => return None,
    };
    let left = plus(cap, -estimate.totals.total?).ok()?;
    let open = estimate.assumptions.as_ref()?;
    [&open.markup, &open.tax].into_iter().try_fold(left, |left, rate| {
        let hundredfold = left.checked_mul(Decimal::ONE_HUNDRED).filter(|_| rate.readable)?;
        quotient(hundredfold, plus(rate.value, Decimal::ONE_HUNDRED).ok()?)
    })
}
