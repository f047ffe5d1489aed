//! The parts of a distribution: priors, negative binomials, calls, ranges, against figures of 50 digits.

use super::{item, one_profile};
use retake::cost::risk::moments::pool_calls;
use retake::cost::risk::prior::Node;
use retake::cost::risk::{Distribution, Prior};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap()
}

#[track_caller]
fn near(found: f64, wanted: &Value, tolerance: f64) {
    let wanted = number(wanted);
    assert!((found - wanted).abs() <= tolerance * wanted.abs(), "{found} is not {wanted}");
}

fn cases(topic: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../fixtures/risk_parts.json")).unwrap();
    let of = all["cases"].as_array().unwrap().iter().filter(|case| case["topic"] == topic).cloned();
    let found: Vec<Value> = of.collect();
    assert!(!found.is_empty(), "{topic}");
    found
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn priors_have_their_mean_variance_and_quantiles() {
    for case in cases("prior") {
        let prior = Prior { retry: number(&case["inputs"]["r"]), worth: number(&case["inputs"]["M"]) };
        let expected = &case["expected"];
        if expected["var_r"].is_number() {
            near(prior.variance(), &expected["var_r"], 1e-12);
            let nodes = prior.nodes();
            let mean: f64 = nodes.iter().map(|node| node.weight / node.accept).sum();
            near(mean, &expected["mean_r"], 1e-12);
            let accepted: f64 = nodes.iter().map(|node| node.weight * node.accept).sum();
            near(accepted, &expected["mean_p"], 1e-4);
        }
        for (name, below) in [("r_P10", 0.1), ("r_P50", 0.5), ("r_P90", 0.9)] {
            if expected[name].is_number() {
                near(prior.quantile(below), &expected[name], 1e-9);
            }
        }
    }
}

/// Trials at one unit each, so that a total is a number of trials.
fn trials(finals: u64, retry: f64, worth: f64) -> Distribution {
    Distribution::of(&one_profile(retry, worth, vec![item(finals, "1")]))
}

fn holds(case: &Value, got: &Distribution, tolerance: f64) {
    let expected = &case["expected"];
    near(got.mean(), &expected["mean"], 1e-12);
    near(got.sd() * got.sd(), &expected["var"], 1e-12);
    for (trials, chance) in expected["cdf"].as_object().unwrap() {
        let found = got.within(trials.parse().unwrap());
        assert!((found - number(chance)).abs() <= tolerance, "{}: {found} for {chance}", case["id"]);
    }
    for (q, trials) in expected["quantile"].as_object().unwrap() {
        let found = got.percentile(q.parse().unwrap());
        assert!((found - number(trials)).abs() < 1e-6, "{}: {found} for {trials} at {q}", case["id"]);
    }
}

#[test]
fn trials_of_a_certain_factor_are_negative_binomial() {
    for case in cases("negative_binomial") {
        let got = trials(whole(&case["inputs"]["F"]), 1.0 / number(&case["inputs"]["p"]), f64::INFINITY);
        holds(&case, &got, 1e-10);
        for (trials, chance) in case["expected"]["pmf"].as_object().unwrap() {
            let trials: f64 = trials.parse().unwrap();
            let found = got.within(trials) - got.within(trials - 1.0);
            assert!((found - number(chance)).abs() <= 1e-10, "{found} for {chance}");
        }
    }
    let tie = trials(40, 2.0, f64::INFINITY).percentile(0.5);
    assert!(tie == 79.0 || tie == 80.0, "{tie}");
}

#[test]
fn trials_of_a_doubtful_factor_are_beta_negative_binomial() {
    for case in cases("beta_negative_binomial") {
        let inputs = &case["inputs"];
        holds(&case, &trials(whole(&inputs["K"]), number(&inputs["r"]), number(&inputs["M"])), 1e-4);
    }
}

fn node(accept: f64) -> Node {
    Node { weight: 1.0, accept, reject: 1.0 - accept, odds: (1.0 - accept) / accept }
}

#[test]
fn pooled_calls_are_whole() {
    for case in cases("pool_mode_calls") {
        let inputs = &case["inputs"];
        let images = u32::try_from(whole(&inputs["n"])).unwrap();
        let calls = pool_calls(whole(&inputs["F"]), images, &node(number(&inputs["p"])));
        near(calls.mean, &case["expected"]["mean_calls"], 1e-10);
        near(calls.variance, &case["expected"]["var_calls"], 1e-10);
    }
}

#[test]
fn of_each_call_one_image_is_kept() {
    for case in cases("each_mode_best_of") {
        let (inputs, expected) = (&case["inputs"], &case["expected"]);
        let images = u32::try_from(whole(&inputs["n"])).unwrap();
        let odds = node(1.0 / number(&inputs["r_images"])).odds_of_call(images);
        near(1.0 / (1.0 + odds), &expected["call_success"], 1e-12);
        near(1.0 + odds, &expected["calls_per_final"], 1e-12);
        near(number(&inputs["F"]) * odds * (1.0 + odds), &expected["var_calls"], 1e-12);
    }
}

#[test]
fn ranges_are_worth_what_they_span() {
    for case in cases("spread_entry") {
        let of = |name: &str| number(&case["inputs"][name]);
        let retry = 0.3 * of("low") + 0.4 * of("likely") + 0.3 * of("high");
        near(retry, &case["expected"]["three_point_r"], 1e-10);
        let fitted = Prior::of_range(retry, of("low"), of("high"));
        near(fitted.prior.worth, &case["expected"]["three_point_M"], 1e-10);
        assert_eq!(fitted.clamped_from, None);
    }
    assert_eq!(Prior::of_range(3.0, 1.0, 8.0).prior.worth, 3.0);
    assert!(Prior::of_range(3.0, 1.0, 8.0).clamped_from.is_some_and(|worth| worth < 3.0));
    assert_eq!(Prior::of_range(2.0, 1.999, 2.001).prior.worth, 1000.0);
}
