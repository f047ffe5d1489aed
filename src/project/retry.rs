//! Retry factors in every form that a file may use, and named retry profiles.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader, Told, quoted_list};
use super::schema::{Form, Section};
use crate::cost::Decimal;
use crate::cost::base::limits::{FACTOR_MAX, MADE_MAX};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::base::retry::{Confidence, Retry};
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::rates::rate_card::{Grade, Profile, Provenance};
use crate::diagnostics::{Code, IssueCode};
use crate::words;
use crate::words::number::grouped;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The least and the most accepted finals that a confidence may count as.
const WORTH: (u32, u32) = (3, 1000);

/// The keys of a retry table that are present.
#[derive(Default)]
struct Parts {
    factor: Told<Decimal>,
    accepted: Told<Retry>,
    ends: [Told<Decimal>; 3],
    /// Images kept, and images made.
    evidence: [Told<Decimal>; 2],
    confidence: Told<Confidence>,
    confidence_span: Range<usize>,
    source: Option<String>,
    grade: Option<Grade>,
}

impl Reader<'_> {
    /// A factor, a profile's name, or a table of parts.
    pub(super) fn retry(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Retry> {
        match item.get_ref() {
            DeValue::Table(table) => {
                let parts = self.retry_parts(at, Section::Retry, table);
                self.retry_of(at, item.span(), parts)
            }
            DeValue::String(name) => self.retry_named(at, item, name),
            DeValue::Integer(_) | DeValue::Float(_) => self.factor(at, item).map(Retry::plain),
            _ => {
                self.wrong_type(at, item, &retry_allowed, "");
                None
            }
        }
    }

    fn factor(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let allowed = &|| words::factor_allowed(grouped(Decimal::from(FACTOR_MAX)));
        let read = knob_text::retry_factor(self.number(at, item, allowed)?);
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    fn retry_named(&mut self, at: &At<'_>, item: &Item<'_>, name: &str) -> Option<Retry> {
        // The problem of a broken profile is reported there.
        if self.profiles.contains_key(name) {
            return Some(Retry::Profile(name.to_owned()));
        }
        let number = name.trim().trim_end_matches(['x', '×']).trim_end();
        if let Some(percent) = name.trim().strip_suffix('%') {
            let remedy = words::write_value(at.key, format!("{{ accepted = \"{}%\" }}", percent.trim()));
            self.wrong_type(at, item, &retry_allowed, &remedy);
        } else if parse_decimal(number).is_ok() {
            self.wrong_type(at, item, &retry_allowed, &words::write_value(at.key, number));
        } else {
            let names: Vec<String> = self.profiles.keys().cloned().collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.unknown_word(Code::Issue(IssueCode::ProfileUnknown), at, item, &names, |written| {
                words::profile_unknown(written)
            });
        }
        None
    }

    fn retry_parts(&mut self, at: &At<'_>, section: Section, table: &DeTable<'_>) -> Parts {
        let mut parts = Parts::default();
        self.each(section, at, table, |reader, row, at, item| match row.key {
            "factor" => parts.factor = reader.factor(at, item).into(),
            "accepted" => parts.accepted = reader.accepted(at, item).into(),
            "low" => parts.ends[0] = reader.factor(at, item).into(),
            "likely" => parts.ends[1] = reader.factor(at, item).into(),
            "high" => parts.ends[2] = reader.factor(at, item).into(),
            "kept" => parts.evidence[0] = reader.evidence(at, item).into(),
            "made" => parts.evidence[1] = reader.evidence(at, item).into(),
            "confidence" => {
                parts.confidence = reader.confidence(at, item).into();
                parts.confidence_span = item.span();
            }
            "source" => parts.source = reader.prose(at, item, Form::Prose),
            _ => parts.grade = reader.grade(at, item),
        });
        parts
    }

    /// One of: factor; accepted; low with likely and high. Anything else is a problem at `span`.
    fn retry_of(&mut self, at: &At<'_>, span: Range<usize>, parts: Parts) -> Option<Retry> {
        let confidence = match parts.confidence {
            Told::Open => None,
            Told::Is(confidence) => Some(confidence),
            Told::Broken => return None,
        };
        if parts.evidence.iter().any(|count| *count != Told::Open) {
            return self.retry_kept(at, span, &parts);
        }
        let ends_open = parts.ends.iter().filter(|end| **end == Told::Open).count();
        match (parts.factor, parts.accepted, ends_open) {
            (Told::Is(factor), Told::Open, 3) => Some(Retry::Factor { factor, confidence }),
            (Told::Open, Told::Is(Retry::Accepted { percent, .. }), 3) => Some(Retry::Accepted { percent, confidence }),
            (Told::Broken, Told::Open, 3) | (Told::Open, Told::Broken, 3) => None,
            (Told::Open, Told::Open, 0) => {
                if confidence.is_some() {
                    self.confidence_unused(at, &parts.confidence_span, "low, likely and high");
                }
                self.retry_range(at, span, parts.ends)
            }
            _ => {
                self.report.say(Code::RetryForm, at, &span, |_| {
                    Sentence::new(words::retry_form(at.key)).allowed(retry_allowed()).remedy(words::retry_form_remedy())
                });
                None
            }
        }
    }

    fn confidence_unused(&mut self, at: &At<'_>, span: &Range<usize>, beside: &str) {
        self.report.say(Code::ConfidenceUnused, &at.below("confidence"), span, |_| {
            Sentence::new(words::confidence_unused(beside)).remedy(words::confidence_unused_remedy())
        });
    }

    /// Images of which some were kept.
    fn evidence(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        self.one_whole(at, item)?;
        self.whole_number(at, item, 1, MADE_MAX).map(Decimal::from)
    }

    /// Kept of made, with nothing beside them but what does not contradict them.
    fn retry_kept(&mut self, at: &At<'_>, span: Range<usize>, parts: &Parts) -> Option<Retry> {
        let others = parts.factor != Told::Open || parts.accepted != Told::Open;
        let alone = !others && parts.ends.iter().all(|end| *end == Told::Open);
        let (kept, made) = match &parts.evidence {
            [Told::Is(kept), Told::Is(made)] if alone => (*kept, *made),
            [Told::Broken, _] | [_, Told::Broken] => return None,
            _ => {
                self.report.say(Code::RetryForm, at, &span, |_| {
                    Sentence::new(words::retry_form(at.key)).allowed(retry_allowed()).remedy(words::retry_form_remedy())
                });
                return None;
            }
        };
        if parts.confidence != Told::Open {
            self.confidence_unused(at, &parts.confidence_span, "kept and made");
        }
        match knob_text::kept_of_made(kept, made) {
            Ok(retry) => Some(retry),
            Err(Refusal::MoreKeptThanMade) => {
                self.report.say(Code::KeptMoreThanMade, at, &span, |_| {
                    Sentence::new(words::kept_exceeds_made(kept, made)).remedy(words::kept_exceeds_made_remedy())
                });
                None
            }
            Err(_) => {
                self.report.say(Code::OutOfRange, at, &span, |_| {
                    Sentence::new(words::kept_too_few(kept, made))
                        .allowed(retry_allowed())
                        .remedy(words::kept_too_few_remedy())
                });
                None
            }
        }
    }

    fn retry_range(&mut self, at: &At<'_>, span: Range<usize>, ends: [Told<Decimal>; 3]) -> Option<Retry> {
        let [Told::Is(low), Told::Is(likely), Told::Is(high)] = ends else { return None };
        match knob_text::retry_range(low, likely, high) {
            Ok(range) => Some(range),
            Err(Refusal::RangeOrder) if low <= likely && likely <= high => {
                self.report.say(Code::NumberTooLong, at, &span, |written| {
                    Sentence::new(words::number_too_long(at.key, written))
                        .allowed(words::number_too_long_allowed(retry_allowed()))
                        .remedy(words::number_too_long_remedy())
                });
                None
            }
            Err(_) => {
                self.report.say(Code::RetryOrder, at, &span, |_| {
                    let mut sorted = [low, likely, high];
                    sorted.sort();
                    let [a, b, c] = sorted;
                    Sentence::new(words::retry_order(low, likely, high))
                        .allowed(words::retry_order_allowed())
                        .remedy(words::retry_order_remedy(a, b, c))
                });
                None
            }
        }
    }

    fn accepted(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Retry> {
        let allowed = &|| words::percent_allowed("0.1", "100");
        let read = knob_text::accepted_retry(self.percent(at, item, allowed)?);
        self.checked(at, item, read, |end| format!("\"{end}%\""), allowed)
    }

    fn confidence(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Confidence> {
        let names = Confidence::WORDS.map(|(word, _)| word);
        let allowed = &|| words::confidence_allowed(quoted_list(&names), WORTH.0, grouped(Decimal::from(WORTH.1)));
        let DeValue::String(text) = item.get_ref() else {
            let number = self.number(at, item, allowed)?;
            let (min, max) = (Decimal::from(WORTH.0), Decimal::from(WORTH.1));
            let fits = (min..=max).contains(&number);
            let read = if fits { Ok(Confidence::Worth(number)) } else { Err(Refusal::OutOfRange { min, max }) };
            return self.checked(at, item, read, |end| end.to_string(), allowed);
        };
        let found = Confidence::WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
        if found.is_none() {
            let message = |written: &str| words::word_unknown(at.key, written);
            self.unknown_word(Code::WordUnknown, at, item, &names, message);
        }
        found.map(|(_, confidence)| *confidence)
    }

    pub(super) fn grade(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Grade> {
        self.word(at, item, &[Grade::A, Grade::B, Grade::C], |grade| ["A", "B", "C"][grade as usize])
    }

    /// Reads the project's own profiles and registers their names. A broken profile keeps its name without a value, so that it is
    /// neither unknown nor replaced by a built-in one of the same name.
    pub(super) fn retry_profiles(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<(String, Profile)> {
        let Some(table) = self.table(at, item) else { return Vec::new() };
        let mut read = Vec::new();
        for (key, item) in table {
            let (name, at) = (key.get_ref().to_string(), at.below(key.get_ref()));
            self.hidden_characters(&at, &key.span(), &name, false);
            self.named.push((at.to_string(), key.span()));
            let mut provenance = Provenance { source: String::new(), checked: None, grade: None };
            let mut retry = None;
            if let Some(table) = self.table(&at, item) {
                let parts = self.retry_parts(&at, Section::RetryProfile, table);
                provenance.source = parts.source.clone().unwrap_or_default();
                provenance.grade = parts.grade;
                retry = self.retry_of(&at, item.span(), parts);
            }
            self.profiles.insert(name.clone(), retry.is_some());
            // A profile that names itself has no factor, so lines that use it have no price.
            let retry = retry.unwrap_or_else(|| Retry::Profile(name.clone()));
            read.push((name, Profile { retry, provenance }));
        }
        read
    }
}

fn retry_allowed() -> String {
    words::retry_allowed(grouped(Decimal::from(FACTOR_MAX)))
}
