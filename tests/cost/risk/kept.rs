//! What is kept from one answer to the next, what is too much for a frame, and answers that nobody waits for any more.

use crate::support::{budget, catalog, dec, line, settings, today};
use retake::cost::risk::{Described, Kept, Risk, describe};
use retake::cost::{Budget, Knob, estimate};
use std::sync::atomic::AtomicBool;

fn described(budget: &Budget) -> Described {
    describe(budget, &estimate(budget, catalog(), today()), catalog()).unwrap()
}

/// A project of so many deliverables, each with its own factor or all with the project's, no two at one price.
fn project(count: usize, own_factor: bool) -> Budget {
    let deliverable = |at: usize| {
        let mut values = vec![(Knob::Finals, "2".to_owned()), (Knob::PromptTokens, (100 + at).to_string())];
        if own_factor {
            values.push((Knob::Retry, "2.5".to_owned()));
        }
        let values: Vec<(Knob, &str)> = values.iter().map(|(knob, value)| (*knob, value.as_str())).collect();
        line(&format!("d{at}"), &values)
    };
    let mut project = budget((0..count).map(deliverable).collect());
    project.assumptions = settings(&[(Knob::Retry, "2")]);
    project
}

#[test]
fn many_profiles_or_kinds_of_price_are_large() {
    let kept = Kept::default();
    for own_factor in [false, true] {
        let is_large = |count| described(&project(count, own_factor)).is_large(&kept);
        assert_eq!([1, 64, 65].map(is_large), [false, false, true], "own factors: {own_factor}");
    }
    // Ten thousand of one price are one kind.
    let alike = (0..10_000).map(|at| line(&format!("d{at}"), &[(Knob::Finals, "2")])).collect();
    assert!(!described(&budget(alike)).is_large(&kept));
}

#[test]
fn an_answer_that_nobody_waits_for_is_not_given() {
    let described = described(&project(3, true));
    let kept = Kept::default();
    assert!(Risk::unless(&AtomicBool::new(true), &kept, described.clone()).is_none());
    let answer = Risk::unless(&AtomicBool::new(false), &kept, described.clone()).unwrap();
    let whole = Risk::of(&project(3, true), &estimate(&project(3, true), catalog(), today()), catalog()).unwrap();
    assert_eq!(answer, whole);
    assert!(answer.within(dec("1000000")) > dec("0.999"));
}
