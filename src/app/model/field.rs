//! The fields of the four panes: the knobs of the knob table, and the acceptance rate as another view of the retry factor.

use crate::cost::budget::knob::Scope;
use crate::cost::{Knob, Pane};

/// A field of a pane, which can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A knob.
    Knob(Knob),
    /// The retry factor, shown as the share of images that is kept.
    Accepted,
}

impl Field {
    /// The knob that the field changes.
    #[must_use]
    pub fn knob(self) -> Knob {
        match self {
            Field::Knob(knob) => knob,
            Field::Accepted => Knob::Retry,
        }
    }
}

/// The fields of a pane from top to bottom; `whole_project` if the assumptions are shown and not a deliverable, `explores` if
/// there are drafts.
#[must_use]
pub fn fields(pane: Pane, whole_project: bool, explores: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    for row in pane.knobs() {
        // Finals stay visible for the whole project: they show the sum, and typing a number adds the first deliverable.
        if whole_project && row.scope == Scope::Deliverable && row.knob != Knob::Finals {
            continue;
        }
        if !explores && matches!(row.knob, Knob::DraftQuality | Knob::DraftSize) {
            continue;
        }
        fields.push(Field::Knob(row.knob));
        if row.knob == Knob::Retry {
            fields.push(Field::Accepted);
        }
    }
    fields
}
