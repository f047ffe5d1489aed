//! Sentences about bills: cards in files, why bills differ, what is missing, what is bought.

use super::size;
use crate::cost::bill::{Missing, Why};

catalogue! { BILLS;
    /// More cards than a file may hold.
    cards_too_many(count) = "{count} cards stand here";
    /// How many cards a file may hold.
    cards_allowed(max) = "up to {max} cards in a file";
    /// What to do about it.
    cards_remedy() = "take out the cards that nobody compares with";
    /// A card, or a part of it, without what it needs.
    card_lacks(name, what) = "{name} has no {what}";
    /// What to do about a card without a kind.
    card_kind_remedy() = "say with kind = \"…\" what the card charges by";
    /// What to do about it.
    card_lacks_remedy(what) = "add {what}";
    /// What to do about a card of pictures without prices.
    card_lacks_prices_remedy() = "add price, tier or size; where the seller publishes none, write prices = \"not published\"";
    /// A key that means nothing in this kind of card.
    card_key_misfit(key, kind) = "{key} means nothing in a card of the kind \"{kind}\"";
    /// What to do about it.
    card_key_misfit_remedy() = "take the line out, or give the card another kind";
    /// Prices that are said twice.
    card_price_twice(keys) = "the same price is said in several ways: {keys}";
    /// What to do about it.
    card_price_twice_remedy() = "keep one of them";
    /// A card in another currency.
    card_currency(currency) = "the card is in {currency}; bills are reckoned in USD";
    /// What to do about it.
    card_currency_remedy() = "write the prices in USD, and the exchange rate that you took in notes";
    /// Two classes of size that end at the same edge.
    tier_overlap(one, other, edge) = "the classes {one} and {other} both end at a long edge of {edge} px";
    /// What to do about it.
    tier_overlap_remedy() = "give each class its own longest edge";
    /// `auto` is charged as something that is not there.
    auto_size_unknown(name) = "the card has no class or size {name} to charge auto as";
    /// What to do about it.
    auto_size_unknown_remedy() = "name one of the card's own";
    /// A size in a card that cannot be read.
    card_size_wrong(name) = "{name} is not a size";
    /// What sizes of a card look like.
    card_size_allowed() = "keys such as \"1024x1024\"";
    /// What an amount may be.
    amount_allowed(min, max) = "a number from {min} to {max}";
    /// What an amount may be that is not nothing.
    above_nothing_allowed(max) = "a number above 0 and up to {max}";
    /// What to do about it.
    above_nothing_remedy() = "write the price, or take the line out where it is not published: unknown is not free";
    /// A table without entries.
    card_table_empty(key) = "{key} has no entries";
    /// What to do about it.
    card_table_empty_remedy() = "add one, or take the line out";
    /// What a card's models are.
    card_models_allowed() = "a list of models in quotes, such as [\"gpt-image-2\"]";
    /// What `compare` is.
    compare_allowed() = "a list of cards in quotes, such as [\"pixapi\", \"laozhang-vip\"]";
    /// More bills than fit beside each other.
    compare_too_many(count, max) = "{count} bills are asked for, and {max} are reckoned at most";
    /// What to do about it.
    compare_too_many_remedy(max) = "name up to {max} cards";
    /// No card of that name.
    bill_unknown(name) = "there is no rate card {name}";
    /// What to do about it.
    bill_unknown_remedy(id) = "see retake rates list, or write a table [card.{id}]";
    /// Inputs that are not charged for.
    differs_inputs() = "inputs not charged for";
    /// Standard service in place of batch.
    differs_no_batch() = "no batch price";
    /// `auto` and what it is charged as.
    differs_auto() = "auto billed as a priced picture";
    /// No official price to compare with.
    differs_no_official() = "no official price";
    /// Sizes charged by class.
    differs_tier() = "size tier";
    /// Prices rounded to steps.
    differs_rounding() = "rounding";
    /// The seller's price level.
    differs_margin() = "margin";
    /// A plan's fees.
    differs_fee() = "plan fee";
    /// Credits beyond a plan.
    differs_overage() = "overage";
    /// Packs that are dear for their credits.
    differs_packs() = "smaller packs";
    /// Credits left over.
    differs_leftover() = "credits left over";
    /// The card is for other models.
    missing_model(model) = "no price for {model}";
    /// No price for a size.
    missing_size(size) = "no price for {size}";
    /// No price for a quality.
    missing_quality(quality) = "no price for {quality} quality";
    /// Size `auto`.
    missing_auto_size() = "not said what size auto is charged as";
    /// Quality `auto`.
    missing_auto_quality() = "not said what quality auto is charged as";
    /// No rate for a meter.
    missing_rate(meter) = "no price of {meter} published";
    /// No token count.
    missing_tokens() = "tokens of a picture not known";
    /// No official price to rest on.
    missing_official() = "official price not known";
    /// No number of pictures.
    missing_count() = "number of pictures not known";
    /// A value that cannot be read.
    missing_unreadable() = "a value of the line cannot be read";
    /// No prices at all.
    missing_figures() = "credits per picture not published";
    /// No price of a credit.
    missing_credit_price() = "price per credit not published";
    /// Neither packs nor a price for more credits.
    missing_reach() = "no plan or pack reaches so many credits";
    /// Too many digits.
    missing_digits() = "more digits than can be computed with exactly";
    /// A reason with the number of lines that it concerns.
    missing_in_lines(reason, lines) = "{reason} ({lines} {lines|line|lines})";
}

/// Why bills differ, in the words of reports, screens and JSON.
#[must_use]
pub fn differs(why: Why) -> &'static str {
    match why {
        Why::InputsIncluded => differs_inputs(),
        Why::NoBatch => differs_no_batch(),
        Why::AutoChargedAs => differs_auto(),
        Why::NoOfficialPrice => differs_no_official(),
        Why::SizeTier => differs_tier(),
        Why::Rounding => differs_rounding(),
        Why::Margin => differs_margin(),
        Why::Fee => differs_fee(),
        Why::Overage => differs_overage(),
        Why::Packs => differs_packs(),
        Why::Leftover => differs_leftover(),
    }
}

/// What is missing from a bill.
#[must_use]
pub fn missing_text(what: &Missing) -> String {
    match what {
        Missing::Model(model) => missing_model(model),
        Missing::Size(asked) => missing_size(size(*asked)),
        Missing::Quality(quality) => missing_quality(quality.name()),
        Missing::AutoSize => missing_auto_size().to_owned(),
        Missing::AutoQuality => missing_auto_quality().to_owned(),
        Missing::Rate(meter) => missing_rate(super::meter_label(*meter)),
        Missing::Tokens => missing_tokens().to_owned(),
        Missing::Official => missing_official().to_owned(),
        Missing::Count => missing_count().to_owned(),
        Missing::Unreadable => missing_unreadable().to_owned(),
        Missing::Figures => missing_figures().to_owned(),
        Missing::CreditPrice => missing_credit_price().to_owned(),
        Missing::Reach => missing_reach().to_owned(),
        Missing::Digits => missing_digits().to_owned(),
    }
}

/// Everything that is missing from a bill, each with the number of lines that it concerns.
#[must_use]
pub fn all_missing(missing_in: &[(Missing, usize)]) -> String {
    let one = |(what, lines): &(Missing, usize)| match lines {
        0 => missing_text(what),
        lines => missing_in_lines(missing_text(what), lines),
    };
    missing_in.iter().map(one).collect::<Vec<_>>().join("; ")
}
