//! Terms of sellers: calls, discounts, fees, currencies, qualities and areas; each figure by hand.

use super::support::{bill, flat, pack, sum, usd};
use crate::support::{budget, dec, line};
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::base::tokens::Quality;
use retake::cost::bill::{Bill, Missing, Why};
use retake::cost::rates::card::{Bound, Card, Money, Pay, Per, Price, Pricing, SizeTier, Table, Unit};
use retake::cost::rates::rate_card::{Meter, Rates};
use retake::cost::{Budget, Decimal, Knob};

/// 10 images of 1024x1536 medium: 1,372 tokens at $30 a million, $0.04116, and six prompt tokens at $5; a buffer of a fifth.
const TEN: [(Knob, &str); 5] = [
    (Knob::Size, "1024x1536"),
    (Knob::Quality, "medium"),
    (Knob::Finals, "10"),
    (Knob::Retry, "1"),
    (Knob::Buffer, "20%"),
];

fn ten(more: &[(Knob, &str)]) -> Budget {
    let knobs: Vec<_> = TEN.iter().chain(more).copied().collect();
    budget(vec![line("one", &knobs)])
}

fn parts(bill: &Bill) -> Vec<(Why, Decimal)> {
    assert_eq!(Some(sum(&bill.parts)), bill.difference());
    bill.parts.iter().map(|part| (part.why, part.usd.exact().unwrap())).collect()
}

#[test]
fn a_call_is_charged_once_however_many_images_it_returns() {
    let card = Card { per: Per::Call, ..flat("0.05") };
    let two = bill(card.clone(), &ten(&[(Knob::ImagesPerCall, "2"), (Knob::Pick, "many")]));
    // Five calls: 5 · 0.05 · 1.2. One image less for each call: −5 · 0.04116 · 1.2. The rest: 0.30 − 5 · 0.04116 · 1.2.
    assert_eq!(usd(&two.total), dec("0.3"));
    let expected =
        [(Why::InputsIncluded, dec("-0.00036")), (Why::PerCall, dec("-0.24696")), (Why::SellersPrice, dec("0.05304"))];
    assert_eq!(parts(&two), expected);
    assert_eq!(two.parts[2].of.as_ref().unwrap().exact(), Some(dec("0.24696")));
    // With one image a call there is no such part.
    let one = bill(card, &ten(&[]));
    assert_eq!((usd(&one.total), parts(&one).len()), (dec("0.6"), 2));
    assert_eq!(usd(&bill(flat("0.05"), &ten(&[(Knob::ImagesPerCall, "2"), (Knob::Pick, "many")])).total), dec("0.6"));
}

#[test]
fn a_discount_is_taken_off_official_rates_or_off_the_cards_own() {
    let by_tokens = |standard: Option<Rates>| Card {
        pricing: Pricing::Tokens { unit: Unit::Money, standard, batch: None, discount_percent: dec("20") },
        inputs: Some(retake::cost::rates::card::Inputs::Charged),
        ..flat("1")
    };
    // Officially 12 · (0.04116 + 0.00003) = 0.49428, less a fifth.
    let official = bill(by_tokens(None), &ten(&[]));
    assert_eq!(usd(&official.total), dec("0.395424"));
    assert_eq!(parts(&official), [(Why::SellersPrice, dec("-0.098856"))]);
    // In batch: half of both.
    let batch = bill(by_tokens(None), &ten(&[(Knob::ServiceTier, "batch")]));
    assert_eq!((usd(&batch.total), parts(&batch)), (dec("0.197712"), vec![(Why::SellersPrice, dec("-0.049428"))]));
    // Its own rates: 12 · (1,372 · 20 + 6 · 4) / 1M · 0.8.
    let rates = Rates::default().with(Meter::ImageOutput, dec("20")).with(Meter::TextInput, dec("4"));
    assert_eq!(usd(&bill(by_tokens(Some(rates)), &ten(&[])).total), dec("0.2636544"));
    // No official rate, no price: 2.6 has none in batch.
    let open = bill(by_tokens(None), &ten(&[(Knob::Model, "gpt-image-2.6-flare"), (Knob::ServiceTier, "batch")]));
    assert_eq!(open.total, None);
}

#[test]
fn a_discount_on_official_rates_is_one_on_usd_in_any_currency() {
    let of = |code: &str, rate: &str| {
        let exchange = Exchange { rate: dec(rate), as_of: jiff::civil::date(2026, 11, 20), source: None };
        (Currency::parse(code).unwrap(), Some(exchange))
    };
    let usd_rates = Rates::default().with(Meter::ImageOutput, dec("30")).with(Meter::TextInput, dec("5"));
    for (code, rate) in [("CNY", "7.10"), ("JPY", "152.4"), ("KWD", "0.3")] {
        let (currency, exchange) = of(code, rate);
        for of_project in [false, true] {
            let by_tokens = |standard: Option<Rates>| Card {
                pricing: Pricing::Tokens { unit: Unit::Money, standard, batch: None, discount_percent: dec("20") },
                inputs: Some(retake::cost::rates::card::Inputs::Charged),
                money: Money { currency, exchange: exchange.clone().filter(|_| !of_project) },
                ..flat("1")
            };
            for (service, share) in [("standard", "1"), ("batch", "0.5")] {
                let mut project = ten(&[(Knob::ServiceTier, service)]);
                if of_project {
                    project.shown = Shown { currency, exchange: exchange.clone() };
                }
                let found = bill(by_tokens(None), &project);
                // 12 · (0.04116 + 0.00003) = 0.49428, half of it in batch, less a fifth; converted there and back.
                let official = dec("0.49428") * dec(share);
                assert_eq!(usd(&found.total), official * dec("0.8"), "{code} {service}");
                assert_eq!(parts(&found), [(Why::SellersPrice, -official * dec("0.2"))], "{code} {service}");
            }
            // Its own rates are in its currency: the USD rates times the exchange rate cost the same.
            let mut project = ten(&[]);
            if of_project {
                project.shown = Shown { currency, exchange: exchange.clone() };
            }
            let own = usd_rates.scaled(dec(rate)).unwrap();
            assert_eq!(usd(&bill(by_tokens(Some(own)), &project).total), dec("0.395424"), "{code}");
        }
    }
}

#[test]
fn a_purchase_fee_is_a_part_of_its_own() {
    let fee = |card: Card| bill(Card { fee_percent: dec("5.5"), ..card }, &ten(&[]));
    // 12 · 0.03 = 0.36, and 5.5 % of it.
    let images = fee(flat("0.03"));
    assert_eq!((usd(&images.total), usd(&images.subtotal)), (dec("0.3798"), dec("0.3165")));
    let last = images.parts.last().unwrap();
    assert_eq!((last.why, last.usd.exact()), (Why::PurchaseFee, Some(dec("0.0198"))));
    assert_eq!(last.of.as_ref().unwrap().exact(), Some(dec("0.36")));
    assert_eq!(sum(&images.parts), images.difference().unwrap());
    // A pack of $10 bought whole.
    let mut credits = flat("1");
    credits.pricing = match credits.pricing {
        Pricing::Images { table, inputs, .. } => Pricing::Images { unit: Unit::Credits, table, inputs },
        other => other,
    };
    credits.pay = Pay { packs: vec![pack("10", 100, None)], ..Pay::default() };
    let credits = fee(credits);
    assert_eq!(usd(&credits.total), dec("10.55"));
    assert_eq!(credits.parts.last().unwrap().usd.exact(), Some(dec("0.55")));
    assert_eq!(sum(&credits.parts), credits.difference().unwrap());
}

#[test]
fn another_currency_needs_a_dated_rate_of_the_card_or_of_the_project() {
    let cny = Currency::parse("CNY").unwrap();
    let rate = |rate: &str| Some(Exchange { rate: dec(rate), as_of: crate::support::today(), source: None });
    let card = |exchange| Card { money: Money { currency: cny, exchange }, ..flat("0.21") };
    // 12 · 0.21 / 7.
    let own = bill(card(rate("7")), &ten(&[]));
    assert_eq!(usd(&own.total), dec("0.36"));
    assert_eq!(Some(sum(&own.parts)), own.difference());
    let unknown = bill(card(None), &ten(&[]));
    assert_eq!((&unknown.total, &unknown.known), (&None, &None));
    assert_eq!(unknown.missing, [(Missing::Exchange(cny), 0)]);
    // The project is in the same currency, then in another one.
    let mut project = ten(&[]);
    project.shown = Shown { currency: cny, exchange: rate("10.5") };
    assert_eq!(usd(&bill(card(None), &project).total), dec("0.24"));
    assert_eq!(usd(&bill(card(rate("7")), &project).total), dec("0.36"));
    project.shown.currency = Currency::parse("EUR").unwrap();
    assert_eq!(bill(card(None), &project).total, None);
    // Packs are in the card's currency too: 70 of it at 7 are $10.
    let mut credits = card(rate("7"));
    credits.pricing =
        Pricing::Images { unit: Unit::Credits, table: Table::Flat(Price::Any(dec("1"))), inputs: Rates::default() };
    credits.pay = Pay { packs: vec![pack("70", 100, None)], ..Pay::default() };
    let bought = bill(credits, &ten(&[]));
    assert_eq!(usd(&bought.total), dec("10"));
    assert_eq!(Some(sum(&bought.parts)), bought.difference());
}

#[test]
fn what_is_not_sold_has_no_price_and_a_price_is_of_its_quality_alone() {
    let high_alone = Card { qualities: vec![Quality::High], ..flat("0.03") };
    let refused = bill(high_alone.clone(), &ten(&[]));
    assert_eq!((refused.total, refused.missing), (None, vec![(Missing::NotSold(Quality::Medium), 1)]));
    assert_eq!(usd(&bill(high_alone, &ten(&[(Knob::Quality, "high")])).total), dec("0.36"));
    let other = Card { models: vec!["gpt-image-1.5".to_owned()], ..flat("0.03") };
    assert_eq!(bill(other, &ten(&[])).missing, [(Missing::Model("gpt-image-2".to_owned()), 1)]);
    let mut low = flat("0.03");
    low.pricing = Pricing::Images {
        unit: Unit::Money,
        table: Table::Flat(Price::ByQuality(vec![(Quality::Low, dec("0.01"))])),
        inputs: Rates::default(),
    };
    assert_eq!(bill(low, &ten(&[])).missing, [(Missing::Quality(Quality::Medium), 1)]);
}

#[test]
fn classes_may_be_bounded_by_area() {
    let tier = |name: &str, most: &str, price: &str| SizeTier {
        name: name.to_owned(),
        bound: Bound::Megapixels(dec(most)),
        price: Price::Any(dec(price)),
    };
    // 1024x1536 has 1.572864 million pixels.
    let of = |most: &str| {
        let mut card = flat("1");
        let table = Table::Tiers(vec![tier("small", most, "0.03"), tier("large", "8.3", "0.05")]);
        card.pricing = Pricing::Images { unit: Unit::Money, table, inputs: Rates::default() };
        bill(card, &ten(&[]))
    };
    assert_eq!(usd(&of("1.572864").total), dec("0.36"));
    assert_eq!(usd(&of("1.572863").total), dec("0.6"));
    // The class is compared by its square: the largest of up to 1.7 million pixels is 1296x1296, 48 · 48 · 3,679,616 / 4M
    // tokens, 2,120 rounded up, instead of 1,372: 748 · 30 / 1M · 12.
    let expected =
        [(Why::InputsIncluded, dec("-0.00036")), (Why::SizeTier, dec("0.26928")), (Why::SellersPrice, dec("-0.4032"))];
    assert_eq!(parts(&of("1.7")), expected);
}
