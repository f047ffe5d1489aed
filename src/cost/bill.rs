//! Bills of the same work by other rate cards beside the official one, and why they differ, to the last fraction of a cent.
//!
//! [`Bills`] holds one bill for each card and project, and can give one for each line. The buffer is treated as in the official
//! bill: it is a share of each line's subtotal, in the card's own unit, so that totals compare with totals. What is bought for
//! credits (packs, plans) is bought once, for the sum of all lines with their buffers.
//!
//! A bill's difference from the official one is split along one walk, each step a counterfactual of its own (see [`Why`]).

mod amount;
pub mod break_even;
mod groups;
mod kind;
pub mod mix;
pub mod packs;
pub mod pay;
mod sums;
mod walk;

use super::budget::Budget;
use super::estimate::Estimate;
use crate::cost::base::money::{Decimal, plus};
use crate::cost::estimate::line::StageKind;
use crate::cost::rates::rate_card::Catalog;
use std::sync::Arc;

pub use crate::cost::base::fraction::Fraction;
pub use crate::cost::rates::card::{Card, Kind};
pub use pay::Purchase;
pub use sums::Missing;

use crate::cost::rates::card::{Found, Pay, Pricing};
use groups::Groups;
use pay::Shop;
use sums::{All, Priced, Slot, Sums};
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
    /// Credits before the buffer, of what has a price; none where the card has no credits, and where nothing has a price.
    pub credits: Option<Fraction>,
    /// Credits with the buffer.
    pub credits_total: Option<Fraction>,
    /// USD before the buffer; none where unknown, and where credits are bought for the whole project.
    pub subtotal: Option<Fraction>,
    /// USD with the buffer; none where a price is missing.
    pub total: Option<Fraction>,
    /// USD of what has a price, with the buffer; none where credits have none, and where nothing has a price.
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
    /// Whether the credits are those of all the work: only their price may be missing.
    #[must_use]
    pub fn credits_complete(&self) -> bool {
        self.missing.iter().all(|(why, _)| matches!(why, Missing::CreditPrice | Missing::Reach))
    }

    /// `total` less `official`.
    #[must_use]
    pub fn difference(&self) -> Option<Fraction> {
        self.total.as_ref().map(|total| total - &Fraction::from(self.official))
    }
}

/// One card with the project's bill by it.
#[derive(Debug, Clone)]
pub struct CardBills {
    prepared: Prepared,
    shop: Shop,
    /// What each kind of work comes to, at the places of the groups.
    priced: Vec<Priced>,
    all: All,
    /// What drafts and finals come to where each is bought by itself, at the places of their kinds; none without a price.
    stages: [Option<Fraction>; 2],
    /// The whole project.
    pub bill: Bill,
}

impl PartialEq for CardBills {
    fn eq(&self, other: &CardBills) -> bool {
        self.prepared == other.prepared && self.all == other.all && self.bill == other.bill
    }
}

impl Eq for CardBills {}

impl CardBills {
    /// The card.
    #[must_use]
    pub fn card(&self) -> &Arc<Card> {
        &self.prepared.card
    }

    fn new(prepared: Prepared, months: u32, groups: &Groups, estimate: &Estimate) -> CardBills {
        let price = |place| groups.price(place, &prepared, estimate);
        let priced: Vec<Priced> = (0..groups.places()).map(price).collect();
        let all = All::of(&priced, prepared.ways());
        let mut shop = Shop::new(&prepared.card.pay, months);
        let bill = whole(&prepared, &mut shop, &all, estimate);
        let stages = stages(&prepared, &mut shop, &all, &bill);
        CardBills { prepared, shop, priced, all, stages, bill }
    }

    /// After the groups at these places changed.
    fn refresh(&mut self, places: &[usize], groups: &Groups, estimate: &Estimate) {
        self.priced.resize_with(groups.places(), Priced::default);
        let mut changed = Some(());
        for place in places {
            let new = groups.price(*place, &self.prepared, estimate);
            let old = std::mem::replace(&mut self.priced[*place], new);
            changed = changed.and_then(|()| self.all.change(&old, &self.priced[*place]));
        }
        if changed.is_none() {
            self.all = All::of(&self.priced, self.prepared.ways());
        }
        // The official bill may have changed where this one has not.
        self.bill = whole(&self.prepared, &mut self.shop, &self.all, estimate);
        self.stages = stages(&self.prepared, &mut self.shop, &self.all, &self.bill);
    }
}

/// The bills of a project by every card that it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bills {
    /// In the order of `compare`.
    pub cards: Vec<CardBills>,
    months: u32,
    /// The lines by kind of work: for cards that charge by the picture or the token, and for those that round up each call.
    groups: [Option<Groups>; 2],
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
        let mut groups = [None, None];
        let one = |card: Arc<Card>| {
            let by_call = card.round_calls;
            let groups =
                groups[usize::from(by_call)].get_or_insert_with(|| Groups::new(by_call, budget, estimate, catalog));
            CardBills::new(Prepared::new(card), months, groups, estimate)
        };
        Bills { cards: cards.into_iter().map(one).collect(), months, groups }
    }

    /// The bills that a project asks for: its `[bills]`, with its own cards before built-in ones.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Bills {
        Bills::new(budget.compared(catalog), budget.bills.months(), budget, estimate, catalog)
    }

    /// After an edit that touched one line alone: its kind of work anew, the sums by the difference.
    pub fn refresh_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        match estimate.lines.get(index).filter(|_| self.hold(estimate.lines.len())) {
            Some(line) => self.refresh(estimate, |groups| groups.replace(index, line, budget, catalog).to_vec()),
            None => self.anew(budget, estimate, catalog),
        }
    }

    /// After a line was put in at `index`: its kind of work anew, and the sums by it.
    pub fn insert_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let fits = estimate.lines.len().checked_sub(1).is_some_and(|others| self.hold(others));
        match estimate.lines.get(index).filter(|_| fits) {
            Some(line) => self.refresh(estimate, |groups| vec![groups.insert(index, line, budget, catalog)]),
            None => self.anew(budget, estimate, catalog),
        }
    }

    /// After the line at `index` was taken out.
    pub fn remove_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        match self.hold(estimate.lines.len() + 1) && index <= estimate.lines.len() {
            true => self.refresh(estimate, |groups| vec![groups.remove(index)]),
            false => self.anew(budget, estimate, catalog),
        }
    }

    /// After a line went from one place to another, which changes no sum.
    pub fn move_line(&mut self, from: usize, to: usize) {
        for groups in self.groups.iter_mut().flatten().filter(|groups| from.max(to) < groups.lines()) {
            groups.move_line(from, to);
        }
    }

    fn hold(&self, lines: usize) -> bool {
        self.groups.iter().flatten().all(|groups| groups.lines() == lines)
    }

    fn refresh(&mut self, estimate: &Estimate, change: impl Fn(&mut Groups) -> Vec<usize>) {
        let touched = self.groups.each_mut().map(|groups| groups.as_mut().map(&change).unwrap_or_default());
        for card in &mut self.cards {
            let by_call = usize::from(card.prepared.card.round_calls);
            if let Some(groups) = &self.groups[by_call] {
                card.refresh(&touched[by_call], groups, estimate);
            }
        }
    }

    fn anew(&mut self, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let cards: Vec<_> = self.cards.iter().map(|card| Arc::clone(card.card())).collect();
        *self = Bills::new(cards, self.months, budget, estimate, catalog);
    }

    /// One line's bill by the card at `card`; none beyond either list. It is reckoned when it is asked for.
    #[must_use]
    pub fn line(&self, card: usize, index: usize, estimate: &Estimate) -> Option<Bill> {
        let card = self.cards.get(card)?;
        let own = estimate.lines.get(index)?;
        let groups = self.groups[usize::from(card.prepared.card.round_calls)].as_ref()?;
        let line = groups.line(index, &card.prepared, estimate)?;
        let missing = line.missing.iter().map(|missing| (missing.clone(), 1)).collect();
        let complete = own.total.is_some();
        let (prepared, pay) = (&card.prepared, &card.prepared.card.pay);
        let (mut shop, credits) = (Shop::new(pay, self.months), line.sums.get(Slot::Total));
        if !pay.is_pooled() || !prepared.card.sells_credits() {
            let ways = shop.ways(&prepared.offers, credits);
            return Some(reckoned(prepared, &line.sums, missing, complete, ways));
        }
        // What is bought is bought for all lines together: here it only matters whether any way reaches so far.
        let reaches = prepared.offers.iter().find_map(|offer| shop.buy(offer, credits));
        let mut bill = reckoned(prepared, &line.sums, missing, complete, reaches.into_iter().collect());
        let part =
            |total: &Fraction| bill.credits_total.as_ref()?.by(card.bill.credits_total.as_ref()?).map(|s| &s * total);
        bill.share = card.bill.total.as_ref().and_then(part);
        (bill.subtotal, bill.total, bill.known) = (None, None, None);
        (bill.parts, bill.ways) = (Vec::new(), Vec::new());
        Some(bill)
    }
}

/// Cards that a project compares with and that are built in with other figures now: of the same source, or of the same seller
/// and checked since. A card of one's own that only adds what the built-in one lacks, the price of a credit above all, is none
/// of them.
pub fn outdated_cards<'a>(budget: &'a Budget, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
    let own = budget.bills.compare.iter().filter_map(|id| Some((id, budget.cards.get(id)?.as_ref()?)));
    own.filter_map(|(id, own)| {
        let built_in = catalog.card(id).filter(|card| card.found == Found::BuiltIn)?;
        let (before, now) = (&own.provenance, &built_in.provenance);
        // Sources say of which day they are, so that a newer one reads differently.
        let checked_since = own.name == built_in.name && before.checked.is_some() && before.checked < now.checked;
        let unpaid = built_in.pay == Pay::default();
        let same = own.pricing == built_in.pricing && (unpaid || own.pay == built_in.pay);
        ((before.source == now.source || checked_since) && !same).then_some(id.as_str())
    })
}

fn whole(prepared: &Prepared, shop: &mut Shop, all: &All, estimate: &Estimate) -> Bill {
    let mut missing: Vec<(Missing, usize)> = all.missing.iter().map(|(why, lines)| (why.clone(), *lines)).collect();
    if all.inexact {
        missing.push((Missing::Digits, 0));
    }
    let ways = shop.ways(&prepared.offers, all.sums.get(Slot::Total));
    reckoned(prepared, &all.sums, missing, estimate.totals.total.is_some(), ways)
}

/// What drafts and finals come to, each as if it were all that is bought.
fn stages(prepared: &Prepared, shop: &mut Shop, all: &All, bill: &Bill) -> [Option<Fraction>; 2] {
    let (total, drafts) = (all.sums.get(Slot::Total), all.sums.get(Slot::Drafts));
    let mut usd = |stage: StageKind, units: Option<Decimal>| {
        let units = units.filter(|_| all.unpriced[stage as usize] == 0 && !all.inexact)?;
        match prepared.card.sells_credits() {
            // Without drafts, the finals are the whole bill.
            true => match bill.ways.first().filter(|bought| bought.needed == units) {
                Some(bought) => Some(bought.usd.clone()),
                None => shop.ways(&prepared.offers, units).into_iter().next().map(|bought| bought.usd),
            },
            false => Some(Fraction::from(units)),
        }
    };
    let mut stages = [None, None];
    stages[StageKind::Explore as usize] = usd(StageKind::Explore, Some(drafts));
    stages[StageKind::Final as usize] = usd(StageKind::Final, plus(total, -drafts).ok());
    stages
}

/// A bill from its sums, and from the ways to buy so many credits.
fn reckoned(
    prepared: &Prepared,
    sums: &Sums,
    mut missing: Vec<(Missing, usize)>,
    official_complete: bool,
    mut ways: Vec<Purchase>,
) -> Bill {
    let card = &prepared.card;
    let total = Fraction::from(sums.get(Slot::Total));
    let subtotal = Fraction::from(sums.get(Slot::Units));
    // What has no price at all is unknown: neither 0 credits nor 0 dollars, and nothing to buy.
    let nothing = !missing.is_empty() && total.is_zero();
    let credits = |units: &Fraction| match &card.pricing {
        _ if nothing => None,
        Pricing::Internal { credit_usd, .. } => units.by(&Fraction::from(*credit_usd)),
        _ => card.sells_credits().then(|| units.clone()),
    };
    if card.sells_credits() && ways.is_empty() {
        let why = if prepared.offers.is_empty() { Missing::CreditPrice } else { Missing::Reach };
        missing.push((why, 0));
    }
    if nothing {
        ways.clear();
    }
    let bought = ways.first();
    let unit = match bought {
        Some(bought) => Some(bought.offer.unit.clone()),
        None => (!card.sells_credits()).then(|| Fraction::from(Decimal::ONE)),
    };
    let known = match bought {
        Some(bought) => Some(bought.usd.clone()),
        None => unit.as_ref().filter(|_| !nothing).map(|unit| unit * &total),
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
