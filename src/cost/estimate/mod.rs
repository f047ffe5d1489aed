//! `estimate(budget, catalog, today)`: total, exact, never fails; doubts are issues beside the figures.

pub mod advisor;
mod bracket;
pub mod calculation;
mod cap;
pub mod compute;
#[expect(clippy::module_inception, reason = "the main file of a floor bears its name")]
mod estimate;
pub mod fees;
mod headroom;
pub mod heirs;
pub mod invoice;
pub mod invoice_steps;
pub mod issue;
mod issue_code;
mod keepers;
mod largest;
pub mod line;
pub mod named_risks;
mod project_issues;
pub mod risk_fault;
mod scratch;
pub mod sensitivity;
mod summed;
mod sums;
mod tally;
mod totals;
pub mod trial;

pub use cap::{CapState, Limit, against_cap};
pub use estimate::{Estimate, estimate};
pub use headroom::headroom;
pub use keepers::{Keeper, follow_all, keepers};
pub use summed::Summed;
pub use totals::Totals;
