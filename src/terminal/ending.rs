//! The end of the program from outside, which must come soon whatever the main loop does.

use super::{End, guard, tty};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Together they keep the promise of 200 ms from signal to exit, with room for a busy machine.
const JOURNAL_LIMIT: Duration = Duration::from_millis(100);
pub(super) const RESTORE_LIMIT: Duration = Duration::from_millis(70);

/// Runs `on_end`, gives the terminal back and exits. Returns only if another thread is already at it.
pub(super) fn end(why: End) {
    let Some(on_end) = guard::begin_end() else { return };
    let _ = within(JOURNAL_LIMIT, move || on_end(why));
    if !within(RESTORE_LIMIT, || guard::leave(guard::Phase::Off)) {
        guard::leave(guard::Phase::Off);
    }
    tty::exit(why.exit_code());
}

/// Runs `work` on a thread of its own and stops waiting after `limit`. A panic in it counts as done. `false` if there is no
/// thread to be had, and so nothing was done.
pub(super) fn within(limit: Duration, work: impl FnOnce() + Send + 'static) -> bool {
    let (done, wait) = mpsc::channel::<()>();
    let started = thread::Builder::new().spawn(move || {
        work();
        drop(done);
    });
    if started.is_ok() {
        let _ = wait.recv_timeout(limit);
    }
    started.is_ok()
}
