//! Bills of the same work on other rate cards beside the official one, and why they differ, to the last fraction of a cent.
//!
//! [`Bills`] holds one bill for each card and project, and computes one for each line on demand. The buffer is treated as in
//! the official bill: a share of each line's subtotal, in the card's own unit, so that totals compare with totals. Credits
//! (packs, plans) are bought once, for the sum of all lines with their buffers.
//!
//! A bill's difference from the official one is split into a fixed sequence of steps, each a counterfactual of its own (see
//! [`Why`]).

mod amount;
#[expect(clippy::module_inception, reason = "the main file of a floor bears its name")]
mod bill;
mod bills;
pub mod break_even;
mod certainty;
mod groups;
mod kind;
mod listed;
pub mod mix;
pub mod packs;
pub mod pay;
mod prepared;
mod sums;
mod walk;

pub use crate::cost::base::fraction::Fraction;
pub use crate::cost::rates::card::{Card, Kind};
pub use bill::{Bill, Part, Why};
pub use bills::{Bills, CardBills};
pub use certainty::{AboutWork, Certainty};
pub use pay::Purchase;
pub use sums::Missing;
