//! About money: what generations cost, exactly and with a reason for every figure.
//!
//! Pure: no files, no clock, no terminal. Codes and values leave here; sentences are made in `words`.

pub mod advisor;
pub mod bill;
pub mod budget;
pub mod estimate;
pub mod issue;
pub mod knob;
pub mod line;
pub mod marks;
pub mod money;
pub mod rate_card;
pub mod resolve;
pub mod retry;
pub mod sensitivity;
pub mod size;
pub mod tokens;
pub mod trace;
pub mod turn;

pub use budget::{Budget, Layer, Line, Setting, Settings, Value};
pub use estimate::{Estimate, estimate};
pub use knob::{Knob, Pane};
pub use marks::Marks;
pub use money::Decimal;
pub use rate_card::Catalog;
pub use resolve::Deliverable;
