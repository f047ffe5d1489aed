//! Where the variance is from: each deliverable and each named risk, in parts that add up to the three layers.

use crate::cost::base::money::Decimal;
use crate::cost::risk::distribution::of_amount;
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::{Group, float, parts};
use crate::cost::risk::moments::{Moments, given, of_extra, of_pool, pool_calls, tries};
use crate::cost::risk::prior::Node;
use crate::cost::risk::work::{Item, Mode, Profile, Work};
use std::collections::{BTreeMap, HashMap};

/// A deliverable's part of the variance.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// By luck.
    pub luck: f64,
    /// By not knowing the factor: what it has in common with all that share the factor counts half for each.
    pub factor: f64,
}

/// The variance by what it is from, in USD².
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spread {
    /// By deliverable, in the caller's count.
    pub deliverables: BTreeMap<usize, Share>,
    /// By named risk, in the caller's count: what each adds, with what it has in common with the factor.
    pub risks: BTreeMap<usize, f64>,
    /// What each named risk adds to the mean in USD, in the caller's count.
    pub added: BTreeMap<usize, f64>,
}

/// The variance of some work by deliverable and named risk.
#[must_use]
pub fn shares(work: &Work) -> Spread {
    shares_with(&Kept::default(), work)
}

/// The same, with what is kept from earlier.
pub(super) fn shares_with(kept: &Kept, work: &Work) -> Spread {
    let mut spread = Spread::default();
    for profile in &work.profiles {
        if let Some(all) = parts(profile).map(|parts| kept.prepared(parts)) {
            let all = &all.group;
            of_deliverables(profile, all, &mut spread);
            of_risks(all, &mut spread);
        }
    }
    for amount in &work.amounts {
        let moments = of_amount(amount);
        *spread.risks.entry(amount.risk).or_default() += moments.variance;
        *spread.added.entry(amount.risk).or_default() += moments.mean;
    }
    spread
}

/// The cost of an item without named risks.
fn of_item(item: &Item, node: &Node) -> Moments {
    let counts = match item.mode {
        Mode::Single => tries(item.finals, 1, node),
        Mode::Each(images) => tries(item.finals, images, node),
        Mode::Pool(images) => pool_calls(item.finals, images, node),
    };
    counts.times(float(item.unit))
}

fn weighed(nodes: &[Node], of: impl Fn(usize) -> f64) -> f64 {
    nodes.iter().enumerate().map(|(at, node)| node.weight * of(at)).sum()
}

fn of_deliverables(profile: &Profile, all: &Group, spread: &mut Spread) {
    let nodes = &all.moment_nodes;
    let whole: Vec<f64> = nodes.iter().map(|node| given(all, node).0.mean).collect();
    let mean = weighed(nodes, |at| whole[at]);
    let of = |item: &Item| {
        let own: Vec<Moments> = nodes.iter().map(|node| of_item(item, node)).collect();
        let own_mean = weighed(nodes, |at| own[at].mean);
        let factor = weighed(nodes, |at| (own[at].mean - own_mean) * (whole[at] - mean));
        Share { luck: weighed(nodes, |at| own[at].variance), factor }
    };
    // Thousands of deliverables are of a few kinds.
    let mut known: HashMap<(Mode, u64, Decimal), Share> = HashMap::new();
    for item in &profile.items {
        let own = *known.entry((item.mode, item.finals, item.unit)).or_insert_with(|| of(item));
        let share = spread.deliverables.entry(item.deliverable).or_default();
        share.luck += own.luck;
        share.factor += own.factor;
    }
}

/// What a profile's risks add at each node. Extra finals whose calls may bring several share what they add to their item by how
/// many they are on average.
fn added(all: &Group) -> Vec<(usize, Vec<Moments>)> {
    let nodes = &all.moment_nodes;
    let mut added: Vec<(usize, Vec<Moments>)> = Vec::new();
    for extra in &all.extras {
        added.push((extra.risk, nodes.iter().map(|node| of_extra(extra, node)).collect()));
    }
    for pool in all.pools.iter().filter(|pool| !pool.risks.is_empty()) {
        let more = |node: &Node| {
            let (without, with) = of_pool(pool, node);
            (with.mean - without.mean, with.variance - without.variance)
        };
        let more: Vec<(f64, f64)> = nodes.iter().map(more).collect();
        for &(risk, part) in &pool.risks {
            let own = more.iter().map(|(mean, variance)| Moments { mean: mean * part, variance: variance * part });
            added.push((risk, own.collect()));
        }
    }
    added
}

fn of_risks(all: &Group, spread: &mut Spread) {
    let nodes = &all.moment_nodes;
    let added = added(all);
    let sum = |at: usize| added.iter().map(|(_, own)| own[at].mean).sum::<f64>();
    // Twice what the finals cost without risks, and once what all risks add: so the shares of all risks are the rest.
    let beside: Vec<f64> = nodes.iter().enumerate().map(|(at, node)| 2.0 * given(all, node).0.mean + sum(at)).collect();
    let mean = weighed(nodes, |at| beside[at]);
    for (risk, own) in &added {
        let own_mean = weighed(nodes, |at| own[at].mean);
        let with_factor = weighed(nodes, |at| (own[at].mean - own_mean) * (beside[at] - mean));
        *spread.risks.entry(*risk).or_default() += weighed(nodes, |at| own[at].variance) + with_factor;
        *spread.added.entry(*risk).or_default() += own_mean;
    }
}
