//! A percentile of the total, and the chance that it is over a cap, of a project as tried: by the same [`Risk`] that everything
//! else asks. The buffer is in neither: it is what covers them.

use crate::cost::base::money::Decimal;
use crate::cost::budget::{Cap, Knob};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::trial::Trials;
use crate::cost::estimate::{Limit, Totals};
use crate::cost::levers::measure::{ExactTotal, Measure, Tried};
use crate::cost::risk::bounds::{is_withheld, surely_within};
use crate::cost::risk::{Described, Kept, Risk, describe_lines};
use std::collections::BTreeMap;

/// What moves are compared by, and what is held against a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ComparedBy {
    /// The exact total.
    #[default]
    Total,
    /// A percentile of it, from 1 to 99.
    Percentile(u8),
    /// The chance that it is over this cap.
    OverCap(Cap),
}

impl ComparedBy {
    /// The measure of it.
    #[must_use]
    pub fn measure(self) -> Box<dyn Measure> {
        match self {
            ComparedBy::Total => Box::new(ExactTotal),
            ComparedBy::Percentile(percent) => Box::new(AtPercentile::new(percent)),
            ComparedBy::OverCap(cap) => Box::new(OverCap::new(cap)),
        }
    }
}

/// A percentile of the total, with fees, markup and tax.
#[derive(Debug, Clone)]
pub struct AtPercentile {
    /// From 1 to 99.
    percent: u8,
    kept: Kept,
}

/// The chance that the total is over a cap.
#[derive(Debug, Clone)]
pub struct OverCap {
    cap: Cap,
    kept: Kept,
}

impl AtPercentile {
    /// A percentile from 1 to 99.
    #[must_use]
    pub fn new(percent: u8) -> AtPercentile {
        AtPercentile { percent: percent.clamp(1, 99), kept: Kept::default() }
    }

    fn risk(&self, described: Described) -> Risk {
        Risk::of_described(&mut self.kept.clone(), described)
    }
}

impl OverCap {
    /// The chance for this cap.
    #[must_use]
    pub fn new(cap: Cap) -> OverCap {
        OverCap { cap, kept: Kept::default() }
    }

    fn chance(&self, trials: &Trials<'_>, described: Described) -> Option<Decimal> {
        let risk = Risk::of_described(&mut self.kept.clone(), described);
        let (_, within) = risk.under(trials.budget(), self.cap)?;
        risk.tells(within).then(|| Decimal::ONE - within)
    }
}

/// What varies in a project as tried; `None` if a part has no price.
fn described(tried: &Tried<'_, '_>) -> Option<Described> {
    let Tried { trials, changed, totals } = tried;
    let changed: BTreeMap<usize, &LineEstimate> = changed.iter().map(|(at, line)| (*at, line)).collect();
    let lines = (0..).zip(trials.lines()).map(|(at, line)| changed.get(&at).copied().unwrap_or(line));
    of_lines(trials, lines, totals).filter(|_| trials.is_whole())
}

fn of_first(trials: &Trials<'_>, count: usize) -> Option<Described> {
    of_lines(trials, trials.lines().iter().take(count), &trials.totals_of_first(count))
}

fn of_lines<'l>(
    trials: &Trials<'_>,
    lines: impl Iterator<Item = &'l LineEstimate>,
    totals: &Totals,
) -> Option<Described> {
    describe_lines(lines, (totals, trials.on_top()?), trials.budget(), trials.catalog()).ok()
}

impl Measure for AtPercentile {
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal> {
        Some(self.risk(described(tried)?).percentile(self.percent))
    }

    fn of_first(&self, trials: &Trials<'_>, count: usize) -> Option<Decimal> {
        Some(self.risk(of_first(trials, count)?).percentile(self.percent))
    }

    fn fits(&self, tried: &Tried<'_, '_>, limit: &Limit<'_>) -> Option<bool> {
        let described = described(tried)?;
        let surely = limit.usd().and_then(|usd| surely_within(&self.kept, &described, self.percent, usd));
        surely.or_else(|| limit.admits(self.risk(described).percentile(self.percent)))
    }

    fn depends_on(&self, knob: Knob) -> bool {
        knob != Knob::Buffer
    }

    fn is_told(&self, tried: &Tried<'_, '_>) -> bool {
        described(tried).is_some_and(|described| !is_withheld(&self.kept, &described, self.percent))
    }
}

impl Measure for OverCap {
    fn of(&self, tried: &Tried<'_, '_>) -> Option<Decimal> {
        self.chance(tried.trials, described(tried)?)
    }

    fn of_first(&self, trials: &Trials<'_>, count: usize) -> Option<Decimal> {
        self.chance(trials, of_first(trials, count)?)
    }

    fn depends_on(&self, knob: Knob) -> bool {
        knob != Knob::Buffer
    }
}
