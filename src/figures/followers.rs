//! A value for all deliverables in words: how many follow it, and who keeps another one by name.

use super::factor;
use crate::cost::budget::knob::Scope;
use crate::cost::estimate::{Keeper, keepers};
use crate::cost::{Budget, Catalog, Deliverable, Estimate, Knob, Layer};
use crate::words;

/// More names than this are counted.
const NAMED: usize = 3;

/// How many deliverables follow the project's value, and who keeps another: `1 of 3 follows; PDP hero keeps 2.00×`. `None`
/// without deliverables, and for a knob that is not inherited.
#[must_use]
pub fn followers(budget: &Budget, estimate: &Estimate, knob: Knob, catalog: &Catalog) -> Option<String> {
    let count = estimate.lines.len();
    if count == 0 || knob.row().scope != Scope::Both {
        return None;
    }
    let kept = keepers(budget, estimate, knob, catalog);
    if kept.is_empty() {
        return Some(words::all_follow(count));
    }
    let values = kept.iter().take(NAMED).filter_map(|keeper| {
        let title = budget.lines.get(keeper.line)?.title();
        Some((title, kept_value(&estimate.lines.get(keeper.line)?.deliverable, knob, keeper)))
    });
    let mut named: Vec<String> = Vec::new();
    for (title, value) in values {
        named.push(if named.is_empty() { words::keeps(title, value) } else { words::keeps_too(title, value) });
    }
    if kept.len() > NAMED {
        named.push(words::keepers_more(kept.len() - NAMED));
    }
    Some(words::some_follow(count - kept.len(), count, named.join(", ")))
}

fn kept_value(own: &Deliverable, knob: Knob, keeper: &Keeper) -> String {
    // A factor as it counts, however it was written.
    let value = match own.factor.filter(|_| knob == Knob::Retry) {
        Some(own) => factor(own),
        None => own.get(knob).map_or_else(String::new, |from| words::value(&from.value)),
    };
    if keeper.layer == Layer::Preset { words::of_its_preset(value) } else { value }
}
