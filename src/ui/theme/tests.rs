//! The shipped themes are readable on every terminal, and a broken theme says where it is broken.
#![allow(clippy::float_arithmetic, reason = "WCAG defines contrast by a power function")]

use ratatui::style::Color;

use super::colour::rgb;
use super::*;
use crate::place::{Level, Position};

fn luminance(colour: Color) -> f64 {
    let (r, g, b) = rgb(colour).unwrap_or_default();
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_computed_as_wcag_defines_it() {
    assert!((contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
    assert!((contrast(Color::Rgb(119, 119, 119), Color::Rgb(255, 255, 255)) - 4.478).abs() < 1e-3);
}

/// Grounds of much-used terminal colour schemes, because the themes leave the ground to the terminal.
const DARK_GROUNDS: [u32; 5] = [0x00_00_00, 0x1e_1e_1e, 0x28_2c_34, 0x00_2b_36, 0x2e_34_40];
const LIGHT_GROUNDS: [u32; 4] = [0xff_ff_ff, 0xfa_fa_fa, 0xfd_f6_e3, 0xee_ee_ee];

fn required(weight: Weight) -> f64 {
    match weight {
        Weight::Text => 4.5,
        Weight::Sign => 3.0,
        Weight::Decoration => 1.0,
    }
}

/// Every role on every ground, and on the selection's ground, where rows show their own colours.
fn unreadable(name: &str, depth: ColourDepth, grounds: &[u32]) -> Vec<String> {
    let styles = Theme::built_in(name).unwrap_or_else(|| Theme::read("", None).0).styles(depth);
    let selected = styles.of(Role::Selection).bg;
    let mut found = Vec::new();
    for role in Role::all() {
        let style = styles.of(role);
        // Two of sixteen colours seldom go together: there the selection's own colour replaces those of its parts.
        let selected = selected.filter(|_| depth != ColourDepth::Ansi16);
        let grounds = grounds.iter().map(|ground| Color::from_u32(*ground)).chain(selected);
        for ground in grounds {
            let ratio = contrast(style.fg.unwrap_or(Color::Reset), style.bg.unwrap_or(ground));
            if role != Role::Background && ratio < required(role.weight()) {
                found.push(format!("{name} {depth:?}: {} on {ground}: {ratio:.2}", role.name()));
            }
        }
    }
    found
}

#[test]
fn every_text_is_readable_on_every_ground_in_true_colour_and_in_256() {
    let mut found = Vec::new();
    for depth in [ColourDepth::True, ColourDepth::Indexed256] {
        found.extend(unreadable("dark", depth, &DARK_GROUNDS));
        found.extend(unreadable("light", depth, &LIGHT_GROUNDS));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_text_is_readable_in_sixteen_colours_as_xterm_shows_them() {
    let mut found = unreadable("dark", ColourDepth::Ansi16, &[0x00_00_00]);
    found.extend(unreadable("light", ColourDepth::Ansi16, &[0xff_ff_ff]));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn frames_are_faint_but_there() {
    for (name, grounds) in [("dark", &DARK_GROUNDS[..]), ("light", &LIGHT_GROUNDS[..])] {
        let styles = Theme::built_in(name).map(|theme| theme.styles(ColourDepth::True));
        for role in [Role::Border, Role::BarRest] {
            let colour = styles.as_ref().and_then(|styles| styles.of(role).fg).unwrap_or_default();
            let worst =
                grounds.iter().map(|ground| contrast(colour, Color::from_u32(*ground))).fold(f64::MAX, f64::min);
            assert!((1.8..4.5).contains(&worst), "{name} {}: {worst:.2}", role.name());
        }
    }
}

#[test]
fn shipped_themes_read_without_a_word_and_leave_the_ground_alone() {
    for name in Theme::names() {
        let (theme, problems) = Theme::read(Theme::source(name).unwrap_or_default(), None);
        assert_eq!(problems, [], "{name}");
        assert_eq!(theme.ground(), if name == "light" { Ground::Light } else { Ground::Dark });
        assert_eq!(theme.styles(ColourDepth::True).of(Role::Background), Style::new(), "{name}");
    }
    assert_eq!(Theme::built_in("nope"), None);
}

#[test]
fn colour_themes_name_every_role_but_the_ground() {
    for name in Theme::names() {
        let text = Theme::source(name).unwrap_or_default();
        for role in Role::all().filter(|role| *role != Role::Background) {
            assert!(
                text.lines().any(|line| line.starts_with(&format!("{} = ", role.name()))),
                "{name} leaves out {}",
                role.name()
            );
        }
    }
}

#[test]
fn focus_and_total_share_the_one_accent() {
    for name in ["dark", "light"] {
        let styles = Theme::built_in(name).map(|theme| theme.styles(ColourDepth::True));
        let fg = |role| styles.as_ref().and_then(|styles| styles.of(role).fg);
        assert!(fg(Role::Accent).is_some());
        assert_eq!([fg(Role::Total), fg(Role::FocusBorder)], [fg(Role::Accent); 2], "{name}");
        assert!(
            [Role::Text, Role::Dim, Role::Value, Role::Border, Role::Warn]
                .iter()
                .all(|role| fg(*role) != fg(Role::Accent))
        );
    }
}

#[test]
fn without_colours_selection_and_focus_stay_visible() {
    for name in Theme::names() {
        let styles = Theme::built_in(name).map(|theme| theme.styles(ColourDepth::None));
        let of = |role| styles.as_ref().map(|styles| styles.of(role)).unwrap_or_default();
        for role in Role::all() {
            let style = of(role);
            assert!(
                [style.fg, style.bg].into_iter().flatten().all(|colour| colour == Color::Reset),
                "{name} {}",
                role.name()
            );
        }
        assert!(of(Role::Selection).add_modifier.contains(Modifier::REVERSED), "{name}");
        for (role, beside) in
            [(Role::FocusBorder, Role::Border), (Role::FocusTitle, Role::Title), (Role::TabActive, Role::Tab)]
        {
            assert_ne!(of(role).add_modifier, of(beside).add_modifier, "{name} {}", role.name());
        }
    }
}

#[test]
fn monochrome_has_no_colour_on_any_terminal() {
    let styles = Theme::built_in("monochrome").map(|theme| theme.styles(ColourDepth::True));
    for role in Role::all() {
        let style = styles.as_ref().map(|styles| styles.of(role)).unwrap_or_default();
        assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
    }
}

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
        "mine.toml:10:2: warning: unknown key extra; allowed: ground, inherits, palette, roles",
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
    for text in ["palette = 1", "roles = []", "inherits = 2", "inherits = \"dracula\"", "ground = 3"] {
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
