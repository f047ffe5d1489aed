//! How sure the amounts of a bill are, in USD and as the project shows them.

use crate::cost::base::money::{Currency, Shown};
use crate::cost::estimate::Totals;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::rates::card::Card;

/// How the prices of a card become USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Conversion {
    /// They are in USD, or have no exchange rate and are unknown.
    #[default]
    None,
    /// At the project's own rate, from its own currency: shown in it they are as the seller lists them.
    OfProject,
    /// At a dated rate, for good.
    Dated,
}

impl Conversion {
    pub(super) fn of(card: &Card, shown: &Shown) -> Conversion {
        let Some(exchange) = card.money.rate(shown) else { return Conversion::None };
        let same = shown.currency == card.money.currency && shown.currency != Currency::USD;
        let at_project_rate = shown.exchange.as_ref().is_some_and(|own| own.rate == exchange.rate);
        // Official rates are USD, whatever currency they are charged in.
        if same && at_project_rate && !card.charges_official_rates() {
            Conversion::OfProject
        } else {
            Conversion::Dated
        }
    }
}

/// What of the work of a bill is only about right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AboutWork {
    /// Its numbers of tokens.
    pub tokens: bool,
    /// Its official cost, as far as it is known.
    pub official: bool,
}

impl AboutWork {
    /// The work of a whole project.
    #[must_use]
    pub fn of_project(totals: &Totals) -> AboutWork {
        AboutWork { tokens: totals.about.tokens, official: totals.approximate }
    }

    /// The work of one line.
    #[must_use]
    pub fn of_line(line: &LineEstimate) -> AboutWork {
        AboutWork { tokens: line.has_approximate_tokens(), official: line.is_approximate() }
    }
}

/// How sure the amounts of a bill are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Exact in USD.
    Exact,
    /// Exact in the project's currency, which is the seller's; converted in USD.
    ExactAsShown,
    /// Only about right: they rest on weak evidence, on approximate numbers of tokens, or on a dated exchange rate.
    About,
}

impl Certainty {
    pub(super) fn of(rests_on_about: bool, conversion: Conversion) -> Certainty {
        match conversion {
            _ if rests_on_about => Certainty::About,
            Conversion::None => Certainty::Exact,
            Conversion::OfProject => Certainty::ExactAsShown,
            Conversion::Dated => Certainty::About,
        }
    }

    /// Whether amounts in USD are only about right.
    #[must_use]
    pub fn is_about_in_usd(self) -> bool {
        self != Certainty::Exact
    }
}
