//! POSIX systems: Linux, macOS and their relatives.

pub(super) mod files;
pub(crate) mod process;
pub(crate) mod signals;
pub(crate) mod tty;
