//! Sums and products of any length, and the nearest decimal of one.
//!
//! An invoice multiplies percentages of percentages: exact in between, each figure rounded once where it is kept.

use crate::cost::base::money::{Decimal, Inexact, trim_zeros};
use num_bigint::BigInt;
use num_integer::Integer;
use std::ops::AddAssign;

/// An exact number that ends as a decimal, of any length.
#[derive(Debug, Clone, Eq, Default)]
pub struct Wide {
    units: BigInt,
    /// Decimals.
    scale: u32,
}

/// `10^power`.
fn ten(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// The quotient by `10^drop`, half to even.
fn without(units: &BigInt, drop: u32) -> BigInt {
    let divisor = ten(drop);
    let (quotient, rest) = units.div_mod_floor(&divisor);
    let twice = rest * 2;
    if twice > divisor || (twice == divisor && quotient.is_odd()) { quotient + 1 } else { quotient }
}

impl Wide {
    /// The exact product.
    #[must_use]
    pub fn times(&self, factor: Decimal) -> Wide {
        Wide { units: &self.units * factor.mantissa(), scale: self.scale + factor.scale() }
    }

    /// That many percent of it.
    #[must_use]
    pub fn percent(&self, percent: Decimal) -> Wide {
        let share = self.times(percent);
        Wide { scale: share.scale + 2, ..share }
    }

    /// The exact sum with another, or the difference from it.
    pub fn change(&mut self, by: &Wide, add: bool) {
        let scale = self.scale.max(by.scale);
        let raised = |wide: &Wide| &wide.units * ten(scale - wide.scale);
        let (own, by) = (raised(self), raised(by));
        *self = Wide { units: if add { own + by } else { own - by }, scale };
    }

    /// The number as a decimal: exactly where it fits, else the nearest of 28 digits, half to even.
    ///
    /// # Errors
    /// [`Inexact`] if even its whole part does not fit.
    pub fn nearest(&self) -> Result<Decimal, Inexact> {
        let (mut units, mut scale) = (self.units.clone(), self.scale);
        while scale > 0 && (&units % 10_u32) == BigInt::ZERO {
            (units, scale) = (units / 10, scale - 1);
        }
        let decimal = |units: &BigInt, scale: u32| {
            Decimal::try_from_i128_with_scale(i128::try_from(units).ok()?, scale).ok().map(trim_zeros)
        };
        if let Some(exact) = decimal(&units, scale) {
            return Ok(exact);
        }
        let digits = u32::try_from(units.magnitude().to_string().len()).unwrap_or(u32::MAX);
        let drop = digits.saturating_sub(Decimal::MAX_SCALE).max(scale.saturating_sub(Decimal::MAX_SCALE));
        let kept = scale.checked_sub(drop).ok_or(Inexact)?;
        decimal(&without(&units, drop), kept).ok_or(Inexact)
    }
}

/// The difference `a − b`: exactly where it fits, else the nearest of 28 digits. An exact one may need more digits than either.
///
/// # Errors
/// [`Inexact`] if even its whole part does not fit.
pub fn difference(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    let mut exact = Wide::from(a);
    exact.change(&Wide::from(b), false);
    exact.nearest()
}

impl PartialEq for Wide {
    /// By value: 0.50 is 0.5.
    fn eq(&self, other: &Wide) -> bool {
        let mut difference = self.clone();
        difference.change(other, false);
        difference.units == BigInt::ZERO
    }
}

impl From<Decimal> for Wide {
    fn from(number: Decimal) -> Wide {
        Wide { units: BigInt::from(number.mantissa()), scale: number.scale() }
    }
}

impl AddAssign<&Wide> for Wide {
    fn add_assign(&mut self, by: &Wide) {
        self.change(by, true);
    }
}

impl AddAssign<Decimal> for Wide {
    fn add_assign(&mut self, by: Decimal) {
        self.change(&Wide::from(by), true);
    }
}
