//! The estimate of the whole project: each line, their exact sums, and the issues of the project as a whole.

use crate::cost::base::money::Decimal;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Catalog, SharedLine};
use crate::cost::estimate::bracket;
use crate::cost::estimate::compute::{Basis, estimate_line, estimate_line_in};
use crate::cost::estimate::fees::{FeeCost, Fees};
use crate::cost::estimate::invoice::OfProject;
use crate::cost::estimate::issue::Issue;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::project_issues;
use crate::cost::estimate::scratch::Scratch;
use crate::cost::estimate::tally::{Tally, in_shares, share_of};
use crate::cost::estimate::totals::Totals;
use crate::cost::rates::rate_card::Model;
use jiff::civil::Date;
use std::sync::Arc;

/// The estimate of a budget, with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// One entry for each line of the worksheet, in the same order.
    pub lines: Vec<LineEstimate>,
    /// The project's assumptions resolved alone, as a new line starts from them.
    pub assumptions: Option<Deliverable>,
    /// The whole project.
    pub totals: Totals,
    /// Issues of the project as a whole; each line has its own.
    pub issues: Vec<Issue>,
    pub(super) tally: Tally,
}

/// Computes everything. `today` only decides which prices are reported as outdated and which models as retired.
#[must_use]
pub fn estimate(budget: &Budget, catalog: &Catalog, today: Date) -> Estimate {
    let mut estimate = Estimate {
        lines: Vec::new(),
        assumptions: None,
        totals: Totals::default(),
        issues: Vec::new(),
        tally: Tally::default(),
    };
    estimate.refresh(budget, catalog, today);
    estimate
}

/// The line at `index`; `None` if there is none, or no model at all.
fn line_at(index: usize, basis: Basis<'_>) -> Option<LineEstimate> {
    let line = basis.budget.lines.get(index)?;
    let deliverable = basis.budget.resolve(Some(line), basis.catalog)?;
    Some(estimate_line(&line.key, deliverable, basis))
}

/// Recomputes every line in place and sums it while it is in cache: a second pass over all lines takes a sixth of the time.
/// `None` if any line could not be computed; the places then hold nothing usable.
fn refill(places: &mut [LineEstimate], basis: Basis<'_>) -> Option<Tally> {
    let Basis { budget, catalog, .. } = basis;
    let all = |places: &mut [LineEstimate], lines: &[SharedLine]| {
        let mut tally = Tally::default();
        for (place, line) in places.iter_mut().zip(lines) {
            let deliverable = budget.resolve(Some(line), catalog)?;
            *place = estimate_line_in(Scratch::of(place), &line.key, deliverable, basis);
            tally.account(place, true);
        }
        Some(tally)
    };
    let share = share_of(places.len());
    in_shares(places.chunks_mut(share).zip(budget.lines.chunks(share)), |(places, lines)| all(places, lines))
}

impl Estimate {
    /// Recomputes everything in the memory of the previous figures: at 10,000 lines, allocating and freeing would take a
    /// third of the time.
    pub fn refresh(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        self.assumptions = budget.resolve(None, catalog);
        let fees = Fees::of(budget);
        let basis = Basis { budget, fees: &fees, catalog };
        let same = self.lines.len() == budget.lines.len();
        match same.then(|| refill(&mut self.lines, basis)).flatten() {
            Some(tally) => self.tally = tally,
            None => self.fill(basis),
        }
        self.finish(basis, today);
    }

    fn fill(&mut self, basis: Basis<'_>) {
        let Basis { budget, catalog, .. } = basis;
        self.tally = Tally::default();
        self.lines.reserve_exact(budget.lines.len().saturating_sub(self.lines.len()));
        let mut filled = 0;
        for line in &budget.lines {
            let Some(deliverable) = budget.resolve(Some(line), catalog) else { continue };
            let scratch = self.lines.get_mut(filled).map(Scratch::of).unwrap_or_default();
            let computed = estimate_line_in(scratch, &line.key, deliverable, basis);
            self.tally.account(&computed, true);
            match self.lines.get_mut(filled) {
                Some(place) => *place = computed,
                None => self.lines.push(computed),
            }
            filled += 1;
        }
        self.lines.truncate(filled);
    }

    /// Rebuilds the project's issues after an edit of the cap or of the compared cards: no line changes.
    pub fn refresh_issues(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        let fees = Fees::of(budget);
        self.finish(Basis { budget, fees: &fees, catalog }, today);
    }

    /// Updates the estimate after a line was inserted at `index`; the other lines do not change.
    pub fn insert_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        let fees = Fees::of(budget);
        let basis = Basis { budget, fees: &fees, catalog };
        match line_at(index, basis).filter(|_| index <= self.lines.len() && self.lines.len() + 1 == budget.lines.len())
        {
            Some(computed) => {
                self.tally.account(&computed, true);
                self.lines.insert(index, computed);
                self.finish(basis, today);
            }
            None => self.refresh(budget, catalog, today),
        }
    }

    /// Updates the estimate after the line at `index` was removed; the other lines do not change.
    pub fn remove_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        if index >= self.lines.len() || self.lines.len() != budget.lines.len() + 1 {
            return self.refresh(budget, catalog, today);
        }
        let old = self.lines.remove(index);
        self.tally.account(&old, false);
        let fees = Fees::of(budget);
        self.finish(Basis { budget, fees: &fees, catalog }, today);
    }

    /// Updates the estimate after a line was moved: no figure or sum changes, but what is said names lines in their order.
    pub fn move_line(&mut self, (from, to): (usize, usize), budget: &Budget, catalog: &Catalog, today: Date) {
        let count = self.lines.len();
        match from < to {
            _ if from.max(to) >= count => {}
            true => self.lines[from..=to].rotate_left(1),
            false => self.lines[to..=from].rotate_right(1),
        }
        let fees = Fees::of(budget);
        self.finish(Basis { budget, fees: &fees, catalog }, today);
    }

    /// Recomputes one line after an edit that changed no other; the sums change by the difference.
    pub fn refresh_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        let fees = Fees::of(budget);
        let basis = Basis { budget, fees: &fees, catalog };
        let (Some(computed), true) = (line_at(index, basis), index < self.lines.len()) else {
            return self.refresh(budget, catalog, today);
        };
        self.tally.account(&computed, true);
        let old = std::mem::replace(&mut self.lines[index], computed);
        self.tally.account(&old, false);
        self.finish(basis, today);
    }

    /// Turns this estimate into that of another budget. `kept` has for each line of the budget the line of this estimate whose
    /// figures stay; the others are computed.
    pub fn follow(&mut self, kept: &[Option<usize>], budget: &Budget, catalog: &Catalog, today: Date) {
        if kept.iter().all(Option::is_none) {
            return self.refresh(budget, catalog, today);
        }
        let mut old: Vec<Option<LineEstimate>> = std::mem::take(&mut self.lines).into_iter().map(Some).collect();
        self.lines.reserve_exact(budget.lines.len());
        let fees = Fees::of(budget);
        for (line, from) in budget.lines.iter().zip(kept) {
            if let Some(same) = from.and_then(|from| old.get_mut(from)?.take()) {
                self.lines.push(same);
            } else if let Some(deliverable) = budget.resolve(Some(line), catalog) {
                let computed = estimate_line(&line.key, deliverable, Basis { budget, fees: &fees, catalog });
                self.tally.account(&computed, true);
                self.lines.push(computed);
            }
        }
        old.iter().flatten().for_each(|left| self.tally.account(left, false));
        if self.lines.len() != budget.lines.len() {
            return self.refresh(budget, catalog, today);
        }
        self.assumptions = budget.resolve(None, catalog);
        self.finish(Basis { budget, fees: &fees, catalog }, today);
    }

    fn finish(&mut self, Basis { budget, fees, catalog }: Basis<'_>, today: Date) {
        let charges = OfProject::of(fees, self.assumptions.as_ref());
        self.tally.sums.mend(self.lines.iter());
        self.tally.largest.mend(self.lines.iter());
        self.totals = self.tally.sums.totals(&charges);
        let left_open = self.totals.lines_unknown > 0;
        self.totals.bracket = left_open.then(|| bracket::of_project(&self.lines, &charges)).flatten();
        let (assumptions, of) = (self.assumptions.as_ref(), (budget, catalog, today));
        self.issues = project_issues::all(&self.lines, self.models(), &self.totals, assumptions, of);
    }

    /// Every fee of the project that is on, over all lines.
    #[must_use]
    pub fn fees(&self, budget: &Budget) -> Vec<FeeCost> {
        let fees = Fees::of(budget);
        fees.rows(self.lines.iter().map(|line| (line.key.as_str(), &line.deliverable, line.final_count())))
    }

    /// All issues, the project's first.
    pub fn all_issues(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().chain(self.lines.iter().flat_map(|line| &line.issues))
    }

    /// The largest subtotal of a line, in USD; `None` if no line has a price. No line is visited.
    #[must_use]
    pub fn largest(&self) -> Option<Decimal> {
        self.tally.largest.usd()
    }

    /// Whether a line's subtotal is unknown.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        self.tally.largest.has_unknown()
    }

    /// Models in use, by name.
    pub fn models(&self) -> impl Iterator<Item = &Arc<Model>> {
        self.tally.models()
    }
}
