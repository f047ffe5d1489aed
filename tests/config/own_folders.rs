//! The user's own folders with too much in them: read as far as a start may wait, and the rest is said.

use crate::support::User;
use retake::config::{Found, cards, load, themes};
use retake::cost::base::limits::{
    CARD_FILE_BYTES_MAX, CARD_FILES_MAX, OWN_CARDS_MAX, OWN_FOLDER_BYTES_MAX, SETTINGS_BYTES_MAX, THEME_BYTES_MAX,
    THEMES_MAX,
};
use retake::diagnostics::Problem;
use std::fs::{self, File};
use std::path::Path;

/// Bytes that this thread has read; none where the system does not count them.
fn bytes_read() -> Option<usize> {
    let text = fs::read_to_string("/proc/thread-self/io").ok()?;
    text.lines().find_map(|line| line.strip_prefix("rchar:")?.trim().parse().ok())
}

/// A comment of this many bytes in a file of its own.
fn comment(file: &Path, size: usize) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("#{}", " ".repeat(size - 1))).unwrap();
}

/// A file of this many zero bytes; nothing is written for them.
fn hole(file: &Path, size: usize) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    File::create(file).unwrap().set_len(size as u64).unwrap();
}

fn count(problems: &[Problem], code: &str) -> usize {
    problems.iter().filter(|problem| problem.code.name() == code).count()
}

/// Problems of a folder by its name, and the bytes that reading it took.
fn read(user: &User, folder: &str) -> (Vec<Problem>, Option<usize>) {
    let before = bytes_read();
    let problems = match folder {
        "themes" => themes::all(&user.paths).1,
        _ => cards::all(&user.paths, retake::rates::built_in().unwrap()).1,
    };
    (problems, before.zip(bytes_read()).map(|(before, after)| after - before))
}

#[test]
fn a_folder_of_too_much_is_read_as_far_as_a_start_may_wait() {
    _ = retake::rates::built_in();
    for (folder, file_max, files_max) in
        [("themes", THEME_BYTES_MAX, THEMES_MAX), ("cards", CARD_FILE_BYTES_MAX, CARD_FILES_MAX)]
    {
        let user = User::new();
        let place = user.paths.config.clone().unwrap().join(folder);
        // Each too large for itself: none is read, each says so.
        (0..20).for_each(|at| hole(&place.join(format!("{at:04}.toml")), 60 << 20));
        let (problems, bytes) = read(&user, folder);
        assert_eq!(count(&problems, "settings-too-large"), 20, "{folder}: {problems:?}");
        let limit = format!("the limit is {} KiB", file_max / 1024);
        assert!(problems.iter().all(|problem| problem.message.contains(&limit)), "{folder}: {problems:?}");
        assert!(bytes.is_none_or(|bytes| bytes < file_max), "{folder}: {bytes:?} bytes");
        // Together: as many as there is room for, and smaller ones behind them.
        fs::remove_dir_all(&place).unwrap();
        let room = OWN_FOLDER_BYTES_MAX / file_max;
        (0..room + 3).for_each(|at| comment(&place.join(format!("{at:04}.toml")), file_max));
        let (problems, bytes) = read(&user, folder);
        let said = format!("3 files in this folder are not read: the limit is {files_max} files, 4096 KiB together");
        assert!(problems.iter().any(|problem| problem.message == said), "{folder}: {problems:?}");
        assert_eq!(count(&problems, "folder-too-large"), 1);
        assert!(bytes.is_none_or(|bytes| bytes < OWN_FOLDER_BYTES_MAX + 65536), "{folder}: {bytes:?} bytes");
        // In number.
        fs::remove_dir_all(&place).unwrap();
        (0..=files_max).for_each(|at| comment(&place.join(format!("{at:04}.toml")), 1));
        let said = read(&user, folder).0.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
        assert!(said.iter().any(|said| said.starts_with("1 file in this folder is not read")), "{folder}: {said:?}");
    }
}

#[test]
fn settings_that_are_too_large_are_not_read_at_all() {
    let user = User::new();
    hole(&user.paths.settings().unwrap(), 60 << 20);
    let before = bytes_read();
    let found = load(&user.paths);
    let bytes = before.zip(bytes_read()).map(|(before, after)| after - before);
    assert_eq!((found.found, count(&found.problems, "settings-too-large")), (Found::Unusable, 1));
    assert!(bytes.is_none_or(|bytes| bytes < SETTINGS_BYTES_MAX), "{bytes:?} bytes");
}

#[test]
fn more_cards_than_are_used_are_counted() {
    let user = User::new();
    let folder = user.paths.cards().unwrap();
    let card = |at: usize, name: &str| {
        format!(
            "[card.c{at}]\nname = \"{name}\"\nkind = \"internal credits\"\ncredit_usd = \"0.04\"\nsource = \"us\"\n"
        )
    };
    let half = OWN_CARDS_MAX / 2 + 100;
    user.write(&folder.join("a.toml"), (0..half).map(|at| card(at, "early")).collect::<String>());
    user.write(&folder.join("b.toml"), (half..2 * half).map(|at| card(at, "late")).collect::<String>());
    let (found, problems) = cards::all(&user.paths, retake::rates::built_in().unwrap());
    assert_eq!(found.len(), OWN_CARDS_MAX);
    let said = "200 cards in this folder are not used: the limit is 1000";
    assert_eq!(problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [said]);
    assert!(user.run(&["rates", "list"]).stderr.contains(said), "the command says it too");
    // A name that comes again is one card, the later one.
    user.write(&folder.join("b.toml"), (0..half).map(|at| card(at, "late")).collect::<String>());
    let (found, problems) = cards::all(&user.paths, retake::rates::built_in().unwrap());
    assert_eq!((found.len(), problems.len()), (half, 0));
    assert!(found.iter().all(|card| card.name == "late"));
    let listed = user.run(&["rates", "list"]).stdout;
    assert_eq!(listed.lines().filter(|line| line.starts_with('c') && line.contains("internal credits")).count(), half);
}
