//! The form of the project in a terminal: how many keys its errands take, and what is in the file afterwards.

use crate::harness::{DOWN, ENTER, Home, Pty};
use std::fs;

const SAVE: &str = "\x13";
const JOB: &str = "retake = 1\nname = \"Job\"\n\n[deliverable.hero]\nfinals = 10\n";
const TEAM: &str = "retake = 1\nclient = \"Studio\"\n[assumptions]\ntax = \"19%\"\n";

fn open() -> (Home, Pty) {
    let home = Home::new();
    fs::write(home.path().join("job.toml"), JOB).unwrap();
    fs::write(home.path().join("team.toml"), TEAM).unwrap();
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg("job.toml");
    let mut t = Pty::spawn(command, 80, 24);
    t.wait_for("TOTAL");
    (home, t)
}

fn saved(home: &Home, mut t: Pty) -> String {
    t.keys(SAVE);
    t.wait_for("saved");
    t.keys("\x1b");
    t.wait_gone("The project");
    t.keys("q");
    t.finish().assert_clean(0);
    fs::read_to_string(home.path().join("job.toml")).unwrap()
}

/// Presses keys one by one, each after what the one before shows, and counts them.
fn press(t: &mut Pty, keys: &[(&str, &str)]) -> usize {
    for (key, shows) in keys {
        t.keys(key);
        t.wait_for(shows);
    }
    keys.len()
}

#[test]
fn yen_takes_eight_keys_and_the_rate() {
    let (home, mut t) = open();
    let before = press(
        &mut t,
        &[
            ("P", "▸ name"),
            (DOWN, "▸ client"),
            (DOWN, "▸ currency"),
            (ENTER, "Choose currency"),
            ("j", "Japanese yen"),
            ("p", "▸JPY"),
            (ENTER, "▸   1 USD in JPY"),
        ],
    );
    assert!(t.text().contains("Japanese yen") && t.text().contains("No rate is ever fetched"), "{}", t.text());
    t.keys("152.40");
    t.wait_for("152.40");
    let keys = before + press(&mut t, &[(ENTER, "TOTAL ≈¥")]);
    assert_eq!(keys, 8);
    let text = saved(&home, t);
    assert!(text.contains("currency = \"JPY\"\n") && text.contains("[exchange]\nrate = 152.4\nas_of = "), "{text}");
}

#[test]
fn a_team_file_takes_six_keys_and_its_path() {
    let (home, mut t) = open();
    let before = press(
        &mut t,
        &[("P", "▸ name"), (DOWN, "▸ client"), (DOWN, "▸ currency"), (DOWN, "▸ team file"), (ENTER, "Enter apply")],
    );
    t.keys("team.toml");
    t.wait_for("team.toml");
    let keys = before + press(&mut t, &[(ENTER, "Studio")]);
    assert_eq!(keys, 6);
    assert!(t.text().contains("19 %"), "{}", t.text());
    let text = saved(&home, t);
    let own = text.split("\n[rates").next().unwrap();
    assert_eq!(own, JOB.replace("retake = 1\n", "retake = 1\nextends = \"team.toml\"\n"));
}
