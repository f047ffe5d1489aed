//! Expected numbers of images and calls as shown: whole where they are whole, else to a tenth, or to a hundredth below ten.

use super::amount::UNIT_DIGITS;
use crate::cost::base::money::{Decimal, rounded, times};
use crate::cost::budget::resolve::Deliverable;
use crate::words;
use crate::words::number::{grouped, plain};

/// Decimals of a count in a formula; more do not help to check it.
const MOST_DIGITS: u32 = 4;

/// A count with the decimals that are shown of it: `48`, `51.6`, `2.25`.
#[must_use]
pub fn count(number: Decimal) -> String {
    grouped(short_count(number))
}

/// The number that [`count`] shows.
#[must_use]
pub fn short_count(number: Decimal) -> Decimal {
    if number.is_integer() {
        return number.normalize();
    }
    rounded(number, if number.abs() < Decimal::TEN { 2 } else { 1 })
}

/// The count of a formula that a reader can check: [`count`] with as many more decimals as it takes until it times the price
/// of each, as shown, is the cost to the cent.
#[must_use]
pub fn checkable_count(number: Decimal, each: Option<Decimal>, usd: Option<Decimal>) -> String {
    let short = short_count(number);
    let holds = |count: &Decimal| {
        let product = each.and_then(|each| times(*count, rounded(each, UNIT_DIGITS)).ok());
        product.zip(usd).is_some_and(|(product, usd)| rounded(product, 2) == rounded(usd, 2))
    };
    let more = (short.scale() + 1..=MOST_DIGITS).map(|digits| rounded(number, digits).normalize());
    let found = if holds(&short) { None } else { more.filter(|_| !number.is_integer()).find(holds) };
    grouped(found.unwrap_or(short))
}

/// A deliverable's finals, with how many times over: `24`, `40 × 30`; `?` where the file has a number that cannot be read, because
/// the 0 that stands for it there is not what anybody wrote.
#[must_use]
pub fn finals(deliverable: &Deliverable) -> String {
    if !deliverable.finals.readable || !deliverable.repeat.readable {
        return "?".to_owned();
    }
    let finals = plain(deliverable.finals.value);
    match deliverable.repeat.value {
        1 => finals,
        repeat => words::repeated(finals, plain(repeat)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::base::number_text::parse_decimal;

    fn number(text: &str) -> Decimal {
        parse_decimal(text).unwrap_or_default()
    }

    #[test]
    fn counts_have_a_tenth_or_below_ten_a_hundredth() {
        let shown = [
            ("0", "0"),
            ("48.0", "48"),
            ("51.6", "51.6"),
            ("1.13", "1.13"),
            ("2.5", "2.50"),
            ("16.666666666666666667", "16.7"),
            ("9.996", "10.00"),
            ("12345.67", "12,345.7"),
        ];
        for (exact, expected) in shown {
            assert_eq!(count(number(exact)), expected, "{exact}");
        }
    }

    #[test]
    fn a_formula_can_be_checked_with_a_pocket_calculator() {
        let shown = |images: &str, each: &str, usd: &str| {
            checkable_count(number(images), Some(number(each)), Some(number(usd)))
        };
        assert_eq!(shown("51.6", "0.192692", "9.9429072"), "51.6");
        // 16.7 · 0.21075 would be 3.52, and 16.67 · 0.21075 is 3.51.
        assert_eq!(shown("16.666666666666666667", "0.21075", "3.5125"), "16.67");
        assert_eq!(shown("49.846153846153846154", "0.21075", "10.505076923076923077"), "49.85");
        // The price itself is rounded: no count can help.
        assert_eq!(shown("1000000.5", "0.192692", "192692.096346"), "1,000,000.5");
        assert_eq!(checkable_count(number("1.5"), None, None), "1.50");
    }
}
