//! What gets a project under a cap: single moves, and pairs of moves where no single one does.

use crate::cost::base::money::Decimal;
use crate::cost::estimate::trial::Changed;
use crate::cost::levers::KeepGoing;
use crate::cost::levers::goal::Target;
use crate::cost::levers::moves::{self, Move, together};
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
    let amount = target.amount(&Changed::new());
    let fits = amount.and_then(|usd| target.limit.admits(usd));
    if fits != Some(false) {
        let known = Some(target.trials.known()).filter(|_| fits.is_none());
        let known_over = known.filter(|usd| target.limit.admits(*usd) == Some(false));
        return Some(Ways { fits, known_over, single: Vec::new(), pairs: Vec::new() });
    }
    let mut saving = moves::all(target.trials, only, Reach::Far, going)?;
    saving.retain(|one| one.saving() > Decimal::ZERO);
    saving.sort_by_key(|one| Reverse(one.saving()));
    let mut single = Vec::new();
    for one in &saving {
        if !going() {
            return None;
        }
        if target.fits(target.amount(&together(&[one], target.trials))) {
            single.push(one.clone());
        }
    }
    let pairs = if single.is_empty() { pairs::pairs(target, &saving, going)? } else { Vec::new() };
    Some(Ways { fits, known_over: None, single, pairs })
}
