//! What may stand at a knob, and what one layer of a project sets.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::{Pick, Retry};
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Knob;
use crate::cost::rates::rate_card::ServiceTier;
use std::sync::Arc;

/// A size as a person may choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeChoice {
    /// Exactly this one.
    Exact(Size),
    /// The ratio's size of this class.
    Tier(Tier),
    /// The model chooses; it cannot be priced beforehand.
    Auto,
}

/// A quality as a person may choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualityChoice {
    /// Exactly this one.
    Exact(Quality),
    /// The model chooses; it cannot be priced beforehand.
    Auto,
}

/// A budget that the total should stay within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Greater than 0.
    pub amount: Decimal,
    /// Where the person named a currency; else the project's.
    pub currency: Option<Currency>,
}

/// What a knob may be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The name of a model or a preset.
    Word(String),
    /// A service tier.
    Service(ServiceTier),
    /// A shape.
    Ratio(Ratio),
    /// A size.
    Size(SizeChoice),
    /// A quality.
    Quality(QualityChoice),
    /// A whole number.
    Count(u64),
    /// A percentage, 20 for 20 %.
    Percent(Decimal),
    /// A retry factor.
    Retry(Retry),
    /// What is kept of a call.
    Pick(Pick),
    /// Sizes of reference pictures.
    Sizes(Vec<Size>),
    /// A budget.
    Cap(Cap),
}

/// What stands at a knob in one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A value that was understood.
    Value(Value),
    /// Something is written there that could not be read: it must not silently fall back to another layer's value.
    Unreadable,
}

/// What one layer sets; knobs that it leaves open are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings(Arc<Vec<(Knob, Setting)>>);

impl Settings {
    /// The values that are there; they stand in the order of the knob table.
    pub(super) fn of<const N: usize>(values: [(Knob, Option<Value>); N]) -> Settings {
        let mut settings = Vec::with_capacity(N);
        settings.extend(values.into_iter().filter_map(|(knob, value)| Some((knob, Setting::Value(value?)))));
        Settings(Arc::new(settings))
    }

    /// What stands at the knob, if anything.
    #[must_use]
    pub fn get(&self, knob: Knob) -> Option<&Setting> {
        self.0.iter().find(|(k, _)| *k == knob).map(|(_, setting)| setting)
    }

    /// The value at the knob, if one was understood.
    #[must_use]
    pub fn value(&self, knob: Knob) -> Option<&Value> {
        match self.get(knob) {
            Some(Setting::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Sets or opens a knob and gives back what stood there.
    pub fn put(&mut self, knob: Knob, setting: Option<Setting>) -> Option<Setting> {
        let at = self.0.iter().position(|(k, _)| *k == knob);
        if at.is_none() && setting.is_none() {
            return None;
        }
        let settings = Arc::make_mut(&mut self.0);
        match (at, setting) {
            (Some(at), Some(setting)) => Some(std::mem::replace(&mut settings[at].1, setting)),
            (Some(at), None) => Some(settings.remove(at).1),
            (None, setting) => {
                settings.extend(setting.map(|setting| (knob, setting)));
                settings.sort_by_key(|(k, _)| *k);
                None
            }
        }
    }

    /// Gives back the room that further settings would take.
    pub fn shrink(&mut self) {
        Arc::make_mut(&mut self.0).shrink_to_fit();
    }

    /// The same settings with one more value.
    #[must_use]
    pub fn with(mut self, knob: Knob, value: Value) -> Settings {
        self.put(knob, Some(Setting::Value(value)));
        self
    }

    /// Every knob that is set, in the order of the knob table.
    pub fn iter(&self) -> impl Iterator<Item = (Knob, &Setting)> {
        self.0.iter().map(|(knob, setting)| (*knob, setting))
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where a value comes from, from the most general to the most particular; a later layer wins over an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// The program's own default.
    BuiltIn,
    /// A file that the project extends.
    Team,
    /// The project's assumptions.
    Project,
    /// The deliverable's preset.
    Preset,
    /// The deliverable itself.
    Deliverable,
}

impl Layer {
    /// The layer's fixed name in machine-readable output.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Layer::BuiltIn => "built-in",
            Layer::Team => "team",
            Layer::Project => "project",
            Layer::Preset => "preset",
            Layer::Deliverable => "deliverable",
        }
    }
}
