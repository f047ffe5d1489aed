//! Which themes there are: the built-in ones, and the user's own.

use super::paths::Paths;
use crate::ui::theme::{Ground, Source, Theme, Themes};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Theme files of our own form, and base16 schemes.
const ENDINGS: [&str; 3] = ["toml", "yaml", "yml"];
/// More than any theme that is read has.
const MAX_BYTES: u64 = 1 << 20;

/// A theme by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the settings call it.
    pub name: String,
    /// Its file; none where it is built in.
    pub file: Option<PathBuf>,
}

/// Every theme, the user's own first; a name that both have is the user's.
#[must_use]
pub fn all(paths: &Paths) -> Vec<Named> {
    let mut themes = own(paths).unwrap_or_default();
    let built_in = Theme::names().filter(|name| themes.iter().all(|own| own.name != *name)).map(str::to_owned);
    let built_in: Vec<Named> = built_in.map(|name| Named { name, file: None }).collect();
    themes.extend(built_in);
    themes
}

/// The user's own themes by name.
///
/// # Errors
/// What the system says where the folder may not be listed or is not there.
pub fn own(paths: &Paths) -> std::io::Result<Vec<Named>> {
    let Some(folder) = paths.themes() else { return Ok(Vec::new()) };
    let mut themes = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        let is_theme =
            file.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) && file.is_file();
        if let Some(name) = file.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_theme) {
            themes.push(Named { name: name.to_owned(), file: Some(file) });
        }
    }
    themes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(themes)
}

/// The built-in themes with the user's own before them, read when one is asked for.
#[must_use]
pub fn load(paths: &Paths) -> Themes {
    let own = own(paths).unwrap_or_default();
    Themes::with_own(own.into_iter().filter_map(|named| {
        let file = named.file?;
        Some(Source { name: named.name, text: start_of(&file)?, file })
    }))
}

/// A theme's text, cut where no theme is longer: the reader then says that it is too long.
fn start_of(file: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a theme's file says about itself: its first comment line, and the terminal it is made for.
#[must_use]
pub fn described(text: &str) -> (String, Ground) {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let line = first.strip_prefix('#').unwrap_or_default().trim();
    (line.to_owned(), Theme::read(text, None).0.ground())
}
