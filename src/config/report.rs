//! The problems of one settings file, each with its place and the nearest name that would have been right.

use crate::cost::budget::knob_text::nearest_word;
use crate::diagnostics::{Collected, Level, Problem};
use crate::words;
use std::path::Path;

/// Problems that are listed; what comes after is counted.
const LISTED_MAX: usize = 100;

/// Collects the problems of one file.
pub(super) struct Report<'a>(Collected<'a>);

impl<'a> Report<'a> {
    pub(super) fn new(file: Option<&'a Path>, text: &'a str) -> Self {
        Self(Collected::new(file, text, LISTED_MAX))
    }

    /// Adds a problem at a byte of the text.
    pub(super) fn say(&mut self, at: usize, problem: Problem) {
        self.0.say(Some(at), problem);
    }

    /// A name that is not among `names`: the nearest is offered, or else all of them.
    pub(super) fn unknown(&mut self, at: usize, problem: Problem, name: &str, names: &[&str]) {
        let problem = match nearest(name, names) {
            Some(near) => problem.with_remedy(words::did_you_mean(near)),
            None => problem.with_allowed(names.join(", ")),
        };
        self.say(at, problem);
    }

    /// Every problem in the order of the text.
    pub(super) fn finish(self) -> Vec<Problem> {
        self.0.finish(|rest| Problem::new(Level::Warning, "settings-unlisted", words::problems_unlisted(rest)))
    }
}

/// The known name that was probably meant: underlines are as good as hyphens.
pub(super) fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    nearest_word(&name.replace('_', "-"), names.iter().copied())
}
