//! base16 schemes, in both of their forms and broken in every way.

use super::*;
use crate::diagnostics::Level;

const OLD: &str = "# a comment\nscheme: \"Plain Dark\"\nauthor: \"Somebody (https://example.org)\"\nbase00: \"181818\"\n\
    base01: '282828'\nbase02: 383838\nbase03: \"#585858\" # comments\nbase04: b8b8b8   # soft\nbase05: \"d8d8d8\"\n\
    base06: \"e8e8e8\"\nbase07: \"f8f8f8\"\nbase08: \"ab4642\"\nbase09: \"dc9656\"\nbase0A: \"f7ca88\"\nbase0b: \"a1b56c\"\n\
    base0C: \"86c1b9\"\nbase0D: \"7cafc2\"\nbase0E: \"ba8baf\"\nbase0F: \"a16946\"\n";

fn new_form() -> String {
    let colours = OLD.lines().skip(3).map(|line| format!("  {line}\r\n")).collect::<String>();
    let more = (0x10..0x18).map(|n| format!("  base{n:X}: \"123456\"\r\n")).collect::<String>();
    format!(
        "---\r\nsystem: \"base24\"\r\nname: \"Plain Dark\"\r\nslug: \"x\"\r\nvariant: \"dark\"\r\npalette:\r\n{colours}{more}"
    )
}

fn styles(text: &str) -> Styles {
    Theme::read(text, None).0.styles(ColourDepth::True)
}

fn told(text: &str) -> Vec<String> {
    Theme::read(text, Some(Path::new("x.yaml"))).1.iter().map(ToString::to_string).collect()
}

fn faint(name: &str, theme: &Theme) -> Vec<String> {
    [ColourDepth::True, ColourDepth::Indexed256, ColourDepth::Ansi16]
        .into_iter()
        .flat_map(|depth| {
            let styles = theme.styles(depth);
            let ground = styles.of(Role::Background).bg.unwrap_or_default();
            unreadable(name, &styles, depth, &[ground])
        })
        .collect()
}

#[test]
fn both_forms_and_equals_signs_give_the_same_theme() {
    let (old, problems) = Theme::read(OLD, None);
    assert_eq!(problems, []);
    let styles = old.styles(ColourDepth::True);
    assert_eq!(styles.of(Role::Background).bg, Some(Color::from_u32(0x18_18_18)));
    assert_eq!(styles.of(Role::Text).fg, Some(Color::from_u32(0xd8_d8_d8)));
    assert_eq!(styles.of(Role::Total).fg, Some(Color::from_u32(0x7c_af_c2)), "base0D leads the eye");
    assert_eq!(styles.of(Role::Good).fg, Some(Color::from_u32(0xa1_b5_6c)));
    assert_eq!(old.ground(), Ground::Dark);

    let (new, problems) = Theme::read(&new_form(), None);
    assert_eq!(problems, []);
    assert_eq!(new.looks, old.looks);

    let equals = OLD.replace(": ", " = ").replace("= (https", "(https");
    let (equals, problems) = Theme::read(&equals, None);
    assert_eq!(problems, []);
    assert_eq!(equals.looks, old.looks);
}

#[test]
fn a_scheme_is_listed_under_its_own_words() {
    let source = Source { name: "plain".to_owned(), text: OLD.to_owned(), file: "plain.yaml".into() };
    let told = Themes::with_own([source]).describe("plain");
    let words = told.map(|told| (told.text, told.source, told.license));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(words, Some((text("Plain Dark"), text("Somebody (https://example.org)"), None)));
}

#[test]
fn faint_colours_are_moved_until_they_read_at_every_depth() {
    let theme = Theme::read(OLD, None).0;
    assert_eq!(faint("plain", &theme), [] as [String; 0]);
    let turned = OLD.replace("181818", "f8f8f8").replace("\"d8d8d8\"", "\"383838\"").replace("383838\n", "d8d8d8\n");
    let theme = Theme::read(&turned, None).0;
    assert_eq!(theme.ground(), Ground::Light);
    assert_eq!(faint("turned", &theme), [] as [String; 0]);
}

#[test]
fn no_scheme_is_so_odd_that_its_words_cannot_be_read() {
    // All colours equal, and every grey and some hues as a background for text of another.
    let parts = [0u32, 40, 100, 117, 128, 160, 220, 255];
    let colours = parts.iter().flat_map(|a| parts.iter().map(move |b| (a << 16) | (b << 8) | ((a + b) / 2)));
    for ground in colours {
        for text in [ground, 0x77_77_77, 0xff_00_00] {
            let colours: String =
                (0..16).map(|n| format!("base{n:02X}: \"{:06x}\"\n", if n == 0 { ground } else { text })).collect();
            let (theme, problems) = Theme::read(&colours, None);
            assert_eq!(problems, []);
            let styles = theme.styles(ColourDepth::True);
            let grounds = [styles.of(Role::Background).bg.unwrap_or_default()];
            let selected = styles.of(Role::Selection).bg.unwrap_or_default();
            assert!(contrast(selected, grounds[0]) >= 1.15, "{ground:06x} {text:06x}: {selected}");
            assert_eq!(
                unreadable("odd", &styles, ColourDepth::True, &grounds),
                [] as [String; 0],
                "{ground:06x} {text:06x}"
            );
        }
    }
}

#[test]
fn a_theme_may_build_on_a_scheme_and_use_its_colours() {
    let own = [("plain", OLD), ("mine", "inherits = \"plain\"\n[roles]\naccent = \"base0E\"\n")];
    let own = own.map(|(name, text)| Source { name: name.to_owned(), text: text.to_owned(), file: name.into() });
    let themes = Themes::with_own(own);
    assert_eq!(themes.problems(), []);
    let styles = themes.get("mine").map(|theme| theme.styles(ColourDepth::True));
    let fg = |role| styles.as_ref().and_then(|styles| styles.of(role).fg);
    assert_eq!(fg(Role::Accent), Some(Color::from_u32(0xba_8b_af)));
    assert_eq!(fg(Role::Text), Some(Color::from_u32(0xd8_d8_d8)));
}

#[test]
fn themes_in_toml_are_no_schemes() {
    let theme = "inherits = \"dark\"\n[palette]\nbase00 = \"#010203\"\n";
    assert_eq!(told(theme), [] as [String; 0]);
    let theme = "[palette]\nbase05 = \"#010203\"\n[roles]\ntext = \"base05\"\n";
    assert_eq!(styles(theme).of(Role::Text).fg, Some(Color::Rgb(1, 2, 3)));
    let theme = "description = \"palette: none\"\n[roles]\ntext = \"#010203\"\n";
    assert_eq!(styles(theme).of(Role::Text).fg, Some(Color::Rgb(1, 2, 3)));
}

#[test]
fn what_a_scheme_lacks_or_gets_wrong_is_a_warning_and_the_rest_counts() {
    let broken = OLD
        .replace("base0F: \"a16946\"\n", "")
        .replace("\"f7ca88\"", "\"f7ca8\"")
        .replace("base0E: \"ba8baf\"", "base0D: \"ba8baf\"");
    let colour = "is not a colour; allowed: six hexadecimal digits such as \"7cafc2\"";
    assert_eq!(
        told(&broken),
        [
            "x.yaml:1:1: warning: the scheme lacks base0E, base0F: its other colours are used instead; allowed: base00 to base0F"
                .to_owned(),
            format!("x.yaml:14:9: warning: \"f7ca8\" {colour}"),
            "x.yaml:18:1: warning: duplicate key base0D; allowed: each key once in its table".to_owned(),
        ]
    );
    let read = styles(&broken);
    assert_eq!(read.of(Role::Total).fg, Some(Color::from_u32(0x7c_af_c2)), "the first of two");
    assert_eq!(read.of(Role::Warn).fg, Some(Color::from_u32(0xdc_96_56)), "orange for yellow");

    for (text, count) in [("palette:\n", 1), ("base00: \"000000\"\n", 1), ("base05: zz\n", 2), ("scheme: {}\n", 1)] {
        let (theme, problems) = Theme::read(text, None);
        assert_eq!(problems.len(), count, "{text} {problems:?}");
        assert!(problems.iter().all(|problem| problem.level == Level::Warning && problem.position.is_some()));
        assert_eq!(faint(text, &theme), [] as [String; 0]);
    }
}

#[test]
fn hostile_schemes_are_harmless() {
    for text in [
        "base00: \"\u{1b}[2J\"",
        "base00: \u{202e}",
        "scheme: \"\u{1b}]0;x\u{7}\"\nbase00: '",
        "base00:",
        "base00: #",
        "base0発: \"000000\"\nbase00: 発発",
        "\u{feff}base00: \"000000\"",
        &"base00: x\n".repeat(20_000),
        &format!("base00: \"{}\"", "9".repeat(200_000)),
    ] {
        let (_, problems) = Theme::read(text, None);
        assert!((1..=51).contains(&problems.len()), "{}", problems.len());
        assert!(problems.iter().all(|problem| !problem.message.contains(['\u{1b}', '\u{202e}'])));
        assert!(problems.iter().all(|problem| problem.message.chars().count() < 200));
    }
}
