//! Expected images and calls against plain big-integer arithmetic, and what follows from them for totals.

use crate::support::{budget, codes, computed, counted, dec, line, single, whole};
use num_bigint::BigUint;
use num_integer::Integer;
use proptest::prelude::*;
use retake::cost::Knob::{Buffer, Drafts, Finals, ImagesPerCall, Pick as PickKnob, Repeat, Retry as RetryKnob};
use retake::cost::base::count::{Count, Expected, count, images_per_final};
use retake::cost::base::money::{Decimal, rounded};
use retake::cost::base::retry::{Factor, Pick, Retry};
use retake::cost::{Knob, Line};

fn big(number: impl Into<BigUint>) -> BigUint {
    number.into()
}

/// Calls by definition, as numerator and divisor; only several kept of a call make whole ones.
fn calls(finals: u64, factor: Factor, n: u32, pick: Pick) -> (BigUint, BigUint) {
    let (finals, a, b) = (big(finals), big(factor.a()), big(factor.b()));
    match (pick, n) {
        (_, 1) => (finals * a, b),
        (Pick::Many, _) => {
            let (over, under) = (finals * a, b * n);
            ((over + &under - 1_u32) / under, big(1_u32))
        }
        // finals / (1 − (1 − b/a)ⁿ), the fraction multiplied out factor by factor.
        (Pick::One, _) => {
            let (mut all, mut missed) = (big(1_u32), big(1_u32));
            for _ in 0..n {
                all *= &a;
                missed *= &a - &b;
            }
            (finals * &all, all - missed)
        }
    }
}

/// `over / under` to 18 decimals, half to even, in units of the last one.
fn units(over: &BigUint, under: &BigUint) -> BigUint {
    let (quotient, rest) = (over * 10_u64.pow(18)).div_rem(under);
    let up = &rest + &rest > *under || (&rest + &rest == *under && quotient.is_odd());
    if up { quotient + 1_u32 } else { quotient }
}

fn held(units: &BigUint, scale: u32) -> Option<Decimal> {
    let (mut units, mut scale) = (units.clone(), scale);
    while scale > 0 && units.is_multiple_of(&big(10_u32)) {
        (units, scale) = (units / 10_u32, scale - 1);
    }
    Decimal::try_from_i128_with_scale(i128::try_from(units).ok()?, scale).ok()
}

/// The cost of a fraction of images, as docs/counting.md says: exact if it ends within 28 digits, else to 18 decimals.
fn cost(over: &BigUint, under: &BigUint, price: Decimal) -> Option<Decimal> {
    let over = over * price.mantissa().unsigned_abs();
    let under = under * big(10_u32).pow(price.scale());
    let (exact, rest) = (&over * big(10_u32).pow(28)).div_rem(&under);
    let exact = (rest == BigUint::ZERO).then(|| held(&exact, 28)).flatten();
    exact.or_else(|| held(&units(&over, &under), 18))
}

fn agrees(found: &Expected, over: &BigUint, under: &BigUint, price: Decimal) -> Result<(), TestCaseError> {
    prop_assert_eq!(Some(found.number()), held(&units(over, under), 18));
    prop_assert_eq!(found.at(price).ok(), cost(over, under, price), "{}/{} at {}", over, under, price);
    prop_assert_eq!(found.at(-price).ok(), cost(over, under, price).map(|cost| -cost));
    Ok(())
}

/// Factors from 1 to 1,000 with up to six decimals.
fn decimal_factor() -> impl Strategy<Value = Decimal> {
    (0_u32..=6).prop_flat_map(|scale| {
        let one = 10_i64.pow(scale);
        prop_oneof![one..=5 * one, one..=1000 * one].prop_map(move |mantissa| Decimal::new(mantissa, scale))
    })
}

/// Acceptance rates from 0.1 to 100 percent with up to four decimals.
fn accepted_percent() -> impl Strategy<Value = Decimal> {
    (1_000_i64..=1_000_000).prop_map(|mantissa| Decimal::new(mantissa, 4))
}

fn any_factor() -> impl Strategy<Value = Factor> {
    prop_oneof![
        decimal_factor().prop_map(|factor| Factor::from_decimal(factor).unwrap()),
        accepted_percent().prop_map(|percent| Factor::from_accepted_percent(percent).unwrap()),
        (1_u128..100).prop_flat_map(|kept| (kept..=20 * kept).prop_map(move |made| Factor::new(made, kept).unwrap())),
    ]
}

fn any_pick() -> impl Strategy<Value = Pick> {
    prop_oneof![Just(Pick::One), Just(Pick::Many)]
}

fn any_price() -> impl Strategy<Value = Decimal> {
    (0_i64..=100_000_000_000, 0_u32..=12).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).normalize())
}

proptest! {
    #[test]
    fn counts_agree_with_exact_fractions(finals in 0_u64..=10_000_000, factor in any_factor(), n in 1_u32..=10, pick in any_pick(), price in any_price()) {
        let found = count(finals, factor, n, pick).ok_or_else(|| TestCaseError::fail("no count"))?;
        let (over, under) = calls(finals, factor, n, pick);
        agrees(&found.calls, &over, &under, price)?;
        agrees(&found.images, &(over * n), &under, price)?;
    }

    #[test]
    fn counts_rise_with_finals_and_factor(finals in 0_u64..10_000_000, factor in decimal_factor(), n in 1_u32..=10, pick in any_pick()) {
        let images = |finals, factor| count(finals, factor, n, pick).unwrap().images.number();
        let now = images(finals, Factor::from_decimal(factor).unwrap());
        prop_assert!(images(finals + 1, Factor::from_decimal(factor).unwrap()) >= now);
        if let Some(higher) = Factor::from_decimal(factor + Decimal::new(1, 2)) {
            prop_assert!(images(finals, higher) >= now);
        }
    }

    #[test]
    fn a_percentage_is_the_same_factor_as_its_fraction(percent in accepted_percent()) {
        let factor = Factor::from_accepted_percent(percent).unwrap();
        // a/b = 100/percent, crosswise.
        let percent = percent.normalize();
        let mantissa = u128::try_from(percent.mantissa()).unwrap();
        prop_assert_eq!(big(factor.a()) * mantissa, big(factor.b()) * 100_u32 * 10_u128.pow(percent.scale()));
    }

    #[test]
    fn a_decimal_factor_stays_itself_for_show(factor in decimal_factor()) {
        prop_assert_eq!(Factor::from_decimal(factor).unwrap().to_decimal(), factor);
    }

    #[test]
    fn many_small_deliverables_cost_what_one_large_one_costs(factor in 100_i64..=500, lines in 2_u64..=60, finals in 1_u64..=5) {
        let (retry, one, all) = (Decimal::new(factor, 2).to_string(), finals.to_string(), (finals * lines).to_string());
        let many = (0..lines).map(|at| line(&format!("d{at}"), &[(Finals, &one), (RetryKnob, &retry)])).collect();
        let large = line("all", &[(Finals, &all), (RetryKnob, &retry)]);
        prop_assert_eq!(computed(&budget(many)).totals, computed(&budget(vec![large])).totals);
    }
}

#[test]
fn counts_at_the_limits_neither_wrap_nor_panic() {
    let factors =
        [Factor::ONE, Factor::new(1000, 1).unwrap(), Factor::new(10_u128.pow(30) + 1, 10_u128.pow(30)).unwrap()];
    let longest = Factor::from_decimal(dec("999.9999999999999999999999999")).unwrap();
    for finals in [0, 1, 10_000_000, u64::MAX] {
        for factor in factors.into_iter().chain([longest]) {
            for n in [1, 2, 10] {
                for pick in [Pick::One, Pick::Many] {
                    let (over, under) = calls(finals, factor, n, pick);
                    let [calls, images] = [1, n].map(|n| held(&units(&(&over * n), &under), 18));
                    let found = count(finals, factor, n, pick);
                    // Far past the most finals of a deliverable there may be no count, but never a wrong one.
                    match found {
                        Some(found) => {
                            assert_eq!((Some(found.calls.number()), Some(found.images.number())), (calls, images));
                        }
                        None => assert_eq!(finals, u64::MAX, "{finals} {factor:?} {n}"),
                    }
                }
            }
        }
    }
}

#[test]
fn factors_outside_their_range_are_none() {
    for (a, b) in [(0, 1), (1, 2), (1, 0), (1001, 1), (10_001, 10), (u128::MAX, 1)] {
        assert_eq!(Factor::new(a, b), None, "{a}/{b}");
    }
    for text in ["0.999", "1000.001", "-2", "0"] {
        assert_eq!(Factor::from_decimal(dec(text)), None, "{text}");
    }
    for text in ["0", "0.09", "100.01", "-40"] {
        assert_eq!(Factor::from_accepted_percent(dec(text)), None, "{text}");
    }
}

#[test]
fn a_rounded_quotient_would_not_count_whole_images() {
    // 100/60 rounded to 28 digits, times 3, is slightly above 5.
    let factor = Factor::from_accepted_percent(dec("60")).unwrap();
    assert_eq!((factor.a(), factor.b()), (5, 3));
    assert_eq!(count(3, factor, 1, Pick::One), Some(Count::single(Expected::whole(5))));
    let endless = count(10, factor, 1, Pick::One).unwrap().images;
    assert_eq!(endless.number(), dec("16.666666666666666667"));
    assert_eq!(endless.short_fraction().as_deref(), Some("50/3"));
    // 50/3 · 0.3 ends, 50/3 · 0.19269 ends (19269 is a multiple of 3), 50/3 · 0.1 does not.
    for (price, cost) in [("0.3", "5"), ("0.19269", "3.2115"), ("0.1", "1.666666666666666667")] {
        assert_eq!(endless.at(dec(price)), Ok(dec(cost)), "{price}");
    }
}

#[test]
fn images_are_finals_times_factor_and_never_rounded_up() {
    let images = |finals, retry| counted(&single(&[(Finals, finals), (RetryKnob, retry)]), 0);
    for (finals, retry, expected) in [
        ("24", "2.15", "51.6"),
        ("1", "1.13", "1.13"),
        ("60", "1.13", "67.8"),
        ("20", "1.5/2/3", "43"),
        ("0", "3", "0"),
    ] {
        assert_eq!(images(finals, retry), Some((dec(expected), dec(expected))), "{finals} × {retry}");
    }
}

#[test]
fn one_kept_of_a_call() {
    let three = Factor::from_decimal(dec("3")).unwrap();
    assert_eq!(rounded(images_per_final(three, 4).unwrap(), 2), dec("4.98"));
    let line = single(&[(Finals, "5"), (RetryKnob, "3"), (ImagesPerCall, "2"), (PickKnob, "one")]);
    assert_eq!(counted(&line, 0), whole(18, 9));
    // 10 · 81/65 calls of four.
    let line = single(&[(Finals, "10"), (RetryKnob, "3"), (ImagesPerCall, "4"), (PickKnob, "one")]);
    assert_eq!(counted(&line, 0), Some((dec("49.846153846153846154"), dec("12.461538461538461538"))));
}

#[test]
fn the_worked_numbers_of_calls_per_final_hold() {
    let golden: serde_json::Value = serde_json::from_str(include_str!("fixtures/golden.json")).unwrap();
    let cases = golden["cases"].as_array().unwrap().iter().filter(|case| case["topic"] == "each_mode_best_of");
    let mut checked = 0;
    for case in cases {
        let (inputs, expected) = (&case["inputs"], &case["expected"]);
        let factor = Factor::from_decimal(dec(inputs["r_images"].as_str().unwrap())).unwrap();
        let n = u32::try_from(inputs["n"].as_u64().unwrap()).unwrap();
        let finals = inputs["F"].as_u64().unwrap();
        let mean_calls = dec(&expected["mean_calls"].to_string());
        let calls = count(finals, factor, n, Pick::One).unwrap().calls.number();
        assert!((calls - mean_calls).abs() < dec("0.000000000001") * mean_calls, "{calls} for {mean_calls}");
        let images = dec(&expected["images_per_final"].to_string());
        assert!((images_per_final(factor, n).unwrap() - images).abs() < dec("0.0001"));
        checked += 1;
    }
    assert_eq!(checked, 2);
}

#[test]
fn any_number_kept_of_a_call_comes_in_whole_calls() {
    let images =
        |retry| counted(&single(&[(Finals, "24"), (RetryKnob, retry), (ImagesPerCall, "5"), (PickKnob, "many")]), 0);
    assert_eq!(images("2"), whole(50, 10));
    // 48.24 and 49.9 images also take ten calls, 50.16 take eleven.
    assert_eq!((images("2.01"), images("2.08"), images("2.09")), (whole(50, 10), whole(50, 10), whole(55, 11)));
}

#[test]
fn a_range_counts_with_its_mean() {
    let mean = |low, likely, high| Retry::Range { low: dec(low), likely: dec(likely), high: dec(high) }.mean();
    assert_eq!(mean("1.5", "2.0", "3.0").unwrap().to_decimal(), dec("2.15"));
    assert_eq!(mean("1.15", "1.5", "2.0").unwrap().to_decimal(), dec("1.545"));
    assert_eq!(mean("3", "2", "1"), None, "out of order");
}

/// Totals while the factor turns from 1.01 to 2.00 by 0.01, of lines with one to three finals.
fn turned(more: &[(Knob, &str)]) -> Vec<Vec<Decimal>> {
    let lines = |retry: &str| -> Vec<Line> {
        let one = |finals: &&str| line(finals, &[&[(Finals, *finals), (RetryKnob, retry)], more].concat());
        ["1", "2", "3"].iter().map(one).collect()
    };
    (101..=200)
        .map(|hundredths| {
            let estimate = computed(&budget(lines(&Decimal::new(hundredths, 2).to_string())));
            let totals = estimate.lines.iter().map(|line| line.total).chain([estimate.totals.total]);
            totals.map(Option::unwrap).collect()
        })
        .collect()
}

#[test]
fn every_step_of_the_factor_moves_every_total() {
    for more in [&[][..], &[(ImagesPerCall, "2"), (PickKnob, "one")], &[(ImagesPerCall, "4"), (PickKnob, "one")]] {
        for steps in turned(more).windows(2) {
            assert!(steps[0].iter().zip(&steps[1]).all(|(now, next)| now < next), "{more:?}: {steps:?}");
        }
    }
}

#[test]
fn whole_calls_hide_small_steps_of_the_factor() {
    // Any number kept of two images a call: a call is bought whole, so neither property above holds.
    let pool = [(ImagesPerCall, "2"), (PickKnob, "many")];
    let steps = turned(&pool);
    assert!(steps.windows(2).all(|steps| steps[0].iter().zip(&steps[1]).all(|(now, next)| now <= next)));
    assert!(steps.windows(2).any(|steps| steps[0] == steps[1]));
    let small = (0..60).map(|at| line(&format!("d{at}"), &[&[(Finals, "1"), (RetryKnob, "1.2")], &pool[..]].concat()));
    let large = line("all", &[&[(Finals, "60"), (RetryKnob, "1.2")], &pool[..]].concat());
    assert_eq!(computed(&budget(small.collect())).totals.images, Some(dec("120")), "sixty calls of two");
    assert_eq!(computed(&budget(vec![large])).totals.images, Some(dec("72")));
}

#[test]
fn repetitions_multiply_finals_and_drafts() {
    let typed = [(Finals, "40"), (RetryKnob, "2.15"), (Drafts, "3"), (Buffer, "20%")];
    let (once, month) = (single(&typed), single(&[&typed[..], &[(Repeat, "30")]].concat()));
    assert_eq!((counted(&month, 0), counted(&month, 1)), (whole(3600, 3600), whole(2580, 2580)));
    assert_eq!((counted(&once, 0), counted(&once, 1)), (whole(120, 120), whole(86, 86)));
    assert_eq!(month.total, once.total.map(|total| total * dec("30")));
    let estimate = computed(&budget(vec![line("one", &[(Finals, "40"), (Repeat, "30"), (RetryKnob, "1")])]));
    assert_eq!((estimate.totals.finals, estimate.totals.images), (1200, Some(dec("1200"))));
    assert_eq!(
        estimate.totals.per_final,
        computed(&budget(vec![line("one", &[(Finals, "1"), (RetryKnob, "1")])])).totals.per_final
    );
}

#[test]
fn more_finals_than_a_deliverable_may_have_are_an_error() {
    let at = |finals, repeat| single(&[(Finals, finals), (Repeat, repeat), (RetryKnob, "1"), (Drafts, "1")]);
    assert!(at("100", "100,000").total.is_some(), "exactly 10,000,000");
    let over = at("101", "100,000");
    assert_eq!((over.total, codes(&over)), (None, vec!["too-many-finals"]));
    assert_eq!((counted(&over, 0), counted(&over, 1)), (None, None));
}
