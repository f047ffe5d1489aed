//! The keys of each context, and the availability of actions.

pub mod action;
pub(in crate::app) mod availability;
pub mod chord;
pub(in crate::app) mod key_hint;
pub mod keymap;
pub mod layouts;
