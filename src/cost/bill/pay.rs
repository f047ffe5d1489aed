//! Money for credits: at a rate, in packs, or by plan; what is left over, and what is lost.

use super::packs::{Combination, Shelf};
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::rates::card::{Pack, Pay, Period, Plan};

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
    /// USD for one credit when everything that is bought is used: the rate, the pack of best value, or the plan's fee by its
    /// credits; where credits beyond the plan's are cheaper, their price, so that nothing that is paid is below it.
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
    /// Months that a pack lasts, where packs expire.
    pub pack_months: Option<u32>,
    /// Months from the start until packs that are left over expire; none where they are kept or nothing is left of packs.
    pub expires_after: Option<u32>,
    /// Whether no cheaper combination of packs exists, bought at whatever times.
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
            let beyond = plan.overage.map(Fraction::from).or_else(|| by_pack.clone());
            if let Some(unit) = Fraction::of(plan.usd, included).into_iter().chain(beyond).min() {
                offers.push(Offer { way: Way::Plan(at), unit });
            }
        }
        offers
    }

    /// What has to be bought in one way for a number of credits over some months; none where that way does not reach so far.
    #[must_use]
    pub fn buy(&self, offer: &Offer, credits: Decimal, months: u32) -> Option<Purchase> {
        Shop::new(self, months).buy(offer, credits)
    }

    /// The cheapest way for a number of credits, and every other that reaches so far, cheapest first.
    #[must_use]
    pub fn ways(&self, credits: Decimal, months: u32) -> Vec<Purchase> {
        Shop::new(self, months).ways(&self.offers(), credits)
    }
}

/// The ways to pay over a number of months, with what was found out about packs: an edit asks again for another number of
/// credits.
#[derive(Debug, Clone)]
pub(super) struct Shop {
    months: u32,
    packs: Vec<Pack>,
    plans: Vec<Plan>,
    all: Shelf,
    /// Those packs alone that outlast the work, where some do and some do not.
    lasting: Option<Shelf>,
}

fn outlasts(pack: &Pack, months: u32) -> bool {
    pack.months.is_none_or(|own| own >= months)
}

impl Shop {
    pub(super) fn new(pay: &Pay, months: u32) -> Shop {
        let months = months.clamp(1, MONTHS_MAX);
        let lasting: Vec<Pack> = pay.packs.iter().filter(|pack| outlasts(pack, months)).cloned().collect();
        let some = !lasting.is_empty() && lasting.len() < pay.packs.len();
        Shop {
            months,
            packs: pay.packs.clone(),
            plans: pay.plans.clone(),
            all: Shelf::new(pay.packs.clone()),
            lasting: some.then(|| Shelf::new(lasting)),
        }
    }

    /// Every way that reaches so far, cheapest first.
    pub(super) fn ways(&mut self, offers: &[Offer], credits: Decimal) -> Vec<Purchase> {
        let mut ways: Vec<Purchase> = offers.iter().filter_map(|offer| self.buy(offer, credits)).collect();
        ways.sort_by(|a, b| a.usd.cmp(&b.usd));
        ways
    }

    /// What has to be bought in one way; none where that way does not reach so far.
    pub(super) fn buy(&mut self, offer: &Offer, credits: Decimal) -> Option<Purchase> {
        let mut bought = Purchase {
            offer: offer.clone(),
            months: self.months,
            needed: credits,
            usd: Fraction::zero(),
            fees: Decimal::ZERO,
            included: Decimal::ZERO,
            overage: (Decimal::ZERO, Fraction::zero()),
            packs: Vec::new(),
            leftover: Decimal::ZERO,
            lost: Decimal::ZERO,
            pack_months: None,
            expires_after: None,
            proven: true,
        };
        match offer.way {
            Way::Rate => bought.usd = &offer.unit * &Fraction::from(credits),
            _ if credits.is_zero() => {}
            Way::Packs => self.add_packs(&mut bought, credits)?,
            Way::Plan(at) => self.add_plan(&mut bought, at)?,
        }
        Some(bought)
    }

    fn add_plan(&mut self, bought: &mut Purchase, at: usize) -> Option<()> {
        let plan = self.plans.get(at)?;
        let (period, overage) = (period_months(plan), plan.overage);
        let periods = bought.months.div_ceil(period);
        bought.fees = times(plan.usd, Decimal::from(periods)).ok()?;
        let per_month = Decimal::from(plan.credits);
        bought.included = times(per_month, Decimal::from(periods * period)).ok()?;
        // Work is spread evenly, and credits of months without work are lost: only those of its own months count.
        let usable = times(per_month, Decimal::from(bought.months)).ok()?;
        let beyond = plus(bought.needed, -usable).ok()?.max(Decimal::ZERO);
        let used = plus(bought.needed, -beyond).ok()?;
        bought.lost = plus(bought.included, -used).ok()?;
        bought.leftover = bought.lost;
        bought.usd = Fraction::from(bought.fees);
        match overage {
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

    /// Packs for these credits, the cheaper of two ways: all packs, bought anew as often as one of them expires before the work
    /// ends, or those alone that outlast the work, bought once.
    fn add_packs(&mut self, bought: &mut Purchase, credits: Decimal) -> Option<()> {
        let months = bought.months;
        let lasts = self.packs.iter().filter_map(|pack| pack.months).min();
        let mut anew = bought.clone();
        let anew = add(&mut anew, &mut self.all, lasts, credits).map(|()| anew);
        let once = self.lasting.as_mut().and_then(|lasting| {
            let lasts = self.packs.iter().filter(|pack| outlasts(pack, months)).filter_map(|pack| pack.months).min();
            let mut once = bought.clone();
            add(&mut once, lasting, lasts, credits)?;
            once.packs = spread(&once.packs, &self.packs, |pack| outlasts(pack, months));
            Some(once)
        });
        let mut found = anew.into_iter().chain(once).min_by(|a, b| a.usd.cmp(&b.usd))?;
        if found.packs.len() > 1 || self.lasting.is_some() {
            // Packs may be bought whenever others run out: nothing is cheaper for certain only where it costs no more than all
            // credits at once, without a thought for when they expire.
            let paid = found.packs.iter().try_fold(Decimal::ZERO, |sum, packs| plus(sum, packs.usd).ok());
            let least = share_of(credits, 1, 1).and_then(|credits| self.all.cheapest(credits));
            found.proven &= least.is_some_and(|least| least.proven && Some(least.usd) == paid);
        }
        *bought = found;
        Some(())
    }
}

/// Counts of some of a card's packs, at the places of all of them.
fn spread(bought: &[Combination], all: &[Pack], is_one: impl Fn(&Pack) -> bool) -> Vec<Combination> {
    let one = |found: &Combination| {
        let mut counts = found.counts.iter();
        let placed = all.iter().map(|pack| if is_one(pack) { counts.next().copied().unwrap_or(0) } else { 0 });
        Combination { counts: placed.collect(), ..found.clone() }
    };
    bought.iter().map(one).collect()
}

/// Adds packs of these kinds for all months, window by window; `lasts`: months until the first of them expire.
fn add(bought: &mut Purchase, packs: &mut Shelf, lasts: Option<u32>, credits: Decimal) -> Option<()> {
    let lasts = lasts.map(|months| months.max(1));
    let window = lasts.unwrap_or(bought.months);
    bought.pack_months = lasts;
    let (mut start, mut in_packs) = (0, Decimal::ZERO);
    while start < bought.months {
        let span = window.min(bought.months - start);
        let packs = packs.cheapest(share_of(credits, span, bought.months)?)?;
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

fn period_months(plan: &Plan) -> u32 {
    match plan.per {
        Period::Month => 1,
        Period::Year => 12,
    }
}

/// Whole credits for some of the months of work that is spread evenly.
fn share_of(credits: Decimal, span: u32, months: u32) -> Option<u64> {
    let part = times(credits, Decimal::from(span)).ok()?;
    u64::try_from(part.checked_div(Decimal::from(months))?.ceil()).ok()
}

/// One month of work that is spread evenly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// From 1.
    pub month: u32,
    /// Credits that come in: the plan's, and packs bought now.
    pub bought: Decimal,
    /// Credits that the month's work takes.
    pub used: Fraction,
    /// Of those, credits that are paid for one by one.
    pub overage: Fraction,
    /// Credits that are lost at its end.
    pub lost: Fraction,
    /// Credits that the next month can use.
    pub left: Fraction,
}

impl Purchase {
    /// The months of the work: what comes in, is used, is lost and is left; none where nothing is bought. Months of a yearly plan
    /// after the work are not in it.
    #[must_use]
    pub fn over_time(&self, pay: &Pay) -> Vec<Month> {
        if self.offer.way == Way::Rate || self.needed.is_zero() {
            return Vec::new();
        }
        let plan = match self.offer.way {
            Way::Plan(at) => pay.plans.get(at).filter(|_| !self.included.is_zero()),
            _ => None,
        };
        let monthly = plan.map_or(Decimal::ZERO, |plan| Decimal::from(plan.credits));
        let used = Fraction::of(self.needed, Decimal::from(self.months)).unwrap_or_else(Fraction::zero);
        let of_plan = Fraction::from(monthly).min(used.clone());
        let beyond = &used - &of_plan;
        let window = self.pack_months.unwrap_or(self.months);
        let mut in_packs = Fraction::zero();
        let mut months = Vec::new();
        for month in 1..=self.months {
            let new = usize::try_from((month - 1) / window).ok().filter(|_| (month - 1) % window == 0);
            let packs =
                new.and_then(|at| self.packs.get(at)).map_or(Decimal::ZERO, |packs| Decimal::from(packs.credits));
            in_packs = &in_packs + &Fraction::from(packs);
            let from_packs = in_packs.clone().min(beyond.clone());
            in_packs = &in_packs - &from_packs;
            let mut lost = &Fraction::from(monthly) - &of_plan;
            if self.pack_months.is_some() && month % window == 0 {
                lost = &lost + &in_packs;
                in_packs = Fraction::zero();
            }
            months.push(Month {
                month,
                bought: plus(monthly, packs).unwrap_or(monthly),
                used: used.clone(),
                overage: &beyond - &from_packs,
                lost,
                left: in_packs.clone(),
            });
        }
        months
    }
}
