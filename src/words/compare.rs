//! Texts of the bills screen: names of rows and panels, descriptions of cards, and a bill's calculation.

use super::number::plain;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::rates::card::{Card, Failed, Found, Per, Pricing, Unit};
use crate::cost::rates::rate_card::Meter;

catalogue! { COMPARE;
    /// The official bill's column.
    bill_official() = "API tokens";
    /// In place of the difference: the other bills are compared with this one.
    bill_base() = "base";
    /// Shown if there is no amount.
    bill_none() = "–";
    /// Row: credits with the buffer.
    bill_row_credits() = "credits";
    /// Row: fees, whole packs and leftovers.
    bill_row_extra() = "plan or packs";
    /// Row: how the seller reaches the model.
    bill_row_route() = "route";
    /// A seller that does not use the maker's own API, after its name.
    unofficial_name(name) = "{name} (unofficial)";
    /// Row: the difference from the official bill.
    bill_row_difference() = "difference";
    /// Row: the same in percent.
    bill_row_percent() = "difference in %";
    /// A bill that costs less than the official one, with the share.
    bill_less(name, amount, percent) = "With {name} it costs {amount} less ({percent})";
    /// A bill that costs more.
    bill_more(name, amount, percent) = "With {name} it costs {amount} more ({percent})";
    /// A bill that costs the same.
    bill_same(name, than) = "With {name} it costs as much as {than}";
    /// A bill that costs less than what is known of the official one.
    bill_less_than(name, amount, than, percent) = "With {name} it costs {amount} less than {than} ({percent})";
    /// The same for more.
    bill_more_than(name, amount, than, percent) = "With {name} it costs {amount} more than {than} ({percent})";
    /// What a bill is compared with if not all of the work has an official price.
    bill_than_known() = "the known part of the official price";
    /// A sentence about a bill, with the causes of its difference.
    bill_because(said, causes) = "{said}: {causes}.";
    /// The same without causes.
    bill_alone(said) = "{said}.";
    /// A bill without a total.
    bill_unknown_because(name, missing) = "The price of {name} for this work is unknown: {missing}.";
    /// Heading of the parts of a difference.
    bill_row_parts() = "made of:";
    /// The panel without a card.
    bills_empty(key) = "{key} chooses rate cards to compare with.";
    /// Lines that do not fit.
    lines_more(count, key) = "… {count} more {count|line|lines}: {key}";
    /// A number of credits in a table.
    credits_short(count) = "{count} cr";
    /// Label in the description of a card.
    card_found() = "found";
    /// Label.
    card_source() = "source";
    /// Label.
    card_notes() = "notes";
    /// Label.
    card_price() = "price";
    /// Label.
    card_pays() = "bought";
    /// Label.
    card_months() = "months";
    /// Label.
    card_missing() = "missing";
    /// Label.
    card_known() = "known";
    /// Label.
    card_auto() = "auto";
    /// Label.
    card_even() = "cheaper";
    /// Label.
    card_best() = "advice";
    /// Label.
    card_share() = "share";
    /// Label.
    card_failed() = "failures";
    /// What a seller charges for failed calls.
    failed_charged() = "failed calls cost as much as others";
    /// What a seller charges for failed calls.
    failed_free() = "failed calls are free";
    /// What a seller charges for failed calls.
    failed_not_stated() = "the seller does not say whether failed calls are billed";
    /// Description of the official bill.
    official_meaning() = "OpenAI's list price, the reference for the other bills.";
    /// Note on one line's bill if credits are bought for all lines together.
    share_meaning() = "Credits are bought once for the whole project; ≈ marks this deliverable's share. The parts of the difference are those of the whole project.";
    /// The official bill is incomplete.
    against_known_meaning() = "Only part of the official bill is known; the difference is measured from that part.";
    /// One price for everything.
    price_flat(price) = "{price} an image";
    /// Prices that differ.
    price_range(least, most) = "{least} to {most} an image";
    /// One price for every call.
    price_flat_call(price) = "{price} a call";
    /// Prices of calls that differ.
    price_range_call(least, most) = "{least} to {most} a call";
    /// A discount on the official rates.
    price_discount(percent) = "official rates less {percent} %";
    /// Prices with a discount.
    price_less(price, percent) = "{price}, less {percent} %";
    /// Prices by tokens.
    price_tokens(price) = "{price} per million image tokens";
    /// Prices by tokens, without one for images.
    price_tokens_unknown() = "no image price";
    /// A team's own credit.
    price_internal(usd, markup) = "{usd} a credit, markup {markup} %";
    /// Title of the list of rate cards.
    dialog_cards() = "Rate cards to compare with";
    /// Purpose of the list of rate cards.
    help_cards() = "Every known rate card: the project's total on it and what that is above or below the official one, the lowest first; last those that cannot price it, with the reason. Choose any number; they count when you accept. Type to narrow the list.";
    /// The same with the official total, as the title of the list.
    dialog_cards_beside(total) = "Rate cards to compare with the official {total}";
    /// Heading of a calculation.
    bill_derivation(card) = "Bill: {card}";
    /// A step of a calculation.
    bill_step_credits() = "credits, including the buffer";
    /// A step of a calculation.
    bill_step_unit() = "list price of a credit";
    /// A step of a calculation.
    bill_step_total() = "what is paid";
    /// A step of a calculation.
    bill_step_official() = "the official bill";
    /// A step of a calculation.
    bill_step_difference() = "what is paid − the official bill = the sum of the parts below";
    /// An exact amount without a finite decimal.
    exact_fraction(fraction, about) = "{fraction} USD ≈ {about}";
    /// Explanation of inputs that are not charged for.
    differs_inputs_formula() = "reference images and prompt are free: subtract their official price";
    /// Explanation of the missing batch service.
    differs_no_batch_formula() = "no batch service: the official standard price instead of the batch price";
    /// Explanation of the standard price where batch is not offered.
    differs_batch_not_offered_formula() = "OpenAI does not offer this model in batch: the official standard price, since there is no official batch price";
    /// Explanation of the standard price where the batch price is not known.
    differs_batch_unknown_formula() = "the official batch price is not known: the official standard price instead";
    /// Explanation of the charge for auto.
    differs_auto_formula() = "auto is billed as an image with a price: the official price of that image";
    /// Explanation of images without an official price.
    differs_no_official_formula() = "images without an official price, at the card's price";
    /// Explanation of the size tier.
    differs_tier_formula() = "sizes are billed by class: the official price of the class's square instead of the image's own";
    /// Explanation of rounding.
    differs_rounding_formula() = "the official price rounded up to the card's step, and calls rounded up";
    /// Explanation of partial images that are not charged for.
    differs_previews_formula() = "streamed partial images are free: subtract their official price";
    /// Explanation of calls that are charged once.
    differs_per_call_formula() = "a call is billed once, however many images it returns: the official price of one image per call";
    /// Explanation of the seller's markup or discount.
    differs_sellers_price_formula() = "the card's price compared with that: above 0 a markup, below 0 a discount; the seller's earnings are not known";
    /// Explanation of a purchase fee.
    differs_purchase_fee_formula() = "the seller's fee on every payment";
    /// Explanation of the plan's fee.
    differs_fee_formula() = "the plan's fees above the list price of its credits";
    /// Explanation of overage.
    differs_overage_formula() = "credits beyond the plan, above the list price";
    /// Explanation of smaller packs.
    differs_packs_formula() = "packs that cost more per credit than the best pack";
    /// Explanation of credits left over.
    differs_leftover_formula() = "credits that are paid for and not used, at the list price";
}

/// Where a card was found.
#[must_use]
pub fn found(found: Found) -> &'static str {
    match found {
        Found::BuiltIn => super::found_built_in(),
        Found::Config => super::found_config(),
        Found::Team => super::found_team(),
        Found::Project => super::found_project(),
    }
}

/// What a seller charges for calls that fail.
#[must_use]
pub fn failed(failed: Failed) -> &'static str {
    match failed {
        Failed::Charged => failed_charged(),
        Failed::Free => failed_free(),
        Failed::NotStated => failed_not_stated(),
    }
}

/// The explanation of a part of a difference, in a sentence.
#[must_use]
pub fn differs_formula(why: crate::cost::bill::Why) -> &'static str {
    use crate::cost::bill::Why;
    match why {
        Why::Surcharge => super::fees::differs_surcharge_formula(),
        Why::InputsIncluded => differs_inputs_formula(),
        Why::Previews => differs_previews_formula(),
        Why::NoBatch => differs_no_batch_formula(),
        Why::BatchNotOffered => differs_batch_not_offered_formula(),
        Why::BatchUnknown => differs_batch_unknown_formula(),
        Why::AutoChargedAs => differs_auto_formula(),
        Why::NoOfficialPrice => differs_no_official_formula(),
        Why::SizeTier => differs_tier_formula(),
        Why::Rounding => differs_rounding_formula(),
        Why::PerCall => differs_per_call_formula(),
        Why::SellersPrice => differs_sellers_price_formula(),
        Why::PurchaseFee => differs_purchase_fee_formula(),
        Why::Fee => differs_fee_formula(),
        Why::Overage => differs_overage_formula(),
        Why::Packs => differs_packs_formula(),
        Why::Leftover => differs_leftover_formula(),
    }
}

/// A card's price of an image, in a few words.
#[must_use]
pub fn card_prices(card: &Card) -> String {
    let amount = |unit: Unit, price: Decimal| match unit {
        Unit::Money => super::cost::exact(card.money.currency, price),
        Unit::Credits => credits_short(plain(price)),
    };
    match &card.pricing {
        Pricing::Tokens { unit, standard, discount_percent, .. } => {
            let rate = standard.as_ref().map(|rates| rates.get(Meter::ImageOutput));
            let price = match rate {
                None => return price_discount(plain(*discount_percent)),
                Some(Some(rate)) => price_tokens(amount(*unit, rate)),
                Some(None) => price_tokens_unknown().to_owned(),
            };
            if discount_percent.is_zero() { price } else { price_less(price, plain(*discount_percent)) }
        }
        Pricing::Internal { credit_usd, markup_percent } => {
            price_internal(super::cost::exact(Currency::USD, *credit_usd), plain(*markup_percent))
        }
        Pricing::Images { unit, table, .. } => {
            let prices = table.prices();
            let (flat, range): (Flat, Range) = match card.per {
                Per::Image => (price_flat, price_range),
                Per::Call => (price_flat_call, price_range_call),
            };
            match (prices.iter().min(), prices.iter().max()) {
                (Some(least), Some(most)) if least == most => flat(amount(*unit, *least)),
                (Some(least), Some(most)) => range(amount(*unit, *least), amount(*unit, *most)),
                _ => super::missing_figures().to_owned(),
            }
        }
    }
}

/// A sentence about one price.
type Flat = fn(String) -> String;
/// A sentence about the lowest and the highest price.
type Range = fn(String, String) -> String;
