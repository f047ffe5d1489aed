//! Entries of inline tables, and the commas between them.

use std::ops::Range;

use super::pass::Edit;
use crate::project::outline::{Item, Outline};

/// How an entry is added to an inline table.
pub(super) enum Added {
    /// On its own line.
    Lines(Vec<Edit>),
    /// On the line of the others.
    Here(Edit),
}

/// The entries of an inline table, without those of tables inside it.
fn entries(outline: &Outline<'_>, table: u32) -> impl Iterator<Item = u32> {
    let owner = outline.items[table as usize].owner;
    let inside = (table + 1..).map_while(move |at| {
        let item = outline.items.get(at as usize)?;
        (item.owner == owner && item.owner != at).then_some((at, item.parent))
    });
    inside.filter(move |(_, parent)| *parent == table).map(|(at, _)| at)
}

pub(super) fn add(outline: &Outline<'_>, eol: &str, table: u32, entry: &str) -> Added {
    let text = outline.text;
    let here = |at: usize, text: String| Added::Here(Edit { range: at..at, text });
    let Some(last) = entries(outline, table).last() else {
        let at = outline.items[table as usize].value().start + 1;
        let close = if text[at..].starts_with('}') { " " } else { "" };
        return here(at, format!(" {entry}{close}"));
    };
    let last = &outline.items[last as usize];
    if let Some(lines) = own_lines(text, last) {
        let indent = &text[lines.start..last.key().start];
        let line = Edit { range: lines.end..lines.end, text: format!("{indent}{entry}") };
        let comma = |at: usize| Edit { range: at..at, text: ",".to_owned() };
        let edits = match last.comma() {
            Some(_) => vec![Edit { text: format!("{},{eol}", line.text), ..line }],
            None => {
                // The comma replaces one of the spaces before a comment, so that the comment stays in its column.
                let rest = &text[last.value().end..];
                let eaten = usize::from(rest.starts_with("  ") && rest.trim_start_matches(' ').starts_with('#'));
                let comma = Edit { range: last.value().end..last.value().end + eaten, ..comma(0) };
                vec![comma, Edit { text: format!("{}{eol}", line.text), ..line }]
            }
        };
        return Added::Lines(edits);
    }
    match last.comma() {
        Some(comma) => here(comma + 1, format!(" {entry},")),
        None => here(last.value().end, format!(", {entry}")),
    }
}

/// The ranges to delete for an entry and its comma, which is separate if a comment is between them.
pub(super) fn cut(outline: &Outline<'_>, item: u32) -> (Range<usize>, Option<Range<usize>>) {
    let text = outline.text;
    let entry = &outline.items[item as usize];
    if let Some(lines) = own_lines(text, entry) {
        return (lines, None);
    }
    let (start, end) = (entry.key().start, entry.value().end);
    let spaces = |at: usize| text[at..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let plain = |range: Range<usize>| text[range].trim().is_empty();
    if let Some(comma) = entry.comma() {
        let after = comma + 1 + spaces(comma + 1);
        return if plain(end..comma) { (start..after, None) } else { (start..end, Some(comma..after)) };
    }
    let before = entries(outline, entry.parent).take_while(|at| *at != item).last();
    match before.and_then(|at| outline.items[at as usize].comma()) {
        Some(comma) if plain(comma + 1..start) => (comma..end, None),
        Some(comma) => (start..end, Some(comma..comma + 1)),
        None => (text[..start].trim_end_matches([' ', '\t']).len()..end, None),
    }
}

/// The lines of an entry that has them alone, with its comma and its comment.
fn own_lines(text: &str, entry: &Item) -> Option<Range<usize>> {
    let start = text[..entry.key().start].rfind('\n')? + 1;
    let mut rest = text[entry.value().end..].trim_start_matches([' ', '\t']);
    if let Some(comma) = entry.comma() {
        rest = (text.len() - rest.len() == comma).then(|| rest[1..].trim_start_matches([' ', '\t']))?;
    }
    let ending = text.len() - rest.len() + rest.find('\n')? + 1;
    let tail = rest.split('\n').next().unwrap_or_default();
    let alone = tail.starts_with('#') || tail.trim().is_empty();
    (alone && text[start..entry.key().start].trim().is_empty()).then_some(start..ending)
}
