//! A project file from disk: its bytes, its budget, and whether it may be written.

use super::prompts::DiskPrompts;
use super::read::{Reading, read};
use super::store::{self, Loaded, Step, StoreError, StoreErrorKind};
use super::team::DiskTeam;
use crate::cost::Catalog;
use crate::diagnostics::{Code, Position, Problem};
use crate::words;
use std::path::{Path, PathBuf};

/// An open project file.
#[derive(Debug)]
pub struct Open {
    /// The bytes and their identity on disk.
    pub loaded: Loaded,
    /// The reading of the bytes.
    pub reading: Reading,
    /// Why the file must not be written, if so.
    pub read_only: Option<String>,
}

/// The file that a name means: itself if it is there and no folder, else `NAME.retake.toml` or `NAME.toml`; itself if neither
/// is there.
///
/// # Errors
/// If both of these are there.
pub fn find(named: &Path) -> Result<PathBuf, Box<Problem>> {
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    // A folder of that name is no project, so that a file beside it may be meant.
    if named.file_name().is_none() || is_there(named) && !named.is_dir() {
        return Ok(named.to_owned());
    }
    let [ours, any] = [".retake.toml", ".toml"].map(|ending| {
        let mut name = named.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    match (is_there(&ours), is_there(&any)) {
        (true, true) => {
            let several = words::file_several(named.display(), ours.display(), any.display());
            Err(Box::new(Problem::new(Code::FileAmbiguous, several).with_remedy(words::file_several_remedy())))
        }
        (true, false) => Ok(ours),
        (false, true) => Ok(any),
        (false, false) => Ok(named.to_owned()),
    }
}

/// Opens a project file.
///
/// # Errors
/// If the file cannot be read at all; all problems inside it are in the reading.
pub fn open(path: &Path, catalog: &Catalog) -> Result<Open, Box<Problem>> {
    let loaded = store::load(path).map_err(|error| Box::new(open_problem(path, &error)))?;
    read_again(loaded, path, catalog)
}

/// Reads bytes that are already loaded.
///
/// # Errors
/// If the bytes are not UTF-8.
pub fn read_again(loaded: Loaded, path: &Path, catalog: &Catalog) -> Result<Open, Box<Problem>> {
    let text = std::str::from_utf8(&loaded.bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let valid = String::from_utf8_lossy(&loaded.bytes[..offset]);
        let (line, column) = super::outline::line_column(&valid, offset);
        let kind = StoreErrorKind::NotUtf8 { offset, line, column, ours: store::is_ours(&loaded.bytes) };
        let error = StoreError { path: path.to_owned(), kind, cause: None };
        Box::new(open_problem(path, &error))
    })?;
    let reading = read_text(text, path, catalog);
    Ok(Open::of(loaded, reading))
}

impl Open {
    /// Bytes with their existing reading.
    #[must_use]
    pub fn of(loaded: Loaded, reading: Reading) -> Open {
        let newer = reading.newer.map(words::read_only_newer);
        let broken = reading.unparsable().then(|| words::read_only_unparsable().to_owned());
        Open { read_only: newer.or(broken), reading, loaded }
    }
}

/// Reads a project's text, with the files that it extends and its prompts.
#[must_use]
pub fn read_text(text: &str, path: &Path, catalog: &Catalog) -> Reading {
    read(text, Some(path), catalog, &mut DiskTeam::new(), &mut DiskPrompts::new(path))
}

/// Reads the text of a project that has no file: a team file has no folder to be found from.
#[must_use]
pub fn read_without_place(text: &str, catalog: &Catalog) -> Reading {
    read(text, None, catalog, &mut DiskTeam::new(), &mut DiskPrompts::new(Path::new("")))
}

/// A failure to load a project, in words: what never was one is said to be none.
fn open_problem(path: &Path, error: &StoreError) -> Problem {
    if !matches!(error.kind, StoreErrorKind::NotUtf8 { ours: false, .. }) {
        return store_problem(path, error);
    }
    let problem = Problem::new(Code::NotAProject, words::not_a_project());
    problem
        .with_remedy(words::not_a_project_remedy())
        .with_field_remedy(words::not_a_project_field_remedy())
        .of_no_text()
        .at(Some(path), None)
}

/// A failure to load or save, in words.
#[must_use]
pub fn store_problem(path: &Path, error: &StoreError) -> Problem {
    let cause = error.cause.as_ref().map_or_else(|| error.kind.to_string(), ToString::to_string);
    problem(path, &error.kind, &cause)
}

/// A failure to load a list, in words: the remedies for a project's path do not help to find a list.
#[must_use]
pub fn list_problem(path: &Path, error: &StoreError) -> Problem {
    let problem = store_problem(path, error);
    let remedy = match error.kind {
        StoreErrorKind::Missing => words::list_missing_remedy(),
        StoreErrorKind::Directory => words::list_folder_remedy(),
        StoreErrorKind::Fifo | StoreErrorKind::Socket | StoreErrorKind::Device => words::list_stream_remedy(),
        StoreErrorKind::TooLarge { .. } => words::list_too_large_remedy(),
        _ => return problem,
    };
    problem.with_remedy(remedy)
}

fn problem(path: &Path, kind: &StoreErrorKind, cause: &str) -> Problem {
    let file = &path.display();
    let make = |code, message: String, allowed: &str, remedy: &str| {
        Problem::new(code, message).with_allowed(allowed).with_remedy(remedy)
    };
    let not_a_file =
        |what: &str, remedy: &str| make(Code::NotAFile, words::store_not_a_file(file, what), "", remedy).of_no_text();
    let no_stream =
        |what| not_a_file(what, words::store_stream_remedy()).with_field_remedy(words::store_stream_field_remedy());
    let elsewhere = words::store_save_elsewhere();
    match kind {
        StoreErrorKind::Missing => {
            make(Code::Missing, words::file_not_found(file), "", &words::store_missing_remedy(file))
                .with_field_remedy(words::list_missing_remedy())
        }
        StoreErrorKind::MissingFolder => {
            make(Code::MissingFolder, words::store_missing_folder(file), "", words::store_missing_folder_remedy())
        }
        StoreErrorKind::DanglingLink { to } => {
            make(Code::DanglingLink, words::store_dangling(file, to.display()), "", words::store_dangling_remedy())
        }
        StoreErrorKind::LinkLoop => make(Code::LinkLoop, words::store_loop(file), "", words::store_dangling_remedy()),
        StoreErrorKind::Directory => not_a_file(words::store_folder(), words::store_folder_remedy()),
        StoreErrorKind::Fifo => no_stream(words::store_fifo()),
        StoreErrorKind::Socket => no_stream(words::store_socket()),
        StoreErrorKind::Device => no_stream(words::store_device()),
        StoreErrorKind::TooLarge { size, limit } => {
            let (size, limit) = (size.div_ceil(1 << 20), limit >> 20);
            let allowed = words::text_too_large_allowed(limit);
            make(Code::TooLarge, words::store_too_large(file, size), &allowed, words::store_too_large_remedy())
                .of_no_text()
        }
        StoreErrorKind::NotUtf8 { line, column, .. } => {
            let number = |n: &usize| u32::try_from(*n).unwrap_or(u32::MAX);
            let position = Position { line: number(line), column: number(column) };
            make(Code::NotUtf8, words::store_not_utf8(file), "UTF-8", words::store_not_utf8_remedy())
                .of_no_text()
                .at(Some(path), Some(position))
        }
        StoreErrorKind::NoPermission(Step::Look | Step::Read) => {
            make(Code::NoPermission, words::file_no_permission_to_read(file), "", words::store_may_not_read_remedy())
        }
        StoreErrorKind::NoPermission(_) => make(Code::NoPermission, words::store_may_not_write(file), "", elsewhere),
        StoreErrorKind::ReadOnlyFile => make(Code::ReadOnly, words::store_read_only_file(file), "", elsewhere),
        StoreErrorKind::ReadOnlyFolder => make(Code::ReadOnly, words::store_read_only_folder(file), "", elsewhere),
        StoreErrorKind::ReadOnlyFileSystem => make(Code::ReadOnly, words::store_read_only_system(file), "", elsewhere),
        StoreErrorKind::HardLinked { links } => {
            make(Code::HardLinked, words::store_hard_linked(file, links), "", elsewhere)
        }
        StoreErrorKind::ChangedOnDisk => {
            make(Code::ChangedOnDisk, words::store_changed(file), "", words::store_changed_remedy())
        }
        StoreErrorKind::LedElsewhere { to } => {
            make(Code::LedElsewhere, words::store_led_elsewhere(file, to.display()), "", words::store_changed_remedy())
        }
        StoreErrorKind::Deleted => make(Code::Deleted, words::store_deleted(file), "", elsewhere),
        StoreErrorKind::Exists => make(Code::Exists, words::store_exists(file), "", elsewhere),
        StoreErrorKind::NoSpace => make(Code::NoSpace, words::store_no_space(file), "", words::store_no_space_remedy()),
        StoreErrorKind::ReadBack => make(Code::ReadBack, words::store_read_back(file), "", elsewhere),
        StoreErrorKind::Refused { reason } => {
            make(Code::Refused, words::store_refused(file, reason), "", words::store_refused_remedy())
        }
        StoreErrorKind::Failed(_) => make(Code::Failed, words::store_failed(file, cause), "", ""),
    }
}
