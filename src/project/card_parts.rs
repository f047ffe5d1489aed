//! The keys of a card, one by one: prices, classes of size, packs and plans.

use super::problem::{At, Code, Sentence};
use super::reader::{Item, Reader, quoted_list};
use super::schema::{Form, Section};
use crate::cost::Decimal;
use crate::cost::base::limits::{CREDITS_MAX, PACK_USD_MAX, RATE_MAX, UNIT_USD_MAX};
use crate::cost::base::money::Currency;
use crate::cost::base::number_text::{grouped, parse_decimal};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::rates::card::{Failed, Inputs, Kind, Pack, Period, Plan, Price, SizeTier};
use crate::cost::rates::rate_card::{Grade, Rates};
use crate::words;
use jiff::civil::Date;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A card in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) seen: Vec<(&'static str, Range<usize>)>,
    pub(super) name: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) models: Vec<String>,
    pub(super) checked: Option<Date>,
    pub(super) source: String,
    pub(super) grade: Option<Grade>,
    pub(super) notes: Option<String>,
    pub(super) inputs: Option<Inputs>,
    pub(super) failed: Option<Failed>,
    pub(super) round_calls: bool,
    pub(super) standard: Option<Rates>,
    pub(super) batch: Option<Rates>,
    pub(super) price: Option<Price>,
    pub(super) tiers: Vec<SizeTier>,
    pub(super) sizes: Vec<(Size, Price)>,
    pub(super) nearest: bool,
    pub(super) auto_size: Option<String>,
    pub(super) auto_quality: Option<Quality>,
    pub(super) credit_usd: Option<Decimal>,
    pub(super) margin: Option<Decimal>,
    pub(super) rate: Option<(Decimal, Decimal)>,
    pub(super) packs: Vec<Pack>,
    pub(super) plans: Vec<Plan>,
}

impl Draft {
    /// Whether the key is written, readable or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.seen.iter().any(|(seen, _)| *seen == key)
    }
}

impl Reader<'_> {
    /// Prices are USD: a card in another currency would need a rate that changes from day to day.
    pub(super) fn card_currency(&mut self, at: &At<'_>, item: &Item<'_>) {
        let allowed = &|| "\"USD\"".to_owned();
        let Some(text) = self.text(at, item, allowed, "") else { return };
        match Currency::parse(text) {
            Some(Currency::USD) => {}
            Some(other) => self.wrong(Code::CardCurrency, at, item, |_| {
                Sentence::new(words::card_currency(other.code()))
                    .allowed(allowed())
                    .remedy(words::card_currency_remedy())
            }),
            None => self.wrong(Code::CurrencyUnknown, at, item, |written| {
                Sentence::new(words::currency_unknown(written)).allowed(allowed()).remedy(words::card_currency_remedy())
            }),
        }
    }

    /// A whole number within limits.
    pub(super) fn whole_number(&mut self, at: &At<'_>, item: &Item<'_>, min: u64, max: u64) -> Option<u64> {
        let (min, max) = (Decimal::from(min), Decimal::from(max));
        let allowed = &|| words::whole_allowed(grouped(min), grouped(max));
        let number = self.number(at, item, allowed)?.normalize();
        let read = match u64::try_from(number) {
            _ if number.scale() > 0 => Err(Refusal::NotWhole),
            Ok(whole) if number >= min && number <= max => Ok(whole),
            _ => Err(Refusal::OutOfRange { min, max }),
        };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    /// Credits in a pack or a plan.
    pub(super) fn credits(&mut self, at: &At<'_>, item: &Item<'_>, min: u64) -> Option<u64> {
        self.whole_number(at, item, min, CREDITS_MAX)
    }

    /// One key of a card.
    pub(super) fn card_key(&mut self, draft: &mut Draft, key: &'static str, at: &At<'_>, item: &Item<'_>) {
        match key {
            "name" => draft.name = self.prose(at, item, Form::Name),
            "kind" => draft.kind = self.word(at, item, &Kind::ALL, Kind::name),
            "models" => draft.models = self.card_models(at, item),
            "currency" => self.card_currency(at, item),
            "checked" => draft.checked = self.date(at, item),
            "source" => draft.source = self.prose(at, item, Form::Prose).unwrap_or_default(),
            "grade" => draft.grade = self.grade(at, item),
            "notes" => draft.notes = self.prose(at, item, Form::Prose),
            "inputs" => {
                let name = |inputs| if inputs == Inputs::Charged { "charged" } else { "included" };
                draft.inputs = self.word(at, item, &[Inputs::Charged, Inputs::Included], name);
            }
            "failed" => {
                let name = |failed| if failed == Failed::Charged { "charged" } else { "free" };
                draft.failed = self.word(at, item, &[Failed::Charged, Failed::Free], name);
            }
            "rounding" => draft.round_calls = self.word(at, item, &[()], |()| "per call").is_some(),
            "prices" => drop(self.word(at, item, &[()], |()| "not published")),
            "other_sizes" => draft.nearest = self.word(at, item, &[()], |()| "nearest").is_some(),
            "standard" => draft.standard = self.card_rates(at, item),
            "batch" => draft.batch = self.card_rates(at, item),
            "price" => draft.price = self.price(at, item),
            "tier" => draft.tiers = self.tables_of(at, item, Self::tier),
            "size" => draft.sizes = self.tables_of(at, item, Self::sized),
            "auto_size" => draft.auto_size = self.prose(at, item, Form::Name),
            "auto_quality" => draft.auto_quality = self.word(at, item, &Quality::ALL, Quality::name),
            "credit_usd" => draft.credit_usd = self.above_nothing(at, item, UNIT_USD_MAX),
            "margin" => draft.margin = self.margin(at, item),
            "usd_per_credit" => {
                draft.rate = self.above_nothing(at, item, UNIT_USD_MAX).map(|usd| (usd, Decimal::ONE));
            }
            "credits_per_usd" => {
                draft.rate = self.above_nothing(at, item, RATE_MAX).map(|credits| (Decimal::ONE, credits));
            }
            "pack" => draft.packs = self.tables_of(at, item, Self::pack),
            "plan" => draft.plans = self.tables_of(at, item, Self::plan),
            _ => {}
        }
    }

    /// Each entry of a table of named things, in the order of the file.
    fn tables_of<T>(
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

    fn card_models(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<String> {
        let catalog = self.catalog;
        let known = || -> Vec<&str> { catalog.models.iter().map(|model| model.id.as_str()).collect() };
        let DeValue::Array(names) = item.get_ref() else {
            self.wrong_type(at, item, &|| words::card_models_allowed().to_owned(), "");
            return Vec::new();
        };
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

    fn card_rates(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Rates> {
        let table = self.table(at, item)?;
        let mut rates = Rates::default();
        self.each(Section::Meters, at, table, |reader, row, at, item| {
            let meter = crate::cost::rates::rate_card::Meter::parse(row.key);
            if let (Some(meter), Some(usd)) = (meter, reader.amount(at, item, Decimal::ZERO, RATE_MAX)) {
                rates = rates.with(meter, usd);
            }
        });
        Some(rates)
    }

    /// An amount within limits, quoted or not: other price lists quote their prices.
    fn amount(&mut self, at: &At<'_>, item: &Item<'_>, min: Decimal, max: u32) -> Option<Decimal> {
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

    fn above_nothing(&mut self, at: &At<'_>, item: &Item<'_>, max: u32) -> Option<Decimal> {
        let amount = self.amount(at, item, Decimal::ZERO, max)?;
        if !amount.is_zero() {
            return Some(amount);
        }
        self.out_of_range(at, item, &words::above_nothing_allowed(grouped(Decimal::from(max))));
        None
    }

    fn margin(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let (min, max) = (Decimal::from(-100), Decimal::from(10_000));
        let allowed = &|| words::percent_allowed(min, max);
        let percent = self.percent(at, item, allowed)?;
        let read = if (min..=max).contains(&percent) { Ok(percent) } else { Err(Refusal::OutOfRange { min, max }) };
        self.checked(at, item, read, |end| format!("\"{end}%\""), allowed)
    }

    /// One price for every quality, or one for each.
    fn price(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Price> {
        match item.get_ref() {
            DeValue::Table(table) => {
                let mut rows = Vec::new();
                self.each(Section::Qualities, at, table, |reader, row, at, item| {
                    if let Some(quality) = Quality::parse(row.key) {
                        rows.extend(reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX).map(|price| (quality, price)));
                    }
                });
                self.by_quality(at, item, rows)
            }
            _ => self.amount(at, item, Decimal::ZERO, UNIT_USD_MAX).map(Price::Any),
        }
    }

    fn by_quality(&mut self, at: &At<'_>, item: &Item<'_>, mut rows: Vec<(Quality, Decimal)>) -> Option<Price> {
        if rows.is_empty() {
            self.lacks(at, item, "price");
            return None;
        }
        rows.sort_by_key(|(quality, _)| *quality);
        Some(Price::ByQuality(rows))
    }

    fn lacks(&mut self, at: &At<'_>, item: &Item<'_>, what: &str) {
        self.wrong(Code::CardIncomplete, at, item, |_| {
            Sentence::new(words::card_lacks(at.key, what)).remedy(words::card_lacks_remedy(what))
        });
    }

    fn tier(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<SizeTier> {
        let table = self.table(at, item)?;
        let (mut edge, mut any, mut rows) = (None, None, Vec::new());
        self.each(Section::CardTier, at, table, |reader, row, at, item| match row.key {
            "long_edge" => edge = reader.whole_number(at, item, 1, 1_000_000).and_then(|edge| u32::try_from(edge).ok()),
            "price" => any = reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX),
            word => {
                let price = reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX);
                rows.extend(Quality::parse(word).zip(price));
            }
        });
        if !table.contains_key("long_edge") {
            self.lacks(at, item, "long_edge");
        }
        let price = match any {
            Some(any) => Some(Price::Any(any)),
            None => self.by_quality(at, item, rows),
        };
        Some(SizeTier { name: name.to_owned(), long_edge: edge?, price: price? })
    }

    fn sized(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<(Size, Price)> {
        let size = Size::parse(name);
        if size.is_none() {
            self.wrong(Code::SizeWrong, at, item, |_| {
                Sentence::new(words::card_size_wrong(name))
                    .allowed(words::card_size_allowed())
                    .remedy(words::size_remedy())
            });
        }
        let price = self.price(at, item);
        Some((size?, price?))
    }

    fn pack(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<Pack> {
        let table = self.table(at, item)?;
        let (mut usd, mut credits, mut months) = (None, None, None);
        self.each(Section::Pack, at, table, |reader, row, at, item| match row.key {
            "usd" => usd = reader.above_nothing(at, item, PACK_USD_MAX),
            "credits" => credits = reader.credits(at, item, 1),
            _ => months = reader.whole_number(at, item, 1, 1200).and_then(|months| u32::try_from(months).ok()),
        });
        self.needs(at, item, table, &["usd", "credits"]);
        Some(Pack { name: name.to_owned(), usd: usd?, credits: credits?, months })
    }

    fn plan(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<Plan> {
        let table = self.table(at, item)?;
        let (mut usd, mut per, mut credits, mut overage) = (None, None, None, None);
        self.each(Section::Plan, at, table, |reader, row, at, item| match row.key {
            "usd" => usd = reader.above_nothing(at, item, PACK_USD_MAX),
            "per" => {
                let name = |per| if per == Period::Month { "month" } else { "year" };
                per = reader.word(at, item, &[Period::Month, Period::Year], name);
            }
            "credits" => credits = reader.credits(at, item, 0),
            _ => overage = reader.above_nothing(at, item, UNIT_USD_MAX),
        });
        self.needs(at, item, table, &["usd", "per", "credits"]);
        Some(Plan { name: name.to_owned(), usd: usd?, per: per?, credits: credits?, overage })
    }

    fn needs(&mut self, at: &At<'_>, item: &Item<'_>, table: &DeTable<'_>, keys: &[&str]) {
        for key in keys.iter().filter(|key| !table.contains_key(**key)) {
            self.lacks(at, item, key);
        }
    }
}
