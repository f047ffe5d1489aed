//! Files: what they are, and how one is read that somebody else may replace at any moment.

use std::io::{self, Read};
use std::path::Path;

pub(crate) use super::native::files::{
    Facts, create_new, facts, is_link_loop, is_remote, look, may_write, may_write_into, open_to_lock, open_to_read,
    open_to_write, private_folder, private_root, rename_new, survive_file_limit, take_after,
};

/// What stands at a path.
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

/// The same for one file under all of its names, and for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The device that it lies on.
    pub(crate) device: u64,
    /// Its number there.
    pub(crate) number: u64,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever the user lets read new files.
    Usual,
}

/// Why a file may not be written.
pub(crate) enum NotWritable {
    /// It is protected; what the system said, if it was asked.
    Protected(Option<io::Error>),
    /// The system does not say.
    Unknown(io::Error),
}

/// Why there are no bytes of a regular file.
pub(crate) enum NotRead {
    /// Something else stands there.
    Wrong(Kind),
    /// So many bytes, more than are read.
    TooLarge(u64),
    /// It cannot be looked at.
    Look(io::Error),
    /// It cannot be read.
    Read(io::Error),
}

/// All of a regular file of at most `limit` bytes, and what the system says about it. A link is none, and a pipe is not waited for.
///
/// # Errors
/// Why not.
pub(crate) fn read_regular(path: &Path, limit: u64) -> Result<(Vec<u8>, Facts), NotRead> {
    let check = |facts: &Facts| match facts.kind() {
        Kind::File if facts.size() > limit => Err(NotRead::TooLarge(facts.size())),
        Kind::File => Ok(()),
        kind => Err(NotRead::Wrong(kind)),
    };
    check(&look(path).map_err(NotRead::Look)?)?;
    // Should a pipe have taken the place since: opening it so does not wait, and the second look refuses it.
    let file = open_to_read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => NotRead::Look(error),
        _ => NotRead::Read(error),
    })?;
    let facts = facts(&file).map_err(NotRead::Look)?;
    check(&facts)?;
    let mut bytes = Vec::with_capacity(usize::try_from(facts.size()).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(NotRead::Read)?;
    // It may have grown while it was read.
    match bytes.len() as u64 {
        size if size > limit => Err(NotRead::TooLarge(size)),
        _ => Ok((bytes, facts)),
    }
}

/// Whether a folder is there itself, and not a link to one.
pub(crate) fn is_folder(folder: &Path) -> bool {
    look(folder).is_ok_and(|facts| facts.kind() == Kind::Folder)
}

/// Forces a folder's list of names to the disk; whether the system confirmed it.
pub(crate) fn sync_folder(folder: &Path) -> bool {
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).is_ok()
}
