//! Comments that one side wrote and that the merged text lacks: restored next to their subject.

use crate::project::outline::{Item, NONE, Outline};
use std::collections::HashMap;

/// A comment of a text.
struct Comment<'t> {
    text: &'t str,
    /// The entry that it is behind or above, by its number; [`NONE`] at the end.
    item: u32,
    /// Whether it is on the entry's line.
    behind: bool,
}

fn comments<'t>(outline: &Outline<'t>) -> Vec<Comment<'t>> {
    let text = outline.text;
    let mut found = Vec::new();
    let mut at = 0;
    let own_lines = |range: std::ops::Range<usize>, item: u32, found: &mut Vec<Comment<'t>>| {
        let lines = text.get(range).unwrap_or_default().lines().map(|line| line.trim().trim_start_matches('\u{feff}'));
        let lines = lines.filter(|line| line.starts_with('#'));
        found.extend(lines.map(|text| Comment { text, item, behind: false }));
    };
    for (number, item) in (0..).zip(&outline.items).filter(|(number, item)| item.owner == *number) {
        own_lines(at..item.line().start.max(at), number, &mut found);
        at = item.line().end;
        if let Some(start) = item.comment() {
            let text = text.get(start..item.line().end).unwrap_or_default().trim_end();
            found.push(Comment { text, item: number, behind: true });
        }
    }
    own_lines(at..text.len(), NONE, &mut found);
    found
}

fn counted<'t>(comments: &[Comment<'t>]) -> HashMap<&'t str, usize> {
    let mut counts = HashMap::new();
    for comment in comments {
        *counts.entry(comment.text).or_default() += 1;
    }
    counts
}

/// The text with every comment of `side` that is newer than `base`, or that neither side removed; `None` if the text has them
/// all. Comments in a disputed table go with the version that was not chosen.
pub(super) fn restored(
    text: &str,
    base: &str,
    [side, other]: [&str; 2],
    disputed: &[&[String]],
    ending: &str,
) -> Option<String> {
    let (now, old, new) = (Outline::parse(text).ok()?, Outline::parse(base).ok()?, Outline::parse(side).ok()?);
    let other = Outline::parse(other).ok()?;
    let [had, has, of_other] = [&old, &now, &other].map(|outline| counted(&comments(outline)));
    let of_side = comments(&new);
    let mut missing: HashMap<&str, usize> = HashMap::new();
    for (comment, count) in counted(&of_side) {
        let had = had.get(comment).copied().unwrap_or(0);
        let untouched = count >= had && of_other.get(comment).copied().unwrap_or(0) >= had;
        let wanted = count.saturating_sub(had) + if untouched { had } else { 0 };
        let kept = has.get(comment).copied().unwrap_or(0);
        missing.insert(comment, wanted.saturating_sub(kept));
    }
    let mut edits: Vec<(usize, String)> = Vec::new();
    for comment in of_side.iter().rev() {
        let Some(left) = missing.get_mut(comment.text).filter(|left| **left > 0) else { continue };
        *left -= 1;
        if left_out(&now, &new, comment, disputed) {
            continue;
        }
        edits.push(place(&now, &new, comment, ending));
    }
    if edits.is_empty() {
        return None;
    }
    // From the end on, so that places stay valid; edits at one place keep their order.
    edits.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut text = text.to_owned();
    if !text.ends_with('\n') {
        text.push_str(ending);
    }
    let end = text.len();
    for (at, edit) in edits {
        text.insert_str(at.min(end), &edit);
    }
    Some(text)
}

fn left_out(now: &Outline<'_>, side: &Outline<'_>, comment: &Comment<'_>, disputed: &[&[String]]) -> bool {
    let Some(item) = side.items.get(comment.item as usize) else { return false };
    let path = side.path(item.node);
    let below = |above: &&[String]| above.len() <= path.len() && above.iter().zip(&path).all(|(a, b)| a == b);
    disputed.iter().any(below) && !now.contains(&path)
}

/// The place of a comment: at its own entry, or at the next remaining one.
fn place(now: &Outline<'_>, side: &Outline<'_>, comment: &Comment<'_>, ending: &str) -> (usize, String) {
    let from = if comment.item == NONE { side.items.len() } else { comment.item as usize };
    let rest = side.items.iter().enumerate().skip(from).filter(|(number, item)| item.owner as usize == *number);
    let found = rest.filter_map(|(number, item)| Some((number, same_item(now, side, item)?))).next();
    let Some((number, item)) = found else { return (usize::MAX, format!("{}{ending}", comment.text)) };
    let free = item.comment().is_none() && now.text[item.line()].ends_with('\n');
    if comment.behind && number == from && free {
        let line = &now.text[item.line()];
        let end = item.line().start + line.trim_end().len();
        return (end, format!(" {}", comment.text));
    }
    (item.line().start, format!("{}{}{ending}", now.indent(item), comment.text))
}

/// The entry with the same path and kind.
fn same_item<'o>(now: &'o Outline<'_>, side: &Outline<'_>, item: &Item) -> Option<&'o Item> {
    let node = now.node(&side.path(item.node))?;
    let items = now.items_at(node).map(|at| &now.items[at as usize]);
    items.filter(|found| !found.line().is_empty()).find(|found| found.kind.is_header() == item.kind.is_header())
}
