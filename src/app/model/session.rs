//! What outlives a project: prices and day, themes, keys, what can be opened, and what the runtime was asked for.

use crate::app::keys::keymap::Keymap;
use crate::app::model::overlay::{Ask, Leaving};
use crate::app::model::picker::Offer;
use crate::cost::Catalog;
use crate::diagnostics::Level;
use jiff::civil::Date;

/// A short message in the last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What it says.
    pub text: String,
}

/// What does not belong to a project.
#[derive(Debug, Clone)]
pub struct Session {
    /// Built-in prices and starting points.
    pub catalog: &'static Catalog,
    /// The day that stale prices and shutdowns are measured from.
    pub today: Date,
    /// The theme's name.
    pub theme: String,
    /// All themes' names, in the order of stepping.
    pub themes: Vec<String>,
    /// The keys that sentences name: those of the last key press.
    pub keymap: Keymap,
    /// Projects that can be opened without typing a path.
    pub offers: Vec<Offer>,
    /// Earlier versions of the file, as they were last asked for.
    pub versions: Vec<Offer>,
    /// A short message.
    pub notice: Option<Notice>,
    /// What goes on once the running save has succeeded.
    pub after_save: Option<Leaving>,
    /// What the running save merged from the disk first; the notice of the save tells it.
    pub(in crate::app) merged: Option<String>,
    /// The path that was typed last, until the runtime has answered.
    pub asked: Option<(Ask, String)>,
}

impl Session {
    /// Nothing asked for yet; the first theme.
    #[must_use]
    pub fn new(catalog: &'static Catalog, today: Date, themes: Vec<String>) -> Session {
        Session {
            catalog,
            today,
            theme: themes.first().cloned().unwrap_or_default(),
            themes,
            keymap: Keymap::default(),
            offers: Vec::new(),
            versions: Vec::new(),
            notice: None,
            after_save: None,
            merged: None,
            asked: None,
        }
    }

    /// Shows a short message.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.notice = Some(Notice { level, text: text.into() });
    }
}
