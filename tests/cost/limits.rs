//! Values at and past every limit: an issue where digits or bits run out, never a panic, a wrap or a wrong figure.

use crate::support::{budget, catalog, codes, computed, dec, line, px, settings};
use num_bigint::BigInt;
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, Exchange, Shown};
use retake::cost::base::retry::Retry;
use retake::cost::estimate::calculation;
use retake::cost::rates::rate_card::Meter;
use retake::cost::{Budget, Knob, Line, Value};
use retake::figures;

fn huge(knob: Knob, value: Value) -> Budget {
    let mut budget =
        budget(vec![line("one", &[(Knob::Finals, "1"), (Knob::Drafts, "1"), (Knob::References, "512x512")])]);
    budget.lines[0].settings = budget.lines[0].settings.clone().with(knob, value);
    budget
}

#[test]
fn counts_past_every_limit_end_in_an_issue() {
    for knob in [Knob::Finals, Knob::Repeat, Knob::Drafts, Knob::ImagesPerCall, Knob::PromptTokens, Knob::PartialImages]
    {
        for count in [u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX - 1, u64::MAX] {
            let budget = huge(knob, Value::Count(count));
            let estimate = computed(&budget);
            let one = &estimate.lines[0];
            assert!(
                one.total.is_some() || codes(one).iter().any(|code| code.starts_with("too-many-")),
                "{knob:?} {count}: {:?}",
                codes(one)
            );
            let steps = calculation::of_line(one, &budget, catalog());
            assert!(steps.iter().all(|step| !retake::words::step(step).formula.is_empty()));
        }
    }
}

#[test]
fn numbers_past_every_limit_end_in_an_issue() {
    let long = dec("9999999999999999999999999999");
    let tiny = dec("0.0000000000000000000000000001");
    for number in [long, tiny, -long, Decimal::MAX] {
        for knob in [Knob::Buffer, Knob::CachedInput] {
            let estimate = computed(&huge(knob, Value::Percent(number)));
            let one = &estimate.lines[0];
            assert!(one.total.is_some() || !one.issues.is_empty(), "{knob:?} {number}");
        }
        let estimate = computed(&huge(Knob::Retry, Value::Retry(Retry::plain(number))));
        assert_eq!((estimate.totals.total, codes(&estimate.lines[0])), (None, vec!["value-unreadable"]), "{number}");
    }
}

#[test]
fn rates_past_every_limit_end_in_an_issue() {
    for rate in ["9999999999999999999999999999", "0.0000000000000000000000000001", "-1"] {
        let mut budget = budget(vec![line("one", &[(Knob::Finals, "10,000,000"), (Knob::Retry, "1000")])]);
        let mut card = catalog().model("gpt-image-2").unwrap().card.clone();
        card.standard = card.standard.map(|rates| rates.with(Meter::ImageOutput, dec(rate)));
        budget.pins.insert("openai/gpt-image-2".to_owned(), card);
        let one = computed(&budget).lines.remove(0);
        assert!(one.total.is_some() || codes(&one).contains(&"too-many-digits"), "{rate}");
    }
}

#[test]
fn a_sum_that_needs_too_many_digits_is_said_and_comes_back() {
    // Each line fits 28 digits; a large and a tiny one together do not.
    let mut budget = budget(vec![line("large", &[(Knob::Finals, "1"), (Knob::Retry, "1")])]);
    let mut tiny = line("tiny", &[(Knob::Model, "gpt-image-2.5-flare"), (Knob::Finals, "1"), (Knob::Retry, "1")]);
    tiny.settings = tiny.settings.with(Knob::Buffer, Value::Percent(Decimal::ZERO));
    budget.lines.push(tiny.into());
    for (model, rate) in
        [("gpt-image-2", "9999999999999999999999990000"), ("gpt-image-2.5-flare", "0.00000000000000000001")]
    {
        let mut card = catalog().model(model).unwrap().card.clone();
        card.standard = card.standard.map(|rates| rates.with(Meter::ImageOutput, dec(rate)));
        budget.pins.insert(format!("openai/{model}"), card);
    }
    let both = computed(&budget);
    assert!(both.lines.iter().any(|line| line.total.is_some()));
    assert_eq!(both.totals.total, None);
    let said = both.all_issues().map(|issue| issue.kind.code().name()).collect::<Vec<_>>();
    assert!(said.contains(&"too-many-digits"), "{said:?}");
    // Without the large line, the rest is exact again.
    let mut live = both;
    budget.lines[0].settings = settings(&[(Knob::Finals, "0")]);
    live.refresh_line(0, &budget, catalog(), crate::support::today());
    assert_eq!(live, computed(&budget));
    assert!(live.totals.total.is_some());
}

#[test]
fn many_lines_at_the_limit_add_up() {
    let one = line(
        "one",
        &[(Knob::Finals, "10,000,000"), (Knob::Retry, "1000"), (Knob::Size, "4k"), (Knob::Quality, "high")],
    );
    let each = computed(&budget(vec![one.clone()])).totals;
    let lines: Vec<Line> = std::iter::repeat_n(one, 1000).collect();
    let all = computed(&budget(lines)).totals;
    assert_eq!(all.total, each.total.map(|total| total * Decimal::ONE_THOUSAND));
    assert_eq!((all.finals, all.images), (10_000_000_000, Some(dec("10000000000000"))));
}

#[test]
fn an_exchange_rate_of_any_length_shows_something() {
    for rate in ["0.0000000000000000000000000001", "9999999999999999999999999999", "152.4"] {
        let exchange = Exchange { rate: dec(rate), as_of: crate::support::today(), source: None };
        let currency = retake::cost::base::money::Currency::parse("JPY").unwrap();
        let shown = Shown { currency, exchange: Some(exchange) };
        for usd in ["0", "0.0000000001", "123456789012345678.1234567890"] {
            assert!(!figures::text(&shown, Some(dec(usd))).is_empty());
        }
    }
}

proptest! {
    #[test]
    fn the_bill_is_the_formula(finals in 0_u64..=10_000_000, factor in 1000_i64..=1_000_000, prompt in 0_u64..=100_000, cached in 0_i64..=10_000, buffer in 0_i64..=10_000, references in 0_usize..=16) {
        let typed = Line { key: "one".to_owned(), ..Line::default() };
        let settings = typed.settings.clone()
            .with(Knob::Finals, Value::Count(finals))
            .with(Knob::Retry, Value::Retry(Retry::plain(Decimal::new(factor, 3))))
            .with(Knob::PromptTokens, Value::Count(prompt))
            .with(Knob::CachedInput, Value::Percent(Decimal::new(cached, 2)))
            .with(Knob::Buffer, Value::Percent(Decimal::new(buffer, 1)))
            .with(Knob::References, Value::Sizes(vec![px("341x512"); references]));
        let estimate = computed(&budget(vec![Line { settings, ..typed }]));
        // In units of 10⁻¹⁵ USD: the factor has three decimals, rates are whole cents per 1,000,000 tokens, the share has four decimals, the buffer three.
        let (images, text) = (BigInt::from(704 * references), BigInt::from(prompt + 6));
        let input = |tokens: &BigInt, plain: i64, from_cache: i64| {
            tokens * (10_000 - cached) * plain + tokens * cached * from_cache
        };
        // Rates in cents: 1 cent per 1,000,000 tokens = 10⁻⁸ USD a token; times 10⁻⁴ for the share.
        let each = BigInt::from(1756) * 10_000 * 3000 + input(&images, 800, 200) + input(&text, 500, 125);
        let subtotal = BigInt::from(finals) * factor * each;
        let total = &subtotal * (1_000 + buffer);
        let held = |units: BigInt, scale| Decimal::from_i128_with_scale(i128::try_from(units).unwrap(), scale);
        prop_assert_eq!(estimate.totals.subtotal, Some(held(subtotal, 15)));
        prop_assert_eq!(estimate.totals.total, Some(held(total, 18)));
    }
}
