//! From text to a TOML tree, or to what is wrong with the text.

use super::merge::markers;
use super::problem::{At, Code, LISTED_MAX, Report, Sentence};
use crate::words;
use std::ops::Range;
use toml::de::{DeTable, Error};

/// Bytes of a file that are read at most: 64 MiB.
pub const BYTES_MAX: usize = 64 * 1024 * 1024;

/// Whether a text may be read by its parts: parts say neither that it is too long nor what in it is no TOML.
pub(super) fn is_plain(text: &str) -> bool {
    text.len() <= BYTES_MAX && hopeless(text, SURELY_SMALL).is_none() && markers::places(text).is_empty()
}

/// The tree; none where the text is no TOML, with every problem that the parser finds in the report.
pub(super) fn parse<'i>(text: &'i str, report: &mut Report<'_>) -> Option<DeTable<'i>> {
    if text.len() > BYTES_MAX {
        let size = text.len().div_ceil(1024 * 1024);
        let message = words::text_too_large(size);
        let sentence = Sentence::new(message).allowed(words::text_too_large_allowed(BYTES_MAX / (1024 * 1024)));
        report.say_of_file(Code::FileTooLarge, sentence.remedy(words::text_too_large_remedy()));
        return None;
    }
    let conflicts = markers::places(text);
    for conflict in conflicts.iter().take(LISTED_MAX) {
        report.say(Code::Conflict, &At::TOP, conflict, |written| {
            Sentence::new(words::merge_unfinished(written)).remedy(words::merge_unfinished_remedy())
        });
    }
    if let Some(errors) = hopeless(text, SURELY_SMALL) {
        if conflicts.is_empty() {
            syntax_problems(text, &errors, report);
        }
        return None;
    }
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(first) => {
            if conflicts.is_empty() {
                syntax_problems(text, &all_errors(text, first), report);
            }
            None
        }
    }
}

/// Texts up to here are parsed whole at once.
const SURELY_SMALL: usize = 2 * 1024 * 1024;
/// Texts up to here are parsed a second time for all of their problems.
const RECOVERED_MAX: usize = 8 * 1024 * 1024;
/// How much of a text shows whether it was ever meant to be TOML.
const HEAD: usize = 128 * 1024;

/// The problems of the first lines, where they are so many that the rest is not worth parsing: 64 MiB of anything else take
/// the parser many seconds and gigabytes. None for texts up to `small`.
fn hopeless(text: &str, small: usize) -> Option<Vec<Error>> {
    if text.len() <= small.max(HEAD) {
        return None;
    }
    let errors = DeTable::parse_recoverable(&text[..text.floor_char_boundary(HEAD)]).1;
    (errors.len() > LISTED_MAX).then_some(errors)
}

fn all_errors(text: &str, first: Error) -> Vec<Error> {
    // What nests deeper than the parser follows was made to; parsing it again costs as much and finds nothing else worth saying.
    if text.len() > RECOVERED_MAX || first.message().contains("recurs") {
        return vec![first];
    }
    let all = hopeless(text, 0).unwrap_or_else(|| DeTable::parse_recoverable(text).1);
    if all.is_empty() { vec![first] } else { all }
}

fn syntax_problems(text: &str, all: &[Error], report: &mut Report<'_>) {
    let mut spans: Vec<(Range<usize>, &str)> =
        all.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut line_end = 0;
    for (span, reason) in spans {
        // One slip often trips the parser several times in a line; the first time says it best.
        if span.start >= line_end {
            line_end = text
                .get(span.start..)
                .unwrap_or_default()
                .find('\n')
                .map_or(usize::MAX, |length| span.start + length + 1);
            syntax_problem(reason, &span, report);
        }
    }
}

fn syntax_problem(reason: &str, span: &Range<usize>, report: &mut Report<'_>) {
    if reason.starts_with("duplicate key") {
        report.say(Code::KeyTwice, &At::TOP, span, |written| {
            let sentence = Sentence::new(words::key_twice(written)).allowed(words::key_twice_allowed());
            sentence.remedy(words::key_twice_remedy())
        });
        return;
    }
    // What the parser would have taken next names parts of its grammar, which helps nobody who writes a budget.
    let plain = reason.split_once(", expected").map_or(reason, |(plain, _)| plain);
    let remedies: [(&str, &str); 7] = [
        ("string values must be quoted", words::syntax_quotes()),
        ("key with no value", words::syntax_equals()),
        ("unexpected key or value", words::syntax_one_value()),
        ("unclosed table", words::syntax_header()),
        ("missing comma", words::syntax_list()),
        ("unclosed array", words::syntax_list()),
        ("invalid basic string", words::syntax_closing_quote()),
    ];
    let known = remedies.iter().find(|(begin, _)| plain.starts_with(begin));
    let remedy = known.map_or(words::syntax_remedy(), |(_, remedy)| remedy);
    report.say(Code::Syntax, &At::TOP, span, |_| Sentence::new(words::syntax_error(plain)).remedy(remedy));
}
