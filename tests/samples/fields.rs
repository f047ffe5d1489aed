//! What is said below a path that was typed.

use crate::disk::Bench;
use retake::app::model::outcome::{Effect, Outcome};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

/// In a field for a path no command is typed: each refusal says what to do there.
#[test]
fn the_remedies_below_a_typed_path_name_no_command() {
    let mut bench = Bench::with(&[("a.retake.toml", "retake = 1\n"), ("Cargo.toml", "[package]\nname = \"x\"\n")]);
    let socket = std::os::unix::net::UnixListener::bind(bench.path("socket")).unwrap();
    assert!(Command::new("mkfifo").arg(bench.path("pipe")).status().unwrap().success());
    symlink(bench.path("gone"), bench.path("link")).unwrap();
    fs::create_dir(bench.path("folder")).unwrap();
    fs::write(bench.path("binary"), b"\xff\xfe\0").unwrap();
    let mut said = Vec::new();
    for name in ["none.toml", "none/a.toml", "folder", "pipe", "socket", "/dev/null", "link", "Cargo.toml", "binary"] {
        let path = bench.path(name);
        for effect in [Effect::Open(path.clone()), Effect::SaveAs { path: path.clone(), replace: true }] {
            bench.state.overlays.clear();
            match bench.workspace.carry_out(&bench.state, effect) {
                Some(Outcome::NotOpened(problems)) => said.extend(problems.into_iter().map(|problem| (name, problem))),
                Some(Outcome::NotSaved(problem)) => said.push((name, problem)),
                _ => {}
            }
        }
    }
    drop(socket);
    assert!(said.len() >= 12, "{said:?}");
    for (name, problem) in said {
        let remedy = &problem.remedy;
        let command = ["retake ", "estimate", "standard input", "FILE", "--"].iter().any(|word| remedy.contains(word));
        assert!(!remedy.is_empty() && !command, "{name}: {} – {remedy}", problem.message);
    }
}
