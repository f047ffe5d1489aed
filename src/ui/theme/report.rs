//! The problems of one theme file, collected while it is read.

use std::ops::Range;
use std::path::Path;

use crate::cost::budget::knob_text::nearest_word;
use crate::diagnostics::{Code, Collected, Problem};
use crate::words;

/// More are of no use to a reader; the rest is counted.
const LISTED: usize = 50;
/// The most characters of a value or name that a message repeats.
const SHOWN: usize = 60;

/// Collects the problems of one file.
pub(super) struct Report<'a>(Collected<'a>);

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str, file: Option<&'a Path>) -> Self {
        Self(Collected::new(file, text, LISTED))
    }

    /// The problems in the order of the file.
    pub(super) fn finish(self) -> Vec<Problem> {
        self.0.finish(|rest| {
            let problem = Problem::new(Code::ThemeUnlisted, words::problems_unlisted(rest));
            problem.with_remedy(words::problems_unlisted_remedy())
        })
    }

    pub(super) fn error(&mut self, code: Code, span: Option<Range<usize>>, message: String) {
        self.push(Problem::new(code, message), span);
    }

    pub(super) fn warn(
        &mut self,
        code: Code,
        span: Range<usize>,
        key: &str,
        message: String,
        allowed: impl Into<String>,
    ) {
        self.push(Problem::new(code, message).with_key(key).with_allowed(allowed), Some(span));
    }

    /// A name that is not among `names`: the remedy suggests the nearest one.
    pub(super) fn unknown(&mut self, span: Range<usize>, key: String, message: String, name: &str, names: &[&str]) {
        let problem = Problem::new(Code::ThemeKey, message).with_key(key).with_allowed(names.join(", "));
        self.push(
            problem.with_remedy(nearest_word(name, names.iter().copied()).map(words::did_you_mean).unwrap_or_default()),
            Some(span),
        );
    }

    pub(super) fn no_base(&mut self, span: Range<usize>, message: String, remedy: String) {
        let problem = Problem::new(Code::ThemeBase, message).with_key("inherits").with_remedy(remedy);
        self.push(problem.with_allowed(words::theme_base_allowed()), Some(span));
    }

    fn push(&mut self, problem: Problem, span: Option<Range<usize>>) {
        self.0.say(span.map(|span| span.start), problem);
    }
}

/// A text as a message repeats it: truncated if it is long.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
