//! Credits of a bill as shown.

use super::Bound;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, rounded};
use crate::cost::bill::Bill;
use crate::words::number;
use std::fmt;

/// Decimals of credits.
const DIGITS: u32 = 2;

/// A number of credits: its text has at most two decimals, ≈ where it is approximate, ≥ before a lower bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credits {
    /// With all digits, or with two decimals if the digits do not end.
    pub count: Decimal,
    /// Whether the digits do not end.
    pub is_cut: bool,
    /// Whether the card's figures, or the counts that they rest on, are approximate.
    pub approximate: bool,
    /// A lower bound if a part of the work has no price.
    pub bound: Bound,
}

impl Credits {
    /// Credits of all the work with its buffer; `None` if the bill has none, or more than a decimal holds.
    #[must_use]
    pub fn of(bill: &Bill) -> Option<Credits> {
        let count = bill.credits_total.as_ref()?;
        let nearest = count.nearest()?;
        let (is_cut, approximate) = (count.exact().is_none(), bill.approximate);
        let count = if is_cut { rounded(nearest, DIGITS) } else { nearest }.normalize();
        let bound = if bill.credits_complete() { Bound::None } else { Bound::AtLeast };
        Some(Credits { count, is_cut, approximate, bound })
    }

    /// The same number, marked as approximate.
    #[must_use]
    pub fn about(self) -> Credits {
        Credits { approximate: true, ..self }
    }

    /// As [`credits_text`], with ≈ also where they are approximate.
    #[must_use]
    pub fn told(&self) -> String {
        let is_cut = self.is_cut || self.approximate || self.count.scale() > DIGITS;
        format!("{}{}", if is_cut { "≈" } else { "" }, number::plain(rounded(self.count, DIGITS)))
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.approximate { "≈" } else { "" };
        f.pad(&format!("{}{about}{}", self.bound.sign(), number::plain(rounded(self.count, DIGITS))))
    }
}

/// A number of credits in a sentence: two decimals, with ≈ if there are more.
#[must_use]
pub fn credits_text(count: &Fraction) -> String {
    let nearest = number::plain(rounded(count.nearest().unwrap_or_default(), 2));
    if count.exact().is_some_and(|exact| exact.scale() <= 2) { nearest } else { format!("≈{nearest}") }
}
