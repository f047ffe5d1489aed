//! The remains of a program that is ended from outside, and how the next one uses them.

use crate::dashboard::total;
use crate::harness::{ENTER, Home, Pty, times_slept};
use rustix::process::Signal;
use std::path::PathBuf;
use std::time::Duration;

const SAMPLE: &str = "product-launch.retake.toml";
const SAVE: &str = "\x13";
const OFFER: &str = "Edits that were not saved";

fn home() -> Home {
    let home = Home::new();
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects").join(SAMPLE);
    std::fs::copy(from, home.path().join(SAMPLE)).unwrap();
    home
}

fn open(home: &Home, file: Option<&str>) -> Pty {
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.args(file);
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for(if file.is_some() { "TOTAL" } else { "untitled project" });
    t
}

fn edit(t: &mut Pty) -> String {
    t.keys("+++");
    t.wait_until("three more finals", |t| shown_finals(t) == Some(27));
    total(t)
}

fn journals(home: &Home) -> usize {
    retake::project::journal::count(&home.path().join(".local/state/retake/journal"))
}

/// Restores the offer and saves: the total is the same, and nothing is left to offer.
fn assert_recovered(home: &Home, wanted: &str) {
    let mut t = open(home, Some(SAMPLE));
    t.wait_for(OFFER);
    t.wait_for("24 → 27");
    t.keys(ENTER);
    t.wait_gone(OFFER);
    t.wait_until("the total of before", |t| total(t) == wanted);
    t.wait_for("●");
    t.keys(SAVE);
    t.wait_gone("●");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_eq!(journals(home), 0);
    let mut t = open(home, Some(SAMPLE));
    t.wait_until("the saved total", |t| total(t) == wanted);
    assert!(!t.text().contains(OFFER));
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn edits_survive_every_signal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT, Signal::KILL] {
        let home = home();
        let mut t = open(&home, Some(SAMPLE));
        let wanted = edit(&mut t);
        t.signal(signal);
        t.wait_exit();
        assert_recovered(&home, &wanted);
    }
}

#[test]
fn edits_survive_a_window_that_is_closed() {
    let home = home();
    let mut t = open(&home, Some(SAMPLE));
    let wanted = edit(&mut t);
    t.close();
    t.wait_exit();
    assert_recovered(&home, &wanted);
}

/// Wherever it panics, on whichever thread: the terminal is restored, the message is readable, the edit is offered.
#[test]
fn a_panic_anywhere_loses_no_edit() {
    let touch = |home: &Home| {
        let file = home.path().join(SAMPLE);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text + "# written by somebody else\n").unwrap();
    };
    for place in ["draw", "event", "effect", "watch", "journal"] {
        let home = home();
        let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
        command.arg(SAMPLE);
        command.env("RETAKE_BREAK", place);
        let mut t = Pty::spawn(command, 120, 36);
        t.wait_for("TOTAL");
        t.keys("+");
        if place != "draw" {
            t.wait_until("one more final", |t| shown_finals(t) == Some(25));
        }
        match place {
            "event" => t.keys("+"),
            "effect" => t.keys(SAVE),
            "watch" => touch(&home),
            _ => {}
        }
        let left = t.finish();
        left.assert_clean(101);
        assert!(left.text.contains(&format!("broken on purpose: {place}")), "{place}:\n{}", left.text);
        assert!(left.text.contains("retake hit an internal error"), "{place}:\n{}", left.text);
        assert_eq!(journalled_finals(&home), 25, "{place}");
        let mut t = open(&home, Some(SAMPLE));
        t.wait_for(OFFER);
        t.wait_for("24 → 25");
        t.signal(Signal::KILL);
    }
}

#[test]
fn a_project_that_never_had_a_file_survives_too() {
    let home = home();
    let mut t = open(&home, None);
    t.keys("24");
    t.keys(ENTER);
    t.wait_for("u undo");
    let wanted = total(&t);
    t.signal(Signal::KILL);
    t.wait_exit();
    let mut t = open(&home, None);
    t.wait_for(OFFER);
    t.wait_for("added, 24 finals");
    t.keys(ENTER);
    t.wait_until("the total of before", |t| total(t) == wanted);
    t.signal(Signal::KILL);
    t.wait_exit();
    // With the user's own number format it is offered as well.
    let config = home.path().join(".config/retake");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "numbers = \"1.234,56\"\n").unwrap();
    let mut t = open(&home, None);
    t.wait_for(OFFER);
    t.keys(ENTER);
    t.wait_until("the total of before", |t| total(t) == wanted.replace('.', ","));
    t.signal(Signal::KILL);
}

#[test]
fn a_second_session_says_who_has_the_file_open() {
    let home = home();
    let mut first = open(&home, Some(SAMPLE));
    let mut second = open(&home, Some(SAMPLE));
    second.wait_for(&format!("also open in process {}", first.pid().as_raw_nonzero()));
    second.keys("q");
    second.finish().assert_clean(0);
    first.signal(Signal::KILL);
    first.wait_exit();
    let mut third = open(&home, Some(SAMPLE));
    assert!(!third.text().contains("also open"), "a lock without its session is in nobody's way");
    third.keys("q");
    third.finish().assert_clean(0);
}

/// The only timer: after the sync, nothing wakes the program until the next key.
#[test]
#[cfg(target_os = "linux")]
fn a_second_after_the_last_edit_the_program_sleeps_for_good() {
    let home = home();
    let mut t = open(&home, Some(SAMPLE));
    t.wait_gone("P80 …");
    edit(&mut t);
    // Past the moment of the sync, and then a period in which nothing happens.
    assert!(t.stays_quiet(Duration::from_millis(1_300)));
    let before = times_slept(t.pid());
    assert!(t.stays_quiet(Duration::from_millis(1_200)));
    assert_eq!(times_slept(t.pid()), before);
    t.signal(Signal::KILL);
}

/// 5 unless the environment asks for another number.
fn kills() -> u64 {
    std::env::var("RETAKE_EDIT_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(5)
}

#[test]
fn no_edit_that_was_on_screen_is_lost_by_a_kill_at_any_key() {
    let home = home();
    let (mut finals, mut edits) = (24_u64, 0);
    for round in 0..kills() {
        let mut t = open(&home, Some(SAMPLE));
        if round > 0 {
            t.wait_for(OFFER);
            t.keys(ENTER);
            t.wait_gone(OFFER);
        }
        t.wait_until("what was there before", |t| shown_finals(t) == Some(finals));
        // Keys are still on their way when the kill comes; edits shown on screen by then must be there.
        let burst = round % 7 + 2;
        t.keys(&"+".repeat(usize::try_from(burst).unwrap()));
        let seen = finals + round % burst;
        t.wait_until("some of them", |t| shown_finals(t).is_some_and(|now| now > seen));
        t.signal(Signal::KILL);
        t.wait_exit();
        let on_screen = shown_finals(&t).unwrap();
        let found = journalled_finals(&home);
        assert!((on_screen..=finals + burst).contains(&found), "round {round}: {found}, and {on_screen} on screen");
        edits += found - finals;
        finals = found;
    }
    println!("{} kills, {edits} edits, 0 lost", kills());
}

#[test]
fn edits_that_cannot_be_offered_now_are_said_on_the_first_screen() {
    let newer = |text: &str| text.replacen("retake = 1", "retake = 2", 1);
    let markers = |text: &str| format!("<<<<<<< ours\n{text}=======\n{text}# theirs\n>>>>>>> theirs\n");
    type Breaking<'a> = &'a dyn Fn(&str) -> String;
    let broken: [(Breaking<'_>, &str); 2] = [(&newer, "can save this file"), (&markers, "conflicts are resolved")];
    for (make, goes_on) in broken {
        let home = home();
        let mut t = open(&home, Some(SAMPLE));
        edit(&mut t);
        t.signal(Signal::KILL);
        t.wait_exit();
        let file = home.path().join(SAMPLE);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, make(&text)).unwrap();
        let mut t = open(&home, Some(SAMPLE));
        t.wait_for("unsaved edits of 20");
        t.wait_for(goes_on);
        t.signal(Signal::TERM);
        t.wait_exit();
        assert_eq!(journals(&home), 1);
    }
}

/// The finals of the selected deliverable, in the pane of their own.
fn shown_finals(t: &Pty) -> Option<u64> {
    let text = t.text();
    let value = text.split_once("‹ ")?.1.split_once(" ›")?.0;
    value.replace(',', "").parse().ok()
}

fn journalled_finals(home: &Home) -> u64 {
    let folder = home.path().join(".local/state/retake/journal");
    let real = std::fs::canonicalize(home.path().join(SAMPLE)).unwrap();
    let left = retake::project::journal::left(&folder, Some(&real), usize::MAX).0;
    let content = left[0].read().unwrap();
    let catalog = retake::rates::built_in().unwrap();
    let mut budget = retake::project::open::read_text(&content.start.base, &real, catalog).budget;
    assert!(retake::runtime::edits::replay(&mut budget, &content.steps));
    match budget.lines[0].settings.value(retake::cost::Knob::Finals) {
        Some(retake::cost::Value::Count(finals)) => *finals,
        other => panic!("{other:?}"),
    }
}

/// Edits of the project, moved into a scenario, and edits in there.
#[test]
fn edits_within_a_scenario_survive_a_kill() {
    let home = home();
    let mut t = open(&home, Some(SAMPLE));
    let own = total(&t);
    edit(&mut t);
    t.keys("v");
    t.wait_for("Name of the scenario");
    t.keys(ENTER);
    t.wait_for("scenario: finals 27");
    t.keys("+");
    t.wait_until("another final", |t| shown_finals(t) == Some(28));
    let wanted = total(&t);
    t.signal(Signal::KILL);
    t.wait_exit();
    let mut t = open(&home, Some(SAMPLE));
    t.wait_for(OFFER);
    t.keys(ENTER);
    t.wait_gone(OFFER);
    t.wait_until("the project as it was", |t| total(t) == own && shown_finals(t) == Some(24));
    // The first scenario by key.
    t.keys("}}");
    t.wait_for("scenario: finals 27");
    t.wait_until("the scenario as it was", |t| total(t) == wanted && shown_finals(t) == Some(28));
    t.keys(SAVE);
    t.wait_gone("●");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_eq!(journals(&home), 0);
}
