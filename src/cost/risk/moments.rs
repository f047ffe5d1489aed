//! Mean and variance of costs, given a chance of acceptance and over all of them.

use crate::cost::base::money::Decimal;
use crate::cost::risk::kinds::{Case, Extra, Group, Kind, Pool, float};
use crate::cost::risk::prior::Node;
use std::f64::consts::PI;

/// A mean with its variance; of things that are independent, they add.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

impl Moments {
    pub(super) fn plus(self, other: Moments) -> Moments {
        Moments { mean: self.mean + other.mean, variance: self.variance + other.variance }
    }

    pub(super) fn times(self, factor: f64) -> Moments {
        Moments { mean: self.mean * factor, variance: self.variance * factor * factor }
    }

    /// Of one of several cases, each with its chance.
    pub(super) fn mixed(cases: impl Iterator<Item = (f64, Moments)>) -> Moments {
        let (mut mean, mut square) = (0.0, 0.0);
        for (chance, case) in cases {
            mean += chance * case.mean;
            square += chance * (case.variance + case.mean * case.mean);
        }
        Moments { mean, variance: (square - mean * mean).max(0.0) }
    }
}

/// The tries that `finals` take, each try of `images`: negative binomial.
pub(super) fn tries(finals: u64, images: u32, node: &Node) -> Moments {
    let (finals, odds) = (finals as f64, node.odds_of_call(images));
    Moments { mean: finals * (1.0 + odds), variance: finals * odds * (1.0 + odds) }
}

/// The calls of `images` that `finals` take if any number of a call's images may be kept: a whole number of calls, so the
/// images left over in the last one belong to them. By the residues of the images modulo a call's, from roots of unity.
#[must_use]
pub fn pool_calls(finals: u64, images: u32, node: &Node) -> Moments {
    if finals == 0 {
        return Moments::default();
    }
    let (count, all) = (f64::from(images), finals as f64);
    let made = tries(finals, 1, node);
    let (mut left, mut square, mut with_made) = (0.0, 0.0, 0.0);
    for turn in 0..images {
        let angle = 2.0 * PI * f64::from(turn) / count;
        let w = (libm::cos(angle), libm::sin(angle));
        // 1/(1 − q·w), and the generating function (p·w/(1 − q·w))^F.
        let inverse = reciprocal((1.0 - node.reject * w.0, -node.reject * w.1));
        let (p, value) = (node.accept, multiply(w, inverse));
        let value = power((p * value.0, p * value.1), finals);
        let slope = multiply(value, (all * inverse.0, all * inverse.1));
        for rest in 0..images {
            // Images whose number leaves `images − rest` over: `rest` more make the last call whole.
            let back = 2.0 * PI * f64::from((turn * rest) % images) / count;
            let (c, s) = (libm::cos(back), libm::sin(back));
            let rest = f64::from(rest);
            let chance = (c * value.0 - s * value.1) / count;
            left += rest * chance;
            square += rest * rest * chance;
            with_made += rest * (c * slope.0 - s * slope.1) / count;
        }
    }
    let variance = made.variance + (square - left * left) + 2.0 * (with_made - made.mean * left);
    Moments { mean: (made.mean + left) / count, variance: variance.max(0.0) / (count * count) }
}

fn multiply(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

fn reciprocal(a: (f64, f64)) -> (f64, f64) {
    let size = a.0 * a.0 + a.1 * a.1;
    (a.0 / size, -a.1 / size)
}

/// A whole power, by squaring.
pub(super) fn power(mut base: (f64, f64), mut exponent: u64) -> (f64, f64) {
    let mut product = (1.0, 0.0);
    while exponent > 0 {
        if exponent & 1 == 1 {
            product = multiply(product, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    product
}

fn of_kind(kind: &Kind, node: &Node) -> Moments {
    tries(kind.finals, kind.images, node).times(float(kind.unit))
}

/// Of all items of a kind, each with the same number of finals, without named risks and with them.
pub(super) fn of_pool(pool: &Pool, node: &Node) -> (Moments, Moments) {
    let items = pool.items as f64;
    let cost = |finals, fees| {
        let Moments { mean, variance } = pool_calls(finals, pool.images, node).times(float(pool.unit));
        Moments { mean: mean + float(fees), variance }
    };
    let all = |one: Moments| Moments { mean: one.mean * items, variance: one.variance * items };
    let without = cost(pool.finals, Decimal::ZERO);
    if let [Case { finals, .. }] = pool.cases[..]
        && finals == pool.finals
    {
        return (all(without), all(without));
    }
    let cases = pool.cases.iter().map(|case| (case.chance, cost(case.finals, case.fees)));
    (all(without), all(Moments::mixed(cases)))
}

/// What a named risk adds.
pub(super) fn of_extra(extra: &Extra, node: &Node) -> Moments {
    let case = |&(share, finals, fees): &(f64, u64, _)| {
        let Moments { mean, variance } = tries(finals, extra.images, node).times(float(extra.unit));
        (extra.chance * share, Moments { mean: mean + float(fees), variance })
    };
    Moments::mixed(std::iter::once((1.0 - extra.chance, Moments::default())).chain(extra.cases.iter().map(case)))
}

/// The cost of a profile given a chance of acceptance, without named risks and with them.
pub(super) fn given(group: &Group, node: &Node) -> (Moments, Moments) {
    let plain = group.kinds.iter().fold(Moments::default(), |sum, kind| sum.plus(of_kind(kind, node)));
    let pools = group.pools.iter().map(|pool| of_pool(pool, node));
    let (without, with) = pools.fold((plain, plain), |sum, (own, all)| (sum.0.plus(own), sum.1.plus(all)));
    (without, group.extras.iter().fold(with, |sum, extra| sum.plus(of_extra(extra, node))))
}

/// The variance to add at each node of a profile.
pub(super) fn blur(group: &Group) -> Vec<f64> {
    let given: Vec<Moments> = group.nodes.iter().map(|node| given(group, node).1).collect();
    let floor = floor(group);
    blurred(&given, |mean| mean - floor)
}

/// The variance to add at each node, so that many finals are a hill and no row of spikes: where the nodes' means lie further apart
/// than luck spreads them. `room`: how far a mean is from what cannot be passed.
pub(super) fn blurred(given: &[Moments], room: impl Fn(f64) -> f64) -> Vec<f64> {
    let gap = |at: usize| {
        let (before, after) = (at.saturating_sub(1), (at + 1).min(given.len() - 1));
        let apart = (given[after].mean - given[before].mean).abs();
        if after - before == 2 { apart / 2.0 } else { apart }
    };
    let place = |(at, own): (usize, &Moments)| {
        // A third of the way: hardly anything is to lie beyond.
        let reach = (0.4 * gap(at)).min(room(own.mean) / 3.0);
        (reach * reach - own.variance).max(0.0)
    };
    given.iter().enumerate().map(place).collect()
}

/// USD that a profile costs in any case, but for calls that bring several finals.
pub(super) fn floor(group: &Group) -> f64 {
    group.kinds.iter().map(|kind| float(kind.unit) * kind.finals as f64).sum()
}

/// How far below its floor a profile reaches once its nodes are blurred: four standard deviations.
pub(super) fn below(group: &Group, blur: &[f64]) -> f64 {
    let floor = floor(group);
    let blurred = group.nodes.iter().zip(blur).filter(|(_, blur)| **blur > 0.0);
    blurred.map(|(node, blur)| floor + 4.0 * blur.sqrt() - given(group, node).1.mean).fold(0.0, f64::max)
}

/// A variance in three layers that add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Layers {
    /// Luck: how tries fall out at a known factor.
    pub luck: f64,
    /// Not knowing the factor.
    pub factor: f64,
    /// Named risks, with what they share with the factor.
    pub risks: f64,
}

impl Layers {
    /// The whole variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.luck + self.factor + self.risks
    }

    /// Of so many that are independent.
    pub(super) fn times(self, count: f64) -> Layers {
        Layers { luck: self.luck * count, factor: self.factor * count, risks: self.risks * count }
    }

    pub(super) fn plus(self, other: Layers) -> Layers {
        let Layers { luck, factor, risks } = other;
        Layers { luck: self.luck + luck, factor: self.factor + factor, risks: self.risks + risks }
    }
}

/// Mean and layers of a profile over its whole prior.
pub(super) fn over_all(group: &Group) -> (f64, Layers) {
    let given: Vec<(f64, (Moments, Moments))> =
        group.moment_nodes.iter().map(|node| (node.weight, given(group, node))).collect();
    let split = |of: fn(&(Moments, Moments)) -> Moments| {
        let mean: f64 = given.iter().map(|(weight, both)| weight * of(both).mean).sum();
        let luck: f64 = given.iter().map(|(weight, both)| weight * of(both).variance).sum();
        let away = |both| of(both).mean - mean;
        let factor: f64 = given.iter().map(|(weight, both)| weight * away(both) * away(both)).sum();
        (mean, luck, factor)
    };
    let (_, luck, factor) = split(|both| both.0);
    let (mean, all_luck, all_factor) = split(|both| both.1);
    (mean, Layers { luck, factor, risks: (all_luck - luck) + (all_factor - factor) })
}
