//! Levers and goals at a percentile, and by the chance over a cap: each figure beside [`Risk`] of the project with the edits made.

use super::goals::limit;
use super::random::{project, with};
use crate::support::{budget, catalog, computed, dec, hero, line, one_in, settings, today};
use proptest::prelude::*;
use retake::cost::base::retry::{Confidence, Retry};
use retake::cost::budget::edit::{Edit, Scope};
use retake::cost::budget::named_risk::{NamedRisk, Points, RiskAmount};
use retake::cost::budget::{Cap, knob_text};
use retake::cost::estimate::Limit;
use retake::cost::estimate::trial::{Changed, Trials};
use retake::cost::levers::cut;
use retake::cost::levers::goal::{Goal, Target, Unmet, goal, goals};
use retake::cost::levers::measure::Measure;
use retake::cost::levers::moves::{all_by, first_three};
use retake::cost::levers::sure::{AtPercentile, ComparedBy, OverCap};
use retake::cost::levers::under_cap::ways;
use retake::cost::risk::Risk;
use retake::cost::{Budget, Decimal, Knob, Setting, Value, estimate};

/// The percentile of a project as a screen would tell it; without finals there is none to tell.
fn told(of: &Budget, percent: u8) -> Option<Decimal> {
    let risk = Risk::of(of, &estimate(of, catalog(), today()), catalog()).ok()?;
    risk.withheld(percent).is_none().then(|| risk.percentile(percent))
}

fn edited(of: &Budget, edits: &[Edit]) -> Budget {
    with(of, edits).0
}

/// A number one step further, with the word that it was found with.
fn next(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Count(count) => Value::Count(count + 1),
        Value::Retry(Retry::Factor { factor, confidence }) => {
            Value::Retry(Retry::Factor { factor: factor + dec("0.0001"), confidence: *confidence })
        }
        _ => return None,
    })
}

/// The edits of a goal with another value in the place of its own.
fn one_further(goal: &Goal, of: &Budget) -> Option<Vec<Edit>> {
    let further = next(goal.best.as_ref().ok()?)?;
    let edit = |edit: Edit| match edit {
        Edit::Knob { scope, knob, before, after: Some(Setting::Value(_)) } => {
            Edit::Knob { scope, knob, before, after: Some(Setting::Value(further.clone())) }
        }
        other => other,
    };
    Some(goal.edits(of).into_iter().map(edit).collect())
}

/// Named risks on some of the random projects: money, and finals of the first deliverable.
fn with_risks(mut of: Budget, which: u8) -> Budget {
    let amount = RiskAmount { points: Points::One(dec("3")), currency: None };
    let money = NamedRisk { chance: Some(dec("30")), amount: Some(amount), ..NamedRisk::default() };
    if which % 2 == 1 {
        of.risks.insert("lost-day".to_owned(), money);
    }
    if which >= 2 {
        let (chance, finals) = (Some(dec("40")), Some(Points::One(6)));
        let round = NamedRisk { chance, finals, deliverable: Some("line-0".to_owned()), ..NamedRisk::default() };
        of.risks.insert("round".to_owned(), round);
    }
    of
}

fn asked(of: &Budget, compared: ComparedBy, amount: Decimal, usd: bool, run: impl FnOnce(Target<'_, '_>)) {
    let now = computed(of);
    let trials = Trials::new(of, catalog(), &now);
    let measure = compared.measure();
    run(Target { trials: &trials, limit: limit(of, amount, usd), measure: &*measure });
}

proptest! {
    #![proptest_config(one_in(64))]

    /// What is found keeps the confidence that was asked for, by the risk of the project with the edits made, and one step
    /// more does not.
    #[test]
    fn a_goal_keeps_its_confidence_and_one_step_more_does_not(
        of in project(), share in 30_u32..220, percent in prop::sample::select(&[50_u8, 80, 90, 95][..]), risks in 0_u8..4, usd in any::<bool>(), all in any::<bool>(),
    ) {
        let of = with_risks(of, risks);
        let Some(now) = told(&of, percent).filter(|usd| !usd.is_zero()) else { return Ok(()) };
        let in_currency = if usd { now } else { of.shown.from_usd(now).unwrap() };
        let cap = (in_currency * Decimal::new(i64::from(share), 2)).round_dp(9).max(dec("0.000001"));
        let estimate = computed(&of);
        let trials = Trials::new(&of, catalog(), &estimate);
        let (limit, measure) = (limit(&of, cap, usd), AtPercentile::new(percent));
        let target = Target { trials: &trials, limit, measure: &measure };
        prop_assert_eq!(target.amount(&Changed::new()), Some(now), "the same figure as on screen");
        let only = (!all).then_some(0);
        for goal in goals(target, only, &|| true).unwrap() {
            if goal.knob == Knob::Buffer {
                prop_assert_eq!(&goal.best, &Err(Unmet::Apart));
                continue;
            }
            if goal.best.is_ok() {
                let after = edited(&of, &goal.edits(&of));
                let own = told(&after, percent);
                // Without any finals only the fees are left, and no percentile is told of them.
                let none = after.lines.len() == 1 && goal.best == Ok(Value::Count(0)) || own.is_none() && goal.knob == Knob::Finals;
                prop_assert!(none || own == goal.amount, "{:?}: {:?}", goal, own);
                prop_assert!(goal.amount.and_then(|usd| limit.admits(usd)) == Some(true), "{:?}", goal);
                if let Some(further) = one_further(&goal, &of) {
                    let over = told(&edited(&of, &further), percent);
                    prop_assert!(over.and_then(|usd| limit.admits(usd)) != Some(true), "{:?} and one more fits too: {:?}", goal, over);
                }
            }
            if let Err(Unmet::OverAt { amount, .. }) = &goal.best {
                prop_assert_eq!(limit.admits(*amount), Some(false), "{:?}", goal);
            }
        }
    }

    /// What bounds say without a distribution, the distribution says too.
    #[test]
    fn a_bound_never_contradicts_the_distribution(of in project(), share in 20_u32..400, percent in 1_u8..=99, risks in 0_u8..4) {
        let of = with_risks(of, risks);
        let estimate = computed(&of);
        let trials = Trials::new(&of, catalog(), &estimate);
        let measure = AtPercentile::new(percent);
        let any = limit(&of, dec("1"), true);
        let target = Target { trials: &trials, limit: any, measure: &measure };
        let Some(now) = target.amount(&Changed::new()).filter(|usd| !usd.is_zero()) else { return Ok(()) };
        let limit = limit(&of, now * Decimal::new(i64::from(share), 2), true);
        let target = Target { limit, ..target };
        prop_assert_eq!(target.admits(&Changed::new()), limit.admits(now));
    }
}

proptest! {
    #![proptest_config(one_in(128))]

    /// Every row of the levers is what the risk of the project with its edits says.
    #[test]
    fn each_lever_is_what_the_risk_says(of in project(), percent in prop::sample::select(&[80_u8, 90][..]), chance in any::<bool>()) {
        let Some(now) = told(&of, percent).filter(|usd| !usd.is_zero()) else { return Ok(()) };
        let estimate = computed(&of);
        let trials = Trials::new(&of, catalog(), &estimate);
        let cap = Cap { amount: of.shown.from_usd(now).unwrap() * dec("1.1"), currency: None };
        let compared = if chance { ComparedBy::OverCap(cap) } else { ComparedBy::Percentile(percent) };
        let measure = compared.measure();
        let (moves, more) = all_by(&trials, None, &*measure, &|| true).unwrap();
        prop_assert_eq!(more, 0);
        let known: Vec<_> = moves.iter().filter_map(|one| one.figures().1).collect();
        prop_assert!(known.is_sorted_by(|a, b| a.abs() >= b.abs()) && known.iter().all(|swing| !swing.is_zero()));
        let figure = |of: &Budget| {
            let risk = Risk::of(of, &computed(of), catalog()).ok()?;
            if chance {
                risk.over(of, cap).filter(|over| risk.tells(Decimal::ONE - over))
            } else {
                risk.withheld(percent).is_none().then(|| risk.percentile(percent))
            }
        };
        let before = figure(&of);
        for one in moves.iter().step_by(3) {
            let after = edited(&of, &one.edits(&of));
            if computed(&after).totals.finals == 0 {
                continue;
            }
            let wanted = (figure(&after), figure(&after).zip(before).map(|(after, before)| after - before));
            prop_assert_eq!(one.figures(), wanted, "{:?}", one);
        }
        if let Some(three) = first_three(&moves, &trials, &*measure) {
            let edits: Vec<_> = three.moves.iter().flat_map(|at| moves[*at].edits(&of)).collect();
            let after = edited(&of, &edits);
            if computed(&after).totals.finals > 0 {
                prop_assert_eq!(three.figures().0, figure(&after));
            }
        }
    }

    /// Ways under a cap at a percentile get there, and the cut line is where the first deliverables alone are over.
    #[test]
    fn ways_and_the_cut_line_keep_the_confidence(of in project(), share in 20_u32..99) {
        let Some(now) = told(&of, 80).filter(|usd| !usd.is_zero()) else { return Ok(()) };
        let cap = of.shown.from_usd(now).unwrap() * Decimal::new(i64::from(share), 2);
        let estimate = computed(&of);
        let trials = Trials::new(&of, catalog(), &estimate);
        let (limit, measure) = (limit(&of, cap, false), AtPercentile::new(80));
        let target = Target { trials: &trials, limit, measure: &measure };
        let found = ways(target, None, &|| true).unwrap();
        prop_assert_eq!(found.fits, Some(false));
        let gets_there = |edits: &[Edit], figures: (Option<Decimal>, Option<Decimal>)| {
            let after = edited(&of, edits);
            let told = told(&after, 80).or_else(|| (computed(&after).totals.finals == 0).then_some(figures.0).flatten());
            told == figures.0 && told.and_then(|usd| limit.admits(usd)) == Some(true)
        };
        for one in &found.single {
            prop_assert!(one.knob != Knob::Buffer && gets_there(&one.edits(&of), one.figures()), "{:?}", one);
        }
        for pair in &found.pairs {
            let edits = [pair.moves[0].edits(&of), pair.moves[1].edits(&of)].concat();
            prop_assert!(gets_there(&edits, pair.figures()), "{:?}", pair);
        }
        let cut = cut::line(target, &|| true).unwrap();
        let first = |count: usize| {
            let alone = Budget { lines: of.lines[..count].to_vec(), ..of.clone() };
            told(&alone, 80).and_then(|usd| limit.admits(usd))
        };
        prop_assert!(first(cut.fitting) != Some(false) && (cut.next.is_none() || first(cut.fitting + 1) != Some(true)), "{:?}", cut);
        prop_assert!(cut.next.is_some(), "the whole project is over");
    }
}

fn answer(goal: &Goal) -> String {
    match &goal.best {
        Ok(value) => knob_text::write(value),
        Err(Unmet::OverAt { least, amount }) => format!("over at {}: {amount}", knob_text::write(least)),
        Err(unmet) => format!("{unmet:?}"),
    }
}

/// 57 tries of $0.192692 is P80 of 24 finals (see `risk/projects.rs`); 33 tries is P10.
#[test]
fn the_most_finals_at_a_percentile_are_those_of_the_distribution() {
    let of = hero();
    let price = dec("0.192692");
    asked(&of, ComparedBy::Percentile(80), price * dec("57"), true, |target| {
        let found = goal(target, Knob::Finals, Some(0), &|| true).unwrap();
        assert_eq!((answer(&found).as_str(), found.amount), ("24", told(&of, 80)));
        let buffer = goal(target, Knob::Buffer, Some(0), &|| true).unwrap();
        assert_eq!((answer(&buffer).as_str(), buffer.edits(&of).len()), ("Apart", 0));
        let quality = goal(target, Knob::Quality, Some(0), &|| true).unwrap();
        assert_eq!(answer(&quality), "high");
    });
    asked(&of, ComparedBy::Percentile(80), price * dec("56.9"), true, |target| {
        assert_eq!(answer(&goal(target, Knob::Finals, Some(0), &|| true).unwrap()), "23");
    });
    asked(&of, ComparedBy::Percentile(80), price * dec("23"), true, |target| {
        let retry = goal(target, Knob::Retry, Some(0), &|| true).unwrap();
        let least = retry.best.unwrap_err();
        assert!(
            matches!(&least, Unmet::OverAt { amount, .. } if *amount == (price * dec("24")).round_dp(6)),
            "{least:?}"
        );
    });
}

/// A number that was found keeps the word for how well the factor is known, so its doubt is that of the number before.
#[test]
fn a_factor_that_is_found_keeps_its_word() {
    for (confidence, kept) in [
        (None, None),
        (Some(Confidence::Guess), Some(Confidence::Guess)),
        (Some(Confidence::Measured), Some(Confidence::Measured)),
        (Some(Confidence::Fixed), Some(Confidence::Fixed)),
        (Some(Confidence::Worth(dec("11.5"))), Some(Confidence::Worth(dec("11.5")))),
    ] {
        let mut of = hero();
        let own = Retry::Factor { factor: dec("2"), confidence };
        of.lines[0].settings.put(Knob::Retry, Some(Setting::Value(Value::Retry(own))));
        asked(&of, ComparedBy::Percentile(80), dec("15"), true, |target| {
            let found = goal(target, Knob::Retry, Some(0), &|| true).unwrap();
            let Ok(Value::Retry(Retry::Factor { confidence, .. })) = found.best else { panic!("{found:?}") };
            assert_eq!(confidence, kept);
        });
    }
    // A range and counted images have no word: what replaces them is a plain number, as after a step of the knob.
    for typed in ["1.5 2 3", "20/40", "product-edit"] {
        let mut of = hero();
        of.lines[0].settings.put(Knob::Retry, settings(&[(Knob::Retry, typed)]).get(Knob::Retry).cloned());
        asked(&of, ComparedBy::Percentile(80), dec("15"), true, |target| {
            let found = goal(target, Knob::Retry, Some(0), &|| true).unwrap();
            assert!(matches!(found.best, Ok(Value::Retry(Retry::Factor { confidence: None, .. }))), "{found:?}");
        });
    }
}

/// One factor for all is one doubt that they share: the goal of all is lower than if each were wrong apart from the others.
#[test]
fn one_factor_for_all_is_one_doubt() {
    let finals = |key: &str, retry: Option<&'static str>| {
        let own = retry.map(|retry| (Knob::Retry, retry));
        line(key, &[Some((Knob::Finals, "12")), own].into_iter().flatten().collect::<Vec<_>>())
    };
    let mut of = budget(vec![finals("a", Some("3")), finals("b", None), finals("c", Some("product-edit"))]);
    of.assumptions = settings(&[(Knob::Retry, "2"), (Knob::Quality, "high")]);
    asked(&of, ComparedBy::Percentile(80), dec("20"), true, |target| {
        let found = goal(target, Knob::Retry, None, &|| true).unwrap();
        let after = edited(&of, &found.edits(&of));
        assert!(after.lines.iter().all(|line| line.settings.get(Knob::Retry).is_none()), "all inherit it");
        assert_eq!(told(&after, 80), found.amount);
        let mut apart = of.clone();
        let Ok(value) = &found.best else { panic!("{found:?}") };
        for line in apart.lines.iter_mut() {
            line.settings.put(Knob::Retry, Some(Setting::Value(value.clone())));
        }
        assert!(told(&apart, 80) < found.amount, "{:?} and {:?}", told(&apart, 80), found.amount);
    });
}

#[test]
fn what_is_withheld_has_no_goal() {
    let mut of = hero();
    of.lines[0].settings.put(Knob::Retry, settings(&[(Knob::Retry, "1 3 9")]).get(Knob::Retry).cloned());
    asked(&of, ComparedBy::Percentile(90), dec("100"), true, |target| {
        let all = goals(target, None, &|| true).unwrap();
        let answers = all.iter().map(|goal| &goal.best).filter(|best| **best != Err(Unmet::Apart));
        assert!(answers.into_iter().all(|best| *best == Err(Unmet::Withheld)), "{all:?}");
        assert_eq!(ways(target, None, &|| true).unwrap().fits, None);
    });
    asked(&of, ComparedBy::Percentile(80), dec("100"), true, |target| {
        let found = goal(target, Knob::Finals, Some(0), &|| true).unwrap();
        assert!(found.best.is_ok(), "P80 is told: {found:?}");
    });
}

#[test]
fn a_price_that_is_missing_leaves_a_percentile_unknown() {
    let auto = line("auto", &[(Knob::Finals, "5"), (Knob::Quality, "auto")]);
    let of = Budget { lines: [hero().lines, vec![auto.into()]].concat(), ..hero() };
    asked(&of, ComparedBy::Percentile(80), dec("100"), true, |target| {
        let all = goals(target, None, &|| true).unwrap();
        let answers = all.iter().map(|goal| &goal.best).filter(|best| **best != Err(Unmet::Apart));
        assert!(answers.into_iter().all(|best| *best == Err(Unmet::Unknown)), "{all:?}");
    });
    let over = OverCap::new(Cap { amount: dec("1"), currency: None });
    let now = computed(&of);
    let trials = Trials::new(&of, catalog(), &now);
    let limit = Limit::of(&of.shown, Cap { amount: dec("1"), currency: None }).unwrap();
    assert_eq!(Target { trials: &trials, limit, measure: &over }.amount(&Changed::new()), None);
    assert!(!over.depends_on(Knob::Buffer) && over.depends_on(Knob::Retry));
}

#[test]
fn a_search_at_a_percentile_stops_when_it_is_told() {
    let of = hero();
    asked(&of, ComparedBy::Percentile(80), dec("5"), true, |target| {
        assert_eq!(goals(target, None, &|| false), None);
        assert_eq!(ways(target, None, &|| false), None);
        assert_eq!(cut::line(target, &|| false), None);
        assert_eq!(all_by(target.trials, None, target.measure, &|| false), None);
    });
}

/// Each look takes a distribution, so of many deliverables those that cost most are asked about.
#[test]
fn of_many_deliverables_the_costliest_have_goals() {
    let finals: Vec<String> = (1..=64).map(|at| at.to_string()).collect();
    let lines = (0..).zip(&finals).map(|(at, finals)| line(&format!("l{at:02}"), &[(Knob::Finals, finals)]));
    let mut of = budget(lines.collect());
    of.assumptions = settings(&[(Knob::Quality, "auto")]);
    // Without a price nothing is searched, so this is soon over; the deliverables are chosen all the same.
    asked(&of, ComparedBy::Percentile(80), dec("9"), true, |target| {
        let all = goals(target, None, &|| true).unwrap();
        let own = all.iter().filter(|goal| goal.knob == Knob::Finals).filter_map(|goal| goal.deliverable);
        assert_eq!(own.count(), 60);
    });
    asked(&of, ComparedBy::Total, dec("9"), true, |target| {
        let all = goals(target, None, &|| true).unwrap();
        assert_eq!(all.iter().filter(|goal| goal.knob == Knob::Finals).count(), 64);
    });
}

#[test]
fn edits_of_all_are_undone() {
    let mut of = budget(vec![line("a", &[(Knob::Finals, "9"), (Knob::Retry, "3")]), line("b", &[(Knob::Finals, "9")])]);
    of.assumptions = settings(&[(Knob::Quality, "high")]);
    asked(&of, ComparedBy::Percentile(90), dec("9"), true, |target| {
        let edits = goal(target, Knob::Retry, None, &|| true).unwrap().edits(&of);
        assert!(edits.iter().any(|edit| matches!(edit, Edit::Knob { scope: Scope::Assumptions, .. })), "{edits:?}");
        let mut back = edited(&of, &edits);
        edits.iter().rev().for_each(|edit| _ = edit.clone().reversed().apply(&mut back));
        assert_eq!(back, of);
    });
}
