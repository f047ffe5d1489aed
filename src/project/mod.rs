//! Project files on disk: where things stand in a TOML text, edits that leave every other byte alone, and saves that are
//! all or nothing.
//!
//! * [`outline`] says what stands where in a text, without building a document.
//! * [`splice`] turns a list of changes into a new text; comments, order, spacing and line endings stay.
//! * [`store`] reads a file once and carefully, and replaces it in one step.
//!
//! Nothing in these three knows what a deliverable is: they work on bytes, spans and paths of keys.

pub mod outline;
pub mod splice;
#[cfg(unix)]
pub mod store;
pub mod write;
