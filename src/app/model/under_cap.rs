//! What is under the cap: the open overlay, and the search behind it, which the runtime runs on a thread of its own.

use crate::app::model::entry::Entry;
use crate::cost::base::money::Decimal;
use crate::cost::base::wide::difference;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::{Budget, Cap, Catalog, Knob, Value};
use crate::cost::estimate;
use crate::cost::estimate::Limit;
use crate::cost::estimate::trial::{Changed, Trials};
use crate::cost::levers::KeepGoing;
use crate::cost::levers::cut::{self, Cut};
use crate::cost::levers::goal::{Goal, Target, goal};
use crate::cost::levers::moves::Move;
use crate::cost::levers::pairs::Pair;
use crate::cost::levers::sure::ComparedBy;
use crate::cost::levers::under_cap::{Ways, ways};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::sync::Arc;

/// The open overlay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnderCap {
    /// The cap's field.
    pub entry: Entry,
    /// Whether the cap is being typed.
    pub typing: bool,
    /// Why the cap was refused.
    pub refused: Option<String>,
    /// Whether the search is running.
    pub searching: bool,
    /// What the search found.
    pub found: Option<Arc<Found>>,
    /// What is held against the cap; it stays so while the overlay is open.
    pub compared: ComparedBy,
    /// The selected way, by its index.
    pub at: usize,
    /// Rows that the list is scrolled past its last way, to what follows it.
    pub past: usize,
}

/// What to search for, beside the ways under the cap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// Knobs to seek the most of: for a deliverable by its index, or for all of them at one value.
    pub goals: Vec<(Knob, Option<usize>)>,
    /// Whether the first of them is the knob in hand.
    pub in_hand: bool,
    /// What is held against the cap.
    pub compared: ComparedBy,
}

/// A goal, and the values that it would replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The goal.
    pub goal: Goal,
    /// The different values now, in the order of the deliverables.
    pub from: Vec<Value>,
    /// Whether it would change the total.
    pub changes: bool,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The cap that was searched for.
    pub cap: Cap,
    /// What was held against it.
    pub compared: ComparedBy,
    /// USD of that for the project as it is; `None` if a deliverable has no price, or it is withheld.
    pub total: Option<Decimal>,
    /// Whether it is withheld.
    pub withheld: bool,
    /// Whether the total rests on an approximate number of tokens.
    pub approximate: bool,
    /// The deliverables without a price, by index.
    pub unpriced: Vec<usize>,
    /// Moves and pairs of moves that get there.
    pub ways: Ways,
    /// The most of some knobs.
    pub aims: Vec<Aim>,
    /// Whether the first of them is the knob in hand.
    pub in_hand: bool,
    /// How far down the list of deliverables the cap reaches.
    pub cut: Cut,
}

/// One way that can be applied.
#[derive(Debug, Clone, Copy)]
pub enum Way<'f> {
    /// A single move.
    Move(&'f Move),
    /// Two moves.
    Pair(&'f Pair),
    /// The most of a knob.
    Aim(&'f Aim),
}

impl Search {
    /// Searches a project. `None` if it was stopped, or the project has no cap that its total can be compared with.
    #[must_use]
    pub fn run(&self, budget: &Budget, catalog: &Catalog, today: Date, going: KeepGoing<'_>) -> Option<Found> {
        let cap = budget.cap()?;
        let limit = Limit::of(&budget.shown, cap).ok()?;
        let estimate = estimate(budget, catalog, today);
        let trials = Trials::new(budget, catalog, &estimate);
        let measure = self.compared.measure();
        let target = Target { trials: &trials, limit, measure: &*measure };
        let now = target.amount(&Changed::new());
        let total = now.filter(|_| target.is_told(&Changed::new()));
        let mut aims = Vec::new();
        for (knob, deliverable) in &self.goals {
            match goal(target, *knob, *deliverable, going) {
                Some(goal) => aims.push(Aim::of(goal, &trials, total)),
                None if !going() => return None,
                // All deliverables at one number of finals is no goal.
                None => {}
            }
        }
        Some(Found {
            cap,
            compared: self.compared,
            total,
            withheld: now.is_some() && total.is_none(),
            approximate: trials.before().approximate,
            unpriced: trials.unpriced().iter().copied().collect(),
            ways: mildest_first(ways(target, None, going)?),
            in_hand: self.in_hand && !aims.is_empty(),
            aims,
            cut: cut::line(target, going)?,
        })
    }
}

/// The ways, the smallest saving that is enough first: whoever takes the first one changes no more than is needed. Those that
/// need fewer tries come last: a person decides on a size, but can only hope for tries.
fn mildest_first(mut ways: Ways) -> Ways {
    let hopes = |one: &Move| one.knob == Knob::Retry;
    ways.single.sort_by_key(|one| (hopes(one), one.saving()));
    ways.pairs.sort_by_key(|pair| (pair.moves.iter().any(hopes), Reverse(pair.figures().1)));
    ways
}

impl Aim {
    fn of(goal: Goal, trials: &Trials<'_>, total: Option<Decimal>) -> Aim {
        let mut from = Vec::new();
        let own = (0..).zip(trials.lines()).filter(|(at, _)| goal.deliverable.is_none_or(|only| only == *at));
        for (_, line) in own {
            let value = line.deliverable.get(goal.knob).map(|from| from.value);
            from.extend(value.filter(|value| !from.contains(value)));
        }
        let same = matches!((&goal.best, from.as_slice()), (Ok(best), [now]) if best == now);
        let changes = goal.best.is_ok() && !same && goal.amount != total;
        Aim { goal, from, changes }
    }
}

impl Found {
    /// What can be applied, in the order of the list: moves, pairs, then the most of a knob.
    pub fn list(&self) -> impl Iterator<Item = Way<'_>> {
        let single = self.ways.single.iter().map(Way::Move);
        let pairs = self.ways.pairs.iter().map(Way::Pair);
        single.chain(pairs).chain(self.aims.iter().filter(|aim| aim.changes).map(Way::Aim))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ways.single.len() + self.ways.pairs.len() + self.aims.iter().filter(|aim| aim.changes).count()
    }
}

impl Way<'_> {
    /// Its edits of the project, which are one step.
    #[must_use]
    pub fn edits(&self, budget: &Budget) -> Vec<Edit> {
        match self {
            Way::Move(one) => one.edits(budget),
            Way::Pair(pair) => pair.moves.iter().flat_map(|one| one.edits(budget)).collect(),
            Way::Aim(aim) => aim.goal.edits(budget),
        }
    }

    /// USD after it of what is held against the cap.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        match self {
            Way::Move(one) => one.figures().0,
            Way::Pair(pair) => pair.figures().0,
            Way::Aim(aim) => aim.goal.amount,
        }
    }

    /// Whether the total after it rests on an approximate number of tokens; `now`: whether the present one does.
    #[must_use]
    pub fn is_approximate(&self, now: bool) -> bool {
        match self {
            Way::Move(one) => one.approximate,
            Way::Pair(pair) => pair.approximate,
            Way::Aim(_) => now,
        }
    }

    /// USD by which it changes what is held against the cap; `total`: that without it.
    #[must_use]
    pub fn swing(&self, total: Option<Decimal>) -> Option<Decimal> {
        match self {
            Way::Move(one) => one.figures().1,
            Way::Pair(pair) => pair.figures().1,
            Way::Aim(aim) => difference(aim.goal.amount?, total?).ok(),
        }
    }
}
