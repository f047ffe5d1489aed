//! The list of recent projects: its order, its length, and which failures it survives.

use crate::support::User;
use retake::config::paths::Paths;
use retake::config::state::{recent, remember, remembered};
use retake::cost::base::limits::RECENT_MAX;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

fn list(user: &User) -> PathBuf {
    user.paths.recent().unwrap()
}

#[test]
fn the_latest_stands_first_and_each_stands_once() {
    let user = User::new();
    let [a, b, c] = ["a.toml", "b.toml", "c.toml"].map(|name| user.project(name));
    for file in [&a, &b, &c, &a] {
        remember(&user.paths, file).unwrap();
    }
    assert_eq!(recent(&user.paths), [a, c, b]);
}

#[test]
fn the_list_is_for_its_owner_alone_and_ends_at_twenty() {
    let user = User::new();
    let files: Vec<PathBuf> = (0..RECENT_MAX + 5).map(|n| user.project(&format!("{n}.toml"))).collect();
    for file in &files {
        remember(&user.paths, file).unwrap();
    }
    let wanted: Vec<&PathBuf> = files.iter().rev().take(RECENT_MAX).collect();
    assert_eq!(recent(&user.paths).iter().collect::<Vec<_>>(), wanted);
    let folder = fs::metadata(user.paths.state.as_ref().unwrap()).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::read_dir(user.paths.state.as_ref().unwrap()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn what_is_gone_is_not_offered_and_not_forgotten() {
    let user = User::new();
    let [a, b] = ["a.toml", "b.toml"].map(|name| user.project(name));
    remember(&user.paths, &a).unwrap();
    remember(&user.paths, &b).unwrap();
    fs::remove_file(&b).unwrap();
    assert_eq!(recent(&user.paths), std::slice::from_ref(&a));
    assert_eq!(remembered(&user.paths), [b.clone(), a.clone()]);
    fs::write(&b, "").unwrap();
    assert_eq!(recent(&user.paths), [b, a], "a disk that is back brings it back");
}

#[test]
fn the_same_project_by_another_way_is_the_same_entry() {
    let user = User::new();
    let file = user.project("a.toml");
    fs::create_dir(user.home().join("folder")).unwrap();
    symlink(user.home().join("folder"), user.home().join("link")).unwrap();
    remember(&user.paths, &file).unwrap();
    remember(&user.paths, &user.home().join("folder/../a.toml")).unwrap();
    remember(&user.paths, &user.home().join("link/../a.toml")).unwrap();
    assert_eq!(remembered(&user.paths), [file]);
}

#[test]
fn a_project_that_is_first_already_is_not_written_again() {
    let user = User::new();
    let file = user.project("a.toml");
    remember(&user.paths, &file).unwrap();
    let before = fs::metadata(list(&user)).unwrap().ino();
    remember(&user.paths, &file).unwrap();
    assert_eq!(fs::metadata(list(&user)).unwrap().ino(), before, "a save of the list makes a new file");
}

#[test]
fn hostile_names_come_back_as_they_were() {
    let user = User::new();
    let names = [
        "a\nfiles = [\"x\"]",
        "\u{1b}[2J",
        "quote\"back\\slash",
        "tab\tbell\u{7}",
        "発表会🎨",
        "\u{202e}cba",
        "del\u{7f}c1\u{9b}",
        "# no comment",
        "\u{2028}",
    ];
    let files: Vec<PathBuf> = names.map(|name| user.project(name)).to_vec();
    for file in &files {
        remember(&user.paths, file).unwrap();
    }
    assert_eq!(recent(&user.paths), files.iter().rev().cloned().collect::<Vec<_>>());
    let text = fs::read_to_string(list(&user)).unwrap();
    assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "the list is safe to print");
}

#[test]
fn a_name_that_is_no_text_is_passed_over() {
    let user = User::new();
    let kept = user.project("a.toml");
    remember(&user.paths, &kept).unwrap();
    remember(&user.paths, Path::new(OsStr::from_bytes(b"/tmp/\xff.toml"))).unwrap_err();
    assert_eq!(remembered(&user.paths), [kept]);
}

#[test]
fn a_list_with_anything_in_it_is_read_for_what_it_is_worth_and_mended() {
    let project = "/usr/p.toml";
    let huge = format!("files = [\"{project}\"]\n{}", "#".repeat(2 << 20));
    let deep = format!("files = {}{}", "[".repeat(200_000), "]".repeat(200_000));
    let many = format!("files = [{}]", (0..500).map(|n| format!("\"/{n}\",")).collect::<String>());
    let cases: [(&[u8], usize); 9] = [
        (b"", 0),
        (b"files = 5", 0),
        (b"[files]\na = 1", 0),
        (b"files = [\"relative.toml\", \"\", 5, [\"/x\"], \"/usr/p.toml\", \"/usr/p.toml\"]", 1),
        (b"\xff\xfe\0", 0),
        (b"files = [\"/usr/p.toml\", ", 1),
        (huge.as_bytes(), 0),
        (deep.as_bytes(), 0),
        (many.as_bytes(), RECENT_MAX),
    ];
    for (bytes, count) in cases {
        let user = User::new();
        user.write(&list(&user), bytes);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(50)]).into_owned();
        assert_eq!(remembered(&user.paths).len(), count, "{start}");
        let file = user.project("a.toml");
        remember(&user.paths, &file).unwrap();
        assert_eq!(remembered(&user.paths).len(), RECENT_MAX.min(count + 1), "{start}");
        assert_eq!(recent(&user.paths), [file], "{start}");
    }
}

#[test]
fn what_stands_in_the_place_of_the_list_is_left_alone() {
    let pipe = User::new();
    fs::create_dir_all(pipe.paths.state.as_ref().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(list(&pipe)).status().unwrap().success());
    let folder = User::new();
    fs::create_dir_all(list(&folder)).unwrap();
    let dangling = User::new();
    fs::create_dir_all(dangling.paths.state.as_ref().unwrap()).unwrap();
    symlink("nowhere", list(&dangling)).unwrap();
    let no_folder = User::new();
    no_folder.write(no_folder.paths.state.as_ref().unwrap(), "a file");
    let read_only = User::new();
    read_only.write(&list(&read_only), "files = []\n");
    fs::set_permissions(list(&read_only), fs::Permissions::from_mode(0o444)).unwrap();
    for user in [pipe, folder, dangling, no_folder, read_only] {
        let file = user.project("a.toml");
        let kind = fs::symlink_metadata(list(&user)).map(|found| found.file_type()).ok();
        assert!(remember(&user.paths, &file).is_err());
        assert!(remembered(&user.paths).is_empty());
        assert_eq!(fs::symlink_metadata(list(&user)).map(|found| found.file_type()).ok(), kind);
    }
    assert!(remember(&Paths::default(), Path::new("/a")).is_err(), "a user without a home");
}

#[test]
fn many_instances_at_once_never_tear_the_list() {
    let user = User::new();
    let files: Vec<PathBuf> = (0..8).map(|n| user.project(&format!("{n}.toml"))).collect();
    std::thread::scope(|scope| {
        for file in &files {
            scope.spawn(|| {
                for _ in 0..10 {
                    // An instance that loses every race only misses its project in the list.
                    _ = remember(&user.paths, file);
                    let seen = remembered(&user.paths);
                    assert!(!seen.is_empty() && seen.iter().all(|seen| files.contains(seen)), "{seen:?}");
                }
            });
        }
    });
    let text = fs::read_to_string(list(&user)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1] == "files = [" && lines.last() == Some(&"]"), "{text}");
    assert_eq!(lines.len(), remembered(&user.paths).len() + 3, "{text}");
    assert_eq!(fs::read_dir(user.paths.state.as_ref().unwrap()).unwrap().count(), 1, "no temporary file is left");
}
