//! Loading and saving: every kind of target, every reason to refuse.

use retake::cost::base::limits::FILE_SIZE_MAX;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use retake::project::store::{Expected, Loaded, Saved, StoreError, StoreErrorKind as Kind, load, save, save_keeping};
use retake::project::versions;
use tempfile::TempDir;

pub(crate) fn fine(_: &[u8]) -> Result<(), String> {
    Ok(())
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn save_over(path: &Path, loaded: &Loaded, text: &str) -> Result<Saved, StoreError> {
    save(path, Expected::Unchanged(loaded), text.as_bytes(), &fine)
}

#[track_caller]
fn assert_kind<T: std::fmt::Debug>(result: Result<T, StoreError>, kind: &Kind) {
    let error = result.unwrap_err();
    assert_eq!(error.kind, *kind, "{error}");
    assert!(error.to_string().starts_with(&error.path.display().to_string()));
}

#[test]
fn a_save_is_what_the_next_load_finds() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    fs::write(&path, "old").unwrap();
    let mut base = load(&path).unwrap();
    assert_eq!((base.bytes.as_slice(), base.stamp.size, base.stamp.read_only), (&b"old"[..], 3, false));
    for text in ["new", "", "a longer text\r\n"] {
        let saved = save_over(&path, &base, text).unwrap();
        assert!(saved.durable);
        assert_eq!(load(&path).unwrap(), saved.loaded);
        assert_eq!(saved.loaded.bytes, text.as_bytes());
        base = saved.loaded;
    }
    assert_eq!(names(folder.path()), ["a.toml"]);
}

#[test]
fn things_that_are_no_files_are_refused_and_stay() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("dir")).unwrap();
    assert!(Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
    let _socket = UnixListener::bind(at("socket")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    symlink("loop2", at("loop1")).unwrap();
    symlink("loop1", at("loop2")).unwrap();
    symlink(at("fifo"), at("to fifo")).unwrap();
    let null = Path::new("/dev/null").to_owned();
    let cases = [
        (at("dir"), Kind::Directory),
        (at("fifo"), Kind::Fifo),
        (at("to fifo"), Kind::Fifo),
        (at("socket"), Kind::Socket),
        (null, Kind::Device),
        (at("dangling"), Kind::DanglingLink { to: "nowhere".into() }),
        (at("loop1"), Kind::LinkLoop),
    ];
    let before = names(folder.path());
    for (path, kind) in &cases {
        assert_kind(load(path), kind);
        assert_kind(save(path, Expected::Anything, b"x", &fine), kind);
        let new = save(path, Expected::Nothing, b"x", &fine).unwrap_err().kind;
        let link_itself = matches!(kind, Kind::DanglingLink { .. } | Kind::LinkLoop);
        assert_eq!(new, if link_itself { kind.clone() } else { Kind::Exists });
    }
    assert_kind(load(&at("missing")), &Kind::Missing);
    assert_kind(save(&at("no/folder"), Expected::Nothing, b"x", &fine), &Kind::MissingFolder);
    assert_eq!(names(folder.path()), before);
}

#[test]
fn links_stay_links_and_their_file_gets_the_content() {
    let (here, there) = (folder(), folder());
    let real = there.path().join("real.toml");
    fs::create_dir(here.path().join("sub")).unwrap();
    fs::write(&real, "old").unwrap();
    fs::write(here.path().join("near.toml"), "old").unwrap();
    let (absolute, relative, chain) =
        (here.path().join("absolute"), here.path().join("sub/relative"), here.path().join("chain"));
    symlink(&real, &absolute).unwrap();
    symlink("../near.toml", &relative).unwrap();
    symlink("absolute", &chain).unwrap();
    for (link, file) in [(&absolute, &real), (&relative, &here.path().join("near.toml")), (&chain, &real)] {
        let text = format!("through {}", link.display());
        let base = load(link).unwrap();
        assert_eq!(base.real_path, fs::canonicalize(file).unwrap());
        let saved = save_over(link, &base, &text).unwrap();
        assert!(fs::symlink_metadata(link).unwrap().is_symlink());
        assert!(fs::symlink_metadata(file).unwrap().is_file());
        assert_eq!(fs::read_to_string(file).unwrap(), text);
        assert_eq!(saved.loaded.real_path, base.real_path);
    }
    assert_eq!(names(there.path()), ["real.toml"]);
    fs::remove_file(&real).unwrap();
    let base = Loaded { bytes: b"x".to_vec(), ..load(&relative).unwrap() };
    assert_kind(save_over(&absolute, &base, "new"), &Kind::Deleted);
}

#[test]
fn hard_links_are_refused_and_not_broken() {
    let folder = folder();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    fs::write(&one, "old").unwrap();
    let base = load(&one).unwrap();
    fs::hard_link(&one, &two).unwrap();
    assert_kind(save_over(&one, &base, "new"), &Kind::HardLinked { links: 2 });
    // Without a copy nothing is written in place.
    let full = |_: &[u8]| Err(std::io::ErrorKind::StorageFull.into());
    let refused = save_keeping(&one, Expected::Unchanged(&base), b"new", &fine, Some(&full));
    assert_kind(refused, &Kind::HardLinked { links: 2 });
    assert_eq!((fs::read(&one).unwrap(), fs::read(&two).unwrap()), (b"old".to_vec(), b"old".to_vec()));
    assert_eq!(fs::metadata(&one).unwrap().ino(), fs::metadata(&two).unwrap().ino());
    assert_eq!(names(folder.path()), ["one", "two"]);
}

#[test]
fn a_file_with_several_names_is_written_in_place_behind_a_copy() {
    let (folder, state) = (folder(), folder());
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    fs::write(&one, "a longer old text").unwrap();
    fs::set_permissions(&one, Permissions::from_mode(0o640)).unwrap();
    fs::hard_link(&one, &two).unwrap();
    let mut base = load(&one).unwrap();
    for text in ["new", "", "a longer new text than before"] {
        let old = base.bytes.clone();
        let keep = |bytes: &[u8]| versions::keep(state.path(), &one, bytes, jiff::Timestamp::now());
        let saved = save_keeping(&two, Expected::Unchanged(&base), text.as_bytes(), &fine, Some(&keep)).unwrap();
        assert!(saved.in_place && saved.durable);
        assert_eq!(fs::read(&one).unwrap(), text.as_bytes());
        assert_eq!(fs::metadata(&one).unwrap().ino(), fs::metadata(&two).unwrap().ino());
        assert_eq!(fs::metadata(&one).unwrap().mode() & 0o7777, 0o640);
        let kept = versions::versions(state.path(), &one);
        assert_eq!(fs::read(&kept[0].path).unwrap(), old);
        base = saved.loaded;
        assert_eq!(load(&two).unwrap(), base);
    }
    assert_eq!(names(folder.path()), ["one", "two"]);
}

#[test]
fn modes_are_kept() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    for mode in [0o600, 0o640, 0o644, 0o664, 0o666, 0o755] {
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let base = load(&path).unwrap();
        assert_eq!(base.stamp.mode, mode);
        let during = |_: &[u8]| {
            // The temporary file must not be readable by more people than the file itself.
            let temp = names(folder.path()).into_iter().find(|name| name.ends_with(".retake-tmp")).unwrap();
            assert_eq!(fs::metadata(folder.path().join(temp)).unwrap().mode() & 0o7777, mode);
            Ok(())
        };
        let saved = save(&path, Expected::Unchanged(&base), b"new", &during).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode);
        assert_eq!(saved.loaded.stamp.mode, mode);
    }
}

#[test]
fn read_only_files_and_folders_are_refused_even_for_root() {
    let folder = folder();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("a.toml");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    let base = load(&path).unwrap();
    assert!(base.stamp.read_only);
    assert_kind(save_over(&path, &base, "new"), &Kind::ReadOnlyFile);
    assert_kind(save(&path, Expected::Anything, b"new", &fine), &Kind::ReadOnlyFile);
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&inner, Permissions::from_mode(0o555)).unwrap();
    assert!(load(&path).unwrap().stamp.read_only);
    assert_kind(save_over(&path, &base, "new"), &Kind::ReadOnlyFolder);
    assert_kind(save(&inner.join("b"), Expected::Nothing, b"new", &fine), &Kind::ReadOnlyFolder);
    fs::set_permissions(&inner, Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(&inner), ["a.toml"]);
}

#[test]
fn a_changed_file_is_never_overwritten() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    fs::write(&path, "mine").unwrap();
    let base = load(&path).unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    // Same size, same inode, same time to the nanosecond: only the content tells.
    fs::write(&path, "them").unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(load(&path).unwrap().stamp, base.stamp);
    assert_kind(save_over(&path, &base, "new"), &Kind::ChangedOnDisk);
    assert_eq!(fs::read_to_string(&path).unwrap(), "them");
    // Touching or rewriting it with the same content is not a change.
    fs::remove_file(&path).unwrap();
    fs::write(&path, "mine").unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(time + Duration::from_secs(9)).unwrap();
    let base = save_over(&path, &base, "new").unwrap().loaded;
    fs::remove_file(&path).unwrap();
    assert_kind(save_over(&path, &base, "newer"), &Kind::Deleted);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn another_file_with_the_same_content_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (path, other) = (root.join("a/p.toml"), root.join("other"));
    fs::create_dir(root.join("a")).unwrap();
    fs::write(&path, "mine").unwrap();
    fs::write(&other, "mine").unwrap();
    let base = load(&path).unwrap();
    // After renaming a folder above, another path leads to the same file.
    fs::rename(root.join("a"), root.join("b")).unwrap();
    symlink("b", root.join("a")).unwrap();
    let base = save_over(&path, &base, "mine").unwrap().loaded;
    fs::remove_file(&path).unwrap();
    symlink(&other, &path).unwrap();
    assert_kind(save_over(&path, &base, "new"), &Kind::LedElsewhere { to: other.clone() });
    assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
    // A user who is asked may want exactly that.
    save_over(&path, &load(&path).unwrap(), "new").unwrap();
    assert_eq!(fs::read_to_string(&other).unwrap(), "new");
}

#[test]
fn changes_during_the_save_are_seen() {
    let folder = folder();
    let (path, other, link) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("link"));
    let during = |target: &Path, what: &dyn Fn()| {
        let _ = fs::remove_file(&path);
        fs::write(&path, "mine").unwrap();
        fs::write(&other, "mine").unwrap();
        let _ = fs::remove_file(&link);
        symlink("a", &link).unwrap();
        let base = load(target).unwrap();
        let hook = |_: &[u8]| {
            what();
            Ok(())
        };
        let result = save(target, Expected::Unchanged(&base), b"new", &hook);
        assert!(!names(folder.path()).iter().any(|name| name.ends_with(".retake-tmp")));
        result
    };
    assert_kind(during(&path, &|| fs::write(&path, "them").unwrap()), &Kind::ChangedOnDisk);
    assert_eq!(fs::read_to_string(&path).unwrap(), "them");
    assert_kind(during(&path, &|| fs::remove_file(&path).unwrap()), &Kind::Deleted);
    assert!(!path.exists());
    let repoint = || {
        fs::remove_file(&link).unwrap();
        symlink("b", &link).unwrap();
    };
    assert_kind(during(&link, &repoint), &Kind::ChangedOnDisk);
    let closed = || fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    assert_kind(during(&path, &closed), &Kind::ReadOnlyFile);
    let private = || fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    during(&path, &private).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
    assert_kind(
        during(&path, &|| fs::hard_link(&path, folder.path().join("c")).unwrap()),
        &Kind::HardLinked { links: 2 },
    );
}

#[test]
fn a_refused_check_leaves_the_original_and_no_temporary_file() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    fs::write(&path, "old").unwrap();
    let base = load(&path).unwrap();
    let refuse = |bytes: &[u8]| Err(format!("saw {} bytes", bytes.len()));
    let kind = Kind::Refused { reason: "saw 6 bytes".to_owned() };
    assert_kind(save(&path, Expected::Unchanged(&base), b"newer!", &refuse), &kind);
    assert_kind(save(&folder.path().join("b"), Expected::Nothing, b"newer!", &refuse), &kind);
    assert_eq!(load(&path).unwrap(), base);
    assert_eq!(names(folder.path()), ["a.toml"]);
}

#[test]
fn a_new_file_never_overwrites_unless_asked() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    let first = save(&path, Expected::Nothing, b"one", &fine).unwrap();
    assert_eq!(load(&path).unwrap(), first.loaded);
    assert_kind(save(&path, Expected::Nothing, b"two", &fine), &Kind::Exists);
    // A file that appears while the new one is written is noticed too.
    let late = folder.path().join("late.toml");
    let appear = |_: &[u8]| {
        fs::write(&late, "theirs").unwrap();
        Ok(())
    };
    assert_kind(save(&late, Expected::Nothing, b"mine", &appear), &Kind::Exists);
    assert_eq!(fs::read_to_string(&late).unwrap(), "theirs");
    save(&late, Expected::Anything, b"mine", &fine).unwrap();
    save(&folder.path().join("new.toml"), Expected::Anything, b"mine", &fine).unwrap();
    assert_eq!(fs::read_to_string(&late).unwrap(), "mine");
    assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    assert_eq!(names(folder.path()), ["a.toml", "late.toml", "new.toml"]);
}

#[test]
fn large_and_foreign_content_is_refused_with_its_place() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let start = Instant::now();
    assert_kind(load(&path), &Kind::TooLarge { size: 1 << 30, limit: FILE_SIZE_MAX });
    assert!(start.elapsed() < Duration::from_millis(200));
    File::create(&path).unwrap().set_len(FILE_SIZE_MAX + 1).unwrap();
    assert_kind(load(&path), &Kind::TooLarge { size: FILE_SIZE_MAX + 1, limit: FILE_SIZE_MAX });
    fs::write(&path, b"a = 1\n\xe7\x99\xba \xff").unwrap();
    assert_kind(load(&path), &Kind::NotUtf8 { offset: 10, line: 2, column: 3, ours: false });
    let text = vec![b' '; usize::try_from(FILE_SIZE_MAX).unwrap() + 1];
    let kind = Kind::TooLarge { size: FILE_SIZE_MAX + 1, limit: FILE_SIZE_MAX };
    assert_kind(save(&folder.path().join("b"), Expected::Nothing, &text, &fine), &kind);
    assert_eq!(names(folder.path()), ["a.toml"]);
}

/// Whichever call of keeping the version fails: the file is saved, and the reason is passed on.
#[test]
fn a_save_goes_on_without_its_version_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    let kinds = [
        std::io::ErrorKind::StorageFull,
        std::io::ErrorKind::PermissionDenied,
        std::io::ErrorKind::ReadOnlyFilesystem,
        std::io::ErrorKind::NotADirectory,
        std::io::ErrorKind::QuotaExceeded,
        std::io::ErrorKind::Interrupted,
    ];
    fs::write(&path, "old").unwrap();
    for (n, kind) in kinds.into_iter().enumerate() {
        let base = load(&path).unwrap();
        let keep = move |_: &[u8]| Err(kind.into());
        let text = format!("new {n}");
        let saved = save_keeping(&path, Expected::Unchanged(&base), text.as_bytes(), &|_| Ok(()), Some(&keep)).unwrap();
        assert_eq!(saved.not_kept, Some(std::io::Error::from(kind).to_string()));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
