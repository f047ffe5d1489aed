//! Terminal calls on systems without a POSIX terminal: crossterm does what it can, and there is no job control.

use std::io::{self, Write, stdout};
use std::time::Duration;

pub(crate) fn remember() -> io::Result<()> {
    Ok(())
}

/// crossterm itself remembers the console's mode at the start.
pub(crate) fn raw() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()
}

pub(crate) fn cooked() {
    let _ = crossterm::terminal::disable_raw_mode();
}

pub(crate) fn discard_input() {}

pub(crate) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(bytes)?;
    out.flush()
}

pub(crate) fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

/// Consoles set no TERM.
pub(crate) fn is_dumb() -> bool {
    false
}

pub(crate) fn reads_within(_: Duration) -> bool {
    true
}

/// There is no notice of a closed terminal here.
pub(crate) fn wait_for_hang_up() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn is_gone() -> bool {
    false
}

/// Needed only because of a fault on Unix.
pub(crate) fn has_input() -> bool {
    false
}

pub(crate) fn is_foreground() -> bool {
    true
}

pub(crate) fn can_stop() -> bool {
    false
}

pub(crate) fn stop_job() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn stop_self() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn wait_for_foreground() {}

pub(crate) fn exit(code: i32) {
    std::process::exit(code);
}
