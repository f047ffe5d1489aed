//! Money for credits: at a rate, in packs, or by plan; what is left over, and what is lost.

use super::card::{Pay, Period, Plan};
use super::fraction::Fraction;
use super::packs::{Combination, cheapest};
use crate::cost::money::{Decimal, plus, times};

/// The longest work that a plan is reckoned for, in months.
pub const MONTHS_MAX: u32 = 120;

/// One way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Any number of credits at one rate.
    Rate,
    /// Packs alone.
    Packs,
    /// The plan at this place of the card, packs on top where it has no price for more credits.
    Plan(usize),
}

/// A way to pay with its list price, which does not depend on how much is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The way.
    pub way: Way,
    /// USD for one credit when everything that is bought is used: the rate, the pack of best value, or the plan's fee by
    /// its credits.
    pub unit: Fraction,
}

/// What is bought for a number of credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// How it is paid.
    pub offer: Offer,
    /// Months that the work is spread over, evenly.
    pub months: u32,
    /// Credits that the work takes, whole.
    pub needed: Decimal,
    /// Everything that is paid.
    pub usd: Fraction,
    /// Fees of the plan.
    pub fees: Decimal,
    /// Credits that come with the fees.
    pub included: Decimal,
    /// Credits beyond those of the plan that are paid one by one, and their price.
    pub overage: (Decimal, Fraction),
    /// Packs, by the card's order; one entry for each time that packs are bought because earlier ones expire.
    pub packs: Vec<Combination>,
    /// Credits that are paid for and not used.
    pub leftover: Decimal,
    /// Of those, credits that are lost: a plan's at the end of its months, a pack's where packs expire.
    pub lost: Decimal,
    /// Months from the start until packs that are left over expire; none where they are kept or nothing is left of packs.
    pub expires_after: Option<u32>,
    /// Whether no cheaper combination of packs exists.
    pub proven: bool,
}

impl Purchase {
    /// USD that the credits left over are worth at the list price.
    #[must_use]
    pub fn leftover_worth(&self) -> Fraction {
        &self.offer.unit * &Fraction::from(self.leftover)
    }

    /// USD by which the packs cost more than the same credits at the list price.
    pub(super) fn pack_surcharge(&self) -> Fraction {
        self.packs.iter().fold(Fraction::zero(), |sum, bought| {
            let listed = &self.offer.unit * &Fraction::from(Decimal::from(bought.credits));
            &sum + &(&Fraction::from(bought.usd) - &listed)
        })
    }

    /// USD by which the fees are more than their credits at the list price.
    pub(super) fn fee_surcharge(&self) -> Fraction {
        &Fraction::from(self.fees) - &(&self.offer.unit * &Fraction::from(self.included))
    }

    /// USD by which credits beyond the plan's cost more than at the list price.
    pub(super) fn overage_surcharge(&self) -> Fraction {
        &self.overage.1 - &(&self.offer.unit * &Fraction::from(self.overage.0))
    }
}

impl Pay {
    /// Every way to pay, in the order of the card.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        if let Some(unit) = self.per_credit() {
            offers.push(Offer { way: Way::Rate, unit });
        }
        let best = super::packs::best_value(&self.packs).map(|at| &self.packs[at]);
        let by_pack = best.and_then(|pack| Fraction::of(pack.usd, Decimal::from(pack.credits)));
        if let Some(unit) = by_pack.clone() {
            offers.push(Offer { way: Way::Packs, unit });
        }
        for (at, plan) in self.plans.iter().enumerate() {
            let months = Decimal::from(period_months(plan));
            let included = times(Decimal::from(plan.credits), months).unwrap_or_default();
            let beyond = || plan.overage.map(Fraction::from).or_else(|| by_pack.clone());
            if let Some(unit) = Fraction::of(plan.usd, included).or_else(beyond) {
                offers.push(Offer { way: Way::Plan(at), unit });
            }
        }
        offers
    }

    /// What has to be bought in one way for a number of credits over some months; none where that way does not reach so far.
    #[must_use]
    pub fn buy(&self, offer: &Offer, credits: Decimal, months: u32) -> Option<Purchase> {
        let months = months.clamp(1, MONTHS_MAX);
        let mut bought = Purchase {
            offer: offer.clone(),
            months,
            needed: credits,
            usd: Fraction::zero(),
            fees: Decimal::ZERO,
            included: Decimal::ZERO,
            overage: (Decimal::ZERO, Fraction::zero()),
            packs: Vec::new(),
            leftover: Decimal::ZERO,
            lost: Decimal::ZERO,
            expires_after: None,
            proven: true,
        };
        match offer.way {
            Way::Rate => bought.usd = &offer.unit * &Fraction::from(credits),
            _ if credits.is_zero() => {}
            Way::Packs => self.add_packs(&mut bought, credits)?,
            Way::Plan(at) => self.add_plan(&mut bought, self.plans.get(at)?)?,
        }
        Some(bought)
    }

    /// The cheapest way for a number of credits, and every other that reaches so far, cheapest first.
    #[must_use]
    pub fn ways(&self, credits: Decimal, months: u32) -> Vec<Purchase> {
        let mut ways: Vec<Purchase> =
            self.offers().iter().filter_map(|offer| self.buy(offer, credits, months)).collect();
        ways.sort_by(|a, b| a.usd.cmp(&b.usd));
        ways
    }

    fn add_plan(&self, bought: &mut Purchase, plan: &Plan) -> Option<()> {
        let periods = bought.months.div_ceil(period_months(plan));
        bought.fees = times(plan.usd, Decimal::from(periods)).ok()?;
        let per_month = Decimal::from(plan.credits);
        bought.included = times(per_month, Decimal::from(periods * period_months(plan))).ok()?;
        // Work is spread evenly, and credits of months without work are lost: only those of its own months count.
        let usable = times(per_month, Decimal::from(bought.months)).ok()?;
        let beyond = plus(bought.needed, -usable).ok()?.max(Decimal::ZERO);
        let used = plus(bought.needed, -beyond).ok()?;
        bought.lost = plus(bought.included, -used).ok()?;
        bought.leftover = bought.lost;
        bought.usd = Fraction::from(bought.fees);
        match plan.overage {
            _ if beyond.is_zero() => {}
            Some(price) => {
                let usd = &Fraction::from(price) * &Fraction::from(beyond);
                bought.usd = &bought.usd + &usd;
                bought.overage = (beyond, usd);
            }
            None => self.add_packs(bought, beyond)?,
        }
        Some(())
    }

    /// Packs for these credits: bought anew as often as packs expire before the work ends.
    fn add_packs(&self, bought: &mut Purchase, credits: Decimal) -> Option<()> {
        let lasts = self.packs.iter().filter_map(|pack| pack.months).min();
        let window = lasts.unwrap_or(bought.months).max(1);
        let (mut start, mut in_packs) = (0, Decimal::ZERO);
        while start < bought.months {
            let span = window.min(bought.months - start);
            let packs = cheapest(&self.packs, share_of(credits, start, span, bought.months)?)?;
            bought.usd = &bought.usd + &Fraction::from(packs.usd);
            bought.proven &= packs.proven;
            in_packs = plus(in_packs, Decimal::from(packs.credits)).ok()?;
            bought.packs.push(packs);
            bought.expires_after = lasts.map(|_| start + window);
            start += span;
        }
        let rest = plus(in_packs, -credits).ok()?;
        bought.leftover = plus(bought.leftover, rest).ok()?;
        if lasts.is_some() {
            bought.lost = plus(bought.lost, rest).ok()?;
        }
        Some(())
    }
}

fn period_months(plan: &Plan) -> u32 {
    match plan.per {
        Period::Month => 1,
        Period::Year => 12,
    }
}

/// Whole credits for the months from `start` on, of work that is spread evenly: shares of all windows make up the whole.
fn share_of(credits: Decimal, start: u32, span: u32, months: u32) -> Option<u64> {
    let until = |month: u32| {
        let part = times(credits, Decimal::from(month)).ok()?;
        u64::try_from(part.checked_div(Decimal::from(months))?.ceil()).ok()
    };
    until(start + span)?.checked_sub(if start == 0 { 0 } else { until(start)? })
}
