//! A retry factor from text: a factor, a share that is kept, kept of made, a range, or a profile's name.

use crate::cost::base::limits::{FACTOR_MAX, MADE_MAX};
use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::{NumberError, parse_decimal};
use crate::cost::base::retry::Retry;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::refusal::{Refusal, unknown_word};

/// Words behind a share: `40% kept`.
const KEPT: [&str; 3] = ["accepted", "kept", "ok"];

/// The retry setting that a text means.
///
/// # Errors
/// The rule that the text breaks.
pub(super) fn read(text: &str, catalog: &Catalog) -> Result<Retry, Refusal> {
    let lower = text.to_lowercase();
    let number = lower.strip_suffix(['x', '×']).unwrap_or(&lower).trim_end();
    let bare = without_kept(&lower);
    if let Some(percent) = bare.strip_suffix('%') {
        return accepted_retry(parse_decimal(percent.trim_end())?);
    }
    // A dash parts two numbers; before the first one, or beside a slash, it would be the sign of a number.
    let is_dashed = !number.contains('/');
    let parts = number.split(['/', '–', ' ']).filter(|part| !(part.is_empty() || (is_dashed && *part == "-")));
    let parts: Vec<&str> = parts.collect();
    let is_signed = number.starts_with('–') || number.starts_with("- ");
    if let ([low, likely, high], false) = (&parts[..], is_signed) {
        return retry_range(parse_decimal(low)?, parse_decimal(likely)?, parse_decimal(high)?);
    }
    if let Some((kept, made)) = bare.split_once('/') {
        return kept_of_made(parse_decimal(kept)?, parse_decimal(made)?);
    }
    match parse_decimal(number) {
        Ok(factor) => retry_factor(factor).map(Retry::plain),
        Err(NumberError::NotANumber) if number.chars().any(char::is_alphabetic) => {
            let known = || catalog.profiles.keys().cloned().collect();
            let found = catalog.profiles.contains_key(text);
            if found { Ok(Retry::Profile(text.to_owned())) } else { Err(unknown_word(text, known())) }
        }
        Err(error) => Err(error.into()),
    }
}

/// A text in lower case without the word that says that a share is kept.
#[must_use]
pub fn without_kept(lower: &str) -> &str {
    KEPT.iter().find_map(|word| lower.strip_suffix(word)).unwrap_or(lower).trim_end()
}

/// Images that were kept of those that were made: `20/60` is exactly 3×, and worth 20 finals of experience.
///
/// # Errors
/// If one is no count, more were kept than made, or the factor is outside its range.
pub fn kept_of_made(kept: Decimal, made: Decimal) -> Result<Retry, Refusal> {
    let count = |number: Decimal| {
        let whole = u64::try_from(number).ok().filter(|_| number.fract().is_zero() && number > Decimal::ZERO);
        whole.ok_or(Refusal::Number(NumberError::NotANumber))
    };
    let (kept, made) = (count(kept)?, count(made)?);
    if kept > made {
        return Err(Refusal::MoreKeptThanMade);
    }
    let retry = Retry::Kept { kept, made };
    match retry.mean() {
        Some(_) if made <= MADE_MAX => Ok(retry),
        Some(_) => Err(Refusal::OutOfRange { min: Decimal::ONE, max: Decimal::from(MADE_MAX) }),
        None => Err(Refusal::OutOfRange { min: Decimal::ONE, max: Decimal::from(FACTOR_MAX) }),
    }
}

/// An acceptance rate from 0.1 to 100 percent.
///
/// # Errors
/// If it is outside that range.
pub fn accepted_retry(percent: Decimal) -> Result<Retry, Refusal> {
    let (min, max) = (Decimal::new(1, 1), Decimal::ONE_HUNDRED);
    let fits = (min..=max).contains(&percent);
    if fits { Ok(Retry::Accepted { percent, confidence: None }) } else { Err(Refusal::OutOfRange { min, max }) }
}

/// A factor from 1 to 1,000.
///
/// # Errors
/// If it is outside that range.
pub fn retry_factor(factor: Decimal) -> Result<Decimal, Refusal> {
    let (min, max) = (Decimal::ONE, Decimal::from(FACTOR_MAX));
    if (min..=max).contains(&factor) { Ok(factor) } else { Err(Refusal::OutOfRange { min, max }) }
}

/// A range low, likely, high, each from 1 to 1,000 and in this order.
///
/// # Errors
/// If one is out of range or they are out of order.
pub fn retry_range(low: Decimal, likely: Decimal, high: Decimal) -> Result<Retry, Refusal> {
    for end in [low, likely, high] {
        retry_factor(end)?;
    }
    let range = Retry::Range { low, likely, high };
    if low <= likely && likely <= high && range.mean().is_some() { Ok(range) } else { Err(Refusal::RangeOrder) }
}
