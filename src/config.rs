//! What a user may set, and where it is kept.

pub mod keys;
pub mod paths;
