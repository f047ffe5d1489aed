//! Lists of deliverables from spreadsheets, and the tokens of prompt text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod across;
mod adding;
mod beside;
mod bills;
mod bounds;
mod columns;
mod conventions;
mod edges;
mod factors;
mod files;
mod kept;
mod later;
mod lists;
mod media;
#[cfg(feature = "prompt-tokens")]
mod prompt;
mod said;
mod subtotals;
mod values;
#[allow(dead_code, reason = "the screens build whole workbooks with it")]
mod workbooks;

use retake::cost::{Budget, Catalog};
use retake::tables::{ParsedList, read, read_file};

fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

/// Reads a list into an empty project.
fn fresh(text: &str) -> ParsedList {
    read(text, &Budget::default(), catalog())
}

/// Reads the list in the bytes of a file into an empty project.
fn fresh_file(bytes: &[u8]) -> ParsedList {
    read_file(bytes, None, &Budget::default(), catalog())
}
