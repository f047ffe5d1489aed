//! Reading a file once and carefully, and replacing it in one step.
//!
//! A save writes a temporary file beside the target, forces it to the disk, reads it back, and renames it over the
//! target: at every moment the target is the old file or the new one, complete. It refuses whenever the target is not
//! what was loaded. A link stays a link; the mode stays what it was. Only a file with several names is written in place,
//! and only behind a copy of it.

mod error;
mod in_place;
mod sweep;
mod temp;

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Access, FlockOperation, OFlags};
use rustix::io::Errno;

pub use error::{Step, StoreError, StoreErrorKind};
pub use sweep::{is_alive, sweep};
pub(super) use temp::Temp;

use StoreErrorKind as Kind;

/// Largest file that is read or written. A project of 100,000 deliverables has about a quarter of it.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What the system said about a file when it was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Device number.
    pub dev: u64,
    /// Inode number.
    pub ino: u64,
    /// Bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub mtime_ns: i128,
    /// Permission bits, without the file type.
    pub mode: u32,
    /// Names that the file has.
    pub links: u64,
    /// Whether a save will refuse to write it.
    pub read_only: bool,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// All of it; valid UTF-8.
    pub bytes: Vec<u8>,
    /// The file itself, behind all links.
    pub real_path: PathBuf,
    /// For a quick look whether it may have changed; saves compare the bytes.
    pub stamp: Stamp,
}

/// What a save expects to find.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// The file with the content that was loaded; its times may differ.
    Unchanged(&'a Loaded),
    /// Nothing.
    Nothing,
    /// Anything or nothing: a person was asked and said overwrite.
    Anything,
}

/// A save that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// False if the new content is in place but the folder could not be forced to the disk: a power cut may undo it.
    pub durable: bool,
    /// The file has several names and was written in place, so that all of them show the new content.
    pub in_place: bool,
    /// The file as it is now: the base of the next save.
    pub loaded: Loaded,
}

/// The caller's check of what was read back, before it takes its place; an error text is for logs.
pub type Verify<'v> = &'v dyn Fn(&[u8]) -> Result<(), String>;

/// Puts the present content aside, on the disk when it returns, before another one takes its place.
pub type Keep<'k> = &'k dyn Fn(&[u8]) -> io::Result<()>;

/// Reads a regular file of UTF-8 text, behind links if need be. Pipes, devices and the like are refused unopened.
pub fn load(path: &Path) -> Result<Loaded, StoreError> {
    let real_path = resolve(path)?;
    let current = Current::read(&real_path)?;
    if let Err(error) = std::str::from_utf8(&current.bytes) {
        let offset = error.valid_up_to();
        let valid = std::str::from_utf8(&current.bytes[..offset]).unwrap_or_default();
        let (line, column) = super::outline::line_column(valid, offset);
        return Err(StoreError::new(path, Kind::NotUtf8 { offset, line, column }));
    }
    let writable = check_writable(&real_path, &current.metadata).and_then(|()| check_folder(folder_of(&real_path)));
    let stamp = stamp(&current.metadata, writable.is_err());
    Ok(Loaded { bytes: current.bytes, real_path, stamp })
}

/// Puts `bytes` in the place of the target, all or nothing. Every error leaves the target as it was and no temporary
/// file behind. A file with several names is refused.
pub fn save(target: &Path, expected: Expected<'_>, bytes: &[u8], verify: Verify<'_>) -> Result<Saved, StoreError> {
    save_keeping(target, expected, bytes, verify, None)
}

/// The same, with the old content put aside first. Where that fails, a save goes on: it replaces the file in one step.
/// A file with several names can only be written in place, which a crash may tear, so it is not written without a copy.
pub fn save_keeping(
    target: &Path,
    expected: Expected<'_>,
    bytes: &[u8],
    verify: Verify<'_>,
    keep: Option<Keep<'_>>,
) -> Result<Saved, StoreError> {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(StoreError::new(target, Kind::TooLarge { size, limit: MAX_BYTES }));
    }
    let base = match expected {
        Expected::Nothing => return save_new(target, bytes, verify),
        Expected::Anything => match fs::symlink_metadata(target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return save_new(target, bytes, verify),
            _ => None,
        },
        Expected::Unchanged(loaded) => Some(loaded),
    };
    replace(target, base, bytes, verify, keep)
}

fn replace(
    target: &Path,
    base: Option<&Loaded>,
    bytes: &[u8],
    verify: Verify<'_>,
    keep: Option<Keep<'_>>,
) -> Result<Saved, StoreError> {
    let gone = |error: StoreError| match (base, &error.kind) {
        (Some(_), Kind::Missing | Kind::DanglingLink { .. }) => StoreError { kind: Kind::Deleted, ..error },
        (Some(_), Kind::TooLarge { .. }) => StoreError { kind: Kind::ChangedOnDisk, ..error },
        _ => error,
    };
    let real = resolve(target).map_err(gone)?;
    let mut current = Current::read(&real).map_err(gone)?;
    if base.is_some_and(|base| base.bytes != current.bytes) {
        return Err(StoreError::new(&real, Kind::ChangedOnDisk));
    }
    // A folder above that was renamed leads to the same file by another path.
    let same_file = |base: &Loaded| {
        base.real_path == real || (base.stamp.dev, base.stamp.ino) == (current.metadata.dev(), current.metadata.ino())
    };
    if !base.is_none_or(same_file) {
        return Err(StoreError::new(target, Kind::LedElsewhere { to: real }));
    }
    // The same as those of the base: one copy is enough to compare with.
    if base.is_some() {
        current.bytes = Vec::new();
    }
    check_writable(&real, &current.metadata)?;
    check_names(&real, &current.metadata, keep)?;
    let folder = folder_of(&real);
    check_folder(folder)?;
    let failed = |step| {
        let real = real.clone();
        move |error| StoreError::from_io(&real, step, error)
    };
    // Private until it has the mode of the file that it stands for.
    let mut temp = Temp::create(folder, real.file_name().unwrap_or_default(), 0o600).map_err(failed(Step::Create))?;
    temp.take_after(&current.metadata).map_err(failed(Step::Mode))?;
    fill(&real, &mut temp, bytes, verify)?;
    // Between the last look and the rename no other of our kind may rename: measured, two that saved at full speed lost one
    // edit in a few hundred saves without this.
    let held = hold(folder);
    // Somebody may have written while the disk was busy.
    let gone = |error: StoreError| match error.kind {
        Kind::Missing | Kind::DanglingLink { .. } => StoreError { kind: Kind::Deleted, ..error },
        _ => error,
    };
    let now = Current::read(&real).map_err(gone)?;
    let before = base.map_or(&current.bytes, |base| &base.bytes);
    if now.bytes != *before || resolve(target).map_err(gone)? != real {
        return Err(StoreError::new(&real, Kind::ChangedOnDisk));
    }
    check_writable(&real, &now.metadata)?;
    if now.metadata.nlink() > 1 {
        return replace_in_place(&real, &now, bytes, keep);
    }
    if let Some(keep) = keep {
        // What is lost with a version that cannot be kept is an old text; what would be lost with the save are the edits.
        let _not_kept = keep(&now.bytes);
    }
    if now.metadata.mode() != current.metadata.mode() || now.metadata.gid() != current.metadata.gid() {
        temp.take_after(&now.metadata).map_err(failed(Step::Mode))?;
    }
    let stamp = stamp(&temp.metadata().map_err(failed(Step::Mode))?, false);
    temp.replace(&real).map_err(failed(Step::Rename))?;
    drop((held, now));
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real.clone(), stamp };
    Ok(Saved { durable: sync_folder(folder), in_place: false, loaded })
}

/// The temporary file has shown that there is room and that the text reads back; it goes when the file itself holds it.
fn replace_in_place(real: &Path, now: &Current, bytes: &[u8], keep: Option<Keep<'_>>) -> Result<Saved, StoreError> {
    check_names(real, &now.metadata, keep)?;
    if let Some(keep) = keep {
        let links = now.metadata.nlink();
        let not_kept =
            |cause| StoreError { path: real.to_owned(), kind: Kind::HardLinked { links }, cause: Some(cause) };
        keep(&now.bytes).map_err(not_kept)?;
    }
    let written = in_place::write(real, &now.metadata, &now.bytes, bytes);
    let (durable, metadata) = written.map_err(|error| StoreError::from_io(real, Step::Write, error))?;
    let stamp = stamp(&metadata, false);
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real.to_owned(), stamp };
    Ok(Saved { durable, in_place: true, loaded })
}

fn save_new(target: &Path, bytes: &[u8], verify: Verify<'_>) -> Result<Saved, StoreError> {
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::from_io(target, Step::Look, error)),
        // A link to nowhere or in a circle says so; all else is there already.
        Ok(_) => return resolve(target).and_then(|_| Err(StoreError::new(target, Kind::Exists))),
    }
    let Some(name) = target.file_name() else { return Err(StoreError::new(target, Kind::Directory)) };
    let folder = fs::canonicalize(folder_of(target)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::new(target, Kind::MissingFolder),
        _ => StoreError::from_io(target, Step::Look, error),
    })?;
    check_folder(&folder)?;
    let real = folder.join(name);
    let failed = |step| {
        let real = real.clone();
        move |error| StoreError::from_io(&real, step, error)
    };
    // The system takes the user's mask from this mode, as for any new file; asking for the mask would change it.
    let mut temp = Temp::create(&folder, name, 0o666).map_err(failed(Step::Create))?;
    fill(&real, &mut temp, bytes, verify)?;
    let stamp = stamp(&temp.metadata().map_err(failed(Step::Mode))?, false);
    temp.place_new(&real).map_err(failed(Step::Rename))?;
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real, stamp };
    Ok(Saved { durable: sync_folder(&folder), in_place: false, loaded })
}

/// Writes, forces to the disk, reads back by name as any reader would, and asks the caller.
fn fill(real: &Path, temp: &mut Temp, bytes: &[u8], verify: Verify<'_>) -> Result<(), StoreError> {
    temp.write(bytes).map_err(|error| StoreError::from_io(real, Step::Write, error))?;
    temp.sync().map_err(|error| StoreError::from_io(real, Step::Sync, error))?;
    let back = Current::read(temp.path()).map_err(|error| StoreError { path: real.to_owned(), ..error })?;
    if back.bytes != bytes {
        return Err(StoreError::new(real, Kind::ReadBack));
    }
    verify(&back.bytes).map_err(|reason| StoreError::new(real, Kind::Refused { reason }))
}

/// A regular file as it is now.
struct Current {
    bytes: Vec<u8>,
    metadata: Metadata,
}

impl Current {
    fn read(path: &Path) -> Result<Self, StoreError> {
        let failed = |step| move |error| StoreError::from_io(path, step, error);
        check_kind(path, &fs::symlink_metadata(path).map_err(failed(Step::Look))?)?;
        // Should a pipe have taken the place since: opening it so does not wait, and the second look refuses it.
        let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed();
        let file =
            OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => StoreError::from_io(path, Step::Look, error),
                _ => StoreError::from_io(path, Step::Read, error),
            })?;
        let metadata = file.metadata().map_err(failed(Step::Look))?;
        check_kind(path, &metadata)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed(Step::Read))?;
        // It may have grown while it was read.
        match bytes.len() as u64 {
            size if size > MAX_BYTES => Err(StoreError::new(path, Kind::TooLarge { size, limit: MAX_BYTES })),
            _ => Ok(Self { bytes, metadata }),
        }
    }
}

fn check_kind(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    let (kind, size) = (metadata.file_type(), metadata.len());
    let wrong = match () {
        () if kind.is_file() && size > MAX_BYTES => Kind::TooLarge { size, limit: MAX_BYTES },
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => Kind::Directory,
        () if kind.is_fifo() => Kind::Fifo,
        () if kind.is_socket() => Kind::Socket,
        () if kind.is_symlink() => Kind::ChangedOnDisk,
        () => Kind::Device,
    };
    Err(StoreError::new(path, wrong))
}

fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    fs::canonicalize(path).map_err(|error| match fs::read_link(path) {
        Ok(to) if error.kind() == io::ErrorKind::NotFound => StoreError::new(path, Kind::DanglingLink { to }),
        _ => StoreError::from_io(path, Step::Look, error),
    })
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn stamp(metadata: &Metadata, read_only: bool) -> Stamp {
    Stamp {
        dev: metadata.dev(),
        ino: metadata.ino(),
        size: metadata.size(),
        mtime_ns: i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec()),
        mode: metadata.mode() & 0o7777,
        links: metadata.nlink(),
        read_only,
    }
}

/// A rename asks only the folder, so what the file itself says has to be asked for.
fn check_writable(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    check_access(path, metadata, Access::WRITE_OK, Kind::ReadOnlyFile)
}

/// A rename would cut other names of the file off.
fn check_names(path: &Path, metadata: &Metadata, keep: Option<Keep<'_>>) -> Result<(), StoreError> {
    match metadata.nlink() {
        links if links > 1 && keep.is_none() => Err(StoreError::new(path, Kind::HardLinked { links })),
        _ => Ok(()),
    }
}

fn check_folder(folder: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(folder).map_err(|error| StoreError::from_io(folder, Step::Look, error))?;
    check_access(folder, &metadata, Access::WRITE_OK | Access::EXEC_OK, Kind::ReadOnlyFolder)
}

fn check_access(path: &Path, metadata: &Metadata, access: Access, refused: Kind) -> Result<(), StoreError> {
    // To root the system allows everything; a mode without any write bit is still somebody's wish.
    if metadata.mode() & 0o222 == 0 {
        return Err(StoreError::new(path, refused));
    }
    rustix::fs::access(path, access).map_err(|errno| match errno {
        Errno::ACCESS | Errno::PERM => StoreError { path: path.to_owned(), kind: refused, cause: Some(errno.into()) },
        errno => StoreError::from_io(path, Step::Look, errno.into()),
    })
}

/// Tries of [`hold`], a millisecond apart: it is held for two system calls, and a file system may know no locks at all.
const TRIES: u32 = 200;

/// Keeps other saves into a folder waiting until it is dropped. Without it a save goes on: the look before the rename finds all but
/// what happens in between.
fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    for _ in 0..TRIES {
        match rustix::fs::flock(&folder, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Some(folder),
            Err(Errno::WOULDBLOCK | Errno::INTR) => std::thread::sleep(Duration::from_millis(1)),
            Err(_) => return None,
        }
    }
    None
}

/// Makes a folder for this user alone, with all above it: what somebody works on is nobody else's business.
///
/// # Errors
/// What the system said.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).recursive(true).create(folder)
}

pub(super) fn sync_folder(folder: &Path) -> bool {
    File::open(folder).and_then(|folder| folder.sync_all()).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_temporary_file_that_reads_back_differently_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("a.toml");
        let mut temp = Temp::create(folder.path(), "a.toml".as_ref(), 0o600).unwrap();
        // Another writer got into it: its tail is longer than what the save writes.
        fs::write(temp.path(), "0123456789").unwrap();
        let error = fill(&real, &mut temp, b"new", &|_| Ok(())).unwrap_err();
        assert_eq!((error.kind, error.path), (Kind::ReadBack, real));
        drop(temp);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
