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
mod calls;
mod dashboard;
mod environment;
mod harness;
mod hostile;
mod importing;
mod outside;
mod project_form;
mod recovery;
mod replies;
mod rough;
mod scarce;
#[path = "../hostile/sequences.rs"]
mod sequences;
mod settings;
mod terminal;
#[path = "../hostile/texts.rs"]
mod texts;
mod walks;
