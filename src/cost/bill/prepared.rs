//! A card made ready for many lines: its money in USD, the ways to pay for its credits, the steps of its prices.

use super::certainty::Conversion;
use super::pay::Offer;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::rates::card::Card;
use std::sync::Arc;

/// A card with everything that each line needs from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prepared {
    pub(super) card: Arc<Card>,
    /// USD for one unit of the card's currency; `None` if it has no exchange rate.
    pub(super) money: Option<Fraction>,
    pub(super) conversion: Conversion,
    /// Units of the card's currency for 1 USD; 1 without a rate.
    pub(super) per_usd: Decimal,
    pub(super) offers: Vec<Offer>,
    /// Whether what credits cost depends on months that are unknown; then there are no offers.
    pub(super) months_unknown: bool,
    /// The step of its prices in USD, by offer: numerator and divisor. Empty if prices are not rounded to a step.
    pub(super) steps: Vec<(i128, i128)>,
    /// The same in the card's own unit.
    pub(super) step: Decimal,
}

impl Prepared {
    /// What is paid in the end for an amount, with the purchase fee.
    pub(super) fn with_fee(&self, usd: &Fraction) -> Fraction {
        if self.card.fee_percent.is_zero() { usd.clone() } else { usd * &self.card.with_fee() }
    }

    /// USD for one unit of the card's currency; 1 if its rate is unknown, and then nothing is bought.
    pub(super) fn money_or_one(&self) -> Fraction {
        self.money.clone().unwrap_or_else(|| Fraction::from(Decimal::ONE))
    }

    /// The number of ways to pay that have steps.
    pub(super) fn ways(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn new(card: Arc<Card>, shown: &Shown, months: Option<u32>) -> Prepared {
        let money = card.money.in_usd(shown);
        let months_unknown = months.is_none() && card.sells_credits() && card.pay.depends_on_months();
        let offers = match &money {
            Some(money) if card.sells_credits() && !months_unknown => card.pay.offers(money),
            _ => Vec::new(),
        };
        let step = card.step();
        let unit = |offer: Option<&Offer>| {
            let unit = offer.map(|offer| &offer.unit).or(money.as_ref())?;
            (unit * &Fraction::from(step?)).parts()
        };
        let steps: Vec<_> = match card.sells_credits() {
            true => offers.iter().filter_map(|offer| unit(Some(offer))).collect(),
            false => unit(None).into_iter().collect(),
        };
        // A step that no machine integer holds is not a real rounding step.
        let steps = if steps.len() == offers.len().max(1) { steps } else { Vec::new() };
        let per_usd = card.money.per_usd(shown).unwrap_or(Decimal::ONE);
        let conversion = Conversion::of(&card, shown);
        Prepared { card, money, conversion, per_usd, offers, months_unknown, steps, step: step.unwrap_or_default() }
    }
}
