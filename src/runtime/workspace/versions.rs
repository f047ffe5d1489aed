//! The open file's earlier versions: where a save keeps them, the list of versions, and opening a copy of one as a new project.

use super::Workspace;
use crate::app::model::outcome::{Opened, Outcome};
use crate::app::model::picker::Offer;
use crate::config::paths::Paths;
use crate::diagnostics::Problem;
use crate::project::open::{self, store_problem};
use crate::project::store::{Saved, load};
use crate::project::versions::{Version, keep, versions};
use crate::runtime::document::{Draft, OpenFile};
use crate::words;
use std::io;
use std::path::Path;

/// Larger versions are listed by size only: reading twenty of them would delay the list.
const READ_MAX: u64 = 256 * 1024;

impl Workspace {
    /// The open file's earlier versions, the latest first.
    #[must_use]
    pub fn versions(&self) -> Outcome {
        let Some(file) = self.document.file() else { return Outcome::Versions(Vec::new()) };
        let found = self.versions_of(file);
        Outcome::Versions(found.iter().map(|version| self.described(version, &file.path)).collect())
    }

    fn versions_of(&self, file: &OpenFile) -> Vec<Version> {
        let all = self.paths.as_ref().and_then(|paths| paths.versions());
        all.map(|all| versions(&all, &file.base.loaded.real_path)).unwrap_or_default()
    }

    /// When a version was replaced, and its total.
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
        let reading = open::read_text(&text, project, self.basis.catalog);
        if reading.unparsable() {
            return None;
        }
        Some(words::version_what(reading.budget.lines.len(), self.basis.total(&reading.budget)))
    }

    /// Opens a copy of an earlier version as a project without a file.
    ///
    /// # Errors
    /// If the version cannot be read.
    pub fn open_version(&mut self, version: &Path) -> Result<Opened, Vec<Problem>> {
        let loaded = load(version).map_err(|error| vec![store_problem(version, &error)])?;
        let text = String::from_utf8_lossy(&loaded.bytes).into_owned();
        let file = self.document.file();
        // Relative paths in the copy start from the project's folder.
        let place = file.map_or(version, |file| file.path.as_path());
        let reading = open::read_text(&text, place, self.basis.catalog);
        if reading.unparsable() || reading.newer.is_some() {
            return Err(reading.problems);
        }
        let known = file.map(|file| self.versions_of(file)).unwrap_or_default();
        let name = || version.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let when = known.iter().find(|known| known.path == version).map_or_else(name, |known| shown_time(known.at));
        self.leave_for(Draft { text, budget: reading.budget.clone(), ..Draft::default() });
        let notice = Some(words::notice_version_open(when));
        Ok(Opened { budget: reading.budget, problems: reading.problems, notice, ..Opened::default() })
    }

    /// Puts a text that a save replaces among the versions of the file at this path.
    pub(super) fn keeps(&self, path: &Path) -> impl Fn(&[u8]) -> io::Result<()> + use<> {
        // Where a save keeps the replaced file, and the path that the version is listed under.
        let all = self.paths.as_ref().and_then(Paths::versions);
        let place = all.and_then(|all| Some((all, std::fs::canonicalize(path).ok()?)));
        move |bytes| match &place {
            Some((all, real)) => keep(all, real, bytes, jiff::Timestamp::now()),
            None => Err(io::Error::other(words::version_nowhere())),
        }
    }

    /// Why the replaced text was not kept, if that was promised: without the user's own folders, it was not.
    pub(super) fn not_kept(&self, saved: &mut Saved) -> Option<String> {
        saved.not_kept.take().filter(|_| self.paths.is_some())
    }
}

/// The time in the user's time zone.
fn shown_time(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
