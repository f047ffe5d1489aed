//! Edits of earlier sessions that cannot be offered at this start: said, kept, and never a reason for a late first frame.

use crate::disk::{Bench, STARTING};
use crate::support::{TODAY, catalog};
use retake::app::model::outcome::Opened;
use retake::config::paths::Paths;
use retake::cost::base::limits::FILE_SIZE_MAX;
use retake::diagnostics::{Code, Problem};
use retake::project::versions::label;
use retake::runtime::workspace::Workspace;
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

const TEXT: &str = "retake = 1\n[deliverable.a]\nfinals = 3\n";

/// The start of the next session on a file in this folder, which ends at once.
fn start(folder: &Path, name: &str) -> Result<Opened, Vec<Problem>> {
    let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let paths = Paths { config: None, state: Some(folder.join("state")) };
    Workspace::new(catalog(), TODAY).remembering(paths).open(folder.join(name))
}

/// A session with an edit of the first of these files, cut off.
fn cut_off(files: &[(&str, &str)]) -> tempfile::TempDir {
    let mut bench = Bench::with(files).kept();
    bench.edit();
    let Bench { folder, workspace, .. } = bench;
    let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    drop(workspace);
    folder
}

fn said(opened: &Result<Opened, Vec<Problem>>) -> String {
    match opened {
        Ok(opened) => opened.notice.clone().unwrap_or_default(),
        Err(problems) => problems.last().map(|last| last.message.clone()).unwrap_or_default(),
    }
}

type Break = fn(&Path);

/// What keeps the edits of a file from being offered, and how the sentence goes on.
const BROKEN: [(&str, &str, Break); 9] = [
    ("no TOML", "once the file can be read", |file| fs::write(file, "retake = 1\nname = \"\n").unwrap()),
    ("no UTF-8", "once the file can be read", |file| fs::write(file, b"retake = 1\n# \xff\n").unwrap()),
    ("zeros", "once the file can be read", |file| fs::write(file, [0; 64]).unwrap()),
    ("too large", "once the file can be read", |file| File::create(file).unwrap().set_len(FILE_SIZE_MAX + 1).unwrap()),
    ("a folder", "once the file can be read", |file| {
        fs::remove_file(file).unwrap();
        fs::create_dir(file).unwrap();
    }),
    ("a link to itself", "once the file can be read", |file| {
        fs::remove_file(file).unwrap();
        symlink(file, file).unwrap();
    }),
    ("not to be read", "once the file can be read", |file| {
        fs::set_permissions(file, fs::Permissions::from_mode(0o000)).unwrap();
    }),
    ("conflict markers", "once the conflicts are resolved", |file| {
        let sides = "<<<<<<< ours\nname = \"A\"\n=======\nname = \"B\"\n>>>>>>> theirs\n";
        fs::write(file, TEXT.replace("[deliverable", &format!("{sides}[deliverable"))).unwrap();
    }),
    ("a newer version's", "a version of retake that can save this file will offer them", |file| {
        fs::write(file, TEXT.replace("retake = 1", "retake = 2")).unwrap();
    }),
];

#[test]
fn edits_of_a_file_that_cannot_be_used_now_are_said_and_offered_later() {
    for (name, goes_on, make) in BROKEN {
        let folder = cut_off(&[("a.toml", TEXT)]);
        let file = folder.path().join("a.toml");
        make(&file);
        if name == "not to be read" && File::open(&file).is_ok() {
            continue; // Root reads everything.
        }
        let opened = start(folder.path(), "a.toml");
        let text = said(&opened);
        assert!(text.starts_with("unsaved edits of 20") && text.ends_with(goes_on), "{name}: {text}");
        if let Err(problems) = &opened {
            assert_eq!(problems.last().unwrap().code, Code::UnsavedEdits, "{name}");
            let output = printed_by_the_program(folder.path(), &file);
            let printed = String::from_utf8(output.stderr).unwrap();
            assert!(printed.contains(goes_on), "{name}: {printed}");
            assert!(matches!(output.status.code(), Some(1 | 2)), "{name}: {:?}", output.status);
        }
        if file.is_dir() { fs::remove_dir(&file) } else { fs::remove_file(&file) }.unwrap();
        fs::write(&file, TEXT).unwrap();
        assert!(start(folder.path(), "a.toml").unwrap().recovered.is_some(), "{name}: offered once it can be");
    }
    // Nothing waits: nothing is said of it.
    for (name, _, make) in BROKEN {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.toml"), TEXT).unwrap();
        make(&folder.path().join("a.toml"));
        assert!(!said(&start(folder.path(), "a.toml")).contains("unsaved edits"), "{name}");
    }
}

/// What the program itself answers: it has its state folder in a place of its own.
fn printed_by_the_program(folder: &Path, file: &Path) -> Output {
    let (ours, its) = (folder.join("state"), folder.join("home/retake"));
    fs::create_dir(folder.join("home")).unwrap();
    fs::rename(&ours, &its).unwrap();
    let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    let output = command.arg(file).env("HOME", folder).env("XDG_STATE_HOME", folder.join("home")).output().unwrap();
    fs::rename(&its, &ours).unwrap();
    output
}

#[test]
fn edits_behind_a_link_whose_file_is_gone_are_offered() {
    let folder = cut_off(&[("a.toml", TEXT)]);
    symlink("a.toml", folder.path().join("link.toml")).unwrap();
    fs::remove_file(folder.path().join("a.toml")).unwrap();
    let opened = start(folder.path(), "link.toml").unwrap();
    assert!(opened.recovered.is_some() && said(&Ok(opened)).contains("link.toml is gone"));
}

/// Bytes and calls of reading that this thread has spent; none where the system does not count them.
fn spent() -> Option<(u64, u64)> {
    let text = fs::read_to_string("/proc/thread-self/io").ok()?;
    let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    Some((of("rchar:")?, of("syscr:")?))
}

/// A record that begins as one does, of this size, written so many seconds ago; its end cannot be read.
fn plant(folder: &Path, nth: u64, size: u64) {
    let real = fs::canonicalize(folder).unwrap().join("a.toml");
    let name = format!("{}.1.{nth:016x}.journal", label(&real));
    let file = folder.join("state/journal").join(name);
    fs::write(&file, "0123456789abcdef {\"retake-journal\":2,\"path\":null,\"base\":\"").unwrap();
    let file = File::options().write(true).open(&file).unwrap();
    file.set_len(size).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(60 + nth)).unwrap();
}

/// The whole of a record that says one edit, made to be the newest or the oldest.
fn own(folder: &Path, written: SystemTime) {
    let file = fs::read_dir(folder.join("state/journal")).unwrap().next().unwrap().unwrap().path();
    File::options().write(true).open(&file).unwrap().set_modified(written).unwrap();
}

const MIB: u64 = 1 << 20;

#[test]
fn a_start_reads_little_of_many_or_large_records_and_says_so() {
    let large = format!("{TEXT}# {}\n", "x".repeat(9 << 20));
    let now = SystemTime::now();
    let old = now - Duration::from_secs(24 * 60 * 60);
    // The text; how many records of which size; when the own one was written; what is read at most; offered; passed over.
    let cases = [
        (TEXT, 100, 50 * MIB, now, MIB, true, 0),
        (&large, 100, 50 * MIB, now, 40 * MIB, true, 0),
        (TEXT, 100, 50 * MIB, old, MIB, false, 85 + 15),
        (TEXT, 100, MIB, old, 3 * MIB, false, 85 + 7),
        (TEXT, 500, 200, old, MIB, false, 485),
        (TEXT, 15, 50 * MIB, old, MIB, true, 14),
    ];
    for (text, count, size, written, most, offered, over) in cases {
        let case = format!("{count} of {size} bytes");
        let folder = cut_off(&[("a.toml", text)]);
        own(folder.path(), written);
        (0..count).for_each(|nth| plant(folder.path(), nth, size));
        let before = spent();
        let opened = start(folder.path(), "a.toml");
        let after = spent();
        let said = said(&opened);
        assert_eq!(opened.unwrap().recovered.is_some(), offered, "{case}: {said}");
        let passed = format!("{over} older records of unsaved edits were not read");
        assert_eq!(said.contains(&passed), over > 0, "{case}: {said}");
        assert!(over == 0 || said.ends_with("state/journal"), "{case}: {said}");
        assert_eq!(retake::project::journal::count(&folder.path().join("state/journal")), count as usize + 1, "{case}");
        if let (Some(before), Some(after)) = (before, after) {
            let (bytes, calls) = (after.0 - before.0, after.1 - before.1);
            println!("{case}: {bytes} bytes in {calls} calls");
            assert!(bytes <= most && calls <= 300, "{case}: {bytes} bytes in {calls} calls");
        }
    }
}

/// The same with a first line that is found wrong only at its end.
fn plant_to_its_end(folder: &Path, nth: u64, size: u64) {
    plant(folder, nth, 0);
    let real = fs::canonicalize(folder).unwrap().join("a.toml");
    let file = folder.join("state/journal").join(format!("{}.1.{nth:016x}.journal", label(&real)));
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    let text =
        format!("0123456789abcdef {{\"retake-journal\":2,\"path\":null,\"base\":\"{}", "x".repeat(size as usize));
    fs::write(&file, text + "\"}\n").unwrap();
    File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
}

#[test]
fn edits_of_a_file_that_is_gone_are_found_behind_hundreds_of_records() {
    // How many records of which size; whether they must be read to their end; what is read at most; found.
    for (count, size, to_its_end, most, found) in [
        (40, MIB, false, 4 * MIB, true),
        (24, 4 * MIB, true, 70 * MIB, true),
        (400, 200, true, 2 * MIB, true),
        (511, 200, false, 2 * MIB, true),
        (512, 200, false, 2 * MIB, false),
    ] {
        let case = format!("{count} of {size} bytes");
        let folder = cut_off(&[("a.toml", TEXT)]);
        own(folder.path(), SystemTime::now() - Duration::from_secs(24 * 60 * 60));
        let plant = if to_its_end { plant_to_its_end } else { plant };
        (0..count).for_each(|nth| plant(folder.path(), nth, size));
        fs::remove_file(folder.path().join("a.toml")).unwrap();
        let before = spent();
        let opened = start(folder.path(), "a.toml");
        let after = spent();
        if let (Some(before), Some(after)) = (before, after) {
            assert!(after.0 - before.0 <= most, "{case}: {} bytes", after.0 - before.0);
        }
        let said = said(&opened);
        assert_eq!(opened.is_ok_and(|opened| opened.recovered.is_some()), found, "{case}: {said}");
        assert!(found || said.contains("1 older record of unsaved edits was not read"), "{case}: {said}");
        assert_eq!(retake::project::journal::count(&folder.path().join("state/journal")), count as usize + 1, "{case}");
    }
}
