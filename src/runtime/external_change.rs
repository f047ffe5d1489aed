//! What a sample extends goes along when the sample becomes a project of one's own.

use crate::config::welcome::Shared;
use crate::diagnostics::Problem;
use crate::project::open::store_problem;
use crate::project::store::{Expected, save};
use std::fs;
use std::path::{Path, PathBuf};

/// What was put beside a project for it to extend, and the folder that was made for it; neither where all was there.
#[derive(Default)]
pub(super) struct Brought {
    file: Option<PathBuf>,
    folder: Option<PathBuf>,
}

impl Brought {
    /// Puts the file where the project at `project` looks for it. One that is there already is somebody's and stays; whether
    /// the project can be saved with it is found when the project is read back. The project's own folder is not made.
    ///
    /// # Errors
    /// What keeps the file from being written.
    pub(super) fn beside(project: &Path, shared: Shared) -> Result<Brought, Box<Problem>> {
        let file = project.parent().unwrap_or(Path::new("")).join(shared.path);
        if fs::symlink_metadata(&file).is_ok() {
            return Ok(Brought::default());
        }
        // Where the folder cannot be made, the save below says why.
        let folder = file.parent().filter(|folder| fs::create_dir(folder).is_ok()).map(Path::to_path_buf);
        let saved = save(&file, Expected::Nothing, shared.text.as_bytes(), &|_| Ok(()));
        let problem = saved.err().map(|error| Box::new(store_problem(&file, &error)));
        let brought = Brought { file: problem.is_none().then_some(file), folder };
        match problem {
            None => Ok(brought),
            Some(problem) => {
                brought.take_away();
                Err(problem)
            }
        }
    }

    /// After the project itself could not be saved: nothing of it stays. A folder that somebody used meanwhile does.
    pub(super) fn take_away(&self) {
        if let Some(file) = &self.file {
            _ = fs::remove_file(file);
        }
        if let Some(folder) = &self.folder {
            _ = fs::remove_dir(folder);
        }
    }
}
