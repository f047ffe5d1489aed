//! The cut line: how far down the list of deliverables a cap reaches.

use crate::cost::base::money::Decimal;
use crate::cost::base::wide::difference;
use crate::cost::estimate::Limit;
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::KeepGoing;
use crate::cost::levers::goal::Target;
use crate::cost::levers::search::{Largest, largest};

/// How far a cap reaches, deliverable by deliverable in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many deliverables fit, from the first on.
    pub fitting: usize,
    /// USD of the project with these alone, as it is compared; `None` if not even the project without deliverables fits.
    pub total: Option<Decimal>,
    /// The first deliverable that does not fit; `None` if all do.
    pub next: Option<Next>,
}

/// The first deliverable that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Its index.
    pub index: usize,
    /// What is missing for it, in the cap's currency; `None` if it has no price.
    pub lacks: Option<Decimal>,
}

/// The cut line of a target. `None` if it was stopped.
#[must_use]
pub fn line(target: Target<'_, '_>, going: KeepGoing<'_>) -> Option<Cut> {
    if target.measure.is_total() { of_total(target.trials, &target.limit, going) } else { searched(target, going) }
}

/// Down the list, one deliverable after another: a total grows by the next one at no cost.
fn of_total(trials: &Trials<'_>, limit: &Limit<'_>, going: KeepGoing<'_>) -> Option<Cut> {
    let mut cut = Cut { fitting: 0, total: None, next: None };
    for (count, total) in trials.prefixes().enumerate() {
        if !going() {
            return None;
        }
        if total.and_then(|usd| limit.admits(usd)) == Some(true) {
            cut = Cut { fitting: count, total, next: None };
            continue;
        }
        // Fees of the project alone may be over the cap: then the first deliverable lacks them too.
        let Some(index) = count.checked_sub(1) else { continue };
        cut.next = next(trials, limit, index, total);
        break;
    }
    Some(cut)
}

/// By halving, since each look takes long.
fn searched(target: Target<'_, '_>, going: KeepGoing<'_>) -> Option<Cut> {
    let Target { trials, limit, measure } = target;
    let count = trials.lines().len();
    let amount = |first: u64| measure.of_first(trials, usize::try_from(first).unwrap_or(count));
    let all = u64::try_from(count).ok()?;
    let fitting = match largest(0, all, |first| going().then(|| target.fits(amount(first))))? {
        Largest::None => None,
        Largest::Of(first) => Some(first),
        Largest::All => Some(all),
    };
    let total = fitting.and_then(amount);
    let fitting = fitting.map_or(0, |first| usize::try_from(first).unwrap_or(count));
    let next =
        (fitting < count).then(|| next(trials, &limit, fitting, measure.of_first(trials, fitting + 1))).flatten();
    Some(Cut { fitting, total, next })
}

/// The first deliverable that does not fit, with the amount of the project up to it.
fn next(trials: &Trials<'_>, limit: &Limit<'_>, index: usize, total: Option<Decimal>) -> Option<Next> {
    let lacks = total.and_then(|usd| limit.convert(usd)).and_then(|amount| difference(amount, limit.cap).ok());
    trials.lines().get(index).map(|_| Next { index, lacks })
}
