//! What is computed of what is on screen when it is first drawn after a change, and kept until the next change.

use crate::cost::base::limits::DESCRIBED_AT_ONCE_MAX;
use crate::cost::budget::edit::Touched;
use crate::cost::risk::{self, Described, FactorDoubt, Missing, NamedShare, Risk};
use crate::cost::scenario::Since;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, OnceLock};

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
    /// What it is the distribution of, or why there is none.
    pub described: Result<Described, Missing>,
    /// What it is made from.
    pub kept: risk::Kept,
}

/// What is derived from the values on screen.
#[derive(Clone, Default)]
pub(super) struct Derived {
    pub(super) since: Memo<Option<Since>>,
    /// `None` while it is awaited from a thread.
    risk: Memo<Option<Result<Box<Risk>, Missing>>>,
    parts: Memo<RiskParts>,
    /// What unchanged profiles need not be computed from again.
    kept: risk::Kept,
    /// Whether every distribution is computed on a thread of its own.
    pub(super) put_off: bool,
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
        (self.risk, self.parts) = (Memo::default(), Memo::default());
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

    /// How sure the total of so many deliverables is. What is computed within a frame is computed now, unless it is put off.
    pub(super) fn how_sure(
        &self,
        deliverables: usize,
        describe: impl FnOnce() -> Result<Described, Missing>,
    ) -> HowSure<'_> {
        let answer = self.risk.0.get_or_init(|| {
            if self.put_off || deliverables > DESCRIBED_AT_ONCE_MAX {
                return None;
            }
            match describe() {
                Ok(described) => Risk::at_once(&self.kept, described).map(|risk| Ok(Box::new(risk))),
                Err(missing) => Some(Err(missing)),
            }
        });
        match answer {
            Some(Ok(risk)) => HowSure::Known(risk),
            Some(Err(missing)) => HowSure::Missing(*missing),
            None => HowSure::Awaited,
        }
    }

    /// Where the uncertainty is from: computed once, however often it is scrolled.
    pub(super) fn parts(&self, risk: &Risk, factors: usize) -> &RiskParts {
        self.parts.0.get_or_init(|| RiskParts { factors: risk.first_factors(factors), named: risk.named() })
    }

    /// The change whose distribution a frame asked for and did not get.
    pub(super) fn awaited(&self) -> Option<u64> {
        matches!(self.risk.0.get(), Some(None)).then_some(self.change)
    }

    /// The same, to be computed.
    pub(super) fn awaited_risk(&self, describe: impl FnOnce() -> Result<Described, Missing>) -> Option<LongRisk> {
        Some(LongRisk { change: self.awaited()?, described: describe(), kept: self.kept.clone() })
    }

    /// Takes what was awaited. That of an earlier change is dropped.
    pub(super) fn take(&mut self, change: u64, answer: Result<Box<Risk>, Missing>) {
        if self.awaited() == Some(change) {
            self.risk = Memo(OnceLock::from(Some(answer)));
        }
    }
}

impl LongRisk {
    /// Computes it, unless the flag is set before it is there.
    #[must_use]
    pub fn compute(self, unwanted: &AtomicBool) -> Option<Result<Box<Risk>, Missing>> {
        match self.described {
            Ok(described) => Risk::unless(unwanted, &self.kept, described).map(|risk| Ok(Box::new(risk))),
            Err(missing) => Some(Err(missing)),
        }
    }
}
