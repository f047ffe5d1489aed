//! From a TOML value to a knob's value, or to a problem that says what is allowed and how to fix it.
//!
//! Limits are those of [`knob_text`] and the knob table; here is only what a file can get wrong before a limit applies. Numbers
//! and percentages are read in `numbers`, retry factors in `retry`.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::schema;
use super::unread;
use crate::cost::Decimal;
use crate::cost::Knob;
use crate::cost::Value;
use crate::cost::base::number_text::NumberError;
use crate::cost::base::retry::Pick;
use crate::cost::base::size::{Ratio, Size, SizeRules, Tier};
use crate::cost::budget::Catalog;
use crate::cost::budget::knob::{Form, Row, Scope, TABLE, Unit};
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::budget::{Cap, Setting, Settings, SizeChoice};
use crate::cost::rates::rate_card::ServiceTier;
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;
use jiff::civil::Date;
use std::ops::Range;
use toml::de::DeValue;

/// Settings in the making.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) settings: Settings,
    pub(super) places: Vec<(Knob, Range<usize>)>,
    pub(super) prompts: Vec<Written>,
    /// Whether the prompt tokens were counted from text.
    pub(super) counted: bool,
}

/// A prompt as it stands in the file; no text where it is something else.
pub(super) struct Written {
    pub(super) key: &'static str,
    pub(super) span: Range<usize>,
    pub(super) text: Option<String>,
}

impl Reader<'_> {
    /// Reads a knob into `filled`, or remembers a prompt.
    pub(super) fn fill(&mut self, filled: &mut Filled, row: &'static schema::Row, at: &At<'_>, item: &Item<'_>) {
        match row.form {
            schema::Form::Knob(knob) => {
                let read = self.knob(knob, at, item);
                filled.settings.put(knob, Some(read.map_or(Setting::Unreadable, Setting::Value)));
                filled.places.push((knob, item.span()));
            }
            schema::Form::Prompt => {
                let allowed = &|| words::kind_text().to_owned();
                let text = self.text(at, item, allowed, "").map(str::to_owned);
                filled.prompts.push(Written { key: row.key, span: item.span(), text });
            }
            _ => {}
        }
    }

    /// Reads the value of a knob.
    pub(super) fn knob(&mut self, knob: Knob, at: &At<'_>, item: &Item<'_>) -> Option<Value> {
        match knob.row().form {
            Form::Retry => self.retry(at, item).map(Value::Retry),
            Form::Sizes => self.references(at, item).map(Value::Sizes),
            Form::Cap => self.cap(at, item).map(Value::Cap),
            Form::Percent => {
                let allowed = &|| allowed_range(knob.row());
                let read = knob_text::within(self.percent(at, item, allowed)?, knob.row());
                self.checked(at, item, read, |end| format!("\"{end}%\""), allowed).map(Value::Percent)
            }
            Form::Count => {
                let allowed = &|| allowed_range(knob.row());
                if knob == Knob::Finals {
                    self.one_whole(at, item)?;
                }
                let read = knob_text::whole(self.number(at, item, allowed)?, knob.row());
                self.checked(at, item, read, |end| end.to_string(), allowed).map(Value::Count)
            }
            Form::Model => self.model(at, item).map(Value::Word),
            Form::Preset => self.preset(at, item).map(Value::Word),
            Form::Ratio => self.ratio(at, item).map(Value::Ratio),
            Form::Size => self.size(at, item).map(Value::Size),
            Form::Quality => self.quality(at, item).map(Value::Quality),
            Form::Service => {
                self.word(at, item, &[ServiceTier::Standard, ServiceTier::Batch], ServiceTier::name).map(Value::Service)
            }
            Form::Measured => self.measured(at, item).map(Value::Measured),
            Form::Flag => self.flag(at, item).map(Value::Flag),
            Form::Pick => self.word(at, item, &[Pick::One, Pick::Many], Pick::name).map(Value::Pick),
        }
    }

    fn ratio(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Ratio> {
        // The longest shape of any model: which model it will be may be said in another layer.
        let max = max_aspect(self.catalog);
        let allowed = &|| words::ratio_allowed(max);
        let text = self.text(at, item, allowed, words::ratio_remedy())?;
        match Ratio::parse(text) {
            Some(ratio) if ratio.within(max) => return Some(ratio),
            Some(_) => self.wrong(Code::RatioTooLong, at, item, |written| {
                let sentence = Sentence::new(words::ratio_too_long(written)).allowed(allowed());
                sentence.remedy(words::ratio_too_long_remedy(max))
            }),
            None => self.wrong(Code::RatioWrong, at, item, |written| {
                let sentence = Sentence::new(words::ratio_wrong(written)).allowed(allowed());
                sentence.remedy(words::ratio_remedy())
            }),
        }
        None
    }

    fn size(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<SizeChoice> {
        let allowed = &|| words::size_allowed().to_owned();
        let text = self.text(at, item, allowed, words::size_remedy())?.trim();
        // Whether the model takes it is not asked here: the model may come from another layer.
        let exact = || Size::parse(text).map(SizeChoice::Exact);
        let tier = || Tier::parse(text).map(SizeChoice::Tier);
        let read = if text.eq_ignore_ascii_case("auto") { Some(SizeChoice::Auto) } else { tier().or_else(exact) };
        if read.is_none() {
            self.wrong(Code::SizeWrong, at, item, |written| {
                let sentence = Sentence::new(words::size_wrong(at.key, written)).allowed(allowed());
                sentence.remedy(words::size_remedy())
            });
        }
        read
    }

    fn references(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Vec<Size>> {
        let max = self.catalog.extras.references_max;
        let allowed = &|| words::references_allowed(max);
        let DeValue::Array(pictures) = item.get_ref() else {
            let remedy = match item.get_ref() {
                DeValue::String(text) if Size::parse(text).is_some() => {
                    words::write_value(at.key, format!("[\"{text}\"]"))
                }
                _ => String::new(),
            };
            self.wrong_type(at, item, allowed, &remedy);
            return None;
        };
        if pictures.len() > max {
            let count = grouped(Decimal::from(pictures.len()));
            self.wrong(Code::ReferencesTooMany, at, item, |_| {
                Sentence::new(words::references_too_many(count))
                    .allowed(allowed())
                    .remedy(words::references_too_many_remedy(max))
            });
            return None;
        }
        let mut sizes = Some(Vec::with_capacity(pictures.len()));
        for picture in pictures {
            let read = self.reference(at, picture);
            sizes = sizes.zip(read).map(|(mut sizes, size)| {
                sizes.push(size);
                sizes
            });
        }
        sizes
    }

    fn reference(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Size> {
        let max = self.catalog.extras.references_max;
        let allowed = &|| words::references_allowed(max);
        let read = Size::parse(self.text(at, item, allowed, words::size_remedy())?);
        if read.is_none() {
            self.wrong(Code::SizeWrong, at, item, |written| {
                Sentence::new(words::reference_wrong(written)).allowed(allowed()).remedy(words::size_remedy())
            });
        }
        read
    }

    fn cap(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Cap> {
        let allowed = &|| words::cap_allowed().to_owned();
        let read = match item.get_ref() {
            DeValue::String(text) => knob_text::cap(text),
            // A cap has no upper limit of its own, and other TOML readers refuse whole numbers beyond 64 bits.
            DeValue::Integer(number) if number.radix() == 10 && !unread::is_integer(number) => {
                Err(Refusal::Number(NumberError::TooManyDigits))
            }
            _ => {
                let amount = self.number(at, item, allowed)?;
                knob_text::cap(&amount.to_string())
            }
        };
        // In quotes an amount has to name its currency: "25" may be a slip for 25 as well as for "25 EUR".
        let unnamed = matches!((&read, item.get_ref()), (Ok(Cap { currency: None, .. }), DeValue::String(_)));
        match read {
            Ok(cap) if !unnamed => Some(cap),
            Err(Refusal::OutOfRange { .. }) => {
                self.wrong(Code::OutOfRange, at, item, |written| {
                    Sentence::new(words::out_of_range(at.key, written)).allowed(allowed()).remedy(words::cap_remedy())
                });
                None
            }
            Err(Refusal::Number(NumberError::TooManyDigits)) => {
                self.wrong_number(at, item, NumberError::TooManyDigits, allowed);
                None
            }
            _ => {
                self.wrong(Code::CapWrong, at, item, |written| {
                    Sentence::new(words::cap_wrong(written)).allowed(allowed()).remedy(words::cap_spelling())
                });
                None
            }
        }
    }

    /// A TOML date, or the same in quotes.
    pub(super) fn date(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Date> {
        let allowed = &|| words::date_allowed().to_owned();
        let read = match item.get_ref() {
            DeValue::Datetime(date) => date.date.and_then(|date| {
                let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
                Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
            }),
            DeValue::String(text) => text.trim().parse().ok(),
            _ => {
                self.wrong_type(at, item, allowed, &words::date_remedy(at.key));
                return None;
            }
        };
        if read.is_none() {
            self.wrong(Code::DateWrong, at, item, |written| {
                Sentence::new(words::date_wrong(at.key, written)).allowed(allowed()).remedy(words::date_remedy(at.key))
            });
        }
        read
    }
}

/// The allowed numbers of a knob, in words.
fn allowed_range(row: &Row) -> String {
    let (min, max) = row.range;
    match row.unit {
        Unit::Percent => words::percent_allowed(min, max),
        _ => words::whole_allowed(grouped(Decimal::from(min)), grouped(Decimal::from(max))),
    }
}

/// The longest shape of any model, as long edge over short.
fn max_aspect(catalog: &Catalog) -> u32 {
    let aspect = |rules: &SizeRules| match rules {
        SizeRules::Grid(grid) => Some(grid.max_aspect),
        SizeRules::Listed(_) => None,
    };
    catalog.models.iter().filter_map(|model| aspect(&model.sizes)).max().unwrap_or(3)
}

/// Settings of a layer that is there and cannot be read: nothing below it may step in.
pub(super) fn unreadable_assumptions() -> Settings {
    let mut settings = Settings::default();
    for row in TABLE.iter().filter(|row| row.scope != Scope::Deliverable) {
        settings.put(row.knob, Some(Setting::Unreadable));
    }
    settings
}
