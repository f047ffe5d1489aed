//! What is offered at a start without a file.

use crate::support::User;
use retake::config::state::remember;
use retake::config::welcome::{Welcome, samples};
use retake::project::open::read_text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn every_sample_of_the_folder_that_stands_alone_is_on_board_as_it_is() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|file| file.is_file());
    let alone = files.filter_map(|file| {
        let name = file.file_name()?.to_str()?.strip_suffix(".retake.toml")?.to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        // What extends a file beside it cannot be opened without that file.
        (!text.lines().any(|line| line.starts_with("extends"))).then_some((name, text))
    });
    let on_board = samples().map(|sample| (sample.name.to_owned(), sample.text.to_owned()));
    assert_eq!(alone.collect::<BTreeMap<_, _>>(), on_board.collect::<BTreeMap<_, _>>());
}

#[test]
fn every_sample_says_in_one_line_what_it_is_and_reads_without_errors() {
    let catalog = retake::rates::built_in().unwrap();
    for sample in samples() {
        assert!((20..=140).contains(&sample.line.chars().count()), "{}: {:?}", sample.name, sample.line);
        assert!(!sample.line.starts_with('#'), "{:?}", sample.line);
        let reading = read_text(sample.text, Path::new(sample.name), catalog);
        assert_eq!(reading.problems, [], "{}", sample.name);
        assert!(!reading.budget.lines.is_empty(), "{}", sample.name);
    }
}

#[test]
fn recent_projects_are_offered_beside_the_samples() {
    let user = User::new();
    assert!(Welcome::of(&user.paths).recent.is_empty());
    let file = user.project("a.toml");
    remember(&user.paths, &file).unwrap();
    let welcome = Welcome::of(&user.paths);
    assert_eq!(welcome.recent, [file]);
    assert_eq!(welcome.samples, samples().collect::<Vec<_>>());
}
