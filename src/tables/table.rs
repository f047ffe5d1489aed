//! Splits a text into a table: the separator of its cells, and its rows numbered as in a spreadsheet.

use crate::cost::base::limits::ROW_CELLS_MAX;
use crate::tables::contents::filled_width;
use crate::tables::scan::{Excess, Scan};
use csv::{ReaderBuilder, StringRecord};

/// The separator between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// Cells copied from a spreadsheet.
    Tab,
    /// A spreadsheet from a country that writes 1,6.
    Semicolon,
    /// RFC 4180.
    Comma,
}

impl Separator {
    /// All separators, the least likely to occur in a text first.
    const ALL: [Separator; 3] = [Separator::Tab, Separator::Semicolon, Separator::Comma];

    fn byte(self) -> u8 {
        [b'\t', b';', b','][self as usize]
    }
}

/// A text that is read row by row.
pub(super) struct Table<'t> {
    text: &'t str,
    pub(super) separator: Separator,
    /// False if a quote never closes: quotes are then ordinary characters, as in `24" poster` copied from a spreadsheet.
    quotes: bool,
    /// Byte offset of a quote that never closes.
    open_quote: Option<usize>,
    /// 1 if the first row is `sep=;`, which some spreadsheets write and which holds no cells.
    skipped_rows: usize,
}

/// A row that is not blank.
pub(super) struct Row {
    /// From 1, blank rows counted, as a spreadsheet shows it.
    pub(super) number: usize,
    pub(super) cells: StringRecord,
    /// How many cells it has, if it is filled beyond [`ROW_CELLS_MAX`]; the ones behind are not in `cells`.
    pub(super) too_wide: Option<usize>,
    /// Whether it holds an opening quote that never closes.
    pub(super) open_quote: bool,
}

impl Row {
    /// The row with other cells.
    pub(super) fn with(&self, cells: StringRecord) -> Row {
        Row { number: self.number, cells, too_wide: self.too_wide, open_quote: self.open_quote }
    }
}

impl<'t> Table<'t> {
    /// # Errors
    /// What is too much in the text.
    pub(super) fn new(text: &'t str) -> Result<Table<'t>, Excess> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (said, text, skipped_rows) = match declared(text) {
            Some((separator, rest)) => (Some(separator), rest, 1),
            None => (None, text, 0),
        };
        let (separator, scan) = match said {
            Some(separator) => (separator, Scan::of(text, separator.byte(), true)),
            None => detected(text),
        };
        let quotes = separator != Separator::Tab || scan.open_quote.is_none();
        let excess = if quotes { scan.excess } else { Scan::of(text, separator.byte(), false).excess };
        match excess {
            Some(excess) => Err(excess),
            None => Ok(Table { text, separator, quotes, open_quote: scan.open_quote.filter(|_| quotes), skipped_rows }),
        }
    }

    /// The rows that are not blank.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator.byte())
            .quoting(self.quotes)
            .from_reader(self.text.as_bytes());
        let mut number = self.skipped_rows;
        std::iter::from_fn(move || {
            loop {
                let mut cells = StringRecord::new();
                let begin = offset(reader.position().byte());
                // A text in memory is UTF-8 and rows may differ in length, so reading cannot fail.
                if !reader.read_record(&mut cells).ok()? {
                    return None;
                }
                let end = offset(reader.position().byte());
                // The reader stops between \r and \n.
                let ended = self.text[..begin.min(self.text.len())].ends_with('\r');
                let text = self.text.get(begin..end).unwrap_or_default();
                let text = if ended { text.strip_prefix('\n').unwrap_or(text) } else { text };
                number += 1 + blank_lines(text);
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    let open_quote = self.open_quote.is_some_and(|at| (begin..end).contains(&at));
                    let width = (cells.len() > ROW_CELLS_MAX).then(|| filled_width(&cells));
                    let too_wide = width.filter(|width| *width > ROW_CELLS_MAX);
                    cells.truncate(ROW_CELLS_MAX);
                    return Some(Row { number, cells, too_wide, open_quote });
                }
            }
        })
    }
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Number of blank lines before the row; the reader skips them.
fn blank_lines(text: &str) -> usize {
    let blank = &text[..text.len() - text.trim_start_matches(['\r', '\n']).len()];
    let feeds = blank.matches('\n').count();
    if feeds > 0 { feeds } else { blank.len() }
}

fn declared(text: &str) -> Option<(Separator, &str)> {
    let end = text.find(['\r', '\n'])?;
    let (line, rest) = text.split_at(end);
    let name = line.trim().trim_matches('"').to_ascii_lowercase();
    let sign = name.strip_prefix("sep=")?;
    let separator = Separator::ALL.into_iter().find(|separator| sign.as_bytes() == [separator.byte()]);
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
    Some((separator?, rest))
}

/// The separator that splits the most rows into the same number of cells, at least two, with what was found on the way.
fn detected(text: &str) -> (Separator, Scan) {
    let mut best = (Separator::Comma, Scan::of(text, Separator::Comma.byte(), true));
    for separator in [Separator::Semicolon, Separator::Tab] {
        let scan = Scan::of(text, separator.byte(), true);
        let score = scan.score();
        if score.0 > 0 && score >= best.1.score() {
            best = (separator, scan);
        }
    }
    best
}
