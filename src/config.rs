//! The user's settings, and the folders that hold them.

pub mod cards;
mod folder;
pub mod keys;
pub mod paths;
mod read;
mod rebind;
mod report;
pub mod state;
pub mod themes;
pub mod welcome;

use crate::app::keys::keymap::Keymap;
use crate::diagnostics::Problem;
use crate::ui::theme::Themes;
use crate::words::number::Marks;
use paths::Paths;

/// The settings file's values, with defaults for those that are missing or wrong.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The available themes, the user's own first.
    pub themes: Themes,
    /// The name of the theme, built in or the user's own; `None` for the default.
    pub theme: Option<String>,
    /// Whether to ask the terminal for mouse events.
    pub mouse: bool,
    /// The number separators on screen.
    pub numbers: Marks,
    /// The built-in keys with the user's changes.
    pub keymap: Keymap,
    /// Number of actions whose keys the user changed.
    pub rebound: usize,
    /// The outcome of reading the file.
    pub found: Found,
    /// Problems of the file and of the chosen theme, and notes on keys that it hides.
    pub problems: Vec<Problem>,
}

/// The outcome of reading the settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is no such file, or no folder for it.
    Nothing,
    /// The file cannot be used at all; the problems say why.
    Unusable,
    /// The file is in use.
    File,
}

impl Default for Settings {
    fn default() -> Self {
        let keymap = keys::default_keymap();
        let (themes, problems) = (Themes::built_in(), Vec::new());
        let numbers = Marks::default();
        Self { themes, theme: None, mouse: true, numbers, keymap, rebound: 0, found: Found::Nothing, problems }
    }
}

/// Loads the user's settings and themes. Never fails: a broken file gives a list of problems and the defaults.
#[must_use]
pub fn load(paths: &Paths) -> Settings {
    read::load(paths)
}
