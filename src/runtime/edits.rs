//! Edits to JSON and back, exactly: a step of the journal is a list of edits.
//!
//! [`wire`] defines the form of each of the engine's types. An edit that cannot be read back ends the list: nothing after it is
//! applied.

mod wire;

use crate::app::flows::difference::own_edits;
use crate::cost::Budget;
use crate::cost::budget::edit::Edit;
use wire::Wired;

/// A step as one line of text.
#[must_use]
pub fn written(edits: &[Edit]) -> String {
    let edits: Vec<Wired<Edit>> = edits.iter().flat_map(plain).map(Wired).collect();
    // Fails only for `Edit::Whole`, which `plain` removes; an empty line would be an invalid step.
    serde_json::to_string(&edits).unwrap_or_default()
}

/// Replaces an edit of the whole budget by the edits that lead from the old budget to the new one.
fn plain(edit: &Edit) -> Vec<Edit> {
    match edit {
        Edit::Whole { before, after } => own_edits(before, after),
        one => vec![one.clone()],
    }
}

/// The edits of a step; `None` if the text is not a step.
#[must_use]
pub fn read(step: &str) -> Option<Vec<Edit>> {
    let edits: Vec<Wired<Edit>> = serde_json::from_str(step).ok()?;
    Some(edits.into_iter().map(|Wired(edit)| edit).collect())
}

/// Applies steps to the budget that they start from; false if a step cannot be read.
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
