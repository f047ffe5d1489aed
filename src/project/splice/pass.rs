//! Runs of independent changes, so that one reading of the text serves many of them.
//!
//! Ten thousand changed keys take one pass, not ten thousand. Changes that depend on each other, or whose edits would meet in one
//! line, wait for the next pass and see the text of this one.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::locate::{Step, locate};
use super::tables::{self, NewTable, Siblings};
use super::{Change, SpliceError, inline};
use crate::project::outline::{NONE, Outline};

/// A range and its replacement text.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A pass does only one of these kinds: the place of a table depends on the tables around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Keys,
    CutTables,
    NewTables,
}

struct Pass<'p> {
    outline: &'p Outline<'p>,
    eol: &'static str,
    stage: Option<Stage>,
    edits: Vec<Edit>,
    cuts: Vec<Range<usize>>,
    tables: Vec<NewTable>,
    siblings: Siblings,
    /// Lines with an edit, by the item that starts the line; [`NONE`] is the first key above all headers.
    touched: HashSet<u32>,
    claims: Claims,
    rest: VecDeque<Change>,
}

/// Applies as many of the changes as possible at once; returns the new text and the remaining changes, in order.
pub(super) fn run(
    outline: &Outline<'_>,
    eol: &'static str,
    mut queue: VecDeque<Change>,
) -> Result<(String, VecDeque<Change>), SpliceError> {
    let mut pass = Pass {
        outline,
        eol,
        stage: None,
        edits: Vec::new(),
        cuts: Vec::new(),
        tables: Vec::new(),
        siblings: Siblings::default(),
        touched: HashSet::new(),
        claims: Claims::default(),
        rest: VecDeque::new(),
    };
    while let Some(change) = queue.pop_front() {
        if pass.claims.meets(change.path()) {
            pass.defer(change);
            continue;
        }
        match locate(outline, eol, &change)? {
            Step::Split(parts) => {
                for part in parts.into_iter().rev() {
                    queue.push_front(part);
                }
            }
            step => pass.take(change, step),
        }
    }
    Ok(pass.finish())
}

impl Pass<'_> {
    fn defer(&mut self, change: Change) {
        self.claims.add(change.path());
        self.rest.push_back(change);
    }

    fn take(&mut self, change: Change, step: Step) {
        let (stage, line) = match &step {
            Step::Value { item, .. } | Step::CutInline { item } | Step::CutLine { item } => {
                (Stage::Keys, Some(self.outline.items[*item as usize].owner))
            }
            Step::AddInline { table, .. } => (Stage::Keys, Some(self.outline.items[*table as usize].owner)),
            Step::FirstKey { .. } => (Stage::Keys, Some(NONE)),
            Step::Line { .. } => (Stage::Keys, None),
            Step::CutTable { .. } => (Stage::CutTables, None),
            Step::Table { .. } | Step::Split(_) => (Stage::NewTables, None),
        };
        let claim = match &step {
            // A key that needs a new table claims the whole table.
            Step::Table { path, .. } => path.clone(),
            _ => change.path().to_vec(),
        };
        let wrong_stage = *self.stage.get_or_insert(stage) != stage;
        let busy = line.is_some_and(|line| self.touched.contains(&line));
        if wrong_stage || busy || self.claims.meets(&claim) {
            return self.defer(change);
        }
        self.touched.extend(line);
        self.claims.add(&claim);
        self.perform(step);
    }

    fn perform(&mut self, step: Step) {
        let outline = self.outline;
        match step {
            Step::Value { item, value } => {
                let old = outline.items[item as usize].value();
                self.replace(item, old, value);
            }
            Step::Line { at, text } => self.edits.push(Edit { range: at..at, text }),
            Step::FirstKey { text } => self.edits.push(tables::first_key(outline, self.eol, text)),
            Step::AddInline { table, entry } => match inline::add(outline, self.eol, table, &entry) {
                inline::Added::Lines(edits) => self.edits.extend(edits),
                inline::Added::Here(edit) => self.replace(table, edit.range, edit.text),
            },
            Step::CutInline { item } => {
                let (entry, comma) = inline::cut(outline, item);
                self.replace(item, entry, String::new());
                self.edits.extend(comma.map(|range| Edit { range, text: String::new() }));
            }
            Step::CutLine { item } => {
                let range = outline.items[item as usize].line();
                self.edits.push(Edit { range, text: String::new() });
            }
            Step::CutTable { node } => tables::cut(outline, node, &mut self.cuts),
            Step::Table { path, before, entries } => {
                let table = tables::place(outline, &mut self.siblings, path, before, entries);
                self.tables.push(table);
            }
            Step::Split(_) => {}
        }
    }

    /// Replaces text inside a line, keeping the comment behind it in its column.
    fn replace(&mut self, item: u32, range: Range<usize>, text: String) {
        if !text.contains('\n')
            && let Some((gap, spaces)) = self.outline.shifted_gap(item, &range, text.width())
        {
            self.edits.push(Edit { range: gap, text: " ".repeat(spaces) });
        }
        self.edits.push(Edit { range, text });
    }

    fn finish(mut self) -> (String, VecDeque<Change>) {
        let text = self.outline.text;
        self.edits.extend(tables::close_gaps(text, self.cuts));
        self.edits.extend(tables::write(self.outline, self.eol, self.tables));
        self.edits.sort_by_key(|edit| edit.range.start);
        let mut out = String::with_capacity(text.len() + self.edits.iter().map(|edit| edit.text.len()).sum::<usize>());
        let mut done = 0;
        for edit in self.edits {
            out.push_str(text.get(done..edit.range.start).unwrap_or_default());
            out.push_str(&edit.text);
            done = edit.range.end.max(done);
        }
        out.push_str(&text[done..]);
        (out, self.rest)
    }
}

/// Paths of this pass's changes and of postponed changes.
#[derive(Default)]
struct Claims {
    paths: HashSet<Vec<String>>,
    above: HashSet<Vec<String>>,
}

impl Claims {
    /// Whether a claimed path is equal to this one, above it or below it.
    fn meets(&self, path: &[String]) -> bool {
        (1..=path.len()).any(|depth| self.paths.contains(&path[..depth])) || self.above.contains(path)
    }

    fn add(&mut self, path: &[String]) {
        for depth in 1..path.len() {
            if !self.above.contains(&path[..depth]) {
                self.above.insert(path[..depth].to_vec());
            }
        }
        self.paths.insert(path.to_vec());
    }
}
