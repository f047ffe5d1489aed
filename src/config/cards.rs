//! The user's own rate cards, read from their folder.

use super::folder::{self, Bounds};
use super::paths::Paths;
use crate::cost::Catalog;
use crate::cost::base::limits::{CARD_FILE_BYTES_MAX, CARD_FILES_MAX, OWN_CARDS_MAX};
use crate::cost::bill::Card;
use crate::diagnostics::{Code, Level, Problem};
use crate::project::bills::read_cards;
use crate::words;
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Every card of the user, file by file in the order of their names, and the problems. Of two cards with one name the later
/// is kept.
#[must_use]
pub fn all(paths: &Paths, catalog: &Catalog) -> (Vec<Arc<Card>>, Vec<Problem>) {
    let bounds = Bounds { files: CARD_FILES_MAX, bytes: CARD_FILE_BYTES_MAX };
    let place = paths.cards().unwrap_or_default();
    let (texts, mut problems) = folder::texts(&place, folder(paths).unwrap_or_default(), &bounds);
    let mut cards = Vec::new();
    for (file, text) in texts {
        let read = read_cards(&text, &file, catalog);
        cards.extend(read.cards);
        problems.extend(read.problems);
    }
    let mut seen = HashSet::new();
    let mut kept: Vec<Arc<Card>> = cards.into_iter().rev().filter(|card| seen.insert(card.id.clone())).collect();
    kept.reverse();
    if let Some(beyond) = kept.len().checked_sub(OWN_CARDS_MAX).filter(|beyond| *beyond > 0) {
        kept.truncate(OWN_CARDS_MAX);
        let message = words::own_cards_left_out(beyond, OWN_CARDS_MAX);
        problems.push(Problem::new(Code::CardsTooMany, message).with_level(Level::Warning).at(Some(&place), None));
    }
    (kept, problems)
}

/// The files in the user's folder of cards, by name.
///
/// # Errors
/// The system's error if the folder does not exist or cannot be listed.
pub fn folder(paths: &Paths) -> io::Result<Vec<PathBuf>> {
    paths.cards().map_or(Ok(Vec::new()), |folder| folder::listed(&folder, &["toml"]))
}
