//! The state that outlives a project: prices and date, themes, keys, projects to open, and pending requests to the runtime.

use crate::app::keys::keymap::Keymap;
use crate::app::model::overlay::{Ask, Leaving};
use crate::app::model::picker::Offer;
use crate::cost::Catalog;
use crate::diagnostics::Level;
use jiff::civil::Date;

/// A short message in the last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its level.
    pub level: Level,
    /// Its text.
    pub text: String,
}

/// The state that does not belong to a project.
#[derive(Debug, Clone)]
pub struct Session {
    /// Built-in prices and starting points.
    pub catalog: &'static Catalog,
    /// The day used to judge the age of prices and shutdowns.
    pub today: Date,
    /// The theme's name.
    pub theme: String,
    /// Whether the user's settings name a theme: another one then ends with the session.
    pub theme_is_set: bool,
    /// All themes' names, in the order of stepping.
    pub themes: Vec<String>,
    /// The keys that sentences name: those at the last key press.
    pub keymap: Keymap,
    /// Projects that can be opened without typing a path.
    pub offers: Vec<Offer>,
    /// Earlier versions of the file, as of the last request.
    pub versions: Vec<Offer>,
    /// Whether the hint about another keyboard layout was shown.
    pub(in crate::app) layout_told: bool,
    /// A short message.
    pub notice: Option<Notice>,
    /// The request that continues after the running save succeeds.
    pub after_save: Option<Leaving>,
    /// The changes that the running save merged from the disk first; the save's notice mentions them.
    pub(in crate::app) merged: Option<String>,
    /// The path typed last, until the runtime has answered.
    pub asked: Option<(Ask, String)>,
    /// The path of the list that was shown last, which the next import offers.
    pub(in crate::app) list_path: Option<String>,
}

impl Session {
    /// A session without requests, with the first theme.
    #[must_use]
    pub fn new(catalog: &'static Catalog, today: Date, themes: Vec<String>) -> Session {
        Session {
            catalog,
            today,
            theme: themes.first().cloned().unwrap_or_default(),
            theme_is_set: false,
            themes,
            keymap: Keymap::default(),
            offers: Vec::new(),
            versions: Vec::new(),
            layout_told: false,
            notice: None,
            after_save: None,
            merged: None,
            asked: None,
            list_path: None,
        }
    }

    /// Shows a short message.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.notice = Some(Notice { level, text: text.into() });
    }
}
