//! The columns of an imported list: marked with the arrow keys, given another meaning, read again.

use crate::desk::{Desk, SIZES, TWO_LINES, words_of};
use ratatui::layout::Rect;
use retake::app::Context;
use retake::app::actions::mouse::{self, Target};
use retake::cost::{Knob, Value};
use retake::ui::{hit, scrolled};

/// `Lot` is misread as nothing, and `Finals` as the finals.
const LIST: &str = "Name,Finals,Lot\nBanner,12,3\nTile,40,5\n";

/// A title of this many columns, of which the names are Japanese.
fn wide(columns: usize) -> String {
    let titles: Vec<String> = (3..=columns).map(|column| format!("{column}番目の列の見出し")).collect();
    let cells: Vec<String> = (3..=columns).map(|column| format!("{column}番の値は{}枚", column * 1000)).collect();
    let row = |name: &str, finals: &str| format!("{name},{finals},{}\n", cells.join(","));
    format!("商品名,枚数,{}\n{}{}", titles.join(","), row("横断幕", "12"), row("看板", "40"))
}

fn preview(list: &str) -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    desk.paste(list);
    assert_eq!(desk.state.context(), Context::Importing);
    desk
}

/// The row of the screen with the pointer of the marked column.
fn marked(screen: &str) -> String {
    let inside = |row: &&str| row.split('┃').nth(1).is_some_and(|inside| inside.contains('▸'));
    let rows: Vec<&str> = screen.lines().filter(inside).collect();
    assert_eq!(rows.len(), 1, "{screen}");
    words_of(rows[0])
}

fn finals(desk: &Desk) -> Vec<Option<&Value>> {
    desk.state.budget().lines.iter().skip(2).map(|line| line.settings.value(Knob::Finals)).collect()
}

#[test]
fn another_column_is_given_the_finals_and_the_rows_follow() {
    for (width, height) in SIZES.into_iter().filter(|(width, height)| *width >= 80 && *height >= 24) {
        let mut desk = preview(LIST);
        let first = words_of(&desk.screen(width, height));
        assert!(first.contains("Lot is left out") && first.contains("2 of 3 columns are read"), "{first}");
        assert!(first.contains("Enter add the rows") && first.contains("→ next column"), "{width}x{height} {first}");
        desk.keys("<right> <right> <right> <right>");
        let screen = desk.screen(width, height);
        assert!(marked(&screen).contains("Lot is left out"), "the last column is the end\n{screen}");
        let said = words_of(&screen);
        assert!(said.contains("3 · 5"), "what stands in it is shown\n{screen}");
        for hint in ["Enter set meaning", "→ next column", "I add the rows", "Esc back"] {
            assert!(said.contains(hint), "{hint} at {width}x{height}\n{screen}");
        }
        desk.keys("<enter>");
        let screen = desk.screen(width, height);
        assert_eq!(desk.state.context(), Context::Choosing);
        assert!(words_of(&screen).contains("Read Lot as") && marked(&screen).contains("not read current"), "{screen}");
        desk.keys("f i n a l s");
        assert!(marked(&desk.screen(width, height)).contains("finals now Finals"), "{}", desk.screen(width, height));
        desk.keys("<enter>");
        let screen = desk.screen(width, height);
        let said = words_of(&screen);
        assert!(marked(&screen).contains("Lot is read as the finals, as you chose"), "{screen}");
        assert!(said.contains("Finals is left out: another column holds the finals"), "{screen}");
        assert!(said.contains("2 of 3 columns are read"), "{screen}");
        assert!(!desk.state.is_dirty(), "nothing counts yet");
        desk.keys("I");
        assert_eq!(finals(&desk), [Some(&Value::Count(3)), Some(&Value::Count(5))]);
        desk.keys("u");
        assert!(!desk.state.is_dirty(), "one step");
    }
}

#[test]
fn the_automatic_reading_comes_back_column_by_column() {
    let mut desk = preview(LIST);
    let found = desk.screen(120, 36);
    desk.keys("<right> <right> <enter>");
    assert!(!desk.screen(120, 36).contains("automatic"), "it is what counts now");
    assert!(marked(&desk.screen(120, 36)).contains("finals current"));
    desk.keys("n o t <space> r e a d <enter>");
    assert!(marked(&desk.screen(120, 36)).contains("Finals is left out, as you chose"));
    desk.keys("<enter>");
    let screen = desk.screen(120, 36);
    assert!(words_of(&screen).contains("automatic by its title and contents"), "{screen}");
    assert!(marked(&screen).contains("not read current"), "{screen}");
    desk.keys("a u t o m <enter>");
    assert!(marked(&desk.screen(120, 36)).contains("Finals is read as the finals"));
    desk.keys("<esc>");
    assert_eq!(desk.screen(120, 36), found, "Esc marks nothing any more");
    desk.keys("<esc>");
    assert!(desk.state.overlays.is_empty() && !desk.state.is_dirty());
}

#[test]
fn esc_in_the_list_of_meanings_changes_nothing_and_leads_back_to_the_column() {
    let mut desk = preview(LIST);
    desk.keys("<left>");
    let before = desk.state.overlays.clone();
    desk.keys("<enter> <down> <down> <esc>");
    assert_eq!(desk.state.overlays, before);
    assert_eq!(desk.state.context(), Context::ImportingColumn);
}

#[test]
fn a_meaning_that_no_cell_fits_is_told_at_the_column() {
    let mut desk = preview("Name,Finals,Shelf\nBanner,12,left\nTile,40,right\n");
    desk.keys("<left> <enter> w i d t h <enter>");
    let screen = desk.screen(120, 36);
    assert!(marked(&screen).contains("Shelf is left out: no cell can be read as the width"), "{screen}");
    desk.keys("I");
    assert_eq!(finals(&desk), [Some(&Value::Count(12)), Some(&Value::Count(40))], "the rows are read without it");
}

#[test]
fn of_thirty_columns_the_marked_one_is_in_sight_in_every_window_and_no_number_is_cut() {
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let mut desk = preview(&wide(30));
        for column in 1..=30 {
            desk.keys("<right>");
            let screen = desk.screen(width, height);
            let title = match column {
                1 => "商品名".to_owned(),
                2 => "枚数".to_owned(),
                _ => format!("{column}番目の列の見出し"),
            };
            assert!(marked(&screen).contains(&title), "{column} at {width}x{height}\n{screen}");
            if column > 2 {
                assert!(words_of(&screen).contains(&format!("{column}番の値は{}枚", column * 1000)), "{screen}");
            }
        }
        let seen = desk.keys("g").screen(width, height);
        assert!(marked(&seen).contains("商品名"), "the first column\n{seen}");
        let seen = desk.keys("G").screen(width, height);
        assert!(marked(&seen).contains("30番目"), "the last column\n{seen}");
    }
}

/// A word of Japanese has no blanks to break it at.
#[test]
fn a_long_word_is_not_broken_within_a_number() {
    let word: String = (0..20).map(|_| "値1,080.5枚").collect();
    for columns in 12..40 {
        let lines = retake::ui::canvas::wrap(&word, columns);
        assert_eq!(lines.concat(), word);
        for line in lines {
            assert_eq!(line.matches("1,080.5").count(), line.matches("80").count(), "{columns}: {line}");
        }
    }
}

#[test]
fn what_became_of_the_rows_is_counted_in_headings() {
    let mut desk = preview("Name,Quality,Finals\nBanner,high,12\nTile,medium,40\nPoster,splendid,3\nTotal,,55\n");
    let said = words_of(&desk.screen(160, 45));
    for wanted in [
        "3 rows: 2 understood, 1 refused, 1 skipped",
        "1 row refused: could not be read",
        "3 of 3 columns are read",
        "2 rows will be added, as one undo step",
        "1 row is not a deliverable and is skipped",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    desk.keys("<right>");
    assert!(words_of(&desk.screen(80, 24)).contains("1 of 3 rows refused"), "the title counts, whatever is in sight");
}

#[test]
fn the_parts_of_a_note_stand_on_one_line() {
    let desk = preview("Name,Size,Finals,Note\nBanner,1080x1080,12,for the fair\n");
    let said = words_of(&desk.screen(160, 45));
    assert!(said.contains("for the fair") && !said.contains('␊'), "{said}");
    assert_eq!(said.matches("asked for 1080×1080").count(), 1, "once: {said}");
}

#[test]
fn a_click_on_a_column_marks_it_and_the_wheel_scrolls() {
    for (width, height) in SIZES.into_iter().filter(|(width, height)| *width >= 80 && *height >= 24) {
        for list in [LIST.to_owned(), wide(30)] {
            let mut desk = preview(&list);
            let area = Rect::new(0, 0, width, height);
            let screen = desk.screen(width, height);
            let row = screen.lines().position(|row| row.contains("read as the finals")).unwrap();
            let target = hit::target(&desk.view(), area, width / 2, u16::try_from(row).unwrap());
            assert_eq!(target, Some(Target::Column(1)), "{screen}");
            mouse::press(&mut desk.state, target.unwrap());
            assert!(marked(&desk.screen(width, height)).contains("read as the finals"));
            assert_eq!(desk.state.context(), Context::ImportingColumn);
            // The text stays under the mouse, and the wheel scrolls it away from the column.
            let clicked = desk.screen(width, height);
            let now = clicked.lines().position(|row| row.contains("read as the finals")).unwrap();
            // A box that is not as high as the window grows by the line with the column's first cells.
            assert!(row.abs_diff(now) <= 1, "{row} {now}");
            let measure = |desk: &mut Desk| {
                let measured = scrolled(&desk.view(), area);
                (desk.state.view.first_line, desk.state.view.furthest_scroll) = measured;
                measured
            };
            let (first, furthest) = measure(&mut desk);
            for _ in 0..100 {
                mouse::wheel(&mut desk.state, Some(Target::Text), false);
            }
            assert_eq!(measure(&mut desk).0, furthest, "to the end");
            for _ in 0..100 {
                mouse::wheel(&mut desk.state, Some(Target::Text), true);
            }
            assert_eq!((measure(&mut desk).0, first), (0, 0), "and back");
            desk.keys("<right>");
            assert_eq!(desk.state.previewed().unwrap().marked(), Some(2), "the mark stayed meanwhile");
            // The frame, the title and the keys are no columns.
            for y in [0, height - 1, height - 2] {
                let target = hit::target(&desk.view(), area, width / 2, y);
                assert!(!matches!(target, Some(Target::Column(_))), "{y} {target:?}");
            }
        }
    }
}
