//! Extended files on a real disk: found from the project, and never outside it.

use crate::{Words, catalog, codes, printed};
use retake::cost::base::limits::FILE_BYTES_MAX;
use retake::cost::budget::Knob;
use retake::project::{DiskPrompts, DiskTeam, Reading, read};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) const TEAM: &str = "retake = 1\n[assumptions]\nretry = 3\n";

pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    pub(crate) fn write(&self, relative: &str, text: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a project at `relative` that extends `wanted`.
    pub(crate) fn extend(&self, relative: &str, wanted: &str) -> Reading {
        let text = format!("retake = 1\nextends = {}\n", toml_string(wanted));
        self.write(relative, &text);
        let path = self.path(relative);
        read(&text, Some(&path), catalog(), &mut DiskTeam::new(), &mut DiskPrompts::new(&path))
    }
}

pub(crate) fn toml_string(text: &str) -> String {
    let escaped: String =
        text.chars().flat_map(|c| format!("\\U{:08X}", u32::from(c)).chars().collect::<Vec<_>>()).collect();
    format!("\"{escaped}\"")
}

fn taken(reading: &Reading) -> bool {
    reading.problems.is_empty() && reading.budget.team.value(Knob::Retry).is_some()
}

#[test]
fn without_git_two_folders_up_are_inside() {
    let folder = Folder::new();
    for team in ["a/team.toml", "a/b/team.toml", "a/b/c/team.toml", "a/b/c/d/team.toml", "a/x/team.toml", "team.toml"] {
        folder.write(team, TEAM);
    }
    for inside in [
        "team.toml",
        "./team.toml",
        "../team.toml",
        "../../team.toml",
        "d/team.toml",
        "../../x/team.toml",
        "../c/team.toml",
    ] {
        let reading = folder.extend("a/b/c/p.toml", inside);
        assert!(taken(&reading), "{inside}: {}", printed(&reading.problems));
    }
    let outside = folder.extend("a/b/c/p.toml", "../../../team.toml");
    assert_eq!(codes(&outside.problems), ["extends-outside"]);
    assert_eq!(outside.problems[0].message, "../../../team.toml lies outside the project");
    assert!(outside.problems[0].allowed.ends_with(&format!("{}a, with links resolved", std::path::MAIN_SEPARATOR)));
    assert!(outside.extends.is_empty());
}

#[test]
fn a_git_repository_is_inside_as_a_whole_and_nothing_else() {
    let folder = Folder::new();
    folder.write("repo/.git/HEAD", "ref: refs/heads/main\n");
    folder.write("repo/team.toml", TEAM);
    folder.write("near.toml", TEAM);
    assert!(taken(&folder.extend("repo/a/b/c/d/p.toml", "../../../../team.toml")));
    assert_eq!(codes(&folder.extend("repo/p.toml", "../near.toml").problems), ["extends-outside"]);
    // A work tree has a file of that name instead of a folder.
    folder.write("tree/.git", "gitdir: elsewhere\n");
    folder.write("tree/team.toml", TEAM);
    assert!(taken(&folder.extend("tree/a/b/c/p.toml", "../../../team.toml")));
}

#[test]
fn the_bound_is_the_projects_for_the_whole_chain() {
    let folder = Folder::new();
    folder.write("top.toml", TEAM);
    folder.write("a/b/team.toml", "retake = 1\nextends = \"../../top.toml\"\n");
    // The team's file alone could reach two folders up from itself; the project cannot.
    let reading = folder.extend("a/b/c/p.toml", "../team.toml");
    assert_eq!(codes(&reading.problems), ["extends-outside"]);
    assert!(reading.problems[0].file.as_ref().unwrap().ends_with("a/b/team.toml"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_before_the_check() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("outside/team.toml", TEAM);
    folder.write("a/b/c/real/team.toml", TEAM);
    symlink(folder.path("outside/team.toml"), folder.path("a/b/c/file.toml")).unwrap();
    symlink(folder.path("outside"), folder.path("a/b/c/folder")).unwrap();
    symlink(folder.path("a/b/c/real"), folder.path("a/b/c/inside")).unwrap();
    symlink("loop.toml", folder.path("a/b/c/loop.toml")).unwrap();
    assert_eq!(codes(&folder.extend("a/b/c/p.toml", "file.toml").problems), ["extends-outside"]);
    assert_eq!(codes(&folder.extend("a/b/c/p.toml", "folder/team.toml").problems), ["extends-outside"]);
    assert_eq!(codes(&folder.extend("a/b/c/p.toml", "folder/../team.toml").problems), ["extends-unreadable"]);
    assert_eq!(codes(&folder.extend("a/b/c/p.toml", "loop.toml").problems), ["extends-unreadable"]);
    assert!(taken(&folder.extend("a/b/c/p.toml", "inside/team.toml")));
    // A project opened through a link starts from its real folder.
    symlink(folder.path("a/b/c/p.toml"), folder.path("link.toml")).unwrap();
    let text = "retake = 1\nextends = \"real/team.toml\"\n";
    let reading = read(text, Some(&folder.path("link.toml")), catalog(), &mut DiskTeam::new(), &mut Words::default());
    assert!(taken(&reading), "{}", printed(&reading.problems));
}

#[cfg(unix)]
#[test]
fn pipes_and_closed_files_do_not_hang_or_leak() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;
    let folder = Folder::new();
    folder.write("a/b/p.toml", "");
    let _socket = UnixListener::bind(folder.path("a/b/socket.toml")).unwrap();
    let reading = folder.extend("a/b/p.toml", "socket.toml");
    assert_eq!(reading.problems[0].message, "socket.toml is a pipe or a device; a project must be an ordinary file");
    folder.write("a/b/closed.toml", TEAM);
    fs::set_permissions(folder.path("a/b/closed.toml"), fs::Permissions::from_mode(0o000)).unwrap();
    let reading = folder.extend("a/b/p.toml", "closed.toml");
    // The superuser may read everything.
    if fs::read(folder.path("a/b/closed.toml")).is_err() {
        assert_eq!(reading.problems[0].message, "closed.toml cannot be read: permission denied");
    }
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let folder = Folder::new();
    folder.write("a/b/p.toml", "");
    let big = fs::File::create(folder.path("a/b/big.toml")).unwrap();
    big.set_len(u64::try_from(FILE_BYTES_MAX).unwrap() + 1).unwrap();
    let reading = folder.extend("a/b/p.toml", "big.toml");
    assert_eq!(codes(&reading.problems), ["extends-unreadable"]);
    assert_eq!(reading.problems[0].message, "big.toml is 65 MiB; at most 64 MiB can be read");
}

#[test]
fn a_project_that_is_not_saved_yet_finds_its_team() {
    let folder = Folder::new();
    folder.write("a/team.toml", TEAM);
    fs::create_dir_all(folder.path("a/new")).unwrap();
    let text = "retake = 1\nextends = \"../team.toml\"\n";
    let reading =
        read(text, Some(&folder.path("a/new/p.toml")), catalog(), &mut DiskTeam::new(), &mut Words::default());
    assert!(taken(&reading), "{}", printed(&reading.problems));
    assert_eq!(reading.extends, [folder.path("a/team.toml")]);
    let nowhere =
        read(text, Some(Path::new("no/such/folder/p.toml")), catalog(), &mut DiskTeam::new(), &mut Words::default());
    assert_eq!(nowhere.problems[0].message, "../team.toml cannot be found: the project has no folder yet");
}
