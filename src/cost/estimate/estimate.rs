//! The estimate of the whole project: each line, their exact sums, and the issues of the project as a whole.

use crate::cost::base::count::PLACES;
use crate::cost::base::money::{Currency, Decimal, plus, quotient, trim_zeros};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Catalog, Knob, Line};
use crate::cost::estimate::compute::{Scratch, estimate_line, estimate_line_in};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::{LineEstimate, Stage};
use crate::cost::rates::age::{SHUTDOWN_NOTICE_DAYS, STALE_AFTER_DAYS, days_between, differences};
use crate::cost::rates::rate_card::{Model, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Arc, OnceLock};
use std::thread;

/// The whole project's figures, before and after the buffer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Number of finals, those of every repetition.
    pub finals: u64,
    /// Images generated and paid for, drafts included: an expected number; `None` if a count is unknown.
    pub images: Option<Decimal>,
    /// Sum of the lines' subtotals; `None` if a line has no price.
    pub subtotal: Option<Decimal>,
    /// The known part of the subtotal.
    pub known_subtotal: Decimal,
    /// Sum of the buffers; `None` if a line has no price.
    pub buffer: Option<Decimal>,
    /// Subtotal and buffer; `None` if a line has no price.
    pub total: Option<Decimal>,
    /// Total per final, to 28 digits; `None` without finals or without a total.
    pub per_final: Option<Decimal>,
    /// Lines without a price.
    pub lines_unknown: usize,
}

/// Exact sums that lines can be added to and subtracted from, so that an edit need not sum every line again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sums {
    finals: u128,
    /// In units of the last place that counts are rounded to.
    images: i128,
    uncounted: usize,
    known_subtotal: Decimal,
    buffer: Decimal,
    unknown: usize,
    inexact: bool,
}

/// One image in units of the last place that counts are rounded to.
const ONE: i128 = 10_i128.pow(PLACES);

/// The images of a stage in units of [`PLACES`].
fn units(stage: &Stage) -> Option<i128> {
    let images = stage.count.as_ref()?.images.number();
    images.mantissa().checked_mul(10_i128.checked_pow(PLACES.checked_sub(images.scale())?)?)
}

impl Sums {
    fn change(&mut self, line: &LineEstimate, add: bool) {
        // 128 bits: no number of lines can overflow them, so that every addition can be reversed.
        let count = |now: u128, by: u64| if add { now + u128::from(by) } else { now.saturating_sub(u128::from(by)) };
        let sum = |now: Decimal, by: Decimal| plus(now, if add { by } else { -by });
        self.finals = count(self.finals, line.deliverable.all_finals());
        match line.stages.iter().try_fold(0, |sum, stage| Some(sum + units(stage)?)) {
            Some(images) => self.images += if add { images } else { -images },
            None => self.uncounted = if add { self.uncounted + 1 } else { self.uncounted.saturating_sub(1) },
        }
        if line.total.is_none() {
            self.unknown = if add { self.unknown + 1 } else { self.unknown.saturating_sub(1) };
        }
        let buffer = line.buffer.unwrap_or(Decimal::ZERO);
        match (sum(self.known_subtotal, line.known_subtotal), sum(self.buffer, buffer)) {
            (Ok(subtotal), Ok(buffer)) => (self.known_subtotal, self.buffer) = (subtotal, buffer),
            _ => self.inexact = true,
        }
    }

    fn with(&self, other: &Sums) -> Sums {
        let exact = (plus(self.known_subtotal, other.known_subtotal), plus(self.buffer, other.buffer));
        let (known_subtotal, buffer) = match exact {
            (Ok(subtotal), Ok(buffer)) => (subtotal, buffer),
            _ => (self.known_subtotal, self.buffer),
        };
        Sums {
            finals: self.finals + other.finals,
            images: self.images + other.images,
            uncounted: self.uncounted + other.uncounted,
            known_subtotal,
            buffer,
            unknown: self.unknown + other.unknown,
            inexact: self.inexact || other.inexact || !matches!(exact, (Ok(_), Ok(_))),
        }
    }

    fn totals(&self) -> Totals {
        let known = self.unknown == 0 && !self.inexact;
        let finals = u64::try_from(self.finals).unwrap_or(u64::MAX);
        let images = Decimal::try_from_i128_with_scale(self.images, PLACES).ok().or_else(|| {
            let (whole, rest) = (self.images / ONE, self.images % ONE);
            (rest == 0).then(|| Decimal::try_from_i128_with_scale(whole, 0).ok()).flatten()
        });
        let total = known.then(|| plus(self.known_subtotal, self.buffer).ok()).flatten();
        let per = |count: u64| total.and_then(|total| quotient(total, Decimal::from(count)));
        Totals {
            finals,
            images: images.filter(|_| self.uncounted == 0).map(trim_zeros),
            subtotal: known.then(|| trim_zeros(self.known_subtotal)),
            known_subtotal: trim_zeros(self.known_subtotal),
            buffer: known.then(|| trim_zeros(self.buffer)),
            total: total.map(trim_zeros),
            per_final: per(finals),
            lines_unknown: self.unknown,
        }
    }
}

/// The estimate of a budget, with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// One entry for each line of the worksheet, in the same order.
    pub lines: Vec<LineEstimate>,
    /// The project's assumptions resolved alone, as a new line starts from them.
    pub assumptions: Option<Deliverable>,
    /// The whole project.
    pub totals: Totals,
    /// Issues of the project as a whole; each line has its own.
    pub issues: Vec<Issue>,
    tally: Tally,
}

/// The sums of some lines, and the models that they use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Tally {
    sums: Sums,
    models: BTreeMap<String, (Arc<Model>, usize)>,
}

impl Tally {
    fn account(&mut self, line: &LineEstimate, add: bool) {
        self.sums.change(line, add);
        let model = &line.deliverable.model.value;
        match (self.models.get_mut(&model.id), add) {
            (Some((_, used)), true) => *used += 1,
            (Some((_, used)), false) if *used > 1 => *used -= 1,
            (Some(_), false) => {
                self.models.remove(&model.id);
            }
            (None, true) => {
                self.models.insert(model.id.clone(), (Arc::clone(model), 1));
            }
            (None, false) => {}
        }
    }

    /// Merges the lines of another tally.
    fn with(mut self, other: Tally) -> Tally {
        self.sums = self.sums.with(&other.sums);
        for (id, (model, used)) in other.models {
            self.models.entry(id).or_insert((model, 0)).1 += used;
        }
        self
    }
}

/// Computes everything. `today` only decides which prices are reported as outdated and which models as retired.
#[must_use]
pub fn estimate(budget: &Budget, catalog: &Catalog, today: Date) -> Estimate {
    let mut estimate = Estimate {
        lines: Vec::new(),
        assumptions: None,
        totals: Totals::default(),
        issues: Vec::new(),
        tally: Tally::default(),
    };
    estimate.refresh(budget, catalog, today);
    estimate
}

fn line_of(budget: &Budget, line: &Line, catalog: &Catalog) -> Option<LineEstimate> {
    let deliverable = budget.resolve(Some(line), catalog)?;
    Some(estimate_line(&line.key, deliverable, budget, catalog))
}

/// From this many lines on, all cores share the work: below it, starting threads costs more than it saves.
const SHARED_FROM: usize = 2_000;
/// More cores than this wait for memory.
const CORES_MAX: usize = 8;

/// Recomputes every line in place and sums it while it is in cache: a second pass over all lines takes a sixth of the time.
/// `None` if any line could not be computed; the places then hold nothing usable.
fn refill(places: &mut [LineEstimate], budget: &Budget, catalog: &Catalog) -> Option<Tally> {
    static CORES: OnceLock<usize> = OnceLock::new();
    let all = |places: &mut [LineEstimate], lines: &[Line]| {
        let mut tally = Tally::default();
        for (place, line) in places.iter_mut().zip(lines) {
            let deliverable = budget.resolve(Some(line), catalog)?;
            *place = estimate_line_in(Scratch::of(place), &line.key, deliverable, budget, catalog);
            tally.account(place, true);
        }
        Some(tally)
    };
    if places.len() < SHARED_FROM {
        return all(places, &budget.lines);
    }
    let cores = *CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get).min(CORES_MAX));
    let share = places.len().div_ceil(cores);
    thread::scope(|scope| {
        let mut shares = places.chunks_mut(share).zip(budget.lines.chunks(share));
        let own = shares.next();
        let others = shares.map(|(places, lines)| {
            // If no thread can be started, its share stays undone and the caller computes everything on this thread.
            thread::Builder::new().spawn_scoped(scope, move || all(places, lines))
        });
        let others: Vec<_> = others.collect();
        let own = own.map_or_else(|| Some(Tally::default()), |(places, lines)| all(places, lines));
        others.into_iter().fold(own, |sum, other| {
            let other = other.ok().and_then(|other| other.join().ok().flatten());
            Some(sum?.with(other?))
        })
    })
}

impl Estimate {
    /// Recomputes everything in the memory of the previous figures: at 10,000 lines, allocating and freeing would take a
    /// third of the time.
    pub fn refresh(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        self.assumptions = budget.resolve(None, catalog);
        let same = self.lines.len() == budget.lines.len();
        match same.then(|| refill(&mut self.lines, budget, catalog)).flatten() {
            Some(tally) if !tally.sums.inexact => self.tally = tally,
            Some(_) => self.count_in_order(),
            None => self.fill(budget, catalog),
        }
        self.finish(budget, catalog, today);
    }

    /// If a sum runs out of digits, its known part depends on the order: sum in the order of the lines, not of the cores.
    fn count_in_order(&mut self) {
        self.tally = Tally::default();
        self.lines.iter().for_each(|line| self.tally.account(line, true));
    }

    fn fill(&mut self, budget: &Budget, catalog: &Catalog) {
        self.tally = Tally::default();
        self.lines.reserve_exact(budget.lines.len().saturating_sub(self.lines.len()));
        let mut filled = 0;
        for line in &budget.lines {
            let Some(deliverable) = budget.resolve(Some(line), catalog) else { continue };
            let scratch = self.lines.get_mut(filled).map(Scratch::of).unwrap_or_default();
            let computed = estimate_line_in(scratch, &line.key, deliverable, budget, catalog);
            self.tally.account(&computed, true);
            match self.lines.get_mut(filled) {
                Some(place) => *place = computed,
                None => self.lines.push(computed),
            }
            filled += 1;
        }
        self.lines.truncate(filled);
    }

    /// Rebuilds the project's issues after an edit of the cap or of the compared cards: no line changes.
    pub fn refresh_issues(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        self.finish(budget, catalog, today);
    }

    /// Updates the estimate after a line was inserted at `index`; the other lines do not change.
    pub fn insert_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        let computed = budget.lines.get(index).and_then(|line| line_of(budget, line, catalog));
        match computed.filter(|_| index <= self.lines.len() && self.lines.len() + 1 == budget.lines.len()) {
            Some(computed) => {
                self.tally.account(&computed, true);
                self.lines.insert(index, computed);
                self.finish_exactly(budget, catalog, today);
            }
            None => self.refresh(budget, catalog, today),
        }
    }

    /// Updates the estimate after the line at `index` was removed; the other lines do not change.
    pub fn remove_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        if index >= self.lines.len() || self.lines.len() != budget.lines.len() + 1 {
            return self.refresh(budget, catalog, today);
        }
        let old = self.lines.remove(index);
        self.tally.account(&old, false);
        self.finish_exactly(budget, catalog, today);
    }

    /// Updates the estimate after a line was moved; no figure or sum changes.
    pub fn move_line(&mut self, from: usize, to: usize) {
        let count = self.lines.len();
        match from < to {
            _ if from.max(to) >= count => {}
            true => self.lines[from..=to].rotate_left(1),
            false => self.lines[to..=from].rotate_right(1),
        }
    }

    /// Recomputes one line after an edit that changed no other; the sums change by the difference.
    pub fn refresh_line(&mut self, index: usize, budget: &Budget, catalog: &Catalog, today: Date) {
        let computed = budget.lines.get(index).and_then(|line| line_of(budget, line, catalog));
        let (Some(computed), true) = (computed, index < self.lines.len()) else {
            return self.refresh(budget, catalog, today);
        };
        self.tally.account(&computed, true);
        let old = std::mem::replace(&mut self.lines[index], computed);
        self.tally.account(&old, false);
        self.finish_exactly(budget, catalog, today);
    }

    /// A sum that ran out of digits cannot be repaired by subtraction: sum all lines again.
    fn finish_exactly(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        match self.tally.sums.inexact {
            true => self.refresh(budget, catalog, today),
            false => self.finish(budget, catalog, today),
        }
    }

    fn finish(&mut self, budget: &Budget, catalog: &Catalog, today: Date) {
        self.totals = self.tally.sums.totals();
        let mut kinds = Vec::new();
        for (model, _) in self.tally.models.values() {
            model_issues(model, today, &mut kinds);
            card_issues(model, budget, today, &mut kinds);
        }
        if self.totals.lines_unknown > 0 {
            kinds.push((None, IssueKind::TotalUnknown { lines: self.totals.lines_unknown }));
        } else if self.totals.total.is_none() {
            kinds.push((None, IssueKind::TooManyDigits));
        }
        for card in budget.compared(catalog) {
            stale(&card.id, card.provenance.checked, today, &mut kinds);
        }
        if budget.shown.currency != Currency::USD && budget.shown.exchange.is_none() {
            kinds.push((None, IssueKind::ExchangeMissing { currency: budget.shown.currency }));
        }
        cap_issue(budget, &self.totals, &mut kinds);
        let differing = differences(&budget.pins, &catalog.models).len();
        if differing > 0 {
            kinds.push((None, IssueKind::RatesDiffer { count: differing }));
        }
        let cards: Vec<String> = budget.outdated_cards(catalog).map(str::to_owned).collect();
        if !cards.is_empty() {
            kinds.push((None, IssueKind::CardsDiffer { cards }));
        }
        self.issues = kinds.into_iter().map(|(knob, kind)| Issue { deliverable: None, knob, kind }).collect();
    }

    /// All issues, the project's first.
    pub fn all_issues(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().chain(self.lines.iter().flat_map(|line| &line.issues))
    }

    /// Models in use, by name.
    pub fn models(&self) -> impl Iterator<Item = &Arc<Model>> {
        self.tally.models.values().map(|(model, _)| model)
    }
}

fn model_issues(model: &Model, today: Date, kinds: &mut Vec<(Option<Knob>, IssueKind)>) {
    let Some(on) = model.shutdown else { return };
    let days = days_between(today, on);
    let name = model.id.clone();
    if days <= 0 || model.status == Status::ShutDown {
        kinds.push((Some(Knob::Model), IssueKind::ModelShutDown { model: name, on }));
    } else if days <= SHUTDOWN_NOTICE_DAYS {
        kinds.push((Some(Knob::Model), IssueKind::ModelShutsDown { model: name, on, days }));
    }
}

fn card_issues(model: &Model, budget: &Budget, today: Date, kinds: &mut Vec<(Option<Knob>, IssueKind)>) {
    match budget.card(model).provenance.checked {
        checked @ Some(_) => stale(&model.card_id(), checked, today, kinds),
        None => kinds.push((None, IssueKind::PriceUndated { card: model.card_id() })),
    }
}

/// Points out a card whose prices were checked long ago.
fn stale(card: &str, checked: Option<Date>, today: Date, kinds: &mut Vec<(Option<Knob>, IssueKind)>) {
    let Some(checked) = checked else { return };
    let days = days_between(checked, today);
    if days > STALE_AFTER_DAYS {
        kinds.push((None, IssueKind::PriceStale { card: card.to_owned(), checked, days }));
    }
}

fn cap_issue(budget: &Budget, totals: &Totals, kinds: &mut Vec<(Option<Knob>, IssueKind)>) {
    match against_cap(budget, totals) {
        CapState::Over { total, cap, currency } => {
            kinds.push((Some(Knob::Cap), IssueKind::OverCap { total, cap, currency }));
        }
        CapState::OverAtLeast { known, cap, currency } => {
            kinds.push((Some(Knob::Cap), IssueKind::OverCapAtLeast { known, cap, currency }));
        }
        CapState::WrongCurrency { cap, project } => {
            kinds.push((Some(Knob::Cap), IssueKind::CapCurrency { cap, project }));
        }
        CapState::None if budget.cap_is_unreadable() => kinds.push((Some(Knob::Cap), IssueKind::Unreadable)),
        CapState::None | CapState::Unknown | CapState::Within { .. } => {}
    }
}

/// The total compared with the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapState {
    /// There is no cap.
    None,
    /// The total is unknown, or cannot be converted to the cap's currency.
    Unknown,
    /// At or under the cap.
    Within {
        /// In the cap's currency, unrounded.
        total: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// Over the cap.
    Over {
        /// In the cap's currency, unrounded.
        total: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// Part of the total is unknown, and the known part alone is over the cap.
    OverAtLeast {
        /// The known part before the buffer, in the cap's currency, unrounded.
        known: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// The cap is in a currency that is neither USD nor the project's.
    WrongCurrency {
        /// The cap's currency.
        cap: Currency,
        /// The project's.
        project: Currency,
    },
}

/// Compares the unrounded total with the project's cap.
#[must_use]
pub fn against_cap(budget: &Budget, totals: &Totals) -> CapState {
    let Some(cap) = budget.cap() else { return CapState::None };
    let project = budget.shown.currency;
    let currency = cap.currency.unwrap_or(project);
    if currency != Currency::USD && currency != project {
        return CapState::WrongCurrency { cap: currency, project };
    }
    let converted = |usd| if currency == Currency::USD { Some(usd) } else { budget.shown.from_usd(usd) };
    match totals.total.and_then(converted) {
        None => match converted(totals.known_subtotal) {
            Some(known) if known > cap.amount => CapState::OverAtLeast { known, cap: cap.amount, currency },
            _ => CapState::Unknown,
        },
        Some(total) if total > cap.amount => CapState::Over { total, cap: cap.amount, currency },
        Some(total) => CapState::Within { total, cap: cap.amount, currency },
    }
}
