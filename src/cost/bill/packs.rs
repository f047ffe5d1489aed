//! The cheapest packs that hold enough credits.

use super::card::Pack;
use crate::cost::money::{Decimal, plus, times};

/// Steps of the search, at most: more are needed only where packs of odd sizes meet a need of many of them.
const STEPS_MAX: u64 = 200_000;

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

/// The cheapest combination of whole packs with at least `need` credits; of two with the same price the one with more credits.
///
/// Among as many packs of other kinds as the best value's credits (in shares of the common divisor) some add up to whole packs
/// of the best value at no higher price. So beyond a bounded rest only that pack is bought, and the rest is searched in full.
#[must_use]
pub fn cheapest(packs: &[Pack], need: u64) -> Option<Combination> {
    let best = best_value(packs)?;
    let shared = packs.iter().fold(0, |shared, pack| num_integer::gcd(shared, pack.credits)).max(1);
    let steps_of = |pack: &Pack| pack.credits / shared;
    let need_steps = need.div_ceil(shared);
    let longest = packs.iter().map(steps_of).max()?;
    let bounded =
        steps_of(&packs[best]).saturating_sub(1).saturating_mul(longest).saturating_add(steps_of(&packs[best]));
    let searched = need_steps.min(bounded).min(STEPS_MAX);
    let proven = searched == need_steps.min(bounded);
    let mut best_packs = (need_steps - searched).div_ceil(steps_of(&packs[best]));
    let rest = need_steps.saturating_sub(best_packs.checked_mul(steps_of(&packs[best]))?);
    let mut counts = searched_counts(packs, shared, rest)?;
    best_packs = best_packs.checked_add(counts[best])?;
    counts[best] = best_packs;
    let (mut usd, mut credits) = (Decimal::ZERO, 0_u64);
    for (pack, count) in packs.iter().zip(&counts) {
        usd = plus(usd, times(pack.usd, Decimal::from(*count)).ok()?).ok()?;
        credits = credits.checked_add(pack.credits.checked_mul(*count)?)?;
    }
    Some(Combination { counts, usd, credits, proven })
}

/// The pack with the lowest price for a credit; of two the larger.
pub(super) fn best_value(packs: &[Pack]) -> Option<usize> {
    let price = |pack: &Pack| super::fraction::Fraction::of(pack.usd, Decimal::from(pack.credits));
    let all = packs.iter().enumerate().filter(|(_, pack)| pack.credits > 0);
    all.min_by(|(_, a), (_, b)| price(a).cmp(&price(b)).then(b.credits.cmp(&a.credits))).map(|(at, _)| at)
}

/// Counts of the cheapest packs with at least `rest` steps, every number of steps up to it tried once.
fn searched_counts(packs: &[Pack], shared: u64, rest: u64) -> Option<Vec<u64>> {
    let digits = packs.iter().map(|pack| pack.usd.scale()).max()?;
    let whole = |usd: Decimal| usd.mantissa().checked_mul(10_i128.checked_pow(digits - usd.scale())?);
    let kinds: Option<Vec<(usize, i128)>> =
        packs.iter().map(|pack| Some((usize::try_from(pack.credits / shared).ok()?, whole(pack.usd)?))).collect();
    let kinds = kinds?;
    let rest = usize::try_from(rest).ok()?;
    // For each number of steps still missing: price, credits beyond, and the pack to take first.
    let mut table: Vec<(i128, usize, usize)> = Vec::with_capacity(rest + 1);
    table.push((0, 0, 0));
    for missing in 1..=rest {
        let options = kinds.iter().enumerate().map(|(kind, (steps, usd))| {
            let (below, beyond) = (missing.saturating_sub(*steps), steps.saturating_sub(missing));
            let (price, left, _) = table[below];
            (price + usd, left + beyond, kind)
        });
        let found = options.min_by_key(|(price, left, kind)| (*price, std::cmp::Reverse(*left), *kind))?;
        table.push(found);
    }
    let mut counts = vec![0; packs.len()];
    let mut missing = rest;
    while missing > 0 {
        let kind = table[missing].2;
        counts[kind] += 1;
        missing = missing.saturating_sub(kinds[kind].0);
    }
    Some(counts)
}
