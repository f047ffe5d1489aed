//! `[risk.NAME]`: what may come beside the retries, with its chance.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader, Told};
use super::schema::{Form, Section};
use crate::cost::base::limits::{EXTRA_FINALS_MAX, NAME_MAX, RISKS_MAX, SIMILAR_AMONG_MAX};
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::near::near_miss;
use crate::cost::budget::knob_text::{Refusal, nearest_word};
use crate::cost::budget::other_words::meant_of_risk;
use crate::cost::budget::{Charge, Keyed, NamedRisk, Points, RiskAmount, RiskKey};
use crate::cost::estimate::named_risks::faults_of;
use crate::cost::estimate::risk_fault::RiskFault;
use crate::diagnostics::{Code, IssueCode};
use crate::words;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// What one file says of a named risk.
pub(super) struct ReadRisk {
    pub(super) name: String,
    pub(super) risk: NamedRisk,
    /// Where its table begins.
    place: Range<usize>,
    /// Where its deliverable is written.
    deliverable: Option<Range<usize>>,
}

impl ReadRisk {
    /// A risk of which nothing is said yet.
    pub(super) fn empty(name: &str, place: Range<usize>) -> ReadRisk {
        ReadRisk { name: name.to_owned(), risk: NamedRisk::default(), place, deliverable: None }
    }
}

impl Reader<'_> {
    /// Every named risk of the file.
    pub(super) fn risks(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<ReadRisk> {
        let DeValue::Table(table) = item.get_ref() else {
            let array = matches!(item.get_ref(), DeValue::Array(_));
            self.wrong(Code::TableExpected, at, item, |written| {
                let message =
                    if array { words::table_not_list(at.key) } else { words::table_expected(at.key, written) };
                Sentence::new(message).allowed(words::table_allowed("[risk.NAME]")).remedy(words::risk_table_remedy())
            });
            return Vec::new();
        };
        let mut risks = Vec::new();
        for (key, item) in table {
            let name: &str = key.get_ref();
            let below = at.below(name);
            if risks.len() == RISKS_MAX {
                self.report.say(Code::RisksTooMany, &below, &key.span(), |_| {
                    let sentence = Sentence::new(words::risks_too_many(table.len(), RISKS_MAX));
                    sentence.remedy(words::risks_too_many_remedy())
                });
                break;
            }
            self.hidden_characters(&below, &key.span(), name, false);
            if name.chars().nth(NAME_MAX).is_some() {
                self.text_too_long(&below, &key.span(), name, NAME_MAX);
            }
            self.named.push((below.to_string(), key.span()));
            let mut read = ReadRisk::empty(name, key.span());
            if RiskKey::parse(name).is_some() && !matches!(item.get_ref(), DeValue::Table(_)) {
                self.report.say(Code::TableExpected, &below, &key.span(), |_| {
                    Sentence::new(words::risk_keyless(name)).remedy(words::risk_keyless_remedy())
                });
                continue;
            }
            match self.table(&below, item) {
                Some(table) => self.risk(&mut read, &below, table),
                None => read.risk.unreadable.extend([RiskKey::Chance, RiskKey::Amount]),
            }
            risks.push(read);
        }
        risks
    }

    fn risk(&mut self, read: &mut ReadRisk, at: &At<'_>, table: &DeTable<'_>) {
        self.each(Section::Risk, at, table, |reader, row, at, item| {
            if let Form::RiskPart(key) = row.form {
                reader.risk_field(read, key, at, item);
                reader.named.push((at.to_string(), item.span()));
            }
        });
        // A misspelled key, or one under another word, counts as unreadable: that it is missing follows from that.
        for key in [RiskKey::Chance, RiskKey::Finals, RiskKey::Amount, RiskKey::Deliverable, RiskKey::Off] {
            let meant = |name: &str| near_miss(name, [key.name()]).is_some() || meant_of_risk(name) == Some(key);
            let missed = |name: &str| Section::Risk.row(name).is_none() && meant(name);
            // An amount has no deliverable.
            if key == RiskKey::Deliverable && !read.risk.says(RiskKey::Finals) {
                continue;
            }
            if !read.risk.says(key) && table.keys().any(|name| missed(name.get_ref())) {
                read.risk.unreadable.insert(key);
            }
        }
    }

    /// One key of a named risk.
    pub(super) fn risk_field(&mut self, read: &mut ReadRisk, key: RiskKey, at: &At<'_>, item: &Item<'_>) {
        let risk = &mut read.risk;
        match key {
            RiskKey::Name => risk.name = self.prose(at, item, Form::Name),
            RiskKey::Chance => risk.chance = self.chance(at, item),
            RiskKey::Finals => {
                risk.finals = self.points(at, item, Reader::extra_finals, |finals| finals.to_string());
            }
            RiskKey::Deliverable => {
                read.deliverable = Some(item.span());
                let allowed = &|| words::risk_deliverable_allowed().to_owned();
                risk.deliverable = self.text(at, item, allowed, "").map(str::to_owned);
            }
            RiskKey::Amount => risk.amount = self.risk_amount(at, item),
            RiskKey::Note => risk.note = self.prose(at, item, Form::Prose),
            RiskKey::Off => risk.off = self.switch(at, item),
        }
        if !risk.says(key) && !matches!(key, RiskKey::Name | RiskKey::Note) {
            risk.unreadable.insert(key);
        }
    }

    fn chance(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let allowed = &|| words::percent_allowed("0", "100");
        let percent = self.percent(at, item, allowed)?;
        let (min, max) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
        let fits = (min..=max).contains(&percent) && !(percent.is_zero() && percent.is_sign_negative());
        let read = if fits { Ok(percent) } else { Err(Refusal::OutOfRange { min, max }) };
        self.checked(at, item, read, |end| format!("\"{end}%\""), allowed)
    }

    fn extra_finals(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<u64> {
        self.one_whole(at, item)?;
        self.whole_number(at, item, 0, EXTRA_FINALS_MAX)
    }

    /// A number, or a table of low, likely and high.
    fn points<T: Copy + PartialOrd>(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        one: impl Fn(&mut Self, &At<'_>, &Item<'_>) -> Option<T>,
        spell: impl Fn(T) -> String,
    ) -> Option<Points<T>> {
        let table = match item.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(_) => return self.range_incomplete(at, item),
            _ => return one(self, at, item).map(Points::One),
        };
        let mut ends = [const { Told::Open }; 3];
        self.each(Section::Points, at, table, |reader, row, at, item| {
            let place = Section::Points.rows().iter().position(|other| other.key == row.key);
            if let Some(end) = place.and_then(|place| ends.get_mut(place)) {
                *end = one(reader, at, item).into();
            }
        });
        let (low, likely, high) = match ends {
            [Told::Is(low), Told::Is(likely), Told::Is(high)] => (low, likely, high),
            ends => {
                if !ends.iter().any(|end| matches!(end, Told::Broken)) {
                    self.range_incomplete::<()>(at, item);
                }
                return None;
            }
        };
        let range = Points::range(low, likely, high);
        if range.is_none() {
            self.wrong(Code::RangeOrder, at, item, |_| {
                let spelled = [low, likely, high].map(spell);
                let [a, b, c] = &spelled;
                Sentence::new(words::range_order(at.key, a, b, c)).remedy(words::range_order_remedy())
            });
        }
        range
    }

    fn range_incomplete<T>(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<T> {
        self.wrong(Code::RangeIncomplete, at, item, |_| {
            Sentence::new(words::range_incomplete(at.key)).remedy(words::range_incomplete_remedy())
        });
        None
    }

    fn risk_amount(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<RiskAmount> {
        let one = |reader: &mut Self, at: &At<'_>, item: &Item<'_>| {
            reader.charge(at, item, words::risk_amount_remedy()).map(InOrder)
        };
        let charges = self.points(at, item, one, |InOrder(charge)| words::charge(charge))?;
        let currency = charges.all().first().and_then(|InOrder(charge)| charge.currency);
        if charges.all().iter().any(|InOrder(charge)| charge.currency != currency) {
            self.wrong(Code::RangeCurrencies, at, item, |_| {
                Sentence::new(words::range_currencies(at.key)).remedy(words::range_currencies_remedy())
            });
            return None;
        }
        let points = match charges {
            Points::One(InOrder(one)) => Points::One(one.amount),
            Points::Range { low: InOrder(low), likely: InOrder(likely), high: InOrder(high) } => {
                Points::Range { low: low.amount, likely: likely.amount, high: high.amount }
            }
        };
        Some(RiskAmount { points, currency })
    }

    /// What only shows in the project itself: risks that lack something in every file, and deliverables that it lacks.
    pub(super) fn check_risks(&mut self, own: &[ReadRisk], above: &BTreeMap<String, NamedRisk>, lines: &[&str]) {
        let known: HashSet<&str> = lines.iter().copied().collect();
        // A slip is looked for among as many as a person may have meant.
        let similar = if lines.len() <= SIMILAR_AMONG_MAX { lines } else { &[] };
        let at = At::TOP.below("risk");
        for read in own {
            let risk = match above.get(&read.name) {
                Some(team) => read.risk.clone().over(team),
                None => read.risk.clone(),
            };
            if !risk.is_on() {
                continue;
            }
            let mut faults = faults_of(&risk, Currency::USD);
            let named = risk.deliverable.as_ref().filter(|_| risk.says(RiskKey::Finals));
            faults.extend(named.filter(|key| !known.contains(key.as_str())).cloned().map(RiskFault::Deliverable));
            let at = at.below(&read.name);
            // What cannot be read is reported there, and the currency is known only when all files are read.
            let is_told = |fault: &RiskFault| matches!(fault, RiskFault::Unreadable(_) | RiskFault::Currency(..));
            for fault in faults.iter().filter(|fault| !is_told(fault)) {
                let at_key = fault.key().map(|key| at.below(key.name()));
                let span = read.deliverable.as_ref().filter(|_| at_key.is_some()).unwrap_or(&read.place);
                let place = at_key.as_ref().unwrap_or(&at);
                self.report.say(Code::Issue(fault.code()), place, span, |_| {
                    let told = words::risk_fault(&read.name, fault);
                    let meant = risk.deliverable.as_ref().filter(|_| fault.code() == IssueCode::RiskDeliverable);
                    let nearest = meant.and_then(|key| nearest_word(key, similar.iter().copied()));
                    let slip = nearest.map(|name| words::did_you_mean(format!("\"{name}\"")));
                    Sentence::new(told.message).allowed(told.allowed).remedy(slip.unwrap_or(told.remedy))
                });
            }
        }
    }
}

/// An amount that is compared by its number: three of one currency are in order then.
#[derive(Clone, Copy, PartialEq)]
struct InOrder(Charge);

impl PartialOrd for InOrder {
    fn partial_cmp(&self, other: &InOrder) -> Option<std::cmp::Ordering> {
        // In different currencies they have no order, which is reported as such.
        match self.0.currency == other.0.currency {
            true => self.0.amount.partial_cmp(&other.0.amount),
            false => Some(std::cmp::Ordering::Equal),
        }
    }
}
