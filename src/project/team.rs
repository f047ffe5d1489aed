//! Extended files on disk: found from the file that names them, never outside the project.

use crate::cost::base::limits::FILE_BYTES_MAX;
use crate::project::other_files::{TeamError, TeamFile, TeamFiles};
use crate::system::files::{Kind, NotRead, read_regular};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// How many folders above the project's own an extended file may be, without a git repository.
const FOLDERS_UP: usize = 2;

/// Reads extended files from disk. The limit is the git repository of the project or, without one, two folders up.
#[derive(Debug, Default)]
pub struct DiskTeam {
    /// The limit, found at the first look-up and kept for the whole chain.
    root: Option<PathBuf>,
}

impl DiskTeam {
    /// Reads nothing before the first request.
    #[must_use]
    pub fn new() -> DiskTeam {
        DiskTeam::default()
    }
}

impl TeamFiles for DiskTeam {
    fn identity(&mut self, file: &Path) -> PathBuf {
        real(file).unwrap_or_else(|| file.to_path_buf())
    }

    fn open(&mut self, from: &Path, wanted: &str) -> Result<TeamFile, TeamError> {
        let root = match &self.root {
            Some(root) => root,
            None => self.root.insert(bound(&folder_of(from).ok_or(TeamError::NoPlace)?)),
        };
        let identity = located(from, wanted, root)?;
        let text = text_of(&identity, FILE_BYTES_MAX)?;
        let beside = cleaned(&from.parent().unwrap_or(Path::new("")).join(wanted));
        let same = fs::canonicalize(&beside).is_ok_and(|path| path == identity);
        let path = if same { beside } else { identity.clone() };
        Ok(TeamFile { path, identity, text })
    }
}

/// The path without links; for a file that does not exist yet, its folder without links and its name.
fn real(file: &Path) -> Option<PathBuf> {
    fs::canonicalize(file).ok().or_else(|| {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(file.file_name()?))
    })
}

/// The folder of a file, without links.
pub(super) fn folder_of(file: &Path) -> Option<PathBuf> {
    real(file)?.parent().map(Path::to_path_buf)
}

/// The path without links of the file that `from` names as `wanted`, which must be below `root`.
pub(super) fn located(from: &Path, wanted: &str, root: &Path) -> Result<PathBuf, TeamError> {
    let path = folder_of(from).ok_or(TeamError::NoPlace)?.join(wanted);
    // Before touching the disk: a path outside is not even looked for.
    if !cleaned(&path).starts_with(root) {
        return Err(TeamError::Outside(root.to_path_buf()));
    }
    let identity = fs::canonicalize(path).map_err(|error| reason(&error))?;
    if identity.starts_with(root) { Ok(identity) } else { Err(TeamError::Outside(root.to_path_buf())) }
}

/// The limit for a project in `folder`: nothing outside this folder is read.
pub(super) fn bound(folder: &Path) -> PathBuf {
    let git = folder.ancestors().find(|folder| folder.join(".git").exists());
    git.or_else(|| folder.ancestors().take(FOLDERS_UP + 1).last()).unwrap_or(folder).to_path_buf()
}

/// The path with `.` resolved and, where something precedes it, `..`, by name alone.
fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        let last_is_name = matches!(clean.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if last_is_name => drop(clean.pop()),
            Component::ParentDir if clean.has_root() => {}
            part => clean.push(part),
        }
    }
    clean
}

/// The text of a file of at most `limit` bytes.
pub(super) fn text_of(path: &Path, limit: usize) -> Result<String, TeamError> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let (bytes, _) = read_regular(path, limit).map_err(|error| match error {
        NotRead::Wrong(Kind::Folder) => TeamError::Folder,
        NotRead::Wrong(_) => TeamError::NotRegular,
        NotRead::TooLarge(size) => TeamError::TooLarge(size.div_ceil(1024 * 1024)),
        NotRead::Look(error) | NotRead::Read(error) => reason(&error),
    })?;
    String::from_utf8(bytes).map_err(|_| TeamError::NotUtf8)
}

fn reason(error: &io::Error) -> TeamError {
    match error.kind() {
        ErrorKind::NotFound => TeamError::NotFound,
        ErrorKind::PermissionDenied => TeamError::NoPermission,
        ErrorKind::IsADirectory => TeamError::Folder,
        // `file.toml/other.toml`: a folder in the path is a file.
        ErrorKind::NotADirectory => TeamError::NotFound,
        _ => TeamError::Other(error.to_string()),
    }
}
