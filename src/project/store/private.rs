//! Files of the user's own folder: for this user only, and never through a link, a hard link included.

use super::{Temp, folder_of, hold};
use crate::system::files::{self, NotRead, NotWritable, Readers};
use std::io;
use std::path::Path;

/// The content of such a file. `None` if there is none, empty if it is larger than `limit`.
///
/// # Errors
/// The system's error, or that it is not a regular file of one name: links are refused.
pub fn read_private(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    match files::read_regular(path, limit) {
        Ok((bytes, facts)) => files::refuse_others(&facts).map(|()| Some(bytes)),
        Err(NotRead::TooLarge(_)) => files::refuse_others(&files::look(path)?).map(|()| Some(Vec::new())),
        Err(NotRead::Look(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(NotRead::Look(error) | NotRead::Read(error)) => Err(error),
        Err(NotRead::Wrong(_)) => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// Replaces such a file by `bytes` in one step, readable by this user only; false if its content is not `before` any more, as
/// [`read_private`] reads it. A link is neither followed nor replaced.
///
/// # Errors
/// The system's error.
pub fn replace_private(path: &Path, before: Option<&[u8]>, limit: u64, bytes: &[u8]) -> io::Result<bool> {
    let folder = folder_of(path);
    let mut temp = Temp::create(folder, path.file_name().unwrap_or_default(), Readers::Owner)?;
    temp.write(bytes)?;
    temp.sync()?;
    let _held = hold(folder);
    if read_private(path, limit)?.as_deref() != before {
        return Ok(false);
    }
    if before.is_none() {
        return match temp.place_new(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            placed => placed.map(|()| true),
        };
    }
    match files::may_write(path, &files::look(path)?) {
        Ok(()) => temp.replace(path).map(|()| true),
        Err(NotWritable::Protected(_)) => Err(io::ErrorKind::PermissionDenied.into()),
        Err(NotWritable::Unknown(error)) => Err(error),
    }
}
