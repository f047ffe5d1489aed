//! The invoice of the whole project: the charges beside images and their buffer, and the steps to its last total.
//!
//! images + surcharge + fees, buffer, fees of the project, markup, tax: exact until each figure is kept.

use crate::cost::base::money::{Decimal, Inexact, plus};
use crate::cost::base::wide::Wide;
use crate::cost::budget::resolve::{Deliverable, Sourced};
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::line::LineEstimate;

/// Sums over the lines that are charged for more than images; the exact sums of the estimate hold the images alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Charges {
    /// What the known subtotals are above the images.
    pub(super) known: Wide,
    surcharge: Wide,
    fees: Wide,
    pub(super) buffer: Wide,
    /// What the provider's bill is above the images, before the buffer and with it.
    official: [Wide; 2],
    /// Lines with a surcharge, and with fees.
    surcharged: usize,
    with_fees: usize,
    /// Lines whose fees are unknown.
    unknown_fees: usize,
}

/// The known cost of a line's images.
pub(super) fn known_images(line: &LineEstimate) -> Decimal {
    if !line.charged.any() {
        return line.known_subtotal;
    }
    let known = line.stages.iter().try_fold(Decimal::ZERO, |sum, stage| plus(sum, stage.known));
    known.unwrap_or(Decimal::ZERO)
}

impl Charges {
    /// Adds or removes a line that is charged for more than images.
    pub(super) fn change(&mut self, line: &LineEstimate, add: bool) {
        let images = Wide::from(known_images(line));
        let mut sum = |to: fn(&mut Charges) -> &mut Wide, amount: Option<Decimal>, above: bool| {
            let Some(amount) = amount else { return };
            let mut amount = Wide::from(amount);
            if above {
                amount.change(&images, false);
            }
            to(self).change(&amount, add);
        };
        sum(|sums| &mut sums.known, Some(line.known_subtotal), true);
        sum(|sums| &mut sums.surcharge, line.surcharge, false);
        sum(|sums| &mut sums.fees, line.fees, false);
        sum(|sums| &mut sums.buffer, line.buffer, false);
        sum(|sums| &mut sums.official[0], line.official.map(|(plain, _)| plain), true);
        sum(|sums| &mut sums.official[1], line.official.map(|(_, with_buffer)| with_buffer), true);
        let count = |now: &mut usize, is: bool| {
            *now = if add { *now + usize::from(is) } else { now.saturating_sub(usize::from(is)) };
        };
        count(&mut self.surcharged, line.charged.surcharge);
        count(&mut self.with_fees, line.charged.fees);
        count(&mut self.unknown_fees, line.fees.is_none());
    }

    pub(super) fn merge(&mut self, other: &Charges) {
        self.known += &other.known;
        self.surcharge += &other.surcharge;
        self.fees += &other.fees;
        self.buffer += &other.buffer;
        self.official.iter_mut().zip(&other.official).for_each(|(own, by)| *own += by);
        self.surcharged += other.surcharged;
        self.with_fees += other.with_fees;
        self.unknown_fees += other.unknown_fees;
    }

    /// Whether no line is charged for more than images.
    pub(super) fn is_empty(&self) -> bool {
        self.surcharged == 0 && self.with_fees == 0
    }
}

/// What is charged for the project as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfProject {
    fees: Wide,
    fees_known: bool,
    has_fees: bool,
    markup: Rate,
    tax: Rate,
}

/// A percentage; `None` if it is unreadable.
type Rate = Option<Decimal>;

impl OfProject {
    /// The charges of a project whose assumptions are resolved; without a model there are none.
    pub(super) fn of(fees: &Fees, assumptions: Option<&Deliverable>) -> OfProject {
        let rate = |rate: &Sourced<Decimal>| rate.readable.then_some(rate.value);
        let (sum, fees_known) = fees.of_project();
        OfProject {
            fees: sum,
            fees_known,
            has_fees: fees.has_of_project(),
            markup: assumptions.map_or(Some(Decimal::ZERO), |assumed| rate(&assumed.markup)),
            tax: assumptions.map_or(Some(Decimal::ZERO), |assumed| rate(&assumed.tax)),
        }
    }

    /// Whether nothing is charged for the project as a whole.
    pub(super) fn is_empty(&self) -> bool {
        let none = |rate: Rate| rate.is_some_and(|percent| percent.is_zero());
        !self.has_fees && none(self.markup) && none(self.tax)
    }

    /// Percent of markup and of tax; `None` if one is unknown.
    pub(super) fn on_top(&self) -> Option<(Decimal, Decimal)> {
        self.markup.zip(self.tax)
    }

    /// The last total on the sum of all lines with their buffers; `None` if a part of it is unknown.
    pub(super) fn last_total(&self, lines: &Wide) -> Option<Wide> {
        let (markup, tax) = self.markup.zip(self.tax).filter(|_| self.fees_known)?;
        let mut total = lines.clone();
        total += &self.fees;
        for percent in [markup, tax] {
            let on_top = total.percent(percent);
            total += &on_top;
        }
        Some(total)
    }

    /// Whether every amount and percentage of it is known.
    pub(super) fn is_known(&self) -> bool {
        self.fees_known && self.markup.is_some() && self.tax.is_some()
    }
}

/// The steps of an invoice, in USD; what is `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Invoice {
    /// The images of all lines.
    pub images: Option<Decimal>,
    /// The surcharge on them.
    pub surcharge: Option<Decimal>,
    /// The fees of all lines, also where another part of them has no price.
    pub fees: Option<Decimal>,
    /// Fees that belong to no line.
    pub project_fees: Option<Decimal>,
    /// The markup on subtotal, buffer and fees.
    pub markup: Option<Decimal>,
    /// The tax on all of that.
    pub tax: Option<Decimal>,
    /// What the provider's bill holds, images and surcharge: before the buffer, and with it.
    pub official: Option<(Decimal, Decimal)>,
    /// The least that the last total can be, if part of it is unknown.
    pub least: Option<Decimal>,
    /// Which of the steps there are, known or not.
    pub has: Has,
    /// Whether an amount or a percentage of the project as a whole is unknown.
    pub charges_unknown: bool,
}

/// Which steps an invoice has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Has {
    /// A surcharge on some line.
    pub surcharge: bool,
    /// Fees of some line.
    pub fees: bool,
    /// Fees of the project.
    pub project_fees: bool,
    /// A markup other than 0.
    pub markup: bool,
    /// A tax above 0.
    pub tax: bool,
}

impl Has {
    /// Whether there is anything beside images and their buffer.
    #[must_use]
    pub fn any(self) -> bool {
        self.surcharge || self.fees || self.project_fees || self.markup || self.tax
    }

    /// Whether something comes on top of every bill: fees, markup or tax.
    #[must_use]
    pub fn on_top_of_bills(self) -> bool {
        self.fees || self.project_fees || self.markup || self.tax
    }
}

/// Exact sums of the lines, and whether all of them are known.
pub(super) struct OfLines<'a> {
    pub(super) images: Decimal,
    pub(super) buffer: Decimal,
    pub(super) charges: &'a Charges,
    pub(super) known: bool,
    pub(super) officially_known: bool,
}

/// What follows from the lines' sums: subtotal, buffer and last total.
pub(super) struct Steps {
    pub(super) invoice: Invoice,
    pub(super) known_subtotal: Decimal,
    pub(super) subtotal: Option<Decimal>,
    pub(super) buffer: Option<Decimal>,
    pub(super) total: Option<Decimal>,
}

/// The steps from the sums of the lines to the last total.
///
/// # Errors
/// [`Inexact`] if an amount has more than 28 digits before its point.
pub(super) fn steps(lines: &OfLines<'_>, project: &OfProject) -> Result<Steps, Inexact> {
    let charges = lines.charges;
    let images = Wide::from(lines.images);
    let sum = |parts: &[&Wide]| {
        let mut sum = Wide::default();
        parts.iter().for_each(|part| sum += *part);
        sum
    };
    let plain_buffer = Wide::from(lines.buffer);
    let (subtotal, buffer) = (sum(&[&images, &charges.known]), sum(&[&plain_buffer, &charges.buffer]));
    let before = sum(&[&subtotal, &buffer, &project.fees]);
    let markup = project.markup.map(|percent| before.percent(percent));
    let marked_up = markup.as_ref().map(|markup| sum(&[&before, markup]));
    let tax = marked_up.as_ref().zip(project.tax).map(|(on, percent)| on.percent(percent));
    let total = marked_up.as_ref().zip(tax.as_ref()).map(|(on, tax)| sum(&[on, tax]));
    let all_known = lines.known && project.is_known();
    let if_known = |known: bool, wide: Option<&Wide>| match wide.filter(|_| known) {
        Some(wide) => wide.nearest().map(Some),
        None => Ok(None),
    };
    // A markup may be below 0, and takes its share of the known part too; tax only adds.
    let least = marked_up.as_ref().map(|known| known.percent(Decimal::ONE_HUNDRED + project.tax.unwrap_or_default()));
    let before_buffer = sum(&[&images, &charges.official[0]]);
    let with_buffer = sum(&[&images, &plain_buffer, &charges.official[1]]);
    let official = if_known(lines.officially_known, Some(&before_buffer))?;
    let has = Has {
        surcharge: charges.surcharged > 0,
        fees: charges.with_fees > 0,
        project_fees: project.has_fees,
        markup: project.markup.is_none_or(|percent| !percent.is_zero()),
        tax: project.tax.is_none_or(|percent| !percent.is_zero()),
    };
    let invoice = Invoice {
        images: if_known(lines.officially_known, Some(&images))?,
        surcharge: if_known(lines.officially_known, Some(&charges.surcharge))?,
        fees: if_known(charges.unknown_fees == 0, Some(&charges.fees))?,
        project_fees: if_known(project.fees_known, Some(&project.fees))?,
        markup: if_known(all_known, markup.as_ref())?,
        tax: if_known(all_known, tax.as_ref())?,
        official: official.zip(if_known(lines.officially_known, Some(&with_buffer))?),
        least: if_known(!all_known, least.as_ref())?,
        has,
        charges_unknown: !project.is_known(),
    };
    Ok(Steps {
        invoice,
        known_subtotal: subtotal.nearest()?,
        subtotal: if_known(lines.known, Some(&subtotal))?,
        buffer: if_known(lines.known, Some(&buffer))?,
        total: if_known(all_known, total.as_ref())?,
    })
}
