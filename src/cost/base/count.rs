//! Expected numbers of images and calls: exact fractions, never rounded up deliverable by deliverable, and what they cost.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, Inexact, rounded, times, trim_zeros};
use crate::cost::base::retry::{Factor, Pick};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use rust_decimal::RoundingStrategy;
use std::sync::Arc;

/// Decimals of a quotient that does not end, wherever it is kept as a decimal.
pub const PLACES: u32 = 18;

/// An expected number of images or calls: not below 0, and not always whole.
///
/// 10 finals at 60 % acceptance take 50/3 images. The fraction is kept beside its decimal, so that a cost is rounded once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    number: Decimal,
    /// The fraction, if the decimal is not exactly it.
    fraction: Option<Arc<Exact>>,
}

/// A fraction in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Exact {
    Short {
        over: u128,
        under: u128,
    },
    /// `each` with a long factor: 4.567 tries, 10 images a call.
    Long {
        over: BigUint,
        under: BigUint,
    },
}

impl Expected {
    /// A whole number.
    #[must_use]
    pub fn whole(count: u64) -> Expected {
        Expected { number: Decimal::from(count), fraction: None }
    }

    /// `over / under`; `None` if `under` is 0, or if its decimal needs more than 28 digits.
    #[must_use]
    pub fn of(over: u128, under: u128) -> Option<Expected> {
        if let Some(number) = ended(over, under) {
            return Some(Expected { number, fraction: None });
        }
        if under == 0 {
            return None;
        }
        let divisor = over.gcd(&under);
        let (over, under) = (over / divisor, under / divisor);
        match ended(over, under) {
            Some(number) => Some(Expected { number, fraction: None }),
            None => Expected::endless(Exact::Short { over, under }),
        }
    }

    /// As [`Expected::of`], with terms of any length.
    fn of_long(over: BigUint, under: BigUint) -> Option<Expected> {
        if under == BigUint::ZERO {
            return None;
        }
        let divisor = over.gcd(&under);
        let (over, under) = (over / &divisor, under / divisor);
        match (u128::try_from(&over), u128::try_from(&under)) {
            (Ok(over), Ok(under)) => Expected::of(over, under),
            _ => Expected::endless(Exact::Long { over, under }),
        }
    }

    fn endless(fraction: Exact) -> Option<Expected> {
        let number = fraction.at(Decimal::ONE).ok()?;
        let number = number.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointNearestEven).normalize();
        Some(Expected { number, fraction: Some(Arc::new(fraction)) })
    }

    /// The number with at most 18 decimals, half to even: what is summed, shown and written.
    #[must_use]
    pub fn number(&self) -> Decimal {
        self.number
    }

    /// The fraction as `50/3`, if it is not exactly [`Expected::number`] and its divisor is below 1,000.
    #[must_use]
    pub fn short_fraction(&self) -> Option<String> {
        match self.fraction.as_deref() {
            Some(Exact::Short { over, under }) if *under < 1000 => Some(format!("{over}/{under}")),
            _ => None,
        }
    }

    /// The number to six decimals, half to even: for a reader who follows a calculation.
    #[must_use]
    pub fn to_six_decimals(&self) -> Decimal {
        rounded(self.number, 6)
    }

    /// Whether [`Expected::number`] is the exact number.
    #[must_use]
    pub fn is_decimal(&self) -> bool {
        self.fraction.is_none()
    }

    /// The exact number.
    #[must_use]
    pub fn exact(&self) -> Fraction {
        match self.fraction.as_deref() {
            None => Fraction::from(self.number),
            Some(Exact::Short { over, under }) => Fraction::ratio(BigInt::from(*over), BigInt::from(*under)),
            Some(Exact::Long { over, under }) => Fraction::ratio(over.clone().into(), under.clone().into()),
        }
    }

    /// What this many cost at a price of each: exactly, or to 18 decimals, half to even, if the decimals do not end or do not
    /// fit.
    ///
    /// # Errors
    /// [`Inexact`] if the amount needs more than 28 digits even so.
    pub fn at(&self, each: Decimal) -> Result<Decimal, Inexact> {
        match self.fraction.as_deref() {
            Some(fraction) => fraction.at(each),
            // Whole numbers of images have costs that end soon: one that does not fit is past every real price.
            None if self.number.scale() == 0 => times(self.number, each),
            None => times(self.number, each).or_else(|_| {
                let over = BigUint::from(self.number.mantissa().unsigned_abs());
                long(&over, &BigUint::from(10_u32).pow(self.number.scale()), each)
            }),
        }
    }
}

impl Exact {
    fn at(&self, each: Decimal) -> Result<Decimal, Inexact> {
        match self {
            Exact::Short { over, under } => match short(*over, *under, each) {
                Some(cost) => Ok(cost),
                None => long(&BigUint::from(*over), &BigUint::from(*under), each),
            },
            Exact::Long { over, under } => long(over, under, each),
        }
    }
}

/// Powers of ten up to the places of a decimal that is kept.
const TENS: [u64; PLACES as usize + 1] = {
    let mut tens = [1; PLACES as usize + 1];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// The quotient, if it ends within 18 decimals and fits. Nearly all do: factors are written with a few decimals.
fn ended(over: u128, under: u128) -> Option<Decimal> {
    let divisor = u64::try_from(under).ok().filter(|divisor| *divisor > 0)?;
    if let Ok(short) = u64::try_from(over)
        && short % divisor == 0
    {
        return Some(Decimal::from(short / divisor));
    }
    let (scale, ten) = (0..).zip(TENS).find(|(_, ten)| ten % divisor == 0)?;
    let mantissa = i128::try_from(over.checked_mul(u128::from(ten / divisor))?).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(trim_zeros)
}

fn half_even<T: Integer + Clone>(over: &T, under: &T) -> T {
    let (quotient, rest) = over.div_rem(under);
    let twice = rest.clone() + rest;
    match twice.cmp(under) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Equal if quotient.is_even() => quotient,
        _ => quotient + T::one(),
    }
}

/// `over / under × each` in machine integers; `None` if they are too short for it.
fn short(over: u128, under: u128, each: Decimal) -> Option<Decimal> {
    let mantissa = each.mantissa().unsigned_abs();
    let divisor = mantissa.gcd(&under);
    let (mantissa, under) = (mantissa / divisor, under / divisor);
    let over = over.checked_mul(mantissa)?;
    if let Some(quotient) = ended(over, under) {
        let scale = quotient.scale().checked_add(each.scale()).filter(|scale| *scale <= Decimal::MAX_SCALE)?;
        return signed(quotient.mantissa(), scale, each);
    }
    if ends(under) {
        return None;
    }
    let (up, down) = (PLACES.saturating_sub(each.scale()), each.scale().saturating_sub(PLACES));
    let (over, under) = (over.checked_mul(10_u128.pow(up))?, under.checked_mul(10_u128.pow(down))?);
    signed(i128::try_from(half_even(&over, &under)).ok()?, PLACES, each)
}

fn ends(mut divisor: u128) -> bool {
    divisor >>= divisor.trailing_zeros();
    while divisor.is_multiple_of(5) {
        divisor /= 5;
    }
    divisor == 1
}

/// As [`short`], in integers of any length; also the costs that end.
fn long(over: &BigUint, under: &BigUint, each: Decimal) -> Result<Decimal, Inexact> {
    let over = over * each.mantissa().unsigned_abs();
    let under = under * BigUint::from(10_u32).pow(each.scale());
    let exact = Fraction::ratio(over.clone().into(), under.clone().into());
    if let Some(exact) = exact.exact() {
        return Ok(if each.is_sign_negative() { -exact } else { exact });
    }
    let units = half_even(&(over * BigUint::from(10_u32).pow(PLACES)), &under);
    signed(i128::try_from(units).map_err(|_| Inexact)?, PLACES, each).ok_or(Inexact)
}

fn signed(mut units: i128, mut scale: u32, like: Decimal) -> Option<Decimal> {
    if like.is_sign_negative() {
        units = -units;
    }
    let fitted = loop {
        match Decimal::try_from_i128_with_scale(units, scale) {
            Ok(fitted) => break fitted,
            Err(_) if scale > 0 && units % 10 == 0 => (units, scale) = (units / 10, scale - 1),
            Err(_) => return None,
        }
    };
    Some(trim_zeros(fitted))
}

/// Images and calls needed for a number of finals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// Images generated, all paid for.
    pub images: Expected,
    /// Requests sent.
    pub calls: Expected,
}

impl Count {
    /// One image a call.
    #[must_use]
    pub fn single(images: Expected) -> Count {
        Count { calls: images.clone(), images }
    }
}

/// Images and calls for `finals` at a retry factor, with `images_per_call` images a call; `None` past 28 digits.
///
/// - one image a call: `finals · a / b`
/// - [`Pick::One`]: a call yields a final with probability `1 − (1 − b/a)ⁿ`, so `finals · aⁿ / (aⁿ − (a − b)ⁿ)` calls. This takes
///   the images of a call to fail independently of one another, so it is a lower bound.
/// - [`Pick::Many`]: whole calls, since several finals come from one
#[must_use]
pub fn count(finals: u64, factor: Factor, images_per_call: u32, pick: Pick) -> Option<Count> {
    let n = images_per_call.max(1);
    let finals = u128::from(finals);
    if n == 1 {
        let images = match finals.checked_mul(factor.a()) {
            Some(over) => Expected::of(over, factor.b()),
            None => Expected::of_long(BigUint::from(finals) * factor.a(), BigUint::from(factor.b())),
        };
        return images.map(Count::single);
    }
    match pick {
        Pick::Many => {
            let (over, under) = (BigUint::from(finals) * factor.a(), BigUint::from(factor.b()) * n);
            let calls = u64::try_from(over.div_ceil(&under)).ok()?;
            let images = calls.checked_mul(u64::from(n))?;
            Some(Count { images: Expected::whole(images), calls: Expected::whole(calls) })
        }
        Pick::One => best_of(finals, factor, n),
    }
}

fn best_of(finals: u128, factor: Factor, n: u32) -> Option<Count> {
    let missed = factor.a() - factor.b();
    let short = || {
        let all = factor.a().checked_pow(n)?;
        let hit = all - missed.checked_pow(n)?;
        let over = finals.checked_mul(all)?;
        Some((over, over.checked_mul(u128::from(n))?, hit))
    };
    if let Some((calls, images, hit)) = short() {
        return Some(Count { images: Expected::of(images, hit)?, calls: Expected::of(calls, hit)? });
    }
    let all = BigUint::from(factor.a()).pow(n);
    let hit = &all - BigUint::from(missed).pow(n);
    let over = all * finals;
    Some(Count { images: Expected::of_long(&over * n, hit.clone())?, calls: Expected::of_long(over, hit)? })
}

/// Images paid for per final if at most one image of a call is kept: n/(1 − (1 − 1/r)ⁿ), to four decimals. For display only.
#[must_use]
pub fn images_per_final(factor: Factor, images_per_call: u32) -> Option<Decimal> {
    let images = best_of(1, factor, images_per_call.max(1))?.images;
    Some(rounded(images.number(), 4))
}
