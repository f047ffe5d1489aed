//! What a search compares with a cap: the exact total, or by [`sure`](crate::cost::levers::sure) a percentile of it. A search
//! never looks at a total itself.

use crate::cost::base::money::Decimal;
use crate::cost::budget::Knob;
use crate::cost::estimate::trial::{Changed, Trials};
use crate::cost::estimate::{Limit, Totals};

/// A project as tried: the lines that differ, and the totals with them.
pub struct Tried<'t, 'a> {
    /// The project before.
    pub trials: &'t Trials<'a>,
    /// The lines that differ.
    pub changed: &'t Changed,
    /// The totals with them.
    pub totals: &'t Totals,
}

/// An amount of a project as tried.
pub trait Measure {
    /// USD, or a chance from 0 to 1; `None` if it is not known. It must not fall when finals, retry factor or buffer rise, since
    /// goals are searched by what lies between two values.
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal>;

    /// The same of the first so many deliverables of a project alone.
    fn of_first(&self, trials: &Trials<'_>, count: usize) -> Option<Decimal>;

    /// Whether it is at or under the cap, which may be known sooner than the amount; `None` if it is not known.
    fn fits(&self, tried: &Tried<'_, '_>, limit: &Limit<'_>) -> Option<bool> {
        self.of(tried).and_then(|usd| limit.admits(usd))
    }

    /// Whether a knob is in it at all.
    fn depends_on(&self, _: Knob) -> bool {
        true
    }

    /// Whether it can be told, if it is known.
    fn is_told(&self, _: &Tried<'_, '_>) -> bool {
        true
    }

    /// Whether it is the exact total, which moves have anyway.
    fn is_total(&self) -> bool {
        false
    }
}

/// The exact total of the worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactTotal;

impl Measure for ExactTotal {
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal> {
        tried.totals.total.filter(|_| tried.trials.is_whole())
    }

    fn of_first(&self, trials: &Trials<'_>, count: usize) -> Option<Decimal> {
        trials.totals_of_first(count).total
    }

    fn is_total(&self) -> bool {
        true
    }
}
