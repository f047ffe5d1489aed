//! Which files are open in a dashboard, so that a second one can say so. Nothing depends on it: a file system may know no
//! locks, and what keeps one session from overwriting another is the comparison before each save.
//!
//! The lock goes by the file's real path. Its inode would be another one after each save.

use super::versions::label;
use crate::cost::base::limits::LOCK_BYTES_MAX;
use crate::system::{files, process};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file that this process has open; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: File,
}

/// Who has the file open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process; 0 where it did not say.
    pub pid: u32,
    /// Its machine.
    pub host: String,
}

/// The result of asking for the lock.
#[derive(Debug)]
pub enum Taken {
    /// The lock is ours.
    Ours(Lock),
    /// Another session has it.
    Theirs(Holder),
    /// There are no locks here.
    None,
    /// Something is in the way of the lock's file, or it cannot be written.
    Blocked(io::Error),
}

/// Takes the lock of a file, unless another session holds it. A lock file left by a dead session does not block.
#[must_use]
pub fn take(folder: &Path, real_path: &Path) -> Taken {
    let path = folder.join(label(real_path));
    // Whoever lets go of a lock deletes its file: one that was opened just before that is no longer the one in the folder.
    for _ in 0..8 {
        match open_and_lock(folder, &path) {
            Ok(Some((file, true))) if is_still(&file, &path) => return write_holder(Lock { path, file }),
            Ok(Some((_, true))) => {}
            Ok(Some((file, false))) => return Taken::Theirs(holder(file)),
            Ok(None) => return Taken::None,
            Err(error) => return Taken::Blocked(error),
        }
    }
    Taken::None
}

/// The open file, and whether it is locked now. `None` if the file system knows no locks.
fn open_and_lock(folder: &Path, path: &Path) -> io::Result<Option<(File, bool)>> {
    files::private_folder(folder)?;
    let file = files::open_to_lock(path)?;
    Ok(match file.try_lock() {
        Ok(()) => Some((file, true)),
        Err(TryLockError::WouldBlock) => Some((file, false)),
        Err(TryLockError::Error(_)) => None,
    })
}

fn is_still(file: &File, path: &Path) -> bool {
    matches!((files::facts(file), files::look(path)), (Ok(ours), Ok(there)) if ours.identity() == there.identity())
}

fn write_holder(lock: Lock) -> Taken {
    let host = process::host();
    let mut file = &lock.file;
    let holder = format!("{} {host}\n", std::process::id());
    // Over what a session that was killed left; only the first line counts. To empty the file first would have the disk give its
    // block back while the first frame waits.
    let _for_people_only = file.write_all(holder.as_bytes());
    Taken::Ours(lock)
}

fn holder(file: File) -> Holder {
    let mut bytes = Vec::new();
    let _unknown_then = file.take(LOCK_BYTES_MAX).read_to_end(&mut bytes);
    // The rest of an older holder's text after the first line may begin in the middle of a character.
    let text = String::from_utf8_lossy(&bytes);
    // A line without an end was cut off by a full disk or a limit.
    let (pid, host) = text.split_once('\n').and_then(|(line, _)| line.split_once(' ')).unwrap_or_default();
    Holder { pid: pid.parse().unwrap_or(0), host: host.to_owned() }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if is_still(&self.file, &self.path) {
            let _already_gone = fs::remove_file(&self.path);
        }
    }
}
