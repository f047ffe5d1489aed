//! Merged cells: only the first of them holds a value in the file, though all of them show it.

use super::archive::Trouble;
use super::sheet::{SheetRow, Value, cell_name, place};
use crate::cost::base::limits::LIST_LINES_MAX;
use crate::words;

/// An area of cells that are merged to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// Rows, from 1.
    rows: (usize, usize),
    /// Columns, from 0.
    columns: (usize, usize),
}

impl Area {
    /// `A2:B4`.
    pub(super) fn parse(area: &str) -> Option<Area> {
        let (first, last) = area.split_once(':')?;
        let (first, last) = (place(first)?, place(last)?);
        Some(Area { rows: (first.0, last.0), columns: (first.1, last.1) })
    }

    fn name(&self) -> String {
        format!("{}:{}", cell_name(self.rows.0, self.columns.0), cell_name(self.rows.1, self.columns.1))
    }
}

/// Gives a text that several rows share to each of them. A number counts once: a quantity over three rows is not three times as
/// much. Returns the rows with sentences about both.
pub(super) fn spread(rows: &mut [SheetRow], areas: &[Area]) -> Result<Vec<(usize, String)>, Trouble> {
    let mut told = Vec::new();
    // Areas that overlap are in no real workbook and would take their product of steps.
    let mut steps = 0_usize;
    for area in areas {
        let column = area.columns.0;
        let begin = rows.partition_point(|row| row.number < area.rows.0);
        let end = rows.partition_point(|row| row.number <= area.rows.1).max(begin);
        steps += end - begin;
        if steps > LIST_LINES_MAX {
            return Err(Trouble::TooMuch);
        }
        let Some((first, rest)) = rows[begin..end].split_first_mut() else { continue };
        let value = first.cells.iter().find(|(at, _)| *at == column).map(|(_, value)| value.clone());
        let Some(value) = value.filter(|_| first.number == area.rows.0) else { continue };
        if rest.is_empty() {
            let beside = first.cells.iter().any(|(at, _)| *at > area.columns.1);
            told.extend(
                beside.then(|| (first.number, words::list_merged_across(area.name(), cell_name(first.number, column)))),
            );
            continue;
        }
        if !matches!(value, Value::Shared(_) | Value::Text(_)) {
            told.push((first.number, words::list_merged_number(area.name(), first.number)));
            continue;
        }
        told.push((first.number, words::list_merged_text(area.name())));
        for row in rest {
            if let Err(at) = row.cells.binary_search_by_key(&column, |(at, _)| *at) {
                row.cells.insert(at, (column, value.clone()));
            }
        }
    }
    Ok(told)
}
