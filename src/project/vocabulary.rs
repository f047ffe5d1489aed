//! Words from a list: models, presets, qualities, yes and no.

use super::problem::At;
use super::reader::{Item, Reader, quoted_list};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob_text;
use crate::cost::budget::{Catalog, QualityChoice};
use crate::cost::rates::rate_card::{Model, Status};
use crate::diagnostics::Code;
use crate::words;
use toml::de::DeValue;

impl Reader<'_> {
    pub(super) fn flag(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<bool> {
        if let DeValue::Boolean(flag) = item.get_ref() {
            return Some(*flag);
        }
        let remedy = match item.get_ref() {
            DeValue::String(text) if ["true", "false"].contains(&text.trim()) => {
                words::write_value(at.key, text.trim())
            }
            _ => String::new(),
        };
        self.wrong_type(at, item, &|| words::flag_allowed().to_owned(), &remedy);
        None
    }

    pub(super) fn model(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<String> {
        let catalog = self.catalog;
        let known = || -> Vec<&str> { in_service(catalog).map(|model| model.id.as_str()).collect() };
        let text = self.text(at, item, &|| quoted_list(&known()), "")?;
        if catalog.model(text).is_none() {
            self.unknown_word(Code::ModelUnknown, at, item, &known(), |written| words::model_unknown(written));
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn preset(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<String> {
        let catalog = self.catalog;
        let known = || -> Vec<&str> { catalog.presets.iter().map(|preset| preset.name.as_str()).collect() };
        let text = self.text(at, item, &|| quoted_list(&known()), "")?;
        if catalog.preset(text).is_none() {
            self.unknown_word(Code::PresetUnknown, at, item, &known(), |written| words::preset_unknown(written));
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn quality(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<QualityChoice> {
        let catalog = self.catalog;
        let text = self.text(at, item, &|| quoted_list(&known_qualities(catalog)), "")?;
        // Whether the model draws it is not asked here: the model may come from another layer.
        let read = knob_text::quality(text.trim(), &Quality::ALL).ok();
        if read.is_none() {
            let message = |written: &str| words::word_unknown(at.key, written);
            self.unknown_word(Code::WordUnknown, at, item, &known_qualities(catalog), message);
        }
        read
    }
}

/// Models that can still be used.
fn in_service(catalog: &Catalog) -> impl Iterator<Item = &Model> {
    catalog.models.iter().map(AsRef::as_ref).filter(|model: &&Model| model.status != Status::ShutDown)
}

/// Qualities that a model in service draws, and `auto`.
fn known_qualities(catalog: &Catalog) -> Vec<&'static str> {
    let drawn = |quality: &Quality| in_service(catalog).any(|model| model.qualities.contains(quality));
    let drawn = Quality::ALL.into_iter().filter(drawn).map(Quality::name);
    drawn.chain(["auto"]).collect()
}
