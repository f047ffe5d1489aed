//! The end of the program from outside, which must come soon whatever the main loop does.

use super::{End, guard, tty};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// With the patience of `guard` it keeps the promise of 200 ms from signal to exit.
const JOURNAL_LIMIT: Duration = Duration::from_millis(100);
/// Only for what cannot be foreseen: restoring does not wait for a terminal that does not read, and a machine too busy to
/// restore in 200 ms should still do it.
const RESTORE_LIMIT: Duration = Duration::from_secs(2);

/// Runs `on_end`, gives the terminal back and exits. Returns only if another thread is already at it.
pub(super) fn end(why: End) {
    let Some(on_end) = guard::begin_end() else { return };
    let _ = within(JOURNAL_LIMIT, move || on_end(why));
    if !within(RESTORE_LIMIT, || guard::leave_soon(guard::Phase::Off)) {
        guard::leave_soon(guard::Phase::Off);
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
