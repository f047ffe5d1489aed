//! A list while it is read: the screen stays alive, Esc leaves nothing behind, and only what is waited for is shown.

use crate::desk::{Desk, SIZES, TWO_LINES, words_of};
use crate::workbooks::workbook;
use retake::app::Context;
use retake::app::flows::lifecycle;
use retake::app::model::list_request::{ListRequest, ListSource};
use retake::app::model::outcome::{Effect, Outcome};
use retake::cost::{Knob, Value};
use retake::diagnostics::{Code, Problem};
use std::path::PathBuf;

const LIST: &str = "Name,Finals,Lot\nBanner,12,3\nTile,40,5\n";
const OTHER: &str = "Name,Finals\nDoor,7\nGate,8\n";

/// A workbook of three sheets: its list, a cover that is none, another list.
pub(crate) fn with_book(desk: &mut Desk) {
    let bytes = workbook(&[
        ("Shots", &[&["Name", "Qty"], &["Tile", "3"], &["Door", "4"]]),
        ("秋のカタログ", &[&["商品名", "枚数"], &["横断幕", "12"]]),
        ("Empty", &[]),
    ]);
    desk.keys("I").type_text("book.xlsx").keys("<enter>");
    let request = asked(desk);
    desk.read_list(request, &bytes);
}

/// A dashboard on which lists take their time.
fn slow() -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    desk.holds_lists = true;
    desk
}

/// The only effect: a list to read.
fn asked(desk: &mut Desk) -> ListRequest {
    let effect = desk.effects.pop();
    assert!(desk.effects.is_empty());
    let Some(Effect::ReadList(request)) = effect else { panic!("{effect:?}") };
    request
}

/// A list in a file is being read.
fn running() -> (Desk, ListRequest) {
    let mut desk = slow();
    desk.keys("I").type_text("lists/list.csv").keys("<enter>");
    let request = asked(&mut desk);
    assert_eq!(request, ListRequest::new(ListSource::File(PathBuf::from("lists/list.csv"))));
    (desk, request)
}

fn arrives(desk: &mut Desk, outcome: Outcome) {
    assert!(lifecycle::apply_outcome(&mut desk.state, outcome).is_empty());
}

fn finals(desk: &Desk) -> Vec<Option<&Value>> {
    desk.state.budget().lines.iter().skip(2).map(|line| line.settings.value(Knob::Finals)).collect()
}

#[test]
fn the_screen_tells_how_far_it_is_and_keys_are_answered_meanwhile() {
    let (mut desk, request) = running();
    for (width, height) in SIZES.into_iter().filter(|(width, _)| *width >= 50) {
        let said = words_of(&desk.screen(width, height));
        assert!(said.contains("reading list.csv…") && said.contains("Esc back"), "{width}x{height} {said}");
    }
    arrives(&mut desk, Outcome::ListRows(12_800));
    assert!(words_of(&desk.screen(80, 24)).contains("reading list.csv… 12,800 rows so far"));
    desk.keys("?");
    assert!(words_of(&desk.screen(120, 36)).contains("A list is being read."), "help is answered");
    arrives(&mut desk, Outcome::ListRows(25_600));
    assert!(desk.state.awaits_list(), "below the help");
    let outcome = desk.list_of(request, LIST.as_bytes());
    arrives(&mut desk, outcome);
    assert!(words_of(&desk.screen(120, 36)).contains("Help"), "the help stays until it is closed");
    desk.keys("<esc>");
    assert!(words_of(&desk.screen(120, 36)).contains("Import: 2 rows understood"));
    desk.keys("<enter>");
    assert_eq!(finals(&desk), [Some(&Value::Count(12)), Some(&Value::Count(40))]);
}

#[test]
fn esc_leaves_nothing_behind_and_a_late_result_is_dropped() {
    let mut untouched = slow();
    untouched.keys("I <esc>");
    let (mut desk, request) = running();
    desk.keys("<esc>");
    assert!(!desk.state.awaits_list(), "so the runtime gives it up");
    let late = [Outcome::ListRows(128), desk.list_of(request, LIST.as_bytes())];
    for outcome in late {
        arrives(&mut desk, outcome);
        assert_eq!(desk.screen(120, 36), untouched.screen(120, 36));
        assert!(desk.state.overlays.is_empty() && desk.state.session.asked.is_none());
    }
    assert!(desk.effects.is_empty() && !desk.state.is_dirty() && !desk.state.project.history().can_undo());
}

#[test]
fn a_second_list_takes_the_place_of_the_first() {
    // Pasted while the first is read.
    let (mut desk, _) = running();
    desk.paste(OTHER);
    assert!(words_of(&desk.screen(120, 36)).contains("reading the pasted list…"));
    let second = asked(&mut desk);
    let outcome = desk.list_of(second, b"");
    arrives(&mut desk, outcome);
    assert!(desk.screen(120, 36).contains("Door"));
    // Asked for by its key: the first is waited for no more.
    let (mut desk, _) = running();
    desk.keys("I");
    assert_eq!((desk.state.context(), desk.state.awaits_list()), (Context::Ask, false));
    desk.type_text("other.csv").keys("<enter>");
    assert!(words_of(&desk.screen(120, 36)).contains("reading other.csv…"));
    assert_eq!(asked(&mut desk).source, ListSource::File(PathBuf::from("other.csv")));
    // A value is no list.
    let (mut desk, _) = running();
    desk.paste("36");
    assert!(desk.effects.is_empty() && desk.state.awaits_list());
}

#[test]
fn quitting_does_not_wait_for_the_list() {
    let (mut desk, _) = running();
    desk.keys("<ctrl-c>");
    assert_eq!(desk.effects, [Effect::Quit]);
}

#[test]
fn a_file_that_cannot_be_read_asks_for_its_path_again() {
    let (mut desk, _) = running();
    let problem = Problem::new(Code::Missing, "lists/list.csv does not exist");
    arrives(&mut desk, Outcome::NotOpened(vec![problem]));
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("lists/list.csv does not exist") && !desk.state.awaits_list(), "{said}");
    assert_eq!(desk.state.context(), Context::Ask);
}

/// The preview of a list whose last column is to be the finals from now on.
fn again() -> (Desk, ListRequest) {
    let mut desk = slow();
    desk.paste(LIST);
    let first = asked(&mut desk);
    desk.read_list(first, b"");
    desk.keys("<left> <enter> f i n a l s <enter>");
    let request = asked(&mut desk);
    (desk, request)
}

#[test]
fn another_meaning_is_read_beside_the_screen_too() {
    let (mut desk, request) = again();
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("Reading the list again…") && said.contains("Lot is left out"), "{said}");
    arrives(&mut desk, Outcome::ListRows(50_000));
    assert!(words_of(&desk.screen(120, 36)).contains("Reading the list again… 50,000 rows so far"));
    // Rows that are about to change are not added.
    desk.keys("I");
    assert!(words_of(&desk.screen(120, 36)).contains("the list is being read again"));
    assert!(!desk.state.is_dirty());
    let outcome = desk.list_of(request, b"");
    arrives(&mut desk, outcome);
    assert!(!desk.state.awaits_list());
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("Lot is read as the finals, as you chose") && !said.contains("being read again"), "{said}");
    desk.keys("I");
    assert_eq!(finals(&desk), [Some(&Value::Count(3)), Some(&Value::Count(5))]);
}

#[test]
fn esc_while_it_is_read_again_keeps_the_preview_as_it_was() {
    let (mut desk, request) = again();
    let mut before = slow();
    before.paste(LIST);
    let first = asked(&mut before);
    before.read_list(first, b"");
    before.keys("<left>");
    desk.keys("<esc>");
    assert!(!desk.state.awaits_list());
    let late = desk.list_of(request, b"");
    arrives(&mut desk, late);
    assert_eq!(desk.screen(120, 36), before.screen(120, 36));
    assert_eq!(desk.state.overlays, before.state.overlays);
}

#[test]
fn two_meanings_in_a_row_are_both_read() {
    let (mut desk, _) = again();
    desk.keys("<left> <enter> n o t <space> r e a d <enter>");
    let both = asked(&mut desk);
    let outcome = desk.list_of(both, b"");
    arrives(&mut desk, outcome);
    let said = words_of(&desk.screen(120, 36));
    for wanted in ["Lot is read as the finals, as you chose", "Finals is left out, as you chose"] {
        assert!(said.contains(wanted), "{wanted} is missing in {said}");
    }
}

#[test]
fn another_sheet_of_a_workbook_is_a_key_away() {
    let mut desk = slow();
    with_book(&mut desk);
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let said = words_of(&desk.screen(width, height));
        for wanted in ["2 rows understood, 7 finals · sheet Shots", "s another sheet", "Enter add the rows", "Esc back"]
        {
            assert!(said.contains(wanted), "{wanted} is missing at {width}x{height} in {said}");
        }
    }
    desk.keys("<right> s");
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("Read the sheet") && said.contains("Shots current") && said.contains("Empty"), "{said}");
    // Esc leads back to the column.
    desk.keys("<esc>");
    assert_eq!(desk.state.context(), Context::ImportingColumn);
    desk.keys("s <down> <enter>");
    let request = asked(&mut desk);
    assert!(desk.state.awaits_list() && words_of(&desk.screen(120, 36)).contains("Reading the list again…"));
    desk.read_list(request, b"");
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("1 row understood, 12 finals · sheet 秋のカタログ") && said.contains("横断幕"), "{said}");
    assert_eq!(desk.state.context(), Context::Importing, "its columns are others");
    // A sheet without a list is told, and the one before stays.
    desk.keys("s <down> <enter>");
    let request = asked(&mut desk);
    desk.read_list(request, b"");
    let said = words_of(&desk.screen(120, 36));
    assert!(said.contains("Empty cannot be imported: there are no rows to read"), "{said}");
    assert!(said.contains("sheet 秋のカタログ"), "{said}");
    desk.keys("s <up> <up> <enter>");
    let request = asked(&mut desk);
    desk.read_list(request, b"");
    desk.keys("<enter>");
    assert_eq!(finals(&desk), [Some(&Value::Count(3)), Some(&Value::Count(4))], "and back to the first");
}

#[test]
fn the_way_out_stays_in_sight_below_a_long_list() {
    for (width, height) in SIZES.into_iter().filter(|(width, height)| *width >= 80 && *height >= 24) {
        let mut desk = slow();
        let numbers: Vec<String> = (0..12_000).map(|row| row.to_string()).collect();
        let cells: Vec<[&str; 2]> = numbers.iter().map(|name| [name.as_str(), "3"]).collect();
        let rows: Vec<&[&str]> = [&["Name", "Qty"][..]].into_iter().chain(cells.iter().map(|row| &row[..])).collect();
        desk.keys("I").type_text("book.xlsx").keys("<enter>");
        let request = asked(&mut desk);
        desk.read_list(request, &workbook(&[("A", &rows), ("B", &[])]));
        let screen = desk.screen(width, height);
        let said = words_of(&screen);
        for wanted in ["Import: 12,000 rows understood", "Enter add the rows", "Esc back"] {
            assert!(said.contains(wanted), "{wanted} is missing at {width}x{height} in\n{screen}");
        }
        let keys = screen.lines().find(|row| row.contains("more lines")).unwrap();
        assert!(!keys.contains('…'), "{keys}");
    }
}

#[test]
fn a_text_and_a_workbook_of_one_sheet_offer_no_other() {
    let mut desk = slow();
    desk.paste(LIST);
    let first = asked(&mut desk);
    desk.read_list(first, b"");
    assert!(!desk.screen(120, 36).contains("another sheet"));
    desk.keys("s");
    assert!(desk.screen(120, 36).contains("the list has no other sheets"));
    let mut desk = slow();
    desk.keys("I").type_text("book.xlsx").keys("<enter>");
    let request = asked(&mut desk);
    desk.read_list(request, &workbook(&[("Only", &[&["Name", "Qty"], &["Tile", "3"]])]));
    let screen = desk.screen(120, 36);
    assert!(!screen.contains("another sheet") && !screen.contains("sheet Only"), "{screen}");
}
