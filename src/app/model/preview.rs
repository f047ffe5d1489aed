//! The preview of a list: its text, what was read of it, and the meanings that a person gave to its columns.

use crate::cost::{Budget, Catalog};
use crate::tables::{Choices, ColumnUse, Kind, ListText, ParsedList};
use crate::words::Explanation;
use std::sync::Arc;

/// A list that is looked at before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Kept, so that the list can be read again.
    text: Arc<ListText>,
    choices: Choices,
    list: ParsedList,
    marked: Option<usize>,
}

/// How a column is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// As its title and contents say.
    Found,
    /// Not at all.
    Unread,
    /// As this.
    As(Kind),
}

impl Preview {
    /// Reads a list; an `Err` says why there is none in a file.
    #[must_use]
    pub fn new(text: Result<ListText, Explanation>, budget: &Budget, catalog: &Catalog) -> Preview {
        let choices = Choices::default();
        let (text, list) = match text {
            Ok(text) => {
                let list = text.read_with(&choices, budget, catalog);
                (text, list)
            }
            Err(why) => (ListText::default(), ParsedList::refused(why)),
        };
        Preview { text: Arc::new(text), choices, list, marked: None }
    }

    /// What was read.
    #[must_use]
    pub fn list(&self) -> &ParsedList {
        &self.list
    }

    /// The index of the marked column, if one is.
    #[must_use]
    pub fn marked(&self) -> Option<usize> {
        self.marked
    }

    /// How a column is read now: the entry that a list of meanings begins on.
    #[must_use]
    pub fn meaning(&self, column: usize) -> Meaning {
        match self.list.columns.get(column).map(|column| column.taken) {
            Some(ColumnUse::As(kind, _)) => Meaning::As(kind),
            Some(ColumnUse::Unused(_)) | None => Meaning::Unread,
        }
    }

    /// Whether a person gave the column its meaning.
    #[must_use]
    pub fn is_chosen(&self, column: usize) -> bool {
        self.choices.get(column).is_some()
    }

    /// Marks a column further on: from none, the first one, or the last one if `by` is negative.
    pub(in crate::app) fn mark(&mut self, by: isize) {
        let Some(last) = self.list.columns.len().checked_sub(1) else { return };
        self.marked = Some(match self.marked {
            Some(column) => column.saturating_add_signed(by).min(last),
            None if by < 0 => last,
            None => 0,
        });
    }

    /// Marks no column.
    pub(in crate::app) fn unmark(&mut self) {
        self.marked = None;
    }

    /// Reads the list again with another meaning of a column.
    ///
    /// # Errors
    /// If nothing of the list could be imported then; the preview stays as it was.
    pub(in crate::app) fn choose(
        &mut self,
        column: usize,
        meaning: Meaning,
        budget: &Budget,
        catalog: &Catalog,
    ) -> Result<(), Explanation> {
        let mut choices = self.choices.clone();
        match meaning {
            Meaning::Found => choices.forget(column),
            Meaning::Unread => choices.set(column, None),
            Meaning::As(kind) => choices.set(column, Some(kind)),
        }
        let mut list = self.text.read_with(&choices, budget, catalog);
        if let Some(why) = list.refused.take() {
            return Err(why);
        }
        (self.choices, self.list) = (choices, list);
        Ok(())
    }
}
