//! The sums of many lines, the largest of them, and the models that they use; added up on all cores.

use crate::cost::estimate::largest::Largest;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::totals::Sums;
use crate::cost::rates::rate_card::Model;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Arc, OnceLock};
use std::thread;

/// The sums of some lines, the largest of them, and the models that they use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) sums: Sums,
    pub(super) largest: Largest,
    models: BTreeMap<String, (Arc<Model>, usize)>,
}

impl Tally {
    pub(super) fn account(&mut self, line: &LineEstimate, add: bool) {
        self.sums.change(line, add);
        self.largest.change(line, add);
        let model = &line.deliverable.model.value;
        match (self.models.get_mut(&model.id), add) {
            (Some((_, used)), true) => *used += 1,
            (Some((_, used)), false) if *used > 1 => *used -= 1,
            (Some(_), false) => {
                self.models.remove(&model.id);
            }
            (None, true) => {
                self.models.insert(model.id.clone(), (Arc::clone(model), 1));
            }
            (None, false) => {}
        }
    }

    /// Models in use, by name.
    pub(super) fn models(&self) -> impl Iterator<Item = &Arc<Model>> {
        self.models.values().map(|(model, _)| model)
    }

    /// Merges the lines of another tally.
    fn with(mut self, other: Tally) -> Tally {
        self.sums = self.sums.with(&other.sums);
        self.largest = self.largest.with(&other.largest);
        for (id, (model, used)) in other.models {
            self.models.entry(id).or_insert((model, 0)).1 += used;
        }
        self
    }
}

/// From this many lines on, all cores share the work: below it, starting threads costs more than it saves.
const SHARED_FROM: usize = 2_000;
/// More cores than this wait for memory.
const CORES_MAX: usize = 8;

/// How many of so many lines one core takes; at least one.
pub(super) fn share_of(lines: usize) -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    if lines < SHARED_FROM {
        return lines.max(1);
    }
    lines.div_ceil(*CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get).min(CORES_MAX)))
}

/// Adds up the shares, each on a thread of its own but the first. `None` if one could not be added up, or no thread be started.
pub(super) fn in_shares<S: Send>(
    mut shares: impl Iterator<Item = S>,
    add_up: impl Fn(S) -> Option<Tally> + Sync,
) -> Option<Tally> {
    let add_up = &add_up;
    let Some(own) = shares.next() else { return Some(Tally::default()) };
    let Some(second) = shares.next() else { return add_up(own) };
    thread::scope(|scope| {
        let start = |share: S| thread::Builder::new().spawn_scoped(scope, move || add_up(share));
        let others: Vec<_> = std::iter::once(second).chain(shares).map(start).collect();
        others.into_iter().fold(add_up(own), |sum, other| {
            let other = other.ok().and_then(|other| other.join().ok().flatten());
            Some(sum?.with(other?))
        })
    })
}
