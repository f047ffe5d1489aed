//! The end of the program from outside, which must come soon whatever the main loop does.

use super::{End, guard};
use crate::system::tty;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// With `PATIENCE` in `guard`, this keeps the promise of 200 ms from signal to exit.
const JOURNAL_LIMIT: Duration = Duration::from_millis(100);
/// A limit for unforeseen cases only: restoring does not wait for a terminal that does not read, and a machine too busy to
/// restore in 200 ms should still do it.
const RESTORE_LIMIT: Duration = Duration::from_secs(2);

/// Runs `on_end`, restores the terminal and exits. Returns only if another thread is already ending the program.
pub(super) fn end(why: End) {
    let Some(on_end) = guard::begin_end() else { return };
    within(JOURNAL_LIMIT, move || on_end(why));
    within(RESTORE_LIMIT, || guard::leave_soon(guard::Phase::Off));
    tty::exit(why.exit_code());
}

/// Runs `work` on a thread and stops waiting after `limit`; without a thread, runs it here to its end. A panic in it counts as
/// done.
pub(super) fn within(limit: Duration, work: impl FnOnce() + Send + 'static) {
    within_on(thread::Builder::new(), limit, work);
}

fn within_on(builder: thread::Builder, limit: Duration, work: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel::<()>();
    // A failed spawn drops its closure, so keep `work` in reach.
    let work = Arc::new(Mutex::new(Some(work)));
    let shared = Arc::clone(&work);
    let started = builder.spawn(move || {
        run(&shared);
        drop(done);
    });
    match started {
        Ok(_) => drop(wait.recv_timeout(limit)),
        Err(_) => drop(panic::catch_unwind(AssertUnwindSafe(|| run(&work)))),
    }
}

fn run<W: FnOnce()>(work: &Mutex<Option<W>>) {
    let work = work.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(work) = work {
        work();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

    #[test]
    fn work_is_done_once_with_a_thread_and_without_one() {
        let limit = Duration::from_secs(20);
        // No machine can allocate such a stack.
        let none_to_be_had = || thread::Builder::new().stack_size(usize::MAX / 4);
        assert!(none_to_be_had().spawn(|| ()).is_err());
        for builder in [thread::Builder::new(), none_to_be_had()] {
            let done = Arc::new(AtomicU32::new(0));
            let count = Arc::clone(&done);
            within_on(builder, limit, move || {
                count.fetch_add(1, SeqCst);
            });
            assert_eq!(done.load(SeqCst), 1);
        }
        within_on(none_to_be_had(), limit, || panic!("counts as done"));
    }
}
