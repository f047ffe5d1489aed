//! The user's own rate cards, read from their folder.

use super::paths::Paths;
use crate::cost::Catalog;
use crate::cost::base::limits::CARD_FILES_MAX;
use crate::cost::bill::Card;
use crate::diagnostics::Problem;
use crate::project::bills::read_cards;
use crate::project::open::store_problem;
use crate::project::store::load;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Every card of the user, file by file in the order of their names, and the problems. Of two cards with one name the later
/// wins.
#[must_use]
pub fn all(paths: &Paths, catalog: &Catalog) -> (Vec<Arc<Card>>, Vec<Problem>) {
    let (mut cards, mut problems) = (Vec::new(), Vec::new());
    for file in folder(paths).unwrap_or_default().into_iter().take(CARD_FILES_MAX) {
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
/// The system's error if the folder does not exist or cannot be listed.
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
