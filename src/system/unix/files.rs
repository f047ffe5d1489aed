//! The system calls on files and folders. Nothing here opens a link.

use crate::system::files::{Identity, Kind, NotWritable, Readers};
use rustix::fs::{Access, OFlags};
use rustix::io::Errno;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

/// What the system says about a file.
#[derive(Debug, Clone)]
pub(crate) struct Facts(Metadata);

impl Facts {
    pub(crate) fn kind(&self) -> Kind {
        let kind = self.0.file_type();
        match () {
            () if kind.is_file() => Kind::File,
            () if kind.is_dir() => Kind::Folder,
            () if kind.is_symlink() => Kind::Link,
            () if kind.is_fifo() => Kind::Pipe,
            () if kind.is_socket() => Kind::Socket,
            () => Kind::Device,
        }
    }

    pub(crate) fn size(&self) -> u64 {
        self.0.len()
    }

    pub(crate) fn identity(&self) -> Identity {
        Identity { device: self.0.dev(), number: self.0.ino() }
    }

    /// How many names it has.
    pub(crate) fn names(&self) -> u64 {
        self.0.nlink()
    }

    /// When its content changed, in nanoseconds since 1970.
    pub(crate) fn changed_ns(&self) -> i128 {
        i128::from(self.0.mtime()) * 1_000_000_000 + i128::from(self.0.mtime_nsec())
    }

    /// Who may do what, as the system writes it.
    pub(crate) fn mode(&self) -> u32 {
        self.0.mode() & 0o7777
    }

    /// Whether nobody but its owner may read or write it.
    pub(crate) fn is_private(&self) -> bool {
        self.0.mode() & 0o077 == 0
    }

    /// Whether the same people may do the same with another file of this owner.
    pub(crate) fn is_open_to_the_same(&self, other: &Facts) -> bool {
        self.mode() == other.mode() && self.0.gid() == other.0.gid()
    }
}

/// What stands at a path; a link is one.
pub(crate) fn look(path: &Path) -> io::Result<Facts> {
    fs::symlink_metadata(path).map(Facts)
}

/// What an open file is.
pub(crate) fn facts(file: &File) -> io::Result<Facts> {
    file.metadata().map(Facts)
}

/// A pipe is not waited for, and no terminal becomes ours.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Over what stands there.
pub(crate) fn open_to_write(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    OpenOptions::new().write(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// A file that this user alone may read and lock; made where there is none.
pub(crate) fn open_to_lock(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW.bits().cast_signed();
    let file = File::options().read(true).write(true).create(true).mode(0o600).custom_flags(flags).open(path)?;
    if file.metadata()?.mode() & 0o077 != 0 {
        let _as_far_as_it_goes = file.set_permissions(Permissions::from_mode(0o600));
    }
    Ok(file)
}

/// A file where nothing stands yet; whatever stands there already, a link above all, is not opened.
pub(crate) fn create_new(path: &Path, readers: Readers) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::CLOEXEC).bits().cast_signed();
    let mode = match readers {
        Readers::Owner => 0o600,
        // The system takes the user's mask from it, as for any new file; to ask for the mask would change it.
        Readers::Usual => 0o666,
    };
    OpenOptions::new().write(true).create_new(true).custom_flags(flags).mode(mode).open(path)
}

/// Takes over owner, group and mode as far as the system allows, and never lets more people read or write: where
/// the group cannot be kept, the new group gets no more than everybody has.
pub(crate) fn take_after(file: &File, old: &Facts) -> io::Result<()> {
    let (own, old) = (file.metadata()?, &old.0);
    if (own.uid(), own.gid()) != (old.uid(), old.gid()) && fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        // Only root gives files away; a group that one belongs to can be kept.
        let _not_ours = fchown(file, None, Some(old.gid()));
    }
    let mut mode = old.mode() & 0o7777;
    if file.metadata()?.gid() != old.gid() {
        mode &= 0o7707 | ((mode & 0o7) << 3);
    }
    file.set_permissions(Permissions::from_mode(mode))
}

/// Whether the file itself may be written. `rename` asks the folder alone.
pub(crate) fn may_write(path: &Path, facts: &Facts) -> Result<(), NotWritable> {
    ask(path, facts, Access::WRITE_OK)
}

/// Whether names in a folder may be changed.
pub(crate) fn may_write_into(folder: &Path) -> Result<(), NotWritable> {
    let facts = fs::metadata(folder).map(Facts).map_err(NotWritable::Unknown)?;
    ask(folder, &facts, Access::WRITE_OK | Access::EXEC_OK)
}

fn ask(path: &Path, facts: &Facts, access: Access) -> Result<(), NotWritable> {
    // To root the system allows everything; a mode without any write bit is still somebody's wish.
    if facts.mode() & 0o222 == 0 {
        return Err(NotWritable::Protected(None));
    }
    rustix::fs::access(path, access).map_err(|errno| match errno {
        Errno::ACCESS | Errno::PERM => NotWritable::Protected(Some(errno.into())),
        errno => NotWritable::Unknown(errno.into()),
    })
}

/// Makes the topmost of the user's own folders, with all above it, for this user alone. It may be a link: so people keep such
/// folders elsewhere.
pub(crate) fn private_root(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).recursive(true).create(folder)?;
    close(folder)
}

/// Makes a folder below that one for this user alone. A link in its place is refused: whoever planted it would have files
/// written and deleted elsewhere.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    match look(folder).map(|facts| facts.kind()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => private_root(folder),
        Err(error) => Err(error),
        Ok(Kind::Folder) => close(folder),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
    }
}

fn close(folder: &Path) -> io::Result<()> {
    let mode = fs::metadata(folder)?.mode();
    if mode & 0o077 != 0 {
        // Not every file system has modes.
        let _as_far_as_it_goes = fs::set_permissions(folder, Permissions::from_mode(mode & 0o7700));
    }
    Ok(())
}

/// Renames to where nothing stands; fails with `AlreadyExists` if something does. Not every file system knows how.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn rename_new(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Where files may not grow further, a write is to fail and not to end the program: by default the signal that comes with
/// it does.
pub(crate) fn survive_file_limit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _as_before = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    });
}

/// Whether links led in a circle.
pub(crate) fn is_link_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Whether a folder lies on a file system that other machines write to, or that says nothing of changes.
#[cfg(target_os = "linux")]
pub(crate) fn is_remote(folder: &Path) -> bool {
    // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph, Coda, FUSE.
    const REMOTE: [u32; 9] =
        [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400, 0x7375_7245, 0x6573_5546];
    // The type of the field differs from machine to machine; what counts is its lower half.
    rustix::fs::statfs(folder).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_remote(_: &Path) -> bool {
    false
}
