//! The origin of each value of a project, so that the screen and the issues of an estimate can point to it.

use crate::cost::Knob;
use crate::cost::budget::scenario::{ChangePath, LineField};
use crate::diagnostics::{Layer, Origin, Position};
use crate::words;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The places of a project's values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    pub(super) file: Option<Arc<Path>>,
    pub(super) assumptions: Vec<(Knob, Position)>,
    pub(super) team: Vec<(Knob, Origin)>,
    pub(super) fields: BTreeMap<String, Origin>,
    pub(super) lines: HashMap<String, LineOrigins>,
}

/// The places of a deliverable's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineOrigins {
    pub(super) table: Position,
    pub(super) knobs: Vec<(Knob, Position)>,
}

impl Origins {
    /// The place of a knob's value that comes from `layer`, for a deliverable or, without one, for the assumptions.
    ///
    /// A ratio may decide the size and a size the ratio: if one has no place in the layer, the other's place is returned. A
    /// preset's values have the place where the deliverable names the preset.
    #[must_use]
    pub fn knob(&self, deliverable: Option<&str>, knob: Knob, layer: Layer) -> Origin {
        let own = deliverable.and_then(|key| self.lines.get(key));
        let in_own = |knob| own.and_then(|line| position(&line.knobs, knob));
        let of_layer = |knob| match layer {
            Layer::BuiltIn => None,
            Layer::Team => position(&self.team, knob),
            Layer::Project => position(&self.assumptions, knob).map(|at| self.here(layer, Some(at))),
            Layer::Preset => in_own(Knob::Preset).map(|at| self.here(layer, Some(at))),
            Layer::Deliverable => in_own(knob).map(|at| self.here(layer, Some(at))),
        };
        let twins = [(Knob::Ratio, Knob::Size), (Knob::Size, Knob::Ratio)];
        let twin = twins.into_iter().find(|(one, _)| *one == knob).map_or(knob, |(_, other)| other);
        of_layer(knob).or_else(|| of_layer(twin)).unwrap_or_else(|| match layer {
            Layer::BuiltIn | Layer::Team => Origin::without_file(layer),
            Layer::Project => self.here(layer, None),
            Layer::Preset | Layer::Deliverable => self.here(layer, own.map(|line| line.table)),
        })
    }

    /// The same while a scenario is applied: the place of its change where it patches that layer.
    #[must_use]
    pub fn knob_under(&self, scenario: Option<&str>, deliverable: Option<&str>, knob: Knob, layer: Layer) -> Origin {
        let patched = scenario.and_then(|key| self.patched(key, deliverable, knob, layer));
        patched.unwrap_or_else(|| self.knob(deliverable, knob, layer))
    }

    /// The place of a scenario's change; `None` if it does not change this value in this layer.
    fn patched(&self, scenario: &str, deliverable: Option<&str>, knob: Knob, layer: Layer) -> Option<Origin> {
        let line = |field| Some(ChangePath::Line(deliverable?.to_owned(), LineField::Knob(field)));
        let path = match layer {
            Layer::BuiltIn | Layer::Team => None,
            Layer::Project => Some(ChangePath::Assumption(knob)),
            Layer::Preset => line(Knob::Preset),
            Layer::Deliverable => line(knob),
        };
        let found = self.fields.get(&words::change_key(scenario, &path?))?;
        Some(Origin { layer, scenario: Some(Arc::from(scenario)), ..found.clone() })
    }

    /// The place of a scenario's change, else of the scenario's table.
    #[must_use]
    pub fn change(&self, scenario: &str, path: &ChangePath) -> Option<Origin> {
        let found = self.fields.get(&words::change_key(scenario, path));
        let found = found.or_else(|| self.fields.get(&words::scenario_key(scenario)))?;
        Some(Origin { scenario: Some(Arc::from(scenario)), ..found.clone() })
    }

    /// The place of a value outside the knobs: `name`, `client`, `notes`, `currency`, `exchange`, `retry_profile.NAME`, and
    /// `rates."openai/MODEL"`; `None` if no file sets it.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Origin> {
        self.fields.get(key)
    }

    /// The start of a deliverable's table.
    #[must_use]
    pub fn deliverable(&self, key: &str) -> Option<Origin> {
        self.lines.get(key).map(|line| self.here(Layer::Deliverable, Some(line.table)))
    }

    fn here(&self, layer: Layer, position: Option<Position>) -> Origin {
        Origin { layer, file: self.file.clone(), position, scenario: None }
    }
}

fn position<P: Clone>(places: &[(Knob, P)], knob: Knob) -> Option<P> {
    places.iter().find(|(k, _)| *k == knob).map(|(_, at)| at.clone())
}
