//! Named risks that count, and what is wrong with the others.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::named_risk::{NamedRisk, RiskKey};
use crate::cost::budget::{Budget, Keyed};
use crate::cost::estimate::issue::IssueKind;
use crate::cost::estimate::risk_fault::RiskFault;
use std::collections::{HashMap, HashSet};

/// What a named risk does if it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RiskEffect {
    /// More finals of a deliverable, by its place in the project: one number, or three at 30, 40 and 30 percent.
    Finals(usize, Vec<u64>),
    /// USD, likewise.
    Usd(Vec<Decimal>),
}

/// A named risk that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRisk {
    /// Its key in the file.
    pub key: String,
    /// The display name, or the key.
    pub title: String,
    /// How likely it is, in percent.
    pub chance: Decimal,
    /// What it does.
    pub effect: RiskEffect,
}

/// What is wrong with one that is on, apart from what it names; `project`: the currency of the project.
#[must_use]
pub fn faults_of(risk: &NamedRisk, project: Currency) -> Vec<RiskFault> {
    let counting = [RiskKey::Chance, RiskKey::Finals, RiskKey::Deliverable, RiskKey::Amount, RiskKey::Off];
    let unreadable = counting.into_iter().filter(|key| risk.unreadable.contains(key));
    let mut faults: Vec<RiskFault> = unreadable.map(RiskFault::Unreadable).collect();
    let (more, money) = (risk.says(RiskKey::Finals), risk.says(RiskKey::Amount));
    if !risk.says(RiskKey::Chance) {
        faults.push(RiskFault::Lacks(RiskKey::Chance));
    }
    if !more && !money {
        faults.push(RiskFault::Lacks(RiskKey::Amount));
    } else if more && money {
        // With one of them unreadable, that is what is wrong.
        faults.extend((risk.finals.is_some() && risk.amount.is_some()).then_some(RiskFault::Both));
    } else if more && !risk.says(RiskKey::Deliverable) {
        faults.push(RiskFault::Lacks(RiskKey::Deliverable));
    } else if money && risk.says(RiskKey::Deliverable) {
        faults.push(RiskFault::Unused);
    }
    if let Some(currency) = risk.amount.and_then(|amount| amount.currency)
        && currency != Currency::USD
        && currency != project
    {
        faults.push(RiskFault::Currency(currency, project));
    }
    faults
}

/// Every named risk of a budget that is on: what it does, or what is wrong with it. A harmless fault leaves it counting.
fn looked_at(budget: &Budget) -> Vec<(String, Option<CountedRisk>, Vec<RiskFault>)> {
    let all = budget.all_risks();
    let names_any = all.values().any(|risk| risk.finals.is_some());
    let named: HashSet<&str> = all.values().filter_map(|risk| risk.deliverable.as_deref()).collect();
    let lines = budget.lines.iter().zip(0..).filter(|(line, _)| names_any && named.contains(line.key.as_str()));
    let known: HashMap<&str, usize> = lines.map(|(line, at)| (line.key.as_str(), at)).collect();
    let one = |(key, risk): (&str, NamedRisk)| {
        let mut faults = faults_of(&risk, budget.shown.currency);
        let named = risk.deliverable.as_ref().filter(|_| risk.says(RiskKey::Finals));
        if let Some(unknown) = named.filter(|name| names_any && !known.contains_key(name.as_str())) {
            faults.push(RiskFault::Deliverable(unknown.clone()));
        }
        let counts = faults.iter().all(RiskFault::is_harmless);
        let counted = counts.then(|| counted(key, &risk, budget, &known)).flatten();
        (key.to_owned(), counted, faults)
    };
    all.into_iter().filter(|(_, risk)| risk.is_on()).map(one).collect()
}

fn counted(key: &str, risk: &NamedRisk, budget: &Budget, known: &HashMap<&str, usize>) -> Option<CountedRisk> {
    let effect = match (risk.finals, risk.amount) {
        (Some(finals), _) => RiskEffect::Finals(*known.get(risk.deliverable.as_deref()?)?, finals.all()),
        (None, Some(amount)) => {
            let usd = amount.charges().into_iter().map(|charge| charge.to_usd(&budget.shown));
            RiskEffect::Usd(usd.collect::<Option<_>>()?)
        }
        (None, None) => return None,
    };
    Some(CountedRisk { key: key.to_owned(), title: risk.title(key).to_owned(), chance: risk.chance?, effect })
}

/// The named risks that are on and sound, by key.
#[must_use]
pub fn counting(budget: &Budget) -> Vec<CountedRisk> {
    if budget.risks.is_empty() && budget.team_risks.is_empty() {
        return Vec::new();
    }
    looked_at(budget).into_iter().filter_map(|(_, counted, _)| counted).collect()
}

/// The named risks that are on and do not count, by key, each with its first fault that keeps it from counting.
#[must_use]
pub fn not_counting(budget: &Budget) -> Vec<(String, RiskFault)> {
    if budget.risks.is_empty() && budget.team_risks.is_empty() {
        return Vec::new();
    }
    let of_one = |(key, counted, faults): (String, Option<CountedRisk>, Vec<RiskFault>)| {
        let harmful = faults.into_iter().find(|fault| !fault.is_harmless());
        harmful.filter(|_| counted.is_none()).map(|fault| (key, fault))
    };
    looked_at(budget).into_iter().filter_map(of_one).collect()
}

/// What is wrong with the named risks of a budget that are on.
pub(super) fn issues(budget: &Budget) -> Vec<IssueKind> {
    if budget.risks.is_empty() && budget.team_risks.is_empty() {
        return Vec::new();
    }
    let of_one = |(risk, _, faults): (String, Option<CountedRisk>, Vec<RiskFault>)| {
        faults.into_iter().map(move |fault| IssueKind::Risk { risk: risk.clone(), fault })
    };
    looked_at(budget).into_iter().flat_map(of_one).collect()
}
