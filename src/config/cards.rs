//! The user's own rate cards, read from their folder.

use super::paths::Paths;
use crate::cost::Catalog;
use crate::cost::bill::Card;
use crate::diagnostics::Problem;
use crate::project::bills::read_cards;
use crate::project::open::store_problem;
use crate::project::store::load;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Files that are read at most, so that a folder of something else does not hold up the start.
const FILES_MAX: usize = 200;

/// Every card of the user's, file by file in the order of their names, and what is wrong with them. Of two with one name the
/// later counts.
#[must_use]
pub fn all(paths: &Paths, catalog: &Catalog) -> (Vec<Arc<Card>>, Vec<Problem>) {
    let (mut cards, mut problems) = (Vec::new(), Vec::new());
    for file in folder(paths).unwrap_or_default().into_iter().take(FILES_MAX) {
        match load(&file) {
            Ok(loaded) => {
                let read = read_cards(&String::from_utf8_lossy(&loaded.bytes), &file, catalog);
                cards.extend(read.cards);
                problems.extend(read.problems);
            }
            Err(error) => problems.push(Problem { file: Some(file.clone()), ..store_problem(&file, &error) }),
        }
    }
    (cards, problems)
}

/// The files in the user's folder of cards, by name.
///
/// # Errors
/// What the system says where the folder may not be listed or is not there.
pub fn folder(paths: &Paths) -> io::Result<Vec<PathBuf>> {
    let Some(folder) = paths.cards() else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "toml") && !file.is_dir() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
