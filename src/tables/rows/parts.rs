//! Rows of a table of counts across: a deliverable for each column that counts, called by the row and the column's title.

use super::spread::One;
use super::{Read, Rows, shortened};
use crate::cost::base::limits::NAME_MAX;
use crate::cost::{Knob, Value};
use crate::tables::cells::{is_open, quoted};
use crate::tables::letters::narrowed;
use crate::tables::meanings::Kind;
use crate::tables::table::Row;
use crate::tables::vocabulary::is_no;
use crate::tables::{ListRow, RowOutcome, across};
use crate::words;
use csv::StringRecord;

impl Rows<'_> {
    /// What becomes of a row: one deliverable, or one for each column across with a count.
    pub(in crate::tables) fn rows(&mut self, row: &Row) -> Vec<ListRow> {
        let mut notes = Vec::new();
        let repeated = self.repeated(row, &mut notes);
        let row = repeated.as_ref().unwrap_or(row);
        let earlier = self.earlier(row, &mut notes);
        let row = earlier.as_ref().unwrap_or(row);
        let name = self.name(row, &mut notes);
        let own = self.own_name(row).1;
        if let Some(why) = self.left_out(row, self.told_by(&own, &name)) {
            self.named = None;
            let outcome = RowOutcome::Skipped(why);
            return vec![ListRow { number: row.number, name, outcome, unsure: false, notes: Vec::new() }];
        }
        let name = self.continued(row, &own, name, &mut notes);
        self.remember(row);
        let list = self.list;
        let counting: Vec<usize> = list.across.iter().copied().filter(|at| self.counts(row, *at)).collect();
        if counting.is_empty() {
            return self.spread_rows(row, &own, name, notes);
        }
        let mut rows: Vec<ListRow> = counting.iter().map(|at| self.part(row, *at, &name, &notes)).collect();
        let told = |row: &ListRow| match &row.outcome {
            RowOutcome::Refused(reasons) => Some(reasons.clone()),
            RowOutcome::Parsed(_) | RowOutcome::Skipped(_) => None,
        };
        // What is wrong with the whole row is told once.
        let first = told(&rows[0]);
        if rows.len() > 1 && first.is_some() && rows.iter().all(|row| told(row) == first) {
            self.refused -= rows.len() - 1;
            rows.truncate(1);
            rows[0].name = name;
        }
        rows
    }

    /// The row, or one for each of its sizes.
    fn spread_rows(&mut self, row: &Row, own: &str, name: String, mut notes: Vec<String>) -> Vec<ListRow> {
        let rows = match self.spread(row, own, &mut notes) {
            Ok(None) => return vec![self.read_row(row, name, notes)],
            Ok(Some(rows)) => rows,
            Err(reasons) => {
                self.refused += 1;
                let outcome = RowOutcome::Refused(reasons);
                return vec![ListRow { number: row.number, name, outcome, unsure: false, notes }];
            }
        };
        let read = rows.into_iter().map(|One { row, called, unsure }| {
            let mut notes = notes.clone();
            let called = if called.is_empty() || name.is_empty() {
                name.clone()
            } else {
                words::intake_grouped_name(&name, called)
            };
            let called = shortened(called, NAME_MAX, "", &mut notes);
            let mut read = self.read_row(&row, called, notes);
            read.unsure |= unsure && matches!(read.outcome, RowOutcome::Parsed(_));
            read
        });
        read.collect()
    }

    /// Whether a cell asks for a deliverable of its own: it is filled, and neither with 0 nor with no.
    fn counts(&self, row: &Row, column: usize) -> bool {
        let cell = narrowed(row.cells.get(column).unwrap_or_default().trim()).into_owned();
        let no = is_no(&cell) && (cell != "×" || self.list.circles);
        !is_open(&cell) && cell != "0" && !no && !quoted(&cell).is_empty()
    }

    fn part(&mut self, row: &Row, at: usize, name: &str, notes: &[String]) -> ListRow {
        let others = |column: usize| column != at && self.list.across.contains(&column);
        let cells: StringRecord =
            row.cells.iter().enumerate().map(|(column, cell)| if others(column) { "" } else { cell }).collect();
        let row = row.with(cells);
        let mut notes = notes.to_vec();
        let title = self.list.columns[at].title.split_whitespace().collect::<Vec<_>>().join(" ");
        let called = if name.is_empty() { String::new() } else { words::intake_grouped_name(name, &title) };
        let called = shortened(called, NAME_MAX, &title, &mut notes);
        self.part = Some(at);
        let read = self.read_row(&row, called, notes);
        self.part = None;
        read
    }

    /// The size or ratio in the title of the column across that a row is read for, which stands beside its own.
    pub(super) fn shaped<'r>(&mut self, values: &mut Vec<Read<'r>>) {
        let Some(column) = self.part else { return };
        let title = self.list.columns[column].title.clone();
        let lies = crate::tables::vocabulary::orientation(&title).is_some();
        if !across::shape(&title) && !lies {
            return;
        }
        let model = values.iter().find(|read| read.cell.knob == Knob::Model).map(|read| read.cell.value.clone());
        let model = model.map_or(0, |model| self.model(&model));
        let kind = Kind::Knob(Knob::Ratio);
        let cells = self.read(column, kind, model, &title).unwrap_or_default();
        values.extend(cells.into_iter().map(|mut cell| {
            cell.noteworthy = false;
            Read { column, kind, written: "", cell }
        }));
    }

    /// Remembers what a column across counts, to know its sum when it comes.
    pub(super) fn summed(&mut self, values: &[Read<'_>]) {
        let count = values.iter().find(|read| read.kind == Kind::Across).and_then(|read| match read.cell.value {
            Value::Count(count) => Some((read.column, count, narrowed(read.written.trim()).parse::<u64>().is_err())),
            _ => None,
        });
        if let Some((column, count, said)) = count {
            self.sums.add_across(column, count, said);
        }
    }
}
