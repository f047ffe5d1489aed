//! The difference of two totals, as its whole distribution: how likely one is cheaper than the other, and by how much.

use crate::cost::base::money::{Decimal, plus};
use crate::cost::risk::answer::{SURE_OF, WIDE_SHARE, Withheld, decimal};
use crate::cost::risk::characteristic::values_of;
use crate::cost::risk::distribution::{Distribution, Frame, dearest, of_amount};
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::float;
use crate::cost::risk::lattice::{Lattice, Reach};
use crate::cost::risk::moments::{Layers, Moments, blurred};
use crate::cost::risk::paired::{Between, Bounds, Nodes, Pair, Whose};
use crate::cost::risk::paired_values::Turning;
use crate::cost::risk::pairing::{Side, between};
use crate::cost::risk::steps::heaviest_of;
use std::cell::OnceCell;
use std::sync::Arc;

/// The least chance that is told.
const LEAST: f64 = 1e-6;

/// What one project costs more than another. Amounts are in USD, with fees, markup and tax, without buffers; below 0 where the
/// project after is cheaper.
#[derive(Debug, Clone)]
pub struct Difference {
    distribution: Distribution,
    bounds: Bounds,
    withheld: Option<Withheld>,
}

/// What a difference is the distribution of.
#[derive(Debug, Clone)]
pub struct Compared(Between);

impl Compared {
    /// Two projects, before and after. `None` if it takes more digits than a decimal has.
    #[must_use]
    pub fn of(before: Side<'_>, after: Side<'_>) -> Option<Compared> {
        between(before, after).map(Compared)
    }

    /// What the time for its difference grows with, in kinds of price.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.0.weight()
    }
}

impl Difference {
    /// The difference of two projects, with what is kept from earlier.
    #[must_use]
    pub fn of(kept: &Kept, compared: &Compared) -> Difference {
        let between = &compared.0;
        let mut pairs: Vec<Varying<'_>> = between.pairs.iter().map(|pair| Varying::of(kept, pair)).collect();
        // What varies most comes first: where its product is nothing, the rest is not needed.
        pairs.sort_by(|one, other| other.moments.variance.total_cmp(&one.moments.variance));
        let constant = Moments { mean: float(between.constant), variance: 0.0 };
        let amounts = || between.amounts.iter().map(of_amount);
        let moments = pairs.iter().map(|pair| pair.moments).chain(amounts()).fold(constant, Moments::plus);
        let bounds = between.bounds();
        let base = base(between);
        let lattice = lattice(between, &pairs, (base, bounds), moments);
        let prices = prices(between);
        let values = |is_smooth| {
            let turning: Vec<OnceCell<Turning<'_>>> = pairs.iter().map(|_| OnceCell::new()).collect();
            let factor = |at: usize, block: usize| {
                let turning = turning[at].get_or_init(|| pairs[at].turning(&lattice));
                Some(Arc::new(turning.value(block)))
            };
            values_of((&lattice, is_smooth), &between.amounts, pairs.len(), factor)
        };
        let steps = || heaviest(&lattice, &pairs, between);
        let floor = bounds.least.map_or(f64::NEG_INFINITY, float);
        let frame = Frame { base, floor, lattice: lattice.clone(), moments, layers: Layers::default() };
        let distribution = Distribution::filled(frame, dearest(&prices), values, steps);
        let wide: f64 = pairs.iter().filter(|pair| pair.pair.is_wide).map(|pair| pair.moments.variance).sum();
        let is_wide = wide > 0.0 && wide >= WIDE_SHARE * moments.variance;
        Difference { distribution, bounds, withheld: is_wide.then_some(Withheld::WideRange) }
    }

    /// The chance, from 0 to 1, that the project after costs less. Like the next two it is 0 or 1 only where that is beyond doubt.
    #[must_use]
    pub fn cheaper(&self) -> Decimal {
        self.chances()[0]
    }

    /// The chance that both cost the same.
    #[must_use]
    pub fn same(&self) -> Decimal {
        self.chances()[1]
    }

    /// The chance that the project after costs more.
    #[must_use]
    pub fn dearer(&self) -> Decimal {
        self.chances()[2]
    }

    /// Of less, of the same, and of more.
    fn chances(&self) -> [Decimal; 3] {
        let Bounds { least, most } = self.bounds;
        let can_be_less = least.is_none_or(|least| least < Decimal::ZERO);
        let can_be_more = most.is_none_or(|most| most > Decimal::ZERO);
        let can_be_same =
            least.is_none_or(|least| least <= Decimal::ZERO) && most.is_none_or(|most| most >= Decimal::ZERO);
        let (below, upto) = self.distribution.around(0.0);
        let upto = if can_be_more { upto.clamp(0.0, 1.0) } else { 1.0 };
        let below = if can_be_less { below.clamp(0.0, upto) } else { 0.0 };
        // What can be is never told as 0, and what need not be never as 1.
        let told = |can_be: bool, others: bool, chance: f64, least: f64| match (can_be, others) {
            (false, _) => Decimal::ZERO,
            (true, false) => Decimal::ONE,
            (true, true) => decimal(chance.clamp(least, 1.0 - LEAST)),
        };
        [
            told(can_be_less, can_be_same || can_be_more, below, LEAST),
            // That both can be the same does not say that any tries come to it.
            told(can_be_same, can_be_less || can_be_more, upto - below, 0.0),
            told(can_be_more, can_be_less || can_be_same, 1.0 - upto, LEAST),
        ]
    }

    /// Whether it is beyond doubt which of them costs less, or that both cost the same.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let Bounds { least, most } = self.bounds;
        let is_one = least.is_some() && least == most;
        is_one || most.is_some_and(|most| most < Decimal::ZERO) || least.is_some_and(|least| least > Decimal::ZERO)
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> Decimal {
        decimal(self.distribution.mean())
    }

    /// The difference that is not passed in so many of 100 cases, from 1 to 99.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Decimal {
        let Bounds { least, most } = self.bounds;
        let found = decimal(self.distribution.percentile(f64::from(percent) / 100.0));
        let found = least.map_or(found, |least| found.max(decimal(float(least))));
        most.map_or(found, |most| found.min(decimal(float(most))))
    }

    /// Why what is rarer than 1 of 5 is not to be told, if it is not.
    #[must_use]
    pub fn withheld(&self) -> Option<Withheld> {
        self.withheld.filter(|_| !self.is_certain())
    }

    /// Whether a chance is told: one above [`SURE_OF`] says as much as a percentile that is withheld, and so does one as far
    /// below a half.
    #[must_use]
    pub fn tells(&self, chance: Decimal) -> bool {
        let sure = Decimal::new(SURE_OF.into(), 2);
        self.withheld().is_none() || (Decimal::ONE - sure..=sure).contains(&chance)
    }
}

/// A pair with what its places come to.
struct Varying<'a> {
    pair: &'a Pair,
    nodes: Nodes,
    moments: Moments,
    /// The variance to add at each place.
    blur: Vec<f64>,
    /// USD by which it reaches below its least and above its most by that.
    beyond: (f64, f64),
}

impl<'a> Varying<'a> {
    fn of(kept: &Kept, pair: &'a Pair) -> Varying<'a> {
        let nodes = Nodes::of(kept, pair.priors);
        let given: Vec<Moments> = (0..nodes.all(Whose::Before).len()).map(|at| pair.given(&nodes, at)).collect();
        let moments = over_all(&nodes, &given);
        let Bounds { least, most } = pair.bounds();
        let (least, most) = (least.map_or(f64::NEG_INFINITY, float), most.map_or(f64::INFINITY, float));
        let blur = blurred(&given, |mean| (mean - least).min(most - mean));
        let reach = |(own, blur): (&Moments, &f64)| {
            let far = 4.0 * blur.sqrt();
            (least + far - own.mean, own.mean + far - most)
        };
        let is_blurred = |(_, blur): &(&Moments, &f64)| **blur > 0.0;
        let all = given.iter().zip(&blur).filter(is_blurred).map(reach);
        let beyond = all.fold((0.0, 0.0), |(below, above): (f64, f64), own| (below.max(own.0), above.max(own.1)));
        Varying { pair, nodes, moments, blur, beyond }
    }

    fn turning<'b>(&'b self, lattice: &'b Lattice) -> Turning<'b> {
        Turning::new(lattice, (self.pair, &self.nodes), &self.blur)
    }
}

/// Mean and variance over all places, from those at each.
fn over_all(nodes: &Nodes, given: &[Moments]) -> Moments {
    let weighed = |of: &dyn Fn(&Moments) -> f64| {
        nodes.all(Whose::Before).iter().zip(given).map(|(node, given)| node.weight * of(given)).sum::<f64>()
    };
    let mean = weighed(&|given| given.mean);
    Moments { mean, variance: weighed(&|given| given.variance + (given.mean - mean) * (given.mean - mean)) }
}

/// What cells are counted from: what is paid if no try fails, but for calls that bring several finals.
fn base(between: &Between) -> f64 {
    let all = between.pairs.iter().try_fold(between.constant, |sum, pair| plus(sum, pair.base()?).ok());
    // More digits than a decimal has: the cells are no exact ones then either.
    let about = || {
        let pair = |pair: &Pair| pair.tries.iter().map(|batch| float(batch.unit) * batch.finals as f64).sum::<f64>();
        float(between.constant) + between.pairs.iter().map(pair).sum::<f64>()
    };
    all.map_or_else(about, float)
}

fn prices(between: &Between) -> Vec<Decimal> {
    let amounts = between.amounts.iter().flat_map(|extra| extra.cases.iter().map(|(_, usd)| *usd));
    let all = between.pairs.iter().flat_map(Pair::prices).chain(amounts);
    let mut prices: Vec<Decimal> = all.map(|price| price.abs()).filter(|price| !price.is_zero()).collect();
    prices.sort_unstable();
    prices.dedup();
    prices
}

fn lattice(between: &Between, pairs: &[Varying<'_>], (base, bounds): (f64, Bounds), moments: Moments) -> Lattice {
    let (below, above) =
        pairs.iter().fold((0.0, 0.0), |(below, above), pair| (below + pair.beyond.0, above + pair.beyond.1));
    let reach = Reach {
        mean: moments.mean - base,
        sd: moments.variance.sqrt(),
        least: bounds.least.map_or(f64::NEG_INFINITY, |least| float(least) - base - below),
        most: bounds.most.map_or(f64::INFINITY, |most| float(most) - base + above),
    };
    Lattice::choose(&prices(between), reach)
}

/// The heaviest single differences, counted from the base.
fn heaviest(lattice: &Lattice, pairs: &[Varying<'_>], between: &Between) -> Vec<(f64, f64)> {
    let turning: Vec<Turning<'_>> = pairs.iter().map(|pair| pair.turning(lattice)).collect();
    let steps = turning.iter().map(|turning| (turning.steps(), 1)).collect();
    heaviest_of(steps, between.weight(), &between.amounts)
}
