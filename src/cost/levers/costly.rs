//! The deliverables that a long search is kept to.

use crate::cost::base::limits::PAIRED_DELIVERABLES_MAX;
use crate::cost::estimate::trial::Trials;
use std::cmp::Reverse;

/// The deliverables that cost most, by index.
pub(super) fn costly(trials: &Trials<'_>) -> Vec<usize> {
    let mut all: Vec<usize> = (0..trials.lines().len()).collect();
    all.sort_by_key(|index| Reverse(trials.lines().get(*index).and_then(|line| line.total)));
    all.truncate(PAIRED_DELIVERABLES_MAX);
    all
}
