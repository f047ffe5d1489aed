//! The calculation of an invoice: each step beyond images and their buffer, with its numbers.

use crate::cost::base::money::Decimal;
use crate::cost::base::wide::Wide;
use crate::cost::budget::Budget;
use crate::cost::budget::fee::Per;
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::fees::{FeeCost, Fees};
use crate::cost::estimate::line::LineEstimate;

/// One step; amounts are USD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceStep {
    /// `images = Σ parts`.
    Images {
        /// Each part.
        parts: Vec<Decimal>,
        /// Their sum.
        images: Decimal,
    },
    /// `surcharge = images · percent`.
    Surcharge {
        /// The images.
        images: Decimal,
        /// Percent.
        percent: Decimal,
        /// The surcharge.
        surcharge: Decimal,
    },
    /// `fee = amount · units`.
    Fee(FeeCost),
    /// `subtotal = images + surcharge + fees`.
    Subtotal {
        /// Those of them that there are.
        parts: Vec<Decimal>,
        /// Their sum.
        subtotal: Decimal,
    },
    /// `buffer = (images + surcharge + fees per final, image and call) · percent`.
    Buffer {
        /// What it is computed on.
        parts: Vec<Decimal>,
        /// Percent.
        percent: Decimal,
        /// The buffer.
        buffer: Decimal,
    },
    /// `before markup and tax = subtotal + buffer + project fees`.
    Before {
        /// Each of them.
        parts: Vec<Decimal>,
        /// Their sum.
        sum: Decimal,
    },
    /// `markup = sum so far · percent`.
    Markup {
        /// The sum so far.
        on: Decimal,
        /// Percent.
        percent: Decimal,
        /// The markup.
        markup: Decimal,
    },
    /// `tax = sum so far · percent`.
    Tax {
        /// The sum so far.
        on: Decimal,
        /// Percent.
        percent: Decimal,
        /// The tax.
        tax: Decimal,
    },
    /// `total = Σ steps`.
    Total {
        /// Each step.
        parts: Vec<Decimal>,
        /// Their sum.
        total: Decimal,
    },
}

/// The steps of a line from its images to its buffer; empty if it is charged for images alone, or has no price.
#[must_use]
pub fn of_line(line: &LineEstimate, budget: &Budget) -> Vec<InvoiceStep> {
    let known = (line.images_cost, line.surcharge, line.subtotal, line.buffer);
    let (Some(images), Some(surcharge), Some(subtotal), Some(buffer)) = known else { return Vec::new() };
    if !line.charged.any() {
        return Vec::new();
    }
    let parts = line.stages.iter().flat_map(|stage| stage.meters.iter().filter_map(|meter| meter.cost));
    let mut steps = vec![InvoiceStep::Images { parts: parts.filter(|cost| !cost.is_zero()).collect(), images }];
    let (mut all, mut buffered) = (vec![images], vec![images]);
    if line.charged.surcharge {
        steps.push(InvoiceStep::Surcharge { images, percent: line.deliverable.surcharge.value, surcharge });
        all.push(surcharge);
        buffered.push(surcharge);
    }
    for fee in Fees::of(budget).rows_of_line(&line.key, &line.deliverable, line.final_count()) {
        let Some(usd) = fee.usd.filter(|usd| !usd.is_zero()) else { continue };
        all.push(usd);
        if fee.per.is_some_and(Per::bears_buffer) {
            buffered.push(usd);
        }
        steps.push(InvoiceStep::Fee(fee));
    }
    steps.push(InvoiceStep::Subtotal { parts: all, subtotal });
    steps.push(InvoiceStep::Buffer { parts: buffered, percent: line.deliverable.buffer.value, buffer });
    steps
}

/// The steps of a project from the sums of its lines to the last total; empty without fees of the project, markup and tax, or
/// without a total.
#[must_use]
pub fn of_project(estimate: &Estimate, budget: &Budget) -> Vec<InvoiceStep> {
    let (totals, invoice) = (&estimate.totals, &estimate.totals.invoice);
    let known = (totals.subtotal, totals.buffer, totals.total, &estimate.assumptions);
    let (Some(subtotal), Some(buffer), Some(total), Some(assumed)) = known else { return Vec::new() };
    if !(invoice.has.project_fees || invoice.has.markup || invoice.has.tax) {
        return Vec::new();
    }
    let mut parts = vec![subtotal, buffer];
    let mut steps = Vec::new();
    for fee in Fees::of(budget).rows_of_project() {
        parts.extend(fee.usd);
        steps.push(InvoiceStep::Fee(fee));
    }
    let mut sum = Wide::default();
    parts.iter().for_each(|part| sum += *part);
    let before = sum.nearest().unwrap_or(total);
    steps.push(InvoiceStep::Before { parts, sum: before });
    let mut parts = vec![before];
    if let Some(markup) = invoice.markup.filter(|_| invoice.has.markup) {
        steps.push(InvoiceStep::Markup { on: before, percent: assumed.markup.value, markup });
        parts.push(markup);
        sum += markup;
    }
    if let Some(tax) = invoice.tax.filter(|_| invoice.has.tax) {
        let on = sum.nearest().unwrap_or(total);
        steps.push(InvoiceStep::Tax { on, percent: assumed.tax.value, tax });
        parts.push(tax);
    }
    steps.push(InvoiceStep::Total { parts, total });
    steps
}
