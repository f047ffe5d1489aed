//! Lists are read, and what gets under the cap is looked for, on a thread of its own, one task at a time, so that the screen
//! stays alive.
//!
//! Whoever starts the next task, or waits for none any more, drops the channel of the one before: what its thread still finds
//! is dropped, and it ends at the next block of rows or trials. The thread never sleeps and wakes the loop for the last time
//! with its outcome, so a program without a task is woken by nothing.

use super::workspace::expanded;
use crate::app::model::list_request::ListRequest;
use crate::app::model::outcome::Outcome;
use crate::app::model::under_cap::Search;
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Code, Problem};
use crate::project::open::list_problem;
use crate::project::store::load_bytes;
use crate::words;
use jiff::civil::Date;
use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, mpsc::Sender};
use std::thread;
use std::time::{Duration, Instant};

/// A list that is read within this time is shown at once, so that short ones do not flash a message: a frame at 60 Hz.
const AT_ONCE: Duration = Duration::from_millis(16);
/// Rows are told this often: faster than anybody reads them, and ten frames a second cost nothing.
const BETWEEN_ROWS: Duration = Duration::from_millis(100);

/// The task is not wanted any more.
pub(super) struct Stopped;

/// A task: it tells of its progress by [`Telling::rows`], which ends it once it is not wanted any more.
pub(super) type Work = Box<dyn FnOnce(&Telling) -> Result<Outcome, Stopped> + Send>;

/// The task that is running, if one is.
#[derive(Default)]
pub(super) struct Worker {
    running: Option<Running>,
}

struct Running {
    outcomes: Receiver<Outcome>,
    unwanted: Arc<AtomicBool>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.unwanted.store(true, Ordering::Relaxed);
    }
}

/// The thread's end of a [`Running`].
pub(super) struct Telling {
    outcomes: Sender<Outcome>,
    unwanted: Arc<AtomicBool>,
    wake: Box<dyn Fn() + Send>,
    last: Cell<Instant>,
}

impl Telling {
    /// Tells how many rows are read, not too often.
    pub(super) fn rows(&self, rows: usize) -> Result<(), Stopped> {
        if self.unwanted.load(Ordering::Relaxed) {
            return Err(Stopped);
        }
        if rows > 0 && self.last.get().elapsed() >= BETWEEN_ROWS {
            self.last.set(Instant::now());
            self.tell(Outcome::ListRows(rows));
        }
        Ok(())
    }

    /// The flag that is set once the task is not wanted any more.
    pub(super) fn unwanted(&self) -> &AtomicBool {
        &self.unwanted
    }

    fn tell(&self, outcome: Outcome) {
        // What is no longer wanted is dropped without waking the loop.
        if self.outcomes.send(outcome).is_ok() {
            (self.wake)();
        }
    }
}

impl Worker {
    /// Starts a task in place of the one that is running. Returns the outcome if it is there within a frame; else `wake` is
    /// called on the thread for each that [`Worker::news`] has.
    pub(super) fn start(&mut self, work: Work, wake: impl Fn() + Send + 'static) -> Option<Outcome> {
        if let Some(failed) = self.begin(work, wake) {
            return Some(failed);
        }
        let running = self.running.take()?;
        let at_once = running.outcomes.recv_timeout(AT_ONCE).ok();
        if at_once.as_ref().is_none_or(|outcome| matches!(outcome, Outcome::ListRows(_))) {
            self.running = Some(running);
        }
        at_once
    }

    /// Starts a task without waiting for it. Returns the outcome if there can be no thread.
    pub(super) fn begin(&mut self, work: Work, wake: impl Fn() + Send + 'static) -> Option<Outcome> {
        self.running = None;
        let (outcomes, received) = mpsc::channel();
        let unwanted = Arc::new(AtomicBool::new(false));
        let (wake, last) = (Box::new(wake), Cell::new(Instant::now()));
        let telling = Telling { outcomes, unwanted: Arc::clone(&unwanted), wake, last };
        let running = Running { outcomes: received, unwanted };
        // The reader's separators belong to the thread.
        let marks = words::number::marks();
        let read = move || {
            let _reader = words::number::read_as(marks);
            if let Ok(outcome) = work(&telling) {
                telling.tell(outcome);
            }
        };
        if let Err(error) = thread::Builder::new().name("worker".to_owned()).spawn(read) {
            let problem = Problem::new(Code::NoThread, words::no_thread(error));
            return Some(Outcome::NotOpened(vec![problem]));
        }
        self.running = Some(running);
        None
    }

    /// The latest outcome since the last call.
    pub(super) fn news(&mut self) -> Option<Outcome> {
        let latest = self.running.as_ref()?.outcomes.try_iter().last()?;
        if !matches!(latest, Outcome::ListRows(_)) {
            self.running = None;
        }
        Some(latest)
    }

    /// Gives up the running task unless somebody waits for it.
    pub(super) fn go_on_while(&mut self, awaited: bool) {
        if !awaited {
            self.running = None;
        }
    }
}

/// Reads the list of a request. The budget is that of the screen, where nothing changes while a list is awaited.
pub(super) fn read_list(request: ListRequest, budget: Budget, catalog: &'static Catalog) -> Work {
    let load = |path: &Path| {
        let path = expanded(path.to_owned());
        load_bytes(&path).map_err(|error| Box::new(list_problem(&path, &error).in_field()))
    };
    Box::new(move |telling| request.read(load, &budget, catalog, &|rows| telling.rows(rows)))
}

/// Looks for what gets under the cap. Nothing changes on screen while it is awaited.
pub(super) fn search(search: Search, budget: Budget, catalog: &'static Catalog, today: Date) -> Work {
    Box::new(move |telling| {
        let found = search.run(&budget, catalog, today, &|| telling.rows(0).is_ok());
        found.map(|found| Outcome::UnderCap(Box::new(found))).ok_or(Stopped)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

    /// A list that a test reads step by step: a number is rows, `None` is its end.
    fn steered() -> (SyncSender<Option<usize>>, Receiver<bool>, Work) {
        let (steer, steps) = sync_channel(0);
        let (ended, end) = channel();
        let work = move |telling: &Telling| {
            // As if the last rows were told long ago.
            telling.last.set(telling.last.get().checked_sub(BETWEEN_ROWS).unwrap());
            let read = loop {
                match steps.recv().unwrap() {
                    None => break Ok(Outcome::NotOpened(Vec::new())),
                    Some(rows) => match telling.rows(rows) {
                        Ok(()) => {}
                        Err(stopped) => break Err(stopped),
                    },
                }
            };
            ended.send(read.is_ok()).unwrap();
            read
        };
        (steer, end, Box::new(work))
    }

    fn waker() -> (Receiver<()>, impl Fn() + Send + 'static) {
        let (wake, woken) = channel();
        (woken, move || _ = wake.send(()))
    }

    #[test]
    fn rows_are_told_and_then_the_list_and_then_nothing_wakes_any_more() {
        let ((steer, end, work), (woken, wake)) = (steered(), waker());
        let mut worker = Worker::default();
        assert_eq!(worker.start(work, wake), None);
        steer.send(Some(128)).unwrap();
        woken.recv().unwrap();
        assert_eq!(worker.news(), Some(Outcome::ListRows(128)));
        assert_eq!(worker.news(), None, "once");
        steer.send(None).unwrap();
        woken.recv().unwrap();
        assert_eq!(worker.news(), Some(Outcome::NotOpened(Vec::new())));
        assert!(end.recv().unwrap() && woken.recv().is_err(), "the thread is gone, and its waker with it");
        assert_eq!(worker.news(), None);
    }

    #[test]
    fn a_list_that_nobody_waits_for_ends_at_its_next_rows_and_reaches_nobody() {
        let ((steer, end, work), (woken, wake)) = (steered(), waker());
        let mut worker = Worker::default();
        worker.start(work, wake);
        worker.go_on_while(true);
        worker.go_on_while(false);
        steer.send(Some(128)).unwrap();
        assert!(!end.recv().unwrap(), "stopped");
        assert!(woken.recv().is_err(), "without a wake");
        assert_eq!(worker.news(), None);
    }

    #[test]
    fn a_result_after_the_cancel_is_dropped() {
        let ((steer, end, work), (woken, wake)) = (steered(), waker());
        let mut worker = Worker::default();
        worker.start(work, wake);
        worker.go_on_while(false);
        // Past its last rows the thread no longer looks.
        steer.send(None).unwrap();
        assert!(end.recv().unwrap());
        assert!(woken.recv().is_err() && worker.news().is_none());
    }

    #[test]
    fn a_second_list_replaces_the_first() {
        let ((steer, end, first), (woken, wake)) = (steered(), waker());
        let mut worker = Worker::default();
        worker.start(first, wake);
        let ((other, _end, second), (woken_again, wake)) = (steered(), waker());
        assert_eq!(worker.start(second, wake), None);
        steer.send(None).unwrap();
        assert!(end.recv().unwrap() && woken.recv().is_err());
        assert_eq!(worker.news(), None, "nothing of the first");
        other.send(None).unwrap();
        woken_again.recv().unwrap();
        assert!(worker.news().is_some());
    }

    #[test]
    fn a_short_list_is_there_at_once() {
        let mut worker = Worker::default();
        let done: Work = Box::new(|_| Ok(Outcome::NotOpened(Vec::new())));
        let at_once = worker.start(done, || ());
        // On a busy machine it may come a little later.
        if at_once.is_none() {
            while worker.news().is_none() {
                thread::yield_now();
            }
        }
        assert!(worker.running.is_none());
    }
}
