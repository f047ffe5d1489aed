//! What a user may set, and where it is kept.

pub mod cards;
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

/// What the settings file says; the defaults stand in for what it does not say or says wrongly.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The themes to choose from, the user's own first.
    pub themes: Themes,
    /// The theme by name, built in or the user's own; none for the default.
    pub theme: Option<String>,
    /// Whether the mouse is asked for.
    pub mouse: bool,
    /// How figures on screen are punctuated.
    pub numbers: Marks,
    /// The built-in keys with the user's in their place.
    pub keymap: Keymap,
    /// Actions that the user gave keys to, or took them from.
    pub rebound: usize,
    /// What came of the file.
    pub found: Found,
    /// What is wrong with it and with the chosen theme, and what its keys hide (notes).
    pub problems: Vec<Problem>,
}

/// What came of reading the settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No such file, or no folder for it.
    Nothing,
    /// A file that cannot be used at all; the problems say why.
    Unusable,
    /// A file that counts.
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

/// The user's settings and themes. Never fails: a broken file is a list of problems and the defaults.
#[must_use]
pub fn load(paths: &Paths) -> Settings {
    read::load(paths)
}
