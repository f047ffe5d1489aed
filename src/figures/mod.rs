//! Money as shown, in one place: screen, clipboard and every report read their figures here and round nowhere else.
//!
//! Each figure is rounded for itself, half to even, so that an edit of one line never changes the cents of another. If shown
//! parts do not add up to their shown sum, the difference gets its own line: [`Amount::rest_of`].

mod amount;
mod bills;
mod credits;
mod difference;
mod share;
mod sums;

pub use amount::{Amount, Bound, bar_units, exact_usd, text, text_of_fraction, unit_price};
pub use bills::{BillBrief, BillColumn, BillFigure, BillRow, BillTable, Tone};
pub use credits::Credits;
pub use difference::Difference;
pub use share::{Percent, percent_of};
pub use sums::Sums;
