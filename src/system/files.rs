//! Files: their kind, and reading a file that another program may replace at any moment.

use std::io::{self, Read};
use std::path::Path;

pub(crate) use super::native::files::{
    Facts, create_new, facts, is_link_loop, is_remote, look, may_write, may_write_into, open_to_lock, open_to_read,
    open_to_write, private_folder, private_root, rename_new, survive_file_limit, take_after,
};

/// The kind of thing at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link.
    Link,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// Anything else.
    Device,
}

/// The identity of a file: equal under all of its names, and different from every other file's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Its device.
    pub(crate) device: u64,
    /// Its inode number on the device.
    pub(crate) number: u64,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Only its owner.
    Owner,
    /// Everyone whom the user's umask lets read new files.
    Usual,
}

/// Why a file may not be written.
pub(crate) enum NotWritable {
    /// The file is protected; with the system's error, if there was a call.
    Protected(Option<io::Error>),
    /// The system does not say.
    Unknown(io::Error),
}

/// Why a regular file could not be read.
pub(crate) enum NotRead {
    /// It is not a regular file.
    Wrong(Kind),
    /// It is too large; its size in bytes.
    TooLarge(u64),
    /// Its metadata cannot be read.
    Look(io::Error),
    /// Its content cannot be read.
    Read(io::Error),
}

/// The content of a regular file of at most `limit` bytes, and the system's facts about it. Links are refused, and a pipe never
/// blocks.
///
/// # Errors
/// Why the file could not be read.
pub(crate) fn read_regular(path: &Path, limit: u64) -> Result<(Vec<u8>, Facts), NotRead> {
    let check = |facts: &Facts| match facts.kind() {
        Kind::File if facts.size() > limit => Err(NotRead::TooLarge(facts.size())),
        Kind::File => Ok(()),
        kind => Err(NotRead::Wrong(kind)),
    };
    check(&look(path).map_err(NotRead::Look)?)?;
    // A pipe may have replaced the file since: opening it this way does not block, and the second look refuses it.
    let file = open_to_read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => NotRead::Look(error),
        _ => NotRead::Read(error),
    })?;
    let facts = facts(&file).map_err(NotRead::Look)?;
    check(&facts)?;
    let mut bytes = Vec::with_capacity(usize::try_from(facts.size()).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(NotRead::Read)?;
    // The file may have grown while it was read.
    match bytes.len() as u64 {
        size if size > limit => Err(NotRead::TooLarge(size)),
        _ => Ok((bytes, facts)),
    }
}

/// Refuses what is no file, or has a second name: whoever gave it that name could have another file read and written by it. A
/// file without any name was deleted just now.
pub(crate) fn refuse_others(facts: &Facts) -> io::Result<()> {
    match facts.kind() {
        Kind::File if facts.names() <= 1 => Ok(()),
        Kind::File => Err(io::Error::other("a file with several names (hard links)")),
        Kind::Folder => Err(io::ErrorKind::IsADirectory.into()),
        Kind::Link | Kind::Pipe | Kind::Socket | Kind::Device => Err(io::Error::other("not an ordinary file")),
    }
}

/// Whether the path is a folder itself, not a link to a folder.
pub(crate) fn is_folder(folder: &Path) -> bool {
    look(folder).is_ok_and(|facts| facts.kind() == Kind::Folder)
}

/// Syncs a folder's list of names to the disk; returns whether the system confirmed it.
pub(crate) fn sync_folder(folder: &Path) -> bool {
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).is_ok()
}
