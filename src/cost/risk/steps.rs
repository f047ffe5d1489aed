//! The heaviest single totals, each with its chance. Where finals are few a total falls on steps, which slices would blur: so
//! these are taken out of the slices and added at their exact places.

use crate::cost::base::money::Decimal;
use crate::cost::risk::kept::Prepared;
use crate::cost::risk::kinds::{Case, Extra, Group, Kind, Pool, float};
use crate::cost::risk::lattice::Lattice;
use crate::cost::risk::prior::Node;
use crate::cost::risk::work::ExtraMoney;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Totals rarer than this stay in the slices.
const LEAST_CHANCE: f64 = 1e-5;
/// Ways that are tried for one kind of price, and for all of them.
const WAYS: usize = 2048;
const ALL_WAYS: usize = 4 * WAYS;
/// Failing tries of one kind that are looked at.
const MOST_FAILURES: u64 = 255;
/// Kinds of price up to which more than the floor is listed.
const MANY_KINDS: usize = 64;

/// Totals above the floor with their chances, ascending; they need not be all there are. Of nodes that are blurred nothing is
/// listed.
pub(super) fn heaviest(
    lattice: &Lattice,
    profiles: &[(Arc<Prepared>, u64)],
    amounts: &[ExtraMoney],
) -> Vec<(f64, f64)> {
    let kinds: usize = profiles.iter().map(|(profile, count)| profile.group.weight() * *count as usize).sum();
    let profiles = profiles.iter().map(|(profile, count)| (Steps::of(lattice, profile), *count)).collect();
    heaviest_of(profiles, kinds, amounts)
}

/// The same of so many `kinds` of price, of parts that do not depend on each other.
pub(super) fn heaviest_of(profiles: Vec<(Steps<'_>, u64)>, kinds: usize, amounts: &[ExtraMoney]) -> Vec<(f64, f64)> {
    let failures = if kinds > MANY_KINDS { 0 } else { MOST_FAILURES };
    let most = (ALL_WAYS / kinds.max(1)).clamp(1, WAYS);
    // Most projects end here: no single total of many finals is heavy.
    let highest: f64 = profiles.iter().map(|(steps, count)| power(steps.highest, *count)).product();
    if highest < LEAST_CHANCE {
        return Vec::new();
    }
    let mut totals = vec![(0.0, 1.0)];
    for (steps, count) in &profiles {
        let own = heaviest_first(steps.list(failures, most, LEAST_CHANCE * steps.highest / highest));
        for _ in 0..*count {
            totals = sums(&totals, &own);
            if totals.is_empty() {
                return totals;
            }
        }
    }
    for amount in amounts {
        let case = |(share, usd): &(f64, Decimal)| (float(*usd), amount.chance * share);
        let cases = amount.cases.iter().map(case).chain([(0.0, 1.0 - amount.chance)]).collect();
        totals = sums(&totals, &heaviest_first(cases));
    }
    totals.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    totals
}

/// A number up to 1 to a whole power, or somewhat more than that.
fn power(base: f64, exponent: u64) -> f64 {
    (0..exponent.min(64)).fold(1.0, |power, _| power * base)
}

/// All sums of one of each that are not too rare; both lists and the answer have the heaviest first. What comes later than enough
/// of them stays in the slices.
fn sums(totals: &[(f64, f64)], more: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sums = Vec::new();
    for (usd, chance) in totals {
        if sums.len() > 2 * WAYS {
            break;
        }
        let frequent = more.iter().take_while(|(_, own)| chance * own >= LEAST_CHANCE);
        sums.extend(frequent.map(|(own, with)| (usd + own, chance * with)));
    }
    heaviest_first(sums)
}

/// The heaviest ones, in order.
fn heaviest_first(mut all: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let heavier = |a: &(f64, f64), b: &(f64, f64)| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0));
    if all.len() > WAYS {
        all.select_nth_unstable_by(WAYS, heavier);
        all.truncate(WAYS);
    }
    all.sort_unstable_by(heavier);
    all
}

/// A profile whose totals are to be listed.
pub(super) struct Steps<'a> {
    /// What the nodes that are not blurred count.
    nodes: Vec<f64>,
    parts: Vec<Repeated<'a>>,
    /// No total of it has a higher chance.
    highest: f64,
}

/// A part of a profile as often as it is there.
struct Repeated<'a> {
    part: Box<dyn Listed + 'a>,
    count: u64,
    /// The most that one of its amounts can weigh at each node.
    highest: Vec<f64>,
}

/// What amounts are listed of.
pub(super) trait Listed {
    /// The most that one of its amounts can weigh at the node of this place.
    fn highest(&self, at: usize) -> f64;

    /// What it can cost above the floor, with up to so many failing tries of a kind, as far as it weighs `least` or more by these
    /// weights of the nodes.
    fn amounts(&self, failures: u64, frequent: (&[f64], f64)) -> Amounts;
}

/// A part of a profile with the nodes that are not blurred.
struct Placed<'a> {
    part: Part<'a>,
    nodes: Rc<[Node]>,
}

impl Listed for Placed<'_> {
    fn highest(&self, at: usize) -> f64 {
        self.part.highest(&self.nodes[at])
    }

    fn amounts(&self, failures: u64, (weights, least): (&[f64], f64)) -> Amounts {
        self.part.amounts(&self.nodes, failures, weights, least)
    }
}

/// Amounts above the floor, each with its chance at every node.
#[derive(Default)]
pub(super) struct Amounts {
    usd: Vec<f64>,
    /// One row an amount, one column a node.
    chances: Vec<f64>,
}

impl Amounts {
    pub(super) fn push(&mut self, usd: f64, chances: impl IntoIterator<Item = f64>) {
        self.usd.push(usd);
        self.chances.extend(chances);
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (f64, &[f64])> {
        self.usd.iter().copied().zip(self.chances.chunks_exact((self.chances.len() / self.usd.len().max(1)).max(1)))
    }

    /// The heaviest ones, not lighter than `least`; what they weigh is seen with these weights of the nodes.
    pub(super) fn heaviest(&self, weights: &[f64], least: f64, most: usize) -> Amounts {
        let mut rows: Vec<(f64, (f64, &[f64]))> =
            self.rows().map(|row| (weighed(row.1, weights), row)).filter(|(weight, _)| *weight >= least).collect();
        if rows.len() > most {
            rows.sort_by(|a, b| b.0.total_cmp(&a.0));
            rows.truncate(most);
        }
        let mut heaviest = Amounts::default();
        rows.into_iter().for_each(|(_, (usd, chances))| heaviest.push(usd, chances.iter().copied()));
        heaviest
    }

    /// All sums of one of each that weigh `least` or more.
    pub(super) fn plus(&self, more: &Amounts, weights: &[f64], least: f64) -> Amounts {
        let mut sums = Amounts::default();
        for (usd, chances) in self.rows() {
            for (own, with) in more.rows() {
                let start = sums.chances.len();
                sums.chances.extend(chances.iter().zip(with).map(|(a, b)| a * b));
                if weighed(&sums.chances[start..], weights) >= least {
                    sums.usd.push(usd + own);
                } else {
                    sums.chances.truncate(start);
                }
            }
        }
        sums
    }
}

fn weighed(chances: &[f64], weights: &[f64]) -> f64 {
    chances.iter().zip(weights).map(|(chance, weight)| chance * weight).sum()
}

impl<'a> Steps<'a> {
    fn of(lattice: &Lattice, profile: &'a Prepared) -> Steps<'a> {
        let group: &Group = &profile.group;
        let plain = group.nodes.iter().zip(&profile.blur).filter(|(_, blur)| lattice.shown(**blur) <= 0.0);
        let nodes: Rc<[Node]> = plain.map(|(node, _)| *node).collect();
        let kinds = group.kinds.iter().map(|kind| (1, Part::Kind(kind)));
        let pools = group.pools.iter().map(|pool| (pool.items, Part::Pool(pool)));
        let extras = group.extras.iter().map(|extra| (1, Part::Extra(extra)));
        let placed = |(count, part)| (count, Placed { part, nodes: Rc::clone(&nodes) });
        let weights = nodes.iter().map(|node| node.weight).collect();
        Steps::with(weights, kinds.chain(pools).chain(extras).map(placed))
    }

    /// Of parts, each with how many such there are, at nodes of these weights.
    pub(super) fn with<P: Listed + 'a>(nodes: Vec<f64>, parts: impl Iterator<Item = (u64, P)>) -> Steps<'a> {
        let repeated = |(count, part): (u64, P)| {
            let highest = (0..nodes.len()).map(|at| part.highest(at)).collect();
            Repeated { part: Box::new(part), count, highest }
        };
        let parts = parts.map(repeated).collect();
        let mut steps = Steps { parts, nodes, highest: 0.0 };
        steps.highest = steps.weights(0, 0).iter().sum();
        steps
    }

    /// The weight of each node, with the most that can come at it of the parts from this place on, and of the one before it so
    /// many times more.
    fn weights(&self, from: usize, more: u64) -> Vec<f64> {
        let before = from.checked_sub(1).map(|before| (&self.parts[before], more));
        let rest: Vec<_> = self.parts[from..].iter().map(|part| (part, part.count)).chain(before).collect();
        let at = |(at, weight): (usize, &f64)| {
            rest.iter().fold(*weight, |weight, (part, count)| weight * power(part.highest[at], *count))
        };
        self.nodes.iter().enumerate().map(at).collect()
    }

    /// Its totals that weigh `least` or more, as far as so many ways at once lead to them. What the parts to come can weigh at
    /// most tells early what cannot come to much.
    fn list(&self, failures: u64, most: usize, least: f64) -> Vec<(f64, f64)> {
        let mut ways = Amounts { usd: vec![0.0], chances: vec![1.0; self.nodes.len()] };
        for (at, Repeated { part, count, .. }) in self.parts.iter().enumerate() {
            for left in (0..*count).rev() {
                let weights = self.weights(at + 1, left);
                let amounts = part.amounts(failures, (&weights, least));
                ways = ways.heaviest(&weights, least, (most / amounts.usd.len().max(1)).max(1));
                ways = ways.plus(&amounts, &weights, least);
                if ways.usd.is_empty() {
                    return Vec::new();
                }
            }
        }
        ways.rows().map(|(usd, chances)| (usd, weighed(chances, &self.nodes))).collect()
    }
}

/// The most that any number of failing tries can weigh at a node. They are log-concave, so it is not above 2 ÷ √(1 + 4·variance)
/// (Bobkov, Marsiglietti, Melbourne: Concentration functions and entropy bounds for discrete log-concave distributions, 2022).
pub(super) fn likeliest(finals: u64, images: u32, node: &Node) -> f64 {
    let odds = node.odds_of_call(images);
    (2.0 / (1.0 + 4.0 * finals as f64 * odds * (1.0 + odds)).sqrt()).min(1.0)
}

/// A part of a profile.
enum Part<'a> {
    Kind(&'a Kind),
    Pool(&'a Pool),
    Extra(&'a Extra),
}

impl Part<'_> {
    /// The most that one of its amounts can weigh at a node.
    fn highest(&self, node: &Node) -> f64 {
        match self {
            Part::Kind(kind) => likeliest(kind.finals, kind.images, node),
            // A call stands for as many numbers of images as it has.
            Part::Pool(pool) => {
                let case =
                    |case: &Case| case.chance * (f64::from(pool.images) * likeliest(case.finals, 1, node)).min(1.0);
                pool.cases.iter().map(case).sum()
            }
            Part::Extra(extra) => extra.chance.max(1.0 - extra.chance),
        }
    }

    /// What it can cost above the floor, as far as it weighs `least` or more by these weights of the nodes.
    fn amounts(&self, nodes: &[Node], failures: u64, weights: &[f64], least: f64) -> Amounts {
        let mut amounts = Amounts::default();
        match self {
            Part::Kind(kind) => {
                let unit = float(kind.unit);
                failing((kind.finals, kind.images), nodes, failures, (weights, least), |failures, chances| {
                    amounts.push(unit * failures as f64, chances.iter().copied());
                });
            }
            Part::Pool(pool) => of_pool(pool, nodes, failures, (weights, least), &mut amounts),
            Part::Extra(extra) => of_extra(extra, nodes, failures, (weights, least), &mut amounts),
        }
        amounts.heaviest(weights, least, usize::MAX)
    }
}

/// The chance at each node of so many failing tries, from none on: negative binomial. Ends once tries that were frequent are
/// rare again.
pub(super) fn failing(
    (finals, images): (u64, u32),
    nodes: &[Node],
    most: u64,
    (weights, least): (&[f64], f64),
    mut each: impl FnMut(u64, &[f64]),
) {
    let odds: Vec<f64> = nodes.iter().map(|node| node.odds_of_call(images)).collect();
    let failing: Vec<f64> = odds.iter().map(|odds| odds / (1.0 + odds)).collect();
    let mut now: Vec<f64> = odds.iter().map(|odds| libm::exp(-(finals as f64) * libm::log1p(*odds))).collect();
    let mut was_frequent = false;
    for failures in 0..=most {
        let is_frequent = weighed(&now, weights) >= least;
        if was_frequent && !is_frequent {
            return;
        }
        was_frequent |= is_frequent;
        each(failures, &now);
        let more = (finals as f64 + failures as f64) / (failures as f64 + 1.0);
        now.iter_mut().zip(&failing).for_each(|(chance, failing)| *chance *= more * failing);
    }
}

fn of_pool(pool: &Pool, nodes: &[Node], failures: u64, (weights, least): (&[f64], f64), amounts: &mut Amounts) {
    // Several numbers of images are one number of calls.
    let frequent = (weights, least / f64::from(pool.images.max(1)));
    let mut paid: BTreeMap<(u64, Decimal), Vec<f64>> = BTreeMap::new();
    for &Case { finals, fees, chance: case } in &pool.cases {
        failing((finals, 1), nodes, failures, frequent, |failures, chances| {
            let own = paid.entry(((finals + failures).div_ceil(u64::from(pool.images)), fees)).or_default();
            own.resize(nodes.len(), 0.0);
            own.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += case * chance);
        });
    }
    let unit = float(pool.unit);
    for ((calls, fees), chances) in paid {
        amounts.push(unit * calls as f64 + float(fees), chances);
    }
}

fn of_extra(extra: &Extra, nodes: &[Node], failures: u64, frequent: (&[f64], f64), amounts: &mut Amounts) {
    let unit = float(extra.unit);
    amounts.push(0.0, nodes.iter().map(|_| 1.0 - extra.chance));
    for &(share, finals, fees) in &extra.cases {
        failing((finals, extra.images), nodes, failures, frequent, |failures, chances| {
            let usd = float(fees) + unit * (finals + failures) as f64;
            amounts.push(usd, chances.iter().map(|chance| chance * extra.chance * share));
        });
    }
}
