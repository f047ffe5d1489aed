//! The scenarios side by side, and how likely each is cheaper than the baseline: computed when the columns are first drawn after a
//! change, what takes longer than a frame on a thread.

use super::Project;
use super::derived::{Kept, Memo};
use crate::app::model::session::Session;
use crate::cost::base::limits::{DIFFERING_AT_ONCE_MAX, FOLLOWED_AT_ONCE_MAX};
use crate::cost::scenario::{Comparing, Comparison, LikelyColumn, LikelyColumns, columns};
use crate::cost::{Budget, Catalog, Estimate, estimate};
use crate::figures::Differences;
use jiff::civil::Date;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock, PoisonError};

/// The columns of a comparison.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    comparison: Memo<Box<Comparison>>,
    comparing: Kept<Comparing>,
    /// How each differs from the baseline.
    known: Memo<Vec<LikelyColumn>>,
    /// What to compute them from on a thread; `None` if they were computed at once.
    long: Memo<Option<Arc<Budget>>>,
    /// Rises whenever they may be others: tells a late answer from the one that is awaited.
    change: u64,
}

/// Differences that take longer than a frame, to be computed on a thread of their own.
#[derive(Debug, Clone)]
pub struct LongDifferences {
    /// The change of the values that they belong to.
    pub change: u64,
    budget: Arc<Budget>,
    catalog: &'static Catalog,
    today: Date,
}

impl Columns {
    /// Forgets what a change of the values may have made wrong.
    pub(super) fn forget(&mut self) {
        self.comparison = Memo::default();
        (self.known, self.long) = (Memo::default(), Memo::default());
        self.change += 1;
    }

    /// All scenarios beside the baseline.
    pub(super) fn comparison(&self, base: &Budget, own: &Estimate, session: &Session) -> &Comparison {
        self.comparison.0.get_or_init(|| {
            let mut comparing = self.comparing.0.lock().unwrap_or_else(PoisonError::into_inner);
            Box::new(comparing.compare(base, own, &columns(base), session.catalog, session.today))
        })
    }

    /// How the columns differ from the baseline. What is computed within a frame is computed now.
    pub(super) fn differences(&self, base: &Budget, own: &Estimate, session: &Session) -> Differences<'_> {
        self.long.0.get_or_init(|| {
            let keys = columns(base);
            let all = LikelyColumns { base, own, keys: &keys, catalog: session.catalog, today: session.today };
            let is_short = base.lines.len().saturating_mul(keys.len()) <= FOLLOWED_AT_ONCE_MAX;
            match is_short.then(|| all.within(DIFFERING_AT_ONCE_MAX)).flatten() {
                // Nobody has set it: what is long comes later, and only once.
                Some(known) => _ = self.known.0.set(known),
                None => return Some(Arc::new(base.clone())),
            }
            None
        });
        self.known.0.get().map_or(Differences::Awaited, |known| Differences::Known(known))
    }

    /// The differences that a frame asked for and did not get.
    pub(super) fn awaited(&self, session: &Session) -> Option<LongDifferences> {
        let budget = self.long.0.get()?.as_ref().filter(|_| self.known.0.get().is_none())?;
        let (catalog, today) = (session.catalog, session.today);
        Some(LongDifferences { change: self.change, budget: Arc::clone(budget), catalog, today })
    }

    /// Takes awaited differences. Those of an earlier change are dropped.
    pub(super) fn take(&mut self, change: u64, columns: Vec<LikelyColumn>) {
        if self.change == change && self.long.0.get().is_some() {
            self.known = Memo(OnceLock::from(columns));
        }
    }
}

/// The differences of the project's columns.
impl Project {
    /// How the columns of the comparison differ from the baseline. What takes longer than a frame is awaited from a thread.
    #[must_use]
    pub fn differences(&self, session: &Session) -> Differences<'_> {
        self.columns.differences(&self.budget, &self.estimate, session)
    }

    /// The differences that a frame waits for; see [`Differences::Awaited`].
    #[must_use]
    pub fn awaited_differences(&self, session: &Session) -> Option<LongDifferences> {
        self.columns.awaited(session)
    }

    /// Takes the differences of the columns that were awaited after a change.
    pub(in crate::app) fn take_differences(&mut self, change: u64, columns: Vec<LikelyColumn>) {
        self.columns.take(change, columns);
    }
}

impl LongDifferences {
    /// Computes them, unless the flag is set before they are there.
    #[must_use]
    pub fn compute(self, unwanted: &AtomicBool) -> Option<Vec<LikelyColumn>> {
        let LongDifferences { budget, catalog, today, .. } = self;
        let (own, keys) = (estimate(&budget, catalog, today), columns(&budget));
        LikelyColumns { base: &budget, own: &own, keys: &keys, catalog, today }.unless(unwanted)
    }
}
