//! What is kept from one answer to the next, what is too much for a frame, and answers that nobody waits for any more.

use super::always::{Random, random_work, step, with_risks};
use crate::support::{budget, catalog, dec, line, settings, today};
use retake::cost::risk::work::{Item, Mode, Profile, Work};
use retake::cost::risk::{Described, Distribution, Kept, Prior, Risk, describe};
use retake::cost::{Budget, Decimal, Knob, estimate};
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
    let is_large = |budget: &Budget| Risk::at_once(&Kept::default(), described(budget)).is_none();
    for own_factor in [false, true] {
        let is_large = |count| is_large(&project(count, own_factor));
        assert_eq!([1, 64, 65].map(is_large), [false, false, true], "own factors: {own_factor}");
    }
    // Ten thousand of one price are one kind.
    let alike = (0..10_000).map(|at| line(&format!("d{at}"), &[(Knob::Finals, "2")])).collect();
    assert!(!is_large(&budget(alike)));
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

/// Three profiles whose prices have no common unit that is large enough for a grid.
fn three() -> Work {
    let item = |finals, unit: &str| Item { deliverable: 0, finals, unit: dec(unit), mode: Mode::Single };
    let profile = |retry, items| Profile { prior: Prior { retry, worth: 8.0 }, items, extras: Vec::new() };
    let profiles = vec![
        profile(2.0, vec![item(24, "0.192692"), item(6, "0.041213")]),
        profile(2.5, vec![item(14, "0.211003")]),
        profile(3.0, vec![item(10, "0.052671"), item(4, "0.100003")]),
    ];
    Work { profiles, ..Work::default() }
}

#[test]
fn an_edit_computes_its_own_profile_alone() {
    let mut kept = Kept::default();
    let mut work = three();
    let mut computed = |work: &Work| {
        let before = kept.computed();
        let got = Distribution::with(&mut kept, work);
        let after = kept.computed();
        assert_eq!(got, Distribution::of(work), "what is kept changes nothing");
        (after.priors - before.priors, after.products - before.products)
    };
    // Of one profile there are at most as many products as blocks of frequencies.
    let own = |(priors, products): (usize, usize)| (priors, (1..=33).contains(&products));
    let (priors, all) = computed(&work);
    assert!(priors == 3 && all > 66, "{priors} priors, {all} products");
    assert_eq!(computed(&work), (0, 0), "the same again");
    work.profiles[1].items[0].finals += 1;
    assert_eq!(own(computed(&work)), (0, true), "finals");
    work.profiles[2].items[1].unit += dec("0.000001");
    assert_eq!(own(computed(&work)), (0, true), "a price");
    work.profiles[0].prior.retry = 2.01;
    assert_eq!(own(computed(&work)), (1, true), "a factor");
    work.profiles.swap(0, 2);
    assert_eq!(computed(&work), (0, 0), "another order");
}

#[test]
fn whatever_is_kept_no_answer_depends_on_it() {
    let mut random = Random(6);
    let mut kept = Kept::default();
    for case in 0..25 {
        let plain = random_work(&mut random, case % 3 == 0);
        let mut work = if case % 2 == 0 { with_risks(&mut random, plain) } else { plain };
        for _ in 0..3 {
            step(&mut random, &mut work);
            assert_eq!(Distribution::with(&mut kept, &work), Distribution::of(&work), "{work:?}");
        }
    }
}

#[test]
fn profiles_that_are_the_same_are_computed_once_and_independent() {
    let one = three().profiles.remove(1);
    let same = Work { profiles: vec![one.clone(); 40], ..Work::default() };
    let mut kept = Kept::default();
    let got = Distribution::with(&mut kept, &same);
    assert_eq!(kept.computed().priors, 1);
    assert!(kept.computed().products <= 33);
    let alone = Distribution::of(&Work { profiles: vec![one.clone()], ..Work::default() });
    assert!((got.sd() * got.sd() / (alone.sd() * alone.sd()) - 40.0).abs() < 1e-9);
    // The same, told apart by the millionth part of a price.
    let mut apart = same;
    let nudge = |(at, profile): (i64, &mut Profile)| profile.items[0].unit += Decimal::new(at, 9);
    (0..).zip(&mut apart.profiles).for_each(nudge);
    let apart = Distribution::of(&apart);
    for q in [0.01, 0.1, 0.5, 0.8, 0.95, 0.99] {
        let (one, other) = (got.percentile(q), apart.percentile(q));
        assert!((one - other).abs() <= got.cell(), "P{q}: {one} and {other}");
    }
}

#[test]
fn worse_factors_are_computed_when_they_are_asked_for() {
    let project = project(3, true);
    let mut kept = Kept::default();
    let risk = Risk::with(&mut kept, &project, &estimate(&project, catalog(), today()), catalog()).unwrap();
    let before = kept.computed();
    let worse = risk.within_if_worse(risk.percentile(80));
    assert!(worse < dec("0.8") && kept.computed().products > before.products);
    let after = kept.computed();
    assert_eq!(risk.within_if_worse(risk.percentile(80)), worse);
    assert_eq!(kept.computed(), after, "once");
}

#[test]
fn what_a_thread_computed_is_at_hand_for_the_next_edit() {
    let kept = Kept::default();
    let mut shared = project(100, false);
    shared.lines.extend(project(100, true).lines.into_iter().skip(50));
    let large = described(&shared);
    assert_eq!(Risk::at_once(&kept, large.clone()), None);
    let answer = Risk::unless(&AtomicBool::new(false), &kept, large.clone()).unwrap();
    assert_eq!(Risk::at_once(&kept, large), Some(answer), "it is kept");
    shared.lines[120].settings.put(Knob::Finals, settings(&[(Knob::Finals, "3")]).get(Knob::Finals).cloned());
    assert!(Risk::at_once(&kept, described(&shared)).is_some(), "one of its own factor was edited");
    shared.lines[0].settings.put(Knob::Finals, settings(&[(Knob::Finals, "3")]).get(Knob::Finals).cloned());
    assert!(Risk::at_once(&kept, described(&shared)).is_none(), "one of a hundred that share a factor was edited");
}
