//! The user's own folder: for this user only, never through a link; a version that cannot be kept is reported.

use crate::disk::Bench;
use retake::app::Action;
use retake::app::model::outcome::Effect;
use retake::project::versions::label;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

const TEXT: &str = "retake = 1\n[deliverable.a]\nfinals = 3\n";

/// The places below the state folder where an attacker may plant something; `LABEL` means the file's own label.
const FILES: [&str; 3] = ["recent.toml", "theme.toml", "open/LABEL"];
const FOLDERS: [&str; 4] = ["journal", "versions", "versions/LABEL", "open"];

fn place(bench: &Bench, name: &str) -> PathBuf {
    let real = fs::canonicalize(bench.path("a.toml")).unwrap();
    bench.path("state").join(name.replace("LABEL", &label(&real)))
}

/// A session that opens, lists, edits and saves the file, and is cut off with another edit.
fn session(bench: Bench) -> Bench {
    let mut bench = bench.again("a.toml");
    bench.workspace.list_recent();
    bench.workspace.carry_out(&bench.state, Effect::RememberTheme("light".to_owned()));
    bench.edit();
    bench.act(Action::Save);
    bench.edit();
    bench
}

/// Every path below a folder, links not followed, with its mode and a file's content.
fn all(folder: &Path) -> Vec<(PathBuf, u32, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let metadata = fs::symlink_metadata(entry.path()).unwrap();
        let text = metadata.is_file().then(|| fs::read_to_string(entry.path()).unwrap());
        found.push((entry.path(), metadata.permissions().mode() & 0o777, text.unwrap_or_default()));
        if metadata.is_dir() {
            found.extend(all(&entry.path()));
        }
    }
    found.sort();
    found
}

fn bench() -> Bench {
    Bench::with(&[("a.toml", TEXT)])
}

fn assert_private(bench: &Bench) {
    let state = bench.path("state");
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state), 0o700);
    let found = all(&state);
    let names = ["recent.toml", "theme.toml", ".journal", "Z.toml", "open/a.toml-"];
    for name in names {
        assert!(found.iter().any(|(path, ..)| path.to_string_lossy().contains(name)), "{name}: {found:?}");
    }
    for (path, mode, _) in found {
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
}

#[test]
fn every_file_of_the_state_folder_is_for_its_user_alone() {
    assert_private(&session(bench()));
    // Files that an earlier version of the program, or another user, left readable for others are closed.
    let bench = bench();
    for folder in ["state", "state/journal", "state/versions", "state/open"] {
        fs::create_dir(bench.path(folder)).unwrap();
        fs::set_permissions(bench.path(folder), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let real = fs::canonicalize(bench.path("a.toml")).unwrap();
    for name in FILES {
        fs::write(place(&bench, name), format!("files = [\"{}\"]\n", real.display())).unwrap();
        fs::set_permissions(place(&bench, name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    assert_private(&session(bench));
}

#[test]
fn no_link_in_the_state_folder_is_followed_or_replaced() {
    for (name, folder) in FILES.map(|name| (name, false)).into_iter().chain(FOLDERS.map(|name| (name, true))) {
        let bench = bench();
        let target = bench.path("elsewhere");
        let link = place(&bench, name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        if folder {
            fs::create_dir(&target).unwrap();
            fs::write(target.join("2026-11-22T04-00-00.000Z.toml"), "theirs").unwrap();
            let real = fs::canonicalize(bench.path("a.toml")).unwrap();
            fs::write(target.join(format!("{}.1.{:016x}.journal", label(&real), 7)), "theirs").unwrap();
        } else {
            fs::write(&target, "files = [\"/theirs.toml\"]\n").unwrap();
        }
        let before = (all(&target), fs::read_to_string(&target).ok());
        symlink(&target, &link).unwrap();
        let bench = session(bench);
        let mut bench = session(bench);
        bench.act(Action::Versions);
        assert_eq!((all(&target), fs::read_to_string(&target).ok()), before, "{name}");
        assert_eq!(fs::read_link(&link).unwrap(), target, "{name}");
        assert!(bench.text("a.toml").contains("finals = 5"), "{name}: the project is saved all the same");
    }
}

/// A second name of a file elsewhere is no link that the system would tell apart when it is opened.
#[test]
fn no_hard_link_in_the_state_folder_is_followed_or_replaced() {
    let others = ["versions/LABEL/2026-11-22T04-00-00.000Z.toml", "journal/LABEL.1.0000000000000007.journal"];
    for name in FILES.into_iter().chain(others) {
        let bench = bench();
        let target = bench.path("elsewhere");
        fs::write(&target, "files = [\"/theirs.toml\"]\n").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).unwrap();
        let link = place(&bench, name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        fs::hard_link(&target, &link).unwrap();
        let facts = |path: &Path| {
            let facts = fs::symlink_metadata(path).unwrap();
            (facts.ino(), facts.nlink(), facts.mode(), facts.mtime_nsec(), fs::read_to_string(path).unwrap())
        };
        let before = facts(&target);
        let bench = session(bench);
        let mut bench = session(bench);
        bench.act(Action::Versions);
        assert_eq!((facts(&target), facts(&link)), (before.clone(), before), "{name}");
        assert!(bench.text("a.toml").contains("finals = 5"), "{name}: the project is saved all the same");
    }
}

/// Without the lock nobody is told who has the file open; the rest works.
#[test]
fn a_lock_that_cannot_be_taken_is_said_once() {
    type Plant = fn(&Path);
    let elsewhere = |path: &Path| path.parent().unwrap().join("elsewhere");
    let plants: [(&str, &str, Plant); 8] = [
        ("a file", "open", |path| fs::write(path, "").unwrap()),
        ("a link", "open", |path| symlink("/", path).unwrap()),
        ("a link to nowhere", "open", |path| symlink("nowhere", path).unwrap()),
        ("a folder", "open/LABEL", |path| fs::create_dir(path).unwrap()),
        ("a link to a file", "open/LABEL", |path| symlink("elsewhere", path).unwrap()),
        ("a hard link", "open/LABEL", |path| fs::hard_link(path.parent().unwrap().join("elsewhere"), path).unwrap()),
        ("a pipe", "open/LABEL", |path| {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        }),
        ("a socket", "open/LABEL", |path| drop(std::os::unix::net::UnixListener::bind(path).unwrap())),
    ];
    for (name, at, plant) in plants {
        let bench = bench();
        let path = place(&bench, at);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(elsewhere(&path), "theirs").unwrap();
        plant(&path);
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        let mut bench = bench.again("a.toml");
        let said = bench.notice();
        assert!(said.starts_with("other sessions cannot see that this file is open here: "), "{name}: {said}");
        bench.state.session.notice = None;
        bench.carry_out(vec![Effect::Open(bench.path("a.toml"))]);
        assert_eq!(bench.notice(), "", "{name}: it is said once");
        bench.edit();
        bench.act(Action::Save);
        assert!(bench.text("a.toml").contains("finals = 4"), "{name}");
        assert_eq!(fs::symlink_metadata(&path).unwrap().file_type(), kind, "{name}");
        assert_eq!(fs::read_to_string(elsewhere(&path)).unwrap(), "theirs", "{name}");
    }
}

#[test]
fn a_version_that_cannot_be_kept_is_said_and_the_file_saved() {
    type Plant = fn(&Bench);
    let plants: [(&str, Plant); 5] = [
        ("a file in the way of all", |bench| fs::write(bench.path("state"), "").unwrap()),
        ("a file in the way of the versions", |bench| {
            fs::create_dir(bench.path("state")).unwrap();
            fs::write(bench.path("state/versions"), "").unwrap();
        }),
        ("a file in the way of this file's", |bench| {
            fs::create_dir_all(bench.path("state/versions")).unwrap();
            fs::write(place(bench, "versions/LABEL"), "").unwrap();
        }),
        ("a link", |bench| {
            fs::create_dir(bench.path("state")).unwrap();
            symlink(bench.folder.path(), bench.path("state/versions")).unwrap();
        }),
        ("a link to nowhere", |bench| {
            fs::create_dir_all(bench.path("state/versions")).unwrap();
            symlink("nowhere", place(bench, "versions/LABEL")).unwrap();
        }),
    ];
    for (name, plant) in plants {
        let bench = bench();
        plant(&bench);
        let mut bench = bench.again("a.toml");
        bench.edit();
        bench.act(Action::Save);
        assert!(bench.text("a.toml").contains("finals = 4") && !bench.state.is_dirty(), "{name}");
        let said = bench.notice();
        assert!(
            said.starts_with("saved ") && said.contains("the previous version could not be kept: "),
            "{name}: {said}"
        );
        fs::remove_file(place(&bench, "versions/LABEL"))
            .or_else(|_| fs::remove_file(bench.path("state/versions")))
            .or_else(|_| fs::remove_file(bench.path("state")))
            .unwrap();
        bench.edit();
        bench.act(Action::Save);
        assert!(!bench.notice().contains("could not be kept"), "{name}: {}", bench.notice());
    }
}
