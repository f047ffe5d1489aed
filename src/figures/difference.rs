//! A bill's difference from the official one with its parts, each to a hundredth of the currency's smallest unit.

use super::Amount;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Shown;
use crate::cost::bill::{Bill, Why};

/// Decimals of a difference and its parts beyond those of the currency: they are fractions of a cent.
const FINER: u32 = 2;

/// A difference as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The whole difference.
    pub amount: Amount,
    /// Whether the bill is below the official one, by however little.
    pub is_saving: bool,
    /// Its causes, in the order of the walk from one bill to the other.
    pub parts: Vec<(Why, Amount)>,
}

impl Difference {
    /// The difference of a bill; `None` if it has no known difference.
    #[must_use]
    pub fn of(shown: &Shown, bill: &Bill) -> Option<Difference> {
        let exact = bill.difference()?;
        let amount = Amount::of_fraction(shown, &exact, FINER)?;
        let parts = bill.parts.iter().map(|part| Some((part.why, Amount::of_fraction(shown, &part.usd, FINER)?)));
        Some(Difference { amount, is_saving: exact.is_negative(), parts: parts.collect::<Option<_>>()? })
    }

    /// The difference of a share in a purchase, in USD: approximate, and without parts.
    #[must_use]
    pub fn of_share(shown: &Shown, usd: &Fraction) -> Option<Difference> {
        let amount = Amount::of_fraction(shown, usd, FINER)?.about();
        Some(Difference { amount, is_saving: usd.is_negative(), parts: Vec::new() })
    }

    /// The part that a cause has in it; `None` if it has none.
    #[must_use]
    pub fn part(&self, why: Why) -> Option<Amount> {
        self.parts.iter().find(|(part, _)| *part == why).map(|(_, amount)| *amount)
    }

    /// The rounding between the difference and its parts as shown; `None` if they add up.
    #[must_use]
    pub fn rounding(&self) -> Option<Amount> {
        let parted = !self.parts.is_empty();
        self.amount.rest_of(self.parts.iter().map(|(_, part)| *part)).filter(|_| parted)
    }
}
