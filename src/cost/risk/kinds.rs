//! Items of equal price and mode put together: ten thousand deliverables are usually some dozens of kinds.

use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::risk::prior::{Node, Prior};
use crate::cost::risk::work::{ExtraFinals, Item, Mode, Profile};
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The nearest binary number.
pub(super) fn float(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or(0.0)
}

/// Finals that are paid alike, one try after another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kind {
    /// USD of one try.
    pub(super) unit: Decimal,
    /// Images of one try.
    pub(super) images: u32,
    /// Finals of all its items.
    pub(super) finals: u64,
}

/// Items whose calls may bring several finals.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pool {
    /// USD of one call.
    pub(super) unit: Decimal,
    /// Images of one call.
    pub(super) images: u32,
    /// Finals of each of its items without named risks.
    pub(super) finals: u64,
    /// What named risks make of it; the chances sum to 1.
    pub(super) cases: Vec<Case>,
    /// How many items there are.
    pub(super) items: u64,
    /// The named risks behind the cases, each with its part of the extra finals.
    pub(super) risks: Vec<(usize, f64)>,
}

/// One way in which the named risks of a pool fall out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Case {
    /// Finals of the item, those of the risks included.
    pub(super) finals: u64,
    /// USD of fees for the extra ones.
    pub(super) fees: Decimal,
    /// How likely it is.
    pub(super) chance: f64,
}

/// Finals that a named risk adds to a kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Extra {
    /// Which risk, in the caller's count.
    pub(super) risk: usize,
    /// USD of one try.
    pub(super) unit: Decimal,
    /// Images of one try.
    pub(super) images: u32,
    /// The chance of the risk.
    pub(super) chance: f64,
    /// Share, finals, and USD of their fees.
    pub(super) cases: Vec<(f64, u64, Decimal)>,
}

/// A profile, ready to be computed with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The chances of acceptance to look at.
    pub(super) nodes: Arc<[Node]>,
    /// The places at which mean and variance come out exactly, where there are such.
    pub(super) moment_nodes: Arc<[Node]>,
    pub(super) kinds: Vec<Kind>,
    pub(super) pools: Vec<Pool>,
    pub(super) extras: Vec<Extra>,
}

impl Group {
    /// As [`Parts::weight`].
    pub(super) fn weight(&self) -> usize {
        weight(&self.kinds, &self.pools, &self.extras)
    }
}

/// What the time for a profile grows with, in kinds that are paid one try after another: the calls of a pool are taken apart by
/// the images that are left over.
fn weight(kinds: &[Kind], pools: &[Pool], extras: &[Extra]) -> usize {
    kinds.len() + extras.len() + pools.iter().map(|pool| 4 + pool.images as usize).sum::<usize>()
}

/// What a profile consists of, put together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parts {
    pub(super) prior: Prior,
    pub(super) kinds: Vec<Kind>,
    pub(super) pools: Vec<Pool>,
    pub(super) extras: Vec<Extra>,
}

/// Puts the items of a profile together, in the order of their prices. `None` if nothing in it costs anything.
pub(super) fn parts(profile: &Profile) -> Option<Parts> {
    // Not in order yet: items are many and kinds few.
    let mut kinds: HashMap<(Decimal, u32), u64> = HashMap::new();
    let mut pools: BTreeMap<(Decimal, u32, u64), u64> = BTreeMap::new();
    let mut pools_at_risk = Vec::new();
    let mut at_risk = vec![false; profile.items.len()];
    profile.extras.iter().for_each(|extra| at_risk.get_mut(extra.item).into_iter().for_each(|is| *is = true));
    let costs =
        |(at, item): &(usize, &Item)| !item.unit.is_zero() || at_risk[*at] && matches!(item.mode, Mode::Pool(_));
    for (at, item) in profile.items.iter().enumerate().filter(costs) {
        match item.mode {
            Mode::Pool(images) if at_risk[at] => pools_at_risk.push(pool_at_risk(item, images, at, &profile.extras)),
            Mode::Pool(images) if item.finals > 0 => *pools.entry((item.unit, images, item.finals)).or_default() += 1,
            Mode::Single if item.finals > 0 => *kinds.entry((item.unit, 1)).or_default() += item.finals,
            Mode::Each(images) if item.finals > 0 => *kinds.entry((item.unit, images)).or_default() += item.finals,
            Mode::Single | Mode::Each(_) | Mode::Pool(_) => {}
        }
    }
    let kind = |((unit, images), finals): ((Decimal, u32), u64)| Kind { unit: unit.normalize(), images, finals };
    let alike = |((unit, images, finals), items): ((Decimal, u32, u64), u64)| Pool {
        unit: unit.normalize(),
        images,
        finals,
        cases: vec![Case { finals, fees: Decimal::ZERO, chance: 1.0 }],
        items,
        risks: Vec::new(),
    };
    let mut kinds: Vec<Kind> = kinds.into_iter().map(kind).collect();
    kinds.sort_unstable_by_key(|kind| (kind.unit, kind.images));
    let pools: Vec<Pool> = pools.into_iter().map(alike).chain(pools_at_risk).collect();
    let extras: Vec<Extra> = profile.extras.iter().filter_map(|extra| extra_of(extra, &profile.items)).collect();
    let is_nothing = kinds.is_empty() && pools.is_empty() && extras.is_empty();
    (!is_nothing).then_some(Parts { prior: profile.prior, kinds, pools, extras })
}

impl Parts {
    /// The profile, with the nodes of its prior.
    pub(super) fn at(self, nodes: Arc<[Node]>) -> Group {
        let Parts { prior, kinds, pools, extras } = self;
        let is_plain = pools.is_empty() && kinds.iter().all(|k| k.images <= 1) && extras.iter().all(|e| e.images <= 1);
        let moment_nodes = if is_plain { prior.moment_nodes().into() } else { Arc::clone(&nodes) };
        Group { nodes, moment_nodes, kinds, pools, extras }
    }

    /// How long its part of the distribution takes.
    pub(super) fn weight(&self) -> usize {
        weight(&self.kinds, &self.pools, &self.extras)
    }

    /// All that a profile's part of the distribution depends on, as numbers that can be looked up.
    pub(super) fn key(&self) -> Vec<u64> {
        let Parts { prior, kinds, pools, extras } = self;
        let mut key = vec![prior.retry.to_bits(), prior.worth.to_bits(), kinds.len() as u64, pools.len() as u64];
        for Kind { unit, images, finals } in kinds {
            key.extend(price(*unit).into_iter().chain([u64::from(*images), *finals]));
        }
        for Pool { unit, images, finals, cases, items, risks } in pools {
            key.extend(price(*unit).into_iter().chain([u64::from(*images), *finals, *items, cases.len() as u64]));
            for Case { finals, fees, chance } in cases {
                key.extend(price(*fees).into_iter().chain([*finals, chance.to_bits()]));
            }
            key.push(risks.len() as u64);
            key.extend(risks.iter().flat_map(|(risk, part)| [*risk as u64, part.to_bits()]));
        }
        for Extra { risk, unit, images, chance, cases } in extras {
            key.extend(price(*unit).into_iter().chain([*risk as u64, u64::from(*images), chance.to_bits()]));
            key.push(cases.len() as u64);
            for (share, finals, fees) in cases {
                key.extend(price(*fees).into_iter().chain([share.to_bits(), *finals]));
            }
        }
        key
    }
}

/// A price in three numbers.
fn price(unit: Decimal) -> [u64; 3] {
    let mantissa = unit.mantissa().unsigned_abs();
    [mantissa as u64, (mantissa >> 64) as u64, u64::from(unit.scale())]
}

/// What a risk adds to its kind; an item whose calls may bring several finals has it among its cases.
fn extra_of(extra: &ExtraFinals, items: &[Item]) -> Option<Extra> {
    let item = items.get(extra.item)?;
    let cases = extra.cases.iter().map(|&(share, finals)| (share, finals, fees(extra, finals)));
    let (images, unit) = match item.mode {
        Mode::Single => (1, item.unit),
        Mode::Each(images) => (images, item.unit),
        Mode::Pool(_) => return None,
    };
    let costs = !unit.is_zero() || !extra.fee.is_zero();
    costs.then(|| Extra {
        risk: extra.risk,
        unit: unit.normalize(),
        images,
        chance: extra.chance,
        cases: cases.collect(),
    })
}

/// USD of fees for so many extra finals.
fn fees(extra: &ExtraFinals, finals: u64) -> Decimal {
    times(extra.fee, Decimal::from(finals)).unwrap_or(Decimal::MAX)
}

/// Every number of finals that the risks of an item can make, with its chance and its fees: they come together or not at all.
fn pool_at_risk(item: &Item, images: u32, at: usize, extras: &[ExtraFinals]) -> Pool {
    let mut chances = BTreeMap::from([((item.finals, Decimal::ZERO), 1.0)]);
    for extra in extras.iter().filter(|extra| extra.item == at) {
        let mut next: BTreeMap<(u64, Decimal), f64> = BTreeMap::new();
        for ((finals, paid), chance) in chances {
            *next.entry((finals, paid)).or_default() += chance * (1.0 - extra.chance);
            for &(share, more) in &extra.cases {
                let fees = plus(paid, fees(extra, more)).unwrap_or(Decimal::MAX);
                *next.entry((finals.saturating_add(more), fees)).or_default() += chance * extra.chance * share;
            }
        }
        chances = next;
    }
    let expected = |extra: &ExtraFinals| {
        extra.chance * extra.cases.iter().map(|(share, finals)| share * *finals as f64).sum::<f64>()
    };
    let own = || extras.iter().filter(|extra| extra.item == at && expected(extra) > 0.0);
    let all: f64 = own().map(expected).sum();
    let risks = own().map(|extra| (extra.risk, expected(extra) / all)).collect();
    let cases = chances.into_iter().map(|((finals, fees), chance)| Case { finals, fees, chance }).collect();
    Pool { unit: item.unit.normalize(), images, finals: item.finals, cases, items: 1, risks }
}
