//! The lines of a text, and those that belong to a header: the comments above it, the keys below it.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::project::outline::{Item, Kind, NONE, Outline};

/// The most frequent line ending.
pub(super) fn dominant_ending(text: &str) -> &'static str {
    let all = text.bytes().filter(|byte| *byte == b'\n').count();
    let crlf = text.matches("\r\n").count();
    if crlf > all - crlf { "\r\n" } else { "\n" }
}

pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

pub(super) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The line that ends at `end`, which is after a line ending or at the start of the text.
pub(super) fn line_before(text: &str, end: usize) -> Option<Range<usize>> {
    let body = text[..end].strip_suffix('\n')?;
    Some(body.rfind('\n').map_or(0, |at| at + 1)..end)
}

/// The line that starts at `start`.
pub(super) fn line_after(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    Some(start..rest.find('\n').map_or(text.len(), |at| start + at + 1))
}

/// Blank lines that end at `end`, but none before `floor`.
pub(super) fn blanks_before(text: &str, end: usize) -> Range<usize> {
    let mut start = end;
    while let Some(line) = line_before(text, start).filter(|line| is_blank(&text[line.clone()])) {
        start = line.start;
    }
    start..end
}

/// Blank lines from `start` on.
pub(super) fn blanks_after(text: &str, start: usize) -> Range<usize> {
    let mut end = start;
    while let Some(line) = line_after(text, end).filter(|line| is_blank(&text[line.clone()])) {
        end = line.end;
    }
    start..end
}

impl Outline<'_> {
    /// The text between the start of an entry's line and the entry.
    pub(in crate::project) fn indent(&self, item: &Item) -> &str {
        let start = if item.kind.is_header() { item.value().start } else { item.key().start };
        self.text.get(item.line().start..start).unwrap_or_default()
    }

    pub(in crate::project) fn is_header(&self, item: u32) -> bool {
        self.items.get(item as usize).is_some_and(|item| item.kind.is_header())
    }

    /// How many keys of the item's path come from the item that contains it.
    pub(super) fn parent_depth(&self, item: &Item) -> usize {
        (self.nodes[item.node as usize].depth - item.own_keys) as usize
    }

    pub(in crate::project) fn is_inside_inline(&self, item: u32) -> bool {
        self.items[item as usize].owner != item
    }

    /// Items from `start` on that come before the next header; if `start` is a header, the items after it.
    pub(super) fn section(&self, header: u32) -> Range<u32> {
        let start = if header == NONE { 0 } else { header + 1 };
        let rest = self.items.get(start as usize..).unwrap_or_default();
        let len = rest.iter().position(|item| item.kind.is_header()).unwrap_or(rest.len());
        start..start + u32::try_from(len).unwrap_or(0)
    }

    /// The last key line of a section, or of the text above the first header.
    pub(super) fn last_key_line(&self, header: u32) -> Option<&Item> {
        let last = self.section(header).next_back()?;
        Some(&self.items[self.items[last as usize].owner as usize])
    }

    /// The end of the last entry before this line.
    fn end_above(&self, item: u32) -> usize {
        item.checked_sub(1).map_or(0, |above| self.items[self.items[above as usize].owner as usize].line().end)
    }

    /// The start of a header, including the comment lines directly above it.
    pub(super) fn lead_start(&self, header: u32) -> usize {
        let floor = self.end_above(header);
        let mut start = self.items[header as usize].line().start;
        while let Some(line) = line_before(self.text, start) {
            if line.start < floor || !is_comment(&self.text[line.clone()]) {
                break;
            }
            start = line.start;
        }
        start
    }

    /// The start of the next header with its comments; the end of the text if there is none.
    pub(super) fn next_lead(&self, item: u32) -> usize {
        let next = self.section(item).end;
        if self.is_header(next) { self.lead_start(next) } else { self.text.len() }
    }

    /// The end of a header's section: its keys, and comment lines directly below the last one, unless those are directly above
    /// the next header.
    pub(super) fn body_end(&self, header: u32) -> usize {
        let last = self.last_key_line(header).unwrap_or(&self.items[header as usize]);
        let limit = self.next_lead(header);
        let mut end = last.line().end;
        while let Some(line) = line_after(self.text, end) {
            if line.end > limit || !is_comment(&self.text[line.clone()]) {
                break;
            }
            end = line.end;
        }
        end
    }

    /// The spaces before the comment behind an entry that keep the comment in its column when the text of `old` becomes `width`
    /// columns wide. `None` if there is no such comment or it was not aligned.
    pub(super) fn shifted_gap(&self, item: u32, old: &Range<usize>, width: usize) -> Option<(Range<usize>, usize)> {
        let owner = self.items[item as usize].owner;
        let comment = self.comment_behind(item, old.end).or(self.items[owner as usize].comment())?;
        let between = self.text.get(old.end..comment)?;
        let gap = between.len() - between.trim_end_matches(' ').len();
        if gap == 0 || between.contains(['\n', '\t']) || self.text[old.clone()].contains('\n') {
            return None;
        }
        if gap == 1 && !self.shares_column(owner, comment) {
            return None;
        }
        let before = self.text[old.clone()].width();
        let wanted = (gap + before).saturating_sub(width).max(1);
        Some((comment - gap..comment, wanted))
    }

    /// A comment that directly follows an entry of an inline table on its line, with or without a comma between.
    fn comment_behind(&self, item: u32, end: usize) -> Option<usize> {
        let rest = self.text.get(end..).filter(|_| self.is_inside_inline(item))?;
        let at = rest.trim_start_matches([' ', ',']);
        at.starts_with('#').then(|| self.text.len() - at.len())
    }

    /// Whether a line directly above or below has its comment in the same column: then a single space is an alignment too.
    fn shares_column(&self, owner: u32, comment: usize) -> bool {
        let column = |item: &Item, at: usize| self.text.get(item.line().start..at).map(|text| text.width());
        let own = &self.items[owner as usize];
        let above = owner.checked_sub(1).map(|above| self.items[above as usize].owner);
        let below = (owner + 1..).find(|at| self.items.get(*at as usize).is_none_or(|item| item.owner == *at));
        [above, below].into_iter().flatten().filter_map(|at| self.items.get(at as usize)).any(|item| {
            let adjacent = item.line().end == own.line().start || item.line().start == own.line().end;
            adjacent && item.comment().is_some_and(|at| column(item, at) == column(own, comment))
        })
    }
}

impl Kind {
    pub(in crate::project) fn is_header(self) -> bool {
        matches!(self, Self::Table | Self::ArrayTable)
    }
}
