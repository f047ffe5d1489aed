//! First walks of a new user who has just installed the program: an empty home, no file, every key counted.

use crate::harness::{ENTER, Home, Pty};
use std::path::Path;
use std::process::Command;

const TAB: &str = "\t";
const SAVE: &str = "\x13";

/// A hand on the keyboard.
struct Hand {
    t: Pty,
    keys: usize,
}

impl Hand {
    /// Presses keys, each a separate string, and waits for the expected text.
    fn press(&mut self, keys: &[&str], seen: &str) {
        for key in keys {
            self.t.keys(key);
            self.keys += 1;
        }
        self.t.wait_for(seen);
    }

    /// Types text, one key per character.
    fn types(&mut self, text: &str, then: &str, seen: &str) {
        let keys: Vec<String> = text.chars().map(String::from).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).chain([then]).collect();
        self.press(&keys, seen);
    }
}

/// The exact total of a saved file, computed without a screen.
pub(crate) fn headless_total(home: &Home, file: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    command.args(["estimate", file, "--format", "json", "--today", "2026-11-22"]);
    let out = command.current_dir(home.path()).env_clear().env("HOME", home.path()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    answer["totals"]["total"].as_str().unwrap().to_owned()
}

#[test]
fn from_an_empty_home_to_a_budget_of_ones_own_in_under_forty_keys() {
    let home = Home::new();
    let mut t = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 80, 24);
    t.wait_for("How many finals do you need?");
    let mut hand = Hand { t, keys: 0 };
    // As the empty screen says: `a` adds a deliverable by name. Then from pane to pane with Tab, a digit starts typing.
    hand.press(&["a"], "Name of the new deliverable");
    hand.types("Hero", ENTER, "Hero");
    hand.types("24", TAB, "24 finals");
    hand.types("2", TAB, "48 images");
    hand.types("15", TAB, "15 %");
    hand.press(&[TAB], "▸ Output spec");
    hand.types("4:5", ENTER, "1024×1280");
    hand.press(&["a"], "Name of the new deliverable");
    hand.types("Tile", ENTER, "Tile");
    hand.types("6", ENTER, "9.27 images");
    hand.press(&[SAVE], "Save as");
    hand.types("job", ENTER, "saved job.retake.toml");
    let Hand { mut t, keys } = hand;
    assert!(keys < 40, "{keys} keys");
    // 1024x1280 medium 1,510 tokens, 1024x1024 medium 1,756, six tokens of overhead with each call; 6 · 1.545 makes 9.27.
    // 48 · (1510 · 30 + 6 · 5) / 10^6 · 1.15 + 9.27 · (1756 · 30 + 6 · 5) / 10^6 · 1.2
    t.wait_for("$3.09");
    t.keys("q");
    t.finish().assert_clean(0);
    let text = std::fs::read_to_string(home.path().join("job.retake.toml")).unwrap();
    let (own, pinned) = text.split_once("\n[rates").unwrap();
    assert_eq!(
        own,
        "retake = 1\n\n[deliverable.hero]\nname = \"Hero\"\nratio = \"4:5\"\nfinals = 24\nretry = 2.0\nbuffer = \"15%\"\n\n\
         [deliverable.tile]\nname = \"Tile\"\nposition = 10\nfinals = 6\n"
    );
    assert!(pinned.starts_with(".\"openai/gpt-image-2\"]\nchecked = "), "{pinned}");
    assert_eq!(headless_total(&home, "job.retake.toml"), "3.08856204");
}

/// A question of a client, answered beside the project as it is: the packshot at 2K against 1K.
#[test]
fn a_larger_size_stands_beside_the_project_after_six_keys() {
    let home = Home::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-projects/product-launch.retake.toml");
    std::fs::copy(sample, home.path().join("a.retake.toml")).unwrap();
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg("a.retake.toml");
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("$35.61");
    let mut hand = Hand { t, keys: 0 };
    hand.press(&["h"], "▸ Output spec");
    hand.press(&["j"], "Pixels, or 1k, 2k, 4k");
    hand.press(&["+"], "1600×2000");
    hand.press(&["v"], "Name of the scenario");
    hand.press(&[ENTER], "scenario: ");
    hand.press(&["\x1b3"], "PDP hero · size");
    let Hand { mut t, keys } = hand;
    assert!(keys <= 6, "{keys} keys");
    let row = |label: &str| t.text().lines().find(|row| row.contains(label)).map(str::to_owned).unwrap_or_default();
    let size = row("PDP hero · size");
    assert!(size.contains("1024×1280") && size.contains("→ 1600×2000"), "{size}");
    assert!(row("against baseline").contains("+$"), "{}", t.text());
    // It is in the file, where commands find it.
    t.keys(SAVE);
    t.wait_gone("● unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_eq!(headless_total(&home, "a.retake.toml"), "35.61358968", "the project is as it was");
}
