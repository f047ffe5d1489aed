//! Another program plants links during a save: the target of a link never gets a byte.

use crate::store::{fine, names};
use retake::project::store::{Expected, load, save};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

/// Saves under attack: `RETAKE_CASES`, else this many.
fn rounds() -> usize {
    std::env::var("RETAKE_CASES").map_or(150, |all| all.parse().expect("RETAKE_CASES is a number"))
}

/// Replaces every temporary file in the folder, as soon as it appears, and the project itself by a link to `victim`.
fn attack(folder: &Path, victim: &Path, over: &AtomicBool, swapped: &AtomicUsize) {
    let project = folder.join("a.toml");
    for round in 0_usize.. {
        if over.load(SeqCst) {
            return;
        }
        for name in names(folder).into_iter().filter(|name| name.ends_with(".retake-tmp")) {
            let temp = folder.join(name);
            if fs::remove_file(&temp).is_ok() && symlink(victim, &temp).is_ok() {
                swapped.fetch_add(1, SeqCst);
            }
        }
        if round.is_multiple_of(50) && fs::remove_file(&project).is_ok() {
            let _taken_meanwhile = symlink(victim, &project);
        }
    }
}

#[test]
fn a_planted_link_is_never_written_through() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (project, victim) = (here.path().join("a.toml"), there.path().join("victim"));
    fs::write(&victim, "untouched").unwrap();
    let (over, swapped) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (mut done, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| attack(here.path(), &victim, &over, &swapped));
        // A panic in here would leave the other thread running for ever.
        let rounds = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 0..rounds() {
                let _link = fs::remove_file(&project);
                let temp = there.path().join("fresh");
                fs::write(&temp, format!("round {round}")).unwrap();
                fs::rename(&temp, &project).unwrap();
                // A project may be a link, and a link that existed when it was loaded is followed: that is not tested here.
                let Ok(base) = load(&project) else { continue };
                if base.real_path.file_name() != project.file_name() {
                    continue;
                }
                match save(&project, Expected::Unchanged(&base), b"what is on screen", &fine) {
                    Ok(_) => done += 1,
                    Err(_) => refused += 1,
                }
                assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched", "round {round}");
            }
        }));
        over.store(true, SeqCst);
        rounds.unwrap();
    });
    eprintln!("{done} saves done, {refused} refused, {} temporary files swapped for links", swapped.load(SeqCst));
    assert_eq!(names(there.path()), ["victim"]);
    assert!(refused > 0 && swapped.load(SeqCst) > 0, "nothing was attacked");
}

/// A link in place of a temporary file, under every name that could be guessed, is not opened.
#[test]
fn links_beside_the_project_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (project, victim) = (folder.path().join("a.toml"), folder.path().join("victim"));
    fs::write(&project, "old").unwrap();
    fs::write(&victim, "untouched").unwrap();
    let process = std::process::id();
    for name in [".a.toml.retake-tmp".to_owned(), format!(".a.toml.{process}.retake-tmp"), "a.toml~".to_owned()] {
        symlink(&victim, folder.path().join(name)).unwrap();
    }
    let before = names(folder.path());
    let base = load(&project).unwrap();
    save(&project, Expected::Unchanged(&base), b"new", &fine).unwrap();
    assert_eq!((names(folder.path()), fs::read_to_string(&victim).unwrap().as_str()), (before, "untouched"));
}
