//! The calculation behind a figure: each step with its formula's numbers, and the source of each number.

use crate::cost::base::count::{Count, Expected};
use crate::cost::base::money::{Decimal, plus};
use crate::cost::base::retry::{Factor, Pick};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::{OutputTokens, Quality};
use crate::cost::budget::Budget;
use crate::cost::budget::Catalog;
use crate::cost::estimate::estimate::Estimate;
use crate::cost::estimate::invoice_steps::{self, InvoiceStep, Term};
use crate::cost::estimate::line::{Beside, LineEstimate, Stage, StageKind};
use crate::cost::rates::rate_card::{Extras, Meter, Provenance, ServiceTier};

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `u = round(B·short/long)`, `tokens = ceil(B·u·(offset + w·h)/divisor)`.
    GridTokens {
        /// Pixels.
        size: Size,
        /// Quality.
        quality: Quality,
        /// Grid edge B.
        edge: u32,
        /// u, cells along the short edge.
        short_cells: u64,
        /// Added to the pixels.
        area_offset: u64,
        /// Divides the product.
        area_divisor: u64,
        /// Tokens of one image.
        tokens: u64,
        /// Whether that number is approximate.
        approximate: bool,
        /// Source of the formula.
        provenance: Provenance,
    },
    /// Tokens from a published table.
    ListedTokens {
        /// Pixels.
        size: Size,
        /// Quality.
        quality: Quality,
        /// Tokens of one image.
        tokens: u64,
        /// Whether that number is approximate.
        approximate: bool,
        /// Source of the table.
        provenance: Provenance,
    },
    /// Measured tokens count in place of the formula.
    MeasuredTokens {
        /// Image output or image input.
        meter: Meter,
        /// The figures.
        beside: Beside,
        /// Where the measured ones are from, if that is said.
        source: Option<String>,
    },
    /// Streamed partial images add output tokens.
    PartialTokens {
        /// Number per image.
        partials: u64,
        /// Tokens of each.
        each: u64,
        /// Source of the number.
        provenance: Provenance,
    },
    /// Tokens of the reference images sent with each call.
    ReferenceTokens {
        /// Each reference image and its tokens.
        pictures: Vec<(Size, u64)>,
        /// Source of the rule.
        provenance: Provenance,
    },
    /// Prompt tokens and their overhead.
    TextTokens {
        /// Of the prompt.
        prompt: u64,
        /// Added to it.
        overhead: u64,
        /// Source of the overhead.
        provenance: Provenance,
    },
    /// A share of the input tokens is served from the cache.
    CachedShare {
        /// In percent.
        percent: Decimal,
    },
    /// `images = finals · a/b` and its variants for several images per call.
    Images {
        /// Number of finals.
        finals: u64,
        /// How many times over.
        repeat: u64,
        /// The retry factor.
        factor: Factor,
        /// Images per call.
        images_per_call: u64,
        /// How many images of one call may become finals.
        pick: Pick,
        /// The resulting count.
        count: Count,
    },
    /// `drafts = finals · drafts each`.
    Drafts {
        /// Number of finals.
        finals: u64,
        /// How many times over.
        repeat: u64,
        /// Drafts per final.
        drafts: u64,
        /// The resulting number of images.
        images: Expected,
    },
    /// `cost = images · tokens · rate / 1,000,000`.
    MeterCost {
        /// Which meter.
        meter: Meter,
        /// Images paid for.
        images: Expected,
        /// Tokens of each image.
        tokens: Decimal,
        /// USD per 1,000,000 tokens.
        rate: Decimal,
        /// The service tier.
        service: ServiceTier,
        /// USD.
        cost: Decimal,
        /// Whether the number of tokens is approximate, and with it the cost.
        approximate: bool,
        /// Source of the rate.
        provenance: Provenance,
        /// Whether the project pinned the rate.
        pinned: bool,
    },
    /// `cost = images · price per image`.
    ImageCost {
        /// Images paid for.
        images: Expected,
        /// USD of each.
        price: Decimal,
        /// USD.
        cost: Decimal,
        /// Source of the price.
        provenance: Provenance,
    },
    /// A part that has no price.
    Unknown {
        /// Which meter.
        meter: Meter,
    },
    /// A step of an invoice that has more than images.
    Invoice(InvoiceStep),
    /// `subtotal = Σ parts`.
    Subtotal {
        /// USD of each part.
        parts: Vec<Term>,
        /// USD.
        subtotal: Term,
    },
    /// `buffer = subtotal · percent`.
    Buffer {
        /// USD.
        subtotal: Term,
        /// Percent.
        percent: Decimal,
        /// USD.
        buffer: Term,
    },
    /// `total = subtotal + buffer`.
    Total {
        /// USD.
        subtotal: Term,
        /// USD.
        buffer: Term,
        /// USD.
        total: Term,
    },
}

/// The calculation of a line's total, from tokens to cents.
#[must_use]
pub fn of_line(line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> Vec<Step> {
    let mut steps = Vec::new();
    for stage in &line.stages {
        steps.extend(of_stage(stage, line, budget, catalog));
    }
    let invoice = invoice_steps::of_line(line, budget);
    let is_charged = line.charged.any();
    steps.extend(invoice.into_iter().map(Step::Invoice));
    let charged = steps.iter().rev().find_map(|step| match step {
        Step::Invoice(InvoiceStep::Subtotal { subtotal, .. }) => Some(subtotal.approximate),
        _ => None,
    });
    let approximate = charged.unwrap_or_else(|| line.is_approximate());
    let term = |usd: Option<Decimal>| usd.map(|usd| Term::of(usd, approximate));
    let (subtotal, sums) = (term(line.subtotal), term(line.buffer).zip(term(line.total)));
    if let Some(subtotal) = subtotal.filter(|_| !is_charged) {
        steps.push(Step::Subtotal { parts: invoice_steps::metered(line), subtotal });
        if let Some((buffer, _)) = sums {
            steps.push(Step::Buffer { subtotal, percent: line.deliverable.buffer.value, buffer });
        }
    }
    if let Some((subtotal, (buffer, total))) = subtotal.zip(sums) {
        steps.push(Step::Total { subtotal, buffer, total });
    }
    steps
}

/// The calculation of a project's last total from the sums of its lines; empty if nothing comes on top of them.
#[must_use]
pub fn of_project(estimate: &Estimate, budget: &Budget) -> Vec<Step> {
    invoice_steps::of_project(estimate, budget).into_iter().map(Step::Invoice).collect()
}

/// The calculation of one stage's cost.
#[must_use]
pub fn of_stage(stage: &Stage, line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> Vec<Step> {
    let mut steps = Vec::new();
    count_step(stage, line, &mut steps);
    token_steps(stage, line, catalog, &mut steps);
    cost_steps(stage, line, budget, &catalog.extras, &mut steps);
    steps
}

fn count_step(stage: &Stage, line: &LineEstimate, steps: &mut Vec<Step>) {
    let (Some(count), deliverable) = (stage.count.clone(), &line.deliverable) else { return };
    let (finals, repeat) = (deliverable.finals.value, deliverable.repeat.value);
    match (stage.kind, &deliverable.explore, deliverable.factor) {
        (StageKind::Explore, Some(explore), _) => {
            let drafts = explore.drafts_per_final.value;
            steps.push(Step::Drafts { finals, repeat, drafts, images: count.images });
        }
        (StageKind::Final, _, Some(factor)) => steps.push(Step::Images {
            finals,
            repeat,
            factor,
            images_per_call: deliverable.images_per_call.value,
            pick: deliverable.pick.value,
            count,
        }),
        _ => {}
    }
}

fn token_steps(stage: &Stage, line: &LineEstimate, catalog: &Catalog, steps: &mut Vec<Step>) {
    let deliverable = &line.deliverable;
    let model = &deliverable.model.value;
    let measured = |meter| stage.meters.iter().find(|line| line.meter == meter).and_then(|line| line.beside);
    let measured_step = |meter, beside| {
        let source = deliverable.measured.value.as_ref().and_then(|measured| measured.source.clone());
        Step::MeasuredTokens { meter, beside, source }
    };
    if let Some(beside) = measured(Meter::ImageOutput) {
        steps.push(measured_step(Meter::ImageOutput, beside));
    } else if let (Some(size), Some(quality)) = (stage.size, stage.quality) {
        let provenance = model.output_provenance.clone();
        let approximate = model.output.is_approximate(size, quality);
        if let (Some(count), OutputTokens::Grid { area_offset, area_divisor, .. }) =
            (model.output.grid_count(size, quality), &model.output)
        {
            let (area_offset, area_divisor) = (*area_offset, *area_divisor);
            let (edge, short_cells, tokens) = (count.edge, count.short_cells, count.tokens);
            steps.push(Step::GridTokens {
                size,
                quality,
                edge,
                short_cells,
                area_offset,
                area_divisor,
                tokens,
                approximate,
                provenance,
            });
        } else if let Some(tokens) = model.output.count(size, quality) {
            steps.push(Step::ListedTokens { size, quality, tokens, approximate, provenance });
        }
    }
    let extras = &catalog.extras;
    if deliverable.partial_images.value > 0 {
        let (partials, each) = (deliverable.partial_images.value, extras.partial_image_tokens);
        steps.push(Step::PartialTokens { partials, each, provenance: extras.provenance.clone() });
    }
    let counted = |size: &Size| Some((*size, model.references.count(*size)?));
    let pictures: Vec<_> = deliverable.references.value.iter().filter_map(counted).collect();
    if let Some(beside) = measured(Meter::ImageInput) {
        steps.push(measured_step(Meter::ImageInput, beside));
    } else if !pictures.is_empty() {
        steps.push(Step::ReferenceTokens { pictures, provenance: model.references_provenance.clone() });
    }
    if stage.meters.iter().any(|meter| meter.meter == Meter::TextInput) {
        let (prompt, overhead) = (deliverable.prompt_tokens.value, extras.prompt_overhead_tokens);
        steps.push(Step::TextTokens { prompt, overhead, provenance: extras.provenance.clone() });
    }
    if !deliverable.cached_input.value.is_zero() {
        steps.push(Step::CachedShare { percent: deliverable.cached_input.value });
    }
}

fn cost_steps(stage: &Stage, line: &LineEstimate, budget: &Budget, extras: &Extras, steps: &mut Vec<Step>) {
    let model = &line.deliverable.model.value;
    let card = budget.card(model);
    let pinned = !std::ptr::eq(card, &model.card);
    let images = stage.count.as_ref().map_or_else(|| Expected::whole(0), |count| count.images.clone());
    for meter in &stage.meters {
        let provenance = card.provenance.clone();
        match (meter.image_price, meter.tokens, meter.rate, meter.cost) {
            (Some(price), _, rate, Some(cost)) => {
                let pictures = images.at(price).unwrap_or(cost).normalize();
                let from = model.card.provenance.clone();
                steps.push(Step::ImageCost { images: images.clone(), price, cost: pictures, provenance: from });
                // Streamed partial images are added by tokens: their cost is the rest.
                let partials = line.deliverable.partial_images.value.saturating_mul(extras.partial_image_tokens);
                if let (Some(rate), 1.., Ok(rest)) = (rate, partials, plus(cost, -pictures)) {
                    steps.push(Step::MeterCost {
                        meter: meter.meter,
                        images: images.clone(),
                        tokens: Decimal::from(partials),
                        rate,
                        service: line.deliverable.service.value,
                        cost: rest.normalize(),
                        approximate: false,
                        provenance,
                        pinned,
                    });
                }
            }
            (None, Some(tokens), Some(rate), Some(cost)) if !tokens.is_zero() => steps.push(Step::MeterCost {
                meter: meter.meter,
                images: images.clone(),
                tokens,
                rate,
                service: line.deliverable.service.value,
                cost,
                approximate: stage.rests_on_estimate(meter, model),
                provenance,
                pinned,
            }),
            (_, Some(tokens), _, _) if tokens.is_zero() => {}
            (_, _, _, None) => steps.push(Step::Unknown { meter: meter.meter }),
            _ => {}
        }
    }
}
