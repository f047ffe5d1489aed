//! The steps of an invoice in the calculation: each with its formula and its numbers.

use crate::cost::Decimal;
use crate::cost::estimate::fees::FeeCost;
use crate::cost::estimate::invoice_steps::{InvoiceStep, Term};
use crate::words::cost::{percent, term};
use crate::words::fees::{fee_once, fee_units};
use crate::words::number::{grouped, plain};
use crate::words::{step_product, step_sum};

catalogue! { INVOICE;
    /// All parts of the images.
    step_invoice_images() = "images = sum of the parts";
    /// The surcharge.
    step_surcharge() = "surcharge = images × share";
    /// A fee.
    step_fee(name) = "fee {name} = amount × units";
    /// A fee that is charged once.
    step_fee_once(name) = "fee {name}, once";
    /// The subtotal of a line that is charged for more than images.
    step_invoice_subtotal() = "subtotal = images + surcharge + fees";
    /// The buffer of such a line.
    step_invoice_buffer() = "buffer = (images + surcharge + fees per final, image and call) × share";
    /// The sums of all deliverables, and the project's own fees.
    step_before() = "before markup and tax = subtotal + buffer + project fees";
    /// The markup.
    step_markup() = "markup = that sum × share";
    /// The tax.
    step_tax() = "tax = (that sum + markup) × share";
    /// The last total.
    step_last_total() = "total = sum of the steps";
    /// A product of a sum.
    step_sum_times(parts, second, result) = "({parts}) × {second} = {result}";
}

fn added(parts: &[Term]) -> String {
    parts.iter().map(term).collect::<Vec<_>>().join(" + ")
}

/// The formula of a step, and the formula with its numbers.
#[must_use]
pub fn invoice_step(step: &InvoiceStep) -> (String, String) {
    let share =
        |on: &Term, share: &Decimal, result: &Term| step_product(term(on), percent(plain(*share)), term(result));
    let sum = |parts: &[Term], result: &Term| step_sum(added(parts), term(result));
    let (formula, numbers) = match step {
        InvoiceStep::Images { parts, images } if parts.is_empty() => (step_invoice_images(), term(images)),
        InvoiceStep::Images { parts, images } => (step_invoice_images(), sum(parts, images)),
        InvoiceStep::Surcharge { images, percent, surcharge } => (step_surcharge(), share(images, percent, surcharge)),
        InvoiceStep::Fee(fee) => return fee_step(fee),
        InvoiceStep::Subtotal { parts, subtotal } => (step_invoice_subtotal(), sum(parts, subtotal)),
        InvoiceStep::Buffer { parts, percent: of, buffer } => {
            let numbers = step_sum_times(added(parts), percent(plain(*of)), term(buffer));
            (step_invoice_buffer(), numbers)
        }
        InvoiceStep::Before { parts, sum: result } => (step_before(), sum(parts, result)),
        InvoiceStep::Markup { on, percent, markup } => (step_markup(), share(on, percent, markup)),
        InvoiceStep::Tax { on, percent, tax } => (step_tax(), share(on, percent, tax)),
        InvoiceStep::Total { parts, total } => (step_last_total(), sum(parts, total)),
    };
    (formula.to_owned(), numbers)
}

fn fee_step(fee: &FeeCost) -> (String, String) {
    let told = |usd| term(&Term { usd, approximate: fee.converted });
    let usd = |amount: Option<Decimal>| amount.map_or_else(|| crate::words::unknown().to_owned(), told);
    let count = fee.units.map_or_else(|| crate::words::unknown().to_owned(), grouped);
    let units = fee.per.map_or_else(String::new, |per| fee_units(per, &count));
    if units == fee_once() {
        return (step_fee_once(&fee.name), usd(fee.usd));
    }
    (step_fee(&fee.name), step_product(usd(fee.each), units, usd(fee.usd)))
}
