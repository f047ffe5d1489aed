//! base16 and base24 schemes, as collections publish them: flat files of `base00: "181818"` to `base0F`.
//!
//! Both forms are read, with the colours at the top or below `palette:`, and also `=` for `:`. A scheme gives hues, not contrast:
//! its comment colour is often too faint for words. Each colour is moved towards the scheme's text until it is readable.

use crate::diagnostics::Code;
use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::{Color, Modifier};

use super::colour::{Rgb, Shade, rgb};
use super::contrast::{SIGNS, WORDS, contrast, indexed, lifted, pole, selection};
use super::report::{Report, brief};
use super::sheet::{Coat, Paint, Sheet};
use super::{Credits, Ground, Role, Weight};
use crate::words;

/// Characters of a scheme's name or author.
const CREDIT_LENGTH: usize = 200;

/// One `key: value` of the file.
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
    sign: char,
    key_at: usize,
    value_at: usize,
}

/// The entries of a flat file, each with its position. Comments, blank lines and headers are skipped.
fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut next = 0;
    text.split('\n').filter_map(move |line| {
        let start = next;
        next += line.len() + 1;
        let line = line.trim_start_matches('\u{feff}');
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with(['#', '[']) {
            return None;
        }
        let at = line.find([':', '='])?;
        let sign = line[at..].chars().next()?;
        let after = &line[at + sign.len_utf8()..];
        let value_at = start + line.len() - after.trim_start().len();
        let key = line[..at].trim().trim_matches(['"', '\'']);
        Some(Entry { key, value: bare(after.trim()), sign, key_at: start + indent, value_at })
    })
}

/// A value without its quotes and without a trailing comment.
fn bare(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split(quote).next().unwrap_or_default();
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end()
}

/// The number of a colour's name: 13 for `base0D`, 23 for `base17`.
fn number(key: &str) -> Option<usize> {
    let digits = key.strip_prefix("base").filter(|digits| digits.len() == 2)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| usize::from_str_radix(digits, 16).ok())?;
    number.filter(|number| *number < 24)
}

/// Whether a text is a scheme and not a theme: by its content, whatever the file's name.
pub(super) fn recognised(text: &str) -> bool {
    let mut colours_in_toml = false;
    for entry in entries(text) {
        match (entry.key, entry.sign) {
            ("scheme" | "palette" | "system", ':') => return true,
            ("inherits" | "ground", '=') => return false,
            (key, ':') if number(key).is_some() => return true,
            (key, '=') if number(key).is_some() => colours_in_toml = true,
            _ => {}
        }
    }
    colours_in_toml && !text.lines().any(|line| line.trim_start().starts_with("[roles"))
}

/// Reads a scheme; missing colours are replaced by those it has.
pub(super) fn read(text: &str, report: &mut Report<'_>) -> Sheet {
    let mut credits = Credits::default();
    let mut colours: BTreeMap<usize, Option<Rgb>> = BTreeMap::new();
    for entry in entries(text) {
        let Some(number) = number(entry.key) else {
            let line =
                || Some(entry.value.chars().take(CREDIT_LENGTH).collect()).filter(|line: &String| !line.is_empty());
            match entry.key {
                "name" | "scheme" => credits.description = credits.description.or_else(line),
                "author" => credits.source = credits.source.or_else(line),
                _ => {}
            }
            continue;
        };
        let colour = hex(entry.value);
        if colours.contains_key(&number) {
            let allowed = words::key_twice_allowed();
            report.warn(Code::ThemeKey, span(entry.key_at), entry.key, words::key_twice(entry.key), allowed);
            continue;
        }
        if colour.is_none() {
            let message = words::theme_colour_unknown(format!("\"{}\"", brief(entry.value)));
            report.warn(Code::ThemeColour, span(entry.value_at), entry.key, message, words::scheme_colour_allowed());
        }
        colours.insert(number, colour);
    }
    let lacking: Vec<String> = (0..16).filter(|n| !colours.contains_key(n)).map(|n| format!("base{n:02X}")).collect();
    if !lacking.is_empty() {
        report.warn(Code::ThemeScheme, span(0), "", words::scheme_lacks(lacking.join(", ")), words::scheme_allowed());
    }
    let given = colours.into_iter().filter_map(|(number, colour)| colour.map(|colour| (number, colour))).collect();
    Hues::new(&given).sheet(credits, &given)
}

fn span(at: usize) -> Range<usize> {
    at..at
}

fn hex(value: &str) -> Option<Rgb> {
    super::colour::parse(&format!("#{}", value.strip_prefix('#').unwrap_or(value))).and_then(rgb)
}

/// A scheme's colours by use, as the scheme gives them.
struct Hues {
    ground: Rgb,
    selection: Rgb,
    text: Rgb,
    comment: Rgb,
    soft: Rgb,
    accent: Rgb,
    red: Rgb,
    yellow: Rgb,
    green: Rgb,
    cyan: Rgb,
}

impl Hues {
    fn new(given: &BTreeMap<usize, Rgb>) -> Self {
        let of = |number: usize| given.get(&number).copied();
        let ground = of(0).or_else(|| of(5).map(pole)).unwrap_or_default();
        let text = of(5).unwrap_or_else(|| pole(ground));
        let or_text = |number| of(number).unwrap_or(text);
        Self {
            ground,
            selection: of(2).or(of(1)).unwrap_or(ground),
            text,
            comment: or_text(3),
            soft: of(4).or(of(3)).unwrap_or(text),
            accent: or_text(13),
            red: or_text(8),
            yellow: of(10).or(of(9)).unwrap_or(text),
            green: or_text(11),
            cyan: of(12).or(of(13)).unwrap_or(text),
        }
    }

    /// The roles in readable colours, and the scheme's own colours under their names for themes that build on it.
    fn sheet(&self, credits: Credits, given: &BTreeMap<usize, Rgb>) -> Sheet {
        let named = |(number, colour): (&usize, &Rgb)| (format!("base{number:02X}"), Shade::plain(full(*colour)));
        let dark = pole(self.ground) == (255, 255, 255);
        Sheet {
            ground: Some(if dark { Ground::Dark } else { Ground::Light }),
            credits,
            base: None,
            palette: given.iter().map(named).collect(),
            roles: Painter::new(self, dark).coats(self),
        }
    }
}

/// Makes the shades of a scheme readable on its two backgrounds, at every colour depth.
struct Painter {
    dark: bool,
    ground: Shade,
    selection: Shade,
    grounds: [Rgb; 2],
    indexed_grounds: [Rgb; 2],
    /// The targets that a faint colour is moved towards: the scheme's text, and if that is faint itself, black or white.
    towards: [Rgb; 2],
}

impl Painter {
    fn new(hues: &Hues, dark: bool) -> Self {
        let pole = pole(hues.ground);
        let text = lifted(hues.text, &[pole], &[hues.ground], WORDS);
        let selection = selection(hues.selection, hues.ground, text);
        let grounds = [hues.ground, selection];
        let indexed_grounds = grounds.map(|ground| indexed(ground, &[], 1.0));
        let (black, white) = (Color::Black, Color::White);
        let (ground_ansi, selection_ansi) = if dark { (black, Color::Blue) } else { (white, Color::Gray) };
        let shade = |colour, (index, _): (u8, Rgb), ansi| Shade {
            full: full(colour),
            indexed: Some(Color::Indexed(index)),
            ansi: Some(ansi),
        };
        Self {
            dark,
            ground: shade(hues.ground, indexed_grounds[0], ground_ansi),
            selection: shade(selection, indexed_grounds[1], selection_ansi),
            grounds,
            indexed_grounds: indexed_grounds.map(|(_, rgb)| rgb),
            towards: [text, pole],
        }
    }

    /// A colour for words or signs, with one of the sixteen for dark and one for light backgrounds.
    fn paint(&self, colour: Rgb, weight: Weight, on_dark: Color, on_light: Color) -> Option<Paint> {
        let needed = match weight {
            Weight::Text => WORDS,
            Weight::Sign => SIGNS,
            Weight::Decoration => 1.5,
        };
        let colour = lifted(colour, &self.towards, &self.grounds, needed);
        let (index, _) = indexed(colour, &self.indexed_grounds, needed);
        let ansi = if self.dark { on_dark } else { on_light };
        Some(Paint::Shade(Shade { full: full(colour), indexed: Some(Color::Indexed(index)), ansi: Some(ansi) }))
    }

    fn coats(&self, hues: &Hues) -> BTreeMap<Role, Coat> {
        let words = |colour, on_dark, on_light| self.paint(colour, Weight::Text, on_dark, on_light);
        let (plain, bold) = (Modifier::empty(), Modifier::BOLD);
        let strong = if contrast(hues.text, hues.ground) < WORDS { self.towards[1] } else { hues.text };
        let value = words(strong, Color::White, Color::Black);
        let text = words(hues.text, Color::Gray, Color::Black);
        let soft = words(hues.soft, Color::Gray, Color::Black);
        let accent = words(hues.accent, Color::LightCyan, Color::Blue);
        let line = self.paint(hues.comment, Weight::Decoration, Color::DarkGray, Color::DarkGray);
        let bar = self.paint(hues.cyan, Weight::Sign, Color::Cyan, Color::Blue);
        let (ground, selection) = (Some(Paint::Shade(self.ground)), Some(Paint::Shade(self.selection)));
        let coat = |fg: &Option<Paint>, modifier| Coat { fg: fg.clone(), bg: None, modifier };
        let on_selection = |modifier| Coat { bg: selection.clone(), ..coat(&value, modifier) };
        let marked = bold | Modifier::UNDERLINED;
        BTreeMap::from([
            (Role::Background, Coat { bg: ground, ..Coat::default() }),
            (Role::Text, coat(&text, plain)),
            (Role::Dim, coat(&soft, plain)),
            (Role::Label, coat(&soft, plain)),
            (Role::Value, coat(&value, plain)),
            (Role::Accent, coat(&accent, plain)),
            (Role::Header, coat(&value, bold)),
            (Role::TabActive, coat(&accent, marked)),
            (Role::Border, coat(&line, plain)),
            (Role::FocusBorder, coat(&accent, bold)),
            (Role::Title, coat(&text, plain)),
            (Role::FocusTitle, coat(&accent, bold)),
            (Role::Selection, on_selection(bold)),
            (Role::Edit, on_selection(Modifier::UNDERLINED)),
            (Role::Good, coat(&words(hues.green, Color::LightGreen, Color::Black), plain)),
            (Role::Warn, coat(&words(hues.yellow, Color::LightYellow, Color::Magenta), plain)),
            (Role::Bad, coat(&words(hues.red, Color::LightRed, Color::Red), bold)),
            (Role::Bar, coat(&bar, plain)),
            (Role::Marker, coat(&value, bold)),
            (Role::Key, coat(&text, bold)),
        ])
    }
}

fn full((r, g, b): Rgb) -> Color {
    Color::Rgb(r, g, b)
}
