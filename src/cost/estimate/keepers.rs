//! Which deliverables keep a value of their own where the project has one for all, and the edits that make them follow.

use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::knob::Scope as KnobScope;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Catalog, Knob, Layer, Line, Setting, SizeChoice, Value};
use crate::cost::estimate::estimate::Estimate;

/// A deliverable whose value is not the one of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeper {
    /// Its index.
    pub line: usize,
    /// Whose value it keeps: its own or its preset's.
    pub layer: Layer,
}

/// The deliverables with another value than all inherit, in their order; none for a knob without a value for all.
#[must_use]
pub fn keepers(budget: &Budget, estimate: &Estimate, knob: Knob, catalog: &Catalog) -> Vec<Keeper> {
    if knob.row().scope != KnobScope::Both {
        return Vec::new();
    }
    let shared = shared(budget, knob, catalog);
    let kept = |(line, own): (usize, &Deliverable)| {
        let own = own.get(knob)?;
        let keeps = is_own(own.layer) && Some(&own.value) != shared.as_ref();
        keeps.then_some(Keeper { line, layer: own.layer })
    };
    estimate.lines.iter().map(|line| &line.deliverable).enumerate().filter_map(kept).collect()
}

/// The edits that give the project's value to the deliverables that keep another one: the own value is removed where the
/// project's then applies, else replaced.
#[must_use]
pub fn follow_all(budget: &Budget, estimate: &Estimate, knob: Knob, catalog: &Catalog) -> Vec<Edit> {
    let shared = shared(budget, knob, catalog);
    let lines = keepers(budget, estimate, knob, catalog).into_iter();
    let edits = lines.filter_map(|Keeper { line: index, .. }| {
        let line = budget.lines.get(index)?;
        let mut free = line.clone();
        let in_the_way = shape_in_the_way(line, knob, shared.as_ref());
        let cleared = [in_the_way, Some(knob)].into_iter().flatten();
        let mut edits: Vec<Edit> = cleared.filter_map(|knob| clear(&mut free, index, knob)).collect();
        let inherits = budget.resolve(Some(&free), catalog)?.get(knob).is_none_or(|from| !is_own(from.layer));
        if !inherits {
            edits.retain(|edit| !matches!(edit, Edit::Knob { knob: cleared, .. } if *cleared == knob));
            let before = line.settings.get(knob).cloned();
            let after = shared.clone().map(Setting::Value);
            edits.push(Edit::Knob { scope: Scope::Line(index), knob, before, after });
        }
        Some(edits)
    });
    edits.flatten().collect()
}

fn is_own(layer: Layer) -> bool {
    matches!(layer, Layer::Preset | Layer::Deliverable)
}

/// The value that all inherit.
fn shared(budget: &Budget, knob: Knob, catalog: &Catalog) -> Option<Value> {
    budget.resolve(None, catalog)?.get(knob).map(|from| from.value)
}

/// Removes a setting of the deliverable; `None` if it has none.
fn clear(line: &mut Line, index: usize, knob: Knob) -> Option<Edit> {
    let before = line.settings.put(knob, None)?;
    Some(Edit::Knob { scope: Scope::Line(index), knob, before: Some(before), after: None })
}

/// The knob whose own value would overrule the shared one: an exact size of another shape, or a ratio that the size has not.
fn shape_in_the_way(line: &Line, knob: Knob, shared: Option<&Value>) -> Option<Knob> {
    let own = |knob: Knob| line.settings.value(knob);
    if let (Knob::Ratio, Value::Ratio(ratio)) = (knob, shared?) {
        let is_other = matches!(own(Knob::Size), Some(Value::Size(SizeChoice::Exact(size))) if !ratio.fits(*size));
        return is_other.then_some(Knob::Size);
    }
    if let (Knob::Size, Value::Size(SizeChoice::Exact(size))) = (knob, shared?) {
        let is_other = matches!(own(Knob::Ratio), Some(Value::Ratio(ratio)) if !ratio.fits(*size));
        return is_other.then_some(Knob::Ratio);
    }
    None
}
