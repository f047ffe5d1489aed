//! The rows of an invoice beside subtotal, buffer and total, as shown: surcharge, fees, markup, tax, and the rounding between.

use super::{Amount, count};
use crate::cost::base::money::Decimal;
use crate::cost::base::wide::Wide;
use crate::cost::budget::Per;
use crate::cost::estimate::Estimate;
use crate::cost::estimate::fees::FeeCost;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Knob};
use crate::words;
use crate::words::number::grouped;

/// A row of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// What it is.
    pub label: String,
    /// Its amount; `None` if unknown.
    pub amount: Option<Amount>,
    /// The same in USD, not rounded.
    usd: Option<Decimal>,
}

impl InvoiceRow {
    /// A row of an amount that is only shown.
    pub(super) fn of(label: &str, amount: Option<Amount>) -> InvoiceRow {
        InvoiceRow { label: label.to_owned(), amount, usd: None }
    }
}

/// The rows of an invoice around its subtotal and its buffer; empty if a project has nothing but images.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceRows {
    /// What the subtotal consists of: images, surcharge, fees of deliverables.
    pub before: Vec<InvoiceRow>,
    /// What comes on subtotal and buffer: fees of the project, markup, tax.
    pub after: Vec<InvoiceRow>,
    /// The rounding between the subtotal, or its known part, and the rows before it as shown; `None` if they add up.
    pub rounding_before: Option<Amount>,
    /// The rounding between the total and subtotal, buffer and the rows after them.
    pub rounding: Option<Amount>,
}

impl InvoiceRows {
    /// The rows with each fee as one of its own.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate) -> InvoiceRows {
        let fees = if estimate.totals.invoice.has.any() { estimate.fees(budget) } else { Vec::new() };
        let (of_project, of_lines): (Vec<_>, Vec<_>) =
            fees.into_iter().partition(|fee| fee.per.is_none_or(Per::is_of_project));
        let row =
            |fee: &FeeCost| InvoiceRow { label: fee_label(fee), amount: fee_amount(budget, fee.usd), usd: fee.usd };
        let rows = |fees: &[FeeCost]| fees.iter().map(row).collect();
        InvoiceRows::with(budget, estimate, [rows(&of_lines), rows(&of_project)], None)
    }

    /// The rows with all fees of deliverables as one, and all of the project as another; beside them the known part stands for an
    /// unknown total.
    #[must_use]
    pub fn short(budget: &Budget, estimate: &Estimate) -> InvoiceRows {
        let invoice = &estimate.totals.invoice;
        let row = |has: bool, label: &str, usd| {
            let amount = fee_amount(budget, usd);
            has.then(|| InvoiceRow { label: label.to_owned(), amount, usd }).into_iter().collect()
        };
        let fees = row(invoice.has.fees, words::invoice_fees(), invoice.fees);
        let of_project = row(invoice.has.project_fees, words::invoice_project_fees(), invoice.project_fees);
        InvoiceRows::with(budget, estimate, [fees, of_project], invoice.least)
    }

    /// `least`: what is shown in place of an unknown total.
    fn with(
        budget: &Budget,
        estimate: &Estimate,
        [fees, of_project]: [Vec<InvoiceRow>; 2],
        least: Option<Decimal>,
    ) -> InvoiceRows {
        let totals = &estimate.totals;
        let (invoice, has) = (&totals.invoice, totals.invoice.has);
        let amount = |usd| amount(budget, estimate, usd);
        let row = |label: String, usd| InvoiceRow { label, amount: amount(usd), usd };
        let mut rows = InvoiceRows::default();
        if has.surcharge || has.fees {
            rows.before.push(row(words::report_images().to_owned(), invoice.images));
            if has.surcharge {
                let amount = fee_amount(budget, invoice.surcharge).map(|sum| sum.about_if(totals.about.surcharge));
                let label = surcharge_label(estimate);
                rows.before.push(InvoiceRow { label, amount, usd: invoice.surcharge });
            }
            rows.before.extend(fees);
        }
        rows.after.extend(of_project);
        if has.markup {
            rows.after.push(row(rate_label(estimate, Knob::Markup), invoice.markup));
        }
        if has.tax {
            rows.after.push(row(rate_label(estimate, Knob::Tax), invoice.tax));
        }
        // Beside an unknown row the known ones add up to the known part of the sum.
        if !rows.before.is_empty() {
            rows.rounding_before = rest(amount(Some(totals.known_subtotal)), totals.known_subtotal, &rows.before);
        }
        let all: Vec<InvoiceRow> = [totals.subtotal, totals.buffer]
            .map(|usd| row(String::new(), usd))
            .into_iter()
            .chain(rows.after.clone())
            .collect();
        rows.rounding = totals.total.or(least).and_then(|total| rest(amount(Some(total)), total, &all));
        rows
    }
}

/// The rounding between a sum and the rows above it as shown. Where a row is unknown, the known ones may be all of the known part
/// that is shown; if the sum holds more than they do, there is no rounding to tell.
fn rest(shown: Option<Amount>, sum: Decimal, rows: &[InvoiceRow]) -> Option<Amount> {
    let mut apart = Wide::default();
    rows.iter().filter_map(|row| row.usd).for_each(|usd| apart += usd);
    apart.change(&Wide::from(sum), false);
    let is_all = rows.iter().all(|row| row.usd.is_some());
    // Each figure is kept as the nearest decimal, so their sum may miss it by its last digit.
    let meets = apart.nearest().is_ok_and(|apart| apart.abs() < Decimal::new(1, 9));
    shown.filter(|_| is_all || meets)?.rest_of(rows.iter().filter_map(|row| row.amount))
}

/// An amount as shown, approximate where the whole estimate is.
fn amount(budget: &Budget, estimate: &Estimate, usd: Option<Decimal>) -> Option<Amount> {
    usd.map(|usd| Amount::of(&budget.shown, usd).about_if(estimate.totals.approximate))
}

/// An amount as shown that rests on no number of tokens, such as a fee, so that it is exact where those are approximate.
fn fee_amount(budget: &Budget, usd: Option<Decimal>) -> Option<Amount> {
    usd.map(|usd| Amount::of(&budget.shown, usd))
}

/// The label of markup or tax with its percentage; without one that is unreadable, which is unknown and not 0 %.
pub(super) fn rate_label(estimate: &Estimate, knob: Knob) -> String {
    let rates = estimate.assumptions.as_ref().map(|open| if knob == Knob::Tax { &open.tax } else { &open.markup });
    match rates.filter(|rate| rate.readable) {
        Some(rate) if knob == Knob::Tax => words::invoice_tax(grouped(rate.value.normalize())),
        Some(rate) => words::invoice_markup(grouped(rate.value.normalize())),
        None => words::knob_label(knob).to_owned(),
    }
}

/// A fee by its name and its units: `retouching, 24 finals`.
#[must_use]
pub fn fee_label(fee: &FeeCost) -> String {
    let units = fee.units.map_or_else(|| words::unknown().to_owned(), count);
    words::fee_row(&fee.name, fee.per.map_or_else(|| words::unknown().to_owned(), |per| words::fee_units(per, &units)))
}

/// The label of the surcharge: its percentage, or the range if lines differ; one without a surcharge has 0 %.
#[must_use]
pub fn surcharge_label(estimate: &Estimate) -> String {
    // A line without images has no share of it either way.
    let has_images = |line: &&LineEstimate| line.images_cost.is_none_or(|cost| !cost.is_zero());
    let charged = estimate.lines.iter().filter(has_images).filter(|line| line.deliverable.surcharge.readable);
    let percents = || charged.clone().map(|line| line.deliverable.surcharge.value.normalize());
    match (percents().min(), percents().max()) {
        (Some(least), Some(most)) if least == most => words::invoice_surcharge(least),
        (Some(least), Some(most)) => words::invoice_surcharge_between(least, most),
        _ => words::knob_label(Knob::Surcharge).to_owned(),
    }
}
