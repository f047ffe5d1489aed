//! What there is to open when no file was named: recent projects, and the samples that come with the program.

use super::paths::Paths;
use super::state;
use std::path::PathBuf;

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
}

/// Names and texts; a test holds the list to the folder.
const TEXTS: [(&str, &str); 4] = [
    ("product-launch", include_str!("../../sample-projects/product-launch.retake.toml")),
    ("paid-social", include_str!("../../sample-projects/paid-social.retake.toml")),
    ("brand-campaign", include_str!("../../sample-projects/brand-campaign.retake.toml")),
    ("ui-screenshots", include_str!("../../sample-projects/ui-screenshots.retake.toml")),
];

/// The samples, the simplest first. Their first comment line says what each is.
pub fn samples() -> impl Iterator<Item = Sample> {
    TEXTS.into_iter().map(|(name, text)| {
        let first = text.lines().next().unwrap_or_default();
        Sample { name, line: first.trim_start_matches('#').trim(), text }
    })
}
