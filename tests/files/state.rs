//! The contents of the user's own folder: earlier versions, journals, locks; and sweeping the leftovers of a killed save.

use crate::store::names;
use proptest::prelude::*;
use retake::cost::base::limits::{JOURNAL_BYTES_MAX, VERSIONS_MAX};
use retake::project::journal::{self, Content, Journal, Start, Unusable};
use retake::project::lock::{self, Taken};
use retake::project::store::sweep;
use retake::project::versions::{keep, label, versions};
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

fn time(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_last_twenty_versions_are_kept_for_this_user_alone() {
    let all = tempfile::tempdir().unwrap();
    let path = Path::new("/somewhere/spring launch.retake.toml");
    let at = |second: i64| time("2026-11-22T04:00:00Z") + jiff::SignedDuration::from_secs(second);
    for n in 0..30 {
        keep(&all.path().join("versions"), path, format!("text {n}").as_bytes(), at(n)).unwrap();
        // The same content again is not another version.
        keep(&all.path().join("versions"), path, format!("text {n}").as_bytes(), at(n)).unwrap();
    }
    let kept = versions(&all.path().join("versions"), path);
    let texts: Vec<String> = kept.iter().map(|version| fs::read_to_string(&version.path).unwrap()).collect();
    let wanted: Vec<String> = (10..30).rev().map(|n| format!("text {n}")).collect();
    assert_eq!((texts, kept.len()), (wanted, VERSIONS_MAX));
    let folder = kept[0].path.parent().unwrap();
    assert!(folder.file_name().unwrap().to_str().unwrap().starts_with("spring launch.retake.toml-"));
    assert!(kept[0].path.ends_with("2026-11-22T04-00-29.000Z.toml"));
    assert_eq!(kept[0].at, at(29));
    assert_eq!(names(folder).len(), VERSIONS_MAX, "nothing else is left there");
    assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(&kept[0].path).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_clock_that_stands_or_goes_back_does_not_mix_versions_up() {
    let all = tempfile::tempdir().unwrap();
    let path = Path::new("/a.toml");
    for (at, text) in [("2026-11-22T04:00:00Z", "1"), ("2026-11-22T04:00:00Z", "2"), ("2026-11-21T00:00:00Z", "3")] {
        keep(all.path(), path, text.as_bytes(), time(at)).unwrap();
    }
    let texts = versions(all.path(), path).into_iter().map(|version| fs::read_to_string(version.path).unwrap());
    assert_eq!(texts.collect::<Vec<_>>(), ["3", "2", "1"]);
    assert!(versions(all.path(), Path::new("/b/a.toml")).is_empty(), "another file of the same name");
}

/// A stamp that no clock of today's gives: nothing can be after it.
#[test]
fn versions_of_the_far_future_are_the_oldest_and_stop_no_save() {
    let all = tempfile::tempdir().unwrap();
    let path = Path::new("/a.toml");
    let folder = all.path().join(label(path));
    fs::create_dir(&folder).unwrap();
    let now = time("2026-11-22T04:00:00Z");
    let planted = [
        "9999-12-30T22-00-00.999Z",
        "9999-12-30T22-00-00.998Z",
        "9999-12-30T21-59-59.000Z",
        "2500-01-01T00-00-00.000Z",
    ];
    for (nth, stamp) in planted.iter().enumerate() {
        fs::write(folder.join(format!("{stamp}.toml")), format!("planted {nth}")).unwrap();
    }
    let texts = || versions(all.path(), path).into_iter().map(|version| fs::read_to_string(version.path).unwrap());
    for n in 0..VERSIONS_MAX {
        keep(all.path(), path, format!("text {n}").as_bytes(), now).unwrap();
        assert_eq!(texts().next(), Some(format!("text {n}")), "{:?}", texts().collect::<Vec<_>>());
    }
    assert!(texts().all(|text| text.starts_with("text")), "they made room first: {:?}", texts().collect::<Vec<_>>());
    assert_eq!(texts().count(), VERSIONS_MAX);
    // Behind the end of time there is no name, and among names that are all taken none is looked for without end.
    let kept = [0, 1].map(|n| keep(all.path(), path, format!("end {n}").as_bytes(), jiff::Timestamp::MAX).is_ok());
    assert_eq!(kept, [true, false]);
    let other = Path::new("/b.toml");
    let folder = all.path().join(label(other));
    fs::create_dir(&folder).unwrap();
    for n in 0..2_000 {
        let at = now + jiff::SignedDuration::from_millis(n);
        fs::create_dir(folder.join(format!("{}.toml", at.strftime("%Y-%m-%dT%H-%M-%S.%3fZ")))).unwrap();
    }
    assert!(keep(all.path(), other, b"text", now).is_err());
}

/// A process that is gone.
fn dead() -> u32 {
    let mut child = Command::new("true").spawn().unwrap();
    let pid = child.id();
    child.wait().unwrap();
    pid
}

#[test]
fn strays_of_dead_processes_are_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, seconds: u64| {
        let file = File::create(folder.path().join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    };
    let (dead, alive) = (dead(), std::process::id());
    for n in 0..100 {
        put(&format!(".a.toml.{dead}.{n:016x}.retake-tmp"), 61);
        put(&format!(".a.toml.{dead}.{n:016x}.retake-tmp.bak"), 61);
    }
    put(&format!(".a.toml.{dead}.{:016x}.retake-tmp", 500), 30);
    put(&format!(".a.toml.{alive}.{:016x}.retake-tmp", 501), 999);
    symlink("a.toml", folder.path().join(format!(".a.toml.{dead}.{:016x}.retake-tmp", 502))).unwrap();
    fs::create_dir(folder.path().join(format!(".a.toml.{dead}.{:016x}.retake-tmp", 503))).unwrap();
    put("a.toml", 999);
    assert_eq!((sweep(folder.path()), sweep(folder.path())), (100, 0));
    assert_eq!(names(folder.path()).len(), 105);
    assert_eq!(sweep(Path::new("/nowhere at all")), 0);
}

#[test]
fn one_session_has_the_lock_and_the_next_is_told_who() {
    let folder = tempfile::tempdir().unwrap();
    let locks = folder.path().join("open");
    let path = Path::new("/somewhere/a.toml");
    let Taken::Ours(first) = lock::take(&locks, path) else { panic!("the first gets it") };
    let Taken::Theirs(holder) = lock::take(&locks, path) else { panic!("the second does not") };
    assert_eq!(holder.pid, std::process::id());
    assert_eq!(holder.host, rustix::system::uname().nodename().to_str().unwrap());
    assert!(matches!(lock::take(&locks, Path::new("/somewhere/b.toml")), Taken::Ours(_)));
    drop(first);
    assert_eq!(names(&locks), [""; 0]);
    // A file without its session blocks nobody, whatever its content.
    let left: [&[u8]; 3] = [b"4711 elsewhere\n", b"4711 ", &[0xA9; 200]];
    for left in left {
        fs::write(locks.join(label(path)), left).unwrap();
        let Taken::Ours(_held) = lock::take(&locks, path) else { panic!("{left:?}") };
        let Taken::Theirs(told) = lock::take(&locks, path) else { panic!("{left:?}") };
        assert_eq!(told, holder);
    }
    // Missing locks keep nobody from working.
    assert!(matches!(lock::take(&folder.path().join("no/\0/folder"), path), Taken::Blocked(_)));
}

fn start() -> Start {
    Start::new(Some(Path::new("/somewhere/a.toml")), "retake = 1\nname = \"Über\\n\"\r\n".to_owned())
}

/// All that sessions left behind, the latest first.
fn left_of(folder: &Path, path: Option<&Path>) -> Vec<journal::Left> {
    journal::left(folder, path, usize::MAX).0
}

fn written(folder: &Path) -> (Journal, Vec<u8>) {
    let mut journal = Journal::begin(folder, &start(), ["[1]", "[2]"]).unwrap();
    journal.add("[3, \"ü\"]").unwrap();
    journal.add("[4]").unwrap();
    let name = names(folder).into_iter().next().unwrap();
    (journal, fs::read(folder.join(name)).unwrap())
}

#[test]
fn a_journal_is_what_was_written_and_is_this_users_alone() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path().join("journal");
    let (journal, bytes) = written(&all);
    let steps = ["[1]", "[2]", "[3, \"ü\"]", "[4]"].map(str::to_owned).to_vec();
    let wanted = Content { start: start(), steps, damaged: false };
    assert_eq!(journal::content(&bytes).unwrap(), wanted);
    let file = all.join(&names(&all)[0]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&all).unwrap().permissions().mode() & 0o777, 0o700);
    let path = Some(Path::new("/somewhere/a.toml"));
    assert!(left_of(&all, path).is_empty(), "its session lives");
    drop(journal);
    let left = left_of(&all, path);
    assert_eq!(left[0].read().unwrap(), wanted);
    assert!(left_of(&all, path).is_empty(), "it is being offered elsewhere");
    drop(left);
    assert!(left_of(&all, None).is_empty() && left_of(&all, Some(Path::new("/a.toml"))).is_empty());
    left_of(&all, path).into_iter().for_each(journal::Left::remove);
    assert_eq!((journal::count(&all), names(&all).len()), (0, 0));
}

#[test]
fn a_journal_cut_off_anywhere_holds_every_whole_line() {
    let folder = tempfile::tempdir().unwrap();
    let (_journal, bytes) = written(folder.path());
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
    for cut in 0..=bytes.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        match journal::content(&bytes[..cut]) {
            Ok(content) => assert_eq!((content.steps.len() + 1, content.damaged), (whole, false), "{cut}"),
            Err(why) => assert_eq!((why, whole), (Unusable::Damaged, 0), "{cut}"),
        }
    }
}

#[test]
fn a_journal_is_left_behind_while_the_disk_is_still_at_work_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::begin(folder.path(), &Start::new(None, String::new()), ["[]"]).unwrap();
    let at_work = journal.handle().unwrap();
    assert_eq!(left_of(folder.path(), None).len(), 0, "its session lives");
    drop(journal);
    assert_eq!(left_of(folder.path(), None).len(), 1);
    at_work.sync_data().unwrap();
}

#[test]
fn what_a_newer_program_wrote_and_what_is_too_large_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::begin(folder.path(), &Start::new(None, String::new()), ["[]"]).unwrap();
    let path = folder.path().join(&names(folder.path())[0]);
    drop(journal);
    // The sums are the published FNV-1a of the texts after them, computed independently of the program.
    fs::write(&path, "223bd914df207a78 {\"retake-journal\":3}\n").unwrap();
    assert_eq!(left_of(folder.path(), None)[0].read(), Err(Unusable::Newer));
    fs::write(&path, "ccb771c47d7c78cb {\"retake-journal\":1,\"path\":null,\"base\":\"\"}\n").unwrap();
    assert_eq!(left_of(folder.path(), None)[0].read(), Err(Unusable::Damaged), "its edits had another form");
    File::options().write(true).open(&path).unwrap().set_len(JOURNAL_BYTES_MAX + 1).unwrap();
    assert_eq!(left_of(folder.path(), None)[0].read(), Err(Unusable::TooLarge));
    assert!(path.exists());
}

/// 3,000 mutations unless `PROPTEST_CASES` asks for another number.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_journal_never_says_what_nobody_wrote(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 1..8),
    ) {
        static WHOLE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let whole = WHOLE.get_or_init(|| written(tempfile::tempdir().unwrap().path()).1);
        let mut bytes = whole.clone();
        for (at, what, byte) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match what {
                _ if bytes.is_empty() => {}
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        let wanted = journal::content(whole).unwrap();
        if let Ok(found) = journal::content(&bytes) {
            prop_assert_eq!(&found.start, &wanted.start);
            prop_assert!(wanted.steps.starts_with(&found.steps));
        }
    }
}
