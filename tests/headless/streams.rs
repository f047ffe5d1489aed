//! The real program with real pipes: closed, full, missing terminals.

use crate::commands::{CONTRACT, folder_with};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    command.env_clear().env("HOME", home).env("TERM", "xterm-256color").stdin(Stdio::null());
    command.current_dir(home);
    command
}

fn output(home: &Path, args: &[&str]) -> Output {
    program(home).args(args).output().unwrap()
}

/// The output of a command on both streams with this environment.
pub(crate) fn output_under(command: &mut Command, environment: &[(&str, &str)]) -> Vec<u8> {
    let out = command.envs(environment.iter().copied()).output().unwrap();
    [out.stdout, out.stderr].concat()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// A project whose reports are longer than a pipe's buffer, so that the writer meets the closed end.
fn large() -> String {
    let name = "x".repeat(60);
    let lines = (0..1000).map(|i| format!("[deliverable.item-{i:04}]\nname = \"{name}\"\nfinals = 3\n"));
    format!("retake = 1\n[assumptions]\nretry = 2\n{}", lines.collect::<String>())
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = folder_with(&[
        ("large.toml", &large()),
        ("prompt.txt", "a red shoe"),
        ("list.csv", &format!("Name,Finals\n{}", "Tile,3\n".repeat(1000))),
    ]);
    let commands: [&[&str]; 21] = [
        &["estimate", "large.toml"],
        &["estimate", "large.toml", "--format", "json"],
        &["estimate", "large.toml", "--format", "csv"],
        &["estimate", "large.toml", "--format", "markdown"],
        &["check", "large.toml"],
        &["levers", "large.toml", "--deliverable", "item-0000"],
        &["goal", "large.toml", "--max", "1000", "--deliverable", "item-0000"],
        &["compare", "large.toml"],
        &["risk", "large.toml"],
        &["keys"],
        &["size", "1024x1280"],
        &["where"],
        &["themes"],
        &["man"],
        &["completions", "bash"],
        &["tokens", "prompt.txt"],
        &["new", "new.toml"],
        &["import", "list.csv", "--format", "json"],
        &["rates", "list"],
        &["merge", "large.toml", "large.toml", "large.toml"],
        &["--help"],
    ];
    let help = text(output(folder.path(), &["--help"]).stdout);
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands")).skip(1);
    for command in listed.map_while(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|word| !word.is_empty()) {
        assert!(commands.iter().any(|args| args[0] == command), "{command} is not tried");
    }
    for args in commands {
        let mut child =
            program(folder.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Closing the only reader before it reads anything is the hardest form of `| head -1`.
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = program(folder.path()).args(["estimate", "a.toml"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(text(out.stderr).lines().count(), 1);
}

#[test]
fn without_a_terminal_there_is_one_line_and_no_escape() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    for args in [&[][..], &["a.toml"]] {
        let out = output(folder.path(), args);
        let stderr = text(out.stderr);
        assert_eq!((out.status.code(), out.stdout.as_slice()), (Some(2), &[][..]), "{args:?}: {stderr}");
        let wanted = "error: The dashboard needs a terminal; retake estimate FILE prints without one\n";
        assert_eq!(stderr, wanted, "{args:?}");
    }
}

#[test]
fn the_answer_is_on_stdout_and_the_rest_on_stderr() {
    let folder = folder_with(&[("a.toml", CONTRACT), ("b.toml", &format!("{CONTRACT}buffer = 20\n"))]);
    let sound = output(folder.path(), &["estimate", "a.toml", "--today", "2026-11-22"]);
    assert_eq!((sound.status.code(), sound.stderr.as_slice()), (Some(0), &[][..]));
    let broken = output(folder.path(), &["estimate", "b.toml", "--format", "json"]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(serde_json::from_slice::<serde_json::Value>(&broken.stdout).is_ok());
    assert_eq!(text(broken.stderr).lines().count(), 1);
}

#[test]
fn standard_input_is_read_as_a_file() {
    let folder = folder_with(&[]);
    let mut command = program(folder.path());
    command.args(["check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{CONTRACT}sky_colour = 1\n").as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    let stderr = text(out.stderr);
    assert!(stderr.starts_with("<stdin>:12:1: warning: "), "{stderr}");
}

#[test]
fn folders_follow_the_environment_and_an_empty_home_is_no_fault() {
    let folder = folder_with(&[]);
    let places = |command: &mut Command| text(command.arg("where").output().unwrap().stdout);
    assert!(places(&mut program(folder.path())).contains(&folder.path().display().to_string()));
    let config = folder.path().join("elsewhere");
    if cfg!(target_os = "linux") {
        let found = places(program(folder.path()).env("XDG_CONFIG_HOME", &config));
        assert!(found.contains(&config.join("retake").display().to_string()), "{found}");
    }
    let out = program(folder.path()).env("HOME", "").arg("where").output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "asking makes no folder");
}

#[test]
fn no_colour_setting_changes_a_byte() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    let under = |name: &str, value: &str| {
        let mut command = program(folder.path());
        output_under(command.args(["estimate", "a.toml", "--today", "2026-11-22"]), &[(name, value)])
    };
    let plain = under("LC_ALL", "C");
    assert!(!plain.contains(&0x1b) && !plain.is_empty());
    for (name, value) in [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1"), ("COLORTERM", "truecolor"), ("TERM", "dumb")] {
        assert_eq!(under(name, value), plain, "{name}={value}");
    }
}
