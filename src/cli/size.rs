//! `retake size`: legality, tokens and price of a size, and cheaper sizes of the same ratio; or its cost as a reference
//! image.

use super::answer::{Answer, Exit};
use crate::cost::Knob;
use crate::cost::base::money::{Currency, Decimal, Shown};
use crate::cost::base::number_text::grouped;
use crate::cost::base::size;
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::cost::budget::knob_text::{Refusal, unknown_word};
use crate::cost::estimate::advisor;
use crate::cost::estimate::advisor::Cheaper;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::rates::rate_card::{Billing, Meter, Model, ServiceTier};
use crate::diagnostics::{Code, Problem};
use crate::figures::{self, Amount};
use crate::report::pretty;
use crate::{rates, words};
use clap::ArgMatches;
use serde::Serialize;

/// Number of cheaper sizes in the text; JSON lists them all.
const CHEAPER_LISTED: usize = 8;

#[derive(Serialize)]
struct Legal {
    size: String,
    legal: bool,
    model: String,
    experimental: bool,
    quality: &'static str,
    tokens: Option<u64>,
    price: Option<String>,
    /// Whether the number of tokens is approximate.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    cheaper: Vec<CheaperRow>,
    qualities: Vec<QualityRow>,
}

#[derive(Serialize)]
struct QualityRow {
    quality: &'static str,
    tokens: Option<u64>,
    price: Option<String>,
    /// Whether the number of tokens is approximate.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

#[derive(Serialize)]
struct CheaperRow {
    size: String,
    tokens: u64,
    price: Option<String>,
    saving_percent: String,
    /// Whether the number of tokens of either size is approximate.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

#[derive(Serialize)]
struct Illegal {
    size: String,
    legal: bool,
    model: String,
    broken: Vec<String>,
    nearest: Option<String>,
}

#[derive(Serialize)]
struct Reference {
    reference_tokens: Option<u64>,
    size: String,
    model: String,
    price: Option<String>,
}

/// Runs `retake size`.
pub(super) fn run(args: &ArgMatches) -> Answer {
    answer(args).unwrap_or_else(|problem| Answer::refused(&[*problem], Exit::BadInput))
}

fn answer(args: &ArgMatches) -> Result<Answer, Box<Problem>> {
    let catalog = rates::built_in().map_err(|reason| Problem::new(Code::Catalog, reason))?;
    let text = |name: &str| args.get_one::<String>(name).map_or("", String::as_str);
    let model = model(text("model"), catalog)?;
    let typed = args.get_many::<String>("size").into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let size = asked(&typed, model)?;
    let as_json = text("format") == "json";
    if args.get_flag("reference") {
        return Ok(Answer::done(reference(model, size, as_json)));
    }
    let quality = quality(args.get_one::<String>("quality").map(String::as_str), model)?;
    if model.sizes.is_legal(size) {
        Ok(legal(model, size, quality, as_json))
    } else {
        Ok(illegal(model, size, as_json))
    }
}

fn refused(knob: Knob, typed: &str, refusal: &Refusal) -> Box<Problem> {
    let told = words::refusal(knob, typed, refusal);
    let found = Problem::new(Code::ValueRefused, told.message);
    Box::new(found.with_allowed(told.allowed).with_remedy(told.remedy))
}

pub(super) fn model<'a>(typed: &str, catalog: &'a Catalog) -> Result<&'a Model, Box<Problem>> {
    let known = || catalog.models.iter().map(|model| model.id.clone()).collect();
    let found = catalog.model(typed).map(std::convert::AsRef::as_ref);
    found.ok_or_else(|| refused(Knob::Model, typed, &unknown_word(typed, known())))
}

/// Parses a size in pixels, or a ratio with or without a size class.
fn asked(typed: &str, model: &Model) -> Result<Size, Box<Problem>> {
    if let Some(size) = Size::parse(typed) {
        return Ok(size);
    }
    let (shape, tier) = typed.split_once(' ').unwrap_or((typed, Tier::K1.name()));
    let Some((ratio, tier)) = Ratio::parse(shape).zip(Tier::parse(tier)) else {
        return Err(refused(Knob::Size, typed, &Refusal::Form));
    };
    let found = model.sizes.of_ratio(ratio, tier).or_else(|| size::listed(ratio, tier));
    found.ok_or_else(|| match crate::cost::budget::knob_text::ratio(shape, &model.sizes) {
        Err(refusal) => refused(Knob::Ratio, shape, &refusal),
        Ok(_) => refused(Knob::Size, typed, &Refusal::Form),
    })
}

/// The requested quality; else medium, the default of a project, or the model's first.
fn quality(typed: Option<&str>, model: &Model) -> Result<Quality, Box<Problem>> {
    let known = &model.qualities;
    let named = |typed: &str| Quality::parse(typed).filter(|quality| known.contains(quality));
    match typed {
        Some(typed) => named(typed).ok_or_else(|| {
            let words = known.iter().map(|quality| quality.name().to_owned()).collect();
            refused(Knob::Quality, typed, &unknown_word(typed, words))
        }),
        None if known.contains(&Quality::Medium) => Ok(Quality::Medium),
        None => Ok(known.first().copied().unwrap_or(Quality::Medium)),
    }
}

pub(super) fn rate(model: &Model, meter: Meter) -> Option<Decimal> {
    model.card.rates(ServiceTier::Standard)?.get(meter)
}

/// USD of one image: by tokens, or by the official price per image if that applies.
fn price(model: &Model, size: Size, quality: Quality) -> Option<Decimal> {
    let by_image = || model.image_price(size, quality);
    let by_tokens = || advisor::price(model.output.count(size, quality)?, rate(model, Meter::ImageOutput));
    if model.billing == Billing::Tokens { by_tokens() } else { by_image() }
}

pub(super) fn exact(usd: Decimal) -> String {
    usd.normalize().to_string()
}

fn legal(model: &Model, size: Size, quality: Quality, as_json: bool) -> Answer {
    let cheaper = advisor::cheaper(model, size, quality, rate(model, Meter::ImageOutput));
    let experimental = model.sizes.is_experimental(size);
    if !as_json {
        return Answer::done(legal_text(model, size, quality, &cheaper));
    }
    let tokens = |quality| model.output.count(size, quality);
    let priced = |quality| price(model, size, quality).map(exact);
    let is_about = |quality| model.output.is_approximate(size, quality);
    let row = |quality: &Quality| QualityRow {
        quality: quality.name(),
        tokens: tokens(*quality),
        price: priced(*quality),
        approximate: is_about(*quality),
    };
    Answer::done(pretty(&Legal {
        size: size.to_string(),
        legal: true,
        model: model.id.clone(),
        experimental,
        quality: quality.name(),
        tokens: tokens(quality),
        price: priced(quality),
        approximate: is_about(quality),
        cheaper: cheaper.iter().map(cheaper_row).collect(),
        qualities: model.qualities.iter().map(row).collect(),
    }))
}

fn cheaper_row(cheaper: &Cheaper) -> CheaperRow {
    CheaperRow {
        size: cheaper.size.to_string(),
        tokens: cheaper.tokens,
        price: cheaper.price.map(exact),
        saving_percent: cheaper.saving_percent.to_string(),
        approximate: cheaper.approximate,
    }
}

/// At least five decimals, so that the prices of a list are aligned; all digits if there are more.
pub(super) fn dollars(usd: Option<Decimal>) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| Amount::in_full(Currency::USD, usd, 5).to_string())
}

fn counted(tokens: Option<u64>) -> String {
    tokens.map_or_else(|| words::unknown().to_owned(), |tokens| grouped(Decimal::from(tokens)))
}

fn legal_text(model: &Model, size: Size, quality: Quality, cheaper: &[Cheaper]) -> String {
    let mut out = format!("{size} · {} · {}\n\n", size.ratio(), model.id);
    for each in &model.qualities {
        let mark = if *each == quality { '▸' } else { ' ' };
        let tokens = words::cli_size_tokens(counted(model.output.count(size, *each)));
        let is_about = model.output.is_approximate(size, *each);
        let price = figures::about_if(is_about, dollars(price(model, size, *each)));
        out.push_str(&format!("{mark} {:<8}  {tokens:>15}  {price}\n", each.name()));
    }
    if model.sizes.is_experimental(size) {
        let issue = Issue { deliverable: None, knob: Some(Knob::Size), kind: IssueKind::SizeExperimental { size } };
        out.push_str(&format!("\n{}\n", figures::issue(&issue, &Shown::usd()).message));
    }
    if cheaper.is_empty() {
        return out;
    }
    out.push_str(&format!("\n{}\n", words::cli_size_cheaper(quality.name())));
    for row in cheaper.iter().take(CHEAPER_LISTED) {
        let tokens = words::cli_size_tokens(counted(Some(row.tokens)));
        let saving = figures::about_if(row.approximate, words::percent(format!("−{}", row.saving_percent)));
        let size = row.size.to_string();
        let price = figures::about_if(row.approximate, dollars(row.price));
        out.push_str(&format!("  {size:<9} {tokens:>15}  {price:<10}  {saving:>8}\n"));
    }
    if let Some(more) = cheaper.len().checked_sub(CHEAPER_LISTED).filter(|more| *more > 0) {
        out.push_str(&format!("  {}\n", words::cli_size_more(more)));
    }
    out
}

fn illegal(model: &Model, size: Size, as_json: bool) -> Answer {
    let (rules, nearest) = (model.sizes.broken(size), model.sizes.nearest(size));
    if !as_json {
        let problem = *refused(Knob::Size, &size.to_string(), &Refusal::IllegalSize { size, rules, nearest });
        return Answer::refused(&[problem], Exit::BadInput);
    }
    let answer = Illegal {
        size: size.to_string(),
        legal: false,
        model: model.id.clone(),
        broken: rules.iter().map(words::broken_rule).collect(),
        nearest: nearest.map(|nearest| nearest.to_string()),
    };
    Answer { exit: Exit::BadInput, ..Answer::done(pretty(&answer)) }
}

fn reference(model: &Model, size: Size, as_json: bool) -> String {
    let tokens = model.references.count(size);
    let price = tokens.and_then(|tokens| advisor::price(tokens, rate(model, Meter::ImageInput)));
    if as_json {
        let (size, model) = (size.to_string(), model.id.clone());
        return pretty(&Reference { reference_tokens: tokens, size, model, price: price.map(exact) });
    }
    format!("{size} · {}\n\n{}\n", model.id, words::cli_size_as_reference(counted(tokens), dollars(price)))
}
