//! An exchange rate for scripts, of the project or of a card: units for 1 USD, its day, its source.

use crate::cost::base::money::{Currency, Exchange};
use crate::cost::bill::Card;
use serde::Serialize;

/// A rate in JSON.
#[derive(Serialize)]
pub(super) struct ExchangeRow {
    pub(super) rate: String,
    pub(super) as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
}

impl ExchangeRow {
    pub(super) fn of(exchange: &Exchange) -> ExchangeRow {
        let (rate, as_of) = (exchange.rate.to_string(), exchange.as_of.to_string());
        ExchangeRow { rate, as_of, source: exchange.source.clone() }
    }
}

/// The currency of a card's money if it is not USD.
pub(super) fn foreign(card: &Card) -> Option<Currency> {
    Some(card.money.currency).filter(|currency| *currency != Currency::USD)
}
