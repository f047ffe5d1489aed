//! Scenarios: named sets of changes to a project, each patching the layer that it names; and the baseline that others are
//! compared with.
//!
//! Only the values: `cost::scenario` applies them.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::fee::{Fee, FeeKey};
use crate::cost::budget::keyed::Keyed;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::line::Line;
use crate::cost::budget::named_risk::{NamedRisk, RiskKey};
use crate::cost::budget::settings::Settings;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A named set of changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scenario {
    /// The display name; the key is shown if it is absent.
    pub name: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// What it changes.
    pub changes: Changes,
    /// What the changed values were when it was written, so that a base that moved since is noticed.
    pub was: Changes,
}

impl Scenario {
    /// The display name, or the key.
    #[must_use]
    pub fn title<'a>(&'a self, key: &'a str) -> &'a str {
        self.name.as_deref().unwrap_or(key)
    }

    /// Whether nothing in it is there without saying anything.
    #[must_use]
    pub fn is_pruned(&self) -> bool {
        [&self.changes, &self.was].into_iter().all(Changes::is_pruned)
    }

    /// Drops what says nothing: no file can hold it.
    pub fn prune(&mut self) {
        [&mut self.changes, &mut self.was].into_iter().for_each(Changes::prune);
    }
}

/// Values by the layer that they belong to, like a budget's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Of the assumptions.
    pub assumptions: Settings,
    /// Of deliverables, by key.
    pub lines: BTreeMap<String, LinePatch>,
    /// Of fees, by name.
    pub fees: BTreeMap<String, Fee>,
    /// Of named risks, by key.
    pub risks: BTreeMap<String, NamedRisk>,
}

/// What a scenario changes in one deliverable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinePatch {
    /// Whether it takes the deliverable out.
    pub remove: Option<bool>,
    /// The values that it sets; the others stay. Its key is that of the deliverable.
    pub line: Line,
}

impl LinePatch {
    /// A patch of the deliverable with this key that changes nothing.
    #[must_use]
    pub fn of(key: &str) -> LinePatch {
        LinePatch { remove: None, line: Line { key: key.to_owned(), ..Line::default() } }
    }

    /// Whether it takes the deliverable out.
    #[must_use]
    pub fn removes(&self) -> bool {
        self.remove == Some(true)
    }
}

/// The path of one change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangePath {
    /// `assumptions.KNOB`.
    Assumption(Knob),
    /// `deliverable.KEY.FIELD`.
    Line(String, LineField),
    /// `fee.NAME.FIELD`.
    Fee(String, FeeKey),
    /// `risk.NAME.FIELD`.
    Risk(String, RiskKey),
}

/// A field of a deliverable that a scenario may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineField {
    /// Whether the deliverable is part of the project: taken out, or added.
    Exists,
    /// The display name.
    Name,
    /// The order on screen.
    Position,
    /// A knob.
    Knob(Knob),
    /// The note.
    Note,
}

impl Changes {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.assumptions.is_empty() && self.lines.is_empty() && self.fees.is_empty() && self.risks.is_empty()
    }

    fn is_pruned(&self) -> bool {
        let says = |patch: &LinePatch| !patch.fields().is_empty();
        self.lines.values().all(says)
            && !self.fees.values().any(Keyed::is_empty)
            && !self.risks.values().any(Keyed::is_empty)
    }

    fn prune(&mut self) {
        self.lines.retain(|_, patch| !patch.fields().is_empty());
        self.fees.retain(|_, fee| !fee.is_empty());
        self.risks.retain(|_, risk| !risk.is_empty());
    }

    /// Whether a deliverable is taken out.
    #[must_use]
    pub fn removes(&self, key: &str) -> bool {
        self.lines.get(key).is_some_and(LinePatch::removes)
    }

    /// The path of every change that has an effect: what is said of a deliverable that is taken out has none.
    #[must_use]
    pub fn effective_paths(&self) -> Vec<ChangePath> {
        let idle = |path: &ChangePath| match path {
            ChangePath::Line(_, LineField::Exists) => false,
            ChangePath::Line(key, _) => self.removes(key),
            ChangePath::Assumption(_) | ChangePath::Fee(..) | ChangePath::Risk(..) => false,
        };
        self.paths().into_iter().filter(|path| !idle(path)).collect()
    }

    /// The path of every change, in the order of the layers.
    #[must_use]
    pub fn paths(&self) -> Vec<ChangePath> {
        let assumed = self.assumptions.iter().map(|(knob, _)| ChangePath::Assumption(knob));
        let lines = self
            .lines
            .iter()
            .flat_map(|(key, patch)| patch.fields().into_iter().map(|field| ChangePath::Line(key.clone(), field)));
        let fees = paths_below(&self.fees, ChangePath::Fee);
        let risks = paths_below(&self.risks, ChangePath::Risk);
        assumed.chain(lines).chain(fees).chain(risks).collect()
    }

    /// Whether they say something at a path.
    #[must_use]
    pub fn says(&self, path: &ChangePath) -> bool {
        !self.same_at(path, &Changes::default())
    }

    /// Whether other changes say the same at a path.
    #[must_use]
    pub fn same_at(&self, path: &ChangePath, other: &Changes) -> bool {
        match path {
            ChangePath::Assumption(knob) => self.assumptions.get(*knob) == other.assumptions.get(*knob),
            ChangePath::Line(key, field) => {
                let nothing = LinePatch::of(key);
                let [own, other] = [self, other].map(|changes| changes.lines.get(key).unwrap_or(&nothing));
                own.same_at(*field, other)
            }
            ChangePath::Fee(name, key) => same_below(&self.fees, &other.fees, name, *key),
            ChangePath::Risk(name, key) => same_below(&self.risks, &other.risks, name, *key),
        }
    }

    /// Takes the value at a path from other changes; with nothing there, this change is dropped.
    pub fn take(&mut self, path: &ChangePath, from: &Changes) {
        match path {
            ChangePath::Assumption(knob) => {
                self.assumptions.put(*knob, from.assumptions.get(*knob).cloned());
            }
            ChangePath::Line(key, field) => {
                let nothing = LinePatch::of(key);
                let patch = self.lines.entry(key.clone()).or_insert_with(|| nothing.clone());
                patch.take(*field, from.lines.get(key).unwrap_or(&nothing));
                if *patch == nothing {
                    self.lines.remove(key);
                }
            }
            ChangePath::Fee(name, key) => take_below(&mut self.fees, &from.fees, name, *key),
            ChangePath::Risk(name, key) => take_below(&mut self.risks, &from.risks, name, *key),
        }
    }
}

/// The path of every key that is said of fees or risks.
fn paths_below<T: Keyed>(
    all: &BTreeMap<String, T>,
    path: fn(String, T::Key) -> ChangePath,
) -> impl Iterator<Item = ChangePath> {
    all.iter().flat_map(move |(name, said)| {
        let keys = T::KEYS.iter().copied().filter(|key| said.says(*key));
        keys.map(move |key| path(name.clone(), key))
    })
}

fn same_below<T: Keyed>(own: &BTreeMap<String, T>, other: &BTreeMap<String, T>, name: &str, key: T::Key) -> bool {
    let nothing = T::default();
    let [own, other] = [own, other].map(|all| all.get(name).unwrap_or(&nothing));
    own.same_at(key, other)
}

fn take_below<T: Keyed>(own: &mut BTreeMap<String, T>, from: &BTreeMap<String, T>, name: &str, key: T::Key) {
    let said = own.entry(name.to_owned()).or_default();
    said.take(key, from.get(name).unwrap_or(&T::default()));
    if said.is_empty() {
        own.remove(name);
    }
}

impl LinePatch {
    fn same_at(&self, field: LineField, other: &LinePatch) -> bool {
        let (own, theirs) = (&self.line, &other.line);
        match field {
            LineField::Exists => self.remove == other.remove,
            LineField::Name => own.name == theirs.name,
            LineField::Position => own.position == theirs.position,
            LineField::Knob(knob) => own.settings.get(knob) == theirs.settings.get(knob),
            LineField::Note => own.note == theirs.note,
        }
    }

    fn take(&mut self, field: LineField, from: &LinePatch) {
        match field {
            LineField::Exists => self.remove = from.remove,
            LineField::Name => self.line.name.clone_from(&from.line.name),
            LineField::Position => self.line.position = from.line.position,
            LineField::Knob(knob) => drop(self.line.settings.put(knob, from.line.settings.get(knob).cloned())),
            LineField::Note => self.line.note.clone_from(&from.line.note),
        }
    }

    /// The fields that it says something of.
    #[must_use]
    pub fn fields(&self) -> Vec<LineField> {
        let Line { key: _, name, position, note, settings } = &self.line;
        let name = name.is_some().then_some(LineField::Name);
        let position = position.is_some().then_some(LineField::Position);
        let knobs = settings.iter().map(|(knob, _)| LineField::Knob(knob));
        let note = note.is_some().then_some(LineField::Note);
        let exists = self.remove.is_some().then_some(LineField::Exists);
        exists.into_iter().chain(name).chain(position).chain(knobs).chain(note).collect()
    }
}

/// What other scenarios are compared with, and the total that was locked on a day; all absent if the file has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    /// The scenario that others are compared with; `None` for the project itself.
    pub scenario: Option<String>,
    /// The last total when it was locked, in `currency`.
    pub total: Option<Decimal>,
    /// The subtotal before the buffer at that time, in `currency`.
    pub mean: Option<Decimal>,
    /// The currency of the amounts; the project's if absent.
    pub currency: Option<Currency>,
    /// The day of the lock.
    pub on: Option<Date>,
    /// The date of the prices that were used.
    pub prices: Option<Date>,
    /// The total of each deliverable at that time, in `currency`.
    pub lines: BTreeMap<String, Decimal>,
}
