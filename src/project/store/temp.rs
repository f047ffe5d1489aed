//! The temporary file of a save, which then replaces the old file.

use crate::system::files::{self, Facts, Readers, rename_new, survive_file_limit};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes of the file's own name in the temporary name, so that the whole stays within 255.
const MAX_NAME: usize = 190;

/// Behind the process id and the random part.
pub(super) const ENDING: &str = ".retake-tmp";

/// Deleted when dropped, unless it was renamed to its target.
#[derive(Debug)]
pub(in crate::project) struct Temp {
    path: PathBuf,
    file: File,
    placed: bool,
}

impl Temp {
    /// Creates `.NAME.PID.RANDOM.retake-tmp` in the folder. If anything is there already, a link above all, it is not opened.
    pub(in crate::project) fn create(folder: &Path, name: &OsStr, readers: Readers) -> io::Result<Self> {
        survive_file_limit();
        loop {
            let path = Temp::name_for(folder, name);
            match files::create_new(&path, readers) {
                Ok(file) => return Ok(Self { path, file, placed: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// A name of that form, which nothing has as far as chance goes.
    pub(in crate::project) fn name_for(folder: &Path, name: &OsStr) -> PathBuf {
        let name = name.to_string_lossy();
        let name = &name[..name.floor_char_boundary(MAX_NAME)];
        // The standard library's hash keys are random for each process and differ for each hasher.
        let random = RandomState::new().build_hasher().finish();
        folder.join(format!(".{name}.{}.{random:016x}{ENDING}", std::process::id()))
    }

    pub(in crate::project) fn path(&self) -> &Path {
        &self.path
    }

    pub(in crate::project) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    pub(super) fn facts(&self) -> io::Result<Facts> {
        files::facts(&self.file)
    }

    /// Copies owner, group and mode as far as the system allows, and never gives more people access.
    pub(super) fn take_after(&self, old: &Facts) -> io::Result<()> {
        files::take_after(&self.file, old)
    }

    pub(in crate::project) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    pub(in crate::project) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    pub(in crate::project) fn replace(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.placed = true;
        Ok(())
    }

    /// Renames to a free name; fails with `AlreadyExists` if the name is taken, even if only just now.
    pub(super) fn place_new(mut self, target: &Path) -> io::Result<()> {
        match rename_new(&self.path, target) {
            Ok(()) => self.placed = true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // Some file systems do not support that kind of rename.
            Err(_) => self.placed = link_or_reserve(&self.path, target)?,
        }
        Ok(())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if !self.placed {
            let _already_gone = fs::remove_file(&self.path);
        }
    }
}

/// A second name is as exclusive as that rename. If there are no second names either, an empty file reserves the place: a crash
/// before the rename leaves it empty, but no other file is overwritten. Returns whether the old name is gone.
fn link_or_reserve(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => reserve(from, to).map(|()| true),
    }
}

fn reserve(from: &Path, to: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(to)?;
    fs::rename(from, to).inspect_err(|_| {
        let _ours = fs::remove_file(to);
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn both_ways_around_a_missing_rename_are_exclusive() {
        let folder = tempfile::tempdir().unwrap();
        for way in
            [link_or_reserve as fn(&Path, &Path) -> io::Result<bool>, |from, to| reserve(from, to).map(|()| true)]
        {
            let (from, to) = (folder.path().join("from"), folder.path().join("to"));
            fs::write(&from, "new").unwrap();
            if !way(&from, &to).unwrap() {
                fs::remove_file(&from).unwrap();
            }
            assert_eq!((fs::read(&to).unwrap().as_slice(), names(folder.path())), (&b"new"[..], 1));
            fs::write(&from, "newer").unwrap();
            assert_eq!(way(&from, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!((fs::read(&to).unwrap().as_slice(), names(folder.path())), (&b"new"[..], 2));
            fs::remove_file(&to).unwrap();
        }
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let folder = tempfile::tempdir().unwrap();
        let name = "\u{767a}".repeat(85);
        let temp = Temp::create(folder.path(), OsStr::new(&name), Readers::Owner).unwrap();
        assert!(temp.path().file_name().unwrap().len() <= 255);
        drop(temp);
        assert_eq!(names(folder.path()), 0);
    }
}
