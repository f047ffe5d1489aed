//! Headings, sentences and tables, as plain text of 80 columns or as Markdown.

use crate::words::columns::{LINE_COLUMNS, left, right, width, wrap};
use crate::words::markup::{block, heading, inline};
use crate::words::safe::safe;

/// A part of a printed answer.
pub(super) enum Section {
    /// The name of the whole.
    Title(String),
    /// A sentence.
    Sentence(String),
    /// A table below its heading: the first column is text, the others are figures.
    Table {
        /// What it is about.
        title: String,
        /// The names of the columns.
        head: Vec<String>,
        /// As many cells each.
        rows: Vec<Vec<String>>,
        /// Remarks below it.
        notes: Vec<String>,
    },
}

/// The sections as plain text, with a line break at its end.
pub(super) fn text(sections: &[Section]) -> String {
    let parts = sections.iter().map(|section| match section {
        Section::Title(title) => format!("{}\n", wrap(&safe(title), "", "  ")),
        Section::Sentence(sentence) => format!("{}\n", wrap(&safe(sentence), "", "  ")),
        Section::Table { title, head, rows, notes } => {
            let mut out = format!("{}\n", wrap(title, "", "  "));
            out.push_str(&table(head, rows));
            notes.iter().for_each(|note| out.push_str(&format!("{}\n", wrap(&safe(note), "  ", "    "))));
            out
        }
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// Columns between two cells.
const GAP: usize = 2;

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| safe(cell).into_owned()).collect()).collect();
    let head = head.to_vec();
    let all = || std::iter::once(&head).chain(&rows);
    let widest = |column: usize| all().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
    let figures: Vec<usize> = (1..head.len()).map(widest).collect();
    let taken: usize = figures.iter().map(|figure| figure + GAP).sum();
    let first = widest(0).min(LINE_COLUMNS.saturating_sub(taken + GAP));
    let mut out = String::new();
    for row in all() {
        let (name, cells) = row.split_first().map_or((String::new(), &[][..]), |(name, cells)| (name.clone(), cells));
        let cells = cells.iter().zip(&figures).map(|(cell, columns)| format!("  {}", right(cell, *columns)));
        let cells: String = cells.collect();
        if width(&name) <= first {
            out.push_str(&format!("  {}{cells}\n", left(&name, first)));
        } else {
            out.push_str(&format!("{}\n  {}{cells}\n", wrap(&name, "  ", "    "), left("", first)));
        }
    }
    out
}

/// The sections as GitHub-flavoured Markdown, with a line break at its end.
pub(super) fn markdown(sections: &[Section]) -> String {
    let parts = sections.iter().map(|section| match section {
        Section::Title(title) => format!("### {}\n", heading(title)),
        Section::Sentence(sentence) => format!("{}\n", block(sentence)),
        Section::Table { title, head, rows, notes } => {
            let row = |cells: &[String]| {
                let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
                format!("| {} |\n", cells.join(" | "))
            };
            let mut out =
                format!("**{}**\n\n{}|---|{}\n", inline(title), row(head), "--:|".repeat(head.len().saturating_sub(1)));
            rows.iter().for_each(|cells| out.push_str(&row(cells)));
            notes.iter().for_each(|note| out.push_str(&format!("\n{}\n", block(note))));
            out
        }
    });
    parts.collect::<Vec<_>>().join("\n")
}
