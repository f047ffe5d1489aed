//! What the system says about a file, as a problem with its remedy, and whose fault it is.

use super::answer::Exit;
use crate::place::{Level, Position, Problem};
use crate::project::store::{MAX_BYTES, StoreError, StoreErrorKind as Kind};
use crate::words;
use std::path::Path;

/// The problem of a file that could not be read or written, under the name that the person used.
pub(super) fn of_store(error: &StoreError, named: &Path) -> (Problem, Exit) {
    let file = named.display();
    let problem = |code, message: String| Problem::new(Level::Error, code, message).at(Some(named), None);
    let cause = || error.cause.as_ref().map_or_else(|| error.kind.to_string(), ToString::to_string);
    match &error.kind {
        Kind::Missing | Kind::DanglingLink { .. } => {
            let found = problem("file-missing", words::file_not_found(file));
            (found.with_remedy(words::file_not_found_remedy(file)), Exit::Failed)
        }
        Kind::MissingFolder => (problem("folder-missing", words::cli_folder_missing(file)), Exit::Failed),
        Kind::Directory => (problem("file-is-folder", words::file_is_folder(file)), Exit::BadInput),
        Kind::Fifo | Kind::Socket | Kind::Device => {
            let found = problem("file-not-regular", words::file_is_not_regular(file));
            (found.with_remedy(words::cli_use_stdin()), Exit::BadInput)
        }
        Kind::TooLarge { size, limit } => {
            let mib = |bytes: u64| bytes.div_ceil(1024 * 1024);
            (problem("file-too-large", words::file_too_large(file, mib(*size), mib(*limit))), Exit::BadInput)
        }
        Kind::NotUtf8 { line, column, .. } => {
            let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let position = Position { line: place(*line), column: place(*column) };
            let found = problem("file-not-utf8", words::file_not_utf8(file)).at(Some(named), Some(position));
            (found.with_remedy(words::cli_not_utf8_remedy()), Exit::BadInput)
        }
        Kind::Exists => {
            let found = problem("file-exists", words::cli_file_exists(file));
            (found.with_remedy(words::cli_file_exists_remedy()), Exit::Failed)
        }
        Kind::NoPermission(crate::project::store::Step::Look | crate::project::store::Step::Read) => {
            (problem("file-no-permission", words::file_no_permission_to_read(file)), Exit::Failed)
        }
        Kind::NoPermission(_) | Kind::ReadOnlyFile | Kind::ReadOnlyFolder | Kind::ReadOnlyFileSystem => {
            (problem("file-no-permission", words::file_no_permission_to_write(file)), Exit::Failed)
        }
        _ => (problem("file-failed", words::cli_file_failed(file, cause())), Exit::Failed),
    }
}

/// More bytes on stdin than a file may have.
pub(super) fn stdin_too_large(named: &Path) -> Problem {
    let mib = MAX_BYTES / (1024 * 1024);
    Problem::new(Level::Error, "file-too-large", words::cli_stdin_too_large(mib)).at(Some(named), None)
}
