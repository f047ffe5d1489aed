//! What is asked of a project's total, as decimals: a chance or a percentile is rounded to six places where it leaves this
//! folder, and no binary float leaves it.

use crate::cost::base::money::Decimal;
use crate::cost::budget::{Budget, Cap, Catalog};
use crate::cost::estimate::named_risks::CountedRisk;
use crate::cost::estimate::{Estimate, Limit};
use crate::cost::risk::describe::{Described, Missing, Shared, describe};
use crate::cost::risk::distribution::Distribution;
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::float;
use crate::cost::risk::spread::{Share, shares_with};
use crate::cost::risk::work::{Mode, Work};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

/// Decimals of everything that leaves this folder.
const PLACES: u32 = 6;
/// The percentiles that are shown.
pub const PERCENTILES: [u8; 5] = [10, 50, 80, 90, 95];
/// The highest percentile that is told where too little is known.
pub const SURE_OF: u8 = 80;
/// The share of the variance from which on a factor is too wide for higher ones.
pub(super) const WIDE_SHARE: f64 = 0.05;
/// By how many percent the stressed factor is worse.
pub const STRESS_PERCENT: u8 = 20;

/// Why high percentiles are withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Ranges of factors that are so wide that they are worth less than three finals of experience make up a part of the
    /// uncertainty that is no trifle.
    WideRange,
}

/// A variance by its three layers, as shares of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerShares {
    /// Luck.
    pub luck: Decimal,
    /// Not knowing the factor.
    pub factor: Decimal,
    /// Named risks.
    pub risks: Decimal,
}

/// A retry factor of the project, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorDoubt {
    /// Who shares it, and the deliverables.
    pub shared: Shared,
    /// The mean tries per final.
    pub retry: Decimal,
    /// Accepted finals of experience that it is worth; `None` if it is certain.
    pub worth: Option<Decimal>,
    /// The tries per final that 1 in 10 cases stays below, and that 1 in 10 passes.
    pub between: (Decimal, Decimal),
}

/// A named risk that counts, with its part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedShare {
    /// The risk.
    pub risk: CountedRisk,
    /// USD that it adds to the mean, with markup and tax.
    pub adds: Decimal,
    /// Its share of the variance.
    pub share: Decimal,
}

/// How sure a project's total is. Amounts are in USD and hold the project's fees, markup and tax, but no buffer.
#[derive(Debug, Clone)]
pub struct Risk {
    distribution: Distribution,
    /// With worse factors; computed when it is first asked for.
    stressed: OnceLock<Distribution>,
    /// The deliverables with their shares of the variance, likewise.
    shares: OnceLock<Vec<(usize, Decimal)>>,
    kept: Kept,
    described: Described,
    /// What markup and tax make of one USD.
    on_top: f64,
    withheld: Option<Withheld>,
}

impl PartialEq for Risk {
    fn eq(&self, other: &Risk) -> bool {
        // Everything else follows from these, or is only how soon it is there.
        self.described == other.described && self.distribution == other.distribution
    }
}

/// The nearest decimal of six places; what no decimal holds is the largest, never 0.
pub(super) fn decimal(number: f64) -> Decimal {
    let units = libm::round(number * 1e6);
    let held = Decimal::try_from_i128_with_scale(units as i128, PLACES).ok().filter(|_| !number.is_nan());
    held.unwrap_or(Decimal::MAX).normalize()
}

impl Risk {
    /// How sure the total of a project is.
    ///
    /// # Errors
    /// If a part of it has no price, or there are no finals.
    pub fn of(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Result<Risk, Missing> {
        Risk::with(&mut Kept::default(), budget, estimate, catalog)
    }

    /// The same, with what is kept from an earlier answer.
    ///
    /// # Errors
    /// As [`Risk::of`].
    pub fn with(kept: &mut Kept, budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Result<Risk, Missing> {
        Ok(Risk::of_described(kept, describe(budget, estimate, catalog)?))
    }

    /// The same of a project that is described already.
    #[must_use]
    pub fn of_described(kept: &mut Kept, described: Described) -> Risk {
        let distribution = Distribution::with(kept, &described.work);
        Risk::from(described, distribution, kept)
    }

    /// The same of a project that is described already, unless the flag is set before the answer is there: then there is none.
    /// The flag is looked at between two parts of the computation, some milliseconds apart at most. A description holds nothing
    /// of the project, so it can go to another thread; what is slow is then computed there, also what
    /// [`Risk::within_if_worse`] and [`Risk::deliverables`] need.
    #[must_use]
    pub fn unless(unwanted: &AtomicBool, kept: &Kept, described: Described) -> Option<Risk> {
        let distribution = Distribution::unless(unwanted, kept, &described.work)?;
        let worse = Distribution::unless(unwanted, kept, &stressed(&described.work))?;
        let risk = Risk { stressed: OnceLock::from(worse), ..Risk::from(described, distribution, kept) };
        _ = risk.deliverables();
        Some(risk)
    }

    /// The same if that takes no longer than a frame, with what is kept. Else it is work for [`Risk::unless`] on a thread.
    #[must_use]
    pub fn at_once(kept: &Kept, described: Described) -> Option<Risk> {
        let distribution = Distribution::at_once(kept, &described.work)?;
        Some(Risk::from(described, distribution, kept))
    }

    fn from(described: Described, distribution: Distribution, kept: &Kept) -> Risk {
        let on_top = on_top(&described);
        let withheld = is_wide(kept, &described).then_some(Withheld::WideRange);
        let (stressed, shares) = (OnceLock::new(), OnceLock::new());
        Risk { distribution, stressed, shares, kept: kept.clone(), described, on_top, withheld }
    }

    /// The mean total: with several images a call it differs from the worksheet's, because the doubt about a factor raises it.
    #[must_use]
    pub fn mean(&self) -> Decimal {
        decimal(self.distribution.mean() * self.on_top)
    }

    /// The total of the worksheet without its buffer.
    #[must_use]
    pub fn worksheet(&self) -> Decimal {
        decimal(float(self.described.subtotal) * self.on_top)
    }

    /// The least that the total can be.
    #[must_use]
    pub fn floor(&self) -> Decimal {
        decimal((self.distribution.floor() + least_of_certain(&self.described.work)) * self.on_top)
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> Decimal {
        decimal(self.distribution.sd() * self.on_top)
    }

    /// The total that is not passed in so many of 100 such projects, from 1 to 99.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Decimal {
        decimal(self.distribution.percentile(f64::from(percent) / 100.0) * self.on_top)
    }

    /// Why a percentile is not to be told, if it is not.
    #[must_use]
    pub fn withheld(&self, percent: u8) -> Option<Withheld> {
        self.withheld.filter(|_| percent > SURE_OF)
    }

    /// Whether a chance to stay within an amount is told: one above [`SURE_OF`] says as much as a percentile that is withheld.
    #[must_use]
    pub fn tells(&self, within: Decimal) -> bool {
        self.withheld.is_none() || within <= Decimal::new(SURE_OF.into(), 2)
    }

    /// The chance, from 0 to 1, that the total is at most so many USD.
    #[must_use]
    pub fn within(&self, usd: Decimal) -> Decimal {
        decimal(chance(&self.distribution, float(usd), self.on_top))
    }

    /// The same if every factor is worse by [`STRESS_PERCENT`].
    #[must_use]
    pub fn within_if_worse(&self, usd: Decimal) -> Decimal {
        let worse = || Distribution::with(&mut self.kept.clone(), &stressed(&self.described.work));
        decimal(chance(self.stressed.get_or_init(worse), float(usd), self.on_top))
    }

    /// The chance that the total is over a cap; `None` if there is no exchange rate to its currency.
    #[must_use]
    pub fn over(&self, budget: &Budget, cap: Cap) -> Option<Decimal> {
        Some(Decimal::ONE - self.under(budget, cap)?.1)
    }

    /// A cap in USD, and the chance that the total is at most that; `None` if there is no exchange rate to its currency.
    #[must_use]
    pub fn under(&self, budget: &Budget, cap: Cap) -> Option<(Decimal, Decimal)> {
        let limit = Limit::of(&budget.shown, cap).ok()?;
        let usd = float(limit.cap) / float(limit.convert(Decimal::ONE)?);
        Some((decimal(usd), decimal(chance(&self.distribution, usd, self.on_top))))
    }

    /// The buffer in percent that reaches a percentile, the same for all deliverables, not below 0; `None` if there is nothing
    /// that a buffer is a percentage of.
    #[must_use]
    pub fn buffer_for(&self, percent: u8) -> Option<Decimal> {
        let base = float(self.described.buffered);
        let missing = self.distribution.percentile(f64::from(percent) / 100.0) - float(self.described.subtotal);
        // A total that is always 0 needs none.
        let missing = if self.on_top > 0.0 { missing } else { 0.0 };
        (base > 0.0).then(|| decimal((missing / base * 100.0).max(0.0)))
    }

    /// The total with a buffer of so many percent, the same for all deliverables; `None` if there is nothing that a buffer is a
    /// percentage of.
    #[must_use]
    pub fn with_buffer(&self, percent: Decimal) -> Option<Decimal> {
        let base = float(self.described.buffered);
        let total = float(self.described.subtotal) + base * float(percent) / 100.0;
        (base > 0.0).then(|| decimal(total * self.on_top))
    }

    /// The buffer in percent, the same for all deliverables, that makes a total of so many USD; below 0 if even none is more.
    /// `None` if there is nothing that a buffer is a percentage of.
    #[must_use]
    pub fn buffer_of(&self, usd: Decimal) -> Option<Decimal> {
        let base = float(self.described.buffered) * self.on_top;
        (base > 0.0).then(|| decimal((float(usd) - float(self.described.subtotal) * self.on_top) / base * 100.0))
    }

    /// The chances that the total falls into each of some slices of equal width between two amounts of USD: a picture of the
    /// distribution. Where amounts are exact, each is spread over the distance to its neighbours, so that slices narrower than
    /// that show steps and no gaps.
    #[must_use]
    pub fn slices(&self, (from, to): (Decimal, Decimal), count: u16) -> Vec<Decimal> {
        let (from, to) = (float(from), float(to));
        let within = |at: u16| {
            let amount = from + (to - from) * f64::from(at) / f64::from(count.max(1));
            if self.on_top > 0.0 { self.distribution.within_smoothly(amount / self.on_top) } else { 1.0 }
        };
        (0..count).map(|at| decimal(within(at + 1) - within(at))).collect()
    }

    /// The variance on the cost side; none if the total is always 0.
    fn variance(&self) -> f64 {
        if self.on_top > 0.0 { self.distribution.layers().variance() } else { 0.0 }
    }

    /// The variance by its layers; `None` if nothing varies.
    #[must_use]
    pub fn layers(&self) -> Option<LayerShares> {
        let layers = self.distribution.layers();
        let all = self.variance();
        let share = |part: f64| decimal(part / all);
        (all > 0.0).then(|| LayerShares {
            luck: share(layers.luck),
            factor: share(layers.factor),
            risks: share(layers.risks),
        })
    }

    /// Each deliverable's share of the variance by its place in the project, the largest first.
    #[must_use]
    pub fn deliverables(&self) -> &[(usize, Decimal)] {
        self.shares.get_or_init(|| self.by_deliverable())
    }

    fn by_deliverable(&self) -> Vec<(usize, Decimal)> {
        let all = self.variance();
        if all <= 0.0 {
            return Vec::new();
        }
        let shares = shares_with(&self.kept, &self.described.work).deliverables;
        let share = |(at, part): (usize, Share)| (at, decimal((part.luck + part.factor) / all));
        let mut shares: Vec<(usize, Decimal)> = shares.into_iter().map(share).collect();
        shares.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        shares
    }

    /// The named risks that count, in the order of their keys; those that are off or incomplete are left out.
    #[must_use]
    pub fn named(&self) -> Vec<NamedShare> {
        if self.described.risks.is_empty() {
            return Vec::new();
        }
        let (all, spread) = (self.distribution.layers().variance(), shares_with(&self.kept, &self.described.work));
        let named = |(at, risk): (usize, &CountedRisk)| {
            let of = |parts: &BTreeMap<usize, f64>| parts.get(&at).copied().unwrap_or_default();
            let share = if all > 0.0 { of(&spread.risks) / all } else { 0.0 };
            NamedShare { risk: risk.clone(), adds: decimal(of(&spread.added) * self.on_top), share: decimal(share) }
        };
        self.described.risks.iter().enumerate().map(named).collect()
    }

    /// The retry factors, with what each rests on and who shares it.
    #[must_use]
    pub fn factors(&self) -> Vec<FactorDoubt> {
        self.first_factors(usize::MAX)
    }

    /// The first of them: all of ten thousand take a while, and nobody reads them.
    #[must_use]
    pub fn first_factors(&self, count: usize) -> Vec<FactorDoubt> {
        // Thousands of deliverables with a factor of their own often have the same one.
        let mut known: HashMap<[u64; 2], (Decimal, Decimal)> = HashMap::new();
        let doubt = |shared: &Shared| {
            let prior = shared.fitted.prior;
            let key = [prior.retry.to_bits(), prior.worth.to_bits()];
            let between = || (decimal(prior.quantile(0.1)), decimal(prior.quantile(0.9)));
            FactorDoubt {
                shared: shared.clone(),
                retry: decimal(prior.retry),
                worth: (!prior.is_certain()).then(|| decimal(prior.worth)),
                between: *known.entry(key).or_insert_with(between),
            }
        };
        self.described.factors.iter().take(count).map(doubt).collect()
    }

    /// How many retry factors there are.
    #[must_use]
    pub fn factor_count(&self) -> usize {
        self.described.factors.len()
    }
}

/// What markup and tax make of one USD.
pub(super) fn on_top(described: &Described) -> f64 {
    let percent = |percent: Decimal| 1.0 + float(percent) / 100.0;
    percent(described.on_top.0) * percent(described.on_top.1)
}

/// The chance that a total with markup and tax is at most an amount.
fn chance(distribution: &Distribution, amount: f64, on_top: f64) -> f64 {
    if on_top > 0.0 { distribution.within(amount / on_top) } else { f64::from(u8::from(amount >= 0.0)) }
}

/// USD that named risks cost in any case: those with a chance of 100 %, at their least.
fn least_of_certain(work: &Work) -> f64 {
    let least = |amounts: &mut dyn Iterator<Item = f64>| amounts.reduce(f64::min).unwrap_or(0.0);
    let money = work.amounts.iter().filter(|extra| extra.chance >= 1.0);
    let money = money.map(|extra| least(&mut extra.cases.iter().map(|case| float(case.1))));
    let finals = work.profiles.iter().flat_map(|profile| {
        let certain = profile.extras.iter().filter(|extra| extra.chance >= 1.0);
        certain.filter_map(|extra| {
            // A pool is bought whole: what it takes in any case is counted with its calls.
            let item = profile.items.get(extra.item).filter(|item| !matches!(item.mode, Mode::Pool(_)))?;
            let each = float(item.unit) + float(extra.fee);
            Some(least(&mut extra.cases.iter().map(|case| case.1 as f64 * each)))
        })
    });
    money.chain(finals).sum()
}

/// The same work with every factor worse, at the same experience.
fn stressed(work: &Work) -> Work {
    let mut worse = work.clone();
    let by = 1.0 + f64::from(STRESS_PERCENT) / 100.0;
    worse.profiles.iter_mut().for_each(|profile| profile.prior.retry *= by);
    worse
}

/// Whether factors of too wide a range make up a part of the variance that is no trifle.
pub(super) fn is_wide(kept: &Kept, described: &Described) -> bool {
    let is_wide = |shared: &&Shared| {
        let fitted = &shared.fitted;
        fitted.clamped_from.is_some_and(|worth| worth < fitted.prior.worth)
    };
    let wide: Vec<usize> =
        described.factors.iter().filter(is_wide).flat_map(|shared| shared.deliverables.iter().copied()).collect();
    if wide.is_empty() {
        return false;
    }
    let spread = shares_with(kept, &described.work);
    let of = |share: &Share| share.luck + share.factor;
    let all = spread.deliverables.values().map(of).sum::<f64>() + spread.risks.values().sum::<f64>();
    let theirs: f64 = wide.iter().filter_map(|at| spread.deliverables.get(at)).map(of).sum();
    theirs >= WIDE_SHARE * all
}
