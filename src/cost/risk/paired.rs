//! What varies between two projects: what both pay for, at the difference of their prices, and what one of them alone pays for.
//! Prices of the project before are below 0, those of the project after above.

use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::float;
use crate::cost::risk::moments::{Moments, pool_calls, tries};
use crate::cost::risk::prior::{Node, Prior};
use crate::cost::risk::work::ExtraMoney;

/// Whose retry factor tries come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    Before,
    After,
}

/// Finals that are paid alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Batch {
    pub(super) whose: Whose,
    /// USD of one try, or of one call.
    pub(super) unit: Decimal,
    /// Images of it.
    pub(super) images: u32,
    pub(super) finals: u64,
}

/// Calls that may bring several finals, the same ones for both projects until one of them has its finals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Common {
    /// What both buy; the price is of the project that ends here.
    pub(super) first: Batch,
    /// USD of a call of the project that goes on, from its first call on.
    pub(super) unit: Decimal,
    /// Finals that it goes on for.
    pub(super) more: u64,
}

/// A part of the difference, given the factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Tries that bring one final at most.
    Tries(Batch),
    /// Calls that may bring several.
    Calls(Batch),
    Common(Common),
}

/// One way in which an event falls out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Case {
    pub(super) chance: f64,
    /// USD of fees.
    pub(super) fees: Decimal,
    pub(super) parts: Vec<Part>,
}

/// The items of one retry profile on both sides, or of one that only one side has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// The factor before and after; the same where only one side has it.
    pub(super) priors: [Prior; 2],
    /// Whether it rests on so little that high percentiles are withheld.
    pub(super) is_wide: bool,
    pub(super) tries: Vec<Batch>,
    /// Calls, each with how many such there are.
    pub(super) calls: Vec<(Part, u64)>,
    /// Named risks; the chances of each one's cases sum to 1.
    pub(super) events: Vec<Vec<Case>>,
}

/// All that the difference of two totals depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Between {
    /// USD that do not vary.
    pub(super) constant: Decimal,
    pub(super) pairs: Vec<Pair>,
    pub(super) amounts: Vec<ExtraMoney>,
}

/// What an amount cannot leave; `None` where nothing bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) least: Option<Decimal>,
    pub(super) most: Option<Decimal>,
}

impl Bounds {
    pub(super) fn exactly(amount: Decimal) -> Bounds {
        Bounds { least: Some(amount), most: Some(amount) }
    }

    pub(super) fn plus(self, other: Bounds) -> Bounds {
        let sum = |a: Option<Decimal>, b: Option<Decimal>| plus(a?, b?).ok();
        Bounds { least: sum(self.least, other.least), most: sum(self.most, other.most) }
    }

    /// So many of it.
    fn repeated(self, count: u64) -> Bounds {
        let all = |bound: Option<Decimal>| times(bound?, Decimal::from(count)).ok();
        Bounds { least: all(self.least), most: all(self.most) }
    }

    /// Of the one or the other.
    fn or(self, other: Bounds) -> Bounds {
        let both = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b);
        Bounds {
            least: both(self.least, other.least).map(|(a, b)| a.min(b)),
            most: both(self.most, other.most).map(|(a, b)| a.max(b)),
        }
    }

    /// Of any of these, at least one.
    fn hull(mut cases: impl Iterator<Item = Bounds>) -> Bounds {
        let first = cases.next().unwrap_or(Bounds::exactly(Decimal::ZERO));
        cases.fold(first, Bounds::or)
    }

    /// `count` of a price, and any number more unless none can follow.
    fn from(unit: Decimal, count: u64, is_exact: bool) -> Bounds {
        let bound = times(unit, Decimal::from(count)).ok();
        let goes_on = |up: bool| !is_exact && !unit.is_zero() && unit.is_sign_positive() == up;
        Bounds { least: bound.filter(|_| !goes_on(false)), most: bound.filter(|_| !goes_on(true)) }
    }
}

/// The chances of acceptance of a pair: at each place both sides have the same share of cases below them.
pub(super) struct Nodes([Vec<Node>; 2]);

impl Nodes {
    pub(super) fn of(kept: &Kept, priors: [Prior; 2]) -> Nodes {
        let [before, after] = priors.map(|prior| kept.nodes(prior));
        let longer = if before.len() >= after.len() { &before } else { &after };
        // A factor that is certain is the same at every place.
        let along = |own: &[Node]| {
            let node = |(at, of): (usize, &Node)| Node { weight: of.weight, ..own[at.min(own.len() - 1)] };
            longer.iter().enumerate().map(node).collect()
        };
        Nodes([along(&before), along(&after)])
    }

    /// Those places alone that are wanted.
    pub(super) fn only(&self, is_wanted: impl Fn(usize) -> bool) -> Nodes {
        let kept =
            |all: &Vec<Node>| all.iter().zip(0..).filter(|(_, at)| is_wanted(*at)).map(|(node, _)| *node).collect();
        let [before, after] = &self.0;
        Nodes([kept(before), kept(after)])
    }

    pub(super) fn all(&self, whose: Whose) -> &[Node] {
        &self.0[whose as usize]
    }
}

impl Batch {
    /// Calls that its finals take at least.
    fn fewest_calls(&self) -> u64 {
        self.finals.div_ceil(u64::from(self.images))
    }
}

impl Common {
    /// What a first call costs both.
    fn both(&self) -> Decimal {
        plus(self.first.unit, self.unit).unwrap_or(Decimal::MAX)
    }

    fn bounds(&self, is_exact: bool) -> Bounds {
        let Common { first, unit, more } = *self;
        let all = Batch { finals: first.finals.saturating_add(more), ..first };
        if is_exact {
            let of_first = Bounds::from(first.unit, first.fewest_calls(), true);
            return of_first.plus(Bounds::from(unit, all.fewest_calls(), true));
        }
        // Any first call may be followed by none that more finals need, but for those that they fill.
        let rest = Bounds::from(unit, more / u64::from(first.images), false);
        Bounds::from(self.both(), first.fewest_calls(), false).plus(rest)
    }

    fn given(&self, node: &Node) -> Moments {
        let Common { first, unit, more } = *self;
        let images = f64::from(first.images);
        let all = pool_calls(first.finals.saturating_add(more), first.images, node).mean * float(unit);
        let mean = all + pool_calls(first.finals, first.images, node).mean * float(first.unit);
        let (own, rest) = (tries(first.finals, 1, node), tries(more, 1, node));
        let spread = own.times(float(self.both()) / images).variance + rest.times(float(unit) / images).variance;
        // Of calls as parts of an image; rounding them up adds a call at most. Only the cells are chosen by it.
        let rounding = float(first.unit).abs() + float(unit).abs();
        Moments { mean, variance: spread + if node.odds > 0.0 { rounding * rounding / 4.0 } else { 0.0 } }
    }
}

impl Part {
    pub(super) fn whose(&self) -> Whose {
        match self {
            Part::Tries(batch) | Part::Calls(batch) | Part::Common(Common { first: batch, .. }) => batch.whose,
        }
    }

    fn bounds(&self, priors: &[Prior; 2]) -> Bounds {
        let is_exact = priors[self.whose() as usize].retry <= 1.0;
        match self {
            Part::Tries(batch) => Bounds::from(batch.unit, batch.finals, is_exact),
            Part::Calls(batch) => Bounds::from(batch.unit, batch.fewest_calls(), is_exact),
            Part::Common(common) => common.bounds(is_exact),
        }
    }

    fn given(&self, nodes: &Nodes, at: usize) -> Moments {
        let node = &nodes.all(self.whose())[at];
        match self {
            Part::Tries(batch) => tries(batch.finals, batch.images, node).times(float(batch.unit)),
            Part::Calls(batch) => pool_calls(batch.finals, batch.images, node).times(float(batch.unit)),
            Part::Common(common) => common.given(node),
        }
    }

    fn prices(&self) -> [Decimal; 2] {
        match self {
            Part::Tries(batch) | Part::Calls(batch) => [batch.unit, Decimal::ZERO],
            Part::Common(common) => [common.first.unit, common.unit],
        }
    }

    /// As [`Pair::weight`].
    fn weight(&self) -> usize {
        match self {
            Part::Tries(_) => 1,
            Part::Calls(batch) => 4 + batch.images as usize,
            Part::Common(Common { first, .. }) => 4 + (first.images as usize).pow(2),
        }
    }
}

impl Case {
    fn bounds(&self, priors: &[Prior; 2]) -> Bounds {
        let parts = self.parts.iter().map(|part| part.bounds(priors));
        parts.fold(Bounds::exactly(self.fees), Bounds::plus)
    }

    fn given(&self, nodes: &Nodes, at: usize) -> Moments {
        let fees = Moments { mean: float(self.fees), variance: 0.0 };
        self.parts.iter().fold(fees, |sum, part| sum.plus(part.given(nodes, at)))
    }
}

impl Pair {
    /// USD of its tries if none fails.
    pub(super) fn base(&self) -> Option<Decimal> {
        let own = |batch: &Batch| times(batch.unit, Decimal::from(batch.finals)).ok();
        self.tries.iter().try_fold(Decimal::ZERO, |sum, batch| plus(sum, own(batch)?).ok())
    }

    pub(super) fn bounds(&self) -> Bounds {
        let tries = self.tries.iter().map(|batch| Part::Tries(*batch).bounds(&self.priors));
        let calls = self.calls.iter().map(|(part, count)| part.bounds(&self.priors).repeated(*count));
        let events = self.events.iter().map(|cases| Bounds::hull(cases.iter().map(|case| case.bounds(&self.priors))));
        tries.chain(calls).chain(events).fold(Bounds::exactly(Decimal::ZERO), Bounds::plus)
    }

    /// What it comes to at one place of its factors.
    pub(super) fn given(&self, nodes: &Nodes, at: usize) -> Moments {
        let tries = self.tries.iter().map(|batch| Part::Tries(*batch).given(nodes, at));
        let calls = self.calls.iter().map(|(part, count)| {
            let Moments { mean, variance } = part.given(nodes, at);
            Moments { mean: mean * *count as f64, variance: variance * *count as f64 }
        });
        let cases = |cases: &Vec<Case>| Moments::mixed(cases.iter().map(|case| (case.chance, case.given(nodes, at))));
        tries.chain(calls).chain(self.events.iter().map(cases)).fold(Moments::default(), Moments::plus)
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        let of_events = self.events.iter().flatten().flat_map(|case| &case.parts);
        self.calls.iter().map(|(part, _)| part).chain(of_events)
    }

    /// Every price that it is made up of, with its sign; some may be 0.
    pub(super) fn prices(&self) -> impl Iterator<Item = Decimal> {
        let fees = self.events.iter().flatten().map(|case| case.fees);
        self.tries.iter().map(|batch| batch.unit).chain(self.parts().flat_map(Part::prices)).chain(fees)
    }

    /// What the time for it grows with, in batches of tries.
    pub(super) fn weight(&self) -> usize {
        self.tries.len() + self.parts().map(Part::weight).sum::<usize>()
    }
}

impl Between {
    /// What the difference cannot leave.
    pub(super) fn bounds(&self) -> Bounds {
        let of_amount = |extra: &ExtraMoney| {
            let none = (extra.chance < 1.0).then_some(Decimal::ZERO);
            let usd = extra.cases.iter().map(|(_, usd)| *usd).filter(|_| extra.chance > 0.0);
            Bounds::hull(none.into_iter().chain(usd).map(Bounds::exactly))
        };
        let all = self.pairs.iter().map(Pair::bounds).chain(self.amounts.iter().map(of_amount));
        all.fold(Bounds::exactly(self.constant), Bounds::plus)
    }

    /// What the time for it grows with.
    pub(super) fn weight(&self) -> usize {
        self.pairs.iter().map(Pair::weight).sum()
    }
}
