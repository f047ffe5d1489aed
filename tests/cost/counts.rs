//! Counts of images and calls against plain big-integer arithmetic.

use crate::support::{dec, single};
use num_bigint::BigUint;
use proptest::prelude::*;
use retake::cost::Knob::{Finals, ImagesPerCall, Pick as PickKnob, Retry as RetryKnob};
use retake::cost::base::money::{Decimal, rounded};
use retake::cost::base::retry::{Count, Factor, Pick, Retry, count, pictures_per_final};

fn big(number: u128) -> BigUint {
    BigUint::from(number)
}

fn ceil_div(a: &BigUint, b: &BigUint) -> BigUint {
    (a + b - 1_u32) / b
}

/// Calls and images by definition: the smallest whole number of calls that is at least the exact fraction.
fn reference(finals: u64, a: u128, b: u128, n: u32, pick: Pick) -> (BigUint, BigUint) {
    let (finals, n_big) = (BigUint::from(finals), big(u128::from(n)));
    let calls = match (pick, n) {
        (_, 1) => ceil_div(&(finals * big(a)), &big(b)),
        (Pick::Many, _) => ceil_div(&ceil_div(&(finals * big(a)), &big(b)), &n_big),
        // finals / (1 − (1 − b/a)ⁿ), the fraction multiplied out factor by factor.
        (Pick::One, _) => {
            let (mut whole, mut missed) = (big(1), big(1));
            for _ in 0..n {
                whole *= big(a);
                missed *= big(a - b);
            }
            let hit = &whole - &missed;
            ceil_div(&(finals * whole), &hit)
        }
    };
    let generations = &calls * n_big;
    (calls, generations)
}

fn agrees(finals: u64, factor: Factor, n: u32, pick: Pick) -> Result<Count, TestCaseError> {
    let (calls, generations) = reference(finals, factor.a(), factor.b(), n, pick);
    let counted = count(finals, factor, n, pick).ok_or_else(|| TestCaseError::fail("no count"))?;
    prop_assert_eq!(BigUint::from(counted.calls), calls);
    prop_assert_eq!(BigUint::from(counted.generations), generations);
    Ok(counted)
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
    ]
}

fn any_pick() -> impl Strategy<Value = Pick> {
    prop_oneof![Just(Pick::One), Just(Pick::Many)]
}

proptest! {
    #[test]
    fn counts_agree_with_exact_fractions(finals in 0_u64..=10_000_000, factor in any_factor(), n in 1_u32..=10, pick in any_pick()) {
        let counted = agrees(finals, factor, n, pick)?;
        // Never fewer images than finals times factor.
        let (made, needed) = (BigUint::from(counted.generations) * factor.b(), BigUint::from(finals) * factor.a());
        prop_assert!(made >= needed);
        prop_assert_eq!(counted.generations, counted.calls * u64::from(n));
    }

    #[test]
    fn counts_rise_with_finals_and_factor(finals in 0_u64..10_000_000, factor in decimal_factor(), n in 1_u32..=10, pick in any_pick()) {
        let now = count(finals, Factor::from_decimal(factor).unwrap(), n, pick).unwrap();
        let more = count(finals + 1, Factor::from_decimal(factor).unwrap(), n, pick).unwrap();
        prop_assert!(more.generations >= now.generations);
        if let Some(higher) = Factor::from_decimal(factor + Decimal::new(1, 2)) {
            prop_assert!(count(finals, higher, n, pick).unwrap().generations >= now.generations);
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
                    let (calls, generations) = reference(finals, factor.a(), factor.b(), n, pick);
                    let counted = count(finals, factor, n, pick);
                    match (u64::try_from(calls), u64::try_from(generations)) {
                        (Ok(calls), Ok(generations)) => assert_eq!(counted, Some(Count { generations, calls })),
                        _ => assert_eq!(counted, None, "{finals} {factor:?} {n}"),
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
fn a_rounded_quotient_would_count_one_too_many() {
    // 100/60 rounded to 28 digits, times 3, is slightly above 5.
    let factor = Factor::from_accepted_percent(dec("60")).unwrap();
    assert_eq!((factor.a(), factor.b()), (5, 3));
    assert_eq!(count(3, factor, 1, Pick::One), Some(Count { generations: 5, calls: 5 }));
}

#[test]
fn one_kept_of_a_call() {
    let three = Factor::from_decimal(dec("3")).unwrap();
    assert_eq!(count(5, three, 2, Pick::One), Some(Count { generations: 18, calls: 9 }));
    assert_eq!(rounded(pictures_per_final(three, 4).unwrap(), 2), dec("4.98"));
    let line = single(&[(Finals, "5"), (RetryKnob, "3"), (ImagesPerCall, "2"), (PickKnob, "one")]);
    assert_eq!(line.stages[0].count, Some(Count { generations: 18, calls: 9 }));
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
        // The smallest whole number of calls at or above the mean.
        let mean_calls = dec(&expected["mean_calls"].to_string());
        let calls = count(finals, factor, n, Pick::One).unwrap().calls;
        let (at, below) = (Decimal::from(calls), Decimal::from(calls - 1));
        assert!(at >= mean_calls && below < mean_calls, "{calls} calls for a mean of {mean_calls}");
        let images = dec(&expected["images_per_final"].to_string());
        assert!((pictures_per_final(factor, n).unwrap() - images).abs() < dec("0.0001"));
        checked += 1;
    }
    assert_eq!(checked, 2);
}

#[test]
fn any_number_kept_of_a_call() {
    let line = single(&[(Finals, "24"), (RetryKnob, "2"), (ImagesPerCall, "5"), (PickKnob, "many")]);
    assert_eq!(line.stages[0].count, Some(Count { generations: 50, calls: 10 }));
}

#[test]
fn a_range_counts_with_its_mean() {
    let mean = |low, likely, high| Retry::Range { low: dec(low), likely: dec(likely), high: dec(high) }.mean();
    assert_eq!(mean("1.5", "2.0", "3.0").unwrap().to_decimal(), dec("2.15"));
    assert_eq!(mean("1.15", "1.5", "2.0").unwrap().to_decimal(), dec("1.545"));
    assert_eq!(mean("3", "2", "1"), None, "out of order");
    let line = single(&[(Finals, "20"), (RetryKnob, "1.5/2/3")]);
    assert_eq!(line.stages[0].count, Some(Count { generations: 43, calls: 43 }));
}
