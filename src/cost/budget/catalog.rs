//! Everything built in that an estimate may need: models, presets, retry profiles and sellers' cards.
//!
//! It is on this floor and not in `rates` because a preset sets knobs.

use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Ratio, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::settings::{QualityChoice, Settings, SizeChoice, Value};
use crate::cost::rates::card::{Card, Found};
use crate::cost::rates::rate_card::{Extras, Model, Profile};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A named starting point: it sets the knobs that a deliverable leaves unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The name used in files.
    pub name: String,
    /// Its purpose, in one line.
    pub purpose: String,
    /// Aspect ratio.
    pub ratio: Ratio,
    /// The exact size; `None` means the ratio's listed size.
    pub size: Option<Size>,
    /// The rendering quality.
    pub quality: Quality,
    /// The name of its retry profile.
    pub retry: String,
    /// Reference images sent with every call.
    pub references: Vec<Size>,
    /// [`Preset::to_settings`], built once: thousands of lines may use the preset.
    pub filled: Settings,
}

impl Preset {
    /// The settings for a deliverable that names this preset.
    #[must_use]
    pub fn to_settings(&self) -> Settings {
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
    /// Cards of other sellers, and of the user's own folder, in display order.
    pub cards: Vec<Arc<Card>>,
}

impl Catalog {
    /// A card of another seller by name; the last match wins, so that the user's own card replaces a built-in one.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&Arc<Card>> {
        self.cards.iter().rev().find(|card| card.id == id)
    }

    /// The day of the newest prices that are built into the program.
    #[must_use]
    pub fn newest_prices(&self) -> Date {
        let built_in = self.cards.iter().filter(|card| card.found == Found::BuiltIn);
        built_in.filter_map(|card| card.provenance.checked).fold(self.read_on, Date::max)
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
