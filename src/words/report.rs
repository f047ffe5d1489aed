//! Texts of printed estimates around their figures.

use super::number::grouped;
use crate::cost::base::money::{Currency, Exchange, Shown};

catalogue! { REPORT;
    /// Column of names.
    report_deliverable() = "Deliverable";
    /// Column of the retry factor, after a ×.
    report_retry() = "retry";
    /// Column of images, after an =.
    report_images() = "images";
    /// Column of the price of one image.
    report_each() = "each";
    /// Column and line of the cost before the buffer.
    report_subtotal() = "subtotal";
    /// A row's price and cost, if the table is too wide.
    report_each_makes(each, subtotal) = "{each} each, {subtotal}";
    /// The sum of everything with a price.
    report_known_subtotal() = "known part of the subtotal";
    /// The sum line of all buffers with the same percentage.
    report_buffer(percent) = "buffer {percent} %";
    /// The sum line of buffers with different percentages.
    report_buffer_between(least, most) = "buffers {least}–{most} %";
    /// The cap, with its amount.
    report_cap(amount) = "of the cap of {amount}";
    /// The cap, with its amount, if the total is over it; the excess is beside it.
    report_cap_over(amount) = "cap of {amount}";
    /// A project without lines.
    report_no_deliverables() = "No deliverables yet";
    /// Dates of the prices in use, the oldest.
    report_rates_of(date) = "rates {date}";
    /// A pinned card that does not say when it was checked.
    report_rates_undated() = "rates without a date";
    /// The day of the estimate.
    report_made_on(date) = "made {date}";
    /// Reference images of each call.
    report_references(count, sizes) = "{count} {count|reference image|reference images} with each call: {sizes}";
    /// Calls with several images, at most one of which is kept.
    report_calls_keep_one(calls, images) = "{calls} {calls|call|calls} of {images} images, at most one of each kept: a lower bound";
    /// Calls with several images, any of which may be kept.
    report_calls_keep_many(calls, images) = "{calls} {calls|call|calls} of {images} images, any number kept";
    /// The exchange rate for ≈, with its source.
    report_converted_source(rate, currency, date, source) = "≈ converted at 1 USD = {rate} {currency} of {date}, {source}";
    /// The exchange rate for ≈.
    report_converted(rate, currency, date) = "≈ converted at 1 USD = {rate} {currency} of {date}";
    /// The model chooses.
    report_bracket(key, between) = "{key} is partly left to the model: {between} with its buffer";
    /// The range of the last total, where lines are left to the model.
    report_bracket_total(between) = "total, with everything that is charged: {between}";
    /// The allowed values.
    report_allowed(allowed) = "allowed: {allowed}";
    /// Heading of the sources.
    report_origins() = "Where the prices come from";
    /// A built-in card.
    report_card(card) = "{card}, built in";
    /// A card pinned in the project.
    report_card_pinned(card) = "{card}, pinned in the project";
    /// The rates of a service tier.
    report_per_million(tier, rates) = "{tier}, USD per 1,000,000 tokens: {rates}";
    /// A service tier without token rates.
    report_no_rates(tier) = "{tier}: no token rates are published";
    /// Source of the output counts.
    report_output_rule(model) = "output tokens of {model}";
    /// Source of the counts of reference images.
    report_reference_rule(model) = "reference images of {model}";
    /// A named retry factor.
    report_profile(name, factor) = "retry profile {name}, {factor}";
    /// Heading of the issues.
    report_issues() = "Remarks";
}

/// What converted amounts are converted at; `None` if none are.
#[must_use]
pub fn converted_note(shown: &Shown) -> Option<String> {
    let Exchange { rate, as_of, source } = shown.exchange.as_ref().filter(|_| shown.currency != Currency::USD)?;
    let (rate, code) = (grouped(*rate), shown.currency.code());
    Some(match source {
        Some(source) => report_converted_source(rate, code, as_of, source),
        None => report_converted(rate, code, as_of),
    })
}
