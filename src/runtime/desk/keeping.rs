//! What the desk keeps in the user's own folder beside the project: edits that are not saved, earlier versions, the lock.

use super::super::edits;
use super::super::recovery::{Base, Found, Made};
use super::{Desk, Start as Begun};
use crate::app::State;
use crate::app::flows::difference::edits_between;
use crate::app::flows::recovery::{Recovered, recovered};
use crate::app::model::outcome::{Opened, Outcome};
use crate::app::model::picker::Offer;
use crate::cost::{Budget, estimate};
use crate::diagnostics::{Level, Problem};
use crate::project::journal::{Content, Start, Unusable};
use crate::project::lock::{self, Taken};
use crate::project::open::{self, Open, store_problem};
use crate::project::store::{load, sweep};
use crate::project::versions::{Version, versions};
use crate::project::write;
use crate::words;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

/// Larger versions are listed by their size: reading twenty of them would keep the list waiting.
const READ_MAX: u64 = 256 * 1024;

/// The first edit writes smaller projects down itself, in a millisecond.
const AHEAD_FROM: u64 = 256 * 1024;

impl Desk {
    /// A new project at the start of the program, or the one without a file that an earlier session did not save.
    pub fn start(&mut self) -> Opened {
        let opened = self.begin();
        match self.left_behind(None) {
            Ok(left) => left,
            Err(looked) => Opened { notice: told(looked), ..opened },
        }
    }

    /// Edits of a file that is gone, on the text that they were made on: a project without a file. None where there are none, or
    /// the file is there.
    pub(super) fn of_a_gone_file(&mut self, path: &Path) -> Option<Opened> {
        let missing = matches!(fs::metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let real = fs::canonicalize(folder).ok().filter(|_| missing)?.join(path.file_name()?);
        let left = self.left_behind(Some(&real)).ok()?;
        Some(Opened { notice: Some(words::recovered_gone(path.display())), ..left })
    }

    /// What an earlier session did not save, as a project without a file; or what came of looking for it.
    fn left_behind(&mut self, of: Option<&Path>) -> Result<Opened, Option<Found>> {
        let mut found = None;
        let place = of.unwrap_or(Path::new(words::new_file_name()));
        let looked = self.recovery.look(of, |content| {
            let text = content.start.base.clone();
            let before = open::read_text(&text, place, self.catalog).budget;
            let (made, recovered) = offer(content, &before, &before, false);
            found = recovered.map(|recovered| (text, before, recovered));
            made
        });
        let Some((text, budget, recovered)) = found else { return Err(looked) };
        let opened = self.begin();
        if text != write::EMPTY {
            self.start = Some(Begun { text, budget: budget.clone(), extends: None });
        }
        Ok(Opened { budget, recovered: Some(Box::new(recovered)), ..opened })
    }

    /// After a file was opened: sweeps its folder, takes its lock, and looks for edits that were not saved.
    pub(super) fn settle_in(&mut self, path: &Path, opened: &mut Opened) {
        let Some(open) = &self.open else { return };
        let real = open.loaded.real_path.clone();
        if let Some(folder) = real.parent() {
            sweep(folder);
        }
        opened.notice = self.take_lock(&real);
        let Some(open) = &self.open else { return };
        if opened.read_only.is_some() {
            return;
        }
        let catalog = self.catalog;
        let mut found = None;
        let looked = self.recovery.look(Some(&real), |content| {
            let changed = content.start.base.as_bytes() != open.loaded.bytes;
            let now = &open.reading.budget;
            let (made, recovered) = match changed {
                true => offer(content, &open::read_text(&content.start.base, path, catalog).budget, now, true),
                false => offer(content, now, now, false),
            };
            found = recovered;
            made
        });
        opened.recovered = found.map(Box::new);
        opened.notice = told(looked).or(opened.notice.take());
    }

    /// Takes the lock of the open file; says who else has it open.
    fn take_lock(&mut self, real: &Path) -> Option<String> {
        if self.lock.as_ref().is_some_and(|(held, _)| held == real) {
            return None;
        }
        self.lock = None;
        match lock::take(&self.paths.as_ref()?.locks()?, real) {
            Taken::Ours(lock) => self.lock = Some((real.to_owned(), lock)),
            Taken::Theirs(holder) => return Some(words::open_elsewhere(holder.pid, &holder.host)),
            Taken::None => {}
        }
        None
    }

    /// After a save, which may have gone to another file.
    pub(super) fn lock_saved(&mut self) {
        if let Some(real) = self.open.as_ref().map(|open| open.loaded.real_path.clone()) {
            // Who else has it open was said when it was opened, or matters to the one who comes second.
            let _somebody_else = self.take_lock(&real);
        }
    }

    /// Writes down what was done since the last call, so that it outlives this process. To be called after each event.
    pub fn note(&mut self, state: &mut State, now: Instant) {
        let steps = state.project.take_log();
        if steps.is_empty() && !self.recovery.is_open() {
            return;
        }
        let base = base_of(self.open.as_ref());
        let (open, begun) = (&self.open, &self.start);
        let start = || match (open, begun) {
            (Some(open), _) => start_of(open),
            (None, Some(begun)) => Start::new(None, begun.text.clone()),
            (None, None) => Start::new(None, write::EMPTY.to_owned()),
        };
        let whole = || match (open, begun) {
            (Some(open), _) => edits_between(&open.reading.budget, state.budget()),
            (None, Some(begun)) => edits_between(&begun.budget, state.budget()),
            (None, None) => edits_between(&Budget::default(), state.budget()),
        };
        if let Some(error) = self.recovery.write(base, &steps, now, start, whole) {
            state.say(Level::Warning, words::recovery_not_written(error));
        }
    }

    /// Writes what the first edit of a large project would wait for. To be called once its frame is on screen.
    pub fn write_ahead(&mut self) {
        let large = |open: &&Open| open.read_only.is_none() && open.loaded.stamp.size > AHEAD_FROM;
        let Some(open) = self.open.as_ref().filter(large) else { return };
        let base = base_of(Some(open));
        if self.recovery.lacks(&base) {
            self.recovery.write_ahead(base, start_of(open));
        }
    }

    /// How long the loop may wait before it calls [`Desk::sync`]; for ever while everything is on the disk.
    #[must_use]
    pub fn sync_in(&self, now: Instant) -> Option<Duration> {
        self.recovery.sync_in(now)
    }

    /// Asks the disk to hold the edits that were written down.
    pub fn sync(&mut self) {
        self.recovery.sync();
    }

    /// What the earlier session had on screen, on the text that it started from: a project without a file. Its record stays.
    pub(super) fn open_recovered(&mut self) -> Outcome {
        let read = self.recovery.offered().map(|content| {
            let place = content.start.path.clone().unwrap_or_else(|| words::new_file_name().into());
            let before = open::read_text(&content.start.base, &place, self.catalog).budget;
            let mut mine = before.clone();
            _ = edits::replay(&mut mine, &content.steps);
            (content.start.base, before, mine)
        });
        let Some((text, before, mine)) = read else {
            return Outcome::Said(Level::Warning, words::recovery_gone().to_owned());
        };
        self.begin();
        let edits = edits_between(&before, &mine);
        let opened = Box::new(Opened { budget: before.clone(), ..Opened::default() });
        if text != write::EMPTY {
            self.start = Some(Begun { text, budget: before, extends: None });
        }
        Outcome::Copied { opened, edits }
    }

    /// The project is left on purpose, with everything in it saved or dropped.
    pub fn close(&mut self) {
        self.recovery.end();
        self.lock = None;
    }

    /// The open file's earlier versions, the latest first.
    #[must_use]
    pub fn versions(&self) -> Outcome {
        let all = self.paths.as_ref().and_then(|paths| paths.versions());
        let (Some(all), Some(open), Some(path)) = (all, &self.open, &self.path) else {
            return Outcome::Versions(Vec::new());
        };
        let found = versions(&all, &open.loaded.real_path);
        Outcome::Versions(found.iter().map(|version| self.described(version, path)).collect())
    }

    /// When a version was replaced, and what it comes to.
    fn described(&self, version: &Version, project: &Path) -> Offer {
        let what = if version.size > READ_MAX {
            words::version_size(version.size / 1024)
        } else {
            self.summed_up(version, project).unwrap_or_else(|| words::version_unreadable().to_owned())
        };
        Offer::Version(version.path.clone(), shown_time(version.at), what)
    }

    fn summed_up(&self, version: &Version, project: &Path) -> Option<String> {
        let text = String::from_utf8(load(&version.path).ok()?.bytes).ok()?;
        let reading = open::read_text(&text, project, self.catalog);
        if reading.unparsable() {
            return None;
        }
        let total = estimate(&reading.budget, self.catalog, self.today).totals.total;
        let total =
            total.map_or_else(|| words::unknown().to_owned(), |usd| words::number::shown(&reading.budget.shown, usd));
        Some(words::version_what(reading.budget.lines.len(), total))
    }

    /// Opens a copy of an earlier version as a project without a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open_version(&mut self, version: &Path) -> Result<Opened, Vec<Problem>> {
        let refused = |problem| Err(vec![problem]);
        let loaded = match load(version) {
            Ok(loaded) => loaded,
            Err(error) => return refused(store_problem(version, &error)),
        };
        let text = String::from_utf8_lossy(&loaded.bytes).into_owned();
        // Relative paths in it start from where the project stands.
        let place = self.path.clone().unwrap_or_else(|| version.to_owned());
        let reading = open::read_text(&text, &place, self.catalog);
        if reading.unparsable() || reading.newer.is_some() {
            return Err(reading.problems);
        }
        let name = version.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let listed = self.open.as_ref().zip(self.paths.as_ref().and_then(|paths| paths.versions()));
        let known = listed.map(|(open, all)| versions(&all, &open.loaded.real_path)).unwrap_or_default();
        let when = known.iter().find(|known| known.path == version).map_or(name, |known| shown_time(known.at));
        self.begin();
        self.start = Some(Begun { text, budget: reading.budget.clone(), extends: None });
        let notice = Some(words::notice_version_open(when));
        Ok(Opened { budget: reading.budget, problems: reading.problems, notice, ..Opened::default() })
    }

    /// Where a save puts what it replaces, and the path that it goes by there.
    pub(super) fn version_place(&self, path: &Path) -> Option<(PathBuf, PathBuf)> {
        let all = self.paths.as_ref()?.versions()?;
        Some((all, std::fs::canonicalize(path).ok()?))
    }
}

fn base_of(open: Option<&Open>) -> Base {
    let loaded = open.map(|open| &open.loaded);
    Base { path: loaded.map(|loaded| loaded.real_path.clone()), stamp: loaded.map(|loaded| loaded.stamp) }
}

fn start_of(open: &Open) -> Start {
    Start::new(Some(&open.loaded.real_path), String::from_utf8_lossy(&open.loaded.bytes).into_owned())
}

/// In the user's own time zone.
fn shown_time(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn shown_day(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).date().to_string()
}

/// What there is to offer of a record, if anything.
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

/// What there is to say of a record that cannot be used.
fn told(found: Option<Found>) -> Option<String> {
    let Found::Unusable(path, why, ends) = found? else { return None };
    let day = jiff::Timestamp::try_from(ends).map_or_else(|_| String::new(), shown_day);
    Some(match why {
        Unusable::Newer => words::recovery_newer(path.display(), day),
        _ => words::recovery_unreadable(path.display(), day),
    })
}
