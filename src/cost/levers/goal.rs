//! Goal seek: how far each knob alone may go under a cap, for one deliverable and for all of them.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Confidence, Retry};
use crate::cost::base::size::Tier;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Knob, Layer, QualityChoice, Setting, SizeChoice, Value};
use crate::cost::estimate::Limit;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::trial::{Changed, Changes, Trials};
use crate::cost::levers::KeepGoing;
use crate::cost::levers::costly::costly;
use crate::cost::levers::measure::{Measure, Tried};
use crate::cost::levers::search::{Guided, Largest, largest};
use crate::cost::rates::rate_card::ServiceTier;

/// A project, and the cap that something of it is compared with.
#[derive(Clone, Copy)]
pub struct Target<'t, 'a> {
    /// The project.
    pub trials: &'t Trials<'a>,
    /// The cap.
    pub limit: Limit<'a>,
    /// What is compared with it.
    pub measure: &'t dyn Measure,
}

impl Target<'_, '_> {
    /// What is compared with the cap, with these lines changed, in USD; `None` if it is not known.
    #[must_use]
    pub fn amount(&self, changed: &Changed) -> Option<Decimal> {
        self.tried(changed, |tried| self.measure.of(tried))
    }

    /// Whether that is at or under the cap; `None` if it is not known. It may be known sooner than the amount.
    #[must_use]
    pub fn admits(&self, changed: &Changed) -> Option<bool> {
        self.tried(changed, |tried| self.measure.fits(tried, &self.limit))
    }

    /// Whether what is compared is told, with these lines changed.
    #[must_use]
    pub fn is_told(&self, changed: &Changed) -> bool {
        self.tried(changed, |tried| self.measure.is_told(tried))
    }

    fn tried<T>(&self, changed: &Changed, of: impl FnOnce(&Tried<'_, '_>) -> T) -> T {
        of(&Tried { trials: self.trials, changed, totals: &self.trials.totals(changed) })
    }

    /// Whether an amount of USD is known to be at or under the cap.
    #[must_use]
    pub fn fits(&self, amount: Option<Decimal>) -> bool {
        amount.and_then(|usd| self.limit.admits(usd)) == Some(true)
    }
}

/// Why a knob has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// Over the cap even at the least value, with this amount of USD.
    OverAt {
        /// The least or cheapest value.
        least: Value,
        /// USD with it.
        amount: Decimal,
    },
    /// Every value fits: the amount does not depend on the knob, or hardly.
    AnyFits,
    /// A deliverable has no price, or the exchange rate is missing, so nothing is known to fit.
    Unknown,
    /// No value of the knob can be had.
    NoValue,
    /// The knob is not in what is compared: a buffer is in no percentile.
    Apart,
    /// What is compared is withheld: too little is known.
    Withheld,
}

/// How far a knob may go under a cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The knob.
    pub knob: Knob,
    /// The deliverable, by its index; `None` for all of them at one value.
    pub deliverable: Option<usize>,
    /// The most that fits, or why there is none.
    pub best: Result<Value, Unmet>,
    /// USD with it.
    pub amount: Option<Decimal>,
    /// What is set where, `None` where the value is inherited then: a class of size is its class in each deliverable's shape, a
    /// retry factor of all is the project's, which they share. Empty without a value.
    pub sets: Sets,
}

impl Goal {
    /// The value as edits of the project; none without a value.
    #[must_use]
    pub fn edits(&self, budget: &Budget) -> Vec<Edit> {
        let edit = |(scope, value): &(Scope, Option<Value>)| {
            let settings = match scope {
                Scope::Assumptions => Some(&budget.assumptions),
                Scope::Line(index) => budget.lines.get(*index).map(|line| &line.settings),
            };
            let before = settings.and_then(|settings| settings.get(self.knob)).cloned();
            Edit::Knob { scope: *scope, knob: self.knob, before, after: value.clone().map(Setting::Value) }
        };
        self.sets.iter().map(edit).collect()
    }
}

/// Values of a knob, each with its place.
pub type Sets = Vec<(Scope, Option<Value>)>;

/// How the values of a knob are searched.
#[derive(Clone, Copy)]
enum Values {
    /// Numbers from the first to the second, made a value by the function, with the word for how well the factor is known.
    Numbers { least: u64, most: u64, value: fn(u64, Word) -> Value },
    /// Choices for one deliverable, the best first.
    Choices(fn(&Deliverable) -> Vec<Value>),
}

/// A knob that is searched.
struct Sought {
    knob: Knob,
    /// For one deliverable.
    one: Values,
    /// For all deliverables at one value; `None` if that means nothing.
    all: Option<Values>,
}

/// How well a factor is known, if its file has a word for it.
type Word = Option<Confidence>;

/// Decimals of a retry factor that was searched.
pub const RETRY_DECIMALS: u32 = 4;
/// Decimals of a buffer in percent that was searched.
pub const BUFFER_DECIMALS: u32 = 2;

const RETRY: Values = Values::Numbers {
    least: 10_000,
    most: 10_000_000,
    value: |n, confidence| Value::Retry(Retry::Factor { factor: decimal(n, RETRY_DECIMALS), confidence }),
};
const BUFFER: Values =
    Values::Numbers { least: 0, most: 100_000, value: |n, _| Value::Percent(decimal(n, BUFFER_DECIMALS)) };
const FINALS: Values = Values::Numbers { least: 0, most: 10_000_000, value: |n, _| Value::Count(n) };

/// Every knob with a goal.
const SOUGHT: [Sought; 6] = [
    Sought { knob: Knob::Finals, one: FINALS, all: None },
    Sought { knob: Knob::Retry, one: RETRY, all: Some(RETRY) },
    Sought { knob: Knob::Quality, one: Values::Choices(qualities), all: Some(Values::Choices(every_quality)) },
    Sought { knob: Knob::Size, one: Values::Choices(sizes), all: Some(Values::Choices(classes)) },
    Sought { knob: Knob::ServiceTier, one: Values::Choices(services), all: Some(Values::Choices(services)) },
    Sought { knob: Knob::Buffer, one: BUFFER, all: Some(BUFFER) },
];

/// The knobs that have goals, in their order.
pub fn knobs() -> impl Iterator<Item = Knob> {
    SOUGHT.iter().map(|sought| sought.knob)
}

fn decimal(number: u64, decimals: u32) -> Decimal {
    i64::try_from(number).map_or(Decimal::MAX, |number| Decimal::new(number, decimals)).normalize()
}

fn qualities(now: &Deliverable) -> Vec<Value> {
    now.model.value.qualities.iter().rev().map(|quality| Value::Quality(QualityChoice::Exact(*quality))).collect()
}

fn every_quality(_: &Deliverable) -> Vec<Value> {
    Quality::ALL.iter().rev().map(|quality| Value::Quality(QualityChoice::Exact(*quality))).collect()
}

/// Every legal size of the same ratio, the largest first. Sizes that are called experimental are left out above the present one.
fn sizes(now: &Deliverable) -> Vec<Value> {
    let Some(size) = now.exact_size(now.size.value) else { return Vec::new() };
    let rules = &now.model.value.sizes;
    let usual = rules.legal_sizes_of_shape(size);
    let mut usual: Vec<_> =
        usual.filter(|other| !rules.is_experimental(*other) || other.pixels() <= size.pixels()).collect();
    usual.sort_by_key(|other| std::cmp::Reverse(other.pixels()));
    usual.into_iter().map(|other| Value::Size(SizeChoice::Exact(other))).collect()
}

fn classes(_: &Deliverable) -> Vec<Value> {
    Tier::ALL.iter().rev().map(|tier| Value::Size(SizeChoice::Tier(*tier))).collect()
}

fn services(_: &Deliverable) -> Vec<Value> {
    [ServiceTier::Standard, ServiceTier::Batch].map(Value::Service).to_vec()
}

/// What a deliverable takes where all have one value: of a class of size that in its own shape. `None` if its model does not
/// offer the value, or calls the size experimental and it is above the present one.
fn taken(now: &Deliverable, value: &Value) -> Option<Value> {
    match value {
        Value::Size(SizeChoice::Tier(tier)) => {
            let choice = now.class(*tier)?;
            let (size, present) = (now.exact_size(choice)?, now.exact_size(now.size.value));
            let grows = present.is_none_or(|present| size.pixels() > present.pixels());
            (!grows || !now.model.value.sizes.is_experimental(size)).then_some(Value::Size(choice))
        }
        Value::Quality(QualityChoice::Exact(quality)) => {
            now.model.value.qualities.contains(quality).then(|| value.clone())
        }
        Value::Service(ServiceTier::Batch) => now.model.value.offers_batch.then(|| value.clone()),
        _ => Some(value.clone()),
    }
}

/// The goals of every knob: for each deliverable, or for `only` that one; then for all of them together. What takes a
/// distribution for each look is sought for the deliverables that cost most alone. `None` if it was stopped.
#[must_use]
pub fn goals(target: Target<'_, '_>, only: Option<usize>, going: KeepGoing<'_>) -> Option<Vec<Goal>> {
    let count = target.trials.lines().len();
    let mut asked: Vec<usize> = match only {
        Some(only) => (0..count).filter(|index| *index == only).collect(),
        None if target.measure.is_total() => (0..count).collect(),
        None => costly(target.trials),
    };
    asked.sort_unstable();
    let mut goals = Vec::new();
    for sought in &SOUGHT {
        for index in &asked {
            let asked = Asked { target, knob: sought.knob, deliverable: Some(*index), going };
            goals.push(asked.goal(sought.one)?);
        }
        if let (None, Some(values)) = (only, sought.all) {
            goals.push(Asked { target, knob: sought.knob, deliverable: None, going }.goal(values)?);
        }
    }
    Some(goals)
}

/// The goal of one knob: for a deliverable, or for all of them at one value. `None` if that has no goal, or if it was stopped.
#[must_use]
pub fn goal(target: Target<'_, '_>, knob: Knob, deliverable: Option<usize>, going: KeepGoing<'_>) -> Option<Goal> {
    let sought = SOUGHT.iter().find(|sought| sought.knob == knob)?;
    let values = if deliverable.is_some() { sought.one } else { sought.all? };
    Asked { target, knob, deliverable, going }.goal(values)
}

/// One knob of one deliverable, or of all of them.
struct Asked<'g, 't, 'a> {
    target: Target<'t, 'a>,
    knob: Knob,
    deliverable: Option<usize>,
    going: KeepGoing<'g>,
}

impl Asked<'_, '_, '_> {
    fn goal(&self, values: Values) -> Option<Goal> {
        let best = match values {
            _ if !self.target.measure.depends_on(self.knob) => Err(Unmet::Apart),
            _ if self.target.admits(&Changed::new()).is_none() => Err(Unmet::Unknown),
            _ if !self.target.is_told(&Changed::new()) => Err(Unmet::Withheld),
            Values::Numbers { least, most, value } => self.number((least, most), value)?,
            Values::Choices(choices) => self.choice(choices)?,
        };
        let sets = best.as_ref().ok().and_then(|value| self.sets(value)).unwrap_or_default();
        if sets.is_empty() {
            return Some(Goal { knob: self.knob, deliverable: self.deliverable, best, amount: None, sets });
        }
        let changed = self.changed(&sets);
        let is_told = self.target.is_told(&changed);
        let (best, sets) = if is_told { (best, sets) } else { (Err(Unmet::Withheld), Sets::new()) };
        let amount = self.target.amount(&changed).filter(|_| is_told);
        Some(Goal { knob: self.knob, deliverable: self.deliverable, best, amount, sets })
    }

    /// The word for how well the factor is known: a number in its place keeps it, as a step of the knob does, so that the doubt
    /// is the same at every number that is tried.
    fn word(&self) -> Word {
        let trials = self.target.trials;
        let of = |now: &Deliverable| match now.retry.value {
            Retry::Factor { confidence, .. } | Retry::Accepted { confidence, .. } => confidence,
            Retry::Kept { .. } | Retry::Range { .. } | Retry::Profile(_) => None,
        };
        match self.deliverable {
            Some(index) => trials.lines().get(index).and_then(|line| of(&line.deliverable)),
            None => trials.budget().resolve(None, trials.catalog()).and_then(|assumed| of(&assumed)),
        }
    }

    /// What is set where at a value; `None` if a deliverable cannot take it. Those without finals as yet have to take it too.
    fn sets(&self, value: &Value) -> Option<Sets> {
        let lines = (0..).zip(self.target.trials.lines());
        if let Some(index) = self.deliverable {
            return Some(vec![(Scope::Line(index), Some(value.clone()))]);
        }
        if self.knob == Knob::Retry {
            // One factor for all is one doubt: each with a number of its own would be wrong apart from the others.
            let own = lines.filter_map(|(at, line)| self.own_factor(at, &line.deliverable, value));
            return Some(std::iter::once((Scope::Assumptions, Some(value.clone()))).chain(own).collect());
        }
        let set = |(at, line): (usize, &LineEstimate)| Some((Scope::Line(at), Some(taken(&line.deliverable, value)?)));
        lines.map(set).collect()
    }

    /// What a deliverable needs so that it takes the project's factor: nothing if it does anyway.
    fn own_factor(&self, at: usize, now: &Deliverable, value: &Value) -> Option<(Scope, Option<Value>)> {
        let trials = self.target.trials;
        let has_own = now.retry.layer == Layer::Deliverable;
        let inherited =
            if has_own { trials.inheriting(at, Knob::Retry)?.deliverable.retry.layer } else { now.retry.layer };
        match inherited {
            Layer::Preset | Layer::Deliverable => Some((Scope::Line(at), Some(value.clone()))),
            Layer::BuiltIn | Layer::Team | Layer::Project => has_own.then_some((Scope::Line(at), None)),
        }
    }

    /// The lines with a value set.
    fn changed(&self, sets: &Sets) -> Changed {
        let mut changes = Changes::default();
        for (scope, value) in sets {
            match (scope, value) {
                (Scope::Assumptions, Some(value)) => changes.assumptions.push((self.knob, value)),
                (Scope::Assumptions, None) => {}
                (Scope::Line(index), value) => {
                    changes.lines.entry(*index).or_default().push((self.knob, value.as_ref()))
                }
            }
        }
        self.target.trials.changed(&changes)
    }

    /// The lines at a value; `None` if a deliverable cannot take it.
    fn at(&self, value: &Value) -> Option<Changed> {
        Some(self.changed(&self.sets(value)?))
    }

    fn amount(&self, value: &Value) -> Option<Decimal> {
        self.target.amount(&self.at(value)?)
    }

    /// Whether a value is known to fit; `None` if it was stopped.
    fn fits(&self, value: &Value) -> Option<bool> {
        (self.going)().then(|| self.at(value).and_then(|changed| self.target.admits(&changed)) == Some(true))
    }

    fn number(&self, (least, most): (u64, u64), value: fn(u64, Word) -> Value) -> Option<Result<Value, Unmet>> {
        let word = self.word();
        let value = |number| value(number, word);
        let fits = |number| self.fits(&value(number));
        if self.target.measure.is_total() {
            return Some(match largest(least, most, fits)? {
                Largest::Of(number) => Ok(value(number)),
                Largest::All => Err(Unmet::AnyFits),
                Largest::None => Err(self.over_at(value(least))),
            });
        }
        if !fits(least)? {
            return Some(Err(self.over_at(value(least))));
        }
        if fits(most)? {
            return Some(Err(Unmet::AnyFits));
        }
        Some(Ok(value(self.guided(&value, (least, most))?)))
    }

    /// The largest number that fits, where looking takes long: by the total before the buffer, which is soon known. `None` if it
    /// was stopped.
    fn guided(&self, value: &impl Fn(u64) -> Value, (least, most): (u64, u64)) -> Option<u64> {
        let target = self.target;
        let before_buffer = |changed: &Changed| {
            let totals = target.trials.totals(changed);
            totals.subtotal?.checked_add(totals.invoice.project_fees?)
        };
        let unchanged = Changed::new();
        let search = Guided {
            cap: target.limit.usd().unwrap_or_default(),
            known: before_buffer(&unchanged).zip(target.amount(&unchanged)).unwrap_or_default(),
            soon: |number| before_buffer(&self.at(&value(number))?),
            look: |number| {
                let amount = (self.going)().then(|| self.amount(&value(number)))?;
                Some((amount, target.fits(amount)))
            },
        };
        search.largest(least, most)
    }

    /// The first of the choices that fits.
    fn choice(&self, choices: fn(&Deliverable) -> Vec<Value>) -> Option<Result<Value, Unmet>> {
        let trials = self.target.trials;
        let Some(line) = trials.lines().get(self.deliverable.unwrap_or(0)) else {
            return Some(Err(Unmet::NoValue));
        };
        let mut least: Option<(Decimal, Value)> = None;
        for value in choices(&line.deliverable) {
            if !(self.going)() {
                return None;
            }
            let Some(changed) = self.at(&value) else { continue };
            match self.target.admits(&changed) {
                Some(true) => return Some(Ok(value)),
                Some(false) => {}
                None => continue,
            }
            let Some(total) = trials.totals(&changed).total else { continue };
            if least.as_ref().is_none_or(|(least, _)| total < *least) {
                least = Some((total, value));
            }
        }
        Some(Err(least.map_or(Unmet::NoValue, |(_, least)| self.over_at(least))))
    }

    fn over_at(&self, least: Value) -> Unmet {
        match self.amount(&least) {
            Some(amount) => Unmet::OverAt { least, amount },
            None => Unmet::NoValue,
        }
    }
}
