//! Everything built in that an estimate may need: models, starting points, retry profiles and sellers' cards.
//!
//! It stands on this floor and not on that of the rates because a starting point fills knobs.

use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Ratio, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::settings::{QualityChoice, Settings, SizeChoice, Value};
use crate::cost::rates::card::Card;
use crate::cost::rates::rate_card::{Extras, Model, Profile};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A named starting point: it fills what a deliverable leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// As files spell it.
    pub name: String,
    /// What it is for, in one line.
    pub purpose: String,
    /// Shape.
    pub ratio: Ratio,
    /// A class of size, or the listed size of the ratio where none.
    pub size: Option<Size>,
    /// How carefully pictures are drawn.
    pub quality: Quality,
    /// The profile its retry factor comes from.
    pub retry: String,
    /// Reference pictures sent with every call.
    pub references: Vec<Size>,
    /// [`Preset::fills_in`], put together once: thousands of lines may name the preset.
    pub filled: Settings,
}

impl Preset {
    /// What it sets for a deliverable that names it.
    #[must_use]
    pub fn fills_in(&self) -> Settings {
        let size = self.size.map(|size| Value::Size(SizeChoice::Exact(size)));
        let references = (!self.references.is_empty()).then(|| Value::Sizes(self.references.clone()));
        Settings::of([
            (Knob::Ratio, Some(Value::Ratio(self.ratio))),
            (Knob::Size, size),
            (Knob::Quality, Some(Value::Quality(QualityChoice::Exact(self.quality)))),
            (Knob::References, references),
            (Knob::Retry, Some(Value::Retry(Retry::Profile(self.retry.clone())))),
        ])
    }
}

/// Everything built in that an estimate may need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The day the prices were read.
    pub read_on: Date,
    /// Every known model, current ones first.
    pub models: Vec<Arc<Model>>,
    /// Numbers that hold for every model.
    pub extras: Extras,
    /// Starting points.
    pub presets: Vec<Preset>,
    /// Retry factors by name.
    pub profiles: BTreeMap<String, Profile>,
    /// Cards of other sellers, and of the user's own folder, by the order of showing.
    pub cards: Vec<Arc<Card>>,
}

impl Catalog {
    /// A card of another seller by name; the last one counts, so that a user's own stands in for a built-in one.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&Arc<Card>> {
        self.cards.iter().rev().find(|card| card.id == id)
    }

    /// A model by its name or the name of a dated snapshot.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&Arc<Model>> {
        self.models.iter().find(|model| model.id == name || model.snapshots.iter().any(|dated| dated == name))
    }

    /// A preset by name.
    #[must_use]
    pub fn preset(&self, name: &str) -> Option<&Preset> {
        self.presets.iter().find(|preset| preset.name == name)
    }
}
