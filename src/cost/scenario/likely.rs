//! How likely each scenario costs less than the one that it is compared with, and by how much.

use crate::cost::base::money::{Decimal, plus};
use crate::cost::budget::{Budget, Catalog};
use crate::cost::estimate::Estimate;
use crate::cost::risk::{Compared, Described, Difference, Kept, Missing, Side, Withheld, Work, describe};
use crate::cost::scenario::apply::apply;
use jiff::civil::Date;
use std::sync::atomic::{AtomicBool, Ordering};

/// The percentiles of a difference that are told.
pub const DIFFERENCE_PERCENTILES: [u8; 3] = [10, 50, 90];

/// One total less another: USD with fees, markup and tax, without buffers. Below 0 is cheaper than the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// The mean.
    pub mean: Decimal,
    /// What is not passed in 10, in 50 and in 90 of 100 cases.
    pub percentiles: [Decimal; 3],
    /// The chance, from 0 to 1, of less than the baseline costs; 0 and 1 only where it is beyond doubt.
    pub cheaper: Decimal,
    /// The chance of the same.
    pub same: Decimal,
    /// Whether it is beyond doubt which of them costs less, or that both cost the same.
    pub is_certain: bool,
    /// Why the lowest and the highest percentile are not to be told, if they are not.
    pub withheld: Option<Withheld>,
    /// Whether the chance of less is told; one that says as much as a withheld percentile is not.
    pub tells_cheaper: bool,
}

/// The difference of a column, or why it is not known; `None` for the column that the others are compared with.
pub type LikelyColumn = Option<Result<Likely, Missing>>;

impl From<Difference> for Likely {
    fn from(difference: Difference) -> Likely {
        let cheaper = difference.cheaper();
        Likely {
            mean: difference.mean(),
            percentiles: DIFFERENCE_PERCENTILES.map(|percent| difference.percentile(percent)),
            cheaper,
            same: difference.same(),
            is_certain: difference.is_certain(),
            withheld: difference.withheld(),
            tells_cheaper: difference.tells(cheaper),
        }
    }
}

/// What varies between a column and the first; `None` for the first itself.
type ComparedColumn = Option<Result<Compared, Missing>>;

/// Scenarios of a project (`None`: the project itself), to be compared with the first of them.
#[derive(Debug, Clone, Copy)]
pub struct LikelyColumns<'a> {
    /// The project.
    pub base: &'a Budget,
    /// Its estimate.
    pub own: &'a Estimate,
    /// The columns; keys of unknown scenarios are left out, as in a comparison.
    pub keys: &'a [Option<&'a str>],
    /// What is built in.
    pub catalog: &'a Catalog,
    /// The day of the estimate.
    pub today: Date,
}

impl<'a> LikelyColumns<'a> {
    /// Computes how all columns differ from the first.
    #[must_use]
    pub fn compute(self) -> Vec<LikelyColumn> {
        self.unless(&AtomicBool::new(false)).unwrap_or_default()
    }

    /// The same, unless the flag is set before they are there: it is looked at before each column.
    #[must_use]
    pub fn unless(self, unwanted: &AtomicBool) -> Option<Vec<LikelyColumn>> {
        let kept = Kept::default();
        let column = |column: ComparedColumn| {
            (!unwanted.load(Ordering::Relaxed)).then(|| column.map(|column| likely(&kept, column)))
        };
        self.compared().map(column).collect()
    }

    /// The same if it takes no longer than so many kinds of price take.
    #[must_use]
    pub fn within(self, weight: usize) -> Option<Vec<LikelyColumn>> {
        let mut left = weight;
        let mut columns: Vec<ComparedColumn> = Vec::new();
        for column in self.compared() {
            let own = column.as_ref().and_then(|column| column.as_ref().ok()).map_or(0, Compared::weight);
            left = left.checked_sub(own)?;
            columns.push(column);
        }
        let kept = Kept::default();
        Some(columns.into_iter().map(|column| column.map(|column| likely(&kept, column))).collect())
    }

    /// What varies between each column and the first, one after the other: all of them would fill memory.
    fn compared(self) -> impl Iterator<Item = ComparedColumn> + use<'a> {
        let base = self.base;
        let mut keys =
            self.keys.iter().copied().filter(move |key| key.is_none_or(|key| base.scenarios.contains_key(key)));
        let first = keys.next().map(|key| self.column(key));
        let others = first.is_some().then_some(keys).into_iter().flatten();
        let compared = move |key| {
            let (before, after) = (first.as_ref()?.as_ref(), self.column(key));
            let both = before.map_err(|missing| *missing).and_then(|before| Ok((before, after?)));
            Some(both.and_then(|(before, after)| Compared::of(side(before), side(&after)).ok_or(Missing::Price)))
        };
        std::iter::once(None).chain(others.map(compared))
    }

    fn column(self, key: Option<&str>) -> Result<(Described, Estimate), Missing> {
        let LikelyColumns { base, own, catalog, today, .. } = self;
        let Some(scenario) = key.and_then(|key| base.scenarios.get(key)) else {
            return Ok((described(base, own, catalog)?, own.clone()));
        };
        let applied = apply(base, scenario, catalog);
        let mut estimate = own.clone();
        applied.refresh(&mut estimate, catalog, today);
        Ok((described(&applied.budget, &estimate, catalog)?, estimate))
    }
}

fn side((described, estimate): &(Described, Estimate)) -> Side<'_> {
    Side { described, estimate }
}

fn likely(kept: &Kept, column: Result<Compared, Missing>) -> Result<Likely, Missing> {
    column.map(|compared| Likely::from(Difference::of(kept, &compared)))
}

/// What varies in a project; without finals nothing does, and the whole total is a constant.
fn described(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Result<Described, Missing> {
    let constant = || {
        let (totals, assumptions) = (&estimate.totals, estimate.assumptions.as_ref()?);
        let constant = plus(totals.subtotal?, totals.invoice.project_fees.unwrap_or_default()).ok()?;
        Some(Described {
            work: Work { constant, ..Work::default() },
            factors: Vec::new(),
            risks: Vec::new(),
            subtotal: constant,
            buffered: Decimal::ZERO,
            on_top: (assumptions.markup.value, assumptions.tax.value),
        })
    };
    match describe(budget, estimate, catalog) {
        Err(Missing::Finals) => constant().ok_or(Missing::Price),
        described => described,
    }
}
