//! Saves in their own process: killed at any moment, with another umask, without disk space.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use retake::project::store::{Expected, StoreErrorKind, load, save, save_keeping};
use retake::project::versions;

#[cfg(target_os = "linux")]
use crate::power;
use crate::store::{fine, names};

const JOB: &str = "RETAKE_TEST_JOB";
const FILE: &str = "RETAKE_TEST_FILE";

/// A shell line that ends in this test binary, running only [`child`] with the job.
pub(crate) fn command(shell: &str, job: &str, file: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{shell} exec \"$0\" --exact store_children::child --nocapture --test-threads=1")]);
    command.arg(std::env::current_exe().unwrap()).env(JOB, job).env(FILE, file);
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}

/// Does nothing in a normal run; the other tests start it with a job.
#[test]
fn child() {
    let Ok(job) = std::env::var(JOB) else { return };
    let path = PathBuf::from(std::env::var_os(FILE).unwrap());
    match job.as_str() {
        "loop" => save_for_ever(&path),
        "new" => drop(save(&path, Expected::Nothing, b"new", &fine).unwrap()),
        "over" => drop(save(&path, Expected::Unchanged(&load(&path).unwrap()), b"new", &fine).unwrap()),
        "kept" => save_and_say(&path),
        "storm" => save_in_a_storm(&path),
        #[cfg(target_os = "linux")]
        "row" => save_in_a_row(&path),
        "too much" => run_out_of_room(&path),
        job => panic!("{job}"),
    }
}

/// 200 saves without enough space, each followed by one with enough.
fn run_out_of_room(path: &Path) {
    let mut base = load(path).unwrap();
    for round in 0..200 {
        let error = save(path, Expected::Unchanged(&base), &page(1), &fine).unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::NoSpace, "{error}");
        assert!(error.cause.is_some());
        let error = save(&path.with_extension("new"), Expected::Nothing, &page(1), &fine).unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::NoSpace, "{error}");
        // With enough space, the same project can be saved.
        let text = format!("old and {round}");
        base = save(path, Expected::Unchanged(&base), text.as_bytes(), &fine).unwrap().loaded;
    }
    save(path, Expected::Unchanged(&base), b"old", &fine).unwrap();
}

/// Saves once like the dashboard, keeping the old content, and prints the result.
fn save_and_say(path: &Path) {
    let all = path.parent().unwrap().join("versions");
    let keep = |bytes: &[u8]| versions::keep(&all, path, bytes, jiff::Timestamp::now());
    let saved =
        load(path).and_then(|base| save_keeping(path, Expected::Unchanged(&base), NEW.as_bytes(), &fine, Some(&keep)));
    match saved {
        Ok(saved) => println!("\nsaved {}", saved.durable),
        Err(error) => println!("\nrefused {:?}", error.kind),
    }
}

/// Saves several times, keeping the old content each time, and prints each.
#[cfg(target_os = "linux")]
fn save_in_a_row(path: &Path) {
    let all = path.parent().unwrap().join("versions");
    let keep = |bytes: &[u8]| versions::keep(&all, path, bytes, jiff::Timestamp::now());
    let mut base = load(path).unwrap();
    for number in 1..=power::SAVES {
        let text = power::content(number);
        let saved = save_keeping(path, Expected::Unchanged(&base), text.as_bytes(), &fine, Some(&keep)).unwrap();
        assert!(saved.durable);
        base = saved.loaded;
        let mut out = io::stdout().lock();
        out.write_all(format!("saved {number}\n").as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

/// The content written by [`save_and_say`].
pub(crate) const NEW: &str = "the new content\n";

/// Saves while signals come in as fast as another process can send them.
fn save_in_a_storm(path: &Path) {
    let came = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    signal_hook::flag::register_usize(signal_hook::consts::SIGUSR1, came.clone(), 1).unwrap();
    let mut storm = Command::new("sh")
        .args(["-c", &format!("while kill -USR1 {}; do :; done 2>/dev/null", std::process::id())])
        .spawn()
        .unwrap();
    while came.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        std::thread::yield_now();
    }
    let mut base = load(path).unwrap();
    for next in 1..=storm_saves() {
        base = save(path, Expected::Unchanged(&base), &page(next), &fine).unwrap().loaded;
        assert_eq!(version(&fs::read(path).unwrap()), Some(next));
    }
    storm.kill().unwrap();
    storm.wait().unwrap();
}

/// 200 unless the environment asks for another number.
fn storm_saves() -> u64 {
    std::env::var("RETAKE_STORM").ok().and_then(|text| text.parse().ok()).unwrap_or(200)
}

#[test]
fn signals_in_the_middle_of_every_call_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    fs::write(&path, page(0)).unwrap();
    assert!(command("", "storm", &path).status().unwrap().success());
    assert_eq!(version(&fs::read(&path).unwrap()), Some(storm_saves()));
    assert_eq!(names(folder.path()), ["a.toml"]);
}

/// About 60 kB in which every line names the version, so that a torn file shows.
fn page(version: u64) -> Vec<u8> {
    format!("version = {version}\n").repeat(4_000).into_bytes()
}

fn version(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let version = text.lines().next()?.strip_prefix("version = ")?.parse().ok()?;
    (page(version) == bytes).then_some(version)
}

fn save_for_ever(path: &Path) {
    let mut base = load(path).unwrap();
    loop {
        let next = version(&base.bytes).unwrap() + 1;
        base = save(path, Expected::Unchanged(&base), &page(next), &fine).unwrap().loaded;
        let mut out = io::stdout().lock();
        writeln!(out, "saved {next}").unwrap();
        out.flush().unwrap();
    }
}

/// 500 unless the environment asks for another number.
fn kills() -> u32 {
    std::env::var("RETAKE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(500)
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    fs::write(&path, page(0)).unwrap();
    let (mut torn, mut lost, mut saves) = (0, 0, 0);
    for _ in 0..kills() {
        let random = RandomState::new().build_hasher().finish();
        let mut child = command("", "loop", &path).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut saved = || {
            let words = lines.by_ref().find_map(|line| line.split("saved ").nth(1).map(str::to_owned));
            words.and_then(|version| version.trim().parse::<u64>().ok())
        };
        let mut last = 0;
        for _ in 0..=random % 3 {
            last = saved().unwrap();
        }
        // A moment between two saves or in the middle of one: up to 8 ms; a save takes 0.3 to 12.
        let moment = Instant::now() + Duration::from_micros((random >> 8) % 8_000);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        last = std::iter::from_fn(saved).last().unwrap_or(last);
        child.wait().unwrap();
        match version(&fs::read(&path).unwrap()) {
            None => torn += 1,
            Some(found) if found < last => lost += 1,
            Some(found) => saves = found,
        }
    }
    assert_eq!((torn, lost), (0, 0), "torn and lost files of {} kills, {saves} saves", kills());
    assert!(saves >= u64::from(kills()));
    let strangers = names(folder.path()).into_iter().filter(|name| !name.ends_with(".retake-tmp"));
    assert_eq!(strangers.collect::<Vec<_>>(), ["a.toml"]);
}

#[test]
fn new_files_follow_the_mask_and_old_ones_their_mode() {
    let folder = tempfile::tempdir().unwrap();
    for (mask, new_mode) in [("077", 0o600), ("027", 0o640), ("022", 0o644), ("000", 0o666)] {
        let path = folder.path().join(format!("new{mask}"));
        let status = command(&format!("umask {mask};"), "new", &path).status().unwrap();
        assert!(status.success());
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, new_mode, "{mask}");
        // Below a folder that passes on its group, new files have that group.
        let shared = folder.path().join(format!("shared{mask}"));
        fs::create_dir(&shared).unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o2775)).unwrap();
        let inner = shared.join("new");
        assert!(command(&format!("umask {mask};"), "new", &inner).status().unwrap().success());
        let group = |path: &Path| fs::metadata(path).unwrap().gid();
        assert_eq!((fs::metadata(&inner).unwrap().mode() & 0o7777, group(&inner)), (new_mode, group(&shared)));
        for mode in [0o600, 0o640, 0o644, 0o664] {
            let path = folder.path().join(format!("old{mask}{mode:o}"));
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(command(&format!("umask {mask};"), "over", &path).status().unwrap().success());
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode, "{mask}");
            assert_eq!(fs::read(&path).unwrap(), b"new");
        }
    }
}

#[test]
fn without_room_the_original_stays_and_no_temporary_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    fs::write(&path, "old").unwrap();
    // A limit on file sizes simulates a full disk; the limit's signal must not end the program.
    let status = command("ulimit -f 8;", "too much", &path).status().unwrap();
    assert!(status.success(), "{status}");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a.toml"]);
}
