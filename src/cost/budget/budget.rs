//! A project: every value that the user set, and which cards and prices it uses.

use crate::cost::base::money::Shown;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::fee::Fee;
use crate::cost::budget::keyed::Keyed;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::line::SharedLine;
use crate::cost::budget::named_risk::NamedRisk;
use crate::cost::budget::scenario::{Baseline, Scenario};
use crate::cost::budget::settings::{Cap, Setting, Settings, Value};
use crate::cost::rates::card::Card;
use crate::cost::rates::rate_card::{Model, Profile, TokenCard};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A project: every value that the user set, before anything is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The project's name.
    pub name: Option<String>,
    /// The client.
    pub client: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// The currency of shown totals, and its exchange rate.
    pub shown: Shown,
    /// The team file that this one extends, as it is written: a path from the project's folder.
    pub extends: Option<String>,
    /// What the files that this one extends say of the project itself.
    pub team_head: TeamHead,
    /// Settings of the files that this one extends; the nearest file wins.
    pub team: Settings,
    /// The project's assumptions.
    pub assumptions: Settings,
    /// Retry factors by name, from the project and its team.
    pub profiles: BTreeMap<String, Profile>,
    /// Prices pinned when the estimate was made, by card.
    pub pins: BTreeMap<String, TokenCard>,
    /// The bills to show beside the official one.
    pub bills: Compared,
    /// Rate cards of the project and its team, including built-in ones that were pinned; `None` for a card that is written
    /// but unreadable: no other card may replace it.
    pub cards: BTreeMap<String, Option<Arc<Card>>>,
    /// The project's own part of each fee, by name.
    pub fees: BTreeMap<String, Fee>,
    /// What the files that this one extends say of fees; the nearest file wins, key by key.
    pub team_fees: BTreeMap<String, Fee>,
    /// The project's own part of each named risk, by key; no figure of the estimate depends on them.
    pub risks: BTreeMap<String, NamedRisk>,
    /// What the files that this one extends say of named risks; the nearest file wins, key by key.
    pub team_risks: BTreeMap<String, NamedRisk>,
    /// The deliverables, in screen order.
    pub lines: Vec<SharedLine>,
    /// Named sets of changes, by key; no figure of this budget depends on them.
    pub scenarios: Scenarios,
    /// What scenarios are compared with.
    pub baseline: Baseline,
}

/// What team files say of the project itself, where a project may say it too; `None` for what they leave open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamHead {
    /// The client.
    pub client: Option<String>,
    /// The currency, with its rate.
    pub shown: Option<Shown>,
    /// Duration of the work in months.
    pub months: Option<u32>,
}

/// Scenarios by key.
pub type Scenarios = BTreeMap<String, Arc<Scenario>>;

/// The bills to show beside the official one.
#[derive(Debug, Clone, Eq, Default)]
pub struct Compared {
    /// Cards by name, in display order.
    pub compare: Vec<String>,
    /// Duration of the work in months, for plans and for packs that expire; `None` if not set, which means one month.
    pub months: Option<u32>,
    /// Whether the file says a duration that cannot be read: without a number in `months` it is then unknown, not one month.
    pub months_unreadable: bool,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Compared) -> bool {
        // Listed one by one, without `..`, so that a new field is compared. Beside a number that was typed since, what the file
        // said no longer matters.
        fn parts(Compared { compare, months, months_unreadable }: &Compared) -> (&[String], Option<u32>, bool) {
            (compare, *months, months.is_none() && *months_unreadable)
        }
        parts(self) == parts(other)
    }
}

impl Compared {
    /// Duration in months for the calculation, at least one; `None` if it cannot be read.
    #[must_use]
    pub fn months(&self) -> Option<u32> {
        match self.months {
            Some(months) => Some(months.max(1)),
            None => (!self.months_unreadable).then_some(1),
        }
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            name: None,
            client: None,
            notes: None,
            shown: Shown::usd(),
            extends: None,
            team_head: TeamHead::default(),
            team: Settings::default(),
            assumptions: Settings::default(),
            profiles: BTreeMap::new(),
            pins: BTreeMap::new(),
            bills: Compared::default(),
            cards: BTreeMap::new(),
            fees: BTreeMap::new(),
            team_fees: BTreeMap::new(),
            risks: BTreeMap::new(),
            team_risks: BTreeMap::new(),
            lines: Vec::new(),
            scenarios: BTreeMap::new(),
            baseline: Baseline::default(),
        }
    }
}

impl Budget {
    /// What a deliverable is computed with: the same values without the deliverables, and without names, notes and scenarios.
    #[must_use]
    pub fn bare(&self) -> Budget {
        let Budget { shown, team_head, team, assumptions, profiles, pins, bills, cards, fees, team_fees, .. } = self;
        let Budget { risks, team_risks, .. } = self;
        Budget {
            name: None,
            client: None,
            notes: None,
            shown: shown.clone(),
            extends: None,
            team_head: team_head.clone(),
            team: team.clone(),
            assumptions: assumptions.clone(),
            profiles: profiles.clone(),
            pins: pins.clone(),
            bills: bills.clone(),
            cards: cards.clone(),
            fees: fees.clone(),
            team_fees: team_fees.clone(),
            risks: risks.clone(),
            team_risks: team_risks.clone(),
            lines: Vec::new(),
            scenarios: BTreeMap::new(),
            baseline: Baseline::default(),
        }
    }

    /// The cap in force, from the project or its team.
    #[must_use]
    pub fn cap(&self) -> Option<Cap> {
        [&self.assumptions, &self.team].into_iter().find_map(|layer| layer.get(Knob::Cap)).and_then(|s| match s {
            Setting::Value(Value::Cap(cap)) => Some(*cap),
            _ => None,
        })
    }

    /// Whether a cap is written but unreadable; it must not count as no cap.
    #[must_use]
    pub fn cap_is_unreadable(&self) -> bool {
        let written = [&self.assumptions, &self.team].into_iter().find_map(|layer| layer.get(Knob::Cap));
        written.is_some_and(|setting| !matches!(setting, Setting::Value(Value::Cap(_))))
    }

    /// The cards that the project is compared with; its own take precedence over others of the same name.
    #[must_use]
    pub fn compared(&self, catalog: &Catalog) -> Vec<Arc<Card>> {
        self.bills.compare.iter().filter_map(|id| self.bill_card(id, catalog)).collect()
    }

    /// A card by name: the project's own, else the catalog's; `None` if there is no such card or the project's is unreadable.
    #[must_use]
    pub fn bill_card(&self, id: &str, catalog: &Catalog) -> Option<Arc<Card>> {
        match self.cards.get(id) {
            Some(own) => own.clone(),
            None => catalog.card(id).cloned(),
        }
    }

    /// Cards that the project compares with and whose built-in version now has other figures.
    pub fn outdated_cards<'a>(&'a self, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
        let own = self.bills.compare.iter().filter_map(|id| Some((id, self.cards.get(id)?.as_ref()?)));
        own.filter(|(id, own)| catalog.card(id).is_some_and(|built_in| own.is_outdated(built_in)))
            .map(|(id, _)| id.as_str())
    }

    /// A fee with every layer applied; `None` if no layer has it.
    #[must_use]
    pub fn fee(&self, name: &str) -> Option<Fee> {
        layered(self.fees.get(name), self.team_fees.get(name))
    }

    /// Every fee with every layer applied, by name; also those that are switched off.
    #[must_use]
    pub fn all_fees(&self) -> BTreeMap<&str, Fee> {
        if self.fees.is_empty() && self.team_fees.is_empty() {
            return BTreeMap::new();
        }
        let names = self.fees.keys().chain(self.team_fees.keys());
        names.filter_map(|name| Some((name.as_str(), self.fee(name)?))).collect()
    }

    /// A named risk with every layer applied; `None` if no layer has it.
    #[must_use]
    pub fn risk(&self, key: &str) -> Option<NamedRisk> {
        layered(self.risks.get(key), self.team_risks.get(key))
    }

    /// Every named risk with every layer applied, by key; also those that are switched off.
    #[must_use]
    pub fn all_risks(&self) -> BTreeMap<&str, NamedRisk> {
        let keys = self.risks.keys().chain(self.team_risks.keys());
        keys.filter_map(|key| Some((key.as_str(), self.risk(key)?))).collect()
    }

    /// The prices in force for a model: pinned ones first.
    #[must_use]
    pub fn card<'a>(&'a self, model: &'a Model) -> &'a TokenCard {
        // Most projects pin one or two cards: comparing without building the id avoids an allocation.
        let pinned = self.pins.iter().find(|(id, _)| id.strip_prefix("openai/") == Some(model.id.as_str()));
        pinned.map_or(&model.card, |(_, card)| card)
    }
}

/// The project's own part of something on top of what its team files say.
fn layered<T: Keyed>(own: Option<&T>, team: Option<&T>) -> Option<T> {
    match (own, team) {
        (Some(own), Some(team)) => Some(own.clone().over(team)),
        (own, team) => own.or(team).cloned(),
    }
}
