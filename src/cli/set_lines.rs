//! `--set deliverable.NEW.finals=5` and `--set deliverable.KEY.remove=true`: a deliverable added or taken out for one run, as a
//! scenario does it.

use super::set::{key_and_knob, problem, unknown_line};
use crate::cost::base::limits::DELIVERABLES_MAX;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::budget::scenario::{LinePatch, Scenario};
use crate::cost::budget::{Catalog, Line};
use crate::cost::{Budget, Knob, scenario};
use crate::diagnostics::{Code, Problem};
use crate::words;

/// The deliverable's key and the field of a path that begins with `deliverable.`.
fn field(typed: &str) -> Option<(&str, String, &str, &str)> {
    let (path, text) = typed.split_once('=')?;
    let path = path.trim();
    let (key, name) = key_and_knob(path.strip_prefix("deliverable.")?)?;
    Some((path, key, name, text.trim()))
}

/// Adds a deliverable for each key that no file has and that the options set finals for. A key that may be a slip of another one is
/// left to be refused.
pub(super) fn add(budget: &mut Budget, changes: &[&String]) {
    for (_, key, name, _) in changes.iter().filter_map(|typed| field(typed)) {
        let known = || budget.lines.iter().map(|line| line.key.as_str());
        let is_new = !key.is_empty() && !known().any(|other| other == key) && nearest_word(&key, known()).is_none();
        if name == Knob::Finals.row().name && is_new && budget.lines.len() < DELIVERABLES_MAX {
            budget.lines.push(Line { key, ..Line::default() }.into());
        }
    }
}

/// The key of the deliverable that an option takes out, `None` in it if it does not after all; `None` for any other option.
///
/// # Errors
/// There is no such deliverable, or the value is neither true nor false.
pub(super) fn removal(typed: &str, budget: &Budget) -> Option<Result<Option<String>, Box<Problem>>> {
    let (path, key, _, text) = field(typed).filter(|(_, _, name, _)| *name == "remove")?;
    if !budget.lines.iter().any(|line| line.key == key) {
        return Some(Err(Box::new(unknown_line(path, &key, budget))));
    }
    Some(match text.parse() {
        Ok(removes) => Ok(Some(key).filter(|_| removes)),
        Err(_) => {
            let reason = words::word_unknown("remove", text);
            let found = problem(Code::SetRefused, path, words::cli_set_refused(path, reason));
            Err(Box::new(found.with_allowed(words::allowed_flag())))
        }
    })
}

/// Takes these deliverables out, and out of the lists of fees; risks of theirs are off.
pub(super) fn take_out(budget: &mut Budget, keys: Vec<String>, catalog: &Catalog) {
    if keys.is_empty() {
        return;
    }
    let mut removing = Scenario::default();
    for key in keys {
        let patch = LinePatch { remove: Some(true), ..LinePatch::of(&key) };
        removing.changes.lines.insert(key, patch);
    }
    *budget = scenario::apply(budget, &removing, catalog).budget;
}
