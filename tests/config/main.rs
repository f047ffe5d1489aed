//! What a user sets, what is remembered for them, and what a packager installs. Every test has folders of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod commands;
mod keys;
mod recent;
mod settings;
mod support;
mod welcome;
