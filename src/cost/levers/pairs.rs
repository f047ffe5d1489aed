//! Pairs of moves that get a project under a cap where no single move does.
//!
//! Two moves are compared by what they ask for: a pair is listed only if no other pair of the same two levers changes no more
//! deliverables, takes no longer steps and saves no less, and is better in one of the three. Moves of different levers are
//! not weighed against each other: a program cannot know whether ten finals or a quality step are missed more. What a pair saves
//! is what it saves of the total here, also where a percentile is held against the cap: each of those takes a distribution.

use crate::cost::base::money::Decimal;
use crate::cost::budget::Knob;
use crate::cost::estimate::trial::{Changed, Trials};
use crate::cost::levers::KeepGoing;
use crate::cost::levers::costly::costly;
use crate::cost::levers::goal::Target;
use crate::cost::levers::measure::Tried;
use crate::cost::levers::moves::{Extent, Measured, Move, Reading, swing, together};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Two moves that get there together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The two moves; first the one with the larger saving of its own.
    pub moves: [Move; 2],
    /// USD of the project after both.
    pub total: Option<Decimal>,
    /// USD by which both change the total together: computed, not the sum of their swings.
    pub swing: Decimal,
    /// What is compared in place of the total, with what both do to it; `None` for the total.
    pub measured: Option<Measured>,
    /// How many deliverables they change.
    pub deliverables: usize,
    /// Whether a price after both rests on an approximate number of tokens.
    pub approximate: bool,
}

impl Pair {
    /// What is compared after both, and by how much that changes.
    #[must_use]
    pub fn figures(&self) -> (Option<Decimal>, Option<Decimal>) {
        self.measured.map_or((self.total, Some(self.swing)), |measured| (measured.after, measured.swing))
    }

    fn length(&self) -> u32 {
        self.moves.iter().map(|one| one.length).sum()
    }

    fn levers(&self) -> [Knob; 2] {
        let [a, b] = self.moves.each_ref().map(|one| one.knob);
        [a.min(b), a.max(b)]
    }

    /// What it asks for, and what it saves: less is better in each.
    fn asks(&self) -> (usize, u32, Decimal) {
        (self.deliverables, self.length(), self.swing)
    }

    /// Whether it asks for no more than another pair of the same levers, and saves no less.
    fn is_as_good_as(&self, other: &Pair) -> bool {
        let ((own, length, swing), (others, others_length, others_swing)) = (self.asks(), other.asks());
        self.levers() == other.levers() && own <= others && length <= others_length && swing <= others_swing
    }
}

/// Pairs listed at most.
pub const PAIRS_LISTED: usize = 6;

/// Pairs of moves that get there: of those that no other dominates the six that ask for least (the fewest deliverables, then the
/// shortest steps, then the largest saving), sorted by saving. `moves` are sorted by saving. `None` if it was stopped.
pub(super) fn pairs(target: Target<'_, '_>, moves: &[Move], going: KeepGoing<'_>) -> Option<Vec<Pair>> {
    let costly = costly(target.trials);
    let (own, wide): (Vec<&Move>, Vec<&Move>) = moves.iter().partition(|one| matches!(one.extent, Extent::One(_)));
    let own: Vec<&Move> = own.into_iter().filter(|one| one.deliverables.iter().all(|at| costly.contains(at))).collect();
    let mut front = Front { target, pairs: Vec::new() };
    of_one_deliverable(&own, &mut front, going)?;
    of_two_deliverables(&own, &mut front, going)?;
    for (at, first) in wide.iter().enumerate() {
        let after = target.trials.after(&first.edits(target.trials.budget()));
        for second in own.iter().chain(wide.iter().skip(at + 1)).filter(|second| !second.collides_with(first)) {
            if !going() {
                return None;
            }
            front.consider([first, second], &after, &together(&[second], &after));
        }
    }
    let mut pairs = front.pairs;
    pairs.sort_by_key(Pair::asks);
    pairs.truncate(PAIRS_LISTED);
    if let Some(compared) = Reading::of(target.measure, target.trials) {
        for pair in &mut pairs {
            let [first, second] = &pair.moves;
            let changed = together(&[first, second], target.trials);
            pair.measured = Some(Measured::by(&compared, &changed, target.trials));
        }
    }
    pairs.sort_by_key(|pair| pair.figures().1);
    Some(pairs)
}

/// Both moves change the same deliverable.
fn of_one_deliverable(own: &[&Move], front: &mut Front<'_, '_>, going: KeepGoing<'_>) -> Option<()> {
    let trials = front.target.trials;
    let mut by_deliverable: BTreeMap<usize, Vec<&Move>> = BTreeMap::new();
    for one in own {
        by_deliverable.entry(one.deliverables.first().copied()?).or_default().push(one);
    }
    for moves in by_deliverable.values() {
        for (at, first) in moves.iter().enumerate() {
            for second in moves.iter().skip(at + 1).filter(|second| second.knob != first.knob) {
                if !going() {
                    return None;
                }
                front.consider([first, second], trials, &together(&[first, second], trials));
            }
        }
    }
    Some(())
}

/// The moves change a deliverable each. What they save adds up, so of each lever and length only the two deliverables that save
/// most can be in a pair that no other dominates.
fn of_two_deliverables(own: &[&Move], front: &mut Front<'_, '_>, going: KeepGoing<'_>) -> Option<()> {
    let trials = front.target.trials;
    let mut most: BTreeMap<(Knob, u32), Vec<&Move>> = BTreeMap::new();
    for one in own {
        let kept = most.entry((one.knob, one.length)).or_default();
        if kept.len() < 2 && kept.iter().all(|other| other.deliverables != one.deliverables) {
            kept.push(one);
        }
    }
    let kept: Vec<&Move> = most.into_values().flatten().collect();
    for (at, first) in kept.iter().enumerate() {
        for second in kept.iter().skip(at + 1).filter(|second| second.deliverables != first.deliverables) {
            if !going() {
                return None;
            }
            front.consider([first, second], trials, &together(&[first, second], trials));
        }
    }
    Some(())
}

/// The pairs so far that no other dominates.
struct Front<'t, 'a> {
    target: Target<'t, 'a>,
    pairs: Vec<Pair>,
}

impl Front<'_, '_> {
    /// Takes up a pair if it gets there and no other is as good. `trials` may have the first move made already; `changed` holds
    /// what is left to change.
    fn consider(&mut self, [first, second]: [&Move; 2], trials: &Trials<'_>, changed: &Changed) {
        let totals = trials.totals(changed);
        let Some(swing) = swing(&totals, self.target.trials) else { return };
        let both: BTreeSet<usize> = first.deliverables.iter().chain(&second.deliverables).copied().collect();
        let mut pair = Pair {
            moves: [first.clone(), second.clone()],
            total: totals.total.filter(|_| trials.is_whole()),
            swing,
            measured: None,
            deliverables: both.len(),
            approximate: totals.approximate,
        };
        // Whether it fits may take long, so that is asked last.
        let tried = Tried { trials, changed, totals: &totals };
        if self.pairs.iter().any(|other| other.is_as_good_as(&pair))
            || self.target.measure.fits(&tried, &self.target.limit) != Some(true)
        {
            return;
        }
        pair.moves.sort_by_key(|one| Reverse(one.saving()));
        self.pairs.retain(|other| !pair.is_as_good_as(other));
        self.pairs.push(pair);
    }
}
