//! What a file is that should hold a list: a text in one of several encodings, a workbook, or something else, which is refused
//! with what it is. Pure on bytes.
//!
//! A workbook becomes the text of one of its sheets, line for row and tab for column, so that everything after this reads one
//! form of list and names rows and columns as the spreadsheet does.

mod archive;
mod encoding;
mod kinds;
mod merged;
mod sheet;
mod shown;
mod workbook;
mod xml;

use self::archive::{Archive, Trouble};
use self::encoding::{Encoding, LOST, decoded};
use self::kinds::Foreign;
use self::sheet::{SheetText, cell_name};
use self::workbook::Workbook;
use crate::cost::base::limits::{FILE_BYTES_MAX, LIST_LINES_MAX, PLACES_MAX, UNPACKED_BYTES_MAX};
use crate::cost::{Budget, Catalog, Decimal, Knob};
use crate::tables::heads::has_titles;
use crate::tables::scan::SAMPLE_ROWS;
use crate::tables::table::Table;
use crate::tables::vocabulary::{is_sum, may_be_sum};
use crate::tables::{Choices, Column, Kind, ListRow, ParsedList, Progress, Reason, RowOutcome, markdown, read_telling};
use crate::words::number::grouped;
use crate::words::{self, Explanation};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The text of a list, however it came, with what a person should know of how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListText {
    text: String,
    /// About the whole list, as sentences.
    notes: Vec<String>,
    /// Numbers of rows, from 1, and sentences about them.
    places: Vec<(usize, String)>,
    /// Cells that lost their value: row from 1, column from 0, and a sentence.
    broken: BTreeMap<(usize, usize), String>,
    /// The names of a workbook's sheets, and the index of the one that this is.
    sheets: (Vec<String>, usize),
    /// The indexes of the sheets that the spreadsheet hides.
    hidden: Vec<usize>,
}

impl ListText {
    /// A text that was pasted.
    #[must_use]
    pub fn pasted(text: &str) -> ListText {
        ListText { text: text.to_owned(), ..ListText::default() }
    }

    /// The list in the bytes of a file. `sheet` names one of a workbook's sheets; without it, it is the first one that is visible
    /// and not empty.
    ///
    /// # Errors
    /// Says what the file is, if it is no list, and what to do.
    pub fn of_file(bytes: &[u8], sheet: Option<&str>) -> Result<ListText, Explanation> {
        ListText::of_file_telling(bytes, sheet, &|_| true)
    }

    /// The list in the bytes of a file as [`ListText::of_file`] has it; `goes_on` hears how far a sheet of a workbook is
    /// read, and ends the reading with `false`.
    ///
    /// # Errors
    /// As [`ListText::of_file`]; anything if the reading was ended.
    pub fn of_file_telling(
        bytes: &[u8],
        sheet: Option<&str>,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> Result<ListText, Explanation> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(words::intake_size(bytes.len().div_ceil(1 << 20), FILE_BYTES_MAX >> 20));
        }
        match kinds::foreign(bytes) {
            Some(Foreign::Archive) => of_archive(bytes, sheet, goes_on),
            Some(kind) => Err(kinds::refusal(kind, bytes)),
            None if sheet.is_some() => Err(words::list_no_sheets()),
            None => of_text(bytes),
        }
    }

    /// Parses it.
    #[must_use]
    pub fn read(&self, budget: &Budget, catalog: &Catalog) -> ParsedList {
        let Ok(list) = self.read_telling::<Infallible>(&Choices::default(), budget, catalog, &|_| Ok(()));
        list
    }

    /// Parses it with the meanings that a person gave to some of its columns, telling how far it is.
    ///
    /// # Errors
    /// What `progress` ended it with.
    pub fn read_telling<S>(
        &self,
        choices: &Choices,
        budget: &Budget,
        catalog: &Catalog,
        progress: Progress<'_, S>,
    ) -> Result<ParsedList, S> {
        let mut list = read_telling(&self.text, choices, budget, catalog, progress)?;
        self.tell(&mut list);
        Ok(list)
    }

    /// The names of the workbook's sheets in the order of their tabs; empty for a text.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        &self.sheets.0
    }

    /// Whether the spreadsheet hides the sheet of this name.
    #[must_use]
    pub fn is_hidden(&self, sheet: &str) -> bool {
        self.hidden.iter().filter_map(|at| self.sheets.0.get(*at)).any(|hidden| hidden == sheet)
    }

    /// The name of the sheet that is read; `None` for a text.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.sheets.0.get(self.sheets.1).map(String::as_str)
    }

    /// Whether a row passes for a heading only because a cell lost its value.
    fn hides(&self, row: &ListRow, title_row: Option<usize>) -> bool {
        let skipped =
            matches!(row.outcome, RowOutcome::Skipped(_)) && title_row.is_none_or(|titles| row.number > titles);
        let lost = self.broken.range((row.number, 0)..=(row.number, usize::MAX)).next().is_some();
        skipped && lost && !is_sum(&row.name) && !may_be_sum(&row.name)
    }

    /// Refuses what lacks a value that counts: a formula without a result is not 0, and one in a column across is a deliverable.
    fn refuse_lost(&self, list: &mut ParsedList) {
        for ((number, column), sentence) in &self.broken {
            let Some(kind) = list.columns.get(*column).and_then(Column::kind).filter(|kind| !kind.is_text()) else {
                continue;
            };
            let begin = list.rows.partition_point(|row| row.number < *number);
            let end = list.rows.partition_point(|row| row.number <= *number).max(begin);
            let title = list.columns[*column].title.clone();
            let reason = lost_value(Some(title), sentence);
            let counts = |row: &ListRow| matches!(&row.outcome, RowOutcome::Parsed(line) if line.settings.value(Knob::Finals).is_some());
            let rows = &mut list.rows[begin..end];
            if kind == Kind::Across && rows.iter().any(counts) {
                let name = rows[0].name.clone();
                let outcome = RowOutcome::Refused(vec![reason]);
                list.rows.insert(end, ListRow { number: *number, name, outcome, unsure: false, notes: Vec::new() });
                continue;
            }
            for row in rows {
                match &mut row.outcome {
                    RowOutcome::Parsed(_) => {
                        row.outcome = RowOutcome::Refused(vec![reason.clone()]);
                        row.notes.clear();
                    }
                    RowOutcome::Refused(reasons) if reasons.iter().all(|told| told.column != reason.column) => {
                        reasons.push(reason.clone());
                    }
                    RowOutcome::Refused(_) | RowOutcome::Skipped(_) => {}
                }
            }
        }
    }

    /// Puts what is known of the file beside what was read of its text.
    fn tell(&self, list: &mut ParsedList) {
        self.refuse_lost(list);
        list.notes.splice(0..0, self.notes.iter().cloned());
        let mut elsewhere = Vec::new();
        for (number, sentence) in self.places.iter().take(PLACES_MAX) {
            match list.rows.binary_search_by_key(number, |row| row.number) {
                Ok(at) if self.hides(&list.rows[at], list.title_row) => {
                    list.rows[at].outcome = RowOutcome::Refused(vec![lost_value(None, sentence)]);
                }
                Ok(at) if is_told(&list.rows[at], sentence) => {}
                Ok(at) => list.rows[at].notes.push(sentence.clone()),
                Err(_) => elsewhere.push(sentence.clone()),
            }
        }
        list.notes.extend(elsewhere);
        let more = self.places.len().saturating_sub(PLACES_MAX);
        list.notes.extend((more > 0).then(|| words::list_more_places(grouped(Decimal::from(more)))));
    }
}

/// Whether a row is refused for this already.
fn is_told(row: &ListRow, sentence: &str) -> bool {
    let RowOutcome::Refused(reasons) = &row.outcome else { return false };
    reasons.iter().any(|reason| reason.explanation.message == sentence)
}

/// A value that the file lost.
fn lost_value(column: Option<String>, sentence: &str) -> Reason {
    let explanation = Explanation { message: sentence.to_owned(), allowed: String::new(), remedy: String::new() };
    Reason { column, written: String::new(), explanation }
}

fn of_text(bytes: &[u8]) -> Result<ListText, Explanation> {
    let not_text = || words::list_foreign(words::list_is_unknown(), words::list_from_spreadsheet());
    let (text, encoding) = decoded(bytes).ok_or_else(not_text)?;
    let notes = match encoding {
        Encoding::Utf8 => None,
        Encoding::Windows1250 => Some(words::list_central_european(encoding.name())),
        other => Some(words::list_encoding(other.name())),
    };
    let places = if text.contains(LOST) { lost(&text) } else { Vec::new() };
    Ok(ListText { text, notes: notes.into_iter().collect(), places, ..ListText::default() })
}

/// The cells with bytes that are no characters.
fn lost(text: &str) -> Vec<(usize, String)> {
    // What is too much is refused when it is read.
    let text = markdown::as_cells(text);
    let Ok(table) = Table::new(&text) else { return Vec::new() };
    let mut places = Vec::new();
    for row in table.rows() {
        let cells = row.cells.iter().enumerate().filter(|(_, cell)| cell.contains(LOST));
        places.extend(cells.map(|(column, _)| (row.number, words::list_cell_lost(cell_name(row.number, column)))));
    }
    places
}

fn of_archive(bytes: &[u8], sheet: Option<&str>, goes_on: &dyn Fn(usize) -> bool) -> Result<ListText, Explanation> {
    let opened = Archive::new(bytes).map_err(refusal)?;
    let mut archive = opened;
    if let Some(why) = kinds::not_a_workbook(&mut archive).map_err(refusal)? {
        return Err(why);
    }
    let workbook = Workbook::read(&mut archive).map_err(refusal)?;
    let (name, SheetText { text, places, broken }) = chosen(&workbook, &mut archive, sheet, goes_on)?;
    let others: Vec<&str> =
        workbook.sheets.iter().map(|sheet| sheet.name.as_str()).filter(|other| *other != name).collect();
    let mut notes = Vec::new();
    notes.extend((!others.is_empty()).then(|| words::list_sheet(name, listed(&others))));
    notes.extend(workbook.has_macros.then(|| words::list_macros().to_owned()));
    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let at = names.iter().position(|other| other == name).unwrap_or(0);
    let hidden = (0..).zip(&workbook.sheets).filter(|(_, sheet)| !sheet.visible).map(|(at, _)| at).collect();
    Ok(ListText { text, notes, places, broken, sheets: (names, at), hidden })
}

/// The sheet that is asked for, or the first visible one with titles of columns, or with anything, or else the first one.
fn chosen<'w>(
    workbook: &'w Workbook,
    archive: &mut Archive<'_>,
    wanted: Option<&str>,
    goes_on: &dyn Fn(usize) -> bool,
) -> Result<(&'w str, SheetText), Explanation> {
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let unknown = |wanted: &str| words::list_unknown_sheet(wanted, &listed(&names));
    let same = |name: &str, wanted: &str| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    let mut first = None;
    for sheet in &workbook.sheets {
        if !wanted.map_or(sheet.visible, |wanted| same(&sheet.name, wanted)) {
            continue;
        }
        let part = archive.part(&sheet.part).map_err(refusal)?.ok_or_else(|| refusal(Trouble::Damaged))?;
        let read = sheet::read(&part, &workbook.shared, goes_on).map_err(refusal)?;
        if !read.text.is_empty() && (wanted.is_some() || is_list(&read.text)) {
            return Ok((&sheet.name, read));
        }
        let better =
            first.as_ref().is_none_or(|(_, held): &(&str, SheetText)| held.text.is_empty() && !read.text.is_empty());
        if better {
            first = Some((sheet.name.as_str(), read));
        }
    }
    match (first, wanted) {
        (Some(first), _) => Ok(first),
        (None, Some(wanted)) => Err(unknown(wanted)),
        (None, None) => Err(words::intake_blank()),
    }
}

/// Whether a sheet has titles of columns among its first rows: a cover tells of the list and is none.
fn is_list(text: &str) -> bool {
    // What is too much is refused when it is read.
    Table::new(text).map_or(true, |table| has_titles(&table.rows().take(SAMPLE_ROWS).collect::<Vec<_>>()))
}

/// Names for a sentence; a workbook may have hundreds.
pub(super) fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let mut listed = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        listed.push_str(", …");
    }
    listed
}

fn refusal(trouble: Trouble) -> Explanation {
    match trouble {
        Trouble::Damaged | Trouble::Stopped => words::list_foreign(words::list_is_damaged(), words::list_repair()),
        Trouble::TooMuch => words::list_unpacks_to_more(UNPACKED_BYTES_MAX >> 20),
        Trouble::Locked => kinds::locked(),
        Trouble::TooLong => words::intake_lines(&grouped(Decimal::from(LIST_LINES_MAX))),
    }
}

impl ParsedList {
    /// The cell that a reason is about, as a spreadsheet names it; `None` if it is about the row, or two columns have its title.
    #[must_use]
    pub fn cell(&self, row: usize, reason: &Reason) -> Option<String> {
        let title = reason.column.as_ref()?;
        let mut titled = self.columns.iter().enumerate().filter(|(_, column)| column.title == *title);
        let (column, _) = titled.next()?;
        titled.next().is_none().then(|| cell_name(row, column))
    }
}

/// Parses the list in the bytes of a file; see [`ListText::of_file`].
#[must_use]
pub fn read_file(bytes: &[u8], sheet: Option<&str>, budget: &Budget, catalog: &Catalog) -> ParsedList {
    match ListText::of_file(bytes, sheet) {
        Ok(text) => text.read(budget, catalog),
        Err(why) => ParsedList::refused(why),
    }
}
