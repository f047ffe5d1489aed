//! Cheaper legal sizes with the same ratio: a larger size can be cheaper, so every size of the ratio is priced.

use crate::cost::base::money::{Decimal, quotient, times};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Budget;
use crate::cost::rates::rate_card::{Meter, Model, ServiceTier};

/// A size that costs less than the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cheaper {
    /// A legal size with exactly the same ratio.
    pub size: Size,
    /// Output tokens of one image.
    pub tokens: u64,
    /// USD of its output tokens; `None` if the rate is not known.
    pub price: Option<Decimal>,
    /// Output tokens saved compared to the present size, in percent to one decimal.
    pub saving_percent: Decimal,
    /// Whether the number of tokens of either size is approximate, and with it what is saved.
    pub approximate: bool,
}

/// Cheaper sizes with the same ratio, cheapest first; at equal prices the larger first.
#[must_use]
pub fn cheaper(model: &Model, size: Size, quality: Quality, rate: Option<Decimal>) -> Vec<Cheaper> {
    let Some(now) = model.output.count(size, quality) else { return Vec::new() };
    let mut found: Vec<Cheaper> = model
        .sizes
        .legal_sizes_of_shape(size)
        .filter_map(|other| {
            let tokens = model.output.count(other, quality)?;
            (tokens < now).then(|| Cheaper {
                size: other,
                tokens,
                price: price(tokens, rate),
                saving_percent: saving_percent(now, tokens),
                approximate: [size, other].iter().any(|size| model.output.is_approximate(*size, quality)),
            })
        })
        .collect();
    found.sort_by_key(|cheaper| (cheaper.tokens, std::cmp::Reverse(cheaper.size.pixels())));
    found
}

/// USD of the output tokens of one image.
#[must_use]
pub fn price(tokens: u64, rate: Option<Decimal>) -> Option<Decimal> {
    let millionths = times(Decimal::from(tokens), rate?).ok()?;
    times(millionths, Decimal::new(1, 6)).ok().map(|usd| usd.normalize())
}

/// The rate that the budget uses for a model's output.
#[must_use]
pub fn output_rate(budget: &Budget, model: &Model, service: ServiceTier) -> Option<Decimal> {
    budget.card(model).rates(service)?.get(Meter::ImageOutput)
}

fn saving_percent(now: u64, tokens: u64) -> Decimal {
    let share = quotient(Decimal::from((now - tokens) * 100), Decimal::from(now)).unwrap_or(Decimal::ZERO);
    crate::cost::base::money::rounded(share, 1)
}
