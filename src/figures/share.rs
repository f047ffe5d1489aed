//! Shares in whole percent, and credits.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, quotient, rounded, times};

/// A part as whole percent of a total; `None` if the total is zero or digits run out.
#[must_use]
pub fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = quotient(part, whole)?.round_dp(12);
    Some(rounded(times(share, Decimal::ONE_HUNDRED).ok()?, 0))
}

/// Credits with all their digits, or with two decimals if the digits do not end.
#[must_use]
pub fn credits(count: &Fraction) -> Decimal {
    let nearest = count.nearest().unwrap_or_default();
    if count.exact().is_some() { nearest } else { nearest.round_dp(2) }
}
