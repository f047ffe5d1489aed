//! The cap of a project, and the total compared with it.

use super::Amount;
use crate::cost::base::money::{Currency, Decimal, Shown, plus};
use crate::cost::budget::Cap;
use crate::cost::estimate::issue::Issue;
use crate::words::{self, Explanation};

/// A total, or its known part, and the cap that it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BesideCap {
    /// The total in the cap's currency.
    pub total: Amount,
    /// The cap, exact as it was set.
    pub cap: Amount,
    /// What the total is over the cap.
    pub over: Amount,
}

/// How amounts are shown in the currency of a cap: with ≈ where they are converted to it, or rest on what is only about right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapMoney {
    currency: Currency,
    is_about: bool,
}

impl CapMoney {
    /// In the currency of a cap; `is_approximate`: what the amounts rest on.
    #[must_use]
    pub fn of(shown: &Shown, currency: Currency, is_approximate: bool) -> CapMoney {
        let is_converted = currency != Currency::USD && shown.exchange.is_some();
        CapMoney { currency, is_about: is_converted || is_approximate }
    }

    /// A total, or what it leaves of the cap, already in its currency.
    #[must_use]
    pub fn amount(&self, amount: Decimal) -> Amount {
        Amount::in_currency(self.currency, amount).about_if(self.is_about)
    }

    /// Amounts in the cap's currency with the digits of the cap, so that cap and overrun add up to the total beside them; or with
    /// as few more as tell total and cap apart, because `$25.00 is over $25.00` explains nothing.
    #[must_use]
    pub fn beside(&self, total: Decimal, cap: Decimal) -> BesideCap {
        let (currency, cap) = (self.currency, cap_as_set(self.currency, cap));
        let mut rounded = (cap.digits()..=Decimal::MAX_SCALE).map(|digits| Amount::own(currency, total, digits));
        let told_apart = rounded.find(|amount| amount.value() != cap.value());
        let total = told_apart.unwrap_or_else(|| Amount::in_full(currency, total, 2));
        let over = plus(total.value(), -cap.value()).unwrap_or(total.value());
        let over = Amount::own(currency, over, total.digits());
        BesideCap { total: total.about_if(self.is_about), cap, over: over.about_if(self.is_about) }
    }
}

/// A cap as it was set: with the digits of its currency, or more if more were typed, as [`words::cap`] writes it.
#[must_use]
pub fn cap_as_set(currency: Currency, cap: Decimal) -> Amount {
    let has_more = cap.normalize().scale() > currency.digits();
    Amount::in_full(currency, cap, if has_more { 2 } else { currency.digits() })
}

/// A cap in whole units of its currency, else the project's, with ≈ if that drops decimals; `None` if nothing is left.
#[must_use]
pub fn cap_without_cents(cap: Cap, project: Currency) -> Option<Amount> {
    let whole = Amount::own(cap.currency.unwrap_or(project), cap.amount, 0);
    let is_whole = whole.value() == cap.amount;
    (!whole.value().is_zero()).then(|| if is_whole { whole } else { whole.about() })
}

/// An issue in words, its amounts as the project shows them.
#[must_use]
pub fn issue(issue: &Issue, shown: &Shown) -> Explanation {
    words::issue(issue, |total, cap, currency, is_approximate| {
        let beside = CapMoney::of(shown, currency, is_approximate).beside(total, cap);
        [beside.total, beside.cap, beside.over].map(|amount| amount.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_and_cap_are_told_apart_with_as_few_digits_as_do() {
        let told = |total: &str, cap: &str| {
            let [total, cap] = [total, cap].map(|number| number.parse().unwrap_or_default());
            let beside = CapMoney::of(&Shown::usd(), Currency::USD, false).beside(total, cap);
            [beside.total, beside.cap, beside.over].map(|amount| amount.to_string())
        };
        let long = "815.3924133909528123";
        assert_eq!(told(long, "800"), ["$815.39", "$800.00", "$15.39"]);
        assert_eq!(told(long, "815.39"), ["$815.392", "$815.39", "$0.002"]);
        assert_eq!(told(long, "815.392"), ["$815.3924", "$815.392", "$0.0004"]);
        assert_eq!(told("25.000000001", "25"), ["$25.000000001", "$25.00", "$0.000000001"]);
    }
}
