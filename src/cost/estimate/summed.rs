//! The totals of a project whose lines are not kept: where many versions of a large project stand side by side, their lines would
//! fill memory. Single lines can be exchanged, and the totals follow by the difference.

use crate::cost::budget::{Budget, Catalog, Line, SharedLine};
use crate::cost::estimate::compute::{Basis, estimate_line, estimate_line_in};
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::invoice::OfProject;
use crate::cost::estimate::scratch::Scratch;
use crate::cost::estimate::tally::{Tally, in_shares, share_of};
use crate::cost::estimate::totals::Totals;
use crate::cost::rates::rate_card::Model;
use std::collections::HashMap;
use std::sync::Arc;

/// The sums of a project's lines, without the lines.
#[derive(Debug, Clone)]
pub struct Summed {
    /// What each line is computed with: the project without its lines.
    bare: Budget,
    fees: Fees,
    charges: OfProject,
    tally: Tally,
}

impl Summed {
    fn new(bare: Budget, catalog: &Catalog, tally: impl FnOnce(Basis<'_>) -> Option<Tally>) -> Option<Summed> {
        let fees = Fees::of(&bare);
        let charges = OfProject::of(&fees, bare.resolve(None, catalog).as_ref());
        let tally = tally(Basis { budget: &bare, fees: &fees, catalog })?;
        Some(Summed { bare, fees, charges, tally })
    }

    /// Computes these lines with the values of a project without lines ([`Budget::bare`]). `None` without any model.
    #[must_use]
    pub fn of(bare: Budget, lines: &[SharedLine], catalog: &Catalog) -> Option<Summed> {
        Summed::new(bare, catalog, |basis| {
            in_shares(lines.chunks(share_of(lines.len())), |lines| {
                let (mut tally, mut scratch) = (Tally::default(), Scratch::default());
                for line in lines {
                    let deliverable = basis.budget.resolve(Some(line), catalog)?;
                    let mut computed = estimate_line_in(scratch, &line.key, deliverable, basis);
                    tally.account(&computed, true);
                    scratch = Scratch::of(&mut computed);
                }
                Some(tally)
            })
        })
    }

    /// The sums of an estimate that was made with the same values.
    #[must_use]
    pub fn like(bare: Budget, estimate: &Estimate, catalog: &Catalog) -> Option<Summed> {
        Summed::new(bare, catalog, |_| Some(estimate.tally.clone()))
    }

    /// Whether its lines were computed with these values.
    #[must_use]
    pub fn is_with(&self, bare: &Budget) -> bool {
        self.bare == *bare
    }

    /// Takes these lines out and puts those in. What stands on both sides is not computed. `None` without any model, or if two
    /// lines to take out have one key.
    pub fn exchange(&mut self, old: &[SharedLine], new: &[SharedLine], catalog: &Catalog) -> Option<()> {
        let mut out: HashMap<&str, &Line> = old.iter().map(|line| (line.key.as_str(), &**line)).collect();
        if out.len() < old.len() {
            return None;
        }
        for line in new {
            if out.get(line.key.as_str()).is_some_and(|old| old.settings == line.settings) {
                out.remove(line.key.as_str());
            } else {
                self.account(line, true, catalog)?;
            }
        }
        out.into_values().try_for_each(|line| self.account(line, false, catalog))
    }

    fn account(&mut self, line: &Line, add: bool, catalog: &Catalog) -> Option<()> {
        let deliverable = self.bare.resolve(Some(line), catalog)?;
        let basis = Basis { budget: &self.bare, fees: &self.fees, catalog };
        self.tally.account(&estimate_line(&line.key, deliverable, basis), add);
        Some(())
    }

    /// The totals, equal to those of a full estimate. `None` where only the lines tell: one has no price, or a sum ran out of
    /// digits.
    #[must_use]
    pub fn totals(&self) -> Option<Totals> {
        let totals = (!self.tally.sums.inexact).then(|| self.tally.sums.totals(&self.charges))?;
        (totals.lines_unknown == 0).then_some(totals)
    }

    /// Models in use, by name.
    pub fn models(&self) -> impl Iterator<Item = &Arc<Model>> {
        self.tally.models()
    }
}
