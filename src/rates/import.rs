//! Converts public price lists to cards: LiteLLM's `model_prices_and_context_window.json` and the data of genai-prices.
//!
//! Only entries of known models are read. Nothing is guessed: an entry with one output price for text and images alike, or a
//! price per pixel, does not give the price of an image (LiteLLM issue 31142 billed images at the text rate), and is refused
//! by name.

use super::names::dotted;
use super::picture_prices::{has_flat, listed, quality_of};
use crate::cost::base::limits::{CARD_NOTES_MAX, PRICE_ENTRIES_MAX, PRICE_TABLES_MAX};
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::cost::rates::card::{Card, Edit, Failed, Found, Inputs, Money, Pay, Per, Price, Pricing, Table, Unit};
use crate::cost::rates::rate_card::{Grade, Meter, Model, Provenance, Rates};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The price lists that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// LiteLLM's.
    LiteLlm,
    /// genai-prices'.
    GenaiPrices,
}

impl List {
    /// The list's short name; its cards are named after it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["litellm", "genai-prices"][self as usize]
    }

    /// The name as its makers write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        ["LiteLLM", "genai-prices"][self as usize]
    }
}

/// Why an entry did not become a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Its price is per pixel.
    ByPixel,
    /// It has prices for text and `None` for generated images.
    NoPictures,
    /// It repeats another entry.
    SameAs(String),
    /// It contradicts another entry of the same model, which is used.
    Disagrees(String),
    /// A fallback for sizes that other entries price one by one.
    Fallback,
    /// Its price includes an input image: it is the price of an edit.
    Edit,
    /// Its price is 0, which lists write for unknown prices.
    Zero,
    /// By its name it generates images, and no known model has that name.
    UnknownModel,
    /// A price is not an exact number, is below 0, or has steps.
    NotExact(String),
}

/// The entries of a list about known models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The list.
    pub list: List,
    /// Entries in the list, of any model.
    pub entries: usize,
    /// The cards made from entries of known models, by name.
    pub cards: Vec<Card>,
    /// Entries that did not become a card: those of known models, and others that generate images by their names.
    pub refused: Vec<(String, Refused)>,
}

/// Why the whole list is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// Not JSON; holds the parser's reason.
    Json(String),
    /// More objects and lists than this.
    TooManyTables(usize),
    /// More entries than this.
    TooManyEntries(usize),
    /// JSON with the format of neither list.
    Shape,
}

/// The limit that a text exceeds, found before it is parsed.
fn beyond(text: &str) -> Option<NotRead> {
    let (mut tables, mut entries, mut quoted, mut escaped) = (0, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => tables += 1,
            b',' if !quoted => entries += 1,
            _ => {}
        }
    }
    match (tables > PRICE_TABLES_MAX, entries > PRICE_ENTRIES_MAX) {
        (true, _) => Some(NotRead::TooManyTables(PRICE_TABLES_MAX)),
        (false, true) => Some(NotRead::TooManyEntries(PRICE_ENTRIES_MAX)),
        (false, false) => None,
    }
}

/// Reads a list. `source` and `checked` are copied to every card.
///
/// # Errors
/// If the text is neither of the lists, or exceeds a limit.
pub fn import(text: &str, source: &str, checked: Date, catalog: &Catalog) -> Result<Imported, NotRead> {
    if let Some(limit) = beyond(text) {
        return Err(limit);
    }
    let json: Value = serde_json::from_str(text).map_err(|error| NotRead::Json(error.to_string()))?;
    let providers = json.get("providers").unwrap_or(&json).as_array();
    let (list, entries) = match (providers, &json) {
        (Some(providers), _) if providers.iter().any(|provider| provider.get("models").is_some()) => {
            (List::GenaiPrices, genai(providers, checked))
        }
        (_, Value::Object(entries)) if entries.values().any(|entry| entry.get("litellm_provider").is_some()) => {
            (List::LiteLlm, entries.iter().map(|(name, entry)| litellm(name, entry)).collect())
        }
        _ => return Err(NotRead::Shape),
    };
    let mut found = Reading { list, source, checked, cards: BTreeMap::new(), refused: Vec::new() };
    let count = entries.len();
    for entry in entries {
        found.take(entry, catalog);
    }
    found.drop_edits_alone();
    found.drop_fallbacks();
    Ok(Imported { list, entries: count, cards: found.cards.into_values().collect(), refused: found.refused })
}

/// An entry's prices of images.
enum ImagePrices {
    /// Standard and batch rates.
    Tokens(Box<(Rates, Rates)>),
    /// The same in every size; of one quality if the list says which.
    Flat {
        usd: Decimal,
        quality: Option<Quality>,
    },
    Cell {
        size: Size,
        quality: Quality,
        usd: Decimal,
    },
    Nothing(Refused),
}

struct Entry {
    /// As written in the list.
    name: String,
    /// The part before the model's name.
    seller: String,
    /// Whether its prices are those of calls that send an image.
    edit: bool,
    /// The last part of the name, then other spellings of models that it may mean.
    models: Vec<String>,
    source: Option<String>,
    notes: Option<String>,
    prices: ImagePrices,
}

/// The maker, before the names of its models.
const MAKER: &str = "openai";

fn no_sizes() -> Table {
    Table::Sizes { rows: Vec::new(), nearest: false }
}

/// Parts of names that mark an image model even if it is unknown.
const NAMES_OF_PICTURES: [&str; 3] = ["gpt-image", "chatgpt-image", "dall-e"];

struct Reading<'a> {
    list: List,
    source: &'a str,
    checked: Date,
    cards: BTreeMap<String, Card>,
    refused: Vec<(String, Refused)>,
}

impl Reading<'_> {
    fn take(&mut self, entry: Entry, catalog: &Catalog) {
        let Some(model) = self.model(&entry, catalog) else { return };
        // If the model's name is a path, its first part is not a seller, and the maker alone is none.
        let sellers: Vec<&str> =
            entry.seller.split('/').filter(|part| !model.id.starts_with(part) || part.is_empty()).collect();
        let id = match sellers.join("/").as_str() {
            "" | MAKER => format!("{}/{}", self.list.name(), model.id),
            seller => format!("{}/{seller}/{}", self.list.name(), model.id),
        };
        let images = |table| Pricing::Images { unit: Unit::Money, table, inputs: Rates::default() };
        match entry.prices {
            ImagePrices::Nothing(why) => self.refused.push((entry.name, why)),
            // A price of edits is no price of every call, and without sizes it has no list to stand in.
            ImagePrices::Flat { .. } if entry.edit => self.refused.push((entry.name, Refused::Edit)),
            ImagePrices::Tokens(ref rates) => {
                let (standard, batch) = **rates;
                let batch = (batch.get(Meter::ImageOutput).is_some()).then_some(batch);
                let discount_percent = Decimal::ZERO;
                let pricing = Pricing::Tokens { unit: Unit::Money, standard: Some(standard), batch, discount_percent };
                let same =
                    |there: &Pricing| matches!(there, Pricing::Tokens { standard: Some(own), .. } if *own == standard);
                let new = self.card(id, model, &entry, pricing, Some(Inputs::Charged));
                self.keep(entry.name, new, same);
            }
            ImagePrices::Flat { usd, quality } => self.take_flat(entry, model, format!("{id}/flat"), usd, quality),
            // Old names of a quality, and qualities that the model does not support.
            ImagePrices::Cell { quality, .. } if !model.qualities.contains(&quality) => {
                self.refused.push((entry.name, Refused::Fallback));
            }
            ImagePrices::Cell { size, quality, usd } => {
                let id = format!("{id}/per-image");
                let new = self.card(id.clone(), model, &entry, images(no_sizes()), None);
                let card = self.cards.entry(id.clone()).or_insert(new);
                let table = match (&mut card.pricing, entry.edit) {
                    // The price of an edit includes the image that is edited, and says nothing of more.
                    (_, true) => &mut card.edit.get_or_insert_with(|| Edit { table: no_sizes(), references: 1 }).table,
                    (Pricing::Images { table, .. }, false) => table,
                    _ => return,
                };
                let Table::Sizes { rows, .. } = table else { return };
                if let Some(there) = listed(rows, size, quality, usd) {
                    let why = if there == usd { Refused::SameAs(id) } else { Refused::Disagrees(id) };
                    self.refused.push((entry.name, why));
                }
            }
        }
    }

    /// A price of every size. What the list, or its note, gives for one quality is that quality's alone.
    fn take_flat(&mut self, entry: Entry, model: &Model, id: String, usd: Decimal, quality: Option<Quality>) {
        let quality = quality.or_else(|| quality_of(entry.notes.as_deref()?));
        if quality.is_some_and(|quality| !model.qualities.contains(&quality)) {
            return self.refused.push((entry.name, Refused::Fallback));
        }
        if let (Some(quality), Some(card)) = (quality, self.cards.get_mut(&id))
            && let Pricing::Images { table: Table::Flat(Price::ByQuality(rows)), .. } = &mut card.pricing
            && rows.iter().all(|(own, _)| *own != quality)
        {
            rows.push((quality, usd));
            return rows.sort_by_key(|(quality, _)| *quality);
        }
        let price = quality.map_or(Price::Any(usd), |quality| Price::ByQuality(vec![(quality, usd)]));
        let pricing = Pricing::Images { unit: Unit::Money, table: Table::Flat(price), inputs: Rates::default() };
        let new = self.card(id, model, &entry, pricing, None);
        self.keep(entry.name, new, |there| has_flat(there, usd, quality));
    }

    /// A card of an entry.
    fn card(&self, id: String, model: &Model, entry: &Entry, pricing: Pricing, inputs: Option<Inputs>) -> Card {
        Card {
            name: id.clone(),
            id,
            models: vec![model.id.clone()],
            qualities: Vec::new(),
            route: None,
            money: Money::usd(),
            pricing,
            per: Per::Image,
            edit: None,
            inputs,
            round_calls: false,
            auto_size: None,
            auto_quality: None,
            failed: Failed::NotStated,
            pay: Pay::default(),
            fee_percent: Decimal::ZERO,
            provenance: Provenance {
                source: match &entry.source {
                    Some(own) => format!("{}, which names {own}", self.source),
                    None => self.source.to_owned(),
                },
                checked: Some(self.checked),
                grade: Some(Grade::B),
            },
            notes: entry.notes.clone(),
            found: Found::Config,
        }
    }

    /// The model of an entry; an unknown model is recorded if its name marks an image model.
    fn model<'c>(&mut self, entry: &Entry, catalog: &'c Catalog) -> Option<&'c Arc<Model>> {
        let known = entry.models.iter().find_map(|name| catalog.model(name));
        if known.is_none() && NAMES_OF_PICTURES.iter().any(|part| entry.name.contains(part)) {
            self.refused.push((entry.name.clone(), Refused::UnknownModel));
        }
        known
    }

    /// Keeps a card, unless an earlier entry made one with that name.
    fn keep(&mut self, entry: String, new: Card, same: impl Fn(&Pricing) -> bool) {
        let id = new.id.clone();
        match self.cards.get(&id).map(|there| same(&there.pricing)) {
            None => drop(self.cards.insert(id, new)),
            Some(true) => self.refused.push((entry, Refused::SameAs(id))),
            Some(false) => self.refused.push((entry, Refused::Disagrees(id))),
        }
    }

    /// A seller of whom the list has prices of edits alone has no price of any other call.
    fn drop_edits_alone(&mut self) {
        let lacks = |card: &Card| matches!(&card.pricing, Pricing::Images { table: Table::Sizes { rows, .. }, .. } if rows.is_empty());
        let alone: Vec<String> = self.cards.values().filter(|card| lacks(card)).map(|card| card.id.clone()).collect();
        for id in alone {
            self.cards.remove(&id);
            self.refused.push((id, Refused::Edit));
        }
    }

    /// A flat price beside a list by size is a fallback of the list's own program, not the seller's price.
    fn drop_fallbacks(&mut self) {
        let flat: Vec<String> = self.cards.keys().filter(|id| id.ends_with("/flat")).cloned().collect();
        for id in flat {
            if self.cards.contains_key(&id.replace("/flat", "/per-image")) {
                self.cards.remove(&id);
                self.refused.push((id, Refused::Fallback));
            }
        }
    }
}

/// The shortest text of a double is the decimal that was written, up to 15 digits: prices have fewer.
fn number(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    parse_decimal(&text).ok().filter(|number| !number.is_sign_negative() || number.is_zero())
}

fn litellm(name: &str, entry: &Value) -> Entry {
    let mut parts: Vec<&str> = name.split('/').collect();
    let mut last = parts.pop().unwrap_or_default();
    let edit = matches!(last, "edit" | "edit-image" | "image-to-image");
    if edit || last == "text-to-image" {
        last = parts.pop().unwrap_or_default();
    }
    // Some sellers write a model's parts as a path, some put their own name before it.
    let joined = parts.last().map(|before| format!("{before}-{last}"));
    let stripped = parts.iter().find_map(|seller| last.strip_prefix(seller)?.strip_prefix('-')).map(str::to_owned);
    let mut models: Vec<String> = std::iter::once(last.to_owned()).chain(joined).chain(stripped).collect();
    let with_points: Vec<String> = models.iter().filter_map(|name| dotted(name)).collect();
    models.extend(with_points);
    let size = parts.iter().find_map(|part| Size::parse(&part.replace("-x-", "x")));
    let quality = parts.iter().find_map(|part| Quality::parse(part));
    parts.retain(|part| Size::parse(&part.replace("-x-", "x")).is_none() && Quality::parse(part).is_none());
    let open = Map::new();
    let fields = entry.as_object().unwrap_or(&open);
    Entry {
        prices: litellm_prices(fields, size, quality),
        name: name.to_owned(),
        seller: parts.join("/"),
        edit,
        models,
        notes: entry
            .pointer("/metadata/notes")
            .and_then(Value::as_str)
            .map(|notes| notes.chars().take(CARD_NOTES_MAX).collect()),
        source: entry.get("source").and_then(Value::as_str).map(str::to_owned),
    }
}

fn litellm_prices(fields: &Map<String, Value>, size: Option<Size>, quality: Option<Quality>) -> ImagePrices {
    const METERS: [(Meter, &str); 6] = [
        (Meter::ImageOutput, "output_cost_per_image_token"),
        (Meter::ImageInput, "input_cost_per_image_token"),
        (Meter::ImageInputCached, "cache_read_input_image_token_cost"),
        (Meter::TextInput, "input_cost_per_token"),
        (Meter::TextInputCached, "cache_read_input_token_cost"),
        (Meter::TextOutput, "output_cost_per_token"),
    ];
    // Old entries have the official price per image under "input".
    let per_image = ["output_cost_per_image", "input_cost_per_image"].into_iter().find_map(|key| fields.get(key));
    if let Some(value) = per_image {
        return match (number(value), size, quality) {
            (None, ..) => ImagePrices::Nothing(Refused::NotExact("output_cost_per_image".to_owned())),
            (Some(usd), ..) if usd.is_zero() => ImagePrices::Nothing(Refused::Zero),
            (Some(usd), Some(size), Some(quality)) => ImagePrices::Cell { size, quality, usd },
            (Some(_), Some(_), None) => ImagePrices::Nothing(Refused::Fallback),
            (Some(usd), None, quality) => ImagePrices::Flat { usd, quality },
        };
    }
    if fields.keys().any(|key| key.contains("per_pixel")) {
        return ImagePrices::Nothing(Refused::ByPixel);
    }
    let (mut standard, mut batch) = (Rates::default(), Rates::default());
    for (meter, key) in METERS {
        for (rates, key) in [(&mut standard, key.to_owned()), (&mut batch, format!("{key}_batches"))] {
            let Some(value) = fields.get(&key) else { continue };
            match number(value).and_then(|usd| times(usd, Decimal::from(1_000_000)).ok()) {
                Some(usd) => *rates = rates.with(meter, usd.normalize()),
                None => return ImagePrices::Nothing(Refused::NotExact(key)),
            }
        }
    }
    tokens(standard, batch)
}

/// A model's rates, if they include a price for images.
fn tokens(standard: Rates, batch: Rates) -> ImagePrices {
    match standard.get(Meter::ImageOutput) {
        None => ImagePrices::Nothing(Refused::NoPictures),
        Some(usd) if usd.is_zero() => ImagePrices::Nothing(Refused::Zero),
        Some(_) => ImagePrices::Tokens(Box::new((standard, batch))),
    }
}

fn genai(providers: &[Value], day: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    for provider in providers {
        let seller = provider.get("id").and_then(Value::as_str).unwrap_or_default();
        for model in provider.get("models").and_then(Value::as_array).into_iter().flatten() {
            let id = model.get("id").and_then(Value::as_str).unwrap_or_default();
            entries.push(Entry {
                name: format!("{seller}/{id}"),
                seller: if seller == MAKER { String::new() } else { seller.to_owned() },
                edit: false,
                models: {
                    let last = id.rsplit('/').next().unwrap_or_default();
                    std::iter::once(last.to_owned()).chain(dotted(last)).collect()
                },
                source: None,
                notes: None,
                prices: genai_prices(model, day),
            });
        }
    }
    entries
}

fn genai_prices(model: &Value, day: Date) -> ImagePrices {
    let standard = genai_rates(model.get("prices"), day);
    let variants = model.get("price_variants").and_then(Value::as_array).into_iter().flatten();
    let batch = variants
        .filter(|variant| variant.pointer("/when/processing").and_then(Value::as_str) == Some("batch"))
        .rfind(|variant| holds(variant, day))
        .and_then(|variant| variant.get("prices"));
    match (standard, genai_rates(batch, day)) {
        (Err(key), _) | (_, Err(key)) => ImagePrices::Nothing(Refused::NotExact(key)),
        (Ok(standard), Ok(batch)) => tokens(standard, batch),
    }
}

/// Whether prices with a first day are in force on a day; prices for certain hours never are.
fn holds(prices: &Value, day: Date) -> bool {
    let Some(constraint) = prices.get("constraint").filter(|constraint| !constraint.is_null()) else { return true };
    match constraint.get("start_date").and_then(Value::as_str) {
        Some(first) => first.parse::<Date>().is_ok_and(|first| first <= day),
        None => false,
    }
}

/// Rates of a model, USD per 1,000,000 tokens. `output_mtok` is the price of output text, unless the entry covers images and
/// has no separate output price for them: then it is theirs, because these models only output images. An entry with text
/// rates alone has listed $10 for a model whose images cost $32.
fn genai_rates(prices: Option<&Value>, day: Date) -> Result<Rates, String> {
    let prices = match prices {
        Some(Value::Array(changes)) => {
            changes.iter().rfind(|change| holds(change, day)).and_then(|last| last.get("prices"))
        }
        other => other,
    };
    let Some(Value::Object(fields)) = prices else { return Ok(Rates::default()) };
    let is_set = |key: &str| fields.get(key).is_some_and(|value| !value.is_null());
    let of_pictures = is_set("input_image_mtok") && !is_set("output_image_mtok");
    let output = if of_pictures { Meter::ImageOutput } else { Meter::TextOutput };
    let meters = [
        (output, "output_mtok"),
        (Meter::ImageOutput, "output_image_mtok"),
        (Meter::ImageInput, "input_image_mtok"),
        (Meter::ImageInputCached, "cache_image_read_mtok"),
        (Meter::TextInput, "input_mtok"),
        (Meter::TextInputCached, "cache_read_mtok"),
    ];
    let mut rates = Rates::default();
    for (meter, key) in meters.into_iter().filter(|(_, key)| is_set(key)) {
        let value = fields.get(key).and_then(number).ok_or(key)?;
        rates = rates.with(meter, value);
    }
    Ok(rates)
}
