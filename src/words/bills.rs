//! Sentences about bills: cards in files, why bills differ, missing prices, purchases.

use super::number::plain;
use super::size;
use crate::cost::base::money::Decimal;
use crate::cost::base::size::Size;
use crate::cost::bill::break_even::{BreakEven, Verdict};
use crate::cost::bill::mix::{Choice, Mix};
use crate::cost::bill::pay::{Month, Way};
use crate::cost::bill::{Bills, Card, Fraction, Missing, Purchase, Why};
use crate::cost::rates::card::{Pack, Pay};

catalogue! { BILLS;
    /// More cards than a file may hold.
    cards_too_many(count) = "{count} cards stand here";
    /// How many cards a file may hold.
    cards_allowed(max) = "up to {max} cards in a file";
    /// Remedy.
    cards_remedy() = "take out the cards that nobody compares with";
    /// A card, or a part of one, that lacks a required value.
    card_lacks(name, what) = "{name} has no {what}";
    /// Remedy for a card without a kind.
    card_kind_remedy() = "say with kind = \"…\" what the card charges by";
    /// Remedy.
    card_lacks_remedy(what) = "add {what}";
    /// Remedy for a card of images without prices.
    card_lacks_prices_remedy() = "add price, tier or size; where the seller publishes none, write prices = \"not published\"";
    /// A key that has no meaning in this kind of card.
    card_key_misfit(key, kind) = "{key} means nothing in a card of the kind \"{kind}\"";
    /// Remedy.
    card_key_misfit_remedy() = "take the line out, or give the card another kind";
    /// Prices given twice.
    card_price_twice(keys) = "the same price is said in several ways: {keys}";
    /// Remedy.
    card_price_twice_remedy() = "keep one of them";
    /// A card in another currency.
    card_currency(currency) = "the card is in {currency}; bills are reckoned in USD";
    /// Remedy.
    card_currency_remedy() = "write the prices in USD, and the exchange rate that you took in notes";
    /// Two size classes that end at the same edge.
    tier_overlap(one, other, edge) = "the classes {one} and {other} both end at a long edge of {edge} px";
    /// Remedy.
    tier_overlap_remedy() = "give each class its own longest edge";
    /// `auto` is charged as a class or size that does not exist.
    auto_size_unknown(name) = "the card has no class or size {name} to charge auto as";
    /// Remedy.
    auto_size_unknown_remedy() = "name one of the card's own";
    /// A size in a card that cannot be read.
    card_size_wrong(name) = "{name} is not a size";
    /// Form of a card's sizes.
    card_size_allowed() = "keys such as \"1024x1024\"";
    /// Range of an amount.
    amount_allowed(min, max) = "a number from {min} to {max}";
    /// Range of an amount above zero.
    above_nothing_allowed(max) = "a number above 0 and up to {max}";
    /// Remedy.
    above_nothing_remedy() = "write the price, or take the line out where it is not published: unknown is not free";
    /// A table without entries.
    card_table_empty(key) = "{key} has no entries";
    /// Remedy.
    card_table_empty_remedy() = "add one, or take the line out";
    /// Form of a card's models.
    card_models_allowed() = "a list of models in quotes, such as [\"gpt-image-2\"]";
    /// Form of `compare`.
    compare_allowed() = "a list of cards in quotes, such as [\"pixapi\", \"laozhang-vip\"]";
    /// More bills than fit beside each other.
    compare_too_many(count, max) = "{count} bills are asked for, and {max} are reckoned at most";
    /// Remedy.
    compare_too_many_remedy(max) = "name up to {max} cards";
    /// No card of that name.
    bill_unknown(name) = "there is no rate card {name}";
    /// Remedy.
    bill_unknown_remedy(id) = "see retake rates list, or write a table [card.{id}]";
    /// Inputs that are not charged for.
    differs_inputs() = "inputs not charged for";
    /// Standard service instead of batch.
    differs_no_batch() = "no batch price";
    /// `auto` and the image that it is charged as.
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
    /// No official price to calculate from.
    missing_official() = "official price not known";
    /// Number of images unknown.
    missing_count() = "number of pictures not known";
    /// A value that cannot be read.
    missing_unreadable() = "a value of the line cannot be read";
    /// No prices at all.
    missing_figures() = "credits per picture not published";
    /// No price of a credit.
    missing_credit_price() = "price per credit not published";
    /// No pack, and no price for further credits.
    missing_reach() = "no plan or pack reaches so many credits";
    /// Too many digits.
    missing_digits() = "more digits than can be computed with exactly";
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
    /// The known part of a bill without a total.
    bill_known(amount) = "known part {amount}";
    /// How credits are paid: at a rate.
    paid_by_rate() = "paid by the credit";
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
    bill_unproven() = "too many packs to try every choice: a cheaper one may exist";
    /// Packs that expire during the work, bought at fixed times.
    bill_timing() = "packs that expire are reckoned as bought at the start and each time that they expire: bought as they run out, fewer may do";
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
    month_left_at_last(credits) = "{credits} left at last";
    /// Credits that are paid one by one in a month.
    month_overage(credits) = "{credits} paid one by one";
    /// Months that are not listed.
    months_more(count) = "… {count} more {count|month|months}";
    /// Credits that expire when the work is over.
    month_after(credits) = "after the work: {credits} expire";
    /// When unused packs expire.
    bill_expires(months) = "packs expire {months} {months|month|months} after the start";
    /// The card is cheaper in every size.
    even_card(card, qualities) = "{card} is cheaper in every size at {qualities}";
    /// The official price is as low or lower in every size.
    even_official(qualities) = "the official price is as low or lower in every size at {qualities}";
    /// It depends on the size, and the card mostly wins.
    even_but(card, quality, sizes) = "at {quality} {card} is cheaper, but for {sizes}";
    /// It depends on the size, and the card seldom wins.
    even_only(card, quality, sizes) = "at {quality} {card} is cheaper only for {sizes}";
    /// It depends on the size, and there are many sizes on both sides.
    even_from(card, quality, count, all, smallest) = "at {quality} {card} is cheaper in {count} of {all} usual sizes, the smallest of them {smallest}";
    /// The card named before.
    even_it() = "it";
    /// The models that a sentence is about.
    even_for(models, sentence) = "{models}: {sentence}";
    /// The comparison uses a list price.
    even_at_list_price() = "at the lowest list price of a credit, without fees and leftovers";
    /// The suggestion of two sellers.
    mix(explore, finals, saving) = "cheapest mix: drafts on {explore}, finals on {finals}; saves {saving} against the cheapest single bill";
    /// The same if no single seller has a price for both.
    mix_alone(explore, finals) = "cheapest mix: drafts on {explore}, finals on {finals}; no single bill has a price for both";
    /// The suggestion if there are no drafts, or one seller is cheapest at both.
    mix_single(card) = "cheapest of all: {card}";
    /// The same with its saving.
    mix_single_saves(card, saving) = "cheapest of all: {card}; saves {saving} against the official price";
    /// Items included in the price of the suggestion.
    mix_holds() = "fees, whole packs and leftovers are in it";
    /// Unknown bills, which may be cheaper than the suggestion.
    mix_unknown(count) = "{count} {count|bill is|bills are} unknown";
    /// The purchase of 0 credits.
    bought_nothing() = "nothing has to be bought";
    /// The official price, as one of several sellers.
    official_price() = "the official price";
    /// A reason with the number of lines that it concerns.
    missing_in_lines(reason, lines) = "{reason} ({lines} {lines|line|lines})";
}

/// Why bills differ, as shown in reports, screens and JSON.
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

/// A missing price.
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

/// Where a card is cheaper than the official price, in one sentence; `None` if it has no price.
fn break_even(card: &Card, found: &BreakEven) -> Option<String> {
    let of = |wanted: &Verdict| -> Vec<&str> {
        found.by_quality.iter().filter(|(_, verdict)| verdict == wanted).map(|(quality, _)| quality.name()).collect()
    };
    let (card_wins, official_wins) = (of(&Verdict::Card), of(&Verdict::Official));
    let mut parts = Vec::new();
    if !card_wins.is_empty() {
        parts.push(even_card(&card.name, card_wins.join(", ")));
    }
    let who_is = |parts: &[String]| if parts.is_empty() { card.name.clone() } else { even_it().to_owned() };
    for (quality, verdict) in &found.by_quality {
        let Verdict::Mixed { card: cheaper, official } = verdict else { continue };
        let sizes = |sizes: &[Size]| super::listed(sizes.iter().map(|one| size(*one)));
        let who = who_is(&parts);
        parts.push(if official.len() <= NAMED_MAX {
            even_but(who, quality.name(), sizes(official))
        } else if cheaper.len() <= NAMED_MAX {
            even_only(who, quality.name(), sizes(cheaper))
        } else {
            let smallest = cheaper.first().map(|one| size(*one)).unwrap_or_default();
            even_from(who, quality.name(), cheaper.len(), cheaper.len() + official.len(), smallest)
        });
    }
    if !official_wins.is_empty() {
        parts.push(even_official(official_wins.join(", ")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Where a card is cheaper than the official prices of several models: one sentence for all models with the same result. A
/// single model is not named.
#[must_use]
pub fn break_evens(card: &Card, found: &[(&str, BreakEven)]) -> Vec<String> {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for (model, found) in found {
        let Some(sentence) = break_even(card, found) else { continue };
        match said.iter_mut().find(|(other, _)| *other == sentence) {
            Some((_, models)) => models.push(model),
            None => said.push((sentence, vec![model])),
        }
    }
    let several = found.len() > 1;
    let one = |(sentence, models): (String, Vec<&str>)| {
        if several { even_for(models.join(", "), sentence) } else { sentence }
    };
    let mut told: Vec<String> = said.into_iter().map(one).collect();
    if let Some(last) = told.last_mut().filter(|_| found.iter().any(|(_, found)| found.at_list_price)) {
        *last = format!("{last}; {}", even_at_list_price());
    }
    told
}

/// Number of sizes that a sentence names one by one.
const NAMED_MAX: usize = 4;

/// The best mix in one sentence; `show` formats an amount of USD.
#[must_use]
pub fn best_mix(bills: &Bills, found: &Mix, show: impl Fn(&Fraction) -> String) -> String {
    let name = |choice: &Choice| match choice.card.and_then(|at| bills.cards.get(at)) {
        Some(card) => card.card().name.clone(),
        None => official_price().to_owned(),
    };
    let finals = name(&found.finals);
    let text = match &found.explore {
        Some(explore) if explore.card != found.finals.card => match &found.saves_single {
            Some(saving) => mix(name(explore), finals, show(saving)),
            None => mix_alone(name(explore), finals),
        },
        _ => match found.saves_official.as_ref().filter(|saving| !saving.is_zero() && !saving.is_negative()) {
            Some(saving) => mix_single_saves(finals, show(saving)),
            None => mix_single(finals),
        },
    };
    let pooled = found.explore.iter().chain([&found.finals]).any(|choice| choice.pooled);
    let unknown = bills.cards.iter().filter(|card| card.bill.total.is_none()).count();
    let held = pooled.then(|| mix_holds().to_owned());
    let unsure = (unknown > 0).then(|| mix_unknown(unknown));
    let notes: Vec<String> = held.into_iter().chain(unsure).collect();
    if notes.is_empty() { text } else { format!("{text} ({})", notes.join("; ")) }
}

/// How credits are bought, and their leftovers; `show` formats an amount of USD.
#[must_use]
pub fn purchase(pay: &Pay, bought: &Purchase, show: impl Fn(&Fraction) -> String) -> String {
    if bought.needed.is_zero() {
        return bought_nothing().to_owned();
    }
    let credits = |count: Decimal| credit_count(plain(count));
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
    if !bought.leftover.is_zero() {
        parts.push(bill_leftover(credits(bought.leftover), show(&bought.leftover_worth())));
    }
    if bought.lost == bought.leftover && !bought.lost.is_zero() {
        parts.push(bill_lost_all().to_owned());
    } else if !bought.lost.is_zero() {
        parts.push(bill_lost(credits(bought.lost)));
    }
    if let (Some(months), false) = (bought.expires_after, bought.leftover.is_zero()) {
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
