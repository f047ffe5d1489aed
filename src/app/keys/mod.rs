//! Which key means which action where the keyboard is, and whether the action is available.

pub mod action;
pub(in crate::app) mod availability;
pub mod chord;
pub(in crate::app) mod key_hint;
pub mod keymap;
