//! A project: every value that a person set, and which cards and prices count for it.

use crate::cost::base::money::Shown;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::settings::{Cap, Setting, Settings, Value};
use crate::cost::rates::card::Card;
use crate::cost::rates::rate_card::{Model, Profile, TokenCard};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Deliverables of a project at most.
pub const LINES_MAX: usize = 100_000;

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

    /// Cards that the project compares with and that are built in with other figures now.
    pub fn outdated_cards<'a>(&'a self, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
        let own = self.bills.compare.iter().filter_map(|id| Some((id, self.cards.get(id)?.as_ref()?)));
        own.filter(|(id, own)| catalog.card(id).is_some_and(|built_in| own.is_outdated(built_in)))
            .map(|(id, _)| id.as_str())
    }

    /// The prices that count for a model: pinned ones first.
    #[must_use]
    pub fn card<'a>(&'a self, model: &'a Model) -> &'a TokenCard {
        // Most projects pin one or two cards: comparing without building the identity keeps this off the heap.
        let pinned = self.pins.iter().find(|(id, _)| id.strip_prefix("openai/") == Some(model.id.as_str()));
        pinned.map_or(&model.card, |(_, card)| card)
    }
}
