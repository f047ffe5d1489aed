//! Shares in percent.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, quotient, rounded, times};
use crate::words;
use crate::words::number;

/// A part as whole percent of a total; `None` if the total is zero or digits run out.
#[must_use]
pub fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = quotient(part, whole)?.round_dp(12);
    Some(rounded(times(share, Decimal::ONE_HUNDRED).ok()?, 0))
}

/// Decimals of a percentage for scripts.
const SCRIPT_DIGITS: u32 = 4;

/// A part in percent of a whole, to four decimals, for scripts; `None` if the whole is zero or digits run out.
#[must_use]
pub fn percent_to_places(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = times(quotient(part, whole)?.round_dp(12), Decimal::ONE_HUNDRED).ok()?;
    Some(rounded(percent, SCRIPT_DIGITS))
}

/// A percentage without decimals.
#[must_use]
pub fn whole_percent(percent: Decimal) -> Decimal {
    rounded(percent, 0)
}

/// A difference in percent of what it differs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    value: Decimal,
    approx: bool,
}

impl Percent {
    /// In whole percent from 10 on, else in tenths: below that a tenth matters. `None` if there is nothing to differ from.
    #[must_use]
    pub fn of(difference: &Fraction, whole: &Fraction) -> Option<Percent> {
        let hundredfold = difference * &Fraction::from(Decimal::ONE_HUNDRED);
        let percent = hundredfold.checked_div(whole)?.nearest()?;
        let digits = u32::from(!percent.is_zero() && percent.abs() < Decimal::TEN);
        Some(Percent { value: rounded(percent, digits), approx: false })
    }

    /// The same percentage, marked as approximate.
    #[must_use]
    pub fn about(self) -> Percent {
        Percent { approx: true, ..self }
    }

    /// With a plus sign if it is above 0: `+12%`.
    #[must_use]
    pub fn signed(&self) -> String {
        let about = if self.approx { "≈" } else { "" };
        let plus = if self.value > Decimal::ZERO { "+" } else { "" };
        format!("{about}{}", words::percent(format!("{plus}{}", number::grouped(self.value))))
    }
}
