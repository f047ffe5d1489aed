//! Sentences that compare sellers: where a card is cheaper, and the lowest mix.

use super::size;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::bill::break_even::{BreakEven, CreditPrice, OfModel, Verdict};
use crate::cost::bill::mix::{Choice, Mix};
use crate::cost::bill::{Bills, Card, Fraction};
use crate::cost::rates::card::{Kind, Route};

catalogue! { ADVICE;
    /// The card is cheaper in every size compared.
    even_card(card, qualities) = "{card} is cheaper at {qualities} in all usual sizes";
    /// Both: at some qualities the card is cheaper in every size compared, at others in none.
    even_both(card, qualities, never) = "{card} is cheaper at {qualities} in all usual sizes, never at {never}";
    /// The official price is as low or lower in every size compared.
    even_official(card, qualities) = "{card} is cheaper in no usual size at {qualities}";
    /// The card is cheaper in these of the sizes that have an official price at all.
    even_known_card(card, quality, sizes) = "at {quality} {card} is cheaper for {sizes}";
    /// The official price is as low or lower in these of the sizes that have one at all.
    even_known_official(quality, sizes) = "at {quality} the official price is as low or lower for {sizes}";
    /// Nothing is said of the other sizes.
    even_known_alone(quality) = "other sizes have no official price at {quality}";
    /// It depends on the size, and the card mostly wins.
    even_but(card, quality, sizes) = "at {quality} {card} is cheaper, except for {sizes}";
    /// It depends on the size, and the card seldom wins.
    even_only(card, quality, sizes) = "at {quality} {card} is cheaper only for {sizes}";
    /// It depends on the size, and there are many sizes on both sides.
    even_from(card, quality, count, all, smallest) = "at {quality} {card} is cheaper in {count} of {all} usual sizes, the smallest being {smallest}";
    /// The card named before.
    even_it() = "it";
    /// The models that a sentence is about.
    even_for(models, sentence) = "{models}: {sentence}";
    /// The comparison holds for calls without reference images alone.
    even_without_references() = "without reference images";
    /// What is compared depends on the deliverable.
    even_varied(card) = "whether {card} is cheaper depends on the deliverable";
    /// The same at some qualities, in a sentence of its own.
    even_varied_of(card, qualities) = "whether {card} is cheaper at {qualities} depends on the deliverable";
    /// The same after what holds at other qualities.
    even_varied_at(qualities) = "at {qualities} it depends on the deliverable";
    /// The card charges a call once.
    even_by_call(count) = "at {count} {count|image|images} a call";
    /// The same if calls differ.
    even_by_calls(least, most) = "at {least} to {most} images a call";
    /// The official price is compared with its surcharge.
    even_with_surcharge() = "the official price includes its surcharge";
    /// The comparison uses what is paid.
    even_at_paid_price() = "at the price per credit of this bill";
    /// The comparison uses a list price.
    even_at_list_price() = "at the lowest list price of a credit, without fees and leftovers";
    /// The suggestion of two sellers.
    mix(count, explore, finals, saving) = "Lowest of {count} at list prices: drafts on {explore}, finals on {finals}; {saving} below the lowest single bill";
    /// The same if no single seller has a price for both.
    mix_alone(count, explore, finals) = "Lowest of {count} at list prices: drafts on {explore}, finals on {finals}; no single bill has a price for both";
    /// The suggestion if there are no drafts, or one seller is lowest at both.
    mix_single(count, card) = "Lowest of {count} at list prices: {card}";
    /// The same with its saving.
    mix_single_saves(count, card, saving) = "Lowest of {count} at list prices: {card}, {saving} below the official price";
    /// A seller that does not use the maker's own API.
    mix_unofficial() = "unofficial route";
    /// The day of the suggested seller's prices.
    mix_checked(day) = "prices of {day}";
    /// The suggested seller's prices have no day.
    mix_undated() = "no date on its prices";
    /// A sentence about one of several sellers.
    mix_of(card, said) = "{card}: {said}";
    /// Prices with weak evidence.
    mix_approximate() = "≈ based on weak evidence";
    /// Notes on a seller's prices.
    mix_notes(card, notes) = "{card}: {notes}";
    /// A sentence about an unofficial seller beside its bill.
    unofficial_meaning() = "unofficial route: not OpenAI's own API; size and quality are not guaranteed";
    /// Items included in the price of the suggestion.
    mix_holds() = "fees, whole packs and leftover credits are included";
    /// Sellers without a price, who may be cheaper than the suggestion.
    mix_unknown(sellers) = "unknown: {sellers}";
    /// Sellers whose rate cards cannot be read.
    mix_unread(sellers) = "no readable rate card for {sellers}";
    /// Sellers with a price for a part of the work.
    mix_known_in_part(sellers) = "known in part: {sellers}";
    /// Sellers that do not sell the work at all.
    mix_not_sold(sellers) = "not sold by {sellers}";
    /// Sellers that sell a part of the work.
    mix_sold_in_part(sellers) = "sold only in part by {sellers}";
    /// Sellers that are not named one by one.
    mix_more_sellers(sellers, count) = "{sellers} and {count} more";
    /// Advice on the whole project beside a part of it.
    advice_of_project(advice) = "whole project: {advice}";
    /// How many sellers have a price, where others have none.
    mix_count_known(count) = "{count} known";
    /// The official price, as one of several sellers.
    official_price() = "the official price";
}

/// Where a card is cheaper than the official price, in one sentence; `None` if it has no price.
fn break_even(card: &Card, by_quality: &[(Quality, Verdict)]) -> Option<String> {
    let of = |wanted: &Verdict| -> Vec<&str> {
        by_quality.iter().filter(|(_, verdict)| verdict == wanted).map(|(quality, _)| quality.name()).collect()
    };
    let (card_wins, official_wins) = (of(&Verdict::Card), of(&Verdict::Official));
    let mut parts = Vec::new();
    match (card_wins.is_empty(), official_wins.is_empty()) {
        (false, false) => parts.push(even_both(&card.name, card_wins.join(", "), official_wins.join(", "))),
        (false, true) => parts.push(even_card(&card.name, card_wins.join(", "))),
        (true, _) => {}
    }
    let who_is = |parts: &[String]| if parts.is_empty() { card.name.clone() } else { even_it().to_owned() };
    let sizes = |sizes: &[Size]| super::listed(sizes.iter().map(|one| size(*one)));
    for (quality, verdict) in by_quality {
        let Verdict::Mixed { card: cheaper, official } = verdict else { continue };
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
    if card_wins.is_empty() && !official_wins.is_empty() {
        parts.push(even_official(who_is(&parts), official_wins.join(", ")));
    }
    for (quality, verdict) in by_quality {
        let Verdict::Known { card: cheaper, official } = verdict else { continue };
        if !cheaper.is_empty() {
            parts.push(even_known_card(who_is(&parts), quality.name(), sizes(cheaper)));
        }
        if !official.is_empty() {
            parts.push(even_known_official(quality.name(), sizes(official)));
        }
        parts.push(even_known_alone(quality.name()));
    }
    let varied = of(&Verdict::Varied);
    if !varied.is_empty() {
        parts.push(match parts.is_empty() {
            true => even_varied_of(&card.name, varied.join(", ")),
            false => even_varied_at(varied.join(", ")),
        });
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Where a card is cheaper than the official prices of several models: one sentence for all models with the same result. A
/// single model is not named. For work on
/// different terms, what is not the same for all of it differs by deliverable.
#[must_use]
pub fn break_evens(card: &Card, found: &[OfModel]) -> Vec<String> {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for of_model in found {
        let sentence = match of_model.by_quality() {
            Some(by_quality) => break_even(card, &by_quality),
            None => Some(even_varied(&card.name)),
        };
        let (Some(sentence), model) = (sentence, of_model.model.id.as_str()) else { continue };
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
    if let Some(last) = told.last_mut() {
        for remark in even_remarks(card, found) {
            *last = format!("{last}; {remark}");
        }
    }
    told
}

/// The terms that a comparison holds on.
fn even_remarks(card: &Card, found: &[OfModel]) -> Vec<String> {
    let all = || found.iter().flat_map(|of_model| &of_model.found);
    let wins = |found: &BreakEven| found.cells.iter().any(|cell| cell.card_wins() == Some(true));
    let unofficial = card.route == Some(Route::Unofficial) && all().any(wins);
    let credit = |price: CreditPrice| all().any(|found| found.credit == price);
    let by_call = all().filter_map(|found| found.by_call);
    let mut remarks = Vec::new();
    if let (Some(least), Some(most)) = (by_call.clone().min(), by_call.max()) {
        remarks.push(if least == most { even_by_call(most) } else { even_by_calls(least, most) });
    }
    let plain = [
        (all().any(|found| !found.surcharge.is_zero()), even_with_surcharge()),
        (credit(CreditPrice::Listed), even_at_list_price()),
        (credit(CreditPrice::Paid), even_at_paid_price()),
        (card.inputs.is_none() && !all().any(|found| found.with_references), even_without_references()),
        (unofficial, mix_unofficial()),
    ];
    remarks.extend(plain.into_iter().filter(|(is, _)| *is).map(|(_, remark)| remark.to_owned()));
    remarks
}

/// Number of sizes that a sentence names one by one.
const NAMED_MAX: usize = 4;

/// The best mix in one sentence; `show` formats an amount of USD.
#[must_use]
pub fn best_mix(bills: &Bills, found: &Mix, show: impl Fn(&Fraction) -> String) -> String {
    let card = |choice: &Choice| choice.card.and_then(|at| bills.cards.get(at));
    let name = |choice: &Choice| card(choice).map_or(official_price().to_owned(), |card| card.card().name.clone());
    let finals = name(&found.finals);
    let all_known = found.unknown.is_empty() && found.known_in_part.is_empty() && bills.unread.is_empty();
    let count = if all_known { found.compared.to_string() } else { mix_count_known(found.compared) };
    let two = found.explore.as_ref().filter(|explore| explore.card != found.finals.card);
    let text = match two {
        Some(explore) => match &found.saves_single {
            Some(saving) => mix(count, name(explore), finals, show(saving)),
            None => mix_alone(count, name(explore), finals),
        },
        None => match found.saves_official.as_ref().filter(|saving| !saving.is_zero() && !saving.is_negative()) {
            Some(saving) => mix_single_saves(count, finals, show(saving)),
            None => mix_single(count, finals),
        },
    };
    let cards = two.into_iter().chain([&found.finals]).filter_map(card);
    let said = cards.filter_map(|card| {
        let said = about_prices(card.card())?;
        Some(if two.is_some() { mix_of(&card.card().name, said) } else { said })
    });
    let text = std::iter::once(text).chain(said).collect::<Vec<_>>().join("; ");
    let pooled = found.explore.iter().chain([&found.finals]).any(|choice| choice.pooled);
    let held = pooled.then(|| mix_holds().to_owned());
    let notes: Vec<String> = held.into_iter().chain(sellers_without(bills, found)).collect();
    if notes.is_empty() { text } else { format!("{text} ({})", notes.join("; ")) }
}

/// The sellers without a price for all of the work, and why they have none.
fn sellers_without(bills: &Bills, found: &Mix) -> Vec<String> {
    let told = |those: &[Option<usize>], say: fn(String) -> String| {
        (!those.is_empty()).then(|| say(sellers_named(bills, those)))
    };
    let all = [
        told(&found.unknown, mix_unknown),
        told(&found.known_in_part, mix_known_in_part),
        told(&found.not_sold, mix_not_sold),
        told(&found.sold_in_part, mix_sold_in_part),
    ];
    let unread = (!bills.unread.is_empty()).then(|| mix_unread(super::listed(bills.unread.iter().cloned())));
    all.into_iter().flatten().chain(unread).collect()
}

/// The names of sellers, the first of them one by one.
fn sellers_named(bills: &Bills, those: &[Option<usize>]) -> String {
    let name = |seller: &Option<usize>| match seller.and_then(|at| bills.cards.get(at)) {
        Some(card) => card.card().name.clone(),
        None => official_price().to_owned(),
    };
    let shown = if those.len() > NAMED_MAX { NAMED_MAX - 1 } else { those.len() };
    let names = super::listed(those[..shown].iter().map(name));
    if shown < those.len() { mix_more_sellers(names, those.len() - shown) } else { names }
}

/// Facts to know before a card's prices count as lower: its route, their day, their grade.
fn about_prices(card: &Card) -> Option<String> {
    let route = (card.route == Some(Route::Unofficial)).then(|| mix_unofficial().to_owned());
    // A team's own credits follow the official prices: their day is that of those.
    let dated = card.kind() != Kind::Internal;
    let day = match card.provenance.checked {
        Some(day) => Some(mix_checked(day.strftime("%-d %B %Y"))),
        None => dated.then(|| mix_undated().to_owned()),
    };
    let weak = card.is_approximate().then(|| mix_approximate().to_owned());
    let said: Vec<String> = route.into_iter().chain(day).chain(weak).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The notes on the prices of the sellers of a mix.
#[must_use]
pub fn mix_remarks(bills: &Bills, found: &Mix) -> Vec<String> {
    let mut sellers: Vec<usize> =
        found.explore.iter().chain([&found.finals]).filter_map(|choice| choice.card).collect();
    sellers.dedup();
    let cards = sellers.into_iter().filter_map(|at| bills.cards.get(at));
    cards.filter_map(|card| Some(mix_notes(&card.card().name, card.card().notes.as_ref()?))).collect()
}
