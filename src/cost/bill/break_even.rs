//! For which images a card is cheaper than the official price: one call of each size and quality goes through the steps of a
//! bill, on the terms of the work. So what is said of sizes cannot contradict the bills.

use super::amount::{Amounts, Calls, Quantity};
use super::bills::CardBills;
use super::kind::{Key, Kind, Work, input_tokens};
use super::listed::named_in;
use super::prepared::Prepared;
use super::sums::Slot;
use super::walk;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::size::{LISTED, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Budget;
use crate::cost::budget::Catalog;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::cost::rates::card::{Card, Per, Pricing};
use crate::cost::rates::rate_card::{Meter, Model};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One call at both prices, with its inputs and the official surcharge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Pixels, in portrait or square; as in the work where that is what the work makes.
    pub size: Size,
    /// The rendering quality.
    pub quality: Quality,
    /// USD at the official price.
    pub official: Decimal,
    /// USD on the card; `None` if it has no price.
    pub card: Option<Fraction>,
}

impl Cell {
    /// Whether the card is cheaper; `None` if it has no price. An equal price is not cheaper.
    #[must_use]
    pub fn card_wins(&self) -> Option<bool> {
        let card = self.card.as_ref()?;
        Some(card.cmp(&Fraction::from(self.official)) == Ordering::Less)
    }
}

/// The comparison for one quality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The card is cheaper in every size compared that it has a price for.
    Card,
    /// The card is cheaper in no size.
    Official,
    /// It depends on the size.
    Mixed {
        /// Sizes in which the card is cheaper.
        card: Vec<Size>,
        /// Sizes in which the card is not cheaper.
        official: Vec<Size>,
    },
    /// Only some of the sizes have an official price, so that nothing is known of the others.
    Known {
        /// Sizes in which the card is cheaper.
        card: Vec<Size>,
        /// Sizes in which the card is not cheaper.
        official: Vec<Size>,
    },
    /// It depends on the terms, which differ in the work.
    Varied,
    /// The card, or the model, has no price in this quality.
    NoPrice,
}

/// What a credit is taken to cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditPrice {
    /// What it costs in any number, or the card sells no credits.
    Fixed,
    /// The lowest list price of packs and plans, without fees and leftovers.
    Listed,
    /// What the bill of the whole project pays for each credit that the work takes.
    Paid,
}

/// A card against the official price of a model, on the terms of some work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// Every size of the common ratios and presets, those that the card lists, and those of the work, in every quality with an
    /// official price.
    pub cells: Vec<Cell>,
    /// Qualities in which some of these sizes have no official price.
    pub unknown: Vec<Quality>,
    /// What a credit is taken to cost.
    pub credit: CreditPrice,
    /// Images that a call returns, if the card charges by the call.
    pub by_call: Option<u64>,
    /// Whether the calls send reference images.
    pub with_references: bool,
    /// The official surcharge that is compared with, in percent.
    pub surcharge: Decimal,
}

/// The comparisons for one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfModel {
    /// The model.
    pub model: Arc<Model>,
    /// One for each set of terms that the work has.
    pub found: Vec<BreakEven>,
    /// Whether they hold for all of the work.
    pub all: bool,
}

impl BreakEven {
    /// The result for each quality, the cheapest first.
    #[must_use]
    pub fn by_quality(&self, model: &Model) -> Vec<(Quality, Verdict)> {
        verdicts(model, std::slice::from_ref(self))
    }
}

impl OfModel {
    /// The result for each quality, the cheapest first, as far as it is the same for all of the work; `None` if that is not
    /// compared in full.
    #[must_use]
    pub fn by_quality(&self) -> Option<Vec<(Quality, Verdict)>> {
        self.all.then(|| verdicts(&self.model, &self.found))
    }
}

/// Most sets of terms, and most sizes of the work in one of them, that are compared.
const MOST: usize = 8;

/// What one final costs by, besides its size and quality.
struct Terms {
    kind: Kind,
    /// Tokens of each input of an image.
    tokens: [Decimal; 4],
    /// Images per call.
    images: u64,
    /// The sizes of the work.
    sizes: Vec<Size>,
    /// The image of the work, if its tokens were measured.
    measured: Option<Work>,
}

/// Compares an image alone, without inputs, at standard service and list prices; `None` if the card does not charge per
/// image, is not for the model, or has no known price.
#[must_use]
pub fn break_even(card: &Arc<Card>, model: &Arc<Model>, budget: &Budget, catalog: &Catalog) -> Option<BreakEven> {
    let prepared = Prepared::new(Arc::clone(card), &budget.shown, Some(1));
    let kind = Kind::of_alone(model, budget);
    let terms = Terms { kind, tokens: [Decimal::ZERO; 4], images: 1, sizes: Vec::new(), measured: None };
    let unit = listed_unit(&prepared)?;
    compared(&prepared, &terms, &unit, catalog)
}

/// Compares the finals of some lines on their own terms, model by model; empty where nothing can be compared.
#[must_use]
pub fn of_work(card: &CardBills, lines: &[LineEstimate], budget: &Budget, catalog: &Catalog) -> Vec<OfModel> {
    let prepared = card.prepared();
    let Some(unit) = paid_unit(card).or_else(|| listed_unit(prepared)) else { return Vec::new() };
    if !matches!(prepared.card.pricing, Pricing::Images { .. }) {
        return Vec::new();
    }
    let mut found: Vec<OfModel> = Vec::new();
    for (model, groups, whole) in grouped(lines) {
        let terms = groups.iter().map(|(line, sizes)| terms(line, sizes, budget, catalog));
        let compared: Vec<Option<BreakEven>> = terms.map(|terms| compared(prepared, &terms?, &unit, catalog)).collect();
        let all = whole && compared.iter().all(Option::is_some);
        let compared: Vec<BreakEven> = compared.into_iter().flatten().collect();
        if !compared.is_empty() {
            found.push(OfModel { model: Arc::clone(model), found: compared, all });
        }
    }
    found.sort_by(|a, b| a.model.id.cmp(&b.model.id));
    found
}

/// Lines on the same terms: the first of them, and the sizes of all.
type Alike<'l> = (&'l LineEstimate, Vec<Size>);

/// The lines by model and terms, and whether all of them are in it.
fn grouped(lines: &[LineEstimate]) -> Vec<(&Arc<Model>, Vec<Alike<'_>>, bool)> {
    let mut models: Vec<(&Arc<Model>, Vec<Alike<'_>>, bool)> = Vec::new();
    for line in lines {
        let model = &line.deliverable.model.value;
        let at = models.iter().position(|(known, ..)| Arc::ptr_eq(known, model)).unwrap_or_else(|| {
            models.push((model, Vec::new(), true));
            models.len() - 1
        });
        let (_, groups, all) = &mut models[at];
        let size = line.final_stage().and_then(|stage| stage.size);
        let Some(at) = groups.iter().position(|(first, _)| are_alike(first, line)) else {
            *all &= groups.len() < MOST;
            groups.extend(all.then(|| (line, Vec::from_iter(size))));
            continue;
        };
        let sizes = &mut groups[at].1;
        if let Some(size) = size.filter(|size| !sizes.contains(size)) {
            *all &= sizes.len() < MOST;
            sizes.extend(all.then_some(size));
        }
    }
    models
}

/// Whether the finals of two lines of one model cost the same in any size and quality.
fn are_alike(one: &LineEstimate, other: &LineEstimate) -> bool {
    let terms = |line: &LineEstimate| {
        let own = &line.deliverable;
        let surcharge = own.surcharge.readable.then_some(own.surcharge.value);
        let (service, references) = (own.service.value, own.references.value.len());
        (own.model.readable, service, surcharge, references, own.partial_images.value, own.images_per_call.value)
    };
    let stages = |line: &LineEstimate, same: &dyn Fn(&Stage) -> bool| line.final_stage().is_some_and(same);
    terms(one) == terms(other)
        && stages(one, &|a| stages(other, &|b| inputs(a).eq(inputs(b)) && measured(a) == measured(b)))
}

fn inputs(stage: &Stage) -> impl Iterator<Item = (Meter, Option<Decimal>, Option<Decimal>)> {
    let inputs = stage.meters.iter().filter(|meter| meter.meter != Meter::ImageOutput);
    inputs.map(|meter| (meter.meter, meter.tokens, meter.rate))
}

/// Measured output tokens, with the image that they were measured of.
fn measured(stage: &Stage) -> Option<(Option<Size>, Option<Quality>, u64)> {
    let output = stage.meters.iter().find(|meter| meter.meter == Meter::ImageOutput)?;
    Some((stage.size, stage.quality, output.beside?.measured))
}

/// The terms of a line's finals; `None` if not all of their official price is known, whatever the size.
fn terms(line: &LineEstimate, sizes: &[Size], budget: &Budget, catalog: &Catalog) -> Option<Terms> {
    let stage = line.final_stage()?;
    let kind = Kind::of(&Key::of(line), line, budget, catalog);
    let work = kind.stages.into_iter().flatten().last().filter(|_| kind.readable && kind.surcharge.is_some())?;
    let kind = kind.with_inputs_of(&work)?;
    let measured = work.shape.measured.map(|_| work);
    let images = line.deliverable.images_per_call.value.max(1);
    Some(Terms { kind, tokens: input_tokens(stage), images, sizes: sizes.to_vec(), measured })
}

/// The lowest list price of one unit of the card, in USD with the purchase fee.
fn listed_unit(card: &Prepared) -> Option<(Fraction, CreditPrice)> {
    let sells = card.card.sells_credits();
    let unit = match sells {
        true => card.offers.iter().map(|offer| &offer.unit).min()?.clone(),
        false => card.money.clone()?,
    };
    let pooled = sells && card.card.pay.is_pooled();
    Some((card.with_fee(&unit), if pooled { CreditPrice::Listed } else { CreditPrice::Fixed }))
}

/// What the whole project pays for a credit that it takes, where that depends on all of them.
fn paid_unit(card: &CardBills) -> Option<(Fraction, CreditPrice)> {
    let pooled = card.card().sells_credits() && card.card().pay.is_pooled();
    let (paid, credits) = (card.bill.total.as_ref()?, card.bill.credits_total.as_ref()?);
    paid.checked_div(credits).filter(|_| pooled).map(|unit| (unit, CreditPrice::Paid))
}

fn compared(
    card: &Prepared,
    terms: &Terms,
    (unit, credit): &(Fraction, CreditPrice),
    catalog: &Catalog,
) -> Option<BreakEven> {
    let model = &terms.kind.model;
    if !matches!(card.card.pricing, Pricing::Images { .. }) || !card.card.is_for(&model.id) {
        return None;
    }
    let amounts = terms.one_call()?;
    let (mut cells, mut unknown) = (Vec::new(), Vec::new());
    let sizes = sizes(&card.card, terms, catalog);
    for quality in &model.qualities {
        for size in sizes.iter().copied() {
            let Some(kind) = terms.of(size, *quality) else {
                if unknown.last() != Some(quality) {
                    unknown.push(*quality);
                }
                continue;
            };
            let bill = walk::price(card, &kind, &[None, Some(amounts.clone())]);
            if bill.ran_out {
                continue;
            }
            let units = Some(bill.sums.get(Slot::Total)).filter(|_| bill.missing.is_empty());
            let usd = units.map(|units| unit * &Fraction::from(units));
            cells.push(Cell {
                size,
                quality: *quality,
                official: bill.sums.get(Slot::Official).normalize(),
                card: usd,
            });
        }
    }
    let by_call = (card.card.per == Per::Call).then_some(terms.images);
    let (with_references, surcharge) =
        (terms.kind.sent(StageKind::Final) > 0, terms.kind.surcharge.unwrap_or_default());
    Some(BreakEven { cells, unknown, credit: *credit, by_call, with_references, surcharge })
}

impl Terms {
    /// The quantities of one call; `None` if digits run out.
    fn one_call(&self) -> Option<Amounts> {
        let images = Decimal::from(self.images);
        let one = Quantity { pictures: Decimal::ONE, tokens: self.tokens, ..Quantity::default() };
        let mut tokens = self.tokens;
        for tokens in &mut tokens {
            *tokens = times(*tokens, images).ok()?;
        }
        let plain = Quantity { pictures: images, calls: Decimal::ONE, tokens };
        let calls = Calls { one, images, count: Decimal::ONE, buffered: Decimal::ONE };
        Some(Amounts::Sum { plain, buffered: plain, calls: Some(calls) })
    }

    /// The kind of work that makes images of this size and quality; `None` without an official price.
    fn of(&self, size: Size, quality: Quality) -> Option<Kind> {
        let is_own = |work: &Work| (work.shape.size, work.shape.quality) == (Some(size), Some(quality));
        match self.measured.filter(is_own) {
            Some(own) => self.kind.with_picture(size, quality, Some(own)),
            None => self.kind.with_picture(size, quality, None),
        }
    }
}

/// The sizes that people use: those of the common ratios in each class, of the presets and of the card's own list, each ratio
/// once, as the model accepts it; and the sizes of the work.
fn sizes(card: &Card, terms: &Terms, catalog: &Catalog) -> Vec<Size> {
    let table = match (&card.pricing, &card.edit) {
        (Pricing::Images { .. }, Some(edit)) if terms.kind.sent(StageKind::Final) > 0 => Some(&edit.table),
        (Pricing::Images { table, .. }, _) => Some(table),
        (Pricing::Tokens { .. } | Pricing::Internal { .. }, _) => None,
    };
    let of_card = table.into_iter().flat_map(|table| named_in(table, &terms.kind.model.sizes));
    let of_ratios = LISTED.iter().flat_map(|(_, sizes)| *sizes);
    let of_presets = catalog.presets.iter().filter_map(|preset| preset.size);
    let portrait = |size: Size| if size.w > size.h { size.swapped() } else { size };
    let accepts = |size: &Size| terms.kind.model.sizes.is_legal(*size);
    // A size of the work also covers the same size in the other orientation.
    let is_own = |size: &Size| terms.sizes.iter().any(|own| portrait(*own) == *size);
    let mut all: Vec<Size> = of_ratios
        .chain(of_presets)
        .chain(of_card)
        .map(portrait)
        .filter(|size| accepts(size) && !is_own(size))
        .collect();
    all.extend(&terms.sizes);
    all.sort_by_key(|size| (size.pixels(), *size));
    all.dedup();
    all
}

fn verdicts(model: &Model, found: &[BreakEven]) -> Vec<(Quality, Verdict)> {
    model.qualities.iter().map(|quality| (*quality, verdict(found, *quality))).collect()
}

fn verdict(found: &[BreakEven], quality: Quality) -> Verdict {
    let cells = found.iter().flat_map(|found| &found.cells).filter(|cell| cell.quality == quality);
    let mut sizes: BTreeMap<(u64, Size), bool> = BTreeMap::new();
    for (cell, wins) in cells.filter_map(|cell| Some((cell, cell.card_wins()?))) {
        if *sizes.entry((cell.size.pixels(), cell.size)).or_insert(wins) != wins {
            return Verdict::Varied;
        }
    }
    let of = |wanted: bool| -> Vec<Size> {
        sizes.iter().filter(|(_, wins)| **wins == wanted).map(|((_, size), _)| *size).collect()
    };
    match (of(true), of(false)) {
        (card, official) if card.is_empty() && official.is_empty() => Verdict::NoPrice,
        (card, official) if found.iter().any(|found| found.unknown.contains(&quality)) => {
            Verdict::Known { card, official }
        }
        (_, official) if official.is_empty() => Verdict::Card,
        (card, _) if card.is_empty() => Verdict::Official,
        (card, official) => Verdict::Mixed { card, official },
    }
}
