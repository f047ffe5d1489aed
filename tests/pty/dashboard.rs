//! The dashboard as a user sees it: the real program in a real terminal, from the first frame to the file on disk.

use crate::harness::{CTRL_C, CTRL_Z, ENTER, ESC, Home, Pty};
use std::path::PathBuf;

const UNDO: &str = "u";
const SAVE: &str = "\x13";
const TAB: &str = "\t";

pub(crate) fn sample(home: &Home, name: &str) -> PathBuf {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects").join(name);
    let to = home.path().join(name);
    std::fs::copy(from, &to).unwrap();
    to
}

pub(crate) fn open(home: &Home, file: &str) -> Pty {
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(file);
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    t
}

/// The total on screen.
pub(crate) fn total(t: &Pty) -> String {
    let row = (0..36).map(|row| t.row(row)).find(|row| row.contains("TOTAL")).unwrap_or_default();
    let after = row.split("TOTAL").nth(1).unwrap_or_default().to_owned();
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

fn press_and_see_the_total_move(t: &mut Pty, keys: &str) -> String {
    let before = total(t);
    t.keys(keys);
    t.wait_until(&format!("{keys:?} moves the total from {before}"), |t| {
        let now = total(t);
        now != before && now.starts_with('$')
    });
    total(t)
}

#[test]
fn four_knobs_move_the_total_undo_leads_back_and_a_saved_file_reopens_to_the_same_total() {
    let home = Home::new();
    let file = sample(&home, "product-launch.retake.toml");
    let original = std::fs::read(&file).unwrap();
    let mut t = open(&home, "product-launch.retake.toml");
    let start = total(&t);
    let mut seen = vec![start.clone()];
    for keys in ["+", TAB, "+", "+", TAB, "-", TAB, TAB, "j", "j", "-"] {
        match keys {
            "+" | "-" => seen.push(press_and_see_the_total_move(&mut t, keys)),
            _ => t.keys(keys),
        }
    }
    assert_eq!(seen.len(), 6, "finals, retry twice, buffer, quality: {seen:?}");
    let end = seen.last().unwrap().clone();
    for wanted in seen.iter().rev().skip(1) {
        t.keys(UNDO);
        t.wait_until(&format!("undo to {wanted}"), |t| total(t) == *wanted);
    }
    t.wait_gone("unsaved");
    t.keys("\x12\x12\x12\x12\x12");
    t.wait_until("redo to the end", |t| total(t) == end);
    t.keys(SAVE);
    t.wait_for("saved");
    t.wait_gone("unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
    let saved = String::from_utf8(std::fs::read(&file).unwrap()).unwrap();
    let original = String::from_utf8(original).unwrap();
    let expected = original.replacen("finals = 24\n", "quality = \"medium\"\nfinals = 25\n", 1).replacen(
        "retry = 2.0\n",
        "retry = 2.2\nbuffer = \"19%\"\n",
        1,
    );
    assert_eq!(saved, expected);
    let mut again = open(&home, "product-launch.retake.toml");
    assert_eq!(total(&again), end);
    again.keys("q");
    again.finish().assert_clean(0);
}

#[test]
fn a_save_without_an_edit_leaves_every_byte() {
    let home = Home::new();
    let file = sample(&home, "paid-social.retake.toml");
    let before = (std::fs::read(&file).unwrap(), std::fs::metadata(&file).unwrap().modified().unwrap());
    let mut t = open(&home, "paid-social.retake.toml");
    t.keys(SAVE);
    t.wait_for("saved");
    t.keys("+");
    t.wait_for("unsaved");
    t.keys(UNDO);
    t.wait_gone("unsaved");
    t.keys(SAVE);
    t.wait_for("saved");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_eq!(before, (std::fs::read(&file).unwrap(), std::fs::metadata(&file).unwrap().modified().unwrap()));
}

#[test]
fn a_budget_of_ones_own_from_an_empty_folder() {
    let home = Home::new();
    let mut t = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 80, 24);
    t.wait_for("How many finals do you need?");
    t.keys("24");
    t.wait_for("TOTAL $");
    t.keys(ENTER);
    t.keys(SAVE);
    t.wait_for("Save as");
    t.keys(ENTER);
    t.wait_for("saved project.retake.toml");
    t.keys("q");
    t.finish().assert_clean(0);
    let text = std::fs::read_to_string(home.path().join("project.retake.toml")).unwrap();
    assert!(text.starts_with("retake = 1\n") && text.contains("finals = 24"), "{text}");
    assert!(text.contains("[rates.\"openai/gpt-image-2\"]"), "the prices are pinned when saved: {text}");
}

#[test]
fn quitting_with_unsaved_edits_asks_and_never_traps() {
    let home = Home::new();
    sample(&home, "ui-screenshots.retake.toml");
    let mut t = open(&home, "ui-screenshots.retake.toml");
    t.keys("+");
    t.wait_for("unsaved");
    t.keys(CTRL_C);
    t.wait_for("Unsaved edits");
    t.keys(ESC);
    t.wait_gone("Unsaved edits");
    t.keys("q");
    t.wait_for("Unsaved edits");
    t.keys("d");
    t.finish().assert_clean(0);
}

#[test]
fn the_window_may_have_any_size_at_any_moment() {
    let home = Home::new();
    sample(&home, "brand-campaign.retake.toml");
    let mut t = open(&home, "brand-campaign.retake.toml");
    for (cols, rows) in [(80, 24), (40, 12), (20, 5), (300, 100)] {
        t.resize(cols, rows);
        t.wait_until(&format!("the total at {cols}x{rows}"), |t| t.text().contains("TOTAL"));
    }
    t.resize(10, 2);
    t.wait_for("Needs");
    t.resize(120, 36);
    t.wait_for("Cost breakdown");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn what_cannot_be_opened_is_said_in_one_message_and_the_terminal_is_left_alone() {
    let home = Home::new();
    std::fs::write(home.path().join("broken.toml"), "retake = 1\nname = \"x\n").unwrap();
    for (file, said, code) in
        [("missing.toml", "does not exist", 1), (".", "is a folder", 2), ("broken.toml", "broken.toml:2:", 2)]
    {
        let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
        command.arg(file);
        let t = Pty::spawn(command, 80, 24);
        let end = t.finish();
        assert!(end.text.contains(said), "{file}: {}", end.text);
        assert!(!end.raw.contains(&0x1b), "{file}: no escape sequence");
        end.assert_clean(code);
    }
}

#[test]
fn suspended_by_ctrl_z_it_comes_back_with_its_edits() {
    let home = Home::new();
    sample(&home, "ui-screenshots.retake.toml");
    let mut shell = home.command("bash");
    shell.args(["--norc", "--noprofile", "-i"]);
    shell.env("PS1", "ready> ");
    let mut t = Pty::spawn(shell, 120, 36);
    t.wait_for("ready>");
    t.keys(&format!("{} ui-screenshots.retake.toml\n", env!("CARGO_BIN_EXE_retake")));
    t.wait_for("TOTAL");
    t.keys("+");
    t.wait_for("unsaved");
    t.keys(CTRL_Z);
    t.wait_for("Stopped");
    t.keys("fg\n");
    t.wait_for("unsaved");
    t.keys("u");
    t.wait_gone("unsaved");
    t.keys("q");
    // Keys typed before the shell has the terminal back are discarded, as they should be: wait for its prompt.
    t.wait_until("the shell asks again", |t| t.text().matches("ready>").count() >= 3);
    t.keys("exit\n");
    t.finish();
}

#[test]
fn a_sample_is_a_start_of_ones_own_and_the_next_time_it_is_a_recent_project() {
    let home = Home::new();
    let mut t = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 120, 36);
    t.wait_for("How many finals do you need?");
    t.keys("olaunch");
    t.wait_for("sample: product-launch");
    t.keys(ENTER);
    t.wait_for("Spring launch");
    t.keys("+");
    t.wait_for("unsaved");
    t.keys(SAVE);
    t.wait_for("Save as");
    t.keys("\x15mine.toml");
    t.keys(ENTER);
    t.wait_for("saved mine.toml");
    t.keys("q");
    t.finish().assert_clean(0);
    let text = std::fs::read_to_string(home.path().join("mine.toml")).unwrap();
    assert!(text.starts_with("# A product launch") && text.contains("finals = 25"), "{text}");
    let mut again = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 120, 36);
    again.wait_for("How many finals do you need?");
    again.keys("o");
    again.wait_for("mine.toml");
    again.keys(ENTER);
    again.wait_for("PDP hero");
    again.keys("q");
    again.finish().assert_clean(0);
}

#[test]
fn lists_and_reasons_are_there_in_the_frame_of_their_key_and_escape_leaves_no_trace() {
    let home = Home::new();
    sample(&home, "product-launch.retake.toml");
    let mut t = open(&home, "product-launch.retake.toml");
    let start = total(&t);
    t.keys("hjj");
    t.keys(ENTER);
    t.wait_for("Choose quality");
    t.keys("\x1b[A");
    t.wait_until("the total follows the list", |t| total(t) != start && total(t).starts_with('$'));
    t.keys(ESC);
    t.wait_gone("Choose quality");
    t.wait_until("the total is back", |t| total(t) == start);
    t.keys("w");
    t.wait_for("grade A");
    t.keys(ESC);
    t.wait_gone("grade A");
    t.keys(":redo");
    t.wait_for("nothing to redo");
    t.keys(ESC);
    t.wait_gone("nothing to redo");
    t.wait_until("the keyboard is back on the worksheet", |t| t.text().contains("help"));
    t.keys("y");
    t.wait_for("copied");
    assert!(t.raw().windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "the clipboard is asked for");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_click_on_a_chart_turns_the_knob_and_is_one_step() {
    let home = Home::new();
    sample(&home, "product-launch.retake.toml");
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg("product-launch.retake.toml");
    let mut t = Pty::spawn(command, 160, 45);
    t.wait_for("TOTAL");
    // The row below the chart of the retry factor begins with the least factor; the pane's frame ends it.
    let (row, left, right) = (0..45)
        .find_map(|row| {
            let cells: Vec<char> = t.row(row).chars().collect();
            let left = cells.windows(5).position(|cells| cells.iter().collect::<String>() == "1.00×")?;
            let right = left + cells[left..].iter().position(|cell| *cell == '│')?;
            Some((row, left, right))
        })
        .unwrap();
    // Press, drag to the right end of the chart, release.
    t.keys(&format!("\x1b[<0;{};{row}M\x1b[<32;{};{row}M\x1b[<0;{};{row}m", left + 3, right - 1, right - 1));
    t.wait_for("3.00 tries");
    t.keys(UNDO);
    t.wait_for("2.00 tries");
    t.wait_gone("unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
}

/// Two keys: what is asked for, and Enter on its first entry.
#[test]
fn a_mail_is_on_the_clipboard_after_two_keys() {
    let home = Home::new();
    sample(&home, "product-launch.retake.toml");
    let mut t = open(&home, "product-launch.retake.toml");
    t.keys("\x19");
    t.wait_for("Copy the estimate");
    t.keys(ENTER);
    t.wait_for("copied: mail to the client");
    let raw = t.raw();
    let start = b"\x1b]52;c;";
    let at = raw.windows(start.len()).position(|bytes| bytes == start).unwrap() + start.len();
    let code: Vec<u8> = raw[at..].iter().copied().take_while(|byte| *byte != 7 && *byte != 0x1b).collect();
    let mail = String::from_utf8(from_base64(&code)).unwrap();
    for said in
        ["Estimate: Spring launch\nClient: Acme\n", "The total is $35.61.", "• PDP details, 1024×1280 high: 48 finals"]
    {
        assert!(mail.contains(said), "{said}\n{mail}");
    }
    assert!(!mail.contains("MuAPI") && !mail.contains("cap"), "it gives nothing of the team away: {mail}");
    t.keys("q");
    t.finish().assert_clean(0);
}

fn from_base64(code: &[u8]) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for four in code.split(|byte| *byte == b'=').next().unwrap().chunks(4) {
        let bits = four.iter().map(|sign| SIGNS.iter().position(|known| known == sign).unwrap());
        let all = bits.fold(0, |all, bits| all << 6 | bits) << (6 * (4 - four.len()));
        bytes.extend((0..four.len() - 1).map(|at| u8::try_from(all >> (16 - 8 * at) & 0xff).unwrap()));
    }
    bytes
}
