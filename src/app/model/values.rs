//! The values that a knob's list offers: each with what it costs or means, in columns.

use crate::app::actions::{factor, knob_edit};
use crate::app::model::field::Field;
use crate::app::model::picker::{Choice, Item, Picker, Picking};
use crate::app::model::state::State;
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Size, Tier, common_ratios};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::knob::Form;
use crate::cost::budget::{QualityChoice, SizeChoice};
use crate::cost::estimate::advisor;
use crate::cost::estimate::advisor::{cheaper, output_rate};
use crate::cost::rates::rate_card::{Model, Profile, Status};
use crate::cost::{Deliverable, Knob, Setting, Value};
use crate::figures::{self, Percent, unit_price};
use crate::words;
use crate::words::columns::{right, width};
use crate::words::number::{grouped, plain};
use std::sync::Arc;

/// Listed sizes differ by at least this much of the price.
const APART_PERCENT: u32 = 4;
/// Classes and cheaper sizes together, at most.
const SIZES_MAX: usize = 9;

fn item(value: Value, detail: String) -> Item {
    Item { label: words::value(&value), detail, choice: Choice::Value(value) }
}

/// Every value of a knob that is chosen from a list.
pub(super) fn items(state: &State, knob: Knob, line: &Deliverable) -> Vec<Item> {
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
        Form::Retry => profiles(state),
        Form::Measured | Form::Sizes | Form::Count | Form::Percent | Form::Cap => Vec::new(),
    }
}

fn quality_of(knob: Knob, line: &Deliverable) -> Option<Quality> {
    let drafts = line.explore.as_ref().filter(|_| knob == Knob::DraftSize);
    match drafts.map_or(line.quality.value, |explore| explore.quality.value) {
        QualityChoice::Exact(quality) => Some(quality),
        QualityChoice::Auto => None,
    }
}

/// What an image of a size and quality costs.
struct Priced {
    tokens: Option<u64>,
    measured: bool,
    usd: Option<Decimal>,
    approximate: bool,
}

impl Priced {
    fn text(&self) -> String {
        let price = unit_price(self.usd, self.approximate);
        match self.tokens.map(|tokens| grouped(Decimal::from(tokens))) {
            Some(tokens) if self.measured => words::measured_each(tokens, price),
            Some(tokens) => words::tokens_each(tokens, price),
            None => price,
        }
    }
}

/// Tokens and price of an image, or the word for an unknown price.
fn priced(state: &State, knob: Knob, line: &Deliverable, drawn: (Option<Size>, Option<Quality>)) -> String {
    cost_of(state, knob, line, drawn).text()
}

fn cost_of(state: &State, knob: Knob, line: &Deliverable, (size, quality): (Option<Size>, Option<Quality>)) -> Priced {
    let model = &line.model.value;
    let counted = size.zip(quality).filter(|(size, _)| line.broken_rules(*size).is_empty());
    let measured = measured_at(line, size, quality).filter(|_| !is_of_drafts(knob));
    let tokens = measured.or_else(|| counted.and_then(|(size, quality)| model.output.count(size, quality)));
    let usd = match tokens {
        Some(tokens) => advisor::price(tokens, output_rate(state.project.budget(), model, line.service.value)),
        None => size.zip(quality).and_then(|(size, quality)| model.image_price(size, quality)),
    };
    let rests = counted.is_some_and(|(size, quality)| model.output.is_approximate(size, quality));
    let approximate = measured.is_none() && tokens.is_some() && rests;
    Priced { tokens, measured: measured.is_some(), usd, approximate }
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

/// The classes of the ratio, then cheaper sizes of the same shape: each in pixels, with its price and what that is above or
/// below the present size.
fn sizes(state: &State, knob: Knob, line: &Deliverable) -> Vec<Item> {
    let quality = quality_of(knob, line);
    let model = &line.model.value;
    let now = line.exact_size(present_size(knob, line));
    let mut listed: Vec<(SizeChoice, Size)> = Vec::new();
    for tier in Tier::ALL {
        listed.extend(model.sizes.of_ratio(line.ratio.value, tier).map(|size| (SizeChoice::Tier(tier), size)));
    }
    // Measured tokens do not follow the size: none is cheaper by them.
    let follows = is_of_drafts(knob) || line.measured_output().is_none();
    if let Some((size, quality)) = now.zip(quality).filter(|_| follows) {
        let mut last = Decimal::ONE_HUNDRED;
        for offer in cheaper(model, size, quality, None) {
            // Sizes that save nearly the same are one choice, not several.
            if last - offer.saving_percent < Decimal::from(APART_PERCENT) || listed.len() >= SIZES_MAX {
                continue;
            }
            last = offer.saving_percent;
            listed.push((SizeChoice::Exact(offer.size), offer.size));
        }
    }
    let present = cost_of(state, knob, line, (now, quality));
    let row = |(_, size): &(SizeChoice, Size)| {
        let cost = cost_of(state, knob, line, (Some(*size), quality));
        let against = if Some(*size) == now { words::size_present().to_owned() } else { difference(&cost, &present) };
        [words::size(*size), cost.text(), against]
    };
    let details = aligned(&listed.iter().map(row).collect::<Vec<_>>());
    listed.iter().zip(details).map(|((choice, _), detail)| item(Value::Size(*choice), detail)).collect()
}

/// The size that a list of sizes is about: of drafts, or of finals.
fn present_size(knob: Knob, line: &Deliverable) -> SizeChoice {
    let drafts = line.explore.as_ref().filter(|_| knob == Knob::DraftSize).and_then(|explore| explore.size.as_ref());
    drafts.unwrap_or(&line.size).value
}

/// What a price is above or below another one; empty if one of them is unknown.
fn difference(cost: &Priced, present: &Priced) -> String {
    let percent =
        cost.usd.zip(present.usd).and_then(|(usd, now)| Percent::of(&Fraction::from(usd - now), &Fraction::from(now)));
    let about = cost.approximate || present.approximate;
    percent.map_or_else(String::new, |percent| if about { percent.about() } else { percent }.signed())
}

/// Rows of three texts as lines, each text below the one above, their ends aligned.
pub(in crate::app) fn aligned(rows: &[[String; 3]]) -> Vec<String> {
    let widest = |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    let [first, second, third] = [0, 1, 2].map(widest);
    let line =
        |row: &[String; 3]| format!("{}  {}  {}", right(&row[0], first), right(&row[1], second), right(&row[2], third));
    rows.iter().map(line).collect()
}

/// The project's own retry profiles and the built-in ones: factor, range, grade and source.
fn profiles(state: &State) -> Vec<Item> {
    let own = &state.budget().profiles;
    let built_in = state.session.catalog.profiles.iter().filter(|(name, _)| !own.contains_key(*name));
    let all: Vec<(&String, &Profile)> = own.iter().chain(built_in).collect();
    let row = |(_, profile): &(&String, &Profile)| {
        let mean = profile.retry.mean().map_or_else(|| words::unknown().to_owned(), figures::factor);
        let range = match &profile.retry {
            Retry::Range { low, high, .. } => format!("{}–{}", plain(*low), plain(*high)),
            Retry::Factor { .. } | Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Profile(_) => String::new(),
        };
        let grade = profile.provenance.grade.map_or_else(String::new, words::profile_grade);
        [mean, range, grade]
    };
    let columns = aligned(&all.iter().map(row).collect::<Vec<_>>());
    let entry = |((name, profile), columns): (&(&String, &Profile), String)| {
        let detail = format!("{columns} · {}", profile.provenance.source);
        item(Value::Retry(Retry::Profile((*name).clone())), detail)
    };
    all.iter().zip(columns).map(entry).collect()
}

/// What is typed into a list as an entry of its own, where the knob takes values that no list holds.
pub(in crate::app) fn typed(state: &State, picker: &Picker) -> Option<Item> {
    let Picking::Knob(knob) = picker.picking else { return None };
    let takes_more = matches!(knob.row().form, Form::Retry | Form::Size | Form::Ratio);
    let filter = Some(&picker.filter).filter(|filter| takes_more && !filter.text().trim().is_empty())?;
    let Some(Setting::Value(value)) = knob_edit::read_typed(state, Field::Knob(knob), filter).ok()? else {
        return None;
    };
    let question = if let Value::Retry(retry) = &value { factor::question(retry) } else { None };
    Some(item(value, question.unwrap_or_else(|| words::typed_value().to_owned())))
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
