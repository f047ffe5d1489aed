//! Deletes temporary files of killed saves.

use super::temp::ENDING;
use crate::system::process::is_alive;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Younger ones are kept: a folder may be shared with another machine, whose processes cannot be checked.
const AGE: Duration = Duration::from_secs(60);

/// Deletes temporary files of this program whose process is gone; returns how many. Nothing else is touched.
pub fn sweep(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let stray = |entry: &fs::DirEntry| {
        let pid = entry.file_name().to_str().and_then(process_of)?;
        let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        let age = metadata.modified().ok()?.elapsed().ok()?;
        (age > AGE && !is_alive(pid)).then_some(())
    };
    let strays = entries.flatten().filter(|entry| stray(entry).is_some());
    strays.filter(|entry| fs::remove_file(entry.path()).is_ok()).count()
}

/// The process in `.NAME.PID.RANDOM.retake-tmp`; `None` for any other name.
fn process_of(name: &str) -> Option<i32> {
    let inner = name.strip_prefix('.')?.strip_suffix(ENDING)?;
    let (rest, random) = inner.rsplit_once('.')?;
    let (file, pid) = rest.rsplit_once('.')?;
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let ours = !file.is_empty() && random.len() == 16 && random.chars().all(hex);
    let pid = pid.parse().ok().filter(|pid: &i32| *pid > 0 && pid.to_string() == rest[file.len() + 1..]);
    pid.filter(|_| ours)
}

#[cfg(test)]
mod tests {
    use super::process_of;

    #[test]
    fn only_names_that_this_program_gives_are_its_own() {
        assert_eq!(process_of(".a.toml.4711.0123456789abcdef.retake-tmp"), Some(4711));
        assert_eq!(process_of(".a.4711.5.0123456789abcdef.retake-tmp"), Some(5));
        for name in [
            "a.toml.4711.0123456789abcdef.retake-tmp",
            ".4711.0123456789abcdef.retake-tmp",
            "..4711.0123456789abcdef.retake-tmp",
            ".a.toml.4711.0123456789abcde.retake-tmp",
            ".a.toml.4711.0123456789ABCDEF.retake-tmp",
            ".a.toml.+4711.0123456789abcdef.retake-tmp",
            ".a.toml.04711.0123456789abcdef.retake-tmp",
            ".a.toml.-1.0123456789abcdef.retake-tmp",
            ".a.toml.0.0123456789abcdef.retake-tmp",
            ".a.toml.99999999999.0123456789abcdef.retake-tmp",
            ".a.toml.4711.0123456789abcdef.retake-tmp~",
            ".a.toml.swp",
        ] {
            assert_eq!(process_of(name), None, "{name}");
        }
    }
}
