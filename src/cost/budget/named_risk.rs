//! Named risks: what the retry factors do not know, such as another round of feedback, in the layers that say it.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::fee::Charge;
use crate::cost::budget::keyed::Keyed;
use std::collections::BTreeSet;

/// How much: a number, or three, which count as exactly these three with 30, 40 and 30 percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Points<T> {
    /// A number.
    One(T),
    /// Three numbers in their order.
    Range {
        /// The least, with 30 %.
        low: T,
        /// The likeliest, with 40 %.
        likely: T,
        /// The most, with 30 %.
        high: T,
    },
}

impl<T: Copy + PartialOrd> Points<T> {
    /// A range; `None` if the numbers are out of order.
    #[must_use]
    pub fn range(low: T, likely: T, high: T) -> Option<Points<T>> {
        (low <= likely && likely <= high).then_some(Points::Range { low, likely, high })
    }

    /// The numbers, one or three.
    #[must_use]
    pub fn all(self) -> Vec<T> {
        match self {
            Points::One(number) => vec![number],
            Points::Range { low, likely, high } => vec![low, likely, high],
        }
    }
}

/// What a named risk costs if it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskAmount {
    /// Not below 0.
    pub points: Points<Decimal>,
    /// The currency if one is named; else the project's.
    pub currency: Option<Currency>,
}

impl RiskAmount {
    /// The amounts as charges, one or three.
    #[must_use]
    pub fn charges(self) -> Vec<Charge> {
        self.points.all().into_iter().map(|amount| Charge { amount, currency: self.currency }).collect()
    }
}

/// A key of a named risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RiskKey {
    /// The display name.
    Name,
    /// How likely it is.
    Chance,
    /// The extra finals that it brings.
    Finals,
    /// The deliverable of those finals.
    Deliverable,
    /// The money that it costs.
    Amount,
    /// A note.
    Note,
    /// Whether it is switched off.
    Off,
}

impl RiskKey {
    /// Every key, in the order that people write them.
    pub const ALL: [RiskKey; 7] = [
        RiskKey::Name,
        RiskKey::Chance,
        RiskKey::Finals,
        RiskKey::Deliverable,
        RiskKey::Amount,
        RiskKey::Note,
        RiskKey::Off,
    ];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["name", "chance", "finals", "deliverable", "amount", "note", "off"][self as usize]
    }

    /// The key of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<RiskKey> {
        RiskKey::ALL.into_iter().find(|key| key.name() == name)
    }
}

/// What one layer says of a named risk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedRisk {
    /// The display name; the key is shown if it is absent.
    pub name: Option<String>,
    /// How likely it is, in percent from 0 to 100.
    pub chance: Option<Decimal>,
    /// The extra finals that it brings.
    pub finals: Option<Points<u64>>,
    /// The key of the deliverable of those finals.
    pub deliverable: Option<String>,
    /// The money that it costs.
    pub amount: Option<RiskAmount>,
    /// A note.
    pub note: Option<String>,
    /// Whether it is switched off.
    pub off: Option<bool>,
    /// Keys that are written but unreadable: no other layer's value may replace them.
    pub unreadable: BTreeSet<RiskKey>,
}

impl NamedRisk {
    /// The display name, or the key.
    #[must_use]
    pub fn title<'a>(&'a self, key: &'a str) -> &'a str {
        self.name.as_deref().unwrap_or(key)
    }

    /// Whether it is meant to count.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.off != Some(true)
    }
}

impl Keyed for NamedRisk {
    type Key = RiskKey;

    const KEYS: &'static [RiskKey] = &RiskKey::ALL;

    fn key_name(key: RiskKey) -> &'static str {
        key.name()
    }

    fn has_value(&self, key: RiskKey) -> bool {
        match key {
            RiskKey::Name => self.name.is_some(),
            RiskKey::Chance => self.chance.is_some(),
            RiskKey::Finals => self.finals.is_some(),
            RiskKey::Deliverable => self.deliverable.is_some(),
            RiskKey::Amount => self.amount.is_some(),
            RiskKey::Note => self.note.is_some(),
            RiskKey::Off => self.off.is_some(),
        }
    }

    fn put_value(&mut self, key: RiskKey, from: &NamedRisk) {
        match key {
            RiskKey::Name => self.name.clone_from(&from.name),
            RiskKey::Chance => self.chance = from.chance,
            RiskKey::Finals => self.finals = from.finals,
            RiskKey::Deliverable => self.deliverable.clone_from(&from.deliverable),
            RiskKey::Amount => self.amount = from.amount,
            RiskKey::Note => self.note.clone_from(&from.note),
            RiskKey::Off => self.off = from.off,
        }
    }

    fn unreadable(&self) -> &BTreeSet<RiskKey> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut BTreeSet<RiskKey> {
        &mut self.unreadable
    }

    fn switched_on() -> (RiskKey, NamedRisk) {
        (RiskKey::Off, NamedRisk { off: Some(false), ..NamedRisk::default() })
    }

    fn instead(key: RiskKey) -> Option<RiskKey> {
        match key {
            RiskKey::Finals => Some(RiskKey::Amount),
            RiskKey::Amount => Some(RiskKey::Finals),
            RiskKey::Name | RiskKey::Chance | RiskKey::Deliverable | RiskKey::Note | RiskKey::Off => None,
        }
    }
}
