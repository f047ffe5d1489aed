//! The system calls on files and folders. None of them follows a link.

use crate::system::files::{Identity, Kind, NotWritable, Readers, refuse_others};
use rustix::fs::{Access, OFlags};
use rustix::io::Errno;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

/// The system's facts about a file.
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

    /// The number of its names (hard links).
    pub(crate) fn names(&self) -> u64 {
        self.0.nlink()
    }

    /// The time of its last content change, in nanoseconds since 1970.
    pub(crate) fn changed_ns(&self) -> i128 {
        i128::from(self.0.mtime()) * 1_000_000_000 + i128::from(self.0.mtime_nsec())
    }

    /// The permission bits.
    pub(crate) fn mode(&self) -> u32 {
        self.0.mode() & 0o7777
    }

    /// Whether only its owner may read or write it.
    pub(crate) fn is_private(&self) -> bool {
        self.0.mode() & 0o077 == 0
    }

    /// Whether the same people have the same rights on another file of this owner.
    pub(crate) fn is_open_to_the_same(&self, other: &Facts) -> bool {
        self.mode() == other.mode() && self.0.gid() == other.0.gid()
    }
}

/// The facts about a path; a link is not followed.
pub(crate) fn look(path: &Path) -> io::Result<Facts> {
    fs::symlink_metadata(path).map(Facts)
}

/// The facts about an open file.
pub(crate) fn facts(file: &File) -> io::Result<Facts> {
    file.metadata().map(Facts)
}

/// Opening a pipe does not block, and a terminal does not become ours.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Opens an existing file to overwrite it.
pub(crate) fn open_to_write(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    OpenOptions::new().write(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// A file that only this user may read and lock; created if missing. What is no file, or has another name somewhere, is neither
/// written nor given another mode.
pub(crate) fn open_to_lock(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed();
    let file = File::options().read(true).write(true).create(true).mode(0o600).custom_flags(flags).open(path)?;
    let facts = facts(&file)?;
    refuse_others(&facts)?;
    if !facts.is_private() {
        let _as_far_as_it_goes = file.set_permissions(Permissions::from_mode(0o600));
    }
    Ok(file)
}

/// Creates a file; if anything is at the path already, a link above all, it is not opened.
pub(crate) fn create_new(path: &Path, readers: Readers) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::CLOEXEC).bits().cast_signed();
    let mode = match readers {
        Readers::Owner => 0o600,
        // The system applies the user's umask, as for any new file; reading the umask would change it.
        Readers::Usual => 0o666,
    };
    OpenOptions::new().write(true).create_new(true).custom_flags(flags).mode(mode).open(path)
}

/// Copies owner, group and mode as far as the system allows, and never gives more people access: if the group cannot be kept, the
/// new group gets no more rights than everybody has.
pub(crate) fn take_after(file: &File, old: &Facts) -> io::Result<()> {
    let (own, old) = (file.metadata()?, &old.0);
    if (own.uid(), own.gid()) != (old.uid(), old.gid()) && fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        // Only root can give files away; a group that the user belongs to can be kept.
        let _not_ours = fchown(file, None, Some(old.gid()));
    }
    let mut mode = old.mode() & 0o7777;
    if file.metadata()?.gid() != old.gid() {
        mode &= 0o7707 | ((mode & 0o7) << 3);
    }
    file.set_permissions(Permissions::from_mode(mode))
}

/// Whether the file itself may be written. `rename` checks the folder's permissions only, so check the file's here.
pub(crate) fn may_write(path: &Path, facts: &Facts) -> Result<(), NotWritable> {
    ask(path, facts, Access::WRITE_OK)
}

/// Whether names in a folder may be changed.
pub(crate) fn may_write_into(folder: &Path) -> Result<(), NotWritable> {
    let facts = fs::metadata(folder).map(Facts).map_err(NotWritable::Unknown)?;
    ask(folder, &facts, Access::WRITE_OK | Access::EXEC_OK)
}

fn ask(path: &Path, facts: &Facts, access: Access) -> Result<(), NotWritable> {
    // Root may write everything; a mode without any write bit is still the owner's wish.
    if facts.mode() & 0o222 == 0 {
        return Err(NotWritable::Protected(None));
    }
    rustix::fs::access(path, access).map_err(|errno| match errno {
        Errno::ACCESS | Errno::PERM => NotWritable::Protected(Some(errno.into())),
        errno => NotWritable::Unknown(errno.into()),
    })
}

/// Creates the topmost of the user's own folders, and all above it, for this user only. It may be a link, because people move
/// such folders elsewhere.
pub(crate) fn private_root(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).recursive(true).create(folder)?;
    close(folder)
}

/// Creates a folder below that one for this user only. A link in its place is refused: whoever planted it could have files
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
        // Some file systems have no modes.
        let _as_far_as_it_goes = fs::set_permissions(folder, Permissions::from_mode(mode & 0o7700));
    }
    Ok(())
}

/// Renames to a free name; fails with `AlreadyExists` if the name is taken. Some file systems do not support it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn rename_new(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes a write beyond the file size limit fail instead of ending the program, as the signal SIGXFSZ does by default.
pub(crate) fn survive_file_limit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _as_before = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    });
}

/// Whether the error is a loop of links.
pub(crate) fn is_link_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Whether a folder is on a file system that other machines write to, or that sends no change notices.
#[cfg(target_os = "linux")]
pub(crate) fn is_remote(folder: &Path) -> bool {
    // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph, Coda, FUSE.
    const REMOTE: [u32; 9] =
        [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400, 0x7375_7245, 0x6573_5546];
    // The type of the field differs between machines; only its lower half counts.
    rustix::fs::statfs(folder).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_remote(_: &Path) -> bool {
    false
}
