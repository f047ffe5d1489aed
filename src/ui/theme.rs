//! Themes: a style for every [`Role`], read from TOML files that anyone can copy and change.
//!
//! ```toml
//! ground = "dark"            # what it is made for: a "dark" or a "light" terminal
//! inherits = "dark"          # optional: a built-in theme that fills what this one leaves out
//!
//! [palette]
//! sky = "#8cc8ff"            # #rrggbb, 0 to 255, one of the sixteen names, or "default"
//! amber = { rgb = "#8a4f00", ansi = "red" }   # with what to take on a terminal of sixteen colours
//!
//! [roles]
//! accent = "sky"
//! selection = { fg = "#ffffff", bg = "sky", bold = true }
//! ```
//!
//! A role that is left out looks like its fallback ([`Role::fallback`]) with its own sign added, so that it stays apart.
//! What cannot be read is a warning with its place; the rest of the theme counts.

mod colour;
mod read;
mod role;

use std::path::Path;

use ratatui::style::{Modifier, Style};

pub use colour::ColourDepth;
use colour::Shade;
pub use role::{Role, Weight};

use crate::place::Problem;

/// Name and text of the themes that come with the program; the first is the default.
const BUILT_IN: &[(&str, &str)] = &[
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("monochrome", include_str!("../../themes/monochrome.toml")),
];

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
    looks: [Look; Role::COUNT],
}

/// Colours and modifiers of one role; what is none shows what lies below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    fg: Option<Shade>,
    bg: Option<Shade>,
    modifier: Modifier,
}

impl Theme {
    /// Reads a theme. Always gives a usable one: `file` and the positions in the problems say what was left out.
    #[must_use]
    pub fn read(text: &str, file: Option<&Path>) -> (Self, Vec<Problem>) {
        read::theme(text, file)
    }

    /// The built-in theme of that name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        Self::source(name).map(|text| Self::read(text, None).0)
    }

    /// Names of the built-in themes, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The file of a built-in theme, to read and to copy.
    #[must_use]
    pub fn source(name: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(built_in, _)| *built_in == name).map(|(_, text)| *text)
    }

    /// The kind of terminal it is made for.
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

/// A style for every role, ready to draw with: a look-up is an index.
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
