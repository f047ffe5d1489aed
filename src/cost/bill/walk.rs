//! From the official bill of a line to a seller's bill, step by step: each step is an amount of its own.

use super::amount::{Amounts, INPUTS, Price, inputs_of, per_million};
use super::kind::{Each, Kind, Known, Work};
use super::listed::{listed, parts_of, square, steps_up};
use super::prepared::Prepared;
use super::sums::{LineBill, Mark, Missing, Slot};
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::base::size::{Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::estimate::line::StageKind;
use crate::cost::rates::card::{self, Card, Inputs, Per, Pricing, Table};
use crate::cost::rates::rate_card::{Meter, Rates, ServiceTier};
use std::sync::Arc;

/// The bill of a quantity of one kind of work, for one line or many. If digits run out it is unknown, never rounded.
pub(super) fn price(card: &Prepared, kind: &Kind, amounts: &[Option<Amounts>; 2]) -> LineBill {
    let mut bill = LineBill::new(card.ways());
    if !kind.buffer_readable {
        bill.misses(Missing::Unreadable);
        (bill.unpriced, bill.unpriced_officially) = ([true; 2], [true; 2]);
        return bill;
    }
    let known = kind.readable && card.card.is_for(&kind.model.id);
    for (work, amounts) in kind.stages.iter().zip(amounts) {
        let Some(work) = work else { continue };
        let before = bill.sums.get(Slot::Total);
        bill.stage_misses = false;
        let at = work.kind as usize;
        let one = OneStage { card, kind, work, amounts: amounts.as_ref(), bill: &mut bill };
        let walked = if known { one.walk() } else { one.not_for() };
        if walked.is_none() {
            bill.out_of_digits();
            break;
        }
        bill.unpriced_officially[at] = !work.shape.total || kind.surcharge.is_none();
        bill.unpriced[at] = bill.stage_misses;
        if work.kind == StageKind::Explore {
            let (units, official) = (bill.sums.get(Slot::Total), bill.sums.get(Slot::Official));
            let split = plus(units, -before).ok().and_then(|units| bill.add(Slot::Drafts, units));
            if split.and_then(|()| bill.add(Slot::OfficialDrafts, official)).is_none() {
                bill.out_of_digits();
                break;
            }
        }
    }
    bill
}

/// Rates at so many units for 1, less a discount; `None` if digits run out.
fn discounted(rates: &Rates, money: Decimal, percent: Decimal) -> Option<Rates> {
    let paid = plus(Decimal::ONE, -times(percent, Decimal::new(1, 2)).ok()?).ok()?;
    rates.scaled(times(money, paid).ok()?)
}

/// An image as the card charges it.
struct Charged {
    units: Decimal,
    /// The size that represents all sizes with this price.
    like: Option<Size>,
    quality: Option<Quality>,
}

/// An image as a card charges it by tokens.
struct Drawn {
    /// Output tokens; `None` if nothing is published.
    tokens: Option<Decimal>,
    /// Its official price at the charged tier.
    official: Option<Decimal>,
}

struct OneStage<'a, 'b> {
    card: &'a Prepared,
    kind: &'a Kind,
    work: &'a Work,
    /// `None` if digits run out.
    amounts: Option<&'a Amounts>,
    bill: &'b mut LineBill,
}

impl OneStage<'_, '_> {
    fn not_for(mut self) -> Option<()> {
        if self.work.shape.count != Known::Nothing {
            self.bill.misses(Missing::Model(self.kind.model.id.clone()));
        }
        self.official()
    }

    fn official(&mut self) -> Option<()> {
        let counted = self.kind.counted(self.work);
        let picture = counted.output.unwrap_or_default();
        let official = Price { picture, inputs: counted.inputs, ..Price::default() };
        self.add(Slot::Official, &official)?;
        let percent = self.kind.surcharge.unwrap_or_default();
        if percent.is_zero() {
            return Some(());
        }
        let surcharge = self.surcharge_on(&official, percent)?;
        self.bill.add(Slot::Official, surcharge)?;
        // A team's own credits are worth official money, surcharge included.
        let is_charged = matches!(self.card.card.pricing, Pricing::Internal { .. });
        if is_charged { Some(()) } else { self.bill.add(Slot::Surcharge, -surcharge) }
    }

    /// The surcharge on everything at an official price, with the buffer: a share of the amount, as in the estimate. A share of
    /// the price would round once more where a count's decimals do not end, and miss the official bill by its last digit.
    fn surcharge_on(&self, official: &Price, percent: Decimal) -> Option<Decimal> {
        let (amounts, share) = (self.amounts?, times(percent, Decimal::new(1, 2)).ok()?);
        let of_amount = times(amounts.buffered_at(official)?, share).ok();
        of_amount.or_else(|| amounts.buffered_at(&official.scaled(share)?))
    }

    /// Adds the stage; `None` if digits run out.
    fn walk(mut self) -> Option<()> {
        let shape = &self.work.shape;
        match shape.count {
            Known::No => {
                self.bill.misses(Missing::Count);
                return Some(());
            }
            Known::Nothing => return Some(()),
            Known::Something => {}
        }
        if !shape.each && shape.all_priced() {
            self.bill.misses(Missing::Unreadable);
            return Some(());
        }
        self.official()?;
        let card = Arc::clone(&self.card.card);
        // What `auto` is charged as has a price of its own; a quality that nobody chose yet cannot be refused.
        if let Some(quality) = shape.quality.filter(|quality| !card.sells(*quality)) {
            self.bill.misses(Missing::NotSold(quality));
            return Some(());
        }
        match &card.pricing {
            Pricing::Tokens { standard, batch, discount_percent, .. } => {
                self.by_tokens(&card, [standard.as_ref(), batch.as_ref()], *discount_percent)
            }
            Pricing::Images { table, inputs, .. } => match self.list(&card, table) {
                Ok(table) => self.by_picture(&card, table, inputs),
                Err(missing) => {
                    self.bill.misses(missing);
                    Some(())
                }
            },
            Pricing::Internal { credit_usd, markup_percent } => self.internal(*credit_usd, *markup_percent),
        }
    }

    /// Adds the cost of everything at a price, incl. buffer.
    fn add(&mut self, slot: Slot, price: &Price) -> Option<()> {
        let amount = self.amounts?.buffered_at(price)?;
        self.bill.add(slot, amount)
    }

    /// Adds the difference between everything at two prices, incl. buffer.
    fn change(&mut self, slot: Slot, from: &Price, to: &Price) -> Option<()> {
        let amount = self.amounts?.change_at(from, to)?;
        self.bill.add(slot, amount)
    }

    fn pictures(&mut self, slot: Slot, each: Decimal) -> Option<()> {
        self.add(slot, &Price::of_picture(each))
    }

    /// Adds the cost of everything in the card's unit, rounded up per call if the card does so.
    fn charge(&mut self, units: &Price, rounding_unit: Decimal) -> Option<()> {
        let amounts = self.amounts?;
        let [exact, exact_buffered] = [amounts.plain_at(units)?, amounts.buffered_at(units)?];
        if !self.card.card.round_calls || !amounts.has_calls() {
            self.bill.add(Slot::Units, exact)?;
            return self.bill.add(Slot::Total, exact_buffered);
        }
        let a_call = amounts.call_at(units)?;
        let whole = times(steps_up(a_call, parts_of(rounding_unit)?)?, rounding_unit).ok()?;
        let [plain, buffered] = amounts.calls_at(whole)?;
        self.bill.add(Slot::Units, plain)?;
        self.bill.add(Slot::Total, buffered)?;
        self.bill.add(Slot::RoundedCalls, plus(buffered, -exact_buffered).ok()?)
    }

    /// Where the step from batch to standard service belongs: a batch price that there is not is no price of the maker's.
    fn no_batch(&self) -> Slot {
        match self.kind.rates(ServiceTier::Batch).get(Meter::ImageOutput) {
            Some(_) => Slot::NoBatch,
            None if self.kind.model.offers_batch => Slot::BatchUnknown,
            None => Slot::BatchNotOffered,
        }
    }

    /// The step from the line's service tier to the charged one: the card's, or standard if the card has no other.
    fn batch(&mut self, own: &Each, charged: &Each, with_inputs: bool) -> Option<()> {
        let of = |each: &Each| Price {
            picture: each.output.unwrap_or_default(),
            inputs: if with_inputs { each.inputs } else { [Decimal::ZERO; 4] },
            ..Price::default()
        };
        self.change(self.no_batch(), &of(own), &of(charged))
    }

    /// Subtracts official inputs that the card does not charge for.
    fn inputs_included(&mut self, own: &Each) -> Option<()> {
        self.change(Slot::Inputs, &Price::of_inputs(own.inputs), &Price::default())
    }

    /// Rates of the inputs on the card; missing rates are noted and count as 0.
    fn inputs_at(&mut self, rates: &Rates) -> Price {
        let work = self.work;
        for (meter, own) in INPUTS.into_iter().zip(work.shape.inputs) {
            self.note_missing(meter, own.tokens, rates);
        }
        Price::of_inputs(inputs_of(rates, |at| work.shape.inputs[at].tokens == Known::Something))
    }

    /// Whether the meter has a price on the card; if not, notes it as missing.
    fn note_missing(&mut self, meter: Meter, tokens: Known, rates: &Rates) {
        match (tokens, rates.get(meter)) {
            (Known::Nothing, _) | (Known::Something, Some(_)) => {}
            (Known::No, _) => self.bill.misses(Missing::Tokens),
            (Known::Something, None) => self.bill.misses(Missing::Rate(meter)),
        }
    }

    /// By the card's standard and batch rates; without standard ones, by the official rates of the line's service tier.
    fn by_tokens(&mut self, card: &Card, own_rates: [Option<&Rates>; 2], discount_percent: Decimal) -> Option<()> {
        let own = self.kind.own(self.work);
        let official = self.kind.rates(self.kind.service);
        let (rates, tier, of_money) = match (self.kind.service, own_rates) {
            (ServiceTier::Batch, [_, Some(batch)]) => (batch, ServiceTier::Batch, Decimal::ONE),
            (ServiceTier::Batch, [Some(standard), None]) => (standard, ServiceTier::Standard, Decimal::ONE),
            (ServiceTier::Standard, [Some(standard), _]) => (standard, ServiceTier::Standard, Decimal::ONE),
            // The official rates are in USD; the card charges in its own currency.
            (own, [None, _]) => (official, own, self.card.per_usd),
        };
        let charged = if tier == self.kind.service { own } else { self.kind.at_tier(self.work, tier) };
        let rates = &discounted(rates, of_money, discount_percent)?;
        let with_inputs = card.inputs != Some(Inputs::Included);
        self.batch(&own, &charged, with_inputs)?;
        let Some(drawn) = self.drawn_by_tokens(card, charged.output, tier)? else { return Some(()) };
        self.note_missing(Meter::ImageOutput, if drawn.tokens.is_some() { Known::Something } else { Known::No }, rates);
        let output = match drawn.tokens.zip(rates.get(Meter::ImageOutput)) {
            Some((tokens, rate)) => per_million(tokens, rate)?,
            None => Decimal::ZERO,
        };
        let mut units = Price::of_picture(output);
        if with_inputs {
            units.inputs = self.inputs_at(rates).inputs;
            self.add(Slot::Level, &Price::of_inputs(charged.inputs))?;
        } else {
            self.inputs_included(&own)?;
        }
        match drawn.official {
            Some(official) => self.pictures(Slot::Level, official)?,
            None => self.pictures(Slot::Unofficial, output)?,
        }
        self.charge(&units, Decimal::ONE)
    }

    /// What is charged by tokens: the image itself, or the one that the card charges `auto` as, with the step that leads there.
    /// The inner `None`: the card does not say it, which is noted.
    fn drawn_by_tokens(&mut self, card: &Card, official: Option<Decimal>, tier: ServiceTier) -> Option<Option<Drawn>> {
        let shape = &self.work.shape;
        if shape.measured.is_some() || shape.size.is_some() && shape.quality.is_some() {
            return Some(Some(Drawn { tokens: self.work.output_tokens, official }));
        }
        let drawn = match (shape.size, shape.quality.or(card.auto_quality)) {
            (_, None) => Err(Missing::AutoQuality),
            (None, _) => Err(Missing::AutoSize),
            (Some(size), Some(quality)) => Ok((size, quality)),
        };
        let (size, quality) = match drawn {
            Ok(drawn) => drawn,
            Err(missing) => {
                self.bill.misses(missing);
                return Some(None);
            }
        };
        self.bill.mark(Mark::Auto);
        if self.kind.model.output.is_approximate(size, quality) {
            self.bill.mark(Mark::AboutTotal);
        }
        let picture = self.kind.picture(size, quality, tier);
        let official = picture.and_then(|picture| plus(picture, self.kind.previews(tier)?).ok());
        self.pictures(Slot::Auto, official.unwrap_or_default())?;
        Some(Some(Drawn { tokens: self.kind.tokens(size, quality), official }))
    }

    fn internal(&mut self, credit_usd: Decimal, markup_percent: Decimal) -> Option<()> {
        if !self.work.shape.each {
            self.bill.misses(Missing::Official);
            return Some(());
        }
        let own = self.kind.own(self.work);
        let Some(surcharge) = self.kind.surcharge else {
            self.bill.misses(Missing::Unreadable);
            return Some(());
        };
        let official = Price { picture: own.output.unwrap_or_default(), inputs: own.inputs, ..Price::default() };
        self.add(Slot::Level, &official)?;
        let official = match surcharge.is_zero() {
            true => official,
            false => {
                // The level is the official bill to its last digit, so it is added in the same two parts.
                let on_top = self.surcharge_on(&official, surcharge)?;
                self.bill.add(Slot::Level, on_top)?;
                official.scaled(plus(times(surcharge, Decimal::new(1, 2)).ok()?, Decimal::ONE).ok()?)?
            }
        };
        let factor = plus(times(markup_percent, Decimal::new(1, 2)).ok()?, Decimal::ONE).ok()?;
        self.charge(&official.scaled(factor)?, credit_usd)
    }

    /// The list that the line's calls are charged by: calls with reference images may have another one, or none.
    fn list<'c>(&self, card: &'c Card, table: &'c Table) -> Result<&'c Table, Missing> {
        match (&card.edit, self.kind.sent(self.work.kind)) {
            (_, 0) => Ok(table),
            (Some(edit), sent) if sent <= edit.references => Ok(&edit.table),
            (Some(edit), _) => Err(Missing::ReferencesOver(edit.references)),
            (None, _) if card.inputs.is_some() => Ok(table),
            (None, _) => Err(Missing::References),
        }
    }

    fn by_picture(&mut self, card: &Card, table: &Table, inputs: &Rates) -> Option<()> {
        let charged = match self.priced(card, table) {
            Ok(charged) => charged,
            Err(missing) => {
                self.bill.misses(missing);
                return Some(());
            }
        };
        if self.work.shape.quality.is_none() && charged.quality.is_some() && table.is_by_quality() {
            self.bill.mark(Mark::Auto);
        }
        let inputs_at = self.inputs_of_picture(card, inputs)?;
        let as_drawn = self.as_drawn(&charged)?;
        let call = card.per == Per::Call;
        let each = |price| if call { Price::of_call(price) } else { Price::of_picture(price) };
        let units = Price { inputs: inputs_at, ..each(charged.units) };
        let Some(as_drawn) = as_drawn else {
            self.add(Slot::Unofficial, &each(charged.units))?;
            return self.charge(&units, Decimal::ONE);
        };
        // What was measured is no image of a class: all that the card's price is above or below it is the seller's doing.
        let like = charged.like.zip(charged.quality).filter(|_| self.work.shape.measured.is_none());
        self.mark_about(like);
        let of_class = like.and_then(|(size, quality)| self.kind.picture(size, quality, ServiceTier::Standard));
        let level = of_class.unwrap_or(as_drawn);
        self.change(Slot::Tier, &Price::of_picture(as_drawn), &Price::of_picture(level))?;
        if call {
            self.change(Slot::PerCall, &Price::of_picture(level), &Price::of_call(level))?;
        }
        self.add(Slot::Level, &each(level))?;
        if !self.card.steps.is_empty() {
            self.add(Slot::Stepped, &each(level))?;
        }
        for at in 0..self.card.steps.len() {
            let stepped = times(steps_up(level, self.card.steps[at])?, self.card.step).ok()?;
            self.bill.add_step(at, self.amounts?.buffered_at(&each(stepped))?)?;
        }
        self.charge(&units, Decimal::ONE)
    }

    /// The card's rates of the inputs if it charges for them, with the steps that lead there.
    fn inputs_of_picture(&mut self, card: &Card, inputs: &Rates) -> Option<[Decimal; 4]> {
        let own = self.kind.own(self.work);
        if card.inputs != Some(Inputs::Charged) {
            self.inputs_included(&own)?;
            return Some([Decimal::ZERO; 4]);
        }
        let standard = Price::of_inputs(match self.kind.service {
            ServiceTier::Standard => own.inputs,
            ServiceTier::Batch => self.kind.at_tier(self.work, ServiceTier::Standard).inputs,
        });
        self.change(self.no_batch(), &Price::of_inputs(own.inputs), &standard)?;
        self.add(Slot::Level, &standard)?;
        Some(self.inputs_at(inputs).inputs)
    }

    /// The official standard price of the image, with the steps that lead there: without its previews, which the price of an
    /// image never charges for, and without batch. The inner `None`: it has none.
    fn as_drawn(&mut self, charged: &Charged) -> Option<Option<Decimal>> {
        let own = self.kind.own(self.work).output;
        let previews = own.and_then(|_| self.kind.previews(self.kind.service)).unwrap_or_default();
        let with_previews = Price::of_picture(own.unwrap_or_default());
        let own = own.map(|own| plus(own, -previews)).transpose().ok()?;
        self.change(Slot::Previews, &with_previews, &Price::of_picture(own.unwrap_or_default()))?;
        let (size, quality) = (self.work.shape.size, self.work.shape.quality);
        let open = self.work.shape.measured.is_none() && (size.is_none() || quality.is_none());
        let as_drawn = match self.kind.service {
            // An `auto` image has no official price: use the one that the card charges it as.
            _ if open => {
                let drawn = size.or(charged.like).zip(charged.quality);
                self.mark_about(drawn);
                drawn.and_then(|(size, quality)| self.kind.picture(size, quality, ServiceTier::Standard))
            }
            ServiceTier::Standard => own,
            ServiceTier::Batch => self.kind.own_picture(self.work, ServiceTier::Standard),
        };
        let [from, to] = [own, as_drawn].map(|each| Price::of_picture(each.unwrap_or_default()));
        self.change(if open { Slot::Auto } else { self.no_batch() }, &from, &to)?;
        Some(as_drawn)
    }

    /// Notes that parts of the difference rest on the price of an image whose number of tokens is approximate.
    fn mark_about(&mut self, drawn: Option<(Size, Quality)>) {
        if drawn.is_some_and(|(size, quality)| self.kind.model.output.is_approximate(size, quality)) {
            self.bill.mark(Mark::AboutParts);
        }
    }

    fn priced(&self, card: &Card, table: &Table) -> Result<Charged, Missing> {
        let quality = self.work.shape.quality.or(card.auto_quality);
        let sizes = &self.kind.model.sizes;
        let price = |price: &card::Price| match (price, quality) {
            (card::Price::Any(price), _) => Ok(*price),
            (_, None) => Err(Missing::AutoQuality),
            (_, Some(quality)) => price.of(quality).ok_or(Missing::Quality(quality)),
        };
        let charged = |found: &card::Price, like| Ok(Charged { units: price(found)?, like, quality });
        match table {
            Table::Unpublished => Err(Missing::Figures),
            // One price for every size has no class: what it is above or below the image's own price is the seller's doing.
            Table::Flat(found) => charged(found, None),
            Table::Tiers(tiers) => {
                let asked = card.auto_size.as_deref();
                let tier = match self.work.shape.size {
                    Some(size) => tiers.iter().find(|tier| tier.bound.holds(size)).ok_or(Missing::Size(size)),
                    None => {
                        let named = tiers.iter().find(|tier| asked == Some(tier.name.as_str()));
                        named.ok_or(Missing::AutoSize)
                    }
                }?;
                charged(&tier.price, square(sizes, Tier::parse(&tier.name), tier.bound))
            }
            Table::Sizes { rows, nearest } => {
                let size = self.work.shape.size.or_else(|| card.auto_size.as_deref().and_then(Size::parse));
                let size = size.ok_or(Missing::AutoSize)?;
                let (listed, found) = listed(rows, size, *nearest, sizes).ok_or(Missing::Size(size))?;
                charged(found, Some(if sizes.is_legal(*listed) { *listed } else { size }))
            }
        }
    }
}
