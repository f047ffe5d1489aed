//! Units times the images of each: `Articles` beside `Images per article`, `Posts per week` beside `Weeks`, `Colours` beside
//! `Views`. A count that may multiply the finals, and of which nothing says so, is told.

use super::{Found, Sheet};
use crate::cost::Knob;
use crate::tables::contents::{filled, is_numbering};
use crate::tables::letters::narrowed;
use crate::tables::meanings::{ColumnUse, FoundBy, Kind, Unused};
use crate::tables::titles::each::{counted_noun, counts_views, each, is_generic, same_noun};
use crate::tables::titles::{counts_finals, is_multiplier, plain_title, proposals};
use crate::tables::vocabulary::may_be_sum;
use std::collections::HashSet;

const FINALS: Kind = Kind::Knob(Knob::Finals);
const UNITS: ColumnUse = ColumnUse::As(Kind::Units, FoundBy::Title);

/// Units of one row that are rather a number of the article.
const UNITS_USUAL: u64 = 999;

impl Sheet<'_> {
    /// Finds the units that images are counted for each of, by the noun of the title.
    pub(super) fn units_of_each(&self, found: &mut [Found]) {
        let chosen = |(taken, _): &Found| matches!(taken, ColumnUse::As(kind, FoundBy::Choice) if kind.counts());
        if found.iter().any(chosen) {
            return;
        }
        self.views_of_units(found);
        let by_title = |(taken, _): &Found| *taken == ColumnUse::As(Kind::PerUnit, FoundBy::Title);
        let Some(of_each) = found.iter().position(by_title) else { return };
        let Some((_, unit)) = each(&self.plain(of_each)) else { return };
        let mut chain = Vec::new();
        let mut unit = unit;
        while let Some((at, next)) = self.counted_as(found, &unit, of_each, &chain) {
            chain.push(at);
            match next {
                Some(next) => unit = next,
                None => {
                    chain.iter().for_each(|at| found[*at].0 = UNITS);
                    return;
                }
            }
        }
        let units = found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Units, _)));
        // Posts for each week, and no weeks: how many there are is not said.
        let rates = !chain.is_empty();
        chain.into_iter().for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Uncounted));
        let generic = |at: &usize| {
            found[*at].0 == ColumnUse::As(FINALS, FoundBy::Title)
                && is_generic(&self.plain(*at))
                && self.holds_counts(*at)
        };
        if let Some(at) = (0..found.len()).find(generic).filter(|_| !units && !rates && !unit.is_empty()) {
            found[at].0 = UNITS;
        }
    }

    fn plain(&self, at: usize) -> String {
        self.title(at).map(plain_title).unwrap_or_default()
    }

    /// Views beside units are those of each.
    fn views_of_units(&self, found: &mut [Found]) {
        let of = |kind: Kind| found.iter().position(|(taken, _)| *taken == ColumnUse::As(kind, FoundBy::Title));
        let (Some(units), Some(finals), None) = (of(Kind::Units), of(FINALS), of(Kind::PerUnit)) else { return };
        if counts_views(&self.plain(finals)) && self.holds_counts(units) {
            found[finals].0 = ColumnUse::As(Kind::PerUnit, FoundBy::Title);
        }
    }

    /// The column that counts this unit, and the unit that it counts it for each of, if any.
    fn counted_as(
        &self,
        found: &[Found],
        unit: &str,
        of_each: usize,
        chain: &[usize],
    ) -> Option<(usize, Option<String>)> {
        if unit.is_empty() {
            return None;
        }
        let free = |at: &usize| match found[*at].0 {
            _ if *at == of_each || chain.contains(at) => false,
            ColumnUse::As(kind, how) => {
                how != FoundBy::Choice
                    && (kind.counts() || matches!(kind, Kind::Name | Kind::Group | Kind::Knob(Knob::References)))
            }
            ColumnUse::Unused(unused) => match unused {
                Unused::UnknownTitle | Unused::Second(_) | Unused::Unclear | Unused::Uncounted => true,
                Unused::Price | Unused::Numbering | Unused::Empty | Unused::Failed(_) => false,
                Unused::Choice | Unused::Sum | Unused::Earlier => false,
            },
        };
        let counts = |at: usize| {
            let plain = self.plain(at);
            let rate = each(&plain).filter(|(counted, _)| same_noun(counted, unit));
            let noun = || counted_noun(&plain).is_some_and(|noun| same_noun(noun, unit));
            let next = rate.map(|(_, next)| Some(next)).or_else(|| noun().then_some(None))?;
            (self.holds_counts(at) && !self.holds_numbers(at)).then_some((at, next))
        };
        (0..found.len()).filter(free).find_map(counts)
    }

    /// Whether a column of whole numbers tells articles apart instead of counting them: large ones, or as long ones that all differ.
    pub(super) fn holds_numbers(&self, at: usize) -> bool {
        let cells: Vec<String> = filled(self.rows, at).map(|cell| narrowed(cell).into_owned()).collect();
        let large = cells.iter().any(|cell| cell.parse().is_ok_and(|count: u64| count > UNITS_USUAL));
        let as_long = cells.iter().all(|cell| cell.len() == cells[0].len() && cell.len() > 2);
        let differ = cells.len() > 2 && cells.iter().collect::<HashSet<_>>().len() == cells.len();
        large || (as_long && differ) || is_numbering(self.rows, at, 3)
    }

    /// Counts beside the finals that may multiply them: they are told, unless a total holds them already.
    pub(super) fn factors_beside(&self, found: &mut [Found]) {
        let Some(finals) = found.iter().position(
            |(taken, _)| matches!(taken, ColumnUse::As(kind, how) if *kind == FINALS && *how != FoundBy::Choice),
        ) else {
            return;
        };
        let plain = self.plain(finals);
        let total = may_be_sum(&plain) || plain.split(' ').any(|word| matches!(word, "total" | "gesamt" | "overall"));
        if total || found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Units | Kind::PerUnit, _))) {
            return;
        }
        let left_out = |at: &usize| {
            let taken = found[*at].0;
            *at != finals
                && (matches!(taken, ColumnUse::Unused(Unused::Second(kind)) if kind.counts())
                    || taken == ColumnUse::Unused(Unused::UnknownTitle))
        };
        let multiplies = |at: &usize| {
            let units = |title: &str| proposals(title).first().is_some_and(|first| first.kind == Kind::Units);
            // `Versions` may count the finals themselves.
            let by_title = self
                .title(*at)
                .is_some_and(|title| (is_multiplier(title) || units(title)) && !counts_finals(&plain_title(title)));
            by_title && self.holds_counts(*at) && filled(self.rows, *at).any(|cell| narrowed(cell) != "1")
        };
        let told: Vec<usize> = (0..found.len()).filter(left_out).filter(multiplies).collect();
        told.into_iter().for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Uncounted));
    }
}
