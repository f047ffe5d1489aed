//! The scenario that an estimate is under: each change, from what to what, and where it stands.

use crate::cost::budget::scenario::ChangePath;
use crate::cost::scenario::Content;
use crate::words;

/// A scenario as a report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedScenario {
    /// Its key.
    pub key: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its note, if it has one.
    pub note: Option<String>,
    /// Its changes, in the order of the layers.
    pub changes: Vec<ReportedChange>,
}

/// A change as a report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedChange {
    /// Where the value stands.
    pub path: ChangePath,
    /// The project's value.
    pub from: Content,
    /// The value under the scenario.
    pub to: Content,
    /// The value that `--set` puts in its place; `None` if it stays.
    pub set: Option<Content>,
    /// Where the change stands, as `FILE:LINE`; empty if that is not known.
    pub place: String,
}

impl ReportedScenario {
    /// The scenario with its name.
    pub(super) fn heading(&self) -> String {
        match &self.name {
            Some(name) => words::scenario_heading(&self.key, name),
            None => words::scenario_heading_bare(&self.key),
        }
    }

    /// One line for the note and for each change.
    pub(super) fn rows(&self) -> Vec<String> {
        let row = |change: &ReportedChange| {
            let (path, from, to) = (words::change_path(&change.path), &change.from, &change.to);
            let told = words::scenario_change(
                path,
                words::content_at(&change.path, from),
                words::content_at(&change.path, to),
            );
            let told = if change.place.is_empty() { told } else { words::scenario_change_at(told, &change.place) };
            match &change.set {
                Some(set) => words::scenario_change_set(told, words::content_at(&change.path, set)),
                None => told,
            }
        };
        self.note.iter().map(|note| words::safe::safe(note).into_owned()).chain(self.changes.iter().map(row)).collect()
    }
}
