//! The calculation of an invoice: each step beyond images and their buffer, with its numbers.

use crate::cost::base::money::Decimal;
use crate::cost::base::wide::Wide;
use crate::cost::budget::Budget;
use crate::cost::budget::fee::Per;
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::fees::{FeeCost, Fees};
use crate::cost::estimate::line::{LineEstimate, MeterLine, Stage};

/// An amount in a calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// USD.
    pub usd: Decimal,
    /// Whether it rests on an approximate number of tokens, or on an exchange rate.
    pub approximate: bool,
}

impl Term {
    pub(super) fn of(usd: Decimal, approximate: bool) -> Term {
        Term { usd, approximate }
    }

    /// The sum of terms, as approximate as any of them.
    pub(super) fn sum(usd: Decimal, parts: &[Term]) -> Term {
        Term { usd, approximate: parts.iter().any(|part| part.approximate) }
    }
}

/// What each meter of a line costs.
pub(super) fn metered(line: &LineEstimate) -> Vec<Term> {
    let model = &line.deliverable.model.value;
    let of_stage = |stage: &Stage| {
        let term = |meter: &MeterLine| Some(Term::of(meter.cost?, stage.rests_on_estimate(meter, model)));
        stage.meters.iter().filter_map(term).collect::<Vec<_>>()
    };
    line.stages.iter().flat_map(of_stage).filter(|term| !term.usd.is_zero()).collect()
}

/// One step; amounts are USD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceStep {
    /// `images = Σ parts`.
    Images {
        /// Each part.
        parts: Vec<Term>,
        /// Their sum.
        images: Term,
    },
    /// `surcharge = images · percent`.
    Surcharge {
        /// The images.
        images: Term,
        /// Percent.
        percent: Decimal,
        /// The surcharge.
        surcharge: Term,
    },
    /// `fee = amount · units`.
    Fee(FeeCost),
    /// `subtotal = images + surcharge + fees`.
    Subtotal {
        /// Those of them that there are.
        parts: Vec<Term>,
        /// Their sum.
        subtotal: Term,
    },
    /// `buffer = (images + surcharge + fees per final, image and call) · percent`.
    Buffer {
        /// What it is computed on.
        parts: Vec<Term>,
        /// Percent.
        percent: Decimal,
        /// The buffer.
        buffer: Term,
    },
    /// `before markup and tax = subtotal + buffer + project fees`.
    Before {
        /// Each of them.
        parts: Vec<Term>,
        /// Their sum.
        sum: Term,
    },
    /// `markup = sum so far · percent`.
    Markup {
        /// The sum so far.
        on: Term,
        /// Percent.
        percent: Decimal,
        /// The markup.
        markup: Term,
    },
    /// `tax = sum so far · percent`.
    Tax {
        /// The sum so far.
        on: Term,
        /// Percent.
        percent: Decimal,
        /// The tax.
        tax: Term,
    },
    /// `total = Σ steps`.
    Total {
        /// Each step.
        parts: Vec<Term>,
        /// Their sum.
        total: Term,
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
    let parts = metered(line);
    let images = Term::sum(images, &parts);
    let mut steps = vec![InvoiceStep::Images { parts, images }];
    let (mut all, mut buffered) = (vec![images], vec![images]);
    if line.charged.surcharge {
        let surcharge = Term::of(surcharge, images.approximate);
        steps.push(InvoiceStep::Surcharge { images, percent: line.deliverable.surcharge.value, surcharge });
        all.push(surcharge);
        buffered.push(surcharge);
    }
    for fee in Fees::of(budget).rows_of_line(&line.key, &line.deliverable, line.final_count()) {
        let Some(usd) = fee.usd.filter(|usd| !usd.is_zero()) else { continue };
        let term = Term::of(usd, fee.converted);
        all.push(term);
        if fee.per.is_some_and(Per::bears_buffer) {
            buffered.push(term);
        }
        steps.push(InvoiceStep::Fee(fee));
    }
    let (subtotal, buffer) = (Term::sum(subtotal, &all), Term::sum(buffer, &buffered));
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
    let fees = Fees::of(budget);
    let of_lines = totals.approximate || estimate.lines.iter().any(|line| fees.converts(line));
    let mut parts = vec![Term::of(subtotal, of_lines), Term::of(buffer, of_lines)];
    let mut steps = Vec::new();
    for fee in fees.rows_of_project() {
        parts.extend(fee.usd.map(|usd| Term::of(usd, fee.converted)));
        steps.push(InvoiceStep::Fee(fee));
    }
    let mut sum = Wide::default();
    parts.iter().for_each(|part| sum += part.usd);
    let before = Term::sum(sum.nearest().unwrap_or(total), &parts);
    let approximate = before.approximate;
    steps.push(InvoiceStep::Before { parts, sum: before });
    let mut parts = vec![before];
    if let Some(markup) = invoice.markup.filter(|_| invoice.has.markup) {
        let term = Term::of(markup, approximate);
        steps.push(InvoiceStep::Markup { on: before, percent: assumed.markup.value, markup: term });
        parts.push(term);
        sum += markup;
    }
    if let Some(tax) = invoice.tax.filter(|_| invoice.has.tax) {
        let (on, tax) = (Term::of(sum.nearest().unwrap_or(total), approximate), Term::of(tax, approximate));
        steps.push(InvoiceStep::Tax { on, percent: assumed.tax.value, tax });
        parts.push(tax);
    }
    steps.push(InvoiceStep::Total { parts, total: Term::of(total, approximate) });
    steps
}
