//! The preview of a list: its text, what was read of it, and the meanings that a person gave to its columns.

use crate::app::model::list_request::{ListRequest, ListSource, ReadList};
use crate::tables::{Choices, ColumnUse, Kind, ParsedList};
use crate::words::Explanation;
use std::path::{Path, PathBuf};

/// A list that is looked at before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Kept whole, so that the list can be read again.
    read: ReadList,
    path: Option<PathBuf>,
    marked: Option<usize>,
    /// Whether the text was scrolled by the wheel since a column was marked, perhaps away from it.
    scrolled: bool,
    again: Option<Again>,
    total: Option<String>,
}

/// The list is being read again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Again {
    /// The meanings that it is read with.
    choices: Choices,
    /// Rows so far.
    rows: usize,
}

/// The meaning chosen for a column.
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
    /// The preview of a list that was read; from this file, unless it was pasted.
    #[must_use]
    pub fn new(read: ReadList, path: Option<PathBuf>) -> Preview {
        Preview { read, path, marked: None, scrolled: false, again: None, total: None }
    }

    /// The project's total before and after adding the rows, beside the cap; `None` if none can be added.
    #[must_use]
    pub fn total(&self) -> Option<&str> {
        self.total.as_deref()
    }

    /// Says what the total becomes.
    pub(in crate::app) fn count(&mut self, total: Option<String>) {
        self.total = total;
    }

    /// The parsed list.
    #[must_use]
    pub fn list(&self) -> &ParsedList {
        &self.read.list
    }

    /// The path of its file, as it was typed; `None` for a pasted list.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The names of the workbook's sheets; empty for a text.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        self.read.text.sheets()
    }

    /// Whether the spreadsheet hides the sheet of this name.
    #[must_use]
    pub fn is_hidden(&self, sheet: &str) -> bool {
        self.read.text.is_hidden(sheet)
    }

    /// The name of the sheet that was read, where the workbook has others too.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.read.text.sheet().filter(|_| self.sheets().len() > 1)
    }

    /// Rows so far, while the list is read again.
    #[must_use]
    pub fn rows_again(&self) -> Option<usize> {
        self.again.as_ref().map(|again| again.rows)
    }

    /// The index of the marked column, if one is.
    #[must_use]
    pub fn marked(&self) -> Option<usize> {
        self.marked
    }

    /// How a column is read now: the entry that a list of meanings begins on.
    #[must_use]
    pub fn meaning(&self, column: usize) -> Meaning {
        match self.list().columns.get(column).map(|column| column.taken) {
            Some(ColumnUse::As(kind, _)) => Meaning::As(kind),
            Some(ColumnUse::Unused(_)) | None => Meaning::Unread,
        }
    }

    /// Whether a person gave the column its meaning.
    #[must_use]
    pub fn is_chosen(&self, column: usize) -> bool {
        self.read.choices.get(column).is_some()
    }

    /// Whether the marked column is kept in sight.
    #[must_use]
    pub fn follows_mark(&self) -> bool {
        self.marked.is_some() && !self.scrolled
    }

    /// The text stays where it was scrolled to until another column is marked by a key.
    pub(in crate::app) fn scroll_freely(&mut self) {
        self.scrolled = true;
    }

    /// Marks a column further on: from none, the first one, or the last one if `by` is negative.
    pub(in crate::app) fn mark(&mut self, by: isize) {
        let Some(last) = self.list().columns.len().checked_sub(1) else { return };
        self.scrolled = false;
        self.marked = Some(match self.marked {
            Some(column) => column.saturating_add_signed(by).min(last),
            None if by < 0 => last,
            None => 0,
        });
    }

    /// Marks this column, if there is one.
    pub(in crate::app) fn mark_at(&mut self, column: usize) {
        self.marked = Some(column).filter(|column| *column < self.list().columns.len());
    }

    /// Marks no column.
    pub(in crate::app) fn unmark(&mut self) {
        self.marked = None;
    }

    /// The request to read the list with another meaning of a column; until it is answered the preview stays as it is.
    pub(in crate::app) fn choose(&mut self, column: usize, meaning: Meaning) -> ListRequest {
        let mut choices = self.again.take().map_or_else(|| self.read.choices.clone(), |again| again.choices);
        match meaning {
            Meaning::Found => choices.forget(column),
            Meaning::Unread => choices.set(column, None),
            Meaning::As(kind) => choices.set(column, Some(kind)),
        }
        self.ask(ListSource::Text(self.read.text.clone()), choices)
    }

    /// The request to read another sheet of the workbook. `None` for a text.
    pub(in crate::app) fn choose_sheet(&mut self, sheet: &str) -> Option<ListRequest> {
        let source = ListSource::Sheet(self.read.workbook.clone()?, sheet.to_owned());
        Some(self.ask(source, Choices::default()))
    }

    fn ask(&mut self, source: ListSource, choices: Choices) -> ListRequest {
        self.again = Some(Again { choices: choices.clone(), rows: 0 });
        ListRequest { source, choices }
    }

    /// How far the list is read again.
    pub(in crate::app) fn progress(&mut self, rows: usize) {
        if let Some(again) = &mut self.again {
            again.rows = rows;
        }
    }

    /// Stops waiting for the list; false if it was not read again.
    pub(in crate::app) fn stop(&mut self) -> bool {
        self.again.take().is_some()
    }

    /// Takes the list that was read again.
    ///
    /// # Errors
    /// If nothing of it could be imported; the preview stays as it was.
    pub(in crate::app) fn take(&mut self, read: ReadList) -> Result<(), Explanation> {
        self.again = None;
        if let Some(why) = &read.list.refused {
            return Err(why.clone());
        }
        // Columns of another sheet are others.
        if read.text.sheet() != self.read.text.sheet() {
            self.marked = None;
        }
        let workbook = read.workbook.or_else(|| self.read.workbook.take());
        self.read = ReadList { workbook, text: read.text, choices: read.choices, list: read.list };
        Ok(())
    }
}
