//! Rows that no image is made for, by what their name, their medium or a remark says.

use super::{CACHED, Rows};
use crate::cost::Knob;
use crate::tables::cells::{is_open, quoted};
use crate::tables::meanings::{Column, ColumnUse, Kind, Unused};
use crate::tables::media::{self, Medium};
use crate::tables::sums::{is_charged, tells_nothing};
use crate::tables::table::Row;
use crate::tables::titles::plain_title;
use crate::tables::units::counts_time;
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
        let count =
            self.list.cell(row, Kind::Knob(Knob::Finals)).filter(|(_, cell)| cell.contains(char::is_alphabetic));
        match count {
            Some((title, cell)) if media::counts_other(cell) => {
                return Some(words::intake_skip_medium(title, quoted(cell)));
            }
            Some((title, cell)) if counts_time(cell) => return Some(words::intake_skip_unit(title, quoted(cell))),
            _ => {}
        }
        let said = media::of_name(name);
        match said.map(|said| if self.list.leads && media::leads_other(name) { said.or_other() } else { said }) {
            Some(Medium::Other) => return Some(words::intake_skip_other(quoted(name))),
            Some(Medium::Unsure) => self.perhaps = Some(words::intake_unsure_other(quoted(name))),
            None if media::has_remark(name) => self.perhaps = Some(words::intake_unsure_other(quoted(name))),
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
        let said = if media::is_spot(cell) { Some(self.list.media.spots) } else { media::of_type(cell) };
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
        let typed = list.media.typed.iter().filter_map(|at| {
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
            let told: Vec<_> = columns.filter_map(|(at, column)| Some((column.title.as_str(), filled(at)?))).collect();
            let whole = told.iter().find(|(_, cell)| media::is_remark(cell));
            let part = || told.iter().find(|(_, cell)| media::has_remark(cell));
            let (medium, (title, cell)) =
                whole.map(|told| (Medium::Other, *told)).or_else(|| Some((Medium::Unsure, *part()?)))?;
            Some((title, cell, medium))
        };
        let timed = || {
            let mut cells =
                list.media.timed.iter().filter_map(|at| Some((list.columns[*at].title.as_str(), filled(*at)?)));
            cells.find(|(_, cell)| media::is_time(cell)).map(|(title, cell)| (title, cell, Medium::Other))
        };
        first(Medium::Image)
            .or_else(|| first(Medium::Other))
            .or_else(timed)
            .or_else(remark)
            .or_else(|| first(Medium::Unsure))
    }
}

/// The columns that say what a row is made of.
pub(in crate::tables) struct Media {
    /// Those of media and of file types.
    typed: Vec<usize>,
    /// Those of how long something runs.
    timed: Vec<usize>,
    /// What `spot` means in them.
    spots: Medium,
}

impl Media {
    pub(in crate::tables) fn of(columns: &[Column], sample: &[Row]) -> Media {
        let titled = |known: fn(&str) -> bool| -> Vec<usize> {
            let free = |column: &Column| !matches!(column.kind(), Some(Kind::Name | Kind::Note | Kind::Prompt));
            let titled = |at: &usize| free(&columns[*at]) && known(&plain_title(&columns[*at].title));
            (0..columns.len()).filter(titled).collect()
        };
        let (typed, timed) = (titled(media::is_type_title), titled(media::is_length_title));
        let types = sample.iter().flat_map(|row| typed.iter().filter_map(|at| row.cells.get(*at)));
        let spots = media::spots(types);
        Media { typed, timed, spots }
    }
}
