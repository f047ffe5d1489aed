//! Figures as their reader punctuates them: the one place where a number becomes text that a person reads.
//!
//! The signs belong to the reader of this thread, as the language does: [`read_as`] sets them for as long as its guard lives.
//! The dashboard does so once, before it reads anything, for the loop that it runs in. No command without a screen does, and `report` and `cli` write
//! with `cost` itself, so that what is printed has the same bytes for every user.

pub use crate::cost::Marks;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::base::number_text;
use std::cell::Cell;
use std::marker::PhantomData;

thread_local! {
    static MARKS: Cell<Option<Marks>> = const { Cell::new(None) };
}

/// Gives the thread its former reader back when it goes.
#[must_use]
pub struct Reading {
    before: Option<Marks>,
    /// A guard that moved to another thread would set that one's reader.
    here: PhantomData<*const ()>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        MARKS.set(self.before);
    }
}

/// Writes figures on this thread with these signs, until the guard goes.
pub fn read_as(marks: Marks) -> Reading {
    Reading { before: MARKS.replace(Some(marks)), here: PhantomData }
}

/// The signs of this thread's reader.
#[must_use]
pub fn marks() -> Marks {
    MARKS.get().unwrap_or_default()
}

fn punctuated(figure: String) -> String {
    match marks().punctuated(&figure) {
        std::borrow::Cow::Borrowed(_) => figure,
        std::borrow::Cow::Owned(punctuated) => punctuated,
    }
}

/// A number with all its digits, with a sign at each thousand: `1,234.50`.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    punctuated(number_text::grouped(number))
}

/// A number without idle zeros: `1,234.5`.
#[must_use]
pub fn plain(number: impl Into<Decimal>) -> String {
    grouped(number.into().normalize())
}

/// An amount rounded to its currency's digits: `$1,234.50`.
#[must_use]
pub fn amount(currency: Currency, amount: Decimal) -> String {
    punctuated(currency.show(amount))
}

/// An amount with so many digits: unit prices need more than totals.
#[must_use]
pub fn amount_with_digits(currency: Currency, amount: Decimal, digits: u32) -> String {
    punctuated(currency.show_with_digits(amount, digits))
}

/// An amount of USD in the project's currency, with ≈ where it is converted.
#[must_use]
pub fn shown(shown: &Shown, usd: Decimal) -> String {
    punctuated(shown.text(usd))
}

/// A text that a knob reads, such as `1.5/2/3`, as this reader types it.
#[must_use]
pub fn typed(text: &str) -> String {
    marks().typed(text).into_owned()
}
