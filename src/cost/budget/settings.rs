//! The values that a knob can have, and the settings of one layer of a project.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::{Pick, Retry};
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Knob;
use crate::cost::rates::rate_card::ServiceTier;
use std::sync::Arc;

/// A size as the user can choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeChoice {
    /// This exact size.
    Exact(Size),
    /// The ratio's size of this class.
    Tier(Tier),
    /// The model chooses; it cannot be priced beforehand.
    Auto,
}

/// A quality as the user can choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualityChoice {
    /// This exact quality.
    Exact(Quality),
    /// The model chooses; it cannot be priced beforehand.
    Auto,
}

/// A cap: the most that the total may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Greater than 0.
    pub amount: Decimal,
    /// The currency if the user named one; else the project's.
    pub currency: Option<Currency>,
}

/// Tokens of one final as a team measured them, in place of the formula; at least one of output and reference is present.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// Output tokens of an image, without streamed partial images.
    pub output: Option<u64>,
    /// Input tokens of an image for all reference images together.
    pub reference: Option<u64>,
    /// Where the numbers are from.
    pub source: Option<String>,
    /// The model that was measured; if absent, any.
    pub model: Option<String>,
    /// The size that was measured, exact or `auto`; if absent, any.
    pub size: Option<SizeChoice>,
    /// The quality that was measured; if absent, any.
    pub quality: Option<QualityChoice>,
}

/// A value of a knob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The name of a model or a preset.
    Word(String),
    /// A service tier.
    Service(ServiceTier),
    /// An aspect ratio.
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
    /// How many images of one call may become finals.
    Pick(Pick),
    /// Sizes of reference images.
    Sizes(Vec<Size>),
    /// A cap.
    Cap(Cap),
    /// Measured tokens.
    Measured(Arc<Measured>),
    /// Yes or no.
    Flag(bool),
}

/// The setting of a knob in one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A readable value.
    Value(Value),
    /// Something unreadable is written there: it must not silently fall back to another layer's value.
    Unreadable,
}

/// The settings of one layer; unset knobs are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings(Arc<Vec<(Knob, Setting)>>);

impl Settings {
    /// Settings from the given values, in the order of the knob table.
    pub(super) fn of<const N: usize>(values: [(Knob, Option<Value>); N]) -> Settings {
        let mut settings = Vec::with_capacity(N);
        settings.extend(values.into_iter().filter_map(|(knob, value)| Some((knob, Setting::Value(value?)))));
        Settings(Arc::new(settings))
    }

    /// The setting of the knob, if any.
    #[must_use]
    pub fn get(&self, knob: Knob) -> Option<&Setting> {
        self.0.iter().find(|(k, _)| *k == knob).map(|(_, setting)| setting)
    }

    /// The value of the knob, if it is set and readable.
    #[must_use]
    pub fn value(&self, knob: Knob) -> Option<&Value> {
        match self.get(knob) {
            Some(Setting::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Sets or unsets a knob and returns the previous setting.
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

    /// Frees the capacity reserved for further settings.
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

/// The layer that a value comes from, from the most general to the most specific; a later layer overrides an earlier one.
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
