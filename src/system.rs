//! The operating system behind one narrow interface. No other folder names a system: no `cfg(unix)`, no crate of system calls
//! (`tests/tidy` checks that). The order of the calls in a save, and the messages when one fails, stay with the callers who know
//! the reasons: `project` and `terminal`.
//!
//! | part | what it holds |
//! |---|---|
//! | `files` | what is at a path; reading, creating, replacing and locking files safely |
//! | `folders` | where the user's own files are |
//! | `watch` | notices of changed files, or a look every few seconds |
//! | `unix`, `other` | the calls themselves, for each kind of system: `files`, `process`, `signals`, `tty` |
//!
//! A call that is missing in `other` is not available there yet; another system fits into the same folders.

pub(crate) mod files;
pub(crate) mod folders;
pub(crate) mod watch;

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use other as native;
#[cfg(unix)]
use unix as native;

pub(crate) use native::{process, signals, tty};

/// The request that a signal carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// End the program; the signal's number.
    End(i32),
    /// Stop until [`Signal::Continue`].
    Stop,
    /// Continue after a stop.
    Continue,
}
