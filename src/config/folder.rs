//! The files of one of the user's folders, as many and as large as a start may wait for.

use crate::cost::base::limits::OWN_FOLDER_BYTES_MAX;
use crate::diagnostics::{Code, Level, Problem};
use crate::project::open::store_problem;
use crate::project::store::{StoreErrorKind, load_at_most};
use crate::words;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What is read of a folder.
pub(super) struct Bounds {
    /// Files.
    pub(super) files: usize,
    /// Bytes of one file; those of all are [`OWN_FOLDER_BYTES_MAX`].
    pub(super) bytes: usize,
}

/// The files with one of these endings, by name.
///
/// # Errors
/// The system's error if the folder does not exist or cannot be listed.
pub(super) fn listed(folder: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let ending = file.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| endings.contains(&ending)) && !file.is_dir() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The texts of these files, in their order, and a warning for each that cannot be read; what is beyond the bounds is counted in
/// one more.
pub(super) fn texts(folder: &Path, files: Vec<PathBuf>, bounds: &Bounds) -> (Vec<(PathBuf, String)>, Vec<Problem>) {
    let (mut texts, mut problems, mut room) = (Vec::new(), Vec::new(), OWN_FOLDER_BYTES_MAX);
    let mut left_out = files.len().saturating_sub(bounds.files);
    for file in files.into_iter().take(bounds.files) {
        // A file over the limit is reported; files beyond the limit of all together are counted.
        let size = fs::metadata(&file).map_or(0, |facts| usize::try_from(facts.len()).unwrap_or(usize::MAX));
        if size <= bounds.bytes && size > room {
            left_out += 1;
            continue;
        }
        match text_of(&file, bounds.bytes) {
            Ok(text) => {
                room = room.saturating_sub(text.len());
                texts.push((file, text));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    if left_out > 0 {
        let message = words::folder_left_out(left_out, bounds.files, OWN_FOLDER_BYTES_MAX / 1024);
        problems.push(Problem::new(Code::FolderTooLarge, message).at(Some(folder), None));
    }
    (texts, problems)
}

/// The text of a file of the user's own, of at most so many bytes.
///
/// # Errors
/// A warning that says what keeps it from being read.
pub(super) fn text_of(file: &Path, limit: usize) -> Result<String, Box<Problem>> {
    let loaded = load_at_most(file, limit).map_err(|error| {
        let problem = match error.kind {
            StoreErrorKind::TooLarge { size, .. } => {
                let message = words::settings_too_large(size.div_ceil(1024), limit / 1024);
                Problem::new(Code::SettingsTooLarge, message)
            }
            _ => store_problem(file, &error),
        };
        Box::new(Problem { level: Level::Warning, remedy: String::new(), file: Some(file.to_owned()), ..problem })
    })?;
    // A store gives out nothing but UTF-8.
    Ok(String::from_utf8_lossy(&loaded.bytes).into_owned())
}
