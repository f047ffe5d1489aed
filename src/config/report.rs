//! The problems of one settings file, each with its place and the nearest name that would have been right.

use crate::place::{Level, LineIndex, Problem};
use crate::words;
use std::path::Path;

/// Problems that are listed; what comes after is counted.
const LISTED_MAX: usize = 100;
/// Longest name that is compared with known ones: comparing takes the product of both lengths.
const COMPARED_MAX: usize = 64;

/// Collects the problems of one file.
pub(super) struct Report<'a> {
    file: Option<&'a Path>,
    index: LineIndex<'a>,
    problems: Vec<Problem>,
    unlisted: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: Option<&'a Path>, text: &'a str) -> Self {
        Self { file, index: LineIndex::new(text), problems: Vec::new(), unlisted: 0 }
    }

    /// Adds a problem at a byte of the text.
    pub(super) fn say(&mut self, at: usize, problem: Problem) {
        if self.problems.len() < LISTED_MAX {
            self.problems.push(problem.at(self.file, Some(self.index.position(at))));
        } else {
            self.unlisted += 1;
        }
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
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.position);
        if self.unlisted > 0 {
            let rest = Problem::new(Level::Warning, "settings-unlisted", words::problems_unlisted(self.unlisted));
            self.problems.push(rest.at(self.file, None));
        }
        self.problems
    }
}

/// The known name that is at most two slips away, the nearest first.
pub(super) fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    if name.len() > COMPARED_MAX {
        return None;
    }
    let name = name.to_lowercase().replace('_', "-");
    let distances = names.iter().map(|known| (strsim::damerau_levenshtein(known, &name), *known));
    // Two slips turn any short name into any other.
    let near = distances.filter(|(slips, known)| *slips <= 2 && *slips < known.chars().count());
    near.min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}
