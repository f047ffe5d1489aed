//! Another team file for the open project: read as it would be after a save, before anything is written.
//!
//! A text is written from the differences to the budget that was read from it. With another team file that budget is not the one
//! that was read: every inherited value differs, and would be written into the project as its own. So the text first names the
//! other file, is read with it, and the edits follow on top ([`text_of`]).

use super::Workspace;
use crate::app::State;
use crate::app::model::outcome::Outcome;
use crate::config::welcome::EmbeddedFiles;
use crate::cost::base::money::Shown;
use crate::cost::{Budget, Layer};
use crate::project::open;
use crate::project::splice::SpliceError;
use crate::project::write::{self, Differs};
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
    // Restored edits name the other file, and the currency that they still inherit is that of the one before.
    if after.team_head != before.team_head && inherits_currency(after) {
        after.shown = before.shown.clone();
    }
    write::updated(&text, &before, after)
}

/// Whether the currency may be the team file's; without any it is USD.
fn inherits_currency(budget: &Budget) -> bool {
    budget.shown == *budget.team_head.shown.as_ref().unwrap_or(&Shown::usd())
}

/// The budget `after`, which names another team file than the open file does, with all that it inherits as `now`, its own text,
/// was read with that team file: it may have changed since it was chosen. `screen` is the budget before the save completes it.
pub(super) fn inheriting(after: &Budget, screen: &Budget, now: &Reading) -> Budget {
    let (head, team) = (&after.team_head, &now.budget);
    let is_own = |card: &str| now.origins.field(&words::rates_key(card)).is_some_and(|at| at.layer == Layer::Project);
    let mut wanted = Budget {
        team_head: team.team_head.clone(),
        team: team.team.clone(),
        profiles: team.profiles.clone(),
        team_fees: team.team_fees.clone(),
        ..after.clone()
    };
    if after.client == head.client {
        wanted.client.clone_from(&team.client);
    }
    if after.bills.months == head.months {
        wanted.bills.months = team.bills.months;
    }
    if inherits_currency(after) {
        wanted.shown = team.shown.clone();
    }
    let added = |card: &String| screen.pins.get(card) != after.pins.get(card);
    wanted.pins.retain(|card, _| is_own(card) || added(card));
    wanted.pins.extend(
        team.pins.iter().filter(|(card, _)| !is_own(card) && !added(card)).map(|(k, v)| (k.clone(), v.clone())),
    );
    let added = |id: &String| screen.cards.get(id) != after.cards.get(id);
    wanted.cards.retain(|id, _| added(id));
    wanted.cards.extend(team.cards.iter().filter(|(id, _)| !added(id)).map(|(k, v)| (k.clone(), v.clone())));
    wanted
}

/// Why the text cannot say what is on screen.
struct Unsaid(String);

impl From<SpliceError> for Unsaid {
    fn from(error: SpliceError) -> Unsaid {
        Unsaid(words::save_no_place(error))
    }
}

impl Workspace {
    /// Reads the project on screen with another team file, or with none.
    pub(super) fn extend(&self, state: &State, wanted: Option<String>) -> Outcome {
        let reading = self.present(state).and_then(|(text, before)| {
            let mut after = Budget { extends: wanted, ..before.clone() };
            let text = write::updated(&text, &before, &mut after)?;
            let text = String::from_utf8_lossy(&text).into_owned();
            Ok(self.read_here(&text, after.extends.as_deref(), state))
        });
        match reading {
            Err(Unsaid(why)) => Outcome::NotExtended(why),
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
        let reading = self.read_here(&String::from_utf8_lossy(&text), state.base().extends.as_deref(), state);
        Some(Outcome::Retraced(Box::new(self.shown(&reading))))
    }

    /// The text that a save would write now, and its budget.
    ///
    /// # Errors
    /// If the text cannot say all that is on screen: what it leaves out would be lost.
    fn present(&self, state: &State) -> Result<(Vec<u8>, Budget), Unsaid> {
        let extends = state.base().extends.as_deref();
        let (text, before) = self.document.base();
        let mut after = state.base().clone();
        let text = text_of(text, before, &mut after, |text| self.read_here(text, extends, state).budget)?;
        let reading = self.read_here(&String::from_utf8_lossy(&text), extends, state);
        match write::difference(&inheriting(state.base(), state.base(), &reading), &reading.budget) {
            Some(Differs::Unreadable(key)) => Err(Unsaid(words::save_unreadable(key))),
            Some(Differs::Value(_) | Differs::Extends) | None => Ok((text, reading.budget)),
        }
    }

    /// Reads a text, which extends the file `extends`, as the open project's.
    pub(super) fn read_here(&self, text: &str, extends: Option<&str>, state: &State) -> Reading {
        let new = Path::new(words::new_file_name());
        let path = match &self.document {
            Document::File(file) => &*file.path,
            Document::Conflicted(conflicted) => &*conflicted.path,
            Document::Untitled(draft) => {
                let is_known = extends.is_some() && extends == draft.budget.extends.as_deref();
                match &draft.extends {
                    Some(_) if is_known => {
                        return read(text, Some(new), self.catalog(), &mut EmbeddedFiles, &mut DiskPrompts::new(new));
                    }
                    None if is_known => draft.gone.as_deref().unwrap_or(new),
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
