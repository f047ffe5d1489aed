//! Limits set by a shell, a container or an administrator: threads, open files, memory. The program starts, or prints one line
//! that says why not; it never panics, is never killed, and restores the terminal.
#![cfg(target_os = "linux")]

use crate::dashboard::sample;
use crate::harness::{Finished, Home, Pty};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::Command;

const SAMPLE: &str = "product-launch.retake.toml";

/// Whether a tool works here; prints a note if not.
fn has(tool: &str, arguments: &[&str]) -> bool {
    let works = Command::new(tool).args(arguments).output().is_ok_and(|out| out.status.success());
    if !works {
        eprintln!("{tool} is not installed or may not do this: its limits are not tried here");
    }
    works
}

/// Runs the program under `before` and quits it once the worksheet is shown.
fn run(home: &Home, before: &[String]) -> Finished {
    let mut t = start(home, before);
    if t.reaches("TOTAL") {
        t.keys("q");
    }
    t.finish()
}

fn start(home: &Home, before: &[String]) -> Pty {
    let mut command = home.command(&before[0]);
    command.args(&before[1..]);
    command.args([env!("CARGO_BIN_EXE_retake"), SAMPLE]);
    Pty::spawn(command, 120, 36)
}

/// Started and quit, or refused with one line; returns which.
#[track_caller]
fn assert_orderly(what: &str, left: &Finished) -> bool {
    let all = String::from_utf8_lossy(&left.raw);
    let known = all.contains("The terminal could not be used") || all.contains("Not enough memory");
    let of_the_loader = all.contains("error while loading shared libraries");
    assert!(!all.contains("panicked") && !all.contains("internal error"), "{what}: {all}");
    let refused = left.code != 0;
    assert!(!refused || known || of_the_loader, "{what}: exit {} {:?}: {all}", left.code, left.signal);
    left.assert_clean(left.code);
    !refused
}

/// Every limit of a range, the smallest first; the last one must not hinder the program.
fn try_all(what: &str, limits: impl Iterator<Item = u64>, before: impl Fn(u64) -> Vec<String>) {
    let home = Home::new();
    sample(&home, SAMPLE);
    let mut started = Vec::new();
    for limit in limits {
        let left = run(&home, &before(limit));
        started.push((limit, assert_orderly(&format!("{what} {limit}"), &left)));
    }
    eprintln!("{what}: {started:?}");
    assert_eq!(started.last().map(|(_, started)| *started), Some(true), "{what}: {started:?}");
}

#[test]
fn with_any_number_of_open_files_it_starts_or_says_why_not() {
    if has("prlimit", &["--nofile=64", "true"]) {
        try_all("files", (3..=32).chain([64]), |limit| {
            vec!["prlimit".into(), format!("--nofile={limit}"), "--".into()]
        });
    }
}

/// The system ends a program that writes past the limit, unless the program says otherwise before its first write.
#[test]
fn with_any_limit_on_the_size_of_a_file_it_starts_and_says_what_it_cannot_write() {
    if !has("prlimit", &["--fsize=0", "true"]) {
        return;
    }
    let limited = |limit: u64| vec!["prlimit".into(), format!("--fsize={limit}"), "--".into()];
    for limit in [0, 1, 5, 64] {
        let home = Home::new();
        let file = sample(&home, SAMPLE);
        let text = std::fs::read_to_string(&file).unwrap();
        let left = run(&home, &limited(limit));
        assert!(assert_orderly(&format!("{limit} bytes"), &left), "{limit} bytes");
        let mut t = start(&home, &limited(limit));
        t.wait_for("TOTAL");
        // Whoever starts meanwhile is told, even where the holder could not write its name.
        let mut other = start(&home, &limited(limit));
        other.wait_for("also open in");
        other.keys("q");
        other.finish().assert_clean(0);
        t.keys("+");
        t.wait_for("edits are not safe from a crash");
        t.keys("\x13");
        t.wait_for("the file is unchanged");
        t.keys("q");
        t.wait_for("discard");
        t.keys("d");
        t.finish().assert_clean(0);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "{limit} bytes");
        // Printing into a file is a write as well.
        let printing = format!("exec '{}' estimate {SAMPLE} > out", env!("CARGO_BIN_EXE_retake"));
        let mut command = home.command("prlimit");
        command.args([&format!("--fsize={limit}"), "--", "sh", "-c", &printing]);
        let left = Pty::spawn(command, 120, 36).finish();
        assert!(left.signal.is_none() || left.code == 0, "{limit} bytes: {:?} {}", left.signal, left.text);
    }
}

#[test]
fn with_any_amount_of_memory_it_starts_or_says_why_not() {
    if has("prlimit", &["--as=1073741824", "true"]) {
        let limited = |limit: u64| vec!["prlimit".into(), format!("--as={}", limit << 20), "--".into()];
        // Below some size a process ends before its first own line runs, and nothing of ours could say why.
        let runs = |limit: &u64| {
            let mut command = Command::new("prlimit");
            command.args(&limited(*limit)[1..]).args([env!("CARGO_BIN_EXE_retake"), "--version"]);
            command.output().is_ok_and(|out| out.status.success())
        };
        let least = (16..=64).find(runs).unwrap();
        try_all("MiB", (least..=128).step_by(8).chain((144..=640).step_by(16)).chain([1024]), limited);
    }
}

/// The system counts threads per user, and does not limit root: so this needs a separate user, which only root can become for a
/// while. If that is impossible, the case without any thread is skipped.
#[test]
fn with_any_number_of_threads_it_starts_or_says_why_not() {
    let home = Home::new();
    sample(&home, SAMPLE);
    let user = (std::process::id() % 20_000 + 40_000).to_string();
    let as_user = ["--reuid", user.as_str(), "--regid", user.as_str(), "--clear-groups"];
    let works = [&as_user[..], &[env!("CARGO_BIN_EXE_retake"), "--version"]].concat();
    if std::fs::metadata(home.path()).unwrap().uid() != 0 || !has("setpriv", &works) {
        if has("prlimit", &["--nproc=1", "true"]) {
            let left = run(&home, &["prlimit".into(), "--nproc=1".into(), "--".into()]);
            assert_orderly("no thread", &left);
        }
        return;
    }
    give_away(home.path(), user.parse().unwrap());
    let before = |limit: u64| {
        let tool = ["setpriv"].into_iter().chain(as_user).chain(["prlimit"]);
        tool.map(str::to_owned).chain([format!("--nproc={limit}"), "--".to_owned()]).collect::<Vec<_>>()
    };
    let limits = [1, 2, 3, 4, 5, 6, 7, 64];
    let started = limits.map(|limit| assert_orderly(&format!("{limit} threads"), &run(&home, &before(limit))));
    eprintln!("threads: {limits:?} {started:?}");
    let first = started.iter().position(|started| *started).unwrap();
    assert!(limits[first] < 5 && started[first..].iter().all(|started| *started), "it does with few: {started:?}");
    // Without the watching thread it looks by itself.
    let mut t = start(&home, &before(limits[first]));
    t.wait_for("24 finals");
    let file = home.path().join(SAMPLE);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("finals = 24", "finals = 77")).unwrap();
    t.wait_for("77 finals");
    t.keys("q");
    t.finish().assert_clean(0);
}

/// Gives everything below a folder, with what a session leaves between two runs, to another user.
fn give_away(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).unwrap();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path(), user);
        }
    }
}
