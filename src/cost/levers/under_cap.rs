//! What gets a project under a cap: single moves, and pairs of moves where no single one does.

use crate::cost::base::limits::MEASURED_MOVES_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::estimate::trial::Changed;
use crate::cost::levers::KeepGoing;
use crate::cost::levers::goal::Target;
use crate::cost::levers::moves::{self, Measured, Move, Reading, together};
use crate::cost::levers::pairs::{self, Pair};
use crate::cost::levers::table::Reach;
use std::cmp::Reverse;

/// The ways under a cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Whether the project is at or under the cap as it is; `None` if that is not known. Then there are no moves.
    pub fits: Option<bool>,
    /// USD of the known part of the total, if the whole is not known and that part alone is over the cap.
    pub known_over: Option<Decimal>,
    /// Moves that alone get there, the largest saving first.
    pub single: Vec<Move>,
    /// Pairs that get there, if no single move does: at most six, the largest saving first.
    pub pairs: Vec<Pair>,
}

/// Searches for ways under the cap: with `only`, by changing that deliverable alone. `None` if it was stopped.
#[must_use]
pub fn ways(target: Target<'_, '_>, only: Option<usize>, going: KeepGoing<'_>) -> Option<Ways> {
    let unchanged = Changed::new();
    let fits = target.admits(&unchanged).filter(|_| target.is_told(&unchanged));
    if fits != Some(false) {
        let known = Some(target.trials.known()).filter(|_| fits.is_none() && target.measure.is_total());
        let known_over = known.filter(|usd| target.limit.admits(*usd) == Some(false));
        return Some(Ways { fits, known_over, single: Vec::new(), pairs: Vec::new() });
    }
    let mut moves = moves::all(target.trials, only, Reach::Far, going)?;
    moves.retain(|one| target.measure.depends_on(one.knob));
    let mut saving = moves.clone();
    saving.retain(|one| one.saving() > Decimal::ZERO);
    saving.sort_by_key(|one| Reverse(one.saving()));
    let single = match Reading::of(target.measure, target.trials) {
        None => alone(target, &saving, going)?,
        Some(compared) => measured_alone(target, &compared, moves, going)?,
    };
    let pairs = if single.is_empty() { pairs::pairs(target, &saving, going)? } else { Vec::new() };
    Some(Ways { fits, known_over: None, single, pairs })
}

/// The moves that get there by themselves. `None` if it was stopped.
fn alone(target: Target<'_, '_>, saving: &[Move], going: KeepGoing<'_>) -> Option<Vec<Move>> {
    let mut single = Vec::new();
    for one in saving {
        if !going() {
            return None;
        }
        if target.admits(&together(&[one], target.trials)) == Some(true) {
            single.push(one.clone());
        }
    }
    Some(single)
}

/// The same by what is compared in place of the total: a move that costs more may spread less.
fn measured_alone(
    target: Target<'_, '_>,
    compared: &Reading<'_>,
    mut moves: Vec<Move>,
    going: KeepGoing<'_>,
) -> Option<Vec<Move>> {
    moves.truncate(MEASURED_MOVES_MAX);
    let mut single = Vec::new();
    for mut one in moves {
        if !going() {
            return None;
        }
        let changed = together(&[&one], target.trials);
        if target.admits(&changed) != Some(true) {
            continue;
        }
        one.measured = Some(Measured::by(compared, &changed, target.trials));
        // What is withheld gets nowhere.
        if one.saving() > Decimal::ZERO {
            single.push(one);
        }
    }
    single.sort_by_key(|one| Reverse(one.saving()));
    Some(single)
}
