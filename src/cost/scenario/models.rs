//! The models that scenarios use, so that a save can keep their prices.

use crate::cost::budget::scenario::{LinePatch, Scenario};
use crate::cost::budget::{Budget, Catalog, Knob};
use crate::cost::rates::rate_card::Model;
use crate::cost::scenario::apply::apply;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The models in use under scenarios that name a model or add a deliverable, by name; those of other scenarios are the project's.
#[must_use]
pub fn models_of_scenarios(budget: &Budget, catalog: &Catalog) -> Vec<Arc<Model>> {
    let own: HashSet<&str> = budget.lines.iter().map(|line| line.key.as_str()).collect();
    let names_model = |scenario: &Scenario| {
        let of_line = |(key, patch): (&String, &LinePatch)| {
            patch.line.settings.get(Knob::Model).is_some() || !own.contains(key.as_str())
        };
        scenario.changes.assumptions.get(Knob::Model).is_some() || scenario.changes.lines.iter().any(of_line)
    };
    let mut models: BTreeMap<String, Arc<Model>> = BTreeMap::new();
    for scenario in budget.scenarios.values().filter(|scenario| names_model(scenario)) {
        let patched = apply(budget, scenario, catalog).budget;
        let used = patched.lines.iter().filter_map(|line| Some(patched.resolve(Some(line), catalog)?.model.value));
        models.extend(used.map(|model| (model.id.clone(), model)));
    }
    models.into_values().collect()
}
