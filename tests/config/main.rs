//! Settings, the recent list, and files for packagers. Every test has its own folders.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod chosen_theme;
mod commands;
mod keys;
mod own_folders;
mod recent;
mod settings;
mod support;
mod welcome;
