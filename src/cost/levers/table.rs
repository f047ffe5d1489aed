//! The levers, one row each: which knob, and how far it is moved.

use crate::cost::base::size::Size;
use crate::cost::budget::knob::{Knob, Scope};
use crate::cost::budget::knob_text::step;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Catalog, QualityChoice, SizeChoice, Value};
use crate::cost::estimate::advisor;
use crate::cost::rates::rate_card::Status;

/// One lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lever {
    /// The knob that it moves.
    pub knob: Knob,
    /// Moves in steps of the knob, both ways.
    steps: &'static [i32],
    /// Longer moves down, which count under a cap only.
    further: &'static [i32],
    /// A move that is no number of steps.
    special: Special,
}

/// Moves that are no number of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Special {
    None,
    /// To the cheapest legal size of the same ratio.
    CheapestSize,
    /// To every other model that is available.
    Models,
    /// To half as many.
    Half,
    /// Off where it is on, and on, with one, where it is off: two moves, since they do opposite things.
    OnOff,
}

/// How far a lever is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Steps of the knob.
    By(i32),
    /// The cheapest legal size of the same ratio.
    CheapestSize,
    /// This model.
    Model(&'a str),
    /// Half as many.
    Half,
    /// None, where there are some.
    Off,
    /// One, where there are none.
    On,
}

/// How far the moves of a list may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One step each way, for a comparison of levers.
    Near,
    /// Also further down, for getting under a cap.
    Far,
}

/// Every lever, in the order of the panes. Steps of a knob: 0.1 tries, 5 points of the cached share, 1 point of the buffer.
pub const TABLE: [Lever; 13] = [
    lever(Knob::Size, &[-1, 1], &[-2], Special::CheapestSize),
    lever(Knob::Quality, &[-1, 1], &[-2, -3, -4], Special::None),
    lever(Knob::Model, &[], &[], Special::Models),
    lever(Knob::ServiceTier, &[-1, 1], &[], Special::None),
    lever(Knob::References, &[-1, 1], &[], Special::None),
    lever(Knob::PromptTokens, &[], &[], Special::Half),
    lever(Knob::CachedInput, &[-5, 5], &[], Special::None),
    lever(Knob::Finals, &[-1, 1], &[], Special::None),
    lever(Knob::Drafts, &[], &[], Special::OnOff),
    lever(Knob::Retry, &[-5, 5], &[-10], Special::None),
    lever(Knob::ImagesPerCall, &[-1, 1], &[], Special::None),
    lever(Knob::Pick, &[-1, 1], &[], Special::None),
    lever(Knob::Buffer, &[-5, 5], &[-10], Special::None),
];

const fn lever(knob: Knob, steps: &'static [i32], further: &'static [i32], special: Special) -> Lever {
    Lever { knob, steps, further, special }
}

impl Lever {
    /// Whether the assumptions can hold its value, for all deliverables that inherit it.
    #[must_use]
    pub fn can_be_shared(&self) -> bool {
        self.knob.row().scope == Scope::Both
    }

    /// Its moves, each with its length: 1 for a move of the table's first column, 2 for the next further one.
    pub fn moves<'a>(&self, reach: Reach, catalog: &'a Catalog) -> Vec<(Step<'a>, u32)> {
        let mut moves: Vec<(Step<'_>, u32)> = self.steps.iter().map(|by| (Step::By(*by), 1)).collect();
        if reach == Reach::Far {
            moves.extend((2..).zip(self.further).map(|(length, by)| (Step::By(*by), length)));
        }
        match self.special {
            Special::None => {}
            Special::CheapestSize => moves.push((Step::CheapestSize, 1)),
            Special::Half => moves.push((Step::Half, 1)),
            Special::OnOff => moves.extend([(Step::Off, 1), (Step::On, 1)]),
            Special::Models => {
                let available = catalog.models.iter().filter(|model| model.status == Status::Active);
                moves.extend(available.map(|model| (Step::Model(&model.id), 1)));
            }
        }
        moves
    }
}

/// The value after a move; `None` if the knob stays where it is.
#[must_use]
pub fn moved(knob: Knob, by: Step<'_>, now: &Deliverable, budget: &Budget, catalog: &Catalog) -> Option<Value> {
    let value = match by {
        Step::By(steps) => step(knob, now, None, catalog, steps)?,
        Step::Model(name) => Value::Word(name.to_owned()),
        Step::CheapestSize => Value::Size(SizeChoice::Exact(cheapest_size(now, budget)?)),
        Step::Half => match now.get(knob)?.value {
            Value::Count(count) => Value::Count(count / 2),
            _ => return None,
        },
        Step::Off if has_some(knob, now) => Value::Count(0),
        Step::On if !has_some(knob, now) => Value::Count(1),
        Step::Off | Step::On => return None,
    };
    let differs = match (&value, now.get(knob).map(|from| from.value)) {
        // A size class and its size in pixels draw the same image.
        (Value::Size(to), Some(Value::Size(from))) => now.exact_size(*to) != now.exact_size(from),
        // A share that is accepted and a number of tries may be the same factor.
        (Value::Retry(to), Some(_)) => budget.factor(to, catalog) != now.factor,
        (to, from) => from.as_ref() != Some(to),
    };
    differs.then_some(value)
}

fn has_some(knob: Knob, now: &Deliverable) -> bool {
    now.get(knob).is_some_and(|from| from.value != Value::Count(0))
}

fn cheapest_size(now: &Deliverable, budget: &Budget) -> Option<Size> {
    let QualityChoice::Exact(quality) = now.quality.value else { return None };
    let model = &now.model.value;
    let rate = advisor::output_rate(budget, model, now.service.value);
    let size = now.exact_size(now.size.value)?;
    advisor::cheaper(model, size, quality, rate).first().map(|cheaper| cheaper.size)
}
