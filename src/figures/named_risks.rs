//! Named risks as a table: by their share of the uncertainty, by display name, with what each brings and adds.

use super::{Amount, cap_as_set, share};
use crate::cost::base::money::Decimal;
use crate::cost::budget::NamedRisk;
use crate::cost::budget::named_risk::Points;
use crate::cost::estimate::named_risks::not_counting;
use crate::cost::risk::NamedShare;
use crate::cost::{Budget, Estimate};
use crate::words;
use crate::words::number::{grouped, plain};
use crate::words::safe::safe;

/// Whether a named risk counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It counts, with what it adds on average and its share of the uncertainty from 0 to 1.
    Counted {
        /// What it adds to the mean.
        adds: Amount,
        /// Its share.
        share: Decimal,
    },
    /// It is on and has a fault, which the text names.
    Broken(String),
    /// It is switched off.
    Off,
}

/// A row of the table of named risks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// The key in the file.
    pub key: String,
    /// The display name.
    pub name: String,
    /// `30 %`.
    pub chance: String,
    /// `6–20 finals of PDP hero, likely 12`.
    pub brings: String,
    /// Whether it counts.
    pub standing: Standing,
}

impl NamedRow {
    /// Its share of the uncertainty: `3 %`, or why it has none.
    #[must_use]
    pub fn share(&self) -> String {
        match &self.standing {
            Standing::Counted { share: part, .. } => share(*part),
            Standing::Broken(why) => words::risk_not_counted(why),
            Standing::Off => words::fee_off().to_owned(),
        }
    }
}

/// The named risks of a project, the largest share first, then those with a fault, then those that are off. `counted` are those
/// that count.
#[must_use]
pub fn named_rows(budget: &Budget, estimate: &Estimate, counted: &[NamedShare]) -> Vec<NamedRow> {
    let broken = not_counting(budget);
    let row = |(key, risk): (&str, NamedRisk)| {
        let fault = broken.iter().find(|(broken, _)| broken == key);
        let standing = match (counted.iter().find(|one| one.risk.key == key), fault) {
            (Some(one), _) => {
                let adds = Amount::of(&budget.shown, one.adds).about_if(estimate.totals.approximate);
                Standing::Counted { adds, share: one.share }
            }
            (None, Some((_, fault))) => Standing::Broken(words::risk_fault_short(fault)),
            (None, None) => Standing::Off,
        };
        NamedRow {
            key: key.to_owned(),
            name: safe(risk.title(key)).into_owned(),
            chance: chance_of(&risk),
            brings: brings(budget, &risk),
            standing,
        }
    };
    let mut rows: Vec<NamedRow> = budget.all_risks().into_iter().map(row).collect();
    let weight = |row: &NamedRow| match row.standing {
        Standing::Counted { share, .. } => (0, -share),
        Standing::Broken(_) => (1, Decimal::ZERO),
        Standing::Off => (2, Decimal::ZERO),
    };
    rows.sort_by(|a, b| weight(a).cmp(&weight(b)).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// The chance of a risk: `30 %`; a dash without one.
#[must_use]
pub fn chance_of(risk: &NamedRisk) -> String {
    risk.chance.map_or_else(|| words::bill_none().to_owned(), |chance| words::percent(plain(chance.normalize())))
}

/// What a risk brings if it happens: `6–20 finals of PDP hero, likely 12`, `$150.00`; a dash without either.
#[must_use]
pub fn brings(budget: &Budget, risk: &NamedRisk) -> String {
    let title = |key: &str| {
        let line = budget.lines.iter().find(|line| line.key == key);
        safe(line.map_or(key, |line| line.title())).into_owned()
    };
    let count = |finals: u64| grouped(Decimal::from(finals));
    if let Some(finals) = risk.finals {
        let name = risk.deliverable.as_deref().map_or_else(|| words::bill_none().to_owned(), title);
        return match finals {
            Points::One(finals) => words::risk_finals_of(count(finals), name),
            Points::Range { low, likely, high } => words::risk_range_of(count(low), count(high), name, count(likely)),
        };
    }
    let Some(amount) = risk.amount else { return words::bill_none().to_owned() };
    let currency = amount.currency.unwrap_or(budget.shown.currency);
    let money = |of: Decimal| cap_as_set(currency, of).to_string();
    match amount.points {
        Points::One(amount) => money(amount),
        Points::Range { low, likely, high } => words::risk_range(money(low), money(high), money(likely)),
    }
}
