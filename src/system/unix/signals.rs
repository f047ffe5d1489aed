//! Signals: the ones that end, stop and continue a program, and the one that tells of a new size.

use crate::system::Signal;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// Signals as they come, instead of what the system does by itself. A handler, once installed, cannot be taken out again: so
/// somebody must go on waiting.
pub(crate) struct Signals(signal_hook::iterator::Signals);

/// Starts to listen; `None` if the system knows no signals.
///
/// # Errors
/// What the system said.
pub(crate) fn listen() -> io::Result<Option<Signals>> {
    let signals = signal_hook::iterator::Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT]))?;
    Ok(Some(Signals(signals)))
}

/// Has `changed` set each time the terminal's size changes.
///
/// # Errors
/// What the system said.
pub(crate) fn tell_of_sizes(changed: &Arc<AtomicBool>) -> io::Result<()> {
    signal_hook::flag::register(SIGWINCH, Arc::clone(changed)).map(drop)
}

impl Signals {
    /// Blocks until there are some; several at once come in no order.
    pub(crate) fn wait(&mut self) -> Vec<Signal> {
        let known = |number| match number {
            SIGTSTP => Signal::Stop,
            SIGCONT => Signal::Continue,
            number => Signal::End(number),
        };
        self.0.wait().map(known).collect()
    }
}
