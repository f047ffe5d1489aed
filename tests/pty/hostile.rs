//! A hostile file in the real program: every byte that reaches the terminal is harmless text or a sequence of ours.

use crate::harness::{CTRL_C, ENTER, ESC, Home, Pty};
use crate::sequences::foreign;
use crate::texts::{anything, everywhere};

/// None of these is a sequence that the program writes itself, so that none could pass for one.
const PAYLOADS: [&str; 4] = [
    "\u{1b}]0;evil\u{7}\u{1b}[5i\u{1b}P$q\u{1b}\\",
    "\u{9d}52;c;x\u{9c}\u{9b}21t\u{85}\u{7f}",
    "\u{202e}evil\u{2066}\u{200b}\u{ad}\u{61c}",
    "\r\n\t\u{8}\0evil\u{1b}c",
];

/// Keys that lead through every screen: panes, lists, dialogs, help, the reasons, the palette, notices.
const WALK: [&str; 24] = [
    "\t", "\t", "\t", "h", ENTER, ESC, "w", ESC, "?", "G", ESC, "i", ESC, "$", ESC, ":", ESC, "/x", ESC, "r", ESC, "y",
    "+", "u",
];

fn walk(text: &str, project: &str) {
    let home = Home::new();
    // A file name that may be printed, and that no folder forbids.
    let file = format!("{}.toml", text.replace(['\0', '/'], "_"));
    std::fs::write(home.path().join(&file), project).unwrap();
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(&file);
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    for (at, key) in WALK.iter().enumerate() {
        t.keys(key);
        if at % 4 == 3 {
            // Wait for an answer before the next keys: an Escape must not become part of a sequence.
            t.resize(if at % 8 == 3 { 80 } else { 160 }, 40);
            t.wait_until("a frame of the new size", |t| t.text().contains("TOTAL") || t.row(0).contains("evil"));
        }
    }
    t.keys(CTRL_C);
    t.keys(ESC);
    t.keys("q");
    t.keys("d");
    let left = t.finish();
    if let Some(found) = foreign(&left.raw) {
        panic!("{found} from {text:?}");
    }
    left.assert_clean(0);
}

#[test]
fn a_hostile_file_sends_nothing_of_its_own_to_the_terminal() {
    for text in PAYLOADS {
        walk(text, &anything(text));
        walk(text, &everywhere(text));
    }
}
