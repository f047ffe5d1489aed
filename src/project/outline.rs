//! The places of all keys in a TOML text: one flat list in the order of the text, and an index of paths.
//!
//! The list is built from the events of the parser that the `toml` crate itself uses, so both read a text alike. No value is
//! decoded and no comment is copied: a 60,000-line file costs a few megabytes instead of a whole document. Arrays count as one
//! value; tables inside them are not listed. Nothing here checks that keys are unique.

mod build;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

/// "No such item" and "no such node" in the linked lists below.
pub(super) const NONE: u32 = u32::MAX;

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A `[header]`.
    Table,
    /// A `[[header]]`; several may share one path.
    ArrayTable,
    /// A key whose value is an inline table; its keys are entries of their own.
    Inline,
    /// A key with any other value, arrays included.
    Value,
}

/// Why a text has no outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineError {
    /// Byte offset of the first place that could not be parsed.
    pub offset: usize,
    /// The parser's own words, for logs.
    pub reason: String,
}

impl fmt::Display for OutlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.reason)
    }
}

impl std::error::Error for OutlineError {}

/// One key or header. Offsets are bytes of the whole text, a byte order mark included.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// The node of the full path.
    pub(super) node: u32,
    /// The item that contains this one: a header, or the key of an inline table.
    pub(super) parent: u32,
    /// The header or key that starts the line; the item itself, unless it is inside an inline table.
    pub(super) owner: u32,
    /// The next item with the same path; in a valid text only arrays of tables have one.
    pub(super) next_same: u32,
    /// Keys written here, without those of `parent`.
    pub(super) own_keys: u32,
    key: Span,
    value: Span,
    line: Span,
    /// Offsets, or [`NONE`].
    comment: u32,
    comma: u32,
}

impl Item {
    /// The key as written; for a header, all between the brackets.
    pub(super) fn key(&self) -> Range<usize> {
        self.key.range()
    }

    /// The value; for a header, its brackets and all between.
    pub(super) fn value(&self) -> Range<usize> {
        self.value.range()
    }

    /// Whole lines with their line ending; empty for keys inside inline tables.
    pub(super) fn line(&self) -> Range<usize> {
        self.line.range()
    }

    /// The start of the comment behind the value.
    pub(super) fn comment(&self) -> Option<usize> {
        (self.comment != NONE).then_some(self.comment as usize)
    }

    /// The comma behind an entry of an inline table.
    pub(super) fn comma(&self) -> Option<usize> {
        (self.comma != NONE).then_some(self.comma as usize)
    }
}

/// A range of bytes in half the space: there are three for each item, and texts are far shorter than 32 bits can count.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: narrow(range.start), end: narrow(range.end) }
    }
}

/// An offset; texts that need more bits are refused.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(NONE)
}

/// One path; this node has its last key.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) parent: u32,
    pub(super) depth: u32,
    pub(super) key: Cow<'a, str>,
    pub(super) first_item: u32,
    last_item: u32,
    pub(super) first_child: u32,
    last_child: u32,
    child_count: u32,
    pub(super) next_sibling: u32,
}

impl<'a> Node<'a> {
    /// A node without items and children.
    fn new(parent: u32, depth: u32, key: Cow<'a, str>) -> Node<'a> {
        let (first_item, last_item, first_child, last_child, next_sibling) = (NONE, NONE, NONE, NONE, NONE);
        Node { parent, depth, key, first_item, last_item, first_child, last_child, child_count: 0, next_sibling }
    }
}

/// The outline of one text.
#[derive(Debug)]
pub struct Outline<'a> {
    pub(super) text: &'a str,
    pub(super) items: Vec<Item>,
    pub(super) nodes: Vec<Node<'a>>,
    /// The children of nodes that have more than [`FEW`].
    lookup: HashMap<(u32, Cow<'a, str>), u32>,
}

/// Up to this many children, a linear search is faster than hashing; most tables have fewer keys.
const FEW: u32 = 16;

impl<'a> Outline<'a> {
    /// Parses a text that is valid TOML 1.1; a leading byte order mark is skipped. Fails on syntax errors, but does not notice
    /// duplicate keys or malformed numbers.
    pub fn parse(text: &'a str) -> Result<Self, OutlineError> {
        build::parse(text)
    }

    /// All entries in the order of the text; those of an inline table follow it.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.items.len()).map(|at| Entry { outline: self, item: &self.items[at] })
    }

    /// The entry with exactly this path; the first one if an array of tables repeats it.
    pub fn find<S: AsRef<str>>(&self, path: &[S]) -> Option<Entry<'_>> {
        let item = self.nodes[self.node(path)? as usize].first_item;
        let item = self.items.get(item as usize)?;
        Some(Entry { outline: self, item })
    }

    /// Whether there is anything at this path or below it: a table may exist through its sub-tables alone.
    pub fn contains<S: AsRef<str>>(&self, path: &[S]) -> bool {
        self.node(path).is_some()
    }

    /// The keys directly below this path, in the order that the text first names them.
    pub fn keys_below<S: AsRef<str>>(&self, path: &[S]) -> Vec<&str> {
        let node = self.node(path);
        node.into_iter().flat_map(|node| self.children(node)).map(|child| &*self.nodes[child as usize].key).collect()
    }

    pub(super) fn node<S: AsRef<str>>(&self, path: &[S]) -> Option<u32> {
        path.iter().try_fold(0, |node, key| self.child(node, key.as_ref()))
    }

    pub(super) fn child(&self, node: u32, key: &str) -> Option<u32> {
        if self.nodes[node as usize].child_count <= FEW {
            return self.children(node).find(|child| self.nodes[*child as usize].key == key);
        }
        self.lookup.get(&(node, Cow::Borrowed(key))).copied()
    }

    pub(super) fn children(&self, node: u32) -> impl Iterator<Item = u32> {
        let mut next = self.nodes[node as usize].first_child;
        std::iter::from_fn(move || {
            let found = (next != NONE).then_some(next)?;
            next = self.nodes[found as usize].next_sibling;
            Some(found)
        })
    }

    /// Items with exactly the path of `node`.
    pub(super) fn items_at(&self, node: u32) -> impl Iterator<Item = u32> {
        let mut next = self.nodes[node as usize].first_item;
        std::iter::from_fn(move || {
            let found = (next != NONE).then_some(next)?;
            next = self.items[found as usize].next_same;
            Some(found)
        })
    }

    /// Items with the path of `node` or a longer one, in no particular order.
    pub(super) fn items_below(&self, node: u32) -> impl Iterator<Item = u32> {
        let mut open = vec![node];
        let nodes = std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(self.children(node));
            Some(node)
        });
        nodes.flat_map(|node| self.items_at(node))
    }

    pub(super) fn path(&self, mut node: u32) -> Vec<&str> {
        let mut path = Vec::with_capacity(self.nodes[node as usize].depth as usize);
        while node != 0 {
            path.push(&*self.nodes[node as usize].key);
            node = self.nodes[node as usize].parent;
        }
        path.reverse();
        path
    }

    pub(super) fn raw(&self, item: &Item) -> &'a str {
        self.text.get(item.value()).unwrap_or_default()
    }
}

/// One entry of an outline.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'o> {
    outline: &'o Outline<'o>,
    item: &'o Item,
}

impl<'o> Entry<'o> {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.item.kind
    }

    /// Decoded keys from the top: those of the header, of dotted keys and of inline tables around it.
    pub fn path(&self) -> Vec<&'o str> {
        self.outline.path(self.item.node)
    }

    /// The key as written, dots included; for a header, all between the brackets.
    pub fn key_span(&self) -> Range<usize> {
        self.item.key()
    }

    /// The value; for a header, its brackets and all between.
    pub fn value_span(&self) -> Range<usize> {
        self.item.value()
    }

    /// Whole lines with their line ending; inside an inline table, those of the table's key.
    pub fn line_span(&self) -> Range<usize> {
        self.outline.items[self.item.owner as usize].line()
    }

    /// The value as written.
    pub fn raw_value(&self) -> &'o str {
        self.outline.raw(self.item)
    }
}

/// Line and column of a byte offset, both from 1; columns count characters, and a byte order mark does not count.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    // Counts the first byte of each character, so an offset inside a character is fine.
    let chars = before[start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    let mark = usize::from(start == 0 && before.starts_with(b"\xEF\xBB\xBF"));
    (line, chars + 1 - mark)
}
