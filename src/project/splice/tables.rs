//! Whole tables: the place of a new one, the lines removed with an old one, and the blank lines around both.

use std::collections::HashMap;
use std::ops::Range;

use super::pass::Edit;
use super::{lines, render_path};
use crate::project::outline::{Item, NONE, Outline};

/// A table to be written.
pub(super) struct NewTable {
    path: Vec<String>,
    entries: Vec<(Vec<String>, String)>,
    /// Offset of the line to insert it before.
    at: usize,
    indent: String,
    key_indent: String,
}

/// By table, its sub-tables; cached because many new tables often share one parent.
pub(super) type Siblings = HashMap<u32, Family>;

/// The sub-tables of one table that have headers.
pub(super) struct Family {
    /// Their nodes, sorted by key.
    sorted: Vec<u32>,
    /// Their first header in the text.
    first: Option<u32>,
}

fn headers(outline: &Outline<'_>, node: u32) -> impl Iterator<Item = u32> {
    outline.items_below(node).filter(|at| outline.is_header(*at))
}

/// Finds the place: before the header `before`, or at the sorted place among the siblings, or behind the closest table above, or
/// at the end.
pub(super) fn place(
    outline: &Outline<'_>,
    siblings: &mut Siblings,
    path: Vec<String>,
    before: Option<u32>,
    entries: Vec<(Vec<String>, String)>,
) -> NewTable {
    let parent = &path[..path.len() - 1];
    let key = path.last().map_or("", String::as_str);
    let family = outline.node(parent).map(|node| &*siblings.entry(node).or_insert_with(|| family(outline, node)));
    let smaller = family.and_then(|family| {
        let at = family.sorted.partition_point(|node| *outline.nodes[*node as usize].key < *key);
        at.checked_sub(1).map(|at| family.sorted[at])
    });
    let first = || family.filter(|_| smaller.is_none()).and_then(|family| family.first);
    let (at, like) = match (before.or_else(first), smaller) {
        (Some(before), _) => (outline.lead_start(before), Some(before)),
        (None, Some(smaller)) => {
            let last = headers(outline, smaller).max().unwrap_or(NONE);
            (outline.next_lead(last), headers(outline, smaller).min())
        }
        (None, None) => (end_of_family(outline, parent), None),
    };
    let like = like.map(|at| (&outline.items[at as usize], outline.section(at)));
    let indent = like.as_ref().map_or("", |(header, _)| outline.indent(header)).to_owned();
    let key_indent = like.filter(|(_, section)| !section.is_empty()).map(|(_, section)| {
        let first = &outline.items[section.start as usize];
        outline.indent(first).to_owned()
    });
    let key_indent = key_indent.unwrap_or_else(|| indent.clone());
    NewTable { path, entries, at, indent, key_indent }
}

fn family(outline: &Outline<'_>, node: u32) -> Family {
    let children = outline.children(node).filter(|child| headers(outline, *child).next().is_some());
    let mut sorted: Vec<u32> = children.collect();
    sorted.sort_by(|a, b| outline.nodes[*a as usize].key.cmp(&outline.nodes[*b as usize].key));
    let first = sorted.iter().flat_map(|child| headers(outline, *child)).min();
    Family { sorted, first }
}

/// Behind the last header of the closest table above that has headers; at the end of the text if none has.
fn end_of_family(outline: &Outline<'_>, path: &[String]) -> usize {
    let above = (1..=path.len()).rev().filter_map(|depth| outline.node(&path[..depth]));
    let last = above.filter_map(|node| headers(outline, node).max()).next();
    last.map_or(outline.text.len(), |last| outline.next_lead(last))
}

/// Whether tables are set apart by blank lines.
fn is_spaced(outline: &Outline<'_>) -> bool {
    let mut gaps = (0..).zip(&outline.items).filter(|(_, item)| item.kind.is_header()).filter_map(|(at, _)| {
        let start = outline.lead_start(at);
        (start > 0).then(|| !lines::blanks_before(outline.text, start).is_empty())
    });
    // The first header with text above it shows the style; a file without such a header gets blank lines.
    gaps.next().unwrap_or(true)
}

/// The edits that write new tables, with blank lines in the file's style.
pub(super) fn write(outline: &Outline<'_>, eol: &str, mut tables: Vec<NewTable>) -> Vec<Edit> {
    if tables.is_empty() {
        return Vec::new();
    }
    let text = outline.text;
    let spaced = is_spaced(outline);
    tables.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    let mut edits = Vec::new();
    for group in tables.chunk_by(|a, b| a.at == b.at) {
        let mut at = group.first().map_or(0, |table| table.at);
        if lines::is_blank(&text[at..]) {
            // At the end of the file: blank lines there stay at the end.
            at = lines::blanks_before(text, at).start;
        }
        let above = lines::line_before(text, at).map(|line| &text[line]);
        let gap_above = above.is_some_and(|line| !lines::is_blank(line) && (spaced || lines::is_comment(line)));
        let blocks: Vec<String> = group.iter().map(|table| block(table, eol)).collect();
        let mut new = blocks.join(if spaced { eol } else { "" });
        if gap_above {
            new.insert_str(0, eol);
        }
        if spaced && !lines::is_blank(&text[at..]) {
            new.push_str(eol);
        }
        edits.push(Edit { range: at..at, text: new });
    }
    edits
}

fn block(table: &NewTable, eol: &str) -> String {
    let mut text = format!("{}[{}]{eol}", table.indent, render_path(&table.path));
    for (key, value) in &table.entries {
        text.push_str(&format!("{}{} = {value}{eol}", table.key_indent, render_path(key)));
    }
    text
}

/// Adds the lines to delete when everything at this node and below is removed.
pub(super) fn cut(outline: &Outline<'_>, node: u32, cuts: &mut Vec<Range<usize>>) {
    let depth = outline.nodes[node as usize].depth as usize;
    for at in outline.items_below(node) {
        let item = &outline.items[at as usize];
        if item.kind.is_header() {
            let start = if speaks_for_more(outline, node, at) { item.line().start } else { outline.lead_start(at) };
            cuts.push(start..outline.body_end(at));
        } else if item.owner == at && outline.parent_depth(item) < depth {
            cuts.push(item.line());
        }
    }
}

/// Whether the comment above a scenario that is removed may speak of the next one too: it stands above the first of them, and the
/// next has none of its own.
fn speaks_for_more(outline: &Outline<'_>, node: u32, at: u32) -> bool {
    let removed = outline.path(node);
    if removed.len() != 2 || removed.first() != Some(&"scenario") {
        return false;
    }
    let headers = || (0..).zip(&outline.items).filter(|(_, item)| item.kind.is_header());
    let is_scenario = |item: &Item| outline.path(item.node).first() == Some(&"scenario");
    let is_first = !headers().any(|(other, item)| other < at && is_scenario(item));
    let next = headers().find(|(other, item)| *other > at && !outline.path(item.node).starts_with(&removed));
    let bare = |(other, item): (u32, &Item)| is_scenario(item) && outline.lead_start(other) == item.line().start;
    is_first && next.is_some_and(bare)
}

/// Turns removed lines into edits that leave no double blank line in their place.
pub(super) fn close_gaps(text: &str, mut cuts: Vec<Range<usize>>) -> Vec<Edit> {
    cuts.sort_by_key(|cut| cut.start);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for cut in cuts {
        match runs.last_mut() {
            Some(run) if cut.start <= run.end || lines::is_blank(&text[run.end..cut.start]) => {
                run.end = run.end.max(cut.end);
            }
            _ => runs.push(cut),
        }
    }
    let widened = runs.into_iter().map(|run| {
        let above = lines::blanks_before(text, run.start);
        let below = lines::blanks_after(text, run.end);
        let at_end = below.end == text.len();
        let at_start = above.start == 0;
        if at_start || (!at_end && !above.is_empty() && below.len() <= above.len()) {
            run.start..below.end
        } else if at_end || (!above.is_empty() && !below.is_empty()) {
            above.start..run.end
        } else {
            run
        }
    });
    widened.map(|range| Edit { range, text: String::new() }).collect()
}

/// Writes the first key above all headers: after the comment block at the top of the file, unless that is the first header's
/// comment.
pub(super) fn first_key(outline: &Outline<'_>, eol: &str, line: String) -> Edit {
    let text = outline.text;
    let limit = outline.next_lead(NONE);
    let start = lines::blanks_after(text, 0).end;
    let mut end = start;
    while let Some(next) = lines::line_after(text, end) {
        if next.end > limit || !lines::is_comment(&text[next.clone()]) {
            break;
        }
        end = next.end;
    }
    if lines::is_blank(&text[end..]) {
        return Edit { range: end..end, text: line };
    }
    if end == start {
        let gap = if start == 0 { eol } else { "" };
        return Edit { range: 0..0, text: format!("{line}{gap}") };
    }
    Edit { range: end..end, text: format!("{eol}{line}") }
}
