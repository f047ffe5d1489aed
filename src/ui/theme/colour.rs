//! Colours as themes write them, and their look on terminals that show fewer.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColourDepth {
    /// None: bold, underline and reverse only.
    None,
    /// The sixteen that the terminal's user chose.
    Ansi16,
    /// The sixteen, a cube of 216 and 24 greys.
    Indexed256,
    /// Red, green and blue of 8 bits each.
    True,
}

/// Terminals without colour that still run today, as consoles or behind serial lines.
const MONOCHROME: [&str; 7] = ["", "dumb", "vt100", "vt102", "vt220", "vt320", "xterm-mono"];

impl ColourDepth {
    /// Reads the values of `NO_COLOR`, `COLORTERM` and `TERM`, as far as they are set.
    #[must_use]
    pub fn detect(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        if no_color.is_some_and(|value| !value.is_empty()) || MONOCHROME.contains(&term) || term.ends_with("-m") {
            Self::None
        } else if matches!(colorterm, Some("truecolor" | "24bit")) || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed256
        } else {
            Self::Ansi16
        }
    }
}

/// A colour of a theme: the wanted look, and substitutes for terminals whose nearest colour would read badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    pub(super) full: Color,
    pub(super) indexed: Option<Color>,
    pub(super) ansi: Option<Color>,
}

impl Shade {
    pub(super) fn plain(full: Color) -> Self {
        Self { full, indexed: None, ansi: None }
    }

    pub(super) fn at(self, depth: ColourDepth) -> Color {
        match (depth, self.full) {
            (ColourDepth::None, _) => Color::Reset,
            (ColourDepth::Ansi16, full) => self.ansi.unwrap_or_else(|| nearest_ansi(full)),
            (ColourDepth::Indexed256, full) => self.indexed.unwrap_or_else(|| match full {
                Color::Rgb(r, g, b) => nearest_indexed((r, g, b)),
                other => other,
            }),
            (ColourDepth::True, full) => full,
        }
    }
}

/// Red, green and blue, from 0 to 255.
pub(super) type Rgb = (u8, u8, u8);

/// Names and usual values (xterm's) of the sixteen, in order. Users change the values; the names keep their hue.
const ANSI: [(&str, Color, Rgb); 16] = [
    ("black", Color::Black, (0, 0, 0)),
    ("red", Color::Red, (205, 0, 0)),
    ("green", Color::Green, (0, 205, 0)),
    ("yellow", Color::Yellow, (205, 205, 0)),
    ("blue", Color::Blue, (0, 0, 238)),
    ("magenta", Color::Magenta, (205, 0, 205)),
    ("cyan", Color::Cyan, (0, 205, 205)),
    ("white", Color::Gray, (229, 229, 229)),
    ("bright-black", Color::DarkGray, (127, 127, 127)),
    ("bright-red", Color::LightRed, (255, 0, 0)),
    ("bright-green", Color::LightGreen, (0, 255, 0)),
    ("bright-yellow", Color::LightYellow, (255, 255, 0)),
    ("bright-blue", Color::LightBlue, (92, 92, 255)),
    ("bright-magenta", Color::LightMagenta, (255, 0, 255)),
    ("bright-cyan", Color::LightCyan, (0, 255, 255)),
    ("bright-white", Color::White, (255, 255, 255)),
];

/// `#rrggbb`, one of the sixteen names, or `default` for the terminal's own.
pub(super) fn parse(text: &str) -> Option<Color> {
    if let Some(hex) = text.strip_prefix('#') {
        let all_hex = hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        return u32::from_str_radix(hex, 16).ok().filter(|_| all_hex).map(Color::from_u32);
    }
    if text == "default" {
        return Some(Color::Reset);
    }
    ANSI.iter().find(|(name, ..)| *name == text).map(|(_, colour, _)| *colour)
}

/// Red, green and blue of a colour, as xterm shows it; `None` for the terminal's default.
pub(super) fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(index) => Some(indexed_rgb(index)),
        named => ANSI.iter().find(|(_, colour, _)| *colour == named).map(|(.., rgb)| *rgb),
    }
}

/// The levels of the 6×6×6 cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

fn indexed_rgb(index: u8) -> Rgb {
    match index {
        0..=15 => ANSI[usize::from(index)].2,
        16..=231 => {
            let level = |place: u8| LEVELS[usize::from((index - 16) / place % 6)];
            (level(36), level(6), level(1))
        }
        232..=255 => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}

/// The colours of the cube and the greys, the nearest to `wanted` first. Without the first sixteen, because users redefine them.
pub(super) fn by_nearness(wanted: Rgb) -> Vec<(u8, Rgb)> {
    let mut all: Vec<(u8, Rgb)> = (16..=255).map(|index| (index, indexed_rgb(index))).collect();
    all.sort_by_key(|(_, rgb)| distance(*rgb, wanted));
    all
}

fn nearest_indexed(wanted: Rgb) -> Color {
    (16..=255).min_by_key(|index| distance(indexed_rgb(*index), wanted)).map_or(Color::Reset, Color::Indexed)
}

fn nearest_ansi(colour: Color) -> Color {
    let Some(wanted) = rgb(colour).filter(|_| matches!(colour, Color::Rgb(..) | Color::Indexed(_))) else {
        return colour;
    };
    // Greys map to greys: a pale tint is nearer to white than to a pure hue, and the reverse looks garish.
    let fits = |candidate: &&(&str, Color, Rgb)| is_grey(candidate.2) == is_grey(wanted);
    ANSI.iter()
        .filter(fits)
        .min_by_key(|(.., rgb)| distance(*rgb, wanted))
        .map_or(Color::Reset, |(_, colour, _)| *colour)
}

/// Little colour: the three parts are within a quarter of the scale.
fn is_grey((r, g, b): Rgb) -> bool {
    r.max(g).max(b) - r.min(g).min(b) < 64
}

/// Squared distance, weighted as the eye weighs red, green and blue.
fn distance(a: Rgb, b: Rgb) -> u32 {
    let part = |a: u8, b: u8, weight: u32| weight * u32::from(a.abs_diff(b)).pow(2);
    part(a.0, b.0, 2) + part(a.1, b.1, 4) + part(a.2, b.2, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_every_spelling() {
        assert_eq!(parse("#7fD1c7"), Some(Color::Rgb(0x7f, 0xd1, 0xc7)));
        assert_eq!(parse("bright-blue"), Some(Color::LightBlue));
        assert_eq!(parse("default"), Some(Color::Reset));
        for wrong in ["", "#", "#fff", "#12345g", "#+12345", "#1234567", "blu", "Red", "#発発"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_environment_decides_the_depth() {
        let detect = ColourDepth::detect;
        assert_eq!(detect(Some("1"), Some("truecolor"), Some("xterm-256color")), ColourDepth::None);
        assert_eq!(detect(Some(""), Some("truecolor"), Some("xterm-256color")), ColourDepth::True);
        assert_eq!(detect(None, Some("24bit"), Some("screen")), ColourDepth::True);
        assert_eq!(detect(None, None, Some("xterm-direct")), ColourDepth::True);
        assert_eq!(detect(None, None, Some("tmux-256color")), ColourDepth::Indexed256);
        assert_eq!(detect(None, None, Some("linux")), ColourDepth::Ansi16);
        assert_eq!(detect(None, Some("truecolor"), Some("dumb")), ColourDepth::None);
        for without in ["vt100", "vt220", "linux-m"] {
            assert_eq!(detect(None, None, Some(without)), ColourDepth::None, "{without}");
        }
        assert_eq!(detect(None, None, None), ColourDepth::None);
    }

    #[test]
    fn exact_matches_convert_exactly() {
        for index in 16..=255u8 {
            assert_eq!(rgb(nearest_indexed(indexed_rgb(index))), Some(indexed_rgb(index)));
        }
        for (name, colour, (r, g, b)) in ANSI {
            assert_eq!(nearest_ansi(Color::Rgb(r, g, b)), colour, "{name}");
            assert_eq!(nearest_ansi(colour), colour, "{name}");
        }
        assert_eq!(nearest_ansi(Color::Reset), Color::Reset);
    }

    #[test]
    fn each_depth_shows_only_what_the_terminal_has() {
        let shade = Shade { ansi: Some(Color::Cyan), ..Shade::plain(Color::Rgb(0x86, 0xc5, 0xff)) };
        assert_eq!(shade.at(ColourDepth::True), shade.full);
        assert_eq!(shade.at(ColourDepth::Indexed256), Color::Indexed(117));
        let chosen = Shade { indexed: Some(Color::Indexed(111)), ..shade };
        assert_eq!(chosen.at(ColourDepth::Indexed256), Color::Indexed(111));
        assert_eq!(shade.at(ColourDepth::Ansi16), Color::Cyan);
        assert_eq!(shade.at(ColourDepth::None), Color::Reset);
        assert_eq!(Shade::plain(Color::Indexed(208)).at(ColourDepth::Ansi16), Color::Yellow);
    }
}
