//! The content of the screen, as plain values.

pub mod entry;
pub mod field;
pub mod form;
pub mod issues;
pub mod list_request;
pub mod notes;
pub mod outcome;
pub mod overlay;
pub mod palette;
pub mod picker;
pub mod preview;
pub mod project;
pub mod screen;
pub mod session;
pub mod state;
pub mod under_cap;
pub mod values;
pub mod view;
