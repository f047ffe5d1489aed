//! The thread that handles signals, and the thread that notices a terminal that is gone.
//!
//! Neither depends on the main loop, which may be stuck: crossterm 0.29 never returns from reading a terminal that has
//! disappeared, and burns a core meanwhile (crossterm #793).

use super::ending::{end, within};
use super::{End, guard, spawn};
use crate::system::signals::{self, Signals};
use crate::system::{Signal, tty};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// A terminal that does not read must not keep this thread from handling the next signal.
const RESUME_LIMIT: Duration = Duration::from_secs(1);

/// The size changed; crossterm notices that only after its first poll for events.
static RESIZED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Whether the size changed since the signal thread started.
pub(super) fn was_resized() -> bool {
    RESIZED.load(SeqCst)
}

/// Starts the signal thread, once for the life of the process.
pub(super) fn spawn_once() -> io::Result<()> {
    static SPAWNED: AtomicBool = AtomicBool::new(false);
    if SPAWNED.swap(true, SeqCst) {
        return Ok(());
    }
    signals::tell_of_sizes(&RESIZED)?;
    match signals::listen()? {
        Some(signals) => spawn("signals", move || answer(signals)),
        None => Ok(()),
    }
}

/// Starts the thread that waits for the terminal's end, once for the life of the process.
pub(super) fn watch_terminal_once() -> io::Result<()> {
    static SPAWNED: AtomicBool = AtomicBool::new(false);
    if SPAWNED.swap(true, SeqCst) {
        return Ok(());
    }
    spawn("hang-up", watch_terminal)
}

fn answer(mut signals: Signals) {
    loop {
        let pending = signals.wait();
        let ending =
            pending.iter().find_map(|signal| if let Signal::End(number) = signal { Some(*number) } else { None });
        if let Some(number) = ending {
            end(End::Signal(number));
        } else if pending.contains(&Signal::Continue) {
            // With a stop in the same batch the order is unknown; a stop that nothing continues would be the worse mistake.
            within(RESUME_LIMIT, guard::resume);
        } else if pending.contains(&Signal::Stop) {
            stop();
        }
    }
}

/// A catchable stop from outside. The kernel ignores one that no shell could continue,
/// and so do we.
fn stop() {
    if tty::can_stop() {
        guard::leave_soon(guard::Phase::Suspended);
        let _ = tty::stop_self();
    }
}

fn watch_terminal() {
    if tty::wait_for_hang_up().is_ok() {
        end(End::TerminalGone);
    }
}
