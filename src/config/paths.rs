//! Where this user's own files are: the system's folders for settings and for what a program remembers.

use directories::ProjectDirs;
use std::path::PathBuf;

/// This user's folders; none where the system names no home. Nothing is made by asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Settings that a person writes: `$XDG_CONFIG_HOME/retake` or `~/.config/retake` on Linux.
    pub config: Option<PathBuf>,
    /// What the program remembers between runs: `$XDG_STATE_HOME/retake` or `~/.local/state/retake` on Linux.
    pub state: Option<PathBuf>,
}

impl Paths {
    /// The folders of the user who runs the program, from the environment and the system's conventions.
    #[must_use]
    pub fn of_user() -> Paths {
        ProjectDirs::from("", "", "retake").map_or_else(Paths::default, |dirs| Paths {
            config: Some(dirs.config_dir().to_owned()),
            // Only Linux has a folder for state; elsewhere the machine's own data folder serves.
            state: Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned()),
        })
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

    /// What saves replaced, a folder for each project.
    #[must_use]
    pub fn versions(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("versions"))
    }

    /// Edits that are not saved yet.
    #[must_use]
    pub fn journals(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("journal"))
    }

    /// Which projects are open, and in which process.
    #[must_use]
    pub fn locks(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|state| state.join("open"))
    }
}
