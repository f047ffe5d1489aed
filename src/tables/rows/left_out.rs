//! Rows that are no deliverables, and counts that are not in images.

use super::{Read, Rows, of_row};
use crate::cost::budget::knob_text;
use crate::cost::{Decimal, Knob, Value};
use crate::tables::Reason;
use crate::tables::cells::{is_open, quoted};
use crate::tables::letters::narrowed;
use crate::tables::meanings::{ColumnUse, Kind, Unused};
use crate::tables::table::Row;
use crate::tables::units::{UnitOfCount, unit_of_count};
use crate::tables::vocabulary;
use crate::words;
use crate::words::number::grouped;

impl Rows<'_> {
    /// Why a row is not a deliverable, if so; `told` is what tells it.
    pub(super) fn left_out(&mut self, row: &Row, told: &str) -> Option<String> {
        let list = self.list;
        if let Some(struck) = told.strip_prefix("~~").and_then(|rest| rest.strip_suffix("~~")) {
            self.leave_out(row);
            return Some(words::intake_skip_struck(quoted(struck)));
        }
        let why = self.sums.skipped(list, row, told);
        why.or_else(|| self.finished(row)).or_else(|| self.not_images(row)).or_else(|| {
            let why = self.another_medium(row, told)?;
            self.leave_out(row);
            Some(why)
        })
    }

    /// A row whose status says that it is not to be made, or no more.
    fn finished(&mut self, row: &Row) -> Option<String> {
        let list = self.list;
        let cell = |at: usize| row.cells.get(at).unwrap_or_default().trim();
        let asked = |at: usize| vocabulary::is_not_counted(&list.columns[at].title) && vocabulary::is_yes(cell(at));
        let by_status = list.of_kind(Kind::Status).find(|at| vocabulary::is_not_counted(cell(*at)) || asked(*at));
        let notes = |at: &usize| {
            let taken = list.columns[*at].taken;
            taken == ColumnUse::Unused(Unused::Second(Kind::Note)) || list.columns[*at].kind() == Some(Kind::Note)
        };
        let by_note = || (0..list.columns.len()).filter(notes).find(|at| vocabulary::is_stopped(cell(*at)));
        let at = by_status.or_else(by_note)?;
        self.leave_out(row);
        Some(words::intake_skip_status(&list.columns[at].title, quoted(cell(at))))
    }

    /// A row whose status waits for somebody: it counts, and says so.
    pub(super) fn pending(&self, row: &Row) -> Option<String> {
        let list = self.list;
        let cell = |at: usize| row.cells.get(at).unwrap_or_default().trim();
        let at = list.of_kind(Kind::Status).find(|at| vocabulary::is_pending(cell(*at)))?;
        Some(words::intake_pending(&list.columns[at].title, quoted(cell(at))))
    }

    /// A row that counts hours, fees, rights or persons.
    fn not_images(&mut self, row: &Row) -> Option<String> {
        let (title, unit) = self.list.cell(row, Kind::UnitOfCount)?;
        if unit_of_count(unit) != Some(UnitOfCount::NoImage) {
            return None;
        }
        let why = words::intake_skip_unit(title, quoted(unit));
        self.leave_out(row);
        Some(why)
    }

    /// Remembers the finals of a row that is not counted.
    fn leave_out(&mut self, row: &Row) {
        let finals = self.list.cell(row, Kind::Knob(Knob::Finals));
        let finals = finals.and_then(|(_, finals)| narrowed(finals).parse().ok());
        self.sums.leave_out(finals.unwrap_or(0));
    }

    /// The counts of a row times the images of its unit.
    pub(super) fn in_units(
        &self,
        row: &Row,
        values: &mut [Read<'_>],
        notes: &mut Vec<String>,
    ) -> Result<(), Vec<Reason>> {
        let Some((title, unit)) = self.list.cell(row, Kind::UnitOfCount).filter(|(_, unit)| !is_open(unit)) else {
            return Ok(());
        };
        let images = match unit_of_count(unit) {
            Some(UnitOfCount::Images(images)) => images,
            Some(UnitOfCount::NoImage) => return Ok(()),
            Some(UnitOfCount::Unsaid) => {
                let (column, written) = (Some(title.to_owned()), quoted(unit));
                return Err(vec![Reason { column, explanation: words::intake_unit(&written), written }]);
            }
            None => {
                notes.push(words::intake_unit_unknown(title, quoted(unit)));
                return Ok(());
            }
        };
        let counts = values.iter_mut().filter(|read| read.cell.knob == Knob::Finals && images != 1);
        for read in counts {
            let Value::Count(count) = read.cell.value else { continue };
            let product = Decimal::from(count).checked_mul(Decimal::from(images)).unwrap_or(Decimal::MAX);
            let number = |count: u64| grouped(Decimal::from(count));
            let told = words::intake_product(number(count), number(images), grouped(product));
            let finals = knob_text::whole(product, Knob::Finals.row());
            let finals = finals.map_err(|refusal| of_row(words::refusal(Knob::Finals, &told, &refusal)))?;
            read.cell.value = Value::Count(finals);
            read.cell.noteworthy = false;
            notes.push(told);
        }
        Ok(())
    }
}
