//! Which columns count: totals beside their parts, units beside images of each, and counts across.

use super::{Found, Sheet};
use crate::cost::Knob;
use crate::tables::across::{is_made_so, is_part, shape};
use crate::tables::cells::is_open;
use crate::tables::contents::{filled, holds_money};
use crate::tables::letters::narrowed;
use crate::tables::meanings::{ColumnUse, FoundBy, Kind, Unused};
use crate::tables::table::Row;
use crate::tables::titles::{is_known, is_multiplier, plain_title, speaks_of_paper};
use crate::tables::vocabulary::{is_mark, is_not_counted, is_sum, may_be_sum};

impl Sheet<'_> {
    /// Where `Total images` is in no row less than another count and in one more, it counts what the other multiplies.
    pub(super) fn totals_before_parts(&self, found: &mut [Found]) {
        let finals = |at: &usize| matches!(found[*at].0, ColumnUse::As(kind, FoundBy::Title | FoundBy::NearTitle) if kind.sets() == Kind::Knob(Knob::Finals));
        let plain = |at: usize| self.title(at).map(plain_title).unwrap_or_default();
        let counts: Vec<usize> = (0..found.len()).filter(finals).collect();
        let Some(total) = counts.iter().copied().find(|at| may_be_sum(&plain(*at))) else { return };
        let number =
            |row: &Row, at: usize| row.cells.get(at).and_then(|cell| narrowed(cell.trim()).parse::<u64>().ok());
        for part in counts.into_iter().filter(|at| *at != total && !plain(*at).contains("final")) {
            let pairs: Vec<_> =
                self.rows.iter().filter_map(|row| Some((number(row, total)?, number(row, part)?))).collect();
            if pairs.iter().all(|(all, one)| all >= one) && pairs.iter().any(|(all, one)| all > one) {
                found[part].1.0 += 1;
            }
        }
    }

    /// `Total` and `Amount` are counts where nothing else counts, nothing else is money, and the cells are whole numbers.
    pub(super) fn totals_as_counts(&self, found: &mut [Found]) {
        let counts = |taken: &ColumnUse| {
            matches!(taken, ColumnUse::As(Kind::Knob(Knob::Finals) | Kind::Units | Kind::PerUnit, _))
        };
        let titled = |at: usize| self.title(at).is_some_and(|title| is_total_title(&plain_title(title)));
        let money = |at: &usize| match found[*at].0 {
            ColumnUse::Unused(Unused::Price) => true,
            taken => taken == ColumnUse::Unused(Unused::UnknownTitle) && titled(*at),
        };
        let mut prices = (0..found.len()).filter(money);
        let price = prices.next();
        if found.iter().any(|(taken, _)| counts(taken)) || prices.next().is_some() {
            return;
        }
        let finals = Kind::Knob(Knob::Finals);
        let totals = |at: &usize| {
            let (filled, fit) = self.fitting(*at, finals);
            titled(*at) && filled > 0 && filled == fit && !holds_money(self.rows, *at) && !self.has_failed(*at, finals)
        };
        if let Some(at) = price.filter(totals) {
            found[at].0 = ColumnUse::As(finals, FoundBy::Contents);
        }
    }

    /// Columns that each count for a month, a shape, a channel or a view, where no other column counts: at least two, or one with a
    /// shape; numbers between them count alike. Other whole numbers of a list without counts are told, since they may be counts.
    pub(super) fn across(&self, found: &mut [Found]) {
        let parts: Vec<usize> = (0..found.len()).filter(|at| self.counts_for_its_title(found, *at)).collect();
        let counts = |taken: &ColumnUse| matches!(taken, ColumnUse::As(kind, _) if kind.counts());
        let mut others = (0..found.len()).filter(|at| counts(&found[*at].0) && !parts.contains(at));
        if let Some(total) = others.next() {
            let alone = others.next().is_none();
            if !self.is_sum_of(found, total, &parts) {
                self.untold(found, &parts);
            } else if parts.iter().all(|at| self.is_counting(*at)) {
                let second = ColumnUse::Unused(Unused::Second(Kind::Knob(Knob::Finals)));
                parts.into_iter().for_each(|at| found[at].0 = second);
                if let ColumnUse::As(kind, FoundBy::Contents) = found[total].0 {
                    found[total].0 = ColumnUse::As(kind, FoundBy::Title);
                }
            } else if alone && self.splits(found[total].0, total, &parts) {
                found[total].0 = ColumnUse::Unused(Unused::Sum);
                parts.into_iter().for_each(|at| found[at].0 = ColumnUse::As(Kind::Across, FoundBy::Title));
            }
            return;
        }
        if self.titles.is_some_and(|titles| titles.of_money) {
            return self.untold(found, &parts);
        }
        let titled = (0..found.len()).filter(|at| self.title(*at).is_some_and(is_part)).count();
        let one = || parts.len() == 1 && (titled > 1 || self.title(parts[0]).is_some_and(shape));
        let unknown = |found: &[Found], at: usize| found[at].0 == ColumnUse::Unused(Unused::UnknownTitle);
        if parts.len() > 1 || one() {
            let (mut first, mut last) = (parts[0], parts[parts.len() - 1]);
            let joins = |at: usize| unknown(found, at) && self.holds_counts(at);
            if self.is_of_shapes(found) {
                first = (1..first).rev().take_while(|at| joins(*at)).last().unwrap_or(first);
                last = (last + 1..found.len()).take_while(|at| joins(*at)).last().unwrap_or(last);
            }
            for at in first..=last {
                if parts.contains(&at) || (unknown(found, at) && self.holds_counts(at)) {
                    found[at].0 = ColumnUse::As(Kind::Across, FoundBy::Title);
                }
            }
        }
        for at in 0..found.len() {
            let total = self.title(at).is_some_and(|title| is_total_title(&plain_title(title)));
            let no_count = self.title(at).is_some_and(speaks_of_paper)
                || (total && !parts.is_empty() && self.is_sum_of(found, at, &parts));
            let no_name = found[at].0 == ColumnUse::Unused(Unused::Second(Kind::Name)) && !self.holds_numbers(at);
            if (unknown(found, at) || no_name) && self.holds_counts(at) && !no_count {
                found[at].0 = ColumnUse::Unused(Unused::Uncounted);
            }
        }
    }

    /// Whether the parts of a total are deliverables of their own: each says how its pictures are made, by a ratio or a size. Views,
    /// channels and times are none: the total counts the pictures of one deliverable.
    fn splits(&self, taken: ColumnUse, total: usize, parts: &[usize]) -> bool {
        let finals = Kind::Knob(Knob::Finals);
        let found = matches!(taken, ColumnUse::As(kind, how) if kind == finals && how != FoundBy::Choice);
        let apart = parts.iter().all(|at| self.title(*at).is_some_and(is_made_so));
        let counting = parts.iter().filter(|at| filled(self.rows, **at).next().is_some()).count();
        found && apart && counting > 1 && self.holds_counts(total)
    }

    /// Numbers that may be counts, and of which nothing says how they count beside the others.
    fn untold(&self, found: &mut [Found], parts: &[usize]) {
        let marked = |at: usize| self.title(at).is_some_and(shape) && filled(self.rows, at).all(is_mark);
        let counting: Vec<usize> = parts.iter().copied().filter(|at| self.holds_counts(*at) || marked(*at)).collect();
        if counting.len() > 1 {
            counting.into_iter().for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Uncounted));
        }
    }

    /// Whether a column is the sum of these in each row; also if nothing of them can be compared.
    /// Rows that are done or dropped may be summed up as nothing.
    fn is_sum_of(&self, found: &[Found], total: usize, parts: &[usize]) -> bool {
        let status = |at: &usize| matches!(found[*at].0, ColumnUse::As(Kind::Status, _));
        let statuses: Vec<usize> = (0..found.len()).filter(status).collect();
        let sums = |row: &Row| row.cells.iter().any(|cell| is_sum(cell) || may_be_sum(cell));
        let counted = |row: &&Row| {
            !sums(row) && !statuses.iter().any(|at| is_not_counted(row.cells.get(*at).unwrap_or_default().trim()))
        };
        let number = |row: &Row, at: usize| {
            let cell = narrowed(row.cells.get(at).unwrap_or_default().trim()).into_owned();
            match cell.as_str() {
                open if is_open(open) => Some(0),
                mark if is_mark(mark) => Some(1),
                count => count.parse::<u64>().ok(),
            }
        };
        let sum = |row: &Row| parts.iter().map(|at| number(row, *at)).sum::<Option<u64>>();
        let rows = self.rows.iter().filter(counted);
        rows.filter_map(|row| Some((number(row, total)?, sum(row)?))).all(|(all, parts)| all == parts)
    }

    /// `Images per month` beside `Months`: those are the units.
    pub(super) fn multiplied_units(&self, found: &mut [Found]) {
        let of = |found: &[Found], kind: Kind| {
            found.iter().position(|(taken, _)| matches!(taken, ColumnUse::As(own, _) if *own == kind))
        };
        if of(found, Kind::PerUnit).is_none() || of(found, Kind::Units).is_some() {
            return;
        }
        let unknown = |at: &usize| matches!(found[*at].0, ColumnUse::Unused(Unused::UnknownTitle | Unused::Numbering));
        let times = |at: &usize| unknown(at) && self.title(*at).is_some_and(is_multiplier) && self.holds_counts(*at);
        if let Some(at) = (0..found.len()).find(times) {
            found[at].0 = ColumnUse::As(Kind::Units, FoundBy::Title);
        }
    }

    /// Several columns of whole numbers under titles of which none is known: nothing tells which of them counts.
    pub(super) fn unclear_counts(&self, found: &mut [Found]) {
        let finals = Kind::Knob(Knob::Finals);
        let guessed = |at: &usize| {
            let taken = found[*at].0;
            let counts =
                taken == ColumnUse::As(finals, FoundBy::Contents) || taken == ColumnUse::Unused(Unused::Second(finals));
            counts && self.title(*at).is_some() && self.holds_counts(*at)
        };
        let guessed: Vec<usize> = (0..found.len()).filter(guessed).collect();
        let by_title = found
            .iter()
            .any(|(taken, _)| matches!(taken, ColumnUse::As(kind, how) if kind.counts() && *how != FoundBy::Contents));
        if guessed.len() > 1 && !by_title {
            for at in guessed {
                found[at].0 = ColumnUse::Unused(Unused::Uncounted);
            }
        }
    }

    /// `Sizes`, `Versions` and `Languages` multiply one another: none of them alone counts, and a total that is their product does.
    pub(super) fn factors(&self, found: &mut [Found]) {
        let finals = Kind::Knob(Knob::Finals);
        let factor = |at: &usize| self.title(*at).is_some_and(is_multiplier) && self.holds_counts(*at);
        let factors: Vec<usize> = (0..found.len()).filter(factor).collect();
        let counts = |at: &usize| matches!(found[*at].0, ColumnUse::As(kind, FoundBy::Title) if kind == finals);
        let counted = factors.iter().any(counts);
        let total = (0..found.len()).find(|at| factors.len() > 1 && self.is_product_of(*at, &factors));
        if let Some(total) = total.filter(|at| counted || counts(at)) {
            found[total].0 = ColumnUse::As(finals, FoundBy::Title);
            factors.into_iter().for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Second(finals)));
        } else if factors.len() > 1 && counted {
            factors.into_iter().for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Uncounted));
        }
    }

    /// Whether a column under the title of a total is the product of these in each row.
    fn is_product_of(&self, total: usize, factors: &[usize]) -> bool {
        let titled = self.title(total).is_some_and(|title| may_be_sum(title) || is_total_title(&plain_title(title)));
        let number =
            |row: &Row, at: usize| row.cells.get(at).and_then(|cell| narrowed(cell.trim()).parse::<u64>().ok());
        let product = |row: &Row| factors.iter().try_fold(1_u64, |all, at| all.checked_mul(number(row, *at)?));
        let mut rows = self.rows.iter().filter_map(|row| Some((number(row, total)?, product(row)?))).peekable();
        titled && self.holds_counts(total) && rows.peek().is_some() && rows.all(|(all, product)| all == product)
    }

    /// Whether the first column says the shape of each row, so that the titles of the others say what it is of.
    fn is_of_shapes(&self, found: &[Found]) -> bool {
        let shape = |taken: &ColumnUse| matches!(taken, ColumnUse::As(Kind::Knob(Knob::Size | Knob::Ratio), _));
        let named = found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Name, FoundBy::Title)));
        !named && found.first().is_some_and(|(taken, _)| shape(taken))
    }

    /// `Total` beside images and what multiplies them, such as markets: the total is what is to be made.
    pub(super) fn totals_of_products(&self, found: &mut [Found]) {
        let finals = Kind::Knob(Knob::Finals);
        let number =
            |row: &Row, at: usize| row.cells.get(at).and_then(|cell| narrowed(cell.trim()).parse::<u64>().ok());
        let total = |at: &usize| {
            found[*at].0 == ColumnUse::Unused(Unused::Price)
                && self.title(*at).is_some_and(|title| is_total_title(&plain_title(title)))
        };
        let Some(total) = (0..found.len()).find(total) else { return };
        let Some(part) = found.iter().position(
            |(taken, _)| matches!(taken, ColumnUse::As(kind, how) if *kind == finals && *how != FoundBy::Choice),
        ) else {
            return;
        };
        let multiplies = |at: &usize| {
            let by_title = self.title(*at).is_some_and(is_multiplier);
            let rows =
                self.rows.iter().filter_map(|row| Some((number(row, total)?, number(row, part)?, number(row, *at)?)));
            let rows: Vec<_> = rows.collect();
            by_title && !rows.is_empty() && rows.iter().all(|(all, one, times)| one.checked_mul(*times) == Some(*all))
        };
        if (0..found.len()).any(|at| multiplies(&at)) {
            found[total].0 = ColumnUse::As(finals, FoundBy::Title);
            found[part].0 = ColumnUse::Unused(Unused::Second(finals));
        }
    }

    /// Whether a column may be one of counts across: by its title, with a whole number or nothing in it. One number is enough, so that
    /// none is lost beside cells that cannot be read.
    fn counts_for_its_title(&self, found: &[Found], at: usize) -> bool {
        let Some(title) = self.title(at) else { return false };
        let free = match found[at].0 {
            ColumnUse::As(kind, FoundBy::Title | FoundBy::NearTitle) => {
                kind == Kind::Across || !is_known(&plain_title(title))
            }
            ColumnUse::As(kind, FoundBy::Contents) => kind == Kind::Knob(Knob::Finals),
            ColumnUse::As(_, FoundBy::Choice) => false,
            ColumnUse::Unused(unused) => match unused {
                Unused::UnknownTitle | Unused::Numbering | Unused::Unclear | Unused::Empty | Unused::Uncounted => true,
                Unused::Second(_) => !is_known(&plain_title(title)),
                Unused::Price | Unused::Choice | Unused::Failed(_) | Unused::Sum | Unused::Earlier => false,
            },
        };
        if !free || !(is_part(title) || self.is_counting(at)) || self.has_failed(at, Kind::Across) {
            return false;
        }
        let (all, fit) = self.fitting(at, Kind::Across);
        all == 0 || fit > 0
    }

    /// Whether a title of counts above this column and others says that it counts.
    fn is_counting(&self, at: usize) -> bool {
        self.titles.is_some_and(|titles| titles.counting.contains(&at))
    }

    /// Whether most cells of a column are whole numbers.
    pub(super) fn holds_counts(&self, at: usize) -> bool {
        let whole = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
        let (all, fit) = self.fitting(at, Kind::Across);
        fit * 2 > all && filled(self.rows, at).any(|cell| whole(&narrowed(cell)))
    }
}

fn is_total_title(plain: &str) -> bool {
    matches!(
        plain,
        "total" | "totals" | "summe" | "gesamt" | "totale" | "somme" | "amount" | "合計" | "合计" | "小計" | "小计"
    )
}

/// Units without images for each, and images for each without units, are the finals, unless a column holds them.
pub(super) fn units_alone(found: &mut [Found]) {
    let of = |kind: Kind| found.iter().position(|(taken, _)| matches!(taken, ColumnUse::As(own, _) if *own == kind));
    let (units, per_unit, finals) = (of(Kind::Units), of(Kind::PerUnit), of(Kind::Knob(Knob::Finals)));
    let alone = match (units, per_unit) {
        (Some(at), None) | (None, Some(at)) => at,
        (Some(_), Some(_)) | (None, None) => return,
    };
    let ColumnUse::As(_, how) = found[alone].0 else { return };
    let second = ColumnUse::Unused(Unused::Second(Kind::Knob(Knob::Finals)));
    let gives_way = match finals {
        Some(at) if how == FoundBy::Choice && found[at].0 != ColumnUse::As(Kind::Knob(Knob::Finals), how) => Some(at),
        Some(_) => Some(alone),
        None => None,
    };
    found[alone].0 = ColumnUse::As(Kind::Knob(Knob::Finals), how);
    if let Some(at) = gives_way {
        found[at].0 = second;
    }
}
