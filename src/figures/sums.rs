//! Subtotal, buffer and total as shown below each other, and the rounding between them.

use super::Amount;
use crate::cost::base::money::{Decimal, Shown};

/// A subtotal, the buffer on it and their sum as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// Before the buffer; `None` if a part is unknown.
    pub subtotal: Option<Amount>,
    /// The buffer.
    pub buffer: Option<Amount>,
    /// Both.
    pub total: Option<Amount>,
}

impl Sums {
    /// Amounts of USD, each rounded for itself.
    #[must_use]
    pub fn of(shown: &Shown, [subtotal, buffer, total]: [Option<Decimal>; 3]) -> Sums {
        let amount = |usd: Option<Decimal>| usd.map(|usd| Amount::of(shown, usd));
        Sums { subtotal: amount(subtotal), buffer: amount(buffer), total: amount(total) }
    }

    /// The rounding between the total and its parts as shown; `None` if they add up or one is unknown.
    #[must_use]
    pub fn rounding(&self) -> Option<Amount> {
        self.total?.rest_of([self.subtotal?, self.buffer?])
    }
}
