//! The characteristic function of a total above its floor, at the frequencies of a lattice.

use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::kept::{Kept, Prepared};
use crate::cost::risk::kinds::{Extra, Group, Pool};
use crate::cost::risk::lattice::{Lattice, Turn};
use crate::cost::risk::prior::Node;
use crate::cost::risk::work::ExtraMoney;
use std::cell::OnceCell;
use std::f64::consts::PI;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Below this a characteristic function is nothing.
const NOTHING: f64 = 1e-10;
/// What the nodes that are left out may add up to.
pub(super) const LEFT_OUT: f64 = 1e-13;

/// What a total's characteristic function is made of.
pub(super) struct Product<'a> {
    /// Set once the answer is not wanted any more.
    pub(super) unwanted: &'a AtomicBool,
    pub(super) kept: &'a Kept,
    pub(super) lattice: &'a Lattice,
    /// The profiles, each with how many are the same.
    pub(super) profiles: &'a [(Arc<Prepared>, u64)],
    pub(super) amounts: &'a [ExtraMoney],
}

/// A price as it turns, with how its tries count.
struct Turning<'a> {
    group: &'a Group,
    lattice: &'a Lattice,
    kinds: Vec<Turn>,
    finals: Vec<u64>,
    /// Of one call, and of the fees of each case.
    pools: Vec<(Turn, Vec<Turn>)>,
    extras: Vec<(Turn, Vec<Turn>)>,
    /// The variance that stands for what lies between this node and its neighbours.
    blur: Vec<f64>,
}

impl Product<'_> {
    /// The values at all frequencies from 0 up to half the cells, block by block. What is missing at the end is 0, or
    /// was not wanted any more. `is_smooth`: once it is nothing, it does not come back.
    pub(super) fn values(&self, is_smooth: bool) -> Vec<Block> {
        let (lattice, profiles) = (self.lattice, self.profiles);
        let turning: Vec<OnceCell<Turning<'_>>> = profiles.iter().map(|_| OnceCell::new()).collect();
        let factor = |at: usize, block: usize| {
            if self.unwanted.load(Ordering::Relaxed) {
                return None;
            }
            let ((profile, count), turning) = (&profiles[at], &turning[at]);
            let compute = || turning.get_or_init(|| Turning::new(lattice, profile)).value(block);
            let own = profile.value((lattice.spacing(), block), (self.kept, profiles.len()), compute);
            Some(if *count == 1 { own } else { Arc::new(Block::clone(&own).power(*count)) })
        };
        values_of((lattice, is_smooth), self.amounts, profiles.len(), factor)
    }
}

/// The values of a product of amounts and of so many factors, block by block, until a factor is not wanted any more; once they are
/// nothing, no further if that is the end of it.
pub(super) fn values_of(
    (lattice, is_smooth): (&Lattice, bool),
    amounts: &[ExtraMoney],
    factors: usize,
    factor: impl Fn(usize, usize) -> Option<Arc<Block>>,
) -> Vec<Block> {
    let turns =
        |extra: &ExtraMoney| -> Vec<Turn> { extra.cases.iter().map(|(_, amount)| lattice.turn(*amount)).collect() };
    let amount_turns: Vec<Vec<Turn>> = amounts.iter().map(turns).collect();
    let mut values = Vec::new();
    for block in 0..lattice.blocks() {
        let mut value = Block::ONES;
        for (extra, turns) in amounts.iter().zip(&amount_turns) {
            let cases = extra.cases.iter().zip(turns).map(|((share, _), turn)| (*share, lattice.turned(turn, block)));
            value.multiply(&mixed(extra.chance, cases));
        }
        for at in 0..factors {
            let Some(own) = factor(at, block) else { return values };
            value.multiply(&own);
            if value.largest() < NOTHING * NOTHING {
                value = Block::ZEROS;
                break;
            }
        }
        let is_nothing = value.largest() == 0.0;
        values.push(value);
        if is_nothing && is_smooth {
            break;
        }
    }
    values
}

/// Nothing with the chance 1 − `chance`, else one of the cases.
fn mixed(chance: f64, cases: impl Iterator<Item = (f64, Block)>) -> Block {
    let mut sum = Block::ZEROS;
    sum.add_scaled(&Block::ONES, 1.0 - chance);
    cases.for_each(|(share, case)| sum.add_scaled(&case, chance * share));
    sum
}

impl<'a> Turning<'a> {
    fn new(lattice: &'a Lattice, profile: &'a Prepared) -> Turning<'a> {
        let group = &profile.group;
        let extra = |extra: &Extra| {
            let fees = extra.cases.iter().map(|(_, _, fees)| lattice.turn(*fees)).collect();
            (lattice.turn(extra.unit), fees)
        };
        let pool = |pool: &Pool| {
            let fees = pool.cases.iter().map(|case| lattice.turn(case.fees)).collect();
            (lattice.turn(pool.unit), fees)
        };
        Turning {
            group,
            lattice,
            kinds: group.kinds.iter().map(|kind| lattice.turn(kind.unit)).collect(),
            finals: group.kinds.iter().map(|kind| kind.finals).collect(),
            pools: group.pools.iter().map(pool).collect(),
            extras: group.extras.iter().map(extra).collect(),
            blur: profile.blur.iter().map(|blur| lattice.shown(*blur)).collect(),
        }
    }

    /// Over all nodes, the highest acceptance first: what it gives is the most that any later node can give, so the sum ends
    /// where the rest is nothing.
    fn value(&self, block: usize) -> Block {
        let lattice = self.lattice;
        let gaps: Vec<Block> = self.kinds.iter().map(|turn| lattice.turned(turn, block).complement()).collect();
        let pooled: Vec<Vec<Residue>> = self
            .group
            .pools
            .iter()
            .zip(&self.pools)
            .map(|(pool, turns)| residues(pool, turns, lattice, block))
            .collect();
        let mut odds = vec![0.0; self.group.kinds.len()];
        let (mut sum, mut left) = (Block::ZEROS, 1.0);
        for (at, node) in self.group.nodes.iter().enumerate() {
            if node.weight * self.faded(at, block) < LEFT_OUT {
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
            for (pool, residues) in self.group.pools.iter().zip(&pooled) {
                term.multiply(&pool_value(pool, residues, node.odds));
                if term.largest() < LEFT_OUT * LEFT_OUT {
                    break;
                }
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
    fn faded(&self, at: usize, block: usize) -> f64 {
        let theta = self.lattice.frequency() * (block * LANES) as f64;
        self.blur.get(at).map_or(1.0, |blur| libm::exp(-theta * theta * blur / 2.0))
    }
}

/// Multiplies by the characteristic function of a normal error of this variance: by exp(−h·k²) at the frequency k. Its quotients
/// from one frequency to the next fall by one factor, so three powers are enough for a block.
pub(super) fn damp(term: &mut Block, variance: f64, frequency: f64, block: usize) {
    let (h, k) = (frequency * frequency * variance / 2.0, (block * LANES) as f64);
    let (mut factor, mut quotient) = (libm::exp(-h * k * k), libm::exp(-h * (2.0 * k + 1.0)));
    let fall = libm::exp(-2.0 * h);
    term.scale(|_| {
        let now = factor;
        factor *= quotient;
        quotient *= fall;
        now
    });
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

/// One of as many parts as a call has images, of calls that are bought whole.
pub(super) struct Residue {
    /// 1 − w, w being what one image turns by, for this residue.
    gap: Block,
    /// For each case of the pool with finals: w to the power of the finals, times 1 + w + … + w^(n−1), one image more for each of
    /// a call, times its fees and its chance.
    made: Vec<Block>,
}

/// The parts of a pool at a block of frequencies, by which the calls of N images, ⌈N/n⌉, are taken apart with roots of unity. No
/// node changes them.
pub(super) fn residues(pool: &Pool, (turn, fees): &(Turn, Vec<Turn>), lattice: &Lattice, block: usize) -> Vec<Residue> {
    let count = f64::from(pool.images);
    let residue = |at: u32| {
        let one = Block::of(|lane| {
            let angle = lattice.part_of_angle(turn, pool.images, block * LANES + lane);
            let (s, c) = libm::sincos(angle + 2.0 * PI * f64::from(at) / count);
            (c, s)
        });
        let mut filled = Block::ZEROS;
        for _ in 0..pool.images {
            filled.multiply(&one);
            filled.add_scaled(&Block::ONES, 1.0);
        }
        let cases = pool.cases.iter().zip(fees).filter(|(case, _)| case.finals > 0);
        let made = cases.map(|(case, fees)| {
            let (mut made, mut scaled) = (one.clone().power(case.finals), Block::ZEROS);
            made.multiply(&filled);
            if !case.fees.is_zero() {
                made.multiply(&lattice.turned(fees, block));
            }
            scaled.add_scaled(&made, case.chance / count);
            scaled
        });
        Residue { gap: one.complement(), made: made.collect() }
    };
    (0..pool.images).map(residue).collect()
}

/// Of calls that are bought whole.
pub(super) fn pool_value(pool: &Pool, residues: &[Residue], odds: f64) -> Block {
    let mut value = Block::ZEROS;
    // Without finals there is no call.
    let none: f64 = pool.cases.iter().filter(|case| case.finals == 0).map(|case| case.chance).sum();
    value.add_scaled(&Block::ONES, none);
    for Residue { gap, made } in residues {
        let finals = pool.cases.iter().map(|case| case.finals).filter(|finals| *finals > 0);
        for (finals, made) in finals.zip(made) {
            let (mut part, _) = Block::of_failures(std::slice::from_ref(gap), &[odds], &[finals]);
            part.multiply(made);
            value.add_scaled(&part, 1.0);
        }
    }
    value.power(pool.items)
}
