//! The largest value that fits.

use crate::cost::base::money::Decimal;
use std::collections::BTreeMap;

/// The outcome of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Largest {
    /// Not even the least fits.
    None,
    /// This one fits, and the next does not.
    Of(u64),
    /// All fit.
    All,
}

/// The largest number from `least` to `most` that fits, if what fits is followed by nothing that does. It looks at the ends and
/// at some twenty numbers between. `None` if `fits` gave up.
pub(super) fn largest(least: u64, most: u64, mut fits: impl FnMut(u64) -> Option<bool>) -> Option<Largest> {
    if !fits(least)? {
        return Some(Largest::None);
    }
    if fits(most)? {
        return Some(Largest::All);
    }
    let (mut fitting, mut over) = (least, most);
    while over - fitting > 1 {
        let middle = fitting + (over - fitting) / 2;
        if fits(middle)? { fitting = middle } else { over = middle }
    }
    Some(Largest::Of(fitting))
}

/// Looks by the guess alone; then every second one halves what is left.
const GUESSED: u32 = 8;

/// A search whose looks take long, beside an amount that is soon known and nearly in proportion to the one that counts.
pub(super) struct Guided<C, D> {
    /// The largest amount that fits.
    pub(super) cap: Decimal,
    /// Both amounts of one value, to begin with.
    pub(super) known: (Decimal, Decimal),
    /// The amount that is soon known, of a value.
    pub(super) soon: C,
    /// The amount that counts, of a value, and whether it fits.
    pub(super) look: D,
}

impl<C, D> Guided<C, D>
where
    C: FnMut(u64) -> Option<Decimal>,
    D: FnMut(u64) -> Option<(Option<Decimal>, bool)>,
{
    /// The largest number that fits, where `fitting` fits and `over` does not. `None` if `look` gave up. Each guess is where the
    /// line through the last two looks meets the cap, so some five looks are enough where halving takes twenty.
    pub(super) fn largest(mut self, mut fitting: u64, mut over: u64) -> Option<u64> {
        let mut points = vec![self.known];
        let mut soon = BTreeMap::new();
        let (mut looks, mut reach) = (0, 1);
        while over - fitting > 1 {
            looks += 1;
            let halves = looks > GUESSED && looks % 2 == 0;
            let guess = if halves { None } else { self.guess(&points, (fitting, over), &mut soon) };
            let at = match guess {
                None => fitting + (over - fitting) / 2,
                Some(guess) if guess <= fitting => fitting + reach.min(over - fitting - 1),
                Some(guess) if guess + 1 >= over => over - reach.min(over - fitting - 1),
                Some(guess) => guess,
            };
            // Looks beside an end go on in growing strides until they find the other side.
            let is_beside = guess.is_some_and(|guess| guess <= fitting || guess + 1 >= over);
            reach = if is_beside { reach.saturating_mul(2) } else { 1 };
            let (amount, fits) = (self.look)(at)?;
            if fits {
                fitting = at
            } else {
                over = at
            }
            if let Some((soon, amount)) = self.soon_of(at, &mut soon).zip(amount) {
                points.push((soon, amount));
            }
        }
        Some(fitting)
    }

    fn soon_of(&mut self, at: u64, kept: &mut BTreeMap<u64, Option<Decimal>>) -> Option<Decimal> {
        *kept.entry(at).or_insert_with(|| (self.soon)(at))
    }

    /// The largest number between two whose amount that is soon known is no more than the other one allows.
    fn guess(
        &mut self,
        points: &[(Decimal, Decimal)],
        (mut fitting, mut over): (u64, u64),
        kept: &mut BTreeMap<u64, Option<Decimal>>,
    ) -> Option<u64> {
        let wanted = wanted(points, self.cap)?;
        while over - fitting > 1 {
            let middle = fitting + (over - fitting) / 2;
            if self.soon_of(middle, kept)? <= wanted { fitting = middle } else { over = middle }
        }
        Some(fitting)
    }
}

/// Where the line through the last two points meets the cap; through nothing and a single one. `None` if there is no such place.
fn wanted(points: &[(Decimal, Decimal)], cap: Decimal) -> Option<Decimal> {
    let (last, before) = match *points {
        [.., before, last] => (last, before),
        [last] => (last, (Decimal::ZERO, Decimal::ZERO)),
        [] => return None,
    };
    let (across, up) = (last.0.checked_sub(before.0)?, last.1.checked_sub(before.1)?);
    let rises = up.checked_div(across).filter(|rise| *rise > Decimal::ZERO)?;
    last.0.checked_add(cap.checked_sub(last.1)?.checked_div(rises)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amounts that rise evenly, bent, in steps, and not at all for long.
    #[test]
    fn a_guided_search_ends_where_halving_does() {
        let shapes: [fn(u64) -> u64; 5] =
            [|n| 3 * n + 7, |n| n * n / 50 + n, |n| n / 97 * 97, |n| n.max(4_000), |n| (n / 1000) * (n / 1000)];
        for (shape, amount) in shapes.into_iter().enumerate() {
            for end in [1, 2, 96, 97, 98, 777, 4_000, 5_001, 9_998] {
                let cap = amount(end);
                let wanted = (0..=10_000).rev().find(|n| amount(*n) <= cap).unwrap_or_default();
                if wanted == 10_000 {
                    continue;
                }
                let mut looks = 0;
                let found = Guided {
                    cap: Decimal::from(cap),
                    known: (Decimal::from(5_007), Decimal::from(amount(5_000))),
                    soon: |n: u64| Some(Decimal::from(n + 7)),
                    look: |n: u64| {
                        looks += 1;
                        Some((Some(Decimal::from(amount(n))), amount(n) <= cap))
                    },
                };
                assert_eq!(found.largest(0, 10_000), Some(wanted), "shape {shape}, end {end}");
                assert!(looks <= if shape == 0 { 4 } else { 36 }, "shape {shape}, end {end}: {looks} looks");
            }
        }
    }

    #[test]
    fn a_guided_search_that_is_given_up_has_no_end() {
        let soon = |n: u64| Some(Decimal::from(n));
        let known = (Decimal::ONE, Decimal::ONE);
        assert_eq!(Guided { cap: Decimal::TEN, known, soon, look: |_: u64| None }.largest(0, 100), None);
        // Without an amount it halves.
        let blind = Guided { cap: Decimal::TEN, known, soon: |_: u64| None, look: |n: u64| Some((None, n < 70)) };
        assert_eq!(blind.largest(0, 100), Some(69));
    }

    #[test]
    fn the_largest_is_found_at_every_place() {
        for (least, most) in [(0, 1), (0, 2), (5, 5), (1, 100)] {
            for end in least..=most {
                let wanted = if end == most { Largest::All } else { Largest::Of(end) };
                assert_eq!(largest(least, most, |n| Some(n <= end)), Some(wanted), "{least} {most} {end}");
            }
            assert_eq!(largest(least, most, |_| Some(false)), Some(Largest::None));
        }
        assert_eq!(largest(0, 9, |n| (n < 5).then_some(true)), None, "stopped");
    }
}
