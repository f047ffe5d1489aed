//! Reading a file once and carefully, and replacing it in one step.
//!
//! A save makes `.NAME.PID.RANDOM.retake-tmp` beside the target, writes it, forces it to the disk, reads it back by name,
//! compares the bytes and asks the caller. Then it locks the folder, so that two saves cannot pass each other, and looks at the
//! target again: other bytes than were loaded refuse the save. Bytes are compared, not times or inodes: those change without the
//! content and stay without it. If the path now leads to another file with the same bytes, the save is refused too.
//! The old content is put aside among the versions, the temporary file is renamed over the target, and the folder is synced. If
//! only that last step fails, the caller is told that a power cut may undo the save.
//!
//! So at every moment the target is the old file or the new one, complete. Links are followed first and stay links; the mode
//! stays what it was; a read-only file is refused. Only a file with several names is written in place, once its old content is on
//! the disk: a kill in the middle can tear the file, but never the copy.

mod error;
mod in_place;
mod private;
mod sweep;
mod temp;

use crate::cost::base::limits::{FILE_BYTES_MAX, FILE_SIZE_MAX};
use crate::system::files::{self, Facts, Identity, NotRead, NotWritable, Readers, sync_folder};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use error::{Step, StoreError, StoreErrorKind};
pub use private::{read_private, replace_private};
pub use sweep::sweep;
pub(super) use temp::Temp;

use StoreErrorKind as Kind;

/// The file's metadata when it was loaded.
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

impl Stamp {
    fn identity(&self) -> Identity {
        Identity { device: self.dev, number: self.ino }
    }
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

/// The file that a save expects on the disk.
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
    /// Why the replaced content could not be put aside, if it could not.
    pub not_kept: Option<String>,
}

/// The caller's check of what was read back, before it takes its place; an error text is for logs.
pub type Verify<'v> = &'v dyn Fn(&[u8]) -> Result<(), String>;

/// Puts the present content aside, on the disk when it returns, before another one takes its place.
pub type Keep<'k> = &'k dyn Fn(&[u8]) -> io::Result<()>;

/// Reads a regular file of UTF-8 text, behind links if need be. Pipes, devices and the like are refused unopened.
pub fn load(path: &Path) -> Result<Loaded, StoreError> {
    load_at_most(path, FILE_BYTES_MAX)
}

/// Like [`load`], for a file that has fewer bytes than a project may have.
pub fn load_at_most(path: &Path, limit: usize) -> Result<Loaded, StoreError> {
    let real_path = resolve(path)?;
    let current = Current::read_at_most(&real_path, u64::try_from(limit).unwrap_or(u64::MAX))?;
    if let Err(error) = std::str::from_utf8(&current.bytes) {
        let offset = error.valid_up_to();
        let valid = std::str::from_utf8(&current.bytes[..offset]).unwrap_or_default();
        let (line, column) = super::outline::line_column(valid, offset);
        let ours = is_ours(&current.bytes);
        return Err(StoreError::new(path, Kind::NotUtf8 { offset, line, column, ours }));
    }
    let writable = check_writable(&real_path, &current.facts).and_then(|()| check_folder(folder_of(&real_path)));
    let stamp = stamp(&current.facts, writable.is_err());
    Ok(Loaded { bytes: current.bytes, real_path, stamp })
}

/// Whether bytes hold the line that every project has, `retake = 1`, in any encoding of its letters.
pub fn is_ours(bytes: &[u8]) -> bool {
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let lines = letters.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.into_iter().any(|line| {
        let start = line.iter().position(|byte| byte.is_ascii_alphabetic()).unwrap_or(line.len());
        line[start..].strip_prefix(b"retake").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
    })
}

/// Reads a regular file of any content, as carefully as [`load`].
pub fn load_bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    Ok(Current::read(&resolve(path)?)?.bytes)
}

/// Replaces the target with `bytes`, all or nothing. Every error leaves the target as it was and no temporary
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
    if size > FILE_SIZE_MAX {
        return Err(StoreError::new(target, Kind::TooLarge { size, limit: FILE_SIZE_MAX }));
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
    let same_file = |base: &Loaded| base.real_path == real || base.stamp.identity() == current.facts.identity();
    if !base.is_none_or(same_file) {
        return Err(StoreError::new(target, Kind::LedElsewhere { to: real }));
    }
    // The same as those of the base: one copy is enough to compare with.
    if base.is_some() {
        current.bytes = Vec::new();
    }
    check_writable(&real, &current.facts)?;
    check_names(&real, &current.facts, keep)?;
    let folder = folder_of(&real);
    check_folder(folder)?;
    let failed = |step| {
        let real = real.clone();
        move |error| StoreError::from_io(&real, step, error)
    };
    // Private until it gets the mode of the file that it replaces.
    let mut temp =
        Temp::create(folder, real.file_name().unwrap_or_default(), Readers::Owner).map_err(failed(Step::Create))?;
    temp.take_after(&current.facts).map_err(failed(Step::Mode))?;
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
    check_writable(&real, &now.facts)?;
    if now.facts.names() > 1 {
        return replace_in_place(&real, &now, bytes, keep);
    }
    // A version that cannot be kept loses an old text; a save that is refused would lose the edits.
    let not_kept = keep.and_then(|keep| keep(&now.bytes).err()).map(|error| error.to_string());
    if !now.facts.is_open_to_the_same(&current.facts) {
        temp.take_after(&now.facts).map_err(failed(Step::Mode))?;
    }
    let stamp = stamp(&temp.facts().map_err(failed(Step::Mode))?, false);
    temp.replace(&real).map_err(failed(Step::Rename))?;
    drop((held, now));
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real.clone(), stamp };
    Ok(Saved { durable: sync_folder(folder), in_place: false, loaded, not_kept })
}

/// The temporary file has shown that there is room and that the text reads back; it goes when the file itself holds it.
fn replace_in_place(real: &Path, now: &Current, bytes: &[u8], keep: Option<Keep<'_>>) -> Result<Saved, StoreError> {
    check_names(real, &now.facts, keep)?;
    if let Some(keep) = keep {
        let links = now.facts.names();
        let not_kept =
            |cause| StoreError { path: real.to_owned(), kind: Kind::HardLinked { links }, cause: Some(cause) };
        keep(&now.bytes).map_err(not_kept)?;
    }
    let written = in_place::write(real, &now.facts, &now.bytes, bytes);
    let (durable, facts) = written.map_err(|error| StoreError::from_io(real, Step::Write, error))?;
    let stamp = stamp(&facts, false);
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real.to_owned(), stamp };
    Ok(Saved { durable, in_place: true, loaded, not_kept: None })
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
    let mut temp = Temp::create(&folder, name, Readers::Usual).map_err(failed(Step::Create))?;
    fill(&real, &mut temp, bytes, verify)?;
    let stamp = stamp(&temp.facts().map_err(failed(Step::Mode))?, false);
    temp.place_new(&real).map_err(failed(Step::Rename))?;
    let loaded = Loaded { bytes: bytes.to_vec(), real_path: real, stamp };
    Ok(Saved { durable: sync_folder(&folder), in_place: false, loaded, not_kept: None })
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
    facts: Facts,
}

impl Current {
    fn read(path: &Path) -> Result<Self, StoreError> {
        Current::read_at_most(path, FILE_SIZE_MAX)
    }

    fn read_at_most(path: &Path, limit: u64) -> Result<Self, StoreError> {
        let (bytes, facts) = files::read_regular(path, limit).map_err(|error| match error {
            NotRead::Wrong(kind) => StoreError::new(path, wrong(kind)),
            NotRead::TooLarge(size) => StoreError::new(path, Kind::TooLarge { size, limit }),
            NotRead::Look(error) => StoreError::from_io(path, Step::Look, error),
            NotRead::Read(error) => StoreError::from_io(path, Step::Read, error),
        })?;
        Ok(Self { bytes, facts })
    }
}

/// What is said of something that is no file. Links are followed before, so that one which stands there now came just now.
fn wrong(kind: files::Kind) -> Kind {
    match kind {
        files::Kind::Folder => Kind::Directory,
        files::Kind::Pipe => Kind::Fifo,
        files::Kind::Socket => Kind::Socket,
        files::Kind::Link => Kind::ChangedOnDisk,
        files::Kind::Device | files::Kind::File => Kind::Device,
    }
}

fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    fs::canonicalize(path).map_err(|error| match fs::read_link(path) {
        Ok(to) if error.kind() == io::ErrorKind::NotFound => StoreError::new(path, Kind::DanglingLink { to }),
        _ => StoreError::from_io(path, Step::Look, error),
    })
}

/// The folder that a file of this path stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn stamp(facts: &Facts, read_only: bool) -> Stamp {
    let Identity { device, number } = facts.identity();
    Stamp {
        dev: device,
        ino: number,
        size: facts.size(),
        mtime_ns: facts.changed_ns(),
        mode: facts.mode(),
        links: facts.names(),
        read_only,
    }
}

/// A rename asks only the folder, so what the file itself says has to be asked for.
fn check_writable(path: &Path, facts: &Facts) -> Result<(), StoreError> {
    files::may_write(path, facts).map_err(|error| not_writable(path, error, Kind::ReadOnlyFile))
}

/// A rename would cut other names of the file off.
fn check_names(path: &Path, facts: &Facts, keep: Option<Keep<'_>>) -> Result<(), StoreError> {
    match facts.names() {
        links if links > 1 && keep.is_none() => Err(StoreError::new(path, Kind::HardLinked { links })),
        _ => Ok(()),
    }
}

fn check_folder(folder: &Path) -> Result<(), StoreError> {
    files::may_write_into(folder).map_err(|error| not_writable(folder, error, Kind::ReadOnlyFolder))
}

fn not_writable(path: &Path, error: NotWritable, kind: Kind) -> StoreError {
    match error {
        NotWritable::Protected(cause) => StoreError { path: path.to_owned(), kind, cause },
        NotWritable::Unknown(error) => StoreError::from_io(path, Step::Look, error),
    }
}

/// Tries of [`hold`], a millisecond apart: it is held for two system calls, and a file system may know no locks at all.
const TRIES: u32 = 200;

/// Keeps other saves into a folder waiting until it is dropped. Without it a save goes on: the look before the rename finds all but
/// what happens in between.
fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    for _ in 0..TRIES {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Interrupted => return None,
            Err(_) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_temporary_file_that_reads_back_differently_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("a.toml");
        let mut temp = Temp::create(folder.path(), "a.toml".as_ref(), Readers::Owner).unwrap();
        // Another writer got into it: its tail is longer than what the save writes.
        fs::write(temp.path(), "0123456789").unwrap();
        let error = fill(&real, &mut temp, b"new", &|_| Ok(())).unwrap_err();
        assert_eq!((error.kind, error.path), (Kind::ReadBack, real));
        drop(temp);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
