//! For which images a card is cheaper than the official price: compared size by size and quality by quality.

use super::listed::listed;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::size::{LISTED, Size, SizeRules};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Budget;
use crate::cost::budget::Catalog;
use crate::cost::rates::card::{Card, Price, Pricing, Table};
use crate::cost::rates::rate_card::{Billing, Meter, Model, ServiceTier};
use std::cmp::Ordering;

/// One image at both prices, without inputs; by the call, if the card charges so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Pixels, in portrait or square.
    pub size: Size,
    /// The rendering quality.
    pub quality: Quality,
    /// USD at the official standard price.
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
    /// The card is cheaper in every size that it has a price for.
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
    /// The card, or the model, has no price in this quality.
    NoPrice,
}

/// A card against the official price of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// Every size of the common ratios and presets in every quality with an official price.
    pub cells: Vec<Cell>,
    /// By quality, the cheapest first.
    pub by_quality: Vec<(Quality, Verdict)>,
    /// True if the card sells credits in packs or plans: the comparison uses their lowest list price, without fees and
    /// leftovers.
    pub at_list_price: bool,
}

/// Compares image by image; `None` if the card does not charge per image, is not for the model, or has no known price.
#[must_use]
pub fn break_even(card: &Card, model: &Model, budget: &Budget, catalog: &Catalog) -> Option<BreakEven> {
    let Pricing::Images { table, .. } = &card.pricing else { return None };
    if !card.is_for(&model.id) {
        return None;
    }
    let money = card.money.in_usd(&budget.shown)?;
    let unit = match card.sells_credits() {
        true => card.pay.offers(&money).into_iter().map(|offer| offer.unit).min()?,
        false => money,
    };
    let unit = &unit * &card.with_fee();
    let rate = budget.card(model).rates(ServiceTier::Standard).and_then(|rates| rates.get(Meter::ImageOutput));
    let mut cells = Vec::new();
    for quality in &model.qualities {
        for size in sizes(model, catalog) {
            let Some(official) = official(model, size, *quality, rate) else { continue };
            let units = price(table, size, *quality, &model.sizes).filter(|_| card.sells(*quality));
            let card = units.map(|units| &unit * &Fraction::from(units));
            cells.push(Cell { size, quality: *quality, official, card });
        }
    }
    let by_quality = model.qualities.iter().map(|quality| (*quality, verdict(&cells, *quality))).collect();
    Some(BreakEven { cells, by_quality, at_list_price: card.sells_credits() && card.pay.is_pooled() })
}

/// The sizes that people use: those of the common ratios in each class and of the presets, each ratio once, as the model
/// accepts it.
fn sizes(model: &Model, catalog: &Catalog) -> Vec<Size> {
    let of_ratios = LISTED.iter().flat_map(|(_, sizes)| *sizes);
    let of_presets = catalog.presets.iter().filter_map(|preset| preset.size);
    let portrait = |size: Size| if size.w > size.h { size.swapped() } else { size };
    let mut all: Vec<Size> =
        of_ratios.chain(of_presets).map(portrait).filter(|size| model.sizes.is_legal(*size)).collect();
    all.sort_by_key(|size| (size.pixels(), *size));
    all.dedup();
    all
}

fn official(model: &Model, size: Size, quality: Quality, rate: Option<Decimal>) -> Option<Decimal> {
    let listed = if model.billing == Billing::Tokens { None } else { model.image_price(size, quality) };
    listed.or_else(|| {
        let tokens = Decimal::from(model.output.count(size, quality)?);
        times(times(tokens, rate?).ok()?, Decimal::new(1, 6)).ok().map(|usd| usd.normalize())
    })
}

fn price(table: &Table, size: Size, quality: Quality, sizes: &SizeRules) -> Option<Decimal> {
    let found: &Price = match table {
        Table::Unpublished => return None,
        Table::Flat(price) => price,
        Table::Tiers(tiers) => &tiers.iter().find(|tier| tier.bound.holds(size))?.price,
        Table::Sizes { rows, nearest } => &listed(rows, size, *nearest, sizes)?.1,
    };
    found.of(quality)
}

fn verdict(cells: &[Cell], quality: Quality) -> Verdict {
    let of = |wins: bool| -> Vec<Size> {
        let own = cells.iter().filter(|cell| cell.quality == quality && cell.card_wins() == Some(wins));
        own.map(|cell| cell.size).collect()
    };
    match (of(true), of(false)) {
        (card, official) if card.is_empty() && official.is_empty() => Verdict::NoPrice,
        (_, official) if official.is_empty() => Verdict::Card,
        (card, _) if card.is_empty() => Verdict::Official,
        (card, official) => Verdict::Mixed { card, official },
    }
}
