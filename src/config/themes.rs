//! The user's own themes, read from their folder.

use super::folder::{self, Bounds};
use super::paths::Paths;
use crate::cost::base::limits::{THEME_BYTES_MAX, THEMES_MAX};
use crate::diagnostics::Problem;
use crate::ui::theme::{Source, Themes};
use std::io;
use std::path::{Path, PathBuf};

/// File endings of themes, and of base16 schemes in their collections.
const ENDINGS: [&str; 3] = ["toml", "yaml", "yml"];

/// Every theme, and the errors of the user's files that cannot be read.
#[must_use]
pub fn all(paths: &Paths) -> (Themes, Vec<Problem>) {
    let bounds = Bounds { files: THEMES_MAX, bytes: THEME_BYTES_MAX };
    let (texts, problems) =
        folder::texts(&paths.themes().unwrap_or_default(), folder(paths).unwrap_or_default(), &bounds);
    let source = |(file, text): (PathBuf, String)| Source { name: name_of(&file), text, file };
    (Themes::with_own(texts.into_iter().map(source)), problems)
}

/// The files in the user's folder of themes, by name.
///
/// # Errors
/// The system's error if the folder does not exist or cannot be listed.
pub fn folder(paths: &Paths) -> io::Result<Vec<PathBuf>> {
    paths.themes().map_or(Ok(Vec::new()), |folder| folder::listed(&folder, &ENDINGS))
}

fn name_of(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
