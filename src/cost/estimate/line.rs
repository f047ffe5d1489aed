//! One line of the worksheet: its stages, their meters, subtotal, buffer and total, each with the numbers behind it.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Count;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::estimate::issue::Issue;
use crate::cost::rates::rate_card::Meter;

/// Which part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageKind {
    /// Cheap drafts before the finals.
    Explore,
    /// The finals and their retries.
    Final,
}

impl StageKind {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["explore", "final"][self as usize]
    }
}

/// One meter of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterLine {
    /// Which meter.
    pub meter: Meter,
    /// Tokens of each generation; none where nothing is published. A cached share can make it fractional.
    pub tokens: Option<Decimal>,
    /// USD per 1,000,000 tokens; none where nothing is published.
    pub rate: Option<Decimal>,
    /// USD per image where the official price per image is used instead of tokens times rate.
    pub image_price: Option<Decimal>,
    /// USD of one generation.
    pub each: Option<Decimal>,
    /// USD of all generations.
    pub cost: Option<Decimal>,
}

/// One stage of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Which part of the work.
    pub kind: StageKind,
    /// Pixels; none for `auto`.
    pub size: Option<Size>,
    /// Quality; none for `auto`.
    pub quality: Option<Quality>,
    /// Generations and calls; none where the retry factor is not known.
    pub count: Option<Count>,
    /// The meters of a bill that can arise, in its order.
    pub meters: Vec<MeterLine>,
    /// USD of one generation; none where a part has no price.
    pub each: Option<Decimal>,
    /// USD of the stage; none where a part has no price.
    pub total: Option<Decimal>,
    /// What is known of the stage's USD.
    pub known: Decimal,
}

/// What one line comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEstimate {
    /// The line's key.
    pub key: String,
    /// The values that were counted with, and the layer each comes from.
    pub deliverable: Deliverable,
    /// Explore, if there is one, then final.
    pub stages: Vec<Stage>,
    /// USD before the buffer; none where a part has no price.
    pub subtotal: Option<Decimal>,
    /// What is known of the subtotal.
    pub known_subtotal: Decimal,
    /// USD of the buffer.
    pub buffer: Option<Decimal>,
    /// USD with the buffer.
    pub total: Option<Decimal>,
    /// Cheapest and dearest total where size or quality is left to the model.
    pub bracket: Option<(Decimal, Decimal)>,
    /// What has to be said about the line.
    pub issues: Vec<Issue>,
}

impl LineEstimate {
    /// The stage of the finals.
    #[must_use]
    pub fn final_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// Generations of all stages.
    #[must_use]
    pub fn generations(&self) -> Option<u64> {
        self.stages.iter().try_fold(0_u64, |sum, stage| sum.checked_add(stage.count?.generations))
    }
}
