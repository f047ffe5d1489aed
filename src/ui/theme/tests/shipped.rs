//! The themes that come with the program.
#![allow(clippy::float_arithmetic, reason = "distances between colours are no money")]

use super::*;

/// Backgrounds of widely used terminal colour schemes, for the themes that leave the background to the terminal.
const DARK_GROUNDS: [u32; 5] = [0x00_00_00, 0x1e_1e_1e, 0x28_2c_34, 0x00_2b_36, 0x2e_34_40];
const LIGHT_GROUNDS: [u32; 4] = [0xff_ff_ff, 0xfa_fa_fa, 0xfd_f6_e3, 0xee_ee_ee];

/// The theme that leaves the background to the terminal: without colours of its own it is readable on any.
const GROUNDLESS: [&str; 1] = ["monochrome"];

fn styles(name: &str, depth: ColourDepth) -> Styles {
    Theme::built_in(name).unwrap_or_else(|| Theme::read("", None).0).styles(depth)
}

/// The themes with colours, and the backgrounds that each may be used on.
fn coloured(depth: ColourDepth) -> impl Iterator<Item = (&'static str, Styles, Vec<Color>)> {
    Theme::names().filter(|name| *name != "monochrome").map(move |name| {
        let styles = styles(name, depth);
        let grounds = match (styles.of(Role::Background).bg, depth, name) {
            (Some(own), ..) => vec![own],
            (None, ColourDepth::Ansi16, "light") => vec![Color::White],
            (None, ColourDepth::Ansi16, _) => vec![Color::Black],
            (None, _, "light") => LIGHT_GROUNDS.map(Color::from_u32).to_vec(),
            (None, ..) => DARK_GROUNDS.map(Color::from_u32).to_vec(),
        };
        (name, styles, grounds)
    })
}

#[test]
fn every_text_is_readable_on_its_ground_and_on_the_selection_at_every_depth() {
    for depth in [ColourDepth::True, ColourDepth::Indexed256, ColourDepth::Ansi16] {
        let found: Vec<String> =
            coloured(depth).flat_map(|(name, styles, grounds)| unreadable(name, &styles, depth, &grounds)).collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }
}

#[test]
fn strong_themes_have_seven_to_one() {
    for depth in [ColourDepth::True, ColourDepth::Indexed256] {
        for name in ["high-contrast", "projector"] {
            let styles = styles(name, depth);
            let grounds =
                [styles.of(Role::Background).bg, styles.of(Role::Selection).bg].map(Option::unwrap_or_default);
            for role in Role::all().filter(|role| role.weight() == Weight::Text) {
                let fg = styles.of(role).fg.unwrap_or_default();
                let least = grounds.map(|ground| contrast(fg, ground)).into_iter().fold(f64::MAX, f64::min);
                assert!(least >= 7.0, "{name} {depth:?} {}: {least:.2}", role.name());
            }
        }
    }
}

#[test]
fn frames_are_faint_but_there() {
    for (name, styles, grounds) in coloured(ColourDepth::True) {
        for role in [Role::Border, Role::BarRest] {
            let colour = styles.of(role).fg.unwrap_or_default();
            let worst = grounds.iter().map(|ground| contrast(colour, *ground)).fold(f64::MAX, f64::min);
            let strong = matches!(name, "high-contrast" | "projector");
            assert!((1.8..if strong { 7.0 } else { 4.5 }).contains(&worst), "{name} {}: {worst:.2}", role.name());
        }
    }
}

#[test]
fn the_selection_can_be_seen() {
    for depth in [ColourDepth::True, ColourDepth::Indexed256, ColourDepth::Ansi16] {
        for (name, styles, grounds) in coloured(depth) {
            let selected = styles.of(Role::Selection).bg.unwrap_or_default();
            let own = styles.of(Role::Background).bg;
            // The backgrounds of the others differ so much that one of them may be as light as the selection.
            assert!(own.is_none() || contrast(selected, grounds[0]) >= 1.1, "{name} {depth:?}");
            assert!(!grounds.contains(&selected), "{name} {depth:?}");
        }
    }
}

#[test]
fn shipped_themes_read_without_a_word() {
    assert!(Theme::names().count() >= 10);
    for name in Theme::names() {
        let (theme, problems) = Theme::read(Theme::source(name).unwrap_or_default(), None);
        assert_eq!(problems, [], "{name}");
        let light = name.contains("light") || name.contains("latte") || name == "projector";
        assert_eq!(theme.ground(), if light { Ground::Light } else { Ground::Dark }, "{name}");
        let background = theme.styles(ColourDepth::True).of(Role::Background);
        assert_eq!(background == Style::new(), GROUNDLESS.contains(&name), "{name}");
        let told = Themes::built_in().describe(name);
        assert!(told.is_some_and(|told| told.text.is_some_and(|text| (10..=75).contains(&text.len()))), "{name}");
    }
    assert_eq!(Theme::built_in("nope"), None);
}

#[test]
fn borrowed_colours_name_their_source_and_their_licence() {
    for name in Theme::names().skip(6) {
        let told = Themes::built_in().describe(name);
        let of = |part: fn(Description) -> Option<String>| told.clone().and_then(part).unwrap_or_default();
        assert!(of(|told| told.source).starts_with("https://"), "{name}");
        assert_eq!(of(|told| told.license), "MIT", "{name}");
        assert!(Theme::source(name).is_some_and(|text| text.contains("\n# Copyright (c) ")), "{name}");
    }
}

#[test]
fn themes_name_every_role_but_the_ground() {
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
fn no_palette_holds_a_colour_that_no_role_uses() {
    for name in Theme::names() {
        let text = Theme::source(name).unwrap_or_default();
        let Some((palette, roles)) = text.split_once("[palette]").and_then(|(_, rest)| rest.split_once("[roles]"))
        else {
            continue;
        };
        for colour in palette.lines().filter_map(|line| line.split_once(" = ")).map(|(colour, _)| colour) {
            assert!(roles.contains(&format!("\"{colour}\"")), "{name}: {colour}");
        }
    }
}

#[test]
fn focus_and_total_share_the_one_accent() {
    for (name, styles, _) in coloured(ColourDepth::True) {
        let fg = |role| styles.of(role).fg;
        assert!(fg(Role::Accent).is_some());
        assert_eq!([fg(Role::Total), fg(Role::FocusBorder)], [fg(Role::Accent); 2], "{name}");
        for role in [Role::Text, Role::Dim, Role::Value, Role::Border, Role::Warn, Role::Bad] {
            assert_ne!(fg(role), fg(Role::Accent), "{name} {}", role.name());
        }
    }
}

/// Linear red, green and blue as seen by an eye without one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.0,
/// for protanopia, deuteranopia and tritanopia.
const VISION: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
];

/// Lightness and hue in Oklab, as that eye sees the colour.
fn seen(colour: Color, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let (r, g, b) = rgb(colour).unwrap_or_default();
    let linear = [r, g, b].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let times = |rows: &[[f64; 3]; 3], by: [f64; 3]| rows.map(|row| row[0] * by[0] + row[1] * by[1] + row[2] * by[2]);
    let cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    let oklab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    times(&oklab, times(&cones, times(vision, linear).map(|part| part.clamp(0.0, 1.0))).map(f64::cbrt))
}

#[test]
fn meanings_stay_apart_for_every_kind_of_colour_vision() {
    for depth in [ColourDepth::True, ColourDepth::Indexed256] {
        let styles = styles("colour-blind-safe", depth);
        let roles = [Role::Good, Role::Warn, Role::Bad, Role::Accent];
        for (index, a) in roles.iter().enumerate() {
            for b in &roles[index + 1..] {
                for (eye, vision) in VISION.iter().enumerate() {
                    let [a, b] = [a, b].map(|role| seen(styles.of(*role).fg.unwrap_or_default(), vision));
                    let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    // About 0.02 is the least visible difference.
                    assert!(apart > 0.08, "{depth:?}, eye {eye}: {:?} {apart:.3}", roles[index]);
                }
            }
        }
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
