//! A column of low, medium and high under a title that says something else, such as the resolution.

use super::{Found, Sheet};
use crate::cost::Knob;
use crate::tables::cells::is_open;
use crate::tables::contents::filled;
use crate::tables::letters::is_unspaced;
use crate::tables::meanings::{Column, ColumnUse, FoundBy, Kind, Unused};
use crate::tables::media::is_type_title;
use crate::tables::titles::{is_attribute, is_rated, plain_title};
use crate::tables::{shapes, vocabulary};

impl Sheet<'_> {
    /// The first column of which most cells say a quality, if no other column is the quality. A priority may be high too.
    pub(super) fn qualities(&self, found: &mut [Found]) {
        let quality = Kind::Knob(Knob::Quality);
        if found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(kind, _) if *kind == quality)) {
            return;
        }
        let free = |at: &usize| match found[*at] {
            (ColumnUse::As(kind, FoundBy::Title | FoundBy::NearTitle), place) => place.0 == 2 && !kind.is_text(),
            (ColumnUse::As(_, FoundBy::Contents | FoundBy::Choice), _) => false,
            (ColumnUse::Unused(unused), _) => match unused {
                Unused::UnknownTitle | Unused::Unclear | Unused::Second(_) => true,
                Unused::Failed(kind) => kind != quality,
                Unused::Price | Unused::Uncounted | Unused::Numbering | Unused::Empty | Unused::Choice => false,
                Unused::Sum | Unused::Earlier => false,
            },
        };
        let rated = |at: usize| self.title(at).is_none_or(|title| is_attribute(title) || is_rated(title));
        let says = |at: usize| {
            let cells = filled(self.rows, at).filter(|cell| !is_open(cell));
            let (all, fit) = cells.fold((0, 0), |(all, fit), cell| (all + 1, fit + usize::from(is_level(cell))));
            fit > 1 && fit * 2 > all
        };
        let at = (0..found.len()).filter(free).find(|at| !rated(*at) && !self.has_failed(*at, quality) && says(*at));
        if let Some(at) = at {
            found[at].0 = ColumnUse::As(quality, FoundBy::Contents);
        }
    }

    /// `Resolution` with 2K and 4K beside a size in centimetres or as a ratio: both are the size.
    pub(super) fn size_classes(&self, found: &mut [Found]) {
        let size = Kind::Knob(Knob::Size);
        let classes = |at: usize| {
            let cells = filled(self.rows, at).filter(|cell| !is_open(cell));
            let (all, fit) = cells.fold((0, 0), |(all, fit), cell| (all + 1, fit + usize::from(shapes::is_tier(cell))));
            fit * 2 > all
        };
        let held = found.iter().position(|(taken, _)| matches!(taken, ColumnUse::As(kind, _) if *kind == size));
        let Some(held) = held else { return };
        let second = |at: &usize| found[*at].0 == ColumnUse::Unused(Unused::Second(size));
        if let Some(at) = (0..found.len()).filter(second).find(|at| classes(*at) != classes(held)) {
            found[at].0 = ColumnUse::As(size, FoundBy::Title);
        }
    }

    /// The columns of shapes of which most cells say something else, such as a format that is PNG, a poster or 4:5.
    pub(in crate::tables) fn loose(&self, columns: &[Column]) -> Vec<usize> {
        let shape = |kind: &Kind| matches!(kind, Kind::Knob(Knob::Ratio | Knob::Size));
        let first = |at: usize, kind: Kind| columns.iter().position(|column| column.kind() == Some(kind)) == Some(at);
        let found = |at: &usize| {
            let ColumnUse::As(kind, how) = columns[*at].taken else { return false };
            let (all, fit) = self.fitting(*at, kind);
            let formats = self.title(*at).is_some_and(|title| is_type_title(&plain_title(title)));
            let few = formats && fit > 0 && all > 3 && fit * 2 < all;
            shape(&kind) && how != FoundBy::Choice && (few || !first(*at, kind))
        };
        (0..columns.len()).filter(found).collect()
    }
}

/// Whether a cell is a word for low, medium or high; a single letter may be a size of clothes.
fn is_level(cell: &str) -> bool {
    let whole = cell.len() <= 40 && (cell.chars().count() > 1 || cell.chars().all(is_unspaced));
    whole && matches!(vocabulary::quality(cell), Some("low" | "medium" | "high"))
}
