//! What the cells of a column show about its meaning.

use crate::cost::Knob;
use crate::cost::base::limits::CELL_BYTES_MAX;
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::tables::cells::{CellContext, is_open};
use crate::tables::letters::narrowed;
use crate::tables::meanings::Kind;
use crate::tables::numbers::{is_date, shows_decimals, with_plain_blanks};
use crate::tables::shapes::tidy;
use crate::tables::table::{Row, Separator};
use crate::tables::units::unit_of_count;
use crate::tables::vocabulary::is_yes_or_no;
use csv::StringRecord;
use std::collections::HashSet;

/// The only possible meaning of a single cell.
pub(super) fn value_kind(cell: &str, catalog: &Catalog) -> Option<Kind> {
    if cell.len() > CELL_BYTES_MAX {
        return None;
    }
    let cell = with_plain_blanks(&narrowed(cell));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let lower = cell.to_lowercase();
    let bare = lower.trim_end_matches(['x', '×']).trim_end();
    if cell.len() > 100 || cell.is_empty() {
        None
    } else if is_size(&lower) || Tier::parse(&cell).is_some() {
        Some(Kind::Knob(Knob::Size))
    } else if cell.contains(':') && Ratio::parse(cell.strip_suffix(":00").unwrap_or(&cell)).is_some() {
        Some(Kind::Knob(Knob::Ratio))
    } else if Quality::parse(&lower).is_some() {
        Some(Kind::Knob(Knob::Quality))
    } else if cell.strip_suffix('%').is_some_and(|share| number(share.trim_end())) || (bare != lower && number(bare)) {
        Some(Kind::Knob(Knob::Retry))
    } else if number(&cell) && !is_date(&cell) && !shows_decimals(&cell, '.') && !shows_decimals(&cell, ',') {
        Some(Kind::Knob(Knob::Finals))
    } else if catalog.model(&lower).is_some() {
        Some(Kind::Knob(Knob::Model))
    } else if catalog.preset(&lower).is_some() {
        Some(Kind::Knob(Knob::Preset))
    } else {
        None
    }
}

fn is_size(lower: &str) -> bool {
    let bare = lower.replace("px", "");
    let spaced = || bare.contains(' ') && bare.contains(['x', '×']) && Size::parse(&tidy(&bare)).is_some();
    Size::parse(&bare).is_some() || Size::parse(&bare.replace([',', '.'], "")).is_some() || spaced()
}

/// The cells of a column that are not empty.
pub(super) fn filled(rows: &[Row], column: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.cells.get(column)).map(str::trim).filter(|cell| !cell.is_empty())
}

/// The only possible meaning of most cells of a column.
pub(super) fn by_contents(rows: &[Row], column: usize, catalog: &Catalog) -> Option<Kind> {
    let kinds: Vec<Option<Kind>> = filled(rows, column).map(|cell| value_kind(cell, catalog)).collect();
    let known = kinds.iter().flatten().copied();
    let kind = known.max_by_key(|kind| kinds.iter().filter(|k| **k == Some(*kind)).count())?;
    let count = kinds.iter().filter(|k| **k == Some(kind)).count();
    (count * 2 > kinds.len()).then_some(kind)
}

/// Whether a column counts 1, 2, 3 … along the rows, of which there are at least `least`; at least 3 if headings stand between.
pub(super) fn is_numbering(rows: &[Row], column: usize, least: usize) -> bool {
    let (mut count, mut texts) = (0, 0);
    for cell in filled(rows, column) {
        if cell.trim_end_matches(['.', ')']) == (count + 1).to_string() {
            count += 1;
        } else if cell.contains(|c: char| c.is_numeric()) {
            return false;
        } else {
            texts += 1;
        }
    }
    count >= least && (texts == 0 || (count >= 3 && count > texts))
}

/// Whether more than a quarter of a column's texts repeat another one: it tells what rows have in common, not what each is.
pub(super) fn repeats(rows: &[Row], column: usize) -> bool {
    let (all, different) = (filled(rows, column).count(), filled(rows, column).collect::<HashSet<_>>().len());
    different * 4 < all * 3
}

/// Whether most texts of a column are codes: one word with a digit.
pub(super) fn holds_codes(rows: &[Row], column: usize) -> bool {
    let code = |cell: &&str| !cell.contains(' ') && cell.contains(|c: char| c.is_ascii_digit());
    let (all, codes) = (filled(rows, column).count(), filled(rows, column).filter(code).count());
    codes * 2 > all
}

/// Whether most cells of a column are texts that are no values.
pub(super) fn is_text(rows: &[Row], column: usize, catalog: &Catalog) -> bool {
    let texts = |cell: &&str| {
        value_kind(cell, catalog).is_none() && cell.chars().any(char::is_alphabetic) && !is_yes_or_no(cell)
    };
    let (all, text) = (filled(rows, column).count(), filled(rows, column).filter(texts).count());
    text * 2 > all
}

/// Whether most cells of a column are numbers or amounts; also if it is empty, when nothing speaks against it.
pub(super) fn is_numeric(rows: &[Row], column: usize) -> bool {
    let numeric = |cell: &&str| {
        let plain = narrowed(cell);
        let digits = plain.contains(|c: char| c.is_ascii_digit());
        digits && (is_money(cell) || !plain.contains(char::is_alphabetic))
    };
    let (all, numbers) = (filled(rows, column).count(), filled(rows, column).filter(numeric).count());
    all == 0 || numbers * 2 > all
}

/// Whether a cell is an amount of money.
pub(super) fn is_money(cell: &str) -> bool {
    const CODES: [&str; 7] = ["usd", "eur", "gbp", "jpy", "chf", "cny", "rmb"];
    let lower = narrowed(cell).to_lowercase();
    let signed = lower.contains(['$', '€', '£', '¥', '₩', '₹', '元', '円', '圓'])
        || lower.split(|c: char| !c.is_alphabetic()).any(|word| CODES.contains(&word));
    signed && lower.contains(|c: char| c.is_ascii_digit())
}

/// Whether most cells of a column are amounts of money.
pub(super) fn holds_money(rows: &[Row], column: usize) -> bool {
    let (all, money) = (filled(rows, column).count(), filled(rows, column).filter(|cell| is_money(cell)).count());
    money * 2 > all
}

/// How many filled cells of a sample there are, and how many can be read as this kind.
pub(super) fn fitting(rows: &[Row], column: usize, kind: Kind, context: &CellContext<'_>) -> (usize, usize) {
    let cells = filled(rows, column).filter(|cell| !is_open(cell));
    cells.fold((0, 0), |(all, fit), cell| (all + 1, fit + usize::from(fits(cell, kind, context))))
}

fn fits(cell: &str, kind: Kind, context: &CellContext<'_>) -> bool {
    match kind {
        Kind::Name | Kind::Group => {
            value_kind(cell, context.catalog).is_none() && cell.chars().any(char::is_alphabetic)
        }
        Kind::Note | Kind::Prompt => true,
        Kind::UnitOfCount => unit_of_count(cell).is_some(),
        Kind::Status => cell.chars().any(char::is_alphabetic),
        Kind::Accepted | Kind::Units | Kind::PerUnit | Kind::Across | Kind::Width | Kind::Height | Kind::Knob(_) => {
            match context.cell(kind, cell) {
                Ok(cells) => !cells.is_empty(),
                Err(unread) => unread.either_way,
            }
        }
    }
}

/// The decimal sign of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimals {
    /// 1.6
    Point,
    /// 1,6, as shown by numbers of the list.
    Comma,
    /// 1,6, concluded from the separator alone: no number shows it.
    CommaUnseen,
}

/// The decimal sign of the list: shown by the numbers of these columns, else concluded from its separator.
pub(super) fn decimals(numeric: &[usize], rows: &[Row], separator: Separator) -> Decimals {
    let shows = |sign: char| numeric.iter().any(|at| filled(rows, *at).any(|cell| shows_decimals(cell, sign)));
    match (shows(','), shows('.')) {
        (true, false) => Decimals::Comma,
        (false, false) if separator == Separator::Semicolon => Decimals::CommaUnseen,
        _ => Decimals::Point,
    }
}

/// The number of cells that most rows have, at equal counts the larger; a row with more cells has an extra separator.
pub(super) fn usual_cell_count(rows: &[Row]) -> usize {
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let same = |count: usize| counts.iter().filter(|other| **other == count).count();
    counts.iter().copied().max_by_key(|count| (same(*count), *count)).unwrap_or(0)
}

/// The number of cells up to the last column with contents in rows of the usual length. Titles have the same number, because
/// spreadsheets write them as long as the rows.
pub(super) fn usual_width(rows: &[Row], titles: Option<&StringRecord>) -> usize {
    let usual = titles.map_or_else(|| usual_cell_count(rows), StringRecord::len);
    rows.iter().map(|row| filled_width(&row.cells)).filter(|width| *width <= usual).max().unwrap_or(0)
}

/// The number of cells up to the last non-empty one.
pub(super) fn filled_width(cells: &StringRecord) -> usize {
    cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(at, _)| at + 1)
}
