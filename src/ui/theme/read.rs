//! Builds a theme's styles from its text and the themes that it builds on; every unusable part becomes a problem with its place.

use std::collections::BTreeMap;
use std::path::Path;

use super::colour::{Shade, parse};
use super::report::{Report, brief};
use super::sheet::{self, Base, Coat, Paint, Sheet};
use super::themes::{Home, Themes};
use super::{Ground, Look, Role, Theme, scheme};
use crate::cost::budget::knob_text::nearest_word;
use crate::diagnostics::{Code, Problem};
use crate::words;

/// A longer text is not a theme.
const KIB: usize = 256;
/// The longest chain of themes that build on one another, the first one counted.
const ROW: usize = 8;

type Palette = BTreeMap<String, Shade>;

/// A text to read, and the context for looking up its base's name.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) home: Home,
    pub(super) text: &'a str,
    pub(super) file: Option<&'a Path>,
}

pub(super) fn theme(wanted: Wanted<'_>, themes: &Themes) -> (Theme, Vec<Problem>) {
    let mut report = Report::new(wanted.text, wanted.file);
    let own = sheet(wanted.text, &mut report);
    let bases = bases(wanted, &own, themes, &mut report);
    let mut palette = Palette::new();
    for sheet in bases.iter().rev().chain([&own]) {
        palette.extend(sheet.palette.iter().map(|(name, shade)| (name.clone(), *shade)));
    }
    let mut looks = BTreeMap::new();
    for sheet in bases.iter().rev() {
        // Mistakes in a base are reported where the base itself is read.
        looks.extend(sheet.roles.iter().map(|(role, coat)| (*role, look(coat, &palette, &mut None))));
    }
    let mut told = Some(&mut report);
    looks.extend(own.roles.iter().map(|(role, coat)| (*role, look(coat, &palette, &mut told))));
    let ground = own.ground.or_else(|| bases.iter().find_map(|sheet| sheet.ground)).unwrap_or(Ground::Dark);
    (Theme { ground, credits: own.credits, looks: complete(&looks) }, report.finish())
}

/// Parses a text: a theme in TOML, or a base16 scheme.
fn sheet(text: &str, report: &mut Report<'_>) -> Sheet {
    if text.len() > KIB * 1024 {
        report.error(Code::ThemeSize, None, words::theme_too_large(KIB));
        return Sheet { base: Some(Base::of_the_unreadable()), ..Sheet::default() };
    }
    if scheme::recognised(text) { scheme::read(text, report) } else { sheet::read(text, report) }
}

/// The sheets that a theme builds on, the nearest first. The chain ends at a missing theme or at a circle.
fn bases(wanted: Wanted<'_>, own: &Sheet, themes: &Themes, report: &mut Report<'_>) -> Vec<Sheet> {
    let mut row = vec![wanted];
    let mut sheets: Vec<Sheet> = Vec::new();
    let span = own.base.as_ref().map(|first| first.span.clone()).unwrap_or_default();
    while let (Some(last), Some(base)) = (row.last(), sheets.last().unwrap_or(own).base.as_ref()) {
        let Some(next) = themes.base(last.name, last.home, &base.name) else {
            // Further along the chain, the problem is reported where that base itself is read.
            if row.len() == 1 {
                let names = themes.names().filter(|name| *name != last.name);
                let remedy = nearest_word(&base.name, names).map(words::did_you_mean).unwrap_or_default();
                report.no_base(span, words::theme_base_unknown(brief(&base.name)), remedy);
            }
            break;
        };
        if row.iter().any(|earlier| (earlier.name, earlier.home) == (next.name, next.home)) {
            let circle: Vec<String> = row.iter().chain([&next]).map(|theme| brief(theme.name)).collect();
            report.no_base(span, words::theme_circle(circle.join(" → ")), words::theme_circle_remedy().to_owned());
            break;
        }
        if row.len() == ROW {
            report.no_base(span, words::theme_row_too_long(ROW), String::new());
            break;
        }
        row.push(next);
        sheets.push(sheet(next.text, &mut Report::new(next.text, None)));
    }
    sheets
}

/// A coat with its names looked up; a name without a colour shows the layer below.
fn look(coat: &Coat, palette: &Palette, report: &mut Option<&mut Report<'_>>) -> Look {
    let mut shade = |paint: &Option<Paint>| match paint.as_ref()? {
        Paint::Shade(shade) => Some(*shade),
        Paint::Word { text, key, span } => {
            let found = palette.get(text).copied().or_else(|| parse(text).map(Shade::plain));
            if let (None, Some(report)) = (found, report.as_deref_mut()) {
                report.no_colour(span.clone(), key, format!("\"{}\"", brief(text)));
            }
            found
        }
    };
    Look { fg: shade(&coat.fg), bg: shade(&coat.bg), modifier: coat.modifier }
}

/// Gives every role that is left out its fallback's look and its own sign.
fn complete(given: &BTreeMap<Role, Look>) -> [Look; Role::COUNT] {
    let mut looks = [Look::default(); Role::COUNT];
    for role in Role::all() {
        let fallback = role.fallback().map(|other| looks[other as usize]).unwrap_or_default();
        let stand_in = Look { modifier: fallback.modifier | role.sign(), ..fallback };
        looks[role as usize] = given.get(&role).copied().unwrap_or(stand_in);
    }
    looks
}
