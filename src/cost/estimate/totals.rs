//! The whole project's figures, and the exact sums behind them.

use crate::cost::base::count::PLACES;
use crate::cost::base::money::{Decimal, plus, quotient, trim_zeros};
use crate::cost::estimate::line::{LineEstimate, Stage};

/// The whole project's figures, before and after the buffer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Number of finals, those of every repetition.
    pub finals: u64,
    /// Images generated and paid for, drafts included: an expected number; `None` if a count is unknown.
    pub images: Option<Decimal>,
    /// Sum of the lines' subtotals; `None` if a line has no price.
    pub subtotal: Option<Decimal>,
    /// The known part of the subtotal.
    pub known_subtotal: Decimal,
    /// Sum of the buffers; `None` if a line has no price.
    pub buffer: Option<Decimal>,
    /// Subtotal and buffer; `None` if a line has no price.
    pub total: Option<Decimal>,
    /// Total per final, to 28 digits; `None` without finals or without a total.
    pub per_final: Option<Decimal>,
    /// Lines without a price.
    pub lines_unknown: usize,
    /// Whether a line's cost rests on an approximate number of tokens.
    pub approximate: bool,
}

/// Exact sums that lines can be added to and subtracted from, so that an edit need not sum every line again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sums {
    finals: u128,
    /// In units of the last place that counts are rounded to.
    images: i128,
    uncounted: usize,
    known_subtotal: Decimal,
    buffer: Decimal,
    unknown: usize,
    /// Lines whose cost rests on an approximate number of tokens.
    approximate: usize,
    /// Whether a sum ran out of digits.
    pub(super) inexact: bool,
}

/// One image in units of the last place that counts are rounded to.
const ONE: i128 = 10_i128.pow(PLACES);

/// The images of a stage in units of [`PLACES`].
fn units(stage: &Stage) -> Option<i128> {
    let images = stage.count.as_ref()?.images.number();
    images.mantissa().checked_mul(10_i128.checked_pow(PLACES.checked_sub(images.scale())?)?)
}

impl Sums {
    pub(super) fn change(&mut self, line: &LineEstimate, add: bool) {
        // 128 bits: no number of lines can overflow them, so that every addition can be reversed.
        let count = |now: u128, by: u64| if add { now + u128::from(by) } else { now.saturating_sub(u128::from(by)) };
        let sum = |now: Decimal, by: Decimal| plus(now, if add { by } else { -by });
        let lines = |now: usize| if add { now + 1 } else { now.saturating_sub(1) };
        self.finals = count(self.finals, line.deliverable.all_finals());
        match line.stages.iter().try_fold(0, |sum, stage| Some(sum + units(stage)?)) {
            Some(images) => self.images += if add { images } else { -images },
            None => self.uncounted = lines(self.uncounted),
        }
        if line.total.is_none() {
            self.unknown = lines(self.unknown);
        }
        if line.is_approximate() {
            self.approximate = lines(self.approximate);
        }
        let buffer = line.buffer.unwrap_or(Decimal::ZERO);
        for (into, by) in [(&mut self.known_subtotal, line.known_subtotal), (&mut self.buffer, buffer)] {
            match sum(*into, by) {
                Ok(sum) => *into = sum,
                Err(_) => self.inexact = true,
            }
        }
    }

    pub(super) fn with(&self, other: &Sums) -> Sums {
        let exact = (plus(self.known_subtotal, other.known_subtotal), plus(self.buffer, other.buffer));
        let (known_subtotal, buffer) = match exact {
            (Ok(subtotal), Ok(buffer)) => (subtotal, buffer),
            _ => (self.known_subtotal, self.buffer),
        };
        Sums {
            finals: self.finals + other.finals,
            images: self.images + other.images,
            uncounted: self.uncounted + other.uncounted,
            known_subtotal,
            buffer,
            unknown: self.unknown + other.unknown,
            approximate: self.approximate + other.approximate,
            inexact: self.inexact || other.inexact || !matches!(exact, (Ok(_), Ok(_))),
        }
    }

    pub(super) fn totals(&self) -> Totals {
        let known = self.unknown == 0 && !self.inexact;
        let finals = u64::try_from(self.finals).unwrap_or(u64::MAX);
        let images = Decimal::try_from_i128_with_scale(self.images, PLACES).ok().or_else(|| {
            let (whole, rest) = (self.images / ONE, self.images % ONE);
            (rest == 0).then(|| Decimal::try_from_i128_with_scale(whole, 0).ok()).flatten()
        });
        let total = known.then(|| plus(self.known_subtotal, self.buffer).ok()).flatten();
        let per = |count: u64| total.and_then(|total| quotient(total, Decimal::from(count)));
        Totals {
            finals,
            images: images.filter(|_| self.uncounted == 0).map(trim_zeros),
            subtotal: known.then(|| trim_zeros(self.known_subtotal)),
            known_subtotal: trim_zeros(self.known_subtotal),
            buffer: known.then(|| trim_zeros(self.buffer)),
            total: total.map(trim_zeros),
            per_final: per(finals),
            lines_unknown: self.unknown,
            approximate: self.approximate > 0,
        }
    }
}
