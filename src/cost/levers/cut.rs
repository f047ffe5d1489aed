//! The cut line: how far down the list of deliverables a cap reaches.

use crate::cost::base::money::Decimal;
use crate::cost::base::wide::difference;
use crate::cost::estimate::Limit;
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::KeepGoing;

/// How far a cap reaches, deliverable by deliverable in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many deliverables fit, from the first on.
    pub fitting: usize,
    /// USD of the project with these alone; `None` if not even the project without deliverables fits.
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

/// The cut line of a cap. `None` if it was stopped.
#[must_use]
pub fn line(trials: &Trials<'_>, limit: &Limit<'_>, going: KeepGoing<'_>) -> Option<Cut> {
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
        let lacks = total.and_then(|usd| limit.convert(usd)).and_then(|amount| difference(amount, limit.cap).ok());
        cut.next = trials.lines().get(index).map(|_| Next { index, lacks });
        break;
    }
    Some(cut)
}
