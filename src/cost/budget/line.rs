//! A deliverable as the user set it.

use crate::cost::budget::settings::Settings;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

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

/// A deliverable of a budget. A copy shares it until one of the two is changed, so a budget of many deliverables is copied in no
/// time: a scenario is a copy of its project in which few lines differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SharedLine(Arc<Line>);

impl From<Line> for SharedLine {
    fn from(line: Line) -> SharedLine {
        SharedLine(Arc::new(line))
    }
}

impl Deref for SharedLine {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.0
    }
}

impl DerefMut for SharedLine {
    fn deref_mut(&mut self) -> &mut Line {
        Arc::make_mut(&mut self.0)
    }
}
