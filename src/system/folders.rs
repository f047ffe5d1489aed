//! The user's own folders, from the environment and the system's conventions. Nothing is created by asking.

use directories::{BaseDirs, ProjectDirs};
use std::path::PathBuf;

/// Where the user's own files are.
pub(crate) struct Folders {
    /// For the files that the user writes.
    pub(crate) config: PathBuf,
    /// For the program's own memory between runs.
    pub(crate) state: PathBuf,
}

/// The folders of a program; `None` if the system defines no home.
pub(crate) fn of_user(program: &str) -> Option<Folders> {
    let found = ProjectDirs::from("", "", program)?;
    // Only Linux has a folder for state; use the local data folder elsewhere.
    let state = found.state_dir().unwrap_or_else(|| found.data_local_dir()).to_owned();
    Some(Folders { config: found.config_dir().to_owned(), state })
}

/// The user's home; `None` if the system names none.
pub(crate) fn home() -> Option<PathBuf> {
    BaseDirs::new().map(|found| found.home_dir().to_owned())
}
