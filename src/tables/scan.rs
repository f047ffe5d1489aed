//! One pass over a text before it is split: how wide its first rows are, and whether anything in it is too much to read.

use crate::cost::Decimal;
use crate::cost::base::limits::{LIST_CELL_BYTES_MAX, LIST_CELLS_MAX, LIST_LINES_MAX, ROW_CELLS_MAX};
use crate::words::number::grouped;
use crate::words::{self, Explanation};

/// Rows used to find the separator and the meaning of the columns.
pub(super) const SAMPLE_ROWS: usize = 200;

/// What is too much in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// Most rows have more than [`ROW_CELLS_MAX`] cells, without the blank ones behind the last filled one.
    Columns,
    /// The rows have more than [`LIST_CELLS_MAX`] cells together, without the blank ones behind the last filled one of each.
    Cells,
    /// A cell has more than [`LIST_CELL_BYTES_MAX`] bytes.
    Bytes,
}

impl Excess {
    /// Why the text is refused.
    pub(super) fn refusal(self) -> Explanation {
        let number = |max: usize| grouped(Decimal::from(max));
        match self {
            Excess::Columns => words::intake_columns(&number(ROW_CELLS_MAX)),
            Excess::Cells => words::intake_cells_in_all(&number(LIST_CELLS_MAX)),
            Excess::Bytes => words::intake_cell_bytes(LIST_CELL_BYTES_MAX >> 10),
        }
    }
}

/// Whether a text has more than [`LIST_LINES_MAX`] lines: blank ones are no rows, and still each takes its time. A line ends with
/// `\n`, `\r\n` or, as old spreadsheets write, `\r`.
pub(super) fn too_long(text: &str) -> bool {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = bytes.iter().zip(bytes.iter().skip(1)).filter(|(byte, next)| **byte == b'\r' && **next != b'\n');
    feeds + returns.count() > LIST_LINES_MAX
}

/// Facts of a whole text, found byte by byte without storing a row.
#[derive(Default)]
pub(super) struct Scan {
    /// Byte offset of a quote at the start of a cell that never closes.
    pub(super) open_quote: Option<usize>,
    /// The first thing that is too much; the pass ends there, unless it is within quotes.
    pub(super) excess: Option<Excess>,
    /// Cells of each of the first rows that are not blank.
    widths: Vec<usize>,
    /// How many of those rows are filled beyond [`ROW_CELLS_MAX`].
    wide: usize,
    /// Cells of the rows before, without the blank ones at their ends.
    done: usize,
    /// Cells of the row so far.
    cells: usize,
    /// Cells of the row up to the last one with something in it.
    filled: usize,
}

impl Scan {
    /// Passes over the text as if `separator` stood between its cells. `quotes` tells whether a quote may open a cell.
    pub(super) fn of(text: &str, separator: u8, quotes: bool) -> Scan {
        let bytes = text.as_bytes();
        let mut scan = Scan { cells: 1, ..Scan::default() };
        let mut cell = 0;
        while scan.excess.is_none() && cell < bytes.len() {
            let end = scan.cell(bytes, cell, separator, quotes);
            if end - cell > LIST_CELL_BYTES_MAX {
                scan.excess = Some(Excess::Bytes);
            }
            match bytes.get(end) {
                Some(byte) if *byte == separator => scan.cells += 1,
                _ => scan.end_row(),
            }
            cell = end + 1;
        }
        scan.end_row();
        // A row among others is told of where it is read.
        if scan.excess.is_none() && scan.wide * 2 > scan.widths.len() {
            scan.excess = Some(Excess::Columns);
        }
        scan
    }

    /// Where the cell ends that begins at this byte.
    fn cell(&mut self, bytes: &[u8], begin: usize, separator: u8, quotes: bool) -> usize {
        let mut at = begin;
        if quotes && bytes[at] == b'"' {
            self.fill(bytes.get(at + 1).is_some_and(|byte| *byte != b'"'));
            match closed(bytes, at + 1) {
                Some(after) => at = after,
                None => {
                    self.open_quote = Some(begin);
                    return bytes.len();
                }
            }
        }
        let ends = |byte: &u8| *byte == separator || *byte == b'\n' || *byte == b'\r';
        let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length);
        self.fill(bytes[at..end].iter().any(|byte| !byte.is_ascii_whitespace()));
        end
    }

    fn fill(&mut self, something: bool) {
        if something {
            self.filled = self.cells;
        }
    }

    fn end_row(&mut self) {
        if self.filled > 0 && self.widths.len() < SAMPLE_ROWS {
            self.widths.push(self.cells);
            self.wide += usize::from(self.filled > ROW_CELLS_MAX);
        }
        self.done += self.filled;
        if self.excess.is_none() && self.done > LIST_CELLS_MAX {
            self.excess = Some(Excess::Cells);
        }
        (self.cells, self.filled) = (1, 0);
    }

    /// How well the separator splits the text: the most rows with the same number of cells, at least two, of texts that are not too
    /// much, and how many cells those are.
    pub(super) fn score(&self) -> (usize, bool, usize) {
        let same = |width: usize| self.widths.iter().filter(|other| **other == width).count();
        let wide = self.widths.iter().filter(|width| **width > 1);
        wide.map(|width| (same(*width), self.excess.is_none(), *width)).max().unwrap_or_default()
    }
}

/// Where a quoted text goes on after its closing quote; a quote inside is written twice.
fn closed(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}
