//! A list to choose a value from, filtered by typing; the value under the cursor applies while it is previewed.

use crate::app::actions::summary::Form as SummaryForm;
use crate::app::actions::{cards, fees, summary};
use crate::app::model::entry::Entry;
use crate::app::model::overlay::Overlay;
use crate::app::model::preview::{Meaning, Preview};
use crate::app::model::state::State;
use crate::cost::base::money::Decimal;
use crate::cost::base::size::{Size, Tier, common_ratios};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Form;
use crate::cost::budget::{QualityChoice, SizeChoice};
use crate::cost::estimate::advisor;
use crate::cost::estimate::advisor::{cheaper, output_rate};
use crate::cost::rates::rate_card::{Model, Status};
use crate::cost::{Deliverable, Knob, Setting, Value};
use crate::figures::{about_if, unit_price};
use crate::tables::Kind;
use crate::words;
use crate::words::number::grouped;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::path::PathBuf;
use std::sync::Arc;

/// The thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picking {
    /// A knob's value.
    Knob(Knob),
    /// The theme.
    Theme,
    /// A project: a recent one, or a sample.
    Project,
    /// An earlier version of the file.
    Version,
    /// Rate cards to compare with, any number.
    Cards,
    /// A fee to change.
    Fees,
    /// The meaning of a column of a list that is looked at: its index, and its title.
    Meaning(usize, String),
    /// The sheet of a workbook that is looked at.
    Sheet,
    /// What the estimate is copied as.
    Summary,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name of the choice.
    pub label: String,
    /// Its meaning: tokens, price, purpose.
    pub detail: String,
    /// The effect of choosing it.
    pub choice: Choice,
}

/// The choice behind an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A value of the knob.
    Value(Value),
    /// A theme's name.
    Theme(String),
    /// A project to open.
    Project(Offer),
    /// A rate card, by its name in files.
    Card(String),
    /// A fee, by its name.
    Fee(String),
    /// The meaning of a column.
    Meaning(Meaning),
    /// A sheet, by its name.
    Sheet(String),
    /// What the estimate is copied as.
    Summary(SummaryForm),
}

/// A project that can be opened without typing its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// A file that was open before.
    Recent(PathBuf),
    /// A sample that comes with the program: its name and its description.
    Sample(String, String),
    /// An earlier version of the open file: its path, when it was replaced, and its description.
    Version(PathBuf, String, String),
}

/// An open list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picker {
    /// The thing to choose.
    pub picking: Picking,
    /// The filter text.
    pub filter: Entry,
    /// The entry under the cursor, by its index among the filtered ones.
    pub at: usize,
    /// The setting to restore.
    pub before: Before,
}

/// The setting that a picker restores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// A knob's setting.
    Setting(Option<Setting>),
    /// A theme's name.
    Theme(String),
    /// Nothing was previewed.
    Nothing,
    /// Nothing was previewed; the project's total on each card was computed when the list was opened.
    Cards(Arc<Vec<cards::Cost>>),
}

/// Listed sizes differ by at least this much of the price.
const APART_PERCENT: u32 = 4;
/// Classes and cheaper sizes together, at most.
const SIZES_MAX: usize = 9;

/// Every entry, in the order of the list.
#[must_use]
pub fn items(state: &State, picking: &Picking) -> Vec<Item> {
    match picking {
        Picking::Cards => cards::items(state, &[]),
        Picking::Fees => fees::items(state),
        Picking::Summary => summary::items(),
        Picking::Theme => state.session.themes.iter().map(|name| theme(name)).collect(),
        Picking::Project => state.session.offers.iter().map(project).collect(),
        Picking::Version => state.session.versions.iter().map(project).collect(),
        Picking::Meaning(column, _) => state.previewed().map_or_else(Vec::new, |list| meanings(list, *column)),
        Picking::Sheet => state.previewed().map_or_else(Vec::new, sheets),
        Picking::Knob(knob) => state.deliverable().map_or_else(Vec::new, |line| knob_items(state, *knob, line)),
    }
}

/// The entries that match the filter, the best match first; all in their own order if nothing is typed.
#[must_use]
pub fn filtered(state: &State, picker: &Picker) -> Vec<Item> {
    let items = match &picker.before {
        Before::Cards(costs) => cards::items(state, costs),
        _ => items(state, &picker.picking),
    };
    let texts = items.iter().map(|item| format!("{} {}", item.label, item.detail)).collect::<Vec<_>>();
    ranked(picker.filter.text(), &texts).into_iter().filter_map(|index| items.get(index).cloned()).collect()
}

/// The indexes of the texts that match the filter, the best first; every index if nothing is typed.
#[must_use]
pub fn ranked(typed: &str, texts: &[String]) -> Vec<usize> {
    if typed.trim().is_empty() {
        return (0..texts.len()).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let scored = texts.iter().enumerate();
    let mut found: Vec<(u32, usize)> = scored
        .filter_map(|(index, text)| Some((pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher)?, index)))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, index)| index).collect()
}

impl State {
    /// The list that is looked at, whatever lies over it.
    #[must_use]
    pub fn previewed(&self) -> Option<&Preview> {
        self.overlays.iter().find_map(|overlay| {
            let Overlay::Import(preview) = overlay else { return None };
            Some(preview.as_ref())
        })
    }
}

/// The way back, leaving the column out, and every meaning, each with the other column that has it now.
fn meanings(preview: &Preview, column: usize) -> Vec<Item> {
    let columns = &preview.list().columns;
    let now = preview.meaning(column);
    let holder = |kind: Kind| columns.iter().find(|column| column.kind() == Some(kind));
    let entry = |meaning: Meaning| {
        let (label, elsewhere) = match meaning {
            Meaning::Found => (words::meaning_found().to_owned(), Some(words::meaning_found_by().to_owned())),
            Meaning::Unread => (words::meaning_unread().to_owned(), None),
            Meaning::As(kind) => {
                (kind.name().to_owned(), holder(kind).map(|held| words::meaning_elsewhere(&held.title)))
            }
        };
        let detail = if meaning == now { words::meaning_now().to_owned() } else { elsewhere.unwrap_or_default() };
        Item { label, detail, choice: Choice::Meaning(meaning) }
    };
    let way_back = preview.is_chosen(column).then_some(Meaning::Found);
    way_back.into_iter().chain([Meaning::Unread]).chain(Kind::all().map(Meaning::As)).map(entry).collect()
}

/// The sheets in the order of their tabs.
fn sheets(preview: &Preview) -> Vec<Item> {
    let detail = |name: &str| match (preview.sheet() == Some(name), preview.is_hidden(name)) {
        (true, true) => words::sheet_hidden_now(),
        (true, false) => words::meaning_now(),
        (false, true) => words::sheet_hidden(),
        (false, false) => "",
    };
    let item = |name: &String| Item {
        label: name.clone(),
        detail: detail(name).to_owned(),
        choice: Choice::Sheet(name.clone()),
    };
    preview.sheets().iter().map(item).collect()
}

fn theme(name: &str) -> Item {
    Item { label: name.to_owned(), detail: String::new(), choice: Choice::Theme(name.to_owned()) }
}

fn project(offer: &Offer) -> Item {
    let (label, detail) = match offer {
        Offer::Recent(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            (name.to_string_lossy().into_owned(), path.display().to_string())
        }
        Offer::Version(_, when, what) => (when.clone(), what.clone()),
        Offer::Sample(name, line) => (words::offer_sample(name), line.clone()),
    };
    Item { label, detail, choice: Choice::Project(offer.clone()) }
}

fn item(value: Value, detail: String) -> Item {
    Item { label: words::value(&value), detail, choice: Choice::Value(value) }
}

fn knob_items(state: &State, knob: Knob, line: &Deliverable) -> Vec<Item> {
    match knob.row().form {
        Form::Ratio => ratios(state, line),
        Form::Size => sizes(state, knob, line),
        Form::Quality => qualities(state, line, knob),
        Form::Model => models(state, line),
        Form::Preset => {
            let presets = state.session.catalog.presets.iter();
            presets.map(|preset| item(Value::Word(preset.name.clone()), preset.purpose.clone())).collect()
        }
        Form::Service => {
            use crate::cost::rates::rate_card::{ServiceTier::Batch, ServiceTier::Standard};
            let details = [words::service_standard_meaning(), words::service_batch_meaning()];
            [Standard, Batch]
                .into_iter()
                .zip(details)
                .map(|(tier, d)| item(Value::Service(tier), d.to_owned()))
                .collect()
        }
        Form::Pick => {
            use crate::cost::base::retry::{Pick::Many, Pick::One};
            let details = [words::pick_one_meaning(), words::pick_many_meaning()];
            [One, Many].into_iter().zip(details).map(|(pick, d)| item(Value::Pick(pick), d.to_owned())).collect()
        }
        Form::Flag => {
            let details = [words::returned_no_meaning(), words::returned_yes_meaning()];
            [false, true].into_iter().zip(details).map(|(yes, d)| item(Value::Flag(yes), d.to_owned())).collect()
        }
        Form::Measured | Form::Sizes | Form::Count | Form::Percent | Form::Retry | Form::Cap => Vec::new(),
    }
}

fn quality_of(knob: Knob, line: &Deliverable) -> Option<Quality> {
    let drafts = line.explore.as_ref().filter(|_| knob == Knob::DraftSize);
    match drafts.map_or(line.quality.value, |explore| explore.quality.value) {
        QualityChoice::Exact(quality) => Some(quality),
        QualityChoice::Auto => None,
    }
}

/// Tokens and price of an image, or the word for an unknown price.
fn priced(state: &State, knob: Knob, line: &Deliverable, (size, quality): (Option<Size>, Option<Quality>)) -> String {
    let model = &line.model.value;
    let counted = size.zip(quality).filter(|(size, _)| line.broken_rules(*size).is_empty());
    let formula = || counted.and_then(|(size, quality)| model.output.count(size, quality));
    let measured = measured_at(line, size, quality).filter(|_| !is_of_drafts(knob));
    if let Some(tokens) = measured {
        let price = advisor::price(tokens, output_rate(state.project.budget(), model, line.service.value));
        return words::measured_each(grouped(Decimal::from(tokens)), unit_price(price, false));
    }
    let Some(tokens) = formula() else {
        let listed = size.zip(quality).and_then(|(size, quality)| model.image_price(size, quality));
        return unit_price(listed, false);
    };
    let price = advisor::price(tokens, output_rate(state.project.budget(), model, line.service.value));
    let is_approximate = counted.is_some_and(|(size, quality)| model.output.is_approximate(size, quality));
    words::tokens_each(grouped(Decimal::from(tokens)), unit_price(price, is_approximate))
}

fn is_of_drafts(knob: Knob) -> bool {
    matches!(knob, Knob::DraftSize | Knob::DraftQuality)
}

/// The measured tokens that would count for finals of this size and quality.
fn measured_at(line: &Deliverable, size: Option<Size>, quality: Option<Quality>) -> Option<u64> {
    line.measured.value.as_ref()?;
    let mut tried = line.clone();
    tried.size.value = size.map_or(SizeChoice::Auto, SizeChoice::Exact);
    tried.quality.value = quality.map_or(QualityChoice::Auto, QualityChoice::Exact);
    tried.measured_output()
}

fn ratios(state: &State, line: &Deliverable) -> Vec<Item> {
    let sizes = &line.model.value.sizes;
    let quality = quality_of(Knob::Ratio, line);
    let detail = |ratio| {
        let size = sizes.of_ratio(ratio, Tier::K1);
        let shown = size.map_or_else(|| words::unknown().to_owned(), words::size);
        format!("{shown}  {}", priced(state, Knob::Ratio, line, (size, quality)))
    };
    common_ratios().into_iter().map(|ratio| item(Value::Ratio(ratio), detail(ratio))).collect()
}

/// The classes of the ratio, then cheaper sizes of the same shape, then the sizes of other ratios.
fn sizes(state: &State, knob: Knob, line: &Deliverable) -> Vec<Item> {
    let quality = quality_of(knob, line);
    let model = &line.model.value;
    let mut items = Vec::new();
    for tier in Tier::ALL {
        let size = model.sizes.of_ratio(line.ratio.value, tier);
        let Some(exact) = size else { continue };
        let detail = format!("{}  {}", words::size(exact), priced(state, knob, line, (size, quality)));
        items.push(item(Value::Size(SizeChoice::Tier(tier)), detail));
    }
    let now = line.exact_size(line.size.value);
    // Measured tokens do not follow the size: none is cheaper by them.
    let follows = is_of_drafts(knob) || line.measured_output().is_none();
    if let Some((size, quality)) = now.zip(quality).filter(|_| follows) {
        let mut last = Decimal::ONE_HUNDRED;
        for offer in cheaper(model, size, quality, None) {
            // Sizes that save nearly the same are one choice, not several.
            if last - offer.saving_percent < Decimal::from(APART_PERCENT) || items.len() >= SIZES_MAX {
                continue;
            }
            last = offer.saving_percent;
            let saved = about_if(offer.approximate, words::saves(words::number::grouped(offer.saving_percent)));
            let detail = format!("{}  {saved}", priced(state, knob, line, (Some(offer.size), Some(quality))));
            items.push(item(Value::Size(SizeChoice::Exact(offer.size)), detail));
        }
    }
    items
}

fn qualities(state: &State, line: &Deliverable, knob: Knob) -> Vec<Item> {
    let drafts = line.explore.as_ref().filter(|_| knob == Knob::DraftQuality).and_then(|explore| explore.size.as_ref());
    let size = line.exact_size(drafts.unwrap_or(&line.size).value);
    let listed = line.model.value.qualities.iter();
    listed
        .map(|quality| {
            let value = Value::Quality(QualityChoice::Exact(*quality));
            item(value, priced(state, knob, line, (size, Some(*quality))))
        })
        .collect()
}

/// Each model with the price of the line's image, and its availability.
fn models(state: &State, line: &Deliverable) -> Vec<Item> {
    let detail = |status: Status, shutdown: Option<jiff::civil::Date>| match (status, shutdown) {
        (Status::Active, _) | (_, None) => words::model_active().to_owned(),
        (Status::Deprecated, Some(day)) => words::model_ends(day),
        (Status::ShutDown, Some(day)) => words::model_ended(day),
    };
    let listed = state.session.catalog.models.iter();
    let with = |model: &Arc<Model>| {
        let mut tried = line.clone();
        tried.model.value = Arc::clone(model);
        let price = {
            let drawn = (tried.exact_size(tried.size.value), quality_of(Knob::Model, &tried));
            priced(state, Knob::Model, &tried, drawn)
        };
        format!("{price}  {}", detail(model.status, model.shutdown))
    };
    listed.map(|model| item(Value::Word(model.id.clone()), with(model))).collect()
}
