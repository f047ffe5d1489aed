//! Memory of outdated figures, reused for new ones: allocating and freeing it for each line takes as long as the arithmetic.

use crate::cost::estimate::line::{LineEstimate, MeterLine, Stage};

/// The memory of a line's outdated figures.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) key: String,
    pub(super) stages: Vec<Stage>,
    /// Of each stage.
    pub(super) meters: [Vec<MeterLine>; 2],
}

impl Scratch {
    pub(super) fn of(line: &mut LineEstimate) -> Scratch {
        let (key, mut stages) = (std::mem::take(&mut line.key), std::mem::take(&mut line.stages));
        let mut meters = [Vec::new(), Vec::new()];
        for stage in stages.drain(..) {
            meters[stage.kind as usize] = stage.meters;
        }
        Scratch { key, stages, meters }
    }
}
