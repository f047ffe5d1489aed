//! A text as a tree of fields: the form in which two texts are compared and merged.

use super::Conflict;
use crate::project::outline::{Kind, Outline};
use crate::project::splice::{Change, render_key, render_path};
use std::collections::{BTreeMap, BTreeSet};

/// One key.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A value as written, with plain line endings; an inline table and an array count as one value.
    Value(String),
    /// All tables of one array of tables. Edits of single values skip those, so they are only copied as text.
    Array(String),
    /// A table, in whichever form it is written.
    Table(Table),
}

/// The keys of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Whether it has a header: without one it exists only as long as it has keys.
    pub(super) has_header: bool,
    pub(super) keys: BTreeMap<String, Node>,
}

impl PartialEq for Node {
    /// Whether both are equal; the header of a table does not matter.
    fn eq(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Value(a), Node::Value(b)) | (Node::Array(a), Node::Array(b)) => a == b,
            (Node::Table(a), Node::Table(b)) => a == b,
            _ => false,
        }
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        self.keys == other.keys
    }
}

/// The tree of an outline's text.
pub(super) fn tree(outline: &Outline<'_>) -> Table {
    let mut top = Table { has_header: true, ..Table::default() };
    for (at, item) in (0..).zip(&outline.items) {
        if outline.is_inside_inline(at) {
            continue;
        }
        let path = outline.path(item.node);
        match item.kind {
            Kind::Table => put(&mut top, &path, None),
            Kind::ArrayTable => put(&mut top, &path, Some(Node::Array("[[]]\n".to_owned()))),
            Kind::Inline | Kind::Value => put(&mut top, &path, Some(Node::Value(plain(outline.raw(item))))),
        }
    }
    top
}

fn plain(raw: &str) -> String {
    raw.replace("\r\n", "\n")
}

/// Adds a value, or a table's header, at its path; below an array of tables it becomes part of the array's text.
fn put(top: &mut Table, path: &[&str], node: Option<Node>) {
    let mut table = top;
    for (depth, key) in path.iter().enumerate() {
        let last = depth + 1 == path.len();
        let slot = table.keys.entry((*key).to_owned());
        if last && !matches!(node, None | Some(Node::Array(_))) {
            slot.or_insert_with(|| node.unwrap_or_else(|| Node::Table(Table::default())));
            return;
        }
        let empty = || match &node {
            Some(Node::Array(_)) if last => Node::Array(String::new()),
            _ => Node::Table(Table::default()),
        };
        match slot.or_insert_with(empty) {
            Node::Array(text) => {
                let said = match &node {
                    Some(Node::Value(raw)) => format!(" = {raw}"),
                    Some(_) => "[[]]".to_owned(),
                    None => "[]".to_owned(),
                };
                text.push_str(&format!("{}{said}\n", render_path(&path[depth + 1..])));
                return;
            }
            Node::Table(inner) => {
                inner.has_header |= last;
                table = inner;
            }
            Node::Value(_) => return,
        }
    }
}

/// Merges two sets of changes, key by key. If both changed one key differently, it stays as in `mine`, and a conflict is
/// returned.
pub(super) fn merge(base: &Table, mine: &Table, theirs: &Table) -> (Table, Vec<Conflict>) {
    let mut conflicts = Vec::new();
    let merged = merge_tables(&mut Vec::new(), Some(base), mine, theirs, &mut conflicts);
    (merged, conflicts)
}

fn merge_tables(
    path: &mut Vec<String>,
    base: Option<&Table>,
    mine: &Table,
    theirs: &Table,
    conflicts: &mut Vec<Conflict>,
) -> Table {
    let keys: BTreeSet<&String> = base.into_iter().chain([mine, theirs]).flat_map(|table| table.keys.keys()).collect();
    let changed = base.is_some_and(|base| base.has_header != theirs.has_header);
    let has_header = if changed { theirs.has_header } else { mine.has_header || base.is_none() && theirs.has_header };
    let mut merged = Table { has_header, ..Table::default() };
    for key in keys {
        path.push(key.clone());
        let of = |table: &Table| table.keys.get(key).cloned();
        let sides = (base.and_then(of), of(mine), of(theirs));
        if let Some(node) = merge_nodes(path, sides, conflicts) {
            merged.keys.insert(key.clone(), node);
        }
        path.pop();
    }
    merged
}

fn merge_nodes(
    path: &mut Vec<String>,
    (base, mine, theirs): (Option<Node>, Option<Node>, Option<Node>),
    conflicts: &mut Vec<Conflict>,
) -> Option<Node> {
    let header = |node: &Option<Node>| matches!(node, Some(Node::Table(table)) if table.has_header);
    if mine == theirs || base == theirs && (mine.is_some() || header(&base) == header(&theirs)) {
        return mine;
    }
    if base == mine && (theirs.is_some() || header(&base) == header(&mine)) {
        return theirs;
    }
    let old = match &base {
        Some(Node::Table(table)) => Some(table),
        _ => None,
    };
    let gone = Table::default();
    // A table without a header of its own is not a unit: compare each of its members.
    let family = old.is_some_and(|old| !old.has_header);
    let both = match (&mine, &theirs) {
        (Some(Node::Table(mine)), Some(Node::Table(theirs))) => Some((mine, theirs)),
        (Some(Node::Table(mine)), None) if family => Some((mine, &gone)),
        (None, Some(Node::Table(theirs))) if family => Some((&gone, theirs)),
        _ => None,
    };
    if let Some((mine, theirs)) = both {
        let merged = merge_tables(path, old, mine, theirs, conflicts);
        return (merged.has_header || !merged.keys.is_empty()).then_some(Node::Table(merged));
    }
    conflicts.push(Conflict { path: path.clone(), base, mine: mine.clone(), theirs });
    mine
}

impl Table {
    /// Whether every table with a header in `other` has a header here.
    pub(super) fn has_headers_of(&self, other: &Table) -> bool {
        (self.has_header || !other.has_header)
            && other.keys.iter().all(|(key, node)| match (self.keys.get(key), node) {
                (Some(Node::Table(own)), Node::Table(other)) => own.has_headers_of(other),
                _ => true,
            })
    }

    /// Sets the node at a path, or removes it.
    pub(super) fn put_at(&mut self, path: &[String], node: Option<Node>) {
        let Some((key, rest)) = path.split_first() else { return };
        if rest.is_empty() {
            match node {
                Some(node) => drop(self.keys.insert(key.clone(), node)),
                None => drop(self.keys.remove(key)),
            }
            return;
        }
        let slot = self.keys.entry(key.clone()).or_insert_with(|| Node::Table(Table::default()));
        if let Node::Table(table) = slot {
            table.put_at(rest, node);
            if !table.has_header && table.keys.is_empty() {
                self.keys.remove(key);
            }
        }
    }
}

/// The edits of single keys that lead from one tree to the other; `None` if an array of tables would have to change.
pub(super) fn changes(from: &Table, to: &Table, ending: &str) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    differences(&mut Vec::new(), from, to, ending, &mut changes)?;
    Some(changes)
}

fn differences(
    path: &mut Vec<String>,
    from: &Table,
    to: &Table,
    ending: &str,
    changes: &mut Vec<Change>,
) -> Option<()> {
    let keys: BTreeSet<&String> = from.keys.keys().chain(to.keys.keys()).collect();
    for key in keys {
        path.push(key.clone());
        match (from.keys.get(key), to.keys.get(key)) {
            (old, new) if old == new => {}
            (Some(Node::Array(_)), _) | (_, Some(Node::Array(_))) => return None,
            (_, Some(Node::Value(raw))) => {
                changes.push(Change::Set { path: path.clone(), value: raw.replace('\n', ending) });
            }
            (Some(Node::Table(old)), Some(Node::Table(new))) if old.has_header || !new.keys.is_empty() => {
                differences(path, old, new, ending, changes)?;
            }
            (old, new) => {
                if old.is_some() {
                    changes.push(Change::Remove { path: path.clone() });
                }
                if let Some(Node::Table(new)) = new {
                    insertion(path, new, ending, changes)?;
                }
            }
        }
        path.pop();
    }
    Some(())
}

fn insertion(path: &mut Vec<String>, table: &Table, ending: &str, changes: &mut Vec<Change>) -> Option<()> {
    let entry = |(key, node): (&String, &Node)| match node {
        Node::Value(raw) => Some((vec![key.clone()], raw.replace('\n', ending))),
        _ => None,
    };
    let entries: Vec<_> = table.keys.iter().filter_map(entry).collect();
    if table.has_header || !entries.is_empty() {
        changes.push(Change::InsertTable { path: path.clone(), entries });
    }
    for (key, node) in &table.keys {
        path.push(key.clone());
        match node {
            Node::Value(_) => {}
            Node::Array(_) => return None,
            Node::Table(inner) => insertion(path, inner, ending, changes)?,
        }
        path.pop();
    }
    Some(())
}

impl Node {
    /// For display: a value as written, a table as its lines.
    pub(super) fn text(&self) -> String {
        match self {
            Node::Value(raw) | Node::Array(raw) => raw.clone(),
            Node::Table(table) => {
                let mut lines = Vec::new();
                table.lines("", &mut lines);
                lines.join("\n")
            }
        }
    }
}

impl Table {
    fn lines(&self, above: &str, lines: &mut Vec<String>) {
        for (key, node) in &self.keys {
            let key = format!("{above}{}", render_key(key));
            match node {
                Node::Table(table) => table.lines(&format!("{key}."), lines),
                Node::Value(raw) | Node::Array(raw) => lines.push(format!("{key} = {raw}")),
            }
        }
    }
}
