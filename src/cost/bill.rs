//! Bills of the same work by other rate cards beside the official one, and why they differ, to the last fraction of a cent.
//!
//! [`Bills`] holds one bill for each card and project, and can give one for each line. The buffer is treated as in the official
//! bill: it is a share of each line's subtotal, in the card's own unit, so that totals compare with totals. What is bought for
//! credits (packs, plans) is bought once, for the sum of all lines with their buffers.
//!
//! A bill's difference from the official one is split along one walk, each step a counterfactual of its own (see [`Why`]).

pub mod break_even;
pub mod card;
mod fraction;
pub mod mix;
mod official;
pub mod packs;
pub mod pay;
mod sums;
mod walk;

use super::budget::Budget;
use super::estimate::Estimate;
use super::money::Decimal;
use super::rate_card::Catalog;
use std::sync::Arc;

pub use card::{Card, Kind};
pub use fraction::Fraction;
pub use pay::Purchase;
pub use sums::Missing;

use card::Pricing;
use official::Official;
use sums::{All, LineBill, Slot, Sums};
use walk::Prepared;

/// Why a bill differs from the official one, in the order of the walk from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Reference pictures and prompt are not charged for: their official price, taken away.
    InputsIncluded,
    /// The card has no batch service: the official standard price in place of the batch price.
    NoBatch,
    /// `auto` is charged as a picture that has a price: the official price of that picture.
    AutoChargedAs,
    /// Pictures without an official price, at the card's.
    NoOfficialPrice,
    /// Sizes are charged by class: the official price of the class's square (of the listed size) in place of the picture's own.
    SizeTier,
    /// The official price rounded up to the card's step (one credit, the last digit of its list), and calls rounded up.
    Rounding,
    /// The card's price against that: what the seller adds, or leaves off.
    Margin,
    /// A plan's fees beyond the list price of the credits in them.
    Fee,
    /// Credits beyond the plan's, dearer than the list price.
    Overage,
    /// Packs dearer than the one of best value.
    Packs,
    /// Credits that are paid for and left over, at the list price.
    Leftover,
}

impl Why {
    /// All reasons, in the order of the walk.
    pub const ALL: [Why; 11] = [
        Why::InputsIncluded,
        Why::NoBatch,
        Why::AutoChargedAs,
        Why::NoOfficialPrice,
        Why::SizeTier,
        Why::Rounding,
        Why::Margin,
        Why::Fee,
        Why::Overage,
        Why::Packs,
        Why::Leftover,
    ];
}

/// One part of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Why.
    pub why: Why,
    /// USD, the buffer included; never 0.
    pub usd: Fraction,
}

/// What the same work comes to on one card: a line's, or the project's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Credits before the buffer, of what has a price; none where the card has no credits.
    pub credits: Option<Fraction>,
    /// Credits with the buffer.
    pub credits_total: Option<Fraction>,
    /// USD before the buffer; none where unknown, and where credits are bought for the whole project.
    pub subtotal: Option<Fraction>,
    /// USD with the buffer; none where a price is missing.
    pub total: Option<Fraction>,
    /// USD of what has a price, with the buffer; none where credits have none.
    pub known: Option<Fraction>,
    /// For a line of a project that buys packs or a plan: its share of what is bought, by credits. Shown with ≈, never summed.
    pub share: Option<Fraction>,
    /// What is missing, with the number of lines that it concerns; 0 where it concerns the whole.
    pub missing: Vec<(Missing, usize)>,
    /// The official bill that `parts` lead away from: its known part where it is not complete.
    pub official: Decimal,
    /// Whether that is the whole official bill.
    pub official_complete: bool,
    /// The difference between `total` and `official`, part by part; empty where `total` is unknown.
    pub parts: Vec<Part>,
    /// Ways to buy the credits, the cheapest first: that one is reckoned with.
    pub ways: Vec<Purchase>,
}

impl Bill {
    /// `total` less `official`.
    #[must_use]
    pub fn difference(&self) -> Option<Fraction> {
        self.total.as_ref().map(|total| total - &Fraction::from(self.official))
    }
}

/// One card with the project's bill by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardBills {
    prepared: Prepared,
    lines: Vec<LineBill>,
    all: All,
    /// The whole project.
    pub bill: Bill,
}

impl CardBills {
    /// The card.
    #[must_use]
    pub fn card(&self) -> &Arc<Card> {
        &self.prepared.card
    }
}

/// The bills of a project by every card that it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bills {
    /// In the order of `compare`.
    pub cards: Vec<CardBills>,
    months: u32,
}

impl Bills {
    /// Every bill anew. `months`: how long the work takes, for plans and packs that expire.
    #[must_use]
    pub fn new(
        cards: impl IntoIterator<Item = Arc<Card>>,
        months: u32,
        budget: &Budget,
        estimate: &Estimate,
        catalog: &Catalog,
    ) -> Bills {
        let one = |card| {
            let prepared = Prepared::new(card);
            let line = |line| prepared.line(&Official { line, budget, catalog });
            let lines: Vec<LineBill> = estimate.lines.iter().map(line).collect();
            let mut all = All::new(prepared.ways());
            lines.iter().for_each(|line| all.change(line, true));
            let bill = whole(&prepared, &all, months, estimate);
            CardBills { prepared, lines, all, bill }
        };
        Bills { cards: cards.into_iter().map(one).collect(), months }
    }

    /// The bills that a project asks for: its `[bills]`, with its own cards before built-in ones.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Bills {
        Bills::new(budget.compared(catalog), budget.bills.months(), budget, estimate, catalog)
    }

    /// After an edit that touched one line alone: its own bills anew, the sums by the difference.
    pub fn refresh_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let same = |card: &CardBills| card.lines.len() == estimate.lines.len() && !card.all.inexact;
        let (Some(line), true) = (estimate.lines.get(index), self.cards.iter().all(same)) else {
            self.anew(budget, estimate, catalog);
            return;
        };
        for card in &mut self.cards {
            let new = card.prepared.line(&Official { line, budget, catalog });
            if new != card.lines[index] {
                card.all.change(&card.lines[index], false);
                card.all.change(&new, true);
                card.lines[index] = new;
            }
            // The official bill may have changed where this one has not.
            card.bill = whole(&card.prepared, &card.all, self.months, estimate);
        }
    }

    /// After a line was put in at `index`: its own bills, and the sums by them.
    pub fn insert_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let fits = |card: &CardBills| card.lines.len() + 1 == estimate.lines.len() && !card.all.inexact;
        let (Some(line), true) = (estimate.lines.get(index), self.cards.iter().all(fits)) else {
            self.anew(budget, estimate, catalog);
            return;
        };
        for card in &mut self.cards {
            let new = card.prepared.line(&Official { line, budget, catalog });
            card.all.change(&new, true);
            card.lines.insert(index, new);
            card.bill = whole(&card.prepared, &card.all, self.months, estimate);
        }
    }

    /// After the line at `index` was taken out.
    pub fn remove_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let fits = |card: &CardBills| {
            card.lines.len() == estimate.lines.len() + 1 && index < card.lines.len() && !card.all.inexact
        };
        if !self.cards.iter().all(fits) {
            self.anew(budget, estimate, catalog);
            return;
        }
        for card in &mut self.cards {
            let old = card.lines.remove(index);
            card.all.change(&old, false);
            card.bill = whole(&card.prepared, &card.all, self.months, estimate);
        }
    }

    /// After a line went from one place to another, which changes no sum.
    pub fn move_line(&mut self, from: usize, to: usize) {
        for card in self.cards.iter_mut().filter(|card| from.max(to) < card.lines.len()) {
            let line = card.lines.remove(from);
            card.lines.insert(to, line);
        }
    }

    fn anew(&mut self, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let cards: Vec<_> = self.cards.iter().map(|card| Arc::clone(card.card())).collect();
        *self = Bills::new(cards, self.months, budget, estimate, catalog);
    }

    /// One line's bill by the card at `card`; none beyond either list.
    #[must_use]
    pub fn line(&self, card: usize, index: usize, estimate: &Estimate) -> Option<Bill> {
        let card = self.cards.get(card)?;
        let (line, own) = (card.lines.get(index)?, estimate.lines.get(index)?);
        let missing = line.missing.iter().map(|missing| (missing.clone(), 1)).collect();
        let complete = own.total.is_some();
        if !card.prepared.card.pay.is_pooled() || !card.prepared.card.sells_credits() {
            return Some(reckoned(&card.prepared, &line.sums, missing, complete, self.months));
        }
        let mut bill = reckoned(&card.prepared, &line.sums, missing, complete, self.months);
        let part =
            |total: &Fraction| bill.credits_total.as_ref()?.by(card.bill.credits_total.as_ref()?).map(|s| &s * total);
        bill.share = card.bill.total.as_ref().and_then(part);
        (bill.subtotal, bill.total, bill.known) = (None, None, None);
        (bill.parts, bill.ways) = (Vec::new(), Vec::new());
        Some(bill)
    }
}

/// Cards that a project compares with and that are built in with other figures now. A card of one's own that only adds what the
/// built-in one lacks, the price of a credit above all, is none of them.
pub fn outdated_cards<'a>(budget: &'a Budget, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
    let own = budget.bills.compare.iter().filter_map(|id| Some((id, budget.cards.get(id)?.as_ref()?)));
    own.filter_map(|(id, own)| {
        let built_in = catalog.card(id)?;
        let same_source = own.provenance.source == built_in.provenance.source;
        let unpaid = built_in.pay == card::Pay::default();
        let same = own.pricing == built_in.pricing && (unpaid || own.pay == built_in.pay);
        (same_source && !same).then_some(id.as_str())
    })
}

fn whole(prepared: &Prepared, all: &All, months: u32, estimate: &Estimate) -> Bill {
    let mut missing: Vec<(Missing, usize)> = all.missing.iter().map(|(why, lines)| (why.clone(), *lines)).collect();
    if all.inexact {
        missing.push((Missing::Digits, 0));
    }
    reckoned(prepared, &all.sums, missing, estimate.totals.total.is_some(), months)
}

/// A bill from its sums.
fn reckoned(
    prepared: &Prepared,
    sums: &Sums,
    mut missing: Vec<(Missing, usize)>,
    official_complete: bool,
    months: u32,
) -> Bill {
    let card = &prepared.card;
    let total = Fraction::from(sums.get(Slot::Total));
    let subtotal = Fraction::from(sums.get(Slot::Units));
    let credits = |units: &Fraction| match &card.pricing {
        Pricing::Internal { credit_usd, .. } => units.by(&Fraction::from(*credit_usd)),
        _ => card.sells_credits().then(|| units.clone()),
    };
    let mut ways = Vec::new();
    if card.sells_credits() {
        ways = card.pay.ways(sums.get(Slot::Total), months);
        if ways.is_empty() {
            let why = if prepared.offers.is_empty() { Missing::CreditPrice } else { Missing::Reach };
            missing.push((why, 0));
        }
    }
    let bought = ways.first();
    let unit = match bought {
        Some(bought) => Some(bought.offer.unit.clone()),
        None => (!card.sells_credits()).then(|| Fraction::from(Decimal::ONE)),
    };
    let known = match bought {
        Some(bought) => Some(bought.usd.clone()),
        None => unit.as_ref().map(|unit| unit * &total),
    };
    let exact_total = known.clone().filter(|_| missing.is_empty());
    let way = bought.and_then(|bought| prepared.offers.iter().position(|offer| offer.way == bought.offer.way));
    let parts = match (&exact_total, &unit) {
        (Some(_), Some(unit)) => parts(sums, unit, way.unwrap_or(0), bought),
        _ => Vec::new(),
    };
    let pooled = card.sells_credits() && card.pay.is_pooled();
    Bill {
        credits: credits(&subtotal),
        credits_total: credits(&total),
        subtotal: unit.as_ref().filter(|_| !pooled && missing.is_empty()).map(|unit| unit * &subtotal),
        total: exact_total,
        known,
        share: None,
        missing,
        official: sums.get(Slot::Anchor).normalize(),
        official_complete,
        parts,
        ways,
    }
}

/// The difference from the official bill, part by part.
fn parts(sums: &Sums, unit: &Fraction, way: usize, bought: Option<&Purchase>) -> Vec<Part> {
    let usd = |slot: Slot| Fraction::from(sums.get(slot));
    let paid = |slot: Slot| unit * &usd(slot);
    let mut rounding = paid(Slot::RoundedCalls);
    let charged = &(&paid(Slot::Total) - &rounding) - &paid(Slot::Unofficial);
    let mut level = usd(Slot::Level);
    if let Some(steps) = sums.step(way) {
        let stepped = unit * &Fraction::from(steps);
        let up = &stepped - &usd(Slot::Stepped);
        level = &level + &up;
        rounding = &rounding + &up;
    }
    let mut parts = vec![
        (Why::InputsIncluded, usd(Slot::Inputs)),
        (Why::NoBatch, usd(Slot::NoBatch)),
        (Why::AutoChargedAs, usd(Slot::Auto)),
        (Why::NoOfficialPrice, paid(Slot::Unofficial)),
        (Why::SizeTier, usd(Slot::Tier)),
        (Why::Rounding, rounding),
        (Why::Margin, &charged - &level),
    ];
    if let Some(bought) = bought {
        parts.extend([
            (Why::Fee, bought.fee_surcharge()),
            (Why::Overage, bought.overage_surcharge()),
            (Why::Packs, bought.pack_surcharge()),
            (Why::Leftover, bought.leftover_worth()),
        ]);
    }
    parts.into_iter().filter(|(_, usd)| !usd.is_zero()).map(|(why, usd)| Part { why, usd }).collect()
}
