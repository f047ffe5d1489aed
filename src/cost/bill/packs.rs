//! The cheapest packs that hold enough credits.

use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::rates::card::Pack;

/// Up to this many steps, every number of steps is searched.
const STEPS_MAX: u64 = 4_096;
/// Remainders are searched if the best-value pack has at most this many steps.
const REMAINDERS_MAX: u64 = 65_536;

/// A purchase of packs with enough credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// How many of each pack, in the card's order.
    pub counts: Vec<u64>,
    /// Their price, in the card's currency.
    pub price: Decimal,
    /// Credits in them.
    pub credits: u64,
    /// True if no cheaper combination exists; false if proving it would have taken too long.
    pub proven: bool,
}

/// The cheapest combination of whole packs with at least `need` credits.
#[must_use]
pub fn cheapest(packs: &[Pack], need: u64) -> Option<Combination> {
    PackSearch::new(packs.to_vec()).cheapest(need)
}

/// The search for the cheapest packs. Holds what does not depend on the number of credits.
#[derive(Debug, Clone)]
pub(super) struct PackSearch {
    packs: Vec<Pack>,
    shared: u64,
    kinds: Option<Kinds>,
    /// For each number of steps still missing: the price, the steps beyond, and the pack to take first. Extended on demand.
    table: Vec<(i128, usize, usize)>,
    /// Computed on demand; the inner `None` means not computable.
    remainders: Option<Option<Vec<Option<Way>>>>,
}

impl PackSearch {
    pub(super) fn new(packs: Vec<Pack>) -> PackSearch {
        let shared = packs.iter().fold(0, |shared, pack| num_integer::gcd(shared, pack.credits)).max(1);
        let kinds = best_value(&packs).and_then(|best| Kinds::of(&packs, shared, best));
        PackSearch { packs, shared, kinds, table: vec![(0, 0, 0)], remainders: None }
    }

    /// Small needs are searched in full. For large ones the best-value pack covers all but a remainder: the other packs
    /// matter only by their remainder after whole best-value packs, and the cheapest way to each remainder is found.
    pub(super) fn cheapest(&mut self, need: u64) -> Option<Combination> {
        let kinds = self.kinds.as_ref()?;
        let best = kinds.best;
        let steps = need.div_ceil(self.shared);
        if steps <= STEPS_MAX {
            return kinds.bought(&self.packs, kinds.one_by_one(steps, &mut self.table)?, true);
        }
        if kinds.steps[best] <= REMAINDERS_MAX {
            let remainders = self.remainders.get_or_insert_with(|| kinds.remainders());
            if let Some(counts) = remainders.as_ref().and_then(|ways| kinds.by_remainders(steps, ways)) {
                return kinds.bought(&self.packs, counts, true);
            }
        }
        let whole = (steps - STEPS_MAX) / kinds.steps[best];
        let rest = (steps - whole * kinds.steps[best]).min(2 * STEPS_MAX);
        let mut counts = kinds.one_by_one(rest, &mut self.table)?;
        let held = counts
            .iter()
            .zip(&kinds.steps)
            .fold(0_u64, |sum, (count, steps)| sum.saturating_add(count.saturating_mul(*steps)));
        counts[best] += steps.saturating_sub(held).div_ceil(kinds.steps[best]);
        kinds.bought(&self.packs, counts, false)
    }
}

/// Packs in whole numbers: steps of the common divisor, and the smallest digit of their prices.
#[derive(Debug, Clone)]
struct Kinds {
    steps: Vec<u64>,
    usd: Vec<i128>,
    best: usize,
}

/// The cheapest way to a remainder: its extra cost over best value, its steps, and the pack added last.
#[derive(Debug, Clone, Copy)]
struct Way {
    dearer: i128,
    steps: u64,
    kind: usize,
}

impl Kinds {
    fn of(packs: &[Pack], shared: u64, best: usize) -> Option<Kinds> {
        let digits = packs.iter().map(|pack| pack.price.scale()).max()?;
        let whole = |usd: Decimal| usd.mantissa().checked_mul(10_i128.checked_pow(digits - usd.scale())?);
        let usd: Option<Vec<i128>> = packs.iter().map(|pack| whole(pack.price)).collect();
        let steps: Vec<u64> = packs.iter().map(|pack| pack.credits / shared).collect();
        // An empty pack leads nowhere.
        steps.iter().all(|steps| *steps > 0).then_some(Kinds { steps, usd: usd?, best })
    }

    fn bought(&self, packs: &[Pack], counts: Vec<u64>, proven: bool) -> Option<Combination> {
        let (mut price, mut credits) = (Decimal::ZERO, 0_u64);
        for (pack, count) in packs.iter().zip(&counts) {
            price = plus(price, times(pack.price, Decimal::from(*count)).ok()?).ok()?;
            credits = credits.checked_add(pack.credits.checked_mul(*count)?)?;
        }
        Some(Combination { counts, price, credits, proven })
    }

    /// The cheapest packs with at least `need` steps, found by trying every number of steps up to it once.
    fn one_by_one(&self, need: u64, table: &mut Vec<(i128, usize, usize)>) -> Option<Vec<u64>> {
        let need = usize::try_from(need).ok()?;
        let steps: Vec<usize> = self.steps.iter().map(|steps| usize::try_from(*steps).unwrap_or(usize::MAX)).collect();
        for missing in table.len()..=need {
            let mut first: Option<(i128, usize, usize)> = None;
            for (kind, (steps, usd)) in steps.iter().zip(&self.usd).enumerate() {
                let (price, left, _) = table[missing.saturating_sub(*steps)];
                let (price, left) = (price.checked_add(*usd)?, left.saturating_add(steps.saturating_sub(missing)));
                // At equal prices, prefer the combination that leaves more.
                if first.is_none_or(|(least, most, _)| price < least || (price == least && left > most)) {
                    first = Some((price, left, kind));
                }
            }
            table.push(first?);
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

    /// The packs found by remainders of the best-value pack; `None` if the cheapest way holds more than `need` without that
    /// pack.
    fn by_remainders(&self, need: u64, ways: &[Option<Way>]) -> Option<Vec<u64>> {
        let (whole, best_usd) = (self.steps[self.best], self.usd[self.best]);
        let at = |remainder: u64| usize::try_from(remainder).ok().and_then(|at| ways[at]);
        let mut least: Option<(i128, u64)> = None;
        for total in need..need.checked_add(whole)? {
            // The price is that of the same steps at best value, times whole packs, plus the extra cost of the remainder.
            let Some(at_best) = best_usd.checked_mul(i128::from(total)) else { continue };
            if least.is_some_and(|(price, _)| at_best > price) {
                break;
            }
            // At equal prices, prefer the combination that holds more.
            if let Some(price) = at(total % whole).and_then(|way| at_best.checked_add(way.dearer))
                && least.is_none_or(|(known, _)| price <= known)
            {
                least = Some((price, total));
            }
        }
        let (_, total) = least?;
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

    /// For each remainder, the other packs that leave it at the lowest extra cost over best value.
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
                // Two rounds: the cheapest start of a circle may come last.
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

/// The pack with the lowest price per credit; at equal prices the larger.
pub(super) fn best_value(packs: &[Pack]) -> Option<usize> {
    let price = |pack: &Pack| crate::cost::base::fraction::Fraction::of(pack.price, Decimal::from(pack.credits));
    let all = packs.iter().enumerate().filter(|(_, pack)| pack.credits > 0);
    all.min_by(|(_, a), (_, b)| price(a).cmp(&price(b)).then(b.credits.cmp(&a.credits))).map(|(at, _)| at)
}
