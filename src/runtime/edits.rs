//! Edits as JSON and back, exactly: a step of the journal is a list of them.
//!
//! [`wire`] says how each of the engine's types is written. What cannot be read back is no edit, and what follows it is not
//! applied.

mod wire;

use crate::app::flows::difference::edits_between;
use crate::cost::Budget;
use crate::cost::budget::edit::Edit;
use wire::Wired;

/// A step as one line of text.
#[must_use]
pub fn written(edits: &[Edit]) -> String {
    let edits: Vec<Wired<Edit>> = edits.iter().flat_map(plain).map(Wired).collect();
    // Fails for an edit of everything alone, and there is none; the line would be no step.
    serde_json::to_string(&edits).unwrap_or_default()
}

/// An edit of everything is the edits that lead from one to the other.
fn plain(edit: &Edit) -> Vec<Edit> {
    match edit {
        Edit::Whole { before, after } => edits_between(before, after),
        one => vec![one.clone()],
    }
}

/// The edits of a step; `None` if it is not one.
#[must_use]
pub fn read(step: &str) -> Option<Vec<Edit>> {
    let edits: Vec<Wired<Edit>> = serde_json::from_str(step).ok()?;
    Some(edits.into_iter().map(|Wired(edit)| edit).collect())
}

/// Carries steps out on the budget that they start from; false where one of them cannot be read.
#[must_use]
pub fn replay(budget: &mut Budget, steps: &[String]) -> bool {
    steps.iter().all(|step| {
        let Some(edits) = read(step) else { return false };
        for edit in &edits {
            edit.apply(budget);
        }
        true
    })
}
