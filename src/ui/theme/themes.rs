//! All themes by name: the user's own, which the caller has read from their folder, before the built-in ones.

use std::path::{Path, PathBuf};

use super::read::{self, Wanted};
use super::report::brief;
use super::{Ground, Theme, built_in};
use crate::diagnostics::{Code, Problem};
use crate::words;

/// Characters of a theme's name.
const NAME_LENGTH: usize = 60;

/// One of the user's themes: its text, and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to choose it by: the file's name without its extension.
    pub name: String,
    /// The whole text, a theme in TOML or a base16 scheme.
    pub text: String,
    /// The file, named in the problems found in it.
    pub file: PathBuf,
}

/// Themes by name. A theme's text is parsed on demand, so that a folder of hundreds costs nothing at the start.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    own: Vec<Source>,
    refused: Vec<Problem>,
}

/// The origin of a theme, which decides how its base's name is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Own,
    BuiltIn,
}

/// A theme's entry in a list of themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The name to choose it by.
    pub name: String,
    /// The kind of terminal that the theme is made for.
    pub ground: Ground,
    /// One line on its look, for a scheme its own name; may be `None`.
    pub text: Option<String>,
    /// The source of its colours, an address or an author; may be `None`.
    pub source: Option<String>,
    /// The licence of the colours, as SPDX names it; may be `None`.
    pub license: Option<String>,
    /// The user's file; `None` for a built-in theme.
    pub file: Option<PathBuf>,
}

impl Themes {
    /// The built-in themes only.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The user's themes, in the order given, before the built-in ones: a theme of the same name replaces the built-in one.
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
            let problem = Problem::new(Code::ThemeName, words::theme_name_wrong(brief(name)));
            return Some(problem.with_allowed(words::theme_name_allowed(NAME_LENGTH)));
        }
        self.own(name).map(|_| {
            let problem = Problem::new(Code::ThemeName, words::theme_name_twice(name));
            problem.with_remedy(words::theme_name_twice_remedy())
        })
    }

    /// The names to choose from, the user's own first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let shipped = built_in::BUILT_IN.iter().map(|(name, _)| *name).filter(|name| self.own(name).is_none());
        self.own.iter().map(|source| source.name.as_str()).chain(shipped)
    }

    /// The theme of that name. The result is always usable: mistakes in its file are in [`Themes::problems`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Theme> {
        self.wanted(name).map(|wanted| read::theme(wanted, self).0)
    }

    /// The text of the theme of that name, to read and to copy.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.wanted(name).map(|wanted| wanted.text)
    }

    /// The list entry of the theme of that name.
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

    /// All problems of the user's themes, file by file. Parses them all.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let own = self.own.iter().flat_map(|source| read::theme(of_user(source), self).1);
        self.refused.iter().cloned().chain(own).collect()
    }

    /// The theme that a base's name means: the user's own first, but never the theme itself, so that a copy of a shipped theme
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
