//! The characteristic function of a total above its floor, at the frequencies of a lattice.

use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::kinds::{Extra, Group, Pool};
use crate::cost::risk::lattice::{Lattice, Turn};
use crate::cost::risk::moments::{Moments, given, power};
use crate::cost::risk::prior::Node;
use crate::cost::risk::work::ExtraMoney;
use std::f64::consts::PI;
use std::sync::atomic::{AtomicBool, Ordering};

/// Below this a characteristic function is nothing.
const NOTHING: f64 = 1e-10;
/// What the nodes that are left out may add up to.
const LEFT_OUT: f64 = 1e-13;
/// A standard deviation of this many dearest tries: from there on a characteristic function does not come back.
const SMOOTH: f64 = 40.0;

/// A price as it turns, with how its tries count.
struct Turning<'a> {
    group: &'a Group,
    kinds: Vec<Turn>,
    finals: Vec<u64>,
    pools: Vec<Turn>,
    extras: Vec<(Turn, Vec<Turn>)>,
    /// The variance that stands for what lies between this node and its neighbours.
    blur: Vec<f64>,
}

/// The values at all frequencies from 0 up to half the cells, real and imaginary parts. What is missing at the end is 0, or
/// was not wanted any more.
pub(super) fn values(
    unwanted: &AtomicBool,
    lattice: &Lattice,
    groups: &[Group],
    amounts: &[ExtraMoney],
    (sd, dearest): (f64, f64),
) -> (Vec<f64>, Vec<f64>) {
    let turning: Vec<Turning<'_>> = groups.iter().map(|group| Turning::new(lattice, group)).collect();
    let amount =
        |extra: &ExtraMoney| -> Vec<Turn> { extra.cases.iter().map(|(_, amount)| lattice.turn(*amount)).collect() };
    let amount_turns: Vec<Vec<Turn>> = amounts.iter().map(amount).collect();
    let (mut re, mut im) = (Vec::new(), Vec::new());
    for block in 0..lattice.blocks() {
        if unwanted.load(Ordering::Relaxed) {
            break;
        }
        let mut value = Block::ONES;
        for (extra, turns) in amounts.iter().zip(&amount_turns) {
            let cases = extra.cases.iter().zip(turns).map(|((share, _), turn)| (*share, lattice.turned(turn, block)));
            value.multiply(&mixed(extra.chance, cases));
        }
        for profile in &turning {
            value.multiply(&profile.value(lattice, block));
            if value.largest() < NOTHING * NOTHING {
                value = Block::ZEROS;
                break;
            }
        }
        let is_nothing = value.largest() == 0.0;
        re.extend(value.re);
        im.extend(value.im);
        if is_nothing && sd > SMOOTH * dearest {
            break;
        }
    }
    (re, im)
}

/// Nothing with the chance 1 − `chance`, else one of the cases.
fn mixed(chance: f64, cases: impl Iterator<Item = (f64, Block)>) -> Block {
    let mut sum = Block::ZEROS;
    sum.add_scaled(&Block::ONES, 1.0 - chance);
    cases.for_each(|(share, case)| sum.add_scaled(&case, chance * share));
    sum
}

impl<'a> Turning<'a> {
    fn new(lattice: &Lattice, group: &'a Group) -> Turning<'a> {
        let extra = |extra: &Extra| {
            let fees = extra.cases.iter().map(|(_, _, fees)| lattice.turn(*fees)).collect();
            (lattice.turn(extra.unit), fees)
        };
        Turning {
            group,
            kinds: group.kinds.iter().map(|kind| lattice.turn(kind.unit)).collect(),
            finals: group.kinds.iter().map(|kind| kind.finals).collect(),
            pools: group.pools.iter().map(|pool| lattice.turn(pool.unit)).collect(),
            extras: group.extras.iter().map(extra).collect(),
            blur: if lattice.is_grid() { Vec::new() } else { blur(group) },
        }
    }

    /// Over all nodes, the highest acceptance first: what it gives is the most that any later node can give, so the sum ends
    /// where the rest is nothing.
    fn value(&self, lattice: &Lattice, block: usize) -> Block {
        let gaps: Vec<Block> = self.kinds.iter().map(|turn| lattice.turned(turn, block).complement()).collect();
        let mut odds = vec![0.0; self.group.kinds.len()];
        let (mut sum, mut left) = (Block::ZEROS, 1.0);
        for (at, node) in self.group.nodes.iter().enumerate() {
            if node.weight * self.faded(lattice, at, block) < LEFT_OUT {
                left -= node.weight;
                continue;
            }
            let own = self.group.kinds.iter().map(|kind| node.odds_of_call(kind.images));
            odds.iter_mut().zip(own).for_each(|(place, odds)| *place = odds);
            let (mut term, largest) = Block::of_failures(&gaps, &odds, &self.finals);
            if largest * left < LEFT_OUT {
                break;
            }
            for (extra, turns) in self.group.extras.iter().zip(&self.extras) {
                term.multiply(&extra_value(extra, turns, node, lattice, block));
            }
            for (pool, turn) in self.group.pools.iter().zip(&self.pools) {
                term.multiply(&pool_value(pool, turn, node, lattice, block));
            }
            if let Some(blur) = self.blur.get(at).filter(|blur| **blur > 0.0) {
                damp(&mut term, *blur, lattice.frequency(), block);
            }
            sum.add_scaled(&term, node.weight);
            left -= node.weight;
        }
        sum
    }
}

impl Turning<'_> {
    /// What the blur of a node leaves of it at the lowest frequency of a block: the most that it leaves anywhere in it.
    fn faded(&self, lattice: &Lattice, at: usize, block: usize) -> f64 {
        let theta = lattice.frequency() * (block * LANES) as f64;
        self.blur.get(at).map_or(1.0, |blur| libm::exp(-theta * theta * blur / 2.0))
    }
}

/// Multiplies by the characteristic function of a normal error of this variance.
pub(super) fn damp(term: &mut Block, variance: f64, frequency: f64, block: usize) {
    for lane in 0..LANES {
        let theta = frequency * (block * LANES + lane) as f64;
        let factor = libm::exp(-theta * theta * variance / 2.0);
        term.re[lane] *= factor;
        term.im[lane] *= factor;
    }
}

/// The variance to add at each node, so that a large profile is a hill and no row of spikes: where the nodes' mean costs lie
/// further apart than luck spreads them.
fn blur(group: &Group) -> Vec<f64> {
    let given: Vec<Moments> = group.nodes.iter().map(|node| given(group, node).1).collect();
    let gap = |at: usize| {
        let (before, after) = (at.saturating_sub(1), (at + 1).min(given.len() - 1));
        let apart = (given[after].mean - given[before].mean).abs();
        if after - before == 2 { apart / 2.0 } else { apart }
    };
    let place = |(at, own): (usize, &Moments)| {
        let reach = 0.4 * gap(at);
        (reach * reach - own.variance).max(0.0)
    };
    given.iter().enumerate().map(place).collect()
}

/// Of the finals that a named risk adds, which share the chance of acceptance of their profile.
fn extra_value(extra: &Extra, turns: &(Turn, Vec<Turn>), node: &Node, lattice: &Lattice, block: usize) -> Block {
    let mut one = lattice.turned(&turns.0, block);
    let (failing, _) = Block::of_failures(&[one.complement()], &[node.odds_of_call(extra.images)], &[1]);
    one.multiply(&failing);
    let cases = extra.cases.iter().zip(&turns.1).map(|(&(share, finals, _), fees)| {
        let mut case = one.clone().power(finals);
        case.multiply(&lattice.turned(fees, block));
        (share, case)
    });
    mixed(extra.chance, cases)
}

/// Of calls that are bought whole: the calls of N images are ⌈N/n⌉, taken apart by the residue of N with roots of unity.
fn pool_value(pool: &Pool, turn: &Turn, node: &Node, lattice: &Lattice, block: usize) -> Block {
    let mut value = Block::ZEROS;
    let turns: Vec<f64> = (0..pool.images).map(|at| 2.0 * PI * f64::from(at) / f64::from(pool.images)).collect();
    for lane in 0..LANES {
        let angle = lattice.part_of_angle(turn, pool.images, block * LANES + lane);
        let mut sum = (0.0, 0.0);
        for turn in &turns {
            let (s, c) = libm::sincos(angle + turn);
            // One image more for each of a call: 1 + w + … + w^(n−1).
            let mut filled = (0.0, 0.0);
            for _ in 0..pool.images {
                filled = (1.0 + filled.0 * c - filled.1 * s, filled.0 * s + filled.1 * c);
            }
            let failing = (1.0 + node.odds * (1.0 - c), -node.odds * s);
            let size = failing.0 * failing.0 + failing.1 * failing.1;
            let one = ((c * failing.0 + s * failing.1) / size, (s * failing.0 - c * failing.1) / size);
            for &(finals, chance) in &pool.cases {
                // Without finals there is no call.
                let made = if finals == 0 { continue } else { power(one, finals) };
                sum.0 += chance * (made.0 * filled.0 - made.1 * filled.1);
                sum.1 += chance * (made.0 * filled.1 + made.1 * filled.0);
            }
        }
        let none: f64 = pool.cases.iter().filter(|(finals, _)| *finals == 0).map(|(_, chance)| chance).sum();
        let count = f64::from(pool.images);
        (value.re[lane], value.im[lane]) = power((sum.0 / count + none, sum.1 / count), pool.items);
    }
    value
}
