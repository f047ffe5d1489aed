//! Items of equal price and mode put together: ten thousand deliverables are usually some dozens of kinds.

use crate::cost::base::money::{Decimal, times};
use crate::cost::risk::prior::{Node, Prior};
use crate::cost::risk::work::{ExtraFinals, Item, Mode, Profile};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
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
    /// Finals with named risks, with the chance of each number; the chances sum to 1.
    pub(super) cases: Vec<(u64, f64)>,
    /// How many items there are.
    pub(super) items: u64,
    /// The named risks behind the cases, each with its part of the extra finals.
    pub(super) risks: Vec<(usize, f64)>,
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

/// Puts the items of a profile together, in the order of their prices. `None` if nothing in it costs anything.
pub(super) fn group(profile: &Profile, nodes: impl FnOnce(Prior) -> Arc<[Node]>) -> Option<Group> {
    let mut kinds: BTreeMap<(Decimal, u32), u64> = BTreeMap::new();
    let mut pools: BTreeMap<(Decimal, u32, u64), u64> = BTreeMap::new();
    let mut pools_at_risk = Vec::new();
    let mut at_risk = vec![false; profile.items.len()];
    profile.extras.iter().for_each(|extra| at_risk.get_mut(extra.item).into_iter().for_each(|is| *is = true));
    for (at, item) in profile.items.iter().enumerate().filter(|(_, item)| !item.unit.is_zero()) {
        match item.mode {
            Mode::Pool(images) if at_risk[at] => pools_at_risk.push(pool_at_risk(item, images, at, &profile.extras)),
            Mode::Pool(images) if item.finals > 0 => *pools.entry((item.unit, images, item.finals)).or_default() += 1,
            Mode::Single if item.finals > 0 => *kinds.entry((item.unit, 1)).or_default() += item.finals,
            Mode::Each(images) if item.finals > 0 => *kinds.entry((item.unit, images)).or_default() += item.finals,
            Mode::Single | Mode::Each(_) | Mode::Pool(_) => {}
        }
    }
    let kind = |((unit, images), finals)| Kind { unit, images, finals };
    let alike = |((unit, images, finals), items)| Pool {
        unit,
        images,
        finals,
        cases: vec![(finals, 1.0)],
        items,
        risks: Vec::new(),
    };
    let kinds: Vec<Kind> = kinds.into_iter().map(kind).collect();
    let pools: Vec<Pool> = pools.into_iter().map(alike).chain(pools_at_risk).collect();
    let extras: Vec<Extra> = profile.extras.iter().filter_map(|extra| extra_of(extra, &profile.items)).collect();
    if kinds.is_empty() && pools.is_empty() && extras.is_empty() {
        return None;
    }
    let nodes = nodes(profile.prior);
    let is_plain = pools.is_empty() && kinds.iter().all(|k| k.images <= 1) && extras.iter().all(|e| e.images <= 1);
    let moment_nodes = if is_plain { profile.prior.moment_nodes().into() } else { Arc::clone(&nodes) };
    Some(Group { nodes, moment_nodes, kinds, pools, extras })
}

/// What a risk adds to its kind; for an item whose calls may bring several finals, only the fees.
fn extra_of(extra: &ExtraFinals, items: &[Item]) -> Option<Extra> {
    let item = items.get(extra.item)?;
    let fees = |finals: u64| times(extra.fee, Decimal::from(finals)).unwrap_or(extra.fee);
    let cases = extra.cases.iter().map(|&(share, finals)| (share, finals, fees(finals)));
    let (images, unit) = match item.mode {
        Mode::Single => (1, item.unit),
        Mode::Each(images) => (images, item.unit),
        Mode::Pool(_) => (1, Decimal::ZERO),
    };
    let costs = !unit.is_zero() || !extra.fee.is_zero();
    costs.then(|| Extra { risk: extra.risk, unit, images, chance: extra.chance, cases: cases.collect() })
}

/// Every number of finals that the risks of an item can make, with its chance.
fn pool_at_risk(item: &Item, images: u32, at: usize, extras: &[ExtraFinals]) -> Pool {
    let mut chances = BTreeMap::from([(item.finals, 1.0)]);
    for extra in extras.iter().filter(|extra| extra.item == at) {
        let mut next: BTreeMap<u64, f64> = BTreeMap::new();
        for (finals, chance) in chances {
            *next.entry(finals).or_default() += chance * (1.0 - extra.chance);
            for &(share, more) in &extra.cases {
                *next.entry(finals.saturating_add(more)).or_default() += chance * extra.chance * share;
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
    Pool { unit: item.unit, images, finals: item.finals, cases: chances.into_iter().collect(), items: 1, risks }
}
