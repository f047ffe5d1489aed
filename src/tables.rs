//! A list of deliverables from a spreadsheet: the meaning of each column, the deliverable made from each row, and why a row
//! is refused.
//!
//! No row is imported in part: one unreadable cell refuses its row, with the reason at the cell. A value that differs from
//! the cell's exact text is noted at its row, so that a preview of columns, rows and notes shows everything.

mod bill;
mod cells;
mod columns;
mod file;
mod numbers;
mod table;

use crate::cost::base::limits::{
    DELIVERABLES_MAX, FILE_BYTES_MAX, LIST_LINES_MAX, NAME_MAX, NOTE_MAX, POSITION_MAX, ROW_CELLS_MAX,
};
use crate::cost::budget::edit::Edit;
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::{Budget, Catalog, Decimal, Deliverable, Knob, Line, Setting, Value};
use crate::tables::cells::{Cell, CellContext, is_open, quoted, shape_differs};
use crate::tables::columns::Decimals;
pub use crate::tables::columns::{Column, ColumnUse, FoundBy, Kind, Unused};
pub use crate::tables::file::{ListText, read_file};
pub use crate::tables::table::Separator;
use crate::tables::table::{Row, SAMPLE_ROWS, Table};
use crate::words::number::grouped;
use crate::words::{self, Explanation};
use std::collections::HashSet;

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

    /// One line: number of rows, parsed, refused.
    #[must_use]
    pub fn summary(&self) -> String {
        let (understood, refused) = (self.lines().count(), self.refused_rows());
        let number = |count: usize| grouped(Decimal::from(count));
        words::intake_summary(number(understood + refused), number(understood), number(refused))
    }

    fn refused(explanation: Explanation) -> ParsedList {
        let (columns, rows, notes) = (Vec::new(), Vec::new(), Vec::new());
        ParsedList { separator: Separator::Comma, title_row: None, columns, rows, notes, refused: Some(explanation) }
    }
}

/// Parses a list: CSV, semicolons, or cells copied from a spreadsheet; with titles or without.
#[must_use]
pub fn read(text: &str, budget: &Budget, catalog: &Catalog) -> ParsedList {
    if text.len() > FILE_BYTES_MAX {
        return ParsedList::refused(words::intake_size(text.len().div_ceil(1 << 20), FILE_BYTES_MAX >> 20));
    }
    // Blank lines are no rows, and still each takes its time.
    if text.bytes().filter(|byte| *byte == b'\n').count() > LIST_LINES_MAX {
        return ParsedList::refused(words::intake_lines(&grouped(Decimal::from(LIST_LINES_MAX))));
    }
    if let Some(why) = bill::refused_text(text) {
        return ParsedList::refused(why);
    }
    let table = Table::new(text);
    if table.too_wide {
        return ParsedList::refused(words::intake_columns(&grouped(Decimal::from(ROW_CELLS_MAX))));
    }
    let mut sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
    let Some(default) = budget.resolve(None, catalog) else { return ParsedList::refused(words::intake_blank()) };
    if sample.is_empty() {
        return ParsedList::refused(words::intake_blank());
    }
    if let Some(why) = bill::refused_table(&sample) {
        return ParsedList::refused(why);
    }
    let title_at = columns::title_row(&sample, catalog);
    let below = sample.split_off(title_at.map_or(0, |at| at + 1));
    let titles = title_at.and_then(|at| sample.get(at));
    let columns = columns::columns(titles, &below, catalog);
    let decimals = columns::decimals(&columns, &below, table.separator);
    let named = columns.iter().any(|column| column.kind() == Some(Kind::Name));
    let mut notes = Vec::new();
    notes.extend((!named).then(|| words::intake_numbered().to_owned()));
    notes.extend((decimals == Decimals::Comma).then(|| words::intake_decimal_comma().to_owned()));
    let mut rows = Rows {
        budget,
        catalog,
        columns: &columns,
        titles,
        comma: decimals != Decimals::Point,
        named,
        cells_max: titles.map_or_else(|| columns::usual_cell_count(&below), |titles| titles.cells.len()),
        models: vec![(None, default)],
        keys: FreeKeys::of(budget),
        in_project: budget.lines.iter().map(Line::title).collect(),
        in_list: HashSet::new(),
        finals: Some(0),
        understood: 0,
    };
    let mut read = Vec::new();
    for row in table.rows() {
        let number = row.number;
        if titles.is_some_and(|titles| titles.number == number) {
            continue;
        }
        read.push(rows.row(row));
        if read.len() > DELIVERABLES_MAX || budget.lines.len() + rows.understood > DELIVERABLES_MAX {
            return ParsedList::refused(words::intake_rows(&grouped(Decimal::from(DELIVERABLES_MAX))));
        }
    }
    let title_row = titles.map(|titles| titles.number);
    let refused = read.is_empty().then(words::intake_blank);
    ParsedList { separator: table.separator, title_row, columns, rows: read, notes, refused }
}

/// The state while rows are parsed.
struct Rows<'a> {
    budget: &'a Budget,
    catalog: &'a Catalog,
    columns: &'a [Column],
    titles: Option<&'a Row>,
    comma: bool,
    named: bool,
    /// Most cells of a row: with one more, even an empty one, earlier cells are in the wrong columns.
    cells_max: usize,
    /// A deliverable for each model in the list: the model decides which sizes and qualities are valid.
    models: Vec<(Option<Value>, Deliverable)>,
    keys: FreeKeys,
    in_project: HashSet<&'a str>,
    in_list: HashSet<String>,
    /// The sum of the finals so far; `None` if unknown.
    finals: Option<u64>,
    understood: usize,
}

/// A value with the title of its column and the cell's text.
type Read<'a, 'r> = (&'a str, &'r str, Cell);

impl<'a> Rows<'a> {
    fn row(&mut self, row: Row) -> ListRow {
        let mut notes = Vec::new();
        let name = self.name(&row, &mut notes);
        let outcome = match self.skipped(&row, &name) {
            Some(why) => RowOutcome::Skipped(why),
            None => match self.line(&row, &name, &mut notes) {
                Ok(line) => RowOutcome::Parsed(Box::new(line)),
                Err(reasons) => RowOutcome::Refused(reasons),
            },
        };
        ListRow { number: row.number, name, outcome, notes }
    }

    fn of_kind<'r>(&self, row: &'r Row, kind: Kind) -> Option<(&str, &'r str)> {
        let column = self.columns.iter().position(|column| column.kind() == Some(kind))?;
        Some((self.columns[column].title.as_str(), row.cells.get(column)?.trim()))
    }

    fn name(&self, row: &Row, notes: &mut Vec<String>) -> String {
        if !self.named {
            return words::new_deliverable(self.budget.lines.len() + self.understood + 1);
        }
        let (title, cell) = self.of_kind(row, Kind::Name).unwrap_or_default();
        let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        shortened(name, NAME_MAX, title, notes)
    }

    /// Why a row is not a deliverable, if so.
    fn skipped(&self, row: &Row, name: &str) -> Option<String> {
        if let Some(titles) = self.titles {
            if row.number < titles.number {
                return Some(words::intake_skip_above().to_owned());
            }
            let same = |(cell, title): (&str, &str)| cell.trim().eq_ignore_ascii_case(title.trim());
            if row.cells.len() == titles.cells.len() && row.cells.iter().zip(&titles.cells).all(same) {
                return Some(words::intake_skip_titles().to_owned());
            }
        }
        if self.named && !name.is_empty() {
            return is_total(name).then(|| words::intake_skip_total(name));
        }
        let total = row.cells.iter().find(|cell| is_total(cell)).filter(|_| self.named);
        if let Some(total) = total {
            return Some(words::intake_skip_total(total.trim()));
        }
        let (_, finals) = self.of_kind(row, Kind::Knob(Knob::Finals))?;
        let used = self
            .columns
            .iter()
            .zip(&row.cells)
            .filter(|(column, cell)| column.kind().is_some() && !is_open(cell.trim()));
        let alone = self.named && self.understood > 1 && used.count() == 1;
        let sum = self.finals.filter(|_| alone).map(|sum| sum.to_string());
        let digits: String = finals.chars().filter(char::is_ascii_digit).collect();
        sum.filter(|sum| *sum == digits).map(|_| words::intake_skip_sum(quoted(finals)))
    }

    fn line(&mut self, row: &Row, name: &str, notes: &mut Vec<String>) -> Result<Line, Vec<Reason>> {
        let of_row = |explanation: Explanation| vec![Reason { column: None, written: String::new(), explanation }];
        if row.open_quote {
            return Err(of_row(words::intake_open_quote()));
        }
        if row.cells.len() > self.cells_max || columns::filled_width(&row.cells) > self.columns.len() {
            return Err(of_row(words::intake_cells(row.cells.len(), self.columns.len())));
        }
        let mut values = self.values(row)?;
        if name.is_empty() {
            return Err(of_row(words::intake_without_name()));
        }
        for (title, written, cell) in values.iter().filter(|(_, _, cell)| cell.noteworthy) {
            let value = words::value(&cell.value);
            if value != written.trim() {
                notes.push(words::intake_read_as(title, quoted(written.trim()), value));
            }
        }
        let cells: Vec<Cell> = values.drain(..).map(|(_, _, cell)| cell).collect();
        if let Some((ratio, size)) = shape_differs(&cells) {
            notes.push(words::intake_shape_differs(ratio, words::size(size)));
        }
        let mut line = Line { note: self.note(row, notes), ..Line::default() };
        for cell in cells {
            line.settings.put(cell.knob, Some(Setting::Value(cell.value)));
        }
        self.count_finals(&line, notes);
        self.call(&mut line, name, notes);
        self.understood += 1;
        Ok(line)
    }

    /// Every value of a row with its column's title and the cell's text, or every reason to refuse the row.
    fn values<'r>(&mut self, row: &'r Row) -> Result<Vec<Read<'a, 'r>>, Vec<Reason>> {
        let columns = self.columns;
        let (mut values, mut reasons) = (Vec::new(), Vec::new());
        let mut model = 0;
        // The model decides which sizes are valid, so it is read before them.
        let is_model = |column: &&Column| column.kind() == Some(Kind::Knob(Knob::Model));
        let order = columns.iter().enumerate();
        let (first, rest): (Vec<_>, Vec<_>) = order.partition(|(_, column)| is_model(column));
        for (at, column) in first.into_iter().chain(rest) {
            let (Some(kind), Some(written)) = (column.kind(), row.cells.get(at)) else { continue };
            let context = CellContext {
                budget: self.budget,
                catalog: self.catalog,
                deliverable: &self.models[model].1,
                comma: self.comma,
                title: &column.title,
            };
            match context.cell(kind, written) {
                Ok(cells) => {
                    for cell in cells {
                        if cell.knob == Knob::Model {
                            model = self.model(&cell.value);
                        }
                        values.push((column.title.as_str(), written, cell));
                    }
                }
                Err(explanation) => {
                    let written = quoted(written.trim());
                    reasons.push(Reason { column: Some(column.title.clone()), written, explanation });
                }
            }
        }
        if reasons.is_empty() { Ok(values) } else { Err(reasons) }
    }

    /// The index of the deliverable for a model.
    fn model(&mut self, model: &Value) -> usize {
        let known = self.models.iter().position(|(value, _)| value.as_ref() == Some(model));
        known.unwrap_or_else(|| {
            let mut line = Line::default();
            line.settings.put(Knob::Model, Some(Setting::Value(model.clone())));
            match self.budget.resolve(Some(&line), self.catalog) {
                Some(deliverable) => {
                    self.models.push((Some(model.clone()), deliverable));
                    self.models.len() - 1
                }
                None => 0,
            }
        })
    }

    fn note(&self, row: &Row, notes: &mut Vec<String>) -> Option<String> {
        let (title, cell) = self.of_kind(row, Kind::Note)?;
        let note = shortened(cell.replace("\r\n", "\n"), NOTE_MAX, title, notes);
        Some(note).filter(|note| !note.is_empty())
    }

    fn count_finals(&mut self, line: &Line, notes: &mut Vec<String>) {
        match line.settings.value(Knob::Finals) {
            Some(Value::Count(finals)) => self.finals = self.finals.and_then(|sum| sum.checked_add(*finals)),
            _ => notes.push(words::intake_no_finals().to_owned()),
        }
    }

    /// Sets the line's key, and its name if the key does not say it.
    fn call(&mut self, line: &mut Line, name: &str, notes: &mut Vec<String>) {
        line.key = self.keys.take(name);
        line.name = Some(name.to_owned()).filter(|name| *name != line.key);
        if self.in_project.contains(name) {
            notes.push(words::intake_name_in_project(name));
        }
        if !self.in_list.insert(name.to_owned()) {
            notes.push(words::intake_name_again(name));
        }
    }
}

fn shortened(text: String, max: usize, title: &str, notes: &mut Vec<String>) -> String {
    let Some((end, _)) = text.char_indices().nth(max) else { return text };
    notes.push(words::intake_shortened(title, grouped(Decimal::from(max))));
    text[..end].to_owned()
}

/// Whether a name marks a row of sums.
fn is_total(name: &str) -> bool {
    const TOTALS: [&str; 9] =
        ["total", "totals", "sum", "subtotal", "grand total", "overall total", "summe", "gesamt", "zwischensumme"];
    let plain = name.trim().trim_end_matches([':', '.']).to_lowercase().replace('-', " ");
    TOTALS.contains(&plain.as_str()) || plain == "sub total"
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
    let position = |line: &Line| line.position.unwrap_or(0);
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
