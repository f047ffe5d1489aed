//! From a theme's TOML to its looks; every part that cannot be used becomes a problem with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::colour::{Shade, parse};
use super::{Ground, Look, Role, Theme};
use crate::place::{Level, LineIndex, Problem};
use crate::words;

type Value<'a> = Spanned<DeValue<'a>>;
type Palette<'a> = BTreeMap<&'a str, Shade>;

/// Names of the modifiers in a style.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

pub(super) fn theme(text: &str, file: Option<&Path>) -> (Theme, Vec<Problem>) {
    let mut report = Report { file, index: LineIndex::new(text), problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        report.push(Level::Error, "theme-syntax", error.span(), String::new(), words::syntax_error(error.message()));
    }
    let document = table.get_ref();
    // A file that is not TOML says nothing about colours: the default stands in for it.
    let base = if errors.is_empty() { base_name(document, &mut report) } else { Theme::names().next() };
    let base_text = base.and_then(Theme::source).unwrap_or_default();
    let (base_table, _) = DeTable::parse_recoverable(base_text);
    let base_document = base_table.get_ref();

    // What the base says is known to be right; a test reads it by itself.
    let mut silent = Report { file: None, index: LineIndex::new(base_text), problems: Vec::new() };
    report.unknown_keys(document, "", &["ground", "inherits", "palette", "roles"]);
    let mut palette = Palette::new();
    add_palette(&mut palette, base_document, &mut silent);
    add_palette(&mut palette, document, &mut report);
    let mut looks = BTreeMap::new();
    add_looks(&mut looks, base_document, &palette, &mut silent);
    add_looks(&mut looks, document, &palette, &mut report);
    let inherited = ground(base_document, &mut silent);
    let ground = ground(document, &mut report).or(inherited).unwrap_or(Ground::Dark);
    report.problems.sort_by_key(|problem| problem.position);
    (Theme { ground, looks: complete(&looks) }, report.problems)
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

fn base_name(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<&'static str> {
    let value = document.get("inherits")?;
    let found = value.get_ref().as_str().and_then(|wanted| Theme::names().find(|name| *name == wanted));
    if found.is_none() {
        let names = Theme::names().collect::<Vec<_>>().join(", ");
        report.warn("theme-base", value.span(), "inherits", words::theme_base_unknown(shown(value)), names);
    }
    found
}

fn ground(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<Ground> {
    let value = document.get("ground")?;
    match value.get_ref().as_str() {
        Some("dark") => Some(Ground::Dark),
        Some("light") => Some(Ground::Light),
        _ => {
            let message = words::theme_wrong_value("ground", shown(value));
            report.warn("theme-ground", value.span(), "ground", message, "dark, light".to_owned());
            None
        }
    }
}

/// The entries of a top-level table; none when it is missing, and a warning when it is something else.
fn section<'a, 'd>(document: &'a DeTable<'d>, name: &str, report: &mut Report<'_>) -> Option<&'a DeTable<'d>> {
    let value = document.get(name)?;
    let table = value.get_ref().as_table();
    if table.is_none() {
        report.warn("theme-type", value.span(), name, words::theme_must_be_table(name), String::new());
    }
    table
}

fn add_palette<'a>(palette: &mut Palette<'a>, document: &'a DeTable<'_>, report: &mut Report<'_>) {
    for (name, value) in section(document, "palette", report).into_iter().flatten() {
        let key = format!("palette.{}", name.get_ref());
        let shade = match value.get_ref().as_table() {
            Some(table) => two_colours(table, value, &key, report),
            None => colour(value, None, &key, report),
        };
        if let Some(shade) = shade {
            palette.insert(name.get_ref().as_ref(), shade);
        }
    }
}

/// `{ rgb = …, ansi = … }`.
fn two_colours(table: &DeTable<'_>, whole: &Value<'_>, key: &str, report: &mut Report<'_>) -> Option<Shade> {
    report.unknown_keys(table, key, &["rgb", "ansi"]);
    let mut part = |name| table.get(name).and_then(|value| colour(value, None, &format!("{key}.{name}"), report));
    let (full, ansi) = (part("rgb"), part("ansi"));
    if !table.contains_key("rgb") {
        report.warn("theme-colour", whole.span(), key, words::theme_colour_needs_rgb(key), String::new());
    }
    full.map(|full| Shade { ansi: ansi.map(|shade| shade.full), ..full })
}

fn add_looks<'a>(
    looks: &mut BTreeMap<Role, Look>,
    document: &'a DeTable<'_>,
    palette: &Palette<'a>,
    report: &mut Report<'_>,
) {
    for (name, value) in section(document, "roles", report).into_iter().flatten() {
        let key = format!("roles.{}", name.get_ref());
        match Role::named(name.get_ref()) {
            Some(role) => {
                looks.insert(role, look(value, palette, &key, report));
            }
            None => {
                let names: Vec<&str> = Role::all().map(Role::name).collect();
                report.unknown(name.span(), key, words::theme_role_unknown(name.get_ref()), name.get_ref(), &names);
            }
        }
    }
}

/// A colour alone, or a table of colours and modifiers.
fn look(value: &Value<'_>, palette: &Palette<'_>, key: &str, report: &mut Report<'_>) -> Look {
    let mut look = Look::default();
    let Some(table) = value.get_ref().as_table() else {
        look.fg = colour(value, Some(palette), key, report);
        return look;
    };
    let mut known = vec!["fg", "bg"];
    known.extend(MODIFIERS.map(|(name, _)| name));
    report.unknown_keys(table, key, &known);
    let mut part =
        |name| table.get(name).and_then(|value| colour(value, Some(palette), &format!("{key}.{name}"), report));
    (look.fg, look.bg) = (part("fg"), part("bg"));
    for (name, modifier) in MODIFIERS {
        let Some(value) = table.get(name) else { continue };
        match value.get_ref().as_bool() {
            Some(on) => look.modifier.set(modifier, on),
            None => {
                let message = words::theme_wrong_value(name, shown(value));
                report.warn("theme-type", value.span(), &format!("{key}.{name}"), message, "true, false".to_owned());
            }
        }
    }
    look
}

/// A name of the palette (where there is one), a spelled colour, or a number from 0 to 255.
fn colour(value: &Value<'_>, palette: Option<&Palette<'_>>, key: &str, report: &mut Report<'_>) -> Option<Shade> {
    let plain = |full| Shade { full, ansi: None };
    let found = match value.get_ref() {
        DeValue::String(text) => {
            palette.and_then(|palette| palette.get(text.as_ref()).copied()).or_else(|| parse(text).map(plain))
        }
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok().map(Color::Indexed).map(plain),
        _ => None,
    };
    if found.is_none() {
        let allowed = words::theme_colour_allowed().to_owned();
        report.warn("theme-colour", value.span(), key, words::theme_colour_unknown(shown(value)), allowed);
    }
    found
}

/// A value as a message names it.
fn shown(value: &Value<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}

/// Collects the problems of one file.
struct Report<'a> {
    file: Option<&'a Path>,
    index: LineIndex<'a>,
    problems: Vec<Problem>,
}

impl Report<'_> {
    fn push(&mut self, level: Level, code: &'static str, span: Option<Range<usize>>, key: String, message: String) {
        let position = span.map(|span| self.index.position(span.start));
        self.problems.push(Problem::new(level, code, message).at(self.file, position).with_key(key));
    }

    fn warn(&mut self, code: &'static str, span: Range<usize>, key: &str, message: String, allowed: String) {
        self.push(Level::Warning, code, Some(span), key.to_owned(), message);
        if let Some(problem) = self.problems.last_mut() {
            problem.allowed = allowed;
        }
    }

    /// A name that is not among `names`: the nearest of them is the remedy.
    fn unknown(&mut self, span: Range<usize>, key: String, message: String, name: &str, names: &[&str]) {
        self.push(Level::Warning, "theme-key", Some(span), key, message);
        let near = names.iter().filter(|known| strsim::damerau_levenshtein(known, name) <= 2);
        let nearest = near.min_by_key(|known| strsim::damerau_levenshtein(known, name));
        if let Some(problem) = self.problems.last_mut() {
            problem.allowed = names.join(", ");
            problem.remedy = nearest.map(words::did_you_mean).unwrap_or_default();
        }
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>, parent: &str, known: &[&str]) {
        for name in table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let key =
                if parent.is_empty() { name.get_ref().to_string() } else { format!("{parent}.{}", name.get_ref()) };
            self.unknown(name.span(), key.clone(), words::key_unknown(key), name.get_ref(), known);
        }
    }
}
