//! Sentences for the codes and values that the engine reports: knobs, values, issues, refusals and calculations.

mod calculations;
mod exchange_issues;
mod fee_issues;
mod issues;
mod knobs;
mod refusals;
mod token_issues;

pub use calculations::*;
pub use exchange_issues::*;
pub use fee_issues::fee_left_without;
pub use issues::*;
pub use knobs::*;
pub use refusals::*;
pub use token_issues::*;

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::size::Size;
use crate::cost::estimate::invoice_steps::Term;
use crate::words::number::{self, plain};

catalogue! { COST;
    /// Images generated.
    image_count(count) = "{count} {count|image|images}";
    /// Finals.
    final_count(count) = "{count} {count|final|finals}";
    /// Finals and how many times over.
    repeated(finals, repeat) = "{finals} × {repeat}";
    /// The same with their noun.
    repeated_finals(finals, repeat) = "{finals} × {repeat} finals";
    /// Requests sent.
    call_count(count) = "{count} {count|call|calls}";
    /// Tokens of one image or prompt.
    token_count(count) = "{count} {count|token|tokens}";
    /// Share of the outcomes that a buffer covers, as a percentile.
    buffer_covers(percentile) = "covers {percentile}";
    /// A percentage.
    percent(number) = "{number} %";
    /// A retry factor.
    times(number) = "{number}×";
    /// Acceptance.
    percent_accepted(number) = "{number} % kept";
    /// Pixels, width by height.
    pixels_size(width, height) = "{width}×{height}";
    /// Several reference images of one size.
    of_size(count, size) = "{count} of {size}";
    /// A list with nothing in it.
    none_listed() = "none";
}

/// Every table of this area.
pub(super) const TABLES: [&[super::Entry]; 7] = [
    COST,
    knobs::KNOBS,
    issues::ISSUES,
    token_issues::TOKEN_ISSUES,
    exchange_issues::EXCHANGE_ISSUES,
    refusals::REFUSALS,
    calculations::CALCULATIONS,
];

/// A message in three parts; `allowed` and `remedy` may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The problem, with its numbers.
    pub message: String,
    /// The allowed values, with units.
    pub allowed: String,
    /// The remedy.
    pub remedy: String,
}

impl Explanation {
    pub(in crate::words) fn new(
        message: impl Into<String>,
        allowed: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Explanation {
        Explanation { message: message.into(), allowed: allowed.into(), remedy: remedy.into() }
    }
}

/// A size as people read it: `1024×1280`.
#[must_use]
pub fn size(size: Size) -> String {
    pixels_size(size.w, size.h)
}

/// Names or values separated by commas.
pub(super) fn listed(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    items.into_iter().map(Into::into).collect::<Vec<String>>().join(", ")
}

/// An amount with all its digits, at least two: a reader must be able to add up a calculation.
pub(super) fn exact(currency: Currency, amount: Decimal) -> String {
    number::in_full(currency, amount, 2)
}

pub(super) fn exact_usd(amount: Decimal) -> String {
    exact(Currency::USD, amount)
}

/// An amount of a calculation with all its digits, so that a reader can add it up, marked if it is approximate.
pub(super) fn term(term: &Term) -> String {
    let amount = exact_usd(term.usd);
    if term.approximate { about_count(amount) } else { amount }
}
