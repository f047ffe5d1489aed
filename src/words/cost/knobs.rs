//! Names of the knobs, a line of help for each, and their values as shown on screen.

use super::{listed, none_listed, of_size, percent, percent_accepted, plain, size, times};
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::{Factor, Retry};
use crate::cost::base::size::Size;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::{Cap, QualityChoice, SizeChoice, Value};
use crate::cost::rates::rate_card::Meter;
use crate::words::number::{self, grouped};
use crate::words::safe::safe;
use crate::words::{
    flag_no, flag_yes, knob_measured, knob_measured_help, knob_returned, knob_returned_help, measured_value,
};
use std::borrow::Cow;

catalogue! { KNOBS;
    /// A retry factor that rests on counted images.
    retry_kept(kept, made) = "{kept} of {made} kept";
    /// Knob: aspect ratio.
    knob_ratio() = "ratio";
    /// Help of the knob.
    knob_ratio_help() = "Shape of the image, width to height; without a size, its 1k size is used";
    /// Knob: pixels or a class of size.
    knob_size() = "size";
    /// Help of the knob.
    knob_size_help() = "Pixels, or 1k, 2k, 4k of the ratio; a larger size can be cheaper";
    /// Knob: rendering quality.
    knob_quality() = "quality";
    /// Help of the knob.
    knob_quality_help() = "Rendering quality; each step costs several times more";
    /// Knob: model.
    knob_model() = "model";
    /// Help of the knob.
    knob_model_help() = "The model that draws, with its own prices and sizes";
    /// Knob: service tier.
    knob_service() = "service";
    /// Help of the knob.
    knob_service_help() = "Standard answers at once; batch within a day, usually at half the price";
    /// Knob: reference images; also their part of the bill.
    knob_references() = "references";
    /// Help of the knob.
    knob_references_help() = "Reference images sent with every call, by their size";
    /// Knob: prompt length; also its part of the bill.
    knob_prompt() = "prompt";
    /// Help of the knob.
    knob_prompt_help() = "Text tokens of one prompt, without the overhead that is added to each";
    /// Knob: cached share.
    knob_cached() = "cached";
    /// Help of the knob.
    knob_cached_help() = "Share of the input tokens served from the cache, at the cached rate";
    /// Knob: streamed partial images.
    knob_partials() = "partials";
    /// Help of the knob.
    knob_partials_help() = "Partial images streamed with each image; each adds output tokens";
    /// Knob: preset.
    knob_preset() = "preset";
    /// Help of the knob.
    knob_preset_help() = "A named starting point for values that the deliverable does not set";
    /// Knob: finals.
    knob_finals() = "finals";
    /// Help of the knob.
    knob_finals_help() = "Images that are kept";
    /// Knob: drafts for each final.
    knob_drafts() = "drafts each";
    /// Help of the knob.
    knob_drafts_help() = "Cheap drafts made before each final; 0 leaves the stage out";
    /// Knob: how many times over.
    knob_repeat() = "repeat";
    /// Help of the knob.
    knob_repeat_help() = "How many times the finals are made: 30 for a daily set over a month";
    /// Knob: quality of the drafts.
    knob_draft_quality() = "draft quality";
    /// Help of the knob.
    knob_draft_quality_help() = "Rendering quality of the drafts";
    /// Knob: size of the drafts.
    knob_draft_size() = "draft size";
    /// Help of the knob.
    knob_draft_size_help() = "Size of the drafts; the finals' size if not set";
    /// Knob: tries per final.
    knob_factor() = "factor";
    /// Help of the knob.
    knob_factor_help(factor, range) = "Tries paid per final: {factor}, 40% kept, 20/60, {range}, or a profile";
    /// Knob: images a call.
    knob_per_call() = "per call";
    /// Help of the knob.
    knob_per_call_help() = "Images that one call returns; all are paid for";
    /// Knob: how many images of one call may become finals.
    knob_pick() = "pick";
    /// Help of the knob.
    knob_pick_help() = "one: a call yields one final at most; many: any of its images may be kept";
    /// Knob: contingency.
    knob_buffer() = "buffer";
    /// Help of the knob.
    knob_buffer_help() = "Added to the subtotal; 10–30 % is typical";
    /// Knob: what the provider adds to the images.
    knob_surcharge() = "surcharge";
    /// Help of the knob.
    knob_surcharge_help() = "Added to the images by the provider, such as regional processing";
    /// Knob: what the agency adds.
    knob_markup() = "markup";
    /// Help of the knob.
    knob_markup_help() = "Your markup on everything before tax; below 0 % it is a discount";
    /// Knob: tax.
    knob_tax() = "tax";
    /// Help of the knob.
    knob_tax_help() = "Added to everything above it, markup included";
    /// Knob: cap of the project.
    knob_cap() = "cap";
    /// Help of the knob.
    knob_cap_help() = "Budget of the whole project, compared with the total";
    /// Part of the bill: images generated.
    meter_image_output() = "image output";
    /// Part of the bill: reference images served from the cache.
    meter_references_cached() = "references, cached";
    /// Part of the bill: prompt text served from the cache.
    meter_prompt_cached() = "prompt, cached";
    /// Part of the bill: text that the model writes.
    meter_text_output() = "text output";
}

/// A knob's name on screen, 13 columns at most.
#[must_use]
pub fn knob_label(knob: Knob) -> &'static str {
    match knob {
        Knob::Preset => knob_preset(),
        Knob::Ratio => knob_ratio(),
        Knob::Size => knob_size(),
        Knob::Quality => knob_quality(),
        Knob::Model => knob_model(),
        Knob::ServiceTier => knob_service(),
        Knob::References => knob_references(),
        Knob::PromptTokens => knob_prompt(),
        Knob::CachedInput => knob_cached(),
        Knob::PartialImages => knob_partials(),
        Knob::Measured => knob_measured(),
        Knob::Returned => knob_returned(),
        Knob::Finals => knob_finals(),
        Knob::Repeat => knob_repeat(),
        Knob::Drafts => knob_drafts(),
        Knob::DraftQuality => knob_draft_quality(),
        Knob::DraftSize => knob_draft_size(),
        Knob::Retry => knob_factor(),
        Knob::ImagesPerCall => knob_per_call(),
        Knob::Pick => knob_pick(),
        Knob::Buffer => knob_buffer(),
        Knob::Surcharge => knob_surcharge(),
        Knob::Markup => knob_markup(),
        Knob::Tax => knob_tax(),
        Knob::Cap => knob_cap(),
    }
}

/// The purpose of a knob in one line, at most 78 columns: it fits the smallest window that shows all panes.
#[must_use]
pub fn knob_help(knob: Knob) -> Cow<'static, str> {
    Cow::Borrowed(match knob {
        Knob::Preset => knob_preset_help(),
        Knob::Ratio => knob_ratio_help(),
        Knob::Size => knob_size_help(),
        Knob::Quality => knob_quality_help(),
        Knob::Model => knob_model_help(),
        Knob::ServiceTier => knob_service_help(),
        Knob::References => knob_references_help(),
        Knob::PromptTokens => knob_prompt_help(),
        Knob::CachedInput => knob_cached_help(),
        Knob::PartialImages => knob_partials_help(),
        Knob::Measured => knob_measured_help(),
        Knob::Returned => knob_returned_help(),
        Knob::Finals => knob_finals_help(),
        Knob::Repeat => knob_repeat_help(),
        Knob::Drafts => knob_drafts_help(),
        Knob::DraftQuality => knob_draft_quality_help(),
        Knob::DraftSize => knob_draft_size_help(),
        Knob::Retry => return Cow::Owned(knob_factor_help(number::typed("2.5"), number::typed("1.5/2/3"))),
        Knob::ImagesPerCall => knob_per_call_help(),
        Knob::Pick => knob_pick_help(),
        Knob::Buffer => knob_buffer_help(),
        Knob::Surcharge => knob_surcharge_help(),
        Knob::Markup => knob_markup_help(),
        Knob::Tax => knob_tax_help(),
        Knob::Cap => knob_cap_help(),
    })
}

/// The display name of a part of the bill.
#[must_use]
pub fn meter_label(meter: Meter) -> &'static str {
    match meter {
        Meter::ImageOutput => meter_image_output(),
        Meter::ImageInput => knob_references(),
        Meter::ImageInputCached => meter_references_cached(),
        Meter::TextInput => knob_prompt(),
        Meter::TextInputCached => meter_prompt_cached(),
        Meter::TextOutput => meter_text_output(),
    }
}

/// A value as shown on screen: `1024×1280`, `20 %`, `2.00×`, `40 % accepted`, `1.5–2–3`.
///
/// A cap without a currency is a bare number here; [`cap`] adds the project's.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Word(word) => safe(word).into_owned(),
        Value::Service(tier) => tier.name().to_owned(),
        Value::Ratio(ratio) => number::typed(&ratio.to_string()),
        Value::Size(SizeChoice::Exact(exact)) => size(*exact),
        Value::Size(SizeChoice::Tier(tier)) => tier.name().to_owned(),
        Value::Size(SizeChoice::Auto) | Value::Quality(QualityChoice::Auto) => "auto".to_owned(),
        Value::Quality(QualityChoice::Exact(quality)) => quality.name().to_owned(),
        Value::Count(count) => plain(*count),
        Value::Percent(number) => percent(plain(*number)),
        Value::Retry(setting) => retry(setting),
        Value::Measured(measured) => measured_value(measured),
        Value::Flag(yes) => if *yes { flag_yes() } else { flag_no() }.to_owned(),
        Value::Pick(pick) => pick.name().to_owned(),
        Value::Sizes(sizes) => reference_sizes(sizes),
        Value::Cap(Cap { amount, currency: None }) => plain(*amount),
        Value::Cap(Cap { amount, currency: Some(currency) }) => money_as_typed(*amount, *currency),
    }
}

/// A cap with its own currency, else the project's.
#[must_use]
pub fn cap(cap: Cap, project: Currency) -> String {
    money_as_typed(cap.amount, cap.currency.unwrap_or(project))
}

/// The currency's digits, or more if more were typed.
fn money_as_typed(amount: Decimal, currency: Currency) -> String {
    let has_more = amount.normalize().scale() > currency.digits();
    number::in_full(currency, amount, if has_more { 2 } else { currency.digits() })
}

fn retry(setting: &Retry) -> String {
    match setting {
        Retry::Factor { factor, .. } => times(two_digits(*factor)),
        Retry::Accepted { percent, .. } => percent_accepted(plain(*percent)),
        Retry::Kept { kept, made } => retry_kept(kept, made),
        Retry::Range { low, likely, high } => [low, likely, high].map(|end| plain(*end)).join("–"),
        Retry::Profile(name) => safe(name).into_owned(),
    }
}

fn reference_sizes(sizes: &[Size]) -> String {
    match sizes {
        [] => none_listed().to_owned(),
        [only] => size(*only),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => of_size(sizes.len(), size(*first)),
        _ => listed(sizes.iter().copied().map(size)),
    }
}

/// A factor as shown on screen: `2.00×`; one without a short decimal as its fraction, `5/3×`.
#[must_use]
pub fn factor(factor: Factor) -> String {
    times(factor_number(factor))
}

/// The factor's number, exactly: `2.00`, `2.15`, `5/3`.
#[must_use]
pub fn factor_number(factor: Factor) -> String {
    let number = factor.to_decimal();
    match Factor::from_decimal(number) {
        Some(same) if same == factor => two_digits(number),
        _ => format!("{}/{}", factor.a(), factor.b()),
    }
}

fn two_digits(number: Decimal) -> String {
    let mut number = number.normalize();
    if number.scale() < 2 {
        number.rescale(2);
    }
    grouped(number)
}
