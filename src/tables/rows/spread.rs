//! Rows that stand for several deliverables: a row with several sizes, and a count that holds for each of something.

use super::Rows;
use crate::cost::base::size::Size;
use crate::cost::{Decimal, Knob};
use crate::tables::Reason;
use crate::tables::cells::{is_open, quoted};
use crate::tables::letters::{Words, folded, has, narrowed};
use crate::tables::meanings::{ColumnUse, Kind, Unused};
use crate::tables::table::Row;
use crate::tables::vocabulary::bare_count;
use crate::tables::{paper, shapes, spoken};
use crate::words;
use crate::words::number::grouped;
use csv::StringRecord;

/// One of the deliverables that a row stands for.
pub(super) struct One {
    /// The row with its own cells only.
    pub(super) row: Row,
    /// What it is called by behind the row's name; empty for the only one.
    pub(super) called: String,
    /// Whether a person has to decide something that is told.
    pub(super) unsure: bool,
}

/// Units that are made in each size, folded.
static MOTIFS: Words = Words::of(&[
    "motif | motifs | motiv | motive | key visual | design | designs | concept | concepts | creative | creatives | sujet | 案",
]);

/// Shortest edge, in pixels, of a size that a name holds.
const NAMED_EDGE: u32 = 50;

impl Rows<'_> {
    /// The deliverables that a row stands for; `None` if it stands for itself, as most do.
    ///
    /// # Errors
    /// Why it cannot be known how many each of its sizes has.
    pub(super) fn spread(
        &self,
        row: &Row,
        own: &str,
        notes: &mut Vec<String>,
    ) -> Result<Option<Vec<One>>, Vec<Reason>> {
        let only = |row: Row, unsure: bool| Ok(Some(vec![One { row, called: String::new(), unsure }]));
        let list = self.list;
        if !list.across.is_empty() || row.open_quote {
            return Ok(None);
        }
        let finals = list.column(Kind::Knob(Knob::Finals));
        let count = finals.map_or("", |at| row.cells.get(at).unwrap_or_default().trim());
        let each = spoken::of_each(&narrowed(count)).filter(|_| finals.is_some());
        let shapes: Vec<usize> =
            [Knob::Size, Knob::Ratio].into_iter().flat_map(|knob| list.of_kind(Kind::Knob(knob))).collect();
        let is_filled = |at: &usize| !is_open(row.cells.get(*at).unwrap_or_default().trim());
        let several = shapes.iter().copied().find_map(|at| Some((at, shapes::several(row.cells.get(at)?)?)));
        if let Some((at, sizes)) = several {
            return self.by_size(row, (at, &sizes), (finals, count, each), notes).map(Some);
        }
        let of_kinds = finals.zip(each).and_then(|(at, each)| Some((at, each, self.kinds(row)?)));
        if let Some((at, each, kinds)) = of_kinds {
            let number = |count: u64| grouped(Decimal::from(count));
            let product = each.saturating_mul(kinds);
            notes.push(words::intake_product(number(each), number(kinds), number(product)));
            return only(with(row, &[(at, product.to_string())]), true);
        }
        let open = shapes.iter().copied().find(|at| !is_filled(at));
        let shaped = shapes.iter().any(is_filled) || list.has(Kind::Width);
        match open.filter(|_| !shaped).zip(named_size(own)) {
            Some((at, size)) => {
                notes.push(words::intake_size_of_name(&list.columns[at].title, words::size(size)));
                only(with(row, &[(at, format!("{}x{} px", size.w, size.h))]), false)
            }
            None => Ok(None),
        }
    }

    /// A deliverable for each size of a row, if it can be known how many of each.
    fn by_size(
        &self,
        row: &Row,
        (at, sizes): (usize, &[String]),
        (finals, count, each): (Option<usize>, &str, Option<u64>),
        notes: &mut Vec<String>,
    ) -> Result<Vec<One>, Vec<Reason>> {
        let plain = narrowed(count);
        let whole = bare_count(&plain).unwrap_or(&plain).parse::<u64>().ok();
        let told = u64::try_from(sizes.len()).unwrap_or(u64::MAX);
        let unit = self.list.cell(row, Kind::UnitOfCount).map_or("", |(_, unit)| unit);
        let per_size = row.cells.iter().find_map(spoken::per_size);
        let of_each = has(&MOTIFS, &folded(unit)) || per_size == Some(None);
        let number = match (each, whole, per_size.flatten()) {
            (Some(each), ..) => Some(each),
            // `1 per size` beside a count of all, or of each.
            (None, Some(whole), Some(one)) if whole == one || one.checked_mul(told) == Some(whole) => Some(one),
            (None, None, Some(one)) if count.is_empty() => Some(one),
            (None, Some(whole), None) if of_each || whole < told => Some(whole),
            (None, Some(whole), _) => {
                let (column, written) =
                    (Some(self.list.columns[at].title.clone()), quoted(row.cells.get(at).unwrap_or_default().trim()));
                return Err(vec![Reason { column, explanation: words::intake_sizes_or_all(whole, told), written }]);
            }
            (None, None, _) => None,
        };
        notes.push(match number {
            Some(each) => words::intake_each_size(told, grouped(Decimal::from(each))),
            None => words::intake_each_of_sizes(told),
        });
        let one = |size: &String| {
            let own = finals.zip(number).map(|(column, number)| (column, number.to_string()));
            let cells: Vec<(usize, String)> = std::iter::once((at, size.clone())).chain(own).collect();
            One { row: with(row, &cells), called: size.replace('x', "×"), unsure: false }
        };
        Ok(sizes.iter().map(one).collect())
    }

    /// The row with its earlier count where the later one is empty.
    pub(super) fn earlier(&self, row: &Row, notes: &mut Vec<String>) -> Option<Row> {
        let columns = self.list.columns;
        let filled = |at: usize| row.cells.get(at).map(str::trim).filter(|cell| !is_open(cell));
        let later = self.list.column(Kind::Knob(Knob::Finals)).filter(|at| filled(*at).is_none())?;
        let earlier = |at: &usize| columns[*at].taken == ColumnUse::Unused(Unused::Earlier) && filled(*at).is_some();
        let at = (0..columns.len()).rev().find(earlier)?;
        let cell = filled(at)?;
        notes.push(words::intake_earlier_counts(&columns[later].title, &columns[at].title, quoted(cell)));
        Some(with(row, &[(later, cell.to_owned())]))
    }

    /// How many kinds a row speaks of, such as `4 colours`, if its cells agree.
    fn kinds(&self, row: &Row) -> Option<u64> {
        let others =
            row.cells.iter().enumerate().filter(|(at, _)| {
                self.list.columns.get(*at).is_none_or(|column| column.kind().is_none_or(Kind::is_text))
            });
        let mut kinds = others.filter_map(|(_, cell)| spoken::kinds(cell));
        let first = kinds.next()?;
        kinds.all(|other| other == first).then_some(first)
    }
}

/// The only size in pixels that a name holds.
fn named_size(name: &str) -> Option<Size> {
    if !name.contains(['x', 'X', '×', '*', 'ｘ', '✕']) || !name.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let tidy = shapes::tidy(name);
    let mut sizes =
        tidy.split([' ', ',', ';', '/', '_']).filter_map(Size::parse).filter(|size| size.w.min(size.h) >= NAMED_EDGE);
    sizes.next().filter(|_| sizes.next().is_none() && !paper::is_paper(name))
}

/// The row with these cells in place of its own.
fn with(row: &Row, cells: &[(usize, String)]) -> Row {
    let own = |(at, cell)| cells.iter().find(|(column, _)| *column == at).map_or(cell, |(_, other)| other.as_str());
    let cells: StringRecord = (0..row.cells.len().max(cells.iter().map(|(at, _)| at + 1).max().unwrap_or(0)))
        .map(|at| own((at, row.cells.get(at).unwrap_or_default())))
        .collect();
    row.with(cells)
}
