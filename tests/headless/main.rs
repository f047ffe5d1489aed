//! What is had without a screen: reports, commands, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod budgets;
mod csv_report;
mod json_report;
mod markdown_report;
mod text_report;
