//! The distribution of a total: every percentile, every chance, from one inverse Fourier transform.

use crate::cost::base::limits::AT_ONCE_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::characteristic::{Product, damp};
use crate::cost::risk::fourier::invert;
use crate::cost::risk::kept::{Kept, Prepared, has_room};
use crate::cost::risk::kinds::{Group, Parts, Pool, float, parts};
use crate::cost::risk::lattice::{BLUR, Lattice, MARGIN, Reach, Turn};
use crate::cost::risk::moments::{Layers, Moments, floor};
use crate::cost::risk::steps::heaviest;
use crate::cost::risk::work::{ExtraMoney, Work};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::f64::consts::PI;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far below a percentile the summed masses may stay: they carry the errors of the transform.
const TOLERANCE: f64 = 1e-9;
/// Amounts that differ by this share of them are the same: sums of prices in another order.
const SAME: f64 = 1e-9;
/// The same as a share of a cell.
const SAME_CELL: f64 = 1e-6;
/// A standard deviation of this many dearest tries: from there on a characteristic function does not come back.
const SMOOTH: f64 = 40.0;

/// What a total comes to, with which chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// USD that are paid in any case, but for calls that bring several finals: what cells are counted from.
    base: f64,
    /// USD that are paid in any case.
    floor: f64,
    lattice: Lattice,
    /// The chance that the total lies in a cell or below it, without the steps; never falls.
    cumulated: Vec<f64>,
    /// Where slices would blur them: the heaviest single totals in USD, ascending, each with the chance of all up to it.
    steps: Vec<(f64, f64)>,
    moments: Moments,
    layers: Layers,
}

impl Distribution {
    /// The distribution of the total of some work.
    #[must_use]
    pub fn of(work: &Work) -> Distribution {
        Distribution::with(&mut Kept::default(), work)
    }

    /// The same, with what is kept from earlier.
    #[must_use]
    pub fn with(kept: &mut Kept, work: &Work) -> Distribution {
        Distribution::computed(&AtomicBool::new(false), kept, work)
    }

    /// The same, unless the flag is set before it is there: it is looked at before each block of frequencies. A flag that is set
    /// stays so.
    #[must_use]
    pub fn unless(unwanted: &AtomicBool, kept: &Kept, work: &Work) -> Option<Distribution> {
        let distribution = Distribution::computed(unwanted, kept, work);
        (!unwanted.load(Ordering::Relaxed)).then_some(distribution)
    }

    /// The same, unless it takes longer than a frame, with what is kept: more than [`AT_ONCE_MAX`] kinds of price, or profiles,
    /// would have to be computed.
    pub(super) fn at_once(kept: &Kept, work: &Work) -> Option<Distribution> {
        let parts = work.profiles.iter().filter_map(parts).collect::<Vec<_>>();
        let new: usize = parts.iter().filter(|parts| kept.known(parts).is_none()).map(Parts::weight).sum();
        if new > AT_ONCE_MAX {
            return None;
        }
        kept.begin();
        let total = Total::of(kept, work, parts);
        (!total.is_large()).then(|| total.distribution(&AtomicBool::new(false), kept, &work.amounts))
    }

    /// The distribution; a part of it if the flag was set meanwhile.
    fn computed(unwanted: &AtomicBool, kept: &Kept, work: &Work) -> Distribution {
        kept.begin();
        let parts = work.profiles.iter().filter_map(parts).collect();
        Total::of(kept, work, parts).distribution(unwanted, kept, &work.amounts)
    }

    /// Mean and variance, without the rest.
    pub(super) fn moments(kept: &Kept, work: &Work) -> Moments {
        kept.begin();
        let parts = work.profiles.iter().filter_map(parts).collect();
        Total::of(kept, work, parts).moments
    }

    /// The distribution whose characteristic function has these values: all of them, or those up to where it is nothing and does
    /// not come back. Slices would blur the heaviest single amounts, counted from the base, so `steps` lists those.
    pub(super) fn filled(
        frame: Frame,
        dearest: f64,
        values: impl FnOnce(bool) -> Vec<Block>,
        steps: impl FnOnce() -> Vec<(f64, f64)>,
    ) -> Distribution {
        let Frame { base, floor, lattice, moments, layers } = frame;
        let mut masses = masses(&lattice, || values(moments.variance.sqrt() > SMOOTH * dearest));
        let mut steps = if lattice.is_grid() { Vec::new() } else { steps() };
        steps.retain(|(usd, chance)| take_out(&lattice, &mut masses, *usd, *chance));
        let mut sum = 0.0;
        for (usd, chance) in &mut steps {
            sum += *chance;
            (*usd, *chance) = (*usd + base, sum);
        }
        Distribution { base, floor, lattice, cumulated: cumulated(masses), steps, moments, layers }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.moments.mean
    }

    /// The least that the total can be.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.moments.variance.sqrt()
    }

    /// The variance in three layers.
    #[must_use]
    pub fn layers(&self) -> Layers {
        self.layers
    }

    /// The width of a cell: percentiles are known to it.
    #[must_use]
    pub fn cell(&self) -> f64 {
        self.lattice.cell
    }

    /// The total that is not passed with the chance `q`, from 0 to 1.
    #[must_use]
    pub fn percentile(&self, q: f64) -> f64 {
        let wanted = q.clamp(0.0, 1.0) - TOLERANCE;
        let at = self.steps.partition_point(|(usd, sum)| sum + self.between_steps(*usd) < wanted);
        let (last, sum) = at.checked_sub(1).map_or((self.floor, 0.0), |before| self.steps[before]);
        let next = self.steps.get(at).map_or(f64::INFINITY, |step| step.0);
        self.place(wanted - sum).max(last).min(next).max(self.floor)
    }

    /// Where the chances of the cells have come to a sum.
    fn place(&self, wanted: f64) -> f64 {
        let at = self.cumulated.partition_point(|sum| *sum < wanted).min(self.cumulated.len() - 1);
        let Lattice { origin, cell, .. } = self.lattice;
        let start = self.base + origin + at as f64 * cell;
        if self.lattice.is_grid() {
            return start;
        }
        let below = if at == 0 { 0.0 } else { self.cumulated[at - 1] };
        let inside = self.cumulated[at] - below;
        let share = if inside > 0.0 { ((wanted - below) / inside).clamp(0.0, 1.0) } else { 0.5 };
        start + (share - 0.5) * cell
    }

    /// The chance that the total is `amount` or less.
    #[must_use]
    pub fn within(&self, amount: f64) -> f64 {
        let amount = amount + SAME * amount.abs();
        if amount < self.floor {
            return 0.0;
        }
        (self.of_steps(amount) + self.between_steps(amount)).min(1.0)
    }

    /// The same with each cell's chance spread evenly over its width, exact amounts too: what a picture is drawn from.
    #[must_use]
    pub fn within_smoothly(&self, amount: f64) -> f64 {
        self.of_steps(amount) + self.evenly(amount)
    }

    /// The chance of less than an amount, and of at most that. Amounts that differ by less than a millionth of a cell are the
    /// same.
    pub(super) fn around(&self, amount: f64) -> (f64, f64) {
        let Lattice { origin, cell, .. } = self.lattice;
        let slack = cell * SAME_CELL;
        let (below, upto) = match self.lattice.is_grid() {
            true => {
                let place = (amount - self.base - origin) / cell;
                (self.sum((place - SAME_CELL).ceil() - 1.0), self.sum((place + SAME_CELL).floor()))
            }
            false => (self.evenly(amount), self.evenly(amount)),
        };
        (below + self.of_steps(amount - slack), upto + self.of_steps(amount + slack))
    }

    /// The chance of the steps up to an amount.
    fn of_steps(&self, amount: f64) -> f64 {
        let at = self.steps.partition_point(|(usd, _)| *usd <= amount);
        at.checked_sub(1).map_or(0.0, |last| self.steps[last].1)
    }

    /// The chance of the cells up to an amount.
    fn between_steps(&self, amount: f64) -> f64 {
        let Lattice { origin, cell, .. } = self.lattice;
        match self.lattice.is_grid() {
            true => self.sum(((amount - self.base - origin) / cell + SAME_CELL).floor()),
            false => self.evenly(amount),
        }
    }

    /// The same with each cell's chance spread evenly over its width.
    fn evenly(&self, amount: f64) -> f64 {
        let Lattice { origin, cell, .. } = self.lattice;
        let cells = (amount - self.base - origin) / cell;
        // Cell i ends half a cell above its middle.
        let at = (cells + 0.5).floor();
        let (below, upto) = (self.sum(at - 1.0), self.sum(at));
        below + (upto - below) * (cells + 0.5 - at)
    }

    /// The chance that the total lies in a cell or below it.
    fn sum(&self, at: f64) -> f64 {
        match at {
            below if below < 0.0 => 0.0,
            at => self.cumulated[(at as usize).min(self.cumulated.len() - 1)].clamp(0.0, 1.0),
        }
    }
}

/// All of a distribution but its chances.
pub(super) struct Frame {
    /// USD that cells are counted from.
    pub(super) base: f64,
    /// The least that the amount can be.
    pub(super) floor: f64,
    pub(super) lattice: Lattice,
    pub(super) moments: Moments,
    pub(super) layers: Layers,
}

/// All of a total but its distribution.
struct Total {
    /// The profiles, each with how many are the same.
    profiles: Vec<(Arc<Prepared>, u64)>,
    base: f64,
    floor: f64,
    moments: Moments,
    layers: Layers,
    /// Every price above 0 that the total is made up of, the lowest first.
    prices: Vec<Decimal>,
    lattice: Lattice,
}

impl Total {
    fn of(kept: &Kept, work: &Work, parts: Vec<Parts>) -> Total {
        let mut profiles: Vec<(Arc<Prepared>, u64)> = Vec::new();
        let mut places: HashMap<*const Prepared, usize> = HashMap::new();
        for profile in parts.into_iter().map(|parts| kept.prepared(parts)) {
            match places.entry(Arc::as_ptr(&profile)) {
                Entry::Occupied(place) => profiles[*place.get()].1 += 1,
                Entry::Vacant(place) => {
                    place.insert(profiles.len());
                    profiles.push((profile, 1));
                }
            }
        }
        // What varies most comes first: where its product is nothing, the rest is not needed.
        let varies = |(profile, count): &(Arc<Prepared>, u64)| profile.layers.variance() * *count as f64;
        profiles.sort_by(|one, other| varies(other).total_cmp(&varies(one)));
        let (mut base, mut mean, mut layers) = (float(work.constant), float(work.constant), Layers::default());
        let (mut of_pools, mut below) = (0.0, 0.0);
        for (profile, count) in &profiles {
            let count = *count as f64;
            base += count * floor(&profile.group);
            of_pools += count * floor_of_pools(&profile.group);
            below += count * profile.below;
            mean += count * profile.mean;
            layers = layers.plus(profile.layers.times(count));
        }
        for amount in &work.amounts {
            let own = of_amount(amount);
            mean += own.mean;
            layers.risks += own.variance;
        }
        let moments = Moments { mean, variance: layers.variance().max(0.0) };
        let prices = prices(&profiles, &work.amounts);
        let sd = moments.variance.sqrt();
        let lattice = Lattice::choose(&prices, Reach { mean: mean - base, sd, least: -below, most: f64::INFINITY });
        Total { profiles, base, floor: base + of_pools, moments, layers, prices, lattice }
    }

    /// Whether much of it has to be computed at other frequencies than what is kept.
    fn is_large(&self) -> bool {
        let Total { profiles, lattice, .. } = self;
        let has_room = lattice.cells == 1 || has_room(lattice.blocks() - 1, profiles.len());
        let other = profiles.iter().filter(|(profile, _)| !(has_room && profile.is_at(lattice.spacing())));
        other.map(|(profile, _)| profile.group.weight()).sum::<usize>() > AT_ONCE_MAX
    }

    fn distribution(self, unwanted: &AtomicBool, kept: &Kept, amounts: &[ExtraMoney]) -> Distribution {
        let Total { profiles, base, floor, moments, layers, prices, lattice } = self;
        let product = Product { unwanted, kept, lattice: &lattice, profiles: &profiles, amounts };
        let (values, steps) = (|is_smooth| product.values(is_smooth), || heaviest(&lattice, &profiles, amounts));
        let frame = Frame { base, floor, lattice: lattice.clone(), moments, layers };
        Distribution::filled(frame, dearest(&prices), values, steps)
    }
}

/// USD of the calls that a profile's pools take in any case.
fn floor_of_pools(group: &Group) -> f64 {
    let fewest = |pool: &Pool| pool.cases.iter().map(|case| case.finals.div_ceil(u64::from(pool.images))).min();
    let of_pool = |pool: &Pool| float(pool.unit) * (fewest(pool).unwrap_or(0) * pool.items) as f64;
    group.pools.iter().map(of_pool).sum()
}

/// Takes a single total out of slices that are blurred. Returns whether it lies among them.
fn take_out(lattice: &Lattice, masses: &mut [f64], usd: f64, chance: f64) -> bool {
    let place = (usd - lattice.origin) / lattice.cell;
    if place < MARGIN - 1.0 || place > masses.len() as f64 - MARGIN {
        return false;
    }
    let first = (place - MARGIN).max(0.0).ceil() as usize;
    let height = chance / (BLUR * (2.0 * PI).sqrt());
    // A normal curve at whole steps: its quotients from one to the next fall by one factor.
    let (away, step) = ((first as f64 - place) / BLUR, 1.0 / BLUR);
    let mut value = height * libm::exp(-away * away / 2.0);
    let mut quotient = libm::exp(-step * (away + step / 2.0));
    let fall = libm::exp(-step * step);
    for mass in masses.iter_mut().skip(first).take(2 * MARGIN as usize) {
        *mass -= value;
        value *= quotient;
        quotient *= fall;
    }
    true
}

/// What a risk adds that costs money.
pub(super) fn of_amount(extra: &ExtraMoney) -> Moments {
    let none = (1.0 - extra.chance, Moments::default());
    let case =
        |(share, amount): &(f64, Decimal)| (extra.chance * share, Moments { mean: float(*amount), variance: 0.0 });
    Moments::mixed(std::iter::once(none).chain(extra.cases.iter().map(case)))
}

/// Every price above 0 that the total is made up of.
fn prices(profiles: &[(Arc<Prepared>, u64)], amounts: &[ExtraMoney]) -> Vec<Decimal> {
    let mut prices: Vec<Decimal> = Vec::new();
    for group in profiles.iter().map(|(profile, _)| &profile.group) {
        prices.extend(group.kinds.iter().map(|kind| kind.unit));
        prices.extend(group.pools.iter().map(|pool| pool.unit));
        prices.extend(group.pools.iter().flat_map(|pool| pool.cases.iter().map(|case| case.fees)));
        for extra in &group.extras {
            prices.push(extra.unit);
            prices.extend(extra.cases.iter().map(|(_, _, fees)| *fees));
        }
    }
    prices.extend(amounts.iter().flat_map(|extra| extra.cases.iter().map(|(_, amount)| *amount)));
    prices.retain(|price| !price.is_zero());
    prices.sort_unstable();
    prices.dedup();
    prices
}

/// The running sums of the masses of all cells, each at least the one before: the transform rings a little.
fn cumulated(mut masses: Vec<f64>) -> Vec<f64> {
    let (mut sum, mut highest) = (0.0, 0.0);
    for mass in &mut masses {
        sum += *mass;
        highest = if sum > highest { sum } else { highest };
        *mass = highest;
    }
    masses
}

/// The largest size of a price.
pub(super) fn dearest(prices: &[Decimal]) -> f64 {
    prices.iter().map(|price| float(price.abs())).fold(0.0, f64::max)
}

/// The chance of each cell.
fn masses(lattice: &Lattice, values: impl FnOnce() -> Vec<Block>) -> Vec<f64> {
    let cells = lattice.cells;
    if cells == 1 {
        return vec![1.0];
    }
    let (mut masses, mut imaginary) = (vec![0.0; cells], vec![0.0; cells]);
    let back = lattice.turn_by(-lattice.origin);
    for (block, mut value) in values().into_iter().enumerate() {
        shift(lattice, &back, &mut value, block);
        let within = value.lanes().zip(block * LANES..).take_while(|(_, frequency)| *frequency <= cells / 2);
        for ((re, im), frequency) in within {
            (masses[frequency], imaginary[frequency]) = (re, im);
            let mirror = (cells - frequency) % cells;
            if mirror != frequency {
                (masses[mirror], imaginary[mirror]) = (re, -im);
            }
        }
    }
    // Half the cells is a frequency of its own: only what is real there belongs to real masses.
    imaginary[cells / 2] = 0.0;
    invert(&mut masses, &mut imaginary);
    masses
}

/// Moves cells to where they begin, and blurs slices: exact prices would ring between them.
fn shift(lattice: &Lattice, back: &Turn, value: &mut Block, block: usize) {
    if lattice.origin != 0.0 {
        value.multiply(&lattice.turned(back, block));
    }
    if !lattice.is_grid() {
        damp(value, (BLUR * lattice.cell) * (BLUR * lattice.cell), lattice.frequency(), block);
    }
}
