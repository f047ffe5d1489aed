//! A user's folders for one test, removed after it.

use jiff::civil::date;
use retake::cli::{Answer, Env, Outcome, dispatch};
use retake::config::paths::Paths;
use retake::config::{Settings, load};
use retake::diagnostics::Problem;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) struct User {
    home: tempfile::TempDir,
    pub(crate) paths: Paths,
}

impl User {
    /// With folders that do not exist yet, as at a first start.
    pub(crate) fn new() -> User {
        let home = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(home.path()).unwrap();
        let paths = Paths { config: Some(root.join("config")), state: Some(root.join("a/b/state")) };
        User { home, paths }
    }

    /// With these settings.
    pub(crate) fn with(settings: impl AsRef<[u8]>) -> User {
        let user = User::new();
        user.write(&user.paths.settings().unwrap(), settings);
        user
    }

    pub(crate) fn home(&self) -> PathBuf {
        fs::canonicalize(self.home.path()).unwrap()
    }

    pub(crate) fn write(&self, file: &Path, text: impl AsRef<[u8]>) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Creates an empty file with that name in the home folder.
    pub(crate) fn project(&self, name: &str) -> PathBuf {
        let file = self.home().join(name);
        fs::write(&file, "").unwrap();
        file
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        let args = std::iter::once("retake").chain(args.iter().copied()).map(OsString::from);
        let mut env = Env { stdin: &mut std::io::empty(), today: date(2026, 11, 22), paths: self.paths.clone() };
        match dispatch(args, &mut env) {
            Outcome::Answer(answer) => answer,
            Outcome::Dashboard(_) => panic!("the dashboard was asked for"),
        }
    }
}

pub(crate) fn settings(text: impl AsRef<[u8]>) -> Settings {
    load(&User::with(text).paths)
}

/// Whether the file had no effect: everything but `problems` and `found` is the default.
pub(crate) fn is_default(settings: &Settings) -> bool {
    let default = Settings::default();
    (&settings.theme, settings.mouse, settings.numbers) == (&default.theme, default.mouse, default.numbers)
        && (&settings.keymap, settings.rebound) == (&default.keymap, default.rebound)
}

/// `line:column level code`.
pub(crate) fn brief(problem: &Problem) -> String {
    let position = problem.position.map_or_else(|| "-".to_owned(), |position| position.to_string());
    format!("{position} {} {}", problem.level.code(), problem.code.name())
}

pub(crate) fn briefs(settings: &Settings) -> Vec<String> {
    settings.problems.iter().map(brief).collect()
}
