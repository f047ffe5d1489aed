//! The distribution of a total: every percentile, every chance, from one inverse Fourier transform.

use crate::cost::base::money::Decimal;
use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::characteristic::{damp, values};
use crate::cost::risk::fourier::invert;
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::{Group, float, group};
use crate::cost::risk::lattice::Lattice;
use crate::cost::risk::moments::{Layers, Moments, over_all};
use crate::cost::risk::work::{ExtraMoney, Work};
use std::sync::atomic::{AtomicBool, Ordering};

/// How far below a percentile the summed masses may stay: they carry the errors of the transform.
const TOLERANCE: f64 = 1e-9;

/// What a total comes to, with which chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// USD that are paid in any case but for calls that bring several finals.
    floor: f64,
    lattice: Lattice,
    /// The chance that the total lies in a cell or below it; never falls.
    cumulated: Vec<f64>,
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

    /// The distribution; a part of it if the flag was set meanwhile.
    fn computed(unwanted: &AtomicBool, kept: &Kept, work: &Work) -> Distribution {
        let groups: Vec<Group> =
            work.profiles.iter().filter_map(|profile| group(profile, |prior| kept.nodes(prior))).collect();
        let floor = groups.iter().fold(float(work.constant), |sum, group| sum + floor_of(group));
        let (mut mean, mut layers) = (float(work.constant), Layers::default());
        for group in &groups {
            let (own, spread) = over_all(group);
            mean += own;
            layers = layers.plus(spread);
        }
        for amount in &work.amounts {
            let own = of_amount(amount);
            mean += own.mean;
            layers.risks += own.variance;
        }
        let moments = Moments { mean, variance: layers.variance().max(0.0) };
        let prices = prices(&groups, &work.amounts);
        let lattice = Lattice::choose(&prices, mean - floor, moments.variance.sqrt());
        let dearest = prices.iter().max().map_or(0.0, |price| float(*price));
        let cumulated = cumulated(unwanted, &lattice, &groups, &work.amounts, (moments.variance.sqrt(), dearest));
        Distribution { floor, lattice, cumulated, moments, layers }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.moments.mean
    }

    /// The least that the total can be but for calls that bring several finals, which may be fewer.
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
        let at = self.cumulated.partition_point(|sum| *sum < wanted).min(self.cumulated.len() - 1);
        let Lattice { origin, cell, .. } = self.lattice;
        let start = self.floor + origin + at as f64 * cell;
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
        let Lattice { origin, cell, .. } = self.lattice;
        let cells = (amount - self.floor - origin) / cell;
        let sum = |at: f64| match at {
            below if below < 0.0 => 0.0,
            at => self.cumulated[(at as usize).min(self.cumulated.len() - 1)].clamp(0.0, 1.0),
        };
        if self.lattice.is_grid() {
            return sum((cells + 1e-6).floor());
        }
        // Cell i ends half a cell above its middle.
        let at = (cells + 0.5).floor();
        let (below, upto) = (sum(at - 1.0), sum(at));
        below + (upto - below) * (cells + 0.5 - at)
    }
}

/// USD that a profile costs in any case.
fn floor_of(group: &Group) -> f64 {
    group.kinds.iter().map(|kind| float(kind.unit) * kind.finals as f64).sum()
}

/// What a risk adds that costs money.
pub(super) fn of_amount(extra: &ExtraMoney) -> Moments {
    let none = (1.0 - extra.chance, Moments::default());
    let case =
        |(share, amount): &(f64, Decimal)| (extra.chance * share, Moments { mean: float(*amount), variance: 0.0 });
    Moments::mixed(std::iter::once(none).chain(extra.cases.iter().map(case)))
}

/// Every price above 0 that the total is made up of.
fn prices(groups: &[Group], amounts: &[ExtraMoney]) -> Vec<Decimal> {
    let mut prices: Vec<Decimal> = Vec::new();
    for group in groups {
        prices.extend(group.kinds.iter().map(|kind| kind.unit));
        prices.extend(group.pools.iter().map(|pool| pool.unit));
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
fn cumulated(
    unwanted: &AtomicBool,
    lattice: &Lattice,
    groups: &[Group],
    amounts: &[ExtraMoney],
    sizes: (f64, f64),
) -> Vec<f64> {
    let cells = lattice.cells;
    if cells == 1 {
        return vec![1.0];
    }
    let (re, im) = values(unwanted, lattice, groups, amounts, sizes);
    let (mut masses, mut imaginary) = (vec![0.0; cells], vec![0.0; cells]);
    for block in 0..re.len() / LANES {
        let place = block * LANES..(block + 1) * LANES;
        let mut value = Block::ZEROS;
        value.re.copy_from_slice(&re[place.clone()]);
        value.im.copy_from_slice(&im[place]);
        if !lattice.is_grid() {
            shift(lattice, &mut value, block);
        }
        for lane in 0..LANES {
            let frequency = block * LANES + lane;
            if frequency <= cells / 2 {
                (masses[frequency], imaginary[frequency]) = (value.re[lane], value.im[lane]);
                let mirror = (cells - frequency) % cells;
                if mirror != frequency {
                    (masses[mirror], imaginary[mirror]) = (value.re[lane], -value.im[lane]);
                }
            }
        }
    }
    // Half the cells is a frequency of its own: only what is real there belongs to real masses.
    imaginary[cells / 2] = 0.0;
    invert(&mut masses, &mut imaginary);
    let (mut sum, mut highest) = (0.0, 0.0);
    for mass in &mut masses {
        sum += *mass;
        highest = if sum > highest { sum } else { highest };
        *mass = highest;
    }
    masses
}

/// Moves slices to where they begin, and blurs them by one cell: exact prices would ring between them.
fn shift(lattice: &Lattice, value: &mut Block, block: usize) {
    for lane in 0..LANES {
        let (s, c) = libm::sincos(-lattice.frequency() * lattice.origin * (block * LANES + lane) as f64);
        let (x, y) = (value.re[lane], value.im[lane]);
        (value.re[lane], value.im[lane]) = (x * c - y * s, x * s + y * c);
    }
    damp(value, lattice.cell * lattice.cell, lattice.frequency(), block);
}
