//! A sheet of a workbook as a list's text: a line for each of its rows, so that rows and columns keep their numbers and letters.

use super::archive::Trouble;
use super::merged::{Area, spread};
use super::shown::{Form, shown};
use super::workbook::{RichText, Shared};
use super::xml::{Piece, Tag, Xml};
use crate::cost::base::limits::{FILE_BYTES_MAX, LIST_LINES_MAX, ROW_CELLS_MAX};
use crate::tables::ROWS_AT_A_TIME;
use crate::tables::columns::letters;
use crate::words;
use std::collections::BTreeMap;

/// A sheet as text, with what a person should know of its rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetText {
    /// Cells in quotes with tabs between them.
    pub(super) text: String,
    /// Numbers of rows, from 1, and sentences about them.
    pub(super) places: Vec<(usize, String)>,
    /// The cells without a value: an error, or a formula without a result. Row from 1, column from 0, and a sentence.
    pub(super) broken: BTreeMap<(usize, usize), String>,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// One of the shared texts.
    Shared(usize),
    Text(String),
    Number(String),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula that was never computed.
    NoResult,
}

/// A row with something in it.
#[derive(Default)]
pub(super) struct SheetRow {
    /// From 1.
    pub(super) number: usize,
    hidden: bool,
    /// The first column beyond [`ROW_CELLS_MAX`] with something in it.
    beyond: Option<usize>,
    /// Columns from 0, in their order.
    pub(super) cells: Vec<(usize, Value)>,
}

/// Reads a sheet; `goes_on` hears the number of the row that is read, again and again, and ends the reading with `false`.
pub(super) fn read(part: &[u8], shared: &Shared, goes_on: &dyn Fn(usize) -> bool) -> Result<SheetText, Trouble> {
    let (mut rows, areas) = cells(part, shared, goes_on)?;
    rows.sort_by_key(|row| row.number);
    let mut places = spread(&mut rows, &areas)?;
    let (mut text, mut broken) = (String::new(), BTreeMap::new());
    let mut line = 1;
    for row in &rows {
        text.extend(std::iter::repeat_n('\n', row.number.saturating_sub(line)));
        line = line.max(row.number);
        write_row(&mut text, row, shared);
        if text.len() > FILE_BYTES_MAX {
            return Err(Trouble::TooMuch);
        }
        places.extend(row.hidden.then(|| (row.number, words::list_row_hidden(row.number))));
        let last = || letters(ROW_CELLS_MAX - 1);
        places.extend(row.beyond.map(|at| (row.number, words::list_cell_beyond(cell_name(row.number, at), last()))));
        for (column, value) in &row.cells {
            broken.extend(told(row.number, *column, value).map(|told| ((row.number, *column), told)));
        }
    }
    let elsewhere = broken.iter().map(|((row, _), told)| (*row, told.clone()));
    places.extend(elsewhere);
    Ok(SheetText { text, places, broken })
}

fn told(row: usize, column: usize, value: &Value) -> Option<String> {
    let cell = cell_name(row, column);
    match value {
        Value::Error(error) => Some(words::list_cell_error(cell, error)),
        Value::NoResult => Some(words::list_cell_no_result(cell)),
        Value::Shared(_) | Value::Text(_) | Value::Number(_) => None,
    }
}

/// `B2` for the second column of the second row.
pub(super) fn cell_name(row: usize, column: usize) -> String {
    format!("{}{row}", letters(column))
}

fn write_row(text: &mut String, row: &SheetRow, shared: &Shared) {
    let mut at = 0;
    for (column, value) in &row.cells {
        text.extend(std::iter::repeat_n('\t', column.saturating_sub(at)));
        at = at.max(*column);
        let content = match value {
            Value::Shared(index) => shared.texts.get(*index).map_or("", String::as_str),
            Value::Text(content) | Value::Number(content) | Value::Error(content) => content,
            Value::NoResult => "",
        };
        if !content.trim().is_empty() {
            text.push('"');
            text.push_str(&content.replace('"', "\"\""));
            text.push('"');
        }
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    form: Option<Form>,
    written: String,
    has_formula: bool,
    in_value: bool,
    text: RichText,
}

/// Every row with something in it, and the merged areas.
fn cells(part: &[u8], shared: &Shared, goes_on: &dyn Fn(usize) -> bool) -> Result<(Vec<SheetRow>, Vec<Area>), Trouble> {
    let mut xml = Xml::new(part)?;
    let (mut rows, mut areas) = (Vec::<SheetRow>::new(), Vec::new());
    let (mut row, mut cell, mut next) = (SheetRow::default(), None, 0);
    while let Some(piece) = xml.next()? {
        if let Some(Open { text, .. }) = &mut cell {
            text.follow(&piece);
        }
        match piece {
            Piece::Open(tag) => match tag.name() {
                "row" => {
                    let number = tag.number("r").unwrap_or(row.number + 1);
                    row = SheetRow { number, hidden: tag.is("hidden"), ..SheetRow::default() };
                    next = 0;
                    if number % ROWS_AT_A_TIME == 0 && !goes_on(number) {
                        return Err(Trouble::Stopped);
                    }
                }
                "c" => {
                    let opened = opened(&tag, next, shared);
                    next = opened.column + 1;
                    cell = Some(opened);
                }
                "mergeCell" => areas.extend(tag.get("ref").and_then(|area| Area::parse(&area))),
                name => {
                    if let Some(cell) = &mut cell {
                        cell.in_value = name == "v";
                        cell.has_formula |= name == "f";
                    }
                }
            },
            Piece::Text(text) => {
                if let Some(cell) = cell.as_mut().filter(|cell| cell.in_value) {
                    cell.written.push_str(&text);
                }
            }
            Piece::Close(name) if name == "c" => {
                let Some(cell) = cell.take() else { continue };
                let column = cell.column;
                let Some(value) = value(cell, shared) else { continue };
                if column < ROW_CELLS_MAX {
                    row.cells.push((column, value));
                } else {
                    row.beyond = Some(row.beyond.map_or(column, |first| first.min(column)));
                }
            }
            Piece::Close(name) if name == "row" => {
                let mut done = std::mem::take(&mut row);
                row.number = done.number;
                if done.cells.is_empty() && done.beyond.is_none() {
                    continue;
                }
                if done.number > LIST_LINES_MAX {
                    return Err(Trouble::TooLong);
                }
                done.cells.sort_by_key(|(column, _)| *column);
                rows.push(done);
            }
            Piece::Close(_) => {
                if let Some(cell) = &mut cell {
                    cell.in_value = false;
                }
            }
        }
    }
    Ok((rows, areas))
}

fn opened(tag: &Tag<'_>, next: usize, shared: &Shared) -> Open {
    let column = tag.get("r").and_then(|name| place(&name)).map_or(next, |(_, column)| column);
    let style = tag.number("s").unwrap_or(0);
    let form = shared.forms.get(style).copied();
    Open { column, kind: tag.get("t").unwrap_or_default(), form, ..Open::default() }
}

/// The row, from 1, and the column, from 0, of `B2` and of `$B$2`.
pub(super) fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let end = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(end);
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let digit = letter.is_ascii_alphabetic().then(|| usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(digit)
    });
    Some((row.parse().ok()?, column?.checked_sub(1)?))
}

/// What a cell holds; `None` if nothing.
fn value(mut cell: Open, shared: &Shared) -> Option<Value> {
    let written = cell.written;
    let value = match cell.kind.as_str() {
        "inlineStr" => Value::Text(cell.text.take()),
        _ if written.is_empty() => return cell.has_formula.then_some(Value::NoResult),
        "s" => Value::Shared(written.trim().parse().ok()?),
        "e" => Value::Error(written),
        "b" => Value::Text(if written.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned()),
        "str" => Value::Text(written),
        "d" => Value::Text(written.trim_end_matches("T00:00:00").to_owned()),
        _ => Value::Number(shown(&written, cell.form.unwrap_or(Form::Number), shared.from_1904)),
    };
    let blank = match &value {
        Value::Shared(index) => shared.texts.get(*index).is_none_or(|text| text.trim().is_empty()),
        Value::Text(text) => text.trim().is_empty(),
        Value::Number(_) | Value::Error(_) | Value::NoResult => false,
    };
    (!blank).then_some(value)
}
