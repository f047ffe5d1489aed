//! The whole project's figures, and the exact sums behind them.

use crate::cost::base::count::PLACES;
use crate::cost::base::money::{Decimal, Inexact, in_units, plus, quotient, trim_zeros};
use crate::cost::base::wide::Wide;
use crate::cost::estimate::invoice::{Charges, Has, Invoice, OfLines, OfProject, Steps, known_images, steps};
use crate::cost::estimate::line::{Bracket, LineEstimate, Stage};

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
    /// The last total: subtotal and buffer, and on them the project's fees, markup and tax; `None` if a part has no price.
    pub total: Option<Decimal>,
    /// The lowest and highest total where only sizes and qualities that are left to the model have no price.
    pub bracket: Option<Bracket>,
    /// The other rows of the invoice.
    pub invoice: Invoice,
    /// Total per final, to 28 digits; `None` without finals or without a total.
    pub per_final: Option<Decimal>,
    /// Lines without a price.
    pub lines_unknown: usize,
    /// Whether a line's cost, or its known part, rests on an approximate number of tokens.
    pub approximate: bool,
    /// What else does.
    pub about: About,
}

/// Which figures of a project rest on an approximate number of tokens, beside the images themselves and their sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// A number of tokens, priced or not.
    pub tokens: bool,
    /// The surcharge.
    pub surcharge: bool,
    /// The buffer.
    pub buffer: bool,
}

impl Totals {
    /// The known part of the total, in USD: the least that it can be. Every place that shows a known part shows this one.
    #[must_use]
    pub fn known_part(&self) -> Decimal {
        self.total.or(self.invoice.least).unwrap_or(self.known_subtotal)
    }
}

/// Exact sums that lines can be added to and subtracted from, so that an edit need not sum every line again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sums {
    finals: u128,
    /// In units of the last place that counts are rounded to.
    images: i128,
    uncounted: usize,
    /// The known cost of the images.
    images_cost: Decimal,
    /// Of lines that are charged for images alone.
    buffer: Decimal,
    /// Of the other lines.
    charges: Charges,
    unknown: usize,
    /// Lines whose images or surcharge have no price.
    unofficial: usize,
    /// Lines whose cost rests on an approximate number of tokens.
    approximate: usize,
    /// Lines with such a number, and those of them with a surcharge, and with a buffer.
    about: [usize; 3],
    /// Whether a sum ran out of digits.
    pub(super) inexact: bool,
}

/// One image in units of the last place that counts are rounded to.
const ONE: i128 = 10_i128.pow(PLACES);

/// The images of a stage in units of [`PLACES`].
fn units(stage: &Stage) -> Option<i128> {
    in_units(stage.count.as_ref()?.images.number(), PLACES)
}

/// Whether a line has an approximate number of tokens, and whether its surcharge and its buffer rest on one.
fn about(line: &LineEstimate) -> [bool; 3] {
    let charges = |percent: Decimal| line.is_approximate() && !percent.is_zero();
    let own = &line.deliverable;
    [line.has_approximate_tokens(), charges(own.surcharge.value), charges(own.buffer.value)]
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
        for (now, is) in self.about.iter_mut().zip(about(line)) {
            *now = if is { lines(*now) } else { *now };
        }
        if line.official.is_none() {
            self.unofficial = lines(self.unofficial);
        }
        let is_charged = line.charged.any();
        if is_charged {
            self.charges.change(line, add);
        }
        let mut change = |into: &mut Decimal, by: Decimal| match sum(*into, by) {
            Ok(sum) => *into = sum,
            Err(Inexact) => self.inexact = true,
        };
        change(&mut self.images_cost, known_images(line));
        change(&mut self.buffer, line.buffer.filter(|_| !is_charged).unwrap_or(Decimal::ZERO));
    }

    /// Sums the money of these lines again, if it ran out of digits, in as many as it takes: exactly where the sum fits a
    /// decimal, else the nearest one. Which sum runs out depends on the order of the lines; this one does not.
    pub(super) fn mend<'l>(&mut self, lines: impl Iterator<Item = &'l LineEstimate>) {
        if !self.inexact {
            return;
        }
        let (mut images, mut buffer) = (Wide::default(), Wide::default());
        for line in lines {
            images += known_images(line);
            buffer += line.buffer.filter(|_| !line.charged.any()).unwrap_or(Decimal::ZERO);
        }
        self.inexact = false;
        for (exact, into) in [(images, &mut self.images_cost), (buffer, &mut self.buffer)] {
            *into = exact.nearest().unwrap_or(Decimal::ZERO);
            self.inexact |= Wide::from(*into) != exact;
        }
    }

    pub(super) fn with(&self, other: &Sums) -> Sums {
        let exact = (plus(self.images_cost, other.images_cost), plus(self.buffer, other.buffer));
        let (images_cost, buffer) = match exact {
            (Ok(images), Ok(buffer)) => (images, buffer),
            _ => (self.images_cost, self.buffer),
        };
        let mut charges = self.charges.clone();
        charges.merge(&other.charges);
        Sums {
            finals: self.finals + other.finals,
            images: self.images + other.images,
            uncounted: self.uncounted + other.uncounted,
            images_cost,
            buffer,
            charges,
            unknown: self.unknown + other.unknown,
            unofficial: self.unofficial + other.unofficial,
            approximate: self.approximate + other.approximate,
            about: [0, 1, 2].map(|at| self.about[at] + other.about[at]),
            inexact: self.inexact || other.inexact || !matches!(exact, (Ok(_), Ok(_))),
        }
    }

    pub(super) fn totals(&self, project: &OfProject) -> Totals {
        let finals = u64::try_from(self.finals).unwrap_or(u64::MAX);
        let images = Decimal::try_from_i128_with_scale(self.images, PLACES).ok().or_else(|| {
            let (whole, rest) = (self.images / ONE, self.images % ONE);
            (rest == 0).then(|| Decimal::try_from_i128_with_scale(whole, 0).ok()).flatten()
        });
        let counts = Totals {
            finals,
            images: images.filter(|_| self.uncounted == 0).map(trim_zeros),
            lines_unknown: self.unknown,
            approximate: self.approximate > 0,
            about: About { tokens: self.about[0] > 0, surcharge: self.about[1] > 0, buffer: self.about[2] > 0 },
            ..Totals::default()
        };
        let totals = match self.charges.is_empty() && project.is_empty() {
            true => self.of_images(counts),
            false => self.with_charges(counts, project),
        };
        let per_final = totals.total.and_then(|total| quotient(total, Decimal::from(finals)));
        Totals { per_final, ..totals }
    }

    /// Nothing but images and their buffer: every sum is exact, or refused.
    fn of_images(&self, counts: Totals) -> Totals {
        let known = self.unknown == 0 && !self.inexact;
        let total = known.then(|| plus(self.images_cost, self.buffer).ok()).flatten().map(trim_zeros);
        let (images, buffer) = (trim_zeros(self.images_cost), trim_zeros(self.buffer));
        let none = Some(Decimal::ZERO);
        let invoice = Invoice {
            images: known.then_some(images),
            surcharge: none,
            fees: none,
            project_fees: none,
            markup: none.filter(|_| total.is_some()),
            tax: none.filter(|_| total.is_some()),
            official: total.map(|total| (images, total)),
            least: total.is_none().then_some(images),
            has: Has::default(),
            charges_unknown: false,
        };
        let (subtotal, buffer) = (known.then_some(images), known.then_some(buffer));
        Totals { subtotal, known_subtotal: images, buffer, total, invoice, ..counts }
    }

    fn with_charges(&self, counts: Totals, project: &OfProject) -> Totals {
        let lines = OfLines {
            images: self.images_cost,
            buffer: self.buffer,
            charges: &self.charges,
            known: self.unknown == 0 && !self.inexact,
            officially_known: self.unofficial == 0 && !self.inexact,
        };
        match steps(&lines, project) {
            Ok(Steps { invoice, known_subtotal, subtotal, buffer, total }) => {
                Totals { subtotal, known_subtotal, buffer, total, invoice, ..counts }
            }
            Err(Inexact) => Totals { known_subtotal: trim_zeros(self.images_cost), ..counts },
        }
    }
}
