//! One theme file by itself, parsed, before its base and its palette's names are looked up.

use crate::diagnostics::Code;
use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::built_in;
use super::colour::Shade;
use super::report::{Report, brief};
use super::{Credits, Ground, Role};
use crate::words;

type Value<'a> = Spanned<DeValue<'a>>;

/// Names of the modifiers in a style.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

const SECTIONS: &[&str] = &["ground", "inherits", "palette", "roles", "description", "source", "license"];
/// Characters of a description, a source or a licence.
const CREDIT_LENGTH: usize = 200;

/// The parsed content of one file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) ground: Option<Ground>,
    pub(super) credits: Credits,
    pub(super) base: Option<Base>,
    pub(super) palette: BTreeMap<String, Shade>,
    pub(super) roles: BTreeMap<Role, Coat>,
}

/// The theme that a theme builds on, and the place that names it.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

/// A role's look with colours that may still be names.
#[derive(Clone, Debug, Default)]
pub(super) struct Coat {
    pub(super) fg: Option<Paint>,
    pub(super) bg: Option<Paint>,
    pub(super) modifier: Modifier,
}

/// A colour, or a name for one: a name in the palette takes precedence over a spelled colour.
#[derive(Clone, Debug)]
pub(super) enum Paint {
    Shade(Shade),
    Word { text: String, key: String, span: Range<usize> },
}

/// Reads TOML. A file that is not TOML names no base, so the default base is used.
pub(super) fn read(text: &str, report: &mut Report<'_>) -> Sheet {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        report.error(Code::ThemeSyntax, error.span(), words::syntax_error(brief(error.message())));
    }
    let document = table.get_ref();
    report.unknown_keys(document, "", SECTIONS);
    Sheet {
        ground: ground(document, report),
        credits: credits(document, report),
        base: if errors.is_empty() { base(document, report) } else { Some(Base::of_the_unreadable()) },
        palette: palette(document, report),
        roles: roles(document, report),
    }
}

impl Base {
    /// The replacement for a file that cannot be read at all.
    pub(super) fn of_the_unreadable() -> Self {
        Self { name: built_in::DEFAULT.to_owned(), span: 0..0 }
    }
}

fn base(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<Base> {
    let value = document.get("inherits")?;
    let name = value.get_ref().as_str();
    if name.is_none() {
        let message = words::theme_wrong_value("inherits", shown(value));
        report.warn(Code::ThemeBase, value.span(), "inherits", message, words::theme_base_allowed());
    }
    name.map(|name| Base { name: name.to_owned(), span: value.span() })
}

fn ground(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<Ground> {
    let value = document.get("ground")?;
    match value.get_ref().as_str() {
        Some("dark") => Some(Ground::Dark),
        Some("light") => Some(Ground::Light),
        _ => {
            let message = words::theme_wrong_value("ground", shown(value));
            report.warn(Code::ThemeGround, value.span(), "ground", message, "dark, light");
            None
        }
    }
}

fn credits(document: &DeTable<'_>, report: &mut Report<'_>) -> Credits {
    let mut line = |key: &str| {
        let value = document.get(key)?;
        let text = value.get_ref().as_str().filter(|text| text.chars().count() <= CREDIT_LENGTH);
        if text.is_none() {
            let message = words::theme_wrong_value(key, shown(value));
            report.warn(Code::ThemeType, value.span(), key, message, words::text_allowed(CREDIT_LENGTH));
        }
        text.map(str::to_owned)
    };
    Credits { description: line("description"), source: line("source"), license: line("license") }
}

/// The entries of a top-level table; `None` if it is missing, and a warning if it is something else.
fn section<'a, 'd>(document: &'a DeTable<'d>, name: &str, report: &mut Report<'_>) -> Option<&'a DeTable<'d>> {
    let value = document.get(name)?;
    let table = value.get_ref().as_table();
    if table.is_none() {
        report.warn(Code::ThemeType, value.span(), name, words::theme_must_be_table(name), "");
    }
    table
}

fn palette(document: &DeTable<'_>, report: &mut Report<'_>) -> BTreeMap<String, Shade> {
    let mut palette = BTreeMap::new();
    for (name, value) in section(document, "palette", report).into_iter().flatten() {
        let key = format!("palette.{}", name.get_ref());
        let shade = match value.get_ref().as_table() {
            Some(table) => by_depth(table, value, &key, report),
            None => spelled(value, &key, report).map(Shade::plain),
        };
        if let Some(shade) = shade {
            palette.insert(name.get_ref().to_string(), shade);
        }
    }
    palette
}

/// `{ rgb = …, indexed = …, ansi = … }`.
fn by_depth(table: &DeTable<'_>, whole: &Value<'_>, key: &str, report: &mut Report<'_>) -> Option<Shade> {
    report.unknown_keys(table, key, &["rgb", "indexed", "ansi"]);
    let mut part = |name| table.get(name).and_then(|value| spelled(value, &format!("{key}.{name}"), report));
    let (full, indexed, ansi) = (part("rgb"), part("indexed"), part("ansi"));
    if !table.contains_key("rgb") {
        report.warn(Code::ThemeColour, whole.span(), key, words::theme_colour_needs_rgb(brief(key)), "");
    }
    full.map(|full| Shade { full, indexed, ansi })
}

fn roles(document: &DeTable<'_>, report: &mut Report<'_>) -> BTreeMap<Role, Coat> {
    let mut coats = BTreeMap::new();
    for (name, value) in section(document, "roles", report).into_iter().flatten() {
        let key = format!("roles.{}", name.get_ref());
        match Role::named(name.get_ref()) {
            Some(role) => {
                coats.insert(role, coat(value, &key, report));
            }
            None => {
                let names: Vec<&str> = Role::all().map(Role::name).collect();
                let message = words::theme_role_unknown(brief(name.get_ref()));
                report.unknown(name.span(), key, message, name.get_ref(), &names);
            }
        }
    }
    coats
}

/// A colour alone, or a table of colours and modifiers.
fn coat(value: &Value<'_>, key: &str, report: &mut Report<'_>) -> Coat {
    let mut coat = Coat::default();
    let Some(table) = value.get_ref().as_table() else {
        coat.fg = paint(value, key, report);
        return coat;
    };
    let mut known = vec!["fg", "bg"];
    known.extend(MODIFIERS.map(|(name, _)| name));
    report.unknown_keys(table, key, &known);
    let mut part = |name| table.get(name).and_then(|value| paint(value, &format!("{key}.{name}"), report));
    (coat.fg, coat.bg) = (part("fg"), part("bg"));
    for (name, modifier) in MODIFIERS {
        let Some(value) = table.get(name) else { continue };
        match value.get_ref().as_bool() {
            Some(on) => coat.modifier.set(modifier, on),
            None => {
                let message = words::theme_wrong_value(name, shown(value));
                report.warn(Code::ThemeType, value.span(), &format!("{key}.{name}"), message, "true, false");
            }
        }
    }
    coat
}

fn paint(value: &Value<'_>, key: &str, report: &mut Report<'_>) -> Option<Paint> {
    match value.get_ref() {
        DeValue::String(text) => Some(Paint::Word { text: text.to_string(), key: key.to_owned(), span: value.span() }),
        _ => spelled(value, key, report).map(|full| Paint::Shade(Shade::plain(full))),
    }
}

/// A spelled colour, or a number from 0 to 255.
fn spelled(value: &Value<'_>, key: &str, report: &mut Report<'_>) -> Option<Color> {
    let found = match value.get_ref() {
        DeValue::String(text) => super::colour::parse(text),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok().map(Color::Indexed),
        _ => None,
    };
    if found.is_none() {
        report.no_colour(value.span(), key, shown(value));
    }
    found
}

/// A value as a message shows it.
fn shown(value: &Value<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("\"{}\"", brief(text)),
        DeValue::Integer(number) => brief(&number.to_string()),
        DeValue::Float(number) => brief(&number.to_string()),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}

impl Report<'_> {
    pub(super) fn no_colour(&mut self, span: Range<usize>, key: &str, shown: String) {
        let message = words::theme_colour_unknown(shown);
        self.warn(Code::ThemeColour, span, key, message, words::theme_colour_allowed());
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>, parent: &str, known: &[&str]) {
        for name in table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let dot = if parent.is_empty() { "" } else { "." };
            let key = format!("{parent}{dot}{}", name.get_ref());
            self.unknown(name.span(), key.clone(), words::key_unknown(brief(&key)), name.get_ref(), known);
        }
    }
}
