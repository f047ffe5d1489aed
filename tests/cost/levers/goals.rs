//! Goal seek: what is found fits, and one step further does not.

use super::random::{project, set};
use crate::support::{budget, catalog, computed, dec, hero, line, one_in};
use proptest::prelude::*;
use retake::cost::base::money::Currency;
use retake::cost::base::retry::Retry;
use retake::cost::base::tokens::Quality;
use retake::cost::base::wide::difference;
use retake::cost::budget::{Cap, QualityChoice, SizeChoice, knob_text};
use retake::cost::estimate::Limit;
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::cut;
use retake::cost::levers::goal::{Goal, Target, Unmet, goals};
use retake::cost::levers::measure::ExactTotal;
use retake::cost::rates::rate_card::ServiceTier;
use retake::cost::{Budget, Decimal, Estimate, Knob, Value};

pub(super) fn limit(of: &Budget, amount: Decimal, usd: bool) -> Limit<'_> {
    Limit::of(&of.shown, Cap { amount, currency: usd.then_some(Currency::USD) }).unwrap()
}

fn sought(of: &Budget, cap: &str) -> Vec<Goal> {
    let estimate = computed(of);
    let trials = Trials::new(of, catalog(), &estimate);
    let target = Target { trials: &trials, limit: limit(of, dec(cap), false), measure: &ExactTotal };
    goals(target, None, &|| true).unwrap()
}

fn answer(goals: &[Goal], knob: Knob, deliverable: Option<usize>) -> String {
    let goal = goals.iter().find(|goal| goal.knob == knob && goal.deliverable == deliverable).unwrap();
    match &goal.best {
        Ok(value) => knob_text::write(value),
        Err(Unmet::OverAt { least, amount }) => format!("over at {}: {amount}", knob_text::write(least)),
        Err(unmet) => format!("{unmet:?}"),
    }
}

/// Python: 15 / 0.4624608 = 32.43; 15 / 5.5495296 = 2.70293…; 15 / 9.249216 = 1.62175…; 10 / 5.5495296 = 1.80195…
#[test]
fn the_figures_of_one_deliverable() {
    let above = sought(&hero(), "15");
    assert_eq!(answer(&above, Knob::Finals, Some(0)), "32");
    assert_eq!(answer(&above, Knob::Retry, Some(0)), "2.7029");
    assert_eq!(answer(&above, Knob::Retry, None), "2.7029");
    assert_eq!(answer(&above, Knob::Buffer, Some(0)), "62.17%");
    assert_eq!(answer(&above, Knob::Quality, Some(0)), "high");
    assert_eq!(answer(&above, Knob::ServiceTier, Some(0)), "standard");
    let below = sought(&hero(), "10");
    assert_eq!(answer(&below, Knob::Finals, Some(0)), "21");
    assert_eq!(answer(&below, Knob::Retry, Some(0)), "1.8019");
    assert_eq!(answer(&below, Knob::Buffer, Some(0)), "8.11%");
    assert_eq!(answer(&below, Knob::Quality, Some(0)), "medium");
    assert_eq!(answer(&below, Knob::ServiceTier, Some(0)), "batch");
    let little = sought(&hero(), "1");
    assert_eq!(answer(&little, Knob::Retry, Some(0)), "over at 1: 5.5495296");
    assert_eq!(answer(&little, Knob::Buffer, None), "over at 0%: 9.249216");
    assert_eq!(answer(&little, Knob::Finals, Some(0)), "2");
}

#[test]
fn a_knob_that_costs_nothing_has_no_most() {
    let mut of = hero();
    of.lines.push(line("empty", &[(Knob::Finals, "0")]).into());
    let goals = sought(&of, "15");
    assert_eq!(answer(&goals, Knob::Retry, Some(1)), "AnyFits");
    assert_eq!(answer(&goals, Knob::Buffer, Some(1)), "AnyFits");
    let unknown = budget(vec![line("auto", &[(Knob::Finals, "5"), (Knob::Quality, "auto")])]);
    let goals = sought(&unknown, "15");
    assert!(goals.iter().all(|goal| goal.best == Err(Unmet::Unknown)), "{goals:?}");
}

/// The next value: one final, 0.0001 tries, 0.01 points of the buffer.
fn next(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Count(count) => Value::Count(count + 1),
        Value::Retry(Retry::Factor { factor, .. }) => Value::Retry(Retry::plain(factor + dec("0.0001"))),
        Value::Percent(percent) => Value::Percent(percent + dec("0.01")),
        _ => return None,
    })
}

/// Whether one choice is better than another: more pixels, a higher quality, at once before within a day.
fn better(of: &Estimate, deliverable: Option<usize>, a: &Value, b: &Value) -> bool {
    let line = &of.lines[deliverable.unwrap_or(0)].deliverable;
    let pixels = |choice: &SizeChoice| line.exact_size(*choice).map(retake::cost::base::size::Size::pixels);
    match (a, b) {
        (Value::Size(a), Value::Size(b)) => pixels(a) > pixels(b),
        (Value::Quality(QualityChoice::Exact(a)), Value::Quality(QualityChoice::Exact(b))) => a > b,
        (Value::Service(a), Value::Service(b)) => a < b,
        _ => false,
    }
}

fn choices(of: &Estimate, goal: &Goal) -> Vec<Value> {
    let model = &of.lines[goal.deliverable.unwrap_or(0)].deliverable.model.value;
    match goal.knob {
        Knob::Quality => {
            let of_all = |q: &&Quality| {
                let mut models = of.lines.iter().map(|line| &line.deliverable.model.value);
                goal.deliverable.is_some() || models.all(|model| model.qualities.contains(q))
            };
            model.qualities.iter().filter(of_all).map(|q| Value::Quality(QualityChoice::Exact(*q))).collect()
        }
        Knob::ServiceTier => {
            // What a model does not offer is no choice, for its own line or for all.
            let mut models = of.lines.iter().map(|line| &line.deliverable.model.value);
            let is_offered = match goal.deliverable {
                Some(_) => model.offers_batch,
                None => models.all(|model| model.offers_batch),
            };
            let names = if is_offered { &["standard", "batch"][..] } else { &["standard"][..] };
            names.iter().map(|name| Value::Service(ServiceTier::parse(name).unwrap())).collect()
        }
        Knob::Size if goal.deliverable.is_some() => {
            let line = &of.lines[goal.deliverable.unwrap()].deliverable;
            let Some(now) = line.exact_size(line.size.value) else { return Vec::new() };
            let sizes = model.sizes.legal_sizes_of_shape(now);
            let usual = sizes.filter(|size| !model.sizes.is_experimental(*size) || size.pixels() <= now.pixels());
            usual.map(|size| Value::Size(SizeChoice::Exact(size))).collect()
        }
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(one_in(4))]

    /// f(x) ≤ B < f(x + one step), for every knob, by full estimates; and no better choice fits.
    #[test]
    fn what_is_found_fits_and_one_step_further_does_not(of in project(), share in 1_u32..300, usd in any::<bool>()) {
        let now = computed(&of);
        let Some(total) = now.totals.total.filter(|total| !total.is_zero()) else { return Ok(()) };
        let in_currency = if usd { total } else { of.shown.from_usd(total).unwrap() };
        let cap = (in_currency * Decimal::new(i64::from(share), 2)).round_dp(9).max(dec("0.000000001"));
        let limit = limit(&of, cap, usd);
        let trials = Trials::new(&of, catalog(), &now);
        let target = Target { trials: &trials, limit, measure: &ExactTotal };
        let fits = |goal: &Goal, value: &Value| {
            let total = set(&of, goal.deliverable, goal.knob, value).totals.total;
            (total, total.and_then(|usd| limit.admits(usd)) == Some(true))
        };
        for goal in goals(target, None, &|| true).unwrap() {
            match &goal.best {
                Ok(value) => {
                    prop_assert_eq!(fits(&goal, value), (goal.amount, true), "{:?}", goal);
                    if let Some(next) = next(value) {
                        prop_assert!(!fits(&goal, &next).1, "{:?} and {:?} fits too", goal, next);
                    }
                    for other in choices(&now, &goal) {
                        let is_better = better(&now, goal.deliverable, &other, value);
                        prop_assert!(!is_better || !fits(&goal, &other).1, "{:?}: {:?} is better and fits", goal, other);
                    }
                }
                Err(Unmet::OverAt { least, amount }) => {
                    prop_assert_eq!(fits(&goal, least), (Some(*amount), false), "{:?}", goal);
                    prop_assert!(choices(&now, &goal).iter().all(|other| !fits(&goal, other).1), "{:?}", goal);
                }
                Err(Unmet::AnyFits) => {
                    let most = match goal.knob {
                        Knob::Finals => Value::Count(10_000_000),
                        Knob::Retry => Value::Retry(Retry::plain(dec("1000"))),
                        Knob::Buffer => Value::Percent(dec("1000")),
                        knob => return Err(TestCaseError::fail(format!("{knob:?}"))),
                    };
                    prop_assert!(fits(&goal, &most).1, "{:?}", goal);
                }
                Err(unmet) => prop_assert!(matches!(unmet, Unmet::NoValue) && choices(&now, &goal).iter().all(|other| fits(&goal, other).0.is_none()), "{:?}", goal),
            }
            // The edits of a goal are what was computed.
            let (_, full) = super::random::with(&of, &goal.edits(&of));
            if goal.best.is_ok() {
                prop_assert_eq!(full.totals.total, goal.amount);
            }
        }
    }

    /// The cut line is where a project of the first deliverables alone is over.
    #[test]
    fn the_cut_line_is_the_first_that_does_not_fit(of in project(), share in 0_u32..120) {
        let now = computed(&of);
        let Some(total) = now.totals.total.filter(|total| !total.is_zero()) else { return Ok(()) };
        let cap = (of.shown.from_usd(total).unwrap() * Decimal::new(i64::from(share), 2)).max(dec("0.000000001"));
        let limit = limit(&of, cap, false);
        let trials = Trials::new(&of, catalog(), &now);
        let cut = cut::line(Target { trials: &trials, limit, measure: &ExactTotal }, &|| true).unwrap();
        let first = |count: usize| computed(&Budget { lines: of.lines[..count].to_vec(), ..of.clone() }).totals.total;
        let fitting = (0..=of.lines.len()).rev().find(|count| first(*count).and_then(|usd| limit.admits(usd)) == Some(true));
        prop_assert_eq!(cut.fitting, fitting.unwrap_or(0));
        prop_assert_eq!(cut.total, fitting.and_then(first));
        prop_assert_eq!(cut.next.map(|next| next.index), (cut.fitting < of.lines.len()).then_some(cut.fitting));
        if let Some(next) = cut.next {
            prop_assert_eq!(next.lacks, first(next.index + 1).map(|usd| difference(limit.convert(usd).unwrap(), cap).unwrap()));
        }
    }
}
