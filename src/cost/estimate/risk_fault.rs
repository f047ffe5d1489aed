//! What may be wrong with a named risk, as values only; `words` writes the sentences.

use crate::cost::base::money::Currency;
use crate::cost::budget::named_risk::RiskKey;
use crate::cost::estimate::issue_code::IssueCode;

/// What is wrong with a named risk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RiskFault {
    /// It lacks a key; [`RiskKey::Amount`] stands for finals or amount.
    Lacks(RiskKey),
    /// A key cannot be read.
    Unreadable(RiskKey),
    /// It has finals and an amount.
    Both,
    /// It is in a currency that is neither USD nor the project's, which follows.
    Currency(Currency, Currency),
    /// It names a deliverable that does not exist.
    Deliverable(String),
    /// It names a deliverable beside an amount, where that has no effect.
    Unused,
}

impl RiskFault {
    /// The name of the issue.
    #[must_use]
    pub fn code(&self) -> IssueCode {
        match self {
            RiskFault::Lacks(_) => IssueCode::RiskIncomplete,
            RiskFault::Unreadable(_) => IssueCode::RiskUnreadable,
            RiskFault::Both => IssueCode::RiskBoth,
            RiskFault::Currency(..) => IssueCode::RiskCurrency,
            RiskFault::Deliverable(_) => IssueCode::RiskDeliverable,
            RiskFault::Unused => IssueCode::RiskKeyUnused,
        }
    }

    /// The key that it is about; `None` for the whole table.
    #[must_use]
    pub fn key(&self) -> Option<RiskKey> {
        match self {
            RiskFault::Lacks(_) | RiskFault::Both => None,
            RiskFault::Unreadable(key) => Some(*key),
            RiskFault::Currency(..) => Some(RiskKey::Amount),
            RiskFault::Deliverable(_) | RiskFault::Unused => Some(RiskKey::Deliverable),
        }
    }

    /// Whether the risk counts all the same.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        matches!(self, RiskFault::Unused)
    }
}
