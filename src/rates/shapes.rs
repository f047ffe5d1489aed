//! The formats of the embedded files, and their conversion to the catalog.

use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::parse_decimal;
use crate::cost::base::size::{GridRules, Ratio, Size, SizeRules};
use crate::cost::base::tokens::{OutputTokens, Quality, ReferenceTokens};
use crate::cost::bill::Card;
use crate::cost::budget::Settings;
use crate::cost::budget::knob_text::retry_range;
use crate::cost::budget::{Catalog, Preset};
use crate::cost::rates::rate_card::{
    Billing, Extras, Grade, Meter, Model, Profile, Provenance, Rates, Status, TokenCard,
};
use jiff::civil::Date;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The entries of a table in the order of the text: they are read once, and a tree would take ten times the memory.
pub(super) struct Named<V>(pub(super) Vec<(String, V)>);

pub(super) type ByName = Named<String>;

impl<V> Default for Named<V> {
    fn default() -> Self {
        Named(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Named<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
            type Value = Named<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<V>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Named(pairs))
            }
        }

        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelsFile {
    schema: u32,
    read_on: String,
    extras: ExtrasFile,
    family: Named<FamilyFile>,
    model: Vec<ModelFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtrasFile {
    partial_image_tokens: u64,
    partial_images_max: u32,
    images_per_call_max: u32,
    prompt_overhead_tokens: u64,
    references_max: usize,
    source: String,
    grade: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyFile {
    sizes: SizesFile,
    output: Option<OutputFile>,
    output_source: Option<String>,
    output_grade: Option<String>,
    references: Option<ReferencesFile>,
    references_source: Option<String>,
    references_grade: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SizesFile {
    Listed {
        listed: Vec<String>,
    },
    Grid {
        step_px: u32,
        max_edge_px: u32,
        max_aspect: u32,
        min_pixels: u64,
        max_pixels: u64,
        experimental_above: Option<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OutputFile {
    Grid {
        grid: Named<u32>,
        area_offset: u64,
        area_divisor: u64,
        #[serde(default)]
        measured: Named<Named<u64>>,
        #[serde(default)]
        approximate: bool,
    },
    Listed {
        listed: Named<Named<u64>>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ReferencesFile {
    Patches { patch_px: u32, budget: u32, upscale_to_px: u32, upscale_max: u32 },
    Tiles { base: u64, per_tile: u64 },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    id: String,
    #[serde(default)]
    snapshots: Vec<String>,
    status: String,
    shutdown: Option<String>,
    #[serde(default)]
    replacements: Vec<String>,
    family: String,
    qualities: Vec<String>,
    #[serde(default)]
    billing: Option<String>,
    source: String,
    grade: String,
    standard: Option<ByName>,
    batch: Option<BatchFile>,
    #[serde(default)]
    per_image: Named<ByName>,
}

/// Rates of batch service, or the word that there is none.
#[derive(Deserialize)]
#[serde(untagged)]
enum BatchFile {
    Word(String),
    Rates(ByName),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PresetsFile {
    profile: Named<ProfileFile>,
    preset: Vec<PresetFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    low: String,
    likely: String,
    high: String,
    source: String,
    grade: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PresetFile {
    name: String,
    purpose: String,
    ratio: String,
    size: Option<String>,
    quality: String,
    retry: String,
    #[serde(default)]
    references: Vec<String>,
}

pub(super) fn catalog(models: ModelsFile, presets: PresetsFile, cards: Vec<Arc<Card>>) -> Result<Catalog, String> {
    if models.schema != 1 {
        return Err(format!("schema {} is not known", models.schema));
    }
    let read_on = date(&models.read_on)?;
    let extras = models.extras;
    let provenance = |source: String, grade: &str| {
        Ok::<_, String>(Provenance { source, checked: Some(read_on), grade: Some(parsed(grade, Grade::parse)?) })
    };
    let mut listed = Vec::with_capacity(models.model.len());
    for model in models.model {
        let family = models.family.0.iter().find(|(name, _)| *name == model.family);
        let (_, family) = family.ok_or_else(|| format!("no family {}", model.family))?;
        listed.push(Arc::new(model_of(model, family, &provenance)?));
    }
    let mut profiles = BTreeMap::new();
    for (name, profile) in presets.profile.0 {
        let end = |text: &str| decimal(text);
        let retry = retry_range(end(&profile.low)?, end(&profile.likely)?, end(&profile.high)?)
            .map_err(|_| format!("profile {name}: no range"))?;
        profiles.insert(name, Profile { retry, provenance: provenance(profile.source, &profile.grade)? });
    }
    Ok(Catalog {
        read_on,
        models: listed,
        extras: Extras {
            partial_image_tokens: extras.partial_image_tokens,
            partial_images_max: extras.partial_images_max,
            images_per_call_max: extras.images_per_call_max,
            prompt_overhead_tokens: extras.prompt_overhead_tokens,
            references_max: extras.references_max,
            provenance: provenance(extras.source, &extras.grade)?,
        },
        presets: presets.preset.into_iter().map(preset_of).collect::<Result<_, _>>()?,
        profiles,
        cards,
    })
}

fn model_of(
    file: ModelFile,
    family: &FamilyFile,
    provenance: &impl Fn(String, &str) -> Result<Provenance, String>,
) -> Result<Model, String> {
    let or_unknown = |source: &Option<String>, grade: &Option<String>| match (source, grade) {
        (Some(source), Some(grade)) => provenance(source.clone(), grade),
        _ => Ok(Provenance { source: "not published".to_owned(), checked: None, grade: None }),
    };
    let mut per_image = Vec::new();
    for (size, prices) in &file.per_image.0 {
        for (quality, usd) in &prices.0 {
            per_image.push((parsed(size, Size::parse)?, parsed(quality, Quality::parse)?, decimal(usd)?));
        }
    }
    per_image.sort_by_key(|(size, quality, _)| (size.pixels(), *size, *quality));
    Ok(Model {
        status: match file.status.as_str() {
            "active" => Status::Active,
            "deprecated" => Status::Deprecated,
            "shut down" => Status::ShutDown,
            other => return Err(format!("status {other} is not known")),
        },
        shutdown: file.shutdown.as_deref().map(date).transpose()?,
        qualities: file.qualities.iter().map(|word| parsed(word, Quality::parse)).collect::<Result<_, _>>()?,
        sizes: sizes_of(&family.sizes)?,
        output: output_of(family.output.as_ref())?,
        output_provenance: or_unknown(&family.output_source, &family.output_grade)?,
        references: references_of(family.references.as_ref()),
        references_provenance: or_unknown(&family.references_source, &family.references_grade)?,
        billing: match file.billing.as_deref() {
            None => Billing::Tokens,
            Some("tokens and image price") => Billing::TokensAndImagePrice,
            Some("image price") => Billing::ImagePrice,
            Some(other) => return Err(format!("billing {other} is not known")),
        },
        card: TokenCard {
            standard: file.standard.as_ref().map(rates).transpose()?,
            batch: match &file.batch {
                Some(BatchFile::Rates(batch)) => Some(rates(batch)?),
                Some(BatchFile::Word(_)) | None => None,
            },
            provenance: provenance(file.source, &file.grade)?,
        },
        offers_batch: match &file.batch {
            Some(BatchFile::Word(word)) if word == "not offered" => false,
            Some(BatchFile::Word(other)) => return Err(format!("batch {other} is not known")),
            _ => true,
        },
        replacements: file.replacements,
        per_image,
        id: file.id,
        snapshots: file.snapshots,
    })
}

fn sizes_of(file: &SizesFile) -> Result<SizeRules, String> {
    Ok(match file {
        SizesFile::Listed { listed } => {
            SizeRules::Listed(listed.iter().map(|size| parsed(size, Size::parse)).collect::<Result<_, _>>()?)
        }
        SizesFile::Grid { step_px, max_edge_px, max_aspect, min_pixels, max_pixels, experimental_above } => {
            SizeRules::Grid(GridRules {
                step_px: *step_px,
                max_edge_px: *max_edge_px,
                max_aspect: *max_aspect,
                min_pixels: *min_pixels,
                max_pixels: *max_pixels,
                experimental_above: experimental_above.as_deref().map(|size| parsed(size, Size::parse)).transpose()?,
            })
        }
    })
}

fn output_of(file: Option<&OutputFile>) -> Result<OutputTokens, String> {
    Ok(match file {
        None => OutputTokens::Unknown,
        Some(OutputFile::Grid { grid, area_offset, area_divisor, measured, approximate }) => OutputTokens::Grid {
            edges: grid
                .0
                .iter()
                .map(|(word, edge)| Ok::<_, String>((parsed(word, Quality::parse)?, *edge)))
                .collect::<Result<_, _>>()?,
            area_offset: *area_offset,
            area_divisor: *area_divisor,
            measured: counts(measured)?,
            approximate: *approximate,
        },
        Some(OutputFile::Listed { listed }) => OutputTokens::Listed(counts(listed)?),
    })
}

/// Tokens by size and quality.
fn counts(file: &Named<Named<u64>>) -> Result<Vec<(Size, Quality, u64)>, String> {
    let mut rows = Vec::new();
    for (size, counts) in &file.0 {
        for (quality, tokens) in &counts.0 {
            rows.push((parsed(size, Size::parse)?, parsed(quality, Quality::parse)?, *tokens));
        }
    }
    Ok(rows)
}

fn references_of(file: Option<&ReferencesFile>) -> ReferenceTokens {
    match file {
        None => ReferenceTokens::Unknown,
        Some(ReferencesFile::Tiles { base, per_tile }) => ReferenceTokens::Tiles { base: *base, per_tile: *per_tile },
        Some(ReferencesFile::Patches { patch_px, budget, upscale_to_px, upscale_max }) => ReferenceTokens::Patches {
            patch_px: *patch_px,
            budget: *budget,
            upscale_to_px: *upscale_to_px,
            upscale_max: *upscale_max,
        },
    }
}

fn preset_of(file: PresetFile) -> Result<Preset, String> {
    let mut preset = Preset {
        name: file.name,
        purpose: file.purpose,
        ratio: parsed(&file.ratio, Ratio::parse)?,
        size: file.size.as_deref().map(|size| parsed(size, Size::parse)).transpose()?,
        quality: parsed(&file.quality, Quality::parse)?,
        retry: file.retry,
        references: file.references.iter().map(|size| parsed(size, Size::parse)).collect::<Result<_, _>>()?,
        filled: Settings::default(),
    };
    preset.filled = preset.to_settings();
    Ok(preset)
}

pub(super) fn rates(file: &ByName) -> Result<Rates, String> {
    file.0
        .iter()
        .try_fold(Rates::default(), |rates, (meter, usd)| Ok(rates.with(parsed(meter, Meter::parse)?, decimal(usd)?)))
}

pub(super) fn decimal(text: &str) -> Result<Decimal, String> {
    parse_decimal(text).map_err(|_| format!("{text:?} is not a number"))
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{text:?} is not a date"))
}

pub(super) fn parsed<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    read(text).ok_or_else(|| format!("{text:?} is not understood"))
}
