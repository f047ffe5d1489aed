//! What there is to open when no file was named: recent projects, and the samples that come with the program.

use super::paths::Paths;
use super::state;
use crate::project::{TeamError, TeamFile, TeamFiles};
use std::path::{Path, PathBuf};

/// What to offer at a start without a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    /// Projects that are still there, the latest first.
    pub recent: Vec<PathBuf>,
    /// Every sample.
    pub samples: Vec<Sample>,
}

impl Welcome {
    /// What there is to offer now.
    #[must_use]
    pub fn of(paths: &Paths) -> Welcome {
        Welcome { recent: state::recent(paths), samples: samples().collect() }
    }
}

/// A project that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its file's name without endings.
    pub name: &'static str,
    /// What it shows, in one line.
    pub line: &'static str,
    /// The whole file.
    pub text: &'static str,
    /// What it extends, which comes with the program too.
    pub extends: Option<Shared>,
}

/// A file that samples extend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its path as `extends` writes it, from the sample's folder.
    pub path: &'static str,
    /// The whole file.
    pub text: &'static str,
}

/// The files that samples extend, read from the program and not from a disk.
#[derive(Clone, Copy, Debug)]
pub struct OnBoard;

impl TeamFiles for OnBoard {
    fn identity(&mut self, file: &Path) -> PathBuf {
        file.to_path_buf()
    }

    fn open(&mut self, _from: &Path, wanted: &str) -> Result<TeamFile, TeamError> {
        let found = SHARED.iter().find(|shared| shared.path == wanted).ok_or(TeamError::NotFound)?;
        let path = PathBuf::from(found.path);
        Ok(TeamFile { identity: path.clone(), path, text: found.text.to_owned() })
    }
}

/// Names and texts; a test holds the list to the folder.
const TEXTS: [(&str, &str); 7] = [
    ("product-launch", include_str!("../../sample-projects/product-launch.retake.toml")),
    ("paid-social", include_str!("../../sample-projects/paid-social.retake.toml")),
    ("brand-campaign", include_str!("../../sample-projects/brand-campaign.retake.toml")),
    ("ui-screenshots", include_str!("../../sample-projects/ui-screenshots.retake.toml")),
    ("tokyo-launch", include_str!("../../sample-projects/tokyo-launch.retake.toml")),
    ("studio-lookbook", include_str!("../../sample-projects/studio-lookbook.retake.toml")),
    ("home-catalogue", include_str!("../../sample-projects/home-catalogue.retake.toml")),
];

/// What they extend; the same test holds it to the folder below.
const SHARED: [Shared; 1] =
    [Shared { path: "team/studio.retake.toml", text: include_str!("../../sample-projects/team/studio.retake.toml") }];

/// The samples, the simplest first. Their first comment line says what each is.
pub fn samples() -> impl Iterator<Item = Sample> {
    TEXTS.into_iter().map(|(name, text)| {
        let first = text.lines().next().unwrap_or_default();
        let extends = text.lines().find_map(|line| line.strip_prefix("extends = \"")?.strip_suffix('"'));
        let extends = SHARED.into_iter().find(|shared| extends == Some(shared.path));
        Sample { name, line: first.trim_start_matches('#').trim(), text, extends }
    })
}
