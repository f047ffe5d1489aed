//! Scenarios applied: the patched budget with what is doubtful about the patch, its estimate, and scenarios side by side.
//!
//! A change patches the layer that it names, and then everything resolves as usual: `assumptions.retry` does not touch a
//! deliverable that has a retry factor of its own.

pub mod apply;
pub mod compare;
pub mod content;
pub mod finding;
pub mod likely;
pub mod models;
pub mod record;
pub mod since;

pub use apply::{Applied, Target, apply};
pub use compare::{Column, Comparing, Comparison, Row, columns};
pub use content::Content;
pub use finding::{Finding, FindingKind};
pub use likely::{DIFFERENCE_PERCENTILES, Likely, LikelyColumn, LikelyColumns};
pub use models::models_of_scenarios;
pub use record::{Recorded, Shown, Unsayable, record};
pub use since::{Since, since};
