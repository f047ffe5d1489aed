//! About files: a project file's text into a budget and back, without losing a byte that nobody changed.
//!
//! Reading goes from [`read()`] down: `syntax` makes a tree, `schema` has a row for each key, `sections`, `lines`, `values`,
//! `numbers` and `retry` read the tables, `layers` follows `extends`, [`problem`] collects what is wrong, [`origin`] where values stand.

pub mod layers;
mod lines;
mod numbers;
pub mod origin;
pub mod problem;
pub mod read;
mod retry;
mod schema;
mod sections;
mod syntax;
pub mod team;
mod values;

pub use layers::{CHAIN_MAX, TeamError, TeamFile, TeamFiles};
pub use lines::DELIVERABLES_MAX;
pub use origin::Origins;
pub use read::{Reading, read};
pub use sections::{NAME_MAX, PROSE_MAX, VERSION};
pub use syntax::BYTES_MAX;
pub use team::DiskTeam;
