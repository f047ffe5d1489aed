//! Amounts as they are shown: in the project's currency, parts that add up, and "unknown" where nothing is known.

use crate::cost::base::money::{Currency, Decimal, Shown, plus, rounded, rounded_parts, times};
use crate::words;

/// More parts than this are rounded one by one: adding them up at each frame would cost more than the frame.
pub(super) const MAX_PARTS: usize = 1000;

/// An amount of USD, or the word for what is not known.
#[must_use]
pub fn amount(shown: &Shown, usd: Option<Decimal>) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| words::number::shown(shown, usd))
}

/// The price of one picture, with the digits that it takes to tell two sizes apart; always in USD, as price lists are.
#[must_use]
pub fn unit_price(usd: Option<Decimal>) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| words::number::amount_with_digits(Currency::USD, usd, 5))
}

/// Parts as they are shown, and the sum of the first `rows` of them, so that a column adds up on screen.
#[must_use]
pub fn column(shown: &Shown, usd: &[Option<Decimal>], rows: usize) -> (Vec<String>, Option<String>) {
    let sum = |parts: &[Decimal]| parts.iter().take(rows).try_fold(Decimal::ZERO, |sum, part| plus(sum, *part)).ok();
    let all: Option<Vec<Decimal>> = usd.iter().copied().collect();
    let shown_sum = all
        .filter(|all| all.len() <= MAX_PARTS)
        .and_then(|all| all.iter().map(|part| shown.from_usd(*part)).collect::<Option<Vec<_>>>())
        .and_then(|all| rounded_parts(&all, shown.currency.digits()).ok())
        .and_then(|rounded| sum(&rounded));
    let sign = if shown.currency == Currency::USD { "" } else { "≈" };
    (parts(shown, usd), shown_sum.map(|sum| format!("{sign}{}", words::number::amount(shown.currency, sum))))
}

/// Amounts of USD that add up to their shown sum; a part that is not known takes no share in it.
#[must_use]
pub fn parts(shown: &Shown, usd: &[Option<Decimal>]) -> Vec<String> {
    let one_by_one = || usd.iter().map(|part| amount(shown, *part)).collect();
    if usd.len() > MAX_PARTS {
        return one_by_one();
    }
    let converted: Option<Vec<Decimal>> = usd.iter().flatten().map(|part| shown.from_usd(*part)).collect();
    let Some(Ok(rounded)) = converted.map(|parts| rounded_parts(&parts, shown.currency.digits())) else {
        return one_by_one();
    };
    let mut rounded = rounded.into_iter();
    usd.iter().map(|usd| part(shown, usd.and_then(|_| rounded.next()))).collect()
}

/// A part that is rounded already, in the project's currency, or the word for what is not known.
#[must_use]
pub(super) fn part(shown: &Shown, rounded: Option<Decimal>) -> String {
    let sign = if shown.currency == Currency::USD { "" } else { "≈" };
    rounded.map_or_else(
        || words::unknown().to_owned(),
        |part| format!("{sign}{}", words::number::amount(shown.currency, part)),
    )
}

/// Ten-thousandths of an amount, for the length of a bar only.
#[must_use]
pub fn bar_units(amount: Decimal) -> u64 {
    let units = times(rounded(amount, 4), Decimal::from(10_000));
    units.map_or(u64::MAX, |units| u64::try_from(units).unwrap_or(u64::MAX))
}
