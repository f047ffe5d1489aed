//! Signals: those that end, stop and continue a program, and the one for a new terminal size.

use crate::system::Signal;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// Receives signals instead of the system's default handling. A handler cannot be removed once installed, so a thread must keep
/// waiting.
pub(crate) struct Signals(signal_hook::iterator::Signals);

/// Starts to listen; `None` if the system has no signals.
///
/// # Errors
/// The system's error.
pub(crate) fn listen() -> io::Result<Option<Signals>> {
    let signals = signal_hook::iterator::Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT]))?;
    Ok(Some(Signals(signals)))
}

/// Sets `changed` each time the terminal's size changes.
///
/// # Errors
/// The system's error.
pub(crate) fn tell_of_sizes(changed: &Arc<AtomicBool>) -> io::Result<()> {
    signal_hook::flag::register(SIGWINCH, Arc::clone(changed)).map(drop)
}

impl Signals {
    /// Blocks until signals arrive; several at once have no order.
    pub(crate) fn wait(&mut self) -> Vec<Signal> {
        let known = |number| match number {
            SIGTSTP => Signal::Stop,
            SIGCONT => Signal::Continue,
            number => Signal::End(number),
        };
        self.0.wait().map(known).collect()
    }
}
