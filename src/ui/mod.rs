//! The view: draws from the state and never changes it.

pub mod sweep;
pub mod text;
pub mod theme;
