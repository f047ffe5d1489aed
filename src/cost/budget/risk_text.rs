//! The values of a named risk from text and to text, as `--set` and a person type them.

use crate::cost::base::limits::EXTRA_FINALS_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::{NumberError, parse_decimal, parse_grouped};
use crate::cost::budget::knob_text::charge;
use crate::cost::budget::named_risk::{Points, RiskAmount};
use crate::cost::budget::refusal::Refusal;

/// A chance in percent: `40%`. In a field that shows the sign `40` is enough; below 1 the sign is needed there too, since 0.3 may
/// be meant as 30 %.
///
/// # Errors
/// If it is no percentage from 0 to 100, or a share without its sign.
pub fn chance(text: &str, bare: bool) -> Result<Decimal, Refusal> {
    let text = text.trim();
    let number = match text.strip_suffix('%') {
        Some(number) => number.trim_end(),
        None if bare => text,
        None => return Err(Refusal::Form),
    };
    let (min, max) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
    let percent = parse_decimal(number)?;
    if bare && !text.ends_with('%') && percent > min && percent < Decimal::ONE {
        return Err(Refusal::BareShare { percent });
    }
    if (min..=max).contains(&percent) { Ok(percent) } else { Err(Refusal::OutOfRange { min, max }) }
}

/// Extra finals: `12`, or `6/12/20`.
///
/// # Errors
/// If a number is not whole or too large, or three are out of order.
pub fn finals(text: &str) -> Result<Points<u64>, Refusal> {
    let max = Decimal::from(EXTRA_FINALS_MAX);
    points(text, |number| {
        let number = parse_grouped(number)?.normalize();
        match u64::try_from(number) {
            _ if number.scale() > 0 => Err(Refusal::NotWhole),
            Ok(finals) if number <= max => Ok(finals),
            _ => Err(Refusal::OutOfRange { min: Decimal::ZERO, max }),
        }
    })
}

/// Money: `150`, `150 USD`, or `100/150/250 USD`.
///
/// # Errors
/// If it is not an amount from 0 on, its currency is unknown, or three are out of order.
pub fn amount(text: &str) -> Result<RiskAmount, Refusal> {
    let mut currency = None;
    let points = points(text, |one| {
        let one = charge(one)?;
        match (one.currency, currency) {
            (Some(own), Some(other)) if own != other => Err(Refusal::Form),
            _ => {
                currency = one.currency.or(currency);
                Ok(one.amount)
            }
        }
    })?;
    Ok(RiskAmount { points, currency })
}

/// One part or three, between slashes.
fn points<T: Copy + PartialOrd>(
    text: &str,
    mut one: impl FnMut(&str) -> Result<T, Refusal>,
) -> Result<Points<T>, Refusal> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    match &parts[..] {
        [number] => one(number).map(Points::One),
        [low, likely, high] => Points::range(one(low)?, one(likely)?, one(high)?).ok_or(Refusal::RangeOrder),
        _ => Err(NumberError::NotANumber.into()),
    }
}

/// A chance as [`chance`] reads it.
#[must_use]
pub fn chance_text(percent: Decimal) -> String {
    format!("{}%", percent.normalize())
}

/// Finals as [`finals`] reads them.
#[must_use]
pub fn finals_text(finals: Points<u64>) -> String {
    finals.all().iter().map(u64::to_string).collect::<Vec<_>>().join("/")
}

/// An amount as [`amount`] reads it.
#[must_use]
pub fn amount_text(amount: RiskAmount) -> String {
    let number = |number: &Decimal| {
        let mut number = number.normalize();
        number.rescale(number.scale().max(2));
        number.to_string()
    };
    let numbers = amount.points.all().iter().map(number).collect::<Vec<_>>().join("/");
    amount.currency.map_or_else(|| numbers.clone(), |currency| format!("{numbers} {}", currency.code()))
}
