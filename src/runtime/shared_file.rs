//! Copies the file that a sample extends along when the sample becomes the user's own project.

use crate::config::welcome::Shared;
use crate::diagnostics::Problem;
use crate::project::open::store_problem;
use crate::project::store::{Expected, save};
use std::fs;
use std::path::{Path, PathBuf};

/// The file written beside a project for it to extend, and the folder created for it; both `None` if they were there already.
#[derive(Default)]
pub(super) struct SharedCopy {
    file: Option<PathBuf>,
    folder: Option<PathBuf>,
}

impl SharedCopy {
    /// Writes the file where the project at `project` looks for it. An existing file there is kept, because it may be the user's;
    /// reading the project back shows whether the project can be saved with it. The project's own folder is not created.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(super) fn beside(project: &Path, shared: Shared) -> Result<SharedCopy, Box<Problem>> {
        let file = project.parent().unwrap_or(Path::new("")).join(shared.path);
        if fs::symlink_metadata(&file).is_ok() {
            return Ok(SharedCopy::default());
        }
        // If the folder cannot be created, the save below says why.
        let folder = file.parent().filter(|folder| fs::create_dir(folder).is_ok()).map(Path::to_path_buf);
        let saved = save(&file, Expected::Nothing, shared.text.as_bytes(), &|_| Ok(()));
        let problem = saved.err().map(|error| Box::new(store_problem(&file, &error)));
        let copy = SharedCopy { file: problem.is_none().then_some(file), folder };
        match problem {
            None => Ok(copy),
            Some(problem) => {
                copy.take_away();
                Err(problem)
            }
        }
    }

    /// Removes the file again after the project itself could not be saved. A folder that is in use by now stays.
    pub(super) fn take_away(&self) {
        if let Some(file) = &self.file {
            _ = fs::remove_file(file);
        }
        if let Some(folder) = &self.folder {
            _ = fs::remove_dir(folder);
        }
    }
}
