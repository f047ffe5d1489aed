//! The folders and files of this user, by the system's conventions.

use crate::system::folders;
use std::path::PathBuf;

/// This user's folders; `None` if the system defines no home. Asking creates nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Settings that the user writes: `$XDG_CONFIG_HOME/retake` or `~/.config/retake` on Linux.
    pub config: Option<PathBuf>,
    /// State kept between runs: `$XDG_STATE_HOME/retake` or `~/.local/state/retake` on Linux.
    pub state: Option<PathBuf>,
}

impl Paths {
    /// The folders of the user who runs the program, from the environment and the system's conventions.
    #[must_use]
    pub fn of_user() -> Paths {
        folders::of_user("retake")
            .map_or_else(Paths::default, |found| Paths { config: Some(found.config), state: Some(found.state) })
    }

    /// The settings file.
    #[must_use]
    pub fn settings(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("config.toml"))
    }

    /// The user's own themes.
    #[must_use]
    pub fn themes(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("themes"))
    }

    /// The user's own rate cards.
    #[must_use]
    pub fn cards(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("cards"))
    }

    /// The list of projects opened or saved.
    #[must_use]
    pub fn recent(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("recent.toml"))
    }

    /// The theme chosen on the screen.
    #[must_use]
    pub fn theme(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("theme.toml"))
    }

    /// Versions replaced by saves, one folder for each project.
    #[must_use]
    pub fn versions(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("versions"))
    }

    /// Unsaved edits.
    #[must_use]
    pub fn journals(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("journal"))
    }

    /// The locks of open projects, with the process of each.
    #[must_use]
    pub fn locks(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("open"))
    }
}
