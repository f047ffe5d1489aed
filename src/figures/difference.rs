//! A bill's difference from the official one with its parts, each to a hundredth of the currency's smallest unit.

use super::Amount;
use crate::cost::base::money::Shown;
use crate::cost::bill::{Bill, Why};

/// Decimals of a difference and its parts beyond those of the currency: they are fractions of a cent.
const FINER: u32 = 2;

/// A difference as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The whole difference.
    pub amount: Amount,
    /// Its causes, in the order of the walk from one bill to the other.
    pub parts: Vec<(Why, Amount)>,
}

impl Difference {
    /// The difference of a bill; `None` if it has no known difference.
    #[must_use]
    pub fn of(shown: &Shown, bill: &Bill) -> Option<Difference> {
        let amount = Amount::of_fraction(shown, &bill.difference()?, FINER)?;
        let parts = bill.parts.iter().map(|part| Some((part.why, Amount::of_fraction(shown, &part.usd, FINER)?)));
        Some(Difference { amount, parts: parts.collect::<Option<_>>()? })
    }

    /// The rounding between the difference and its parts as shown; `None` if they add up.
    #[must_use]
    pub fn rounding(&self) -> Option<Amount> {
        let parted = !self.parts.is_empty();
        self.amount.rest_of(self.parts.iter().map(|(_, part)| *part)).filter(|_| parted)
    }
}
