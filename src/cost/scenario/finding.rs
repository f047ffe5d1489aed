//! What is doubtful about a scenario on today's base, as values only; `words` writes the sentences.

use crate::cost::base::level::Level;
use crate::cost::budget::scenario::ChangePath;
use crate::cost::scenario::content::Content;

/// Something doubtful about one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The change.
    pub path: ChangePath,
    /// What is doubtful about it.
    pub kind: FindingKind,
}

/// The kinds of findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// The deliverable, the fee or the named risk does not exist (any more), and the changes do not add one: they are not applied.
    Gone,
    /// The base differs from the value that it had when the scenario was written.
    Moved {
        /// The value at that time.
        was: Content,
        /// The base's value now.
        now: Content,
    },
    /// The base has this value already.
    Same {
        /// The value.
        value: Content,
    },
}

impl FindingKind {
    /// How serious it is. A change without a target is an error: the figures lack something that the scenario asks for.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            FindingKind::Gone => Level::Error,
            FindingKind::Moved { .. } => Level::Warning,
            FindingKind::Same { .. } => Level::Note,
        }
    }
}
