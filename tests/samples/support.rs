//! Texts into budgets and back, as the dashboard does it, and the samples themselves.

use jiff::civil::{Date, date};
use retake::cost::Catalog;
use retake::project::Reading;
use retake::project::open::read_text;
use std::path::{Path, PathBuf};

/// The day after the built-in prices were read.
pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

pub(crate) fn samples_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-projects")
}

/// Every sample project, by name; files in folders below are shared by them.
pub(crate) fn samples() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = std::fs::read_dir(samples_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    found.sort();
    found
}

pub(crate) fn read(text: &str, path: &Path) -> Reading {
    read_text(text, path, catalog())
}
