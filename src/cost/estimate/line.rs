//! One line of the worksheet: its stages, their meters, subtotal, buffer and total, each with its numbers.

use crate::cost::base::count::Count;
use crate::cost::base::money::{Decimal, plus};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::estimate::issue::Issue;
use crate::cost::rates::rate_card::{Meter, Model};

/// Drafts or finals.
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

/// Measured tokens that count in place of the formula, with the formula's figure beside them: of one image, without streamed
/// partial images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// As measured.
    pub measured: u64,
    /// By the formula; `None` if it has no figure.
    pub formula: Option<u64>,
}

/// One meter of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterLine {
    /// Which meter.
    pub meter: Meter,
    /// Tokens of each image; `None` if nothing is published. A cached share can make them fractional.
    pub tokens: Option<Decimal>,
    /// USD per 1,000,000 tokens; `None` if nothing is published.
    pub rate: Option<Decimal>,
    /// USD per image if the official price per image applies instead of tokens times rate.
    pub image_price: Option<Decimal>,
    /// Measured tokens, if they count here; of both meters of reference images together, beside the plain one.
    pub beside: Option<Beside>,
    /// USD of one image.
    pub each: Option<Decimal>,
    /// USD of all images.
    pub cost: Option<Decimal>,
}

/// One stage of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Drafts or finals.
    pub kind: StageKind,
    /// Pixels; `None` for `auto`.
    pub size: Option<Size>,
    /// Quality; `None` for `auto`.
    pub quality: Option<Quality>,
    /// Images and calls; `None` if the retry factor is not known.
    pub count: Option<Count>,
    /// The meters that can apply, in the order of a bill.
    pub meters: Vec<MeterLine>,
    /// USD of one image; `None` if a part has no price.
    pub each: Option<Decimal>,
    /// USD of the stage; `None` if a part has no price.
    pub total: Option<Decimal>,
    /// The known part of the stage's USD.
    pub known: Decimal,
}

/// Which charges beside the images a line has, known or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Charged {
    /// A surcharge.
    pub surcharge: bool,
    /// Fees.
    pub fees: bool,
}

impl Charged {
    /// Whether there is anything but images.
    #[must_use]
    pub fn any(self) -> bool {
        self.surcharge || self.fees
    }
}

/// The estimate of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEstimate {
    /// The line's key.
    pub key: String,
    /// The resolved values, and the layer that each comes from.
    pub deliverable: Deliverable,
    /// The drafts stage if there is one, then the finals.
    pub stages: Vec<Stage>,
    /// USD of the images of all stages; `None` if a part has no price.
    pub images_cost: Option<Decimal>,
    /// USD of the surcharge on them, 0 without one; `None` if it or the images have no price.
    pub surcharge: Option<Decimal>,
    /// USD of the line's fees, 0 without any; `None` if an amount or a count is unknown.
    pub fees: Option<Decimal>,
    /// USD before the buffer, images, surcharge and fees; `None` if a part has no price.
    pub subtotal: Option<Decimal>,
    /// The known part of the subtotal.
    pub known_subtotal: Decimal,
    /// USD of the buffer.
    pub buffer: Option<Decimal>,
    /// USD with the buffer.
    pub total: Option<Decimal>,
    /// What the provider's bill holds, images and surcharge, in USD: before the buffer, and with it. `None` if a part has no
    /// price.
    pub official: Option<(Decimal, Decimal)>,
    /// Whether anything but images is charged for the line, or is unreadable.
    pub charged: Charged,
    /// Lowest and highest total if size or quality is left to the model.
    pub bracket: Option<Bracket>,
    /// The line's issues.
    pub issues: Vec<Issue>,
}

/// The lowest and the highest total, in USD, of what is left to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    /// The lowest.
    pub least: Decimal,
    /// The highest.
    pub most: Decimal,
    /// Whether one of them rests on an approximate number of tokens.
    pub approximate: bool,
}

impl Stage {
    /// Whether its cost rests on an approximate number of tokens.
    #[must_use]
    pub fn is_approximate(&self, model: &Model) -> bool {
        let drawn = self.size.zip(self.quality);
        drawn.is_some_and(|(size, quality)| model.output.is_approximate(size, quality)) && !self.has_measured_output()
    }

    /// Whether a known part of its cost rests on one: without a rate, an approximate number of tokens costs nothing known.
    fn has_approximate_cost(&self, model: &Model) -> bool {
        let is_priced = |meter: &MeterLine| meter.meter == Meter::ImageOutput && meter.cost.is_some();
        self.is_approximate(model) && self.meters.iter().any(is_priced)
    }

    /// Whether a meter of it rests on an approximate number of tokens.
    #[must_use]
    pub fn rests_on_estimate(&self, meter: &MeterLine, model: &Model) -> bool {
        meter.meter == Meter::ImageOutput && meter.image_price.is_none() && self.is_approximate(model)
    }

    /// Whether measured output tokens count instead of the model's own count.
    #[must_use]
    pub fn has_measured_output(&self) -> bool {
        self.meters.iter().any(|meter| meter.meter == Meter::ImageOutput && meter.beside.is_some())
    }
}

impl LineEstimate {
    /// Whether its cost, or the known part of it, rests on an approximate number of tokens.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.stages.iter().any(|stage| stage.has_approximate_cost(&self.deliverable.model.value))
    }

    /// Whether a number of tokens is approximate, priced or not: another seller may have a price for it.
    #[must_use]
    pub fn has_approximate_tokens(&self) -> bool {
        self.stages.iter().any(|stage| stage.is_approximate(&self.deliverable.model.value))
    }

    /// The stage of the finals.
    #[must_use]
    pub fn final_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// Images and calls of the finals; `None` if they are unknown.
    #[must_use]
    pub fn final_count(&self) -> Option<&Count> {
        self.final_stage()?.count.as_ref()
    }

    /// The measured tokens of the finals that count, by meter, with the formula's figures beside them.
    pub fn measured(&self) -> impl Iterator<Item = (Meter, Beside)> {
        let meters = self.final_stage().into_iter().flat_map(|stage| &stage.meters);
        meters.filter_map(|meter| Some((meter.meter, meter.beside?)))
    }

    /// Whether measured tokens count.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.measured().next().is_some()
    }

    /// Whether its calls make several images each, so that its images are no product of finals and tries.
    #[must_use]
    pub fn makes_several(&self) -> bool {
        self.deliverable.images_per_call.value > 1
    }

    /// Images generated in all stages: an expected number, each stage rounded to 18 decimals.
    #[must_use]
    pub fn images(&self) -> Option<Decimal> {
        let mut counts = self.stages.iter().map(|stage| stage.count.as_ref().map(|count| count.images.number()));
        counts.try_fold(Decimal::ZERO, |sum, images| plus(sum, images?).ok())
    }
}
