//! Which value counts where several cells of a row give the same: pixels before a size class, a shape before that of paper.

use super::{Read, Rows};
use crate::cost::budget::SizeChoice;
use crate::cost::{Knob, Value};
use crate::tables::cells::quoted;
use crate::tables::meanings::Kind;
use crate::tables::paper::is_paper;
use crate::words;

impl Rows<'_> {
    /// The quality that every row takes, if none gives one: `4K` under a title of qualities is a size class.
    pub(in crate::tables) fn quality_of_project(&self) -> Option<String> {
        let list = self.list;
        let titled = list.has(Kind::Knob(Knob::Quality)) || list.has(Kind::Knob(Knob::Preset));
        let given = titled && (self.rated.0 || !self.rated.1);
        let project = list.budget.resolve(None, list.catalog).filter(|_| !given)?;
        Some(words::intake_quality_of_project(words::value(&Value::Quality(project.quality.value))))
    }

    /// Takes out what another cell of the row says more exactly, and tells it.
    pub(super) fn doubled(&mut self, values: &mut Vec<Read<'_>>, notes: &mut Vec<String>) {
        self.rated.0 |= values.iter().any(|read| matches!(read.cell.knob, Knob::Quality | Knob::Preset));
        self.rated.1 |=
            values.iter().any(|read| read.kind == Kind::Knob(Knob::Quality) && read.cell.knob == Knob::Size);
        let exact = |read: &Read<'_>| matches!(read.cell.value, Value::Size(SizeChoice::Exact(_)));
        let of_paper = |read: &Read<'_>| read.cell.knob == Knob::Ratio && is_paper(read.written);
        let sized = values.iter().any(|read| read.cell.knob == Knob::Size && exact(read));
        let shaped = values.iter().any(|read| read.cell.knob == Knob::Ratio && !of_paper(read));
        values.retain(|read| {
            let class = sized && read.cell.knob == Knob::Size && !exact(read);
            let less = class || ((sized || shaped) && of_paper(read));
            if less {
                let title = &self.list.columns[read.column].title;
                notes.push(words::intake_left_open(title, quoted(read.written.trim())));
            }
            !less
        });
    }
}
