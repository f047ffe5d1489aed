//! Themes: a style for every [`Role`], read from TOML files that anyone can copy and change.
//!
//! ```toml
//! ground = "dark"            # what it is made for: a "dark" or a "light" terminal
//! inherits = "dark"          # optional: a theme that fills what this one leaves out
//! description = "Calm blues" # optional, for the list of themes; so are source and license
//!
//! [palette]
//! sky = "#8cc8ff"            # #rrggbb, 0 to 255, one of the sixteen names, or "default"
//! amber = { rgb = "#8a4f00", indexed = 94, ansi = "red" }   # with what to take on terminals of 256 and of sixteen colours
//!
//! [roles]
//! accent = "sky"
//! selection = { fg = "#ffffff", bg = "sky", bold = true }
//! ```
//!
//! A role that is left out looks like its fallback ([`Role::fallback`]) with its own sign added, so that it stays distinct. A
//! value that cannot be read is a warning with its place; the rest of the theme applies. A base16 scheme is read as it is.

mod built_in;
mod colour;
mod contrast;
mod read;
mod report;
mod role;
mod scheme;
mod sheet;
mod themes;

use std::path::Path;

use ratatui::style::{Modifier, Style};

pub use colour::ColourDepth;
use colour::Shade;
pub use role::{Role, Weight};
pub use themes::{Description, Source, Themes};

use crate::diagnostics::Problem;

/// The theme to start with: the configured one, else the default for the terminal's background.
///
/// Some terminals report their background in `COLORFGBG`, as `15;0` or `0;default;15`: the last number is the background. The
/// terminal is not queried, because a late answer would be read as keys.
#[must_use]
pub fn default_theme<'a>(config: Option<&'a str>, colorfgbg: Option<&str>) -> &'a str {
    let ground =
        colorfgbg.and_then(|value| value.rsplit_once(';')).and_then(|(_, last)| last.trim().parse::<u8>().ok());
    // Of the sixteen, white and all bright colours except bright black are light.
    let light = matches!(ground, Some(7 | 9..=15));
    let named = config.filter(|name| !name.is_empty());
    named.unwrap_or(if light { built_in::DEFAULT_LIGHT } else { built_in::DEFAULT })
}

/// The kind of terminal a theme is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Light words on a dark ground.
    Dark,
    /// Dark words on a light ground.
    Light,
}

/// A look as its file describes it, before the terminal is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    ground: Ground,
    credits: Credits,
    looks: [Look; Role::COUNT],
}

/// A theme's credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Credits {
    description: Option<String>,
    source: Option<String>,
    license: Option<String>,
}

/// Colours and modifiers of one role; `None` shows the layer below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    fg: Option<Shade>,
    bg: Option<Shade>,
    modifier: Modifier,
}

impl Theme {
    /// Reads a theme that may build on a built-in one. The result is always usable: `file` and the positions in the problems say
    /// what was left out.
    #[must_use]
    pub fn read(text: &str, file: Option<&Path>) -> (Self, Vec<Problem>) {
        let wanted = read::Wanted { name: "", home: themes::Home::Own, text, file };
        read::theme(wanted, &Themes::built_in())
    }

    /// The built-in theme of that name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        Themes::built_in().get(name)
    }

    /// Names of the built-in themes, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        built_in::BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The file of a built-in theme, to read and to copy.
    #[must_use]
    pub fn source(name: &str) -> Option<&'static str> {
        built_in::BUILT_IN.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text)
    }

    /// The kind of terminal that the theme is made for.
    #[must_use]
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// The styles to draw with on a terminal of that depth.
    #[must_use]
    pub fn styles(&self, depth: ColourDepth) -> Styles {
        let mut styles = [Style::new(); Role::COUNT];
        for (role, (style, look)) in Role::all().zip(styles.iter_mut().zip(self.looks)) {
            style.fg = look.fg.map(|shade| shade.at(depth));
            style.bg = look.bg.map(|shade| shade.at(depth));
            let sign = if depth == ColourDepth::None { role.sign() } else { Modifier::empty() };
            *style = style.add_modifier(look.modifier | sign);
        }
        Styles(styles)
    }
}

/// A style for every role, ready to draw with: a look-up is an array index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Styles([Style; Role::COUNT]);

impl Styles {
    /// The style of a role.
    #[must_use]
    pub fn of(&self, role: Role) -> Style {
        self.0[role as usize]
    }
}

#[cfg(test)]
mod tests;
