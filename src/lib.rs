//! `retake` budgets GPT Image work in a terminal.
//!
//! Three questions find any line of code: is it about money ([`cost`]), about files ([`project`]), or about the screen
//! ([`app`], [`ui`])? ARCHITECTURE.md follows one keystroke through the program.

pub mod app;
pub mod cli;
pub mod config;
pub mod cost;
pub mod diagnostics;
pub mod figures;
pub mod project;
pub mod prompt;
pub mod rates;
pub mod report;
pub mod runtime;
mod system;
pub mod tables;
pub mod terminal;
pub mod ui;
pub mod words;
