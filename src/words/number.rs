//! Figures with the reader's number separators: the only place where a number becomes text for the screen.
//!
//! The separators belong to the thread, as the language does: [`read_as`] sets them while its guard lives. The dashboard does
//! this once, before it reads anything. No command without a screen does, so that printed output has the same bytes for every
//! user. Nothing here decides about digits: money is rounded by `figures`, or written with all its digits.
//!
//! Handed on as an argument, the separators would go through 90 calls in 35 files, and through the `Display` of
//! `figures::Amount` and of every message's values, which take no argument. One place sets them (`runtime`), no other thread
//! formats text for the screen, and the guard cannot leave its thread, so the hidden argument has one value for a whole session.

pub use crate::cost::Marks;
use crate::cost::base::money::{Currency, Decimal};
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

/// An amount with all its digits, no fewer than `least`: nothing is rounded.
#[must_use]
pub fn in_full(currency: Currency, amount: Decimal, least: u32) -> String {
    amount_with_digits(currency, amount, amount.normalize().scale().max(least))
}

/// An amount rounded to a number of digits. Only `figures` decides how many, so no other module calls this.
#[must_use]
pub fn amount_with_digits(currency: Currency, amount: Decimal, digits: u32) -> String {
    punctuated(currency.show_with_digits(amount, digits))
}

/// A text that a knob parses, such as `1.5/2/3`, as this reader types it.
#[must_use]
pub fn typed(text: &str) -> String {
    marks().typed(text).into_owned()
}
