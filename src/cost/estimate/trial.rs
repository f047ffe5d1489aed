//! What-if: some values changed for a moment, the lines they touch recomputed in full, and the exact totals that follow. The
//! estimate itself stays as it is.

use crate::cost::base::money::Decimal;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::{Budget, Catalog, Knob, Line, Setting, Value};
use crate::cost::estimate::compute::{Basis, estimate_line};
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::invoice::OfProject;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::totals::{Sums, Totals};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Lines computed with other values, each with its index.
pub type Changed = Vec<(usize, LineEstimate)>;

/// Values to try: of the assumptions, and of deliverables by their index.
#[derive(Debug, Clone, Default)]
pub struct Changes<'a> {
    /// Values of the assumptions.
    pub assumptions: Vec<(Knob, &'a Value)>,
    /// Values of a deliverable, which override the assumptions; `None` inherits them.
    pub lines: BTreeMap<usize, Vec<(Knob, Option<&'a Value>)>>,
}

/// A project whose values can be tried otherwise.
///
/// Lines without a price are left out of every sum: what a change saves on the others is known all the same.
/// [`Trials::is_whole`] says whether there are such lines.
pub struct Trials<'a> {
    budget: Cow<'a, Budget>,
    /// The same project without its lines: changing its assumptions copies nothing large.
    bare: Budget,
    catalog: &'a Catalog,
    lines: Cow<'a, [LineEstimate]>,
    fees: Fees,
    charges: OfProject,
    /// Of the lines with a price.
    sums: Sums,
    /// The lines without a price, by index.
    unpriced: BTreeSet<usize>,
    before: Totals,
    known: Decimal,
}

impl<'a> Trials<'a> {
    /// Trials on a project and its estimate, which has to be up to date.
    #[must_use]
    pub fn new(budget: &'a Budget, catalog: &'a Catalog, estimate: &'a Estimate) -> Trials<'a> {
        let fees = Fees::of(budget);
        let charges = OfProject::of(&fees, estimate.assumptions.as_ref());
        let mut sums = Sums::default();
        let mut unpriced = BTreeSet::new();
        for (index, line) in estimate.lines.iter().enumerate() {
            match line.total {
                Some(_) => sums.change(line, true),
                None => _ = unpriced.insert(index),
            }
        }
        let before = sums.totals(&charges);
        let known = estimate.totals.known_part();
        let (budget, lines) = (Cow::Borrowed(budget), Cow::Borrowed(estimate.lines.as_slice()));
        Trials { bare: budget.bare(), budget, catalog, lines, fees, charges, sums, unpriced, before, known }
    }

    /// The project after some edits of its knobs, for further trials on top of them.
    #[must_use]
    pub fn after(&self, edits: &[Edit]) -> Trials<'a> {
        let mut budget = self.budget.clone().into_owned();
        edits.iter().for_each(|edit| _ = edit.apply(&mut budget));
        let bare = budget.bare();
        let basis = Basis { budget: &bare, fees: &self.fees, catalog: self.catalog };
        let mut lines = self.lines.clone().into_owned();
        let mut sums = Sums::default();
        for (index, (place, line)) in lines.iter_mut().zip(&budget.lines).enumerate() {
            if let Some(deliverable) = bare.resolve(Some(line), self.catalog) {
                *place = estimate_line(&line.key, deliverable, basis);
            }
            if !self.unpriced.contains(&index) {
                sums.change(place, true);
            }
        }
        let (fees, charges, unpriced) = (self.fees.clone(), self.charges.clone(), self.unpriced.clone());
        let before = sums.totals(&charges);
        let (budget, lines) = (Cow::Owned(budget), Cow::Owned(lines));
        Trials { budget, bare, catalog: self.catalog, lines, fees, charges, sums, unpriced, before, known: self.known }
    }

    /// The project.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Models and prices.
    #[must_use]
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// Percent of markup and of tax; `None` if one is not known.
    #[must_use]
    pub fn on_top(&self) -> Option<(Decimal, Decimal)> {
        self.charges.on_top()
    }

    /// One deliverable with this knob inherited. `None` as [`Trials::line`].
    #[must_use]
    pub fn inheriting(&self, index: usize, knob: Knob) -> Option<LineEstimate> {
        self.line_of(&self.bare, index, &[(knob, None)])
    }

    /// The lines as they are.
    #[must_use]
    pub fn lines(&self) -> &[LineEstimate] {
        &self.lines
    }

    /// The totals of the lines with a price, before any change.
    #[must_use]
    pub fn before(&self) -> &Totals {
        &self.before
    }

    /// The known part of the project's total before any change, in USD, also of lines without a price.
    #[must_use]
    pub fn known(&self) -> Decimal {
        self.known
    }

    /// Whether every line has a price, so that totals are those of the project.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unpriced.is_empty()
    }

    /// The lines without a price, by index.
    #[must_use]
    pub fn unpriced(&self) -> &BTreeSet<usize> {
        &self.unpriced
    }

    /// One deliverable computed with these values. `None` if there is no such deliverable, or no model at all.
    #[must_use]
    pub fn line(&self, index: usize, values: &[(Knob, &Value)]) -> Option<LineEstimate> {
        let values: Vec<_> = values.iter().map(|(knob, value)| (*knob, Some(*value))).collect();
        self.line_of(&self.bare, index, &values)
    }

    fn line_of(&self, of: &Budget, index: usize, values: &[(Knob, Option<&Value>)]) -> Option<LineEstimate> {
        let own = self.budget.lines.get(index)?;
        let mut settings = own.settings.clone();
        for (knob, value) in values {
            settings.put(*knob, value.map(|value| Setting::Value(value.clone())));
        }
        let tried = Line { settings, ..Line::default() };
        let deliverable = of.resolve(Some(&tried), self.catalog)?;
        Some(estimate_line(&own.key, deliverable, Basis { budget: of, fees: &self.fees, catalog: self.catalog }))
    }

    /// Every line that these values change. Without a change of the assumptions only the deliverables named are computed.
    #[must_use]
    pub fn changed(&self, changes: &Changes<'_>) -> Changed {
        let own = |index: usize| changes.lines.get(&index).map_or(&[][..], Vec::as_slice);
        if changes.assumptions.is_empty() {
            let lines = changes.lines.keys();
            return lines.filter_map(|index| Some((*index, self.line_of(&self.bare, *index, own(*index))?))).collect();
        }
        let mut of = self.bare.clone();
        for (knob, value) in &changes.assumptions {
            of.assumptions.put(*knob, Some(Setting::Value((*value).clone())));
        }
        let all = (0..self.lines.len()).filter_map(|index| Some((index, self.line_of(&of, index, own(index))?)));
        all.filter(|(index, line)| self.lines.get(*index).is_some_and(|now| now.deliverable != line.deliverable))
            .collect()
    }

    /// The totals with these lines in place of the present ones. Lines without a price at present stay left out.
    #[must_use]
    pub fn totals<'l>(&self, changed: impl IntoIterator<Item = &'l (usize, LineEstimate)> + Clone) -> Totals {
        let mut sums = self.sums.clone();
        for (index, line) in changed.clone() {
            if let Some(now) = self.lines.get(*index).filter(|_| !self.unpriced.contains(index)) {
                sums.change(now, false);
                sums.change(line, true);
            }
        }
        if sums.inexact {
            let changed: BTreeMap<usize, &LineEstimate> = changed.into_iter().map(|(at, line)| (*at, line)).collect();
            let priced = self.lines.iter().enumerate().filter(|(index, _)| !self.unpriced.contains(index));
            sums.mend(priced.map(|(index, now)| changed.get(&index).copied().unwrap_or(now)));
        }
        sums.totals(&self.charges)
    }

    /// The totals of the first so many deliverables alone; lines without a price count, so that a total with one is `None`.
    #[must_use]
    pub fn totals_of_first(&self, count: usize) -> Totals {
        let mut sums = Sums::default();
        let first = || self.lines.iter().take(count);
        first().for_each(|line| sums.change(line, true));
        sums.mend(first());
        sums.totals(&self.charges)
    }

    /// The totals of the first deliverables, in their order: none, the first, the first two, … A total is `None` from the first
    /// deliverable without a price on.
    pub fn prefixes(&self) -> impl Iterator<Item = Option<Decimal>> + '_ {
        let mut sums = Sums::default();
        let none = sums.totals(&self.charges).total;
        let longer = self.lines.iter().map(move |line| {
            sums.change(line, true);
            sums.totals(&self.charges).total
        });
        std::iter::once(none).chain(longer)
    }
}
