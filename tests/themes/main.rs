//! The folder of themes and the list of those that come with the program are the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use retake::ui::theme::{Source, Theme, Themes};

#[test]
fn every_file_in_the_folder_is_shipped_and_can_be_copied_to_be_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        copies.push(Source { name, text: std::fs::read_to_string(&file).unwrap(), file });
    }
    let found: BTreeSet<String> = copies.iter().map(|copy| copy.name.clone()).collect();
    assert_eq!(found, Theme::names().map(str::to_owned).collect());

    // A user's copy of every one, under its own name: the same looks, and nothing to complain of.
    let own = Themes::with_own(copies);
    assert_eq!(own.problems(), []);
    for name in Theme::names() {
        assert_eq!(own.get(name), Theme::built_in(name), "{name}");
    }
}
