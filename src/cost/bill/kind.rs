//! The kind of work of a line: everything that its bill depends on except the quantity.

use super::amount::{Amounts, INPUTS, Quantity, inputs_of, per_million};
use crate::cost::base::count::{Count, Expected};
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Budget;
use crate::cost::budget::Catalog;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::cost::rates::rate_card::{Billing, Meter, Model, Rates, ServiceTier};
use std::sync::Arc;

/// How much is known of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// Unknown.
    No,
    /// Known to be zero.
    Nothing,
    /// Known and not zero.
    Something,
}

impl Known {
    fn of<T: Default + PartialEq>(amount: Option<T>) -> Known {
        match amount {
            None => Known::No,
            Some(amount) if amount == T::default() => Known::Nothing,
            Some(_) => Known::Something,
        }
    }
}

/// One meter of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Metered {
    pub(super) tokens: Known,
    /// One image has an official price.
    pub(super) priced: bool,
    /// The price is part of the official bill, which leaves out stages with unreadable values.
    pub(super) counted: bool,
}

/// The properties of a stage that its price depends on; lines are grouped by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    pub(super) size: Option<Size>,
    pub(super) quality: Option<Quality>,
    /// Measured output tokens, without streamed partial images.
    pub(super) measured: Option<u64>,
    pub(super) count: Known,
    /// An image has an official price.
    pub(super) each: bool,
    /// The stage has an official price.
    pub(super) total: bool,
    pub(super) output: Metered,
    pub(super) inputs: [Metered; 4],
}

const UNUSED: Metered = Metered { tokens: Known::Nothing, priced: true, counted: false };

impl Shape {
    fn of(stage: &Stage) -> Shape {
        let mut shape = Shape {
            size: stage.size,
            quality: stage.quality,
            measured: None,
            count: Known::of(stage.count.as_ref().map(|count| count.images.number())),
            each: stage.each.is_some(),
            total: stage.total.is_some(),
            output: UNUSED,
            inputs: [UNUSED; 4],
        };
        for meter in &stage.meters {
            let metered = Metered {
                tokens: match meter.tokens {
                    None => Known::No,
                    Some(tokens) if tokens.is_zero() => Known::Nothing,
                    Some(_) => Known::Something,
                },
                priced: meter.each.is_some(),
                // A stage whose sum ran out of digits is not part of the bill, whatever its meters cost.
                counted: meter.cost.is_some() && !stage.known.is_zero(),
            };
            match meter.meter {
                Meter::ImageOutput | Meter::TextOutput => {
                    shape.output = metered;
                    shape.measured = meter.beside.map(|beside| beside.measured);
                }
                Meter::ImageInput => shape.inputs[0] = metered,
                Meter::ImageInputCached => shape.inputs[1] = metered,
                Meter::TextInput => shape.inputs[2] = metered,
                Meter::TextInputCached => shape.inputs[3] = metered,
            }
        }
        shape
    }

    /// Whether every meter of one image has an official price.
    pub(super) fn all_priced(&self) -> bool {
        self.output.priced && self.inputs.iter().all(|input| input.priced)
    }
}

/// Equal for lines of one kind, as long as the official prices do not change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The model's address; the kind holds the model alive, so that no other can reuse the address.
    model: usize,
    readable: bool,
    buffer_readable: bool,
    /// The official surcharge in percent; `None` if it is unreadable.
    surcharge: Option<Decimal>,
    service: ServiceTier,
    partial_images: u64,
    /// Of drafts, of finals.
    references: [u64; 2],
    /// Drafts, finals.
    stages: [Option<Shape>; 2],
}

impl Key {
    pub(super) fn of(line: &LineEstimate) -> Key {
        let mut stages = [None; 2];
        for stage in &line.stages {
            stages[stage.kind as usize] = Some(Shape::of(stage));
        }
        let deliverable = &line.deliverable;
        Key {
            model: Arc::as_ptr(&deliverable.model.value) as usize,
            readable: deliverable.model.readable,
            buffer_readable: deliverable.buffer.readable && buffered(line).is_some(),
            surcharge: deliverable.surcharge.readable.then(|| deliverable.surcharge.value.normalize()),
            service: deliverable.service.value,
            partial_images: deliverable.partial_images.value,
            references: references(line),
            stages,
        }
    }
}

/// The reference images sent with each call, of drafts and of finals. Measured reference tokens, which are those of finals
/// alone, come from one image at least, even if none is listed.
fn references(line: &LineEstimate) -> [u64; 2] {
    let listed = line.deliverable.references.value.len().try_into().unwrap_or(u64::MAX);
    let are_measured = line.deliverable.measured_reference().is_some_and(|tokens| tokens > 0);
    let mut sent = [listed; 2];
    if listed == 0 && are_measured {
        sent[StageKind::Final as usize] = 1;
    }
    sent
}

/// One stage of a kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) kind: StageKind,
    pub(super) shape: Shape,
    /// Tokens of an image, and its official price.
    pub(super) output_tokens: Option<Decimal>,
    output_each: Option<Decimal>,
}

impl Work {
    /// Finals with an official price and these inputs, whatever their size and quality.
    fn of_picture(inputs: [Metered; 4]) -> Work {
        let output = Metered { tokens: Known::Something, priced: true, counted: true };
        let count = Known::Something;
        let shape = Shape { size: None, quality: None, measured: None, count, each: true, total: true, output, inputs };
        Work { kind: StageKind::Final, shape, output_tokens: None, output_each: None }
    }
}

/// A kind of work with the official prices around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) model: Arc<Model>,
    /// Whether the model is readable.
    pub(super) readable: bool,
    /// Whether the buffer is readable.
    pub(super) buffer_readable: bool,
    /// The official surcharge in percent; `None` if it is unreadable.
    pub(super) surcharge: Option<Decimal>,
    pub(super) service: ServiceTier,
    /// Reference images sent with each call, of drafts and of finals.
    references: [u64; 2],
    pub(super) stages: [Option<Work>; 2],
    /// Tokens of the partial images streamed with each image; `None` if digits run out.
    partial: Option<Decimal>,
    /// Official rates, by service tier.
    rates: [Rates; 2],
}

/// The official cost of one image, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Each {
    /// The image itself; `None` if it has no price.
    pub(super) output: Option<Decimal>,
    /// USD per 1,000,000 tokens of each input; 0 if the work has no such input or the input has no price.
    pub(super) inputs: [Decimal; 4],
}

/// 1 plus the buffer's share.
fn buffered(line: &LineEstimate) -> Option<Decimal> {
    let share = times(line.deliverable.buffer.value, Decimal::new(1, 2)).ok()?;
    plus(share, Decimal::ONE).ok()
}

impl Kind {
    pub(super) fn of(key: &Key, line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> Kind {
        let model = &line.deliverable.model.value;
        let rates = |tier| budget.card(model).rates(tier).copied().unwrap_or_default();
        let mut stages = [None; 2];
        for stage in &line.stages {
            let at = stage.kind as usize;
            let output = stage.meters.iter().find(|meter| meter.meter == Meter::ImageOutput);
            stages[at] = key.stages[at].map(|shape| Work {
                kind: stage.kind,
                shape,
                output_tokens: output.and_then(|meter| meter.tokens),
                output_each: output.and_then(|meter| meter.each),
            });
        }
        let images = Decimal::from(line.deliverable.partial_images.value);
        Kind {
            model: Arc::clone(model),
            readable: key.readable,
            buffer_readable: key.buffer_readable,
            surcharge: key.surcharge,
            service: key.service,
            references: key.references,
            stages,
            partial: times(Decimal::from(catalog.extras.partial_image_tokens), images).ok(),
            rates: [rates(ServiceTier::Standard), rates(ServiceTier::Batch)],
        }
    }

    /// An image alone: without inputs, surcharge and previews, at standard service.
    pub(super) fn of_alone(model: &Arc<Model>, budget: &Budget) -> Kind {
        let rates = |tier| budget.card(model).rates(tier).copied().unwrap_or_default();
        Kind {
            model: Arc::clone(model),
            readable: true,
            buffer_readable: true,
            surcharge: Some(Decimal::ZERO),
            service: ServiceTier::Standard,
            references: [0; 2],
            stages: [None, Some(Work::of_picture([UNUSED; 4]))],
            partial: Some(Decimal::ZERO),
            rates: [rates(ServiceTier::Standard), rates(ServiceTier::Batch)],
        }
    }

    /// Reference images sent with each call of a stage.
    pub(super) fn sent(&self, stage: StageKind) -> u64 {
        self.references[stage as usize]
    }

    /// The same kind with finals alone that have the inputs of this work; `None` if an input has no official price.
    pub(super) fn with_inputs_of(mut self, work: &Work) -> Option<Kind> {
        let mut inputs = work.shape.inputs;
        for input in &mut inputs {
            input.counted = true;
        }
        let known = inputs.iter().all(|input| input.priced && input.tokens != Known::No);
        (self.stages, self.buffer_readable) = ([None, Some(Work::of_picture(inputs))], true);
        known.then_some(self)
    }

    /// The same kind with images of this size and quality, by their measured tokens if `measured` is such an image; `None` if
    /// they have no official price.
    pub(super) fn with_picture(&self, size: Size, quality: Quality, measured: Option<Work>) -> Option<Kind> {
        let mut work = self.stages[StageKind::Final as usize]?;
        (work.shape.size, work.shape.quality) = (Some(size), Some(quality));
        work.shape.measured = measured.and_then(|work| work.shape.measured);
        let picture = self.own_picture(&work, self.service)?;
        work.output_each = Some(plus(picture, self.previews(self.service)?).ok()?);
        work.output_tokens = match measured {
            Some(measured) => measured.output_tokens,
            None => self.tokens(size, quality),
        };
        let mut kind = self.clone();
        kind.stages[StageKind::Final as usize] = Some(work);
        Some(kind)
    }

    pub(super) fn rates(&self, tier: ServiceTier) -> &Rates {
        &self.rates[tier as usize]
    }

    /// The prices as in the estimate.
    pub(super) fn own(&self, work: &Work) -> Each {
        let has = |at: usize| work.shape.inputs[at].priced && work.shape.inputs[at].tokens == Known::Something;
        Each { output: work.output_each, inputs: inputs_of(self.rates(self.service), has) }
    }

    /// The prices that the official bill includes.
    pub(super) fn counted(&self, work: &Work) -> Each {
        let has = |at: usize| work.shape.inputs[at].counted && work.shape.inputs[at].tokens == Known::Something;
        let output = work.output_each.filter(|_| work.shape.output.counted);
        Each { output, inputs: inputs_of(self.rates(self.service), has) }
    }

    /// The same image at another service tier's rates.
    pub(super) fn at_tier(&self, work: &Work, tier: ServiceTier) -> Each {
        let has = |at: usize| work.shape.inputs[at].tokens == Known::Something;
        let output = self.own_picture(work, tier).and_then(|picture| plus(picture, self.previews(tier)?).ok());
        Each { output, inputs: inputs_of(self.rates(tier), has) }
    }

    /// The price of the partial images streamed with one image; `None` if the model has no price for them.
    pub(super) fn previews(&self, tier: ServiceTier) -> Option<Decimal> {
        match self.partial? {
            none if none.is_zero() => Some(Decimal::ZERO),
            tokens => per_million(tokens, self.rates(tier).get(Meter::ImageOutput)?),
        }
    }

    /// The price of the work's image at a tier, without its streamed partial images: by measured tokens if it has any.
    pub(super) fn own_picture(&self, work: &Work, tier: ServiceTier) -> Option<Decimal> {
        match work.shape.measured {
            Some(tokens) => self.of_tokens(tokens, tier),
            None => self.picture(work.shape.size?, work.shape.quality?, tier),
        }
    }

    /// Output tokens of one image with its streamed partial images; `None` if nothing is published.
    pub(super) fn tokens(&self, size: Size, quality: Quality) -> Option<Decimal> {
        plus(Decimal::from(self.model.output.count(size, quality)?), self.partial?).ok()
    }

    fn of_tokens(&self, tokens: u64, tier: ServiceTier) -> Option<Decimal> {
        let rate = self.rates(tier).get(Meter::ImageOutput)?;
        per_million(Decimal::from(tokens), rate).map(|cost| cost.normalize())
    }

    /// The price of one image, without its streamed partial images.
    pub(super) fn picture(&self, size: Size, quality: Quality, tier: ServiceTier) -> Option<Decimal> {
        let model = &self.model;
        let listed = match (model.billing, tier) {
            (Billing::Tokens, _) | (_, ServiceTier::Batch) => None,
            _ => model.image_price(size, quality),
        };
        if listed.is_some() || model.billing == Billing::ImagePrice {
            return listed;
        }
        self.of_tokens(model.output.count(size, quality)?, tier)
    }
}

/// The quantities of one line by stage; `None` for a stage that it does not have, or if digits run out.
pub(super) fn amounts(line: &LineEstimate) -> [Option<Amounts>; 2] {
    let mut amounts = [None, None];
    for stage in &line.stages {
        let images = if stage.kind == StageKind::Final { line.deliverable.images_per_call.value } else { 1 };
        amounts[stage.kind as usize] = buffered(line).map(|buffered| Amounts::Line {
            one: Quantity { pictures: Decimal::ONE, tokens: input_tokens(stage), ..Quantity::default() },
            count: stage.count.clone().unwrap_or_else(|| Count::single(Expected::whole(0))),
            images: Decimal::from(images),
            buffered,
        });
    }
    amounts
}

/// Tokens of each input of an image; 0 if there are none or their number is unknown.
pub(super) fn input_tokens(stage: &Stage) -> [Decimal; 4] {
    INPUTS.map(|input| {
        let meter = stage.meters.iter().find(|meter| meter.meter == input);
        meter.and_then(|meter| meter.tokens).unwrap_or_default()
    })
}
