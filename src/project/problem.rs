//! Making problems: the list that collects what is wrong with a project file, in the order of the text.

use crate::cost::Decimal;
use crate::cost::base::limits::{DELIVERABLES_MAX, NAME_MAX, PROBLEMS_MAX, QUOTED_MAX};
use crate::cost::base::number_text::grouped;
use crate::diagnostics::{Code, Level, LineIndex, Position, Problem};
use crate::words;
use std::fmt;
use std::ops::Range;
use std::path::Path;

/// A message with what is allowed and what to do, either of which may be empty.
#[derive(Default)]
pub(super) struct Sentence {
    message: String,
    allowed: String,
    remedy: String,
}

impl Sentence {
    pub(super) fn new(message: impl Into<String>) -> Sentence {
        Sentence { message: message.into(), ..Sentence::default() }
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn allowed(mut self, allowed: impl Into<String>) -> Sentence {
        self.allowed = allowed.into();
        self
    }

    pub(super) fn remedy(mut self, remedy: impl Into<String>) -> Sentence {
        self.remedy = remedy.into();
        self
    }
}

/// The dotted path of a value, as a chain on the stack: it is spelled out only for a problem.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    above: Option<&'a At<'a>>,
    /// The last key of the path.
    pub(super) key: &'a str,
}

impl<'a> At<'a> {
    /// The file itself.
    pub(super) const TOP: At<'static> = At { above: None, key: "" };

    /// Whether the value stands right below the assumptions, or below those that a scenario sets.
    pub(super) fn is_assumption(&self) -> bool {
        let mut above = std::iter::successors(self.above, |at| at.above).map(|at| at.key);
        let above = [above.next(), above.next(), above.next()];
        matches!(above, [Some("assumptions"), Some(""), None] | [Some("assumptions"), Some(_), Some("scenario")])
    }

    /// The path of a key below this one.
    pub(super) fn below<'b>(&'b self, key: &'b str) -> At<'b>
    where
        'a: 'b,
    {
        // The start of a long key is enough to find it, and the message has to fit.
        let end = key.char_indices().nth(NAME_MAX).map_or(key.len(), |(end, _)| end);
        At { above: Some(self), key: &key[..end] }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(above) = self.above else { return Ok(()) };
        if above.above.is_some() {
            write!(f, "{above}.")?;
        }
        f.write_str(&quoted_key(self.key))
    }
}

/// A key as TOML spells it: bare where that is allowed, else in quotes with every hidden character escaped.
pub(super) fn quoted_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) {
        return key.to_owned();
    }
    let mut text = String::from("\"");
    for c in key.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if words::safe::is_hostile(c) => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// The problems of one file.
pub(super) struct Report<'a> {
    file: Option<&'a Path>,
    text: &'a str,
    index: LineIndex<'a>,
    /// Where the part of the text begins that places are given in.
    base: usize,
    /// Each with the byte that it stands at.
    found: Vec<(usize, Problem)>,
    errors: usize,
    others: usize,
    /// Near misses and keys that are not counted have a count of their own: no crowd of other warnings may hide one from a guard.
    near: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str, file: Option<&'a Path>) -> Report<'a> {
        Report { file, text, index: LineIndex::new(text), base: 0, found: Vec::new(), errors: 0, others: 0, near: 0 }
    }

    /// From here on places are those of the part that begins at this byte.
    pub(super) fn enter(&mut self, base: usize) {
        self.base = base;
    }

    pub(super) fn position(&self, span: &Range<usize>) -> Position {
        self.index.position(self.base + span.start)
    }

    /// The file's text at `span`, shortened to one line that fits a message.
    pub(super) fn written(&self, span: &Range<usize>) -> String {
        let text = self.text.get(self.base + span.start..self.base + span.end).unwrap_or_default();
        shortened(text.lines().next().unwrap_or_default(), text.contains('\n'))
    }

    /// How many errors were found so far, listed or not.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Whether problems with this code are only counted from here on.
    pub(super) fn is_full(&self, code: Code) -> bool {
        PROBLEMS_MAX
            <= match (code, code.level()) {
                (Code::KeyNear | Code::KeyUncounted, _) => self.near,
                (_, Level::Error) => self.errors,
                (_, Level::Warning | Level::Note) => self.others,
            }
    }

    /// Adds a problem at `span`; `sentence` is given what is written there, and is not asked once the list is full.
    pub(super) fn say(
        &mut self,
        code: Code,
        at: &At<'_>,
        span: &Range<usize>,
        sentence: impl FnOnce(&str) -> Sentence,
    ) {
        let counted = match (code, code.level()) {
            (Code::KeyNear | Code::KeyUncounted, _) => &mut self.near,
            (_, Level::Error) => &mut self.errors,
            (_, Level::Warning | Level::Note) => &mut self.others,
        };
        *counted += 1;
        if *counted > PROBLEMS_MAX {
            return;
        }
        let Sentence { message, allowed, remedy } = sentence(&self.written(span));
        let problem = Problem::new(code, message)
            .at(self.file, Some(self.position(span)))
            .with_key(at.to_string())
            .with_allowed(allowed)
            .with_remedy(remedy);
        self.found.push((self.base + span.start, problem));
    }

    /// Adds a problem of the file as a whole, which has no place in it.
    pub(super) fn say_of_file(&mut self, code: Code, sentence: Sentence) {
        self.errors += usize::from(code.level() == Level::Error);
        let Sentence { message, allowed, remedy } = sentence;
        let problem = Problem::new(code, message).at(self.file, None);
        self.found.push((0, problem.with_allowed(allowed).with_remedy(remedy)));
    }

    /// Reports `count` deliverables; `beyond` is the key of the first above the limit.
    pub(super) fn too_many_deliverables(&mut self, count: usize, beyond: &Range<usize>) {
        let in_figures = |count: usize| grouped(Decimal::from(count));
        self.say(Code::DeliverablesTooMany, &At::TOP.below("deliverable"), beyond, |_| {
            Sentence::new(words::deliverables_too_many(in_figures(count)))
                .allowed(words::deliverables_allowed(in_figures(DELIVERABLES_MAX)))
                .remedy(words::text_too_large_remedy())
        });
    }

    /// The list in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|(offset, _)| *offset);
        let beyond = [self.errors, self.others, self.near].map(|count| count.saturating_sub(PROBLEMS_MAX));
        let unlisted: usize = beyond.iter().sum();
        let mut problems: Vec<Problem> = self.found.into_iter().map(|(_, problem)| problem).collect();
        if unlisted > 0 {
            let count = crate::words::number::grouped(Decimal::from(unlisted));
            let note = Problem::new(Code::Unlisted, words::problems_unlisted(count));
            problems.push(note.at(self.file, None).with_remedy(words::problems_unlisted_remedy()));
        }
        problems
    }
}

pub(super) fn shortened(line: &str, more: bool) -> String {
    let line = line.trim_end();
    match line.char_indices().nth(QUOTED_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if more => format!("{line}…"),
        None => line.to_owned(),
    }
}
