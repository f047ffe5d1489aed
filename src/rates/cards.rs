//! The format of the embedded file of other sellers' cards, and its conversion to cards.

use super::shapes::{ByName, Named, date, decimal, parsed, rates};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::card::{
    Bound, Card, Edit, Failed, Found, Inputs, Kind, Money, Pack, Pay, Per, Period, Plan, Price, Pricing, Route,
    SizeTier, Table, Unit,
};
use crate::cost::rates::rate_card::{Grade, Provenance};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardsFile {
    card: Named<CardFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    name: String,
    kind: String,
    models: Vec<String>,
    #[serde(default)]
    qualities: Vec<String>,
    route: Option<String>,
    checked: String,
    source: String,
    grade: String,
    notes: Option<String>,
    #[serde(default)]
    standard: ByName,
    inputs: Option<String>,
    prices: Option<String>,
    price: Option<PriceFile>,
    #[serde(default)]
    tier: Named<TierFile>,
    #[serde(default)]
    size: Named<PriceFile>,
    edit: Option<EditFile>,
    auto_size: Option<String>,
    auto_quality: Option<String>,
    credits_per_usd: Option<String>,
    #[serde(default)]
    pack: Named<PackFile>,
    #[serde(default)]
    plan: Named<PlanFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditFile {
    references: u64,
    #[serde(default)]
    tier: Named<TierFile>,
    #[serde(default)]
    size: Named<PriceFile>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PriceFile {
    Any(String),
    ByQuality(ByName),
}

#[derive(Deserialize)]
struct TierFile {
    long_edge: u32,
    price: Option<String>,
    #[serde(flatten)]
    by_quality: ByName,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    usd: String,
    credits: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    usd: String,
    per: String,
    credits: u64,
}

/// Every card, in the order of their names.
pub(super) fn cards(file: CardsFile) -> Result<Vec<Arc<Card>>, String> {
    let one = |(id, card): (String, CardFile)| {
        card_of(&id, card).map(Arc::new).map_err(|reason| format!("card {id}: {reason}"))
    };
    file.card.0.into_iter().map(one).collect()
}

fn card_of(id: &str, file: CardFile) -> Result<Card, String> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == file.kind).ok_or("no such kind")?;
    let rate = file.credits_per_usd.as_deref().map(decimal).transpose()?;
    let pay = Pay {
        rate: rate.map(|credits| (crate::cost::Decimal::ONE, credits)),
        packs: packs(file.pack)?,
        plans: plans(file.plan)?,
    };
    let unit = if matches!(kind, Kind::CreditsPerToken | Kind::CreditsPerImage) { Unit::Credits } else { Unit::Money };
    let by_tokens = matches!(kind, Kind::Tokens | Kind::CreditsPerToken);
    let pricing = if by_tokens {
        let discount_percent = crate::cost::Decimal::ZERO;
        Pricing::Tokens { unit, standard: Some(rates(&file.standard)?), batch: None, discount_percent }
    } else {
        let table = table(file.price, file.tier, file.size, file.prices.is_some())?;
        Pricing::Images { unit, table, inputs: rates(&file.standard)? }
    };
    Ok(Card {
        id: id.to_owned(),
        name: file.name,
        models: file.models,
        qualities: file.qualities.iter().map(|word| parsed(word, Quality::parse)).collect::<Result<_, _>>()?,
        route: file.route.as_deref().map(|word| parsed(word, named(Route::ALL, Route::name))).transpose()?,
        money: Money::usd(),
        pricing,
        per: Per::Image,
        edit: file.edit.map(edit).transpose()?,
        inputs: match file.inputs.as_deref() {
            Some("included") => Some(Inputs::Included),
            Some(other) => return Err(format!("inputs {other} is not known")),
            None => by_tokens.then_some(Inputs::Charged),
        },
        round_calls: false,
        auto_size: file.auto_size,
        auto_quality: file.auto_quality.as_deref().map(|word| parsed(word, Quality::parse)).transpose()?,
        failed: Failed::NotStated,
        pay,
        fee_percent: crate::cost::Decimal::ZERO,
        provenance: Provenance {
            source: file.source,
            checked: Some(date(&file.checked)?),
            grade: Some(parsed(&file.grade, Grade::parse)?),
        },
        notes: file.notes,
        found: Found::BuiltIn,
    })
}

fn edit(file: EditFile) -> Result<Edit, String> {
    Ok(Edit { table: table(None, file.tier, file.size, false)?, references: file.references })
}

/// The one of these values that has a name.
fn named<T: Copy, const N: usize>(all: [T; N], name: fn(T) -> &'static str) -> impl Fn(&str) -> Option<T> {
    move |word| all.into_iter().find(|one| name(*one) == word)
}

fn table(
    price: Option<PriceFile>,
    tiers: Named<TierFile>,
    sizes: Named<PriceFile>,
    unpublished: bool,
) -> Result<Table, String> {
    if let Some(price) = price {
        return Ok(Table::Flat(price_of(price)?));
    }
    if !tiers.0.is_empty() {
        let mut all = Vec::new();
        for (name, tier) in tiers.0 {
            let price = tier.price.map_or(PriceFile::ByQuality(tier.by_quality), PriceFile::Any);
            all.push(SizeTier { name, bound: Bound::LongEdge(tier.long_edge), price: price_of(price)? });
        }
        all.sort_by_key(|tier| tier.bound);
        return Ok(Table::Tiers(all));
    }
    if unpublished {
        return Ok(Table::Unpublished);
    }
    let mut rows = Vec::new();
    for (size, price) in sizes.0 {
        rows.push((parsed(&size, Size::parse)?, price_of(price)?));
    }
    rows.sort_by_key(|(size, _)| (size.pixels(), *size));
    Ok(Table::Sizes { rows, nearest: false })
}

fn price_of(file: PriceFile) -> Result<Price, String> {
    Ok(match file {
        PriceFile::Any(price) => Price::Any(decimal(&price)?),
        PriceFile::ByQuality(prices) => {
            let mut rows = Vec::new();
            for (quality, price) in &prices.0 {
                rows.push((parsed(quality, Quality::parse)?, decimal(price)?));
            }
            rows.sort_by_key(|(quality, _)| *quality);
            Price::ByQuality(rows)
        }
    })
}

fn packs(files: Named<PackFile>) -> Result<Vec<Pack>, String> {
    let one = |(name, file): (String, PackFile)| {
        Ok(Pack { name, price: decimal(&file.usd)?, credits: file.credits, months: None })
    };
    files.0.into_iter().map(one).collect()
}

fn plans(files: Named<PlanFile>) -> Result<Vec<Plan>, String> {
    let one = |(name, file): (String, PlanFile)| {
        let per = match file.per.as_str() {
            "month" => Period::Month,
            "year" => Period::Year,
            other => return Err(format!("{other:?} is no period")),
        };
        Ok(Plan { name, price: decimal(&file.usd)?, per, credits: file.credits, overage: None })
    };
    files.0.into_iter().map(one).collect()
}
