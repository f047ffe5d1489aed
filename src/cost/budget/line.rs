//! A deliverable as the user set it.

use crate::cost::budget::settings::Settings;

/// A deliverable: one line of the worksheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its key in the file; it does not change when the name does.
    pub key: String,
    /// The display name; the key is shown if it is absent.
    pub name: Option<String>,
    /// Order on screen; lines without a position count as 0, in the order of the file.
    pub position: Option<i64>,
    /// A note.
    pub note: Option<String>,
    /// The knobs that it sets.
    pub settings: Settings,
}

impl Line {
    /// The display name, or the key.
    #[must_use]
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.key)
    }
}
