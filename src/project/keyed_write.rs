//! Writing fees and named risks as the changes from one budget to another: of the project's own part of each, key by key.

use super::splice::{Change, render_string};
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::fee::{Charge, Fee, FeeKey};
use crate::cost::budget::{Keyed, NamedRisk, Points, RiskKey};
use std::collections::BTreeMap;

/// What is written key by key.
pub(super) trait Rendered: Keyed {
    /// The table of all of them.
    const TABLE: &'static str;

    /// A key's value as the file spells it; `None` if there is no readable value.
    fn rendered(&self, key: Self::Key) -> Option<String>;
}

impl Rendered for Fee {
    const TABLE: &'static str = "fee";

    fn rendered(&self, key: FeeKey) -> Option<String> {
        Some(match key {
            FeeKey::Amount => self.amount.map(|Charge { amount, currency }| money(amount, currency))?,
            FeeKey::Per => render_string(self.per?.name()),
            FeeKey::Deliverables => {
                let listed: Vec<String> = self.deliverables.as_ref()?.iter().map(|key| render_string(key)).collect();
                format!("[{}]", listed.join(", "))
            }
            FeeKey::Note => render_string(self.note.as_ref()?),
            FeeKey::Off => self.off?.to_string(),
        })
    }
}

impl Rendered for NamedRisk {
    const TABLE: &'static str = "risk";

    fn rendered(&self, key: RiskKey) -> Option<String> {
        Some(match key {
            RiskKey::Name => render_string(self.name.as_ref()?),
            RiskKey::Chance => render_string(&format!("{}%", self.chance?.normalize())),
            RiskKey::Finals => points(self.finals?, |finals| finals.to_string()),
            RiskKey::Deliverable => render_string(self.deliverable.as_ref()?),
            RiskKey::Amount => {
                let amount = self.amount?;
                points(amount.points, |number| money(number, amount.currency))
            }
            RiskKey::Note => render_string(self.note.as_ref()?),
            RiskKey::Off => self.off?.to_string(),
        })
    }
}

fn points<T>(points: Points<T>, spell: impl Fn(T) -> String) -> String {
    match points {
        Points::One(number) => spell(number),
        Points::Range { low, likely, high } => {
            format!("{{ low = {}, likely = {}, high = {} }}", spell(low), spell(likely), spell(high))
        }
    }
}

/// The differences between the fees, or the named risks, of two projects.
pub(super) fn keyed_changes<T: Rendered>(
    changes: &mut Vec<Change>,
    before: &BTreeMap<String, T>,
    after: &BTreeMap<String, T>,
) {
    let path = |name: &str| vec![T::TABLE.to_owned(), name.to_owned()];
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.push(Change::Remove { path: path(name) });
    }
    for (name, new) in after {
        let Some(old) = before.get(name) else {
            let entry = |key: T::Key| Some((vec![T::key_name(key).to_owned()], new.rendered(key)?));
            let entries = T::KEYS.iter().copied().filter_map(entry).collect();
            changes.push(Change::InsertTable { path: path(name), entries });
            continue;
        };
        field_changes(changes, &[T::TABLE, name], old, new);
    }
}

/// The differences between what two versions of a scenario say of fees, or of named risks.
pub(super) fn patch_changes<T: Rendered>(
    changes: &mut Vec<Change>,
    scenario: &[&str],
    before: &BTreeMap<String, T>,
    after: &BTreeMap<String, T>,
) {
    let table = |name| [scenario, &[T::TABLE, name]].concat();
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.push(Change::Remove { path: table(name).into_iter().map(str::to_owned).collect() });
    }
    let nothing = T::default();
    for (name, new) in after {
        field_changes(changes, &table(name), before.get(name).unwrap_or(&nothing), new);
    }
}

/// The differences between two versions of one, below the table of this path.
fn field_changes<T: Rendered>(changes: &mut Vec<Change>, table: &[&str], old: &T, new: &T) {
    for key in T::KEYS.iter().copied() {
        let path = || table.iter().copied().chain([T::key_name(key)]).map(str::to_owned).collect();
        match (old.rendered(key), new.rendered(key)) {
            (old, new) if old == new => {}
            (_, Some(value)) => changes.push(Change::Set { path: path(), value }),
            // What cannot be read stays as it is written.
            (_, None) if new.unreadable().contains(&key) => {}
            (_, None) => changes.push(Change::Remove { path: path() }),
        }
    }
}

/// People write money with two decimals.
fn money(amount: Decimal, currency: Option<Currency>) -> String {
    let mut number = amount.normalize();
    number.rescale(number.scale().max(2));
    match currency {
        Some(currency) => render_string(&format!("{number} {}", currency.code())),
        None => number.to_string(),
    }
}
