//! The theme that was chosen on the screen: kept for the next sessions, and a file that cannot be used is none.

use crate::support::User;
use retake::config::state::{remember_theme, theme};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::thread;

fn file(user: &User) -> PathBuf {
    user.paths.theme().unwrap()
}

#[test]
fn the_last_choice_is_kept_for_its_owner_alone() {
    let user = User::new();
    assert_eq!(theme(&user.paths), None);
    for name in ["light", "dark", "a \"quoted\" \\ name", "日本"] {
        remember_theme(&user.paths, name).unwrap();
        assert_eq!(theme(&user.paths).as_deref(), Some(name));
    }
    assert_eq!(fs::metadata(file(&user)).unwrap().permissions().mode() & 0o777, 0o600);
    let names = fs::read_dir(user.paths.state.as_ref().unwrap()).unwrap().count();
    assert_eq!(names, 1, "no temporary file is left");
}

#[test]
fn a_damaged_or_hostile_file_is_no_choice_and_the_next_choice_replaces_what_may_be_replaced() {
    let long = format!("theme = \"{}\"\n", "x".repeat(1 << 20));
    let texts: [&[u8]; 9] = [
        b"",
        b"\0\xff\xfe",
        b"theme = ",
        b"theme = 5\n",
        b"theme = [\"light\"]\n",
        b"[theme]\nlight = true\n",
        b"theme = \"light\"\ntheme = \"dark\"\n",
        b"theme = \"lig",
        long.as_bytes(),
    ];
    for text in texts {
        let user = User::new();
        user.write(&file(&user), text);
        assert_eq!(theme(&user.paths), None, "{:?}", String::from_utf8_lossy(&text[..text.len().min(40)]));
        remember_theme(&user.paths, "light").unwrap();
        assert_eq!(theme(&user.paths).as_deref(), Some("light"));
    }
    let user = User::new();
    let target = user.project("theirs");
    fs::write(&target, "theme = \"light\"\n").unwrap();
    fs::create_dir_all(user.paths.state.as_ref().unwrap()).unwrap();
    symlink(&target, file(&user)).unwrap();
    assert_eq!(theme(&user.paths), None, "a link is not followed");
    assert!(remember_theme(&user.paths, "dark").is_err());
    assert_eq!(fs::read_to_string(&target).unwrap(), "theme = \"light\"\n");
    let user = User::new();
    fs::create_dir_all(file(&user)).unwrap();
    assert_eq!(theme(&user.paths), None, "a folder");
}

#[test]
fn two_sessions_at_once_never_tear_it() {
    let user = User::new();
    let names = ["light", "a-much-longer-name-of-a-theme", "dark"];
    remember_theme(&user.paths, names[0]).unwrap();
    thread::scope(|scope| {
        for turn in 0..2 {
            let paths = user.paths.clone();
            scope.spawn(move || {
                // A busy file is the only refusal, and the reader still finds a whole name.
                (0..200).for_each(|at| drop(remember_theme(&paths, names[(at + turn) % names.len()])));
            });
        }
        for _ in 0..400 {
            let found = theme(&user.paths).unwrap();
            assert!(names.contains(&found.as_str()), "{found}");
        }
    });
    assert!(names.contains(&theme(&user.paths).unwrap().as_str()));
    assert_eq!(fs::read_dir(user.paths.state.as_ref().unwrap()).unwrap().count(), 1);
}
