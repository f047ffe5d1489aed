//! What lines add to a card's bill: exact sums that a line can be taken out of again, so that an edit recomputes its own line.

use crate::cost::money::{Decimal, plus};
use crate::cost::rate_card::Meter;
use crate::cost::size::Size;
use crate::cost::tokens::Quality;
use std::collections::BTreeMap;

/// One of the sums. All but [`Slot::Units`] hold the buffer; those not in units are USD at official prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The card's units before the buffer.
    Units,
    /// The card's units.
    Total,
    /// The official bill, as far as it is known.
    Anchor,
    /// Official inputs that the card does not charge for.
    Inputs,
    /// Standard service in place of batch.
    NoBatch,
    /// What `auto` is charged as, in place of nothing known.
    Auto,
    /// The square of the class in place of the picture's own size.
    Tier,
    /// What all of that comes to: what the card's prices are held against.
    Level,
    /// The part of it whose prices are rounded to steps.
    Stepped,
    /// Units that rounding call by call added.
    RoundedCalls,
    /// Units of pictures without an official price.
    Unofficial,
    /// Units of drafts, a part of [`Slot::Total`].
    Drafts,
    /// The official bill of drafts, a part of [`Slot::Anchor`].
    OfficialDrafts,
}

const SLOTS: usize = 13;

/// Why a bill, or a part of it, has no price. Never 0 in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The card is not for this model.
    Model(String),
    /// The card has no price for this size.
    Size(Size),
    /// The card has no price for this quality.
    Quality(Quality),
    /// The card does not say what size `auto` is charged as.
    AutoSize,
    /// The card does not say what quality `auto` is charged as.
    AutoQuality,
    /// The card has no rate for this meter.
    Rate(Meter),
    /// How many tokens a picture takes is not known.
    Tokens,
    /// The card rests on the official price, and that is not known.
    Official,
    /// How many pictures are drawn is not known.
    Count,
    /// A value of the line cannot be read.
    Unreadable,
    /// The seller publishes no figures for pictures.
    Figures,
    /// What a credit costs is not published.
    CreditPrice,
    /// No way to pay reaches so many credits.
    Reach,
    /// More digits than are computed with exactly.
    Digits,
}

/// Sums of one line, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sums {
    slots: [Decimal; SLOTS],
    /// Units of official prices rounded up to the card's steps, by way to pay.
    steps: Vec<Decimal>,
}

impl Sums {
    pub(super) fn new(ways: usize) -> Sums {
        Sums { slots: [Decimal::ZERO; SLOTS], steps: vec![Decimal::ZERO; ways] }
    }

    pub(super) fn get(&self, slot: Slot) -> Decimal {
        self.slots[slot as usize]
    }

    pub(super) fn step(&self, way: usize) -> Option<Decimal> {
        self.steps.get(way).copied()
    }

    /// Adds the line's sums, or takes them away; none where digits run out.
    fn change(&mut self, by: &Sums, add: bool) -> Option<()> {
        let sum = |now: &mut Decimal, by: Decimal| {
            if !by.is_zero() {
                *now = plus(*now, if add { by } else { -by }).ok()?;
            }
            Some(())
        };
        self.slots.iter_mut().zip(by.slots).try_for_each(|(now, by)| sum(now, by))?;
        self.steps.iter_mut().zip(&by.steps).try_for_each(|(now, by)| sum(now, *by))
    }
}

/// What one line adds to a card's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineBill {
    pub(super) sums: Sums,
    pub(super) missing: Vec<Missing>,
    /// Something is missing in the stage that is being added.
    pub(super) stage_misses: bool,
    /// Stages without a price, by kind: the card's.
    pub(super) unpriced: [bool; 2],
    /// The same of the official bill.
    pub(super) unpriced_officially: [bool; 2],
}

impl LineBill {
    pub(super) fn new(ways: usize) -> LineBill {
        LineBill {
            sums: Sums::new(ways),
            missing: Vec::new(),
            stage_misses: false,
            unpriced: [false; 2],
            unpriced_officially: [false; 2],
        }
    }

    pub(super) fn misses(&mut self, missing: Missing) {
        self.stage_misses = true;
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    pub(super) fn add(&mut self, slot: Slot, amount: Decimal) -> Option<()> {
        let now = &mut self.sums.slots[slot as usize];
        *now = plus(*now, amount).ok()?;
        Some(())
    }

    pub(super) fn add_step(&mut self, way: usize, amount: Decimal) -> Option<()> {
        let now = self.sums.steps.get_mut(way)?;
        *now = plus(*now, amount).ok()?;
        Some(())
    }

    /// Sums that are not whole say nothing.
    pub(super) fn out_of_digits(&mut self) {
        self.sums = Sums::new(self.sums.steps.len());
        self.misses(Missing::Digits);
        self.unpriced = [true; 2];
    }
}

/// The sums of all lines, with what is missing in how many of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct All {
    pub(super) sums: Sums,
    pub(super) missing: BTreeMap<Missing, usize>,
    /// Lines without a price for a stage, by its kind: by the card, and officially.
    pub(super) unpriced: [usize; 2],
    pub(super) unpriced_officially: [usize; 2],
    /// Digits ran out, so that nothing can be taken away again.
    pub(super) inexact: bool,
}

impl All {
    pub(super) fn new(ways: usize) -> All {
        let (unpriced, unpriced_officially) = ([0; 2], [0; 2]);
        All { sums: Sums::new(ways), missing: BTreeMap::new(), unpriced, unpriced_officially, inexact: false }
    }

    pub(super) fn change(&mut self, line: &LineBill, add: bool) {
        self.inexact |= self.sums.change(&line.sums, add).is_none();
        let count = |now: &mut usize, by: bool| {
            *now = if add { *now + usize::from(by) } else { now.saturating_sub(usize::from(by)) }
        };
        self.unpriced.iter_mut().zip(line.unpriced).for_each(|(now, by)| count(now, by));
        self.unpriced_officially.iter_mut().zip(line.unpriced_officially).for_each(|(now, by)| count(now, by));
        for missing in &line.missing {
            match self.missing.get_mut(missing) {
                Some(lines) if add => *lines += 1,
                Some(lines) if *lines > 1 => *lines -= 1,
                Some(_) => drop(self.missing.remove(missing)),
                None if add => drop(self.missing.insert(missing.clone(), 1)),
                None => {}
            }
        }
    }
}
