//! Goal seek: how far each knob alone may go under a cap, for one deliverable and for all of them.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::base::size::Tier;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Knob, QualityChoice, Setting, SizeChoice, Value};
use crate::cost::estimate::Limit;
use crate::cost::estimate::trial::{Changed, Trials};
use crate::cost::levers::KeepGoing;
use crate::cost::levers::measure::{Measure, Tried};
use crate::cost::levers::search::{Largest, largest};
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
        let totals = self.trials.totals(changed);
        self.measure.of(&Tried { trials: self.trials, changed, totals: &totals })
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
    /// What each deliverable takes, by its index: a class of size is its class in that deliverable's shape. Empty without a
    /// value.
    pub sets: Vec<(usize, Value)>,
}

impl Goal {
    /// The value as edits of the project; none without a value.
    #[must_use]
    pub fn edits(&self, budget: &Budget) -> Vec<Edit> {
        let edit = |(index, value): &(usize, Value)| Edit::Knob {
            scope: Scope::Line(*index),
            knob: self.knob,
            before: budget.lines.get(*index).and_then(|line| line.settings.get(self.knob)).cloned(),
            after: Some(Setting::Value(value.clone())),
        };
        self.sets.iter().map(edit).collect()
    }
}

/// How the values of a knob are searched.
#[derive(Clone, Copy)]
enum Values {
    /// Numbers from the first to the second, with this many decimals, made a value by the function.
    Numbers { least: u64, most: u64, value: fn(u64) -> Value },
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

/// Decimals of a retry factor that was searched.
pub const RETRY_DECIMALS: u32 = 4;
/// Decimals of a buffer in percent that was searched.
pub const BUFFER_DECIMALS: u32 = 2;

const RETRY: Values = Values::Numbers {
    least: 10_000,
    most: 10_000_000,
    value: |n| Value::Retry(Retry::plain(decimal(n, RETRY_DECIMALS))),
};
const BUFFER: Values =
    Values::Numbers { least: 0, most: 100_000, value: |n| Value::Percent(decimal(n, BUFFER_DECIMALS)) };
const FINALS: Values = Values::Numbers { least: 0, most: 10_000_000, value: Value::Count };

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

/// The goals of every knob: for each deliverable, or for `only` that one; then for all of them together. `None` if it was
/// stopped.
#[must_use]
pub fn goals(target: Target<'_, '_>, only: Option<usize>, going: KeepGoing<'_>) -> Option<Vec<Goal>> {
    let mut goals = Vec::new();
    for sought in &SOUGHT {
        for index in (0..target.trials.lines().len()).filter(|index| only.is_none_or(|only| only == *index)) {
            let asked = Asked { target, knob: sought.knob, deliverable: Some(index), going };
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
        let known = self.target.amount(&Changed::new()).and_then(|usd| self.target.limit.admits(usd)).is_some();
        let best = match values {
            _ if !known => Err(Unmet::Unknown),
            Values::Numbers { least, most, value } => self.number(least, most, value)?,
            Values::Choices(choices) => self.choice(choices)?,
        };
        let amount = best.as_ref().ok().and_then(|value| self.amount(value));
        let sets = best.as_ref().ok().and_then(|value| self.sets(value)).unwrap_or_default();
        Some(Goal { knob: self.knob, deliverable: self.deliverable, best, amount, sets })
    }

    /// What each deliverable takes at a value; `None` if one of them cannot take it. Those without finals as yet have to take it
    /// too.
    fn sets(&self, value: &Value) -> Option<Vec<(usize, Value)>> {
        let lines = self.target.trials.lines();
        match self.deliverable {
            Some(index) => Some(vec![(index, value.clone())]),
            None => (0..).zip(lines).map(|(at, line)| Some((at, taken(&line.deliverable, value)?))).collect(),
        }
    }

    /// The amount with a value.
    fn amount(&self, value: &Value) -> Option<Decimal> {
        let sets = self.sets(value)?;
        let line =
            |(index, value): &(usize, Value)| Some((*index, self.target.trials.line(*index, &[(self.knob, value)])?));
        self.target.amount(&sets.iter().filter_map(line).collect())
    }

    fn number(&self, least: u64, most: u64, value: fn(u64) -> Value) -> Option<Result<Value, Unmet>> {
        let fits = |number| (self.going)().then(|| self.target.fits(self.amount(&value(number))));
        Some(match largest(least, most, fits)? {
            Largest::Of(number) => Ok(value(number)),
            Largest::All => Err(Unmet::AnyFits),
            Largest::None => Err(self.over_at(value(least))),
        })
    }

    /// The first of the choices that fits.
    fn choice(&self, choices: fn(&Deliverable) -> Vec<Value>) -> Option<Result<Value, Unmet>> {
        let Some(line) = self.target.trials.lines().get(self.deliverable.unwrap_or(0)) else {
            return Some(Err(Unmet::NoValue));
        };
        let mut least: Option<(Decimal, Value)> = None;
        for value in choices(&line.deliverable) {
            if !(self.going)() {
                return None;
            }
            let Some(amount) = self.amount(&value) else { continue };
            if self.target.fits(Some(amount)) {
                return Some(Ok(value));
            }
            if least.as_ref().is_none_or(|(least, _)| amount < *least) {
                least = Some((amount, value));
            }
        }
        Some(Err(least.map_or(Unmet::NoValue, |(amount, least)| Unmet::OverAt { least, amount })))
    }

    fn over_at(&self, least: Value) -> Unmet {
        match self.amount(&least) {
            Some(amount) => Unmet::OverAt { least, amount },
            None => Unmet::NoValue,
        }
    }
}
