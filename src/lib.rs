//! `retake` budgets GPT Image work in a terminal.

pub mod place;
pub mod ui;
pub mod words;
