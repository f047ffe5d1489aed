//! The retry factor as a rational number, the ways to write it, and how many images of a call may be kept.

use crate::cost::base::limits::FACTOR_MAX;
use crate::cost::base::money::{Decimal, Inexact, plus, times, trim_zeros};
use num_integer::Integer;

/// Images generated per accepted final (tries), a/b in lowest terms, from 1 to 1,000.
///
/// Rational, because 60 % accepted is 5/3: a quotient rounded to 28 digits would not make 3 finals 5 images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Factor {
    a: u128,
    b: u128,
}

impl Factor {
    /// One try per final.
    pub const ONE: Factor = Factor { a: 1, b: 1 };

    /// A factor of exactly `a/b`; `None` if outside 1 to 1,000.
    #[must_use]
    pub fn new(a: u128, b: u128) -> Option<Factor> {
        if b == 0 || a < b || a > b.checked_mul(u128::from(FACTOR_MAX))? {
            return None;
        }
        let divisor = a.gcd(&b);
        Some(Factor { a: a / divisor, b: b / divisor })
    }

    /// A decimal factor, exactly.
    #[must_use]
    pub fn from_decimal(factor: Decimal) -> Option<Factor> {
        let factor = trim_zeros(factor);
        Factor::new(u128::try_from(factor.mantissa()).ok()?, 10_u128.checked_pow(factor.scale())?)
    }

    /// The factor for an acceptance rate in percent: 40 is 5/2.
    #[must_use]
    pub fn from_accepted_percent(percent: Decimal) -> Option<Factor> {
        let percent = trim_zeros(percent);
        let accepted = u128::try_from(percent.mantissa()).ok()?;
        Factor::new(10_u128.checked_pow(percent.scale())?.checked_mul(100)?, accepted)
    }

    /// Numerator in lowest terms.
    #[must_use]
    pub fn a(self) -> u128 {
        self.a
    }

    /// Denominator in lowest terms.
    #[must_use]
    pub fn b(self) -> u128 {
        self.b
    }

    /// The factor to at most 28 digits. For display only.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        self.quotient(self.a, self.b)
    }

    /// Acceptance: finals per hundred images generated, to at most 28 digits. For display only.
    #[must_use]
    pub fn accepted_percent(self) -> Decimal {
        self.quotient(self.b.saturating_mul(100), self.a)
    }

    fn quotient(self, a: u128, b: u128) -> Decimal {
        // 27 digits after the point fit every factor up to 1,000; trailing zeros are cut, so a decimal factor is unchanged.
        let whole = a / b;
        let mut rest = a % b;
        let mut mantissa = whole;
        let mut scale = 0;
        while rest != 0 && scale < 27 && mantissa < 10_u128.pow(26) {
            let (Some(raised), Some(longer)) = (rest.checked_mul(10), mantissa.checked_mul(10)) else { break };
            mantissa = longer + raised / b;
            rest = raised % b;
            scale += 1;
        }
        if rest >= b - rest {
            mantissa += 1;
        }
        i128::try_from(mantissa)
            .ok()
            .and_then(|m| Decimal::try_from_i128_with_scale(m, scale).ok())
            .unwrap_or(Decimal::ONE)
            .normalize()
    }
}

/// How much experience a factor is based on; it decides the spread, never the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// A guess, worth 4 accepted finals.
    Guess,
    /// Some experience, worth 8; the default.
    Some,
    /// Measured, worth 16.
    Measured,
    /// Well known, worth 32.
    WellKnown,
    /// Certain.
    Fixed,
    /// Worth this many accepted finals, from 3 to 1,000.
    Worth(Decimal),
}

impl Confidence {
    /// The words that files use.
    pub const WORDS: [(&'static str, Confidence); 5] = [
        ("guess", Confidence::Guess),
        ("some", Confidence::Some),
        ("measured", Confidence::Measured),
        ("well-known", Confidence::WellKnown),
        ("fixed", Confidence::Fixed),
    ];
}

/// A retry factor as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// A number of tries per final.
    Factor {
        /// From 1 to 1,000.
        factor: Decimal,
        /// The confidence, if the file states it.
        confidence: Option<Confidence>,
    },
    /// Acceptance: the share of images kept.
    Accepted {
        /// Percent, from 0.1 to 100.
        percent: Decimal,
        /// The confidence, if the file states it.
        confidence: Option<Confidence>,
    },
    /// Evidence: so many images were kept of those that were made, at least one and not more than all.
    Kept {
        /// Images that were kept: the experience that it is worth.
        kept: u64,
        /// Images that were made.
        made: u64,
    },
    /// A range; the estimate uses its mean.
    Range {
        /// P10.
        low: Decimal,
        /// P50.
        likely: Decimal,
        /// P90.
        high: Decimal,
    },
    /// A named profile, built in or from the project.
    Profile(String),
}

impl Retry {
    /// A plain factor without a word about confidence.
    #[must_use]
    pub fn plain(factor: Decimal) -> Retry {
        Retry::Factor { factor, confidence: None }
    }

    /// The factor that the estimate uses; `None` for a profile (look it up first) or a value out of range.
    ///
    /// The mean of a range is .3·low + .4·likely + .3·high, exactly.
    #[must_use]
    pub fn mean(&self) -> Option<Factor> {
        match self {
            Retry::Factor { factor, .. } => Factor::from_decimal(*factor),
            Retry::Accepted { percent, .. } => Factor::from_accepted_percent(*percent),
            // Exactly: 20 of 70 is 7/2, and 3 of 7 has endless decimals.
            Retry::Kept { kept, made } => Factor::new(u128::from(*made), u128::from(*kept)),
            Retry::Range { low, likely, high } => {
                let ordered = low <= likely && likely <= high;
                ordered.then(|| range_mean(*low, *likely, *high).ok()).flatten()
            }
            Retry::Profile(_) => None,
        }
    }
}

fn range_mean(low: Decimal, likely: Decimal, high: Decimal) -> Result<Factor, Inexact> {
    let weighed = plus(times(plus(low, high)?, Decimal::new(3, 1))?, times(likely, Decimal::new(4, 1))?)?;
    Factor::from_decimal(weighed).ok_or(Inexact)
}

/// How many images of one call may become finals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// At most one image of a call: each final has its own prompt.
    One,
    /// Any number of a call's images.
    Many,
}

impl Pick {
    /// As files spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["one", "many"][self as usize]
    }

    /// Parses `one` or `many`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Pick> {
        [Pick::One, Pick::Many].into_iter().find(|pick| pick.name().eq_ignore_ascii_case(text.trim()))
    }
}
