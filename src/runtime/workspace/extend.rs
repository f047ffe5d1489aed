//! Another team file for the open project: read as it would be after a save, before anything is written.
//!
//! A text is written from the differences to the budget that was read from it. With another team file that budget is not the one
//! that was read: every inherited value differs, and would be written into the project as its own. So the text first names the
//! other file, is read with it, and the edits follow on top ([`text_of`]).

use super::Workspace;
use crate::app::State;
use crate::app::model::outcome::Outcome;
use crate::config::welcome::EmbeddedFiles;
use crate::cost::Budget;
use crate::project::open;
use crate::project::splice::SpliceError;
use crate::project::write;
use crate::project::{DiskPrompts, Reading, read};
use crate::runtime::document::{Document, opened};
use crate::words;
use std::path::Path;

/// The text with all that `after` says, which may name another team file than `before`, the budget in the text.
///
/// # Errors
/// As for [`write::updated`].
pub(super) fn text_of(
    text: &[u8],
    before: &Budget,
    after: &mut Budget,
    read: impl Fn(&str) -> Budget,
) -> Result<Vec<u8>, SpliceError> {
    if before.extends == after.extends {
        return write::updated(text, before, after);
    }
    let mut renamed = Budget { extends: after.extends.clone(), ..before.clone() };
    let text = write::updated(text, before, &mut renamed)?;
    let before = read(&String::from_utf8_lossy(&text));
    write::updated(&text, &before, after)
}

impl Workspace {
    /// Reads the project on screen with another team file, or with none.
    pub(super) fn extend(&self, state: &State, wanted: Option<String>) -> Outcome {
        let reading = self.present(state).and_then(|(text, before)| {
            let mut after = Budget { extends: wanted, ..before.clone() };
            let text = write::updated(&text, &before, &mut after)?;
            Ok(self.read_here(&String::from_utf8_lossy(&text), state))
        });
        match reading {
            Err(error) => Outcome::NotExtended(words::save_no_place(error)),
            Ok(reading) => match reading.refused_team_file() {
                Some(problem) => {
                    Outcome::NotExtended(words::in_sentences(&problem.message, &problem.allowed, &problem.remedy))
                }
                None => Outcome::Extended(Box::new(self.shown(&reading))),
            },
        }
    }

    /// The places of values and the problems in what is on screen.
    pub(super) fn retrace(&self, state: &State) -> Option<Outcome> {
        let (text, _) = self.present(state).ok()?;
        let reading = self.read_here(&String::from_utf8_lossy(&text), state);
        Some(Outcome::Retraced(Box::new(self.shown(&reading))))
    }

    /// The text that a save would write now, and its budget.
    fn present(&self, state: &State) -> Result<(Vec<u8>, Budget), SpliceError> {
        let (text, before) = self.document.base();
        let mut after = state.base().clone();
        let text = text_of(text, before, &mut after, |text| self.read_here(text, state).budget)?;
        let budget = self.read_here(&String::from_utf8_lossy(&text), state).budget;
        Ok((text, budget))
    }

    /// Reads a text as the open project's.
    pub(super) fn read_here(&self, text: &str, state: &State) -> Reading {
        let new = Path::new(words::new_file_name());
        let path = match &self.document {
            Document::File(file) => &*file.path,
            Document::Conflicted(conflicted) => &*conflicted.path,
            Document::Untitled(draft) => {
                let known = draft.budget.extends.as_deref();
                let names = |path: &str| text.contains(path);
                match (&draft.extends, known) {
                    (Some(_), Some(path)) if names(path) => {
                        return read(text, Some(new), self.catalog(), &mut EmbeddedFiles, &mut DiskPrompts::new(new));
                    }
                    (None, Some(path)) if names(path) => draft.gone.as_deref().unwrap_or(new),
                    // A path from nowhere: the reader refuses it.
                    _ => return open::read_without_place(text, self.catalog()),
                }
            }
        };
        self.basis.read(text, path, state.base())
    }

    fn shown(&self, reading: &Reading) -> crate::app::model::outcome::Opened {
        opened(Path::new(words::new_file_name()), reading, reading.budget.clone(), None)
    }
}
