//! The distribution of a total: how long it takes, and what it is spared by what is kept, as ratios of one run.

use crate::scenes::{Work as Timed, budget, catalog};
use crate::{TODAY, project};
use retake::cost::risk::work::{Item, Mode, Profile, Work};
use retake::cost::risk::{Compared, Difference, Distribution, Kept, Prior, Side, describe};
use retake::cost::{Decimal, estimate};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Deliverables in so many kinds of price, which no common unit puts on a grid, in so many profiles.
fn work(deliverables: usize, finals: u64, kinds: usize, profiles: usize) -> Work {
    let profile = |at: usize| Profile {
        prior: Prior { retry: 2.0 + 0.0001 * at as f64, worth: 8.0 },
        items: Vec::new(),
        extras: Vec::new(),
    };
    let mut all: Vec<Profile> = (0..profiles).map(profile).collect();
    for deliverable in 0..deliverables {
        let kind = deliverable % kinds;
        let unit = Decimal::new(41_213 + 37 * i64::try_from(kind).unwrap(), 6);
        all[kind % profiles].items.push(Item { deliverable, finals, unit, mode: Mode::Single });
    }
    Work { profiles: all, ..Work::default() }
}

fn anew(work: Work) -> Timed {
    Box::new(move || drop(black_box(Distribution::of(black_box(&work)))))
}

/// A usual project: three profiles.
pub(crate) fn usual(deliverables: usize) -> Timed {
    anew(work(deliverables, 12, deliverables, 3))
}

/// Fifty kinds of price that share a factor.
pub(crate) fn fifty_kinds(deliverables: usize) -> Timed {
    anew(work(deliverables, 3, 50, 1))
}

/// Each with a factor of its own, no two alike.
pub(crate) fn own_factors(deliverables: usize) -> Timed {
    anew(work(deliverables, 12, deliverables, deliverables))
}

/// From a project's figures to what varies in it.
pub(crate) fn describing(deliverables: usize) -> Timed {
    let budget = budget(&project::text(deliverables));
    let figures = estimate(&budget, catalog(), TODAY);
    Box::new(move || drop(black_box(describe(&budget, &figures, catalog()).unwrap())))
}

/// One project less another: factors, prices and finals differ, so that few tries are the same.
pub(crate) fn difference(deliverables: usize) -> Timed {
    let text = project::text(deliverables);
    let other = text.replace("retry = 2.0", "retry = 2.5").replace("retry = 1.8", "retry = 1.9");
    let other = other.replace("quality = \"medium\"", "quality = \"high\"").replace("finals = 1", "finals = 2");
    let [before, after] = [text, other].map(|text| {
        let budget = budget(&text);
        let figures = estimate(&budget, catalog(), TODAY);
        (describe(&budget, &figures, catalog()).unwrap(), figures)
    });
    Box::new(move || {
        let [before, after] = [&before, &after].map(|(described, estimate)| Side { described, estimate });
        let compared = Compared::of(black_box(before), after).unwrap();
        drop(black_box(Difference::of(&Kept::default(), &compared)));
    })
}

/// The least of some runs: what else the machine does only adds to it.
fn least(mut timed: Timed) -> Duration {
    let run = |_| {
        let start = Instant::now();
        timed();
        start.elapsed()
    };
    (0..30).map(run).min().unwrap()
}

/// One more final each time, of the first deliverable, with what is kept.
fn edited(mut work: Work) -> Timed {
    let mut kept = Kept::default();
    _ = Distribution::with(&mut kept, &work);
    Box::new(move || {
        work.profiles[0].items[0].finals += 1;
        black_box(Distribution::with(&mut kept, &work));
    })
}

/// Prints the ratios; returns how many are missed.
pub(crate) fn ratios() -> usize {
    let of_finals = |finals| work(2, finals, 2, 1);
    let rows = [
        ("risk: 1,000,000 finals to 24", edited(of_finals(500_000)), edited(of_finals(12)), 1.0),
        ("risk: 10,000 deliverables to 50", fifty_kinds(10_000), fifty_kinds(50), 8.0),
        ("risk: an edit in 1 of 20 profiles to all", edited(work(60, 12, 60, 20)), anew(work(60, 12, 60, 20)), 0.2),
        ("risk: the same again to anew", again(work(60, 12, 60, 20)), anew(work(60, 12, 60, 20)), 0.1),
    ];
    let mut missed = 0;
    for (name, one, other, target) in rows {
        let (one, other) = (least(one), least(other));
        let ratio = one.as_secs_f64() / other.as_secs_f64();
        let verdict = if ratio < target { "" } else { "   MISSED" };
        missed += usize::from(ratio >= target);
        println!("{name:<43} {one:>11.2?} {other:>11.2?} {ratio:>11.2}   {target:.1} at most{verdict}");
    }
    missed
}

fn again(work: Work) -> Timed {
    let mut kept = Kept::default();
    Box::new(move || drop(black_box(Distribution::with(&mut kept, &work))))
}
