//! The errands that people come for, in a terminal, every key counted: from an empty home, and from a project that is open.

use crate::harness::{DOWN, ENTER, Home, Pty};
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

/// What is pressed: a key, or something of the client's own, which no shorter way can save.
enum Press {
    /// One key, and what the screen shows after it.
    Key(&'static str, &'static str),
    /// A name, a path or an amount of money: typed letter by letter, and not counted.
    Own(&'static str, &'static str),
}

use Press::{Key, Own};

/// Something that people come for, from an open project.
struct Errand {
    what: &'static str,
    /// The most keys that it may take.
    most: usize,
    presses: &'static [Press],
}

/// The errands of people who saw the program for the first time, with the keys that each may take. Two more begin elsewhere: an
/// empty home ([`from_an_empty_home_to_a_budget_of_ones_own`]), and the file that [`a_larger_size_stands_beside_the_project`]
/// looks at.
const ERRANDS: [Errand; 7] = [
    Errand {
        what: "40 % of the images are kept, and back",
        most: 6,
        presses: &[
            Key("l", "▸ Retry factor"),
            Key("4", "96 images"),
            Key("0", "960 images"),
            Key("%", "60 images"),
            Key(ENTER, "40 % of the images kept: 2.50× per final"),
            Key("u", "undone: factor 40 % kept"),
        ],
    },
    Errand {
        what: "twelve rows of a spreadsheet",
        most: 2,
        presses: &[Key(TWELVE_ROWS, "12 rows understood"), Key(ENTER, "12 deliverables added")],
    },
    Errand {
        what: "credits, a reseller, and the sentence why",
        most: 10,
        presses: &[
            Key("\x1b2", "ChatGPT/Codex credits"),
            Key("l", "▸ChatGPT/Codex credits"),
            Key("l", "With MuAPI it costs $24.26 less"),
        ],
    },
    Errand {
        what: "under $20",
        most: 4,
        presses: &[
            Key("U", "Under the cap"),
            Own("20", "Cap 20"),
            Key(ENTER, "Enter apply"),
            Key(ENTER, "left of $20"),
        ],
    },
    Errand {
        what: "yen",
        most: 8,
        presses: &[
            Key("P", "▸ name"),
            Key(DOWN, "▸ client"),
            Key(DOWN, "▸ currency"),
            Key(ENTER, "Choose currency"),
            Key("j", "Japanese yen"),
            Key("p", "▸JPY"),
            Key(ENTER, "▸   1 USD in JPY"),
            Own("152.40", "152.40"),
            Key(ENTER, "TOTAL ≈¥"),
        ],
    },
    Errand {
        what: "a team file",
        most: 6,
        presses: &[
            Key("P", "▸ name"),
            Key(DOWN, "▸ client"),
            Key(DOWN, "▸ currency"),
            Key(DOWN, "▸ team file"),
            Key(ENTER, "Enter apply"),
            Own("team.toml", "team.toml"),
            Key(ENTER, "tax 19 %"),
        ],
    },
    Errand {
        what: "a mail with the figures",
        most: 2,
        presses: &[Key("\x19", "Copy the estimate"), Key(ENTER, "copied: mail to the client")],
    },
];

/// As a terminal hands on twelve rows that are pasted.
const TWELVE_ROWS: &str = "\x1b[200~Asset\tQty\rA1\t3\rA2\t3\rA3\t3\rA4\t3\rA5\t3\rA6\t3\rA7\t3\rA8\t3\rA9\t3\r\
                           B1\t3\rB2\t3\rB3\t3\r\x1b[201~";

/// The sample in a home of its own, on a screen of 120x36.
fn the_launch() -> (Home, Pty) {
    let home = Home::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-projects/product-launch.retake.toml");
    std::fs::copy(sample, home.path().join("a.retake.toml")).unwrap();
    std::fs::write(home.path().join("team.toml"), "retake = 1\n[assumptions]\ntax = \"19%\"\n").unwrap();
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg("a.retake.toml");
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("$35.61");
    (home, t)
}

#[test]
fn each_errand_takes_no_more_keys_than_promised() {
    for Errand { what, most, presses } in ERRANDS {
        let (_home, t) = the_launch();
        let mut hand = Hand { t, keys: 0 };
        for press in presses {
            match press {
                Key(key, seen) => hand.press(&[key], seen),
                Own(text, seen) => {
                    hand.t.keys(text);
                    hand.t.wait_for(seen);
                }
            }
        }
        assert!(hand.keys <= most, "{what}: {} keys", hand.keys);
    }
}

#[test]
fn from_an_empty_home_to_a_budget_of_ones_own() {
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
    let names = ["Hero", "Tile", "job"].concat().len();
    assert!(keys - names <= 28, "{keys} keys, {names} of them in names");
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
fn a_larger_size_stands_beside_the_project() {
    let (home, t) = the_launch();
    let mut hand = Hand { t, keys: 0 };
    hand.press(&["h"], "▸ Output spec");
    hand.press(&["j"], "Pixels, or 1k, 2k, 4k");
    hand.press(&["+"], "1600×2000");
    hand.press(&["v"], "Name of the scenario");
    hand.press(&[ENTER], "scenario: ");
    hand.press(&["\x1b4"], "PDP hero · size");
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
