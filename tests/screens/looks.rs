//! Colours, signs and scripts: control characters never reach the terminal, and frames stay aligned whatever the names.

use crate::desk::{Desk, SIZES, TWO_LINES, budget, styles, text_of};
use crate::scenes::{Scene, every, hostile};
use crate::texts::scripts;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use retake::app::Focus;
use retake::cost::Pane;
use retake::figures;
use retake::ui::text::width;
use retake::ui::theme::{ColourDepth, Role, Theme};
use std::sync::LazyLock;

const DEPTHS: [ColourDepth; 4] = [ColourDepth::None, ColourDepth::Ansi16, ColourDepth::Indexed256, ColourDepth::True];

/// Known ways to control a terminal, to reorder text and to hide it.
const PAYLOADS: [&str; 24] = [
    "\u{1b}[2J",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}]0;title\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}q\u{9c}",
    "a\0b",
    "a\rb\nc\td",
    "back\u{8}\u{8}\u{8}\u{7f}",
    "\u{202e}gnp.exe",
    "\u{2066}a\u{2069}\u{2067}b",
    "\u{200e}\u{200f}\u{61c}",
    "zero\u{200b}width\u{2060}\u{feff}",
    "soft\u{ad}hyphen",
    "line\u{2028}para\u{2029}",
    "a\u{200d}b",
    "\u{e0041}\u{e0042}",
    "\u{fff9}x\u{fffa}y\u{fffb}",
    "\u{85}next",
    "発表会\u{1b}[31m資料",
    "👩\u{200d}💻\u{202e}🎨",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "عربي \u{202b}nested\u{202c}",
    "\u{180e}mongolian",
];

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || "\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{2060}\u{feff}".contains(c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || ('\u{fff9}'..='\u{fffb}').contains(&c)
}

/// No cell controls, hides or reorders; every character has the columns that it needs.
pub(crate) fn assert_harmless(frame: &Buffer, name: &str) {
    for y in 0..frame.area.height {
        let mut x = 0;
        while x < frame.area.width {
            let symbol = frame[(x, y)].symbol();
            // Nearly every cell is one of these: harmless, and of one column.
            if matches!(symbol.as_bytes(), [b' '..=b'~']) {
                x += 1;
                continue;
            }
            let columns = u16::try_from(width(symbol)).unwrap();
            assert!(!symbol.chars().any(is_forbidden), "{symbol:?} at {x},{y}, {name}");
            assert!(columns >= 1, "{symbol:?} takes no column at {x},{y}, {name}");
            assert!(x + columns <= frame.area.width, "{symbol:?} hangs over the edge at {x},{y}, {name}");
            for hidden in x + 1..x + columns {
                assert_eq!(frame[(hidden, y)].symbol(), " ", "{symbol:?} lost a part of it at {x},{y}, {name}");
            }
            x += columns;
        }
    }
}

#[test]
fn hostile_text_reaches_no_cell() {
    for (turn, payload) in PAYLOADS.into_iter().enumerate() {
        for (at, Scene { name, desk }) in hostile(payload).into_iter().enumerate() {
            // Every payload in every scene and at every size, and over all payloads every scene at every size.
            for (width, height) in SIZES.into_iter().skip((turn + at) % 2).step_by(2) {
                assert_harmless(&desk.frame(width, height), &name);
            }
        }
    }
}

type Frames = Vec<(u16, u16, char)>;

/// The positions of the frames.
fn frames(frame: &Buffer) -> Frames {
    let mut found = Vec::new();
    for y in 0..frame.area.height {
        for x in 0..frame.area.width {
            let symbol = frame[(x, y)].symbol().chars().next().unwrap();
            if !symbol.is_ascii() && "│┃┌┐└┘┏┓┗┛".contains(symbol) {
                found.push((x, y, symbol));
            }
        }
    }
    found
}

fn named(name: &str, keys: &str) -> Desk {
    let mut budget = budget(TWO_LINES);
    for line in &mut budget.lines {
        line.name = Some(name.to_owned());
    }
    (budget.name, budget.client) = (Some(name.to_owned()), Some(name.to_owned()));
    let mut desk = Desk::new(budget);
    desk.keys(keys);
    desk
}

const PLACES: [&str; 9] = ["", "h h h", "x", "D", "+ q", "a", "?", "i", "w"];
const WINDOWS: [(u16, u16); 4] = [(120, 36), (80, 24), (50, 16), (110, 28)];

/// The positions of the frames of a plain name, by place and window: what those of every other name are compared with.
static PLAIN: LazyLock<Vec<Vec<Frames>>> = LazyLock::new(|| {
    let in_place = |keys: &str| {
        let desk = named("name", keys);
        WINDOWS.iter().map(|(width, height)| frames(&desk.frame(*width, *height))).collect()
    };
    PLACES.iter().map(|keys| in_place(keys)).collect()
});

fn aligned_at(name: &str, desk: &Desk, place: usize, window: usize) {
    let (width, height) = WINDOWS[window];
    let frame = desk.frame(width, height);
    assert!(
        frames(&frame) == PLAIN[place][window],
        "{name:?} moves a frame at {width}x{height} after {:?}\n{}",
        PLACES[place],
        text_of(&frame)
    );
    assert_harmless(&frame, name);
}

fn assert_aligned(name: &str) {
    for (place, keys) in PLACES.iter().enumerate() {
        let desk = named(name, keys);
        (0..WINDOWS.len()).for_each(|window| aligned_at(name, &desk, place, window));
    }
}

#[test]
fn names_of_every_script_keep_the_frames_in_place() {
    let names = scripts();
    assert_eq!(names.len(), 300);
    for (at, name) in names.iter().enumerate() {
        // Over all names, each form of a name appears in every place and at every size.
        let place = at % PLACES.len();
        aligned_at(name, &named(name, PLACES[place]), place, (at / 7) % WINDOWS.len());
    }
    for name in
        ["発表資料のための長い名前がここに入ります発表資料のための長い名前", "👩‍💻👨‍👩‍👧‍👦🏳️‍🌈🇯🇵👍🏽❤️‍🔥🎨🎨🎨🎨🎨🎨🎨", "a", ""]
    {
        assert_aligned(name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_keeps_the_frames_in_place(name in "(\\PC|[発表👩💻\u{200d}\u{fe0f}é한\u{301}\u{1b}\u{202e}]){0,40}") {
        prop_assume!(!name.chars().any(|c| "│┃┌┐└┘┏┓┗┛".contains(c)));
        assert_aligned(&name);
    }
}

#[test]
fn a_terminal_of_ascii_gets_ascii() {
    let mut scenes = every();
    scenes.extend(hostile("発表👩‍💻 ≈ é\u{1b}"));
    for Scene { name, mut desk } in scenes {
        desk.ascii = true;
        for (width, height) in SIZES {
            let frame = desk.frame(width, height);
            for cell in &frame.content {
                assert!(cell.symbol().len() == 1 && cell.symbol().is_ascii(), "{:?}, {name}", cell.symbol());
            }
        }
    }
}

#[test]
fn ascii_frames_tell_focus_and_figures() {
    let mut desk = Desk::of(TWO_LINES);
    desk.ascii = true;
    let screen = desk.screen(120, 36);
    assert!(screen.contains("> Finals") && screen.contains('#') && screen.contains('+'), "{screen}");
    assert!(screen.contains(&figures::text(&desk.state.budget().shown, desk.state.estimate().totals.total)));
}

const SIGNS: Modifier = Modifier::REVERSED.union(Modifier::BOLD).union(Modifier::UNDERLINED);

#[test]
fn the_selection_shows_without_colour() {
    for theme in Theme::names() {
        for focus in [Focus::Beside, Focus::Pane(Pane::OutputSpec), Focus::Pane(Pane::Finals), Focus::Pane(Pane::Retry)]
        {
            let mut desk = Desk::of(TWO_LINES);
            desk.styles = styles(theme, ColourDepth::None);
            desk.state.view.focus = focus;
            for (width, height) in [(120, 36), (80, 24), (50, 16)] {
                let frame = desk.frame(width, height);
                let marked = |text: &str| {
                    (0..height).any(|y| {
                        let row: String = (0..width).map(|x| frame[(x, y)].symbol()).collect();
                        let Some(at) = row.find(text) else { return false };
                        let x = u16::try_from(row[..at].chars().count()).unwrap();
                        frame[(x, y)].modifier.intersects(SIGNS)
                    })
                };
                let text = match focus {
                    Focus::Beside => "Hero shot",
                    Focus::Pane(Pane::OutputSpec) => "4:5",
                    Focus::Pane(Pane::Finals) => "‹ 24 ›",
                    Focus::Pane(_) => "‹ 2.00× ›",
                };
                assert!(marked(text), "{text} in {theme} at {width}x{height}\n{}", text_of(&frame));
                for cell in &frame.content {
                    assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset));
                }
            }
        }
    }
}

#[test]
fn every_theme_draws_every_scene_at_every_depth_of_colour() {
    // Charts are filled or only their tops are drawn.
    let words = |screen: &str| screen.replace(|sign| ('▁'..='█').contains(&sign), " ");
    let scenes: Vec<Scene> = every().into_iter().step_by(23).collect();
    let usual: Vec<String> = scenes.iter().map(|scene| words(&scene.desk.screen(120, 36))).collect();
    let mut desk = Desk::of(TWO_LINES);
    desk.styles = styles("dark", ColourDepth::None);
    // Without colours a letter tells where a value comes from.
    let plain = scenes.iter().map(|scene| {
        desk.state = scene.desk.state.clone();
        words(&desk.screen(120, 36))
    });
    let plain: Vec<String> = plain.collect();
    for theme in Theme::names() {
        for depth in DEPTHS {
            let look = styles(theme, depth);
            for role in [Role::Selection, Role::Edit, Role::Total, Role::Bad, Role::FocusBorder, Role::Key] {
                assert_ne!(look.of(role), look.of(Role::Text), "{role:?} in {theme} at {depth:?} looks like text");
            }
            let colour = |role| look.of(role).fg.filter(|fg| *fg != ratatui::style::Color::Reset);
            let told_by_colour = colour(Role::Dim) != colour(Role::Value);
            desk.styles = look;
            for (scene, (usual, plain)) in scenes.iter().zip(usual.iter().zip(&plain)) {
                desk.state = scene.desk.state.clone();
                let seen = words(&desk.screen(120, 36));
                let expected = if told_by_colour { usual } else { plain };
                assert_eq!(seen, *expected, "{theme} at {depth:?} changes words");
            }
        }
    }
}

/// The chosen row is shown in full below the list if it does not fit its own row.
#[test]
fn what_a_row_of_a_list_cuts_stands_whole_below_it() {
    let mut desk = Desk::of(TWO_LINES);
    desk.state.view.focus = Focus::Pane(Pane::Retry);
    desk.keys("<down> <down> <down> <enter>");
    let whole = |width, height| {
        let screen = desk.screen(width, height);
        let row = screen.lines().find(|line| line.contains("▸one")).unwrap().to_owned();
        let below: String = screen.lines().skip_while(|line| !line.contains("many")).collect();
        (row.contains('…'), below.contains("image of a call is"))
    };
    assert_eq!(whole(120, 36), (false, false), "there is room: it is said once\n{}", desk.screen(120, 36));
    assert_eq!(whole(66, 24), (true, true), "{}", desk.screen(66, 24));
}

/// The little bars of a pane: the rows above the one with its marks, and that one, without the frame.
fn little_bars(desk: &Desk, (columns, rows): (u16, u16)) -> Vec<String> {
    let screen = desk.screen(columns, rows);
    let labels = screen
        .lines()
        .position(|line| line.contains("1.00×") && line.contains('▲'))
        .unwrap_or_else(|| panic!("{screen}"));
    let at = |row: usize| {
        let line = screen.lines().nth(row).unwrap();
        let pane = line.split(['│', '┃']).rev().filter(|part| !part.is_empty()).nth(1).unwrap();
        pane.to_owned()
    };
    (labels - 2..=labels).map(at).collect()
}

/// One row of bars or two fill the pane's columns, the range is labelled below its ends, and 80x24 has none.
#[test]
fn little_bars_fill_their_pane_and_their_labels_stand_under_their_ends() {
    let desk = Desk::of(TWO_LINES);
    for columns in [120, 137, 160, 200] {
        let bars = little_bars(&desk, (columns, 45));
        let (base, labels) = (&bars[1], &bars[2]);
        assert!(labels.starts_with(" 1.00×"), "{columns}: {labels:?}");
        let filled = base.chars().filter(|c| ('▁'..='█').contains(c)).count();
        assert!(filled + 3 >= base.chars().count() && base.starts_with(" ▅"), "{columns}: {base:?}");
    }
    let labels = little_bars(&desk, (200, 60)).remove(2);
    assert!(labels.trim_end().ends_with("3.00× $16"), "the deliverable's total at the end: {labels:?}");
    assert!(!desk.screen(80, 24).contains('▲'));
}

/// Little bars cover their deliverable only: among many others they would be a block in which nothing moves.
#[test]
fn little_bars_have_a_slope_however_many_deliverables_there_are() {
    let heights = |others: usize| {
        let other = |at: usize| format!("\n[deliverable.other-{at}]\nfinals = 500\n");
        little_bars(&Desk::of(&format!("{TWO_LINES}{}", (0..others).map(other).collect::<String>())), (120, 36))
    };
    let alone = heights(0);
    assert_eq!(heights(30), alone);
    assert!(alone.iter().any(|row| row.contains('▄')), "{alone:?}");
}

/// The mark where the project's total crosses the cap: the first column whose total, with all that is charged, is over it.
#[test]
fn little_bars_mark_where_the_cap_is_crossed() {
    let marked = |cap: &str| {
        let capped = TWO_LINES.replace("[assumptions]", &format!("[assumptions]\n{cap}"));
        let labels = little_bars(&Desk::of(&capped), (160, 45)).remove(2);
        labels.contains('!')
    };
    assert_eq!(
        [marked(""), marked("cap = 20"), marked("cap = 18.2"), marked("cap = 1000")],
        [false, true, true, false]
    );
    assert!(marked("cap = 25\nmarkup = \"20%\""), "with markup it is crossed earlier");
}

/// Without colours only the current column is filled; one block of white would hide it.
#[test]
fn without_colours_the_present_column_of_little_bars_stands_out() {
    for (theme, depth) in [("dark", ColourDepth::None), ("light", ColourDepth::None), ("monochrome", ColourDepth::True)]
    {
        let mut desk = Desk::of(TWO_LINES);
        let filled = |desk: &Desk| little_bars(desk, (200, 60))[1].matches('█').count();
        desk.styles = styles("dark", ColourDepth::True);
        assert!(filled(&desk) > 10);
        desk.styles = styles(theme, depth);
        let filled = filled(&desk);
        assert!((1..=3).contains(&filled), "{filled}, {theme}: {}", desk.screen(200, 60));
    }
}
