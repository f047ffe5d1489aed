//! About money: what images cost, exactly and with a reason for every figure.
//!
//! Pure: no files, no clock, no terminal. Codes and values leave here; sentences are made in `words`.
//!
//! Five floors, each a folder that may use the floors above it in this list and never one below: [`base`] (exact numbers, sizes,
//! tokens, the retry factor), [`rates`] (what a provider charges), [`budget`] (what a person sets, and edits of it), [`estimate`]
//! (what the work costs), [`bill`] (the same work at other sellers' prices). No files within use each other in a circle, and
//! none uses the short names below, which are for the rest of the house. `tests/tidy/floors.rs` holds both.

pub mod base;
pub mod bill;
pub mod budget;
pub mod estimate;
pub mod rates;

pub use base::level::Level;
pub use base::money::Decimal;
pub use base::number_text::Marks;
pub use budget::Catalog;
pub use budget::knob::{Knob, Pane};
pub use budget::resolve::Deliverable;
pub use budget::{Budget, Layer, Line, Setting, Settings, Value};
pub use estimate::{Estimate, estimate};
