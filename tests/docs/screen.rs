//! Pictures match the program's screens, the first minutes go as the README tells, and windows fold as the page says.

use crate::markdown::{bare, fences, table};
use crate::{pages, path, root, text_of};
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use retake::app::actions::update;
use retake::app::model::outcome::Opened;
use retake::app::{Chord, Keymap, State};
use retake::config::keys::default_keymap;
use retake::project::open::open;
use retake::ui::theme::{ColourDepth, Theme};
use retake::ui::{FrameInput, draw};

/// The sample on screen as the dashboard opens it.
fn opened(file: &str) -> State {
    let catalog = retake::rates::built_in().unwrap();
    let reading = open(&root().join(file), catalog).unwrap().reading;
    let (budget, problems) = (reading.budget, reading.problems);
    let opened = Opened { budget, problems, file: Some(file.to_owned()), ..Opened::default() };
    State::new(opened, catalog, date(2026, 11, 22), Theme::names().map(str::to_owned).collect())
        .with_keys(&default_keymap())
}

fn drawn(state: &State, keymap: &Keymap, columns: u16, rows: u16) -> Vec<String> {
    let styles = Theme::built_in("dark").unwrap().styles(ColourDepth::True);
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    draw(&FrameInput::new(state, keymap, &styles, false), area, &mut buffer);
    let row = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..rows).map(row).collect()
}

/// The picture that the README shows, made by the program's own command.
#[test]
fn the_svg_in_the_readme_is_todays_screen() {
    const PICTURE: &str = "docs/dashboard.svg";
    const SAMPLE: &str = "sample-projects/product-launch.retake.toml";
    assert!(text_of("README.md").contains(&format!("]({PICTURE})")), "the README shows {PICTURE}");
    let line = format!("retake estimate {SAMPLE} --format svg");
    // The day on which every example is run.
    let command = format!("{line} --today 2026-11-22");
    let answer = String::from_utf8(crate::session::run(&line, root()).stdout).unwrap();
    assert!(answer.starts_with("<svg ") && answer.contains("Spring launch"), "{answer}");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(path(PICTURE), &answer).unwrap();
    }
    let kept = std::fs::read_to_string(path(PICTURE)).unwrap_or_default();
    assert!(kept == answer, "{PICTURE} is not what is drawn now; renew it with: {command} > {PICTURE}");
}

#[test]
fn the_pictures_are_what_is_drawn() {
    let mut seen = 0;
    for page in pages() {
        let text = text_of(&page);
        let pictures = fences(&text).into_iter().filter(|fence| fence.note.starts_with("screen "));
        for picture in pictures {
            seen += 1;
            let words: Vec<&str> = picture.note.split_whitespace().collect();
            let (columns, rows) = words[1].split_once('x').unwrap();
            let now = drawn(&opened(words[2]), &default_keymap(), columns.parse().unwrap(), rows.parse().unwrap());
            let now = format!("{}\n", now.join("\n"));
            if picture.body == now {
                continue;
            }
            if std::env::var_os("UPDATE_EXPECTED").is_some() {
                std::fs::write(path(&page), text.replacen(&picture.body, &now, 1)).unwrap();
            } else {
                panic!("the picture in {page} is not what is drawn now (UPDATE_EXPECTED=1 writes it):\n{now}");
            }
        }
    }
    assert!(seen >= 1, "the README has a picture of the screen");
}

#[test]
fn windows_fold_where_the_page_says() {
    let state = opened("sample-projects/product-launch.retake.toml");
    let keymap = default_keymap();
    let sizes: Vec<(u16, u16)> = table(&text_of("docs/dashboard.md"), "Window")
        .iter()
        .filter_map(|row| {
            let (columns, rows) =
                bare(&row[0]).split(' ').next_back()?.split_once('x').map(|(a, b)| (a.to_owned(), b.to_owned()))?;
            Some((columns.parse().unwrap(), rows.parse().unwrap()))
        })
        .collect();
    let [beside, folded, least] = sizes[..] else { panic!("three sizes, not {sizes:?}") };
    let shows = |(columns, rows): (u16, u16), text: &str| {
        drawn(&state, &keymap, columns, rows).iter().any(|line| line.contains(text))
    };
    let narrower = |(columns, rows): (u16, u16)| [(columns - 1, rows), (columns, rows - 1)];
    let is_beside = |(columns, rows): (u16, u16)| {
        let both = |line: &String| line.contains("Deliverables · ") && line.contains("Output spec");
        drawn(&state, &keymap, columns, rows).iter().any(both)
    };
    assert!(is_beside(beside) && narrower(beside).iter().all(|size| !is_beside(*size)));
    let four = |size| shows(size, "Finals") && shows(size, "Retry factor") && shows(size, "Buffer ─");
    assert!(four(folded) && narrower(folded).iter().all(|size| !four(*size)));
    assert!(shows(least, "TOTAL") || shows(least, "$35.61"), "{:?}", drawn(&state, &keymap, least.0, least.1));
    for size in narrower(least) {
        let lines = drawn(&state, &keymap, size.0, size.1);
        assert_eq!(lines.iter().filter(|line| !line.trim().is_empty()).count(), 1, "{lines:?}");
    }
}

/// The total on screen: the figure after the word.
#[track_caller]
fn total(state: &State, keymap: &Keymap) -> String {
    let screen = drawn(state, keymap, 120, 30);
    let after = screen.iter().find_map(|line| line.split_once("TOTAL")).unwrap().1;
    after.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn the_first_minutes_go_as_told() {
    let keymap = default_keymap();
    let mut state = opened("sample-projects/product-launch.retake.toml");
    let readme = text_of("README.md");
    let told = readme.split("## The first minutes").nth(1).unwrap().split("\n## ").next().unwrap();
    let steps = [
        ("", "$35.61"),
        ("+ +", "$36.54"),
        ("tab 1 . 6 x enter", "$34.13"),
        ("tab 1 5 enter", "$33.73"),
        ("shift-tab shift-tab shift-tab down down minus", "$27.12"),
        ("u u u u u", "$35.61"),
    ];
    for (keys, wanted) in steps {
        for key in keys.split_whitespace() {
            update::press(&mut state, &keymap, Chord::parse(key).unwrap());
        }
        assert_eq!(total(&state, &keymap), wanted, "after {keys}");
        assert!(told.contains(wanted), "the README does not tell of {wanted} after {keys}");
    }
    assert!(!state.is_dirty(), "u leads back to the file");
}
