//! Themes by name: the user's own first, and the themes that they build on.

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned(), file: format!("{name}.toml").into() }
}

fn themes(sources: &[(&str, &str)]) -> Themes {
    Themes::with_own(sources.iter().map(|(name, text)| source(name, text)))
}

fn fg(themes: &Themes, name: &str, role: Role) -> Option<Color> {
    themes.get(name).and_then(|theme| theme.styles(ColourDepth::True).of(role).fg)
}

fn lines(themes: &Themes) -> Vec<String> {
    themes.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn own_themes_come_first_and_replace_shipped_ones() {
    let themes = themes(&[("sea", "[roles]\ntext = \"blue\"\n"), ("nord", "[roles]\ntext = \"red\"\n")]);
    let names: Vec<&str> = themes.names().collect();
    assert_eq!(names[..3], ["sea", "nord", "dark"]);
    assert_eq!(names.len(), Theme::names().count() + 1);
    assert_eq!(names.iter().filter(|name| **name == "nord").count(), 1);
    assert_eq!(fg(&themes, "nord", Role::Text), Some(Color::Red));
    assert_eq!(themes.text("sea"), Some("[roles]\ntext = \"blue\"\n"));
    assert_eq!(themes.text("dark"), Theme::source("dark"));
    assert_eq!(themes.get("nope"), None);
    assert_eq!(themes.problems(), []);
}

#[test]
fn a_theme_builds_on_own_and_shipped_themes_in_a_row() {
    let themes = themes(&[
        ("a", "inherits = \"b\"\n[palette]\nsky = \"#010203\"\n"),
        ("b", "inherits = \"light\"\n[palette]\nsky = \"#040506\"\n[roles]\ngood = \"sky\"\nbad = \"sky\"\n"),
        ("c", "inherits = \"a\"\n[roles]\nbad = \"ocean\"\n"),
    ]);
    let sky = Some(Color::Rgb(1, 2, 3));
    assert_eq!((fg(&themes, "a", Role::Good), fg(&themes, "c", Role::Good)), (sky, sky), "the nearest palette counts");
    assert_eq!(fg(&themes, "b", Role::Good), Some(Color::Rgb(4, 5, 6)));
    assert_eq!(fg(&themes, "c", Role::Bad), fg(&themes, "light", Role::Accent));
    assert_eq!(themes.get("c").map(|theme| theme.ground()), Some(Ground::Light));
    assert_eq!(themes.problems(), []);
}

#[test]
fn a_copy_under_a_shipped_name_builds_on_the_shipped_theme_and_leaves_others_alone() {
    let themes =
        themes(&[("dark", "inherits = \"dark\"\n[roles]\ntext = \"#010203\"\n"), ("x", "inherits = \"dark\"\n")]);
    let own = Some(Color::Rgb(1, 2, 3));
    assert_eq!(fg(&themes, "dark", Role::Text), own);
    assert_eq!(fg(&themes, "dark", Role::Total), fg(&Themes::built_in(), "dark", Role::Total));
    assert_eq!(fg(&themes, "x", Role::Text), own, "own themes build on own ones");
    assert_eq!(themes.get("nord"), Theme::built_in("nord"), "shipped themes build on shipped ones");
    assert_eq!(themes.problems(), []);
}

#[test]
fn circles_missing_bases_and_long_rows_are_warnings_where_they_are_written() {
    let circle = themes(&[
        ("a", "\ninherits = \"b\"\n[roles]\ntext = \"red\"\n"),
        ("b", "inherits = \"c\""),
        ("c", "inherits = \"a\""),
    ]);
    let allowed = "allowed: the name of a theme in the themes folder, or of a built-in one";
    let remedy = "remove inherits from one of them";
    assert_eq!(
        lines(&circle),
        [
            format!(
                "a.toml:2:12: warning: these themes build on each other in a circle: a → b → c → a; {allowed}; {remedy}"
            ),
            format!(
                "b.toml:1:12: warning: these themes build on each other in a circle: b → c → a → b; {allowed}; {remedy}"
            ),
            format!(
                "c.toml:1:12: warning: these themes build on each other in a circle: c → a → b → c; {allowed}; {remedy}"
            ),
        ]
    );
    assert_eq!(fg(&circle, "c", Role::Text), Some(Color::Red), "what could be read counts");

    let missing =
        themes(&[("a", "inherits = \"nrod\"\n"), ("b", "inherits = \"a\"\n"), ("self", "inherits = \"self\"\n")]);
    assert_eq!(
        lines(&missing),
        [
            format!("a.toml:1:12: warning: there is no theme nrod to build on; {allowed}; did you mean nord?"),
            format!("self.toml:1:12: warning: there is no theme self to build on; {allowed}"),
        ]
    );

    let row: Vec<Source> = (0..12).map(|n| source(&n.to_string(), &format!("inherits = \"{}\"\n", n + 1))).collect();
    let row = Themes::with_own(row);
    let told = lines(&row);
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].starts_with("0.toml:1:12: warning: more than 8 themes build on one another"), "{told:#?}");
    assert!(told[4].starts_with("11.toml:1:12: warning: there is no theme 12 to build on"), "{told:#?}");
}

#[test]
fn names_that_cannot_be_shown_and_names_taken_are_refused() {
    let long = "x".repeat(61);
    let themes = themes(&[("", ""), ("a\u{1b}[2J", ""), ("\u{202e}b", ""), (&long, ""), ("sea", ""), ("sea", "")]);
    assert_eq!(themes.names().next(), Some("sea"));
    let lines = lines(&themes);
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(
        lines[3]
            .ends_with("is not a valid theme name; allowed: a file name of up to 60 characters, none of them hidden")
    );
    assert_eq!(
        lines[4],
        "sea.toml: warning: there is already a theme sea; this file has no effect; rename one of the two files"
    );
    assert!(themes.problems().iter().all(|problem| !problem.message.contains(['\u{1b}', '\u{202e}'])));
}

#[test]
fn a_description_says_what_a_theme_is_and_whose() {
    let own = "description = \"Mine\"\nsource = \"me\"\nlicense = \"CC0-1.0\"\ninherits = \"light\"\n";
    let themes = themes(&[("mine", own), ("bare", "inherits = \"nord\"\n")]);
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        themes.describe("mine"),
        Some(Description {
            name: "mine".to_owned(),
            ground: Ground::Light,
            text: text("Mine"),
            source: text("me"),
            license: text("CC0-1.0"),
            file: Some("mine.toml".into()),
        })
    );
    let nord = themes.describe("nord").map(|told| (told.source, told.license, told.file));
    assert_eq!(nord, Some((text("https://github.com/nordtheme/nord"), text("MIT"), None)));
    assert_eq!(
        themes.describe("bare").map(|told| (told.text, told.license)),
        Some((None, None)),
        "words are not inherited"
    );
    assert_eq!(themes.describe("nope"), None);
}

#[test]
fn the_start_follows_the_configuration_then_the_terminal_then_dark() {
    for (colorfgbg, expected) in [
        (None, "dark"),
        (Some("15;0"), "dark"),
        (Some("0;15"), "light"),
        (Some("0;7"), "light"),
        (Some("15;8"), "dark"),
        (Some("0;default;15"), "light"),
        (Some("15;default;0"), "dark"),
        (Some("12;11"), "light"),
        (Some("default;default"), "dark"),
        (Some(""), "dark"),
        (Some(";"), "dark"),
        (Some("15"), "dark"),
        (Some("0;255"), "dark"),
        (Some("0;-15"), "dark"),
        (Some("0;99999999999999999999"), "dark"),
        (Some("\u{1b}]11;?\u{7}"), "dark"),
        (Some("発;発"), "dark"),
    ] {
        assert_eq!(default_theme(None, colorfgbg), expected, "{colorfgbg:?}");
        assert_eq!(default_theme(Some(""), colorfgbg), expected, "{colorfgbg:?}");
        assert_eq!(default_theme(Some("nord"), colorfgbg), "nord", "{colorfgbg:?}");
    }
}
