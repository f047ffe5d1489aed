//! What is computed of what is on screen when it is first drawn after a change, and kept until the next change.

use crate::cost::base::money::Decimal;
use crate::cost::budget::edit::Touched;
use crate::cost::risk::{self, Described, FactorDoubt, Missing, NamedShare, Risk};
use crate::cost::scenario::Since;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

/// What is computed when it is first drawn after a change. It is no state of its own, so its debug text is always the same.
#[derive(Clone)]
pub(super) struct Memo<T>(pub(super) OnceLock<T>);

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo(OnceLock::new())
    }
}

impl<T> std::fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memo")
    }
}

/// What the next comparison is made from. It is no state of its own either.
#[derive(Default)]
pub(super) struct Kept<T>(pub(super) Mutex<T>);

impl<T: Default> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        Kept::default()
    }
}

impl<T> std::fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept")
    }
}

/// How sure the total on screen is.
#[derive(Debug, Clone, Copy)]
pub enum HowSure<'r> {
    /// Its distribution.
    Known(&'r Risk),
    /// Why it has none.
    Missing(Missing),
    /// It is being computed on a thread of its own.
    Awaited,
}

/// Where the uncertainty is from, as far as it is listed.
#[derive(Debug, Clone)]
pub struct RiskParts {
    /// The deliverables with their shares, the largest first.
    pub deliverables: Vec<(usize, Decimal)>,
    /// The first retry factors.
    pub factors: Vec<FactorDoubt>,
    /// The named risks that count, with their shares.
    pub named: Vec<NamedShare>,
}

/// A distribution that takes longer than a frame, to be computed on a thread of its own.
#[derive(Debug, Clone)]
pub struct LongRisk {
    /// The change of the values that it belongs to.
    pub change: u64,
    /// What it is the distribution of.
    pub described: Arc<Described>,
    /// What it is made from.
    pub kept: risk::Kept,
}

/// What is derived from the values on screen.
#[derive(Clone, Default)]
pub(super) struct Derived {
    pub(super) since: Memo<Option<Since>>,
    risk: Memo<Result<Box<Risk>, Missing>>,
    parts: Memo<RiskParts>,
    /// What to compute on a thread of its own; `None` if it was computed at once.
    long: Memo<Option<Arc<Described>>>,
    /// What unchanged profiles need not be computed from again.
    kept: risk::Kept,
    /// Rises whenever the distribution may be another one: tells a late answer from the one that is awaited.
    change: u64,
}

/// No state of its own either.
impl std::fmt::Debug for Derived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Derived")
    }
}

impl Derived {
    /// Forgets what a change of the values may have made wrong.
    pub(super) fn forget(&mut self) {
        self.since = Memo::default();
        (self.risk, self.parts, self.long) = (Memo::default(), Memo::default(), Memo::default());
        self.change += 1;
    }

    /// The same after an edit: a note or a card to compare with changes no distribution.
    pub(super) fn forget_after(&mut self, touched: Touched) {
        match touched {
            Touched::Nothing | Touched::Bills => self.since = Memo::default(),
            Touched::Cap
            | Touched::Line(_)
            | Touched::Inserted(_)
            | Touched::Removed(_)
            | Touched::Moved { .. }
            | Touched::All => self.forget(),
        }
    }

    /// How sure the total is. What is computed within a frame is computed now.
    pub(super) fn how_sure(&self, describe: impl FnOnce() -> Result<Described, Missing>) -> HowSure<'_> {
        self.long.0.get_or_init(|| {
            let answer = match describe().map(|described| Risk::at_once(&self.kept, described)) {
                Ok(Err(large)) => return Some(Arc::from(large)),
                Ok(Ok(risk)) => Ok(Box::new(risk)),
                Err(missing) => Err(missing),
            };
            // Nobody has set it: what is large comes later, and only once.
            _ = self.risk.0.set(answer);
            None
        });
        match self.risk.0.get() {
            Some(Ok(risk)) => HowSure::Known(risk),
            Some(Err(missing)) => HowSure::Missing(*missing),
            None => HowSure::Awaited,
        }
    }

    /// Where the uncertainty is from: computed once, however often it is scrolled.
    pub(super) fn parts(&self, risk: &Risk, factors: usize) -> &RiskParts {
        self.parts.0.get_or_init(|| RiskParts {
            deliverables: risk.deliverables(),
            factors: risk.first_factors(factors),
            named: risk.named(),
        })
    }

    /// The distribution that a frame asked for and did not get.
    pub(super) fn awaited(&self) -> Option<LongRisk> {
        let described = self.long.0.get()?.as_ref().filter(|_| self.risk.0.get().is_none())?;
        Some(LongRisk { change: self.change, described: Arc::clone(described), kept: self.kept.clone() })
    }

    /// Takes an awaited distribution. That of an earlier change is dropped.
    pub(super) fn take(&mut self, change: u64, risk: Box<Risk>) {
        if self.change == change && self.awaited().is_some() {
            self.risk = Memo(OnceLock::from(Ok(risk)));
        }
    }
}

impl LongRisk {
    /// Computes it, unless the flag is set before it is there.
    #[must_use]
    pub fn compute(self, unwanted: &AtomicBool) -> Option<Box<Risk>> {
        Risk::unless(unwanted, &self.kept, Arc::unwrap_or_clone(self.described)).map(Box::new)
    }
}
