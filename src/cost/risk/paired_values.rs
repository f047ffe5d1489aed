//! The characteristic function of a difference of two totals, and its heaviest single amounts.

use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::characteristic::{LEFT_OUT, Residue, damp, pool_value, residues};
use crate::cost::risk::kinds::{self, Pool, float};
use crate::cost::risk::lattice::{Lattice, Turn};
use crate::cost::risk::paired::{Batch, Case, Common, Nodes, Pair, Part, Whose};
use crate::cost::risk::prior::Node;
use crate::cost::risk::steps::{Amounts, Listed, Steps, failing, likeliest};
use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::rc::Rc;

/// A pair with how its prices turn on a lattice.
pub(super) struct Turning<'a> {
    lattice: &'a Lattice,
    pair: &'a Pair,
    nodes: &'a Nodes,
    /// The variance that stands for what lies between a node and its neighbours.
    blur: Vec<f64>,
    tries: Vec<Turn>,
    calls: Vec<Turned>,
    /// The fees and the parts of each case of each event.
    events: Vec<Vec<(Turn, Vec<Turned>)>>,
}

/// How the prices of a part turn.
enum Turned {
    Tries(Batch, Turn),
    Calls(Whose, Pool, (Turn, Vec<Turn>)),
    Common(Common, Turn, Turn),
}

/// What of a part no node changes, at a block of frequencies.
enum Still {
    /// Of tries: what they turn by if none fails, and 1 less what one of them turns by.
    Tries(Batch, Box<[Block; 2]>),
    Calls(Whose, Pool, Vec<Residue>),
    Common(Common, Roots),
}

/// Calls of both projects taken apart by the images that are left over in the last call of each, with roots of unity.
struct Roots {
    /// 1 less what an image that both buy turns by, for each residue, and the same of an image that one buys alone.
    gaps: [Vec<Block>; 2],
    /// For each residue of the first and each of the second kind, what the images turn by if none fails, with those left over.
    made: Vec<Vec<Block>>,
}

impl Turned {
    fn of(part: &Part, lattice: &Lattice) -> Turned {
        match *part {
            Part::Tries(batch) => Turned::Tries(batch, lattice.turn(batch.unit)),
            Part::Calls(Batch { whose, unit, images, finals }) => {
                let case = kinds::Case { finals, fees: Default::default(), chance: 1.0 };
                let turns = (lattice.turn(unit), vec![lattice.turn(case.fees)]);
                let pool = Pool { unit, images, finals, cases: vec![case], items: 1, risks: Vec::new() };
                Turned::Calls(whose, pool, turns)
            }
            Part::Common(common) => Turned::Common(common, lattice.turn(common.first.unit), lattice.turn(common.unit)),
        }
    }

    fn still(&self, lattice: &Lattice, block: usize) -> Still {
        match self {
            Turned::Tries(batch, turn) => {
                let one = lattice.turned(turn, block);
                Still::Tries(*batch, Box::new([one.clone().power(batch.finals), one.complement()]))
            }
            Turned::Calls(whose, pool, turns) => {
                Still::Calls(*whose, pool.clone(), residues(pool, turns, lattice, block))
            }
            Turned::Common(common, first, other) => {
                Still::Common(*common, Roots::of(common, (first, other), lattice, block))
            }
        }
    }
}

impl Still {
    fn value(&self, nodes: &Nodes, at: usize) -> Block {
        match self {
            Still::Tries(batch, both) => {
                let [made, gap] = &**both;
                let odds = nodes.all(batch.whose)[at].odds_of_call(batch.images);
                let (mut value, _) = Block::of_failures(std::slice::from_ref(gap), &[odds], &[batch.finals]);
                value.multiply(made);
                value
            }
            Still::Calls(whose, pool, residues) => pool_value(pool, residues, nodes.all(*whose)[at].odds),
            Still::Common(common, roots) => roots.value(common, nodes.all(common.first.whose)[at].odds),
        }
    }
}

impl Roots {
    /// With u and v, by which an image turns at the price of a call of either project: ⌈N/n⌉ calls of N images and s left over are
    /// u^(N+s), and that s is left over is told by the n-th roots of unity.
    fn of(common: &Common, (first, other): (&Turn, &Turn), lattice: &Lattice, block: usize) -> Roots {
        let Common { first: Batch { images, finals, .. }, more, .. } = *common;
        let count = f64::from(images);
        let turned = |turns: &[&Turn], root: u32| {
            Block::of(|lane| {
                let part = |turn: &&Turn| lattice.part_of_angle(turn, images, block * LANES + lane);
                let (s, c) = libm::sincos(turns.iter().map(part).sum::<f64>() + 2.0 * PI * f64::from(root) / count);
                (c, s)
            })
        };
        let both: Vec<Block> = (0..images).map(|root| turned(&[first, other], root)).collect();
        let alone: Vec<Block> = (0..images).map(|root| turned(&[other], root)).collect();
        let left_of_first: Vec<Block> = (0..images).map(|root| left_over(&turned(&[first], root), images)).collect();
        let made = both.iter().zip(0..).map(|(both, root): (&Block, u32)| {
            let both = both.clone().power(finals);
            let one = |(alone, other): (&Block, u32)| {
                let mut made = alone.clone().power(more);
                made.multiply(&both);
                made.multiply(&left_over(alone, images));
                made.multiply(&left_of_first[((root + images - other) % images) as usize]);
                made.scale(|_| 1.0 / (count * count));
                made
            };
            alone.iter().zip(0..).map(one).collect()
        });
        let made = made.collect();
        let gaps = [both, alone].map(|all| all.iter().map(Block::complement).collect());
        Roots { gaps, made }
    }

    fn value(&self, common: &Common, odds: f64) -> Block {
        let failing = |gap: &Block, finals| Block::of_failures(std::slice::from_ref(gap), &[odds], &[finals]).0;
        let alone: Vec<Block> = self.gaps[1].iter().map(|gap| failing(gap, common.more)).collect();
        let mut value = Block::ZEROS;
        for (gap, made) in self.gaps[0].iter().zip(&self.made) {
            let mut sum = Block::ZEROS;
            for (made, alone) in made.iter().zip(&alone) {
                let mut term = made.clone();
                term.multiply(alone);
                sum.add_scaled(&term, 1.0);
            }
            sum.multiply(&failing(gap, common.first.finals));
            value.add_scaled(&sum, 1.0);
        }
        value
    }
}

/// 1 + w + … + w^(n−1): up to so many images are left over.
fn left_over(one: &Block, images: u32) -> Block {
    let mut sum = Block::ZEROS;
    for _ in 0..images {
        sum.multiply(one);
        sum.add_scaled(&Block::ONES, 1.0);
    }
    sum
}

impl<'a> Turning<'a> {
    pub(super) fn new(lattice: &'a Lattice, (pair, nodes): (&'a Pair, &'a Nodes), blur: &[f64]) -> Turning<'a> {
        let case = |case: &Case| {
            let parts = case.parts.iter().map(|part| Turned::of(part, lattice)).collect();
            (lattice.turn(case.fees), parts)
        };
        Turning {
            lattice,
            pair,
            nodes,
            blur: blur.iter().map(|blur| lattice.shown(*blur)).collect(),
            tries: pair.tries.iter().map(|batch| lattice.turn(batch.unit)).collect(),
            calls: pair.calls.iter().map(|(part, _)| Turned::of(part, lattice)).collect(),
            events: pair.events.iter().map(|cases| cases.iter().map(case).collect()).collect(),
        }
    }

    /// Over all places of the factors, the highest acceptance first: what tries give there is the most that any later place can give.
    pub(super) fn value(&self, block: usize) -> Block {
        let Turning { lattice, pair, nodes, .. } = *self;
        let gaps: Vec<Block> = self.tries.iter().map(|turn| lattice.turned(turn, block).complement()).collect();
        let finals: Vec<u64> = pair.tries.iter().map(|batch| batch.finals).collect();
        let calls: Vec<Still> = self.calls.iter().map(|part| part.still(lattice, block)).collect();
        let case = |(fees, parts): &(Turn, Vec<Turned>)| {
            let parts: Vec<Still> = parts.iter().map(|part| part.still(lattice, block)).collect();
            (lattice.turned(fees, block), parts)
        };
        let events: Vec<Vec<_>> = self.events.iter().map(|cases| cases.iter().map(case).collect()).collect();
        let (mut sum, mut left) = (Block::ZEROS, 1.0);
        for (at, node) in nodes.all(Whose::Before).iter().enumerate() {
            let odds = |batch: &Batch| nodes.all(batch.whose)[at].odds_of_call(batch.images);
            let odds: Vec<f64> = pair.tries.iter().map(odds).collect();
            let (mut term, largest) = Block::of_failures(&gaps, &odds, &finals);
            if largest * left < LEFT_OUT {
                break;
            }
            for (part, (_, count)) in calls.iter().zip(&pair.calls) {
                term.multiply(&part.value(nodes, at).power(*count));
            }
            for (cases, chances) in events.iter().zip(&pair.events) {
                let mut event = Block::ZEROS;
                for ((fees, parts), Case { chance, .. }) in cases.iter().zip(chances) {
                    let mut case = fees.clone();
                    parts.iter().for_each(|part| case.multiply(&part.value(nodes, at)));
                    event.add_scaled(&case, *chance);
                }
                term.multiply(&event);
            }
            if let Some(blur) = self.blur.get(at).filter(|blur| **blur > 0.0) {
                damp(&mut term, *blur, lattice.frequency(), block);
            }
            sum.add_scaled(&term, node.weight);
            left -= node.weight;
        }
        sum
    }

    /// Its heaviest single amounts, less what its tries cost if none fails.
    pub(super) fn steps(&self) -> Steps<'a> {
        let nodes = Rc::new(self.nodes.only(|at| self.blur[at] <= 0.0));
        let weights = nodes.all(Whose::Before).iter().map(|node| node.weight).collect();
        let tries = self.pair.tries.iter().map(|batch| (1, Single::Failing(batch)));
        let calls = self.pair.calls.iter().map(|(part, count)| (*count, Single::Part(part)));
        let events = self.pair.events.iter().map(|cases| (1, Single::Event(cases)));
        let placed = |(count, single)| (count, Placed { single, nodes: Rc::clone(&nodes) });
        Steps::with(weights, tries.chain(calls).chain(events).map(placed))
    }
}

/// A part of a pair whose amounts are listed.
enum Single<'a> {
    /// Tries beyond those that are paid if none fails.
    Failing(&'a Batch),
    Part(&'a Part),
    Event(&'a [Case]),
}

/// A part with the places of its factors.
struct Placed<'a> {
    single: Single<'a>,
    nodes: Rc<Nodes>,
}

impl Listed for Placed<'_> {
    fn highest(&self, at: usize) -> f64 {
        match &self.single {
            Single::Failing(batch) => likeliest(batch.finals, batch.images, &self.nodes.all(batch.whose)[at]),
            Single::Part(_) => 1.0,
            Single::Event(cases) => cases.iter().map(|case| case.chance).fold(0.0, f64::max),
        }
    }

    fn amounts(&self, failures: u64, (weights, least): (&[f64], f64)) -> Amounts {
        let of_part = |part: &Part| of_part(part, &self.nodes, failures, (weights, least));
        let mut amounts = Amounts::default();
        match &self.single {
            Single::Failing(batch) => {
                let nodes = self.nodes.all(batch.whose);
                of_tries((batch, 0), nodes, failures, (weights, least), &mut amounts);
            }
            Single::Part(part) => amounts = of_part(part),
            Single::Event(cases) => {
                for case in *cases {
                    let mut own = Amounts::default();
                    own.push(float(case.fees), weights.iter().map(|_| case.chance));
                    own = case.parts.iter().fold(own, |sum, part| sum.plus(&of_part(part), weights, least));
                    own.rows().for_each(|(usd, chances)| amounts.push(usd, chances.iter().copied()));
                }
            }
        }
        amounts.heaviest(weights, least, usize::MAX)
    }
}

/// Of tries, with so many of them counted beside the failing ones.
fn of_tries(
    (batch, counted): (&Batch, u64),
    nodes: &[Node],
    failures: u64,
    frequent: (&[f64], f64),
    amounts: &mut Amounts,
) {
    failing((batch.finals, batch.images), nodes, failures, frequent, |failures, chances| {
        amounts.push(float(batch.unit) * (counted + failures) as f64, chances.iter().copied());
    });
}

fn of_part(part: &Part, nodes: &Nodes, failures: u64, frequent: (&[f64], f64)) -> Amounts {
    let nodes = nodes.all(part.whose());
    let mut amounts = Amounts::default();
    match part {
        Part::Tries(batch) => of_tries((batch, batch.finals), nodes, failures, frequent, &mut amounts),
        Part::Calls(batch) => {
            let alone = Common { first: *batch, unit: Default::default(), more: 0 };
            of_common(&alone, nodes, failures, frequent, &mut amounts);
        }
        Part::Common(common) => of_common(common, nodes, failures, frequent, &mut amounts),
    }
    amounts
}

fn of_common(common: &Common, nodes: &[Node], failures: u64, (weights, least): (&[f64], f64), amounts: &mut Amounts) {
    let Common { first, unit, more } = *common;
    let images = u64::from(first.images);
    // Several numbers of images are one number of calls.
    let least = least / (images * images) as f64;
    let mut rest: Vec<(u64, Vec<f64>)> = Vec::new();
    failing((more, 1), nodes, failures, (weights, least), |failures, chances| rest.push((failures, chances.to_vec())));
    let mut paid: BTreeMap<(u64, u64), Vec<f64>> = BTreeMap::new();
    failing((first.finals, 1), nodes, failures, (weights, least), |failures, of_first| {
        let made = first.finals + failures;
        for (failures, of_rest) in &rest {
            let calls = (made.div_ceil(images), (made + more + failures).div_ceil(images));
            let sum = paid.entry(calls).or_insert_with(|| vec![0.0; nodes.len()]);
            sum.iter_mut().zip(of_first.iter().zip(of_rest)).for_each(|(sum, (a, b))| *sum += a * b);
        }
    });
    let usd = |(of_first, of_all): (u64, u64)| float(first.unit) * of_first as f64 + float(unit) * of_all as f64;
    paid.into_iter().for_each(|(calls, chances)| amounts.push(usd(calls), chances));
}
