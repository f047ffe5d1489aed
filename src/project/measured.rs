//! Measured tokens: the table `tokens` of a deliverable or of the assumptions.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader, Told};
use super::schema::{Form, Section};
use crate::cost::Decimal;
use crate::cost::budget::measured;
use crate::cost::budget::{Measured, QualityChoice, SizeChoice};
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// The keys of the table that are present.
#[derive(Default)]
struct Parts {
    output: Told<u64>,
    reference: Told<u64>,
    source: Option<String>,
    model: Told<String>,
    size: Told<SizeChoice>,
    quality: Told<QualityChoice>,
}

/// The value of a key; the outer `None`: it cannot be read.
fn told<T>(part: Told<T>) -> Option<Option<T>> {
    match part {
        Told::Open => Some(None),
        Told::Is(value) => Some(Some(value)),
        Told::Broken => None,
    }
}

/// A table as messages show it.
const EXAMPLE: &str = "{ output = 6119, reference = 1024 }";

impl Reader<'_> {
    /// Measured tokens; `None` if any part of them is missing or unreadable.
    pub(super) fn measured(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Arc<Measured>> {
        let DeValue::Table(table) = item.get_ref() else {
            let remedy = match item.get_ref() {
                DeValue::Integer(number) => words::write_value(at.key, format!("{{ output = {} }}", number.as_str())),
                _ => String::new(),
            };
            self.wrong_type(at, item, &|| words::tokens_allowed(EXAMPLE), &remedy);
            return None;
        };
        let Parts { output, reference, source, model, size, quality } = self.measured_parts(at, table);
        let (model, size, quality) = (told(model)?, told(size)?, told(quality)?);
        let measured = Measured { output: told(output)?, reference: told(reference)?, source, model, size, quality };
        self.is_complete(at, item, table, &measured).then(|| Arc::new(measured))
    }

    fn measured_parts(&mut self, at: &At<'_>, table: &DeTable<'_>) -> Parts {
        let mut parts = Parts::default();
        self.each(Section::Tokens, at, table, |reader, row, at, item| match row.key {
            "output" => parts.output = reader.token_count(at, item, 1).into(),
            "reference" => parts.reference = reader.token_count(at, item, 0).into(),
            "source" => parts.source = reader.prose(at, item, Form::Prose),
            "model" => parts.model = reader.model(at, item).into(),
            "size" => parts.size = reader.measured_size(at, item).into(),
            _ => parts.quality = reader.quality(at, item).into(),
        });
        parts
    }

    fn token_count(&mut self, at: &At<'_>, item: &Item<'_>, min: u64) -> Option<u64> {
        let shown = |number| grouped(Decimal::from(number));
        let allowed = &|| words::whole_allowed(shown(min), shown(measured::most()));
        let read = measured::whole(self.number(at, item, allowed)?, min);
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    /// The size that was measured: no class, since that depends on the ratio.
    fn measured_size(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<SizeChoice> {
        let allowed = &|| words::measured_size_allowed().to_owned();
        let read = measured::size(self.text(at, item, allowed, words::size_remedy())?);
        if read.is_none() {
            self.wrong(Code::SizeWrong, at, item, |written| {
                let sentence = Sentence::new(words::size_wrong(at.key, written)).allowed(allowed());
                sentence.remedy(words::size_remedy())
            });
        }
        read
    }

    /// Whether a number is there, and in assumptions also what was measured: many deliverables inherit them.
    fn is_complete(&mut self, at: &At<'_>, item: &Item<'_>, table: &DeTable<'_>, measured: &Measured) -> bool {
        // A misspelt key has been reported, and what is missing follows from it.
        let section = Section::Tokens;
        let slip = |key: &str| section.row(key).is_none() && section.near_miss(key).is_some();
        if table.keys().any(|key| slip(key.get_ref())) {
            return false;
        }
        if measured.output.is_none() && measured.reference.is_none() {
            self.wrong(Code::TokensEmpty, at, item, |_| {
                let sentence = Sentence::new(words::tokens_empty()).allowed(words::tokens_allowed(EXAMPLE));
                sentence.remedy(words::tokens_empty_remedy())
            });
            return false;
        }
        let Measured { model, size, quality, .. } = measured;
        let named = [("model", model.is_some()), ("size", size.is_some()), ("quality", quality.is_some())];
        let missing: Vec<&str> = named.into_iter().filter(|(_, named)| !named).map(|(key, _)| key).collect();
        if !at.is_assumption() || missing.is_empty() {
            return true;
        }
        self.wrong(Code::TokensUnnamed, at, item, |_| {
            let missing = match missing.split_last() {
                Some((last, [])) => (*last).to_owned(),
                Some((last, others)) => format!("{} {} {last}", others.join(", "), words::tokens_and()),
                None => String::new(),
            };
            Sentence::new(words::tokens_unnamed(&missing)).remedy(words::tokens_unnamed_remedy(missing))
        });
        false
    }
}
