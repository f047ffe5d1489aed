//! Edits written down as they are made, and offered again when a session ended without saving them.

use super::{edits, failpoint};
use crate::cost::budget::edit::Edit;
use crate::project::journal::{self, Journal, Left, Prepared, Start, Unusable};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

/// How long a power cut may reach back: so long after an edit the disk is asked to hold it.
pub(super) const SYNC_AFTER: Duration = Duration::from_secs(1);

/// The journal of the open project, and those that may be offered.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    folder: Option<PathBuf>,
    journal: Option<Open>,
    offered: Option<Left>,
    /// The record of edits that were restored and are not saved yet.
    held: Option<Left>,
    /// The first line of the next journal, written ahead of the edit that begins it.
    ahead: Option<(Base, JoinHandle<io::Result<Prepared>>)>,
    /// When the first edit was written that the disk was not asked about yet.
    unsynced: Option<Instant>,
    /// Whether the user was told that edits cannot be recorded.
    said: bool,
}

#[derive(Debug)]
struct Open {
    journal: Journal,
    /// The starting point of its edits.
    base: Base,
    /// The disk refused: the same file is not asked twice, because a second answer proves nothing.
    refused: Arc<AtomicBool>,
}

/// Identifies the starting point of edits: a file with its stamp, or a project without a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) path: Option<PathBuf>,
    pub(super) stamp: Option<crate::project::store::Stamp>,
}

/// The caller's decision about a record.
pub(super) enum Made {
    /// An offer.
    Edits,
    /// Nothing: the project says all of it already.
    Nothing,
    /// Nothing that it can read.
    Unreadable,
}

/// How much of what earlier sessions left is looked at.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Files that are opened.
    files: usize,
    /// Bytes that are read of journals behind the newest one, which is read whatever its size.
    bytes: u64,
}

impl Room {
    /// The records that the first frame may wait for: 100 journals of 50 MB delayed it by 30 s at each start.
    pub(super) const BEFORE_A_FRAME: Room = Room { files: 16, bytes: 8 << 20 };
    /// Where the file is gone and nothing else is left of it: more, and still within a second.
    pub(super) const ONLY_WAY_IN: Room = Room { files: 512, bytes: 64 << 20 };

    /// Whether this many bytes fit; if so, they are deducted from the budget.
    fn takes(&mut self, size: u64) -> bool {
        let rest = self.bytes.checked_sub(size);
        self.bytes = rest.unwrap_or(self.bytes);
        rest.is_some()
    }
}

/// The records of earlier sessions.
#[derive(Default)]
pub(super) struct Looked {
    /// The latest that this program could not use, why, and until when it stays.
    pub(super) unusable: Option<(PathBuf, Unusable, SystemTime)>,
    /// How many there was no room for. They stay where they are.
    pub(super) passed_over: usize,
    /// Where they stay.
    pub(super) folder: PathBuf,
}

impl Recovery {
    pub(super) fn new(folder: Option<PathBuf>) -> Recovery {
        Recovery { folder, ..Recovery::default() }
    }

    /// Whether a journal of this base would still have to write its first line.
    pub(super) fn lacks(&self, base: &Base) -> bool {
        let ready = self.ahead.as_ref().is_some_and(|(ahead, _)| ahead == base);
        self.folder.is_some() && !ready && self.journal.as_ref().is_none_or(|open| open.base != *base)
    }

    /// Writes that line on a thread of its own, so that the frame of the first edit does not wait for it.
    pub(super) fn write_ahead(&mut self, base: Base, start: Start) {
        self.drop_ahead();
        let Some(folder) = self.folder.clone() else { return };
        let write = move || Prepared::new(&folder, &start);
        // Without a thread the edit waits, as it does in a small project.
        self.ahead = thread::Builder::new().name("journal".into()).spawn(write).ok().map(|thread| (base, thread));
    }

    /// Takes the journal that was written ahead for this base. An edit is safe only with a journal, so it waits for the thread.
    fn take_ahead(&mut self, base: &Base) -> Option<Prepared> {
        let (_, thread) = self.ahead.take_if(|(ahead, _)| ahead == base)?;
        thread.join().ok()?.ok()
    }

    /// Deletes the journal that is written ahead.
    fn drop_ahead(&mut self) {
        if let Some((_, thread)) = self.ahead.take() {
            drop(thread.join());
        }
    }

    /// Writes steps down behind those of the same base. Where a journal begins, `start` gives its first line and `whole`, as one
    /// step, all that differs from it. Returns an error once, until writing works again.
    pub(super) fn write(
        &mut self,
        base: Base,
        steps: &[Vec<Edit>],
        now: Instant,
        start: impl FnOnce() -> Start,
        whole: impl FnOnce() -> Vec<Edit>,
    ) -> Option<io::Error> {
        let folder = self.folder.clone()?;
        if steps.is_empty() && self.journal.as_ref().is_none_or(|open| open.base == base) {
            return None;
        }
        self.unsynced.get_or_insert(now);
        // Another program's change is not a step of this session: it is in the base.
        let replaced = steps.iter().flatten().any(|edit| matches!(edit, Edit::Whole { .. }));
        let goes_on =
            |open: &Open| open.base == base && !replaced && !open.journal.is_long() && !open.refused.load(Relaxed);
        if let Some(open) = self.journal.as_mut().filter(|open| goes_on(open)) {
            let lines = steps.iter().map(|step| edits::written(step));
            if lines.map(|line| open.journal.add(&line)).all(|added| added.is_ok()) {
                return None;
            }
            open.refused.store(true, Relaxed);
        }
        let first = edits::written(&whole());
        let ahead = self.take_ahead(&base).and_then(|ready| ready.begin([first.as_str()]).ok());
        match ahead.map_or_else(|| Journal::begin(&folder, &start(), [first.as_str()]), Ok) {
            Ok(journal) => {
                if let Some(old) = self.journal.replace(Open { journal, base, refused: Arc::default() }) {
                    old.journal.remove();
                }
                self.said = false;
                None
            }
            // The old one is kept: it holds what it holds.
            Err(error) => {
                let first = !std::mem::replace(&mut self.said, true);
                first.then_some(error)
            }
        }
    }

    /// Whether edits are written down for some project.
    pub(super) fn is_open(&self) -> bool {
        self.journal.is_some()
    }

    /// The time until the next sync; `None` while nothing is waiting for a sync.
    pub(super) fn sync_in(&self, now: Instant) -> Option<Duration> {
        let since = self.unsynced?;
        Some(SYNC_AFTER.saturating_sub(now.saturating_duration_since(since)))
    }

    /// Asks the disk to hold what was written, on a thread of its own: a busy disk can take seconds.
    pub(super) fn sync(&mut self) {
        self.unsynced = None;
        let Some(open) = &self.journal else { return };
        let refused = Arc::clone(&open.refused);
        match open.journal.handle() {
            Ok(file) => {
                let ask = move || {
                    failpoint::pass("journal", true);
                    refused.store(file.sync_data().is_err(), Relaxed);
                };
                if thread::Builder::new().name("journal".into()).spawn(ask).is_err() {
                    // Better a key that waits than edits that the disk does not have.
                    open.refused.store(open.journal.sync().is_err(), Relaxed);
                }
            }
            Err(_) => open.refused.store(true, Relaxed),
        }
    }

    /// The edits are saved, those that were restored too unless they are undone: there is nothing to recover.
    pub(super) fn saved(&mut self, restored: bool) {
        if let Some(left) = self.held.take_if(|_| restored) {
            left.remove();
        }
        self.end();
    }

    /// The project is left on purpose: this session's edits go, the record of an earlier one stays.
    pub(super) fn end(&mut self) {
        self.give_back();
        self.held = None;
        self.unsynced = None;
        self.drop_ahead();
        if let Some(open) = self.journal.take() {
            open.journal.remove();
        }
    }

    /// Reads the records of earlier sessions of a project, the latest first, until the caller accepts one. That record is
    /// held until it is dropped or another search starts; a record without any effect is deleted. Records without
    /// room are neither read nor deleted.
    pub(super) fn look(
        &mut self,
        path: Option<&Path>,
        mut room: Room,
        mut take_in: impl FnMut(&journal::Content) -> Made,
    ) -> Looked {
        self.offered = None;
        let mut looked = Looked { folder: self.folder.clone().unwrap_or_default(), ..Looked::default() };
        let (left, more) = journal::left(&looked.folder, path, room.files);
        for (nth, left) in left.into_iter().enumerate() {
            if nth > 0 && !room.takes(left.size()) {
                looked.passed_over += 1;
                continue;
            }
            let why = match left.read().map(|content| take_in(&content)) {
                Ok(Made::Edits) => {
                    // The others are next when this one is taken or dropped.
                    self.offered = Some(left);
                    return looked;
                }
                Ok(Made::Unreadable) => Unusable::Damaged,
                Ok(Made::Nothing) => {
                    left.remove();
                    continue;
                }
                Err(why) => why,
            };
            let ends = left.ends();
            if ends <= SystemTime::now() {
                left.remove();
            } else {
                looked.unusable.get_or_insert_with(|| (left.path().to_owned(), why, ends));
            }
        }
        looked.passed_over += more;
        looked
    }

    /// When the latest edits of a file were written that wait there to be offered. `None` if there are none. Nothing is read.
    pub(super) fn waiting(&self, real_path: &Path) -> Option<SystemTime> {
        let (left, _) = journal::left(self.folder.as_deref()?, Some(real_path), Room::BEFORE_A_FRAME.files);
        left.first()?.written()
    }

    /// The offered edits are on screen. Their record stays until they are saved.
    pub(super) fn hold_offered(&mut self) {
        self.held = self.offered.take();
    }

    /// The record of restored edits makes room for the session's own one, which has them: after a kill the same edits are not
    /// offered twice. The disk has to hold the other one first, for as long as that takes: a power cut must not take both.
    pub(super) fn put_aside(&mut self) {
        let (Some(held), Some(open)) = (&mut self.held, &self.journal) else { return };
        if !self.said && !held.is_aside() && open.journal.sync().is_ok() {
            held.put_aside();
        }
    }

    /// The restored edits are undone: their record is offered again at the next start.
    pub(super) fn give_back(&mut self) {
        if let Some(held) = &mut self.held {
            held.give_back();
        }
    }

    /// The content of the offered record, which stays unchanged.
    pub(super) fn offered(&self) -> Option<journal::Content> {
        self.offered.as_ref()?.read().ok()
    }

    /// A person said to delete the offered edits.
    pub(super) fn drop_offered(&mut self) {
        if let Some(left) = self.offered.take() {
            left.remove();
        }
    }
}
