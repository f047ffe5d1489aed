//! Rows that are not deliverables: those above the titles, headings, and sums.

use crate::cost::Knob;
use crate::tables::cells::{is_open, quoted};
use crate::tables::contents::is_money;
use crate::tables::letters::{Words, folded, has, narrowed};
use crate::tables::meanings::{Column, ColumnUse, Kind, Unused};
use crate::tables::remarks::{is_charge, is_to_sign};
use crate::tables::rows::List;
use crate::tables::table::Row;
use crate::tables::titles::{counts_finals, plain_title};
use crate::tables::vocabulary::{is_all, is_sum, is_sum_with_more, is_surely_sum, may_be_sum, names_too};
use crate::words;
use std::collections::BTreeMap;

/// The finals so far, to know a sum when it comes.
#[derive(Default)]
pub(super) struct Sums {
    all: u64,
    /// Since the last heading or sum.
    part: u64,
    rows: usize,
    part_rows: usize,
    /// The most finals of a row.
    most: u64,
    /// Finals of rows that are not counted because of their status.
    left_out: u64,
    /// Of each column across: all finals, and those since the last heading or sum.
    across: BTreeMap<usize, (u64, u64)>,
    /// What of it is said in words, which a spreadsheet does not sum.
    said: BTreeMap<usize, u64>,
}

impl Sums {
    /// Counts a deliverable's finals.
    pub(super) fn add(&mut self, finals: u64) {
        self.all = self.all.saturating_add(finals);
        self.part = self.part.saturating_add(finals);
        self.most = self.most.max(finals);
        self.rows += 1;
        self.part_rows += 1;
    }

    /// Counts what a column across asks for.
    pub(super) fn add_across(&mut self, column: usize, finals: u64, said: bool) {
        if said {
            let all = self.said.entry(column).or_default();
            *all = all.saturating_add(finals);
        }
        let (all, part) = self.across.entry(column).or_default();
        *all = all.saturating_add(finals);
        *part = part.saturating_add(finals);
    }

    /// Remembers the finals of a row that is not counted: a sum below may hold them.
    pub(super) fn leave_out(&mut self, finals: u64) {
        self.left_out = self.left_out.saturating_add(finals);
    }

    /// Why a row is not a deliverable, if so.
    pub(super) fn skipped(&mut self, list: &List<'_>, row: &Row, name: &str) -> Option<String> {
        if let Some(titles) = list.titles {
            if row.number < titles.last() {
                return Some(words::intake_skip_above().to_owned());
            }
            if titles.repeated_by(&row.cells) {
                return Some(words::intake_skip_titles().to_owned());
            }
        }
        if let Some(note) = footnote(list, row) {
            return Some(words::intake_skip_remark(quoted(note)));
        }
        let below = list.subtotals.exact.contains(&row.number).then(|| words::intake_skip_sum_below(quoted(name)));
        let why = below.or_else(|| self.sum(list, row, name)).or_else(|| heading(list, row))?;
        (self.part, self.part_rows) = (0, 0);
        self.across.values_mut().for_each(|(_, part)| *part = 0);
        Some(why)
    }

    fn sum(&self, list: &List<'_>, row: &Row, name: &str) -> Option<String> {
        let named = list.has(Kind::Name) || list.has(Kind::Group);
        if named && (self.is_called_sum(list, row, name) || (self.rows > 0 && is_sum_with_more(name))) {
            return Some(words::intake_skip_total(name));
        }
        if let Some(why) = amount_alone(list, row).filter(|_| named && self.rows > 0) {
            return Some(why);
        }
        if let Some(why) = self.beside(list, row, name).filter(|_| named) {
            return Some(why);
        }
        let label = row.cells.iter().enumerate().find(|(at, cell)| {
            let unused = list.columns.get(*at).is_none_or(|column| matches!(column.taken, ColumnUse::Unused(_)));
            let text = list.columns.get(*at).and_then(|column| column.kind()).is_some_and(Kind::is_text);
            let group = list.columns.get(*at).is_some_and(|column| column.kind() == Some(Kind::Group));
            let bare = name.is_empty() && (unused || group);
            (unused || text || name.is_empty())
                && (self.is_called_sum(list, row, cell) || (bare && may_be_sum(cell) && !names_too(cell)))
        });
        // Above the first count of a list without titles a label is a title that was not known.
        if let Some((_, label)) = label.filter(|_| self.rows > 0 || list.titles.is_some()) {
            return Some(words::intake_skip_total(label.trim()));
        }
        if let Some(footer) = footer(row).filter(|_| self.rows > 0) {
            return Some(words::intake_skip_total(quoted(footer)));
        }
        if !list.across.is_empty() && self.is_sum_across(list, row, name) {
            let called = if name.is_empty() { label_of(list, row) } else { name.to_owned() };
            return Some(words::intake_skip_total(called));
        }
        let sure = || is_surely_sum(name) && tells_nothing(list, row);
        if self.rows > 0 && may_be_sum(name) && (sure() || (self.rows > 1 && self.is_bare(list, row))) {
            return Some(words::intake_skip_total(name));
        }
        let (_, finals) = list.cell(row, Kind::Knob(Knob::Finals)).filter(|_| named)?;
        let digits = digits(finals);
        let is = |sum: u64, rows: usize| self.is(&digits, sum, rows);
        let used = list.columns.iter().zip(&row.cells);
        let used = used.filter(|(column, cell)| column.kind().is_some() && !is_open(cell.trim()));
        let sum = is(self.all, self.rows) || is(self.part, self.part_rows);
        if name.is_empty() {
            let several =
                (is(self.all, self.rows) && self.rows > 1) || (is(self.part, self.part_rows) && self.part_rows > 1);
            return (several && used.count() == 1).then(|| words::intake_skip_sum(quoted(finals)));
        }
        let several =
            || self.rows > 1 && is(self.all, self.rows) && (is_all(name) || counts_finals(&plain_title(name)));
        (sum && (may_be_sum(name) || several())).then(|| words::intake_skip_total(name))
    }

    /// Whether the digits of a count are those of a sum; one that no row shows is no sum of them.
    fn is(&self, digits: &str, sum: u64, rows: usize) -> bool {
        rows > 0 && (sum.to_string() == digits || sum.saturating_add(self.left_out).to_string() == digits)
    }

    /// Whether a row is called a sum; where the word names a picture too, only with the number of one.
    fn is_called_sum(&self, list: &List<'_>, row: &Row, name: &str) -> bool {
        if !is_sum(name) {
            return false;
        }
        let Some((_, finals)) = list.cell(row, Kind::Knob(Knob::Finals)).filter(|_| names_too(name)) else {
            return !names_too(name) || self.rows > 0;
        };
        let digits = digits(finals);
        let below =
            || digits.parse::<u64>().is_ok_and(|sum| sum > 0 && sum.checked_mul(2) == Some(list.subtotals.finals));
        is_open(finals)
            || self.is(&digits, self.all, self.rows)
            || self.is(&digits, self.part, self.part_rows)
            || below()
    }

    /// Whether a row begins as a sum does and counts as much as all rows before together, or more: it may be their sum.
    pub(super) fn may_sum(&self, name: &str, finals: u64) -> bool {
        self.rows > 1 && finals >= self.all && (may_be_sum(name) || is_all(name))
    }
}

fn digits(cell: &str) -> String {
    narrowed(cell).chars().filter(char::is_ascii_digit).collect()
}

/// Numbers that are the only cells of a row and stand in columns of money or unknown ones, as the sums of a budget without a label do.
fn amount_alone(list: &List<'_>, row: &Row) -> Option<String> {
    let filled = || row.cells.iter().map(str::trim).enumerate().filter(|(_, cell)| !is_open(cell));
    let beside = |(at, cell): (usize, &str)| {
        let taken = list.columns.get(at).map(|column| column.taken);
        let left = matches!(taken, Some(ColumnUse::Unused(Unused::Price | Unused::UnknownTitle)));
        let digits = cell.contains(|c: char| c.is_ascii_digit());
        left && digits && (is_money(cell) || !cell.contains(char::is_alphabetic))
    };
    let (_, first) = filled().next()?;
    filled().all(beside).then(|| words::intake_skip_amount(quoted(first)))
}

/// The only filled cell of a row, if it is a sum with its number, as views of databases end with: `sum 32`.
fn footer(row: &Row) -> Option<&str> {
    let mut filled = row.cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let only = filled.next().filter(|_| filled.next().is_none())?;
    let (sum, number) = only.rsplit_once([' ', ':'])?;
    (is_sum(sum.trim()) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(only)
}

/// The only filled cell of a row, if it begins as a footnote does: `* per motif`, `Note: all in sRGB`, `※ 仮`.
fn footnote<'r>(list: &List<'_>, row: &'r Row) -> Option<&'r str> {
    static NOTES: Words = Words::of(&[
        "note | notes | nb | n b | ps | remark | remarks | hinweis | hinweise | anm | anmerkung | achtung | remarque | remarques | nota | notas",
        "aviso | avviso | 注 | 注意 | 備考 | 补充 | 备注 | 说明 | 備註",
    ]);
    let mut filled = row.cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let only = filled.next().filter(|_| filled.next().is_none() && !row.open_quote)?;
    let signed = only.strip_prefix(['*', '†', '‡', '※', '＊']).is_some_and(|rest| !rest.contains(['*', '＊']));
    let headed =
        || only.split_once([':', '：']).is_some_and(|(head, rest)| !rest.is_empty() && has(&NOTES, &folded(head)));
    let counts = list.columns.iter().any(|column| column.kind().is_some_and(Kind::counts));
    (counts && (signed || headed())).then_some(only)
}

/// The first count of a row across, to tell a sum without a name.
fn label_of(list: &List<'_>, row: &Row) -> String {
    let cells = list.across.iter().filter_map(|at| row.cells.get(*at)).map(str::trim);
    cells.filter(|cell| !is_open(cell)).collect::<Vec<_>>().join(", ")
}

/// Whether no cell of a row says what a picture is like.
pub(super) fn tells_nothing(list: &List<'_>, row: &Row) -> bool {
    let tells = |column: &Column| column.kind().is_some_and(|kind| !kind.is_text() && !kind.counts());
    list.columns.iter().zip(&row.cells).all(|(column, cell)| !tells(column) || is_open(cell.trim()))
}

/// Whether a list counts, and a row does not.
fn is_uncounted(list: &List<'_>, row: &Row) -> bool {
    let counts = |column: &Column| column.kind().is_some_and(Kind::counts);
    let mut open = list.columns.iter().zip(&row.cells).filter(|(column, _)| counts(column));
    list.columns.iter().any(counts) && open.all(|(_, cell)| is_open(cell.trim()))
}

/// Whether a row has an amount of money, or a share in its name.
pub(super) fn is_charged(list: &List<'_>, row: &Row, name: &str) -> bool {
    let money = |column: &Column| matches!(column.taken, ColumnUse::Unused(Unused::Price));
    let amount = list.columns.iter().zip(&row.cells).any(|(column, cell)| money(column) && !is_open(cell.trim()));
    amount || narrowed(name).contains('%')
}

impl Sums {
    /// A charge, a line to sign on, or a sum of money alone: rows of a budget that say nothing of a picture.
    fn beside(&self, list: &List<'_>, row: &Row, name: &str) -> Option<String> {
        let (uncounted, charged) = (is_uncounted(list, row), is_charged(list, row, name));
        if !(uncounted || charged) || !tells_nothing(list, row) {
            return None;
        }
        if is_charge(name) {
            return Some(words::intake_skip_charge(name));
        }
        if uncounted && is_to_sign(name) {
            return Some(words::intake_skip_signed(quoted(name)));
        }
        (self.rows > 0 && uncounted && charged && may_be_sum(name)).then(|| words::intake_skip_total(name))
    }

    /// Whether a row without a name, or with one like a sum, repeats the sum of each column across in the rows above.
    fn is_sum_across(&self, list: &List<'_>, row: &Row, name: &str) -> bool {
        let counts = list.across.iter().filter_map(|at| Some((*at, narrowed(row.cells.get(*at)?.trim()).into_owned())));
        let mut counts = counts.filter(|(_, cell)| !is_open(cell)).peekable();
        let called = (name.is_empty() && self.rows > 1) || may_be_sum(name);
        let repeats = |(at, cell): (usize, String)| {
            let Some(count) = cell.parse::<u64>().ok() else { return false };
            let (all, part) = self.across.get(&at).copied().unwrap_or_default();
            let said = self.said.get(&at).copied().unwrap_or(0);
            let unsaid = said > 0 && (count == all.saturating_sub(said) || count == part.saturating_sub(said));
            count == all || count == part || unsaid
        };
        called && self.rows > 0 && counts.peek().is_some() && counts.all(repeats)
    }

    /// Whether a row called like a sum says nothing of a picture, while the rows before do, and counts more than any of them: what it
    /// sums up may have been counted otherwise.
    fn is_bare(&self, list: &List<'_>, row: &Row) -> bool {
        let counts = [Kind::Knob(Knob::Finals), Kind::Units, Kind::PerUnit, Kind::Across];
        let tells = |kind: Kind| !kind.is_text() && !counts.contains(&kind);
        let telling: Vec<usize> =
            (0..list.columns.len()).filter(|at| list.columns[*at].kind().is_some_and(tells)).collect();
        let blank = |at: &usize| row.cells.get(*at).is_none_or(|cell| is_open(cell.trim()));
        let count = list.cell(row, counts[0]).map_or("", |(_, cell)| cell);
        let whole = narrowed(count).parse::<u64>().ok();
        !telling.is_empty() && telling.iter().all(blank) && (is_open(count) || whole.is_some_and(|n| n > self.most))
    }
}

/// A heading: the only filled cell of a row, above rows with values, in a list that counts.
fn heading(list: &List<'_>, row: &Row) -> Option<String> {
    let counts = list.columns.iter().any(|column| column.kind().is_some_and(Kind::counts));
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !is_open(cell.trim()));
    let (at, only) = filled.next()?;
    let text = list.columns.get(at).is_none_or(|column| column.kind().is_none_or(Kind::is_text));
    // `-` or `n/a` as a count is a count that is still open.
    let open_count =
        |(column, cell): (&Column, &str)| column.kind().is_some_and(Kind::counts) && !cell.trim().is_empty();
    let counted = list.columns.iter().zip(&row.cells).any(open_count);
    let heads =
        counts && text && !counted && filled.next().is_none() && row.number < list.last_values && !row.open_quote;
    if heads {
        return Some(words::intake_skip_heading(quoted(only.trim())));
    }
    coded_heading(list, row).filter(|_| counts && !counted && !row.open_quote && row.number < list.last_values)
}

/// A heading with its code: `A` and a text above `A1`, and nothing else.
fn coded_heading(list: &List<'_>, row: &Row) -> Option<String> {
    let filled: Vec<(usize, &str)> =
        row.cells.iter().map(str::trim).enumerate().filter(|(_, cell)| !is_open(cell)).collect();
    let [(code_at, code), (text_at, text)] = filled.as_slice() else { return None };
    let is_text = list.columns.get(*text_at).is_some_and(|column| column.kind() == Some(Kind::Name));
    let code = code.trim_end_matches(['.', ')']).to_lowercase();
    (is_text && list.heads.contains(&(*code_at, code))).then(|| words::intake_skip_heading(quoted(text)))
}
