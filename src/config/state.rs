//! State kept between runs: the projects that were opened or saved, and the theme that was chosen on the screen.

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
    let file = whole(file).map_err(|error| error.to_string())?;
    let Some(name) = file.to_str() else { return Err(words::state_name_not_text().to_owned()) };
    replace(paths.recent(), |found| {
        let before = found.map_or_else(Vec::new, listed);
        let others = before.iter().filter(|other| **other != file).filter_map(|other| other.to_str());
        (before.first() != Some(&file)).then(|| written(std::iter::once(name).chain(others).take(RECENT_MAX)))
    })
}

/// The name of the theme that was chosen on the screen last; `None` if there is none, or its file cannot be used.
#[must_use]
pub fn theme(paths: &Paths) -> Option<String> {
    let bytes = read_private(&paths.theme()?, RECENT_BYTES_MAX).ok().flatten()?;
    themed(&bytes)
}

/// Keeps the name of a theme for the next sessions. Callers ignore the error: the choice holds for this session all the same.
///
/// # Errors
/// The reason why it could not be written, as a sentence.
pub fn remember_theme(paths: &Paths, name: &str) -> Result<(), String> {
    replace(paths.theme(), |found| {
        let is_there = found.and_then(themed).is_some_and(|before| before == name);
        (!is_there).then(|| format!("# The theme chosen on the screen.\ntheme = {}\n", render_string(name)))
    })
}

fn themed(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let table = DeTable::parse(text).ok()?;
    let name = table.get_ref().get("theme")?.get_ref().as_str()?.to_owned();
    Some(name)
}

/// Replaces a file of the state folder by what `next` makes of its content; nothing if that makes nothing of it.
fn replace(file: Option<PathBuf>, next: impl Fn(Option<&[u8]>) -> Option<String>) -> Result<(), String> {
    let file = file.ok_or_else(|| words::state_nowhere().to_owned())?;
    let said = |error: io::Error| error.to_string();
    private_root(file.parent().unwrap_or(&file)).map_err(said)?;
    for _ in 0..TRIES {
        let found = read_private(&file, RECENT_BYTES_MAX).map_err(said)?;
        let is_private = look(&file).is_ok_and(|facts| facts.is_private());
        let text = match (next(found.as_deref()), &found) {
            (Some(text), _) => text.into_bytes(),
            // Earlier versions of this program left files readable for others.
            (None, Some(same)) if !is_private => same.clone(),
            (None, _) => return Ok(()),
        };
        if replace_private(&file, found.as_deref(), RECENT_BYTES_MAX, &text).map_err(said)? {
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
