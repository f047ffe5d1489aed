//! Issues with one cause, put together: an inherited value that many deliverables share is one issue with its heirs.

use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Knob, Layer};
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::issue::{Issue, IssueKind};
use std::collections::HashMap;

/// An issue, and how many deliverables have it from the same cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grouped<'a> {
    /// The issue of the first deliverable.
    pub issue: &'a Issue,
    /// How many deliverables have it: 0 for an issue of the project, 1 if no other shares its cause.
    pub heirs: usize,
    /// The layer of the shared value; `None` if each has its own, or no value is concerned.
    pub layer: Option<Layer>,
}

impl Grouped<'_> {
    /// Whether several deliverables share the cause.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.heirs > 1
    }
}

/// Where the cause of an issue is: the same for all deliverables that share it.
#[derive(PartialEq, Eq, Hash)]
struct Cause<'a> {
    knob: Option<Knob>,
    layer: Option<Layer>,
    preset: Option<&'a str>,
    kind: &'a IssueKind,
}

/// All issues in their order, the project's first; those with one cause stand together where the first of them would.
#[must_use]
pub fn grouped(estimate: &Estimate) -> Vec<Grouped<'_>> {
    let own = estimate.issues.iter().map(|issue| Grouped { issue, heirs: 0, layer: None });
    let mut groups: Vec<Grouped<'_>> = own.collect();
    let mut places: HashMap<Cause<'_>, usize> = HashMap::new();
    for line in &estimate.lines {
        for issue in &line.issues {
            let published = is_of_published(&issue.kind);
            let layer = issue.knob.map(|knob| layer(&line.deliverable, knob)).filter(|_| !published);
            let alone = Grouped { issue, heirs: 1, layer };
            if layer == Some(Layer::Deliverable) || (layer.is_none() && !published) {
                groups.push(Grouped { layer: None, ..alone });
                continue;
            }
            let preset = line.deliverable.preset.as_deref().filter(|_| layer == Some(Layer::Preset));
            let cause = Cause { knob: issue.knob, layer, preset, kind: &issue.kind };
            let at = *places.entry(cause).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.heirs += 1,
                None => groups.push(alone),
            }
        }
    }
    groups
}

/// Issues that published facts cause, not a value of the project.
fn is_of_published(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::RateUnknown { .. }
            | IssueKind::RetryGuess { .. }
            | IssueKind::BatchNotOffered { .. }
            | IssueKind::TokensUnknown { .. }
            | IssueKind::TokensApproximate { .. }
            | IssueKind::ReferenceTokensUnknown { .. }
    )
}

/// The layer that a deliverable's value comes from.
#[must_use]
pub fn layer(line: &Deliverable, knob: Knob) -> Layer {
    if matches!(knob, Knob::Preset | Knob::Cap) {
        return Layer::Deliverable;
    }
    line.get(knob).map_or(Layer::BuiltIn, |from| from.layer)
}
