//! What a model charges and accepts, where each price comes from, and the look-ups that say why a price is missing.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Ratio, Size, SizeRules};
use crate::cost::base::tokens::{OutputTokens, Quality, ReferenceTokens};
use crate::cost::bill::Card;
use crate::cost::budget::{Knob, QualityChoice, Settings, SizeChoice, Value};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What is metered, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meter {
    /// Pictures drawn.
    ImageOutput,
    /// Reference pictures sent.
    ImageInput,
    /// Reference pictures served from the cache.
    ImageInputCached,
    /// Prompt text sent.
    TextInput,
    /// Prompt text served from the cache.
    TextInputCached,
    /// Text drawn up by the model, where it has a price.
    TextOutput,
}

impl Meter {
    /// All meters, in the order of a bill.
    pub const ALL: [Meter; 6] = [
        Meter::ImageOutput,
        Meter::ImageInput,
        Meter::ImageInputCached,
        Meter::TextInput,
        Meter::TextInputCached,
        Meter::TextOutput,
    ];

    /// The name used in files, JSON and cards.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["image_output", "image_input", "image_input_cached", "text_input", "text_input_cached", "text_output"]
            [self as usize]
    }

    /// Reads a meter's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Meter> {
        Meter::ALL.into_iter().find(|meter| meter.name() == text)
    }
}

/// USD per 1,000,000 tokens, by meter; none where nothing is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates([Option<Decimal>; 6]);

impl Rates {
    /// The rate of a meter; none is unknown, not free.
    #[must_use]
    pub fn get(&self, meter: Meter) -> Option<Decimal> {
        self.0[meter as usize]
    }

    /// The same rates with one meter set.
    #[must_use]
    pub fn with(mut self, meter: Meter, usd_per_million: Decimal) -> Rates {
        self.0[meter as usize] = Some(usd_per_million);
        self
    }
}

/// How fast and at what price a request is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServiceTier {
    /// At once.
    Standard,
    /// Within a day, mostly at half the price.
    Batch,
}

impl ServiceTier {
    /// As files spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["standard", "batch"][self as usize]
    }

    /// Reads `standard` or `batch`.
    #[must_use]
    pub fn parse(text: &str) -> Option<ServiceTier> {
        [ServiceTier::Standard, ServiceTier::Batch].into_iter().find(|t| t.name().eq_ignore_ascii_case(text.trim()))
    }
}

/// How good the evidence for a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// The maker's own text, or several independent sources that agree.
    A,
    /// One good source, or measured by one party.
    B,
    /// Weak.
    C,
}

impl Grade {
    /// Reads `A`, `B` or `C`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Grade> {
        [Grade::A, Grade::B, Grade::C].into_iter().find(|grade| grade.to_string() == text)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(["A", "B", "C"][*self as usize])
    }
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// A page, a package or a person.
    pub source: String,
    /// The day it was read; none where a file does not say.
    pub checked: Option<Date>,
    /// How good the evidence is; none where a file does not say.
    pub grade: Option<Grade>,
}

/// Token prices of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenCard {
    /// Served at once; none where nothing is published.
    pub standard: Option<Rates>,
    /// Served within a day; none where nothing is published.
    pub batch: Option<Rates>,
    /// Where the prices come from.
    pub provenance: Provenance,
}

impl TokenCard {
    /// The rates of a service tier.
    #[must_use]
    pub fn rates(&self, tier: ServiceTier) -> Option<&Rates> {
        match tier {
            ServiceTier::Standard => self.standard.as_ref(),
            ServiceTier::Batch => self.batch.as_ref(),
        }
    }
}

/// Whether a model can still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In service.
    Active,
    /// In service until its shutdown day.
    Deprecated,
    /// No longer in service.
    ShutDown,
}

/// What the official price of a picture rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// Tokens times rates.
    Tokens,
    /// Inputs by tokens, the picture by the official price per image, which tokens times rates do not give.
    TokensAndImagePrice,
    /// The official price per image covers everything.
    ImagePrice,
}

impl Billing {
    /// What it is called beside the kinds of other sellers' cards.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["tokens", "tokens and per image", "per image"][self as usize]
    }
}

/// A model: what it accepts, how it counts, what it charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The API's name, such as `gpt-image-2`.
    pub id: String,
    /// Dated names of the same model.
    pub snapshots: Vec<String>,
    /// Whether it can still be used.
    pub status: Status,
    /// The day it ends or ended, where one is announced.
    pub shutdown: Option<Date>,
    /// What it draws, cheapest first.
    pub qualities: Vec<Quality>,
    /// The sizes it takes.
    pub sizes: SizeRules,
    /// How it counts pictures drawn.
    pub output: OutputTokens,
    /// Where the token counts come from.
    pub output_provenance: Provenance,
    /// How it counts reference pictures.
    pub references: ReferenceTokens,
    /// Where the reference counts come from.
    pub references_provenance: Provenance,
    /// What the price of a picture rests on.
    pub billing: Billing,
    /// Built-in prices.
    pub card: TokenCard,
    /// Official prices per image, where published.
    pub per_image: Vec<(Size, Quality, Decimal)>,
}

impl Model {
    /// The identity of its rate card in files: `openai/<model>`.
    #[must_use]
    pub fn card_id(&self) -> String {
        format!("openai/{}", self.id)
    }

    /// The official price of one image, where published.
    #[must_use]
    pub fn image_price(&self, size: Size, quality: Quality) -> Option<Decimal> {
        self.per_image.iter().find(|(s, q, _)| *s == size && *q == quality).map(|(_, _, usd)| *usd)
    }
}

/// Numbers that hold for every model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extras {
    /// Output tokens of each streamed partial picture.
    pub partial_image_tokens: u64,
    /// Partial pictures a generation, at most.
    pub partial_images_max: u32,
    /// Pictures a call, at most.
    pub images_per_call_max: u32,
    /// Text tokens that each generation adds to the prompt.
    pub prompt_overhead_tokens: u64,
    /// Reference pictures a call, at most.
    pub references_max: usize,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

/// A named starting point: it fills what a deliverable leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// As files spell it.
    pub name: String,
    /// What it is for, in one line.
    pub purpose: String,
    /// Shape.
    pub ratio: Ratio,
    /// A class of size, or the listed size of the ratio where none.
    pub size: Option<Size>,
    /// How carefully pictures are drawn.
    pub quality: Quality,
    /// The profile its retry factor comes from.
    pub retry: String,
    /// Reference pictures sent with every call.
    pub references: Vec<Size>,
    /// [`Preset::fills_in`], put together once: thousands of lines may name the preset.
    pub filled: Settings,
}

impl Preset {
    /// What it sets for a deliverable that names it.
    #[must_use]
    pub fn fills_in(&self) -> Settings {
        let size = self.size.map(|size| Value::Size(SizeChoice::Exact(size)));
        let references = (!self.references.is_empty()).then(|| Value::Sizes(self.references.clone()));
        Settings::of([
            (Knob::Ratio, Some(Value::Ratio(self.ratio))),
            (Knob::Size, size),
            (Knob::Quality, Some(Value::Quality(QualityChoice::Exact(self.quality)))),
            (Knob::References, references),
            (Knob::Retry, Some(Value::Retry(Retry::Profile(self.retry.clone())))),
        ])
    }
}

/// A named retry factor with the evidence behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What it holds; never the name of another profile.
    pub retry: Retry,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Everything built in that an estimate may need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The day the prices were read.
    pub read_on: Date,
    /// Every known model, current ones first.
    pub models: Vec<Arc<Model>>,
    /// Numbers that hold for every model.
    pub extras: Extras,
    /// Starting points.
    pub presets: Vec<Preset>,
    /// Retry factors by name.
    pub profiles: BTreeMap<String, Profile>,
    /// Cards of other sellers, and of the user's own folder, by the order of showing.
    pub cards: Vec<Arc<Card>>,
}

impl Catalog {
    /// A card of another seller by name; the last one counts, so that a user's own stands in for a built-in one.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&Arc<Card>> {
        self.cards.iter().rev().find(|card| card.id == id)
    }

    /// A model by its name or the name of a dated snapshot.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&Arc<Model>> {
        self.models.iter().find(|model| model.id == name || model.snapshots.iter().any(|dated| dated == name))
    }

    /// A preset by name.
    #[must_use]
    pub fn preset(&self, name: &str) -> Option<&Preset> {
        self.presets.iter().find(|preset| preset.name == name)
    }
}

/// One rate that a project pinned and that is built in otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateDifference {
    /// The card, such as `openai/gpt-image-2`.
    pub card: String,
    /// Which service tier.
    pub tier: ServiceTier,
    /// Which meter.
    pub meter: Meter,
    /// USD per 1,000,000 tokens in the project.
    pub pinned: Option<Decimal>,
    /// USD per 1,000,000 tokens built in.
    pub built_in: Option<Decimal>,
}

/// Where pinned rates and built-in ones disagree; cards of models that are not built in have nothing to compare with.
#[must_use]
pub fn differences(pins: &BTreeMap<String, TokenCard>, catalog: &Catalog) -> Vec<RateDifference> {
    let mut found = Vec::new();
    for (card, pinned) in pins {
        let Some(model) = catalog.models.iter().find(|model| model.card_id() == *card) else { continue };
        for tier in [ServiceTier::Standard, ServiceTier::Batch] {
            for meter in Meter::ALL {
                let rate = |card: &TokenCard| card.rates(tier).and_then(|rates| rates.get(meter));
                let (pinned, built_in) = (rate(pinned), rate(&model.card));
                if pinned != built_in {
                    found.push(RateDifference { card: card.clone(), tier, meter, pinned, built_in });
                }
            }
        }
    }
    found
}
