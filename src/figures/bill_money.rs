//! The money of one bill as shown: ≈ where it rests on what is only about right, and none where it is as the seller lists it.

use super::Amount;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Shown;
use crate::cost::bill::{AboutWork, Bill, Card, Certainty};
use crate::words;

/// How the amounts of a bill are shown.
#[derive(Debug, Clone, Copy)]
pub struct BillMoney<'a> {
    shown: &'a Shown,
    certainty: Certainty,
    /// Whether what it differs by from the official bill is only about right.
    pub is_difference_about: bool,
    /// Whether the parts of that are.
    pub are_parts_about: bool,
}

impl<'a> BillMoney<'a> {
    /// Of a bill by a card for this work.
    #[must_use]
    pub fn of(shown: &'a Shown, card: &Card, bill: &Bill, work: AboutWork) -> BillMoney<'a> {
        BillMoney {
            shown,
            certainty: bill.certainty(card, work),
            is_difference_about: bill.is_difference_about(card, work),
            are_parts_about: bill.are_parts_about(card, work),
        }
    }

    /// An amount of the bill as it is shown, marked as it has to be.
    #[must_use]
    pub fn mark(&self, amount: Amount) -> Amount {
        match self.certainty {
            Certainty::Exact => amount,
            Certainty::ExactAsShown => amount.exact(),
            Certainty::About => amount.about(),
        }
    }

    /// An amount of USD of the bill with some decimals beyond those of a total; `None` if no decimal is near enough.
    #[must_use]
    pub fn amount(&self, usd: &Fraction, digits: u32) -> Option<Amount> {
        Amount::of_fraction(self.shown, usd, digits).map(|amount| self.mark(amount))
    }

    /// The same with the digits of a total as text, or the word for an unknown amount.
    #[must_use]
    pub fn told(&self, usd: &Fraction) -> String {
        self.amount(usd, 0).map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string())
    }

    /// Whether the digits of an amount end, in USD or in the currency that the seller lists it in.
    #[must_use]
    pub fn ends(&self, usd: &Fraction) -> bool {
        let rate = self.shown.exchange.as_ref().filter(|_| self.certainty == Certainty::ExactAsShown);
        rate.map_or_else(|| usd.exact(), |exchange| (usd * &Fraction::from(exchange.rate)).exact()).is_some()
    }
}
