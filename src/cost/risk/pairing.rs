//! From two projects to what varies between them: who shares a factor, whose tries are the same, which named risk is one event.

use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::estimate::Estimate;
use crate::cost::risk::describe::{Described, Sharing};
use crate::cost::risk::paired::{Batch, Between, Case, Common, Pair, Part, Whose};
use crate::cost::risk::work::{ExtraFinals, ExtraMoney, Item, Mode, Profile};
use std::collections::BTreeMap;

/// A project and what varies in it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What varies.
    pub described: &'a Described,
    /// The estimate that it was described from, which knows the keys of its deliverables.
    pub estimate: &'a Estimate,
}

/// What comes of both projects, before and after; at least one of them has it.
type Both<T> = [Option<T>; 2];

/// A product as exact as a decimal holds it.
fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    times(a, b).ok().or_else(|| a.checked_mul(b))
}

fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    plus(a, b).ok().or_else(|| a.checked_add(b))
}

impl<'a> Side<'a> {
    /// What markup and tax make of one USD, below 0 for the project before.
    fn on_top(&self, whose: Whose) -> Option<Decimal> {
        let (markup, tax) = self.described.on_top;
        let percent = |percent| sum(Decimal::ONE, product(percent, Decimal::new(1, 2))?);
        let factor = product(percent(markup)?, percent(tax)?)?;
        Some(if whose == Whose::Before { -factor } else { factor })
    }

    /// Profiles by who shares them.
    fn profiles(&self) -> impl Iterator<Item = (&'a Sharing, Named<'a>)> + use<'a> {
        let Side { described, estimate } = *self;
        let all = described.factors.iter().zip(&described.work.profiles);
        all.map(move |(shared, profile)| {
            let fitted = &shared.fitted;
            let is_wide = fitted.clamped_from.is_some_and(|worth| worth < fitted.prior.worth);
            (&shared.sharing, Named { profile, is_wide, described, estimate })
        })
    }

    /// The key and the chance of a named risk, by which it is the same event.
    fn event(&self, risk: usize) -> Event<'a> {
        let named = self.described.risks.get(risk);
        named.map(|risk| (risk.key.as_str(), risk.chance)).unwrap_or_default()
    }
}

/// By what named risks are the same event.
type Event<'a> = (&'a str, Decimal);

/// A profile with the names of what it consists of.
#[derive(Clone, Copy)]
struct Named<'a> {
    profile: &'a Profile,
    is_wide: bool,
    described: &'a Described,
    estimate: &'a Estimate,
}

/// An item with its named risks, by event.
struct Line<'a> {
    item: &'a Item,
    extras: BTreeMap<Event<'a>, &'a ExtraFinals>,
}

impl<'a> Named<'a> {
    /// Its items by the keys of their deliverables.
    fn lines(&self) -> BTreeMap<&'a str, Line<'a>> {
        let Named { profile, described, estimate, .. } = *self;
        let mut extras: Vec<BTreeMap<Event<'a>, &ExtraFinals>> =
            profile.items.iter().map(|_| BTreeMap::new()).collect();
        let side = Side { described, estimate };
        for extra in profile.extras.iter().filter(|extra| extra.chance > 0.0) {
            if let Some(own) = extras.get_mut(extra.item) {
                own.insert(side.event(extra.risk), extra);
            }
        }
        let line = |(item, extras): (&'a Item, BTreeMap<Event<'a>, &'a ExtraFinals>)| {
            let key = estimate.lines.get(item.deliverable).map_or("", |line| line.key.as_str());
            (key, Line { item, extras })
        };
        profile.items.iter().zip(extras).map(line).collect()
    }
}

/// Puts what both have beside each other.
fn beside<K: Ord, T>(
    before: impl Iterator<Item = (K, T)>,
    after: impl Iterator<Item = (K, T)>,
) -> BTreeMap<K, Both<T>> {
    let mut all: BTreeMap<K, Both<T>> = before.map(|(key, own)| (key, [Some(own), None])).collect();
    for (key, own) in after {
        all.entry(key).or_insert([None, None])[1] = Some(own);
    }
    all
}

/// What varies between two projects. `None` if it takes more digits than a decimal has.
pub(super) fn between(before: Side<'_>, after: Side<'_>) -> Option<Between> {
    let on_top = [before.on_top(Whose::Before)?, after.on_top(Whose::After)?];
    let constant = |side: Side<'_>, factor| product(side.described.work.constant, factor);
    let constant = sum(constant(before, on_top[0])?, constant(after, on_top[1])?)?;
    let mut pairs = Vec::new();
    for (_, profiles) in beside(before.profiles(), after.profiles()) {
        pairs.extend(Parts::of(profiles, on_top)?.pair());
    }
    Some(Between { constant, pairs, amounts: amounts(before, after, on_top)? })
}

/// Named risks that cost money. One that costs both the same is none.
fn amounts(before: Side<'_>, after: Side<'_>, on_top: [Decimal; 2]) -> Option<Vec<ExtraMoney>> {
    fn events<'a>(side: Side<'a>) -> impl Iterator<Item = (Event<'a>, &'a ExtraMoney)> {
        let all = side.described.work.amounts.iter().filter(|extra| extra.chance > 0.0);
        all.map(move |extra| (side.event(extra.risk), extra))
    }
    let mut amounts = Vec::new();
    for (_, both) in beside(events(before), events(after)) {
        let Some(first) = both.iter().flatten().next() else { continue };
        let own = |at: usize| both[at].map(|extra| extra.cases.as_slice());
        let case = |(share, usd): (f64, [Decimal; 2])| {
            Some((share, sum(product(usd[0], on_top[0])?, product(usd[1], on_top[1])?)?))
        };
        let cases: Vec<(f64, Decimal)> = together([own(0), own(1)]).into_iter().map(case).collect::<Option<_>>()?;
        if cases.iter().any(|(_, usd)| !usd.is_zero()) {
            amounts.push(ExtraMoney { risk: first.risk, chance: first.chance, cases });
        }
    }
    Some(amounts)
}

/// The cases of one event for both: as far as their shares reach, the lowest goes with the lowest.
fn together<T: Copy + Default>(both: Both<&[(f64, T)]>) -> Vec<(f64, [T; 2])> {
    const NOTHING: f64 = 1e-12;
    let nothing = [(1.0, T::default())];
    let mut left = both.map(|cases| cases.unwrap_or(&nothing).to_vec().into_iter());
    let mut all = Vec::new();
    let (mut before, mut after) = (left[0].next(), left[1].next());
    while let (Some(one), Some(other)) = (before.as_mut(), after.as_mut()) {
        let share = one.0.min(other.0);
        all.push((share, [one.1, other.1]));
        (one.0, other.0) = (one.0 - share, other.0 - share);
        let (next_before, next_after) = (one.0 <= NOTHING, other.0 <= NOTHING);
        if next_before {
            before = left[0].next();
        }
        if next_after {
            after = left[1].next();
        }
    }
    all
}

/// What a pair of profiles is made of, as it is found.
struct Parts {
    pair: Pair,
    /// By whose factor, price and images.
    tries: BTreeMap<Batch, u64>,
    calls: BTreeMap<Part, u64>,
}

/// A deliverable's finals on both sides.
struct Finals {
    sides: Both<(Decimal, Mode)>,
    /// Whether both pay for the same tries.
    is_common: bool,
    /// Whether both sides have the same factor: it is counted as that of the project before then.
    is_same_factor: bool,
}

impl Parts {
    /// Of profiles of one name. What either pays per USD is `on_top`.
    fn of(profiles: Both<Named<'_>>, on_top: [Decimal; 2]) -> Option<Parts> {
        let prior = |at: usize| profiles[at].map(|named| named.profile.prior);
        let priors = [prior(0).or(prior(1))?, prior(1).or(prior(0))?];
        let is_wide = profiles.iter().flatten().any(|named| named.is_wide);
        let pair = Pair { priors, is_wide, tries: Vec::new(), calls: Vec::new(), events: Vec::new() };
        let mut parts = Parts { pair, tries: BTreeMap::new(), calls: BTreeMap::new() };
        let lines = |at: usize| profiles[at].map(|named| named.lines()).unwrap_or_default();
        for (_, both) in beside(lines(0).into_iter(), lines(1).into_iter()) {
            parts.line(&both, on_top, priors[0] == priors[1])?;
        }
        Some(parts)
    }

    fn line(&mut self, both: &Both<Line<'_>>, on_top: [Decimal; 2], is_same_factor: bool) -> Option<()> {
        let mut sides: Both<(Decimal, Mode)> = [None, None];
        for ((side, line), factor) in sides.iter_mut().zip(both).zip(on_top) {
            let Some(Line { item, .. }) = line else { continue };
            *side = Some((product(item.unit, factor)?, item.mode));
        }
        let is_common = is_same_factor && matches!(sides, [Some((_, one)), Some((_, other))] if one == other);
        let finals = Finals { sides, is_common, is_same_factor };
        let own = |at: usize| both[at].as_ref().map_or(0, |line| line.item.finals);
        let extras =
            |at: usize| both[at].iter().flat_map(|line| line.extras.iter().map(|(event, extra)| (*event, *extra)));
        let events = beside(extras(0), extras(1));
        let events = events.into_values().map(|both| cases(both, on_top)).collect::<Option<Vec<_>>>()?;
        let has_pool = sides.iter().flatten().any(|(_, mode)| matches!(mode, Mode::Pool(_)));
        if has_pool && !events.is_empty() {
            let all = all_cases([own(0), own(1)], &events)?;
            self.event(all.into_iter().map(|((at, fees), chance)| (chance, at, fees)), &finals)?;
            return Some(());
        }
        for part in finals.parts([own(0), own(1)])? {
            match part {
                Part::Tries(batch) => *self.tries.entry(Batch { finals: 0, ..batch }).or_default() += batch.finals,
                Part::Calls(_) | Part::Common(_) => *self.calls.entry(part).or_default() += 1,
            }
        }
        for event in events {
            self.event(event.into_iter(), &finals)?;
        }
        Some(())
    }

    /// Adds an event, unless it changes nothing.
    fn event(&mut self, cases: impl Iterator<Item = CaseOf>, finals: &Finals) -> Option<()> {
        let case = |(chance, at, fees)| Some(Case { chance, fees, parts: finals.parts(at)? });
        let cases: Vec<Case> = cases.filter(|(chance, ..)| *chance > 0.0).map(case).collect::<Option<_>>()?;
        if cases.iter().any(|case| !case.fees.is_zero() || !case.parts.is_empty()) {
            self.pair.events.push(cases);
        }
        Some(())
    }

    /// The pair, unless nothing of it costs either of them more than the other.
    fn pair(self) -> Option<Pair> {
        let Parts { pair, tries, calls } = self;
        let tries = tries.into_iter().map(|(batch, finals)| Batch { finals, ..batch }).collect();
        let pair = Pair { tries, calls: calls.into_iter().collect(), ..pair };
        let is_nothing = pair.tries.is_empty() && pair.calls.is_empty() && pair.events.is_empty();
        (!is_nothing).then_some(pair)
    }
}

/// A chance, the finals of both sides, and USD of fees.
type CaseOf = (f64, [u64; 2], Decimal);

/// How an event falls out for both.
fn cases(both: Both<&ExtraFinals>, on_top: [Decimal; 2]) -> Option<Vec<CaseOf>> {
    let chance = both.iter().flatten().next()?.chance;
    let fee = |at: usize| product(both[at].map_or(Decimal::ZERO, |extra| extra.fee), on_top[at]);
    let fees = [fee(0)?, fee(1)?];
    let case = |(share, finals): (f64, [u64; 2])| {
        let own = |at: usize| product(fees[at], Decimal::from(finals[at]));
        Some((chance * share, finals, sum(own(0)?, own(1)?)?))
    };
    let own = |at: usize| both[at].map(|extra| extra.cases.as_slice());
    let happens = together([own(0), own(1)]).into_iter().map(case);
    std::iter::once(Some((1.0 - chance, [0, 0], Decimal::ZERO))).chain(happens).collect()
}

/// Every way in which some events fall out together, with the finals that are made anyway: calls that bring several finals are
/// bought for all of them.
fn all_cases(own: [u64; 2], events: &[Vec<CaseOf>]) -> Option<BTreeMap<([u64; 2], Decimal), f64>> {
    let mut all = BTreeMap::from([((own, Decimal::ZERO), 1.0)]);
    for event in events {
        let mut next: BTreeMap<([u64; 2], Decimal), f64> = BTreeMap::new();
        for ((finals, paid), chance) in all {
            for (own, more, fees) in event {
                let finals = [finals[0].checked_add(more[0])?, finals[1].checked_add(more[1])?];
                *next.entry((finals, sum(paid, *fees)?)).or_default() += chance * own;
            }
        }
        all = next;
    }
    Some(all)
}

impl Finals {
    /// What so many finals on both sides take. Where the tries are the same, the smaller number of finals is made once for both.
    fn parts(&self, finals: [u64; 2]) -> Option<Vec<Part>> {
        let common = match self.sides {
            [Some((one, mode)), Some((other, _))] if self.is_common => self.common([one, other], mode, finals)?,
            _ => Vec::new(),
        };
        let alone =
            self.sides.iter().zip(finals).zip([Whose::Before, Whose::After]).filter_map(|((side, finals), whose)| {
                let (unit, mode) = (*side)?;
                let whose = if self.is_same_factor { Whose::Before } else { whose };
                Some(part(whose, unit, mode, finals))
            });
        let all: Vec<Part> = if self.is_common { common } else { alone.collect() };
        Some(all.into_iter().filter(Part::costs).collect())
    }

    fn common(&self, units: [Decimal; 2], mode: Mode, [before, after]: [u64; 2]) -> Option<Vec<Part>> {
        let (least, most) = (before.min(after), before.max(after));
        let (ends, goes_on) = if before < after { (units[0], units[1]) } else { (units[1], units[0]) };
        let both = part(Whose::Before, sum(units[0], units[1])?, mode, least);
        Some(match (mode, both) {
            (Mode::Pool(_), Part::Calls(first)) if least > 0 && least < most && !ends.is_zero() => {
                vec![Part::Common(Common { first: Batch { unit: ends, ..first }, unit: goes_on, more: most - least })]
            }
            // Calls for nothing are none: all are those of the other.
            (Mode::Pool(_), _) if least < most => vec![part(Whose::Before, goes_on, mode, most)],
            (_, both) => vec![both, part(Whose::Before, goes_on, mode, most - least)],
        })
    }
}

fn part(whose: Whose, unit: Decimal, mode: Mode, finals: u64) -> Part {
    match mode {
        Mode::Single => Part::Tries(Batch { whose, unit, images: 1, finals }),
        Mode::Each(images) => Part::Tries(Batch { whose, unit, images, finals }),
        Mode::Pool(images) => Part::Calls(Batch { whose, unit, images, finals }),
    }
}

impl Part {
    /// Whether it comes to anything.
    fn costs(&self) -> bool {
        match self {
            Part::Tries(batch) | Part::Calls(batch) => batch.finals > 0 && !batch.unit.is_zero(),
            Part::Common(_) => true,
        }
    }
}
