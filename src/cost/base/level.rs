//! How serious a problem, an issue or a note is.

/// How serious a problem is, or how much an issue affects a figure; the worst sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The value cannot be used, or the figure cannot be trusted.
    Error,
    /// The value is used although it is probably a mistake, or the figure has an issue that the reader must know.
    Warning,
    /// Nothing to fix.
    Note,
}

impl Level {
    /// The fixed English name, as compilers print it, so that editors find the problem in printed lines; never translated.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}
