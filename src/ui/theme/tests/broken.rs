//! What a theme leaves out, and what it gets wrong.

use super::*;
use crate::place::{Level, Position};

#[test]
fn a_role_left_out_looks_like_its_fallback_with_its_own_sign() {
    let (theme, problems) = Theme::read("[roles]\naccent = \"#112233\"\n", None);
    assert_eq!(problems, []);
    let styles = theme.styles(ColourDepth::True);
    let accent = Style::new().fg(Color::Rgb(0x11, 0x22, 0x33));
    assert_eq!(styles.of(Role::Total), accent.add_modifier(Modifier::BOLD));
    assert_eq!(styles.of(Role::Bar), accent);
    assert_eq!(styles.of(Role::Selection), Style::new().add_modifier(Modifier::REVERSED));
    assert_eq!(styles.of(Role::Dim), Style::new());
}

#[test]
fn a_theme_may_build_on_a_shipped_one_and_repaint_its_palette() {
    let (theme, problems) =
        Theme::read("inherits = \"light\"\n[palette]\nocean = 25\n[roles]\ngood = \"green\"\n", None);
    assert_eq!(problems, []);
    let styles = theme.styles(ColourDepth::True);
    assert_eq!(theme.ground(), Ground::Light);
    assert_eq!(styles.of(Role::Total).fg, Some(Color::Indexed(25)));
    assert_eq!(styles.of(Role::Good), Style::new().fg(Color::Green));
    assert_eq!(styles.of(Role::Text).fg, Some(Color::from_u32(0x2b_32_3d)));
}

#[test]
fn what_cannot_be_read_is_a_warning_with_its_place_and_the_rest_counts() {
    let text = "ground = \"dusk\"\n[palette]\nx = \"#12\"\ny = { ansi = \"red\" }\n[roles]\ntotl = \"red\"\ntext = \"sea\"\n\
                dim = { fg = 300, bolt = true, bold = 1 }\nvalue = \"green\"\n[extra]\n";
    let (theme, problems) = Theme::read(text, Some(Path::new("mine.toml")));
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let starts = [
        "mine.toml:1:10: warning: ground cannot be \"dusk\"; allowed: dark, light",
        "mine.toml:3:5: warning: \"#12\" is not a colour; allowed: ",
        "mine.toml:4:5: warning: palette.y says nothing about rgb",
        "mine.toml:6:1: warning: the theme names a role totl that does not exist; allowed: background, text, ",
        "mine.toml:7:8: warning: \"sea\" is not a colour; allowed: ",
        "mine.toml:8:14: warning: 300 is not a colour; allowed: ",
        "mine.toml:8:19: warning: unknown key roles.dim.bolt; allowed: fg, bg, bold, dim, italic, underline, reverse; did you mean bold?",
        "mine.toml:8:39: warning: bold cannot be 1; allowed: true, false",
        "mine.toml:10:2: warning: unknown key extra; allowed: ground, inherits, palette, roles, ",
    ];
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}\ndoes not start with\n{start}");
    }
    assert!(lines[3].ends_with("; did you mean total?"), "{}", lines[3]);
    assert_eq!(theme.styles(ColourDepth::True).of(Role::Value), Style::new().fg(Color::Green));
}

#[test]
fn sections_of_the_wrong_type_are_warnings() {
    for text in ["palette = 1", "roles = []", "inherits = 2", "inherits = \"draculaa\"", "license = 5", "ground = 3"] {
        let (_, problems) = Theme::read(text, None);
        assert_eq!(problems.len(), 1, "{text}");
        assert_eq!((problems[0].level, problems[0].position.map(|p| p.line)), (Level::Warning, Some(1)), "{text}");
    }
}

#[test]
fn broken_toml_is_an_error_with_its_place_and_the_default_stands_in() {
    let (theme, problems) = Theme::read("ground = \"dark\"\n[roles\ntext = 1\n", None);
    assert_eq!(
        problems.first().map(|p| (p.level, p.position)),
        Some((Level::Error, Some(Position { line: 2, column: 7 })))
    );
    assert_eq!(theme.styles(ColourDepth::True).of(Role::Total), default_total());
    for hostile in
        ["\0", "\u{feff}", "[[[[", "a = \"\\u001b[2J\"", "[roles]\n\"\\u001b[2J\" = 1\n", &"[".repeat(100_000)]
    {
        let (_, problems) = Theme::read(hostile, None);
        assert!(problems.iter().all(|p| !p.message.contains('\u{1b}')), "{problems:?}");
    }
}

fn default_total() -> Style {
    Theme::built_in("dark").map(|theme| theme.styles(ColourDepth::True).of(Role::Total)).unwrap_or_default()
}
