//! All themes by name: the user's own, which the caller has read from their folder, before those that come with the program.

use std::path::{Path, PathBuf};

use super::read::{self, Wanted};
use super::report::brief;
use super::{Ground, Theme, built_in};
use crate::diagnostics::{Level, Problem};
use crate::words;

/// Characters of a theme's name.
const NAME_LENGTH: usize = 60;

/// A theme of the user's: its text, and the file that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to choose it by: the file's name without its ending.
    pub name: String,
    /// The whole text, a theme in TOML or a base16 scheme.
    pub text: String,
    /// The file, for the problems that are found in it.
    pub file: PathBuf,
}

/// Themes by name. Texts are read when their theme is asked for, so that a folder of hundreds costs nothing at the start.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    own: Vec<Source>,
    refused: Vec<Problem>,
}

/// Where a theme comes from, which decides what its base's name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Own,
    BuiltIn,
}

/// What a list of themes says of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The name to choose it by.
    pub name: String,
    /// The kind of terminal it is made for.
    pub ground: Ground,
    /// One line on how it looks, for a scheme its own name; may be none.
    pub text: Option<String>,
    /// Where its colours come from, an address or an author; may be none.
    pub source: Option<String>,
    /// The licence of the colours, as SPDX names it; may be none.
    pub license: Option<String>,
    /// The user's file; none for a theme that comes with the program.
    pub file: Option<PathBuf>,
}

impl Themes {
    /// The themes of the program alone.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The user's themes, in the order given, before the program's: one of the same name takes its place.
    #[must_use]
    pub fn with_own(sources: impl IntoIterator<Item = Source>) -> Self {
        let mut themes = Self::default();
        for source in sources {
            match themes.refusal(&source) {
                Some(problem) => themes.refused.push(problem.at(Some(&source.file), None)),
                None => themes.own.push(source),
            }
        }
        themes
    }

    fn refusal(&self, source: &Source) -> Option<Problem> {
        let name = source.name.as_str();
        let length = name.chars().count();
        let plain = !name.trim().is_empty() && length <= NAME_LENGTH && words::safe::safe(name) == name;
        if !plain {
            let problem = Problem::new(Level::Warning, "theme-name", words::theme_name_wrong(brief(name)));
            return Some(problem.with_allowed(words::theme_name_allowed(NAME_LENGTH)));
        }
        self.own(name).map(|_| {
            let problem = Problem::new(Level::Warning, "theme-name", words::theme_name_twice(name));
            problem.with_remedy(words::theme_name_twice_remedy())
        })
    }

    /// The names to choose from, the user's own first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let shipped = built_in::BUILT_IN.iter().map(|(name, _)| *name).filter(|name| self.own(name).is_none());
        self.own.iter().map(|source| source.name.as_str()).chain(shipped)
    }

    /// The theme of that name. Always a usable one: what its file gets wrong is in [`Themes::problems`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Theme> {
        self.wanted(name).map(|wanted| read::theme(wanted, self).0)
    }

    /// The text of the theme of that name, to read and to copy.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.wanted(name).map(|wanted| wanted.text)
    }

    /// What a list says of the theme of that name.
    #[must_use]
    pub fn describe(&self, name: &str) -> Option<Description> {
        let wanted = self.wanted(name)?;
        let (theme, _) = read::theme(wanted, self);
        Some(Description {
            name: name.to_owned(),
            ground: theme.ground,
            text: theme.credits.description,
            source: theme.credits.source,
            license: theme.credits.license,
            file: wanted.file.map(Path::to_path_buf),
        })
    }

    /// Everything that is wrong with the user's themes, file by file. Reads them all.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let own = self.own.iter().flat_map(|source| read::theme(of_user(source), self).1);
        self.refused.iter().cloned().chain(own).collect()
    }

    /// The base that a theme means by a name: the user's own first, but never itself, so that a copy of a shipped theme
    /// under the same name can build on it. Shipped themes build on shipped ones only.
    pub(super) fn base(&self, of: &str, home: Home, name: &str) -> Option<Wanted<'_>> {
        let own = self.own(name).filter(|_| home == Home::Own && of != name).map(of_user);
        own.or_else(|| shipped(name))
    }

    fn wanted(&self, name: &str) -> Option<Wanted<'_>> {
        self.own(name).map(of_user).or_else(|| shipped(name))
    }

    fn own(&self, name: &str) -> Option<&Source> {
        self.own.iter().find(|source| source.name == name)
    }
}

fn of_user(source: &Source) -> Wanted<'_> {
    Wanted { name: &source.name, home: Home::Own, text: &source.text, file: Some(&source.file) }
}

fn shipped(name: &str) -> Option<Wanted<'static>> {
    let (name, text) = built_in::BUILT_IN.iter().find(|(shipped, _)| *shipped == name)?;
    Some(Wanted { name, home: Home::BuiltIn, text, file: None })
}
