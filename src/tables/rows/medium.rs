//! Rows that no image is made for, by what their name, their medium or a remark says.

use super::{CACHED, Rows};
use crate::cost::Knob;
use crate::tables::cells::{is_open, quoted};
use crate::tables::meanings::{Column, ColumnUse, Kind, Unused};
use crate::tables::media::{self, Medium};
use crate::tables::sums::{is_charged, tells_nothing};
use crate::tables::table::Row;
use crate::tables::titles::plain_title;
use crate::words;

impl Rows<'_> {
    /// Why no image is made for a row, if that is sure; `name` is its own. Where it is not sure, the row says so when it is read.
    pub(super) fn another_medium(&mut self, row: &Row, name: &str) -> Option<String> {
        self.perhaps = None;
        if let Some((title, cell, medium)) = self.said_medium(row) {
            let told = || (title.to_owned(), quoted(cell));
            match medium {
                Medium::Image => return None,
                Medium::Other => return Some(words::intake_skip_medium(told().0, told().1)),
                Medium::Unsure => {
                    self.perhaps = Some(words::intake_unsure_medium(told().0, told().1));
                    return None;
                }
            }
        }
        if let Some((title, cell)) =
            self.list.cell(row, Kind::Knob(Knob::Finals)).filter(|(_, cell)| media::counts_other(cell))
        {
            return Some(words::intake_skip_medium(title, quoted(cell)));
        }
        let said = media::of_name(name);
        match said.map(|said| if self.list.leads && media::leads_other(name) { said.or_other() } else { said }) {
            Some(Medium::Other) => return Some(words::intake_skip_other(quoted(name))),
            Some(Medium::Unsure) => self.perhaps = Some(words::intake_unsure_other(quoted(name))),
            Some(Medium::Image) | None => {}
        }
        if !tells_nothing(self.list, row) {
            return None;
        }
        if media::is_break(name) {
            return Some(words::intake_skip_break(quoted(name)));
        }
        if media::is_service(name) {
            if is_charged(self.list, row, name) {
                return Some(words::intake_skip_charge(name));
            }
            self.perhaps = Some(words::intake_unsure_other(quoted(name)));
        }
        None
    }

    /// What a cell under a title of media or file types says; most lists repeat a few.
    fn type_of(&mut self, cell: &str) -> Option<Medium> {
        if let Some(known) = self.types.get(cell) {
            return *known;
        }
        let said = media::of_type(cell);
        if self.types.len() < CACHED {
            self.types.insert(cell.to_owned(), said);
        }
        said
    }

    /// What a column of media or file types, or a remark, says of a row: its title, the cell and what that means. What a file is
    /// counts before what a channel is.
    fn said_medium<'r>(&mut self, row: &'r Row) -> Option<(&'r str, &'r str, Medium)>
    where
        Self: 'r,
    {
        let list = self.list;
        let filled = |at: usize| row.cells.get(at).map(str::trim).filter(|cell| !is_open(cell));
        let typed = list.typed.iter().filter_map(|at| {
            let cell = filled(*at)?;
            Some((list.columns[*at].title.as_str(), cell, self.type_of(cell)?))
        });
        let typed: Vec<_> = typed.collect();
        let first = |medium: Medium| typed.iter().find(|(.., said)| *said == medium).copied();
        let remark = || {
            let free = |taken: ColumnUse| match taken {
                ColumnUse::As(kind, _) => matches!(kind, Kind::Note | Kind::Prompt | Kind::Knob(_)),
                ColumnUse::Unused(unused) => {
                    matches!(unused, Unused::Second(Kind::Note | Kind::Prompt) | Unused::UnknownTitle)
                }
            };
            let columns = list.columns.iter().enumerate().filter(|(_, column)| free(column.taken));
            let mut told = columns.filter_map(|(at, column)| Some((column, filled(at)?)));
            let (column, cell) = told.find(|(_, cell)| media::is_remark(cell))?;
            Some((column.title.as_str(), cell, Medium::Other))
        };
        first(Medium::Image).or_else(|| first(Medium::Other)).or_else(remark).or_else(|| first(Medium::Unsure))
    }
}

/// The columns of media and of file types.
pub(in crate::tables) fn typed(columns: &[Column]) -> Vec<usize> {
    let typed = |column: &Column| {
        !matches!(column.kind(), Some(Kind::Name | Kind::Note | Kind::Prompt))
            && media::is_type_title(&plain_title(&column.title))
    };
    (0..columns.len()).filter(|at| typed(&columns[*at])).collect()
}
