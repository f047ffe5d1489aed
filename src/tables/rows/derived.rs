//! Values that a row gives by several cells together: units times the images of each, width and height.

use super::{Read, Rows, of_row};
use crate::cost::budget::knob_text;
use crate::cost::{Decimal, Knob, Value};
use crate::tables::Reason;
use crate::tables::cells::{Cell, quoted};
use crate::tables::meanings::Kind;
use crate::tables::paper::is_length;
use crate::tables::table::Row;
use crate::words;
use crate::words::number::grouped;

impl Rows<'_> {
    /// Units times the images of each in place of the two; where finals are given, those count.
    pub(super) fn multiplied(&self, values: &mut Vec<Read<'_>>, notes: &mut Vec<String>) -> Result<(), Vec<Reason>> {
        let of = |read: &Read<'_>| match read.cell.value {
            Value::Count(count) => Some((read.column, count)),
            _ => None,
        };
        let count = |values: &[Read<'_>], kind: Kind| values.iter().find(|read| read.kind == kind).and_then(of);
        let each = count(values, Kind::PerUnit);
        let given = count(values, Kind::Knob(Knob::Finals)).map(|(_, count)| count);
        let units: Vec<(usize, u64)> = values.iter().filter(|read| read.kind == Kind::Units).filter_map(of).collect();
        values.retain(|read| !matches!(read.kind, Kind::Units | Kind::PerUnit));
        let complete = units.len() == self.list.of_kind(Kind::Units).count();
        let (Some((column, _)), Some((_, each)), true) = (units.first().copied(), each, complete) else {
            return Ok(());
        };
        let factors = units.iter().map(|(_, units)| *units).chain([each]);
        let product = factors.map(Decimal::from).try_fold(Decimal::ONE, Decimal::checked_mul).unwrap_or(Decimal::MAX);
        let number = |count: u64| grouped(Decimal::from(count));
        let told = units.iter().map(|(_, units)| number(*units)).reduce(words::intake_factors).unwrap_or_default();
        let sum = words::intake_product(told, number(each), grouped(product));
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

    /// Whether a row that counts may be the sum of others, as a sentence.
    pub(super) fn may_sum(&self, row: &Row, name: &str, values: &[Read<'_>]) -> Option<String> {
        let counts = values.iter().filter(|read| read.kind == Kind::Knob(Knob::Finals));
        let finals = counts.map(|read| &read.cell.value).find_map(|value| match value {
            Value::Count(finals) => Some(*finals),
            _ => None,
        });
        let own = self.own_name(row).1;
        let sums = self.list.subtotals.unsure.contains(&row.number) || self.sums.may_sum(&own, finals?);
        sums.then(|| words::intake_unsure_sum(quoted(name)))
    }

    /// A width and a height as the size, unless another column gives it.
    pub(super) fn sized<'r>(
        &mut self,
        row: &Row,
        values: &mut Vec<Read<'r>>,
        notes: &mut Vec<String>,
    ) -> Result<(), Vec<Reason>> {
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
        let unit = self.list.edge_unit.and_then(|at| row.cells.get(at)).map(str::trim).filter(|unit| is_length(unit));
        let written = format!("{width}x{height} {}", if unit.is_some() { "mm" } else { "px" });
        match self.read(column, kind, model, &written) {
            Ok(cells) if unit.is_some() && cells.is_empty() => {
                let (title, unit) = (&self.list.columns[column].title, unit.unwrap_or_default());
                notes.push(words::intake_left_open(title, quoted(&format!("{width}x{height} {unit}"))));
            }
            Ok(cells) => values.extend(cells.into_iter().map(|cell| Read { column, kind, written: "", cell })),
            Err(why) => return Err(of_row(why.explanation)),
        }
        Ok(())
    }
}
