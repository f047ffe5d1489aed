//! Writing fees as the changes from one budget to another.

use super::splice::{Change, render_string};
use crate::cost::budget::fee::{Charge, Fee, FeeKey};
use std::collections::BTreeMap;

/// The differences between the fees of two projects: of the project's own part of each, key by key.
pub(super) fn fee_changes(changes: &mut Vec<Change>, before: &BTreeMap<String, Fee>, after: &BTreeMap<String, Fee>) {
    let path = |name: &str| vec!["fee".to_owned(), name.to_owned()];
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.push(Change::Remove { path: path(name) });
    }
    for (name, new) in after {
        let Some(old) = before.get(name) else {
            let entry = |key: FeeKey| Some((vec![key.name().to_owned()], rendered(new, key)?));
            let entries = FeeKey::ALL.into_iter().filter_map(entry).collect();
            changes.push(Change::InsertTable { path: path(name), entries });
            continue;
        };
        fee_field_changes(changes, &["fee", name], old, new);
    }
}

/// The differences between two versions of a fee, below the table of this path.
pub(super) fn fee_field_changes(changes: &mut Vec<Change>, table: &[&str], old: &Fee, new: &Fee) {
    for key in FeeKey::ALL {
        let path = || table.iter().copied().chain([key.name()]).map(str::to_owned).collect();
        match (rendered(old, key), rendered(new, key)) {
            (old, new) if old == new => {}
            (_, Some(value)) => changes.push(Change::Set { path: path(), value }),
            // What cannot be read stays as it is written.
            (_, None) if new.unreadable.contains(&key) => {}
            (_, None) => changes.push(Change::Remove { path: path() }),
        }
    }
}

/// A key's value as the file spells it; `None` if the fee has no readable value.
pub(super) fn rendered(fee: &Fee, key: FeeKey) -> Option<String> {
    Some(match key {
        FeeKey::Amount => amount(fee.amount?),
        FeeKey::Per => render_string(fee.per?.name()),
        FeeKey::Deliverables => {
            let listed: Vec<String> = fee.deliverables.as_ref()?.iter().map(|key| render_string(key)).collect();
            format!("[{}]", listed.join(", "))
        }
        FeeKey::Note => render_string(fee.note.as_ref()?),
        FeeKey::Off => fee.off?.to_string(),
    })
}

/// People write money with two decimals.
fn amount(Charge { amount, currency }: Charge) -> String {
    let mut number = amount.normalize();
    number.rescale(number.scale().max(2));
    match currency {
        Some(currency) => render_string(&format!("{number} {}", currency.code())),
        None => number.to_string(),
    }
}
