//! The parts that cards are read with: amounts, percentages, rates by meter, packs and plans.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader, quoted_list};
use super::schema::Section;
use crate::cost::Decimal;
use crate::cost::base::limits::{CREDITS_MAX, PACK_USD_MAX, RATE_MAX, UNIT_USD_MAX};
use crate::cost::base::number_text::{grouped, parse_decimal};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::rates::card::{Pack, Period, Plan};
use crate::cost::rates::rate_card::Rates;
use crate::diagnostics::Code;
use crate::words;
use toml::de::{DeTable, DeValue};

impl Reader<'_> {
    /// Credits in a pack or a plan.
    pub(super) fn credits(&mut self, at: &At<'_>, item: &Item<'_>, min: u64) -> Option<u64> {
        self.whole_number(at, item, min, CREDITS_MAX)
    }

    /// Each entry of a table of named things, in the order of the file.
    pub(super) fn tables_of<T>(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        read: impl Fn(&mut Self, &At<'_>, &str, &Item<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(table) = self.table(at, item) else { return Vec::new() };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        if entries.is_empty() {
            self.wrong(Code::CardIncomplete, at, item, |_| {
                Sentence::new(words::card_table_empty(at.key)).remedy(words::card_table_empty_remedy())
            });
        }
        entries
            .into_iter()
            .filter_map(|(key, item)| read(self, &at.below(key.get_ref()), key.get_ref(), item))
            .collect()
    }

    pub(super) fn card_models(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<String> {
        let catalog = self.catalog;
        let known = || -> Vec<&str> { catalog.models.iter().map(|model| model.id.as_str()).collect() };
        let DeValue::Array(names) = item.get_ref() else {
            self.wrong_type(at, item, &|| words::card_models_allowed().to_owned(), "");
            return Vec::new();
        };
        self.none_named(at, item, names.is_empty());
        let mut models = Vec::new();
        for name in names {
            let Some(text) = self.text(at, name, &|| quoted_list(&known()), "") else { continue };
            match catalog.model(text) {
                Some(model) => models.push(model.id.clone()),
                None => {
                    self.unknown_word(Code::ModelUnknown, at, name, &known(), |written| words::model_unknown(written))
                }
            }
        }
        models
    }

    /// Reports a list of what is sold that names nothing: it must not pass as one of everything.
    fn none_named(&mut self, at: &At<'_>, item: &Item<'_>, is_empty: bool) {
        if is_empty {
            self.wrong(Code::CardIncomplete, at, item, |_| {
                Sentence::new(words::card_table_empty(at.key)).remedy(words::card_table_empty_remedy())
            });
        }
    }

    pub(super) fn card_qualities(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<Quality> {
        let DeValue::Array(names) = item.get_ref() else {
            self.wrong_type(at, item, &|| words::card_qualities_allowed().to_owned(), "");
            return Vec::new();
        };
        self.none_named(at, item, names.is_empty());
        let mut qualities = Vec::new();
        for name in names {
            let Some(quality) = self.word(at, name, &Quality::ALL, Quality::name) else { continue };
            qualities.push(quality);
        }
        qualities.sort_unstable();
        qualities.dedup();
        qualities
    }

    /// Rates by meter, over those of a file above.
    pub(super) fn card_rates(&mut self, at: &At<'_>, item: &Item<'_>, above: Option<Rates>) -> Option<Rates> {
        let table = self.table(at, item)?;
        let mut rates = above.unwrap_or_default();
        self.each(Section::Meters, at, table, |reader, row, at, item| {
            let meter = crate::cost::rates::rate_card::Meter::parse(row.key);
            if let (Some(meter), Some(usd)) = (meter, reader.amount(at, item, Decimal::ZERO, RATE_MAX)) {
                rates = rates.with(meter, usd);
            }
        });
        Some(rates)
    }

    /// An amount within limits, quoted or not: other price lists quote their prices.
    pub(super) fn amount(&mut self, at: &At<'_>, item: &Item<'_>, min: Decimal, max: u32) -> Option<Decimal> {
        let max = Decimal::from(max);
        let allowed = &|| words::amount_allowed(grouped(min), grouped(max));
        let quoted = match item.get_ref() {
            DeValue::String(text) => parse_decimal(text).ok(),
            _ => None,
        };
        let amount = match quoted {
            Some(amount) => amount,
            None => self.number(at, item, allowed)?,
        };
        if amount < min {
            self.out_of_range(at, item, &allowed());
            return None;
        }
        let read = if amount <= max { Ok(amount) } else { Err(Refusal::OutOfRange { min, max }) };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    /// A price below what it may be; the nearest allowed one would be as wrong.
    fn out_of_range(&mut self, at: &At<'_>, item: &Item<'_>, allowed: &str) {
        self.wrong(Code::OutOfRange, at, item, |written| {
            Sentence::new(words::out_of_range(at.key, written)).allowed(allowed).remedy(words::above_nothing_remedy())
        });
    }

    pub(super) fn above_nothing(&mut self, at: &At<'_>, item: &Item<'_>, max: u32) -> Option<Decimal> {
        let amount = self.amount(at, item, Decimal::ZERO, max)?;
        if !amount.is_zero() {
            return Some(amount);
        }
        self.out_of_range(at, item, &words::above_nothing_allowed(grouped(Decimal::from(max))));
        None
    }

    /// A percentage, in quotes and with its sign.
    pub(super) fn share(&mut self, at: &At<'_>, item: &Item<'_>, min: i32, max: i32) -> Option<Decimal> {
        let (min, max) = (Decimal::from(min), Decimal::from(max));
        let allowed = &|| words::percent_allowed(min, max);
        let percent = self.percent(at, item, allowed)?;
        let read = if (min..=max).contains(&percent) { Ok(percent) } else { Err(Refusal::OutOfRange { min, max }) };
        self.checked(at, item, read, |end| format!("\"{end}%\""), allowed)
    }

    pub(super) fn lacks(&mut self, at: &At<'_>, item: &Item<'_>, what: &str) {
        self.wrong(Code::CardIncomplete, at, item, |_| {
            Sentence::new(words::card_lacks(at.key, what)).remedy(words::card_lacks_remedy(what))
        });
    }

    pub(super) fn pack(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<Pack> {
        let table = self.table(at, item)?;
        let (mut price, mut credits, mut months) = (None, None, None);
        self.each(Section::Pack, at, table, |reader, row, at, item| match row.key {
            "usd" | "amount" => price = reader.above_nothing(at, item, PACK_USD_MAX),
            "credits" => credits = reader.credits(at, item, 1),
            _ => months = reader.whole_number(at, item, 1, 1200).and_then(|months| u32::try_from(months).ok()),
        });
        self.needs(at, item, table, &["credits"]);
        Some(Pack { name: name.to_owned(), price: price?, credits: credits?, months })
    }

    pub(super) fn plan(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<Plan> {
        let table = self.table(at, item)?;
        let (mut price, mut per, mut credits, mut overage) = (None, None, None, None);
        self.each(Section::Plan, at, table, |reader, row, at, item| match row.key {
            "usd" | "amount" => price = reader.above_nothing(at, item, PACK_USD_MAX),
            "per" => {
                let name = |per| if per == Period::Month { "month" } else { "year" };
                per = reader.word(at, item, &[Period::Month, Period::Year], name);
            }
            "credits" => credits = reader.credits(at, item, 0),
            _ => overage = reader.above_nothing(at, item, UNIT_USD_MAX),
        });
        self.needs(at, item, table, &["per", "credits"]);
        Some(Plan { name: name.to_owned(), price: price?, per: per?, credits: credits?, overage })
    }

    /// The keys of a pack or plan that are required: its price, under one of two names, and these.
    fn needs(&mut self, at: &At<'_>, item: &Item<'_>, table: &DeTable<'_>, keys: &[&str]) {
        match ["usd", "amount"].map(|key| table.contains_key(key)) {
            [false, false] => self.lacks(at, item, "usd"),
            [true, true] => self.wrong(Code::CardPriceTwice, at, item, |_| {
                Sentence::new(words::card_price_twice("usd, amount")).remedy(words::card_price_twice_remedy())
            }),
            _ => {}
        }
        for key in keys.iter().filter(|key| !table.contains_key(**key)) {
            self.lacks(at, item, key);
        }
    }
}
