//! Markdown: one table, and names that stay names.

use crate::budgets::{Case, HOSTILE, assert_harmless, contract, hostile};
use retake::report::markdown;

/// The cells of a table row: split at bars without a backslash.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = row.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => cells.last_mut().unwrap().extend([c].into_iter().chain(chars.next())),
            '|' => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells[1..cells.len() - 1].iter().map(|cell| cell.trim().to_owned()).collect()
}

fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().filter(|line| line.starts_with('|')).map(cells).collect()
}

#[test]
fn the_table_holds_the_figures() {
    let text = markdown(&Case::of(contract()).report());
    let table = table(&text);
    assert_eq!(table[2], ["PDP hero", "1024x1280", "high", "24", "× 2.00", "= 48", "$0.1927", "$9.25"]);
    let sums: Vec<_> = table[3..].iter().map(|row| (row[0].as_str(), row[7].as_str())).collect();
    assert_eq!(
        sums,
        [("subtotal", "$9.25"), ("buffer 20 %", "$1.85"), ("**TOTAL**", "**$11.10**"), ("per final", "$0.4625")]
    );
    assert!(text.starts_with("### Spring launch\n"));
    assert!(
        text.contains("developers.openai.com") && text.contains("2026-11-21") && text.contains("grade A"),
        "{text}"
    );
}

#[test]
fn hostile_names_make_no_markup() {
    for name in HOSTILE {
        let text = markdown(&hostile(name).report());
        assert_harmless(&text);
        let table = table(&text);
        assert!(table.iter().all(|row| row.len() == 8), "{name:?}: {table:?}");
        assert_eq!(table.len(), markdown_rows(), "{name:?}");
        for line in text.lines() {
            let unescaped = line.replace("\\\\", "").replace("<!-- -->", "");
            for sign in ["<", "`", "["] {
                assert_eq!(unescaped.matches(sign).count(), unescaped.matches(&format!("\\{sign}")).count(), "{line}");
            }
            assert!(!unescaped.contains("https://x.example"), "{line}");
        }
        assert!(!text.contains("@everyone") && !text.contains("#1 "), "{text}");
    }
}

fn markdown_rows() -> usize {
    table(&markdown(&hostile("x").report())).len()
}
