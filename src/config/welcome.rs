//! The projects offered at a start without a file: recent ones, and the built-in samples.

use super::paths::Paths;
use super::state;
use crate::project::{TeamError, TeamFile, TeamFiles};
use std::path::{Path, PathBuf};

/// The projects to offer at a start without a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    /// Recent projects that still exist, the latest first.
    pub recent: Vec<PathBuf>,
    /// Every sample.
    pub samples: Vec<Sample>,
}

impl Welcome {
    /// The projects to offer now.
    #[must_use]
    pub fn of(paths: &Paths) -> Welcome {
        Welcome { recent: state::recent(paths), samples: samples().collect() }
    }
}

/// A built-in sample project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its file's name without endings.
    pub name: &'static str,
    /// Its description in one line.
    pub line: &'static str,
    /// The whole file.
    pub text: &'static str,
    /// The file that it extends, also built in.
    pub extends: Option<Shared>,
}

/// A file that samples extend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its path as `extends` writes it, relative to the sample.
    pub path: &'static str,
    /// The whole file.
    pub text: &'static str,
}

/// Reads the files that samples extend from the program instead of the disk.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedFiles;

impl TeamFiles for EmbeddedFiles {
    fn identity(&mut self, file: &Path) -> PathBuf {
        file.to_path_buf()
    }

    fn open(&mut self, _from: &Path, wanted: &str) -> Result<TeamFile, TeamError> {
        let found = SHARED.iter().find(|shared| shared.path == wanted).ok_or(TeamError::NotFound)?;
        let path = PathBuf::from(found.path);
        Ok(TeamFile { identity: path.clone(), path, text: found.text.to_owned() })
    }
}

/// Names and texts; a test compares the list with the folder.
const TEXTS: [(&str, &str); 8] = [
    ("product-launch", include_str!("../../sample-projects/product-launch.retake.toml")),
    ("paid-social", include_str!("../../sample-projects/paid-social.retake.toml")),
    ("brand-campaign", include_str!("../../sample-projects/brand-campaign.retake.toml")),
    ("agency-estimate", include_str!("../../sample-projects/agency-estimate.retake.toml")),
    ("ui-screenshots", include_str!("../../sample-projects/ui-screenshots.retake.toml")),
    ("tokyo-launch", include_str!("../../sample-projects/tokyo-launch.retake.toml")),
    ("studio-lookbook", include_str!("../../sample-projects/studio-lookbook.retake.toml")),
    ("home-catalogue", include_str!("../../sample-projects/home-catalogue.retake.toml")),
];

/// The files that samples extend; the same test compares them with the folder below.
const SHARED: [Shared; 1] =
    [Shared { path: "team/studio.retake.toml", text: include_str!("../../sample-projects/team/studio.retake.toml") }];

/// The samples, the simplest first. The first comment line of each is its description.
pub fn samples() -> impl Iterator<Item = Sample> {
    TEXTS.into_iter().map(|(name, text)| {
        let first = text.lines().next().unwrap_or_default();
        let extends = text.lines().find_map(|line| line.strip_prefix("extends = \"")?.strip_suffix('"'));
        let extends = SHARED.into_iter().find(|shared| extends == Some(shared.path));
        Sample { name, line: first.trim_start_matches('#').trim(), text, extends }
    })
}
