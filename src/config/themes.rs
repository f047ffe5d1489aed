//! The user's own themes, read from their folder.

use super::paths::Paths;
use crate::cost::base::limits::{THEME_BYTES_MAX, THEMES_MAX};
use crate::diagnostics::{Level, Problem};
use crate::project::open::store_problem;
use crate::project::store::load;
use crate::ui::theme::{Source, Themes};
use crate::words;
use std::io;
use std::path::{Path, PathBuf};

/// File endings of themes, and of base16 schemes in their collections.
const ENDINGS: [&str; 3] = ["toml", "yaml", "yml"];

/// Every theme, and the errors of the user's files that cannot be read.
#[must_use]
pub fn all(paths: &Paths) -> (Themes, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for file in folder(paths).unwrap_or_default().into_iter().take(THEMES_MAX) {
        match read(&file) {
            Ok(text) => sources.push(Source { name: name_of(&file), text, file }),
            Err(problem) => problems.push(*problem),
        }
    }
    (Themes::with_own(sources), problems)
}

/// The files in the user's folder of themes, by name.
///
/// # Errors
/// The system's error if the folder does not exist or cannot be listed.
pub fn folder(paths: &Paths) -> io::Result<Vec<PathBuf>> {
    let Some(folder) = paths.themes() else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        let ending = file.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending)) && !file.is_dir() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn name_of(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &Path) -> Result<String, Box<Problem>> {
    let loaded = load(file).map_err(|error| {
        let problem = store_problem(file, &error);
        Box::new(Problem { level: Level::Warning, remedy: String::new(), file: Some(file.to_owned()), ..problem })
    })?;
    if loaded.bytes.len() > THEME_BYTES_MAX {
        let message = words::settings_too_large(loaded.bytes.len().div_ceil(1024), THEME_BYTES_MAX / 1024);
        return Err(Box::new(Problem::new(Level::Warning, "settings-too-large", message).at(Some(file), None)));
    }
    Ok(String::from_utf8_lossy(&loaded.bytes).into_owned())
}
