//! The project's bill on each compared card, kept up to date edit by edit.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, plus};
use crate::cost::bill::bill::{Bill, bill_of_sums};
use crate::cost::bill::groups::Groups;
use crate::cost::bill::pay::Shop;
use crate::cost::bill::prepared::Prepared;
use crate::cost::bill::sums::{All, Missing, Priced, Slot};
use crate::cost::budget::{Budget, Catalog};
use crate::cost::estimate::Estimate;
use crate::cost::estimate::line::StageKind;
use crate::cost::rates::card::Card;
use std::sync::Arc;

/// One card with the project's bill on it.
#[derive(Debug, Clone)]
pub struct CardBills {
    prepared: Prepared,
    shop: Shop,
    /// The cost of each kind of work, indexed like the groups.
    priced: Vec<Priced>,
    pub(super) all: All,
    /// The cost of drafts and of finals, each bought separately, indexed like the stage kinds; `None` without a price.
    pub(super) stages: [Option<Fraction>; 2],
    /// The bill of the whole project.
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

    pub(super) fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    fn new(prepared: Prepared, months: Option<u32>, groups: &Groups, estimate: &Estimate) -> CardBills {
        let price = |place| groups.price(place, &prepared, estimate);
        let priced: Vec<Priced> = (0..groups.places()).map(price).collect();
        let all = All::of(&priced, prepared.ways());
        let mut shop = Shop::new(&prepared.card.pay, months.unwrap_or(1), prepared.money_or_one());
        let bill = whole(&prepared, &mut shop, &all, estimate);
        let stages = stages(&prepared, &mut shop, &all, &bill);
        CardBills { prepared, shop, priced, all, stages, bill }
    }

    /// Updates the bill after the groups at these indices changed.
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
        // The official bill may have changed even if this one has not.
        self.bill = whole(&self.prepared, &mut self.shop, &self.all, estimate);
        self.stages = stages(&self.prepared, &mut self.shop, &self.all, &self.bill);
    }
}

/// The project's bill on each compared card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bills {
    /// In the order of `compare`.
    pub cards: Vec<CardBills>,
    /// Names in `compare` that no card answers to, or one that cannot be read: their bills are unknown.
    pub unread: Vec<String>,
    months: Option<u32>,
    /// The lines by kind of work: for cards that charge per image or token, and for cards that round up each call.
    groups: [Option<Groups>; 2],
}

impl Bills {
    /// Computes every bill. `months`: the duration of the work, for plans and packs that expire; `None` if it is unknown, and
    /// then so is every bill that depends on it.
    #[must_use]
    pub fn new(
        cards: impl IntoIterator<Item = Arc<Card>>,
        months: impl Into<Option<u32>>,
        budget: &Budget,
        estimate: &Estimate,
        catalog: &Catalog,
    ) -> Bills {
        let months = months.into();
        let mut groups = [None, None];
        let one = |card: Arc<Card>| {
            let by_call = card.round_calls;
            let groups =
                groups[usize::from(by_call)].get_or_insert_with(|| Groups::new(by_call, budget, estimate, catalog));
            CardBills::new(Prepared::new(card, &budget.shown, months), months, groups, estimate)
        };
        Bills { cards: cards.into_iter().map(one).collect(), unread: Vec::new(), months, groups }
    }

    /// The bills that a project asks for in `[bills]`; its own cards take precedence over built-in ones.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Bills {
        let compare = &budget.bills.compare;
        let unread = compare.iter().filter(|id| budget.bill_card(id, catalog).is_none()).cloned().collect();
        let bills = Bills::new(budget.compared(catalog), budget.bills.months(), budget, estimate, catalog);
        Bills { unread, ..bills }
    }

    /// Updates the bills after an edit of one line: rebuilds its kind of work and adjusts the sums by the difference.
    pub fn refresh_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        match estimate.lines.get(index).filter(|_| self.hold(estimate.lines.len())) {
            Some(line) => self.refresh(estimate, |groups| groups.replace(index, line, budget, catalog).to_vec()),
            None => self.rebuild(budget, estimate, catalog),
        }
    }

    /// Updates the bills after a line was inserted at `index`.
    pub fn insert_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let fits = estimate.lines.len().checked_sub(1).is_some_and(|others| self.hold(others));
        match estimate.lines.get(index).filter(|_| fits) {
            Some(line) => self.refresh(estimate, |groups| vec![groups.insert(index, line, budget, catalog)]),
            None => self.rebuild(budget, estimate, catalog),
        }
    }

    /// Updates the bills after the line at `index` was removed.
    pub fn remove_line(&mut self, index: usize, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        match self.hold(estimate.lines.len() + 1) && index <= estimate.lines.len() {
            true => self.refresh(estimate, |groups| vec![groups.remove(index)]),
            false => self.rebuild(budget, estimate, catalog),
        }
    }

    /// Updates the bills after a line was moved, which changes no sum.
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

    fn rebuild(&mut self, budget: &Budget, estimate: &Estimate, catalog: &Catalog) {
        let cards: Vec<_> = self.cards.iter().map(|card| Arc::clone(card.card())).collect();
        *self = Bills::new(cards, self.months, budget, estimate, catalog);
    }

    /// The bill of one line on the card at index `card`; `None` if either index is out of range. Computed on demand.
    #[must_use]
    pub fn line(&self, card: usize, index: usize, estimate: &Estimate) -> Option<Bill> {
        let card = self.cards.get(card)?;
        let own = estimate.lines.get(index)?;
        let groups = self.groups[usize::from(card.prepared.card.round_calls)].as_ref()?;
        let line = groups.line(index, &card.prepared, estimate)?;
        let missing = line.missing.iter().map(|missing| (missing.clone(), 1)).collect();
        let (complete, marked) = (own.official.is_some(), |mark| line.has(mark));
        let (prepared, pay) = (&card.prepared, &card.prepared.card.pay);
        let (mut shop, credits) =
            (Shop::new(pay, self.months.unwrap_or(1), prepared.money_or_one()), line.sums.get(Slot::Total));
        if !pay.is_pooled() || !prepared.card.sells_credits() {
            let ways = shop.ways(&prepared.offers, credits);
            return Some(bill_of_sums(prepared, &line.sums, missing, complete, marked, ways));
        }
        // Credits are bought for all lines together: here it only matters whether any way to pay reaches that many.
        let reaches = prepared.offers.iter().find_map(|offer| shop.buy(offer, credits));
        let mut bill = bill_of_sums(prepared, &line.sums, missing, complete, marked, reaches.into_iter().collect());
        let part = |total: &Fraction| {
            bill.credits_total.as_ref()?.checked_div(card.bill.credits_total.as_ref()?).map(|s| &s * total)
        };
        bill.share = card.bill.total.as_ref().and_then(part);
        (bill.subtotal, bill.total, bill.known) = (None, None, None);
        (bill.parts, bill.ways) = (Vec::new(), Vec::new());
        Some(bill)
    }
}

fn whole(prepared: &Prepared, shop: &mut Shop, all: &All, estimate: &Estimate) -> Bill {
    let mut missing: Vec<(Missing, usize)> = all.missing.iter().map(|(why, lines)| (why.clone(), *lines)).collect();
    if all.inexact {
        missing.push((Missing::Digits, 0));
    }
    let ways = shop.ways(&prepared.offers, all.sums.get(Slot::Total));
    bill_of_sums(prepared, &all.sums, missing, estimate.totals.invoice.official.is_some(), |mark| all.has(mark), ways)
}

/// The cost of drafts and of finals, each as if bought alone.
fn stages(prepared: &Prepared, shop: &mut Shop, all: &All, bill: &Bill) -> [Option<Fraction>; 2] {
    let (total, drafts) = (all.sums.get(Slot::Total), all.sums.get(Slot::Drafts));
    let mut usd = |stage: StageKind, units: Option<Decimal>| {
        let units = units.filter(|_| all.unpriced[stage as usize] == 0 && !all.inexact)?;
        match prepared.card.sells_credits() {
            // Without drafts, the finals are the whole bill.
            true => match bill.ways.first().filter(|bought| bought.needed == units) {
                Some(bought) => Some(prepared.with_fee(&bought.usd)),
                None => {
                    let cheapest = shop.ways(&prepared.offers, units).into_iter().next();
                    cheapest.map(|bought| prepared.with_fee(&bought.usd))
                }
            },
            false => Some(prepared.with_fee(&(prepared.money.as_ref()? * &Fraction::from(units)))),
        }
    };
    let mut stages = [None, None];
    stages[StageKind::Explore as usize] = usd(StageKind::Explore, Some(drafts));
    stages[StageKind::Final as usize] = usd(StageKind::Final, plus(total, -drafts).ok());
    stages
}
