//! How much something that is said beside a figure or about a file matters.

/// How bad a problem is, or how much a doubt about a figure matters; the worst sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The value cannot be used, or the figure cannot be trusted.
    Error,
    /// The value is used and likely not what was meant, or the figure stands with a doubt that the reader must know.
    Warning,
    /// Nothing to mend.
    Note,
}

impl Level {
    /// The fixed name that compilers use too, so that editors find the problem in printed lines; never translated.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}
