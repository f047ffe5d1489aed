//! What is wrong with one theme file, collected while it is read.

use std::ops::Range;
use std::path::Path;

use crate::place::{Level, LineIndex, Problem};
use crate::words;

/// More is of no use to a reader; the number of the others is told.
const LISTED: usize = 50;
/// A value or a name as a message repeats it, in characters.
const SHOWN: usize = 60;
/// Names further apart than this are not meant for each other.
const NEAR: usize = 2;

/// Collects the problems of one file.
pub(super) struct Report<'a> {
    file: Option<&'a Path>,
    index: LineIndex<'a>,
    problems: Vec<Problem>,
    unlisted: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str, file: Option<&'a Path>) -> Self {
        Self { file, index: LineIndex::new(text), problems: Vec::new(), unlisted: 0 }
    }

    /// The problems in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.position);
        if self.unlisted > 0 {
            let rest = Problem::new(Level::Note, "theme-unlisted", words::problems_unlisted(self.unlisted));
            self.problems.push(rest.at(self.file, None).with_remedy(words::problems_unlisted_remedy()));
        }
        self.problems
    }

    pub(super) fn error(&mut self, code: &'static str, span: Option<Range<usize>>, message: String) {
        self.push(Problem::new(Level::Error, code, message), span);
    }

    pub(super) fn warn(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        key: &str,
        message: String,
        allowed: impl Into<String>,
    ) {
        self.push(Problem::new(Level::Warning, code, message).with_key(key).with_allowed(allowed), Some(span));
    }

    /// A name that is not among `names`: the nearest of them is the remedy.
    pub(super) fn unknown(&mut self, span: Range<usize>, key: String, message: String, name: &str, names: &[&str]) {
        let problem = Problem::new(Level::Warning, "theme-key", message).with_key(key).with_allowed(names.join(", "));
        self.push(problem.with_remedy(nearest(name, names).map(words::did_you_mean).unwrap_or_default()), Some(span));
    }

    pub(super) fn no_base(&mut self, span: Range<usize>, message: String, remedy: String) {
        let problem = Problem::new(Level::Warning, "theme-base", message).with_key("inherits").with_remedy(remedy);
        self.push(problem.with_allowed(words::theme_base_allowed()), Some(span));
    }

    fn push(&mut self, problem: Problem, span: Option<Range<usize>>) {
        if self.problems.len() < LISTED {
            let position = span.map(|span| self.index.position(span.start));
            self.problems.push(problem.at(self.file, position));
        } else {
            self.unlisted += 1;
        }
    }
}

/// The name that was probably meant. Long ones are not compared: the effort grows with the product of the lengths.
pub(super) fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    if name.len() > SHOWN {
        return None;
    }
    let rated = names.iter().map(|known| (strsim::damerau_levenshtein(known, name), *known));
    rated.filter(|(apart, _)| *apart <= NEAR).min_by_key(|(apart, _)| *apart).map(|(_, known)| known)
}

/// A text as a message repeats it: cut where it is long.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
