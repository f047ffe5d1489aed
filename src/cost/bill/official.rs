//! Official prices of pictures that a line does not ask for: another size, another quality, another service tier.

use crate::cost::budget::Budget;
use crate::cost::line::{LineEstimate, Stage};
use crate::cost::money::{Decimal, plus, times};
use crate::cost::rate_card::{Billing, Catalog, Meter, Rates, ServiceTier};
use crate::cost::size::Size;
use crate::cost::tokens::Quality;

/// What one generation costs officially, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Each {
    /// The picture; none where it has no price.
    pub(super) output: Option<Decimal>,
    /// Reference pictures and prompt.
    pub(super) inputs: Decimal,
}

/// Official prices around one line.
pub(super) struct Official<'a> {
    pub(super) line: &'a LineEstimate,
    pub(super) budget: &'a Budget,
    pub(super) catalog: &'a Catalog,
}

impl Official<'_> {
    fn rates(&self, tier: ServiceTier) -> Rates {
        self.budget.card(&self.line.deliverable.model.value).rates(tier).copied().unwrap_or_default()
    }

    /// As the estimate has it.
    pub(super) fn own(stage: &Stage) -> Each {
        let is_output = |meter| matches!(meter, Meter::ImageOutput | Meter::TextOutput);
        let outputs = stage.meters.iter().filter(|meter| is_output(meter.meter)).map(|meter| meter.each);
        let output = sum(outputs);
        let inputs = stage.meters.iter().filter(|meter| !is_output(meter.meter)).filter_map(|meter| meter.each);
        Each { output, inputs: sum(inputs.map(Some)).unwrap_or_default() }
    }

    /// The same generation at another tier's rates.
    pub(super) fn at_tier(&self, stage: &Stage, tier: ServiceTier) -> Each {
        let rates = self.rates(tier);
        let cost = |meter: &crate::cost::line::MeterLine| match (meter.tokens, rates.get(meter.meter)) {
            (Some(tokens), _) if tokens.is_zero() => Some(Decimal::ZERO),
            (tokens, rate) => per_million(tokens?, rate?),
        };
        let inputs = stage.meters.iter().filter(|meter| meter.meter != Meter::ImageOutput).filter_map(cost);
        let drawn = stage.size.zip(stage.quality);
        let output = drawn.and_then(|(size, quality)| self.picture(size, quality, tier));
        Each { output, inputs: sum(inputs.map(Some)).unwrap_or_default() }
    }

    /// The price of one picture, streamed partials included.
    pub(super) fn picture(&self, size: Size, quality: Quality, tier: ServiceTier) -> Option<Decimal> {
        let line = &self.line.deliverable;
        let model = &line.model.value;
        let partial =
            times(Decimal::from(self.catalog.extras.partial_image_tokens), Decimal::from(line.partial_images.value))
                .ok()?;
        let rate = self.rates(tier).get(Meter::ImageOutput);
        let listed = match (model.billing, tier) {
            (Billing::Tokens, _) | (_, ServiceTier::Batch) => None,
            _ => model.image_price(size, quality),
        };
        if let Some(price) = listed {
            let extra = if partial.is_zero() { Decimal::ZERO } else { per_million(partial, rate?)? };
            return plus(price, extra).ok();
        }
        if model.billing == Billing::ImagePrice {
            return None;
        }
        let tokens = Decimal::from(model.output.count(size, quality)?);
        per_million(plus(tokens, partial).ok()?, rate?)
    }
}

fn sum(parts: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    parts.into_iter().try_fold(Decimal::ZERO, |sum, part| plus(sum, part?).ok())
}

pub(super) fn per_million(tokens: Decimal, rate: Decimal) -> Option<Decimal> {
    times(times(tokens, rate).ok()?, Decimal::new(1, 6)).ok().map(|cost| cost.normalize())
}
