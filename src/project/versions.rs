//! Earlier contents of saved files, kept in the user's own folder: what a save replaces can be had again.

use super::checksum::checksum;
use super::store::{Temp, sweep};
use crate::cost::base::limits::VERSIONS_MAX;
use crate::system::files::{Readers, is_folder, private_folder, read_regular, sync_folder};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A clock that is wrong by more made a stamp that is none: nothing is put after it, and it is the first to make room. A clock
/// that starts in 1970 still sorts what it makes behind the versions of today.
const WRONG_BY: jiff::SignedDuration = jiff::SignedDuration::from_hours(100 * 366 * 24);

/// Free names that are looked for, a millisecond apart.
const NAMES_TRIED: usize = 1_000;

/// Bytes of a file's name in the name of its folder, so that the whole stays within 255.
const NAME_MAX: usize = 150;

/// An earlier content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its path.
    pub path: PathBuf,
    /// When it was replaced.
    pub at: jiff::Timestamp,
    /// Bytes.
    pub size: u64,
}

/// A file's name in the user's own folder: its name, and a number that tells files of the same name apart.
#[must_use]
pub fn label(real_path: &Path) -> String {
    let name = real_path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
    let name = &name[..name.floor_char_boundary(NAME_MAX)];
    format!("{name}-{:016x}", checksum(real_path.as_os_str().as_encoded_bytes()))
}

/// The folder of a file's versions below the folder of all.
#[must_use]
pub fn folder(all: &Path, real_path: &Path) -> PathBuf {
    all.join(label(real_path))
}

/// Keeps a content that is about to be replaced, on the disk when this returns, and lets go of the oldest beyond
/// [`VERSIONS_MAX`]. A content that is the latest version already is not kept twice.
///
/// # Errors
/// The system's error, if it could not be written.
pub fn keep(all: &Path, real_path: &Path, bytes: &[u8], now: jiff::Timestamp) -> io::Result<()> {
    let folder = folder(all, real_path);
    private_folder(all)?;
    private_folder(&folder)?;
    let kept = listed(&folder, now);
    let latest = kept.first().filter(|latest| latest.size == bytes.len() as u64);
    if latest.is_some_and(|latest| is_the_same(&latest.path, bytes)) {
        return Ok(());
    }
    sweep(&folder);
    let latest = kept.first().map(|latest| latest.at).filter(|at| !is_beyond(*at, now));
    let name =
        free_name(&folder, latest.and_then(|at| at.checked_add(MILLISECOND).ok()).map_or(now, |at| at.max(now)))?;
    let mut temp = Temp::create(&folder, name.as_ref(), Readers::Owner)?;
    temp.write(bytes)?;
    temp.sync()?;
    temp.replace(&folder.join(name))?;
    let _best_effort = sync_folder(&folder);
    for old in kept.iter().skip(VERSIONS_MAX - 1) {
        let _already_gone = fs::remove_file(&old.path);
    }
    Ok(())
}

/// The first name of this moment, or one soon after it, that nothing has.
fn free_name(folder: &Path, mut at: jiff::Timestamp) -> io::Result<String> {
    for _ in 0..NAMES_TRIED {
        let name = format!("{}.toml", at.strftime(STAMP));
        if fs::symlink_metadata(folder.join(&name)).is_err() {
            return Ok(name);
        }
        at = at.checked_add(MILLISECOND).map_err(io::Error::other)?;
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Whether no clock of that moment can have made this stamp.
fn is_beyond(at: jiff::Timestamp, now: jiff::Timestamp) -> bool {
    at.duration_since(now) > WRONG_BY
}

/// Whether a kept file has these bytes. No more of it is read, whatever somebody made of it since it was listed.
fn is_the_same(kept: &Path, bytes: &[u8]) -> bool {
    read_regular(kept, bytes.len() as u64).is_ok_and(|(kept, _)| kept == bytes)
}

const MILLISECOND: jiff::SignedDuration = jiff::SignedDuration::from_millis(1);
/// Sorts by time, and holds no character that some file system forbids.
const STAMP: &str = "%Y-%m-%dT%H-%M-%S.%3fZ";

/// A file's versions, the latest first.
#[must_use]
pub fn versions(all: &Path, real_path: &Path) -> Vec<Version> {
    if is_folder(all) { listed(&folder(all, real_path), jiff::Timestamp::now()) } else { Vec::new() }
}

/// The versions in a folder, the latest first; those that no clock of that moment can have made are the last.
fn listed(folder: &Path, now: jiff::Timestamp) -> Vec<Version> {
    let Some(entries) = is_folder(folder).then(|| fs::read_dir(folder).ok()).flatten() else { return Vec::new() };
    let version = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let stamp = name.to_str()?.strip_suffix("Z.toml")?;
        let at = jiff::civil::DateTime::strptime("%Y-%m-%dT%H-%M-%S%.f", stamp).ok()?;
        let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        let size = entry.metadata().ok().filter(fs::Metadata::is_file)?.len();
        Some(Version { path: entry.path(), at, size })
    };
    let mut found: Vec<Version> = entries.flatten().filter_map(version).collect();
    let beyond = |version: &Version| is_beyond(version.at, now);
    found.sort_by(|a, b| beyond(a).cmp(&beyond(b)).then(b.at.cmp(&a.at)).then_with(|| b.path.cmp(&a.path)));
    found
}

/// How many files have versions, and how many versions there are.
#[must_use]
pub fn count(all: &Path) -> (usize, usize) {
    let Ok(folders) = fs::read_dir(all) else { return (0, 0) };
    let now = jiff::Timestamp::now();
    let counts = folders.flatten().map(|folder| listed(&folder.path(), now).len()).filter(|count| *count > 0);
    counts.fold((0, 0), |(files, versions), count| (files + 1, versions + count))
}
