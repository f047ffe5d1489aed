//! From a spreadsheet's list to a total: from a file, and pasted into the terminal.

use crate::harness::{ENTER, ESC, Home, Pty};
use crate::walks::headless_total;
use std::time::{Duration, Instant};

/// A key is answered within milliseconds; the rest is for a machine that builds something else meanwhile. The list takes longer.
const AT_ONCE: Duration = Duration::from_secs(1);

const LIST: &str =
    "Asset,Ratio,Quality,Qty,Retry\r\nBanner,16:9,high,12,1.5\r\nTile,1:1,medium,40,2\r\nPoster,4:5,splendid,3,2\r\n";

fn total(t: &Pty) -> String {
    let row = (0..36).map(|row| t.row(row)).find(|row| row.contains("TOTAL")).unwrap_or_default();
    row.split("TOTAL").nth(1).and_then(|after| after.split_whitespace().next()).unwrap_or_default().to_owned()
}

fn started(home: &Home) -> Pty {
    let mut t = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 120, 36);
    t.wait_for("How many finals do you need?");
    t
}

/// Enter on the preview, the total, and a save under the name that is suggested.
fn accepted_and_saved(home: &Home, mut t: Pty, suggested: &str) -> (String, String) {
    // The parsed and the refused rows, before anything is applied.
    t.wait_for("1 of 3 rows refused");
    t.wait_for("row 4 Poster");
    for understood in ["Banner", "16:9", "high", "1.5", "Tile", "1:1", "medium", "40", "splendid"] {
        t.wait_for(understood);
    }
    assert_eq!((total(&t).as_str(), t.text().contains("unsaved")), ("", false), "nothing is added yet");
    t.keys(ENTER);
    t.wait_for("2 added, 1 row refused");
    t.wait_until("a total in dollars", |t| total(t).starts_with('$') && total(t) != "$0.00");
    let sum = total(&t);
    t.keys("\x13");
    t.wait_for("Save as");
    t.keys(ENTER);
    t.wait_for(&format!("saved {suggested}"));
    t.keys("q");
    t.finish().assert_clean(0);
    // 1536x864 high 4,312 tokens, 1024x1024 medium 1,756, six tokens of overhead with each call; the buffer is 20 %.
    // (18 · (4312 · 30 + 6 · 5) + 80 · (1756 · 30 + 6 · 5)) / 10^6 · 1.2
    assert_eq!((sum.as_str(), headless_total(home, suggested).as_str()), ("$7.85", "7.854984"));
    (sum, std::fs::read_to_string(home.path().join(suggested)).unwrap())
}

#[test]
fn from_a_spreadsheets_list_to_a_total() {
    let home = Home::new();
    std::fs::write(home.path().join("list.csv"), LIST).unwrap();
    let mut t = started(&home);
    t.keys("I");
    t.wait_for("Import a list");
    t.keys("list.csv\r");
    let from_file = accepted_and_saved(&home, t, "list.retake.toml");
    let (own, _) = from_file.1.split_once("\n[rates").unwrap();
    assert_eq!(
        own,
        "retake = 1\n\n[deliverable.banner]\nname = \"Banner\"\nposition = 10\nratio = \"16:9\"\nquality = \"high\"\nfinals = 12\nretry = 1.5\n\n\
         [deliverable.tile]\nname = \"Tile\"\nposition = 20\nratio = \"1:1\"\nquality = \"medium\"\nfinals = 40\nretry = 2.0\n"
    );

    // A terminal sends each line break of a paste as a carriage return.
    let other = Home::new();
    let mut t = started(&other);
    t.keys(&format!("\x1b[200~{}\x1b[201~", LIST.replace("\r\n", "\r").replace(',', "\t")));
    assert_eq!(accepted_and_saved(&other, t, "project.retake.toml"), from_file);
}

#[test]
fn a_list_that_cannot_be_read_is_refused_and_a_preview_left_adds_nothing() {
    let home = Home::new();
    std::fs::write(home.path().join("list.csv"), LIST).unwrap();
    std::fs::write(home.path().join("list.pdf"), b"%PDF-1.7").unwrap();
    let mut t = started(&home);
    for (file, why) in [("missing.csv", "does not exist"), (".", "is a folder")] {
        t.keys("I");
        t.wait_for("Import a list");
        t.keys(&format!("{file}\r"));
        t.wait_for(why);
        // The typed text stays below its question, to be corrected.
        t.wait_for(file);
        t.keys(ESC);
        t.wait_gone("Import a list");
    }
    t.keys("Ilist.pdf\r");
    t.wait_for("the file is a PDF");
    t.keys(ESC);
    t.wait_gone("the file is a PDF");
    t.keys("Ilist.csv\r");
    t.wait_for("1 of 3 rows refused");
    t.keys(ESC);
    t.wait_gone("1 of 3 rows refused");
    t.wait_for("How many finals do you need?");
    // Nothing is unsaved, so there is no question.
    t.keys("q");
    t.finish().assert_clean(0);
}

/// As many rows and bytes as a list may have.
fn longest_list() -> String {
    let rows = (0..99_999).map(|row| format!("Banner {row:05},16:9,high,{:02},{}\n", row % 40 + 1, "x".repeat(638)));
    let list = format!("Name,Ratio,Quality,Finals,Note\n{}", rows.collect::<String>());
    assert!(list.len() <= 64 << 20 && list.len() > 63 << 20, "{}", list.len());
    list
}

#[test]
fn esc_and_quitting_are_answered_at_once_while_the_longest_list_is_read() {
    let home = Home::new();
    std::fs::write(home.path().join("long.csv"), longest_list()).unwrap();
    std::fs::write(home.path().join("list.csv"), LIST).unwrap();
    let mut t = started(&home);
    t.keys("Ilong.csv\r");
    t.wait_for("reading long.csv…");
    let pressed = Instant::now();
    t.keys(ESC);
    t.wait_gone("reading long.csv…");
    let answered = pressed.elapsed();
    assert!(answered < AT_ONCE, "{answered:?}");
    t.wait_for("How many finals do you need?");
    // Another list replaces the one that is read.
    t.keys("Ilong.csv\r");
    t.wait_for("reading long.csv…");
    t.keys("Ilist.csv\r");
    t.wait_for("1 of 3 rows refused");
    t.keys(ESC);
    t.wait_gone("1 of 3 rows refused");
    t.keys("Ilong.csv\r");
    t.wait_for("reading long.csv…");
    let pressed = Instant::now();
    t.keys("\x03");
    let (_, ended) = t.exit_and_time();
    assert!(ended - pressed < AT_ONCE, "{:?}", ended - pressed);
    t.finish().assert_clean(0);
}
