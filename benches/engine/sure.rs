//! Levers and goals at a percentile: each look takes a distribution.

use crate::project;
use crate::scenes::{TODAY, Work, budget, catalog};
use retake::cost::budget::Cap;
use retake::cost::estimate::Limit;
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::goal::{Target, goal, goals, knobs};
use retake::cost::levers::moves::all_by;
use retake::cost::levers::sure::AtPercentile;
use retake::cost::levers::under_cap::ways;
use retake::cost::risk::Risk;
use retake::cost::{Budget, Decimal, Estimate, estimate};
use std::hint::black_box;

/// A cap of so many hundredths of P80.
fn under_p80(budget: &Budget, figures: &Estimate, hundredths: i64) -> Cap {
    let p80 = Risk::of(budget, figures, catalog()).unwrap().percentile(80);
    Cap { amount: p80 * Decimal::new(hundredths, 2), currency: None }
}

/// Every knob of one deliverable, and every knob of all at one value, at P80.
pub(crate) fn goals_at_percentile(lines: usize) -> Work {
    let budget = budget(&project::text(lines));
    let figures = estimate(&budget, catalog(), TODAY);
    let cap = under_p80(&budget, &figures, 95);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        let (limit, measure) = (Limit::of(&budget.shown, cap).unwrap(), AtPercentile::new(80));
        let target = Target { trials: &trials, limit, measure: &measure };
        black_box(goals(target, Some(lines / 2), &|| true));
        knobs().for_each(|knob| _ = black_box(goal(target, knob, None, &|| true)));
    })
}

/// Every lever by what it changes P80.
pub(crate) fn levers_at_percentile(lines: usize) -> Work {
    let budget = budget(&project::text(lines));
    let figures = estimate(&budget, catalog(), TODAY);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        black_box(all_by(&trials, None, &AtPercentile::new(80), &|| true));
    })
}

/// Pairs at P80 under a cap that every single move misses.
pub(crate) fn ways_at_percentile(lines: usize) -> Work {
    let budget = budget(&project::text(lines));
    let figures = estimate(&budget, catalog(), TODAY);
    let cap = under_p80(&budget, &figures, 4);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        let (limit, measure) = (Limit::of(&budget.shown, cap).unwrap(), AtPercentile::new(80));
        black_box(ways(Target { trials: &trials, limit, measure: &measure }, None, &|| true));
    })
}
