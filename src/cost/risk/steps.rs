//! The heaviest single totals, each with its chance. Where finals are few a total falls on steps, which slices would blur: so
//! these are taken out of the slices and added at their exact places.

use crate::cost::base::money::Decimal;
use crate::cost::risk::kept::Prepared;
use crate::cost::risk::kinds::{Case, Extra, Group, Kind, Pool, float};
use crate::cost::risk::lattice::Lattice;
use crate::cost::risk::prior::Node;
use crate::cost::risk::work::ExtraMoney;
use std::collections::BTreeMap;
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

/// What one part of a profile can cost above the floor, with the chance given each node.
struct Outcomes {
    usd: Vec<f64>,
    /// For each amount, one chance a node.
    chances: Vec<Vec<f64>>,
}

/// A total of a profile so far, with its chance at each node, weighted.
struct Way {
    usd: f64,
    chances: Vec<f64>,
    chance: f64,
}

/// Totals above the floor with their chances, ascending; they need not be all there are. Of nodes that are blurred nothing is
/// listed.
pub(super) fn heaviest(
    lattice: &Lattice,
    profiles: &[(Arc<Prepared>, u64)],
    amounts: &[ExtraMoney],
) -> Vec<(f64, f64)> {
    let kinds: usize = profiles.iter().map(|(profile, count)| profile.group.weight() * *count as usize).sum();
    let failures = if kinds > MANY_KINDS { 0 } else { MOST_FAILURES };
    let ways = (ALL_WAYS / kinds.max(1)).clamp(1, WAYS);
    let mut totals = vec![(0.0, 1.0)];
    for (profile, count) in profiles {
        let own = of_profile(lattice, profile, failures, ways);
        for _ in 0..*count {
            totals = sums(&totals, &own);
            if totals.is_empty() {
                return totals;
            }
        }
    }
    for amount in amounts {
        let case = |(share, usd): &(f64, Decimal)| (float(*usd), amount.chance * share);
        let cases: Vec<_> = amount.cases.iter().map(case).chain([(0.0, 1.0 - amount.chance)]).collect();
        totals = sums(&totals, &cases);
    }
    totals.sort_by(|a, b| a.0.total_cmp(&b.0));
    totals
}

/// All sums of one of each that are not too rare.
fn sums(totals: &[(f64, f64)], more: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut more = more.to_vec();
    more.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let mut sums = Vec::new();
    // The heaviest first: what comes later than enough of them stays in the slices.
    let mut totals = totals.to_vec();
    totals.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
    for (usd, chance) in &totals {
        if sums.len() > 2 * WAYS {
            break;
        }
        let frequent = more.iter().take_while(|(_, own)| chance * own >= LEAST_CHANCE);
        sums.extend(frequent.map(|(own, with)| (usd + own, chance * with)));
    }
    kept(&mut sums, WAYS, |sum| sum.1);
    sums
}

/// Keeps the heaviest ones.
fn kept<T>(all: &mut Vec<T>, most: usize, chance: impl Fn(&T) -> f64) {
    if all.len() > most {
        all.sort_by(|a, b| chance(b).total_cmp(&chance(a)));
        all.truncate(most);
    }
}

fn of_profile(lattice: &Lattice, profile: &Prepared, failures: u64, most: usize) -> Vec<(f64, f64)> {
    let group: &Group = &profile.group;
    let weight = |(at, node): (usize, &Node)| if lattice.shown(profile.blur[at]) > 0.0 { 0.0 } else { node.weight };
    let weights: Vec<f64> = group.nodes.iter().enumerate().map(weight).collect();
    let mut ways = vec![Way { usd: 0.0, chance: weights.iter().sum(), chances: weights.clone() }];
    let mut go_on = |outcomes: Outcomes| {
        let outcomes = outcomes.frequent(&weights);
        kept(&mut ways, (most / outcomes.usd.len().max(1)).max(1), |way| way.chance);
        ways = ways.iter().flat_map(|way| way.each(&outcomes)).collect();
        !ways.is_empty()
    };
    let kinds = group.kinds.iter().map(|kind| (1, Part::Kind(kind)));
    let pools = group.pools.iter().map(|pool| (pool.items, Part::Pool(pool)));
    let extras = group.extras.iter().map(|extra| (1, Part::Extra(extra)));
    for (count, part) in kinds.chain(pools).chain(extras) {
        for _ in 0..count {
            if !go_on(part.outcomes(&group.nodes, failures)) {
                return Vec::new();
            }
        }
    }
    ways.into_iter().map(|way| (way.usd, way.chance)).collect()
}

impl Way {
    fn each(&self, outcomes: &Outcomes) -> Vec<Way> {
        let with = |(usd, own): (&f64, &Vec<f64>)| {
            let chances: Vec<f64> = self.chances.iter().zip(own).map(|(a, b)| a * b).collect();
            let chance = chances.iter().sum();
            (chance >= LEAST_CHANCE).then(|| Way { usd: self.usd + usd, chances, chance })
        };
        outcomes.usd.iter().zip(&outcomes.chances).filter_map(with).collect()
    }
}

impl Outcomes {
    /// Those that are not too rare by themselves.
    fn frequent(self, weights: &[f64]) -> Outcomes {
        let is_frequent = |chances: &Vec<f64>| {
            chances.iter().zip(weights).map(|(chance, weight)| chance * weight).sum::<f64>() >= LEAST_CHANCE
        };
        let (usd, chances) = self.usd.into_iter().zip(self.chances).filter(|(_, chances)| is_frequent(chances)).unzip();
        Outcomes { usd, chances }
    }
}

/// A part of a profile.
enum Part<'a> {
    Kind(&'a Kind),
    Pool(&'a Pool),
    Extra(&'a Extra),
}

impl Part<'_> {
    fn outcomes(&self, nodes: &[Node], failures: u64) -> Outcomes {
        match self {
            Part::Kind(kind) => {
                let unit = float(kind.unit);
                let (usd, chances) = failing(kind.finals, kind.images, nodes, failures)
                    .map(|(failures, chances)| (unit * failures as f64, chances))
                    .unzip();
                Outcomes { usd, chances }
            }
            Part::Pool(pool) => of_pool(pool, nodes, failures),
            Part::Extra(extra) => of_extra(extra, nodes, failures),
        }
    }
}

/// The chance at each node of so many failing tries, from none on: negative binomial. Ends once tries that were frequent are
/// rare again.
fn failing(finals: u64, images: u32, nodes: &[Node], most: u64) -> impl Iterator<Item = (u64, Vec<f64>)> {
    let odds: Vec<f64> = nodes.iter().map(|node| node.odds_of_call(images)).collect();
    let weights: Vec<f64> = nodes.iter().map(|node| node.weight).collect();
    let mut next: Vec<f64> = odds.iter().map(|odds| libm::exp(-(finals as f64) * libm::log1p(*odds))).collect();
    let mut was_frequent = false;
    (0..=most).map_while(move |failures| {
        let now = next.clone();
        let chance: f64 = now.iter().zip(&weights).map(|(chance, weight)| chance * weight).sum();
        if was_frequent && chance < LEAST_CHANCE {
            return None;
        }
        was_frequent |= chance >= LEAST_CHANCE;
        let more = (finals as f64 + failures as f64) / (failures as f64 + 1.0);
        next.iter_mut().zip(&odds).for_each(|(chance, odds)| *chance *= more * odds / (1.0 + odds));
        Some((failures, now))
    })
}

fn of_pool(pool: &Pool, nodes: &[Node], failures: u64) -> Outcomes {
    let mut paid: BTreeMap<(u64, Decimal), Vec<f64>> = BTreeMap::new();
    for &Case { finals, fees, chance: case } in &pool.cases {
        for (failures, chances) in failing(finals, 1, nodes, failures) {
            let own = paid.entry(((finals + failures).div_ceil(u64::from(pool.images)), fees)).or_default();
            own.resize(nodes.len(), 0.0);
            own.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += case * chance);
        }
    }
    let unit = float(pool.unit);
    let usd = |(calls, fees): (u64, Decimal)| unit * calls as f64 + float(fees);
    let (usd, chances) = paid.into_iter().map(|(paid, chances)| (usd(paid), chances)).unzip();
    Outcomes { usd, chances }
}

fn of_extra(extra: &Extra, nodes: &[Node], failures: u64) -> Outcomes {
    let (unit, none) = (float(extra.unit), vec![1.0 - extra.chance; nodes.len()]);
    let (mut usd, mut all) = (vec![0.0], vec![none]);
    for &(share, finals, fees) in &extra.cases {
        for (failures, mut chances) in failing(finals, extra.images, nodes, failures) {
            chances.iter_mut().for_each(|chance| *chance *= extra.chance * share);
            usd.push(float(fees) + unit * (finals + failures) as f64);
            all.push(chances);
        }
    }
    Outcomes { usd, chances: all }
}
