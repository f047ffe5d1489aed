//! The two lines that set up the merge driver, run by a shell in a real repository whose branches hold the page's own files.

use crate::markdown::{Fence, fences};
use crate::text_of;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs a line in the repository, with `retake` on its path.
#[track_caller]
fn shell(folder: &Path, line: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_retake")).parent().unwrap();
    let path = std::env::join_paths(
        [program.to_owned()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env_clear().env("PATH", path.unwrap()).env("HOME", folder);
    for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        command.env(format!("{name}_NAME"), "A").env(format!("{name}_EMAIL"), "a@example.org");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}

#[test]
fn the_driver_is_set_up_by_the_two_lines() {
    let page = fences(&text_of("docs/git.md"));
    let setup = page.iter().find(|fence| fence.note == "merge driver").unwrap();
    let named =
        |name: &str| -> &Fence { page.iter().find(|fence| fence.note == format!("file {name}.retake.toml")).unwrap() };
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let commit = |name: &str| {
        fs::write(here.join("plan.retake.toml"), &named(name).body).unwrap();
        shell(here, &format!("git add -A && git commit -q -m {name}"));
    };
    shell(here, "git init -q -b main");
    setup.body.lines().for_each(|line| shell(here, line));
    commit("base");
    shell(here, "git checkout -q -b theirs");
    commit("theirs");
    shell(here, "git checkout -q main");
    commit("ours");
    shell(here, "git merge -q -m both theirs");
    let merged = fs::read_to_string(here.join("plan.retake.toml")).unwrap();
    let shown = page.iter().find(|fence| fence.body.contains("$ cat ours.retake.toml")).unwrap();
    let shown = shown.body.split_once("$ cat ours.retake.toml\n").unwrap().1;
    assert_eq!(merged, shown, "git's merge is what the page shows");
}
