//! Terminals that are slow, change their size without end, or disappear, and signals during edits. `RETAKE_CASES` asks for more
//! of each.

use crate::dashboard::{open, sample};
use crate::harness::{Home, Pty};
use crate::texts::{Dice, cases};
use rustix::process::{Pid, Signal};
use std::time::{Duration, Instant};

const SAMPLE: &str = "product-launch.retake.toml";

/// The program with an unsaved edit.
fn editing(home: &Home) -> Pty {
    sample(home, SAMPLE);
    let mut t = open(home, SAMPLE);
    t.keys("+");
    t.wait_for("unsaved");
    t
}

/// The memory that the process holds now, in kB.
fn memory(pid: Pid) -> u64 {
    status(pid, "VmRSS:")
}

/// The most memory that it held at any time, in kB.
fn peak_memory(pid: Pid) -> u64 {
    status(pid, "VmHWM:")
}

fn status(pid: Pid, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

/// Prints the slowest time, and checks the median: a busy machine may delay any single one.
fn assert_usually_within(limit: Duration, what: &str, mut times: Vec<Duration>) {
    times.sort();
    let (usual, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    let late = times.iter().filter(|time| **time > limit).count();
    eprintln!("{what}: {} times, median {usual:?}, slowest {slowest:?}, {late} beyond {limit:?}", times.len());
    assert!(usual <= limit, "{what} took {usual:?}");
}

#[test]
fn signals_while_editing_end_it_and_give_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let times = (0..cases(2)).map(|case| {
            let home = Home::new();
            let mut t = editing(&home);
            // At different points of a frame.
            t.keys(&"+u".repeat(Dice::new(case).below(30)));
            let sent = Instant::now();
            t.signal(signal);
            let took = t.exit_and_time().1 - sent;
            t.finish().assert_clean(code);
            took
        });
        assert_usually_within(Duration::from_millis(200), &format!("{signal:?}"), times.collect());
    }
}

#[test]
fn closed_windows_end_it() {
    let times = (0..cases(2)).map(|case| {
        let home = Home::new();
        let mut t = editing(&home);
        t.keys(&"+u".repeat(Dice::new(case).below(30)));
        let closed = Instant::now();
        t.close();
        let (status, when) = t.exit_and_time();
        assert_eq!(status.exit_code(), 129, "{status:?}");
        when - closed
    });
    assert_usually_within(Duration::from_secs(1), "a closed window", times.collect());
}

#[test]
fn a_storm_of_sizes_leaves_it_alive() {
    let home = Home::new();
    let mut t = editing(&home);
    let mut dice = Dice::new(1);
    let mut held = 0;
    for case in 0..cases(300) {
        let (cols, rows) = match dice.below(4) {
            0 => (dice.below(12), dice.below(6)),
            _ => (dice.below(300), dice.below(100)),
        };
        t.resize(u16::try_from(cols).unwrap(), u16::try_from(rows).unwrap());
        if case % 50 == 49 {
            t.resize(120, 36);
            t.wait_until("everything in its place", |t| t.row(35).contains("quit") && t.text().contains("unsaved"));
            held = held.max(memory(t.pid()));
        }
    }
    t.resize(120, 36);
    t.keys("u");
    t.wait_gone("unsaved");
    eprintln!("{held} kB held at most");
    assert!(held < 64 * 1024, "{held} kB");
    t.keys("q");
    t.finish().assert_clean(0);
}

/// `RETAKE_STALL` is the number of milliseconds in which nothing is read.
#[test]
fn a_terminal_that_reads_nothing_for_a_while_loses_no_key() {
    let still: u64 = std::env::var("RETAKE_STALL").map_or(100, |text| text.parse().unwrap());
    let home = Home::new();
    let mut t = editing(&home);
    let before = memory(t.pid());
    t.stall(true);
    // 25 finals now. Fewer bytes than the kernel buffers for a program that does not read.
    for _ in 0..10 {
        t.keys(&"+".repeat(50));
        t.stays_quiet(Duration::from_millis(still / 10));
    }
    let grown = memory(t.pid()).saturating_sub(before);
    t.stall(false);
    t.wait_for("525 finals");
    assert!(grown < 8 * 1024, "{grown} kB more");
    t.keys(&"u".repeat(501));
    t.wait_gone("unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
}

/// `RETAKE_BAUD` is the speed of the line, ten bits a byte.
#[test]
fn a_slow_line_loses_no_key_and_shows_the_last_state_soon() {
    let baud: u64 = std::env::var("RETAKE_BAUD").map_or(400_000, |text| text.parse().unwrap());
    let home = Home::new();
    sample(&home, SAMPLE);
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(SAMPLE);
    command.env("NO_COLOR", "1");
    let mut t = Pty::spawn(command, 80, 24);
    t.wait_for("24 finals");
    t.slow_down(baud / 10);
    let sent = t.raw().len();
    for _ in 0..20 {
        t.keys("+++++");
        t.stays_quiet(Duration::from_millis(2));
    }
    t.wait_for("124 finals");
    let frames = t.raw()[sent..].windows(8).filter(|bytes| bytes == b"\x1b[?2026h").count();
    eprintln!("{} bytes in {frames} frames for 100 keys", t.raw().len() - sent);
    assert!(frames < 100, "frames are left out where the line is too slow for them: {frames}");
    t.slow_down(u64::MAX);
    t.keys("q");
    t.wait_for("Unsaved edits");
    t.keys("d");
    t.finish().assert_clean(0);
}

/// Sizes that no screen has: a size from the terminal is untrusted input like any other.
#[test]
fn a_window_of_any_size_takes_bounded_memory() {
    let home = Home::new();
    let mut t = editing(&home);
    for (told, drawn) in [
        ((u16::MAX, u16::MAX), (1000, 1000)),
        ((u16::MAX, 20), (50_000, 20)),
        ((40, u16::MAX), (40, 25_000)),
        ((u16::MAX, 1), (u16::MAX, 1)),
    ] {
        t.claim(told, drawn);
        let (cols, rows) = drawn;
        let seen = if told == drawn { "Needs".to_owned() } else { format!("{cols}×{rows} drawn") };
        t.wait_until(&seen, |t| t.row(rows - 1).contains(&seen));
    }
    let peak = peak_memory(t.pid());
    eprintln!("{peak} kB at most");
    assert!(peak < 200 * 1024, "{peak} kB");
    t.resize(120, 36);
    t.wait_until("everything in its place", |t| t.row(35).contains("quit") && t.text().contains("unsaved"));
    t.keys("u");
    t.wait_gone("unsaved");
    t.keys("q");
    t.finish().assert_clean(0);
}
