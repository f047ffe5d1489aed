//! The problems of one settings file, each with its position and the nearest valid name.

use crate::cost::base::limits::SETTINGS_PROBLEMS_MAX;
use crate::cost::budget::knob_text::nearest_word;
use crate::diagnostics::{Code, Collected, Problem};
use crate::words;
use std::path::Path;

/// Collects the problems of one file.
pub(super) struct Report<'a>(Collected<'a>);

impl<'a> Report<'a> {
    pub(super) fn new(file: Option<&'a Path>, text: &'a str) -> Self {
        Self(Collected::new(file, text, SETTINGS_PROBLEMS_MAX))
    }

    /// Adds a problem at a byte offset of the text.
    pub(super) fn say(&mut self, at: usize, problem: Problem) {
        self.0.say(Some(at), problem);
    }

    /// Reports a name that is not in `names`: suggests the nearest, or else lists them all.
    pub(super) fn unknown(&mut self, at: usize, problem: Problem, name: &str, names: &[&str]) {
        let problem = match nearest(name, names) {
            Some(near) => problem.with_remedy(words::did_you_mean(near)),
            None => problem.with_allowed(names.join(", ")),
        };
        self.say(at, problem);
    }

    /// Every problem in the order of the text.
    pub(super) fn finish(self) -> Vec<Problem> {
        self.0.finish(|rest| Problem::new(Code::SettingsUnlisted, words::problems_unlisted(rest)))
    }
}

/// The known name that was probably meant: underscores count as hyphens.
pub(super) fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    nearest_word(&name.replace('_', "-"), names.iter().copied())
}
