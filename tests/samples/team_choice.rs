//! Another team file between its choice and the save: what changes on the disk, what cannot be written, what is taken back.

use crate::disk::Bench;
use retake::app::actions::update;
use retake::app::model::form::{Form, FormRow};
use retake::app::model::outcome::Effect;
use retake::app::{Action, Chord, Overlay};
use retake::config::keys::default_keymap;
use retake::cost::base::money::Currency;
use retake::cost::budget::FeeKey;
use std::fs;
use std::time::Instant;

const JOB: &str = "retake = 1\nextends = \"team.toml\"\n\n[deliverable.hero]\nfinals = 10\n";
const TEAM: &str = "retake = 1\nclient = \"Studio\"\n[assumptions]\ntax = \"19%\"\n";
const OTHER: &str = "retake = 1\nclient = \"Other\"\ncurrency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-01\n[assumptions]\ntax = \"7%\"\n[bills]\nmonths = 2\n[fee.brief]\namount = 5\nper = \"project\"\n";

fn job() -> Bench {
    Bench::with(&[("job.toml", JOB), ("team.toml", TEAM), ("other.toml", OTHER)])
}

fn keys(bench: &mut Bench, keys: &str) {
    for key in keys.split_whitespace() {
        let effects = update::press(&mut bench.state, &default_keymap(), Chord::parse(key).unwrap());
        bench.workspace.note(&mut bench.state, Instant::now());
        bench.carry_out(effects);
        bench.workspace.note(&mut bench.state, Instant::now());
    }
}

fn form(bench: &Bench) -> &Form {
    let Some(Overlay::Project(form)) = bench.state.overlays.top() else { panic!("{:?}", bench.state.overlays) };
    form
}

fn row(bench: &Bench) -> Option<FormRow> {
    form(bench).row(bench.state.budget())
}

/// Names another team file in the form of the project.
fn choose(bench: &mut Bench, path: &str) {
    bench.state.overlays.clear();
    keys(bench, "P");
    go_to(bench, &FormRow::TeamFile);
    keys(bench, "enter ctrl-u");
    for c in path.chars() {
        update::press(&mut bench.state, &default_keymap(), Chord::char(c));
    }
    keys(bench, "enter");
}

fn go_to(bench: &mut Bench, wanted: &FormRow) {
    keys(bench, "home");
    for _ in 0..40 {
        if row(bench).as_ref() == Some(wanted) {
            return;
        }
        keys(bench, "down");
    }
    panic!("{wanted:?} is not there");
}

#[test]
fn a_team_file_that_changes_between_its_choice_and_the_save_does_not_block_it() {
    for now in [
        OTHER.replace("7%", "8%"),
        OTHER.replace("Other", "New"),
        OTHER.replace("0.92", "0.95"),
        OTHER.replace("months = 2", "months = 4"),
        OTHER.replace("amount = 5", "amount = 6"),
        "retake = 1\n".to_owned(),
    ] {
        let mut bench = job();
        choose(&mut bench, "other.toml");
        assert_eq!(bench.state.base().client.as_deref(), Some("Other"));
        fs::write(bench.path("other.toml"), &now).unwrap();
        keys(&mut bench, "esc ctrl-s");
        assert!(!bench.state.is_dirty(), "{now}: {}", bench.notice());
        let text = bench.text("job.toml");
        assert!(text.starts_with(&JOB.replace("team.toml", "other.toml")), "{text}");
        for inherited in ["client", "currency", "tax", "months", "fee"] {
            assert!(!text.contains(inherited), "{inherited}: {text}");
        }
    }
}

#[test]
fn the_same_path_reads_a_changed_team_file_again() {
    let mut bench = job();
    choose(&mut bench, "other.toml");
    let steps = bench.state.project.history().len();
    choose(&mut bench, "other.toml");
    assert_eq!(bench.state.project.history().len(), steps, "nothing changed, so there is no step");
    assert!(form(&bench).typing.is_none());
    fs::write(bench.path("other.toml"), OTHER.replace("Other", "New")).unwrap();
    choose(&mut bench, "other.toml");
    assert_eq!(bench.state.base().client.as_deref(), Some("New"));
    assert_eq!(bench.state.project.history().len(), steps + 1);
}

/// A restored session, which named `other.toml`; `other` is that file's text now.
fn restored(other: Option<&str>) -> Bench {
    let mut bench = job().kept();
    bench.edit();
    choose(&mut bench, "other.toml");
    match other {
        Some(text) => fs::write(bench.path("other.toml"), text).unwrap(),
        None => fs::remove_file(bench.path("other.toml")).unwrap(),
    }
    let mut again = bench.again("job.toml");
    again.act(Action::Recover);
    again
}

#[test]
fn restored_edits_and_the_team_file_that_they_name_are_one_step() {
    let mut bench = restored(Some(OTHER));
    let after = bench.state.base().clone();
    assert_eq!((after.client.as_deref(), after.shown.currency), (Some("Other"), Currency::parse("EUR").unwrap()));
    assert_eq!(bench.state.project.history().len(), 1);
    assert!(bench.notice().contains("restored"), "{}", bench.notice());
    keys(&mut bench, "u");
    assert_eq!(
        (bench.state.base().extends.as_deref(), bench.state.base().client.as_deref()),
        (Some("team.toml"), Some("Studio"))
    );
    assert!(!bench.state.is_dirty());
    keys(&mut bench, "ctrl-r ctrl-s");
    assert_eq!(*bench.state.base(), retake::cost::Budget { pins: bench.state.base().pins.clone(), ..after });
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
}

#[test]
fn restored_edits_stay_without_a_team_file_that_cannot_be_read() {
    let mut bench = restored(None);
    assert!(bench.notice().contains("without the team file other.toml"), "{}", bench.notice());
    assert_eq!(bench.state.base().extends.as_deref(), Some("team.toml"));
    assert_eq!(bench.state.base().client.as_deref(), Some("Studio"));
    assert_ne!(bench.state.estimate().lines[0].deliverable.finals.value, 10, "the other edits are there");
    keys(&mut bench, "ctrl-s");
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
}

#[test]
fn what_no_text_can_say_is_not_lost_with_another_team_file() {
    let text = JOB.replace("finals = 10\n", "finals = 10\nretry = \"much\"\n");
    let mut bench = Bench::with(&[("job.toml", &text), ("team.toml", TEAM), ("other.toml", OTHER)]);
    let before = bench.state.base().lines[0].settings.clone();
    bench.state.view.focus = retake::app::Focus::Pane(retake::cost::Pane::Retry);
    keys(&mut bench, "backspace ctrl-s");
    assert_ne!(bench.state.base().lines[0].settings, before, "the value is taken out");
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
    keys(&mut bench, "u");
    assert_eq!(bench.state.base().lines[0].settings, before, "and undo brings it back, although no file says it");
    choose(&mut bench, "other.toml");
    assert_eq!(bench.state.base().lines[0].settings, before);
    assert_eq!(bench.state.base().extends.as_deref(), Some("team.toml"));
    let typing = form(&bench).typing.clone().expect("the path is refused");
    assert!(typing.refused.unwrap_or_default().contains("retry"));
}

#[test]
fn a_samples_team_file_is_written_only_if_the_project_names_it() {
    for named in [true, false] {
        let mut bench = job();
        let sample = retake::config::welcome::samples().find(|sample| sample.extends.is_some()).unwrap();
        let path = sample.extends.unwrap().path;
        bench.carry_out(vec![Effect::Sample(sample.name.to_owned())]);
        if !named {
            keys(&mut bench, "P");
            go_to(&mut bench, &FormRow::TeamFile);
            keys(&mut bench, "backspace esc");
            // A text that only mentions the path does not name it.
            bench.act(Action::Project);
            go_to(&mut bench, &FormRow::Notes);
            keys(&mut bench, "enter");
            for c in path.chars() {
                update::press(&mut bench.state, &default_keymap(), Chord::char(c));
            }
            keys(&mut bench, "enter esc");
        }
        let file = bench.path("mine.toml");
        bench.carry_out(vec![Effect::SaveAs { path: file.clone(), replace: false }]);
        assert!(file.is_file(), "{}", bench.notice());
        assert_eq!(bench.path(path).exists(), named);
    }
}

#[test]
fn an_undone_rate_does_not_hand_its_keys_to_the_team_file() {
    let mut bench = job();
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::Currency);
    keys(&mut bench, "enter");
    for c in "EUR".chars() {
        update::press(&mut bench.state, &default_keymap(), Chord::char(c));
    }
    keys(&mut bench, "enter");
    for c in "0.9".chars() {
        update::press(&mut bench.state, &default_keymap(), Chord::char(c));
    }
    keys(&mut bench, "enter");
    assert_eq!(bench.state.base().shown.currency, Currency::parse("EUR").unwrap(), "{}", bench.notice());
    go_to(&mut bench, &FormRow::Rate);
    keys(&mut bench, "u");
    assert_ne!(row(&bench), Some(FormRow::TeamFile));
    keys(&mut bench, "backspace");
    assert_eq!(bench.state.base().extends.as_deref(), Some("team.toml"));
}

/// Opens the form on a row, and types in it.
fn type_in(bench: &mut Bench, row: &FormRow) {
    bench.state.overlays.clear();
    keys(bench, "P");
    go_to(bench, row);
    keys(bench, "enter ctrl-u");
}

#[test]
fn a_pasted_note_keeps_its_lines_and_every_sign_or_says_that_it_is_too_long() {
    let mut bench = job();
    let long = format!("{}\n{}", "発".repeat(1_999), "注".repeat(2_000));
    type_in(&mut bench, &FormRow::Notes);
    update::paste(&mut bench.state, &long);
    keys(&mut bench, "enter");
    assert_eq!(bench.state.base().notes.as_deref(), Some(long.as_str()));
    // What is offered takes no room: the first character takes its place.
    bench.state.overlays.clear();
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::Notes);
    keys(&mut bench, "enter A enter");
    assert_eq!(bench.state.base().notes.as_deref(), Some("A"));
    type_in(&mut bench, &FormRow::Notes);
    update::paste(&mut bench.state, &"x".repeat(4_001));
    keys(&mut bench, "enter");
    let refused = form(&bench).typing.as_ref().and_then(|typing| typing.refused.clone()).unwrap_or_default();
    assert!(refused.contains("4,000"), "{refused}");
}

#[test]
fn a_key_of_a_fee_that_is_left_as_it_is_makes_no_step() {
    let text = "retake = 1\nextends = \"team.toml\"\n[deliverable.\"a,b\"]\nfinals = 1\n";
    let team = "retake = 1\n[fee.brief]\namount = 5\nper = \"final\"\ndeliverables = [\"a,b\"]\nnote = \"one ↵ two\"\n";
    let mut bench = Bench::with(&[("job.toml", text), ("team.toml", team)]);
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::Fee("brief".to_owned()));
    keys(&mut bench, "enter");
    for key in [FeeKey::Amount, FeeKey::Deliverables, FeeKey::Note] {
        go_to(&mut bench, &FormRow::FeeKey(key));
        keys(&mut bench, "enter enter");
        assert_eq!(form(&bench).typing, None, "{key:?}");
        assert!(!bench.state.is_dirty(), "{key:?}");
    }
}

#[test]
fn a_teams_fee_is_switched_off_with_a_word_and_once() {
    let team = format!("{TEAM}[fee.brief]\namount = 5\nper = \"project\"\n");
    let mut bench = Bench::with(&[("job.toml", JOB), ("team.toml", &team)]);
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::Fee("brief".to_owned()));
    keys(&mut bench, "x");
    assert!(!bench.state.budget().fee("brief").unwrap().is_on());
    assert!(bench.notice().contains("switched off"), "{}", bench.notice());
    let steps = bench.state.project.history().len();
    keys(&mut bench, "x");
    assert_eq!(bench.state.project.history().len(), steps);
    assert!(bench.notice().contains("off already"), "{}", bench.notice());
}
