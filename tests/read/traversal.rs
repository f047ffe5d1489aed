//! Paths that lead out of the project, to something that is not a file, or elsewhere than they seem to: none is followed.

use crate::disk::{Folder, TEAM, toml_string};
use crate::{catalog, codes, printed};
use retake::cost::budget::{Knob, Setting};
use retake::project::{DiskPrompts, DiskTeam, read};
use retake::words::safe::is_hostile;

/// Paths of the wrong form: refused by their spelling, before the disk is touched.
const WRITTEN: &[&str] = &[
    "",
    "   ",
    ".",
    "..",
    "/",
    "//",
    "/etc/passwd",
    "/etc/x.toml",
    "/proc/self/environ",
    "/dev/stdin",
    "//server/share/x.toml",
    "\\\\server\\share\\x.toml",
    "\\\\?\\C:\\x.toml",
    "\\\\.\\COM1",
    "..\\team.toml",
    "..\\..\\..\\x.toml",
    "C:\\x.toml",
    "C:/x.toml",
    "c:x.toml",
    "~",
    "~/x.toml",
    "~root/x.toml",
    "$HOME/x.toml",
    "${HOME}/x.toml",
    "%APPDATA%/x.toml",
    "file:///etc/x.toml",
    "FILE:///etc/x.toml",
    "file:x.toml",
    "https://example.org/x.toml",
    "git+ssh://example.org/x.toml",
    "smb://example.org/x.toml",
    "data:text/plain,retake=1",
    "team.toml\0.txt",
    "te\0am.toml",
    "..\0/x.toml",
    "team.toml\n",
    "te\tam.toml",
    "\u{202e}lmot.toml",
    "..\u{200b}/x.toml",
    "\u{1b}[2Jx.toml",
    "te\u{9b}am.toml",
];

/// Relative paths that lead outside.
const OUTSIDE: &[&str] = &[
    "../../../../../../../../../../../../etc/x.toml",
    "x/../../../../y.toml",
    "../../../x.toml",
    "./../../../x.toml",
    "../c/../../../outside/team.toml",
    "../../../outside/team.toml",
    "./././../.././../../outside/team.toml",
    "..//..//..//outside//team.toml",
];

/// Paths inside without a readable file: spellings that some programs decode, folders, and files that are not text.
const UNREADABLE: &[&str] = &[
    "nowhere.toml",
    "no/such/folder/x.toml",
    "team.toml/x.toml",
    "d.toml",
    "bytes.toml",
    "....//....//....//outside/team.toml",
    "..;/..;/..;/outside/team.toml",
    "..%2f..%2f..%2foutside%2fteam.toml",
    "..%c0%af..%c0%af..%c0%afoutside/team.toml",
    "\u{ff0e}\u{ff0e}/\u{ff0e}\u{ff0e}/\u{ff0e}\u{ff0e}/outside/team.toml",
    "\u{2025}/\u{2025}/\u{2025}/outside/team.toml",
    "..\u{2215}..\u{2215}..\u{2215}outside\u{2215}team.toml",
    "`id`.toml",
    "|id.toml",
    "-x.toml",
];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("a/b/c/d.toml/inner.txt", "x");
    folder.write("a/b/c/team.toml", TEAM);
    folder.write("a/b/c/bytes.toml", [0xff, 0xfe, 0x00]);
    folder.write("outside/team.toml", TEAM);
    folder
}

/// The code of a path's only problem, as a project to extend and as a prompt to count.
#[track_caller]
fn refusals(folder: &Folder, wanted: &str) -> [&'static str; 2] {
    let extended = folder.extend("a/b/c/p.toml", wanted);
    assert!(extended.budget.team.value(Knob::Retry).is_none(), "{wanted:?} was read");
    let text = format!("retake = 1\n[assumptions]\nprompt_file = {}\n", toml_string(wanted));
    let path = folder.path("a/b/c/p.toml");
    let prompted = read(&text, Some(&path), catalog(), &mut DiskTeam::new(), &mut DiskPrompts::new(&path));
    let tokens = prompted.budget.assumptions.get(Knob::PromptTokens);
    assert_eq!(tokens, Some(&Setting::Unreadable), "{wanted:?} was counted");
    [extended, prompted].map(|reading| {
        let said = printed(&reading.problems);
        assert!(!said.chars().any(|c| is_hostile(c) && c != '\n'), "{wanted:?}: {said}");
        assert_eq!(reading.problems.len(), 1, "{wanted:?}: {said}");
        codes(&reading.problems)[0]
    })
}

#[test]
fn no_path_leads_anywhere_that_it_may_not() {
    assert!(WRITTEN.len() + OUTSIDE.len() + UNREADABLE.len() >= 60);
    let folder = folder();
    for (paths, code) in [(WRITTEN, "extends-path"), (OUTSIDE, "extends-outside"), (UNREADABLE, "extends-unreadable")] {
        for wanted in paths {
            assert_eq!(refusals(&folder, wanted), [code, "prompt-file"], "{wanted:?}");
        }
    }
    assert_eq!(codes(&folder.extend("a/b/c/p.toml", "../.env").problems), ["extends-path"], "no project is called so");
    for own in ["p.toml", "../c/p.toml"] {
        assert_eq!(codes(&folder.extend("a/b/c/p.toml", own).problems), ["extends-circle"], "{own}");
    }
    let long = format!("{}.toml", "x".repeat(100_000));
    assert_eq!(refusals(&folder, &long), ["extends-unreadable", "prompt-file"]);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_lead_no_further() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    symlink(folder.path("outside/team.toml"), folder.path("a/b/c/file.toml")).unwrap();
    symlink(folder.path("outside"), folder.path("a/b/c/folder")).unwrap();
    symlink("/", folder.path("a/b/c/root")).unwrap();
    symlink("loop.toml", folder.path("a/b/c/loop.toml")).unwrap();
    symlink("/dev/zero", folder.path("a/b/c/zero.toml")).unwrap();
    symlink("/proc/self/environ", folder.path("a/b/c/environ.toml")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path("a/b/c/pipe.toml")).status().unwrap().success());
    for (wanted, code) in [
        ("file.toml", "extends-outside"),
        ("folder/team.toml", "extends-outside"),
        ("root/etc/hosts.toml", "extends-unreadable"),
        ("zero.toml", "extends-outside"),
        ("environ.toml", "extends-outside"),
        ("loop.toml", "extends-unreadable"),
        ("pipe.toml", "extends-unreadable"),
    ] {
        assert_eq!(refusals(&folder, wanted), [code, "prompt-file"], "{wanted}");
    }
}
