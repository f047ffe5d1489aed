//! Lines grouped by kind of work. Quantities are summed as whole numbers, so that a line can be removed again without drift,
//! and each card prices a kind only once. Lines whose quantities no whole number holds share a group with their equals alone.

use super::amount::{Amounts, Calls, INPUTS, Quantity};
use super::kind::{Key, Kind, amounts, input_tokens};
use super::prepared::Prepared;
use super::sums::{LineBill, Priced};
use super::walk;
use crate::cost::base::count::Count;
use crate::cost::base::money::{Decimal, trim_zeros};
use crate::cost::budget::Budget;
use crate::cost::budget::Catalog;
use crate::cost::estimate::Estimate;
use crate::cost::estimate::line::{LineEstimate, Stage};
use std::collections::BTreeMap;

/// Decimals of a line's images, buffer and tokens that fit the whole-number sums.
const IMAGE_DIGITS: u32 = 4;
const BUFFER_DIGITS: u32 = 6;
const TOKEN_DIGITS: u32 = 4;
/// Limits in bits. Together they leave 20 bits of 127: more lines than a project may have.
const IMAGES_BITS: u32 = 38;
const BUFFER_BITS: u32 = 30;
const TOKENS_BITS: u32 = 39;

/// What a line adds to its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    /// 1 plus the buffer, in millionths.
    buffered: u64,
    /// Tokens of each input of an image, in ten-thousandths.
    tokens: [u64; 4],
    /// Images, in ten-thousandths: of the drafts, and of the finals.
    images: [u64; 2],
    /// Images per call: of the drafts, and of the finals.
    per_call: [u64; 2],
}

/// The number in units of its last significant digit; `None` if it has more digits or bits than allowed.
fn whole(number: Decimal, digits: u32, bits: u32) -> Option<u64> {
    let number = if number.scale() > digits { number.normalize() } else { number };
    let power = 10_u64.checked_pow(digits.checked_sub(number.scale())?)?;
    let whole = u64::try_from(number.mantissa()).ok()?.checked_mul(power)?;
    (whole >> bits == 0).then_some(whole)
}

impl Share {
    fn of(line: &LineEstimate) -> Option<Share> {
        // The buffer is in percent.
        let percent = whole(line.deliverable.buffer.value, BUFFER_DIGITS - 2, BUFFER_BITS - 1)?;
        let mut share = Share { buffered: percent + 1_000_000, tokens: [0; 4], images: [0; 2], per_call: [0; 2] };
        for (at, stage) in line.stages.iter().enumerate() {
            let tokens = tokens(stage)?;
            if at > 0 && tokens != share.tokens {
                return None;
            }
            share.tokens = tokens;
            if let Some(count) = stage.count.as_ref().filter(|count| !count.images.number().is_zero()) {
                if !count.images.is_decimal() {
                    return None;
                }
                let images = whole(count.images.number(), IMAGE_DIGITS, IMAGES_BITS)?;
                let calls = whole(count.calls.number(), IMAGE_DIGITS, IMAGES_BITS)?;
                let per_call = images.checked_div(calls)?;
                if per_call.checked_mul(calls)? != images {
                    return None;
                }
                (share.images[stage.kind as usize], share.per_call[stage.kind as usize]) = (images, per_call);
            }
        }
        Some(share)
    }
}

fn tokens(stage: &Stage) -> Option<[u64; 4]> {
    let mut tokens = [0; 4];
    for meter in &stage.meters {
        if let (Some(at), Some(count)) = (INPUTS.iter().position(|input| *input == meter.meter), meter.tokens) {
            tokens[at] = whole(count, TOKEN_DIGITS, TOKENS_BITS)?;
        }
    }
    Some(tokens)
}

/// The summed quantities of a group's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    images: i128,
    calls: i128,
    tokens: [i128; 4],
    buffered: i128,
    buffered_calls: i128,
    buffered_tokens: [i128; 4],
}

impl Sum {
    fn change(&mut self, share: &Share, stage: usize, sign: i128) {
        let images = sign * i128::from(share.images[stage]);
        let buffered = images * i128::from(share.buffered);
        // Every call of a share returns the same number of images.
        let calls = images / i128::from(share.per_call[stage].max(1));
        self.images += images;
        self.calls += calls;
        self.buffered += buffered;
        self.buffered_calls += calls * i128::from(share.buffered);
        for (at, tokens) in share.tokens.iter().enumerate().filter(|(_, tokens)| **tokens > 0) {
            self.tokens[at] += images * i128::from(*tokens);
            self.buffered_tokens[at] += buffered * i128::from(*tokens);
        }
    }

    fn amounts(&self, alike: Option<Alike>, stage: usize) -> Option<Amounts> {
        let all = |sums: [i128; 4], digits| -> Option<[Decimal; 4]> {
            let mut tokens = [Decimal::ZERO; 4];
            for (tokens, sum) in tokens.iter_mut().zip(sums) {
                *tokens = decimal(sum, digits)?;
            }
            Some(tokens)
        };
        let calls = match alike.map(|alike| (alike.tokens, i128::from(alike.per_call[stage]))) {
            Some((tokens, per_call)) if per_call > 0 => Some(Calls {
                one: Quantity {
                    pictures: Decimal::ONE,
                    tokens: all(tokens.map(i128::from), TOKEN_DIGITS)?,
                    ..Quantity::default()
                },
                images: decimal(per_call, 0)?,
                count: decimal(self.images / per_call, IMAGE_DIGITS)?,
                buffered: decimal(self.buffered / per_call, IMAGE_DIGITS + BUFFER_DIGITS)?,
            }),
            _ => None,
        };
        Some(Amounts::Sum {
            plain: Quantity {
                pictures: decimal(self.images, IMAGE_DIGITS)?,
                calls: decimal(self.calls, IMAGE_DIGITS)?,
                tokens: all(self.tokens, IMAGE_DIGITS + TOKEN_DIGITS)?,
            },
            buffered: Quantity {
                pictures: decimal(self.buffered, IMAGE_DIGITS + BUFFER_DIGITS)?,
                calls: decimal(self.buffered_calls, IMAGE_DIGITS + BUFFER_DIGITS)?,
                tokens: all(self.buffered_tokens, IMAGE_DIGITS + BUFFER_DIGITS + TOKEN_DIGITS)?,
            },
            calls,
        })
    }
}

/// `None` if a decimal cannot hold that many digits.
fn decimal(mut mantissa: i128, mut scale: u32) -> Option<Decimal> {
    while i64::try_from(mantissa).is_err() && scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(trim_zeros)
}

/// Equal for calls that cost the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    tokens: [u64; 4],
    per_call: [u64; 2],
}

/// The quantities of a line that no whole number holds: equal for lines of one group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Own {
    buffer: Decimal,
    per_call: u64,
    stages: [Option<(Option<Count>, [Decimal; 4])>; 2],
}

impl Own {
    fn of(line: &LineEstimate) -> Own {
        let deliverable = &line.deliverable;
        let mut own =
            Own { buffer: deliverable.buffer.value, per_call: deliverable.images_per_call.value, stages: [None, None] };
        for stage in &line.stages {
            own.stages[stage.kind as usize] = Some((stage.count.clone(), input_tokens(stage)));
        }
        own
    }
}

/// Equal for lines of one group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    kind: Key,
    /// The quantities of its lines if they are not summed.
    own: Option<Box<Own>>,
    alike: Option<Alike>,
}

#[derive(Debug, Clone)]
struct Group {
    key: GroupKey,
    kind: Kind,
    lines: usize,
    /// Drafts, finals.
    sums: [Sum; 2],
    /// The quantities of each line if they are not summed.
    each: Option<Box<[Option<Amounts>; 2]>>,
}

/// A line's place: its group and what it adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    group: usize,
    share: Option<Share>,
}

/// All lines, each in its group.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// Whether lines whose calls cost differently are in separate groups, as cards that round up each call need.
    by_call: bool,
    entries: Vec<Entry>,
    groups: Vec<Group>,
    places: BTreeMap<GroupKey, usize>,
    /// Indices of empty groups.
    free: Vec<usize>,
}

impl PartialEq for Groups {
    /// Whether the same lines are grouped together; their order does not matter.
    fn eq(&self, other: &Groups) -> bool {
        let same = |(a, b): (&Entry, &Entry)| {
            let (mine, theirs) = (&self.groups[a.group], &other.groups[b.group]);
            a.share == b.share && mine.key == theirs.key && mine.lines == theirs.lines && mine.sums == theirs.sums
        };
        self.entries.len() == other.entries.len() && self.entries.iter().zip(&other.entries).all(same)
    }
}

impl Eq for Groups {}

impl Groups {
    pub(super) fn new(by_call: bool, budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Groups {
        let mut groups = Groups {
            by_call,
            entries: Vec::with_capacity(estimate.lines.len()),
            groups: Vec::new(),
            places: BTreeMap::new(),
            free: Vec::new(),
        };
        for line in &estimate.lines {
            let entry = groups.put(line, budget, catalog);
            groups.entries.push(entry);
        }
        groups
    }

    /// Number of lines.
    pub(super) fn lines(&self) -> usize {
        self.entries.len()
    }

    /// Number of group slots, empty ones included.
    pub(super) fn places(&self) -> usize {
        self.groups.len()
    }

    /// Inserts the line before `index` and returns the index of its group.
    pub(super) fn insert(&mut self, index: usize, line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> usize {
        let entry = self.put(line, budget, catalog);
        self.entries.insert(index, entry);
        entry.group
    }

    /// Removes the line and returns the index of its group.
    pub(super) fn remove(&mut self, index: usize) -> usize {
        let entry = self.entries.remove(index);
        self.take(entry);
        entry.group
    }

    /// Recounts the line and returns the groups it left and joined.
    pub(super) fn replace(
        &mut self,
        index: usize,
        line: &LineEstimate,
        budget: &Budget,
        catalog: &Catalog,
    ) -> [usize; 2] {
        let new = self.put(line, budget, catalog);
        let old = std::mem::replace(&mut self.entries[index], new);
        self.take(old);
        [old.group, new.group]
    }

    pub(super) fn move_line(&mut self, from: usize, to: usize) {
        let entry = self.entries.remove(from);
        self.entries.insert(to, entry);
    }

    fn put(&mut self, line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> Entry {
        let share = Share::of(line);
        let alike =
            share.filter(|_| self.by_call).map(|share| Alike { tokens: share.tokens, per_call: share.per_call });
        let own = share.is_none().then(|| Box::new(Own::of(line)));
        let key = GroupKey { kind: Key::of(line), own, alike };
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None => {
                let kind = Kind::of(&key.kind, line, budget, catalog);
                let each = key.own.is_some().then(|| Box::new(amounts(line)));
                let group = Group { key: key.clone(), kind, lines: 0, sums: [Sum::default(); 2], each };
                let place = match self.free.pop() {
                    Some(place) => {
                        self.groups[place] = group;
                        place
                    }
                    None => {
                        self.groups.push(group);
                        self.groups.len() - 1
                    }
                };
                self.places.insert(key, place);
                place
            }
        };
        let entry = Entry { group: place, share };
        self.count(entry, true);
        entry
    }

    fn take(&mut self, entry: Entry) {
        self.count(entry, false);
        let group = &self.groups[entry.group];
        if group.lines == 0 {
            self.places.remove(&group.key);
            self.free.push(entry.group);
        }
    }

    fn count(&mut self, Entry { group, share }: Entry, add: bool) {
        let group = &mut self.groups[group];
        group.lines = if add { group.lines + 1 } else { group.lines.saturating_sub(1) };
        if let Some(share) = share {
            for (at, sum) in group.sums.iter_mut().enumerate().filter(|(at, _)| share.images[*at] > 0) {
                sum.change(&share, at, if add { 1 } else { -1 });
            }
        }
    }

    /// The bill of one line.
    pub(super) fn line(&self, index: usize, prepared: &Prepared, estimate: &Estimate) -> Option<LineBill> {
        let (entry, line) = (self.entries.get(index)?, estimate.lines.get(index)?);
        Some(walk::price(prepared, &self.groups[entry.group].kind, &amounts(line)))
    }

    /// The cost of the lines in one group: priced together, or one by one if digits run out, because each line alone may
    /// still fit.
    pub(super) fn price(&self, place: usize, prepared: &Prepared, estimate: &Estimate) -> Priced {
        let group = &self.groups[place];
        if group.lines == 0 {
            return Priced::default();
        }
        if let Some(each) = &group.each {
            if let Some(priced) = Priced::of_equal(&walk::price(prepared, &group.kind, each), group.lines) {
                return priced;
            }
        } else {
            let amounts = [0, 1].map(|stage| group.sums[stage].amounts(group.key.alike, stage));
            let bill = walk::price(prepared, &group.kind, &amounts);
            if !bill.ran_out {
                return Priced::of(&bill, group.lines);
            }
        }
        let own = self.entries.iter().zip(&estimate.lines).filter(|(entry, _)| entry.group == place);
        let bills: Vec<LineBill> = own.map(|(_, line)| walk::price(prepared, &group.kind, &amounts(line))).collect();
        Priced::of_all(&bills)
    }
}
