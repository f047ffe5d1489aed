//! Rows that are no deliverables: what stands above the titles, headings, and sums.

use crate::cost::Knob;
use crate::tables::cells::{is_open, quoted};
use crate::tables::letters::narrowed;
use crate::tables::meanings::{Column, ColumnUse, Kind};
use crate::tables::rows::List;
use crate::tables::table::Row;
use crate::tables::vocabulary::{is_sum, may_be_sum};
use crate::words;

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
        let why = self.sum(list, row, name).or_else(|| heading(list, row))?;
        (self.part, self.part_rows) = (0, 0);
        Some(why)
    }

    fn sum(&self, list: &List<'_>, row: &Row, name: &str) -> Option<String> {
        let named = list.has(Kind::Name) || list.has(Kind::Group);
        if named && is_sum(name) {
            return Some(words::intake_skip_total(name));
        }
        let label = row.cells.iter().enumerate().find(|(at, cell)| {
            let unused = list.columns.get(*at).is_none_or(|column| matches!(column.taken, ColumnUse::Unused(_)));
            let text = list.columns.get(*at).and_then(|column| column.kind()).is_some_and(Kind::is_text);
            (unused || text || name.is_empty()) && (is_sum(cell) || (name.is_empty() && unused && may_be_sum(cell)))
        });
        // Above the first count of a list without titles a label is a title that was not known.
        if let Some((_, label)) = label.filter(|_| self.rows > 0 || list.titles.is_some()) {
            return Some(words::intake_skip_total(label.trim()));
        }
        if self.rows > 1 && may_be_sum(name) && self.is_bare(list, row) {
            return Some(words::intake_skip_total(name));
        }
        let (_, finals) = list.cell(row, Kind::Knob(Knob::Finals)).filter(|_| named)?;
        // A sum that no row shows is no sum of them.
        let digits: String = narrowed(finals).chars().filter(char::is_ascii_digit).collect();
        let is = |sum: u64, rows: usize| rows > 0 && sum.to_string() == digits;
        let used = list.columns.iter().zip(&row.cells);
        let used = used.filter(|(column, cell)| column.kind().is_some() && !is_open(cell.trim()));
        let sum = is(self.all, self.rows) || is(self.part, self.part_rows);
        if name.is_empty() {
            let several =
                (is(self.all, self.rows) && self.rows > 1) || (is(self.part, self.part_rows) && self.part_rows > 1);
            return (several && used.count() == 1).then(|| words::intake_skip_sum(quoted(finals)));
        }
        (sum && may_be_sum(name)).then(|| words::intake_skip_total(name))
    }
}

impl Sums {
    /// Whether a row called like a sum says nothing of a picture, while the rows before do, and counts more than any of them: what it
    /// sums up may have been counted otherwise.
    fn is_bare(&self, list: &List<'_>, row: &Row) -> bool {
        let counts = [Kind::Knob(Knob::Finals), Kind::Units, Kind::PerUnit];
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
    let counts = [Kind::Knob(Knob::Finals), Kind::Units, Kind::PerUnit].into_iter().any(|kind| list.has(kind));
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !is_open(cell.trim()));
    let (at, only) = filled.next()?;
    let text = list.columns.get(at).is_none_or(|column| column.kind().is_none_or(Kind::is_text));
    // `-` or `n/a` as a count is a count that is still open.
    let open_count =
        |(column, cell): (&Column, &str)| column.kind().is_some_and(Kind::counts) && !cell.trim().is_empty();
    let counted = list.columns.iter().zip(&row.cells).any(open_count);
    let heads =
        counts && text && !counted && filled.next().is_none() && row.number < list.last_values && !row.open_quote;
    heads.then(|| words::intake_skip_heading(quoted(only.trim())))
}
