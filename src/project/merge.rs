//! Merges two changed copies of a project's text, field by field.
//!
//! Three texts become trees of fields with an outline's raw values; the trees are merged by key, and the text follows. If no line
//! was changed twice, it is merged by line. Else `splice::apply` edits all three texts until they have the merged tree, so that
//! they differ in comments, order and spacing only, and these are merged by line. Either result is read again and compared with
//! the tree; a text with another tree is not returned.

mod comments;
mod lines;
mod tree;

use super::outline::Outline;
use super::splice;
use super::syntax;
use lines::{Piece, Text};
use tree::{Node, Table};

/// One field, or a whole table, that both sides changed differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    path: Vec<String>,
    base: Option<Node>,
    mine: Option<Node>,
    theirs: Option<Node>,
}

impl Conflict {
    /// Decoded keys from the top.
    #[must_use]
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// One side's version, as written, a table as one line for each of its keys; `None` if that side has nothing there.
    #[must_use]
    pub fn said_by(&self, side: Side) -> Option<String> {
        self.node(side).as_ref().map(Node::text)
    }

    fn node(&self, side: Side) -> &Option<Node> {
        match side {
            Side::Mine => &self.mine,
            Side::Theirs => &self.theirs,
            Side::Base => &self.base,
        }
    }
}

/// Whose version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The side that the merge starts from: the screen's, or git's "ours".
    Mine,
    /// The other side.
    Theirs,
    /// The common base.
    Base,
}

/// Why two texts were not merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeError {
    /// One of the three texts is not TOML.
    Unreadable,
    /// The result differs from the merged tree: both sides changed something that only moves as text.
    NotByField,
}

/// The result of a merge.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Both sides' changes; in conflicts, mine.
    pub text: String,
    /// The conflicts, in the order of the paths.
    pub conflicts: Vec<Conflict>,
    inputs: [String; 3],
    target: Table,
}

/// Merges `theirs` into `mine`, both of which began as `base`.
///
/// # Errors
/// If a text cannot be read, or both sides changed an array of tables.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Result<Merged, MergeError> {
    let inputs = [base, mine, theirs];
    let [old, ours, other] = trees(inputs)?;
    let (target, conflicts) = tree::merge(&old, &ours, &other);
    let by_line = if conflicts.is_empty() {
        merged_by_line(inputs).filter(|text| says_with_headers(text, &target))
    } else {
        None
    };
    let text = match by_line {
        Some(text) => text,
        None => composed(inputs, [&old, &ours, &other], &target, &conflicts)?,
    };
    Ok(Merged { text, conflicts, inputs: inputs.map(str::to_owned), target })
}

impl Merged {
    /// The text with a choice for each conflict, in order; a missing choice counts as mine.
    ///
    /// # Errors
    /// If the choice cannot be written by single edits.
    pub fn resolved(&self, choices: &[Side]) -> Result<String, MergeError> {
        let mut target = self.target.clone();
        for (conflict, choice) in self.conflicts.iter().zip(choices) {
            if *choice != Side::Mine {
                target.put_at(&conflict.path, conflict.node(*choice).clone());
            }
        }
        if target == self.target {
            return Ok(self.text.clone());
        }
        let inputs = [&*self.inputs[0], &*self.inputs[1], &*self.inputs[2]];
        let [old, ours, other] = trees(inputs)?;
        composed(inputs, [&old, &ours, &other], &target, &self.conflicts)
    }

    /// The text with git's markers around the lines in conflict.
    ///
    /// # Errors
    /// As for [`Merged::resolved`].
    pub fn marked(&self) -> Result<Vec<u8>, MergeError> {
        let theirs = self.resolved(&vec![Side::Theirs; self.conflicts.len()])?;
        Ok(lines::marked(self.text.as_bytes(), theirs.as_bytes()))
    }
}

fn trees(texts: [&str; 3]) -> Result<[Table; 3], MergeError> {
    let read = |text: &str| read_tree(text).ok_or(MergeError::Unreadable);
    Ok([read(texts[0])?, read(texts[1])?, read(texts[2])?])
}

/// The tree of a text; `None` if it is not TOML. The outline alone would not notice duplicate keys.
fn read_tree(text: &str) -> Option<Table> {
    syntax::tree(text)?;
    Some(tree::tree(&Outline::parse(text).ok()?))
}

fn says(text: &str, target: &Table) -> bool {
    read_tree(text).is_some_and(|tree| tree == *target)
}

/// Whether the text has this tree and each of its headers: two sides that moved a header may have dropped it while its table
/// still exists.
fn says_with_headers(text: &str, target: &Table) -> bool {
    read_tree(text).is_some_and(|tree| tree == *target && tree.has_headers_of(target))
}

/// Merges line by line, if no line was changed on both sides.
fn merged_by_line(inputs: [&str; 3]) -> Option<String> {
    let [base, mine, theirs] = inputs.map(|text| lines::lines(text.as_bytes()));
    let ending = lines::ending(inputs[1].as_bytes());
    let mut text = Text::default();
    for piece in lines::merge(&base, &mine, &theirs, false) {
        match piece {
            Piece::Clean(lines) => text.push(lines, ending),
            Piece::Conflict { .. } => return None,
        }
    }
    String::from_utf8(text.bytes).ok()
}

/// A text with the tree `target` and the comments, the order and the spacing of both sides.
fn composed(
    inputs: [&str; 3],
    trees: [&Table; 3],
    target: &Table,
    conflicts: &[Conflict],
) -> Result<String, MergeError> {
    let with_endings = [inputs[1], inputs[0], inputs[2]].into_iter().find(|text| text.contains('\n'));
    let ending = lines::ending(with_endings.unwrap_or_default().as_bytes());
    // A single line without an ending does not show which ending new lines take.
    let ended = inputs.map(|text| if text.contains('\n') { text.to_owned() } else { format!("{text}{ending}") });
    let brought = |at: usize| brought_to(&ended[at], trees[at], target);
    let mine = brought(1).ok_or(MergeError::NotByField)?;
    let united = match (brought(0), brought(2)) {
        (Some(base), Some(theirs)) => {
            united(&base, &mine, &theirs, ending).filter(|text| says_with_headers(text, target))
        }
        _ => None,
    };
    let mut text = united.unwrap_or(mine);
    let disputed: Vec<&[String]> = conflicts.iter().map(Conflict::path).collect();
    for sides in [[inputs[1], inputs[2]], [inputs[2], inputs[1]]] {
        let restored = comments::restored(&text, inputs[0], sides, &disputed, ending);
        text = restored.filter(|text| says(text, target)).unwrap_or(text);
    }
    if says(&text, target) { Ok(text) } else { Err(MergeError::NotByField) }
}

/// A text edited until its tree is `target`.
fn brought_to(text: &str, tree: &Table, target: &Table) -> Option<String> {
    let changes = tree::changes(tree, target, lines::ending(text.as_bytes()))?;
    let bytes = splice::apply(text.as_bytes(), &changes).ok()?;
    String::from_utf8(bytes).ok().filter(|text| says(text, target))
}

/// Merges three texts of the same tree by line; if both sides changed a line, mine wins.
fn united(base: &str, mine: &str, theirs: &str, ending: &str) -> Option<String> {
    if base == theirs {
        return Some(mine.to_owned());
    }
    if base == mine {
        return Some(theirs.to_owned());
    }
    let [base, mine, theirs] = [base, mine, theirs].map(|text| lines::lines(text.as_bytes()));
    let mut text = Text::default();
    for piece in lines::merge(&base, &mine, &theirs, false) {
        match piece {
            Piece::Clean(lines) => text.push(lines, ending),
            Piece::Conflict { mine, .. } => text.push(mine, ending),
        }
    }
    String::from_utf8(text.bytes).ok()
}

/// Merges texts that need not be readable, line by line like git; also returns whether it left no conflict.
#[must_use]
pub fn merge_lines(base: &[u8], mine: &[u8], theirs: &[u8]) -> (Vec<u8>, bool) {
    let ending = lines::ending(mine);
    let (base, ours, other) = (lines::lines(base), lines::lines(mine), lines::lines(theirs));
    let (mut text, mut clean) = (Text::default(), true);
    for piece in lines::merge(&base, &ours, &other, true) {
        match piece {
            Piece::Clean(lines) => text.push(lines, ending),
            Piece::Conflict { mine, theirs, .. } => {
                clean = false;
                text.mark(mine, theirs, ending);
            }
        }
    }
    let reads = || std::str::from_utf8(&text.bytes).is_ok_and(|text| syntax::tree(text).is_some());
    match clean && !reads() {
        // Each side's lines fit, but the result is not TOML: a person has to look.
        true => (lines::marked(mine, theirs), false),
        false => (text.bytes, clean),
    }
}
