//! Every move of every lever with its swing: for one deliverable, for all that share the value, and for the whole project.

use crate::cost::base::level::Level;
use crate::cost::base::limits::MEASURED_MOVES_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::base::wide::difference;
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::knob_text;
use crate::cost::budget::{Budget, Knob, Setting, Value};
use crate::cost::estimate::Totals;
use crate::cost::estimate::issue::IssueCode;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::trial::{Changed, Changes, Trials};
use crate::cost::levers::KeepGoing;
use crate::cost::levers::measure::{Measure, Tried};
use crate::cost::levers::table::{Lever, Reach, Step, TABLE, moved};
use std::cmp::Reverse;

/// For which deliverables a lever is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// One deliverable, by its index.
    One(usize),
    /// All that inherit the value: one change, of the assumptions.
    Shared,
    /// All that can move, each from its own value.
    Project,
}

/// A lever moved, and what that does to the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The knob.
    pub knob: Knob,
    /// For which deliverables.
    pub extent: Extent,
    /// 1 for the usual move, 2 and more for longer ones of the same lever.
    pub length: u32,
    /// The values before, in the order of the deliverables; each different pair of before and after once.
    pub from: Vec<Value>,
    /// The values after: as many as before, each that of the value before at its place.
    pub to: Vec<Value>,
    /// The deliverables that it changes, by index.
    pub deliverables: Vec<usize>,
    /// What it sets where.
    pub sets: Vec<(Scope, Value)>,
    /// USD of the project after it; `None` if a deliverable has no price.
    pub total: Option<Decimal>,
    /// USD by which the total changes, never 0; `None` if the price after the move is not published.
    pub swing: Option<Decimal>,
    /// What is compared in place of the total, with what the move does to it; `None` for the total.
    pub measured: Option<Measured>,
    /// Whether a price after it rests on an approximate number of tokens.
    pub approximate: bool,
}

/// What a move does to an amount other than the total: USD of a percentile, or a chance from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The amount after it; `None` if it is not known, or withheld.
    pub after: Option<Decimal>,
    /// By how much it changes.
    pub swing: Option<Decimal>,
}

impl Measured {
    fn of(before: Option<Decimal>, after: Option<Decimal>) -> Measured {
        Measured { after, swing: after.zip(before).and_then(|(after, before)| difference(after, before).ok()) }
    }

    /// Of some lines changed.
    pub(super) fn by(target: &Reading<'_>, changed: &Changed, trials: &Trials<'_>) -> Measured {
        Measured::of(target.before, target.amount(changed, trials))
    }
}

/// What moves are compared by, where that is not the total, and what it is before any of them.
pub(super) struct Reading<'m> {
    measure: &'m dyn Measure,
    before: Option<Decimal>,
}

impl<'m> Reading<'m> {
    /// `None` for the total.
    pub(super) fn of(measure: &'m dyn Measure, trials: &Trials<'_>) -> Option<Reading<'m>> {
        let compared = Reading { measure, before: None };
        let before = |compared: Reading<'m>| Reading { before: compared.amount(&Changed::new(), trials), ..compared };
        (!measure.is_total()).then(|| before(compared))
    }

    fn amount(&self, changed: &Changed, trials: &Trials<'_>) -> Option<Decimal> {
        let tried = Tried { trials, changed, totals: &trials.totals(changed) };
        self.measure.of(&tried).filter(|_| self.measure.is_told(&tried))
    }
}

impl Move {
    /// What is compared after the move, and by how much that changes: of the total, or of what is measured in its place.
    #[must_use]
    pub fn figures(&self) -> (Option<Decimal>, Option<Decimal>) {
        self.measured.map_or((self.total, self.swing), |measured| (measured.after, measured.swing))
    }

    /// The move as edits of the project, to apply and to undo together.
    #[must_use]
    pub fn edits(&self, budget: &Budget) -> Vec<Edit> {
        let edit = |(scope, value): &(Scope, Value)| {
            let settings = match scope {
                Scope::Assumptions => Some(&budget.assumptions),
                Scope::Line(index) => budget.lines.get(*index).map(|line| &line.settings),
            };
            let before = settings.and_then(|settings| settings.get(self.knob)).cloned();
            Edit::Knob { scope: *scope, knob: self.knob, before, after: Some(Setting::Value(value.clone())) }
        };
        self.sets.iter().map(edit).collect()
    }

    /// How much it saves of what is compared; 0 if it saves nothing, or nothing that is known.
    #[must_use]
    pub fn saving(&self) -> Decimal {
        self.figures().1.map_or(Decimal::ZERO, |swing| (-swing).max(Decimal::ZERO))
    }

    /// Whether both moves change one knob of one deliverable.
    #[must_use]
    pub fn collides_with(&self, other: &Move) -> bool {
        self.knob == other.knob && self.deliverables.iter().any(|index| other.deliverables.binary_search(index).is_ok())
    }
}

/// Several moves tried together.
#[must_use]
pub fn together(moves: &[&Move], trials: &Trials<'_>) -> Changed {
    let mut changes = Changes::default();
    for one in moves {
        for (scope, value) in &one.sets {
            match scope {
                Scope::Assumptions => changes.assumptions.push((one.knob, value)),
                Scope::Line(index) => changes.lines.entry(*index).or_default().push((one.knob, Some(value))),
            }
        }
    }
    trials.changed(&changes)
}

/// Every move, by the size of its swing, then by its name; those without a known swing come last. With `only`, those of that
/// deliverable. `None` if it was stopped.
#[must_use]
pub fn all(trials: &Trials<'_>, only: Option<usize>, reach: Reach, going: KeepGoing<'_>) -> Option<Vec<Move>> {
    let mut moves = Vec::new();
    for index in 0..trials.lines().len() {
        if !going() {
            return None;
        }
        if only.is_none_or(|only| only == index) {
            each_move(trials, reach, |lever, step| one(lever, step, index, trials), &mut moves);
        }
    }
    if only.is_none() {
        for lever in &TABLE {
            if !going() {
                return None;
            }
            wide(lever, reach, trials, &mut moves);
        }
    }
    moves.sort_by_cached_key(|one| order(one, trials));
    Some(moves)
}

/// The same by what else they change: the moves with the largest swings of the total, at most [`MEASURED_MOVES_MAX`] of them, and
/// how many more there are. `None` if it was stopped.
#[must_use]
pub fn all_by(
    trials: &Trials<'_>,
    only: Option<usize>,
    measure: &dyn Measure,
    going: KeepGoing<'_>,
) -> Option<(Vec<Move>, usize)> {
    let mut moves = all(trials, only, Reach::Near, going)?;
    let Some(compared) = Reading::of(measure, trials) else { return Some((moves, 0)) };
    moves.retain(|one| measure.depends_on(one.knob));
    let more = moves.len().saturating_sub(MEASURED_MOVES_MAX);
    moves.truncate(MEASURED_MOVES_MAX);
    for one in &mut moves {
        if !going() {
            return None;
        }
        one.measured = Some(Measured::by(&compared, &together(&[one], trials), trials));
    }
    moves.retain(|one| one.figures().1.is_none_or(|swing| !swing.is_zero()));
    moves.sort_by_cached_key(|one| order(one, trials));
    Some((moves, more))
}

/// The order of a list: the largest swing first, then the lever's name, the deliverable's key and the new value.
fn order(one: &Move, trials: &Trials<'_>) -> impl Ord + use<> {
    let key = match one.extent {
        Extent::One(index) => trials.lines().get(index).map(|line| line.key.clone()).unwrap_or_default(),
        Extent::Shared | Extent::Project => String::new(),
    };
    let to = one.to.first().map(knob_text::write);
    let swing = one.figures().1;
    (swing.is_none(), Reverse(swing.map(|swing| swing.abs())), one.knob.row().name, one.extent, key, to)
}

/// Tries every move of every lever, and keeps those that are not the same as one before.
fn each_move(
    trials: &Trials<'_>,
    reach: Reach,
    mut tried: impl FnMut(&Lever, Step<'_>) -> Option<Move>,
    moves: &mut Vec<Move>,
) {
    for lever in &TABLE {
        let first = moves.len();
        for (step, length) in lever.moves(reach, trials.catalog()) {
            keep(tried(lever, step).map(|one| Move { length, ..one }), first, moves);
        }
    }
}

/// Adds a move unless one of the same lever and extent from `first` on does the same.
fn keep(found: Option<Move>, first: usize, moves: &mut Vec<Move>) {
    let Some(found) = found else { return };
    let same = |one: &Move| {
        let alike = one.to == found.to || (one.knob == Knob::Size && one.total == found.total);
        one.knob == found.knob && one.extent == found.extent && alike && one.swing == found.swing
    };
    if !moves.iter().skip(first).any(same) {
        moves.push(found);
    }
}

/// The moves of a lever for several deliverables at once.
fn wide(lever: &Lever, reach: Reach, trials: &Trials<'_>, moves: &mut Vec<Move>) {
    let first = moves.len();
    for (step, length) in lever.moves(reach, trials.catalog()) {
        let shared = if lever.can_be_shared() { shared(lever, step, trials) } else { None };
        let heirs = shared.as_ref().map_or(1, |one| one.deliverables.len());
        let project = project(lever, step, trials).filter(|one| one.deliverables.len() > heirs);
        for one in [shared, project].into_iter().flatten() {
            keep(Some(Move { length, ..one }), first, moves);
        }
    }
}

fn one(lever: &Lever, step: Step<'_>, index: usize, trials: &Trials<'_>) -> Option<Move> {
    let now = trials.lines().get(index)?;
    now.total?;
    let value = moved(lever.knob, step, &now.deliverable, trials.budget(), trials.catalog())?;
    let changed = vec![(index, trials.line(index, &[(lever.knob, &value)])?)];
    measured(lever, Extent::One(index), vec![(Scope::Line(index), value)], &changed, trials)
}

fn shared(lever: &Lever, step: Step<'_>, trials: &Trials<'_>) -> Option<Move> {
    let assumed = trials.budget().resolve(None, trials.catalog())?;
    // Sizes of one ratio are no sizes of another: only classes can be shared.
    let value =
        moved(lever.knob, step, &assumed, trials.budget(), trials.catalog()).filter(|_| step != Step::CheapestSize)?;
    let changes = Changes { assumptions: vec![(lever.knob, &value)], ..Changes::default() };
    let changed = trials.changed(&changes);
    let several = changed.len() >= 2;
    let found =
        several.then(|| measured(lever, Extent::Shared, vec![(Scope::Assumptions, value.clone())], &changed, trials));
    found.flatten()
}

fn project(lever: &Lever, step: Step<'_>, trials: &Trials<'_>) -> Option<Move> {
    let mut sets = Vec::new();
    let mut changed = Changed::new();
    for (index, now) in trials.lines().iter().enumerate().filter(|(_, now)| now.total.is_some()) {
        let value = moved(lever.knob, step, &now.deliverable, trials.budget(), trials.catalog());
        let tried = value.and_then(|value| Some((trials.line(index, &[(lever.knob, &value)])?, value)));
        // A deliverable that cannot take the value stays as it is.
        if let Some((line, value)) = tried.filter(|(line, _)| !is_refused(line)) {
            sets.push((Scope::Line(index), value));
            changed.push((index, line));
        }
    }
    (changed.len() >= 2).then(|| measured(lever, Extent::Project, sets, &changed, trials)).flatten()
}

/// Whether the values of a line cannot be had at all, unlike a price that is only not published.
fn is_refused(line: &LineEstimate) -> bool {
    let refuses = |code: IssueCode| code.level() == Level::Error || code == IssueCode::BatchNotOffered;
    line.total.is_none() && line.issues.iter().any(|issue| refuses(issue.kind.code()))
}

/// A move with its swing; `None` if nothing changes, or a deliverable cannot take the value.
fn measured(
    lever: &Lever,
    extent: Extent,
    sets: Vec<(Scope, Value)>,
    changed: &Changed,
    trials: &Trials<'_>,
) -> Option<Move> {
    let had_price = |index: usize| trials.lines().get(index).is_some_and(|now| now.total.is_some());
    if changed.iter().any(|(index, line)| is_refused(line) && had_price(*index)) {
        return None;
    }
    let knob = lever.knob;
    let totals = trials.totals(changed);
    let swing = swing(&totals, trials);
    if swing.is_some_and(|swing| swing.is_zero()) {
        return None;
    }
    let (from, to) = pairs(knob, changed, trials);
    Some(Move {
        knob,
        extent,
        length: 1,
        from,
        to,
        deliverables: changed.iter().map(|(index, _)| *index).collect(),
        sets,
        total: totals.total.filter(|_| trials.is_whole()),
        swing,
        measured: None,
        approximate: totals.approximate,
    })
}

/// The change of the total, in USD; `None` if it is not known.
#[must_use]
pub fn swing(totals: &Totals, trials: &Trials<'_>) -> Option<Decimal> {
    difference(totals.total?, trials.before().total?).ok()
}

/// The values of a knob before and after, each pair once. A knob that nothing sets, such as drafts, is 0.
fn pairs(knob: Knob, changed: &Changed, trials: &Trials<'_>) -> (Vec<Value>, Vec<Value>) {
    let value = |line: &LineEstimate| line.deliverable.get(knob).map_or(Value::Count(0), |from| from.value);
    let mut pairs = Vec::new();
    for (index, line) in changed {
        let Some(before) = trials.lines().get(*index) else { continue };
        let pair = (value(before), value(line));
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs.into_iter().unzip()
}

/// The first moves of a list that save and can be made together, with what they do together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Their places in the list.
    pub moves: Vec<usize>,
    /// USD of the project after all of them; `None` if a deliverable has no price.
    pub total: Option<Decimal>,
    /// USD by which they change the total together: computed, not the sum of their swings.
    pub swing: Decimal,
    /// What is compared in place of the total, with what they do to it together; `None` for the total.
    pub measured: Option<Measured>,
    /// Whether a price after them rests on an approximate number of tokens.
    pub approximate: bool,
}

impl Together {
    /// By how much they change what is compared.
    fn figure(&self) -> Decimal {
        self.measured.and_then(|measured| measured.swing).unwrap_or(self.swing)
    }

    /// What is compared after them, and by how much that changes.
    #[must_use]
    pub fn figures(&self) -> (Option<Decimal>, Option<Decimal>) {
        self.measured.map_or((self.total, Some(self.swing)), |measured| (measured.after, measured.swing))
    }
}

/// The first three moves of a list that save, computed together. A move is passed over if it changes a knob that one before it
/// has changed, if the price with it is not known, or if it saves nothing more. `None` if there are fewer than two.
#[must_use]
pub fn first_three(list: &[Move], trials: &Trials<'_>, measure: &dyn Measure) -> Option<Together> {
    let compared = Reading::of(measure, trials);
    let mut chosen: Vec<usize> = Vec::new();
    let mut best: Option<Together> = None;
    for (place, one) in list.iter().enumerate().filter(|(_, one)| one.saving() > Decimal::ZERO) {
        let so_far: Vec<&Move> = chosen.iter().filter_map(|place| list.get(*place)).collect();
        if so_far.iter().any(|other| other.knob == one.knob) {
            continue;
        }
        let changed = together(&[so_far.as_slice(), &[one]].concat(), trials);
        let totals = trials.totals(&changed);
        let Some(swing) = swing(&totals, trials) else { continue };
        let measured = compared.as_ref().map(|compared| Measured::by(compared, &changed, trials));
        let Some(own) = measured.map_or(Some(swing), |measured| measured.swing) else { continue };
        if best.as_ref().is_some_and(|best| own >= best.figure()) {
            continue;
        }
        chosen.push(place);
        let total = totals.total.filter(|_| trials.is_whole());
        best = Some(Together { moves: chosen.clone(), total, swing, measured, approximate: totals.approximate });
        if chosen.len() == 3 {
            break;
        }
    }
    best.filter(|best| best.moves.len() >= 2)
}
