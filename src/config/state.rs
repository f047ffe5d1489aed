//! State kept between runs: the projects that were opened or saved.

use super::paths::Paths;
use crate::cost::base::limits::{RECENT_BYTES_MAX, RECENT_MAX};
use crate::project::splice::render_string;
use crate::project::store::{read_private, replace_private};
use crate::system::files::{look, private_root};
use crate::words;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Other instances may write between this one's read and write; each attempt starts from what they wrote.
const TRIES: usize = 16;

/// The projects that were opened or saved and still exist, the latest first.
#[must_use]
pub fn recent(paths: &Paths) -> Vec<PathBuf> {
    remembered(paths).into_iter().filter(|file| file.is_file()).collect()
}

/// Every project of the list, whether it still exists or not, the latest first.
#[must_use]
pub fn remembered(paths: &Paths) -> Vec<PathBuf> {
    let list = paths.recent().and_then(|list| read_private(&list, RECENT_BYTES_MAX).ok().flatten());
    list.map_or_else(Vec::new, |bytes| listed(&bytes))
}

/// Puts a project first in the recent list. Callers ignore the error: no other function depends on the list.
///
/// # Errors
/// The reason why the list could not be written, as a sentence.
pub fn remember(paths: &Paths, file: &Path) -> Result<(), String> {
    let list = paths.recent().ok_or_else(|| words::state_nowhere().to_owned())?;
    let file = whole(file).map_err(|error| error.to_string())?;
    let Some(name) = file.to_str() else { return Err(words::state_name_not_text().to_owned()) };
    let said = |error: io::Error| error.to_string();
    private_root(list.parent().unwrap_or(&list)).map_err(said)?;
    for _ in 0..TRIES {
        let found = read_private(&list, RECENT_BYTES_MAX).map_err(said)?;
        let before = found.as_deref().map_or_else(Vec::new, listed);
        // Earlier versions of this program left the list readable for others.
        if before.first() == Some(&file) && look(&list).is_ok_and(|facts| facts.is_private()) {
            return Ok(());
        }
        let others = before.iter().filter(|other| **other != file).filter_map(|other| other.to_str());
        let text = written(std::iter::once(name).chain(others).take(RECENT_MAX));
        if replace_private(&list, found.as_deref(), RECENT_BYTES_MAX, text.as_bytes()).map_err(said)? {
            return Ok(());
        }
    }
    Err(words::state_busy().to_owned())
}

/// The absolute path without `..`; a link at its end is kept, because its name is what the user knows.
fn whole(file: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(file)?;
    match (absolute.parent().map(fs::canonicalize), absolute.file_name()) {
        (Some(Ok(folder)), Some(name)) => Ok(folder.join(name)),
        _ => Ok(absolute),
    }
}

fn written<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut text = "# Projects that retake opened or saved, the latest first.\nfiles = [\n".to_owned();
    for name in names {
        text.push_str(&format!("  {},\n", render_string(name)));
    }
    text.push_str("]\n");
    text
}

/// The usable entries; everything else in a list is skipped.
fn listed(bytes: &[u8]) -> Vec<PathBuf> {
    let text = String::from_utf8_lossy(bytes);
    let (table, _) = DeTable::parse_recoverable(&text);
    let files = table.get_ref().get("files").and_then(|files| files.get_ref().as_array());
    let names = files.into_iter().flat_map(|files| files.iter()).filter_map(|name| match name.get_ref() {
        DeValue::String(name) => Some(PathBuf::from(name.as_ref())),
        _ => None,
    });
    let mut kept: Vec<PathBuf> = Vec::new();
    for file in names.filter(|file| file.is_absolute()) {
        if !kept.contains(&file) && kept.len() < RECENT_MAX {
            kept.push(file);
        }
    }
    kept
}
