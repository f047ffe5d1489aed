//! From text to a TOML tree, or to what is wrong with the text.

use super::bounds::{self, Beyond, Limit};
use super::markers;
use super::problem::{At, Report, Sentence};
use super::unread::no_numbers;
use crate::cost::base::limits::{FILE_BYTES_MAX, PROBLEMS_MAX};
use crate::diagnostics::{Code, Problem};
use crate::words;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, Error};

/// Whether a text may be read by its parts: parts say neither that it is too long nor what in it is no TOML.
pub(super) fn is_plain(text: &str) -> bool {
    text.len() <= FILE_BYTES_MAX && hopeless(text, SURELY_SMALL).is_none() && markers::places(text).is_empty()
}

/// The problem of a text that holds too much.
pub(super) fn beyond_limit(text: &str, file: Option<&Path>, (limit, place): &Beyond) -> Vec<Problem> {
    // An index of all lines would be one of the things that grow too much.
    let mut report = Report::new(&text[..place.end], file);
    report.say(Code::LimitExceeded, &At::TOP, place, |_| over(*limit));
    report.finish()
}

fn over(limit: Limit) -> Sentence {
    Sentence::new(words::limit_exceeded()).allowed(limit.allowed()).remedy(words::text_too_large_remedy())
}

/// The tree of a text that keeps every limit; `None` where it does not, or is no TOML.
pub(super) fn tree(text: &str) -> Option<DeTable<'_>> {
    if text.len() > FILE_BYTES_MAX || bounds::of_tree(text).is_some() {
        return None;
    }
    DeTable::parse(text).ok().map(Spanned::into_inner)
}

/// The tree, with a report to go on with.
///
/// # Errors
/// Every problem that the parser finds, where the text is no TOML; the limit, where it holds too much.
pub(super) fn parse<'i>(text: &'i str, file: Option<&'i Path>) -> Result<(DeTable<'i>, Report<'i>), Vec<Problem>> {
    if let Some(beyond) = bounds::of_tree(text).filter(|_| text.len() <= FILE_BYTES_MAX) {
        return Err(beyond_limit(text, file, &beyond));
    }
    let mut report = Report::new(text, file);
    match parse_reported(text, &mut report) {
        Some(tree) => Ok((tree, report)),
        None => Err(report.finish()),
    }
}

fn parse_reported<'i>(text: &'i str, report: &mut Report<'_>) -> Option<DeTable<'i>> {
    if text.len() > FILE_BYTES_MAX {
        let size = text.len().div_ceil(1024 * 1024);
        let message = words::text_too_large(size);
        let sentence = Sentence::new(message).allowed(words::text_too_large_allowed(FILE_BYTES_MAX / (1024 * 1024)));
        report.say_of_file(Code::FileTooLarge, sentence.remedy(words::text_too_large_remedy()));
        return None;
    }
    let conflicts = markers::places(text);
    for conflict in conflicts.iter().take(PROBLEMS_MAX) {
        report.say(Code::Conflict, &At::TOP, conflict, |written| {
            Sentence::new(words::merge_unfinished(written)).remedy(words::merge_unfinished_remedy())
        });
    }
    if let Some(flaws) = hopeless(text, SURELY_SMALL) {
        if conflicts.is_empty() {
            syntax_problems(text, flaws, report);
        }
        return None;
    }
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(first) => {
            if conflicts.is_empty() {
                syntax_problems(text, all_flaws(text, first), report);
            }
            None
        }
    }
}

/// Texts up to here are parsed whole at once.
const SURELY_SMALL: usize = 2 * 1024 * 1024;
/// Texts up to here are parsed a second time for all of their problems.
const RECOVERED_MAX: usize = 8 * 1024 * 1024;
/// Bytes after a text's first flaw that are searched for others.
const SHOWN: usize = 1024 * 1024;
/// How much of a text shows whether it was ever meant to be TOML.
const HEAD: usize = 128 * 1024;

/// The problems of the first lines, if there are so many that the rest is not worth parsing: 64 MiB of another format take
/// the parser many seconds and gigabytes. `None` for texts up to `small` bytes.
fn hopeless(text: &str, small: usize) -> Option<Vec<Flaw>> {
    if text.len() <= small.max(HEAD) {
        return None;
    }
    let flaws = flaws(&text[..text.floor_char_boundary(HEAD)]);
    (flaws.len() > PROBLEMS_MAX).then_some(flaws)
}

/// Where a text is no TOML, and why in the parser's words; `None` for a number that the parser passes on.
type Flaw = (Range<usize>, Option<String>);

fn flaw(error: &Error) -> Flaw {
    (error.span().unwrap_or(0..0), Some(error.message().to_owned()))
}

fn all_flaws(text: &str, first: Error) -> Vec<Flaw> {
    // What nests deeper than the parser follows was made to; parsing it again costs as much and finds nothing else worth saying.
    if text.len() > RECOVERED_MAX || first.message().contains("recurs") {
        return vec![flaw(&first)];
    }
    // Every second byte may be a flaw: those behind the first ones are not worth their memory.
    let shown = first.span().map_or(0, |span| span.start).saturating_add(SHOWN).min(text.len());
    let all = hopeless(text, 0).unwrap_or_else(|| flaws(&text[..text.floor_char_boundary(shown)]));
    if all.is_empty() { vec![flaw(&first)] } else { all }
}

/// Every flaw of a text, in order.
fn flaws(text: &str) -> Vec<Flaw> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut flaws: Vec<Flaw> = errors.iter().map(flaw).collect();
    flaws.sort_by_key(|(span, _)| span.start);
    // The parser's own message about a number is plainer.
    let said = |number: &Range<usize>| {
        let next = flaws.partition_point(|(span, _)| span.start < number.start);
        flaws.get(next).is_some_and(|(span, _)| span.start <= number.end)
    };
    let numbers = no_numbers(tree.get_ref()).into_iter().filter(|number| !said(number));
    let numbers: Vec<Flaw> = numbers.map(|number| (number, None)).collect();
    flaws.extend(numbers);
    flaws.sort_by_key(|(span, _)| span.start);
    flaws
}

fn syntax_problems(text: &str, flaws: Vec<Flaw>, report: &mut Report<'_>) {
    let mut line_end = 0;
    for (span, reason) in flaws {
        // One slip often trips the parser several times in a line; the first time says it best.
        if span.start >= line_end {
            line_end = text
                .get(span.start..)
                .unwrap_or_default()
                .find('\n')
                .map_or(usize::MAX, |length| span.start + length + 1);
            match reason {
                Some(reason) => syntax_problem(&reason, &span, report),
                None => number_problem(report, &At::TOP, &span),
            }
        }
    }
}

/// A number that the parser passes on and that is none in TOML.
pub(super) fn number_problem(report: &mut Report<'_>, at: &At<'_>, span: &Range<usize>) {
    report.say(Code::Syntax, at, span, |written| {
        Sentence::new(words::syntax_error(words::syntax_number(written))).remedy(words::syntax_number_remedy())
    });
}

fn syntax_problem(reason: &str, span: &Range<usize>, report: &mut Report<'_>) {
    if reason.starts_with("duplicate key") {
        report.say(Code::KeyTwice, &At::TOP, span, |written| {
            let sentence = Sentence::new(words::key_twice(written)).allowed(words::key_twice_allowed());
            sentence.remedy(words::key_twice_remedy())
        });
        return;
    }
    if reason.contains("recurs") {
        return report.say(Code::LimitExceeded, &At::TOP, span, |_| over(Limit::Nesting));
    }
    // The parser's list of expected tokens names parts of its grammar, which does not help a person who writes a budget.
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
