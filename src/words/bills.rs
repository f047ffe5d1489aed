//! Sentences about bills: cards in files, why bills differ, missing prices, purchases.

use super::fees::differs_surcharge;
use super::number::plain;
use super::size;
use crate::cost::base::money::{Decimal, Exchange, Shown};
use crate::cost::bill::pay::{Month, Way};
use crate::cost::bill::{Fraction, Missing, Purchase, Why};
use crate::cost::rates::card::{Card, Pack, Pay};

catalogue! { BILLS;
    /// Title of the panel that leads from the official bill to another one.
    walk_title(name) = "From the official price to {name}";
    /// More cards than a file may hold.
    cards_too_many(count) = "the file has {count} cards";
    /// How many cards a file may hold.
    cards_allowed(max) = "up to {max} cards in a file";
    /// Remedy.
    cards_remedy() = "remove cards that are not compared";
    /// A card, or a part of one, that lacks a required value.
    card_lacks(name, what) = "{name} has no {what}";
    /// Remedy for a card without a kind.
    card_kind_remedy() = "add kind = \"…\" to say how the card charges";
    /// Remedy.
    card_lacks_remedy(what) = "add {what}";
    /// Remedy for a card of images without prices.
    card_lacks_prices_remedy() = "add price, tier or size; if the seller publishes none, write prices = \"not published\"";
    /// A key that has no meaning in this kind of card.
    card_key_misfit(key, kind) = "{key} has no meaning in a card of the kind \"{kind}\"";
    /// Remedy.
    card_key_misfit_remedy() = "remove the line, or give the card another kind";
    /// A key that has no effect without another one.
    card_key_unused(key, needed) = "{key} has no effect without {needed}";
    /// Remedy.
    card_key_unused_remedy(key, needed) = "add {needed}, or remove {key}";
    /// Prices given twice.
    card_price_twice(keys) = "the same price is given in several ways: {keys}";
    /// Remedy.
    card_price_twice_remedy() = "keep one of them";
    /// A card's exchange rate that nothing uses.
    card_exchange_unused() = "exchange has no effect: the prices are in USD";
    /// Remedy.
    card_exchange_unused_remedy() = "name the currency of the prices, such as currency = \"EUR\", or remove the line";
    /// Prices of calls with reference images that leave out sizes or classes of the card.
    edit_gaps(sizes) = "edit has no price for {sizes}";
    /// Remedy.
    edit_gaps_remedy() = "add them if the seller publishes them; otherwise, a deliverable of that size with reference images has no price here";
    /// Two size classes that end at the same edge.
    tier_overlap(one, other, edge) = "the classes {one} and {other} both end at a long edge of {edge} px";
    /// Remedy.
    tier_overlap_remedy() = "give each class its own longest edge";
    /// Two size classes that end at the same area.
    tier_overlap_area(one, other, most) = "the classes {one} and {other} both end at {most} megapixels";
    /// Remedy.
    tier_overlap_area_remedy() = "give each class its own area";
    /// Size classes of both sorts.
    tiers_mixed(one, other) = "the class {one} is bounded by its edge and {other} by its area";
    /// Remedy.
    tiers_mixed_remedy() = "bound all classes by long_edge or all by megapixels";
    /// `auto` is charged as a class or size that does not exist.
    auto_size_unknown(name) = "the card has no class or size {name} to charge auto as";
    /// Remedy.
    auto_size_unknown_remedy() = "name a class or size it has";
    /// A size in a card that cannot be read.
    card_size_wrong(name) = "{name} is not a size";
    /// Form of a card's sizes.
    card_size_allowed() = "keys such as \"1024x1024\"";
    /// Range of an amount.
    amount_allowed(min, max) = "a number from {min} to {max}";
    /// Range of an amount above zero.
    above_nothing_allowed(max) = "a number above 0 and up to {max}";
    /// Remedy.
    above_nothing_remedy() = "write the price, or remove the line if it is not published: unknown is not free";
    /// A table without entries.
    card_table_empty(key) = "{key} has no entries";
    /// Remedy.
    card_table_empty_remedy() = "add one, or remove the line";
    /// Form of a card's models.
    card_models_allowed() = "a list of models in quotes, such as [\"gpt-image-2\"]";
    /// Form of a card's qualities.
    card_qualities_allowed() = "a list of qualities in quotes, such as [\"low\", \"medium\", \"high\"]";
    /// Form of `compare`.
    compare_allowed() = "a list of cards in quotes, such as [\"pixapi\", \"laozhang-vip\"]";
    /// More bills than fit beside each other.
    compare_too_many(count, max) = "{count} bills are requested; at most {max} are computed";
    /// Remedy.
    compare_too_many_remedy(max) = "name up to {max} cards";
    /// No card of that name.
    bill_unknown(name) = "there is no rate card {name}";
    /// Remedy.
    bill_unknown_remedy(id) = "see retake rates list, or write a table [card.{id}]";
    /// Inputs that are not charged for.
    differs_inputs() = "references and prompt not charged";
    /// Standard service instead of batch.
    differs_no_batch() = "no batch price";
    /// The same where the maker does not offer batch.
    differs_batch_not_offered() = "batch not offered: standard price";
    /// The same where the official batch price is not known.
    differs_batch_unknown() = "batch price unknown: standard price";
    /// `auto` and the image that it is charged as.
    differs_auto() = "auto billed as a priced image";
    /// What images in quality `auto` are charged as.
    auto_billed_as(quality) = "quality auto is billed as {quality}";
    /// No official price to compare with.
    differs_no_official() = "no official price";
    /// Sizes charged by class.
    differs_tier() = "size tier";
    /// Prices rounded to steps.
    differs_rounding() = "rounding";
    /// Partial images that are not charged for.
    differs_previews() = "previews not charged";
    /// Calls charged once for all of their images.
    differs_per_call() = "charged per call";
    /// The seller's price level.
    differs_sellers_price() = "seller's price";
    /// The seller's fee on a purchase.
    differs_purchase_fee() = "purchase fee";
    /// A plan's fees.
    differs_fee() = "plan fee";
    /// Credits beyond a plan.
    differs_overage() = "overage";
    /// Packs that are dear for their credits.
    differs_packs() = "smaller packs";
    /// Credits left over.
    differs_leftover() = "credits left over";
    /// A clause: what costs more.
    cause_adds(what, amount) = "{what} adds {amount}";
    /// A clause: what costs less.
    cause_saves(what, amount) = "{what} saves {amount}";
    /// Subject of a clause: all that is not named.
    cause_rest() = "the rest";
    /// A clause: the seller's price level.
    cause_price_lower(amount) = "its prices are {amount} lower";
    /// The same above.
    cause_price_higher(amount) = "its prices are {amount} higher";
    /// A clause: inputs are free.
    cause_inputs(amount) = "references and prompt are not charged ({amount})";
    /// Subject of a clause.
    cause_inputs_subject() = "the price of references and prompt";
    /// A clause: partial images are free.
    cause_previews(amount) = "previews are not charged ({amount})";
    /// Subject of a clause.
    cause_previews_subject() = "the price of previews";
    /// A clause: the surcharge is the official price's alone.
    cause_surcharge(amount) = "the surcharge is not charged ({amount})";
    /// Subject of a clause.
    cause_no_batch() = "the lack of a batch price";
    /// Subject of a clause.
    cause_standard() = "the standard price in place of an official batch price";
    /// Subject of a clause.
    cause_auto() = "billing auto as a priced image";
    /// A clause: images with this card's price alone.
    cause_no_official(amount) = "images without an official price cost {amount}";
    /// A clause: sizes charged by class.
    cause_tier(amount) = "size classes add {amount}";
    /// The same where they cost less.
    cause_tier_less(amount) = "size classes save {amount}";
    /// Subject of a clause.
    cause_own_rounding() = "its own rounding";
    /// Subject of a clause.
    cause_per_call() = "charging by the call";
    /// Subject of a clause.
    cause_purchase_fee() = "the purchase fee";
    /// Subject of a clause.
    cause_fee() = "the plan's fee";
    /// A clause: credits beyond a plan.
    cause_overage(amount) = "credits beyond the plan add {amount}";
    /// A clause: packs that are dear for their credits.
    cause_packs(amount) = "smaller packs add {amount}";
    /// A clause: credits that are not used.
    cause_leftover(amount) = "credits left over cost {amount}";
    /// A clause: the cents that the others miss.
    cause_rounding(amount) = "and rounding {amount}";
    /// The card is for other models.
    missing_model(model) = "{model} is not sold";
    /// The card does not sell a quality.
    missing_quality_sold(quality) = "{quality} is not sold";
    /// Calls with reference images, about which the card says nothing.
    missing_references() = "no price stated for calls with reference images";
    /// Calls with more reference images than the card's price covers.
    missing_references_over(most) = "no price for more than {most} reference {most|image|images}";
    /// The rate that a card's prices are converted at.
    card_converted(currency, rate, day) = "prices in {currency}, converted at {rate} for 1 USD ({day})";
    /// The same with its source.
    card_converted_by(currency, rate, day, source) = "prices in {currency}, converted at {rate} for 1 USD ({day}, {source})";
    /// The card's currency has no exchange rate.
    missing_exchange(currency) = "no exchange rate for {currency}";
    /// No price for a size.
    missing_size(size) = "no price for {size}";
    /// No price for a quality.
    missing_quality(quality) = "no price for {quality} quality";
    /// Size `auto`.
    missing_auto_size() = "size billed for auto not stated";
    /// Quality `auto`.
    missing_auto_quality() = "quality billed for auto not stated";
    /// No rate for a meter.
    missing_rate(meter) = "no price of {meter} published";
    /// No token count.
    missing_tokens() = "tokens per image not known";
    /// No official price to calculate from.
    missing_official() = "official price not known";
    /// Number of images unknown.
    missing_count() = "number of images not known";
    /// Months of work that cannot be read.
    missing_months() = "the months of work cannot be read";
    /// A value that cannot be read.
    missing_unreadable() = "a value of the deliverable is unreadable";
    /// No prices at all.
    missing_figures() = "credits per image not published";
    /// No price of a credit.
    missing_credit_price() = "price per credit not published";
    /// No pack, and no price for further credits.
    missing_reach() = "no plan or pack covers that many credits";
    /// Too many digits.
    missing_digits() = "too many digits to compute exactly";
    /// Heading of the other bills.
    bills_heading() = "The same work on other rate cards";
    /// A number of credits.
    credit_count(count) = "{count} {count|credit|credits}";
    /// The difference that the parts add up to.
    bill_against(amount) = "{amount} against the official bill";
    /// The same if the official bill is known only in part.
    bill_against_known(amount) = "{amount} against the known part of the official bill";
    /// A part of a difference.
    bill_part(why, amount) = "{why} {amount}";
    /// A part of a difference that is a share of another price.
    bill_part_of(why, amount, percent, of) = "{why} {amount} ({percent} on {of})";
    /// The known part of a bill without a total.
    bill_known(amount) = "known part {amount}";
    /// How credits are paid: at a rate.
    paid_by_rate() = "paid per credit";
    /// How credits are paid: in packs.
    paid_by_packs(packs) = "packs: {packs}";
    /// A number of packs of one kind.
    pack_count(count, name) = "{count} × {name}";
    /// How credits are paid: by a plan.
    paid_by_plan(name, months) = "plan {name} for {months} {months|month|months}";
    /// Credits beyond a plan's, paid one by one.
    bill_overage(credits, amount) = "{credits} beyond the plan for {amount}";
    /// Credits paid for but not used, and their value.
    bill_leftover(credits, worth) = "{credits} left over, worth {worth}";
    /// The part of those credits that expires.
    bill_lost(credits) = "{credits} of them expire";
    /// Credits paid for but not used, all of which expire.
    bill_lost_all() = "all of them expire";
    /// A search that was cut short.
    bill_unproven() = "too many packs to try every combination: a cheaper one may exist";
    /// Packs that expire during the work, bought at fixed times.
    bill_timing() = "packs that expire are assumed to be bought at the start and at each expiry; buying them as needed may take fewer";
    /// An amount that may be lower.
    at_most(amount) = "at most {amount}";
    /// An amount, or credits, of the part of the work that has a price.
    at_least(amount) = "at least {amount}";
    /// One month.
    month_one(month) = "month {month}";
    /// Several equal months.
    months_alike(first, last) = "months {first}–{last} each";
    /// The movements of a month.
    month_told(month, parts) = "{month}: {parts}";
    /// Credits that come with a plan's fee.
    month_included(credits) = "{credits} included";
    /// Credits that come in packs, or in packs and by a plan.
    month_bought(credits) = "{credits} bought";
    /// Credits that the work takes.
    month_used(credits) = "{credits} used";
    /// Credits that expire at the end of a month.
    month_lost(credits) = "{credits} expire";
    /// Credits left for the next month.
    month_left(credits) = "{credits} left";
    /// The same after several months that use some of them.
    month_left_at_last(credits) = "{credits} left at the end";
    /// Credits that are paid one by one in a month.
    month_overage(credits) = "{credits} beyond the plan";
    /// Months that are not listed.
    months_more(count) = "… {count} more {count|month|months}";
    /// Credits that expire when the work is over.
    month_after(credits) = "after the work: {credits} expire";
    /// When unused packs expire.
    bill_expires(months) = "packs expire {months} {months|month|months} after the start";
    /// The purchase of 0 credits.
    bought_nothing() = "nothing to buy";
    /// A reason with the number of lines that it concerns.
    missing_in_lines(reason, lines) = "{reason} ({lines} {lines|line|lines})";
}

/// Why bills differ, as shown in reports, screens and JSON.
#[must_use]
pub fn differs(why: Why) -> &'static str {
    match why {
        Why::Surcharge => differs_surcharge(),
        Why::InputsIncluded => differs_inputs(),
        Why::Previews => differs_previews(),
        Why::NoBatch => differs_no_batch(),
        Why::BatchNotOffered => differs_batch_not_offered(),
        Why::BatchUnknown => differs_batch_unknown(),
        Why::AutoChargedAs => differs_auto(),
        Why::NoOfficialPrice => differs_no_official(),
        Why::SizeTier => differs_tier(),
        Why::Rounding => differs_rounding(),
        Why::PerCall => differs_per_call(),
        Why::SellersPrice => differs_sellers_price(),
        Why::PurchaseFee => differs_purchase_fee(),
        Why::Fee => differs_fee(),
        Why::Overage => differs_overage(),
        Why::Packs => differs_packs(),
        Why::Leftover => differs_leftover(),
    }
}

/// What a clause of a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// One reason.
    Of(Why),
    /// All reasons that are not named.
    Rest,
}

/// A cause of a difference as a clause with a verb; `amount` has no sign.
#[must_use]
pub fn cause(cause: Cause, amount: impl std::fmt::Display, is_less: bool) -> String {
    let more_or_less = |what: &str| if is_less { cause_saves(what, &amount) } else { cause_adds(what, &amount) };
    let subject = match cause {
        Cause::Rest => cause_rest(),
        Cause::Of(Why::SellersPrice) if is_less => return cause_price_lower(amount),
        Cause::Of(Why::SellersPrice) => return cause_price_higher(amount),
        Cause::Of(Why::InputsIncluded) if is_less => return cause_inputs(amount),
        Cause::Of(Why::Previews) if is_less => return cause_previews(amount),
        Cause::Of(Why::Surcharge) if is_less => return cause_surcharge(amount),
        Cause::Of(Why::InputsIncluded) => cause_inputs_subject(),
        Cause::Of(Why::Previews) => cause_previews_subject(),
        Cause::Of(Why::Surcharge) => differs_surcharge(),
        Cause::Of(Why::NoBatch) => cause_no_batch(),
        Cause::Of(Why::BatchNotOffered | Why::BatchUnknown) => cause_standard(),
        Cause::Of(Why::AutoChargedAs) => cause_auto(),
        Cause::Of(Why::NoOfficialPrice) => return cause_no_official(amount),
        Cause::Of(Why::SizeTier) => return if is_less { cause_tier_less(amount) } else { cause_tier(amount) },
        Cause::Of(Why::Rounding) => cause_own_rounding(),
        Cause::Of(Why::PerCall) => cause_per_call(),
        Cause::Of(Why::PurchaseFee) => cause_purchase_fee(),
        Cause::Of(Why::Fee) => cause_fee(),
        Cause::Of(Why::Overage) => return cause_overage(amount),
        Cause::Of(Why::Packs) => return cause_packs(amount),
        Cause::Of(Why::Leftover) => return cause_leftover(amount),
    };
    more_or_less(subject)
}

/// A missing price.
#[must_use]
pub fn missing_text(what: &Missing) -> String {
    match what {
        Missing::Model(model) => missing_model(model),
        Missing::NotSold(quality) => missing_quality_sold(quality.name()),
        Missing::References => missing_references().to_owned(),
        Missing::ReferencesOver(most) => missing_references_over(most),
        Missing::Exchange(currency) => missing_exchange(currency.code()),
        Missing::Size(asked) => missing_size(size(*asked)),
        Missing::Quality(quality) => missing_quality(quality.name()),
        Missing::AutoSize => missing_auto_size().to_owned(),
        Missing::AutoQuality => missing_auto_quality().to_owned(),
        Missing::Rate(meter) => missing_rate(super::meter_label(*meter)),
        Missing::Tokens => missing_tokens().to_owned(),
        Missing::Official => missing_official().to_owned(),
        Missing::Count => missing_count().to_owned(),
        Missing::Months => missing_months().to_owned(),
        Missing::Unreadable => missing_unreadable().to_owned(),
        Missing::Figures => missing_figures().to_owned(),
        Missing::CreditPrice => missing_credit_price().to_owned(),
        Missing::Reach => missing_reach().to_owned(),
        Missing::Digits => missing_digits().to_owned(),
    }
}

/// How credits are bought, and their leftovers; `show` formats an amount of USD, `number` a number of credits.
#[must_use]
pub fn purchase(
    pay: &Pay,
    bought: &Purchase,
    show: impl Fn(&Fraction) -> String,
    number: impl Fn(&Fraction) -> String,
) -> String {
    if bought.needed.is_zero() {
        return bought_nothing().to_owned();
    }
    let credits = |count: Decimal| credit_count(number(&Fraction::from(count)));
    // A rest of digits that were cut at the eighteenth is nothing that anybody buys.
    let is_some = |count: Decimal| count >= Decimal::new(1, 9);
    let packs = || {
        let one = |(at, pack): (usize, &Pack)| {
            let count: u64 = bought.packs.iter().filter_map(|packs| packs.counts.get(at)).sum();
            (count > 0).then(|| pack_count(count, &pack.name))
        };
        super::listed(pay.packs.iter().enumerate().filter_map(one))
    };
    let mut parts = match bought.offer.way {
        Way::Rate => vec![paid_by_rate().to_owned()],
        Way::Packs => vec![paid_by_packs(packs())],
        Way::Plan(at) => {
            let name = pay.plans.get(at).map_or("", |plan| plan.name.as_str());
            vec![paid_by_plan(name, bought.months)]
        }
    };
    if let (Way::Plan(_), false) = (bought.offer.way, bought.packs.is_empty()) {
        parts.push(paid_by_packs(packs()));
    }
    if !bought.overage.0.is_zero() {
        parts.push(bill_overage(credits(bought.overage.0), show(&bought.overage.1)));
    }
    if is_some(bought.leftover) {
        parts.push(bill_leftover(credits(bought.leftover), show(&bought.leftover_worth())));
    }
    if bought.lost == bought.leftover && is_some(bought.lost) {
        parts.push(bill_lost_all().to_owned());
    } else if is_some(bought.lost) {
        parts.push(bill_lost(credits(bought.lost)));
    }
    if let (Some(months), true) = (bought.expires_after, is_some(bought.leftover)) {
        parts.push(bill_expires(months));
    }
    if !bought.proven {
        let expire = pay.packs.iter().any(|pack| pack.months.is_some_and(|months| months < bought.months));
        parts.push(if expire { bill_timing() } else { bill_unproven() }.to_owned());
    }
    parts.join("; ")
}

/// A sentence about a number of credits.
type Sentence = fn(String) -> String;

/// How credits are added, used and expire over the months of the work, with equal months in one sentence; at most `most`
/// sentences. Empty if the work takes one month.
#[must_use]
pub fn over_time(pay: &Pay, bought: &Purchase, most: usize, number: impl Fn(&Fraction) -> String) -> Vec<String> {
    let months = bought.over_time(pay);
    if months.len() < 2 {
        return Vec::new();
    }
    // Months that use the same packs count as equal even if different amounts are left.
    let alike = |a: &Month, b: &Month| {
        let same_left = a.left == b.left || (a.bought.is_zero() && b.bought.is_zero());
        same_left && *a == Month { month: a.month, left: a.left.clone(), ..b.clone() }
    };
    let by_plan = matches!(bought.offer.way, Way::Plan(_)) && bought.packs.is_empty();
    let told = |group: &[Month]| {
        let (first, last) = (group.first()?, group.last()?);
        let name = if group.len() == 1 { month_one(first.month) } else { months_alike(first.month, last.month) };
        let left = if first.left == last.left { month_left } else { month_left_at_last };
        let all: [(&Fraction, Sentence); 5] = [
            (&first.bought.into(), if by_plan { month_included } else { month_bought }),
            (&first.used, month_used),
            (&first.overage, month_overage),
            (&first.lost, month_lost),
            (&last.left, left),
        ];
        let parts = all.into_iter().filter(|(count, _)| !count.is_zero()).map(|(count, text)| text(number(count)));
        Some(month_told(name, parts.collect::<Vec<_>>().join(", ")))
    };
    let groups: Vec<&[Month]> = months.chunk_by(alike).collect();
    let shown = if groups.len() > most { most.saturating_sub(1) } else { groups.len() };
    let mut lines: Vec<String> = groups[..shown].iter().filter_map(|group| told(group)).collect();
    let hidden: usize = groups[shown..].iter().map(|group| group.len()).sum();
    if hidden > 0 {
        lines.push(months_more(hidden));
    }
    let in_time = months.iter().fold(Fraction::zero(), |sum, month| &sum + &month.lost);
    let after = &Fraction::from(bought.lost) - &in_time;
    if !after.is_zero() && !after.is_negative() {
        lines.push(month_after(number(&after)));
    }
    lines
}

/// Every missing price of a bill, each with the number of lines concerned.
#[must_use]
pub fn all_missing(missing_in: &[(Missing, usize)]) -> String {
    let one = |(what, lines): &(Missing, usize)| match lines {
        0 => missing_text(what),
        lines => missing_in_lines(missing_text(what), lines),
    };
    missing_in.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The rate at which a card's prices are converted, its own or the project's; `None` for prices in USD and without a rate.
#[must_use]
pub fn converted_at(card: &Card, shown: &Shown) -> Option<String> {
    let Exchange { rate, as_of, source } = card.money.rate(shown)?;
    let currency = card.money.currency;
    Some(match source {
        Some(source) => card_converted_by(currency.code(), plain(*rate), as_of, source),
        None => card_converted(currency.code(), plain(*rate), as_of),
    })
}
