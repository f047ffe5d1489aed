//! Every system call of a save, killed or failing, one after the other. These take minutes and need `strace`:
//!
//! ```console
//! cargo test --test files -- --ignored faults
//! ```

use crate::store::names;
use crate::store_children::{NEW, command};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OLD: &str = "the old content, a little longer\n";
const ERRORS: [&str; 7] = ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE", "EINTR"];
/// System calls of a save, and their relatives on other machines.
const CALLS: [&str; 19] = [
    "openat",
    "read",
    "write",
    "lseek",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "fchmod",
    "fchown",
    "ftruncate",
    "unlink",
    "readlink",
    "statx",
    "newfstatat",
    "mkdir",
    "faccessat",
    "getdents64",
];

struct Run {
    /// The child's output; empty if it did not get that far.
    said: String,
    /// The calls of the process, with their injected faults.
    calls: String,
    names: Vec<String>,
    content: Vec<u8>,
    /// The kept version, if there is one.
    kept: Option<Vec<u8>>,
}

/// One save in its own folder, with `inject` applied.
fn run(inject: &str, links: bool) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    fs::write(&path, OLD).unwrap();
    if links {
        fs::hard_link(&path, folder.path().join("b.toml")).unwrap();
    }
    let log = tempfile::NamedTempFile::new().unwrap();
    let child = command("", "kept", &path);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o"]).arg(log.path()).args(["-e", inject]);
    strace.arg(child.get_program()).args(child.get_args());
    for (name, value) in child.get_envs() {
        strace.env(name, value.unwrap());
    }
    let output = strace.output().expect("strace is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = said.lines().find(|line| line.starts_with("saved ") || line.starts_with("refused "));
    let calls = fs::read_to_string(log.path()).unwrap();
    let kept = kept(&folder.path().join("versions"));
    let said = said.unwrap_or_default().to_owned();
    Run { said, calls, names: names(folder.path()), content: fs::read(&path).unwrap(), kept }
}

fn kept(all: &Path) -> Option<Vec<u8>> {
    let files: Vec<PathBuf> = fs::read_dir(all).ok()?.flatten().map(|folder| folder.path()).collect();
    let versions = files.iter().flat_map(|folder| fs::read_dir(folder).unwrap().flatten());
    let whole = versions.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "toml"));
    whole.map(|entry| fs::read(entry.path()).unwrap()).next()
}

impl Run {
    fn was_injected(&self) -> bool {
        self.calls.contains("(INJECTED)") || self.calls.contains("+++ killed by SIGKILL")
    }

    fn is_whole(&self) -> bool {
        self.content == OLD.as_bytes() || self.content == NEW.as_bytes()
    }

    fn leaves_a_stray(&self) -> bool {
        self.names.iter().any(|name| name.ends_with(".retake-tmp"))
    }

    /// Whether a descriptor was synced again after a sync failed.
    fn asks_again(&self) -> bool {
        let mut refused: Vec<String> = Vec::new();
        for line in self.calls.lines() {
            let Some((_, call)) = line.split_once(' ') else { continue };
            let of = |name: &str| call.trim().strip_prefix(name)?.split(')').next().map(str::to_owned);
            match of("fsync(").or_else(|| of("fdatasync(")) {
                Some(file) if refused.contains(&file) => return true,
                // An interrupted call has no result yet.
                Some(file) if call.contains("(INJECTED)") && !call.contains("EINTR") => refused.push(file),
                _ => {}
            }
            if let Some(file) = of("close(") {
                refused.retain(|refused| *refused != file);
            }
        }
        false
    }
}

/// A run for each call of an undisturbed save, killed there.
fn each_kill(links: bool, mut look: impl FnMut(&str, &Run)) {
    let undisturbed = run("trace=all", links);
    assert_eq!(undisturbed.said, "saved true");
    let call = |line: &str| line.split_whitespace().nth(1)?.split_once('(').map(|(name, _)| name.to_owned());
    let names: BTreeSet<String> = undisturbed.calls.lines().filter_map(call).collect();
    for name in names {
        // Each thread counts its calls of each name for itself.
        for when in 1.. {
            let run = run(&format!("inject={name}:signal=KILL:when={when}"), links);
            if !run.was_injected() {
                break;
            }
            look(&format!("{name} {when}"), &run);
        }
    }
}

#[test]
#[ignore = "takes minutes and needs strace"]
fn a_kill_at_each_system_call_leaves_a_whole_file() {
    let (mut kills, mut old, mut strays) = (0, 0, 0);
    each_kill(false, |call, run| {
        assert!(run.is_whole(), "torn at {call}:\n{}", run.calls);
        assert!(!run.said.starts_with("saved ") || run.content == NEW.as_bytes(), "lost at {call}");
        kills += 1;
        old += u32::from(run.content == OLD.as_bytes());
        strays += u32::from(run.leaves_a_stray());
    });
    println!("{kills} kills: {old} old files, {} new ones, {strays} with a stray, 0 torn, 0 lost", kills - old);
    assert!(kills > 50 && old > 0 && old < kills && strays > 0);
}

#[test]
#[ignore = "takes minutes and needs strace"]
fn each_system_call_that_fails_leaves_the_original_or_the_saved_file() {
    let (mut runs, mut refused, mut not_durable) = (0, 0, 0);
    for error in ERRORS {
        for call in CALLS {
            for when in 1.. {
                let run = run(&format!("inject={call}:error={error}:when={when}"), false);
                if !run.was_injected() {
                    break;
                }
                let of = format!("{error} at {call} {when}: {:?}\n{}", run.said, run.calls);
                assert!(run.is_whole(), "torn: {of}");
                assert!(!run.asks_again(), "asked the same file twice: {of}");
                match run.said.split(' ').next() {
                    Some("saved") => assert_eq!(run.content, NEW.as_bytes(), "{of}"),
                    Some("refused") => assert_eq!(run.content, OLD.as_bytes(), "{of}"),
                    _ => {}
                }
                if !run.said.is_empty() && call != "unlink" {
                    assert!(!run.leaves_a_stray(), "a stray: {of}");
                }
                runs += 1;
                refused += u32::from(run.said.starts_with("refused"));
                not_durable += u32::from(run.said == "saved false");
            }
        }
    }
    println!("{runs} failed calls: {refused} refusals, {not_durable} not durable, 0 bad");
    assert!(refused > 50 && not_durable > 0);
}

/// A disk that reports a short write, and did not even write that: the file's content is not the intended one.
#[test]
#[ignore = "takes minutes and needs strace"]
fn a_disk_that_lies_about_a_write_is_found_out() {
    let mut runs = 0;
    for lie in 1..=7 {
        for when in 1.. {
            let run = run(&format!("inject=write:retval={lie}:when={when}"), false);
            if !run.was_injected() {
                break;
            }
            let of = format!("{lie} of write {when}: {:?}\n{}", run.said, run.calls);
            assert!(run.is_whole(), "torn: {of}");
            let wanted = if run.said.starts_with("saved") { NEW } else { OLD };
            assert!(run.said.is_empty() || run.content == wanted.as_bytes(), "{of}");
            runs += 1;
        }
    }
    println!("{runs} lies, 0 believed");
    assert!(runs >= 7);
}

#[test]
#[ignore = "takes minutes and needs strace"]
fn a_file_with_several_names_is_whole_or_kept_whole() {
    let (mut kills, mut torn) = (0, 0);
    each_kill(true, |call, run| {
        // Writing in place cannot be done in one step: then the copy, which was synced before, is whole.
        if !run.is_whole() {
            assert_eq!(run.kept.as_deref(), Some(OLD.as_bytes()), "{call}:\n{}", run.calls);
            torn += 1;
        }
        kills += 1;
    });
    println!("{kills} kills, {torn} in the middle of the write, each with a whole copy");
    for error in ["EIO", "ENOSPC"] {
        for call in ["write", "ftruncate"] {
            for when in 1.. {
                let run = run(&format!("inject={call}:error={error}:when={when}"), true);
                if !run.was_injected() {
                    break;
                }
                let wanted = if run.said.starts_with("saved") { NEW } else { OLD };
                assert!(
                    run.said.is_empty() || run.content == wanted.as_bytes(),
                    "{error} at {call} {when}: {}",
                    run.calls
                );
            }
        }
    }
}
