//! How much of a list is read, and how soon a list of more is refused.

use crate::fresh;
use retake::cost::base::limits::{
    DELIVERABLES_MAX, LIST_CELL_BYTES_MAX, LIST_CELLS_MAX, LIST_LINES_MAX, ROW_CELLS_MAX,
};
use retake::tables::Separator;
use std::time::{Duration, Instant};

/// What a list is refused with, and how soon.
fn refused(text: &str) -> (String, Duration) {
    let begin = Instant::now();
    let list = fresh(text);
    let took = begin.elapsed();
    assert!(list.refused.is_none() || list.rows.is_empty());
    (list.refused.map_or_else(String::new, |why| why.allowed), took)
}

#[test]
fn what_is_too_much_is_refused_at_once_with_the_limit() {
    let lines = "at most 1,000,000 lines, blank ones included";
    let (cells, bytes) =
        ("at most 3,000,000 cells in all, not counting blank ones at the ends of rows", "at most 256 KiB in a cell");
    let columns = "at most 1,000 columns";
    let nothing = "CSV, or cells copied from a spreadsheet: one row for each deliverable";
    let row = |separator: &str, count: usize| vec!["a"; count].join(separator) + "\n";
    let wide = row(",", ROW_CELLS_MAX);
    for (what, text, limit) in [
        ("brackets", "a[".repeat(1 << 20), bytes),
        ("quotes", "\"".repeat(2 << 20), bytes),
        ("one more quote", "\"".repeat((2 << 20) + 1), bytes),
        ("one letter", "ä".repeat(1 << 20), bytes),
        ("a long title", format!("{},Qty\nA,1\n", "幅".repeat(LIST_CELL_BYTES_MAX)), bytes),
        ("\\n", "a\n".repeat(LIST_LINES_MAX + 1), lines),
        ("\\r", "a\r".repeat(LIST_LINES_MAX + 2), lines),
        ("\\r\\n", "a\r\n".repeat(LIST_LINES_MAX + 1), lines),
        ("blank \\r", "\r".repeat(LIST_LINES_MAX + 2), lines),
        ("commas", ",".repeat(2 << 20), nothing),
        ("commas before a text", ",".repeat(2 << 20) + "a", columns),
        ("wide rows", wide.repeat(LIST_CELLS_MAX / ROW_CELLS_MAX + 1), cells),
        ("empty cells", (",".repeat(ROW_CELLS_MAX - 1) + "a\n").repeat(LIST_CELLS_MAX / ROW_CELLS_MAX + 1), cells),
        ("blank rows", (",".repeat(ROW_CELLS_MAX - 1) + "\n").repeat(LIST_CELLS_MAX / ROW_CELLS_MAX + 1), nothing),
        ("semicolons", row(";", ROW_CELLS_MAX).repeat(LIST_CELLS_MAX / ROW_CELLS_MAX + 1), cells),
        ("a column too many", row(",", ROW_CELLS_MAX + 1).repeat(2), columns),
        ("a semicolon too many", row(";", ROW_CELLS_MAX + 1).repeat(2), columns),
        ("a tab too many", row("\t", ROW_CELLS_MAX + 1).repeat(2), columns),
    ] {
        let (told, took) = refused(&text);
        assert_eq!(told, limit, "{what}");
        // A second in an optimised build; this is one without.
        assert!(took < Duration::from_secs(10), "{what}: {took:?}");
    }
}

#[test]
fn what_is_just_allowed_is_read() {
    let titles: Vec<String> = (1..ROW_CELLS_MAX).map(|at| format!("own {at}")).collect();
    let wide = format!("Name,{}\nA{}\n", titles.join(","), ",1".repeat(ROW_CELLS_MAX - 1));
    assert_eq!(fresh(&wide).columns.len(), ROW_CELLS_MAX);
    assert_eq!(fresh(&wide).lines().count(), 1);
    let long = "Name,Qty\n".to_owned() + &"A,1\n".repeat(DELIVERABLES_MAX);
    assert_eq!(fresh(&long).lines().count(), DELIVERABLES_MAX);
    let (told, _) = refused(&(long + "A,1\n"));
    assert_eq!(told, "at most 100,000 deliverables");
    let prompt = format!("Name;Prompt\nA;\"{}\"\n", "one word, ".repeat(3000));
    let list = fresh(&prompt);
    assert_eq!((list.separator, list.lines().count()), (Separator::Semicolon, 1), "{:?}", list.rows);
}

#[test]
fn a_quote_that_never_closes_in_cells_of_a_spreadsheet_makes_no_long_cell() {
    let text = "Name\tQty\n".to_owned() + "\"24 inch poster\t1\n" + &"A\t1\n".repeat(80_000);
    assert_eq!(fresh(&text).lines().count(), 80_001);
}
