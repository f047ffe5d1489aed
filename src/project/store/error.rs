//! Everything that can go wrong between a path and its bytes.

use crate::system::files::is_link_loop;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The step of reading or saving that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Following links and looking at the path.
    Look,
    /// Opening and reading the file.
    Read,
    /// Creating the temporary file beside it.
    Create,
    /// Giving the temporary file the owner and mode of the file.
    Mode,
    /// Writing the new content.
    Write,
    /// Syncing the new content to the disk. The kernel may have dropped it: another sync of the same file proves nothing.
    Sync,
    /// Renaming the new file over the old one.
    Rename,
}

/// The kind of error. All of these leave the file as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// There is nothing at the path.
    Missing,
    /// The folder for a new file does not exist.
    MissingFolder,
    /// A symbolic link leads nowhere.
    DanglingLink {
        /// The target of the link.
        to: PathBuf,
    },
    /// Symbolic links lead in a circle.
    LinkLoop,
    /// A folder.
    Directory,
    /// A named pipe; reading it could wait for ever.
    Fifo,
    /// A socket.
    Socket,
    /// A character or block device.
    Device,
    /// More bytes than [`FILE_SIZE_MAX`](crate::cost::base::limits::FILE_SIZE_MAX).
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// Offset of the first wrong byte.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
        /// Whether the first line of a project is there, in another encoding.
        ours: bool,
    },
    /// The system denies this user the step.
    NoPermission(Step),
    /// The file's mode or owner protects it from writing, though a rename would get past that.
    ReadOnlyFile,
    /// The folder is not writable, so no temporary file can be created beside the file.
    ReadOnlyFolder,
    /// The whole file system is read-only.
    ReadOnlyFileSystem,
    /// The file has more than one name. A rename would detach the others, and writing in place can tear the file (37 of 100 kills
    /// did), so neither is done without a copy of it.
    HardLinked {
        /// The number of names.
        links: u64,
    },
    /// The content is not the loaded one.
    ChangedOnDisk,
    /// The path leads to another file than the loaded one, with the same content.
    LedElsewhere {
        /// The file that it leads to.
        to: PathBuf,
    },
    /// The loaded file is gone.
    Deleted,
    /// A new file was to be created where one exists.
    Exists,
    /// The disk is full, or the user's quota is used up.
    NoSpace,
    /// The new content read back from disk differs from what was written.
    ReadBack,
    /// The caller's check refused the content that was read back.
    Refused {
        /// The check's own words, for logs.
        reason: String,
    },
    /// Any other error of the system.
    Failed(Step),
}

/// Path, kind, and the system's error if there was one.
#[derive(Debug)]
pub struct StoreError {
    /// The file, as the caller named it or with links resolved.
    pub path: PathBuf,
    /// The kind of error.
    pub kind: StoreErrorKind,
    /// The system's error with its number.
    pub cause: Option<io::Error>,
}

impl StoreError {
    pub(super) fn new(path: &Path, kind: StoreErrorKind) -> Self {
        Self { path: path.to_owned(), kind, cause: None }
    }

    /// A system error, classified by what the user can do about it.
    pub(super) fn from_io(path: &Path, step: Step, cause: io::Error) -> Self {
        let kind = match cause.kind() {
            io::ErrorKind::PermissionDenied => StoreErrorKind::NoPermission(step),
            io::ErrorKind::ReadOnlyFilesystem => StoreErrorKind::ReadOnlyFileSystem,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreErrorKind::NoSpace
            }
            io::ErrorKind::NotFound if step == Step::Look => StoreErrorKind::Missing,
            io::ErrorKind::AlreadyExists if step == Step::Rename => StoreErrorKind::Exists,
            _ if is_link_loop(&cause) => StoreErrorKind::LinkLoop,
            _ => StoreErrorKind::Failed(step),
        };
        Self { path: path.to_owned(), kind, cause: Some(cause) }
    }
}

impl fmt::Display for StoreErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::MissingFolder => f.write_str("there is no such folder"),
            Self::DanglingLink { to } => write!(f, "a link to {}, which is not there", to.display()),
            Self::LinkLoop => f.write_str("links lead in a circle"),
            Self::Directory => f.write_str("a folder, not a file"),
            Self::Fifo => f.write_str("a named pipe, not a file"),
            Self::Socket => f.write_str("a socket, not a file"),
            Self::Device => f.write_str("a device, not a file"),
            Self::TooLarge { size, limit } => write!(f, "{size} bytes, more than {limit}"),
            Self::NotUtf8 { line, column, .. } => write!(f, "not UTF-8 at line {line}, column {column}"),
            Self::NoPermission(step) => write!(f, "no permission ({step:?})"),
            Self::ReadOnlyFile => f.write_str("the file is read-only"),
            Self::ReadOnlyFolder => f.write_str("the folder is read-only"),
            Self::ReadOnlyFileSystem => f.write_str("the file system is read-only"),
            Self::HardLinked { links } => write!(f, "the file has {links} names (hard links)"),
            Self::ChangedOnDisk => f.write_str("the file was changed by another program"),
            Self::LedElsewhere { to } => write!(f, "another file, {}", to.display()),
            Self::Deleted => f.write_str("the file was deleted"),
            Self::Exists => f.write_str("the file is there already"),
            Self::NoSpace => f.write_str("no space left"),
            Self::ReadBack => f.write_str("what was read back is not what was written"),
            Self::Refused { reason } => write!(f, "the new content was refused: {reason}"),
            Self::Failed(step) => write!(f, "could not do it ({step:?})"),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.kind)?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
