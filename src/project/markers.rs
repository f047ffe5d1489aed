//! Conflict markers that git, or the merge driver, left in a file.

use std::ops::Range;

/// A text with conflicts in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Plain(String),
    Conflict(Region),
}

/// One conflict: the lines of each side, with their endings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Lines of the current branch.
    pub ours: String,
    /// The lines before both changes, if git was set to include them.
    pub base: Option<String>,
    /// Lines of the merged branch.
    pub theirs: String,
    /// git's name for the first side, often a branch.
    pub ours_label: String,
    /// git's name for the second side.
    pub theirs_label: String,
    /// The line of the first marker, from 1.
    pub line: usize,
    /// The last header above it.
    pub table: Option<String>,
}

/// The choice for a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The first side.
    Ours,
    /// The second side.
    Theirs,
    /// Both, the first side first: right if each side added something of its own.
    Both,
    /// The lines before both changes; nothing if they are unknown.
    Base,
}

/// The place of one conflict: the spans of its marker lines.
struct Found {
    begin: Range<usize>,
    base: Option<Range<usize>>,
    divide: Range<usize>,
    end: Range<usize>,
    line: usize,
}

/// Every conflict whose markers are in the right order, each at the start of a line.
fn found(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut begin, mut base, mut divide): (Option<(Range<usize>, usize)>, _, _) = (None, None, None);
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let span = at..at + line.len();
        at = span.end;
        let marks =
            |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '));
        if marks("<<<<<<<") {
            (begin, base, divide) = (Some((span, number)), None, None);
        } else if marks("|||||||") && divide.is_none() && begin.is_some() {
            base = Some(span);
        } else if marks("=======") && divide.is_none() && begin.is_some() {
            divide = Some(span);
        } else if marks(">>>>>>>")
            && let Some(divide) = divide.take()
            && let Some((begin, line)) = begin.take()
        {
            found.push(Found { begin, base: base.take(), divide, end: span, line });
        }
    }
    found
}

/// The first markers of all conflicts in a text, without their line endings.
#[must_use]
pub fn places(text: &str) -> Vec<Range<usize>> {
    let trimmed = |span: Range<usize>| span.start..span.start + text[span.clone()].trim_end().len();
    found(text).into_iter().map(|found| trimmed(found.begin)).collect()
}

/// The text split at its conflicts; `None` if it has none.
#[must_use]
pub fn parse(text: &str) -> Option<Marked> {
    let mut parts = Vec::new();
    let mut done = 0;
    let label = |span: &Range<usize>| text[span.clone()].trim_end().get(7..).unwrap_or_default().trim().to_owned();
    for found in found(text) {
        parts.push(Part::Plain(text[done..found.begin.start].to_owned()));
        let ours_end = found.base.as_ref().map_or(found.divide.start, |base| base.start);
        parts.push(Part::Conflict(Region {
            ours: text[found.begin.end..ours_end].to_owned(),
            base: found.base.map(|base| text[base.end..found.divide.start].to_owned()),
            theirs: text[found.divide.end..found.end.start].to_owned(),
            ours_label: label(&found.begin),
            theirs_label: label(&found.end),
            line: found.line,
            table: last_header(&text[..found.begin.start]),
        }));
        done = found.end.end;
    }
    parts.push(Part::Plain(text[done..].to_owned()));
    (parts.len() > 1).then_some(Marked { parts })
}

fn last_header(text: &str) -> Option<String> {
    let line = text.lines().rev().map(str::trim).find(|line| line.starts_with('[') && line.contains(']'))?;
    Some(line.split('#').next().unwrap_or_default().trim_end().to_owned())
}

impl Marked {
    /// The conflicts, in the order of the text.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.parts.iter().filter_map(|part| match part {
            Part::Conflict(region) => Some(region),
            Part::Plain(_) => None,
        })
    }

    /// The text with a choice for each conflict, in order; ours if a choice is missing. It may be invalid.
    #[must_use]
    pub fn resolved(&self, choices: &[Keep]) -> String {
        let mut choices = choices.iter().copied();
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Plain(plain) => text.push_str(plain),
                Part::Conflict(region) => text.push_str(&region.kept(choices.next().unwrap_or(Keep::Ours))),
            }
        }
        text
    }
}

impl Region {
    /// The lines that a choice keeps.
    #[must_use]
    pub fn kept(&self, keep: Keep) -> String {
        match keep {
            Keep::Ours => self.ours.clone(),
            Keep::Theirs => self.theirs.clone(),
            Keep::Base => self.base.clone().unwrap_or_default(),
            // Keep equal lines once, such as the line that a table ends with.
            Keep::Both if self.ours == self.theirs => self.ours.clone(),
            Keep::Both => format!("{}{}", self.ours, self.theirs),
        }
    }
}
