//! Systems without POSIX.

pub(super) mod files;
pub(crate) mod signals;
pub(crate) mod tty;
