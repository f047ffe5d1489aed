//! Random projects on random cards: parts add up exactly, and one edit gives the same as a full rebuild.

use super::support::{bills, flat, pack, plan, sum};
use crate::support::{budget, catalog, computed, line, one_in};
use proptest::prelude::*;
use retake::cost::base::money::{Currency, Exchange};
use retake::cost::base::size::Size;
use retake::cost::base::tokens::Quality;
use retake::cost::bill::{Bills, Fraction, Why};
use retake::cost::budget::fee::{Charge, Fee, Per as FeePer};
use retake::cost::rates::card::{
    Bound, Card, Edit, Inputs, Money, Pay, Per, Period, Price, Pricing, SizeTier, Table, Unit,
};
use retake::cost::rates::rate_card::{Meter, Rates};
use retake::cost::{Budget, Decimal, Knob, Line, Value};
use std::sync::Arc;

const SIZES: &[&str] =
    &["1024x1024", "1024x1536", "1536x1024", "2048x1152", "2880x2880", "1024x1280", "auto", "1008x1008"];

fn amount(max: i64) -> impl Strategy<Value = Decimal> {
    (1..max, 0_u32..5).prop_map(|(units, scale)| Decimal::new(units, scale))
}

pub(super) fn a_line(key: &'static str) -> impl Strategy<Value = Line> {
    let knobs = (
        proptest::sample::select(SIZES),
        proptest::sample::select(&["low", "medium", "high", "auto"][..]),
        0_u32..60,
        proptest::sample::select(&["1", "1.15", "2.5", "60%"][..]),
        proptest::sample::select(&["0%", "20%", "12.5%"][..]),
        proptest::sample::select(&["standard", "batch"][..]),
        0_u32..300,
        any::<bool>(),
        1_u32..4,
        (proptest::option::of(1_u32..5), 0_u32..3, proptest::option::of(1_u32..9000)),
    );
    knobs.prop_map(move |(size, quality, finals, retry, buffer, tier, prompt, references, n, more)| {
        let (drafts, partial, measured) = more;
        let measured = measured.map(|tokens| tokens.to_string());
        let (finals, prompt, n, partial) = (finals.to_string(), prompt.to_string(), n.to_string(), partial.to_string());
        let drafts = drafts.map(|drafts| drafts.to_string());
        let mut typed = vec![
            (Knob::Size, size),
            (Knob::Quality, quality),
            (Knob::Finals, finals.as_str()),
            (Knob::Retry, retry),
            (Knob::Buffer, buffer),
            (Knob::ServiceTier, tier),
            (Knob::PromptTokens, prompt.as_str()),
            (Knob::ImagesPerCall, n.as_str()),
            (Knob::PartialImages, partial.as_str()),
        ];
        if references {
            typed.push((Knob::References, "1024x1024"));
        }
        if let Some(measured) = &measured {
            typed.push((Knob::Measured, measured.as_str()));
        }
        if let Some(drafts) = &drafts {
            typed.push((Knob::Drafts, drafts.as_str()));
            typed.push((Knob::DraftQuality, "low"));
        }
        crate::support::line(key, &typed)
    })
}

fn prices() -> impl Strategy<Value = Price> {
    let by_quality = (amount(2000), amount(2000), amount(2000)).prop_map(|(low, medium, high)| {
        Price::ByQuality(vec![(Quality::Low, low), (Quality::Medium, medium), (Quality::High, high)])
    });
    prop_oneof![amount(2000).prop_map(Price::Any), by_quality]
}

fn tables() -> impl Strategy<Value = Table> {
    let tiers = (prices(), prices(), prices(), any::<bool>()).prop_map(|(a, b, c, area)| {
        let tier = |name: &str, long_edge: u32, price| {
            let bound = match area {
                true => Bound::Megapixels(Decimal::new(i64::from(long_edge), 3)),
                false => Bound::LongEdge(long_edge),
            };
            SizeTier { name: name.to_owned(), bound, price }
        };
        Table::Tiers(vec![tier("1K", 1536, a), tier("wide", 2048, b), tier("4K", 3840, c)])
    });
    let sizes = (prices(), prices(), any::<bool>()).prop_map(|(a, b, nearest)| {
        let px = |text| Size::parse(text).unwrap();
        Table::Sizes { rows: vec![(px("1024x1024"), a), (px("1024x1536"), b)], nearest }
    });
    prop_oneof![prices().prop_map(Table::Flat), tiers, sizes]
}

fn rates() -> impl Strategy<Value = Rates> {
    (amount(9_000), amount(9_000), amount(9_000)).prop_map(|(output, image, text)| {
        Rates::default().with(Meter::ImageOutput, output).with(Meter::ImageInput, image).with(Meter::TextInput, text)
    })
}

fn pays() -> impl Strategy<Value = Pay> {
    let packs = proptest::collection::vec((amount(9_000), 1_u64..4_000, proptest::option::of(1_u32..6)), 0..3);
    let plans =
        proptest::collection::vec((amount(9_000), any::<bool>(), 0_u64..4_000, proptest::option::of(amount(90))), 0..3);
    (proptest::option::of((amount(90), amount(900))), packs, plans).prop_map(|(rate, packs, plans)| Pay {
        rate,
        packs: packs
            .into_iter()
            .map(|(usd, credits, months)| {
                let mut pack = pack("1", credits, months);
                pack.price = usd;
                pack
            })
            .collect(),
        plans: plans
            .into_iter()
            .map(|(usd, yearly, credits, overage)| {
                let mut plan = plan("1", if yearly { Period::Year } else { Period::Month }, credits, None);
                (plan.price, plan.overage) = (usd, overage);
                plan
            })
            .collect(),
    })
}

pub(super) fn cards() -> impl Strategy<Value = Card> {
    let unit = || prop_oneof![Just(Unit::Money), Just(Unit::Credits)];
    let discounts = prop_oneof![Just(Decimal::ZERO), (1_i64..60).prop_map(|percent| Decimal::new(percent, 0))];
    let rates_or_none = || proptest::option::of(rates());
    let tokens =
        (unit(), rates_or_none(), rates_or_none(), discounts).prop_map(|(unit, standard, batch, discount_percent)| {
            Pricing::Tokens { unit, standard, batch, discount_percent }
        });
    let images = (unit(), tables(), rates()).prop_map(|(unit, table, inputs)| Pricing::Images { unit, table, inputs });
    let internal = (amount(900), amount(90))
        .prop_map(|(credit_usd, markup_percent)| Pricing::Internal { credit_usd, markup_percent });
    let pricing = prop_oneof![tokens, images, internal];
    let inputs = prop_oneof![Just(None), Just(Some(Inputs::Included)), Just(Some(Inputs::Charged))];
    let edits = proptest::option::of((tables(), 1_u64..3))
        .prop_map(|edit| edit.map(|(table, references)| Edit { table, references }));
    let fees = prop_oneof![Just(Decimal::ZERO), (1_i64..99).prop_map(|tenths| Decimal::new(tenths, 1))];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (pricing, pays(), inputs, edits, fees, flags).prop_map(|(pricing, pay, inputs, edit, fee_percent, flags)| {
        let (round, auto, by_call, foreign) = flags;
        // A team's own credits are worth USD of the official bill, and nobody sells them.
        let sold = !matches!(pricing, Pricing::Internal { .. });
        let exchange = Exchange { rate: Decimal::new(71, 1), as_of: crate::support::today(), source: None };
        Card {
            money: match foreign && sold {
                true => Money { currency: Currency::parse("CNY").unwrap(), exchange: Some(exchange) },
                false => Money::usd(),
            },
            pricing,
            pay,
            per: if by_call { Per::Call } else { Per::Image },
            edit,
            fee_percent: if sold { fee_percent } else { Decimal::ZERO },
            inputs,
            round_calls: round,
            auto_size: auto.then(|| "1K".to_owned()),
            auto_quality: auto.then_some(Quality::High),
            ..flat("1")
        }
    })
}

/// A percentage with up to two decimals, 0 as often as not.
fn percent(max: i64) -> impl Strategy<Value = Decimal> {
    prop_oneof![Just(Decimal::ZERO), (1..max, 0_u32..3).prop_map(|(units, scale)| Decimal::new(units, scale))]
}

/// The line with a surcharge, and made several times.
fn charged(key: &'static str) -> impl Strategy<Value = Line> {
    (a_line(key), percent(31), 1_u64..4).prop_map(|(line, surcharge, repeat)| {
        let settings = line.settings.with(Knob::Surcharge, Value::Percent(surcharge));
        Line { settings: settings.with(Knob::Repeat, Value::Count(repeat)), ..line }
    })
}

fn fee() -> impl Strategy<Value = Fee> {
    (amount(900), proptest::sample::select(&FeePer::ALL[..])).prop_map(|(amount, per)| {
        let charge = Charge { amount, currency: None };
        Fee { amount: Some(charge), per: Some(per), ..Fee::default() }
    })
}

/// Everything that an invoice can hold: the bills compare what the provider is paid, and nothing of the rest.
pub(super) fn project() -> impl Strategy<Value = Budget> {
    let lines = (charged("a"), charged("b"), charged("c"));
    (lines, proptest::option::of(fee()), percent(200), percent(30)).prop_map(|((a, b, c), fee, markup, tax)| {
        let mut budget = budget(vec![a, b, c]);
        let assumptions = budget.assumptions.with(Knob::Markup, Value::Percent(markup));
        budget.assumptions = assumptions.with(Knob::Tax, Value::Percent(tax));
        budget.fees.extend(fee.map(|fee| ("extra".to_owned(), fee)));
        budget
    })
}

fn assert_adds_up(bills: &Bills, budget: &Budget) {
    let estimate = computed(budget);
    for (at, card) in bills.cards.iter().enumerate() {
        let mut all = vec![card.bill.clone()];
        all.extend((0..budget.lines.len()).map(|line| bills.line(at, line, &estimate).unwrap()));
        for bill in all {
            match bill.difference() {
                Some(difference) => assert_eq!(sum(&bill.parts), difference, "{bill:?}"),
                None => assert!(bill.parts.is_empty()),
            }
            // Nothing is sold below the list price: fees, overage, packs and leftovers only add to it.
            let paying = [Why::Fee, Why::Overage, Why::Packs, Why::Leftover, Why::PurchaseFee];
            for part in bill.parts.iter().filter(|part| paying.contains(&part.why)) {
                assert!(!part.usd.is_negative(), "{part:?}");
            }
            assert!(
                bill.total.is_some() || !bill.missing.is_empty() || bill.share.is_some() || card.card().pay.is_pooled()
            );
        }
        let official = estimate.totals.invoice.official;
        assert_eq!(card.bill.official_complete, official.is_some());
        if let (Some((_, total)), true) = (official, card.bill.missing.is_empty()) {
            assert_eq!(card.bill.official, total);
        }
    }
}

proptest! {
    #![proptest_config(one_in(3))]

    #[test]
    fn parts_add_up_to_the_difference_exactly(cards in proptest::collection::vec(cards(), 1..4), budget in project(), months in 1_u32..8) {
        let (bills, _) = bills(cards, months, &budget);
        assert_adds_up(&bills, &budget);
    }

    #[test]
    fn one_edit_comes_to_the_same_as_everything_anew(
        cards in proptest::collection::vec(cards(), 1..4), mut budget in project(), at in 0_usize..3, new in a_line("n"),
    ) {
        let (mut now, mut estimate) = bills(cards.clone(), 2, &budget);
        budget.lines[at] = new.into();
        estimate.refresh_line(at, &budget, catalog(), crate::support::today());
        now.refresh_line(at, &budget, &estimate, catalog());
        let anew = Bills::new(cards.into_iter().map(Arc::new), 2, &budget, &estimate, catalog());
        for (now, anew) in now.cards.iter().zip(&anew.cards) {
            prop_assert_eq!(&now.bill, &anew.bill);
        }
    }
}

#[test]
fn a_flat_price_adds_up_by_hand() {
    // 10 images of 1024x1536 medium: 1,372 tokens at $30 a million, six prompt tokens at $5; a buffer of a fifth.
    let knobs = [
        (Knob::Size, "1024x1536"),
        (Knob::Quality, "medium"),
        (Knob::Finals, "10"),
        (Knob::Retry, "1"),
        (Knob::Buffer, "20%"),
    ];
    let budget = budget(vec![line("one", &knobs)]);
    let bill = super::support::bill(flat("0.03"), &budget);
    let shown: Vec<(String, String)> =
        bill.parts.iter().map(|part| (format!("{:?}", part.why), part.usd.exact().unwrap().to_string())).collect();
    // A flat card has no size tier: 0.36 − 1,372 · 30 / 1M · 12.
    let expected = [("InputsIncluded", "-0.00036"), ("SellersPrice", "-0.13392")];
    assert_eq!(shown, expected.map(|(why, usd)| (why.to_owned(), usd.to_owned())));
    assert_eq!(bill.total, Some(Fraction::from("0.36".parse::<Decimal>().unwrap())));
}

/// 7 finals at 5/3 tries: the count's decimals do not end, so an amount is rounded at its 18th decimal, and a part of it
/// rounded apart from the whole can miss by one there.
#[test]
fn a_surcharge_on_counts_that_do_not_end_meets_the_official_bill_to_the_last_digit() {
    let credits = Pricing::Internal { credit_usd: Decimal::new(7, 2), markup_percent: Decimal::new(15, 0) };
    let internal = Card { pricing: credits, inputs: None, ..flat("1") };
    for (finals, surcharge) in (1_u32..40).zip([1, 7, 10, 33].into_iter().cycle()) {
        let finals = finals.to_string();
        let knobs =
            [(Knob::Finals, finals.as_str()), (Knob::Retry, "60%"), (Knob::Buffer, "12.5%"), (Knob::PromptTokens, "7")];
        let own = line("a", &knobs);
        let settings = own.settings.with(Knob::Surcharge, Value::Percent(Decimal::new(surcharge, 0)));
        let budget = budget(vec![Line { settings, ..own }]);
        let (found, estimate) = bills(vec![flat("0.03"), internal.clone()], 1, &budget);
        let (_, official) = estimate.totals.invoice.official.unwrap();
        for bill in found.cards.iter().map(|card| &card.bill) {
            assert_eq!(bill.official, official, "{finals} finals, {surcharge} %");
            assert_eq!(sum(&bill.parts), bill.difference().unwrap(), "{finals} finals, {surcharge} %: {bill:?}");
        }
    }
}
