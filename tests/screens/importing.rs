//! Importing a list of deliverables: shown before it is applied, added as one step, cancelled without a trace.

use crate::desk::{Desk, SIZES, TWO_LINES, words_of};
use retake::app::model::list_request::{ListRequest, ListSource};
use retake::app::model::outcome::Effect;
use retake::app::model::overlay::Ask;
use retake::app::{Context, Selection};
use retake::cost::{Knob, Value};
use retake::ui::furthest_scroll;
use std::path::PathBuf;

const LIST: &str = "Name,Ratio,Quality,Finals,Retry,Shelf\n\
    Banner,16:9,high,12,1.5,b\n\
    Tile,1:1,medium,40,2,a\n\
    Poster,4:5,splendid,3,2,c\n";

/// The list as the runtime delivers it after asking for its path.
fn from_file(desk: &mut Desk, list: &str) {
    desk.keys("I");
    assert_eq!(desk.state.context(), Context::Ask);
    assert!(desk.screen(120, 36).contains("Import a list"), "{}", desk.screen(120, 36));
    desk.type_text("my list.csv").keys("<enter>");
    let asked = ListRequest::new(ListSource::File(PathBuf::from("my list.csv")));
    assert_eq!(desk.effects.pop(), Some(Effect::ReadList(asked.clone())));
    desk.read_list(asked, list.as_bytes());
}

fn titles(desk: &Desk) -> Vec<&str> {
    desk.state.budget().lines.iter().map(|line| line.title()).collect()
}

/// The whole text of the preview, from its first line to its last.
fn whole_preview(desk: &mut Desk, width: u16, height: u16) -> String {
    let area = ratatui::layout::Rect::new(0, 0, width, height);
    desk.keys("g");
    let mut seen = String::new();
    loop {
        let screen = desk.screen(width, height);
        let before = format!("{:?}", desk.state.overlays);
        seen.push_str(&screen);
        desk.state.view.furthest_scroll = furthest_scroll(&desk.view(), area);
        desk.keys("j");
        if format!("{:?}", desk.state.overlays) == before {
            return seen;
        }
    }
}

#[test]
fn a_list_is_shown_row_by_row_before_it_counts() {
    let mut desk = Desk::of(TWO_LINES);
    let total = desk.total();
    from_file(&mut desk, LIST);
    let screen = desk.screen(120, 45);
    let said = words_of(&screen);
    for wanted in [
        "✗ 1 of 3 rows refused",
        "3 rows: 2 understood, 1 refused",
        "✗ row 4 Poster",
        "✗ Quality: ",
        "Finals is read as the finals",
        "Shelf is left out",
        "row 2 Banner",
        "finals 12",
        "ratio 16:9",
        "Enter add the rows → next column Esc back",
    ] {
        assert!(said.contains(wanted), "{wanted:?} is missing in\n{screen}");
    }
    let small = words_of(&desk.screen(120, 20));
    assert!(
        small.contains("Enter add the rows → next column ↓ down Esc back"),
        "keys to scroll with, where there is more to see: {small}"
    );
    let at = |text: &str| screen.find(text).unwrap();
    assert!(at("row 4 Poster") < at("row 2 Banner"), "what stays out comes first");
    assert_eq!(titles(&desk), ["Hero shot", "Paid social"], "nothing counts yet");
    desk.keys("<esc>");
    assert_eq!((desk.total(), desk.state.is_dirty(), desk.state.session.notice.is_none()), (total, false, true));
    assert!(desk.state.overlays.is_empty() && !desk.state.project.history().can_undo());
}

#[test]
fn accepted_rows_are_one_step_that_undo_takes_back_and_redo_brings_again() {
    let mut desk = Desk::of(TWO_LINES);
    let before = (desk.total(), desk.state.budget().clone());
    from_file(&mut desk, LIST);
    desk.keys("<enter>");
    assert_eq!(titles(&desk), ["Hero shot", "Paid social", "Banner", "Tile"]);
    assert_eq!(desk.state.view.selection, Selection::Line(2));
    assert_eq!(desk.state.budget().lines[2].settings.value(Knob::Finals), Some(&Value::Count(12)));
    let screen = desk.screen(120, 36);
    assert!(screen.contains("2 added, 1 row refused: 4"), "{screen}");
    desk.assert_sound();
    let after = (desk.total(), desk.state.budget().clone());
    assert_ne!(before.0, after.0);
    desk.keys("u");
    assert_eq!((desk.total(), desk.state.budget().clone(), desk.state.is_dirty()), (before.0, before.1, false));
    desk.assert_sound();
    desk.keys("<ctrl-r>");
    assert_eq!((desk.total(), desk.state.budget().clone()), after);
    assert_eq!(desk.state.view.selection, Selection::Line(2));
    desk.assert_sound();
}

#[test]
fn a_pasted_list_is_shown_too_and_a_pasted_value_stays_a_value() {
    for (keys, breaks) in [("", "\n"), ("h h h h", "\r"), ("[", "\r\n")] {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys(keys).paste(&"Name\tFinals\nBanner\t12\nTile\t40\n".replace('\n', breaks));
        assert_eq!(desk.state.context(), Context::Importing, "{keys:?} {breaks:?}");
        let screen = desk.screen(120, 36);
        assert!(screen.contains("Import: 2 rows understood") && !screen.contains('✗'), "{screen}");
        desk.keys("<enter>");
        assert_eq!(titles(&desk)[2..], ["Banner", "Tile"]);
        assert!(desk.screen(120, 36).contains("2 deliverables added; u reverts"));
    }
    let mut desk = Desk::of(TWO_LINES);
    desk.paste("36\n");
    assert_eq!(desk.state.context(), Context::Typing);
    desk.paste("Name\nBanner\nTile");
    assert_eq!(desk.state.context(), Context::Typing, "an open field takes what is pasted");
    desk.keys("<esc> a").paste("Name\nBanner\nTile");
    assert_eq!(desk.state.context(), Context::Ask, "so does a question");
}

#[test]
fn a_list_without_a_row_that_can_be_added_says_so_and_adds_nothing() {
    for list in ["", "\n\n", "Name,Quality\nPoster,splendid\n"] {
        let mut desk = Desk::of(TWO_LINES);
        from_file(&mut desk, list);
        let screen = desk.screen(120, 36);
        assert!(screen.contains('✗') && !words_of(&screen).contains("Enter add the rows"), "{screen}");
        desk.keys("<enter>");
        assert_eq!(desk.state.context(), Context::Importing, "{list:?}");
        assert!(desk.screen(120, 36).contains("no row of the list can be added"));
        assert!(!desk.state.is_dirty());
        desk.keys("<esc>");
        assert_eq!(desk.state.context(), Context::Pane);
    }
}

#[test]
fn a_path_is_needed_and_going_back_asks_nothing_of_the_disk() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("I <enter>");
    assert!(desk.screen(120, 36).contains("type a file name"));
    desk.keys("<esc>");
    assert!(desk.effects.is_empty() && desk.state.overlays.is_empty());
}

#[test]
fn refused_rows_are_in_sight_in_every_window_and_however_far_the_text_is_scrolled() {
    for (width, height) in SIZES {
        let mut desk = Desk::of(TWO_LINES);
        let rows: Vec<String> = (0..60).map(|row| format!("Banner {row},{}", row + 1)).collect();
        from_file(&mut desk, &format!("Name,Finals\n{}\nPoster,many\n", rows.join("\n")));
        for keys in ["g", "G"] {
            desk.state.view.furthest_scroll =
                furthest_scroll(&desk.view(), ratatui::layout::Rect::new(0, 0, width, height));
            let screen = desk.keys(keys).screen(width, height);
            assert!(screen.contains("✗ 1 of 61"), "{width}x{height} {keys}\n{screen}");
        }
    }
    let mut desk = Desk::of(TWO_LINES);
    from_file(&mut desk, LIST);
    let seen = whole_preview(&mut desk, 80, 24);
    for wanted in ["Poster", "Banner", "Tile", "Shelf", "finals 40"] {
        assert!(seen.contains(wanted), "{wanted} is missing in\n{seen}");
    }
}

#[test]
fn what_a_filter_hides_is_shown_again_when_rows_come_in() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("/ Hero <enter>");
    from_file(&mut desk, LIST);
    desk.keys("<enter>");
    assert!(desk.screen(120, 36).contains("Banner"), "{}", desk.screen(120, 36));
}

#[test]
fn hostile_text_commands_nothing() {
    let hostile = "Name,Finals,\u{1b}]52;c;AAAA\u{7}\n\u{1b}[2J\u{202e}gpj.exe,12,x\n\"a\u{0}b\nc\",\u{1b}[31m,\u{9b}2J\n=HYPERLINK(\"x\"),3,\n";
    let mut desk = Desk::of(TWO_LINES);
    from_file(&mut desk, hostile);
    for (width, height) in SIZES {
        let seen = whole_preview(&mut desk, width, height);
        let bad = seen.chars().find(|c| *c != '\n' && retake::words::safe::is_hostile(*c));
        assert_eq!(bad, None, "{width}x{height}");
    }
    desk.keys("<enter>");
    desk.assert_sound();
    let screen = desk.screen(120, 36);
    assert!(!screen.chars().any(|c| c != '\n' && retake::words::safe::is_hostile(c)), "{screen}");
}

/// Every line that asks for a path, with each way in which a terminal hands on a dropped file.
#[test]
fn a_dropped_path_works_in_every_field_for_a_path() {
    let opened = |path: &str| Effect::Open(PathBuf::from(path));
    let saved = |path: &str| Effect::SaveAs { path: PathBuf::from(path), replace: false };
    let listed = |path: &str| Effect::ReadList(ListRequest::new(ListSource::File(PathBuf::from(path))));
    type Made<'a> = &'a dyn Fn(&str) -> Effect;
    let fields: [(Ask, Made<'_>); 3] = [(Ask::Open, &opened), (Ask::SaveAs, &saved), (Ask::Import, &listed)];
    let asks_for_paths =
        [Ask::NewLine, Ask::LineName(0), Ask::ProjectName, Ask::SaveAs, Ask::Open, Ask::Import, Ask::Find, Ask::Months];
    assert_eq!(
        asks_for_paths.iter().filter(|ask| ask.is_path()).count(),
        fields.len(),
        "a field for a path is not tried here"
    );
    for (ask, made) in fields {
        for dropped in
            ["'/a/b c.toml' ", "\"/a/b c.toml\"\n", "/a/b\\ c.toml\r", "file:///a/b%20c.toml\r\n", "  /a/b c.toml"]
        {
            let mut desk = Desk::of(TWO_LINES);
            let text = retake::app::model::entry::Entry::new("offered");
            desk.state.overlays.show(retake::app::model::overlay::Overlay::Ask { ask, entry: text, refused: None });
            desk.paste(dropped).keys("<enter>");
            assert_eq!(desk.effects.pop(), Some(made("/a/b c.toml")), "{ask:?} {dropped:?}");
        }
    }
}

#[test]
fn a_list_pasted_into_the_field_for_its_path_is_the_list() {
    for (list, rows) in [("Name\tFinals\rBanner\t12\rTile\t40\r", 2), ("Banner\t12", 1), ("Banner,12\nTile,40\n", 2)] {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("I").paste(list);
        assert_eq!(desk.state.context(), Context::Importing, "{list:?}");
        desk.keys("<enter>");
        assert_eq!(titles(&desk).len(), 2 + rows, "{list:?}");
    }
}
