//! `estimate(budget, catalog, today)`: total, exact, never fails; doubts are issues beside the figures.

pub mod advisor;
pub mod calculation;
pub mod compute;
#[expect(clippy::module_inception, reason = "the main file of a floor bears its name")]
mod estimate;
pub mod heirs;
pub mod issue;
pub mod line;
pub mod sensitivity;
mod sums;

pub use estimate::{CapState, Estimate, Totals, against_cap, estimate};
