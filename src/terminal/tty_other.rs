//! The same calls where there is no POSIX terminal: crossterm does what it can, and there is no job control.

use std::io::{self, Write, stdout};
use std::time::Duration;

pub(super) fn remember() -> io::Result<()> {
    Ok(())
}

/// crossterm remembers the console's mode of the start itself.
pub(super) fn raw() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()
}

pub(super) fn cooked() {
    let _ = crossterm::terminal::disable_raw_mode();
}

pub(super) fn discard_input() {}

pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(bytes)?;
    out.flush()
}

pub(super) fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

pub(super) fn reads_within(_: Duration) -> bool {
    true
}

pub(super) fn is_gone() -> bool {
    false
}

/// Asked only because of a fault on Unix.
pub(super) fn has_input() -> bool {
    false
}

pub(super) fn is_foreground() -> bool {
    true
}

pub(super) fn can_stop() -> bool {
    false
}

pub(super) fn stop_job() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn stop_self() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn wait_for_foreground() {}

pub(super) fn exit(code: i32) {
    std::process::exit(code);
}
