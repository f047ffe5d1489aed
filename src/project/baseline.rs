//! `[baseline]`: what scenarios are compared with, and the total that was locked on a day.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::scenarios::ReadScenario;
use super::schema::Section;
use crate::cost::Decimal;
use crate::cost::base::limits::{MONEY_MAX, SIMILAR_AMONG_MAX};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::budget::Baseline;
use crate::cost::budget::knob_text::{Refusal, nearest_word};
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeValue;

/// The baseline of the file, with the places that problems of it need.
#[derive(Default)]
pub(super) struct ReadBaseline {
    pub(super) baseline: Baseline,
    place: Range<usize>,
    scenario: Range<usize>,
}

impl Reader<'_> {
    /// The baseline; `place` is that of its header.
    pub(super) fn baseline(&mut self, at: &At<'_>, item: &Item<'_>) -> ReadBaseline {
        let mut read = ReadBaseline { place: item.span(), ..ReadBaseline::default() };
        let Some(table) = self.table(at, item) else { return read };
        let mut is_locked = false;
        let baseline = &mut read.baseline;
        let scenario = &mut read.scenario;
        self.each(Section::Baseline, at, table, |reader, row, at, item| {
            is_locked |= row.key != "scenario";
            match row.key {
                "scenario" => {
                    *scenario = item.span();
                    baseline.scenario = reader.prose(at, item, row.form);
                }
                "total" => baseline.total = reader.locked_amount(at, item),
                "mean" => baseline.mean = reader.locked_amount(at, item),
                "currency" => baseline.currency = reader.currency(at, item),
                "on" => baseline.on = reader.date(at, item),
                "prices" => baseline.prices = reader.date(at, item),
                _ => baseline.lines = reader.locked_lines(at, item),
            }
        });
        for key in ["total", "on"].into_iter().filter(|key| is_locked && !table.contains_key(*key)) {
            self.report.say(Code::BaselineIncomplete, at, &read.place, |_| {
                Sentence::new(words::baseline_incomplete(key)).remedy(words::baseline_incomplete_remedy(key))
            });
        }
        read
    }

    /// An amount in the baseline's currency, in quotes or not. It may be below 0: a fee or a markup can be a discount.
    fn locked_amount(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let max = Decimal::from(MONEY_MAX);
        let allowed = &|| words::amount_allowed(grouped(-max), grouped(max));
        let quoted = match item.get_ref() {
            DeValue::String(text) => parse_decimal(text).ok(),
            _ => None,
        };
        let amount = match quoted {
            Some(amount) => amount,
            None => self.number(at, item, allowed)?,
        };
        let read = if amount.abs() <= max { Ok(amount) } else { Err(Refusal::OutOfRange { min: -max, max }) };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    fn locked_lines(&mut self, at: &At<'_>, item: &Item<'_>) -> BTreeMap<String, Decimal> {
        let Some(table) = self.table(at, item) else { return BTreeMap::new() };
        let read = table.iter().filter_map(|(key, item)| {
            let name: &str = key.get_ref();
            Some((name.to_owned(), self.locked_amount(&at.below(name), item)?))
        });
        read.collect()
    }

    /// Reports a baseline that names a scenario which does not exist.
    pub(super) fn check_baseline(&mut self, read: &ReadBaseline, scenarios: &[ReadScenario]) {
        let Some(wanted) = &read.baseline.scenario else { return };
        let known = || scenarios.iter().map(|read| read.key.as_str());
        if self.newer || known().any(|key| key == wanted) {
            return;
        }
        let at = At::TOP.below("baseline");
        self.report.say(Code::BaselineUnknown, &at.below("scenario"), &read.scenario, |_| {
            let sentence = Sentence::new(words::scenario_unknown(wanted));
            let nearest = nearest_word(wanted, known().take(SIMILAR_AMONG_MAX));
            match nearest {
                Some(name) => sentence.remedy(words::did_you_mean(format!("\"{name}\""))),
                None => sentence.remedy(words::baseline_unknown_remedy()),
            }
        });
    }
}
