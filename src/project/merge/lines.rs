//! Texts as lines: differences of two texts, merging three, and conflicts between markers as git writes them.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How long to compare texts with hardly a common line; after that, in larger pieces.
const PATIENCE: Duration = Duration::from_millis(500);

/// A run of lines in which two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Lines with their endings.
pub(super) fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// The differences of two texts, in order; hunks that do not touch have equal lines between them.
pub(super) fn hunks(old: &[&[u8]], new: &[&[u8]]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Patience, old, new, Some(Instant::now() + PATIENCE)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        match hunks.last_mut() {
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                (last.old.end, last.new.end) = (old.end, new.end);
            }
            _ => hunks.push(Hunk { old, new }),
        }
    }
    hunks
}

/// A part of three merged texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'l, 't> {
    /// Lines that are equal on both sides, or that only one side changed.
    Clean(&'l [&'t [u8]]),
    /// Lines that both sides changed differently.
    Conflict { base: &'l [&'t [u8]], mine: &'l [&'t [u8]], theirs: &'l [&'t [u8]] },
}

/// Merges three texts. With `strict`, changes to neighbouring lines conflict, as in git.
pub(super) fn merge<'l, 't>(
    base: &'l [&'t [u8]],
    mine: &'l [&'t [u8]],
    theirs: &'l [&'t [u8]],
    strict: bool,
) -> Vec<Piece<'l, 't>> {
    let (a, b) = (hunks(base, mine), hunks(base, theirs));
    let (mut a, mut b) = (a.as_slice(), b.as_slice());
    let mut pieces = Vec::new();
    let mut done = 0;
    while let Some(start) = [a, b].iter().filter_map(|side| side.first()).map(|hunk| hunk.old.start).min() {
        let first = if a.first().is_some_and(|hunk| hunk.old.start == start) { a.first() } else { b.first() };
        let mut region = first.map_or(start..start, |hunk| hunk.old.clone());
        let (mut in_a, mut in_b) = (0, 0);
        loop {
            let meets = |hunk: &&Hunk| meet(&region, &hunk.old, strict);
            if let Some(hunk) = a.get(in_a).filter(meets) {
                region = region.start.min(hunk.old.start)..region.end.max(hunk.old.end);
                in_a += 1;
            } else if let Some(hunk) = b.get(in_b).filter(meets) {
                region = region.start.min(hunk.old.start)..region.end.max(hunk.old.end);
                in_b += 1;
            } else {
                break;
            }
        }
        pieces.push(Piece::Clean(&base[done..region.start]));
        let old = &base[region.clone()];
        let new_mine = if in_a == 0 { old } else { &mine[side_of(&a[..in_a], &region)] };
        let new_theirs = if in_b == 0 { old } else { &theirs[side_of(&b[..in_b], &region)] };
        pieces.push(match () {
            () if in_b == 0 || new_mine == new_theirs => Piece::Clean(new_mine),
            () if in_a == 0 => Piece::Clean(new_theirs),
            () => Piece::Conflict { base: old, mine: new_mine, theirs: new_theirs },
        });
        done = region.end;
        (a, b) = (&a[in_a..], &b[in_b..]);
    }
    pieces.push(Piece::Clean(&base[done..]));
    pieces
}

fn meet(a: &Range<usize>, b: &Range<usize>, strict: bool) -> bool {
    let overlap = a.start < b.end && b.start < a.end || a.start == b.start;
    overlap || strict && a.start <= b.end && b.start <= a.end
}

/// One side's lines in place of these lines of the base.
fn side_of(hunks: &[Hunk], region: &Range<usize>) -> Range<usize> {
    match (hunks.first(), hunks.last()) {
        (Some(first), Some(last)) => {
            first.new.start - (first.old.start - region.start)..last.new.end + (region.end - last.old.end)
        }
        _ => 0..0,
    }
}

/// A text built from lines; a line without an ending gets one before the next.
#[derive(Default)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
}

impl Text {
    pub(super) fn push(&mut self, lines: &[&[u8]], ending: &str) {
        for line in lines {
            self.end_line(ending);
            self.bytes.extend_from_slice(line);
        }
    }

    fn end_line(&mut self, ending: &str) {
        if self.bytes.last().is_some_and(|last| *last != b'\n') {
            self.bytes.extend_from_slice(ending.as_bytes());
        }
    }

    /// Both sides of a conflict between git's markers.
    pub(super) fn mark(&mut self, mine: &[&[u8]], theirs: &[&[u8]], ending: &str) {
        let mut marker = |mark: &str, lines: &[&[u8]]| {
            self.end_line(ending);
            self.bytes.extend_from_slice(mark.as_bytes());
            self.bytes.extend_from_slice(ending.as_bytes());
            self.push(lines, ending);
        };
        marker("<<<<<<< ours", mine);
        marker("=======", theirs);
        marker(">>>>>>> theirs", &[]);
    }
}

/// The first line's ending.
pub(super) fn ending(text: &[u8]) -> &'static str {
    let first = text.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    if first.ends_with(b"\r\n") { "\r\n" } else { "\n" }
}

/// The first text, with the second's different lines between markers.
pub(super) fn marked(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let ending = ending(ours);
    let (ours, theirs) = (lines(ours), lines(theirs));
    let mut text = Text::default();
    let mut done = 0;
    for hunk in hunks(&ours, &theirs) {
        text.push(&ours[done..hunk.old.start], ending);
        text.mark(&ours[hunk.old.clone()], &theirs[hunk.new], ending);
        done = hunk.old.end;
    }
    text.push(&ours[done..], ending);
    text.bytes
}
