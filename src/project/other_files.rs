//! The files that a project file names, extended ones and prompts: who reads them, and why one is not read.

use super::problem::shortened;
use crate::prompt::NotCounted;
use crate::words;
use std::path::{Path, PathBuf};

/// Gives the texts of extended files. The real one reads the disk ([`crate::project::team::DiskTeam`]); tests hold them in memory.
pub trait TeamFiles {
    /// The canonical path of a file, so that a circle is found.
    fn identity(&mut self, file: &Path) -> PathBuf;

    /// The file that `from` names as `wanted`, a relative path that ends in `.toml`.
    ///
    /// # Errors
    /// Says which rule the path breaks, or what keeps the file from being read.
    fn open(&mut self, from: &Path, wanted: &str) -> Result<TeamFile, TeamError>;
}

/// An extended file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFile {
    /// As messages name it.
    pub path: PathBuf,
    /// As [`TeamFiles::identity`] names it.
    pub identity: PathBuf,
    /// Its content.
    pub text: String,
}

/// Counts prompts. The real one ([`DiskPrompts`](crate::project::prompts::DiskPrompts)) has a tokenizer and a disk; tests have neither.
pub trait PromptCounter {
    /// Tokens of a text.
    ///
    /// # Errors
    /// Too long, too many together, or nothing to count with.
    fn count(&mut self, text: &str) -> Result<u64, NotCounted>;

    /// Tokens of the file that `from` names as `wanted`, a relative path; or why its text is not counted.
    ///
    /// # Errors
    /// Says which rule the path breaks, or what keeps the file from being read.
    fn file(&mut self, from: &Path, wanted: &str) -> Result<Result<u64, NotCounted>, TeamError>;
}

/// Why an extended file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamError {
    /// It lies outside this folder, links followed.
    Outside(PathBuf),
    /// It does not exist.
    NotFound,
    /// It is a folder.
    Folder,
    /// It is a pipe, a device or a socket.
    NotRegular,
    /// The system refuses.
    NoPermission,
    /// More than is read; in MiB.
    TooLarge(u64),
    /// Its bytes are no text.
    NotUtf8,
    /// The folder of the project cannot be found.
    NoPlace,
    /// Another error of the system.
    Other(String),
}

/// Why a text is no relative path, `empty` where there is none; the same on every system, because projects travel.
pub(super) fn not_a_relative_path(wanted: &str, empty: &str) -> Option<String> {
    let shown = shortened(wanted, false);
    let drive = wanted.as_bytes().get(1) == Some(&b':');
    if wanted.trim().is_empty() {
        Some(empty.to_owned())
    } else if wanted.contains("://") || wanted.starts_with("file:") {
        Some(words::extends_address(shown))
    } else if wanted.starts_with(['/', '~', '\\', '$', '%']) || drive {
        Some(words::extends_absolute(shown))
    } else if wanted.contains('\\') {
        Some(words::extends_backslash(shown))
    } else if wanted.chars().any(words::safe::is_hostile) {
        Some(words::extends_hidden(shown))
    } else {
        None
    }
}

/// Why a file cannot be read, and the remedy: `ordinary` if it is a file of the wrong kind.
pub(super) fn reason_of(
    wanted: &str,
    error: TeamError,
    limit: usize,
    ordinary: &'static str,
) -> (String, &'static str) {
    match error {
        TeamError::Outside(_) => (words::extends_outside(wanted), words::extends_outside_remedy()),
        TeamError::NotFound => (words::file_not_found(wanted), words::extends_not_found_remedy()),
        TeamError::Folder => (words::file_is_folder(wanted), ordinary),
        TeamError::NotRegular => (words::file_is_not_regular(wanted), ordinary),
        TeamError::NoPermission => (words::file_no_permission_to_read(wanted), words::extends_permission_remedy()),
        TeamError::TooLarge(size) => (words::file_too_large(wanted, size, limit / (1024 * 1024)), ordinary),
        TeamError::NotUtf8 => (words::file_not_utf8(wanted), words::extends_utf8_remedy()),
        TeamError::NoPlace => (words::extends_no_place(wanted), words::extends_no_place_remedy()),
        TeamError::Other(reason) => (words::extends_other(wanted, reason), words::extends_permission_remedy()),
    }
}
