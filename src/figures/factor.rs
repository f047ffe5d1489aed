//! Retry factors as shown: many are fractions whose decimals do not end.

use crate::cost::base::money::rounded;
use crate::cost::base::retry::{Factor, Retry};
use crate::cost::budget::Value;
use crate::words;
use crate::words::number::plain;

/// Whether three decimals show the whole factor.
#[must_use]
pub fn is_short(factor: Factor) -> bool {
    Factor::from_decimal(rounded(factor.to_decimal(), 3)) == Some(factor)
}

/// The factor in full if it is short, else to two decimals with ≈: `2.00×`, `≈1.67×`.
#[must_use]
pub fn factor(factor: Factor) -> String {
    if is_short(factor) {
        return words::factor(factor);
    }
    format!("≈{}", words::value(&Value::Retry(Retry::plain(rounded(factor.to_decimal(), 2)))))
}

/// The mean of a range of factors, to two decimals: `2.17`.
#[must_use]
pub fn mean(factor: Factor) -> String {
    plain(rounded(factor.to_decimal(), 2))
}

/// The factor in a printed table: at least two decimals, a fraction if decimals would not be exact, and ≈ only if the fraction
/// is long.
#[must_use]
pub fn printed_factor(factor: Factor) -> String {
    let exact = factor.to_decimal();
    if exact.scale() <= 4 {
        return rounded(exact, exact.scale().max(2)).to_string();
    }
    if factor.b() < 1000 { format!("{}/{}", factor.a(), factor.b()) } else { format!("≈{}", rounded(exact, 3)) }
}

/// The acceptance rate that corresponds to a factor, to a tenth of a percent.
#[must_use]
pub fn accepted(factor: Factor) -> String {
    words::percent(plain(rounded(factor.accepted_percent(), 1)))
}
