//! `[fee.NAME]`: money beyond the images, and what it is charged for.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::schema::{Form, Section};
use crate::cost::base::limits::{FEES_MAX, NAME_MAX, SIMILAR_AMONG_MAX};
use crate::cost::base::money::Currency;
use crate::cost::base::near::near_miss;
use crate::cost::base::number_text::NumberError;
use crate::cost::budget::Keyed;
use crate::cost::budget::fee::{Charge, Fee, FeeKey, Per};
use crate::cost::budget::knob_text::{self, Refusal, nearest_word};
use crate::cost::budget::other_words::meant_of_fee;
use crate::diagnostics::{Code, IssueCode};
use crate::words;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// What one file says of a fee, with the places of the deliverables that it names.
pub(super) struct ReadFee {
    pub(super) name: String,
    pub(super) fee: Fee,
    /// Where its table begins.
    place: Range<usize>,
    named: Vec<(String, Range<usize>)>,
    /// Where its list of deliverables is written.
    list: Option<Range<usize>>,
}

impl ReadFee {
    /// A fee of which nothing is said yet.
    pub(super) fn empty(name: &str, place: Range<usize>) -> ReadFee {
        ReadFee { name: name.to_owned(), fee: Fee::default(), place, named: Vec::new(), list: None }
    }

    /// A fee whose amount and unit are not known.
    fn unreadable(name: &str, place: Range<usize>) -> ReadFee {
        let fee = Fee { unreadable: [FeeKey::Amount, FeeKey::Per].into(), ..Fee::default() };
        ReadFee { name: name.to_owned(), fee, place, named: Vec::new(), list: None }
    }
}

impl Reader<'_> {
    /// Every fee of the file. What cannot be read as fees stands as one of unknown amount, so that no total passes as known.
    pub(super) fn fees(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<ReadFee> {
        let DeValue::Table(table) = item.get_ref() else {
            self.no_fees(at, item);
            return vec![ReadFee::unreadable("fee", item.span())];
        };
        let mut fees = Vec::new();
        for (key, item) in table {
            let name: &str = key.get_ref();
            let below = at.below(name);
            if fees.len() == FEES_MAX {
                self.report.say(Code::FeesTooMany, &below, &key.span(), |_| {
                    Sentence::new(words::fees_too_many(table.len(), FEES_MAX)).remedy(words::fees_too_many_remedy())
                });
                fees.push(ReadFee::unreadable(name, key.span()));
                break;
            }
            self.hidden_characters(&below, &key.span(), name, false);
            if name.chars().nth(NAME_MAX).is_some() {
                self.text_too_long(&below, &key.span(), name, NAME_MAX);
            }
            self.named.push((below.to_string(), key.span()));
            if self.fee_keyless(&below, &key.span(), item) {
                fees.push(ReadFee::unreadable(name, key.span()));
                continue;
            }
            let mut read = ReadFee::empty(name, key.span());
            match self.table(&below, item) {
                Some(table) => self.fee(&mut read, &below, table),
                None => read.fee.unreadable.extend([FeeKey::Amount, FeeKey::Per]),
            }
            fees.push(read);
        }
        fees
    }

    /// Something else in place of `[fee.NAME]`: a remedy that names `[fee]` alone would lead to the next error.
    fn no_fees(&mut self, at: &At<'_>, item: &Item<'_>) {
        let array = matches!(item.get_ref(), DeValue::Array(_));
        self.wrong(Code::TableExpected, at, item, |written| {
            let message = if array { words::table_not_list(at.key) } else { words::table_expected(at.key, written) };
            Sentence::new(message).allowed(words::table_allowed("[fee.NAME]")).remedy(words::other_word_fee())
        });
    }

    /// Reports a key of a fee that stands right below `[fee]`, where fees have their names; false if it is none.
    fn fee_keyless(&mut self, at: &At<'_>, span: &Range<usize>, item: &Item<'_>) -> bool {
        let keyless = FeeKey::parse(at.key).is_some() && !matches!(item.get_ref(), DeValue::Table(_));
        if keyless {
            self.report.say(Code::TableExpected, at, span, |_| {
                Sentence::new(words::fee_keyless(at.key)).remedy(words::fee_keyless_remedy())
            });
        }
        keyless
    }

    fn fee(&mut self, read: &mut ReadFee, at: &At<'_>, table: &DeTable<'_>) {
        self.each(Section::Fee, at, table, |reader, row, at, item| {
            if let Form::FeePart(key) = row.form {
                reader.fee_field(read, key, at, item);
                reader.named.push((at.to_string(), item.span()));
            }
        });
        // A misspelled amount, or one under another word, counts as unreadable: the fee must not pass as a fee without an amount.
        for key in [FeeKey::Amount, FeeKey::Per] {
            let meant = |name: &str| near_miss(name, [key.name()]).is_some() || meant_of_fee(name) == Some(key);
            let missed = |name: &str| Section::Fee.row(name).is_none() && meant(name);
            if !read.fee.says(key) && table.keys().any(|name| missed(name.get_ref())) {
                read.fee.unreadable.insert(key);
            }
        }
    }

    /// One key of a fee.
    pub(super) fn fee_field(&mut self, read: &mut ReadFee, key: FeeKey, at: &At<'_>, item: &Item<'_>) {
        let fee = &mut read.fee;
        match key {
            FeeKey::Amount => fee.amount = self.charge(at, item, words::fee_amount_remedy()),
            FeeKey::Per => fee.per = self.word(at, item, &Per::ALL, Per::name),
            FeeKey::Deliverables => {
                read.list = Some(item.span());
                fee.deliverables = self.fee_deliverables(at, item, &mut read.named);
            }
            FeeKey::Note => fee.note = self.prose(at, item, Form::Prose),
            FeeKey::Off => fee.off = self.switch(at, item),
        }
        if !fee.says(key) && key != FeeKey::Note {
            fee.unreadable.insert(key);
        }
    }

    /// An amount of money; `remedy` says what to do about one below 0.
    pub(super) fn charge(&mut self, at: &At<'_>, item: &Item<'_>, remedy: &'static str) -> Option<Charge> {
        let allowed = &|| words::fee_amount_allowed().to_owned();
        let read = match item.get_ref() {
            DeValue::String(text) => {
                let unknown = text.trim().rsplit_once(' ').filter(|(_, code)| {
                    code.len() == 3 && code.chars().all(char::is_alphabetic) && Currency::parse(code).is_none()
                });
                if let Some((_, code)) = unknown {
                    self.wrong(Code::CurrencyUnknown, at, item, |_| {
                        let sentence = Sentence::new(words::currency_unknown(code)).allowed(allowed());
                        sentence.remedy(words::fee_amount_spelling(at.key))
                    });
                    return None;
                }
                knob_text::charge(text)
            }
            _ => knob_text::charge(&self.number(at, item, allowed)?.to_string()),
        };
        // As a cap: in quotes an amount has to name its currency.
        let unnamed = matches!((&read, item.get_ref()), (Ok(Charge { currency: None, .. }), DeValue::String(_)));
        match read {
            Ok(charge) if !unnamed => Some(charge),
            Err(Refusal::OutOfRange { .. }) => {
                self.wrong(Code::OutOfRange, at, item, |written| {
                    let sentence = Sentence::new(words::out_of_range(at.key, written)).allowed(allowed());
                    sentence.remedy(remedy)
                });
                None
            }
            Err(Refusal::Number(NumberError::TooManyDigits)) => {
                self.wrong_number(at, item, NumberError::TooManyDigits, allowed);
                None
            }
            _ => {
                self.wrong(Code::FeeAmountWrong, at, item, |written| {
                    let sentence = Sentence::new(words::fee_amount_wrong(at.key, written)).allowed(allowed());
                    sentence.remedy(words::fee_amount_spelling(at.key))
                });
                None
            }
        }
    }

    fn fee_deliverables(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        places: &mut Vec<(String, Range<usize>)>,
    ) -> Option<Vec<String>> {
        let allowed = &|| words::fee_deliverables_allowed().to_owned();
        let DeValue::Array(items) = item.get_ref() else {
            let remedy = match item.get_ref() {
                DeValue::String(key) => words::write_value(at.key, format!("[\"{key}\"]")),
                _ => String::new(),
            };
            self.wrong_type(at, item, allowed, &remedy);
            return None;
        };
        let mut keys: Vec<String> = Vec::new();
        let mut sound = true;
        for item in items {
            match self.text(at, item, allowed, "") {
                Some(key) if keys.iter().any(|known| known == key) => {}
                Some(key) => {
                    keys.push(key.to_owned());
                    places.push((key.to_owned(), item.span()));
                }
                None => sound = false,
            }
        }
        sound.then_some(keys)
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<bool> {
        if let DeValue::Boolean(is) = item.get_ref() {
            return Some(*is);
        }
        let allowed = &|| words::allowed_flag().to_owned();
        let remedy = match item.get_ref() {
            DeValue::String(text) if ["true", "false"].contains(&text.trim()) => {
                words::write_value(at.key, text.trim())
            }
            _ => words::write_value(at.key, true),
        };
        self.wrong_type(at, item, allowed, &remedy);
        None
    }

    /// A list of deliverables that says nothing, where this file has it; `fee` is the fee as it counts.
    fn without_effect(&mut self, read: &ReadFee, fee: &Fee, at: &At<'_>) {
        let (Some(span), key) = (&read.list, FeeKey::Deliverables) else { return };
        let at = at.below(key.name());
        if let Some(per) = fee.per.filter(|per| per.ignores(key)) {
            self.report.say(Code::Issue(IssueCode::FeeKeyUnused), &at, span, |_| {
                let message = words::fee_key_unused(key.name(), &read.name, per.name());
                Sentence::new(message).remedy(words::fee_key_unused_remedy(key.name()))
            });
        } else if read.fee.names_none() {
            self.report.say(Code::Issue(IssueCode::FeeNamesNone), &at, span, |_| {
                Sentence::new(words::fee_names_none(&read.name)).remedy(words::fee_names_none_remedy())
            });
        }
    }

    /// What only shows in the project itself: fees without an amount or a unit in any file, and for deliverables that it lacks.
    pub(super) fn check_fees(&mut self, own: &[ReadFee], above: &BTreeMap<String, Fee>, lines: &[&str]) {
        let known: HashSet<&str> = lines.iter().copied().collect();
        // A slip is looked for among as many as a person may have meant.
        let similar = if lines.len() <= SIMILAR_AMONG_MAX { lines } else { &[] };
        let at = At::TOP.below("fee");
        for read in own {
            let fee = match above.get(&read.name) {
                Some(team) => read.fee.clone().over(team),
                None => read.fee.clone(),
            };
            let at = at.below(&read.name);
            if !fee.is_on() {
                continue;
            }
            for key in [FeeKey::Amount, FeeKey::Per].into_iter().filter(|key| !fee.says(*key)) {
                self.report.say(Code::Issue(IssueCode::FeeIncomplete), &at, &read.place, |_| {
                    let [message, remedy] = words::fee_lacks(&read.name, key);
                    Sentence::new(message).remedy(remedy)
                });
            }
            self.without_effect(read, &fee, &at);
            if fee.per.is_some_and(|per| per.ignores(FeeKey::Deliverables)) {
                continue;
            }
            let at = at.below(FeeKey::Deliverables.name());
            for (key, span) in read.named.iter().filter(|(key, _)| !known.contains(key.as_str())) {
                self.report.say(Code::Issue(IssueCode::FeeDeliverable), &at, span, |_| {
                    let nearest = nearest_word(key, similar.iter().copied());
                    let remedy = nearest.map(|name| words::did_you_mean(format!("\"{name}\"")));
                    let sentence = Sentence::new(words::fee_deliverable_unknown(&read.name, key));
                    sentence.remedy(remedy.unwrap_or_else(|| words::fee_deliverable_remedy().to_owned()))
                });
            }
        }
    }
}
