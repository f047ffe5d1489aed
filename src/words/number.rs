//! Figures with the reader's number separators: the only place where a number becomes text for the screen.
//!
//! The separators belong to the thread, as the language does: [`read_as`] sets them while its guard lives. The dashboard does
//! so once, before it reads anything. No command without a screen does, and `report` and `cli` format with `cost` itself, so
//! that printed output has the same bytes for every user.

pub use crate::cost::Marks;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::base::number_text;
use std::cell::Cell;
use std::marker::PhantomData;

thread_local! {
    static MARKS: Cell<Option<Marks>> = const { Cell::new(None) };
}

/// Restores the thread's previous separators when dropped.
#[must_use]
pub struct Reading {
    before: Option<Marks>,
    /// Not `Send`: a guard moved to another thread would change that thread's separators.
    here: PhantomData<*const ()>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        MARKS.set(self.before);
    }
}

/// Formats figures on this thread with these separators, until the guard is dropped.
pub fn read_as(marks: Marks) -> Reading {
    Reading { before: MARKS.replace(Some(marks)), here: PhantomData }
}

/// This thread's separators.
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

/// A number with all its digits and a separator at each thousand: `1,234.50`.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    punctuated(number_text::grouped(number))
}

/// A number without trailing zeros: `1,234.5`.
#[must_use]
pub fn plain(number: impl Into<Decimal>) -> String {
    grouped(number.into().normalize())
}

/// An amount rounded to its currency's digits: `$1,234.50`.
#[must_use]
pub fn amount(currency: Currency, amount: Decimal) -> String {
    punctuated(currency.show(amount))
}

/// An amount with a given number of digits: unit prices need more than totals.
#[must_use]
pub fn amount_with_digits(currency: Currency, amount: Decimal, digits: u32) -> String {
    punctuated(currency.show_with_digits(amount, digits))
}

/// An amount of USD in the project's currency, with ≈ if it is converted.
#[must_use]
pub fn shown(shown: &Shown, usd: Decimal) -> String {
    punctuated(shown.text(usd))
}

/// A text that a knob parses, such as `1.5/2/3`, as this reader types it.
#[must_use]
pub fn typed(text: &str) -> String {
    marks().typed(text).into_owned()
}
