//! Fees: money beyond the images, like retouching or a chat model's tokens, in the layers that say it.

use crate::cost::base::count::PLACES;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::budget::keyed::Keyed;
use std::collections::BTreeSet;

/// What a fee is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Per {
    /// Once.
    Project,
    /// Each month of the work.
    Month,
    /// Each deliverable with finals.
    Deliverable,
    /// Each final, those of every repetition.
    Final,
    /// Each image of the final stage: an expected number.
    Image,
    /// Each call of the final stage: an expected number.
    Call,
}

impl Per {
    /// Every unit.
    pub const ALL: [Per; 6] = [Per::Project, Per::Month, Per::Deliverable, Per::Final, Per::Image, Per::Call];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["project", "month", "deliverable", "final", "image", "call"][self as usize]
    }

    /// The unit of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Per> {
        Per::ALL.into_iter().find(|per| per.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether it belongs to the project as a whole and to no deliverable.
    #[must_use]
    pub fn is_of_project(self) -> bool {
        matches!(self, Per::Project | Per::Month)
    }

    /// Whether a key of a fee has no effect beside this unit: a fee of the whole project concerns no deliverable.
    #[must_use]
    pub fn ignores(self, key: FeeKey) -> bool {
        match key {
            FeeKey::Deliverables => self.is_of_project(),
            FeeKey::Amount | FeeKey::Per | FeeKey::Note | FeeKey::Off => false,
        }
    }

    /// Whether the deliverable's buffer is computed on it too: it grows with the images that turn out to be needed.
    #[must_use]
    pub fn bears_buffer(self) -> bool {
        matches!(self, Per::Final | Per::Image | Per::Call)
    }
}

/// An amount of money for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// Not below 0.
    pub amount: Decimal,
    /// The currency if one is named; else the project's.
    pub currency: Option<Currency>,
}

impl Charge {
    /// The amount in USD, a quotient that does not end rounded once to 18 decimals, half to even; `None` if there is no rate
    /// for its currency.
    #[must_use]
    pub fn to_usd(self, shown: &Shown) -> Option<Decimal> {
        let currency = self.currency.unwrap_or(shown.currency);
        if currency == Currency::USD {
            return Some(self.amount);
        }
        let rate = shown.exchange.as_ref().filter(|_| currency == shown.currency)?.rate;
        let usd = Fraction::of(self.amount, rate)?;
        usd.exact().or_else(|| usd.to_places(PLACES)).map(|usd| usd.normalize())
    }
}

/// A key of a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeeKey {
    /// What one unit costs.
    Amount,
    /// The unit.
    Per,
    /// The deliverables that it is charged for.
    Deliverables,
    /// A note.
    Note,
    /// Whether it is switched off.
    Off,
}

impl FeeKey {
    /// Every key, in the order that people write them.
    pub const ALL: [FeeKey; 5] = [FeeKey::Amount, FeeKey::Per, FeeKey::Deliverables, FeeKey::Note, FeeKey::Off];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["amount", "per", "deliverables", "note", "off"][self as usize]
    }

    /// The key of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<FeeKey> {
        FeeKey::ALL.into_iter().find(|key| key.name() == name)
    }
}

/// What one layer says of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fee {
    /// What one unit costs.
    pub amount: Option<Charge>,
    /// The unit.
    pub per: Option<Per>,
    /// The keys of the deliverables that it is charged for; all if no layer says any.
    pub deliverables: Option<Vec<String>>,
    /// A note.
    pub note: Option<String>,
    /// Whether it is switched off.
    pub off: Option<bool>,
    /// Keys that are written but unreadable: no other layer's value may replace them.
    pub unreadable: BTreeSet<FeeKey>,
}

impl Keyed for Fee {
    type Key = FeeKey;

    const KEYS: &'static [FeeKey] = &FeeKey::ALL;

    fn key_name(key: FeeKey) -> &'static str {
        key.name()
    }

    fn has_value(&self, key: FeeKey) -> bool {
        match key {
            FeeKey::Amount => self.amount.is_some(),
            FeeKey::Per => self.per.is_some(),
            FeeKey::Deliverables => self.deliverables.is_some(),
            FeeKey::Note => self.note.is_some(),
            FeeKey::Off => self.off.is_some(),
        }
    }

    fn put_value(&mut self, key: FeeKey, from: &Fee) {
        match key {
            FeeKey::Amount => self.amount = from.amount,
            FeeKey::Per => self.per = from.per,
            FeeKey::Deliverables => self.deliverables.clone_from(&from.deliverables),
            FeeKey::Note => self.note.clone_from(&from.note),
            FeeKey::Off => self.off = from.off,
        }
    }

    fn unreadable(&self) -> &BTreeSet<FeeKey> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut BTreeSet<FeeKey> {
        &mut self.unreadable
    }

    fn switched_on() -> (FeeKey, Fee) {
        (FeeKey::Off, Fee { off: Some(false), ..Fee::default() })
    }
}

impl Fee {
    /// Whether it has a list of deliverables with nothing in it.
    #[must_use]
    pub fn names_none(&self) -> bool {
        self.deliverables.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it counts. One that cannot be read as on or off counts: it must not silently cost nothing.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.off != Some(true)
    }
}
