//! Sentences for what the engine reports as codes and values: knobs, values, issues, refusals and derivations.

mod derivations;
mod issues;
mod knobs;
mod refusals;

pub use derivations::*;
pub use issues::*;
pub use knobs::*;
pub use refusals::*;

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::size::Size;
use crate::words::number::{self, plain};

catalogue! { COST;
    /// No rate card has a price for this.
    price_unknown(model) = "No price is known for {model}";
    /// Generations that a plan needs.
    generation_count(count) = "{count} {count|generation|generations}";
    /// Pictures that are kept.
    final_count(count) = "{count} {count|final|finals}";
    /// Requests sent.
    call_count(count) = "{count} {count|call|calls}";
    /// Tokens of one picture or prompt.
    token_count(count) = "{count} {count|token|tokens}";
    /// Buffer that covers a share of the outcomes, as a percentile name.
    buffer_covers(percentile) = "covers {percentile}";
    /// A share.
    percent(number) = "{number} %";
    /// A retry factor.
    times(number) = "{number}×";
    /// The share of generations that is accepted.
    percent_accepted(number) = "{number} % accepted";
    /// Pixels, width by height.
    pixels_size(width, height) = "{width}×{height}";
    /// Several reference pictures of one size.
    of_size(count, size) = "{count} of {size}";
    /// An empty list of reference pictures.
    no_references() = "none";
}

/// Every table of this area.
pub(super) const TABLES: [&[super::Entry]; 5] =
    [COST, knobs::KNOBS, issues::ISSUES, refusals::REFUSALS, derivations::DERIVATIONS];

/// A thing to say in its three parts; `allowed` and `remedy` may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Told {
    /// What is the matter, with its numbers.
    pub message: String,
    /// What is allowed instead, with units.
    pub allowed: String,
    /// What to do about it.
    pub remedy: String,
}

impl Told {
    fn new(message: impl Into<String>, allowed: impl Into<String>, remedy: impl Into<String>) -> Told {
        Told { message: message.into(), allowed: allowed.into(), remedy: remedy.into() }
    }
}

/// A size as people read it: `1024×1280`.
#[must_use]
pub fn size(size: Size) -> String {
    pixels_size(size.w, size.h)
}

/// Names or values one after the other.
pub(super) fn listed(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    items.into_iter().map(Into::into).collect::<Vec<String>>().join(", ")
}

/// An amount with every digit it has, two at least: a derivation must add up to the eye.
fn exact(currency: Currency, amount: Decimal) -> String {
    let amount = amount.normalize();
    number::amount_with_digits(currency, amount, amount.scale().max(2))
}

fn exact_usd(amount: Decimal) -> String {
    exact(Currency::USD, amount)
}
