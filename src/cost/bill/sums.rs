//! The sums that lines add to a card's bill: exact, so that a kind of work can be subtracted again and an edit prices only
//! its own.

use crate::cost::base::money::{Currency, Decimal, plus, times, total};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::rate_card::Meter;
use std::collections::BTreeMap;

/// One of the sums. All but [`Slot::Units`] include the buffer; all except units are USD at official prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The card's units before the buffer.
    Units,
    /// The card's units.
    Total,
    /// The official bill, as far as it is known.
    Official,
    /// The official surcharge where the card does not add it, below 0.
    Surcharge,
    /// Inputs that the card does not charge for.
    Inputs,
    /// Partial images that the card does not charge for.
    Previews,
    /// Standard service instead of batch.
    NoBatch,
    /// The same where the maker does not offer batch.
    BatchNotOffered,
    /// The same where the official batch price is not known.
    BatchUnknown,
    /// The image that `auto` is charged as, instead of an unknown one.
    Auto,
    /// The square of the class instead of the image's own size.
    Tier,
    /// One image for each call instead of all of its images.
    PerCall,
    /// The sum of the steps above: the level that the card's prices are compared with.
    Level,
    /// The part of [`Slot::Level`] whose prices are rounded to steps.
    Stepped,
    /// Units added by rounding each call up.
    RoundedCalls,
    /// Units of images without an official price.
    Unofficial,
    /// Units of drafts, a part of [`Slot::Total`].
    Drafts,
    /// The official bill of drafts, a part of [`Slot::Official`].
    OfficialDrafts,
}

const SLOTS: usize = 18;

/// Why a bill, or a part of it, has no price. It never counts as 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The card is not for this model.
    Model(String),
    /// The card does not sell this quality.
    NotSold(Quality),
    /// The card does not say what a call with reference images costs.
    References,
    /// The card's price of calls with reference images covers only so many of them.
    ReferencesOver(u64),
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
    /// The number of tokens of an image is unknown.
    Tokens,
    /// The card is based on the official price, which is unknown.
    Official,
    /// The number of images is unknown.
    Count,
    /// A value of the line cannot be read.
    Unreadable,
    /// The seller publishes no prices for images.
    Figures,
    /// The price of a credit is not published.
    CreditPrice,
    /// The card's currency has no exchange rate.
    Exchange(Currency),
    /// The months of work cannot be read, and what credits cost depends on them.
    Months,
    /// No way to pay reaches that many credits.
    Reach,
    /// More digits than exact arithmetic holds.
    Digits,
}

/// What holds of a line's bill beside its sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Quality `auto` is charged as the quality that the card names.
    Auto,
    /// The total rests on an approximate number of tokens that the official bill does not rest on.
    AboutTotal,
    /// Parts of the difference rest on one.
    AboutParts,
}

const MARKS: usize = 3;

/// Sums of one line, or of many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sums {
    slots: [Decimal; SLOTS],
    /// Official prices rounded up to the card's steps, in units, by way to pay.
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

    /// Adds the other sums or subtracts them; `None` if digits run out on the way.
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

    /// The sum of all, in any order, and whether every part is exact; an inexact part is left out.
    fn of_all<'a>(all: impl Iterator<Item = &'a Sums> + Clone, ways: usize) -> (Sums, bool) {
        let mut sums = Sums::new(ways);
        if all.clone().try_for_each(|by| sums.change(by, true)).is_some() {
            return (sums, true);
        }
        let mut exact = true;
        let mut sum = |parts: &mut dyn Iterator<Item = Decimal>| {
            total(parts).unwrap_or_else(|_| {
                exact = false;
                Decimal::ZERO
            })
        };
        for (at, slot) in sums.slots.iter_mut().enumerate() {
            *slot = sum(&mut all.clone().map(|by| by.slots[at]));
        }
        for (at, step) in sums.steps.iter_mut().enumerate() {
            *step = sum(&mut all.clone().filter_map(|by| by.steps.get(at).copied()));
        }
        (sums, exact)
    }
}

/// What one line, or a kind of work over all lines, adds to a card's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineBill {
    pub(super) sums: Sums,
    pub(super) missing: Vec<Missing>,
    /// True if something is missing in the stage that is being added.
    pub(super) stage_misses: bool,
    /// Stages without a price on the card, by kind.
    pub(super) unpriced: [bool; 2],
    /// Stages without an official price, by kind.
    pub(super) unpriced_officially: [bool; 2],
    /// By [`Mark`].
    marks: [bool; MARKS],
    /// True if digits ran out: `missing` then says so, and the sums are 0.
    pub(super) ran_out: bool,
}

impl LineBill {
    pub(super) fn new(ways: usize) -> LineBill {
        LineBill {
            sums: Sums::new(ways),
            missing: Vec::new(),
            stage_misses: false,
            unpriced: [false; 2],
            unpriced_officially: [false; 2],
            marks: [false; MARKS],
            ran_out: false,
        }
    }

    pub(super) fn misses(&mut self, missing: Missing) {
        self.stage_misses = true;
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks[mark as usize] = true;
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks[mark as usize]
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

    /// Inexact sums are discarded.
    pub(super) fn out_of_digits(&mut self) {
        self.sums = Sums::new(self.sums.steps.len());
        self.misses(Missing::Digits);
        self.unpriced = [true; 2];
        self.ran_out = true;
    }
}

/// What the lines of one kind of work add to a card's bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Priced {
    sums: Sums,
    /// Each with the number of lines concerned.
    missing: Vec<(Missing, usize)>,
    unpriced: [usize; 2],
    unpriced_officially: [usize; 2],
    /// Number of lines with each mark.
    marks: [usize; MARKS],
    /// True if digits ran out in the sum of its lines.
    inexact: bool,
}

impl Priced {
    /// A number of lines priced together.
    pub(super) fn of(bill: &LineBill, lines: usize) -> Priced {
        let concerned = |is: bool| if is { lines } else { 0 };
        Priced {
            sums: bill.sums.clone(),
            missing: bill.missing.iter().map(|missing| (missing.clone(), lines)).collect(),
            unpriced: bill.unpriced.map(concerned),
            unpriced_officially: bill.unpriced_officially.map(concerned),
            marks: bill.marks.map(concerned),
            inexact: false,
        }
    }

    /// A number of equal lines, of which one is priced; `None` if digits run out.
    pub(super) fn of_equal(one: &LineBill, lines: usize) -> Option<Priced> {
        let mut priced = Priced::of(one, lines);
        let number = Decimal::from(lines);
        let sums = &mut priced.sums;
        for sum in sums.slots.iter_mut().chain(&mut sums.steps).filter(|sum| !sum.is_zero()) {
            *sum = times(*sum, number).ok()?;
        }
        Some(priced)
    }

    /// Lines priced one by one.
    pub(super) fn of_all(bills: &[LineBill]) -> Priced {
        let ways = bills.first().map_or(0, |bill| bill.sums.steps.len());
        let (sums, exact) = Sums::of_all(bills.iter().map(|bill| &bill.sums), ways);
        let mut priced = Priced { sums, inexact: !exact, ..Priced::default() };
        for bill in bills {
            for missing in &bill.missing {
                match priced.missing.iter_mut().find(|(known, _)| known == missing) {
                    Some((_, lines)) => *lines += 1,
                    None => priced.missing.push((missing.clone(), 1)),
                }
            }
            priced.marks.iter_mut().zip(bill.marks).for_each(|(lines, has)| *lines += usize::from(has));
            for stage in [0, 1] {
                priced.unpriced[stage] += usize::from(bill.unpriced[stage]);
                priced.unpriced_officially[stage] += usize::from(bill.unpriced_officially[stage]);
            }
        }
        priced
    }
}

/// The sums of all lines, with the missing prices and their number of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct All {
    pub(super) sums: Sums,
    pub(super) missing: BTreeMap<Missing, usize>,
    /// Number of lines without a price for a stage, by kind: on the card, and officially.
    pub(super) unpriced: [usize; 2],
    pub(super) unpriced_officially: [usize; 2],
    /// Number of lines with each mark.
    marks: [usize; MARKS],
    /// True if digits ran out, so that nothing can be subtracted again.
    pub(super) inexact: bool,
}

impl All {
    /// The sum of all kinds of work.
    pub(super) fn of(priced: &[Priced], ways: usize) -> All {
        let (sums, exact) = Sums::of_all(priced.iter().map(|priced| &priced.sums), ways);
        let (unpriced, unpriced_officially) = ([0; 2], [0; 2]);
        let inexact = !exact || priced.iter().any(|priced| priced.inexact);
        let (missing, marks) = (BTreeMap::new(), [0; MARKS]);
        let mut all = All { sums, missing, unpriced, unpriced_officially, marks, inexact };
        priced.iter().for_each(|priced| all.count(priced, true));
        all
    }

    /// Replaces the sums of one kind of work; `None` if everything has to be added up again.
    pub(super) fn change(&mut self, old: &Priced, new: &Priced) -> Option<()> {
        if self.inexact || new.inexact {
            return None;
        }
        self.sums.change(&new.sums, true)?;
        self.sums.change(&old.sums, false)?;
        self.count(new, true);
        self.count(old, false);
        Some(())
    }

    /// Whether any line has the mark.
    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks[mark as usize] > 0
    }

    fn count(&mut self, priced: &Priced, add: bool) {
        let count =
            |now: &mut usize, by: usize| *now = if add { now.saturating_add(by) } else { now.saturating_sub(by) };
        self.marks.iter_mut().zip(priced.marks).for_each(|(now, by)| count(now, by));
        self.unpriced.iter_mut().zip(priced.unpriced).for_each(|(now, by)| count(now, by));
        self.unpriced_officially.iter_mut().zip(priced.unpriced_officially).for_each(|(now, by)| count(now, by));
        for (missing, lines) in &priced.missing {
            let now = self.missing.entry(missing.clone()).or_default();
            count(now, *lines);
            if *now == 0 {
                self.missing.remove(missing);
            }
        }
    }
}
