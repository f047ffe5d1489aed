//! The place and form of a change: in place, as a line, inside an inline table, or as a new table.

use super::{Change, SpliceError, render_path};
use crate::project::key_order::{dotted_below, rank};
use crate::project::outline::{Item, Kind, NONE, Outline};

/// A change as a step on this text.
pub(super) enum Step {
    /// Give this key a new value in place.
    Value { item: u32, value: String },
    /// Write a line here.
    Line { at: usize, text: String },
    /// Write the very first key above all headers.
    FirstKey { text: String },
    /// Add to this inline table.
    AddInline { table: u32, entry: String },
    /// Remove an entry from its inline table.
    CutInline { item: u32 },
    /// Remove a key's line.
    CutLine { item: u32 },
    /// Remove all headers and lines at this node and below.
    CutTable { node: u32 },
    /// Write a header with its lines before this offset.
    Table { path: Vec<String>, before: Option<u32>, entries: Vec<(Vec<String>, String)> },
    /// Do these instead, in this order.
    Split(Vec<Change>),
}

pub(super) fn locate(outline: &Outline<'_>, eol: &str, change: &Change) -> Result<Step, SpliceError> {
    let path = change.path();
    let inline = inline_above(outline, path)?;
    let node = outline.node(path);
    let item = node.and_then(|node| outline.items_at(node).next());
    if item.is_some_and(|item| outline.items[item as usize].kind == Kind::ArrayTable) {
        return Err(SpliceError::ArrayOfTables { path: path.to_vec() });
    }
    let key = item.filter(|item| !outline.is_header(*item));
    match change {
        Change::Set { value, .. } => Ok(match (key, node) {
            (Some(item), _) => Step::Value { item, value: value.clone() },
            (None, Some(_)) => Step::Split(vec![Change::Remove { path: path.to_vec() }, change.clone()]),
            (None, None) => place_key(outline, eol, path, inline, value),
        }),
        Change::Remove { .. } => {
            let node = node.ok_or_else(|| SpliceError::Missing { path: path.to_vec() })?;
            Ok(match key {
                Some(item) if outline.is_inside_inline(item) => Step::CutInline { item },
                Some(item) => Step::CutLine { item },
                None => cut_table(outline, node),
            })
        }
        Change::InsertTable { entries, .. } => {
            if node.is_some() {
                return Err(SpliceError::Exists { path: path.to_vec() });
            }
            Ok(match inline {
                Some(table) => Step::AddInline { table, entry: inline_entry(outline, table, path, entries) },
                None => Step::Table { path: path.to_vec(), before: None, entries: entries.clone() },
            })
        }
    }
}

/// The deepest inline table on the way to the path, if any; an error if a value on the way cannot hold keys.
fn inline_above(outline: &Outline<'_>, path: &[String]) -> Result<Option<u32>, SpliceError> {
    let mut found = None;
    for depth in 1..path.len() {
        let Some(node) = outline.node(&path[..depth]) else { break };
        let Some(item) = outline.items_at(node).next() else { continue };
        let here = || path[..depth].to_vec();
        match outline.items[item as usize].kind {
            Kind::Table => {}
            Kind::Inline => found = Some(item),
            Kind::Value => return Err(SpliceError::NotATable { path: here() }),
            Kind::ArrayTable => return Err(SpliceError::ArrayOfTables { path: here() }),
        }
    }
    Ok(found)
}

fn inline_entry(outline: &Outline<'_>, table: u32, path: &[String], entries: &[(Vec<String>, String)]) -> String {
    let depth = depth_of(outline, table);
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{} = {value}", render_path(key))).collect();
    let key = render_path(&path[depth..]);
    if entries.is_empty() { format!("{key} = {{}}") } else { format!("{key} = {{ {} }}", entries.join(", ")) }
}

fn depth_of(outline: &Outline<'_>, item: u32) -> usize {
    outline.nodes[outline.items[item as usize].node as usize].depth as usize
}

/// The place for a new key.
fn place_key(outline: &Outline<'_>, eol: &str, path: &[String], inline: Option<u32>, value: &str) -> Step {
    if let Some(table) = inline {
        let key = render_path(&path[depth_of(outline, table)..]);
        return Step::AddInline { table, entry: format!("{key} = {value}") };
    }
    let line = |depth: usize, after: &Item, like: &Item| {
        let text = format!("{}{} = {value}{eol}", outline.indent(like), render_path(&path[depth..]));
        Step::Line { at: after.line().end, text }
    };
    let (parent, key) = path.split_at(path.len() - 1);
    if parent.is_empty() {
        return match outline.line_before(NONE, 0, key).or_else(|| outline.last_key_line(NONE)) {
            Some(last) => line(0, last, last),
            None => Step::FirstKey { text: format!("{} = {value}{eol}", render_path(path)) },
        };
    }
    let entries = vec![(key.to_vec(), value.to_owned())];
    let table = |before| Step::Table { path: parent.to_vec(), before, entries };
    let Some(node) = outline.node(parent) else {
        return dotted_line(outline, path).map_or_else(|| table(None), |(depth, last)| line(depth, last, last));
    };
    if let Some(header) = outline.items_at(node).next() {
        let last = outline.last_key_line(header).unwrap_or(&outline.items[header as usize]);
        let after = outline.line_before(header, node, key).unwrap_or(last);
        return line(parent.len(), after, last);
    }
    let dotted = |item: &&Item| !item.kind.is_header() && outline.parent_depth(item) < parent.len();
    let below = || outline.items_below(node);
    let last = below().map(|at| &outline.items[at as usize]).filter(dotted).max_by_key(|item| item.line().end);
    match last {
        Some(last) => line(outline.parent_depth(last), last, last),
        // Only sub-tables exist: the table's header goes before the first of these.
        None => table(below().filter(|at| outline.is_header(*at)).min()),
    }
}

/// The line after which a dotted key goes, where people write one in place of a header for its table; `None` if they don't, or if
/// the file has headers there already.
fn dotted_line<'o>(outline: &'o Outline<'_>, path: &[String]) -> Option<(usize, &'o Item)> {
    let depth = dotted_below(path)?;
    let header = outline.items_at(outline.node(&path[..depth])?).find(|at| outline.is_header(*at))?;
    let first = outline.node(&path[..=depth]);
    let headed = first.is_some_and(|node| outline.items_below(node).any(|at| outline.is_header(at)));
    let last = outline.last_key_line(header).unwrap_or(&outline.items[header as usize]);
    (!headed).then_some((depth, last))
}

impl Outline<'_> {
    /// The line of a section after which people look for this key: that of the preceding key in the order of writing, or the
    /// header.
    fn line_before(&self, header: u32, table: u32, key: &[String]) -> Option<&Item> {
        let wanted = rank(key.last()?)?;
        let lines = self.section(header).map(|at| &self.items[at as usize]);
        let own = lines.filter(|item| self.nodes[item.node as usize].parent == table);
        let ranked: Vec<_> = own.filter_map(|item| Some((rank(&self.nodes[item.node as usize].key)?, item))).collect();
        let before = ranked.iter().filter(|(rank, _)| *rank < wanted).max_by_key(|(rank, _)| *rank);
        match before {
            Some((_, item)) => Some(item),
            None if ranked.is_empty() => None,
            None => self.items.get(header as usize),
        }
    }
}

/// Removes a table that has several entries: headers, or dotted keys, or both.
fn cut_table(outline: &Outline<'_>, node: u32) -> Step {
    let depth = outline.nodes[node as usize].depth as usize;
    // Dotted keys inside an inline table are removed one by one, each with its comma.
    let mut keys: Vec<u32> = outline
        .items_below(node)
        .filter(|at| outline.is_inside_inline(*at))
        .filter(|at| outline.parent_depth(&outline.items[*at as usize]) < depth)
        .collect();
    if keys.is_empty() {
        return Step::CutTable { node };
    }
    keys.sort_unstable();
    let path = |at: u32| outline.path(outline.items[at as usize].node).into_iter().map(str::to_owned).collect();
    Step::Split(keys.into_iter().map(|at| Change::Remove { path: path(at) }).collect())
}
