//! Issues about exchange rates in words.

use super::Explanation;
use super::issues::bare_or_quoted;
use crate::cost::estimate::issue::IssueKind;
use crate::cost::rates::age::STALE_AFTER_DAYS;

catalogue! { EXCHANGE_ISSUES;
    /// No rate for the project's currency.
    issue_exchange_missing(currency) = "there is no exchange rate for {currency}, so amounts stay in USD";
    /// Remedy; names keys of the file.
    issue_exchange_missing_remedy() = "add [exchange] with rate, as_of and source";
    /// The project's rate, as a name.
    exchange_of_project() = "the exchange rate";
    /// A card's rate, as a name.
    exchange_of_card(card) = "the exchange rate of the card {card}";
    /// A rate of a day long ago.
    issue_exchange_stale(which, as_of, days) = "{which} is of {as_of}, {days} {days|day|days} ago";
    /// How long a rate is trusted.
    issue_exchange_stale_allowed(days) = "a rate at most {days} days old";
    /// Remedy; names keys of the file.
    issue_exchange_stale_remedy() = "set rate and as_of to those of a newer day";
    /// A rate of a day to come.
    issue_exchange_ahead(which, as_of) = "{which} is dated {as_of}, which is in the future";
    /// Remedy; names a key of the file.
    issue_exchange_ahead_remedy() = "set as_of to the day of the rate";
    /// A card in another currency without a rate.
    issue_card_exchange_missing(card, currency) = "the card {card} is in {currency}, and there is no rate for 1 USD in {currency}, so its bill is unknown";
    /// Remedy; names keys of the file.
    issue_card_exchange_missing_remedy(card) = "add exchange.rate = 7.10 and exchange.as_of = 2026-11-20 to [card.{card}], with the values of your source";
}

/// Issues about exchange rates; empty for any other issue.
pub(super) fn about_an_exchange(kind: &IssueKind) -> Explanation {
    match kind {
        IssueKind::ExchangeMissing { currency } => {
            Explanation::new(issue_exchange_missing(currency.code()), "", issue_exchange_missing_remedy())
        }
        IssueKind::ExchangeStale { card, as_of, days } => Explanation::new(
            issue_exchange_stale(which(card.as_deref()), as_of, days),
            issue_exchange_stale_allowed(STALE_AFTER_DAYS),
            issue_exchange_stale_remedy(),
        ),
        IssueKind::ExchangeAhead { card, as_of } => {
            Explanation::new(issue_exchange_ahead(which(card.as_deref()), as_of), "", issue_exchange_ahead_remedy())
        }
        IssueKind::CardExchangeMissing { card, currency } => Explanation::new(
            issue_card_exchange_missing(card, currency.code()),
            "",
            issue_card_exchange_missing_remedy(bare_or_quoted(card)),
        ),
        _ => Explanation::default(),
    }
}

/// Whose rate it is, as a name.
fn which(card: Option<&str>) -> String {
    card.map_or_else(|| exchange_of_project().to_owned(), exchange_of_card)
}

/// The dotted key of an issue about an exchange rate; `None` for any other issue.
pub(super) fn exchange_key(kind: &IssueKind) -> Option<String> {
    match kind {
        IssueKind::ExchangeMissing { .. } => Some("exchange.rate".to_owned()),
        IssueKind::ExchangeStale { card, .. } | IssueKind::ExchangeAhead { card, .. } => {
            Some(format!("{}exchange.as_of", card.as_deref().map_or_else(String::new, in_card)))
        }
        IssueKind::CardExchangeMissing { card, .. } => Some(format!("{}currency", in_card(card))),
        _ => None,
    }
}

/// The beginning of the dotted keys of a card.
fn in_card(card: &str) -> String {
    format!("card.{}.", bare_or_quoted(card))
}
