//! Edits that are not saved: written down as they are made, and offered again when a session ended without saving them.

use super::Workspace;
use crate::app::State;
use crate::app::flows::difference::own_edits;
use crate::app::flows::recovery::{Recovered, recovered};
use crate::app::model::outcome::{Opened, Outcome};
use crate::cost::Budget;
use crate::diagnostics::Level;
use crate::project::journal::{Content, Unusable};
use crate::project::open;
use crate::project::store::folder_of;
use crate::runtime::document::{Draft, OpenFile};
use crate::runtime::edits;
use crate::runtime::recovery::{Looked, Made, Room};
use crate::words;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

/// The first edit writes smaller projects down itself, in a millisecond.
const AHEAD_FROM: u64 = 256 * 1024;

impl Workspace {
    /// A new project at the start of the program, or the one without a file that an earlier session did not save.
    pub fn recover_or_new(&mut self) -> Opened {
        let opened = self.new_untitled();
        match self.recover(None, Room::BEFORE_A_FRAME) {
            Ok(left) => left,
            Err(looked) => Opened { notice: told(&looked), ..opened },
        }
    }

    /// Edits of a file that is gone, on the text that they were made on: a project without a file.
    ///
    /// # Errors
    /// If there are none, or the file exists; the error holds the message about edits that stay.
    pub(super) fn open_gone(&mut self, path: &Path) -> Result<Opened, Option<String>> {
        let real = real_path(path).ok_or(None)?;
        let missing = matches!(fs::metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound);
        if !missing {
            return Err(self.waiting(&real, words::recovery_waits_unreadable));
        }
        let left = self.recover(Some(&real), Room::ONLY_WAY_IN).map_err(|looked| told(&looked))?;
        Ok(Opened { notice: Some(words::recovered_gone(path.display())), ..left })
    }

    /// The message about edits of a file that wait because the file cannot be used now. `None` if there are none.
    pub(super) fn waiting(&self, real_path: &Path, say: impl Fn(String) -> String) -> Option<String> {
        let written = jiff::Timestamp::try_from(self.recovery.waiting(real_path)?).ok()?;
        Some(say(written.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()))
    }

    /// The unsaved edits of an earlier session, as a project without a file; or the reason why there are none.
    fn recover(&mut self, of: Option<&Path>, room: Room) -> Result<Opened, Looked> {
        let mut found = None;
        let place = of.unwrap_or(Path::new(words::new_file_name()));
        let looked = self.recovery.look(of, room, |content| {
            let text = content.start.base.clone();
            let before = open::read_text(&text, place, self.basis.catalog).budget;
            let (made, recovered) = offer(content, &before, &before, false);
            found = recovered.map(|recovered| (text, before, recovered));
            made
        });
        let Some((text, budget, recovered)) = found else { return Err(looked) };
        self.leave_for(Draft { gone: of.map(Path::to_owned), ..Draft::of(text, budget.clone()) });
        Ok(Opened { budget, recovered: Some(Box::new(recovered)), notice: told(&looked), ..Opened::default() })
    }

    /// Offers the edits of a file that an earlier session did not save.
    pub(super) fn offer_unsaved(&mut self, file: &OpenFile, opened: &mut Opened) {
        let catalog = self.basis.catalog;
        let mut found = None;
        let looked = self.recovery.look(Some(&file.base.loaded.real_path), Room::BEFORE_A_FRAME, |content| {
            let changed = content.start.base.as_bytes() != file.base.loaded.bytes;
            let now = &file.base.reading.budget;
            let (made, recovered) = match changed {
                true => offer(content, &open::read_text(&content.start.base, &file.path, catalog).budget, now, true),
                false => offer(content, now, now, false),
            };
            found = recovered;
            made
        });
        opened.recovered = found.map(Box::new);
        opened.notice = told(&looked).or(opened.notice.take());
    }

    /// The earlier session's values on the text that it started from, as a project without a file. Its record stays.
    pub(super) fn open_recovered(&mut self) -> Outcome {
        let read = self.recovery.offered().map(|content| {
            let place = content.start.path.clone().unwrap_or_else(|| words::new_file_name().into());
            let before = open::read_text(&content.start.base, &place, self.basis.catalog).budget;
            let mut mine = before.clone();
            _ = edits::replay(&mut mine, &content.steps);
            (content.start.base, before, mine)
        });
        let Some((text, before, mine)) = read else {
            return Outcome::Said(Level::Warning, words::recovery_gone().to_owned());
        };
        let edits = own_edits(&before, &mine);
        let opened = Box::new(Opened { budget: before.clone(), ..Opened::default() });
        self.leave_for(Draft::of(text, before));
        Outcome::Copied { opened, edits }
    }

    /// Writes down what was done since the last call, so that it outlives this process. To be called after each event.
    pub fn note(&mut self, state: &mut State, now: Instant) {
        let steps = state.project.take_log();
        let restored = holds_restored(state);
        if !restored {
            // Before the journal says that they are undone: at every moment one of the two has them.
            self.recovery.give_back();
        }
        if steps.is_empty() && !self.recovery.is_open() {
            return;
        }
        let document = &self.document;
        let start = || document.journal_start();
        let whole = || own_edits(document.base().1, state.base());
        if let Some(error) = self.recovery.write(document.journal_base(), &steps, now, start, whole) {
            state.say(Level::Warning, words::recovery_not_written(error));
        }
        if restored {
            self.recovery.put_aside();
        }
    }

    /// Writes what the first edit of a large project would wait for. To be called once its frame is on screen.
    pub fn write_ahead(&mut self) {
        let large = |file: &&OpenFile| file.base.read_only.is_none() && file.base.loaded.stamp.size > AHEAD_FROM;
        if self.document.file().filter(large).is_none() {
            return;
        }
        let base = self.document.journal_base();
        if self.recovery.lacks(&base) {
            self.recovery.write_ahead(base, self.document.journal_start());
        }
    }

    /// How long the loop may wait before it calls [`Workspace::sync`]; for ever while everything is on the disk.
    #[must_use]
    pub fn sync_in(&self, now: Instant) -> Option<Duration> {
        self.recovery.sync_in(now)
    }

    /// Asks the disk to hold the edits that were written down.
    pub fn sync(&mut self) {
        self.recovery.sync();
    }
}

/// Whether edits of an earlier session that were restored are on screen, not undone.
pub(super) fn holds_restored(state: &State) -> bool {
    state.project.history().has_done(words::step_recovered())
}

fn shown_day(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).date().to_string()
}

/// The edits of a record that can be offered, if any.
fn offer(content: &Content, before: &Budget, now: &Budget, changed: bool) -> (Made, Option<Recovered>) {
    let mut mine = before.clone();
    let damaged = !edits::replay(&mut mine, &content.steps) || content.damaged;
    let offer = recovered(before, &mine, now, changed, damaged);
    let made = match &offer {
        Some(_) => Made::Edits,
        None if damaged => Made::Unreadable,
        None => Made::Nothing,
    };
    (made, offer)
}

/// The messages about records that cannot be used, or were not read.
fn told(looked: &Looked) -> Option<String> {
    let unusable = looked.unusable.as_ref().map(|(path, why, ends)| {
        let day = jiff::Timestamp::try_from(*ends).map_or_else(|_| String::new(), shown_day);
        match why {
            Unusable::Newer => words::recovery_newer(path.display(), day),
            _ => words::recovery_unreadable(path.display(), day),
        }
    });
    let more = looked.passed_over;
    let more = (more > 0).then(|| words::recovery_passed_over(more, looked.folder.display()));
    let all: Vec<String> = unusable.into_iter().chain(more).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The file itself, behind all links, though it may be gone: then it is the one that the path leads to.
fn real_path(path: &Path) -> Option<PathBuf> {
    let beside = |path: &Path| Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    let target = || Some(folder_of(path).join(fs::read_link(path).ok()?));
    fs::canonicalize(path).ok().or_else(|| beside(&target().unwrap_or_else(|| path.to_owned())))
}
