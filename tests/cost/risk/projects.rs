//! From a project to its risk: who shares a factor, what a word is worth, where fees, surcharge, markup and tax stand.

use crate::support::{budget, catalog, dec, hero, line, settings, today};
use retake::cost::base::retry::{Confidence, Retry};
use retake::cost::budget::fee::{Charge, Fee, Per};
use retake::cost::budget::{Cap, Setting, Value};
use retake::cost::risk::describe::describe;
use retake::cost::risk::work::Item;
use retake::cost::risk::{LayerShares, Missing, Risk, Sharing, Withheld};
use retake::cost::{Budget, Decimal, Knob, estimate};

fn risk(budget: &Budget) -> Risk {
    Risk::of(budget, &estimate(budget, catalog(), today()), catalog()).unwrap()
}

fn fee(per: Per, amount: &str) -> Fee {
    let amount = Some(Charge { amount: dec(amount), currency: None });
    Fee { amount, per: Some(per), ..Fee::default() }
}

fn near(found: Decimal, wanted: &str) {
    let apart = (found - dec(wanted)).abs();
    assert!(apart <= Decimal::new(1, 4), "{found} is not {wanted}");
}

#[test]
fn a_project_is_as_sure_as_its_reference() {
    let risk = risk(&hero());
    assert_eq!(risk.mean(), dec("9.249216"));
    assert_eq!(risk.worksheet(), dec("9.249216"));
    assert_eq!(risk.floor(), dec("4.624608"));
    // 24 finals at 2 tries, worth 8, of $0.192692 each: beta negative binomial, in fractions.
    let price = dec("0.192692");
    let tries = |percent| (risk.percentile(percent) / price).round_dp(4).normalize();
    assert_eq!([10, 50, 80, 90, 95].map(tries), ["33", "45", "57", "66", "76"].map(dec));
    // The total is between 57 and 58 tries.
    let total = dec("11.0990592");
    near(risk.within(total), "0.8019");
    near(risk.within(price * dec("56.5")), "0.786238");
    near(risk.within(price * dec("33")), "0.106889");
    assert!(risk.within_if_worse(total) < dec("0.7"));
    let cap = Cap { amount: price * dec("66"), currency: None };
    near(risk.over(&hero(), cap).unwrap(), "0.099659");
    // Luck (r(r−1) + V)·24, the factor V·24², with V = r(r−1)/(M−1) = 2/7.
    assert_eq!(risk.layers(), Some(LayerShares { luck: dec("0.25"), factor: dec("0.75"), risks: dec("0") }));
}

#[test]
fn luck_and_factor_are_what_the_closed_form_says() {
    let mut project = budget(vec![
        line("a", &[(Knob::Finals, "4"), (Knob::Quality, "high")]),
        line("b", &[(Knob::Finals, "9"), (Knob::Quality, "low")]),
        line("c", &[(Knob::Finals, "3"), (Knob::Quality, "high"), (Knob::Retry, "1.5 2 3")]),
    ]);
    project.assumptions = settings(&[(Knob::Retry, "3")]);
    let estimate = estimate(&project, catalog(), today());
    let described = describe(&project, &estimate, catalog()).unwrap();
    let number = |amount: Decimal| amount.to_string().parse::<f64>().unwrap();
    let (mut luck, mut factor) = (0.0, 0.0);
    for (profile, (retry, worth)) in described.work.profiles.iter().zip([(3.0_f64, 8.0), (2.15, 6.219_148_4)]) {
        let doubt = retry * (retry - 1.0) / (worth - 1.0);
        let sum = |power| {
            let of = |item: &Item| number(item.unit).powi(power) * item.finals as f64;
            profile.items.iter().map(of).sum::<f64>()
        };
        luck += (retry * (retry - 1.0) + doubt) * sum(2);
        factor += doubt * sum(1) * sum(1);
    }
    let layers = risk(&project).layers().unwrap();
    for (found, wanted) in [(layers.luck, luck), (layers.factor, factor)] {
        let wanted = wanted / (luck + factor);
        assert!((number(found) - wanted).abs() < 2e-6, "{found} for {wanted}");
    }
}

#[test]
fn the_buffer_that_a_percentile_needs_reaches_it() {
    let project = hero();
    for percent in [80, 90, 95] {
        let needed = risk(&project).buffer_for(percent).unwrap();
        let mut with = project.clone();
        with.assumptions = settings(&[(Knob::Buffer, &needed.to_string())]);
        let estimate = estimate(&with, catalog(), today());
        let reached =
            Risk::of(&with, &estimate, catalog()).unwrap().within(estimate.totals.total.unwrap() + dec("0.0001"));
        assert!(reached >= Decimal::new(i64::from(percent), 2) - dec("0.00001"), "{needed} % reaches {reached}");
    }
}

#[test]
fn deliverables_share_the_doubt_of_the_factor_that_they_name() {
    let mut project = budget(vec![
        line("a", &[(Knob::Finals, "4")]),
        line("b", &[(Knob::Finals, "4"), (Knob::Retry, "3")]),
        line("c", &[(Knob::Finals, "4")]),
        line("d", &[(Knob::Finals, "4"), (Knob::Retry, "product-edit")]),
    ]);
    project.assumptions = settings(&[(Knob::Retry, "2")]);
    let factors = risk(&project).factors();
    let told: Vec<_> =
        factors.iter().map(|one| (one.shared.sharing.clone(), one.shared.deliverables.clone())).collect();
    let own = Sharing::Own("b".to_owned());
    let named = Sharing::Named("product-edit".to_owned());
    assert_eq!(told, [(Sharing::Project, vec![0, 2]), (named, vec![3]), (own, vec![1])]);
}

#[test]
fn words_and_ranges_are_worth_their_experience() {
    let worth = |retry: Option<Value>| {
        let mut project = hero();
        project.lines[0].settings.put(Knob::Retry, retry.map(Setting::Value));
        risk(&project).factors()[0].worth
    };
    for (typed, wanted) in [
        ("2", Some("8")),
        ("1.5 2 3", Some("6.219148")),
        ("1", None),
        ("3 3 3", Some("1000")),
        ("20/60", Some("20")),
        ("1/2", Some("3")),
        ("2000/6000", Some("1000")),
        ("7/7", None),
    ] {
        let Some(Setting::Value(typed)) = settings(&[(Knob::Retry, typed)]).get(Knob::Retry).cloned() else { panic!() };
        assert_eq!(worth(Some(typed.clone())), wanted.map(dec), "{typed:?}");
    }
    for (confidence, wanted) in [
        (None, Some("8")),
        (Some(Confidence::Guess), Some("4")),
        (Some(Confidence::Some), Some("8")),
        (Some(Confidence::Measured), Some("16")),
        (Some(Confidence::WellKnown), Some("32")),
        (Some(Confidence::Worth(dec("11.5"))), Some("11.5")),
        (Some(Confidence::Fixed), None),
    ] {
        let factor = Retry::Factor { factor: dec("2"), confidence };
        assert_eq!(worth(Some(Value::Retry(factor))), wanted.map(dec), "{confidence:?}");
        let accepted = Retry::Accepted { percent: dec("50"), confidence };
        assert_eq!(worth(Some(Value::Retry(accepted))), wanted.map(dec), "{confidence:?} of a share");
    }
}

#[test]
fn what_a_wide_range_says_of_high_percentiles_is_withheld() {
    let mut project = hero();
    project.lines[0].settings.put(Knob::Retry, settings(&[(Knob::Retry, "1 3 9")]).get(Knob::Retry).cloned());
    let risk = risk(&project);
    assert_eq!(risk.factors()[0].worth, Some(dec("3")));
    assert_eq!(
        [50, 80, 90, 95].map(|percent| risk.withheld(percent)).map(|why| why.is_some()),
        [false, false, true, true]
    );
    assert_eq!(risk.withheld(95), Some(Withheld::WideRange));
}

#[test]
fn charges_stand_where_the_invoice_has_them() {
    let mut project = hero();
    project.assumptions = settings(&[(Knob::Surcharge, "10"), (Knob::Markup, "50"), (Knob::Tax, "20")]);
    let fees =
        [(Per::Project, "7"), (Per::Deliverable, "3"), (Per::Final, "0.5"), (Per::Image, "0.01"), (Per::Call, "0.02")];
    for (per, amount) in fees {
        project.fees.insert(per.name().to_owned(), fee(per, amount));
    }
    let estimate = estimate(&project, catalog(), today());
    let described = describe(&project, &estimate, catalog()).unwrap();
    // 7 + 3 + 24 × 0.5 do not vary; a try costs its image with a tenth on top, and the fees for an image and a call.
    assert_eq!(described.work.constant, dec("22"));
    assert_eq!(described.work.profiles[0].items[0].unit, dec("0.2419612"));
    let risk = risk(&project);
    near(risk.mean(), &((dec("22") + dec("48") * dec("0.2419612")) * dec("1.8")).to_string());
    near(risk.worksheet(), &risk.mean().to_string());
    let with_buffer = estimate.totals.total.unwrap();
    assert!(risk.within(with_buffer) > dec("0.8"));
}

#[test]
fn calls_of_several_images_are_the_tries() {
    // 24 calls, or 6 that bring all 24; the means are of beta negative binomial tries, counted one by one.
    for (pick, floor, mean) in [("one", "18.498432", 19.961988), ("many", "4.624608", 9.538251)] {
        let mut project = hero();
        project.assumptions = settings(&[(Knob::ImagesPerCall, "4"), (Knob::Pick, pick)]);
        let risk = risk(&project);
        near(risk.floor(), floor);
        let found: f64 = risk.mean().to_string().parse().unwrap();
        assert!((found - mean).abs() < 1e-3, "{pick}: {found} for {mean}");
    }
}

#[test]
fn nothing_is_known_without_prices_or_finals() {
    let of = |project: &Budget| Risk::of(project, &estimate(project, catalog(), today()), catalog()).map(|_| ());
    assert_eq!(of(&budget(vec![line("a", &[])])), Err(Missing::Finals));
    assert_eq!(of(&budget(vec![line("a", &[(Knob::Finals, "3"), (Knob::Quality, "auto")])])), Err(Missing::Price));
}
