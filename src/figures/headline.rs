//! The project's headline: the total, what it has changed by since the project was opened, and the cap.

use super::{Amount, CapMoney, bar_units, cap_as_set, is_change_about};
use crate::cost::Budget;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::estimate::{CapState, Totals, against_cap};

/// The total beside the cap, as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// There is no cap.
    None,
    /// The total is unknown, and its known part is not over the cap.
    Unknown,
    /// The cap is in a currency that is neither USD nor the project's.
    WrongCurrency {
        /// The cap's currency.
        cap: Currency,
        /// The project's.
        project: Currency,
    },
    /// The total is at or under the cap.
    Left {
        /// The money that is left, 0 or more.
        left: Amount,
        /// The cap, without decimals if it has none.
        cap: Amount,
    },
    /// The total is over the cap.
    Over {
        /// The money above it.
        over: Amount,
        /// The cap, without decimals if it has none.
        cap: Amount,
    },
    /// Part of the total is unknown, and the known part alone is over the cap.
    OverAtLeast {
        /// The money that the known part is above it.
        over: Amount,
        /// The cap, without decimals if it has none.
        cap: Amount,
    },
}

/// What the headline says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// The last total; `None` if a part of it is unknown.
    pub total: Option<Amount>,
    /// The known part of the total, equal to it if all is known.
    pub known: Amount,
    /// The total now less the total at opening, both as shown, at the same prices; `None` if they read the same, or if either is
    /// unknown.
    pub change: Option<Amount>,
    /// The total beside the cap.
    pub against: Against,
    /// The total and the cap as lengths of a bar; `None` without a cap or with an unknown total.
    pub bar: Option<(u64, u64)>,
}

impl Headline {
    /// The headline of a project; `opening` is the total at opening in USD and whether it was approximate, if it can be compared.
    #[must_use]
    pub fn of(budget: &Budget, totals: &Totals, opening: Option<(Decimal, bool)>) -> Headline {
        let shown = &budget.shown;
        let about = |amount: Amount| amount.about_if(totals.approximate);
        let change = totals.total.zip(opening).and_then(|(now, (then, was_approximate))| {
            let change =
                Amount::change(shown, then, now).about_if(is_change_about(was_approximate, totals.approximate));
            (!change.value().is_zero()).then_some(change)
        });
        let beside = |total, cap, currency| beside(shown, totals.approximate, total, cap, currency);
        let mut bar = None;
        let against = match against_cap(budget, totals) {
            CapState::None => Against::None,
            CapState::Unknown => Against::Unknown,
            CapState::WrongCurrency { cap, project } => Against::WrongCurrency { cap, project },
            CapState::OverAtLeast { known, cap, currency } => {
                let (over, cap) = beside(known, cap, currency);
                Against::OverAtLeast { over, cap }
            }
            CapState::Within { total, cap, currency } => {
                bar = Some((bar_units(total), bar_units(cap)));
                let (over, cap) = beside(total, cap, currency);
                Against::Left { left: over.negated(), cap }
            }
            CapState::Over { total, cap, currency } => {
                bar = Some((bar_units(total), bar_units(cap)));
                let (over, cap) = beside(total, cap, currency);
                Against::Over { over, cap }
            }
        };
        let total = totals.total.map(|total| about(Amount::of(shown, total)));
        Headline { total, known: about(Amount::of(shown, totals.known_part())), change, against, bar }
    }
}

/// What a total is over a cap (below 0: what is left of it), and the cap. Both are in the currency of the total beside them, as
/// differences of what is shown; else in the cap's own. Money that is left is never shown finer than the cap.
fn beside(shown: &Shown, is_about: bool, total: Decimal, cap: Decimal, currency: Currency) -> (Amount, Amount) {
    let is_foreign = currency == Currency::USD && shown.currency != currency && shown.exchange.is_some();
    if is_foreign {
        let (total, cap) = (Amount::of(shown, total), Amount::of(shown, cap));
        return (total.less(cap), cap);
    }
    let both = CapMoney::of(shown, currency, is_about).beside(total, cap);
    let is_within = total <= cap;
    let left = Amount::own(currency, total, both.cap.digits()).less(both.cap).about_if(both.over.is_about());
    (if is_within { left } else { both.over }, short_cap(currency, cap))
}

/// A cap as it was set, without decimals if it has none.
fn short_cap(currency: Currency, cap: Decimal) -> Amount {
    if cap.is_integer() { Amount::own(currency, cap, 0) } else { cap_as_set(currency, cap) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::budget::Cap;
    use crate::cost::{Knob, Setting, Value};

    fn told(total: Option<&str>, cap: Option<&str>, opening: Option<&str>) -> (Headline, String) {
        let number = |text: &str| text.parse::<Decimal>().unwrap_or_default();
        let mut budget = Budget::default();
        let cap = cap.map(|cap| Setting::Value(Value::Cap(Cap { amount: number(cap), currency: None })));
        budget.assumptions.put(Knob::Cap, cap);
        let mut totals = Totals { total: total.map(number), ..Totals::default() };
        totals.invoice.least = total.is_none().then_some(number("12.30"));
        let headline = Headline::of(&budget, &totals, opening.map(|total| (number(total), false)));
        let text = match headline.against {
            Against::Left { left, cap } => format!("{left} left of {cap}"),
            Against::Over { over, cap } => format!("{over} over {cap}"),
            Against::OverAtLeast { over, cap } => format!("at least {over} over {cap}"),
            other => format!("{other:?}"),
        };
        (headline, text)
    }

    #[test]
    fn the_cap_is_told_as_money_left_or_over() {
        for (total, cap, text) in [
            (Some("35.6119"), Some("40"), "$4.39 left of $40"),
            (Some("35.6119"), Some("20"), "$15.61 over $20"),
            (Some("40"), Some("40.00"), "$0.00 left of $40"),
            (Some("39.9999"), Some("40"), "$0.00 left of $40"),
            (Some("40.0001"), Some("40"), "$0.0001 over $40"),
            (Some("35"), Some("40.50"), "$5.50 left of $40.50"),
            (None, Some("10"), "at least $2.30 over $10"),
            (None, Some("40"), "Unknown"),
            (Some("35"), None, "None"),
        ] {
            assert_eq!(told(total, cap, None).1, text);
        }
    }

    #[test]
    fn the_change_is_the_total_now_less_the_total_then() {
        let change = |now, then| told(now, None, then).0.change.map(|change| change.signed());
        assert_eq!(change(Some("35.61"), Some("33.94")), Some("+$1.67".to_owned()));
        assert_eq!(change(Some("33.94"), Some("35.61")), Some("−$1.67".to_owned()));
        // $35.61 before, $38.39 now: nobody who subtracts them gets +$2.77.
        assert_eq!(change(Some("38.388"), Some("35.61358968")), Some("+$2.78".to_owned()));
        for (now, then) in [(Some("1"), Some("1")), (Some("1.001"), Some("1")), (None, Some("1")), (Some("1"), None)] {
            assert_eq!(change(now, then), None, "{now:?} {then:?}");
        }
    }
}
