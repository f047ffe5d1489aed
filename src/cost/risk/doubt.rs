//! What is known of one retry factor, as decimals.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Factor, Retry};
use crate::cost::budget::{Budget, Catalog};
use crate::cost::risk::answer::decimal;
use crate::cost::risk::describe::fitted;

/// The tries per final that 1 in 10 cases stays below, and that 1 in 10 passes; `None` if the factor is certain.
#[must_use]
pub fn between(retry: &Retry, factor: Factor, budget: &Budget, catalog: &Catalog) -> Option<(Decimal, Decimal)> {
    let prior = fitted(retry, factor, budget, catalog).prior;
    (!prior.is_certain()).then(|| (decimal(prior.quantile(0.1)), decimal(prior.quantile(0.9))))
}
