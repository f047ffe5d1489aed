//! Tests that run programs in a pseudo-terminal, as a person would.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs
)]

mod app;
mod dashboard;
mod harness;
mod importing;
mod recovery;
mod settings;
mod terminal;
