//! From text to a TOML tree, or to what is wrong with the text.

use super::problem::{At, Code, LISTED_MAX, Report, Sentence};
use crate::words;
use std::ops::Range;
use toml::de::{DeTable, Error};

/// Bytes of a file that are read at most: 64 MiB.
pub const BYTES_MAX: usize = 64 * 1024 * 1024;

/// The tree; none where the text is no TOML, with every problem that the parser finds in the report.
pub(super) fn parse<'i>(text: &'i str, report: &mut Report<'_>) -> Option<DeTable<'i>> {
    if text.len() > BYTES_MAX {
        let size = text.len().div_ceil(1024 * 1024);
        let message = words::text_too_large(size);
        let sentence = Sentence::new(message).allowed(words::text_too_large_allowed(BYTES_MAX / (1024 * 1024)));
        report.say_of_file(Code::FileTooLarge, sentence.remedy(words::text_too_large_remedy()));
        return None;
    }
    let conflicts = conflicts(text);
    for conflict in conflicts.iter().take(LISTED_MAX) {
        report.say(Code::Conflict, &At::TOP, conflict, |written| {
            Sentence::new(words::merge_unfinished(written)).remedy(words::merge_unfinished_remedy())
        });
    }
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(first) => {
            if conflicts.is_empty() {
                syntax_problems(text, &first, report);
            }
            None
        }
    }
}

/// Where git left both sides of a merge: lines from `<<<<<<<` over `=======` to `>>>>>>>`, in this order.
fn conflicts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut begun, mut divided): (Option<Range<usize>>, bool) = (None, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        let marks =
            |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '));
        if marks("<<<<<<<") {
            (begun, divided) = (Some(span), false);
        } else if marks("=======") {
            divided = begun.is_some();
        } else if marks(">>>>>>>") && divided {
            found.extend(begun.take());
            divided = false;
        }
    }
    found
}

/// Texts of this length and more are not parsed a second time for the rest of their problems.
const RECOVERED_MAX: usize = 1024 * 1024;

fn syntax_problems(text: &str, first: &Error, report: &mut Report<'_>) {
    let all = if text.len() <= RECOVERED_MAX { DeTable::parse_recoverable(text).1 } else { Vec::new() };
    let all = if all.is_empty() { vec![first.clone()] } else { all };
    let mut last_line = 0;
    for error in &all {
        let span = error.span().unwrap_or(0..0);
        // One slip often trips the parser several times in a line; the first time says it best.
        let line = report.position(&span).line;
        if std::mem::replace(&mut last_line, line) != line {
            syntax_problem(error.message(), &span, report);
        }
    }
}

fn syntax_problem(reason: &str, span: &Range<usize>, report: &mut Report<'_>) {
    if reason.starts_with("duplicate key") {
        report.say(Code::KeyTwice, &At::TOP, span, |written| {
            Sentence::new(words::key_twice(written))
                .allowed(words::key_twice_allowed())
                .remedy(words::key_twice_remedy())
        });
    } else {
        report.say(Code::Syntax, &At::TOP, span, |_| {
            Sentence::new(words::syntax_error(reason)).remedy(words::syntax_remedy())
        });
    }
}
