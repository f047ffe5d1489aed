//! The values that a person sets, layer upon layer, before anything is computed.

pub mod edit;
pub mod knob;
pub mod knob_text;
pub mod resolve;
pub mod slugs;

use super::bill::Card;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::base::retry::{Pick, Retry};
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::rates::rate_card::{Catalog, Model, Profile, ServiceTier, TokenCard};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use crate::cost::budget::knob::Knob;

/// Deliverables of a project at most.
pub const LINES_MAX: usize = 100_000;

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

/// Where a value comes from, from the most general to the most particular.
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

/// A line of the worksheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its key in the file; does not change when the name does.
    pub key: String,
    /// What people call it; the key serves where it is left out.
    pub name: Option<String>,
    /// Order on screen; lines without one count as 0, in the order of the file.
    pub position: Option<i64>,
    /// A remark.
    pub note: Option<String>,
    /// What it sets.
    pub settings: Settings,
}

impl Line {
    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.key)
    }
}

/// A project: every value that a person set, before anything is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The project's name.
    pub name: Option<String>,
    /// Whom it is for.
    pub client: Option<String>,
    /// Remarks.
    pub notes: Option<String>,
    /// The currency that totals are shown in, and its rate.
    pub shown: Shown,
    /// What the files that this one extends set, the nearest winning.
    pub team: Settings,
    /// The project's assumptions.
    pub assumptions: Settings,
    /// Retry factors by name, of the project and its team.
    pub profiles: BTreeMap<String, Profile>,
    /// Prices pinned when the estimate was made, by card.
    pub pins: BTreeMap<String, TokenCard>,
    /// The bills that stand beside the official one.
    pub bills: Compared,
    /// Rate cards of the project and its team, built-in ones among them that were pinned; none where one is written that
    /// cannot be read: nothing may stand in for it.
    pub cards: BTreeMap<String, Option<Arc<Card>>>,
    /// The worksheet's lines, in the order of the screen.
    pub lines: Vec<Line>,
}

/// Cards that a project is compared with, at most: more would not be read.
pub const COMPARED_MAX: usize = 16;

/// Which bills stand beside the official one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Cards by name, in the order of showing.
    pub compare: Vec<String>,
    /// Months that the work takes, for plans and for packs that expire; one where nobody says.
    pub months: Option<u32>,
}

impl Compared {
    /// Months to reckon with, at least one.
    #[must_use]
    pub fn months(&self) -> u32 {
        self.months.unwrap_or(1).max(1)
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            name: None,
            client: None,
            notes: None,
            shown: Shown::usd(),
            team: Settings::default(),
            assumptions: Settings::default(),
            profiles: BTreeMap::new(),
            pins: BTreeMap::new(),
            bills: Compared::default(),
            cards: BTreeMap::new(),
            lines: Vec::new(),
        }
    }
}

impl Budget {
    /// The cap that counts, from the project or its team.
    #[must_use]
    pub fn cap(&self) -> Option<Cap> {
        [&self.assumptions, &self.team].into_iter().find_map(|layer| layer.get(Knob::Cap)).and_then(|s| match s {
            Setting::Value(Value::Cap(cap)) => Some(*cap),
            _ => None,
        })
    }

    /// Whether a cap is written that could not be read; it must not pass for none.
    #[must_use]
    pub fn cap_is_unreadable(&self) -> bool {
        let written = [&self.assumptions, &self.team].into_iter().find_map(|layer| layer.get(Knob::Cap));
        written.is_some_and(|setting| !matches!(setting, Setting::Value(Value::Cap(_))))
    }

    /// The cards that the project is compared with, its own before others of the same name.
    #[must_use]
    pub fn compared(&self, catalog: &Catalog) -> Vec<Arc<Card>> {
        self.bills.compare.iter().filter_map(|id| self.bill_card(id, catalog)).collect()
    }

    /// A card by name: the project's own, else one of the catalog; none where there is none or the project's cannot be read.
    #[must_use]
    pub fn bill_card(&self, id: &str, catalog: &Catalog) -> Option<Arc<Card>> {
        match self.cards.get(id) {
            Some(own) => own.clone(),
            None => catalog.card(id).cloned(),
        }
    }

    /// The prices that count for a model: pinned ones first.
    #[must_use]
    pub fn card<'a>(&'a self, model: &'a Model) -> &'a TokenCard {
        // Most projects pin one or two cards: comparing without building the identity keeps this off the heap.
        let pinned = self.pins.iter().find(|(id, _)| id.strip_prefix("openai/") == Some(model.id.as_str()));
        pinned.map_or(&model.card, |(_, card)| card)
    }
}
