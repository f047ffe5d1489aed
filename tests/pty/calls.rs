//! The program sends nothing to other machines and starts no other program: the system calls of whole sessions, seen by `strace`.
#![cfg(target_os = "linux")]

use crate::dashboard::sample;
use crate::harness::{ESC, Home, Pty};
use portable_pty::CommandBuilder;
use std::path::Path;
use std::process::Command;

const SAMPLE: &str = "product-launch.retake.toml";
/// Calls that reach another process or machine. Socket pairs within the process, by which signals wake a thread, do not.
const CALLS: &str = "trace=socket,connect,bind,listen,accept,accept4,sendto,sendmsg,sendmmsg,execve,execveat";

/// The arguments for `strace` to write the calls to the file `calls`.
fn watching(calls: &str) -> [&str; 8] {
    ["-f", "-qq", "-e", calls, "-e", "signal=none", "-o", "calls"]
}

/// Whether calls can be traced here; prints a note if not, as containers may forbid it.
fn watches() -> bool {
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    let works = works.is_ok_and(|out| out.status.success());
    if !works {
        eprintln!("strace is not installed or not allowed: the calls of the program are not watched here");
    }
    works
}

/// Checks that the only call is the one that started the program itself.
#[track_caller]
fn assert_nothing_called(home: &Home, what: &str) {
    let calls = std::fs::read_to_string(home.path().join("calls")).unwrap();
    let own = |line: &&str| line.contains("execve(") && line.contains("retake\"");
    assert_eq!(calls.lines().filter(own).count(), 1, "{what}: {calls}");
    let others: Vec<&str> = calls.lines().filter(|line| !own(line) && !line.ends_with("+++")).collect();
    assert!(others.is_empty(), "{what}: {others:#?}");
}

fn watched(home: &Home, calls: &str, arguments: &[&str]) -> CommandBuilder {
    let mut command = home.command("strace");
    command.args(watching(calls));
    command.arg(env!("CARGO_BIN_EXE_retake"));
    command.args(arguments);
    command
}

#[test]
fn a_session_calls_no_network_and_no_program() {
    if !watches() {
        return;
    }
    let home = Home::new();
    let path = sample(&home, SAMPLE);
    let mut t = Pty::spawn(watched(&home, CALLS, &[SAMPLE]), 120, 36);
    t.wait_for("TOTAL");
    t.keys("+");
    t.wait_for("unsaved");
    for (keys, seen) in [("w", "grade A"), (":redo", "nothing to redo")] {
        t.keys(keys);
        t.wait_for(seen);
        t.keys(ESC);
        t.wait_gone(seen);
    }
    t.wait_until("the keyboard is back on the worksheet", |t| t.text().contains("help"));
    t.keys("y");
    t.wait_for("copied");
    t.keys("\x13");
    t.wait_gone("unsaved");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("finals = 25", "finals = 77")).unwrap();
    t.wait_for("77 finals");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_nothing_called(&home, "a session");
}

/// The number format is set before the file is read, so that no message has to be worded twice.
#[test]
fn a_project_is_opened_once_whatever_the_signs_of_its_reader() {
    if !watches() {
        return;
    }
    for (settings, total) in [("", "$35.61"), ("numbers = \"1.234,56\"\n", "$35,61")] {
        let home = Home::new();
        sample(&home, SAMPLE);
        let config = home.path().join(".config/retake");
        std::fs::create_dir_all(&config).unwrap();
        std::fs::write(config.join("config.toml"), settings).unwrap();
        let mut t = Pty::spawn(watched(&home, "trace=open,openat,openat2", &[SAMPLE]), 120, 36);
        t.wait_for(total);
        t.keys("q");
        t.finish().assert_clean(0);
        let calls = std::fs::read_to_string(home.path().join("calls")).unwrap();
        let file = format!("{SAMPLE}\"");
        let opened: Vec<&str> = calls.lines().filter(|call| call.contains(&file)).collect();
        assert_eq!(opened.len(), 1, "{settings:?}: {opened:#?}");
    }
}

#[test]
fn no_command_calls_the_network_or_a_program() {
    if !watches() {
        return;
    }
    let home = Home::new();
    sample(&home, SAMPLE);
    std::fs::write(home.path().join("prompt.txt"), "a red shoe").unwrap();
    std::fs::write(home.path().join("list.csv"), "Name,Finals\nTile,3\n").unwrap();
    let commands: [&[&str]; 13] = [
        &["import", "list.csv", "--into", "listed.toml"],
        &["estimate", SAMPLE],
        &["estimate", SAMPLE, "--format", "json"],
        &["check", SAMPLE, "--max", "1"],
        &["size", "1024x1280"],
        &["tokens", "prompt.txt"],
        &["new", "new.toml"],
        &["merge", SAMPLE, SAMPLE, SAMPLE],
        &["keys"],
        &["themes"],
        &["where"],
        &["man"],
        &["completions", "bash"],
    ];
    for arguments in commands {
        run(home.path(), arguments);
        assert_nothing_called(&home, arguments[0]);
    }
}

fn run(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("strace");
    command.args(watching(CALLS)).arg(env!("CARGO_BIN_EXE_retake")).args(arguments);
    command.current_dir(folder).env("HOME", folder);
    command.output().unwrap();
}
