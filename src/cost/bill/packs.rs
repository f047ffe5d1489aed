//! The cheapest packs that hold enough credits.

use super::card::Pack;
use crate::cost::money::{Decimal, plus, times};

/// Needs up to this many steps are searched one by one.
const STEPS_MAX: u64 = 4_096;
/// The pack of best value may have this many steps, for remainders of it to be searched.
const REMAINDERS_MAX: u64 = 65_536;

/// Packs that hold a number of credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// How many of each pack, in the order of the card.
    pub counts: Vec<u64>,
    /// Their price.
    pub usd: Decimal,
    /// Credits in them.
    pub credits: u64,
    /// Whether no cheaper combination exists; false where a search would have taken too long.
    pub proven: bool,
}

/// The cheapest combination of whole packs with at least `need` credits.
///
/// Small needs are searched in full. For large ones the pack of best value makes up all but a rest: what the other packs hold
/// matters only by its remainder after whole packs of best value, and the cheapest way to each remainder is found.
#[must_use]
pub fn cheapest(packs: &[Pack], need: u64) -> Option<Combination> {
    let best = best_value(packs)?;
    let shared = packs.iter().fold(0, |shared, pack| num_integer::gcd(shared, pack.credits)).max(1);
    let kinds = Kinds::of(packs, shared, best)?;
    let steps = need.div_ceil(shared);
    if steps <= STEPS_MAX {
        return kinds.bought(packs, kinds.one_by_one(steps)?, true);
    }
    if kinds.steps[best] <= REMAINDERS_MAX
        && let Some(counts) = kinds.by_remainders(steps)
    {
        return kinds.bought(packs, counts, true);
    }
    let whole = (steps - STEPS_MAX) / kinds.steps[best];
    let mut counts = kinds.one_by_one((steps - whole * kinds.steps[best]).min(2 * STEPS_MAX))?;
    let held: u64 = counts.iter().zip(&kinds.steps).map(|(count, steps)| count * steps).sum();
    counts[best] += steps.saturating_sub(held).div_ceil(kinds.steps[best]);
    kinds.bought(packs, counts, false)
}

/// Packs in whole numbers: steps of the common divisor, and the smallest digit of their prices.
struct Kinds {
    steps: Vec<u64>,
    usd: Vec<i128>,
    best: usize,
}

/// The cheapest way to a remainder: how much dearer than at best value, the steps in it, and the pack added last.
#[derive(Clone, Copy)]
struct Way {
    dearer: i128,
    steps: u64,
    kind: usize,
}

impl Kinds {
    fn of(packs: &[Pack], shared: u64, best: usize) -> Option<Kinds> {
        let digits = packs.iter().map(|pack| pack.usd.scale()).max()?;
        let whole = |usd: Decimal| usd.mantissa().checked_mul(10_i128.checked_pow(digits - usd.scale())?);
        let usd: Option<Vec<i128>> = packs.iter().map(|pack| whole(pack.usd)).collect();
        Some(Kinds { steps: packs.iter().map(|pack| pack.credits / shared).collect(), usd: usd?, best })
    }

    fn bought(&self, packs: &[Pack], counts: Vec<u64>, proven: bool) -> Option<Combination> {
        let (mut usd, mut credits) = (Decimal::ZERO, 0_u64);
        for (pack, count) in packs.iter().zip(&counts) {
            usd = plus(usd, times(pack.usd, Decimal::from(*count)).ok()?).ok()?;
            credits = credits.checked_add(pack.credits.checked_mul(*count)?)?;
        }
        Some(Combination { counts, usd, credits, proven })
    }

    /// Counts of the cheapest packs with at least `need` steps, every number of steps up to it tried once.
    fn one_by_one(&self, need: u64) -> Option<Vec<u64>> {
        let need = usize::try_from(need).ok()?;
        let steps: Vec<usize> = self.steps.iter().map(|steps| usize::try_from(*steps).unwrap_or(usize::MAX)).collect();
        // For each number of steps still missing: price, steps beyond, and the pack to take first.
        let mut table: Vec<(i128, usize, usize)> = Vec::with_capacity(need + 1);
        table.push((0, 0, 0));
        for missing in 1..=need {
            let options = steps.iter().zip(&self.usd).enumerate().map(|(kind, (steps, usd))| {
                let (price, left, _) = table[missing.saturating_sub(*steps)];
                (price + usd, left.saturating_add(steps.saturating_sub(missing)), kind)
            });
            table.push(options.min_by_key(|(price, left, kind)| (*price, std::cmp::Reverse(*left), *kind))?);
        }
        let mut counts = vec![0; steps.len()];
        let mut missing = need;
        while missing > 0 {
            let kind = table[missing].2;
            counts[kind] += 1;
            missing = missing.saturating_sub(steps[kind]);
        }
        Some(counts)
    }

    /// Counts by remainders of the pack of best value; none where the cheapest way would hold more than is needed without it.
    fn by_remainders(&self, need: u64) -> Option<Vec<u64>> {
        let (whole, best_usd) = (self.steps[self.best], self.usd[self.best]);
        let ways = self.remainders()?;
        let at = |remainder: u64| usize::try_from(remainder).ok().and_then(|at| ways[at]);
        // A price is that of the same steps at best value, times whole packs, and what the rest is dearer.
        let price = |total: u64| best_usd.checked_mul(i128::from(total))?.checked_add(at(total % whole)?.dearer);
        let totals = (need..need.checked_add(whole)?).filter_map(|total| Some((price(total)?, total)));
        let (_, total) = totals.min_by_key(|(price, total)| (*price, std::cmp::Reverse(*total)))?;
        let mut counts = vec![0; self.steps.len()];
        let mut way = at(total % whole)?;
        while way.steps > 0 {
            counts[way.kind] += 1;
            way = at((way.steps - self.steps[way.kind]) % whole)?;
        }
        let others = counts.iter().zip(&self.steps).map(|(count, steps)| count * steps).sum();
        counts[self.best] = total.checked_sub(others)? / whole;
        Some(counts)
    }

    /// For each remainder the other packs that leave it at the least price beyond best value.
    fn remainders(&self) -> Option<Vec<Option<Way>>> {
        let (whole, best_usd) = (self.steps[self.best], self.usd[self.best]);
        let size = usize::try_from(whole).ok()?;
        let mut ways: Vec<Option<Way>> = vec![None; size];
        ways[0] = Some(Way { dearer: 0, steps: 0, kind: self.best });
        for kind in (0..self.steps.len()).filter(|kind| *kind != self.best) {
            let (steps, usd) = (self.steps[kind], self.usd[kind]);
            let dearer = usd.checked_mul(i128::from(whole))?.checked_sub(best_usd.checked_mul(i128::from(steps))?)?;
            let (stride, circles) = (usize::try_from(steps % whole).ok()?, num_integer::gcd(steps, whole));
            for start in 0..usize::try_from(circles).ok()? {
                // Twice around: the cheapest start of a circle may come last.
                let mut now = start;
                for _ in 0..2 * (size / usize::try_from(circles).ok()?) {
                    let next = (now + stride) % size;
                    if let Some(way) = ways[now] {
                        let new =
                            Way { dearer: way.dearer.checked_add(dearer)?, steps: way.steps.checked_add(steps)?, kind };
                        if ways[next].is_none_or(|old| (new.dearer, new.steps) < (old.dearer, old.steps)) {
                            ways[next] = Some(new);
                        }
                    }
                    now = next;
                }
            }
        }
        Some(ways)
    }
}

/// The pack with the lowest price for a credit; of two the larger.
pub(super) fn best_value(packs: &[Pack]) -> Option<usize> {
    let price = |pack: &Pack| super::fraction::Fraction::of(pack.usd, Decimal::from(pack.credits));
    let all = packs.iter().enumerate().filter(|(_, pack)| pack.credits > 0);
    all.min_by(|(_, a), (_, b)| price(a).cmp(&price(b)).then(b.credits.cmp(&a.credits))).map(|(at, _)| at)
}
