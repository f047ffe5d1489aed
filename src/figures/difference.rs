//! A bill's difference from the official one with its parts, each with the digits of a total.

use super::{Amount, Percent};
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::bill::{Bill, Why};
use crate::words::{self, Cause};
use std::cmp::{Ordering, Reverse};

/// Causes that a sentence names.
const CAUSES: usize = 3;

/// Whether a part of a difference is nothing that anybody pays: a rest of digits that were cut at the eighteenth.
fn is_speck(usd: &Fraction) -> bool {
    let size = if usd.is_negative() { &Fraction::zero() - usd } else { usd.clone() };
    size < Fraction::from(Decimal::new(1, 9))
}

/// A cause in a sentence as a clause of its own, with its amount without a sign: the verb says which way it goes.
fn clause(cause: Cause, amount: Amount) -> String {
    let is_less = amount.value() < Decimal::ZERO;
    words::cause(cause, if is_less { amount.negated() } else { amount }, is_less)
}

/// A difference as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The whole difference.
    pub amount: Amount,
    /// Whether the bill is below the official one, by however little.
    pub is_saving: bool,
    /// Its causes, in the order of the walk from one bill to the other.
    pub parts: Vec<(Why, Amount)>,
    /// For some of them, the price that they are a share of, and the share.
    pub shares: Vec<(Why, Percent, Amount)>,
}

impl Difference {
    /// The difference of a bill; `None` if it has no known difference.
    #[must_use]
    pub fn of(shown: &Shown, bill: &Bill) -> Option<Difference> {
        let exact = bill.difference()?;
        // Of the totals as shown: who subtracts them gets it.
        let amount = Amount::of_fraction(shown, bill.total.as_ref()?, 0)?.less(Amount::of(shown, bill.official));
        let seen: Vec<_> = bill.parts.iter().filter(|part| !is_speck(&part.usd)).collect();
        let parts = seen.iter().map(|part| Some((part.why, Amount::of_fraction(shown, &part.usd, 0)?)));
        let shares = seen.iter().filter_map(|part| {
            let of = part.of.as_ref()?;
            Some((part.why, Percent::of(&part.usd, of)?, Amount::of_fraction(shown, of, 0)?))
        });
        Some(Difference {
            amount,
            is_saving: exact.is_negative() && !is_speck(&exact),
            parts: parts.collect::<Option<_>>()?,
            shares: shares.collect(),
        })
    }

    /// The difference of a share in a purchase, in USD: approximate, and without parts.
    #[must_use]
    pub fn of_share(shown: &Shown, usd: &Fraction) -> Option<Difference> {
        let amount = Amount::of_fraction(shown, usd, 0)?.about();
        Some(Difference {
            amount,
            is_saving: usd.is_negative() && !is_speck(usd),
            parts: Vec::new(),
            shares: Vec::new(),
        })
    }

    /// The same figures, each marked as approximate.
    #[must_use]
    pub fn about(self) -> Difference {
        let about = |parts: Vec<(Why, Amount)>| parts.into_iter().map(|(why, part)| (why, part.about())).collect();
        let shares = self.shares.into_iter().map(|(why, share, of)| (why, share.about(), of.about()));
        Difference { amount: self.amount.about(), parts: about(self.parts), shares: shares.collect(), ..self }
    }

    /// The same figures, the parts alone marked as approximate.
    #[must_use]
    pub fn parts_about(self) -> Difference {
        let amount = self.amount;
        Difference { amount, ..self.about() }
    }

    /// Each cause with its amount in words, and with the share that it is of another price.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let seen = self.parts.iter().filter(|(_, part)| !part.value().is_zero());
        let one = |(why, part): &(Why, Amount)| {
            let (name, part) = (words::differs(*why), part.signed());
            match self.shares.iter().find(|(share, ..)| share == why) {
                Some((_, share, of)) => words::bill_part_of(name, part, share.signed(), of),
                None => words::bill_part(name, part),
            }
        };
        seen.map(one).collect()
    }

    /// The difference as a sentence about the bill of this name: the causes that weigh most, and the rest, which add up to it.
    #[must_use]
    pub fn sentence(
        &self,
        name: &str,
        percent: Option<Percent>,
        official_complete: bool,
        fits: &dyn Fn(&str) -> bool,
    ) -> String {
        let Difference { amount, parts, .. } = self;
        let than = if official_complete { words::official_price() } else { words::bill_than_known() };
        let percent = percent.map(|percent| percent.signed()).unwrap_or_default();
        let said = match amount.value().cmp(&Decimal::ZERO) {
            Ordering::Less if official_complete => words::bill_less(name, amount.negated(), percent),
            Ordering::Less => words::bill_less_than(name, amount.negated(), than, percent),
            Ordering::Equal => words::bill_same(name, than),
            Ordering::Greater if official_complete => words::bill_more(name, amount, percent),
            Ordering::Greater => words::bill_more_than(name, amount, than, percent),
        };
        let mut parts: Vec<_> = parts.iter().filter(|(_, part)| !part.value().is_zero()).collect();
        parts.sort_by_key(|(_, part)| Reverse(part.value().abs()));
        let because = |count: usize, with_rounding: bool| {
            let named = parts.iter().take(count);
            let rest = amount.rest_of(named.clone().map(|(_, part)| *part)).filter(|_| !parts.is_empty());
            // What is left of several causes is money; of none it is the rounding of those that are named.
            let rest = rest.and_then(|rest| match parts.get(count..) {
                Some([_, ..]) => Some(clause(Cause::Rest, rest.about_if(amount.is_about()))),
                _ => with_rounding.then(|| words::cause_rounding(rest.about_if(false).signed())),
            });
            let causes: Vec<String> = named.map(|(why, part)| clause(Cause::Of(*why), *part)).chain(rest).collect();
            if causes.is_empty() { words::bill_alone(&said) } else { words::bill_because(&said, causes.join(", ")) }
        };
        let shorter = std::iter::once((CAUSES, true)).chain((1..=CAUSES).rev().map(|count| (count, false)));
        let mut told = shorter.map(|(count, with_rounding)| because(count, with_rounding));
        told.find(|told| fits(told)).unwrap_or_else(|| words::bill_alone(&said))
    }

    /// The part that a cause has in it; `None` if it has none.
    #[must_use]
    pub fn part(&self, why: Why) -> Option<Amount> {
        self.parts.iter().find(|(part, _)| *part == why).map(|(_, amount)| *amount)
    }

    /// The rounding between the difference and its parts as shown; `None` if they add up.
    #[must_use]
    pub fn rounding(&self) -> Option<Amount> {
        let parted = !self.parts.is_empty();
        self.amount.rest_of(self.parts.iter().map(|(_, part)| *part)).filter(|_| parted)
    }
}
