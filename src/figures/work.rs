//! The work of a stage as an equation: finals, times what each takes, and the images that this becomes.

use super::count::{count, finals};
use super::factor::printed_factor;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::words;

/// The parts of `10 × 2.00 = 20`, each as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageWork {
    /// The finals, with their repetitions.
    pub finals: String,
    /// Drafts per final, or tries per final.
    pub times: String,
    /// `=`, or `→` where calls make several images each, so that no product is shown.
    pub becomes: &'static str,
    /// The images of the stage.
    pub images: String,
}

impl StageWork {
    /// The work of one stage of a line; what is unknown or unreadable is said to be unknown.
    #[must_use]
    pub fn of(line: &LineEstimate, stage: &Stage) -> StageWork {
        let unknown = || words::unknown().to_owned();
        let deliverable = &line.deliverable;
        let drafts = deliverable.explore.as_ref().filter(|_| stage.kind == StageKind::Explore);
        let times = match drafts {
            Some(explore) => explore.drafts_per_final.value.to_string(),
            None => deliverable.factor.filter(|_| deliverable.retry.readable).map_or_else(unknown, printed_factor),
        };
        let readable = deliverable.finals.readable && deliverable.repeat.readable;
        StageWork {
            finals: if readable { finals(deliverable) } else { unknown() },
            times,
            becomes: if drafts.is_none() && line.makes_several() { "→" } else { "=" },
            images: stage.count.as_ref().map_or_else(unknown, |made| count(made.images.number())),
        }
    }
}
