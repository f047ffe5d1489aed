//! From the official bill of a line to a seller's, step by step: each step is an amount of its own.

use super::card::{Card, Inputs, Price, Pricing, Table};
use super::official::{Each, Official, per_million};
use super::pay::Offer;
use super::sums::{LineBill, Missing, Slot};
use crate::cost::line::{Stage, StageKind};
use crate::cost::money::{Decimal, plus, times};
use crate::cost::rate_card::{Meter, Rates, ServiceTier};
use crate::cost::size::{Ratio, Size, SizeRules, Tier};
use crate::cost::tokens::Quality;
use std::sync::Arc;

/// A card with what every line needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prepared {
    pub(super) card: Arc<Card>,
    pub(super) offers: Vec<Offer>,
    /// The step of its prices in USD, by offer: numerator and divisor. Empty where prices are not rounded to a step.
    steps: Vec<(i128, i128)>,
    step: Decimal,
}

impl Prepared {
    /// Ways to pay that its steps differ by.
    pub(super) fn ways(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn new(card: Arc<Card>) -> Prepared {
        let offers = if card.sells_credits() { card.pay.offers() } else { Vec::new() };
        let step = card.step();
        let unit = |offer: Option<&Offer>| {
            let step = super::Fraction::from(step?);
            offer.map_or(step.clone(), |offer| &offer.unit * &step).parts()
        };
        let steps: Vec<_> = match card.sells_credits() {
            true => offers.iter().filter_map(|offer| unit(Some(offer))).collect(),
            false => unit(None).into_iter().collect(),
        };
        // A step that no machine integer holds is no step that anybody rounds to.
        let steps = if steps.len() == offers.len().max(1) { steps } else { Vec::new() };
        Prepared { card, offers, steps, step: step.unwrap_or_default() }
    }

    /// The bill of one line. Digits that run out leave it unknown, never rounded.
    pub(super) fn line(&self, official: &Official<'_>) -> LineBill {
        let mut bill = LineBill::new(self.steps.len());
        let line = official.line;
        let share =
            times(line.deliverable.buffer.value, Decimal::new(1, 2)).and_then(|share| plus(share, Decimal::ONE));
        let readable = line.deliverable.buffer.readable;
        let Some(buffered) = share.ok().filter(|_| readable) else {
            bill.misses(Missing::Unreadable);
            (bill.unpriced, bill.unpriced_officially) = ([true; 2], [true; 2]);
            return bill;
        };
        let model = &line.deliverable.model;
        let known = model.readable && self.card.is_for(&model.value.id);
        for stage in &line.stages {
            let before = bill.sums.get(Slot::Total);
            bill.stage_misses = false;
            let at = stage.kind as usize;
            let one = OneStage { card: self, official, stage, bill: &mut bill, buffered };
            let walked = if known { one.walk() } else { one.not_for(&line.deliverable.model.value.id) };
            if walked.is_none() {
                bill.out_of_digits();
                break;
            }
            bill.unpriced_officially[at] = stage.total.is_none();
            bill.unpriced[at] = bill.stage_misses;
            if stage.kind == StageKind::Explore {
                let (units, official) = (bill.sums.get(Slot::Total), bill.sums.get(Slot::Anchor));
                let split = plus(units, -before).ok().and_then(|units| bill.add(Slot::Drafts, units));
                if split.and_then(|()| bill.add(Slot::OfficialDrafts, official)).is_none() {
                    bill.out_of_digits();
                    break;
                }
            }
        }
        bill
    }
}

/// A picture as the card charges for it.
struct Charged {
    units: Decimal,
    /// The size that stands for everything that has this price.
    like: Option<Size>,
    quality: Option<Quality>,
}

struct OneStage<'a, 'b> {
    card: &'a Prepared,
    official: &'a Official<'a>,
    stage: &'a Stage,
    bill: &'b mut LineBill,
    /// 1 and the buffer's share.
    buffered: Decimal,
}

impl OneStage<'_, '_> {
    fn not_for(self, model: &str) -> Option<()> {
        let OneStage { stage, bill, buffered, .. } = self;
        if stage.count.is_none_or(|count| count.generations > 0) {
            bill.misses(Missing::Model(model.to_owned()));
        }
        bill.add(Slot::Anchor, times(stage.known, buffered).ok()?)
    }

    /// Adds the stage; none where digits run out.
    fn walk(mut self) -> Option<()> {
        let Some(count) = self.stage.count else {
            self.bill.misses(Missing::Count);
            return Some(());
        };
        if count.generations == 0 {
            return Some(());
        }
        if self.stage.each.is_none() && self.stage.meters.iter().all(|meter| meter.each.is_some()) {
            self.bill.misses(Missing::Unreadable);
            return Some(());
        }
        self.bill.add(Slot::Anchor, times(self.stage.known, self.buffered).ok()?)?;
        let card = Arc::clone(&self.card.card);
        match &card.pricing {
            Pricing::Tokens { standard, batch, .. } => self.by_tokens(&card, standard, batch.as_ref()),
            Pricing::Images { table, inputs, .. } => self.by_picture(&card, table, inputs),
            Pricing::Internal { credit_usd, margin_percent } => self.internal(*credit_usd, *margin_percent),
        }
    }

    fn tier(&self) -> ServiceTier {
        self.official.line.deliverable.service.value
    }

    /// Adds an amount of each generation, buffered.
    fn each(&mut self, slot: Slot, each: Decimal) -> Option<()> {
        if each.is_zero() {
            return Some(());
        }
        let all = self.all(each)?;
        self.bill.add(slot, times(all, self.buffered).ok()?)
    }

    fn all(&self, each: Decimal) -> Option<Decimal> {
        times(each, Decimal::from(self.stage.count?.generations)).ok()
    }

    /// Adds what one generation costs in the card's unit, rounded up call by call where the card does so.
    fn charge(&mut self, units: Decimal, rounding_unit: Decimal) -> Option<()> {
        self.bill.add(Slot::Units, self.all(units)?)?;
        self.each(Slot::Total, units)?;
        let count = self.stage.count?;
        if !self.card.card.round_calls || count.calls == 0 {
            return Some(());
        }
        let calls = Decimal::from(count.calls);
        let a_call = times(units, Decimal::from(count.generations.checked_div(count.calls)?)).ok()?;
        let whole = times(steps_up(a_call, parts_of(rounding_unit)?)?, rounding_unit).ok()?;
        let added = times(plus(whole, -a_call).ok()?, calls).ok()?;
        self.bill.add(Slot::Units, added)?;
        let buffered = times(added, self.buffered).ok()?;
        self.bill.add(Slot::Total, buffered)?;
        self.bill.add(Slot::RoundedCalls, buffered)
    }

    /// The step from the line's service tier to the one that is charged: that of the card, or standard where it has no other.
    fn batch(&mut self, own: Each, charged: Each, with_inputs: bool) -> Option<()> {
        let before = own.output.unwrap_or_default();
        self.each(Slot::NoBatch, plus(charged.output.unwrap_or_default(), -before).ok()?)?;
        if with_inputs { self.each(Slot::NoBatch, plus(charged.inputs, -own.inputs).ok()?) } else { Some(()) }
    }

    /// Input tokens at the card's rates; none, with the reason noted, where a rate is missing.
    fn inputs_at(&mut self, rates: &Rates) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        let stage = self.stage;
        for meter in stage.meters.iter().filter(|meter| meter.meter != Meter::ImageOutput) {
            sum = plus(sum, self.meter(meter.meter, meter.tokens, rates)?).ok()?;
        }
        Some(sum)
    }

    fn meter(&mut self, meter: Meter, tokens: Option<Decimal>, rates: &Rates) -> Option<Decimal> {
        match (tokens, rates.get(meter)) {
            (Some(tokens), _) if tokens.is_zero() => Some(Decimal::ZERO),
            (Some(tokens), Some(rate)) => per_million(tokens, rate),
            (None, _) => {
                self.bill.misses(Missing::Tokens);
                Some(Decimal::ZERO)
            }
            (_, None) => {
                self.bill.misses(Missing::Rate(meter));
                Some(Decimal::ZERO)
            }
        }
    }

    fn by_tokens(&mut self, card: &Card, standard: &Rates, batch: Option<&Rates>) -> Option<()> {
        let own = Official::own(self.stage);
        let (rates, charged) = match (self.tier(), batch) {
            (ServiceTier::Batch, Some(batch)) => (batch, own),
            (ServiceTier::Batch, None) => (standard, self.official.at_tier(self.stage, ServiceTier::Standard)),
            (ServiceTier::Standard, _) => (standard, own),
        };
        let with_inputs = card.inputs == Inputs::Charged;
        self.batch(own, charged, with_inputs)?;
        let tokens = self.stage.meters.iter().find(|meter| meter.meter == Meter::ImageOutput).and_then(|m| m.tokens);
        let output = self.meter(Meter::ImageOutput, tokens, rates)?;
        let mut units = output;
        if with_inputs {
            units = plus(units, self.inputs_at(rates)?).ok()?;
            self.each(Slot::Level, charged.inputs)?;
        } else {
            self.each(Slot::Inputs, -own.inputs)?;
        }
        match charged.output {
            Some(official) => self.each(Slot::Level, official)?,
            None => self.each(Slot::Unofficial, output)?,
        }
        self.charge(units, Decimal::ONE)
    }

    fn internal(&mut self, credit_usd: Decimal, margin_percent: Decimal) -> Option<()> {
        let Some(official) = self.stage.each else {
            self.bill.misses(Missing::Official);
            return Some(());
        };
        self.each(Slot::Level, official)?;
        let factor = plus(times(margin_percent, Decimal::new(1, 2)).ok()?, Decimal::ONE).ok()?;
        self.charge(times(official, factor).ok()?, credit_usd)
    }

    fn by_picture(&mut self, card: &Card, table: &Table, inputs: &Rates) -> Option<()> {
        let own = Official::own(self.stage);
        let standard = match self.tier() {
            ServiceTier::Standard => own,
            ServiceTier::Batch => self.official.at_tier(self.stage, ServiceTier::Standard),
        };
        let charged = match self.priced(card, table) {
            Ok(charged) => charged,
            Err(missing) => {
                self.bill.misses(missing);
                return Some(());
            }
        };
        let mut units = charged.units;
        let open = self.stage.size.is_none() || self.stage.quality.is_none();
        let as_drawn = if open {
            // What is left open has no official price: the picture that the card takes it for has one.
            let size = self.stage.size.or(charged.like);
            let drawn = size.zip(charged.quality);
            drawn.and_then(|(size, quality)| self.official.picture(size, quality, ServiceTier::Standard))
        } else {
            standard.output
        };
        let with_inputs = card.inputs == Inputs::Charged;
        if with_inputs {
            self.each(Slot::NoBatch, plus(standard.inputs, -own.inputs).ok()?)?;
            self.each(Slot::Level, standard.inputs)?;
            units = plus(units, self.inputs_at(inputs)?).ok()?;
        } else {
            self.each(Slot::Inputs, -own.inputs)?;
        }
        let step = plus(as_drawn.unwrap_or_default(), -own.output.unwrap_or_default()).ok()?;
        self.each(if open { Slot::Auto } else { Slot::NoBatch }, step)?;
        let Some(as_drawn) = as_drawn else {
            self.each(Slot::Unofficial, charged.units)?;
            return self.charge(units, Decimal::ONE);
        };
        let like = charged.like.zip(charged.quality);
        let of_class = like.and_then(|(size, quality)| self.official.picture(size, quality, ServiceTier::Standard));
        let level = of_class.unwrap_or(as_drawn);
        self.each(Slot::Tier, plus(level, -as_drawn).ok()?)?;
        self.each(Slot::Level, level)?;
        if !self.card.steps.is_empty() {
            self.each(Slot::Stepped, level)?;
        }
        for at in 0..self.card.steps.len() {
            let stepped = times(steps_up(level, self.card.steps[at])?, self.card.step).ok()?;
            let all = times(self.all(stepped)?, self.buffered).ok()?;
            self.bill.add_step(at, all)?;
        }
        self.charge(units, Decimal::ONE)
    }

    fn priced(&self, card: &Card, table: &Table) -> Result<Charged, Missing> {
        let quality = self.stage.quality.or(card.auto_quality);
        let sizes = &self.official.line.deliverable.model.value.sizes;
        let price = |price: &Price| match (price, quality) {
            (Price::Any(price), _) => Ok(*price),
            (_, None) => Err(Missing::AutoQuality),
            (_, Some(quality)) => price.of(quality).ok_or(Missing::Quality(quality)),
        };
        let charged = |found: &Price, like| Ok(Charged { units: price(found)?, like, quality });
        match table {
            Table::Unpublished => Err(Missing::Figures),
            Table::Flat(found) => charged(found, square(sizes, Some(Tier::K1), None)),
            Table::Tiers(tiers) => {
                let asked = card.auto_size.as_deref();
                let tier = match self.stage.size {
                    Some(size) => tiers.iter().find(|tier| size.long() <= tier.long_edge).ok_or(Missing::Size(size)),
                    None => {
                        let named = tiers.iter().find(|tier| asked == Some(tier.name.as_str()));
                        named.ok_or(Missing::AutoSize)
                    }
                }?;
                charged(&tier.price, square(sizes, Tier::parse(&tier.name), Some(tier.long_edge)))
            }
            Table::Sizes { rows, nearest } => {
                let size = self.stage.size.or_else(|| card.auto_size.as_deref().and_then(Size::parse));
                let size = size.ok_or(Missing::AutoSize)?;
                let (listed, found) = listed(rows, size, *nearest).ok_or(Missing::Size(size))?;
                charged(found, Some(*listed))
            }
        }
    }
}

/// The row of a size, turned or not; else the one closest in pixels where the card says that this is how it charges.
pub(super) fn listed(rows: &[(Size, Price)], size: Size, nearest: bool) -> Option<&(Size, Price)> {
    let same = rows.iter().find(|(own, _)| *own == size || own.turned() == size);
    let closest = || rows.iter().min_by_key(|(own, _)| own.pixels().abs_diff(size.pixels()));
    same.or_else(|| closest().filter(|_| nearest))
}

/// The picture that stands for a class: the square of that name, else the largest legal square within the edge.
pub(super) fn square(sizes: &SizeRules, class: Option<Tier>, long_edge: Option<u32>) -> Option<Size> {
    let fits = |size: &Size| long_edge.is_none_or(|edge| size.long() <= edge);
    let named = class.and_then(|class| sizes.of_ratio(Ratio { w: 1, h: 1 }, class)).filter(fits);
    named.or_else(|| {
        let squares = sizes.legal_sizes_of_shape(Size { w: 1024, h: 1024 });
        squares.filter(fits).max_by_key(|size| size.pixels())
    })
}

/// How many steps of `step` (numerator and divisor) reach `amount`, a whole number.
fn steps_up(amount: Decimal, (over, under): (i128, i128)) -> Option<Decimal> {
    let amount = amount.normalize();
    let (a, b) = (amount.mantissa().checked_mul(under)?, 10_i128.checked_pow(amount.scale())?.checked_mul(over)?);
    if b <= 0 || a < 0 {
        return (a <= 0).then_some(Decimal::ZERO);
    }
    Decimal::try_from_i128_with_scale(a / b + i128::from(a % b != 0), 0).ok()
}

fn parts_of(unit: Decimal) -> Option<(i128, i128)> {
    super::Fraction::from(unit).parts()
}
