//! The way of a list into a project: the sums that it is compared with, the rows left out, paths dropped and asked for again.

use crate::desk::{Desk, TWO_LINES, budget, catalog, words_of};
use crate::workbooks::workbook;
use retake::app::Context;
use retake::app::flows::lifecycle;
use retake::app::model::list_request::{ListRequest, ListSource};
use retake::app::model::outcome::{Effect, Outcome};
use retake::diagnostics::{Code, Problem};
use std::cell::RefCell;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

/// Two rows with finals, one without, and four that cannot be read.
const LIST: &str = "Name,Quality,Finals\nBanner,high,12\nTile,low,1050\nPoster,splendid,3\nCover,good-ish,4\n\
    Flyer,odd,5\nSign,odd,6\nDoor,low,\n";

/// Imports a list from a file of this name, up to its preview.
fn preview(desk: &mut Desk, path: &str, list: &str) {
    desk.keys("I").keys("<ctrl-u>").type_text(path).keys("<enter>");
    read(desk, path, list);
}

/// The only effect is to read this file; it holds this list.
fn read(desk: &mut Desk, path: &str, list: &str) {
    let Some(Effect::ReadList(request)) = desk.effects.pop() else { panic!("{path} is not read") };
    assert_eq!(request.source, ListSource::File(PathBuf::from(path)));
    desk.read_list(request, list.as_bytes());
}

fn untitled() -> Desk {
    Desk::untitled(budget("retake = 1\n"))
}

#[test]
fn the_preview_has_the_sum_of_the_finals_that_will_be_added() {
    for (list, title, heading) in [
        (
            "Name,Finals\nA,12\nB,50\n",
            "Import: 2 rows understood, 62 finals",
            "2 rows will be added, as one undo step: 62 finals",
        ),
        ("Name,Finals\nA,1\n", "Import: 1 row understood, 1 final", "1 row will be added, as one undo step: 1 final"),
        (
            "Name,Finals\nA,1200\nB,\n",
            "Import: 2 rows understood, 1,200 finals (1 row without)",
            "2 rows will be added, as one undo step: 1,200 finals; 1 row is without finals",
        ),
        (
            LIST,
            "4 of 7 rows refused; the other 3: 1,062 finals (1 row without)",
            "3 rows will be added, as one undo step: 1,062 finals; 1 row is without finals",
        ),
        ("Name,Quality\nA,low\nB,low\n", "Import: 2 rows understood, none with finals", "2 rows are without finals"),
        ("Name,Q1,Q2\nA,3,4\nB,5,\n", "Import: 3 rows understood, 12 finals", "as one undo step: 12 finals"),
        (
            "Name,Quality\nA,odd\nB,low\nC,odd\n",
            "2 of 3 rows refused; the other 1: none with finals",
            "1 row is without",
        ),
    ] {
        let mut desk = Desk::of(TWO_LINES);
        preview(&mut desk, "list.csv", list);
        for (width, height) in [(160, 60), (120, 60), (80, 60)] {
            let screen = desk.screen(width, height);
            let said = words_of(&screen);
            assert!(said.contains(title), "{title}: {width}x{height}\n{screen}");
            assert!(said.contains(heading), "{heading}: {width}x{height}\n{screen}");
        }
    }
}

#[test]
fn rows_that_were_left_out_are_named_and_a_key_away() {
    let mut desk = Desk::of(TWO_LINES);
    preview(&mut desk, "lists/shots.csv", LIST);
    desk.keys("<enter>");
    let said = words_of(&desk.screen(80, 24));
    assert!(said.contains("3 added, 4 rows refused: 4, 5, 6, 7 · I shows why · u reverts"), "{said}");
    // The path is offered, so that the key and Enter show the list again.
    desk.keys("I");
    assert!(words_of(&desk.screen(80, 24)).contains("lists/shots.csv"));
    desk.keys("<enter>");
    read(&mut desk, "lists/shots.csv", LIST);
    assert!(words_of(&desk.screen(80, 24)).contains("row 4 Poster"));

    // More than the first few.
    let mut desk = Desk::of(TWO_LINES);
    let many: String = (0..30).map(|at| format!("Bad {at},odd,1\n")).collect();
    preview(&mut desk, "shots.csv", &format!("{LIST}{many}"));
    desk.keys("<enter>");
    let said = words_of(&desk.screen(80, 24));
    assert!(said.contains("3 added, 34 rows refused: 4, 5, 6, 7, … · I shows why · u reverts"), "{said}");

    // A pasted list has no path.
    let mut desk = Desk::of(TWO_LINES);
    desk.paste("Name,Quality\nA,low\nB,odd\n").keys("<enter>");
    let said = words_of(&desk.screen(80, 24));
    assert!(said.contains("1 added, 1 row refused: 3 · paste the list again to see why · u reverts"), "{said}");
}

#[test]
fn an_empty_project_names_the_key_of_a_list() {
    let mut desk = untitled();
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        desk.keys("<esc>");
        let said = words_of(&desk.screen(width, height));
        assert!(said.contains("I paste or open rows"), "{width}x{height} {said}");
        assert!(said.contains("I import a list"), "the footer: {width}x{height} {said}");
    }
    let mut filled = Desk::of(TWO_LINES);
    filled.keys("<esc>");
    assert!(!words_of(&filled.screen(80, 24)).contains("I import a list"), "its room belongs to others then");
}

#[test]
fn a_project_without_a_file_is_saved_beside_its_list() {
    for (path, suggested) in [
        ("ecom_shotlist_SS25_drop3.csv", "ecom_shotlist_SS25_drop3.retake.toml"),
        ("../my lists/drop 3.final.xlsx", "drop 3.final.retake.toml"),
        ("list", "list.retake.toml"),
    ] {
        for keys in ["<ctrl-s>", "S"] {
            let mut desk = untitled();
            preview(&mut desk, path, "Name,Finals\nA,12\nB,50\n");
            desk.keys("<enter>").keys(keys);
            assert_eq!(desk.state.context(), Context::Ask, "{keys}");
            assert!(words_of(&desk.screen(120, 36)).contains(suggested), "{keys} {path}\n{}", desk.screen(120, 36));
        }
    }
    // A list that was not added, one that was pasted, and a project with a file suggest nothing.
    let mut desk = untitled();
    preview(&mut desk, "shots.csv", LIST);
    desk.keys("<esc> <ctrl-s>");
    assert!(!desk.screen(120, 36).contains("shots.retake.toml"));
    let mut desk = untitled();
    desk.paste(LIST).keys("<enter> <ctrl-s>");
    assert!(desk.screen(120, 36).contains("project.retake.toml"), "{}", desk.screen(120, 36));
    let mut desk = Desk::of(TWO_LINES);
    preview(&mut desk, "shots.csv", LIST);
    desk.keys("<enter> S");
    assert!(desk.screen(120, 36).contains("spring.retake.toml"));
}

#[test]
fn the_last_path_is_offered_and_typing_takes_its_place() {
    let mut desk = Desk::of(TWO_LINES);
    preview(&mut desk, "lists/one.csv", LIST);
    desk.keys("<esc> I");
    assert!(desk.screen(80, 24).contains("lists/one.csv"));
    desk.type_text("two.csv").keys("<enter>");
    read(&mut desk, "two.csv", LIST);
}

#[test]
fn a_path_dropped_on_a_pane_is_imported_instead_of_typed() {
    for (dropped, path) in [
        ("'/a/b c.csv' ", "/a/b c.csv"),
        ("\"/a/b c.TSV\"\n", "/a/b c.TSV"),
        ("/a/b\\ c.xlsx\r", "/a/b c.xlsx"),
        ("file:///a/b%20c.md\r\n", "/a/b c.md"),
        ("file:///a/list.txt", "/a/list.txt"),
        ("  /a/list.csv", "/a/list.csv"),
        ("~/list.csv", "~/list.csv"),
        ("lists/list.csv", "lists/list.csv"),
        ("list.csv", "list.csv"),
        ("C:\\Users\\me\\list.csv", "C:\\Users\\me\\list.csv"),
    ] {
        for keys in ["<esc>", "h h h h", "["] {
            let mut desk = Desk::of(TWO_LINES);
            desk.keys(keys).paste(dropped);
            assert_eq!(desk.state.context(), Context::ImportRunning, "{keys} {dropped:?}");
            read(&mut desk, path, LIST);
            assert_eq!(desk.state.context(), Context::Importing);
        }
    }
    // Values, and texts that only mention a file.
    for text in ["36", "1024x1024", "1.5", "csv", ".csv", "see list.csv now", "'list.toml'", "list.csv, other.csv"] {
        let mut desk = Desk::of(TWO_LINES);
        desk.paste(text);
        assert!(desk.effects.is_empty() && !desk.state.awaits_list(), "{text}");
        assert_eq!(desk.state.context(), Context::Typing, "{text}");
    }
    // An open field and a name are texts.
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("a").paste("/a/list.csv");
    assert!(desk.effects.is_empty() && !desk.state.awaits_list());
}

#[test]
fn what_is_wrong_with_a_path_is_said_in_sentences() {
    let of = |message: &str, allowed: &str, remedy: &str| {
        let problem = Problem::new(Code::NotAFile, message).with_allowed(allowed).with_remedy(remedy);
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("I").type_text("lists").keys("<enter>");
        assert!(lifecycle::apply_outcome(&mut desk.state, Outcome::NotOpened(vec![problem])).is_empty());
        // Between the frames of the dialog only: the sentence takes two rows.
        let screen = desk.screen(120, 36);
        let inside: Vec<&str> = screen.lines().filter_map(|row| row.split('┃').nth(1)).collect();
        words_of(&inside.join("\n"))
    };
    let said = of("lists is a folder", "", "name the list in it");
    assert!(said.contains("lists is a folder. Name the list in it."), "{said}");
    let said = of("the list has 90 MiB", "at most 64 MiB", "check that it is a list");
    assert!(said.contains("the list has 90 MiB (at most 64 MiB). Check that it is a list."), "{said}");
}

#[test]
fn a_cell_too_many_in_a_workbook_is_no_matter_of_quotes() {
    let read = |name: &str, bytes: &[u8]| {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("I").type_text(name).keys("<enter>");
        let Some(Effect::ReadList(request)) = desk.effects.pop() else { panic!() };
        desk.read_list(request, bytes);
        words_of(&desk.screen(120, 45))
    };
    let rows: &[&[&str]] = &[&["Name", "Finals"], &["Tile", "3"], &["Door", "4", "5"]];
    let said = read("book.xlsx", &workbook(&[("Shots", rows)]));
    assert!(said.contains("the row has 3 cells") && said.contains("give each column a title"), "{said}");
    assert!(!said.contains("double quotes"), "{said}");
    let said = read("list.csv", b"Name,Finals\nTile,3\nDoor,4,5\n");
    assert!(said.contains("put double quotes around a text that contains the separator"), "{said}");
}

#[test]
fn every_pass_over_a_list_tells_how_far_it_is() {
    let numbers: Vec<String> = (0..1000).map(|row| row.to_string()).collect();
    let cells: Vec<[&str; 2]> = numbers.iter().map(|name| [name.as_str(), "3"]).collect();
    let rows: Vec<&[&str]> = [&["Name", "Qty"][..]].into_iter().chain(cells.iter().map(|row| &row[..])).collect();
    let text: String = rows.iter().map(|row| format!("{}\n", row.join(","))).collect();
    // A text is read for its end and for its values, a workbook before that for its cells.
    for (bytes, passes) in [(text.into_bytes(), 2), (workbook(&[("Shots", &rows)]), 3)] {
        let desk = Desk::of(TWO_LINES);
        let told = RefCell::new(Vec::new());
        let request = ListRequest::new(ListSource::File(PathBuf::from("list")));
        let load = |_: &Path| Ok(bytes.clone());
        let progress = |rows: usize| {
            told.borrow_mut().push(rows);
            Ok(())
        };
        let Ok(_) = request.read::<Infallible>(load, desk.state.budget(), catalog(), &progress);
        let told: Vec<usize> = told.into_inner().into_iter().filter(|rows| *rows > 0).collect();
        let ascents = told.chunk_by(|before, after| before < after);
        assert_eq!(ascents.filter(|ascent| ascent.last().is_some_and(|last| *last > 700)).count(), passes, "{told:?}");
    }
}

#[test]
fn meanings_have_plain_names_and_the_common_ones_come_first() {
    let mut desk = Desk::of(TWO_LINES);
    desk.paste("Name,Finals,Lot\nBanner,12,3\nTile,40,5\n").keys("<left> <enter>");
    let screen = desk.screen(160, 60);
    let said = words_of(&screen);
    let mut from = 0;
    for name in ["name", "finals", "size", "ratio", "quality", "prompt text", "note", "number of prompt tokens"] {
        let found = screen[from..].find(&format!(" {name} "));
        from += found.unwrap_or_else(|| panic!("{name} is missing or too early in\n{screen}"));
    }
    assert!(said.contains("images per call") && !said.contains("the per call"), "{said}");
}

#[test]
fn hidden_sheets_are_marked() {
    let rows: &[&[&str]] = &[&["Name", "Qty"], &["Tile", "3"]];
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("I").type_text("book.xlsx").keys("<enter>");
    let Some(Effect::ReadList(request)) = desk.effects.pop() else { panic!() };
    desk.read_list(request, &workbook(&[("Shots", rows), ("Old\" state=\"hidden", rows), ("Next", rows)]));
    desk.keys("s");
    let screen = desk.screen(120, 36);
    let row =
        |name: &str| screen.lines().find(|row| row.contains(&format!("  {name} "))).unwrap_or_default().to_owned();
    assert!(screen.lines().any(|row| row.contains("Old") && row.contains("hidden")), "{screen}");
    assert!(!row("Next").contains("hidden"), "{screen}");
    desk.keys("<down> <enter> s");
    assert!(desk.screen(120, 36).contains("hidden, current"), "{}", desk.screen(120, 36));
}
