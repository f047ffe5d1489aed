//! Measured tokens: whether they count for a deliverable, and their text.
//!
//! A file writes them as a table; typed, they are a number of output tokens, or `output=6119, reference=1024, size=1024x1280`.

use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::parse_grouped;
use crate::cost::base::size::{BrokenRule, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::refusal::{Refusal, unknown_word};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::settings::{Layer, Measured, QualityChoice, SizeChoice};
use crate::cost::rates::rate_card::Billing;

impl Deliverable {
    /// What differs from what was measured: of model, size and quality. If anything does, the formula counts.
    #[must_use]
    pub fn measured_differs(&self) -> Vec<Knob> {
        let Some(measured) = &self.measured.value else { return Vec::new() };
        let size = |choice| self.exact_size(choice);
        let model = measured.model.as_ref().is_some_and(|model| *model != self.model.value.id);
        let sized = measured.size.is_some_and(|measured| size(measured) != size(self.size.value));
        let drawn = measured.quality.is_some_and(|quality| quality != self.quality.value);
        let all = [(Knob::Model, model), (Knob::Size, sized), (Knob::Quality, drawn)];
        all.into_iter().filter_map(|(knob, differs)| differs.then_some(knob)).collect()
    }

    /// The measured tokens that count for the finals; `None` if there are none, if the deliverable differs from what was
    /// measured, or if its model is not billed by tokens.
    fn measured(&self) -> Option<&Measured> {
        let by_tokens = self.model.value.billing != Billing::ImagePrice;
        self.measured.value.as_deref().filter(|_| by_tokens && self.measured_differs().is_empty())
    }

    /// Measured output tokens of a final that count in place of the formula.
    #[must_use]
    pub fn measured_output(&self) -> Option<u64> {
        self.measured()?.output
    }

    /// Measured tokens of a final's reference images that count in place of the formula. Inherited ones count only where
    /// reference images are sent.
    #[must_use]
    pub fn measured_reference(&self) -> Option<u64> {
        let sent = self.measured.layer == Layer::Deliverable || !self.references.value.is_empty();
        self.measured()?.reference.filter(|_| sent)
    }

    /// Whether measured tokens count here whatever the size and quality are: then changing these leaves the price.
    #[must_use]
    pub fn is_fixed_by_measure(&self) -> bool {
        let open = |measured: &Measured| measured.size.is_none() && measured.quality.is_none();
        self.measured_output().is_some() && self.measured.value.as_deref().is_some_and(open)
    }

    /// The rules of its model that a size of the finals breaks. None for a size that came back from the API, or may have, where that
    /// cannot be read; beside measured tokens, edges need not be on the model's grid.
    #[must_use]
    pub fn broken_rules(&self, size: Size) -> Vec<BrokenRule> {
        if self.returned.value || !self.returned.readable {
            return Vec::new();
        }
        let mut rules = self.model.value.sizes.broken(size);
        if self.measured().is_some() {
            rules.retain(|rule| !matches!(rule, BrokenRule::Step { .. }));
        }
        rules
    }
}

/// The keys of measured tokens, in the order in which they are written.
pub const KEYS: [&str; 6] = ["output", "reference", "source", "model", "size", "quality"];

impl Measured {
    /// The same, with what it leaves open taken from `line`: in assumptions it has to be said what was measured.
    #[must_use]
    pub fn named_after(mut self, line: &Deliverable) -> Measured {
        self.model.get_or_insert_with(|| line.model.value.id.clone());
        let size = line.exact_size(line.size.value).map_or(SizeChoice::Auto, SizeChoice::Exact);
        self.size.get_or_insert(size);
        self.quality.get_or_insert(line.quality.value);
        self
    }

    /// Sets the value of one key from text.
    ///
    /// # Errors
    /// If there is no such key, or the text is not a value of it.
    pub fn put(&mut self, key: &str, text: &str, catalog: &Catalog) -> Result<(), Refusal> {
        let text = text.trim();
        match key {
            "output" => self.output = Some(count(text, 1)?),
            "reference" => self.reference = Some(count(text, 0)?),
            "source" => self.source = Some(text.to_owned()).filter(|source| !source.is_empty()),
            "model" => {
                let known = || catalog.models.iter().map(|model| model.id.clone()).collect();
                self.model = Some(catalog.model(text).ok_or_else(|| unknown_word(text, known()))?.id.clone());
            }
            "size" => self.size = Some(size(text).ok_or(Refusal::Form)?),
            "quality" => self.quality = Some(quality(text)?),
            _ => return Err(unknown_word(key, KEYS.map(str::to_owned).to_vec())),
        }
        Ok(())
    }
}

/// The most tokens that a measure may say.
#[must_use]
pub fn most() -> u64 {
    Knob::Measured.row().range.1.unsigned_abs()
}

/// A number of measured tokens: whole, from `min` to [`most`].
///
/// # Errors
/// If it has decimals or is outside the range.
pub fn whole(number: Decimal, min: u64) -> Result<u64, Refusal> {
    if !number.normalize().fract().is_zero() {
        return Err(Refusal::NotWhole);
    }
    let out_of_range = || Refusal::OutOfRange { min: Decimal::from(min), max: Decimal::from(most()) };
    u64::try_from(number).ok().filter(|tokens| (min..=most()).contains(tokens)).ok_or_else(out_of_range)
}

fn count(text: &str, min: u64) -> Result<u64, Refusal> {
    whole(parse_grouped(text)?, min)
}

/// A size that can have been measured: pixels, or `auto`. A class is none, since it depends on the ratio.
#[must_use]
pub fn size(text: &str) -> Option<SizeChoice> {
    if text.trim().eq_ignore_ascii_case("auto") {
        return Some(SizeChoice::Auto);
    }
    Size::parse(text.trim()).map(SizeChoice::Exact)
}

fn quality(text: &str) -> Result<QualityChoice, Refusal> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(QualityChoice::Auto);
    }
    let known = || Quality::ALL.into_iter().map(|quality| quality.name().to_owned()).collect();
    Quality::parse(text).map(QualityChoice::Exact).ok_or_else(|| unknown_word(text, known()))
}

/// Parses typed text: `KEY=VALUE` parts, the source last, which may contain anything; or a bare number, which replaces the
/// output tokens of `now` and keeps its other parts but the source, since that names where the old number is from.
///
/// # Errors
/// The part that is not a value.
pub fn read(text: &str, now: Option<&Measured>, catalog: &Catalog) -> Result<Measured, Refusal> {
    let text = text.trim();
    if !text.contains('=') {
        let output = Some(count(text, 1)?);
        return Ok(Measured { output, source: None, ..now.cloned().unwrap_or_default() });
    }
    let mut measured = Measured::default();
    let mut rest = text;
    while let Some((key, after)) = rest.split_once('=') {
        let key = key.trim().to_lowercase();
        if key == "source" {
            measured.put(&key, after, catalog)?;
            rest = "";
            break;
        }
        // The value ends where the next key begins, at the last separator before its sign.
        let end = after.find('=').and_then(|sign| after[..sign].trim_end().rfind([',', ';', ' ']));
        let (value, next) = after.split_at(end.unwrap_or(after.len()));
        measured.put(&key, value.trim_end_matches([',', ';', ' ']), catalog)?;
        rest = next.trim_start_matches([',', ';', ' ']);
    }
    let counts = measured.output.is_some() || measured.reference.is_some();
    if rest.is_empty() && counts { Ok(measured) } else { Err(Refusal::Form) }
}

/// The parts that are present, as key and text.
pub fn parts(measured: &Measured) -> Vec<(&'static str, String)> {
    let Measured { output, reference, source, model, size, quality } = measured;
    let size = size.map(|size| match size {
        SizeChoice::Exact(size) => size.to_string(),
        SizeChoice::Tier(tier) => tier.name().to_owned(),
        SizeChoice::Auto => "auto".to_owned(),
    });
    let quality = quality.map(|quality| match quality {
        QualityChoice::Exact(quality) => quality.name().to_owned(),
        QualityChoice::Auto => "auto".to_owned(),
    });
    let number = |tokens: &Option<u64>| tokens.map(|tokens| tokens.to_string());
    let texts = [number(output), number(reference), source.clone(), model.clone(), size, quality];
    KEYS.into_iter().zip(texts).filter_map(|(key, text)| Some((key, text?))).collect()
}

/// Text that [`read`] parses to the same value: the source is last.
#[must_use]
pub fn write(measured: &Measured) -> String {
    let mut parts = parts(measured);
    parts.sort_by_key(|(key, _)| *key == "source");
    parts.iter().map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join(", ")
}

/// The measured tokens whose parts a bare number keeps: those that count for `line`.
#[must_use]
pub fn kept(line: &Deliverable) -> Option<&Measured> {
    line.measured()
}
