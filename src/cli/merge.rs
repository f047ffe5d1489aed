//! `retake merge`: the git merge driver that merges two versions of a project field by field.

use super::answer::{Answer, Exit};
use super::open::refused;
use crate::diagnostics::{Code, Problem};
use crate::project::merge::{MergeError, Merged, merge, merge_lines};
use crate::project::open::store_problem;
use crate::project::splice::render_path;
use crate::project::store::{Expected, StoreErrorKind, load, save};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use std::path::Path;

/// Runs `retake merge`. The current branch's file is replaced only at the end and in one step: any earlier failure leaves it
/// as git put it there, and git is told that the merge is not done.
pub(super) fn run(args: &ArgMatches) -> Answer {
    merged(args).unwrap_or_else(|answer| *answer)
}

fn merged(args: &ArgMatches) -> Result<Answer, Box<Answer>> {
    let file = |name| super::path(args, name).unwrap_or_default();
    let ours = file("ours");
    let [base, mine, theirs] = [bytes(&file("base"))?, bytes(&ours)?, bytes(&file("theirs"))?];
    let shown = super::path(args, "path").unwrap_or_else(|| ours.clone());
    let shown = safe(&shown.display().to_string()).into_owned();
    let (text, told) = merge_texts(&shown, [&base, &mine, &theirs]);
    save(&ours, Expected::Anything, &text, &|_| Ok(()))
        .map_err(|error| Box::new(refused(store_problem(&ours, &error))))?;
    Ok(match told {
        None => Answer::done(String::new()),
        Some(told) => Answer::refused(&[Problem::new(Code::MergeConflict, told)], Exit::Failed),
    })
}

/// The merged text, and what is left to resolve by hand.
fn merge_texts(shown: &str, inputs: [&[u8]; 3]) -> (Vec<u8>, Option<String>) {
    let by_field = by_field(inputs).and_then(|merged| {
        let keys: Vec<String> = merged.conflicts.iter().map(|conflict| render_path(conflict.path())).collect();
        let left = (!keys.is_empty()).then(|| words::merge_left(shown, keys.len(), safe(&keys.join(", "))));
        let text = if left.is_some() { merged.marked()? } else { merged.text.into_bytes() };
        Ok((text, left))
    });
    by_field.unwrap_or_else(|_| {
        let (text, clean) = merge_lines(inputs[0], inputs[1], inputs[2]);
        (text, (!clean).then(|| words::merge_left_lines(shown)))
    })
}

fn by_field(inputs: [&[u8]; 3]) -> Result<Merged, MergeError> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| MergeError::Unreadable);
    merge(text(inputs[0])?, text(inputs[1])?, text(inputs[2])?)
}

/// The bytes of a file, text or not: an unreadable version must still be placed between markers.
fn bytes(path: &Path) -> Result<Vec<u8>, Box<Answer>> {
    match load(path) {
        Ok(loaded) => Ok(loaded.bytes),
        Err(error) => {
            let not_text = matches!(error.kind, StoreErrorKind::NotUtf8 { .. });
            let again = not_text.then(|| std::fs::read(path).ok()).flatten();
            again.ok_or_else(|| Box::new(refused(store_problem(path, &error))))
        }
    }
}
