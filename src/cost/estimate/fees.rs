//! What fees cost: those of a deliverable, and those of the project as a whole.

use crate::cost::base::count::Count;
use crate::cost::base::money::{Currency, Decimal, plus, trim_zeros};
use crate::cost::base::wide::Wide;
use crate::cost::budget::fee::{Charge, Fee, FeeKey, Per};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Keyed};
use crate::cost::estimate::issue::IssueKind;
use crate::cost::estimate::line::LineEstimate;
use std::collections::HashSet;

/// The deliverables that a fee is charged for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    All,
    These(HashSet<String>),
    Unknown,
}

/// A fee that is on, ready to be multiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Active {
    name: String,
    /// `None` if it is missing or unreadable.
    per: Option<Per>,
    /// USD of one unit; `None` if it is missing, unreadable or without an exchange rate.
    usd: Option<Decimal>,
    /// Whether that is converted at a dated rate, so that it is approximate.
    converted: bool,
    named: Named,
}

/// The fees of a project that are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fees {
    active: Vec<Active>,
    /// Months of work; `None` if they cannot be read.
    months: Option<u32>,
}

/// The fees of one deliverable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LineFees {
    /// USD of all.
    pub(super) all: Wide,
    /// USD of those that bear a buffer.
    pub(super) buffered: Wide,
    /// Whether any concerns the deliverable.
    pub(super) any: bool,
    /// Whether one has an unknown amount.
    pub(super) unknown: bool,
}

/// One fee as it counts: for a deliverable, or for the whole project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeCost {
    /// Its name in the file.
    pub name: String,
    /// What it is charged for; `None` if that is unknown.
    pub per: Option<Per>,
    /// USD of one unit; `None` if it is unknown.
    pub each: Option<Decimal>,
    /// How many units; `None` if a count is unknown.
    pub units: Option<Decimal>,
    /// USD, the nearest decimal of 28 digits; `None` if unknown.
    pub usd: Option<Decimal>,
    /// Whether its amount is set in another currency, so that USD are approximate.
    pub converted: bool,
}

impl Active {
    fn of(name: &str, fee: &Fee, budget: &Budget) -> Active {
        let named = match &fee.deliverables {
            _ if fee.unreadable.contains(&FeeKey::Deliverables) => Named::Unknown,
            Some(keys) => Named::These(keys.iter().cloned().collect()),
            None => Named::All,
        };
        let readable = |key| !fee.unreadable.contains(&key);
        // Whether it counts, and for what, is as much a part of the amount as its number.
        let counted = [FeeKey::Amount, FeeKey::Deliverables, FeeKey::Off].into_iter().all(readable);
        let amount = fee.amount.filter(|_| counted);
        let usd = amount.and_then(|amount| amount.to_usd(&budget.shown));
        let currency = |amount: Charge| amount.currency.unwrap_or(budget.shown.currency);
        let converted = amount.is_some_and(|amount| currency(amount) != Currency::USD && !amount.amount.is_zero());
        Active { name: name.to_owned(), per: fee.per.filter(|_| readable(FeeKey::Per)), usd, converted, named }
    }

    /// Whether a deliverable may be one of those that it is charged for.
    fn names(&self, key: &str) -> bool {
        !matches!(&self.named, Named::These(keys) if !keys.contains(key))
    }

    /// The units that a deliverable adds; `None` if the fee does not concern it, an inner `None` if they are unknown.
    fn units(&self, key: &str, deliverable: &Deliverable, count: Option<&Count>) -> Option<Option<Decimal>> {
        let per = self.per.filter(|per| !per.is_of_project())?;
        if self.named == Named::Unknown {
            return Some(None);
        }
        if !self.names(key) {
            return None;
        }
        let finals = deliverable.all_finals();
        let readable = deliverable.finals.readable && deliverable.repeat.readable;
        Some(match per {
            Per::Project | Per::Month => None,
            Per::Deliverable => readable.then(|| Decimal::from(u8::from(finals > 0))),
            Per::Final => readable.then(|| Decimal::from(finals)),
            Per::Image => count.map(|count| count.images.number()),
            Per::Call => count.map(|count| count.calls.number()),
        })
    }

    fn cost(&self, units: Option<Decimal>) -> Option<Wide> {
        match (units, self.usd) {
            (Some(none), _) if none.is_zero() => Some(Wide::default()),
            (Some(units), Some(usd)) => Some(Wide::from(usd).times(units)),
            _ => None,
        }
    }

    fn row(&self, units: Option<Decimal>) -> FeeCost {
        let usd = self.cost(units).and_then(|cost| cost.nearest().ok());
        let (name, units, converted) = (self.name.clone(), units.map(trim_zeros), self.converted);
        FeeCost { name, per: self.per, each: self.usd, units, usd, converted }
    }
}

impl Fees {
    /// The fees of a budget that are on.
    #[must_use]
    pub fn of(budget: &Budget) -> Fees {
        let on = budget.all_fees().into_iter().filter(|(_, fee)| fee.is_on());
        Fees { active: on.map(|(name, fee)| Active::of(name, &fee, budget)).collect(), months: budget.bills.months() }
    }

    pub(super) fn of_line(&self, key: &str, deliverable: &Deliverable, count: Option<&Count>) -> LineFees {
        let mut fees = LineFees::default();
        for fee in &self.active {
            // One of an unknown unit may be charged for this deliverable.
            let may_be = fee.per.is_none() && fee.names(key);
            fees.any |= may_be;
            fees.unknown |= may_be;
            let Some(units) = fee.units(key, deliverable, count) else { continue };
            fees.any = true;
            match fee.cost(units) {
                Some(cost) => {
                    fees.all += &cost;
                    if fee.per.is_some_and(Per::bears_buffer) {
                        fees.buffered += &cost;
                    }
                }
                None => fees.unknown = true,
            }
        }
        fees
    }

    fn units_of_project(&self, fee: &Active) -> Option<Decimal> {
        match fee.per {
            Some(Per::Project) => Some(Decimal::ONE),
            Some(Per::Month) => self.months.map(Decimal::from),
            Some(Per::Deliverable | Per::Final | Per::Image | Per::Call) | None => None,
        }
    }

    fn of_the_project(&self) -> impl Iterator<Item = &Active> {
        self.active.iter().filter(|fee| fee.per.is_none_or(Per::is_of_project))
    }

    /// USD of the fees that belong to no deliverable, and whether all of those are known.
    pub(super) fn of_project(&self) -> (Wide, bool) {
        let mut sum = Wide::default();
        let mut known = true;
        for fee in self.of_the_project() {
            match fee.cost(self.units_of_project(fee)) {
                Some(cost) => sum += &cost,
                None => known = false,
            }
        }
        (sum, known)
    }

    /// Whether a fee belongs to no deliverable.
    pub(super) fn has_of_project(&self) -> bool {
        self.of_the_project().next().is_some()
    }

    /// Whether anything that a deliverable is charged is converted.
    pub(super) fn converts(&self, line: &LineEstimate) -> bool {
        let converted = self.active.iter().filter(|fee| fee.converted);
        let mut units = converted.filter_map(|fee| fee.units(&line.key, &line.deliverable, line.final_count()));
        units.any(|units| units.is_some_and(|units| !units.is_zero()))
    }

    /// The fees that belong to no deliverable, one by one.
    #[must_use]
    pub fn rows_of_project(&self) -> Vec<FeeCost> {
        self.of_the_project().map(|fee| fee.row(self.units_of_project(fee))).collect()
    }

    /// USD of all fees that a deliverable is charged for each of these units; `None` if one of them is unknown.
    #[must_use]
    pub fn each_of_line(&self, key: &str, per: Per) -> Option<Decimal> {
        let own = self.active.iter().filter(|fee| fee.per == Some(per) && fee.names(key));
        own.filter(|_| !per.is_of_project()).try_fold(Decimal::ZERO, |sum, fee| plus(sum, fee.usd?).ok())
    }

    /// The fees of one deliverable, one by one; `count`: its images and calls of the final stage.
    #[must_use]
    pub fn rows_of_line(&self, key: &str, deliverable: &Deliverable, count: Option<&Count>) -> Vec<FeeCost> {
        let row = |fee: &Active| Some(fee.row(fee.units(key, deliverable, count)?));
        self.active.iter().filter_map(row).collect()
    }

    /// Every fee over the whole project; `lines` are its deliverables with the images and calls of their final stage.
    #[must_use]
    pub fn rows<'a>(
        &self,
        lines: impl Iterator<Item = (&'a str, &'a Deliverable, Option<&'a Count>)> + Clone,
    ) -> Vec<FeeCost> {
        let row = |fee: &Active| {
            if fee.per.is_none_or(Per::is_of_project) {
                return fee.row(self.units_of_project(fee));
            }
            let units = lines.clone().filter_map(|(key, deliverable, count)| fee.units(key, deliverable, count));
            fee.row(units.into_iter().try_fold(Decimal::ZERO, |sum, units| plus(sum, units?).ok()))
        };
        self.active.iter().map(row).collect()
    }
}

/// What a fee says of deliverables without any effect.
fn without_effect(name: &str, fee: &Fee) -> Option<IssueKind> {
    let (fee_name, key) = (name.to_owned(), FeeKey::Deliverables);
    if let Some(per) = fee.per.filter(|per| fee.says(key) && per.ignores(key)) {
        return Some(IssueKind::FeeKeyUnused { fee: fee_name, key, per });
    }
    fee.names_none().then_some(IssueKind::FeeNamesNone { fee: fee_name })
}

/// What is wrong with the fees of a budget that are on: what they lack, and what they name that does not exist.
pub(super) fn issues(budget: &Budget) -> Vec<IssueKind> {
    let all = budget.all_fees();
    let mut kinds = Vec::new();
    if all.is_empty() {
        return kinds;
    }
    let names_any = all.values().any(|fee| fee.is_on() && fee.deliverables.is_some());
    let known: HashSet<&str> =
        if names_any { budget.lines.iter().map(|line| line.key.as_str()).collect() } else { HashSet::new() };
    for (name, fee) in all.iter().filter(|(_, fee)| fee.is_on()) {
        let name = (*name).to_owned();
        for key in [FeeKey::Amount, FeeKey::Per, FeeKey::Deliverables, FeeKey::Off] {
            if fee.unreadable.contains(&key) {
                kinds.push(IssueKind::FeeUnreadable { fee: name.clone(), key });
            } else if matches!(key, FeeKey::Amount | FeeKey::Per) && !fee.says(key) {
                kinds.push(IssueKind::FeeIncomplete { fee: name.clone(), key });
            }
        }
        if let Some(currency) = fee.amount.and_then(|amount| amount.currency)
            && currency != Currency::USD
            && currency != budget.shown.currency
        {
            kinds.push(IssueKind::FeeCurrency { fee: name.clone(), currency, project: budget.shown.currency });
        }
        kinds.extend(without_effect(&name, fee));
        // A list without any effect is told as that, whatever it names.
        let named = fee.deliverables.iter().filter(|_| !fee.per.is_some_and(|per| per.ignores(FeeKey::Deliverables)));
        let unknown = named.flatten().filter(|key| !known.contains(key.as_str()));
        kinds.extend(unknown.map(|key| IssueKind::FeeDeliverable { fee: name.clone(), deliverable: key.clone() }));
    }
    kinds
}
