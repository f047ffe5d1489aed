//! What a search compares with a cap. Today that is the exact total; a search never looks at a total itself.

use crate::cost::base::money::Decimal;
use crate::cost::estimate::Totals;
use crate::cost::estimate::trial::{Changed, Trials};

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
    /// USD; `None` if it is not known. It must not fall when finals, retry factor or buffer rise, since goals are searched by
    /// halving.
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal>;
}

/// The exact total of the worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactTotal;

impl Measure for ExactTotal {
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal> {
        tried.totals.total.filter(|_| tried.trials.is_whole())
    }
}
