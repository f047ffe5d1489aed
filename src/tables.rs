//! A list of deliverables from a spreadsheet: the meaning of each column, the deliverable made from each row, and why a row
//! is refused.
//!
//! No row is imported in part: one unreadable cell refuses its row, with the reason at the cell; paper, dots per inch and what
//! is still to be settled leave their value open, and the row says so. A value that differs from the cell's exact text is noted
//! at its row, so that a preview of columns, rows and notes shows everything.

mod across;
mod bill;
mod cells;
mod columns;
mod contents;
mod file;
mod heads;
mod letters;
mod markdown;
mod meanings;
mod media;
mod numbers;
mod paper;
mod remarks;
mod rows;
mod scan;
mod separators;
mod shapes;
mod spoken;
mod sums;
mod table;
mod titles;
mod units;
mod vocabulary;

use crate::cost::base::limits::{DELIVERABLES_MAX, FILE_BYTES_MAX, LIST_LINES_MAX, POSITION_MAX, ROW_CELLS_MAX};
use crate::cost::budget::edit::Edit;
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::{Budget, Catalog, Decimal, Deliverable, Knob, Line, SharedLine, Value};
use crate::tables::cells::CellContext;
use crate::tables::columns::{Failed, Sheet};
use crate::tables::contents::{Decimals, decimals, usual_cell_count};
pub use crate::tables::file::{ListText, read_file};
use crate::tables::heads::{Titles, titles};
pub use crate::tables::meanings::{Choices, Column, ColumnUse, Failure, FoundBy, Kind, Unused};
use crate::tables::rows::{List, Rows};
use crate::tables::scan::{Excess, SAMPLE_ROWS};
pub use crate::tables::table::Separator;
use crate::tables::table::{Row, Table};
use crate::words::number::grouped;
use crate::words::{self, Explanation};
use std::collections::BTreeSet;
use std::convert::Infallible;

/// Told the rows that were read so far, again and again while a list is read; an error ends the reading.
///
/// A list is read more than once: first for its end, then for its values, and again without each column that could not be read.
/// The number starts at 0 each time.
pub type Progress<'a, S> = &'a dyn Fn(usize) -> Result<(), S>;

/// Rows between two calls of a [`Progress`]: some milliseconds even for rows of a thousand cells.
const ROWS_AT_A_TIME: usize = 128;

/// A parsed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedList {
    /// The separator between cells.
    pub separator: Separator,
    /// The number of the row with the titles; `None` if there is none.
    pub title_row: Option<usize>,
    /// The meaning of each column.
    pub columns: Vec<Column>,
    /// Every row that is not blank, without the titles.
    pub rows: Vec<ListRow>,
    /// Notes on the list as a whole, as sentences.
    pub notes: Vec<String>,
    /// Why nothing of the list can be imported, if so.
    pub refused: Option<Explanation>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// From 1, as the spreadsheet numbers it.
    pub number: usize,
    /// Its name; may be empty. Exactly as in the list: the code that shows it makes it safe.
    pub name: String,
    /// The outcome for this row.
    pub outcome: RowOutcome,
    /// Whether a person has to decide something that its notes tell: it counts as they say until then.
    pub unsure: bool,
    /// Points to check before importing it, as sentences.
    pub notes: Vec<String>,
}

/// The outcome for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// It becomes this deliverable.
    Parsed(Box<Line>),
    /// It is refused, for these reasons.
    Refused(Vec<Reason>),
    /// It is not a deliverable; the reason, as a sentence.
    Skipped(String),
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The title of the cell's column; `None` if the reason concerns the whole row.
    pub column: Option<String>,
    /// The cell's text, shortened. Exactly as in the list: the code that shows it makes it safe.
    pub written: String,
    /// The problem, the allowed values, and the remedy.
    pub explanation: Explanation,
}

impl ParsedList {
    /// The deliverables that would be imported, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            RowOutcome::Parsed(line) => Some(line.as_ref()),
            _ => None,
        })
    }

    /// Number of rows refused because of an unreadable cell.
    #[must_use]
    pub fn refused_rows(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Refused(_))).count()
    }

    /// The sum of the finals of all parsed rows, and the number of parsed rows without finals. `None` beyond what can be counted.
    #[must_use]
    pub fn finals(&self) -> (Option<u64>, usize) {
        let (mut sum, mut without) = (Some(0), 0);
        for line in self.lines() {
            match line.settings.value(Knob::Finals) {
                Some(Value::Count(finals)) => sum = sum.and_then(|sum: u64| sum.checked_add(*finals)),
                _ => without += 1,
            }
        }
        (sum, without)
    }

    /// Number of deliverables that count as told, and of which a person has to decide something.
    #[must_use]
    pub fn unsure_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.unsure && matches!(row.outcome, RowOutcome::Parsed(_))).count()
    }

    /// The numbers of the refused rows, in order.
    pub fn refused_numbers(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Refused(_))).map(|row| row.number)
    }

    /// Whether numbers were left out that may be counts: those of an unknown column of a list without a column of finals, or those of
    /// a column of counts that could not be read, if no row counts anything.
    #[must_use]
    pub fn lost_counts(&self) -> bool {
        if self.columns.iter().any(|column| column.taken == ColumnUse::Unused(Unused::Uncounted)) {
            return true;
        }
        let failed = |column: &Column| matches!(column.taken, ColumnUse::Unused(Unused::Failed(kind)) if kind.counts());
        self.columns.iter().any(failed) && self.lines().all(|line| line.settings.value(Knob::Finals).is_none())
    }

    /// One line: number of rows, parsed, refused.
    #[must_use]
    pub fn summary(&self) -> String {
        let (understood, refused) = (self.lines().count(), self.refused_rows());
        let number = |count: usize| grouped(Decimal::from(count));
        let rows = self.rows.iter().filter(|row| !matches!(row.outcome, RowOutcome::Skipped(_)));
        let rows = rows.map(|row| row.number).collect::<BTreeSet<_>>().len();
        if self.columns.iter().any(|column| column.kind() == Some(Kind::Across)) || rows < understood + refused {
            let counts = number(understood + refused);
            return words::intake_summary_across(number(rows), counts, number(understood), number(refused));
        }
        let counts = self.columns.iter().any(|column| column.kind().is_some_and(Kind::counts));
        let some = |line: &&Line| matches!(line.settings.value(Knob::Finals), Some(Value::Count(1..)));
        let counted = self.lines().filter(some).count();
        if counts && counted < understood {
            let (rows, without) = (number(understood + refused), number(understood - counted));
            return words::intake_summary_counted(rows, number(counted), without, number(refused));
        }
        words::intake_summary(number(understood + refused), number(understood), number(refused))
    }

    /// A list of which nothing can be imported.
    #[must_use]
    pub fn refused(explanation: Explanation) -> ParsedList {
        let (columns, rows, notes) = (Vec::new(), Vec::new(), Vec::new());
        ParsedList { separator: Separator::Comma, title_row: None, columns, rows, notes, refused: Some(explanation) }
    }
}

/// Parses a list: CSV, semicolons, or cells copied from a spreadsheet; with titles or without.
#[must_use]
pub fn read(text: &str, budget: &Budget, catalog: &Catalog) -> ParsedList {
    read_with(text, &Choices::default(), budget, catalog)
}

/// Parses a list as [`read`] does, with the meanings that a person gave to some of its columns.
///
/// A column of which no cell can be read is left out, whoever gave it its meaning, and the list is read without it: one misread
/// title never refuses every row. See [`Unused::Failed`].
#[must_use]
pub fn read_with(text: &str, choices: &Choices, budget: &Budget, catalog: &Catalog) -> ParsedList {
    let Ok(list) = read_telling::<Infallible>(text, choices, budget, catalog, &|_| Ok(()));
    list
}

/// Parses a list as [`read_with`] does, telling how far it is.
///
/// # Errors
/// What `progress` ended it with.
pub fn read_telling<S>(
    text: &str,
    choices: &Choices,
    budget: &Budget,
    catalog: &Catalog,
    progress: Progress<'_, S>,
) -> Result<ParsedList, S> {
    progress(0)?;
    let text = markdown::as_cells(text);
    let text = separators::narrowed(&text);
    let table = match opened(&text) {
        Ok(table) => table,
        Err(why) => return Ok(ParsedList::refused(why)),
    };
    progress(0)?;
    let mut sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
    let default = budget.resolve(None, catalog).filter(|_| !sample.is_empty());
    let Some(default) = default else { return Ok(ParsedList::refused(words::intake_blank())) };
    if let Some(why) = bill::refused_table(&sample) {
        return Ok(ParsedList::refused(why));
    }
    let titles = titles(&sample, catalog);
    let cut = sample.iter().find(|row| row.too_wide.is_some() && titles.as_ref().is_some_and(|t| t.has(row.number)));
    let cut = cut.map(|row| cut_off(row.number));
    let below = sample.split_off(titles.as_ref().map_or(0, |titles| titles.sample_rows));
    let reading = Reading { table: &table, titles: titles.as_ref(), sample: &below, cut, default, budget, catalog };
    let mut failed = Failed::new();
    loop {
        match reading.attempt(choices, &failed, progress)? {
            Attempt::Done(list) => return Ok(*list),
            Attempt::Without(dropped) => {
                for (column, why) in dropped {
                    failed.entry(column).or_default().push(why);
                }
            }
        }
    }
}

/// That a row is not read to its end.
fn cut_off(number: usize) -> String {
    let [first, last] = [ROW_CELLS_MAX, ROW_CELLS_MAX - 1].map(columns::letters);
    words::list_cell_beyond(format!("{first}{number}"), last)
}

/// The text as a table, if it is one that is read at all.
fn opened(text: &str) -> Result<Table<'_>, Explanation> {
    if text.len() > FILE_BYTES_MAX {
        return Err(words::intake_size(text.len().div_ceil(1 << 20), FILE_BYTES_MAX >> 20));
    }
    if scan::too_long(text) {
        return Err(words::intake_lines(&grouped(Decimal::from(LIST_LINES_MAX))));
    }
    if let Some(why) = bill::refused_text(text) {
        return Err(why);
    }
    Table::new(text).map_err(Excess::refusal)
}

/// A list that is read, perhaps more than once: each time without the columns that could not be read before.
struct Reading<'a> {
    table: &'a Table<'a>,
    titles: Option<&'a Titles>,
    /// The first rows below the titles.
    sample: &'a [Row],
    /// That the titles are not read to their end, if so.
    cut: Option<String>,
    default: Deliverable,
    budget: &'a Budget,
    catalog: &'a Catalog,
}

/// What came of reading a list once.
enum Attempt {
    Done(Box<ParsedList>),
    /// These columns cannot be read as these meanings.
    Without(Vec<(usize, (Kind, Failure))>),
}

impl Reading<'_> {
    fn attempt<S>(&self, choices: &Choices, failed: &Failed, progress: Progress<'_, S>) -> Result<Attempt, S> {
        let context = CellContext {
            budget: self.budget,
            catalog: self.catalog,
            deliverable: &self.default,
            comma: false,
            title: "",
        };
        let sheet = Sheet { titles: self.titles, rows: self.sample, context, choices, failed };
        let columns = sheet.columns();
        let values = columns.iter().enumerate().filter(|(_, column)| column.kind().is_none_or(|kind| !kind.is_text()));
        let values: Vec<usize> = values.map(|(at, _)| at).collect();
        let decimals = decimals(&values, self.sample, self.table.separator);
        let across = columns.iter().enumerate().filter(|(_, column)| column.kind() == Some(Kind::Across));
        let (last_values, refers, subtotals) = self.seen_before(&columns, progress)?;
        let loose = sheet.loose(&columns);
        let list = List {
            loose,
            across: across.map(|(at, _)| at).collect(),
            budget: self.budget,
            catalog: self.catalog,
            columns: &columns,
            titles: self.titles,
            comma: decimals != Decimals::Point,
            cells_max: self.titles.map_or_else(|| usual_cell_count(self.sample), |titles| titles.cells.len()),
            is_grid: self.table.separator == Separator::Tab,
            last_values,
            refers,
            subtotals,
            edge_unit: sheet.edge_unit(&columns),
            media: rows::Media::of(&columns, self.sample),
            heads: rows::heads(&columns, self.sample),
            leads: columns.iter().any(|column| media::leads(&titles::plain_title(&column.title))),
            circles: self.sample.iter().any(|row| row.cells.iter().any(vocabulary::is_circle)),
        };
        let mut rows = Rows::new(&list, self.default.clone());
        let mut read = Vec::new();
        for (at, row) in self.table.rows().enumerate() {
            if at % ROWS_AT_A_TIME == 0 {
                progress(read.len())?;
            }
            if self.titles.is_some_and(|titles| titles.has(row.number)) {
                continue;
            }
            read.extend(rows.rows(&row));
            if read.len() > DELIVERABLES_MAX || self.budget.lines.len() + rows.understood() > DELIVERABLES_MAX {
                let why = words::intake_rows(&grouped(Decimal::from(DELIVERABLES_MAX)));
                return Ok(Attempt::Done(Box::new(ParsedList::refused(why))));
            }
        }
        let mut dropped = rows.unreadable_columns();
        // What failed once is not tried again, so that this ends.
        dropped.retain(|(column, (kind, _))| {
            failed.get(column).is_none_or(|tried| tried.iter().all(|(failed, _)| failed != kind))
        });
        if !dropped.is_empty() {
            return Ok(Attempt::Without(dropped));
        }
        let mut notes = list.notes(decimals);
        notes.extend(rows.quality_of_project());
        notes.extend(self.cut.clone());
        notes.splice(0..0, rows.again());
        let (title_row, separator) = (self.titles.map(|titles| titles.row), self.table.separator);
        let refused = read.is_empty().then(words::intake_blank);
        Ok(Attempt::Done(Box::new(ParsedList { separator, title_row, columns, rows: read, notes, refused })))
    }

    /// The number of the last row with more than one filled cell, below which nothing is a heading; whether some cell refers to
    /// another row; and the rows that sum up others.
    fn seen_before<S>(
        &self,
        columns: &[Column],
        progress: Progress<'_, S>,
    ) -> Result<(usize, bool, rows::Subtotals), S> {
        let several = |row: &Row| row.cells.iter().filter(|cell| !cells::is_open(cell.trim())).nth(1).is_some();
        let (mut last, mut refers, mut subtotals) = (0, false, rows::Subtotals::of(columns, self.sample));
        for (at, row) in self.table.rows().enumerate() {
            if at % ROWS_AT_A_TIME == 0 {
                progress(at)?;
            }
            if several(&row) {
                last = row.number;
            }
            refers = refers || row.cells.iter().any(|cell| rows::reference(cell).is_some());
            subtotals.add(&row);
        }
        Ok((last, refers, subtotals.end()))
    }
}

/// The edits of one step that add the parsed rows below the deliverables of `budget`; empty if the list is refused.
///
/// New tables are sorted by key in the file, so each line gets a position; if there is no number left above the last
/// position, all lines are renumbered.
#[must_use]
pub fn apply(intake: &ParsedList, budget: &Budget) -> Vec<Edit> {
    let count = intake.lines().count();
    let old = budget.lines.len();
    if intake.refused.is_some() || count == 0 || old + count > DELIVERABLES_MAX {
        return Vec::new();
    }
    let position = |line: &SharedLine| line.position.unwrap_or(0);
    let in_order = budget.lines.windows(2).all(|pair| position(&pair[0]) <= position(&pair[1]));
    let room = i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(10);
    let last = budget.lines.last().map_or(0, position);
    let fits = in_order && last.checked_add(room).is_some_and(|end| end <= POSITION_MAX);
    let mut edits = Vec::with_capacity(count);
    let begin = if fits { last } else { 10 * i64::try_from(old).unwrap_or(0) };
    if !fits {
        let numbered = budget.lines.iter().enumerate().zip((10..).step_by(10));
        let moved = numbered.filter(|((_, line), position)| line.position != Some(*position));
        edits.extend(moved.map(|((index, line), position)| Edit::Position {
            index,
            before: line.position,
            after: Some(position),
        }));
    }
    // The project may have changed since the list was parsed: choose the keys again.
    let mut keys = FreeKeys::of(budget);
    let positions = (1..).map(|step: i64| begin + 10 * step);
    edits.extend(intake.lines().zip(positions).enumerate().map(|(at, (line, position))| {
        let key = keys.take(line.title());
        let name = Some(line.title().to_owned()).filter(|name| *name != key);
        let line = Line { key, name, position: Some(position), ..line.clone() };
        Edit::Insert { index: old + at, line: Box::new(line) }
    }));
    edits
}
