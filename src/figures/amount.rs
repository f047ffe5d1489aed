//! One amount as shown: rounded, with its currency's sign, ≈ if it is not exact, ≤ or ≥ if it is a bound.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Currency, Decimal, Shown, plus, rounded, times};
use crate::cost::base::wide;
use crate::cost::estimate::Totals;
use crate::cost::estimate::line::Bracket;
use crate::words;
use crate::words::number;
use std::fmt;

/// The side of an amount on which the true one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bound {
    /// It is the exact amount.
    #[default]
    None,
    /// The amount or less: `≤`.
    AtMost,
    /// The amount or more: `≥`.
    AtLeast,
}

impl Bound {
    /// The sign before a figure.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Bound::None => "",
            Bound::AtMost => "≤",
            Bound::AtLeast => "≥",
        }
    }
}

/// An amount as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    value: Decimal,
    currency: Currency,
    digits: u32,
    approx: bool,
    bound: Bound,
}

impl Amount {
    /// An amount of USD with the digits of a total: converted to the project's currency where it has a rate.
    #[must_use]
    pub fn of(shown: &Shown, usd: Decimal) -> Amount {
        Amount::finer(shown, usd, 0)
    }

    /// An amount of USD with some decimals beyond those of a total.
    #[must_use]
    pub fn finer(shown: &Shown, usd: Decimal, digits: u32) -> Amount {
        match shown.from_usd(usd).filter(|_| shown.currency != Currency::USD) {
            Some(amount) => Amount::own(shown.currency, amount, shown.currency.digits() + digits).about(),
            None => Amount::own(Currency::USD, usd, Currency::USD.digits() + digits),
        }
    }

    /// A fraction of USD with some decimals beyond those of a total; `None` if no decimal is near enough.
    #[must_use]
    pub fn of_fraction(shown: &Shown, usd: &Fraction, digits: u32) -> Option<Amount> {
        // Eighteen digits are more than any figure shows, and few enough that their conversion stays exact.
        Some(Amount::finer(shown, usd.nearest()?.round_dp(18), digits))
    }

    /// What an amount of USD changed by, from `before` to `now`: the difference of both **as shown**. Readers subtract two totals
    /// that stand side by side, and the cents have to agree.
    #[must_use]
    pub fn change(shown: &Shown, before: Decimal, now: Decimal) -> Amount {
        Amount::of(shown, now).less(Amount::of(shown, before))
    }

    /// This amount less another in the same currency, with the marks of this one.
    #[must_use]
    pub fn less(self, other: Amount) -> Amount {
        Amount { value: wide::difference(self.value, other.value).unwrap_or_default(), ..self }
    }

    /// An amount already in `currency`, with this many decimals.
    #[must_use]
    pub fn own(currency: Currency, amount: Decimal, digits: u32) -> Amount {
        Amount { value: rounded(amount, digits), currency, digits, approx: false, bound: Bound::None }
    }

    /// An amount already in `currency`, with the digits of a total.
    #[must_use]
    pub fn in_currency(currency: Currency, amount: Decimal) -> Amount {
        Amount::own(currency, amount, currency.digits())
    }

    /// An amount already in `currency`, with all its digits and no fewer than `least`.
    #[must_use]
    pub fn in_full(currency: Currency, amount: Decimal, least: u32) -> Amount {
        Amount::own(currency, amount, amount.normalize().scale().max(least))
    }

    /// The amount with the other sign.
    #[must_use]
    pub fn negated(self) -> Amount {
        Amount { value: -self.value, ..self }
    }

    /// The amount as a label at the end of an axis: in whole units from 10 on.
    #[must_use]
    pub fn short(self) -> Amount {
        if self.value.abs() < Decimal::TEN { self } else { Amount { value: rounded(self.value, 0), digits: 0, ..self } }
    }

    /// The same amount, marked as approximate.
    #[must_use]
    pub fn about(self) -> Amount {
        Amount { approx: true, ..self }
    }

    /// The same amount, marked as approximate if it is.
    #[must_use]
    pub fn about_if(self, is_approximate: bool) -> Amount {
        if is_approximate { self.about() } else { self }
    }

    /// The same amount, not marked as approximate: it was priced in the currency that it is shown in, so converting it to USD and
    /// back leaves it what it was.
    #[must_use]
    pub fn exact(self) -> Amount {
        Amount { approx: false, ..self }
    }

    /// Whether it is marked as approximate.
    #[must_use]
    pub fn is_about(&self) -> bool {
        self.approx
    }

    /// The same amount, marked as an upper bound.
    #[must_use]
    pub fn at_most(self) -> Amount {
        Amount { bound: Bound::AtMost, ..self }
    }

    /// The same amount, marked as a lower bound.
    #[must_use]
    pub fn at_least(self) -> Amount {
        Amount { bound: Bound::AtLeast, ..self }
    }

    /// Its side, and the amount without that sign: for sentences that say the bound in words.
    #[must_use]
    pub fn split_bound(self) -> (Bound, Amount) {
        (self.bound, Amount { bound: Bound::None, ..self })
    }

    /// The rounded number, in the shown currency.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Its decimals as shown.
    #[must_use]
    pub fn digits(&self) -> u32 {
        self.digits
    }

    /// With a plus sign if it is above 0: a difference.
    #[must_use]
    pub fn signed(&self) -> String {
        self.with_sign(if self.value > Decimal::ZERO { "+" } else { "" })
    }

    fn with_sign(&self, sign: &str) -> String {
        let bound = self.bound.sign();
        let about = if self.approx { "≈" } else { "" };
        format!("{bound}{about}{sign}{}", number::amount_with_digits(self.currency, self.value, self.digits))
    }

    /// The difference between this sum as shown and its parts as shown; `None` if they add up.
    #[must_use]
    pub fn rest_of(&self, parts: impl IntoIterator<Item = Amount>) -> Option<Amount> {
        let rest = parts.into_iter().try_fold(self.value, |rest, part| plus(rest, -part.value).ok())?;
        // Never ≈, in a converted project either: that sign says that an amount may not be what will be paid, and nobody pays this
        // one. It is what a reader misses who adds up the figures above it, and that is exact.
        (!rest.is_zero()).then(|| Amount::own(self.currency, rest, self.digits))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.with_sign(""))
    }
}

/// An amount of USD with the digits of a total, or the word for an unknown amount.
#[must_use]
pub fn text(shown: &Shown, usd: Option<Decimal>) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| Amount::of(shown, usd).to_string())
}

/// The same, marked as approximate if it is.
#[must_use]
pub fn text_if(shown: &Shown, usd: Option<Decimal>, is_approximate: bool) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| Amount::of(shown, usd).about_if(is_approximate).to_string())
}

/// The lowest and highest total as shown.
#[must_use]
pub fn bracket_text(shown: &Shown, of: &Bracket) -> String {
    let [least, most] = [of.least, of.most].map(|usd| Amount::of(shown, usd).about_if(of.approximate));
    words::between(least, most)
}

/// Whether the change from one amount to another is approximate: as soon as either is.
#[must_use]
pub fn is_change_about(before: bool, after: bool) -> bool {
    before || after
}

/// A figure in words, marked as approximate if it is.
#[must_use]
pub fn about_if(is_approximate: bool, figure: String) -> String {
    if is_approximate { format!("≈{figure}") } else { figure }
}

/// The total of a project as shown, or the word for an unknown one.
#[must_use]
pub fn total_text(shown: &Shown, totals: &Totals) -> String {
    text_if(shown, totals.total, totals.approximate)
}

/// A fraction of USD with the digits of a total, or the word for an unknown amount.
#[must_use]
pub fn text_of_fraction(shown: &Shown, usd: &Fraction) -> String {
    text_of_fraction_if(shown, usd, false)
}

/// The same, marked as approximate if it is.
#[must_use]
pub fn text_of_fraction_if(shown: &Shown, usd: &Fraction, is_approximate: bool) -> String {
    let text = |amount: Amount| amount.about_if(is_approximate).to_string();
    Amount::of_fraction(shown, usd, 0).map_or_else(|| words::unknown().to_owned(), text)
}

/// USD with all digits, at least two; as a fraction with the nearest amount if the digits do not end.
#[must_use]
pub fn exact_usd(usd: &Fraction) -> String {
    match usd.exact() {
        Some(usd) => Amount::in_full(Currency::USD, usd, 2).to_string(),
        None => {
            let about = usd
                .nearest()
                .map(|usd| Amount::in_full(Currency::USD, rounded(usd, 6), 2).to_string())
                .unwrap_or_default();
            words::exact_fraction(usd.to_string().replace('-', "−"), about)
        }
    }
}

/// Decimals of the price of one image.
pub(super) const UNIT_DIGITS: u32 = 5;

/// The price of one image, with enough digits to tell two sizes apart; always in USD, like price lists.
#[must_use]
pub fn unit_price(usd: Option<Decimal>, is_approximate: bool) -> String {
    let amount = |usd| Amount::own(Currency::USD, usd, UNIT_DIGITS).about_if(is_approximate);
    usd.map_or_else(|| words::unknown().to_owned(), |usd| amount(usd).to_string())
}

/// Ten-thousandths of an amount, for the length of a bar only; none below 0, as of a discount.
#[must_use]
pub fn bar_units(amount: Decimal) -> u64 {
    let units = times(rounded(amount.max(Decimal::ZERO), 4), Decimal::from(10_000));
    units.map_or(u64::MAX, |units| u64::try_from(units).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn euros() -> Shown {
        let exchange =
            crate::cost::base::money::Exchange { rate: Decimal::new(92, 2), as_of: date(2026, 11, 20), source: None };
        Shown { currency: Currency::parse("EUR").unwrap_or(Currency::USD), exchange: Some(exchange) }
    }

    #[test]
    fn an_amount_is_rounded_half_even_and_zero_has_no_sign() {
        let usd = |cents: i64, scale| Amount::of(&Shown::usd(), Decimal::new(cents, scale)).to_string();
        assert_eq!([usd(125, 3), usd(135, 3), usd(-1, 3), usd(-6, 3)], ["$0.12", "$0.14", "$0.00", "−$0.01"]);
    }

    #[test]
    fn what_is_below_zero_has_no_bar() {
        assert_eq!([Decimal::new(25, 1), Decimal::ZERO, Decimal::new(-25, 1)].map(bar_units), [25_000, 0, 0]);
    }

    #[test]
    fn what_is_converted_is_approximate() {
        let amount = Amount::of(&euros(), Decimal::ONE);
        assert_eq!(
            [amount.to_string(), amount.signed(), amount.at_most().to_string()],
            ["≈€0.92", "≈+€0.92", "≤≈€0.92"]
        );
        assert_eq!(Amount::finer(&Shown::usd(), Decimal::new(-5, 4), 2).signed(), "−$0.0005");
    }

    #[test]
    fn a_bound_has_its_sign_first_and_can_be_said_in_words_instead() {
        let amount = Amount::of(&euros(), Decimal::ONE);
        for (bounded, bound, text) in [
            (amount, Bound::None, "≈€0.92"),
            (amount.at_most(), Bound::AtMost, "≤≈€0.92"),
            (amount.at_least(), Bound::AtLeast, "≥≈€0.92"),
        ] {
            assert_eq!((bounded.to_string().as_str(), bounded.split_bound()), (text, (bound, amount)));
        }
    }

    #[test]
    fn parts_that_do_not_add_up_leave_a_rest() {
        let usd = |thousandths: i64| Amount::of(&Shown::usd(), Decimal::new(thousandths, 3));
        assert_eq!(usd(12).rest_of([usd(4), usd(4), usd(4)]).map(|rest| rest.signed()), Some("+$0.01".to_owned()));
        assert_eq!(usd(16).rest_of([usd(8), usd(8)]), None);
        assert_eq!(usd(14).rest_of([usd(7), usd(7)]).map(|rest| rest.signed()), Some("−$0.01".to_owned()));
        // Of approximate amounts too it is exact.
        let converted = |usd: i64| Amount::of(&euros(), Decimal::new(usd, 3));
        let rest = converted(13).rest_of([converted(4), converted(4), converted(4)]);
        assert_eq!(
            (converted(13).to_string(), rest.map(|rest| rest.signed())),
            ("≈€0.01".into(), Some("+€0.01".into()))
        );
    }
}
