//! Finds the meaning of each column: what its title proposes and its contents allow; without a title by the contents alone.

mod counts;
mod later;
mod names;
mod quality;
mod units;

use crate::cost::Knob;
use crate::tables::cells::{CellContext, quoted};
use crate::tables::contents::{
    by_contents, filled, filled_width, fitting, holds_money, is_numbering, is_numeric, repeats, usual_width, value_kind,
};
use crate::tables::heads::Titles;
use crate::tables::meanings::{Choices, Column, ColumnUse, Failure, FoundBy, Kind, Unused};
use crate::tables::paper::is_length;
use crate::tables::table::Row;
use crate::tables::titles::{Proposal, is_known, may_number, plain_title, proposals, speaks_of_money};
use crate::tables::vocabulary::{is_not_counted, is_yes_or_no};
use crate::words;
use std::collections::BTreeMap;

/// Cells of a column that a person is shown.
const SAMPLE_CELLS: usize = 4;

/// What the columns are found from.
pub(super) struct Sheet<'a> {
    pub(super) titles: Option<&'a Titles>,
    /// Some rows below the titles.
    pub(super) rows: &'a [Row],
    /// For cells of the project's own model.
    pub(super) context: CellContext<'a>,
    pub(super) choices: &'a Choices,
    /// Columns whose cells could not be read as this meaning.
    pub(super) failed: &'a Failed,
}

/// Columns whose cells could not be read, by their index: each meaning that was tried, and why it failed.
pub(super) type Failed = BTreeMap<usize, Vec<(Kind, Failure)>>;

/// A column's meaning while it competes with others, with its place: the lowest wins.
type Found = (ColumnUse, (usize, usize));

impl Sheet<'_> {
    /// The meaning of each column.
    pub(super) fn columns(&self) -> Vec<Column> {
        let cells = self.titles.map(|titles| &titles.cells);
        let width = cells.map_or(0, filled_width).max(usual_width(self.rows, cells));
        let titled = cells.is_some_and(|cells| cells.iter().any(is_titled));
        let mut found: Vec<Found> = (0..width).map(|column| self.found(column, titled)).collect();
        self.totals_before_parts(&mut found);
        self.later_counts(&mut found);
        keep_plainest(&mut found);
        self.size_classes(&mut found);
        self.totals_as_counts(&mut found);
        self.totals_of_products(&mut found);
        self.units_of_each(&mut found);
        self.multiplied_units(&mut found);
        counts::units_alone(&mut found);
        self.across(&mut found);
        self.unclear_counts(&mut found);
        self.factors(&mut found);
        self.factors_beside(&mut found);
        edges_alone(&mut found);
        self.qualities(&mut found);
        self.names(&mut found);
        let named = found.into_iter().enumerate().map(|(at, (taken, _))| {
            let failure = match taken {
                ColumnUse::Unused(Unused::Failed(_)) => self.failed.get(&at).and_then(|tried| tried.first()),
                _ => None,
            };
            let failure = failure.map(|(_, failure)| failure.clone());
            let title = self.title(at).map_or_else(|| words::intake_column_letters(letters(at)), str::to_owned);
            let sample = filled(self.rows, at).take(SAMPLE_CELLS).map(quoted).collect();
            Column { title, taken, failure, sample }
        });
        named.collect()
    }

    fn title(&self, column: usize) -> Option<&str> {
        self.titles.and_then(|titles| titles.cells.get(column)).map(str::trim).filter(|title| !title.is_empty())
    }

    fn found(&self, column: usize, titled: bool) -> Found {
        match self.choices.get(column) {
            Some(None) => return (ColumnUse::Unused(Unused::Choice), (0, 0)),
            Some(Some(kind)) if !self.has_failed(column, kind) => {
                return (ColumnUse::As(kind, FoundBy::Choice), (0, 0));
            }
            Some(Some(kind)) => return (ColumnUse::Unused(Unused::Failed(kind)), (0, 0)),
            None => {}
        }
        match self.title(column) {
            Some(title) if titled => self.by_title(title, column),
            _ => (self.by_contents(column), (3, column)),
        }
    }

    fn failure(&self, column: usize, kind: Kind) -> Option<&Failure> {
        let tried = self.failed.get(&column)?;
        tried.iter().find(|(failed, _)| *failed == kind).map(|(_, failure)| failure)
    }

    fn has_failed(&self, column: usize, kind: Kind) -> bool {
        // Units by themselves are read as finals.
        let as_finals = matches!(kind, Kind::Units | Kind::PerUnit).then_some(Kind::Knob(Knob::Finals));
        [Some(kind), as_finals].into_iter().flatten().any(|kind| self.failure(column, kind).is_some())
    }

    /// How many filled cells of a column there are, and how many can be read as this kind.
    fn fitting(&self, column: usize, kind: Kind) -> (usize, usize) {
        let title = self.title(column).unwrap_or_default();
        fitting(self.rows, column, kind, &CellContext { title, ..self.context })
    }

    /// What the title proposes and the contents allow, the surest first.
    fn by_title(&self, title: &str, column: usize) -> Found {
        let plain = plain_title(title);
        let all = proposals(title);
        if may_number(&plain) && is_numbering(self.rows, column, if column == 0 { 2 } else { 3 }) {
            return (ColumnUse::Unused(Unused::Numbering), (0, 0));
        }
        // `Detail` with numbers is no note.
        let no_note = |proposal: &Proposal| {
            proposal.kind == Kind::Note && proposal.unsure && self.fitting(column, Kind::Across).1 > 0
        };
        let open = all.iter().filter(|proposal| !self.has_failed(column, proposal.kind) && !no_note(proposal));
        let judged = open.map(|proposal| (*proposal, self.fitting(column, proposal.kind)));
        let judged: Vec<(Proposal, (usize, usize))> = judged.collect();
        let fits = |(proposal, (filled, fit)): &&(Proposal, (usize, usize))| match proposal.unsure {
            true => fit * 2 > *filled && *filled > 0,
            false => *fit > 0,
        };
        if let Some((proposal, _)) = judged.iter().find(fits) {
            return (
                ColumnUse::As(proposal.kind, proposal.found),
                (1, proposal.rank + self.behind(proposal, column, &plain)),
            );
        }
        // A format may be PNG or A4 as well as 4:5.
        let sure = judged.iter().find(|(proposal, _)| !proposal.unsure);
        if let Some((Proposal { kind: Kind::Knob(Knob::Ratio), .. }, (1.., _))) = sure {
            return (ColumnUse::Unused(Unused::Unclear), (0, 0));
        }
        if let Some((proposal, _)) = sure {
            return (ColumnUse::As(proposal.kind, proposal.found), (2, proposal.rank));
        }
        if let Some((kind, _)) = self.failed.get(&column).and_then(|tried| tried.first()) {
            return (ColumnUse::Unused(Unused::Failed(*kind)), (0, 0));
        }
        if all.iter().any(|proposal| proposal.kind.counts()) && filled(self.rows, column).next().is_none() {
            return (ColumnUse::Unused(Unused::Empty), (0, 0));
        }
        (self.by_unknown_title(&plain, column), (4, column))
    }

    /// How far a column stands behind others of its meaning: a name that rows share behind one that tells them apart, `No.` behind a
    /// title that can only count.
    fn behind(&self, proposal: &Proposal, column: usize, plain: &str) -> usize {
        const FAR: usize = 1000;
        let few = filled(self.rows, column).count() * 2 < self.rows.len();
        let shared = proposal.kind == Kind::Name && (few || repeats(self.rows, column));
        let numbers = proposal.kind == Kind::Knob(Knob::Finals) && may_number(plain);
        if shared || numbers { FAR } else { 0 }
    }

    fn by_unknown_title(&self, plain: &str, column: usize) -> ColumnUse {
        if speaks_of_money(plain) && is_numeric(self.rows, column) || holds_money(self.rows, column) {
            return ColumnUse::Unused(Unused::Price);
        }
        if is_numbering(self.rows, column, 3) {
            return ColumnUse::Unused(Unused::Numbering);
        }
        if is_not_counted(plain) && filled(self.rows, column).all(is_yes_or_no) {
            return ColumnUse::As(Kind::Status, FoundBy::Title);
        }
        // A ratio or size is unambiguous. Words and numbers are not: high may be a priority, 3 a number of weeks.
        match self.shape_by_contents(column) {
            Some(kind) => ColumnUse::As(kind, FoundBy::Contents),
            None => ColumnUse::Unused(Unused::UnknownTitle),
        }
    }

    fn shape_by_contents(&self, column: usize) -> Option<Kind> {
        let catalog = self.context.catalog;
        let kind = by_contents(self.rows, column, catalog).filter(|kind| !self.has_failed(column, *kind))?;
        let shape = matches!(kind, Kind::Knob(Knob::Ratio | Knob::Size));
        (shape && filled(self.rows, column).all(|cell| value_kind(cell, catalog) == Some(kind))).then_some(kind)
    }

    fn by_contents(&self, column: usize) -> ColumnUse {
        if filled(self.rows, column).next().is_none() {
            return ColumnUse::Unused(Unused::Empty);
        }
        if is_numbering(self.rows, column, 3) {
            return ColumnUse::Unused(Unused::Numbering);
        }
        if holds_money(self.rows, column) {
            return ColumnUse::Unused(Unused::Price);
        }
        match by_contents(self.rows, column, self.context.catalog) {
            Some(kind) if self.has_failed(column, kind) => ColumnUse::Unused(Unused::Failed(kind)),
            Some(kind) => ColumnUse::As(kind, FoundBy::Contents),
            None => ColumnUse::Unused(Unused::Unclear),
        }
    }
}

fn is_titled(cell: &str) -> bool {
    is_known(&plain_title(cell)) || !proposals(cell).is_empty()
}

/// Of several columns with one meaning the one that was chosen wins, then one whose cells fit, then the plainest title; at equal
/// rank the first.
fn keep_plainest(found: &mut [Found]) {
    let mut best: BTreeMap<Kind, ((usize, usize), usize)> = BTreeMap::new();
    for (at, (taken, place)) in found.iter().enumerate() {
        let ColumnUse::As(kind, _) = taken else { continue };
        if kind.is_shared() {
            continue;
        }
        let own = (*place, at);
        best.entry(kind.sets()).and_modify(|held| *held = (*held).min(own)).or_insert(own);
    }
    for (at, (taken, place)) in found.iter_mut().enumerate() {
        let ColumnUse::As(kind, _) = *taken else { continue };
        if best.get(&kind.sets()).is_some_and(|(_, winner)| *winner != at) {
            // Of what no cell says the column holds nothing a second time.
            let fits = place.0 != 2 || !matches!(kind, Kind::Knob(_));
            *taken = ColumnUse::Unused(if fits { Unused::Second(kind) } else { Unused::Unclear });
        }
    }
}

impl Sheet<'_> {
    /// The column beside widths and heights whose cells are units of length or pixels.
    pub(in crate::tables) fn edge_unit(&self, columns: &[Column]) -> Option<usize> {
        let has = |kind: Kind| columns.iter().any(|column| column.kind() == Some(kind));
        let unit = |cell: &str| is_length(cell) || matches!(cell.to_lowercase().as_str(), "px" | "pixel" | "pixels");
        let units = |at: &usize| filled(self.rows, *at).next().is_some() && filled(self.rows, *at).all(unit);
        (has(Kind::Width) && has(Kind::Height)).then(|| (0..columns.len()).find(units))?
    }
}

/// A width without a height is no size, nor is a height without a width.
fn edges_alone(found: &mut [Found]) {
    let of = |kind: Kind| found.iter().position(|(taken, _)| matches!(taken, ColumnUse::As(own, _) if *own == kind));
    let alone = match (of(Kind::Width), of(Kind::Height)) {
        (Some(at), None) | (None, Some(at)) => at,
        (Some(_), Some(_)) | (None, None) => return,
    };
    if !matches!(found[alone].0, ColumnUse::As(_, FoundBy::Choice)) {
        found[alone].0 = ColumnUse::Unused(Unused::Unclear);
    }
}

/// `A`, `Z`, `AA` for 0, 25, 26.
pub(super) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    letters.iter().rev().collect()
}
