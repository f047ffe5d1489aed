//! What a user may set: keys so far.

pub mod keys;
