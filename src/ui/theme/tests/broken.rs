//! Missing and wrong parts of a theme.

use super::*;
use crate::diagnostics::{Level, Position};

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
        "mine.toml:4:5: warning: palette.y has no rgb",
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

fn told(text: &str) -> Vec<String> {
    Theme::read(text, Some(Path::new("x.toml"))).1.iter().map(ToString::to_string).collect()
}

#[test]
fn every_warning_says_what_is_wrong_and_what_is_allowed() {
    let colour =
        "is not a colour; allowed: a palette name, #rrggbb, 0 to 255, or a terminal colour such as bright-blue";
    let name = "allowed: the name of a theme in the themes folder, or of a built-in one";
    for (text, expected) in [
        ("ground = 1", "x.toml:1:10: warning: ground cannot be 1; allowed: dark, light".to_owned()),
        ("inherits = [1]", format!("x.toml:1:12: warning: inherits cannot be […]; {name}")),
        ("inherits = \"lihgt\"", format!("x.toml:1:12: warning: there is no theme lihgt to build on; {name}; did you mean light?")),
        ("inherits = \"\"", format!("x.toml:1:12: warning: there is no theme  to build on; {name}")),
        ("description = 2", "x.toml:1:15: warning: description cannot be 2; allowed: text of up to 200 characters".to_owned()),
        ("licence = \"MIT\"", "x.toml:1:1: warning: unknown key licence; allowed: ground, inherits, palette, roles, description, source, license; did you mean license?".to_owned()),
        ("palette = \"x\"", "x.toml:1:11: warning: palette must be a table".to_owned()),
        ("[[roles]]", "x.toml:1:1: warning: roles must be a table".to_owned()),
        ("[palette]\nsea = { rgb = \"#123\" }", format!("x.toml:2:15: warning: \"#123\" {colour}")),
        ("[palette]\nsea = { rgb = 1, indexed = 256 }", format!("x.toml:2:28: warning: 256 {colour}")),
        ("[palette]\nsea = { indexed = 25 }", "x.toml:2:7: warning: palette.sea has no rgb".to_owned()),
        ("[roles]\ntext = 0x10", format!("x.toml:2:8: warning: 0x10 {colour}")),
        ("[roles]\ntext = 1.5", format!("x.toml:2:8: warning: 1.5 {colour}")),
        ("[roles]\ntext = { bg = \"#12345\" }", format!("x.toml:2:15: warning: \"#12345\" {colour}")),
        ("[roles]\ntext = { dim = \"yes\" }", "x.toml:2:16: warning: dim cannot be \"yes\"; allowed: true, false".to_owned()),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
}

#[test]
fn too_much_text_is_refused_and_the_default_stands_in() {
    let huge = format!("[roles]\ntext = \"red\"\n#{}", "x".repeat(256 * 1024));
    let (theme, problems) = Theme::read(&huge, Some(Path::new("x.toml")));
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["x.toml: error: the file is larger than 256 KiB and is not read as a theme"]);
    assert_eq!(theme.looks, Theme::built_in("dark").map(|dark| dark.looks).unwrap_or_default());
}

#[test]
fn of_many_problems_the_first_are_listed_and_the_others_counted() {
    let many: String = (0..1000).map(|n| format!("x{n} = {n}\n")).collect();
    let lines = told(&format!("[roles]\n{many}"));
    assert_eq!(lines.len(), 51);
    assert!(lines[50].starts_with("x.toml: note: 950 further problems are not listed"), "{}", lines[50]);
}

#[test]
fn deep_and_hostile_texts_are_harmless() {
    let deep = 60_000;
    for text in [
        format!("[roles]\ntext = {}", "{ a = ".repeat(deep / 3)),
        format!("[roles]\ntext = {}", "[".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[palette]\n{}a = 1", "a.".repeat(deep)),
        format!("[roles]\ntext.{}a = 1", "a.".repeat(deep)),
        format!("[roles]\ntext = \"{}\"", "x".repeat(200_000)),
        format!("[roles]\n{} = 1", "x".repeat(200_000)),
        format!("inherits = \"{}\"", "x".repeat(200_000)),
        format!("[roles]\ntext = {}", "9".repeat(200_000)),
        "[roles]\ntext = \"\\u001b]0;x\\u0007\\u202e\"\n\"\\u001b[2J\" = 1\n".to_owned(),
        "inherits = \"\\u001b[2J\"\n[palette]\n\"\\u001b\" = { ansi = 3 }\n".to_owned(),
    ] {
        let (_, problems) = Theme::read(&text, None);
        assert!((1..=51).contains(&problems.len()), "{} for {:.40}", problems.len(), text);
        for problem in problems {
            assert!(!problem.message.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{problem:?}");
            assert!(problem.message.chars().count() < 300, "{:.300}", problem.message);
        }
    }
}
