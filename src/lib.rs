//! `retake` budgets GPT Image work in a terminal.
pub mod terminal;
