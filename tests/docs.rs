//! README, the pages of `docs/`, ARCHITECTURE and CHANGELOG held to the truth: pictures, commands, files, tables, names, links.
//!
//! `UPDATE_EXPECTED=1` redraws the pictures; read the difference before you keep it.
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
#[path = "docs/json.rs"]
mod json;
#[path = "docs/keys.rs"]
mod keys;
#[path = "docs/markdown.rs"]
mod markdown;
#[path = "docs/merge.rs"]
mod merge;
#[path = "docs/pages.rs"]
mod pages;
#[path = "docs/reference.rs"]
mod reference;
#[path = "docs/screen.rs"]
mod screen;
#[path = "docs/session.rs"]
mod session;

use std::path::{Path, PathBuf};

/// What a user reads: README and every page of `docs/`, by its path.
fn pages() -> Vec<String> {
    let entries = std::fs::read_dir(path("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md"));
    let mut pages: Vec<String> = names.map(|name| format!("docs/{name}")).collect();
    pages.push("README.md".to_owned());
    pages.sort();
    pages
}

/// The pages, and what tells of the code.
fn documents() -> Vec<String> {
    let mut documents = pages();
    documents.extend(["ARCHITECTURE.md", "CHANGELOG.md", "tests/README.md", "benches/README.md"].map(str::to_owned));
    documents
}

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
