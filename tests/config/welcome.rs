//! The projects offered at a start without a file.

use crate::support::User;
use jiff::civil::date;
use retake::config::state::remember;
use retake::config::welcome::{Welcome, samples};
use retake::diagnostics::{Code, Level};
use retake::project::open::read_text;
use retake::runtime::workspace::Workspace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|file| file.is_file());
    files
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(&file).unwrap())
        })
        .collect()
}

#[test]
fn every_sample_of_the_folder_is_on_board_as_it_is_with_what_it_extends() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects");
    let on_board = samples().map(|sample| (format!("{}.retake.toml", sample.name), sample.text.to_owned()));
    assert_eq!(texts(&folder), on_board.collect::<BTreeMap<_, _>>());
    let extended = samples().filter_map(|sample| sample.extends);
    let extended: BTreeMap<_, _> = extended.map(|file| (file.path.to_owned(), file.text.to_owned())).collect();
    let team = texts(&folder.join("team")).into_iter().map(|(name, text)| (format!("team/{name}"), text));
    assert_eq!(team.collect::<BTreeMap<_, _>>(), extended);
}

#[test]
fn a_sample_on_board_says_what_the_same_file_says_on_disk() {
    let catalog = retake::rates::built_in().unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects");
    for sample in samples() {
        let on_disk = read_text(sample.text, &folder.join(format!("{}.retake.toml", sample.name)), catalog);
        let opened = Workspace::new(catalog, date(2026, 11, 22)).new_from_sample(sample.name).unwrap();
        assert_eq!(opened.budget, on_disk.budget, "{}", sample.name);
    }
}

#[test]
fn every_sample_says_in_one_line_what_it_is_and_reads_without_errors() {
    let catalog = retake::rates::built_in().unwrap();
    for sample in samples() {
        assert!((20..=140).contains(&sample.line.chars().count()), "{}: {:?}", sample.name, sample.line);
        assert!(!sample.line.starts_with('#'), "{:?}", sample.line);
        let reading = Workspace::new(catalog, date(2026, 11, 22)).new_from_sample(sample.name).unwrap();
        let said: Vec<_> = reading.problems.iter().map(|problem| (problem.level, problem.code)).collect();
        let along = sample.extends.map(|_| (Level::Note, Code::SampleExtends));
        assert_eq!(said, along.into_iter().collect::<Vec<_>>(), "{}", sample.name);
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
