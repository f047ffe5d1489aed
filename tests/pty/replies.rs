//! A terminal that answers late, to an earlier program's question: no part of the answer may turn a knob or touch a dialog.

use crate::harness::{ESC, Home, Pty};
use std::time::Duration;

const UNDO: &str = "u";

/// Secondary device attributes; crossterm drops all but the numbers.
const SECONDARY: &str = "\x1b[>0;276;0c";

/// Background colour in both forms, device attributes, cursor position, graphics, the terminal's version.
const REPLIES: [&str; 6] = [
    "\x1b]11;rgb:ffff/ffff/dddd\x1b\\",
    "\x1b]11;rgb:ffff/ffff/dddd\x07",
    "\x1b[?62;c",
    "\x1b[5;10R",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
];

fn opened(home: &Home) -> Pty {
    let text = "retake = 1\n[deliverable.hero]\nname = \"Hero\"\nfinals = 24\n";
    std::fs::write(home.path().join("job.toml"), text).unwrap();
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg("job.toml");
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    t.wait_gone("P80 …");
    t
}

/// Sends every reply, whole and split in the middle, and checks that only the keys after it take effect: `probe` must make `mark`
/// appear and `back` must make it disappear.
fn assert_deaf(t: &mut Pty, (probe, mark, back): (&str, &str, &str)) {
    let screen = t.text();
    for reply in REPLIES {
        t.keys(&format!("{reply}{probe}"));
        t.wait_for(mark);
        t.keys(back);
        t.wait_until(&format!("the screen from before {reply:?}"), |t| t.text() == screen);
        let (head, tail) = reply.split_at(reply.len() / 2);
        t.keys(head);
        // Longer than the pause that the program takes for the end of a burst.
        assert!(t.stays_quiet(Duration::from_millis(60)), "{head:?} changed the screen:\n{}", t.text());
        t.keys(&format!("{tail}{probe}"));
        t.wait_for(mark);
        t.keys(back);
        t.wait_until(&format!("the screen from before {head:?}, {tail:?}"), |t| t.text() == screen);
    }
}

#[test]
fn a_reply_half_a_second_late_changes_nothing() {
    let home = Home::new();
    let mut t = opened(&home);
    let screen = t.text();
    assert!(t.stays_quiet(Duration::from_millis(500)), "nothing is drawn without a key");
    for reply in REPLIES.into_iter().chain([SECONDARY]) {
        t.keys(reply);
        assert!(t.stays_quiet(Duration::from_millis(40)), "{reply:?} changed the screen:\n{}", t.text());
    }
    assert_eq!(t.text(), screen);
    t.keys(UNDO);
    t.wait_for("nothing to undo");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_reply_reaches_no_field_no_question_and_no_list() {
    let home = Home::new();
    let mut t = opened(&home);
    // Renaming a row, an open field, a list filtered by typing: each would get one more character.
    for (keys, shown, probe) in [
        ("rHer", "Rename", ("qq", "Herqq", "\x7f\x7f")),
        ("e", "24", ("7", "247", "\x7f")),
        (":", "▸ Actions", ("qq", "qq", "\x7f\x7f")),
        ("T", "theme", ("qq", "qq", "\x7f\x7f")),
    ] {
        let before = t.text();
        t.keys(keys);
        t.wait_until(&format!("{shown} after {keys}"), |t| t.text().contains(shown) && t.text() != before);
        assert_deaf(&mut t, probe);
        t.keys(ESC);
        t.wait_until("the worksheet again", |t| t.text().contains("? help"));
    }
    t.keys(UNDO);
    t.wait_for("nothing to undo");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn the_same_characters_by_hand_are_keys() {
    let home = Home::new();
    std::fs::create_dir_all(home.path().join(".config/retake")).unwrap();
    let settings = "[keys.worksheet]\nhelp = [\"alt-]\"]\nissues = [\"alt-_\"]\nzoom = [\"alt-P\"]\n";
    std::fs::write(home.path().join(".config/retake/config.toml"), settings).unwrap();
    let mut t = opened(&home);
    for (keys, shown) in [("\x1b]", "Help"), ("\x1b_", "▸ Issues")] {
        let before = t.text();
        t.keys(keys);
        t.wait_until(&format!("{keys:?} is a key"), |t| t.text() != before && t.text().contains(shown));
        t.keys(ESC);
        t.wait_until("closed again", |t| t.text() == before);
    }
    // Escape alone, then a bracket and digits one by one: the next deliverable, and a typed number.
    t.keys(ESC);
    // Bytes that arrive together are one key, Alt-], to every program.
    let _ = t.stays_quiet(Duration::from_millis(60));
    t.keys("]");
    t.keys("2");
    t.keys("5");
    t.keys("\r");
    t.wait_for("unsaved");
    t.keys(UNDO);
    t.wait_gone("unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
}
