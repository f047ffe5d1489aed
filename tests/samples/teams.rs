//! Projects that extend a team's file: edits stay in the project, and inherited values stay inherited.

use crate::disk::Bench;
use crate::support::samples_folder;
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::{Action, Focus, Outcome, Overlay, Selection};
use retake::cost::{Knob, Pane};
use std::fs;

const TEAM: &str = "# the studio's file\nretake = 1\nclient = \"Studio\"\n[assumptions]\nquality = \"high\"\nbuffer = \"15%\"\n\
                    retry = \"house\"\ncap = 500.00\n[retry_profile.house]\nlow = 1.2\nlikely = 1.6\nhigh = 2.5\n\
                    [rates.\"openai/gpt-image-2\"]\nchecked = 2026-10-01\nsource = \"the contract\"\n\
                    standard = { image_output = 28.00, image_input = 8.00, text_input = 5.00 }\n";
const PROJECT: &str =
    "retake = 1\nextends = \"team/team.retake.toml\"\nname = \"Job\"\n\n[deliverable.hero]\nfinals = 10\n";

fn bench() -> Bench {
    Bench::with(&[("job.retake.toml", PROJECT), ("team/team.retake.toml", TEAM)])
}

fn saved(bench: &mut Bench) -> String {
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{:?} {}", bench.state.overlays, bench.notice());
    assert_eq!(bench.text("team/team.retake.toml"), TEAM);
    bench.text("job.retake.toml")
}

#[test]
fn an_edit_goes_into_the_project_and_takes_nothing_of_the_team_along() {
    let mut bench = bench();
    bench.edit();
    assert_eq!(saved(&mut bench), PROJECT.replace("finals = 10", "finals = 11"), "no prices, no knobs of the team's");
    bench.state.view.selection = Selection::Project;
    bench.state.view.focus = Focus::Pane(Pane::Buffer);
    bench.act(Action::More);
    let text = saved(&mut bench);
    assert!(text.contains("[assumptions]\nbuffer = \"16%\"\n") && !text.contains("quality"), "{text}");
    bench.act(Action::Inherit);
    assert_eq!(bench.state.budget().assumptions.get(Knob::Buffer), None);
    assert_eq!(bench.state.budget().cap().unwrap().amount.normalize().to_string(), "500");
    assert!(!saved(&mut bench).contains("buffer"));
    let total = bench.state.estimate().totals.total;
    bench.act(Action::Reload);
    assert_eq!(bench.state.estimate().totals.total, total);
}

#[test]
fn prices_that_are_adopted_are_written_here_and_outlive_further_saves() {
    let mut bench = bench();
    bench.act(Action::Rates);
    bench.act(Action::Adopt);
    let text = saved(&mut bench);
    let (head, pinned) = text.split_once("\n[rates").unwrap();
    assert_eq!(head, PROJECT);
    assert!(pinned.contains("image_output = 30.00") && pinned.contains("batch = {"), "{text}");
    let total = bench.state.estimate().totals.total;
    bench.edit();
    assert_eq!(saved(&mut bench), text.replace("finals = 10", "finals = 11"));
    bench.act(Action::Undo);
    bench.act(Action::Undo);
    assert_ne!(bench.state.estimate().totals.total, total);
    let text = saved(&mut bench);
    assert!(text.contains("image_output = 28.00") && !text.contains("batch"), "the team's prices count again: {text}");
}

#[test]
fn a_place_from_which_the_team_is_not_found_is_refused() {
    let mut bench = bench();
    bench.edit();
    fs::create_dir(bench.path("away")).unwrap();
    let away = bench.path("away/job.retake.toml");
    bench.save_as(&away);
    assert!(bench.state.is_dirty() && bench.notice().contains("\"extends\""), "{}", bench.notice());
    assert!(!away.exists());
    let beside = bench.path("second.retake.toml");
    bench.save_as(&beside);
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
    assert_eq!(bench.text("second.retake.toml"), PROJECT.replace("finals = 10", "finals = 11"));
    assert_eq!(bench.text("job.retake.toml"), PROJECT);
}

#[test]
fn a_team_that_changes_its_file_keeps_nobody_from_saving() {
    let mut bench = bench();
    bench.edit();
    let theirs = TEAM.replace("28.00", "27.00").replace("\"15%\"", "\"18%\"").replace("Studio", "Atelier");
    fs::write(bench.path("team/team.retake.toml"), &theirs).unwrap();
    for finals in [11, 12] {
        bench.act(Action::Save);
        assert!(!bench.state.is_dirty(), "{}", bench.notice());
        assert_eq!(bench.text("job.retake.toml"), PROJECT.replace("finals = 10", &format!("finals = {finals}")));
        bench.edit();
    }
    fs::remove_file(bench.path("team/team.retake.toml")).unwrap();
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
    assert_eq!(bench.text("job.retake.toml"), PROJECT.replace("finals = 10", "finals = 13"));
}

const STUDIO: &str = "team/studio.retake.toml";

/// The sample that extends a team's file, opened from the list of samples, with one edit.
fn sample_bench() -> Bench {
    let mut bench = bench();
    let opened = bench.workspace.new_from_sample("studio-lookbook").unwrap();
    apply_outcome(&mut bench.state, Outcome::Opened(Box::new(opened)));
    bench.edit();
    bench
}

fn sample(name: &str) -> String {
    fs::read_to_string(samples_folder().join(name)).unwrap()
}

#[test]
fn a_sample_that_extends_becomes_a_project_of_ones_own_with_its_team_beside_it() {
    let mut bench = sample_bench();
    let mine = bench.path("mine.retake.toml");
    bench.save_as(&mine);
    assert!(!bench.state.is_dirty(), "{:?} {}", bench.state.overlays, bench.notice());
    let wanted = sample("studio-lookbook.retake.toml").replacen("finals = 6", "finals = 7", 1);
    assert_eq!((bench.text("mine.retake.toml"), bench.text(STUDIO)), (wanted, sample(STUDIO)));
    let total = bench.state.estimate().totals.total;
    bench.act(Action::Reload);
    assert_eq!(bench.state.estimate().totals.total, total);
    bench.edit();
    fs::remove_file(bench.path(STUDIO)).unwrap();
    bench.act(Action::Save);
    assert!(!bench.path(STUDIO).exists(), "it goes along once, with the sample");
}

#[test]
fn what_is_there_already_is_nobodys_to_replace_for_a_sample() {
    let mut bench = sample_bench();
    fs::write(bench.path(STUDIO), TEAM).unwrap();
    let mine = bench.path("mine.retake.toml");
    bench.save_as(&mine);
    assert!(bench.state.is_dirty() && bench.notice().contains("\"extends\""), "{}", bench.notice());
    assert!(!mine.exists() && bench.text(STUDIO) == TEAM);
    bench.act(Action::Cancel);
    fs::remove_file(bench.path(STUDIO)).unwrap();
    let taken = bench.path("job.retake.toml");
    bench.save_as(&taken);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Replace(_))) && !bench.path(STUDIO).exists());
    bench.act(Action::Replace);
    assert!(!bench.state.is_dirty() && bench.path(STUDIO).exists(), "{}", bench.notice());
    let mut bench = sample_bench();
    let nowhere = bench.path("no-folder/mine.retake.toml");
    bench.save_as(&nowhere);
    assert!(bench.state.is_dirty() && !bench.path("no-folder").exists(), "{}", bench.notice());
}
