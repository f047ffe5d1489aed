//! Whole distributions, with and without named risks, against figures that were computed apart: 160 nodes and 32,768 cells or
//! more, checked with two million draws.

use super::decimal;
use retake::cost::risk::work::{ExtraFinals, ExtraMoney, Item, Mode, Profile, Work};
use retake::cost::risk::{Distribution, Prior};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn pairs(value: &Value) -> impl Iterator<Item = (f64, f64)> {
    value.as_array().unwrap().iter().map(|pair| (number(&pair[0]), number(&pair[1])))
}

fn profile(given: &Value) -> Profile {
    let prior = Prior { retry: number(&given["r"]), worth: given["M"].as_f64().unwrap_or(f64::INFINITY) };
    let item = |(deliverable, given): (usize, &Value)| {
        let images = u32::try_from(given["n"].as_u64().unwrap()).unwrap();
        let mode = match (images, given["pick"].as_str().unwrap()) {
            (1, _) => Mode::Single,
            (images, "one") => Mode::Each(images),
            (images, _) => Mode::Pool(images),
        };
        let (finals, unit) = (given["finals"].as_u64().unwrap(), decimal(number(&given["unit_cost"])));
        Item { deliverable, finals, unit, mode }
    };
    let items = given["deliverables"].as_array().unwrap().iter().enumerate().map(item).collect();
    Profile { prior, items, extras: Vec::new() }
}

fn work(inputs: &Value) -> Work {
    let profiles = inputs["profiles"].as_array().unwrap().iter().map(profile).collect();
    let mut work = Work { constant: decimal(number(&inputs["const"])), profiles, amounts: Vec::new() };
    for (risk, given) in inputs["risks"].as_array().unwrap().iter().enumerate() {
        let chance = number(&given["chance"]);
        if given["extra"].is_array() {
            let cases = pairs(&given["extra"]).map(|(share, finals)| (share, finals as u64)).collect();
            let item = usize::try_from(given["d"].as_u64().unwrap()).unwrap();
            let of = usize::try_from(given["profile"].as_u64().unwrap()).unwrap();
            work.profiles[of].extras.push(ExtraFinals { risk, item, chance, cases, fee: decimal(0.0) });
        } else {
            let cases = pairs(&given["amount"]).map(|(share, amount)| (share, decimal(amount))).collect();
            work.amounts.push(ExtraMoney { risk, chance, cases });
        }
    }
    work
}

/// The dearest try: where the steps of a small project lie on a percentile, either side is right.
fn dearest(work: &Work) -> f64 {
    let items = work.profiles.iter().flat_map(|profile| &profile.items);
    items.map(|item| item.unit.to_string().parse::<f64>().unwrap()).fold(0.0, f64::max)
}

#[test]
fn distributions_meet_the_reference() {
    let text = include_str!("../fixtures/risk.json");
    let all: Value = serde_json::from_str(text).unwrap();
    for case in all["cases"].as_array().unwrap() {
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expected"]);
        let work = work(&case["inputs"]);
        let got = Distribution::of(&work);
        let mean = number(&expected["mean"]);
        assert!((got.mean() - mean).abs() <= 1e-4 * mean, "{id}: mean {} for {mean}", got.mean());
        let sd = number(&expected["sd"]);
        assert!((got.sd() - sd).abs() <= 0.01 * sd, "{id}: sd {} for {sd}", got.sd());
        for (name, q) in [("P10", 0.1), ("P50", 0.5), ("P80", 0.8), ("P90", 0.9), ("P95", 0.95)] {
            let (wanted, found) = (number(&expected[name]), got.percentile(q));
            let miss = (found - wanted).abs();
            assert!(miss <= (0.004 * mean).max(dearest(&work) * 1.000_001), "{id} {name}: {found} for {wanted}");
        }
        for (amount, chance) in expected["within"].as_object().unwrap() {
            let found = got.within(amount.parse().unwrap());
            assert!((found - number(chance)).abs() <= 0.004, "{id}: P(≤ {amount}) is {found} for {chance}");
        }
    }
}
