//! The face: the total first, the list in sight, what a click hits, and pictures of a sample at five sizes.

use crate::desk::{Desk, TWO_LINES, catalog, styles, words_of};
use crate::scenes::{WIDE_FIGURES, without_dialog};
use ratatui::layout::Rect;
use retake::app::actions::mouse::Target;
use retake::app::model::notes::collected;
use retake::app::{Focus, Selection};
use retake::config::welcome::samples;
use retake::cost::estimate::sensitivity;
use retake::cost::{Knob, Pane, Value};
use retake::project::open::read_text;
use retake::ui::hit;
use retake::ui::theme::{ColourDepth, Theme};
use std::path::Path;

const SIZES: [(u16, u16); 5] = [(80, 24), (100, 30), (120, 36), (160, 45), (200, 60)];

fn sample() -> Desk {
    let text = samples().find(|sample| sample.name == "product-launch").unwrap().text;
    Desk::new(read_text(text, Path::new("launch.retake.toml"), crate::desk::catalog()).budget)
}

/// Keys in, picture out. `UPDATE_EXPECTED=1` writes the pictures: read the difference before you keep it.
#[test]
fn the_face_is_as_pictured() {
    for (name, keys) in
        [("opened", ""), ("edited", "+ +"), ("all", "[ <tab> +"), ("buffer", "] <tab> <tab> >"), ("risk", "<alt-3>")]
    {
        for (width, height) in SIZES {
            let mut desk = sample();
            desk.keys(keys);
            let rows: Vec<String> = desk.screen(width, height).lines().map(|row| row.trim_end().to_owned()).collect();
            let now = format!("{}\n", rows.join("\n"));
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/screens/faces/{name}-{width}x{height}.txt"));
            if std::env::var_os("UPDATE_EXPECTED").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &now).unwrap();
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(expected == now, "{name} at {width}x{height} (UPDATE_EXPECTED=1 writes it):\n{now}");
        }
    }
}

fn headline(desk: &Desk, width: u16, height: u16) -> String {
    let screen = desk.screen(width, height);
    screen
        .lines()
        .find(|row| row.contains("$35.61") || row.contains("$36.08"))
        .unwrap_or_else(|| panic!("{screen}"))
        .to_owned()
}

#[test]
fn the_headline_tells_a_change_only_if_there_is_one() {
    let mut desk = sample();
    assert!(!headline(&desk, 120, 36).contains("since opening"), "nothing changed yet");
    desk.keys("+");
    assert!(headline(&desk, 120, 36).contains("+$0.47 since opening"));
    desk.keys("u");
    assert!(!headline(&desk, 120, 36).contains('+'), "undone: no change");
}

#[test]
fn the_change_is_told_on_every_screen_and_over_the_cap_in_money() {
    let mut desk = sample();
    desk.keys("<tab> <tab> <tab>");
    desk.state.view.focus = Focus::Pane(Pane::Retry);
    desk.keys("> >");
    for keys in ["", "<alt-2>"] {
        desk.keys(keys);
        let screen = desk.screen(120, 36);
        let row = screen.lines().nth(2).unwrap();
        assert!(row.contains("since opening") && row.contains(" over $40") && !row.contains('%'), "{row}");
    }
}

/// A project that is new has nothing to compare with.
#[test]
fn a_new_project_tells_no_change() {
    let mut desk = Desk::untitled(retake::cost::Budget::default());
    desk.keys("2 4 <enter>");
    let screen = desk.screen(120, 36);
    assert!(screen.contains("TOTAL $") && !screen.contains("since opening"), "{screen}");
}

#[test]
fn an_edit_of_all_says_who_follows() {
    let mut desk = sample();
    desk.state.view.selection = Selection::Project;
    desk.state.view.focus = Focus::Pane(Pane::Buffer);
    desk.keys("+");
    assert!(desk.screen(120, 36).contains("3 of 3 follow"), "{}", desk.screen(120, 36));
    desk.state.view.focus = Focus::Pane(Pane::Retry);
    desk.keys("+");
    let said = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert_eq!(said, "1 of 3 follows; PDP hero keeps 2.00×, PDP details 2.15× of its preset · A sets it for all");
    desk.state.view.focus = Focus::Pane(Pane::OutputSpec);
    desk.state.view.field_at[Pane::OutputSpec as usize] = 2;
    desk.keys("<minus>");
    let said = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(said.contains("follow"), "{said}");
}

fn many(lines: usize) -> Desk {
    let line = |at: usize| format!("[deliverable.row-{at}]\nfinals = {}\n", at % 90 + 1);
    Desk::of(&format!("retake = 1\n{}", (0..lines).map(line).collect::<String>()))
}

/// The list is in sight at every size, with the selection and the row of sums; marks say what is above and below.
#[test]
fn the_list_is_in_sight_with_its_sums_and_marks() {
    let mut desk = many(60);
    for (keys, above, below) in
        [("", false, true), ("h h h G", true, false), ("<pageup> <pageup> <pageup>", true, true)]
    {
        desk.keys(keys);
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            assert!(screen.contains("All deliverables") && screen.contains("finals"), "{screen}");
            let name = desk.state.line().unwrap().key.clone();
            assert!(screen.contains(&format!("▸{name} ")), "{name} at {width}x{height}\n{screen}");
            assert_eq!(screen.contains("↓") && screen.contains(" more"), above || below, "{screen}");
            let edge =
                screen.lines().find(|row| row.contains(" more ") && (row.contains('└') || row.contains('┗'))).unwrap();
            assert_eq!((edge.contains('↑'), edge.contains('↓')), (above, below), "{width}x{height}: {edge}");
        }
    }
    desk.keys("/").type_text("row-1").keys("<enter>");
    assert!(desk.screen(120, 36).contains("Deliverables · “row-1” 11/60"), "{}", desk.screen(120, 36));
}

/// What is drawn on a row of the list is what a click on it selects, at every size.
#[test]
fn a_click_on_a_row_selects_what_the_row_shows() {
    for (width, height) in SIZES.into_iter().chain([(110, 28), (50, 16)]) {
        let mut desk = many(60);
        desk.keys("h h h g j j j j");
        let area = Rect::new(0, 0, width, height);
        let screen = desk.screen(width, height);
        let mut seen = 0;
        for (y, row) in (0..).zip(screen.lines()) {
            let inside = row.trim_start_matches(['│', '┃', ' ', '▸']);
            let wanted = match inside.split_whitespace().next().and_then(|name| name.strip_prefix("row-")) {
                Some(at) => at.parse().ok().map(Selection::Line),
                None => inside.starts_with("All deliverables").then_some(Selection::Project),
            };
            let Some(wanted) = wanted else { continue };
            if hit::target(&desk.view(), area, 5, y) == Some(Target::Row(wanted)) {
                seen += 1;
            }
        }
        assert!(seen >= 5, "{seen} rows at {width}x{height}\n{screen}");
    }
}

/// The cost of a row is whole at any width, and figures in its columns end where their headings end.
#[test]
fn a_cost_in_the_list_is_never_cut() {
    for text in [TWO_LINES, WIDE_FIGURES] {
        let mut desk = Desk::of(text);
        desk.state.view.focus = Focus::Beside;
        let costs: Vec<String> = desk
            .state
            .estimate()
            .lines
            .iter()
            .map(|line| retake::figures::text(&desk.state.budget().shown, line.subtotal))
            .collect();
        for width in (30..220).step_by(3) {
            for height in [12, 24, 36] {
                let screen = desk.screen(width, height);
                for cost in &costs {
                    let row = screen.lines().find(|row| row.contains(&format!("{cost} ┃")));
                    assert!(row.is_some(), "{cost} at {width}x{height}\n{screen}");
                }
            }
        }
    }
}

/// A title keeps off the corners of its frame, and the first pane's is whole where it has room.
#[test]
fn no_title_touches_a_corner() {
    for name in ["PDP hero", "A hero that is told from the next one by its very long name"] {
        let text = samples().find(|sample| sample.name == "product-launch").unwrap().text.replace("PDP hero", name);
        let desk = Desk::new(read_text(&text, Path::new("a.toml"), crate::desk::catalog()).budget);
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            let touching = |row: &str| {
                let cells: Vec<char> = row.chars().collect();
                cells.windows(2).any(|pair| match pair {
                    ['┌' | '┏', after] => !matches!(after, ' ' | '─' | '━'),
                    [before, '┐' | '┓'] => !matches!(before, ' ' | '─' | '━'),
                    _ => false,
                })
            };
            let touched: Vec<&str> = screen.lines().filter(|row| touching(row)).collect();
            assert!(touched.is_empty(), "{width}x{height}: {touched:?}");
            assert!(name.len() > 20 || screen.contains("Output spec · PDP hero "), "{width}x{height}\n{screen}");
        }
    }
}

/// A step that is longer than its panel loses the end of its left side, not its result.
#[test]
fn the_result_of_a_step_is_never_cut() {
    for (width, height) in [(120, 36), (160, 45), (200, 60)] {
        let screen = sample().screen(width, height);
        let step = screen.lines().find(|row| row.contains("1024×1280 high: ")).unwrap();
        assert!(step.contains(" = 6,119 tokens"), "{width}x{height}: {step}");
    }
}

/// Where there is room, the knob in hand has a panel of its own, and a click in it turns that knob.
#[test]
fn the_curve_of_the_knob_in_hand_fills_a_roomy_window() {
    let mut desk = sample();
    let area = Rect::new(0, 0, 200, 60);
    for (keys, knob) in [("", "finals"), ("<tab>", "factor"), ("<tab>", "buffer"), ("<tab> <tab>", "quality")] {
        desk.keys(keys);
        let screen = desk.screen(200, 60);
        assert!(screen.contains(&format!("Total by {knob} · PDP hero")), "{knob}\n{screen}");
        let title = screen.lines().position(|row| row.contains("Total by ")).unwrap();
        let bars = u16::try_from(title + 5).unwrap();
        let target = (60..140).find_map(|x| match hit::target(&desk.view(), area, x, bars) {
            Some(Target::Chart(pane, ..)) => Some(pane),
            _ => None,
        });
        assert_eq!(target.map(Focus::Pane), Some(desk.state.view.focus), "{knob}");
    }
    let void = |screen: &str| screen.lines().filter(|row| row.trim().is_empty()).count();
    assert!(void(&sample().screen(200, 60)) <= 1, "but for the row above the total, no row is empty");
}

/// Tokens that rest on an approximate figure say so, as the price beside them does.
#[test]
fn approximate_tokens_are_marked() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 1\nsize = \"1024x1024\"\nquality = \"high\"\nmodel = ";
    for (model, mark) in [("gpt-image-2", " 7"), ("gpt-image-2.6-flare", "≈")] {
        let desk = Desk::of(&format!("{text}\"{model}\"\n"));
        let screen = desk.screen(200, 60);
        let fact = screen.lines().find(|row| row.contains(" tok $") || row.contains(" tok ≈$")).unwrap();
        let before = fact.split(" tok ").next().unwrap();
        assert_eq!(before.contains('≈'), mark == "≈", "{model}: {fact}");
    }
}

/// An empty project has one card with the four ways to begin, and no figures.
#[test]
fn an_empty_project_has_one_card_and_no_zeros() {
    let desk = Desk::untitled(retake::cost::Budget::default());
    for (width, height) in SIZES.into_iter().chain([(50, 16)]) {
        let screen = desk.screen(width, height);
        for said in ["type how many finals", "add a deliverable by name", "from a spreadsheet", "open a sample"] {
            assert!(screen.contains(said), "{said} at {width}x{height}\n{screen}");
        }
        assert!(!screen.contains("$0") && screen.matches('┌').count() <= 1, "{screen}");
    }
    let mut typed = Desk::untitled(retake::cost::Budget::default());
    typed.keys("2 4");
    assert!(typed.screen(80, 24).contains("24 finals"), "{}", typed.screen(80, 24));
}

/// With colours an inherited value is dim and has no letter; without them a letter tells.
#[test]
fn inherited_values_are_dim_or_have_a_letter() {
    for (theme, depth, letters) in [
        ("dark", ColourDepth::True, false),
        ("light", ColourDepth::Indexed256, false),
        ("dark", ColourDepth::None, true),
    ] {
        let mut desk = sample();
        desk.styles = styles(theme, depth);
        let screen = desk.screen(100, 30);
        assert_eq!(screen.contains("gpt-image-2 p"), letters, "{theme} {depth:?}\n{screen}");
    }
    let status = sample().screen(100, 30);
    assert!(status.contains("Images that are kept · this deliverable"), "{status}");
}

/// Panes too low for it have no little bars and show nine fields of the output spec.
#[test]
fn at_80x24_the_output_spec_shows_nine_fields() {
    let mut desk = sample();
    let rows = |desk: &Desk| {
        let screen = desk.screen(80, 24);
        let fields = ["ratio", "size", "quality", "model", "service", "references", "prompt", "cached", "partials"];
        fields
            .iter()
            .filter(|field| screen.lines().any(|row| row.chars().skip(2).collect::<String>().starts_with(*field)))
            .count()
    };
    assert_eq!(rows(&desk), 9);
    desk.state.view.focus = Focus::Pane(Pane::OutputSpec);
    desk.state.view.field_at[Pane::OutputSpec as usize] = 11;
    assert!(desk.screen(80, 24).contains("preset"), "it scrolls with the focus");
}

/// Every theme and every scene at odd sizes: no digit stands before an ellipsis.
#[test]
fn no_number_is_cut_in_any_theme() {
    let scenes: Vec<_> = without_dialog(WIDE_FIGURES).into_iter().step_by(14).collect();
    let themes: Vec<&str> = Theme::names().collect();
    for (nth, scene) in scenes.into_iter().enumerate() {
        let mut desk = scene.desk;
        for (at, height) in (5..=70).step_by(5).enumerate() {
            let depth = if (nth + at) % 3 == 0 { ColourDepth::None } else { ColourDepth::True };
            desk.styles = styles(themes[(nth + at) % themes.len()], depth);
            for width in (20 + u16::try_from((nth + at) % 11).unwrap()..=220).step_by(11) {
                let screen = desk.screen(width, height);
                for row in screen.lines() {
                    let cut = row.split('…').rev().skip(1).any(|before| before.ends_with(|c: char| c.is_ascii_digit()));
                    assert!(!cut, "{} at {width}x{height}: {row}", scene.name);
                }
            }
        }
    }
}

/// A narrow sentence leaves out what comes out on the way, never its result.
#[test]
fn the_sentence_keeps_its_result() {
    let desk = sample();
    for (width, height, told) in [
        (120, 36, "24 finals × 2.00 tries = 48 images × $0.19269 = $9.25 + 20 % = $11.10"),
        (110, 32, "24 finals × 2.00 tries × $0.19269 + 20 % = $11.10"),
    ] {
        let screen = desk.screen(width, height);
        assert!(screen.contains(told), "{width}x{height}\n{screen}");
    }
}

/// Of few whole numbers each has one bar: 4 finals have eleven, from 0 to 10.
#[test]
fn few_whole_numbers_have_one_bar_each() {
    let desk = Desk::of("retake = 1\n[deliverable.a]\nfinals = 4\n");
    let (state, line) = (&desk.state, desk.state.line().unwrap());
    for points in [12, 18, 48] {
        let curve = sensitivity::curve(Knob::Finals, &state.budget().lines[0], line, state.budget(), catalog(), points);
        let curve = curve.unwrap();
        let values: Vec<&Value> = curve.points.iter().map(|point| &point.value).collect();
        assert_eq!(values, (0..=10).map(Value::Count).collect::<Vec<_>>().iter().collect::<Vec<_>>(), "{points}");
        assert_eq!(curve.present, 4);
    }
}

/// No note ends in the middle, or is left out, without a word of how many more there are.
#[test]
fn notes_that_do_not_fit_are_counted() {
    let desk = Desk::of(&format!(
        "retake = 1\n{}",
        ["ecommerce-pdp", "paid-social", "brand-hero"]
            .map(|preset| { format!("[deliverable.{preset}]\npreset = \"{preset}\"\nfinals = 3\n") })
            .concat()
    ));
    let all: Vec<String> = collected(&desk.state).iter().map(|note| note.text(&desk.state)).collect();
    for (width, height) in SIZES {
        let screen = words_of(&desk.screen(width, height));
        let shown = all.iter().filter(|note| note.split_whitespace().all(|word| screen.contains(word))).count();
        assert!(
            shown == all.len() || screen.contains("more: i"),
            "{width}x{height}: {shown} of {}\n{screen}",
            all.len()
        );
    }
}
