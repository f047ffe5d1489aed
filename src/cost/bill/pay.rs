//! Paying for credits: at a rate, in packs, or by plan; which credits are left over, and which are lost.

use super::packs::{Combination, PackSearch};
use crate::cost::base::fraction::Fraction;
use crate::cost::base::limits::MONTHS_MAX;
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::rates::card::{Pack, Pay, Period, Plan};

/// One way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Any number of credits at one rate.
    Rate,
    /// Packs alone.
    Packs,
    /// The plan at this index of the card, with packs on top if it has no price for more credits.
    Plan(usize),
}

/// A way to pay with its list price, which does not depend on the quantity bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The way to pay.
    pub way: Way,
    /// USD per credit if everything bought is used: the rate, the best-value pack, or the plan's fee divided by its credits.
    /// If credits beyond the plan's are cheaper, their price: nothing paid is ever below the list price.
    pub unit: Fraction,
}

/// The purchase for a number of credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The way to pay.
    pub offer: Offer,
    /// USD for one unit of the currency that packs and plans are priced in.
    pub money: Fraction,
    /// Months that the work is spread over, evenly.
    pub months: u32,
    /// Credits that the work takes, rounded up.
    pub needed: Decimal,
    /// Everything paid.
    pub usd: Fraction,
    /// Fees of the plan, in USD.
    pub fees: Fraction,
    /// Credits that come with the fees.
    pub included: Decimal,
    /// Credits beyond those of the plan that are paid one by one, and their price.
    pub overage: (Decimal, Fraction),
    /// Packs, in the card's order; one entry per purchase, because earlier packs may expire.
    pub packs: Vec<Combination>,
    /// Credits that are paid for and not used.
    pub leftover: Decimal,
    /// The part of `leftover` that is lost: a plan's credits at the end of its months, a pack's when it expires.
    pub lost: Decimal,
    /// Months that a pack lasts, if packs expire.
    pub pack_months: Option<u32>,
    /// Months from the start until leftover packs expire; `None` if they never expire or none are left.
    pub expires_after: Option<u32>,
    /// Whether no cheaper combination of packs exists, whenever they are bought.
    pub proven: bool,
}

impl Purchase {
    /// USD value of the leftover credits at the list price.
    #[must_use]
    pub fn leftover_worth(&self) -> Fraction {
        &self.offer.unit * &Fraction::from(self.leftover)
    }

    /// USD that the packs cost above the list price of their credits.
    pub(super) fn pack_surcharge(&self) -> Fraction {
        self.packs.iter().fold(Fraction::zero(), |sum, bought| {
            let listed = &self.offer.unit * &Fraction::from(Decimal::from(bought.credits));
            &sum + &(&(&self.money * &Fraction::from(bought.price)) - &listed)
        })
    }

    /// USD that the fees cost above the list price of their credits.
    pub(super) fn fee_surcharge(&self) -> Fraction {
        &self.fees - &(&self.offer.unit * &Fraction::from(self.included))
    }

    /// USD that credits beyond the plan's cost above the list price.
    pub(super) fn overage_surcharge(&self) -> Fraction {
        &self.overage.1 - &(&self.offer.unit * &Fraction::from(self.overage.0))
    }
}

impl Pay {
    /// Every way to pay, in the card's order; `money`: USD for one unit of the card's currency.
    #[must_use]
    pub fn offers(&self, money: &Fraction) -> Vec<Offer> {
        let mut offers = Vec::new();
        if let Some(unit) = self.per_credit() {
            offers.push(Offer { way: Way::Rate, unit });
        }
        let best = super::packs::best_value(&self.packs).map(|at| &self.packs[at]);
        let by_pack = best.and_then(|pack| Fraction::of(pack.price, Decimal::from(pack.credits)));
        if let Some(unit) = by_pack.clone() {
            offers.push(Offer { way: Way::Packs, unit });
        }
        for (at, plan) in self.plans.iter().enumerate() {
            let months = Decimal::from(period_months(plan));
            let included = times(Decimal::from(plan.credits), months).unwrap_or_default();
            let beyond = plan.overage.map(Fraction::from).or_else(|| by_pack.clone());
            if let Some(unit) = Fraction::of(plan.price, included).into_iter().chain(beyond).min() {
                offers.push(Offer { way: Way::Plan(at), unit });
            }
        }
        for offer in &mut offers {
            offer.unit = &offer.unit * money;
        }
        offers
    }

    /// The purchase, in the card's currency, by one way to pay for a number of credits over some months; `None` if that way does not reach that many.
    #[must_use]
    pub fn buy(&self, offer: &Offer, credits: Decimal, months: u32) -> Option<Purchase> {
        Shop::new(self, months, one()).buy(offer, credits)
    }

    /// Every way to pay that reaches a number of credits, cheapest first, in the card's currency.
    #[must_use]
    pub fn ways(&self, credits: Decimal, months: u32) -> Vec<Purchase> {
        Shop::new(self, months, one()).ways(&self.offers(&one()), credits)
    }
}

/// The card's currency, used for the one asked about.
fn one() -> Fraction {
    Fraction::from(Decimal::ONE)
}

/// The ways to pay over a number of months. Keeps the searched packs, because the next edit asks for another number of
/// credits.
#[derive(Debug, Clone)]
pub(super) struct Shop {
    money: Fraction,
    months: u32,
    packs: Vec<Pack>,
    plans: Vec<Plan>,
    all: PackSearch,
    /// Only the packs that outlast the work, if some do and some do not.
    lasting: Option<PackSearch>,
}

fn outlasts(pack: &Pack, months: u32) -> bool {
    pack.months.is_none_or(|own| own >= months)
}

impl Shop {
    pub(super) fn new(pay: &Pay, months: u32, money: Fraction) -> Shop {
        let months = months.clamp(1, MONTHS_MAX);
        let lasting: Vec<Pack> = pay.packs.iter().filter(|pack| outlasts(pack, months)).cloned().collect();
        let some = !lasting.is_empty() && lasting.len() < pay.packs.len();
        Shop {
            money,
            months,
            packs: pay.packs.clone(),
            plans: pay.plans.clone(),
            all: PackSearch::new(pay.packs.clone()),
            lasting: some.then(|| PackSearch::new(lasting)),
        }
    }

    /// Every way to pay that reaches that many credits, cheapest first.
    pub(super) fn ways(&mut self, offers: &[Offer], credits: Decimal) -> Vec<Purchase> {
        let mut ways: Vec<Purchase> = offers.iter().filter_map(|offer| self.buy(offer, credits)).collect();
        ways.sort_by(|a, b| a.usd.cmp(&b.usd));
        ways
    }

    /// The purchase by one way to pay; `None` if that way does not reach that many credits.
    pub(super) fn buy(&mut self, offer: &Offer, credits: Decimal) -> Option<Purchase> {
        let mut bought = Purchase {
            offer: offer.clone(),
            money: self.money.clone(),
            months: self.months,
            needed: credits,
            usd: Fraction::zero(),
            fees: Fraction::zero(),
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
        let fees = times(plan.price, Decimal::from(periods)).ok()?;
        bought.fees = &self.money * &Fraction::from(fees);
        let per_month = Decimal::from(plan.credits);
        bought.included = times(per_month, Decimal::from(periods * period)).ok()?;
        // Work is spread evenly, and a month's unused credits are lost: only the months with work count.
        let usable = times(per_month, Decimal::from(bought.months)).ok()?;
        let beyond = plus(bought.needed, -usable).ok()?.max(Decimal::ZERO);
        let used = plus(bought.needed, -beyond).ok()?;
        bought.lost = plus(bought.included, -used).ok()?;
        bought.leftover = bought.lost;
        bought.usd = bought.fees.clone();
        match overage {
            _ if beyond.is_zero() => {}
            Some(price) => {
                let usd = &(&self.money * &Fraction::from(price)) * &Fraction::from(beyond);
                bought.usd = &bought.usd + &usd;
                bought.overage = (beyond, usd);
            }
            None => self.add_packs(bought, beyond)?,
        }
        Some(())
    }

    /// Adds packs for these credits, the cheaper of two ways: all packs, bought again each time one of them expires before
    /// the work ends, or only packs that outlast the work, bought once.
    fn add_packs(&mut self, bought: &mut Purchase, credits: Decimal) -> Option<()> {
        let months = bought.months;
        let lasts = self.packs.iter().filter_map(|pack| pack.months).min();
        let mut repeated = bought.clone();
        let repeated = add(&mut repeated, &mut self.all, lasts, credits).map(|()| repeated);
        let once = self.lasting.as_mut().and_then(|lasting| {
            let lasts = self.packs.iter().filter(|pack| outlasts(pack, months)).filter_map(|pack| pack.months).min();
            let mut once = bought.clone();
            add(&mut once, lasting, lasts, credits)?;
            once.packs = spread(&once.packs, &self.packs, |pack| outlasts(pack, months));
            Some(once)
        });
        let mut found = repeated.into_iter().chain(once).min_by(|a, b| a.usd.cmp(&b.usd))?;
        if found.packs.len() > 1 || self.lasting.is_some() {
            // Packs may be bought whenever others run out: nothing is proven cheaper only if this costs no more than buying
            // all credits at once without regard to expiry.
            let paid = found.packs.iter().try_fold(Decimal::ZERO, |sum, packs| plus(sum, packs.price).ok());
            let least = share_of(credits, 1, 1).and_then(|credits| self.all.cheapest(credits));
            found.proven &= least.is_some_and(|least| least.proven && Some(least.price) == paid);
        }
        *bought = found;
        Some(())
    }
}

/// The counts of a subset of packs, placed at the indices of all packs.
fn spread(bought: &[Combination], all: &[Pack], is_one: impl Fn(&Pack) -> bool) -> Vec<Combination> {
    let one = |found: &Combination| {
        let mut counts = found.counts.iter();
        let placed = all.iter().map(|pack| if is_one(pack) { counts.next().copied().unwrap_or(0) } else { 0 });
        Combination { counts: placed.collect(), ..found.clone() }
    };
    bought.iter().map(one).collect()
}

/// Adds packs of these kinds for all months, window by window; `lasts`: months until the first of them expire.
fn add(bought: &mut Purchase, packs: &mut PackSearch, lasts: Option<u32>, credits: Decimal) -> Option<()> {
    let lasts = lasts.map(|months| months.max(1));
    let window = lasts.unwrap_or(bought.months);
    bought.pack_months = lasts;
    let (mut start, mut in_packs) = (0, Decimal::ZERO);
    while start < bought.months {
        let span = window.min(bought.months - start);
        let packs = packs.cheapest(share_of(credits, span, bought.months)?)?;
        bought.usd = &bought.usd + &(&bought.money * &Fraction::from(packs.price));
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

/// The credits, rounded up, for some of the months of evenly spread work.
fn share_of(credits: Decimal, span: u32, months: u32) -> Option<u64> {
    let part = times(credits, Decimal::from(span)).ok()?;
    u64::try_from(part.checked_div(Decimal::from(months))?.ceil()).ok()
}

/// One month of evenly spread work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Starts at 1.
    pub month: u32,
    /// Credits added: the plan's, and packs bought now.
    pub bought: Decimal,
    /// Credits that the month's work takes.
    pub used: Fraction,
    /// The part of `used` that is paid one by one.
    pub overage: Fraction,
    /// Credits lost at the end of the month.
    pub lost: Fraction,
    /// Credits left for the next month.
    pub left: Fraction,
}

impl Purchase {
    /// The months of the work with their credits added, used, lost and left; `None` if nothing is bought. Months of a yearly
    /// plan after the work are left out.
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
