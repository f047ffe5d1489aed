//! Money: what images cost, exactly and with a calculation for every figure.
//!
//! Pure: no files, no clock, no terminal. It returns codes and values; `words` writes the sentences.
//!
//! Eight floors, each a folder that may use the floors before it in this list and none after it: [`base`] (exact numbers,
//! sizes, tokens, the retry factor), [`rates`] (what a provider charges), [`budget`] (what the user sets, and edits of it),
//! [`estimate`] (what the work costs), [`risk`] (how sure that is), [`bill`] (the same work at other sellers' prices),
//! [`levers`] (what a change would do, and what fits a cap), [`scenario`] (the same project with named changes). Files in a
//! folder never use each other in a circle, and none uses the short names below, which are for the rest of the program.
//! `tests/tidy/floors.rs` checks both.

pub mod base;
pub mod bill;
pub mod budget;
pub mod estimate;
pub mod levers;
pub mod rates;
pub mod risk;
pub mod scenario;

pub use base::level::Level;
pub use base::money::Decimal;
pub use base::number_text::Marks;
pub use budget::Catalog;
pub use budget::knob::{Knob, Pane};
pub use budget::resolve::Deliverable;
pub use budget::{Budget, Layer, Line, Setting, Settings, SharedLine, Value};
pub use estimate::{Estimate, estimate};
