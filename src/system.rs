//! The operating system behind one narrow interface. Nothing outside of this folder names one: no `cfg(unix)`, no crate of system
//! calls (`tests/tidy` holds that). Which calls a save makes in which order, and what is said when one fails, stays with those who
//! know why: `project` and `terminal`.
//!
//! | part | what it holds |
//! |---|---|
//! | `files` | what stands at a path, reading it safely, making, replacing and guarding it |
//! | `folders` | where the user's own files are |
//! | `watch` | being told when a file changes, or looking every few seconds |
//! | `unix`, `other` | the calls themselves, once for each kind of system: `files`, `process`, `signals`, `tty` |
//!
//! What is missing in `other` does not exist there yet; a second system needs no other room.

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

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The program is to end; the signal's number.
    End(i32),
    /// It is to stop until [`Signal::Continue`].
    Stop,
    /// It was stopped and goes on.
    Continue,
}
