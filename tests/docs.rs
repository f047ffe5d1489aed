//! README, ARCHITECTURE and CHANGELOG held to the truth: pictures, commands, figures, keys, names and links.
//!
//! `UPDATE_EXPECTED=1` draws the README's picture anew; look at the difference before it is kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "tidy/lexer.rs"]
#[allow(dead_code)]
mod lexer;
#[path = "tidy/rules.rs"]
#[allow(dead_code)]
mod rules;

#[path = "docs/figures.rs"]
mod figures;
#[path = "docs/house.rs"]
mod house;
#[path = "docs/keys.rs"]
mod keys;
#[path = "docs/markdown.rs"]
mod markdown;
#[path = "docs/screen.rs"]
mod screen;
#[path = "docs/session.rs"]
mod session;

use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path(name: &str) -> PathBuf {
    root().join(name)
}

fn text_of(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is wrong, one a line; empty when all is well.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
