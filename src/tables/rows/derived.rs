//! Values that a row gives by several cells together: units times the images of each, width and height.

use super::{Read, Rows, of_row};
use crate::cost::budget::knob_text;
use crate::cost::{Decimal, Knob, Value};
use crate::tables::Reason;
use crate::tables::cells::Cell;
use crate::tables::meanings::Kind;
use crate::words;
use crate::words::number::grouped;

impl Rows<'_> {
    /// Units times the images of each in place of the two; where finals are given, those count.
    pub(super) fn multiplied(&self, values: &mut Vec<Read<'_>>, notes: &mut Vec<String>) -> Result<(), Vec<Reason>> {
        let count = |values: &[Read<'_>], kind: Kind| {
            values.iter().find(|read| read.kind == kind).and_then(|read| match read.cell.value {
                Value::Count(count) => Some((read.column, count)),
                _ => None,
            })
        };
        let (units, each) = (count(values, Kind::Units), count(values, Kind::PerUnit));
        let given = count(values, Kind::Knob(Knob::Finals)).map(|(_, count)| count);
        values.retain(|read| !matches!(read.kind, Kind::Units | Kind::PerUnit));
        let (Some((column, units)), Some((_, each))) = (units, each) else { return Ok(()) };
        let product = Decimal::from(units).checked_mul(Decimal::from(each)).unwrap_or(Decimal::MAX);
        let number = |count: u64| grouped(Decimal::from(count));
        let sum = words::intake_product(number(units), number(each), grouped(product));
        match (given, knob_text::whole(product, Knob::Finals.row())) {
            (Some(given), _) if Decimal::from(given) == product => {}
            (Some(given), _) => notes.push(words::intake_product_differs(sum, number(given))),
            (None, Ok(finals)) => {
                notes.push(sum);
                let cell = Cell {
                    knob: Knob::Finals,
                    value: Value::Count(finals),
                    noteworthy: false,
                    asked: None,
                    unsure: false,
                };
                values.push(Read { column, kind: Kind::Knob(Knob::Finals), written: "", cell });
            }
            (None, Err(refusal)) => return Err(of_row(words::refusal(Knob::Finals, &sum, &refusal))),
        }
        Ok(())
    }

    /// A width and a height as the size, unless another column gives it.
    pub(super) fn sized<'r>(&mut self, values: &mut Vec<Read<'r>>) -> Result<(), Vec<Reason>> {
        let edge = |kind: Kind| {
            values.iter().find(|read| read.kind == kind).and_then(|read| match read.cell.value {
                Value::Count(edge) => Some((read.column, edge)),
                _ => None,
            })
        };
        let edges = (edge(Kind::Width), edge(Kind::Height));
        let given = values.iter().any(|read| read.cell.knob == Knob::Size);
        let chosen = values.iter().find(|read| read.cell.knob == Knob::Model).map(|read| read.cell.value.clone());
        values.retain(|read| !matches!(read.kind, Kind::Width | Kind::Height));
        let ((column, width), height) = match edges {
            (Some(width), Some((_, height))) if !given => (width, height),
            (Some(_), None) | (None, Some(_))
                if !given && self.list.has(Kind::Width) && self.list.has(Kind::Height) =>
            {
                return Err(of_row(words::intake_one_edge()));
            }
            _ => return Ok(()),
        };
        let model = chosen.map_or(0, |model| self.model(&model));
        let kind = Kind::Knob(Knob::Size);
        match self.read(column, kind, model, &format!("{width}x{height} px")) {
            Ok(cells) => values.extend(cells.into_iter().map(|cell| Read { column, kind, written: "", cell })),
            Err(why) => return Err(of_row(why.explanation)),
        }
        Ok(())
    }
}
